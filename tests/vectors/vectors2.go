package vectors

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

func message(l *Logbook, file, on string, inbound int) {
	l.add("case.message_day_logged", file, on, "", facts{"thread": "th-" + file, "channel": "email", "inbound": inbound,
		"outbound": 1, "categories": "relocation", "desk": "D-TKY", "counsellor": "co1"})
}

func t16MailAndLine(t *testing.T, w World) {
	l := w.logbook(t)
	for i := range 5 {
		id := fmt.Sprintf("p%d", i)
		l.newcomer(id)
		l.add("case.outbound_sent", id, "2019-07-01", "", facts{"outbound": "o" + id, "channel": "email", "topic": "event_notice", "bulk": 1})
		message(l, id, "2019-07-01", 1)
	}
	require.Equal(t, 5, l.value("C0", fy19))
	l.newcomer("six")
	message(l, "six", "2019-07-02", 7)
	message(l, "six", "2019-07-03", 3)
	require.Equal(t, 7, l.value("C0", fy19))
	message(l, "six", "2019-07-04", 0)
	f := l.figure("C0", fy19)
	require.Equal(t, 7, f.Value)
	require.Equal(t, []string{"no_inbound"}, misses(f))
	message(l, "six", "2019-07-04", 2) // the day logged again: the latest totals stand
	require.Equal(t, 8, l.value("C0", fy19))
	l.add("case.message_day_voided", "six", "2019-07-09", "", facts{"thread": "th-six", "day": "2019-07-04", "reason": "duplicate"})
	require.Equal(t, 7, l.value("C0", fy19))
}

func t17BookingsAndEnquiries(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.add("case.booking_made", "a", "2019-06-01", "", facts{"booking": "b1"})
	l.add("case.booking_missed", "a", "2019-06-02", "", facts{"booking": "b1"})
	l.add("reception.enquiry_logged", "TKC.2019", "2019-06-01", "", facts{"corner": "TKC", "kind": "hours", "controller": "joint"})
	require.Equal(t, 0, l.value("C0", fy19))
	l.session("a", "2019-06-03", facts{"channel": "phone"})
	require.Equal(t, 1, l.value("C0", fy19))
}

func t18SeminarOfForty(t *testing.T, w World) {
	l := w.logbook(t)
	l.add("outreach.scheduled", "o1", "2019-07-01", "", facts{"kind": "seminar"})
	l.add("outreach.held", "o1", "2019-07-07", "", nil)
	l.add("outreach.attendance_counted", "o1", "2019-07-07", "", facts{"heads": 38})
	l.add("outreach.attendance_counted", "o1", "2019-07-08", "", facts{"heads": 40})
	for i := range 6 {
		id := fmt.Sprintf("p%d", i)
		l.newcomer(id)
		l.session(id, "2019-07-07", facts{"channel": "seminar_individual", "outreach": "o1"})
	}
	require.Equal(t, 40, l.value("V1", fy19, "@31"))
	require.Equal(t, [3]int{6, 6, 0}, [3]int{l.value("C0", fy19), l.value("M2", fy19), l.value("M1", fy19)})
}

func t19Anonymous(t *testing.T, w World) {
	l := w.logbook(t)
	for _, id := range []string{"a", "b"} {
		l.add("person.registered", id, "2019-06-01", "", facts{"anonymous": 1})
		l.open(id, id, "2019-06-01", nil)
		l.session(id, "2019-06-01", facts{"channel": "phone"})
	}
	check := func(known string, c0, p0, anonymous int) {
		t.Helper()
		p := l.figure("P0", fy19, "known="+known)
		require.Equal(t, [3]int{c0, p0, anonymous}, [3]int{l.value("C0", fy19, "known="+known), p.Value, p.Anonymous})
	}
	l.add("person.identified", "a", "2019-06-20", "", facts{"residence_pref": "13"})
	check("2019-06-19", 2, 0, 2)
	check("2019-06-20", 2, 1, 1)
	l.add("person.merged", "b", "2019-07-01", "", facts{"into": "a"})
	check("2019-07-01", 1, 1, 0)
}

func t21ConsentNeverEntersCounting(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	before := l.figure("C0", fy19)
	l.add("person.consent_withdrawn", "a", "2019-09-01", "", facts{"consent": "k"})
	require.Equal(t, before, l.figure("C0", fy19))
}

