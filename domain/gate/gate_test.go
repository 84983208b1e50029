package gate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

var fy19 = japan.FiscalYear(2019)

func on(month, day int) japan.Date {
	year := 2019
	if month < 4 {
		year = 2020
	}
	return japan.On(year, month, day)
}

// ask judges FY2019 of controller 31 as known on 2020-04-30. Every event was
// recorded on the day that the test gives its position: 101 is 1 January.
func ask(k gate.Known) gate.Found {
	k.Day = func(position uint64) japan.Date { return on(int(position)/100, int(position)%100) }
	if k.Survivor == nil {
		k.Survivor = func(id string) string { return id }
	}
	return gate.Judge(gate.Question{Controller: "31", Period: fy19.Whole(), Known: japan.On(2020, 4, 30)}, k)
}

func session(id, person string, day japan.Date, position uint64) indicator.Row {
	return indicator.Row{Family: indicator.Sessions, Entity: id, Person: person, Kind: indicator.Consulted, Controller: "31", From: day, To: day, Position: position}
}

func outcome(kind, id, grade string, day japan.Date, position uint64) indicator.Row {
	r := session(id, "p", day, position)
	r.Family, r.Kind, r.Grade = indicator.Outcomes, kind, grade
	return r
}

// book is what a Book holds after events of one day each.
func book(events ...event) []gate.Waiting {
	b, held := gate.NewBook(), map[string]gate.Waiting{}
	var order []string
	for _, e := range events {
		facts := []domain.Fact{}
		for _, name := range []string{"consultation", "controller", "into", "occurred_on", "other", "placement", "referral"} {
			if v := e.facts[name]; v != "" {
				facts = append(facts, domain.Fact{Key: name, Text: v})
			}
		}
		text, err := domain.FormatFacts(facts)
		if err != nil {
			panic(err)
		}
		for _, s := range b.Take(e.position, e.typ, e.stream, text.Glance()) {
			k := s.Kind + s.Stream + s.ID
			if s.Over {
				delete(held, k)
				continue
			}
			held[k] = s.Waiting
			order = append(order, k)
		}
	}
	var out []gate.Waiting
	for _, k := range order {
		if w, ok := held[k]; ok {
			out = append(out, w)
			delete(held, k)
		}
	}
	return out
}

type event struct {
	position    uint64
	typ, stream string
	facts       map[string]string
}

func happens(position uint64, typ, stream string, facts ...string) event {
	e := event{position, typ, stream, map[string]string{"controller": "31", "occurred_on": on(int(position)/100, int(position)%100).String()}}
	for i := 0; i+1 < len(facts); i += 2 {
		e.facts[facts[i]] = facts[i+1]
	}
	return e
}

// TestUnconfirmed: no confirmation thirty days after the date (counting.md 6).
func TestUnconfirmed(t *testing.T) {
	imprecise := outcome(indicator.MoveKind, "m4/p", "d", on(3, 1), 301)
	imprecise.To = on(3, 31)
	voided, other := outcome(indicator.JobKind, "j3", "d", on(6, 1), 601), outcome(indicator.JobKind, "j4", "d", on(6, 1), 602)
	voided.Clause, other.Controller = "voided", "33"
	fell, undated, excluded := outcome(indicator.JobKind, "j5", "d", on(6, 1), 603), outcome(indicator.JobKind, "j6", "d", on(6, 1), 604), outcome(indicator.MoveKind, "m5/p", "d", on(6, 2), 605)
	fell.Clause, undated.Clause, excluded.Clause = "fell_through", "no_date", "excluded_reason"
	f := ask(gate.Known{Rows: []indicator.Row{
		outcome(indicator.JobKind, "j1", "d", on(3, 30), 330), // 31 days before
		outcome(indicator.JobKind, "j2", "d", on(3, 31), 331), // the thirtieth day
		outcome(indicator.JobKind, "j7", "c", on(6, 1), 606),
		outcome(indicator.MoveKind, "m1/father", "d", on(8, 10), 810), // one move of two people
		outcome(indicator.MoveKind, "m1/mother", "d", on(8, 10), 810),
		outcome(indicator.MoveKind, "m2/p", "d", japan.On(2019, 3, 31), 405), // the year before
		outcome(indicator.SideKind, "s1", "d", on(6, 1), 607),
		voided, other, fell, undated, imprecise, excluded,
	}})
	var got []string
	for _, i := range f.Of(gate.Unconfirmed) {
		got = append(got, i.ID)
	}
	require.Equal(t, []string{"m5", "m1", "j1"}, got, "an excluded move wants its proof like any other")
	require.Equal(t, domain.GatesNow{Unconfirmed: 3, Entries: 6}, f.Counts())
}

