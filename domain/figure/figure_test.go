package figure_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

type (
	fold  = figure.Figure
	event = domain.Event[fold]
)

func digest(b string) string { return strings.Repeat(b, 32) }

// register is a Counter with fixed answers.
type register struct {
	found domain.Counted
	err   error
}

func (r register) Count(domain.Asked) (domain.Counted, error)   { return r.found, r.err }
func (r register) Recount(domain.Asked) (domain.Counted, error) { return r.found, r.err }

var (
	day   = japan.On(2020, 3, 17)
	found = domain.Counted{
		Version: "tot-2019.1", Definition: digest("0d"), Official: true, Position: 1200, Value: 168,
		Anonymous: 2, NearMisses: 40, Members: digest("0e"), Synthetic: true,
	}
	two      = 2
	proposed = &figure.Proposed{
		Edition: 1, Indicator: "C1@D-TKY", Version: "tot-2019.1", Definition: digest("0d"), PeriodKind: "fy_to_date",
		From: japan.On(2019, 4, 1), To: japan.On(2020, 2, 29), KnownAt: japan.On(2020, 3, 16), LogPosition: 1200,
		Value: 168, Anonymous: &two, NearMisses: 40, Members: digest("0e"), Synthetic: true,
	}
	approved  = &figure.Approved{Edition: 1}
	published = &figure.Published{
		Edition: 1, Status: "preliminary", Outlet: "workplan", Basis: "unknown", Document: digest("0a"), AsOfText: "2月末現在",
	}
	imported = &figure.Imported{
		Value: 13, Indicator: "K1@D-TKY", From: japan.On(2009, 4, 1), To: japan.On(2010, 3, 31),
		Basis: "unknown", Overlap: "unknown", Document: digest("0a"),
	}
)

// second is the proposal of the next edition with another value.
func second() *figure.Proposed {
	p := *proposed
	p.Edition, p.Value, p.KnownAt, p.LogPosition, p.Members = 2, 169, japan.On(2020, 4, 20), 1300, digest("0f")
	return &p
}

func counted(value, position int, members string) domain.Counter {
	c := found
	c.Value, c.Position, c.Members = value, uint64(position), members
	return register{found: c}
}

// asked is a proposal as somebody gives it: without what the program counts.
func asked(p *figure.Proposed) *figure.Propose {
	return &figure.Propose{Proposed: figure.Proposed{
		Edition: p.Edition, Indicator: p.Indicator, Version: p.Version, From: p.From, To: p.To, KnownAt: p.KnownAt, Value: p.Value, Trial: p.Trial,
	}}
}

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, figure.Aggregate, given.ID("figure")).Given(past...).At(day).By(given.Desk("mg1", domain.Manager)).
		With(func(in *domain.Intent) { in.Count = register{found: found} })
}

