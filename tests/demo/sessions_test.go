package demo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/reception"
)

// iju are the sessions of employment or relocation in a period: C1 ∪ C2.
func iju(t *testing.T, of, knownAt string) map[string]indicator.Row {
	t.Helper()
	out := map[string]indicator.Row{}
	for _, code := range []string{"C1", "C2"} {
		for _, m := range figure(t, code, "D-TKY", of, knownAt).Members {
			out[m.Key] = *m.Row
		}
	}
	return out
}

func TestChannels(t *testing.T) {
	for of, want := range map[string]map[string]int{
		toFebruary:               {"in_person": 170, "phone": 64, "email": 41, "line": 8, "online": 3, "fair_booth": 21, "seminar_individual": 10, "tour": 6},
		"2020-03-01..2020-03-31": {"in_person": 6, "phone": 7, "email": 6, "line": 2, "online": 1},
		"2018-04-01..2019-03-31": {"in_person": 27, "phone": 18, "email": 10},
	} {
		got := map[string]int{}
		for _, r := range iju(t, of, sheetDay) {
			got[r.Channel]++
		}
		if of == "2020-03-01..2020-03-31" { // the month was not over when the sheet was made
			got = map[string]int{}
			for _, r := range iju(t, of, later) {
				got[r.Channel]++
			}
		}
		require.Equal(t, want, got, of)
	}
}

// TestPersons: how many consultees had how many sessions, as the sheet knew.
func TestPersons(t *testing.T) {
	sessions, anonymous := map[string]int{}, 0
	days := map[string]bool{}
	for _, r := range iju(t, toFebruary, sheetDay) {
		if r.Anonymous {
			anonymous++
			continue
		}
		sessions[r.Person]++
		day := r.Person + r.From.String() + r.Desk + r.Channel
		require.False(t, days[day], "two sessions of one person on one day")
		days[day] = true
	}
	spread := map[int]int{}
	for _, n := range sessions {
		spread[n]++
	}
	require.Equal(t, 6, anonymous)
	require.Equal(t, map[int]int{1: 146, 2: 43, 3: 18, 4: 5, 5: 1, 6: 1}, spread)

	before := map[string]bool{}
	for _, r := range iju(t, "2018-04-01..2019-03-31", sheetDay) {
		before[r.Person] = true
	}
	require.Len(t, before, 41)
	again := 0
	for p := range sessions {
		if before[p] {
			again++
		}
	}
	require.Equal(t, 12, again)

	march, known := 0, 0
	for _, r := range iju(t, "2020-03-01..2020-03-31", later) {
		march++
		if sessions[r.Person] > 0 {
			known++
		}
	}
	require.Equal(t, []int{22, 15}, []int{march, known})
}

// TestAfterHours: 49 on evenings from Thursday to Saturday, 8 at evening events.
func TestAfterHours(t *testing.T) {
	play(t)
	corner := stands(t, reception.Aggregate, "reception-TKC.2019")
	counted := iju(t, toFebruary, sheetDay)
	kinds := map[string]string{}
	late, atEvents := 0, 0
	for _, e := range events {
		if e.typ == "outreach.scheduled" {
			_, id := domain.SplitStream(e.stream)
			kinds[id] = e.facts.Text("kind")
		}
		if _, ok := counted[e.facts.Text("consultation")]; !ok || e.typ != "case.consultation_held" {
			continue
		}
		on := date(e.facts.Text("occurred_on"))
		start, ok := e.facts.Int("started_at")
		require.True(t, ok)
		opening := corner.Opening("D-TKY", on, int(start))
		switch {
		case kinds[e.facts.Text("outreach")] == "evening":
			require.False(t, opening.Open)
			atEvents++
		case opening.AfterHours:
			late++
		default:
			require.True(t, opening.Open, "%s %d", on, start)
		}
	}
	require.Equal(t, []int{49, 8}, []int{late, atEvents})
}

// TestReceptions: everybody who came to the corner in person was received once,
// and nine more asked for the other prefecture.
func TestReceptions(t *testing.T) {
	require.Equal(t, 179, figure(t, "B0", "TKC", toFebruary, sheetDay).Value)
	asked := map[string]int{}
	for _, e := range events {
		if e.typ == "reception.logged" && e.facts.Text("occurred_on") <= "2020-02-29" {
			asked[e.facts.Text("asked_pref")]++
		}
	}
	require.Equal(t, map[string]int{"31": 170, "33": 9}, asked)
}

// TestNoise is section 4: what must not disturb 168 and 187.
func TestNoise(t *testing.T) {
	play(t)
	end := known(sheetDay)
	got := map[string]int{}
	for _, e := range events[:end] {
		got[e.typ]++
	}
	for typ, n := range map[string]int{
		"case.consultation_voided": 5, "case.booking_missed": 7, "case.outbound_sent": 12, "outreach.mailing_sent": 1,
		"person.merged": 2, "reception.enquiry_logged": 31,
	} {
		require.Equal(t, n, got[typ], typ)
	}
	near := clauses(figure(t, "C0", "D-TKY", toFebruary, sheetDay))
	require.Equal(t, map[string]int{"voided": 5, "other_desk": 3}, near)
	require.Equal(t, 330, figure(t, "C0", "31", toFebruary, sheetDay).Value)

	after := map[string]int{}
	for _, e := range events[end:] {
		after[e.typ]++
	}
	require.Equal(t, []int{2, 1}, []int{after["case.consultation_voided"], after["person.merged"]})
}

// TestLateRecord: one call of February was written down in April.
func TestLateRecord(t *testing.T) {
	require.Equal(t, 168, value(t, "C1", toFebruary, "2020-04-09"))
	require.Equal(t, 169, value(t, "C1", toFebruary, "2020-04-10"))
	require.Equal(t, 187, value(t, "C2", toFebruary, "2020-06-14"))
	require.Equal(t, 185, value(t, "C2", toFebruary, "2020-06-15"))
}
