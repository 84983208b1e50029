package auth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrongGuessesMakeAnAddressWait(t *testing.T) { onEach(t, testWrongGuessesMakeAnAddressWait) }

func testWrongGuessesMakeAnAddressWait(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx, g := t.Context(), s.Guesses("receipt")
	for range attempts {
		wait, err := g.Wait(ctx, "a")
		require.NoError(t, err)
		require.Zero(t, wait)
		require.NoError(t, g.Wrong(ctx, "a"))
	}
	wait, err := g.Wait(ctx, "a")
	require.NoError(t, err)
	require.Positive(t, wait)
	require.LessOrEqual(t, wait, attemptEvery)
	other, err := g.Wait(ctx, "b")
	require.NoError(t, err)
	require.Zero(t, other, "others may")
	other, err = s.Guesses("something else").Wait(ctx, "a")
	require.NoError(t, err)
	require.Zero(t, other, "each kind of secret counts for itself")
	c.advance(attemptEvery)
	wait, err = g.Wait(ctx, "a")
	require.NoError(t, err)
	require.Zero(t, wait, "one more after a while")
}
