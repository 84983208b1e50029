package vectors

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

func t20ProtectedIsCounted(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	l.moves("a", "2019-10-01")
	before := [3]int{l.value("C0", fy19), l.value("P0", fy19), l.value("K1", fy19)}
	require.Equal(t, [3]int{1, 1, 1}, before)
	l.add("person.confidentiality_set", "a", "2019-11-01", "", facts{"until": "2020-11-01", "covers_household": 1})
	require.Equal(t, before, [3]int{l.value("C0", fy19), l.value("P0", fy19), l.value("K1", fy19)})
}

// opens sets the hours of T30: 10:00–18:00 daily, Thursday to Saturday to 20:00.
func opens(l *Logbook, rec string) {
	l.add("reception.hours_set", "TKC.2019", "2019-04-01", rec, facts{"desk": "D-TKY", "site": "shinbashi", "effective_from": "2019-04-26", "weekdays": "1234567",
		"holidays_open": 1, "opens": 1000, "closes": 1800, "after_hours_days": "456", "after_hours_closes": 2000, "controller": "joint"})
}

func t26Percentage(t *testing.T, w World) {
	l := w.logbook(t)
	opens(l, "")
	l.newcomer("a")
	evenings := 0
	for day := date("2019-05-01"); day < date("2019-05-01")+223; day++ {
		at := 1100
		if wd := int(day.Weekday()); wd >= 4 && evenings < 33 { // Thursday to Saturday
			at, evenings = 1900, evenings+1
		}
		l.session("a", day.String(), facts{"started_at": at})
	}
	for rounding, want := range map[string]int{"half_up": 148, "truncate": 147} {
		f := l.figure("H2", fy19, "rounding="+rounding)
		require.Equal(t, indicator.Result{Value: want, Numerator: 33, Denominator: 223}, f.Result(), rounding)
		require.Len(t, f.Members, 33)
		require.Len(t, f.Over, 223)
	}
	d := l.definition("H2")
	require.Equal(t, [3]string{"14.8", "0.0", "-0.3"}, [3]string{d.Decimal(148), d.Decimal(0), d.Decimal(-3)})
	none := l.figure("H2", fy20)
	require.Equal(t, indicator.Result{Absent: indicator.ZeroDenominator}, none.Result(), "no value, and never 0")
	require.Equal(t, 15, l.figure("H2", fy19, "scale=0").Value)
	require.Equal(t, 14798, l.figure("H2", fy19, "scale=3").Value)
}

func t27BlankActual(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	before := l.figure("K1", fy19)
	l.add("workplan.actual_set", "tokyo.2019.1", "2020-03-31", "", facts{"no": 1, "absent_reason": "not_stated"})
	require.Equal(t, before, l.figure("K1", fy19), "a blank actual is no outcome")
}

func t28BaselineWithoutEvents(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.add("figure.imported", "f1", "2019-04-01", "", facts{"value": 13, "indicator": "K1", "from": "2009-04-01", "to": "2010-03-31", "unit_stated": 0,
		"comparison_basis": "unknown", "overlap": "unknown"})
	f := l.figure("K1", "FY2009")
	require.Empty(t, f.Members, "a figure that was only published cannot be counted again")
	require.Empty(t, f.NearMisses)
}

func t29GrantsCountNothing(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2022-06-01", nil)
	id := l.moves("a", "2022-10-01")
	known := "known=2023-05-31"
	before := [2]int{l.value("R1", "FY2022", known), l.value("K1", "FY2022", known)}
	require.Equal(t, [2]int{1, 1}, before)
	l.add("case.grant_checked", "a", "2023-05-01", "", facts{"check": "g1", "scheme": "national", "rule_version": "FY2022", "planned_movein_on": "2022-10-01", "result": "eligible"})
	l.add("case.grant_applied", "a", "2023-05-02", "", facts{"grant": "g2", "scheme": "national", "rule_version": "FY2022", "relocation": id})
	require.Equal(t, before, [2]int{l.value("R1", "FY2022", known), l.value("K1", "FY2022", known)})
	require.Zero(t, l.value("K1", "FY2023", known), "the day of the grant is not the day of the move")
}

