package locale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

// Every shipped indicator is found by its public name; what could be another's
// number, or is no count, is left to be marked as typed by hand.
func TestFiguresInProse(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for sentence, want := range map[string]map[string]int{
		"2月末現在、就業相談168件（前年度23件）、移住相談187件（前年度36件）。": {"C1": 168, "C2": 187},
		"新規相談者は45人となった。":      {"P1": 45},
		"協定締結校は7校に増えた。":       {"U1": 7},
		"移住世帯12世帯、移住者30人。":    {"R2": 12, "R1": 30},
		"就業相談168件、移住相談168件。":  {"C1": 168, "C2": 168},
		"就業相談と移住相談は168件。":     {},
		"就業相談・移住相談168件":       {},
		"移住者は平成30年度に増えた。":     {},
		"就業相談は30年度から。":        {},
		"就業相談は30%増。":          {},
		"就業相談は30％増、移住相談1.5倍":  {},
		"協定締結校の割合は58.3%":      {},
		"IJUターン就職者、移住者数は31名。": {"K1": 31},
		"成果につながった新規相談者は9人。":   {"N1": 9},
		"12校のうち7校。":           {},
		"相談は168件。":            {},
	} {
		got := map[string]int{}
		for _, f := range FindAllStated(book, sentence, 2019) {
			got[f.Definition.Indicator] = f.Value
			require.Equal(t, wholeNumber(sentence[f.From:f.To]), f.Value, sentence)
		}
		require.Equal(t, want, got, sentence)
	}
}
