package demo_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

// TestShares: what the demonstration says beside its counts. 57 sessions after
// hours and 7 of 12 universities are stated in demo.md, the rest follows from it.
func TestShares(t *testing.T) {
	share := func(code, of, known string) []int {
		f := figure(t, code, "D-TKY", of, known)
		require.Empty(t, f.Absent)
		return []int{f.Value, f.Numerator, f.Denominator}
	}
	require.Equal(t, []int{174, 57, 327}, share("H2", toFebruary, sheetDay))
	require.Equal(t, []int{583, 7, 12}, share("U2", wholeYear, later))
	require.Equal(t, 463, value(t, "V1", wholeYear, later))
	late := figure(t, "H1", "D-TKY", toFebruary, sheetDay)
	counted := iju(t, toFebruary, sheetDay)
	for _, m := range late.Members {
		require.Contains(t, counted, m.Key, "all 57 are among the 323")
	}

	// Referrals, counted from the events one by one.
	sent, answered, completed := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, e := range events {
		id := e.facts.Text("referral")
		switch e.typ {
		case "case.referral_sent":
			sent[id] = e.facts.Text("occurred_on") >= "2019-04-01" && e.facts.Text("occurred_on") <= "2020-03-31"
		case "case.referral_accepted", "case.referral_declined":
			answered[id] = sent[id]
		case "case.referral_completed":
			completed[id] = sent[id]
		}
	}
	n := func(of map[string]bool) (n int) {
		for _, in := range of {
			if in {
				n++
			}
		}
		return n
	}
	require.Equal(t, []int{n(answered), n(sent)}, share("F4", wholeYear, "2023-12-31")[1:])
	require.Equal(t, []int{n(completed), n(sent)}, share("F5", wholeYear, "2023-12-31")[1:])
	require.Positive(t, n(completed))

	// Conversion: the persons of K1 who consulted for the first time in the year,
	// before or on the day of their outcome.
	first := map[string]indicator.Member{}
	for _, m := range figure(t, "P1", "D-TKY", wholeYear, later).Members {
		first[m.Key] = m
	}
	both := 0
	for _, m := range figure(t, "K1", "D-TKY", wholeYear, later).Members {
		if f, ok := first[m.Key]; ok && f.On <= m.On {
			both++
		}
	}
	require.Equal(t, []int{both, 206}, share("N2", wholeYear, later)[1:])

	// The median, from the days of the members themselves.
	d := figure(t, "D1", "D-TKY", wholeYear, later)
	require.Len(t, d.Members, 31)
	var days []int
	for _, m := range d.Members {
		require.GreaterOrEqual(t, m.Amount, 0)
		days = append(days, m.Amount)
	}
	slices.Sort(days)
	require.Equal(t, 10*days[15], d.Value, "the sixteenth of 31")
	require.Equal(t, indicator.NoMembers, figure(t, "D1", "D-TKY", "2018-04-01..2018-04-02", later).Absent)
}
