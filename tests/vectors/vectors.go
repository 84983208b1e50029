package vectors

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The vectors of counting.md 13 as far as facts decide them.

func t1SamePersonTwoDesks(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", facts{"categories": "job"})
	l.session("a", "2019-06-08", facts{"desk": "D-FKC"})
	l.moves("a", "2019-10-01")
	for _, v := range []struct {
		id            string
		tky, fkc, all int
	}{{"C0", 1, 1, 2}, {"P0", 1, 1, 1}, {"K1", 1, 0, 1}} {
		require.Equal(t, v.tky, l.value(v.id, fy19), v.id)
		require.Equal(t, v.fkc, l.value(v.id, fy19, "@D-FKC"), v.id)
		require.Equal(t, v.all, l.value(v.id, fy19, "@31"), v.id)
	}
	require.Equal(t, 0, l.value("A1", fy19))
	require.Equal(t, 1, l.value("A1", fy19, "@D-FKC"))
}

func t2OneSessionBothCategories(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", facts{"categories": "job,relocation"})
	for _, id := range []string{"C0", "C1", "C2", "C12"} {
		require.Equal(t, 1, l.value(id, fy19), id)
	}
}

func t3EmployedAndRelocated(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	l.job("a", "2019-08-01", "2019-09-01")
	l.moves("a", "2019-09-10")
	require.Equal(t, 1, l.value("J1", fy19))
	require.Equal(t, 1, l.value("R1", fy19))
	k := l.figure("K1", fy19)
	require.Equal(t, 1, k.Value)
	require.Equal(t, map[string]int{"both": 1}, k.Moved)
	require.Equal(t, []string{"later_outcome"}, misses(k))
}

func t4AcrossTwoYears(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	l.moves("a", "2020-03-28")
	l.job("a", "2020-03-01", "2020-04-01")
	require.Equal(t, 1, l.value("R1", fy19))
	require.Equal(t, 0, l.value("J1", fy19))
	require.Equal(t, 1, l.value("K1", fy19))
	require.Equal(t, 1, l.value("J1", fy20))
	k := l.figure("K1", fy20)
	require.Equal(t, 0, k.Value)
	require.Equal(t, []string{"earlier_outcome"}, misses(k))
}

func family(l *Logbook) {
	l.newcomer("f")
	for _, id := range []string{"m", "k1", "k2"} {
		l.person(id)
		l.add("case.member_added", "f", "2019-05-01", "", facts{"person": id, "part": "adult"})
	}
	l.session("f", "2019-06-01", nil)
}

func t5HouseholdOfFour(t *testing.T, w World) {
	l := w.logbook(t)
	family(l)
	l.job("f", "2019-07-01", "2019-08-01")
	l.movesAs("f", "2019-08-05", facts{"turn": "u"}, "f", "m", "k1", "k2")
	require.Equal(t, 1, l.value("R2", fy19))
	require.Equal(t, 4, l.value("R1", fy19))
	require.Equal(t, 1, l.value("J1", fy19))
	require.Equal(t, 4, l.value("K1", fy19))
	require.Equal(t, 1, l.value("K2", fy19))
	require.Equal(t, "u", l.figure("R2", fy19).Members[0].Row.Turn)
	require.Equal(t, 1, l.value("K1", fy19, "member_basis=head"))
}

func t6FatherFirstFamilyLater(t *testing.T, w World) {
	l := w.logbook(t)
	family(l)
	l.moves("f", "2019-12-01", "f")
	l.moves("f", "2020-04-02", "m", "k1", "k2")
	for id, want := range map[string][2]int{"R1": {1, 3}, "R2": {1, 0}, "K1": {1, 3}, "K2": {1, 0}} {
		require.Equal(t, want[0], l.value(id, fy19), id)
		require.Equal(t, want[1], l.value(id, fy20), id)
	}
}

func t7OutAgainWithinAYear(t *testing.T, w World) {
	scene := func(recorded string) *Logbook {
		l := w.logbook(t)
		l.newcomer("a")
		l.session("a", "2019-06-01", nil)
		id := l.moves("a", "2019-07-01")
		l.add("case.moved_out", "a", "2020-02-10", recorded, facts{"relocation": id, "persons": "a"})
		return l
	}
	a := scene("2020-02-10")
	f := a.figure("K1", feb, "known=2020-03-16")
	require.Equal(t, 1, f.Value)
	require.Equal(t, 1, f.LeftEarly)
	require.Equal(t, 0, a.value("S1", fy19, "known=2020-07-10"))
	subtract := "subtract_out_before_publication=yes"
	taken := a.figure("K1", feb, "known=2020-03-16", subtract)
	require.Equal(t, 0, taken.Value)
	require.Equal(t, []string{"moved_out"}, misses(taken))

	b := scene("2020-05-20")
	require.Equal(t, 1, b.value("K1", feb, "known=2020-03-16"))
	require.Equal(t, 1, b.value("K1", feb, "known=2020-07-10"))
	s := b.figure("S1", fy19, "known=2020-04-30")
	require.Equal(t, 1, s.Value)
	require.Equal(t, 1, s.Unobserved)
	require.Equal(t, 0, b.value("S1", fy19, "known=2020-07-10"))
	require.Equal(t, 1, b.value("K1", feb, "known=2020-03-16", subtract))
	require.Equal(t, 0, b.value("K1", feb, "known=2020-07-10", subtract))

	c := w.logbook(t)
	c.newcomer("a")
	c.session("a", "2019-06-01", nil)
	c.movesAs("a", "2019-07-01", facts{"planned_stay": "lt1y"})
	k := c.figure("K1", fy19)
	require.Equal(t, 0, k.Value)
	require.Equal(t, []string{"short_stay"}, misses(k))
}

