package demo_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// tally counts members by a word of their row.
func tally(f indicator.Figure, word func(indicator.Row) string) map[string]int {
	out := map[string]int{}
	for _, m := range f.Members {
		out[word(*m.Row)]++
	}
	return out
}

func clauses(f indicator.Figure) map[string]int {
	out := map[string]int{}
	for _, m := range f.NearMisses {
		out[m.Clause]++
	}
	return out
}

// TestOutcomes is section 6: who is counted, when first, with which evidence.
func TestOutcomes(t *testing.T) {
	k1 := figure(t, "K1", "D-TKY", wholeYear, later)
	require.Equal(t, map[string]int{"job": 14, "move": 9, "both": 8}, k1.Moved)
	require.Equal(t, map[string]int{"a": 18, "b": 8, "c": 5}, k1.Grades)
	months := tally(k1, func(r indicator.Row) string { return r.From.String()[:7] })
	require.Equal(t, map[string]int{"2019-04": 2, "2019-05": 1, "2019-06": 2, "2019-07": 2, "2019-08": 5, "2019-09": 2,
		"2019-10": 4, "2019-11": 2, "2019-12": 1, "2020-01": 3, "2020-02": 2, "2020-03": 5}, months)
	require.Equal(t, map[string]int{"unconfirmed": 2, "excluded_reason": 2, "short_stay": 1, "fell_through": 1, "not_owner": 1,
		"side_job": 2, "two_base": 1, "later_outcome": 8}, clauses(k1))
	require.Len(t, k1.NearMisses, 18)
	require.Equal(t, 1, value(t, "A1", wholeYear, later))
	require.Equal(t, 32, figure(t, "K1", "31", wholeYear, later).Value)
	require.Equal(t, 3, value(t, "L1", wholeYear, later))
}

// TestTheFamily: four people, one household, moved on one day in August, and
// nobody of them was employed in the year.
func TestTheFamily(t *testing.T) {
	k1 := figure(t, "K1", "D-TKY", wholeYear, later)
	var four []indicator.Row
	for _, m := range k1.Members {
		if m.On == date("2019-08-10") {
			four = append(four, *m.Row)
		}
	}
	require.Len(t, four, 4)
	for _, r := range four {
		require.Equal(t, indicator.MoveKind, r.Kind)
		require.Equal(t, "312037", r.Place)
	}
}

func TestHouseholds(t *testing.T) {
	r2 := figure(t, "R2", "D-TKY", wholeYear, later)
	require.Equal(t, map[string]int{"u": 6, "j": 2, "i": 6}, tally(r2, func(r indicator.Row) string { return r.Turn }))
	require.Equal(t, map[string]int{"20s": 5, "30s": 5, "40s": 2, "50s": 1, "60s": 1}, tally(r2, func(r indicator.Row) string { return r.AgeBand }))
	place := func(r indicator.Row) string {
		m, _ := japan.MunicipalityOf(r.Place)
		return m.Ja
	}
	require.Equal(t, map[string]int{"鳥取市": 5, "米子市": 4, "倉吉市": 2, "境港市": 1, "湯梨浜町": 1, "智頭町": 1}, tally(r2, place))
	r1 := figure(t, "R1", "D-TKY", wholeYear, later)
	require.Equal(t, map[string]int{"鳥取市": 5, "米子市": 4, "倉吉市": 5, "境港市": 1, "湯梨浜町": 1, "智頭町": 1}, tally(r1, place))
	j1 := figure(t, "J1", "D-TKY", wholeYear, later)
	require.Equal(t, map[string]int{"introduced": 13, "self": 7, "other_office": 2}, tally(j1, func(r indicator.Row) string { return r.Route }))
}

// TestTheNextYear: two who moved in the year start work in the next one.
func TestTheNextYear(t *testing.T) {
	next := "2020-04-01..2021-03-31"
	require.Equal(t, 2, value(t, "J1", next, later))
	k1 := figure(t, "K1", "D-TKY", next, later)
	require.Equal(t, 0, k1.Value)
	require.Equal(t, map[string]int{"earlier_outcome": 2}, clauses(k1))
}

// TestConfirmedInTime: outcomes to February are confirmed by 13 March, those of
// March by 15 April.
func TestConfirmedInTime(t *testing.T) {
	require.Equal(t, 26, value(t, "K1", toFebruary, "2020-03-13"))
	require.Equal(t, 31, value(t, "K1", wholeYear, "2020-04-15"))
}

// TestOutreach is section 7.
func TestOutreach(t *testing.T) {
	require.Equal(t, 463, value(t, "V1", wholeYear, later))
	play(t)
	kinds, heads := map[string]int{}, map[string]int{}
	of := map[string]string{}
	followers := ""
	for _, e := range events {
		switch e.typ {
		case "outreach.scheduled":
			of[e.stream] = e.facts.Text("kind")
		case "outreach.held":
			kinds[of[e.stream]]++
		case "outreach.attendance_counted":
			n, _ := e.facts.Int("heads")
			heads[of[e.stream]] += int(n)
		case "outreach.followers_counted":
			n, _ := e.facts.Int("count")
			followers = e.facts.Text("occurred_on") + " " + strconv.Itoa(int(n))
		case "outreach.channel_opened":
			require.Equal(t, "month", e.facts.Text("precision"))
			require.Equal(t, "2019-06-01", e.facts.Text("occurred_on"))
		}
	}
	require.Equal(t, map[string]int{"fair": 4, "seminar": 3, "guidance": 2, "tour": 1, "student_exchange": 1, "dorm_seminar": 2, "evening": 10, "holiday": 6}, kinds)
	require.Equal(t, 148, heads["seminar"]+heads["guidance"])
	require.Equal(t, []int{212, 14, 33, 27, 10, 19}, []int{heads["fair"], heads["tour"], heads["student_exchange"], heads["dorm_seminar"], heads["evening"], heads["holiday"]})
	require.Equal(t, "2020-02-29 42", followers)
}

// TestUniversities is section 8.
func TestUniversities(t *testing.T) {
	require.Equal(t, 12, value(t, "U0", wholeYear, later))
	require.Equal(t, 7, value(t, "U1", wholeYear, later))
	years, kinds := map[int]int{}, map[string]int{}
	var month []string
	for _, e := range events {
		if e.typ == "university.agreement_concluded" {
			years[int(japan.FiscalYearOf(date(e.facts.Text("occurred_on"))))]++
			kinds[e.facts.Text("kind")]++
			if e.facts.Text("precision") == "month" {
				month = append(month, e.facts.Text("occurred_on"))
			}
		}
	}
	require.Equal(t, map[int]int{2017: 3, 2018: 2, 2019: 2}, years)
	require.Equal(t, map[string]int{"employment_support": 5, "comprehensive": 2}, kinds)
	require.True(t, slices.Equal([]string{"2020-03-01"}, month))
}