func t22DefinitionRevisedDuringTheYear(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	for i := range 10 {
		l.session("a", fmt.Sprintf("2019-05-%02d", i+1), nil)
	}
	for i := range 3 {
		l.session("a", fmt.Sprintf("2019-08-%02d", i+1), facts{"channel": "tour"})
	}
	for i := range 2 {
		l.session("a", fmt.Sprintf("2019-11-%02d", i+1), facts{"channel": "tour"})
	}
	require.Equal(t, 10, l.value("C0", fy19, "channels=in_person"))
	require.Equal(t, 15, l.value("C0", fy19, "channels=in_person,tour"))

	shipped, err := indicator.Shipped()
	require.NoError(t, err)
	book := &indicator.Book{}
	for version, from := range map[string]string{"t22.1": "2017-07-01", "t22.2": "2019-10-01"} {
		d, ok := shipped.Named("C0", "tot-2019.1")
		require.True(t, ok)
		d.Version, d.OfficialFrom = version, from
		require.NoError(t, book.Add(d))
	}
	for day, want := range map[string]string{"2019-04-01": "t22.1", "2020-04-01": "t22.2"} {
		d, ok := book.InForce("C0", date(day))
		require.True(t, ok)
		require.Equal(t, want, d.Version)
	}
	_, ok := book.InForce("C0", date("2017-06-30"))
	require.False(t, ok)
}

func t23MoveInsideThePrefecture(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", nil)
	id := l.moves("a", "2019-07-01")
	l.add("case.moved_within", "a", "2020-01-10", "", facts{"relocation": id, "persons": "a", "to_lg": "312029"})
	f := l.figure("R1", fy19)
	require.Equal(t, 1, f.Value)
	require.Equal(t, "312011", f.Members[0].Row.Place)
	require.Equal(t, 1, l.value("K1", fy19))
}

func t24ConsultationAfterTheMove(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", facts{"categories": "settlement"})
	require.Equal(t, [4]int{1, 0, 0, 0}, [4]int{l.value("C0", fy19), l.value("C1", fy19), l.value("C2", fy19), l.value("M1", fy19)})
}

func t25SideJobAndTwoBases(t *testing.T, w World) {
	l := w.logbook(t)
	l.newcomer("a")
	l.newcomer("b")
	l.add("case.side_job_matched", "a", "2019-06-01", "", facts{"side_job": "j", "person": "a", "remote": 1, "industry": "G"})
	require.Equal(t, [3]int{1, 0, 0}, [3]int{l.value("L1", fy19), l.value("J1", fy19), l.value("K1", fy19)})
	l.add("case.two_base_recorded", "b", "2019-06-01", "", facts{"two_base": "w", "person": "b", "region": "east"})
	require.Equal(t, [2]int{2, 0}, [2]int{l.value("L1", fy19), l.value("R1", fy19)})
	require.Equal(t, []string{"side_job", "two_base"}, misses(l.figure("K1", fy19)))
}