func t8TestRecordsVoidedAfterPublication(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	for _, id := range []string{"x", "y"} {
		l.newcomer(id)
		s := l.session(id, "2019-11-05", nil)
		l.add("case.consultation_voided", id, "2020-06-15", "", facts{"consultation": s, "reason": "test"})
	}
	require.Equal(t, 3, l.value("C2", feb, "known=2020-06-14"))
	f := l.figure("C2", feb, "known=2020-06-15")
	require.Equal(t, 1, f.Value)
	require.Equal(t, []string{"voided", "voided"}, misses(f))
	require.Equal(t, 3, l.value("P0", feb, "known=2020-06-14"))
	require.Equal(t, 1, l.value("P0", feb, "known=2020-06-15"))
}

func t9LateRecordAndDayBoundaries(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2020-02-20", facts{"categories": "job", "rec": "2020-04-10"})
	require.Equal(t, 0, l.value("C1", feb, "known=2020-04-09"))
	require.Equal(t, 1, l.value("C1", feb, "known=2020-04-10"))

	b := w.logbook(t)
	b.newcomer("a")
	b.session("a", "2020-03-28", facts{"rec": "2020-04-10"})
	require.Equal(t, 1, b.value("C0", fy19))
	require.Equal(t, 0, b.value("C0", feb))

	c := w.logbook(t)
	c.newcomer("a")
	c.session("a", "2020-04-01", facts{"occurred_time": 30, "rec_at": 30}) // recorded 2020-03-31T15:30Z
	require.Equal(t, [2]int{0, 1}, [2]int{c.value("C0", fy19), c.value("C0", fy20)})
	require.Equal(t, 0, c.value("C0", fy20, "known=2020-03-31"))
	require.Equal(t, 1, c.value("C0", fy20, "known=2020-04-01"))

	d := w.logbook(t)
	d.newcomer("a")
	d.session("a", "2020-02-29", facts{"occurred_time": 2359, "rec_at": 2359})
	d.session("a", "2020-03-01", facts{"occurred_time": 1, "rec_at": 1})
	d.session("a", "2020-04-01", nil)
	require.Equal(t, 1, d.value("C0", feb))
	require.Equal(t, 2, d.value("C0", fy19))
	require.Equal(t, 1, d.value("C0", fy20))
}

func twins(t *testing.T, w World, sameDay bool) *Logbook {
	l := w.logbook(t)
	l.newcomer("a")
	l.newcomer("b")
	days := map[string][]string{"a": {"2019-05-01", "2019-05-02", "2019-06-01"}, "b": {"2019-05-05", "2019-05-06"}}
	if sameDay {
		days["b"][1] = "2019-06-01"
	}
	for _, id := range []string{"a", "b"} {
		for _, d := range days[id] {
			l.session(id, d, nil)
		}
		l.moves(id, "2019-10-01")
	}
	l.add("person.merged", "b", "2020-05-01", "", facts{"into": "a"})
	l.add("person.unmerged", "b", "2020-05-03", "", facts{"from": "a", "reason": "different_person"})
	return l
}

func t10MergeAndUnmerge(t *testing.T, w World) {
	l := twins(t, w, false)
	for known, want := range map[string][5]int{"2020-04-30": {5, 2, 2, 2, 2}, "2020-05-01": {5, 1, 1, 1, 1}, "2020-05-03": {5, 2, 2, 2, 2}} {
		for i, id := range []string{"C0", "P0", "R1", "R2", "K1"} {
			require.Equal(t, want[i], l.value(id, fy19, "known="+known), "%s at %s", id, known)
		}
	}
	b := twins(t, w, true)
	require.Equal(t, 5, b.value("C0", fy19, "known=2020-04-30"))
	merged := b.figure("C0", fy19, "known=2020-05-01")
	require.Equal(t, 4, merged.Value)
	require.Equal(t, []string{"same_day"}, misses(merged))
}

