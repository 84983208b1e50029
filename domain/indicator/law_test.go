package indicator_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/history"
	"ayumi/tests/vectors"
)

var histories = flag.Int("histories", 60, "random histories of the counting laws")

// random is a history of the package tests/history: merges and unmerges, voids, late
// entries, amendments, reassignments, reclassifications, withdrawn evidence,
// outcomes that fell through, overrides, referrals, hours set in retrospect, and
// erasures.
func random(seed uint64) []domain.Recorded {
	return history.New(seed, true).Take(100 + int(seed*37%160))
}

// other are parameters that differ from the usual ones, others for every seed.
func other(seed uint64) indicator.Params {
	p := indicator.Usual()
	flag := func(bit uint) bool { return seed>>bit&1 == 1 }
	p.SameDay, p.Overrides, p.Workplace, p.Residence, p.HeadOnly, p.PerPeriod = flag(0), flag(1), flag(2), flag(3), flag(4), flag(5)
	p.PlacementDay = []string{"started_on", "decided_on", "confirmed_on"}[seed%3]
	p.MinGrade = []string{"a", "b", "d"}[seed/3%3]
	p.ClassRule = []string{"oka-cls-1", "tot-cls-1"}[seed%2]
	p.Attribution = []string{"none", "session", "owner_and_session"}[seed/9%3]
	p.Months, p.Channels = 1+int(seed%40), []string{"all", "in_person,phone"}[seed/2%2]
	return p
}

// Rows kept step by step equal the rows of a fold from nothing, at every position.
func TestIncrementalRowsEqualMeasureAtEveryPosition(t *testing.T) {
	counted := map[string]int{}
	for seed := range uint64(*histories) {
		log := random(seed)
		params := []indicator.Params{indicator.Usual(), other(seed)}
		kept := []map[indicator.Row]bool{{}, {}}
		s, whole := indicator.NewState(), indicator.NewState()
		vectors.Log(t, log)(func(pos uint64, typ, stream string, f domain.Facts) bool {
			changes, err := s.Step(pos, typ, stream, f.Glance(), params...)
			require.NoError(t, err)
			for i, list := range changes {
				for _, c := range list {
					require.Equal(t, c.Removed, kept[i][c.Row], "seed %d position %d %s: %+v", seed, pos, typ, c)
					if c.Removed {
						delete(kept[i], c.Row)
					} else {
						kept[i][c.Row] = true
					}
				}
			}
			_, err = whole.Fold(pos, typ, stream, f.Glance())
			require.NoError(t, err)
			for i, p := range params {
				want := whole.Rows(p)
				require.Equal(t, len(want), len(kept[i]), "seed %d position %d %s", seed, pos, typ)
				for _, r := range want {
					require.True(t, kept[i][r], "seed %d position %d %s: missing %+v", seed, pos, typ, r)
				}
				counted["rows"] += len(want)
			}
			counted[typ]++
			counted["positions"]++
			return true
		})
	}
	for _, typ := range []string{"person.merged", "person.unmerged", "person.identified", "person.erased", "case.consultation_voided", "case.consultation_received",
		"case.message_day_voided", "case.relocation_reclassified", "case.relocation_confirmation_withdrawn", "case.placement_confirmation_withdrawn",
		"case.placement_fell_through", "case.referral_completed", "case.member_removed", "reception.hours_set", "outreach.changed", "university.agreement_ended"} {
		require.Positive(t, counted[typ], "%s never happened", typ)
	}
	t.Logf("%d histories, %d positions, %d rows compared", *histories, counted["positions"], counted["rows"])
}

// What is added after known_at changes no figure at it; |C1 ∪ C2| = C1 + C2 − C12 ≤ C0.
func TestLawsOfCounting(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	year := japan.FiscalYear(2018).Whole()
	for seed := range uint64(*histories) {
		log := random(seed)
		for _, d := range book.All() {
			q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
			half := uint64(len(log) / 2)
			whole, err := indicator.Measure(vectors.Log(t, log), half, q, 0)
			require.NoError(t, err)
			part, err := indicator.Measure(vectors.Log(t, log[:half]), half, q, 0)
			require.NoError(t, err)
			require.Equal(t, part, whole, "%s seed %d", d.Indicator, seed)
		}
		count := func(id string) int {
			d, _ := book.Named(id, "tot-2019.1")
			f, err := indicator.Measure(vectors.Log(t, log), uint64(len(log)), indicator.Question{Definition: d, Scope: "D-TKY", Period: year}, 0)
			require.NoError(t, err)
			return f.Value
		}
		require.LessOrEqual(t, count("C1")+count("C2")-count("C12"), count("C0"))
		require.LessOrEqual(t, count("P1"), count("P0"))
	}
}

func TestShippedDefinitionsAreSoundAndPinned(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, d := range book.All() {
		require.Len(t, d.Digest(), 64)
		require.False(t, seen[d.Digest()])
		seen[d.Digest()] = true
		for _, lang := range []string{"ja", "en"} {
			require.NotEmpty(t, d.Name[lang], d.Indicator)
			require.NotEmpty(t, d.Text[lang], d.Indicator)
		}
		require.Equal(t, indicator.Usual(), d.Params(), "%s shares its rows with the others", d.Indicator)
	}
	d, ok := book.InForce("C1", japan.On(2019, 4, 1))
	require.True(t, ok)
	require.NotEqual(t, d.Digest(), func() string { d.Unit = "persons"; return d.Digest() }())
	require.Error(t, book.Add(indicator.Definition{Indicator: "X", Version: "1", Rule: "nonsense"}))
	require.Error(t, book.Add(indicator.Definition{Indicator: "X", Version: "1", Rule: "session", Parameters: map[string]string{"channels": "smoke"}}))
}
