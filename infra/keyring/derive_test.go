package keyring_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/keyring"
)

// What is derived stays through starts and new KEKs, and differs by owner and purpose.
func TestDerivedSecretsStay(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	first, err := k.Derive(ctx, "receipts", "codes")
	require.NoError(t, err)
	require.NotZero(t, first)
	for _, other := range [][2]string{{"receipts", "other"}, {"p1", "codes"}} {
		secret, err := k.Derive(ctx, other[0], other[1])
		require.NoError(t, err)
		require.NotEqual(t, first, secret)
	}
	_, err = k.Rotate(ctx)
	require.NoError(t, err)
	again, err := k.Derive(ctx, "receipts", "codes")
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.NoError(t, k.Close())
	again, err = open(t, dir, keyring.Options{}).Derive(ctx, "receipts", "codes")
	require.NoError(t, err)
	require.Equal(t, first, again)

	require.NotEqual(t, first, derived(t, "a"), "no two installations")
	require.Equal(t, derived(t, "a"), derived(t, "a"), "a scenario run again")
}

func derived(t *testing.T, seed string) [32]byte {
	t.Helper()
	out, err := open(t, t.TempDir(), keyring.Options{Seed: []byte(seed)}).Derive(ctx, "receipts", "codes")
	require.NoError(t, err)
	return out
}
