package web

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/web/locale"
)

func TestWhetherTheWitnessesAreEnough(t *testing.T) {
	now := time.Date(2020, 3, 1, 9, 0, 0, 0, time.UTC)
	ok := WitnessSeen{Name: "a", Word: "ok", Size: 10, At: now.Add(-time.Hour)}
	old := WitnessSeen{Name: "a", Word: "ok", Size: 10, At: now.Add(-25 * time.Hour)}
	for want, cases := range map[string][]WitnessedTree{
		"met": {
			{Size: 12, Enough: 10, Signed: 1, Witnesses: []WitnessSeen{ok}},
			{Size: 10, Enough: 10, Signed: 1, Witnesses: []WitnessSeen{old}}, // old, and nothing was recorded since
			{Size: 12, Enough: 10, Signed: 1, Witnesses: []WitnessSeen{old, {Name: "b", Word: "unreached"}, ok}},
		},
		"late": {{Size: 12, Enough: 10, Signed: 1, Witnesses: []WitnessSeen{old}}},
		"few":  {{Size: 12, Witnesses: []WitnessSeen{{Name: "a", Word: "never"}}}, {Size: 12, Enough: 10, Signed: 0, Witnesses: []WitnessSeen{ok}}},
		"fork": {{Size: 12, Enough: 10, Signed: 2, Witnesses: []WitnessSeen{ok, {Name: "b", Word: "fork"}}}},
	} {
		for _, c := range cases {
			require.Equal(t, want, c.met(1, now), "%+v", c)
		}
	}
}

func TestAnAgeIsSaidInItsLargestUnit(t *testing.T) {
	w := locale.In(locale.English).Standing
	require.Equal(t, "0 min", w.Age(-time.Second))
	require.Equal(t, "119 min", w.Age(119*time.Minute))
	require.Equal(t, "2 h", w.Age(2*time.Hour))
	require.Equal(t, "2 days", w.Age(49*time.Hour))
}