// TestMachine is events.md 5.11: what each step answers in each state. The past
// was recorded by co1.
func TestMachine(t *testing.T) {
	withdrawn, rejected := &figure.ProposalWithdrawn{Edition: 1, Reason: "誤り"}, &figure.Rejected{Edition: 1, Reason: "根拠が足りない"}
	next := []event{second(), &figure.Approved{Edition: 2}}
	corrected := &figure.Corrected{Edition: 2, Replaces: 1, OldValue: 168, Value: 169, Reason: "後日入力", Note: "正誤表 第1号"}
	life := []struct {
		state string
		past  []event
	}{
		{figure.StateProposed, []event{proposed}},
		{figure.StateWithdrawn, []event{proposed, withdrawn}},
		{figure.StateRejected, []event{proposed, rejected}},
		{figure.StateApproved, []event{proposed, approved}},
		{figure.StatePublished, []event{proposed, approved, published}},
		{figure.StateSuperseded, append([]event{proposed, approved, published, next[0], next[1]}, corrected)},
	}
	yes, no, same, never := "then", "figure.state", "nothing", "entity.unknown"
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&figure.WithdrawProposal{ProposalWithdrawn: *withdrawn}, withdrawn, []string{yes, same, no, no, no, no}},
		{&figure.Reject{Rejected: *rejected}, rejected, []string{yes, no, same, no, no, no}},
		{&figure.Approve{Approved: *approved}, approved, []string{yes, no, no, no, no, no}},
		{&figure.Publish{Published: *published}, published, []string{no, no, no, yes, same, same}},
		{&figure.Correct{Corrected: figure.Corrected{Edition: 2, Replaces: 1, Reason: corrected.Reason, Note: corrected.Note}}, corrected,
			[]string{never, never, never, never, never, same}},
	} {
		for i, l := range life {
			s := scene(t, l.past...).When(c.cmd)
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
	scene(t, proposed, approved, published, next[0], next[1]).
		When(&figure.Correct{Corrected: figure.Corrected{Edition: 2, Replaces: 1, Reason: corrected.Reason, Note: corrected.Note}}).Then(corrected)
}

func TestWhatIsProposedIsCounted(t *testing.T) {
	scene(t).When(asked(proposed)).Then(proposed)
	bad := func(change func(*figure.Propose), in func(*domain.Intent)) *given.Scene[fold] {
		p := asked(proposed)
		change(p)
		return scene(t).With(in).When(p)
	}
	none, nothing := func(*figure.Propose) {}, func(*domain.Intent) {}
	bad(func(p *figure.Propose) { p.KnownAt = day }, nothing).Refused("figure.known_at")
	bad(func(p *figure.Propose) { p.Value = 167 }, nothing).Refused("figure.value")
	bad(func(p *figure.Propose) { p.Edition = 2 }, nothing).Refused("figure.edition")
	bad(func(p *figure.Propose) { p.From = japan.On(2019, 4, 2) }, nothing).Refused("figure.period")
	trial := found
	trial.Official = false
	bad(none, func(in *domain.Intent) { in.Count = register{found: trial} }).Refused("figure.version")
	bad(none, func(in *domain.Intent) { in.Count = register{err: domain.Refuse("figure.behind")} }).Refused("figure.behind")
	p := asked(proposed)
	p.Trial = true
	scene(t).With(func(in *domain.Intent) { in.Count = register{found: trial} }).When(p).ThenState(func(f *fold) {
		require.True(t, f.Editions[0].Trial)
	})
	scene(t, proposed).When(asked(proposed)).Nothing()
	other := *second()
	other.Indicator = "C2@D-TKY"
	scene(t, proposed).At(japan.On(2020, 5, 1)).With(func(in *domain.Intent) { in.Count = counted(169, 1300, digest("0f")) }).
		When(asked(&other)).Refused("figure.quantity")
	scene(t, imported).When(asked(proposed)).Refused("figure.state")
}

func TestEveryGradeIsStatedWithOutcomes(t *testing.T) {
	graded := found
	graded.Grades = map[string]int{"a": 24, "c": 2}
	scene(t).With(func(in *domain.Intent) { in.Count = register{found: graded} }).When(asked(proposed)).ThenState(func(f *fold) {
		require.Equal(t, map[string]int{"a": 24, "b": 0, "c": 2, "d": 0}, f.Editions[0].Grades())
	})
}

func TestTwoPeoplePublish(t *testing.T) {
	own := scene(t).GivenBy("mg1", day, proposed)
	own.When(&figure.Approve{Approved: *approved}).Refused("figure.same_officer")
	scene(t).When(&figure.Approve{Approved: *approved}).Refused("entity.unknown")
	c := figure.Published{Edition: 1, Status: "corrected", Outlet: "workplan", Basis: "unknown", Document: digest("0a")}
	scene(t, proposed, approved).When(&figure.Publish{Published: c}).Refused("figure.state")
	trial := *proposed
	trial.Trial = true
	scene(t, &trial, approved).When(&figure.Publish{Published: *published}).Refused("figure.trial")
	inside := *published
	inside.Outlet = "internal"
	scene(t, &trial, approved).When(&figure.Publish{Published: inside}).Then(&inside)
}

// A later edition supersedes the published one; nothing of the old one changes but
// its state.
func TestALaterEditionSupersedes(t *testing.T) {
	final := figure.Published{Edition: 2, Status: "final", Outlet: "internal", Basis: "none", Document: digest("0b")}
	scene(t, proposed, approved, published, second(), &figure.Approved{Edition: 2}).When(&figure.Publish{Published: final}).ThenState(func(f *fold) {
		old, next := f.Editions[0], f.Editions[1]
		require.Equal(t, figure.StateSuperseded, old.State)
		require.Equal(t, []int{2, 1}, []int{old.ReplacedBy, next.Replaces})
		require.Equal(t, *proposed, old.Proposed)
		require.Equal(t, "2月末現在", old.AsOfText)
		require.Equal(t, figure.StatePublished, next.State)
	})
	wrong := figure.Corrected{Edition: 2, Replaces: 2, Reason: "誤記", Note: "第1号"}
	scene(t, proposed, approved, published, second(), &figure.Approved{Edition: 2}).When(&figure.Correct{Corrected: wrong}).Refused("figure.state")
}

func TestImportedIsNeverCounted(t *testing.T) {
	scene(t).When(&figure.Import{Imported: *imported}).Then(imported)
	scene(t, imported).When(&figure.Import{Imported: *imported}).Nothing()
	mended := *imported
	mended.Value = 14
	scene(t, imported).When(&figure.Import{Imported: mended}).ThenState(func(f *fold) {
		require.Equal(t, 13, f.Imports[0].Value)
		require.Equal(t, 14, f.Imports[1].Value)
	}).Then(&mended)
	other := mended
	other.To = japan.On(2009, 12, 31)
	scene(t, imported).When(&figure.Import{Imported: other}).Refused("figure.quantity")
	scene(t, proposed).When(&figure.Import{Imported: mended}).Refused("figure.state")
	below := *imported
	below.Value = -1
	scene(t).When(&figure.Import{Imported: below}).Refused("field.range")
	back := *imported
	back.To = japan.On(2009, 3, 31)
	scene(t).When(&figure.Import{Imported: back}).Refused("field.range")
}

func TestVerification(t *testing.T) {
	cmd := func() *figure.Verify { return &figure.Verify{Verified: figure.Verified{Edition: 1}} }
	public := []event{proposed, approved, published}
	check := func(c domain.Counter, result string) {
		t.Helper()
		scene(t, public...).With(func(in *domain.Intent) { in.Count = c }).WhenTold(cmd()).
			Then(&figure.Verified{Edition: 1, Result: result, LogPosition: 1200})
	}
	check(register{found: found}, "ok")
	check(counted(167, 1200, digest("0e")), "failed")
	check(counted(168, 1200, digest("0f")), "failed") // the same number of other members
	changed := found
	changed.Definition = digest("00")
	check(register{found: changed}, "failed")
	check(register{err: domain.RefuseField("figure.version", "definition_version")}, "partial")
	scene(t, proposed).WhenTold(cmd()).Refused("figure.state")
	scene(t).WhenTold(cmd()).Refused("entity.unknown")
	at := time.Date(2020, 3, 17, 1, 0, 0, 0, time.UTC)
	scene(t, append(public, &figure.Verified{Edition: 1, Result: "ok", LogPosition: 1200})...).WhenTold(cmd()).ThenState(func(f *fold) {
		require.Equal(t, figure.Check{Result: "ok", At: at, By: "mg1", Position: 1200}, f.Editions[0].Verified[1])
	})
}

func TestKindsOfPeriods(t *testing.T) {
	for text, kind := range map[string]string{
		"FY2019": "fiscal_year", "FY2019-H1": "half1", "FY2019-H2": "half2", "2019-08": "month", "CY2019": "calendar_year",
		"2019-04-01..2020-02-29": "fy_to_date", "2019-04": "month", "2019-04-02..2020-02-29": "", "2019-04-01..2020-04-01": "",
	} {
		p, err := japan.ParsePeriod(text)
		require.NoError(t, err)
		require.Equal(t, kind, figure.KindOf(p), text)
	}
}
