package ledger_test

import (
	"crypto/sha256"
	"math/bits"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// hashes is a tree in memory in the order of tlog.StoredHashIndex.
type hashes []tlog.Hash

func (h hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		out[i] = h[n]
	}
	return out, nil
}

func leaf(n int) [32]byte { return sha256.Sum256([]byte("leaf " + strconv.Itoa(n))) }

// grow adds the leaf of a number.
func (h hashes) grow(t *testing.T, n int) hashes {
	more, err := tlog.StoredHashesForRecordHash(int64(n), tlog.Hash(leaf(n)), h)
	require.NoError(t, err)
	return append(h, more...)
}

func TestFrontierIsTheTreeOfTheLibrary(t *testing.T) {
	var h hashes
	f := &ledger.Frontier{}
	for n := range 1100 {
		want, err := tlog.TreeHash(int64(n), h)
		require.NoError(t, err)
		require.Equal(t, want, f.Root(), n)
		require.Len(t, f.Edges, bits.OnesCount(uint(n)))
		again, err := ledger.ParseFrontier(f.Format())
		require.NoError(t, err)
		require.Equal(t, f.Root(), again.Root())
		h = h.grow(t, n)
		f.Append(leaf(n))
		if full := (n + 1) / 256; full > 0 && (n+1)%256 == 0 {
			require.Equal(t, h[tlog.StoredHashIndex(8, int64(full-1))], f.Block())
		}
	}
	part := &ledger.Frontier{}
	for n := 1024; n < 1100; n++ {
		part.Append(leaf(n))
	}
	require.Equal(t, part.Root(), f.Block(), "a block that is not full is the tree of its leaves")
}

func FuzzParseFrontier(f *testing.F) {
	tree := &ledger.Frontier{}
	for n := range 7 {
		f.Add(tree.Format())
		tree.Append(leaf(n))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ledger.ParseFrontier(text)
		if err == nil {
			require.Equal(t, text, got.Format())
			got.Root()
		}
	})
}
