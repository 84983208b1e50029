package period_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/tests/given"
)

type (
	fold  = period.Period
	event = domain.Event[fold]
)

var (
	year   = japan.FiscalYear(2019)
	known  = japan.On(2020, 4, 30)
	closed = japan.On(2020, 5, 1) // the day of the closing
	opened = &period.Opened{FY: 2019, From: year.First(), To: year.Last()}
	cutoff = &period.CutoffSet{Kind: period.YearClose, To: year.Last(), KnownAt: known}
	passed = &period.GatesChecked{Kind: period.YearClose, Passed: true}
	open   = &period.GatesChecked{Kind: period.YearClose, Unconfirmed: 2, Late: 3}
	shut   = &period.Closed{Kind: period.YearClose, KnownAt: known, LogPosition: 77}
	reopen = &period.Reopened{Reason: "就職の確認もれ"}
	manage = given.Desk("mg1", domain.Manager)
	count  = given.Desk("an1", domain.Analyst)
)

// past is a life of the year, told as it was recorded: the check by an1 on the
// day after what is known.
func past(t *testing.T, events ...event) *given.Scene[fold] {
	s := given.Stream(t, period.Aggregate, "31.2019")
	for _, e := range events {
		s.GivenBy("an1", closed, e)
	}
	return s.At(closed).By(manage).Counting(&given.Counted{Found: domain.GatesNow{Entries: 100}, At: 77})
}

func closing(c period.Closed) *period.Close { c.LogPosition = 0; return &period.Close{Closed: c} }

