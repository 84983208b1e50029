package locale

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryPlaceHasHelp(t *testing.T) {
	both(t, func(t *testing.T, w *Words) {
		for place := range places {
			require.Contains(t, w.Help.Page, place)
		}
		for place := range further {
			require.Contains(t, w.Help.Page, place)
		}
		require.Len(t, w.Help.Places, len(w.Help.Page))
	})
}