// Sections 3.3 and 3.5 beyond the vectors: every clause of the near-miss list.
func outcomeClauses(t *testing.T, w World) {
	for clause, build := range map[string]func(l *Logbook){
		"no_date":    func(l *Logbook) { l.job("a", "2019-08-01", "") },
		"no_session": func(l *Logbook) { l.newcomer("z"); l.moves("z", "2019-10-01") },
		"session_too_old": func(l *Logbook) {
			l.newcomer("z")
			l.session("z", "2015-01-01", facts{"rec": "2018-05-01"})
			l.moves("z", "2019-10-01")
		},
		"no_register": func(l *Logbook) { l.movesAs("a", "2019-10-01", facts{"register": 0}) },
		"decided_no":  func(l *Logbook) { l.movesAs("a", "2019-10-01", facts{"reason": "other"}) },
		"not_owner": func(l *Logbook) {
			l.person("z")
			l.open("z", "z", "2019-04-01", facts{"desk": "D-FKC"})
			l.moves("z", "2019-10-01")
		},
		"residence_inside": func(l *Logbook) {
			l.add("person.registered", "z", "2018-04-01", "", facts{"anonymous": 0, "residence_pref": "31"})
			l.open("z", "z", "2018-04-02", nil)
			l.session("z", "2019-05-01", nil)
			l.job("z", "2019-08-01", "2019-09-01")
		},
		"workplace_outside": func(l *Logbook) {
			id := l.job("a", "2019-08-01", "2019-09-01")
			l.add("case.placement_amended", "a", "2019-09-02", "", facts{"placement": id, "field": "workplace_pref", "old": "31", "new": "33", "reason": "typo"})
		},
		"voided": func(l *Logbook) {
			id := l.moves("a", "2019-10-01")
			l.add("case.relocation_voided", "a", "2019-10-02", "", facts{"relocation": id, "reason": "test"})
		},
		"unconfirmed": func(l *Logbook) {
			id := l.moves("a", "2019-10-01")
			l.add("case.relocation_confirmation_withdrawn", "a", "2019-10-02", "", facts{"relocation": id, "confirmation": "c3", "reason": "error"})
		},
	} {
		l := w.logbook(t)
		l.newcomer("a")
		l.session("a", "2019-06-01", nil)
		build(l)
		f := l.figure("K1", fy19)
		require.Equal(t, 0, f.Value, clause)
		require.Equal(t, []string{clause}, misses(f), clause)
	}
}

func sessionClauses(t *testing.T, w World) {
	for clause, f := range map[string]facts{
		"no_advice":          {"advice": 0},
		"override_not_count": {"override": "not_count", "override_reason": "internal"},
		"other_desk":         {"desk": "D-FKC"},
		"date_imprecise":     {"occurred_on": "2019-04-01", "precision": "year"},
	} {
		l := w.logbook(t)
		l.newcomer("a")
		l.session("a", "2019-06-01", f)
		of := fy19
		if clause == "date_imprecise" {
			of = feb
		}
		got := l.figure("C0", of)
		require.Equal(t, 0, got.Value, clause)
		require.Equal(t, []string{clause}, misses(got))
	}
	l := w.logbook(t)
	l.newcomer("a")
	l.session("a", "2019-06-01", facts{"advice": 0, "override": "count"})
	require.Equal(t, 1, l.value("C0", fy19))
	require.True(t, l.figure("C0", fy19).Members[0].Row.Overridden)
}

func universitiesOfTheSheet(t *testing.T, w World) {
	l := w.logbook(t)
	for i := range 12 {
		id := fmt.Sprintf("u%02d", i)
		l.add("university.registered", id, "2017-04-03", "", facts{"pref": "13"})
		l.add("university.universe_listed", id, "2017-04-03", "", facts{"list": "fy2019", "threshold": 20, "meets": 1})
		if i < 6 {
			l.add("university.agreement_concluded", id, "2018-01-10", "", facts{"agreement": "g" + id, "kind": "comprehensive"})
		}
	}
	l.add("university.agreement_concluded", "u11", "2020-03-01", "2020-03-20", facts{"agreement": "gt", "kind": "employment_support", "precision": "month"})
	require.Equal(t, 12, l.value("U0", fy19, "@31"))
	require.Equal(t, 7, l.value("U1", fy19, "@31"))
	require.Equal(t, 6, l.value("U1", feb, "@31"))
	require.Equal(t, 6, l.value("U1", fy19, "@31", "known=2020-03-16"))

	// A list of a later day says nothing of an earlier year, and neither does a
	// university that was not in the list yet.
	l.add("university.universe_listed", "u00", "2020-05-01", "", facts{"list": "fy2019", "threshold": 20, "meets": 0})
	require.Equal(t, [2]int{12, 7}, [2]int{l.value("U0", fy19, "@31"), l.value("U1", fy19, "@31")})
	require.Equal(t, [2]int{11, 6}, [2]int{l.value("U0", fy20, "@31"), l.value("U1", fy20, "@31")})
	require.Equal(t, []string{"below_threshold"}, misses(l.figure("U0", fy20, "@31")))
	require.Equal(t, []string{"not_listed"}, misses(l.figure("U1", fy20, "@31")))
	before := l.figure("U2", "2016-04-01..2017-03-31", "@31")
	require.Equal(t, indicator.Result{Absent: indicator.ZeroDenominator}, before.Result(), "no list, and nobody of it")
}