// TestMachine is events.md 5.13: what each command answers in each state.
func TestMachine(t *testing.T) {
	life := [][]event{
		{opened}, {opened, cutoff}, {opened, cutoff, passed}, {opened, cutoff, passed, shut}, {opened, cutoff, passed, shut, reopen},
	}
	later := *cutoff
	later.KnownAt = known.Add(-1)
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&period.Open{Opened: period.Opened{FY: 2019}}, opened, []string{"nothing", "nothing", "nothing", "nothing", "nothing"}},
		{&period.SetCutoff{CutoffSet: *cutoff}, cutoff, []string{"then", "nothing", "nothing", "nothing", "nothing"}},
		{&period.SetCutoff{CutoffSet: later}, &later, []string{"then", "then", "then", "period.state", "then"}},
		{&period.CheckGates{GatesChecked: period.GatesChecked{Kind: period.YearClose}}, passed, []string{"period.no_cutoff", "then", "then", "period.state", "then"}},
		{closing(*shut), shut, []string{"period.no_cutoff", "period.unchecked", "then", "nothing", "period.unchecked"}},
		{&period.Reopen{Reopened: *reopen}, reopen, []string{"period.state", "period.state", "period.state", "then", "period.state"}},
	} {
		for i, l := range life {
			s := past(t, l...).When(c.cmd)
			switch want := c.answers[i]; want {
			case "then":
				s.Then(c.event)
			case "nothing":
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

func TestOpening(t *testing.T) {
	begin := func() *given.Scene[fold] { return given.Stream(t, period.Aggregate, "31.2019").By(count) }
	begin().When(&period.Open{Opened: period.Opened{FY: 2019}}).
		ThenState(func(p *fold) { require.Equal(t, period.StateRunning, p.State) }).Then(opened)
	begin().When(&period.Open{Opened: period.Opened{FY: 2020}}).Refused("period.stream")
	begin().When(&period.Open{Opened: period.Opened{FY: 31}}).Refused("field.range")
	begin().With(func(in *domain.Intent) { in.Controller = "33" }).When(&period.Open{Opened: period.Opened{FY: 2019}}).Refused("period.stream")
	require.Equal(t, "33.2020", period.Stream("33", 2020))
}

// TestCutoffs: the year closes with its last day; a sheet may count to February;
// nothing is known before it can have happened.
func TestCutoffs(t *testing.T) {
	for _, c := range []struct {
		set  period.CutoffSet
		want string
	}{
		{period.CutoffSet{Kind: "sheet", To: japan.On(2020, 2, 29), KnownAt: japan.On(2020, 3, 16)}, ""},
		{period.CutoffSet{Kind: "survey", To: year.Last(), KnownAt: japan.On(2020, 7, 10)}, ""},
		{period.CutoffSet{Kind: "sheet", To: japan.On(2020, 4, 1), KnownAt: japan.On(2020, 5, 1)}, "period.cutoff_to"},
		{period.CutoffSet{Kind: "sheet", To: japan.On(2019, 3, 31), KnownAt: japan.On(2020, 5, 1)}, "period.cutoff_to"},
		{period.CutoffSet{Kind: period.YearClose, To: japan.On(2020, 2, 29), KnownAt: japan.On(2020, 5, 1)}, "period.cutoff_to"},
		{period.CutoffSet{Kind: "sheet", To: japan.On(2020, 2, 29), KnownAt: japan.On(2020, 2, 28)}, "period.known_before"},
	} {
		s := past(t, opened).When(&period.SetCutoff{CutoffSet: c.set})
		if c.want == "" {
			s.Then(&c.set)
		} else {
			s.Refused(c.want)
		}
	}
}

// TestTheCheckIsCounted: up to the cut-off, as known on its day; who asks again
// on another day, or somebody else, is told again.
func TestTheCheckIsCounted(t *testing.T) {
	counted := &given.Counted{Found: domain.GatesNow{Unconfirmed: 2, Late: 3, Entries: 100}}
	check := &period.CheckGates{GatesChecked: period.GatesChecked{Kind: period.YearClose}}
	past(t, opened, cutoff).By(count).Counting(counted).When(check).
		ThenState(func(p *fold) {
			require.Equal(t, period.StateChecked, p.State)
			require.Equal(t, "an1", p.Checks[period.YearClose].By)
			require.Equal(t, closed, p.Checks[period.YearClose].On)
		}).Then(open)
	require.Equal(t, "31", counted.Asked.Controller)
	require.Equal(t, year.Whole(), counted.Asked.Period)
	require.Equal(t, known, counted.Asked.Known)
	past(t, opened, cutoff, open).By(count).Counting(counted).When(check).Nothing()
	past(t, opened, cutoff, open).By(given.Desk("an2", domain.Analyst)).Counting(counted).When(check).Then(open)
	past(t, opened, cutoff, open).By(count).At(closed.Add(1)).Counting(counted).When(check).Then(open)
}

// TestGuards are those of events.md 6 for period.closed.
func TestGuards(t *testing.T) {
	found := &given.Counted{Found: domain.GatesNow{Unconfirmed: 2, Late: 6, Entries: 100}, At: 77}
	life := []event{opened, cutoff, open}
	waive := func(gates ...string) *period.Close {
		c := *shut
		c.GatesWaived = gates
		return closing(c)
	}
	past(t, life...).Counting(found).When(closing(*shut)).Refused("period.gates")
	past(t, life...).Counting(found).When(waive("late")).Refused("period.gates")
	past(t, life...).Counting(found).When(waive("late", "unconfirmed", "duplicates")).Refused("period.gate_passed")
	want := *shut
	want.GatesWaived = []string{"late", "unconfirmed"}
	past(t, life...).Counting(found).When(waive("late", "unconfirmed")).Then(&want)

	past(t, opened, cutoff, passed).By(given.Desk("an1", domain.Manager)).When(closing(*shut)).Refused("period.same_officer")
	past(t, opened, cutoff, passed).At(known).When(closing(*shut)).Refused("period.known_at")
	other := *shut
	other.KnownAt = known.Add(-1)
	past(t, opened, cutoff, passed).When(closing(other)).Refused("period.cutoff")

	// A check while the day was not over is of what nobody froze.
	early := given.Stream(t, period.Aggregate, "31.2019").GivenBy("an1", known, opened, cutoff, passed)
	early.At(closed).By(manage).Counting(found).When(closing(*shut)).Refused("period.unchecked")
	// A cut-off that was moved after the check is unchecked.
	moved := *cutoff
	moved.KnownAt = known.Add(-2)
	past(t, opened, cutoff, passed, &moved).When(closing(*shut)).Refused("period.cutoff")
	past(t, opened, cutoff, passed, &moved, cutoff).When(closing(*shut)).Refused("period.unchecked")
}

// TestOtherKindsFreezeInAnyState: they change no state, and what was frozen
// stays when a later one follows.
func TestOtherKindsFreezeInAnyState(t *testing.T) {
	press := &period.CutoffSet{Kind: "press", To: year.Last(), KnownAt: known}
	checked := &period.GatesChecked{Kind: "press", Passed: true}
	frozen := &period.Closed{Kind: "press", KnownAt: known, LogPosition: 77}
	for _, life := range [][]event{{opened}, {opened, cutoff, passed}, {opened, cutoff, passed, shut}} {
		before := past(t, life...).When(&period.SetCutoff{CutoffSet: *press})
		var state string
		before.ThenState(func(p *fold) { state = p.State })
		past(t, append(slices.Clone(life), press, checked)...).When(closing(*frozen)).
			ThenState(func(p *fold) {
				require.Equal(t, state, p.State)
				c, ok := p.Closing("press")
				require.True(t, ok)
				require.Equal(t, 77, c.LogPosition)
				require.Equal(t, year.Last(), c.To)
			}).Then(frozen)
	}
	final := &period.CutoffSet{Kind: "press", To: year.Last(), KnownAt: closed.Add(30)}
	again := &period.Closed{Kind: "press", KnownAt: closed.Add(30), LogPosition: 77}
	s := past(t, opened, press, checked, frozen, final).GivenBy("an1", closed.Add(31), checked)
	s.At(closed.Add(31)).When(closing(*again)).ThenState(func(p *fold) {
		require.Len(t, p.Closings, 2)
		require.Equal(t, known, p.Closings[0].KnownAt)
	}).Then(again)
}

// TestReopening: the year runs again and is checked anew; what was frozen and why
// it was opened stay.
func TestReopening(t *testing.T) {
	past(t, opened, cutoff, passed, shut).When(&period.Reopen{Reopened: *reopen}).ThenState(func(p *fold) {
		require.Equal(t, period.StateRunning, p.State)
		require.Empty(t, p.Checks)
		require.Len(t, p.Closings, 1)
		require.Equal(t, []period.Reopening{{Reason: reopen.Reason, On: closed, By: "mg1"}}, p.Reopenings)
	}).Then(reopen)
	past(t, opened, cutoff, passed, shut, reopen, passed).When(closing(*shut)).ThenState(func(p *fold) {
		require.Equal(t, period.StateClosed, p.State)
		require.Len(t, p.Closings, 2)
	}).Then(shut)
}

// What came after the first closing came after it for good.
func TestAfterClose(t *testing.T) {
	for _, c := range []struct {
		past []event
		want [3]bool // at positions 3, 4 and 5
	}{
		{[]event{opened, cutoff, passed}, [3]bool{}},
		{[]event{opened, cutoff, passed, shut}, [3]bool{false, false, true}},
		{[]event{opened, cutoff, passed, shut, reopen, passed, shut}, [3]bool{false, false, true}},
		{[]event{opened, &period.Closed{Kind: "press"}}, [3]bool{}},
	} {
		p := period.Aggregate.New()
		for i, e := range c.past {
			e.Apply(p, domain.Envelope{Position: uint64(i + 1)})
		}
		require.Equal(t, c.want, [3]bool{p.AfterClose(3), p.AfterClose(4), p.AfterClose(5)})
	}
}

func TestRolesOfCommands(t *testing.T) {
	want := map[string][]domain.Role{
		"period.open": {domain.Analyst, domain.System}, "period.set_cutoff": {domain.Analyst}, "period.check_gates": {domain.Analyst},
		"period.close": {domain.Manager}, "period.reopen": {domain.Manager},
	}
	for _, s := range period.Aggregate.CommandShapes() {
		if roles, ok := want[s.Name]; ok {
			require.Equal(t, roles, s.Roles, s.Name)
			delete(want, s.Name)
		}
	}
	require.Empty(t, want)
}

// Whatever is asked in whatever order: a closed year was checked by somebody else
// than who closed it, after its known day; frozen closings never change; and the
// fold is the same each time.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 16))
	closings := 0
	for range 500 {
		p, again := period.Aggregate.New(), period.Aggregate.New()
		day := japan.On(2020, 3, 20)
		var frozen []period.Closing
		for i := range 60 {
			day = day.Add(rnd.IntN(6))
			who := []string{"a", "b", "c"}[rnd.IntN(3)]
			found := &given.Counted{Found: domain.GatesNow{Unconfirmed: rnd.IntN(2), Late: rnd.IntN(3), Entries: 30}, At: uint64(i)}
			in := domain.Intent{Stream: "31.2019", Controller: "31", Actor: given.Desk(who, domain.Manager), Now: day.Start(), Gates: found}
			before := period.Period{Cutoffs: maps.Clone(p.Cutoffs), Checks: maps.Clone(p.Checks)}
			events, err := anyCommand(rnd, p, found.Found, day).Decide(p, in)
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				env := domain.Envelope{Stream: "period-31.2019", RecordedBy: who, RecordedAt: in.Now, Position: uint64(i + 1)}
				e.Apply(p, env)
				e.Apply(again, env)
				if c, ok := e.(*period.Closed); ok {
					closings++
					check := before.Checks[c.Kind]
					require.NotEqual(t, who, check.By)
					require.Greater(t, check.On, c.KnownAt)
					require.Less(t, c.KnownAt, day)
					require.Equal(t, c.KnownAt, before.Cutoffs[c.Kind].Known)
					require.Equal(t, found.Found.Failing(), inOrder(c.GatesWaived))
				}
			}
			require.Equal(t, p, again)
			require.Equal(t, frozen, append([]period.Closing(nil), p.Closings[:len(frozen)]...))
			frozen = slices.Clone(p.Closings)
			last, ok := p.Closing(period.YearClose)
			require.False(t, p.State == period.StateClosed && (!ok || last.Kind != period.YearClose))
		}
	}
	require.Greater(t, closings, 100, "the histories close too seldom to show anything")
}

func inOrder(gates []string) []string {
	var out []string
	for _, g := range domain.Codes["gate"] {
		if slices.Contains(gates, g) {
			out = append(out, g)
		}
	}
	return out
}

// anyCommand asks for something; what it closes is often what could be closed.
func anyCommand(rnd *rand.Rand, p *fold, found domain.GatesNow, day japan.Date) domain.Command[fold] {
	kind := []string{period.YearClose, period.YearClose, "sheet", "press"}[rnd.IntN(4)]
	shut := period.Closed{Kind: kind, KnownAt: p.Cutoffs[kind].Known}
	if rnd.IntN(8) == 0 {
		shut.KnownAt = day.Add(rnd.IntN(4) - 2)
	}
	for _, g := range domain.Codes["gate"] {
		if slices.Contains(found.Failing(), g) != (rnd.IntN(8) == 0) {
			shut.GatesWaived = append(shut.GatesWaived, g)
		}
	}
	check := &period.CheckGates{GatesChecked: period.GatesChecked{Kind: kind}}
	cutoff := period.CutoffSet{Kind: kind, To: year.Last(), KnownAt: max(year.Last(), day.Add(rnd.IntN(9)-6))}
	cmds := []domain.Command[fold]{
		&period.Open{Opened: period.Opened{FY: 2019}}, &period.SetCutoff{CutoffSet: cutoff}, check, check, check,
		&period.Close{Closed: shut}, &period.Close{Closed: shut}, &period.Close{Closed: shut}, &period.Reopen{Reopened: *reopen},
	}
	return cmds[rnd.IntN(len(cmds))]
}

// Late entries may be a share; of everything else there must be nothing.
func TestGateLimits(t *testing.T) {
	require.Empty(t, domain.GatesNow{}.Failing())
	require.Empty(t, domain.GatesNow{Late: 5, Entries: 100}.Failing())
	require.Equal(t, []string{"late"}, domain.GatesNow{Late: 6, Entries: 100}.Failing())
	require.Equal(t, []string{"late"}, domain.GatesNow{Late: 1, Entries: 19}.Failing())
	require.Equal(t, domain.Codes["gate"], domain.GatesNow{Unconfirmed: 1, Duplicates: 1, OpenReferrals: 1, Late: 1, Entries: 1, BlankActuals: 1}.Failing())
	n := domain.GatesNow{Unconfirmed: 1, Duplicates: 2, OpenReferrals: 3, Late: 4, BlankActuals: 5}
	for i, gate := range domain.Codes["gate"] {
		require.Equal(t, i+1, n.Count(gate))
	}
}