// TestLate is T9 of counting.md, with the limits of events.md 9.
func TestLate(t *testing.T) {
	for _, c := range []struct {
		day      japan.Date
		recorded uint64
		late     int
	}{
		{on(2, 20), 306, 0}, {on(2, 20), 307, 1}, // the fifth working day of March is the 6th
		{on(2, 29), 306, 0}, {on(5, 31), 607, 0}, {on(5, 31), 608, 1}, {on(5, 31), 531, 0},
	} {
		f := ask(gate.Known{Rows: []indicator.Row{session("a", "p", c.day, c.recorded)}})
		require.Equal(t, domain.GatesNow{Late: c.late, Entries: 1}, f.Counts(), "%s %d", c.day, c.recorded)
	}
	// A first day at work is late by its own event, not by that of the decision.
	job := outcome(indicator.JobKind, "j1", "b", on(6, 1), 501)
	require.Equal(t, 0, ask(gate.Known{Rows: []indicator.Row{job}}).Counts().Late)
	started := book(happens(901, "case.employment_started", "case-c", "placement", "j1"))
	f := ask(gate.Known{Rows: []indicator.Row{job}, Waiting: started})
	require.Equal(t, 1, f.Counts().Late)
	require.Equal(t, uint64(901), f.Items[0].Position)
	// A session that was brought over from another case had been recorded before.
	moved := session("a", "p", on(6, 1), 901)
	require.Equal(t, 1, ask(gate.Known{Rows: []indicator.Row{moved}}).Counts().Late)
	brought := book(happens(901, "case.consultation_received", "case-c", "consultation", "a"))
	require.Equal(t, domain.GatesNow{Entries: 1}, ask(gate.Known{Rows: []indicator.Row{moved}, Waiting: brought}).Counts())
}

// TestDuplicates: a pair of which one has an entry in the year, until somebody
// answers, whichever record was told.
func TestDuplicates(t *testing.T) {
	rows := []indicator.Row{session("a", "p1", on(6, 1), 601)}
	told := happens(602, "person.duplicate_suspected", "person-p1", "other", "p2")
	require.Equal(t, 1, ask(gate.Known{Rows: rows, Waiting: book(told, told)}).Counts().Duplicates)
	back := happens(602, "person.duplicate_suspected", "person-p2", "other", "p1")
	require.Equal(t, 1, ask(gate.Known{Rows: rows, Waiting: book(back)}).Counts().Duplicates)
	require.Equal(t, 0, ask(gate.Known{Waiting: book(told)}).Counts().Duplicates, "nobody was here this year")
	for _, answer := range []event{
		happens(603, "person.duplicate_dismissed", "person-p1", "other", "p2"), happens(603, "person.merged", "person-p1", "into", "p2"),
		happens(603, "person.duplicate_dismissed", "person-p2", "other", "p1"), happens(603, "person.merged", "person-p2", "into", "p1"),
	} {
		require.Equal(t, 0, ask(gate.Known{Rows: rows, Waiting: book(told, answer)}).Counts().Duplicates, answer.stream)
	}
	// Merged with others, the two have become one; or one of them has entries under
	// the name of whom it was merged into.
	merged := gate.Known{Rows: rows, Waiting: book(told), Survivor: func(string) string { return "p3" }}
	require.Equal(t, 0, ask(merged).Counts().Duplicates)
	merged.Rows = []indicator.Row{session("a", "p3", on(6, 1), 601)}
	merged.Survivor = func(id string) string { return map[string]string{"p1": "p3", "p2": "p2"}[id] }
	require.Equal(t, 1, ask(merged).Counts().Duplicates)
	told.facts["controller"] = "33"
	require.Equal(t, 0, ask(gate.Known{Rows: rows, Waiting: book(told)}).Counts().Duplicates)
}

// TestOpenReferrals: begun in the year and without an end.
func TestOpenReferrals(t *testing.T) {
	begun := happens(602, "case.referral_proposed", "case-c", "referral", "r1")
	require.Equal(t, 1, ask(gate.Known{Waiting: book(begun)}).Counts().OpenReferrals)
	for _, end := range []string{"declined", "returned", "completed", "cancelled"} {
		require.Equal(t, 0, ask(gate.Known{Waiting: book(begun, happens(603, "case.referral_"+end, "case-c", "referral", "r1"))}).Counts().OpenReferrals, end)
	}
	for _, still := range []string{"agreed", "sent", "received", "accepted", "progressed", "lapsed", "resent"} {
		require.Equal(t, 1, ask(gate.Known{Waiting: book(begun, happens(603, "case.referral_"+still, "case-c", "referral", "r1"))}).Counts().OpenReferrals, still)
	}
	begun.facts["occurred_on"] = "2019-03-31"
	require.Equal(t, 0, ask(gate.Known{Waiting: book(begun)}).Counts().OpenReferrals)
}

// TestBlankActuals: blank with a reason is no gate (T27).
func TestBlankActuals(t *testing.T) {
	sheet := func(fy int) *workplan.Sheet {
		s := workplan.Aggregate.New()
		env := domain.Envelope{Stream: "workplan-TKO.2019.1"}
		for _, e := range []domain.Event[workplan.Sheet]{
			&workplan.Drafted{FY: fy}, &workplan.IndicatorPlaced{No: 1, Name: "就職者"}, &workplan.IndicatorPlaced{No: 2, Name: "移住者"},
			&workplan.ActualSet{No: 2, AbsentReason: "not_stated"},
		} {
			e.Apply(s, env)
		}
		return s
	}
	f := ask(gate.Known{Sheets: []*workplan.Sheet{sheet(2019), sheet(2018)}})
	require.Equal(t, domain.GatesNow{BlankActuals: 1}, f.Counts())
	require.Equal(t, "就職者", f.Items[0].Kind)
	require.Equal(t, "workplan-TKO.2019.1", f.Items[0].Stream)
}

func TestALogIsTakenInOrder(t *testing.T) {
	require.Error(t, gate.NewLog().Take(domain.Recorded{Position: 2}))
	require.Error(t, gate.NewLog().Take(domain.Recorded{Position: 1, Body: []byte("{")}))
}
