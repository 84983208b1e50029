package people

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// What was wiped is nowhere in memory any more, also after the pile was made anew.
func TestThePileHoldsWhatStandsAndNothingElse(t *testing.T) {
	b := newBook()
	long := string(bytes.Repeat([]byte("x"), 4000))
	for i := range 400 {
		p := b.person(fmt.Sprint("id", i%40))
		p.names = []spelt{{written: fmt.Sprintf("n%03d-%s", i, long)}}
		b.pile.put(p)
		b.pile.tidy(b.order)
	}
	require.Less(t, len(b.pile.text), 3*spare, "made anew in between")
	for i := range 400 {
		form := fmt.Sprintf("n%03d-", i)
		found := map[*profile]bool{}
		b.pile.holding(form, found)
		require.Equal(t, i >= 360, len(found) == 1, form)
		require.Equal(t, i >= 360, bytes.Contains(b.pile.text, []byte(form)), form)
	}
	for _, p := range b.order {
		b.pile.wipe(p)
	}
	require.Empty(t, bytes.Trim(b.pile.text, "\x00"))
	found := map[*profile]bool{}
	b.pile.holding("n", found)
	require.Empty(t, found)
}