func t30AfterHours(t *testing.T, w World) {
	l := w.logbook(t)
	opens(l, "2019-07-01")
	l.add("outreach.scheduled", "night", "2019-05-01", "", facts{"kind": "evening", "evening": 1})
	for id, f := range map[string]facts{
		"thursday":  {"started_at": 1900},
		"reason":    {"started_at": 1900, "outside_hours_reason": "wish"},
		"evening":   {"started_at": 1900, "outreach": "night"},
		"morning":   {"occurred_time": 1100},
		"closing":   {"started_at": 2000},
		"unknown":   {},
		"envelope":  {"occurred_time": 1800},
		"both":      {"started_at": 1100, "occurred_time": 1900},
		"imprecise": {"occurred_on": "2019-06-01", "precision": "month", "started_at": 1900},
	} {
		l.newcomer(id)
		on := "2019-06-06" // a Thursday
		if id == "reason" || id == "evening" {
			on = "2019-06-04" // a Tuesday
		}
		l.session(id, on, f)
	}
	message(l, "thursday", "2019-06-06", 1)
	f := l.figure("H1", fy19)
	require.Equal(t, 3, f.Value, "Thursday 19:00, 18:00, and the evening event")
	require.Equal(t, []string{"hours_unknown", "hours_unknown", "hours_unknown", "in_hours", "in_hours", "outside_hours", "outside_hours"}, misses(f))
	require.Equal(t, 1, l.value("H1", fy19, "known=2019-06-30"), "before the hours were recorded only the evening event tells")
	share := l.figure("H2", fy19)
	require.Equal(t, indicator.Result{Value: 300, Numerator: 3, Denominator: 10}, share.Result())

	l.add("reception.closure_set", "TKC.2019", "2019-08-01", "", facts{"desk": "D-TKY", "from": "2019-06-06", "to": "2019-06-06", "reason": "repairs", "controller": "joint"})
	require.Equal(t, 1, l.value("H1", fy19), "closed that day")
	l.add("outreach.changed", "night", "2019-08-02", "", facts{"field": "evening", "old": "1", "new": "0"})
	l.add("outreach.changed", "night", "2019-08-02", "", facts{"field": "kind", "old": "evening", "new": "fair"})
	require.Equal(t, 0, l.value("H1", fy19), "it was no evening event")
	require.Equal(t, 3, l.value("H1", fy19, "known=2019-07-31"), "what was known then stays")
}

func referrals(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	step := func(id, what, on string, f facts) {
		all := facts{"referral": id}
		for k, v := range f {
			all[k] = v
		}
		l.add("case.referral_"+what, "a", on, "", all)
	}
	for _, id := range []string{"r1", "r2", "r3", "r4", "r5", "r6"} {
		step(id, "proposed", "2019-06-01", facts{"partner": "p", "purpose": "housing"})
		if id != "r5" {
			step(id, "sent", "2019-06-02", facts{"share": "s" + id, "due_on": "2019-06-16"})
		}
	}
	step("r1", "accepted", "2019-06-03", nil)
	step("r1", "completed", "2020-04-20", facts{"result": "not_achieved"})
	step("r2", "received", "2019-06-03", nil)
	step("r2", "accepted", "2019-06-04", nil)
	step("r3", "lapsed", "2019-06-17", nil)
	step("r3", "resent", "2019-07-01", facts{"share": "again", "due_on": "2019-07-15"})
	step("r3", "declined", "2019-07-02", facts{"reason": "full"})
	step("r4", "cancelled", "2019-06-05", facts{"reason": "error"})
	step("r5", "cancelled", "2019-06-05", facts{"reason": "person_wish"})
	require.Equal(t, [3]int{4, 3, 1}, [3]int{l.value("F1", fy19), l.value("F2", fy19), l.value("F3", fy19)})
	f := l.figure("F3", fy19)
	require.Equal(t, []string{"not_completed", "not_completed", "not_completed", "voided"}, misses(f))
	require.Equal(t, indicator.Result{Value: 750, Numerator: 3, Denominator: 4}, l.figure("F4", fy19).Result())
	require.Equal(t, indicator.Result{Value: 250, Numerator: 1, Denominator: 4}, l.figure("F5", fy19).Result())
	require.Equal(t, indicator.Result{Value: 0, Numerator: 0, Denominator: 4}, l.figure("F5", fy19, "known=2020-04-19").Result(), "0 of 4 is a value")
	require.Equal(t, indicator.ZeroDenominator, l.figure("F5", fy20).Absent)
	require.Zero(t, l.value("F1", fy19, "@D-FKC"))
	require.Equal(t, 4, l.value("F1", fy19, "@31"))
}

