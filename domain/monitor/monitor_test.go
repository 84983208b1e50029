package monitor_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
)

var year = japan.FiscalYear(2019).Whole()

// log makes deeds in order, by kind, outcome, account.
type log struct{ deeds []monitor.Deed }

func (l *log) add(kind, outcome, account string, on japan.Date, more ...string) *log {
	d := monitor.Deed{Kind: kind, Outcome: outcome, Account: account, On: on, Stream: "case-" + outcome, Controller: "31", Position: uint64(len(l.deeds) + 1)}
	if kind == monitor.Counselled {
		d.Outcome = ""
	}
	if len(more) > 0 {
		d.ID = more[0]
	}
	if len(more) > 1 {
		d.Grade = more[1]
	}
	l.deeds = append(l.deeds, d)
	return l
}

func (l *log) watch() monitor.Report { return monitor.Watch(l.deeds, year) }

func june(day int) japan.Date { return japan.On(2019, 6, day) }

// TestOneHand: first counsellor, introducer and recorder of one outcome.
func TestOneHand(t *testing.T) {
	job := func(counsellor, introducer, recorder string) *log {
		l := (&log{}).add(monitor.Counselled, "j", counsellor, june(1)).add(monitor.Counselled, "j", "z", june(2))
		if introducer != "" {
			l.add(monitor.Introduced, "j", introducer, june(3))
		}
		return l.add(monitor.Recorded, "j", recorder, june(5))
	}
	require.Len(t, job("a", "a", "a").watch().OneHand, 1)
	for _, l := range []*log{job("b", "a", "a"), job("a", "b", "a"), job("a", "a", "b"), job("a", "", "a"), job("z", "a", "a")} {
		require.Empty(t, l.watch().OneHand)
	}
	require.Empty(t, job("a", "a", "a").add(monitor.Undone, "j", "c", june(6)).watch().OneHand)
	late := job("a", "a", "a")
	late.deeds[3].On = japan.On(2020, 4, 1)
	require.Empty(t, late.watch().OneHand)
}

// TestPairsBeyondChance: a confirms b's outcomes at least five times, and twice as
// often as chance would have it.
func TestPairsBeyondChance(t *testing.T) {
	l, n := &log{}, 0
	confirm := func(recorder, confirmer string, times int) {
		for range times {
			n++
			id := fmt.Sprint(n)
			l.add(monitor.Recorded, id, recorder, june(1+n%20)).add(monitor.Confirmed, id, confirmer, june(25), "c"+id, "b")
		}
	}
	confirm("a", "x", 5)
	confirm("b", "y", 5)
	r := l.watch()
	require.Equal(t, 10, r.Confirmations)
	require.Equal(t, []monitor.Pair{{"a", "x", 5, 250}, {"b", "y", 5, 250}}, r.Pairs, "5 is twice 2.5")
	confirm("a", "y", 1)
	require.Equal(t, []monitor.Pair{}, append([]monitor.Pair{}, l.watch().Pairs...), "6 recorded by a, 5 confirmed by x, of 11: 2.7")
	l.add(monitor.Withdrawn, "11", "y", june(26), "c11")
	require.Len(t, l.watch().Pairs, 2, "what was withdrawn is no confirmation")
	four, m := &log{}, 0
	for _, who := range []string{"a", "b"} {
		for range 4 {
			m++
			four.add(monitor.Recorded, fmt.Sprint(m), who, june(m)).add(monitor.Confirmed, fmt.Sprint(m), "x"+who, june(25), "c", "b")
		}
	}
	require.Empty(t, four.watch().Pairs)
}

// TestBursts: three outcomes in the last three days, and more than half of the month.
func TestBursts(t *testing.T) {
	days := func(list ...int) *log {
		l := &log{}
		for i, d := range list {
			l.add(monitor.Recorded, fmt.Sprint(i), "a", june(d))
		}
		return l
	}
	for _, c := range []struct {
		days []int
		last int
	}{
		{[]int{28, 29, 30}, 3}, {[]int{27, 29, 30}, 0}, {[]int{28, 30}, 0}, {[]int{28, 29, 30, 1, 2, 3}, 0}, {[]int{28, 29, 30, 1, 2}, 3},
	} {
		got := days(c.days...).watch().Bursts
		if c.last == 0 {
			require.Empty(t, got, "%v", c.days)
			continue
		}
		require.Len(t, got, 1, "%v", c.days)
		require.Equal(t, c.last, got[0].Last)
		require.Equal(t, len(c.days), got[0].All)
		require.Equal(t, june(1), got[0].Month)
		require.Len(t, got[0].Deeds, c.last)
	}
}

// TestOnlyTheirOwnWord: three confirmations, none but of grade c.
func TestOnlyTheirOwnWord(t *testing.T) {
	l := &log{}
	for i, grade := range []string{"c", "c", "c"} {
		id := fmt.Sprint(i)
		l.add(monitor.Recorded, id, "a", june(1)).add(monitor.Confirmed, id, "x", june(2), "c"+id, grade)
	}
	require.Equal(t, []monitor.Officer{{"x", 3}}, l.watch().GradeC)
	l.add(monitor.Recorded, "9", "a", june(1)).add(monitor.Confirmed, "9", "x", june(2), "c9", "b")
	require.Empty(t, l.watch().GradeC)
}

func TestDeedsAreReadFromFacts(t *testing.T) {
	read := func(typ string, facts ...domain.Fact) (monitor.Deed, bool) {
		text, err := domain.FormatFacts(facts)
		require.NoError(t, err)
		return monitor.DeedOf(7, typ, "case-c", text.Glance())
	}
	text := func(k, v string) domain.Fact { return domain.Fact{Key: k, Text: v} }
	d, ok := read("case.job_introduced", text("controller", "31"), text("introducer", "i"), text("occurred_on", "2019-06-01"), text("placement", "p"), text("recorded_by", "r"))
	require.True(t, ok)
	require.Equal(t, monitor.Deed{Kind: monitor.Introduced, Outcome: "p", Stream: "case-c", Account: "i", Controller: "31", On: june(1), Position: 7}, d)
	d, ok = read("case.relocation_confirmed", text("confirmation", "k"), text("grade", "a"), text("recorded_by", "r"), text("relocation", "m"))
	require.True(t, ok)
	require.Equal(t, []string{"m", "k", "a", "r"}, []string{d.Outcome, d.ID, d.Grade, d.Account})
	_, ok = read("case.placement_confirmed", text("confirms", "decision"))
	require.False(t, ok, "a decision is not the outcome")
	_, ok = read("case.note_added")
	require.False(t, ok)
}
