package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// naive is the Merkle tree hash as RFC 6962 section 2.1 defines it.
func naive(leaves [][32]byte) [32]byte {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	left, right := naive(leaves[:k]), naive(leaves[k:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		out[i] = m[at]
	}
	return out, nil
}

// Of trees of any size: the frontier's root is that of the definition, the hashes it
// brings lie where tlog looks for them, every event has a proof, and no proof serves
// another event, another leaf or another tree.
func TestProofsOfTreesOfAnySize(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	private, public, err := note.GenerateKey(nil, "o1")
	require.NoError(t, err)
	signer, err := note.NewSigner(private)
	require.NoError(t, err)
	key, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	var f ledger.Frontier
	var stored memory
	var leaves [][32]byte
	for size := 1; size <= 300; size++ {
		leaf := ledger.LeafHash([]byte{byte(r.Uint32()), byte(size), byte(size >> 8)}, [32]byte{})
		leaves = append(leaves, leaf)
		stored = f.Stored(leaf, stored)
		require.Len(t, stored, int(tlog.StoredHashCount(int64(size))))
		require.Equal(t, tlog.Hash(naive(leaves)), f.Root())
		root, err := tlog.TreeHash(int64(size), stored)
		require.NoError(t, err)
		require.Equal(t, f.Root(), root)
		if size > 40 && size%37 > 0 {
			continue
		}
		signed, err := note.Sign(&note.Note{Text: ledger.TreeHead{Origin: "o1", Tree: tlog.Tree{N: int64(size), Hash: root}}.Text()}, signer)
		require.NoError(t, err)
		for i := range leaves {
			proof, err := tlog.ProveRecord(int64(size), int64(i), stored)
			require.NoError(t, err)
			text := ledger.Inclusion{Extra: leaves[i][:i%2*32], Index: int64(i), Proof: proof, Checkpoint: signed}.Format()
			p, err := ledger.ParseInclusion(text)
			require.NoError(t, err)
			head, seen, err := p.Check(leaves[i], []note.Verifier{key}, nil)
			require.NoError(t, err)
			require.Equal(t, int64(size), head.N)
			require.Zero(t, seen)
			other := (i + 1 + r.IntN(max(size-1, 1))) % size
			if other != i {
				_, _, err = p.Check(leaves[other], []note.Verifier{key}, nil)
				require.Error(t, err, "another leaf")
				p.Index = int64(other)
				_, _, err = p.Check(leaves[i], []note.Verifier{key}, nil)
				require.Error(t, err, "another place")
			}
			at := r.IntN(len(text))
			text[at] ^= byte(1 + r.IntN(255))
			if p, err := ledger.ParseInclusion(text); err == nil {
				_, _, err = p.Check(leaves[i], []note.Verifier{key}, nil)
				require.True(t, err != nil || i%2 == 1 && !bytes.Equal(p.Extra, leaves[i][:]), "byte %d: %q", at, text) // the extra bytes are nobody's word
			}
		}
	}
}

func FuzzParseInclusion(f *testing.F) {
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n\no1\n1\nAAAA\n"))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nextra YWJj\nindex 0\n\no1\n1\nAAAA\n"))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\no1\n"))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nx"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if p, err := ledger.ParseInclusion(text); err == nil {
			require.Equal(t, text, p.Format())
		}
	})
}

func FuzzParseTreeHead(f *testing.F) {
	f.Add("o1\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := ledger.ParseTreeHead(text); err == nil {
			require.Equal(t, text, h.Text())
		}
	})
}