func t11ErasureChangesNoFigure(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("b")
	l.session("b", "2019-06-01", nil)
	l.moves("b", "2019-10-01")
	l.add("person.erasure_ordered", "b", "2023-09-25", "", facts{"ground": "suspension_decision"})
	l.add("person.erased", "b", "2023-09-25", "", facts{"sections": 9})
	for _, id := range []string{"C0", "P0", "K1"} {
		require.Equal(t, 1, l.value(id, fy19, "known=2023-09-24"), id)
		before, after := l.figure(id, fy19, "known=2023-09-24"), l.figure(id, fy19, "known=2023-09-26")
		require.Equal(t, before.Digest(), after.Digest(), id)
		require.Equal(t, [3]int{1, 0, 1}, [3]int{after.Value, before.Erased, after.Erased}, "うち消去済 of %s", id)
		for _, day := range []string{"2019-12-31", "2021-03-31", "2023-09-25", "2030-03-31"} {
			require.Equal(t, 1, l.value(id, fy19, "known="+day), id)
		}
		d := l.explained(id, fy19, "2023-09-24", "2023-09-26")
		require.Equal(t, [2]int{1, 1}, [2]int{d.From, d.To})
		require.Empty(t, d.Parts, "erasure moves nothing")
	}
}

func t12TwoPrefecturesOneSession(t *testing.T, w World) {
	l := w.logbook(t)
	l.add("reception.logged", "TKC.2019", "2019-11-03", "", facts{"reception": "rc1", "corner": "TKC", "channel": "in_person", "categories": "relocation", "controller": "joint"})
	l.newcomer("t")
	l.session("t", "2019-11-03", nil)
	l.person("o")
	l.open("o", "o", "2019-11-03", facts{"desk": "D-OKY", "controller": "33"})
	l.session("o", "2019-11-03", facts{"desk": "D-OKY", "controller": "33"})
	require.Equal(t, 1, l.value("B0", fy19, "@TKC"))
	require.Equal(t, 1, l.value("C0", fy19, "@31"))
	require.Equal(t, 1, l.value("C0", fy19, "@33"))
	require.Equal(t, 2, l.value("M1", fy19, "@31")+l.value("M1", fy19, "@33"))
	require.Equal(t, 0, l.value("K1", fy19, "@31"))
}

func t13Transfers(t *testing.T, w World) {
	for name, v := range map[string]struct {
		f      facts
		rule   string
		clause []string
	}{
		"a":     {facts{"reason": "transfer", "has_predecessor": "yes"}, "tot-cls-1", []string{"excluded_reason"}},
		"b":     {facts{"reason": "transfer", "has_predecessor": "no", "decision": 1}, "tot-cls-1", nil},
		"c":     {facts{"reason": "telework"}, "tot-cls-1", nil},
		"d tot": {facts{"reason": "marriage"}, "tot-cls-1", nil},
		"d oka": {facts{"reason": "marriage"}, "oka-cls-1", []string{"excluded_reason"}},
		"e":     {facts{"reason": "transfer", "has_predecessor": "unknown"}, "tot-cls-1", []string{"predecessor_unknown"}},
	} {
		l := w.logbook(t)
		l.newcomer("a")
		l.session("a", "2019-06-01", nil)
		l.movesAs("a", "2019-10-01", v.f)
		f := l.figure("R1", fy19, "class_rule="+v.rule)
		require.Equal(t, v.clause, misses(f), name)
		require.Equal(t, 1-len(v.clause), f.Value, name)
	}
}

func t14Students(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", facts{"categories": "student"})
	l.movesAs("a", "2019-10-01", facts{"reason": "schooling"})
	require.Equal(t, 0, l.value("R1", fy19))

	b := w.logbook(t)
	b.newcomer("a")
	b.session("a", "2019-06-01", facts{"categories": "student"})
	p := b.job("a", "2019-10-01", "2020-04-01")
	b.add("case.placement_confirmed", "a", "2019-10-15", "", facts{"placement": p, "confirmation": "d1", "confirms": "decision", "grade": "b"})
	b.moves("a", "2020-03-25")
	require.Equal(t, [3]int{1, 0, 1}, [3]int{b.value("R1", fy19), b.value("J1", fy19), b.value("K1", fy19)})
	require.Equal(t, [2]int{1, 0}, [2]int{b.value("J1", fy20), b.value("K1", fy20)})
	require.Equal(t, 1, b.value("J1", fy19, "placement_date=decided_on"))

	c := w.logbook(t)
	c.newcomer("a")
	c.session("a", "2019-06-01", facts{"categories": "student"})
	p = c.job("a", "2019-10-01", "")
	c.add("case.placement_confirmed", "a", "2019-10-15", "", facts{"placement": p, "confirmation": "d1", "confirms": "decision", "grade": "b"})
	c.add("case.placement_fell_through", "a", "2020-02-14", "", facts{"placement": p, "by": "person"})
	require.Equal(t, 0, c.value("J1", fy19))
	require.Equal(t, 1, c.value("J1", fy19, "placement_date=decided_on", "known=2020-01-31"))
	require.Equal(t, 0, c.value("J1", fy19, "placement_date=decided_on"))
}

func t15ReturnForChildbirth(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	l.movesAs("a", "2019-07-01", facts{"reason": "birth_return"})
	l.moves("a", "2020-02-01")
	f := l.figure("R1", fy19)
	require.Equal(t, 1, f.Value)
	require.Equal(t, "2020-02-01", f.Members[0].On.String())
}
