package volume_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/volume"
	"ayumi/tests/given"
)

type (
	fold  = volume.Volume
	event = domain.Event[fold]
)

var (
	c1, c2  = given.ID("c1"), given.ID("c2")
	opened  = &volume.Opened{FY: 2019, Series: volume.Consultations, RetentionYears: 5, EndAction: "dispose", Title: "令和元年度 相談の記録"}
	filed   = &volume.CaseFiled{Case: c1}
	out     = &volume.CaseTakenOut{Case: c1, Reason: "reopened"}
	closed  = &volume.Closed{CompletedFY: 2019, RetainFrom: japan.On(2020, 4, 1), RetainUntil: japan.On(2025, 3, 31)}
	longer  = &volume.RetentionExtended{Until: japan.On(2026, 3, 31), Reason: "audit"}
	hold    = &volume.HoldPlaced{Hold: "h1", Ground: "lawsuit"}
	free    = &volume.HoldLifted{Hold: "h1", Ground: "lawsuit"}
	listing = &volume.DisposalListed{PublishedOn: japan.On(2025, 4, 10), CommentUntil: japan.On(2025, 5, 10), Document: strings.Repeat("0a", 32)}
	opinion = &volume.OpinionReceived{Stance: "keep", Contact: "k1"}
	gone    = &volume.Disposed{Cases: 1, Persons: 2}
	moved   = &volume.Transferred{ArchivesRef: "公文-12", Cases: 1}
	after   = japan.On(2025, 5, 12)
	office  = given.Desk("ro1", domain.Records)
)

func world() *given.World {
	return &given.World{Cases: []domain.CaseNow{
		{ID: c1, Controller: "31", State: "closed", Lead: "p1", Members: []string{"p1", "p2"}},
		{ID: c2, Controller: "31", State: "active", Lead: "p3"},
		{ID: "c3", Controller: "33", State: "closed", Lead: "p4"},
	}}
}

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, volume.Aggregate, given.ID("v")).At(after).Given(past...).By(office).In(world())
}