func daysToTheOutcome(t *testing.T, w World) {
	l := w.logbook(t)
	require.Equal(t, indicator.Result{Absent: indicator.NoMembers}, l.figure("D1", fy19).Result())
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	l.session("a", "2019-06-05", nil)
	l.moves("a", "2019-06-11")
	require.Equal(t, 100, l.figure("D1", fy19).Value, "10 days from the first session")
	l.newcomer("b")
	l.session("b", "2019-05-20", facts{"desk": "D-FKC"})
	l.session("b", "2019-06-01", nil)
	l.job("b", "2019-06-20", "2019-06-22")
	f := l.figure("D1", fy19)
	require.Equal(t, 155, f.Value, "half way between 10 and 21")
	require.Equal(t, []int{10, 21}, []int{f.Members[0].Amount, f.Members[1].Amount})
	require.Equal(t, 16, l.value("D1", fy19, "scale=0"), "rounded half up")
	require.Equal(t, 15, l.value("D1", fy19, "scale=0", "rounding=truncate"))
	require.Equal(t, 215, l.value("D1", fy19, "@31"), "10 and 33: the prefecture's first session was elsewhere")

	// An earlier episode is another story, and nobody of the family waits alone.
	l.newcomer("c")
	l.session("c", "2018-04-20", nil)
	l.open("c2", "c", "2019-07-01", facts{"new_episode": 1})
	l.person("k")
	l.add("case.member_added", "c2", "2019-07-01", "", facts{"person": "k", "part": "child"})
	l.session("c2", "2019-07-01", nil)
	l.moves("c2", "2019-07-31", "c", "k")
	f = l.figure("D1", fy19)
	require.Equal(t, []int{10, 21, 30, 30}, []int{f.Members[0].Amount, f.Members[1].Amount, f.Members[2].Amount, f.Members[3].Amount})
	require.Equal(t, 255, f.Value)
	require.Equal(t, len(l.figure("K1", fy19).Members), len(f.Members), "the members are those of K1")
}

func conversion(t *testing.T, w World) {
	l := w.logbook(t)
	for _, id := range []string{"a", "b", "c", "d"} {
		l.newcomer(id)
		l.session(id, "2019-06-01", nil)
	}
	l.person("spouse")
	l.add("case.member_added", "a", "2019-06-01", "", facts{"person": "spouse", "part": "adult"})
	l.moves("a", "2019-10-01", "a", "spouse")
	l.moves("b", "2020-04-20")
	l.newcomer("early")
	l.session("early", "2018-06-01", nil)
	l.moves("early", "2019-05-01")
	l.movesAs("d", "2019-10-01", facts{"reason": "schooling"})
	f := l.figure("N1", fy19)
	require.Equal(t, 1, f.Value, "a alone: b moved after the year, the spouse never consulted, early is of another year")
	require.Equal(t, []string{"no_outcome", "no_outcome", "outcome_after"}, misses(f))
	require.Equal(t, indicator.Result{Value: 250, Numerator: 1, Denominator: 4}, l.figure("N2", fy19).Result())
	require.Equal(t, 3, l.value("K1", fy19))
	require.Equal(t, 1, l.value("N1", "2018-04-01..2019-05-31"), "early, over both years")
	require.Zero(t, l.value("N1", fy19, "@D-FKC"))
}

func differencesOfShares(t *testing.T, w World) {
	l := w.logbook(t)
	opens(l, "")
	l.newcomer("a")
	l.session("a", "2019-06-06", facts{"started_at": 1900})
	s := l.session("a", "2019-06-07", facts{"started_at": 1100})
	l.session("a", "2019-06-08", facts{"started_at": 1100, "rec": "2020-04-10"})
	l.add("case.consultation_voided", "a", "2020-05-10", "", facts{"consultation": s, "reason": "test"})

	d := l.explained("H2", fy19, "2020-04-09", "2020-05-31")
	require.Equal(t, [2]int{500, 500}, [2]int{d.From, d.To}, "1 of 2, then of 3, then of 2")
	require.Equal(t, map[string]int{"late_entry": -167, "voided": 167}, d.Kinds())
	require.True(t, d.Parts[0].Gained[0].Over)
	require.Equal(t, "voided", d.Parts[1].Lost[0].Clause)

	d = l.explained("H2", fy20, "2020-05-31", "2020-05-31", func(_, b *indicator.Known) { b.Period = period(t, fy19) })
	require.Equal(t, indicator.ZeroDenominator, d.FromAbsent)
	require.Empty(t, d.ToAbsent)
	require.Equal(t, map[string]int{"period": 500}, d.Kinds())
	require.Len(t, d.Parts[0].Gained, 3, "one above the line, two below it")

	d = l.explained("H2", fy19, "2019-05-31", "2020-05-31", with("rounding", "truncate"))
	require.Equal(t, indicator.ZeroDenominator, d.FromAbsent)
	back := l.explained("H2", fy19, "2020-05-31", "2019-05-31")
	require.Equal(t, indicator.ZeroDenominator, back.ToAbsent)

	l.moves("a", "2019-06-20")
	median := l.explained("D1", fy19, "2019-06-19", "2020-05-31")
	require.Equal(t, indicator.NoMembers, median.FromAbsent)
	require.Equal(t, 140, median.To)
	require.Len(t, median.Parts[0].Gained, 1)
}
