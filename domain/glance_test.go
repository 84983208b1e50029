package domain_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// Whatever Facts answers, a Glance answers, also when it was used before.
func TestGlanceReadsWhatFactsRead(t *testing.T) {
	var g domain.Glance
	for _, n := range []int{0, 1, 12, 200, 3} {
		var list []domain.Fact
		for i := range n {
			f := domain.Fact{Key: fmt.Sprintf("k%d_%c", i, 'a'+i%26), Text: fmt.Sprint("v", i, ",w")}
			if i%3 == 0 {
				f = domain.Fact{Key: f.Key, Int: int64(i * 1000), IsInt: true}
			}
			list = append(list, f)
		}
		slices.SortFunc(list, func(a, b domain.Fact) int {
			if a.Key < b.Key {
				return -1
			}
			return 1
		})
		facts, err := domain.FormatFacts(list)
		require.NoError(t, err)
		g.Read(facts)
		require.Len(t, g.Keys(), n)
		var set domain.Glance
		set.Set(domain.NamesOf(g.Keys()), g.Values())
		for _, f := range list {
			require.Equal(t, g.Raw(f.Key), set.Raw(f.Key))
		}
		for _, f := range list {
			number, _ := facts.Int(f.Key)
			require.Equal(t, facts.Text(f.Key), g.Text(f.Key))
			require.Equal(t, number, g.Number(f.Key))
			if !f.IsInt {
				require.Equal(t, []string{f.Text[:len(f.Text)-2], "w"}, g.List(f.Key))
			}
		}
		for _, absent := range []string{"", "k", "k0", "k999_a", "zz"} {
			require.Nil(t, g.Raw(absent))
			require.Empty(t, g.Text(absent))
			require.Nil(t, g.List(absent))
		}
	}
}