// TestMachine is events.md 5.15: what each command answers in each state.
func TestMachine(t *testing.T) {
	kept := []event{opened, filed, closed}
	with := func(more ...event) []event { return append(append([]event{}, kept...), more...) }
	life := [][]event{{opened, filed}, kept, with(hold), with(listing), with(listing, gone), with(listing, hold, free)}
	yes, same, no, held := "then", "nothing", "volume.state", "volume.hold"
	again := *hold
	again.Hold = "h2"
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&volume.FileCase{CaseFiled: *filed}, filed, []string{same, same, same, same, same, same}},
		{&volume.TakeOutCase{CaseTakenOut: *out}, out, []string{yes, yes, yes, yes, no, yes}},
		{&volume.Close{}, closed, []string{yes, same, no, no, no, same}},
		{&volume.ExtendRetention{RetentionExtended: *longer}, longer, []string{no, yes, no, yes, no, yes}},
		{&volume.PlaceHold{HoldPlaced: again}, &again, []string{no, yes, yes, yes, no, yes}},
		{&volume.ListDisposal{DisposalListed: *listing}, listing, []string{no, yes, held, same, no, yes}},
		{&volume.ReceiveOpinion{OpinionReceived: *opinion}, opinion, []string{no, no, no, yes, no, no}},
		{&volume.Dispose{}, gone, []string{no, no, held, yes, same, no}},
		{&volume.Transfer{Transferred: volume.Transferred{ArchivesRef: "公文-12"}}, moved, []string{no, no, held, "volume.end_action", no, no}},
	} {
		for i, l := range life {
			s := scene(t, l...).When(c.cmd)
			switch want := c.answers[i]; want {
			case yes:
				s.Then(c.event)
			case same:
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

func TestFiling(t *testing.T) {
	file := func(id string) *volume.FileCase { return &volume.FileCase{CaseFiled: volume.CaseFiled{Case: id}} }
	scene(t, opened).When(file(c1)).Then(filed)
	scene(t, opened).When(file(c2)).Refused("volume.case_open")
	scene(t, opened).When(file("c3")).Refused("entity.unknown")
	scene(t, opened).When(file("none")).Refused("entity.unknown")
	scene(t, opened, filed, closed).When(file(c2)).Refused("volume.state")
	scene(t, opened).When(&volume.TakeOutCase{CaseTakenOut: *out}).Nothing()
}

// TestRetention: it begins on 1 April after the year of completion (handbook.md 6.6).
func TestRetention(t *testing.T) {
	scene(t, opened).At(japan.On(2020, 3, 31)).When(&volume.Close{}).Refused("volume.year_running")
	scene(t, opened).At(japan.On(2020, 4, 1)).When(&volume.Close{}).Then(closed)
	one := *opened
	one.RetentionYears = 1
	scene(t, &one).When(&volume.Close{}).Then(&volume.Closed{CompletedFY: 2019, RetainFrom: japan.On(2020, 4, 1), RetainUntil: japan.On(2021, 3, 31)})
	for _, bad := range []volume.Opened{{FY: 31, RetentionYears: 5}, {FY: 2019, RetentionYears: 0}, {FY: 2019, RetentionYears: 101}} {
		scene(t).When(&volume.Open{Opened: bad}).Refused("field.range")
	}
	scene(t).When(&volume.Open{Opened: *opened}).Then(opened)
	scene(t, opened, closed).When(&volume.ExtendRetention{RetentionExtended: volume.RetentionExtended{Until: japan.On(2025, 3, 30), Reason: "other"}}).Refused("date.order")
}

// TestAMonthAhead: the list is published a month or more before anything goes.
func TestAMonthAhead(t *testing.T) {
	early, ahead := *listing, *listing
	early.CommentUntil = japan.On(2025, 5, 9)
	ahead.PublishedOn = after.Add(1)
	scene(t, opened, closed).When(&volume.ListDisposal{DisposalListed: early}).Refused("volume.comment")
	scene(t, opened, closed).When(&volume.ListDisposal{DisposalListed: ahead}).Refused("date.in_future")
	scene(t, opened, filed, closed, listing).At(listing.CommentUntil).When(&volume.Dispose{}).Refused("volume.comment")
	scene(t, opened, filed, closed, listing).At(listing.CommentUntil.Add(1)).When(&volume.Dispose{}).Then(gone)
	kept := *closed
	kept.RetainUntil = after
	scene(t, opened, &kept, listing).When(&volume.Dispose{}).Refused("volume.retention")
	archive := *opened
	archive.EndAction = "archives"
	scene(t, &archive, filed, closed, listing).When(&volume.Dispose{}).Refused("volume.end_action")
	scene(t, &archive, filed, closed, listing).When(&volume.Transfer{Transferred: volume.Transferred{ArchivesRef: "公文-12"}}).Then(moved)
}

// Whatever is asked in whatever order on whatever day: nothing goes while a hold
// stands, before its retention is over, or less than a month after its list.
func TestNothingGoesTooEarly(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 15))
	went := 0
	for range 2000 {
		v := volume.Aggregate.New()
		day := japan.On(2024, 10, 1)
		for range 40 {
			day = day.Add(rnd.IntN(25))
			before := *v
			events, err := anything(rnd, day).Decide(v, domain.Intent{Stream: "v", Controller: "31", Occurred: day, Now: day.Start(), Terms: domain.UsualTerms(), Look: world(), Actor: office})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(v, domain.Envelope{Stream: "volume-v", Occurred: day})
			}
			if v.Ended() && !before.Ended() {
				went++
				require.Equal(t, volume.StateListed, before.State)
				require.Greater(t, day, before.RetainUntil)
				require.Greater(t, day, before.Listing.PublishedOn.AddMonths(1)-1)
				require.False(t, before.Now().Held)
			}
			if before.Ended() {
				require.Equal(t, before.State, v.State, "what is gone stays gone")
			}
		}
	}
	require.Greater(t, went, 300)
}

func anything(rnd *rand.Rand, day japan.Date) domain.Command[fold] {
	end := []string{"dispose", "archives"}[rnd.IntN(2)]
	h := []string{"h1", "h2"}[rnd.IntN(2)]
	cmds := []domain.Command[fold]{
		&volume.Open{Opened: volume.Opened{FY: 2019, RetentionYears: 5, EndAction: end, Series: "s", Title: "t"}},
		&volume.FileCase{CaseFiled: *filed}, &volume.TakeOutCase{CaseTakenOut: *out}, &volume.Close{}, &volume.Close{},
		&volume.PlaceHold{HoldPlaced: volume.HoldPlaced{Hold: h, Ground: "audit"}},
		&volume.LiftHold{HoldLifted: volume.HoldLifted{Hold: h, Ground: "audit"}}, &volume.LiftHold{HoldLifted: volume.HoldLifted{Hold: h, Ground: "audit"}},
		&volume.ListDisposal{DisposalListed: volume.DisposalListed{PublishedOn: day, CommentUntil: day.AddMonths(1).Add(rnd.IntN(20) - 5), Document: "d"}},
		&volume.ListDisposal{DisposalListed: volume.DisposalListed{PublishedOn: day, CommentUntil: day.AddMonths(1), Document: "d"}},
		&volume.Dispose{}, &volume.Dispose{}, &volume.Transfer{Transferred: volume.Transferred{ArchivesRef: "a"}},
	}
	return cmds[rnd.IntN(len(cmds))]
}
