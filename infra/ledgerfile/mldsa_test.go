package ledgerfile_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
)

// keys are the log's two public keys.
func (h *house) keys() (own, lattice note.Verifier) {
	h.t.Helper()
	own, err := ledgerfile.NewVerifier(h.sealer.Status().Key)
	require.NoError(h.t, err)
	lattice, err = ledgerfile.NewVerifier(h.sealer.Status().LatticeKey)
	require.NoError(h.t, err)
	return own, lattice
}

func TestACheckpointBearsASignatureOfEachKind(t *testing.T) {
	h := newHouse(t)
	h.write("a", 7)
	signed, err := h.sealer.Once(ctx)
	require.NoError(t, err)
	st := h.sealer.Status()
	own, lattice := h.keys()
	head, seen, err := ledger.OpenTreeHead(st.Published, []note.Verifier{own}, []note.Verifier{lattice})
	require.NoError(t, err)
	require.Equal(t, 1, seen, "the lattice's line")
	require.Equal(t, int64(7), head.N)
	require.True(t, bytes.HasPrefix(st.Published, signed), "whoever knows one kind of key reads the same text")
	_, seen, err = ledger.OpenTreeHead(signed, []note.Verifier{own}, []note.Verifier{lattice})
	require.NoError(t, err)
	require.Zero(t, seen)

	h.again()
	require.Equal(t, st.Published, h.sealer.Status().Published)
	require.Equal(t, signed, h.sealer.Status().Signed, "what bundles and proofs hold: no line that a verifier cannot check")
}

// No byte of the signed text or of the lattice's line can be changed.
func TestNoByteOfACheckpointCanBeChanged(t *testing.T) {
	h := newHouse(t)
	h.write("a", 3)
	_, err := h.sealer.Once(ctx)
	require.NoError(t, err)
	own, lattice := h.keys()
	whole := h.sealer.Status().Published
	for at := range whole {
		if at > 300 && at%13 > 0 {
			continue
		}
		bad := bytes.Clone(whole)
		bad[at] ^= 1
		_, seen, err := ledger.OpenTreeHead(bad, []note.Verifier{own}, []note.Verifier{lattice})
		require.False(t, err == nil && seen == 1, "byte %d", at)
	}
}

func TestTheLatticeKeyIsNotReplacedInSilence(t *testing.T) {
	h := newHouse(t)
	info, err := os.Stat(h.in("ledger/log.mldsa.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	h.write("a", 1)
	_, err = h.sealer.Once(ctx)
	require.NoError(t, err)
	require.NoError(t, h.sealer.Close())
	seed, err := os.ReadFile(h.in("ledger/log.mldsa.key"))
	require.NoError(t, err)
	for _, bad := range []string{"", "00\n", strings.Repeat("ab", 32) + "\n"} {
		require.NoError(t, os.WriteFile(h.in("ledger/log.mldsa.key"), []byte(bad), 0o600))
		require.Error(t, h.ledger(), bad)
	}
	require.NoError(t, os.Remove(h.in("ledger/log.mldsa.key")))
	require.Error(t, h.ledger())
	require.NoError(t, os.WriteFile(h.in("ledger/log.mldsa.key"), seed, 0o600))
	require.NoError(t, h.ledger())
}

// A ledger from before it had such a key gets one and goes on.
func TestALedgerWithoutALatticeKeyGetsOne(t *testing.T) {
	h := newHouse(t)
	h.write("a", 2)
	signed, err := h.sealer.Once(ctx)
	require.NoError(t, err)
	require.NoError(t, h.sealer.Close())
	require.NoError(t, os.Remove(h.in("ledger/log.mldsa.key")))
	require.NoError(t, os.Remove(h.in("ledger/log.mldsa.vkey")))
	require.NoError(t, os.WriteFile(h.in("ledger/checkpoint"), signed, 0o600))
	require.NoError(t, h.ledger())
	require.Equal(t, signed, h.sealer.Status().Published)
	h.write("b", 1)
	_, err = h.sealer.Once(ctx)
	require.NoError(t, err)
	own, lattice := h.keys()
	head, seen, err := ledger.OpenTreeHead(h.sealer.Status().Published, []note.Verifier{own}, []note.Verifier{lattice})
	require.NoError(t, err)
	require.Equal(t, 1, seen)
	require.Equal(t, int64(3), head.N)
}

func FuzzNewVerifier(f *testing.F) {
	f.Add("o1+00000000+Bg==")
	f.Add("o1+1e9d0f03+Bg" + strings.Repeat("A", 1748) + "==")
	f.Fuzz(func(t *testing.T, key string) {
		if v, err := ledgerfile.NewVerifier(key); err == nil {
			require.NotEmpty(t, v.Name())
			require.False(t, v.Verify([]byte("o1\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), make([]byte, 2428)))
		}
	})
}
