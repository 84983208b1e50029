package auth

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWrongGuessesMakeAnAddressWait(t *testing.T) {
	g, now := NewGuesses(), time.Unix(0, 0)
	for range attempts {
		require.Zero(t, g.Wait(now, "a"))
		g.Wrong(now, "a")
	}
	require.Positive(t, g.Wait(now, "a"))
	require.LessOrEqual(t, g.Wait(now, "a"), attemptEvery)
	require.Zero(t, g.Wait(now, "b"), "others may")
	require.Zero(t, g.Wait(now.Add(attemptEvery), "a"), "one more after a while")
}
