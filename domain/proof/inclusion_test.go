package proof_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/domain/receipt"
	"ayumi/tests/bundles"
)

// inclusion is the proof that an event lies in the whole log, as a receipt gives it.
func inclusion(w *bundles.World, n int, change func(*ledger.Inclusion)) []byte {
	size := len(w.Events)
	leaf := ledger.LeafHash(w.Events[n].Facts, w.Events[n].Priv)
	p := ledger.Inclusion{Index: int64(n), Extra: leaf[:], Checkpoint: w.Checkpoint(size)}
	var err error
	if p.Proof, err = tlog.ProveRecord(int64(size), int64(n), w.Hashes()); err != nil {
		panic(err)
	}
	if change != nil {
		change(&p)
	}
	return p.Format()
}

func verified(raw []byte, v *proof.Verifier) *proof.Report {
	return v.Verify(bytes.NewReader(raw), int64(len(raw)))
}

func TestTheProofOfARecord(t *testing.T) {
	w := bundles.New(9, true)
	w.Grow(137)
	leaf := ledger.LeafHash(w.Events[41].Facts, w.Events[41].Priv)
	raw := inclusion(w, 41, nil)

	r := verified(raw, &proof.Verifier{Trust: w.Trust(), Leaf: &leaf})
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	require.Equal(t, int64(42), r.Record.Position)
	require.Equal(t, int64(137), r.Record.Size)

	r = verified(raw, &proof.Verifier{Trust: w.Trust()})
	require.Equal(t, proof.Verified, r.Exit())
	require.Contains(t, r.Checks[len(r.Checks)-1].Say("en"), receipt.Fingerprint(leaf), "to be compared by eye")

	r = verified(raw, &proof.Verifier{Leaf: &leaf})
	require.Equal(t, proof.Partial, r.Exit(), "without a key the signature is not checked")
	for _, c := range r.Checks {
		require.NotEqual(t, c.Key, c.Say("ja"))
		require.NotEqual(t, c.Key, c.Say("en"))
	}
	held, err := receipt.ParseFingerprint(receipt.Fingerprint(leaf) + "\n")
	require.NoError(t, err)
	require.Equal(t, leaf, *held)
	for _, bad := range []string{"", "12", "zz", receipt.Fingerprint(leaf) + "0"} {
		_, err := receipt.ParseFingerprint(bad)
		require.Error(t, err)
	}
}

// No byte of a proof can be changed, left out or doubled.
func TestEveryByteOfAProof(t *testing.T) {
	w := bundles.New(9, true)
	w.Grow(60)
	raw := inclusion(w, 17, nil)
	v := &proof.Verifier{Trust: w.Trust()}
	require.Equal(t, proof.Verified, verified(raw, v).Exit())
	for i := range raw {
		for bit := range 8 {
			flipped := bytes.Clone(raw)
			flipped[i] ^= 1 << bit
			require.NotEqual(t, proof.Verified, verified(flipped, v).Exit(), "byte %d bit %d: %q", i, bit, flipped)
		}
		require.NotEqual(t, proof.Verified, verified(append(bytes.Clone(raw[:i]), raw[i+1:]...), v).Exit(), "without byte %d", i)
		require.NotEqual(t, proof.Verified, verified(append(bytes.Clone(raw[:i+1]), raw[i:]...), v).Exit(), "byte %d twice", i)
		require.NotEqual(t, proof.Verified, verified(raw[:i], v).Exit(), "up to byte %d", i)
	}
	other := bundles.New(10, true)
	other.Grow(60)
	require.Equal(t, proof.Wrong, verified(raw, &proof.Verifier{Trust: other.Trust()}).Exit(), "another log's key")
}

func FuzzVerifyAProof(f *testing.F) {
	w := bundles.New(9, true)
	w.Grow(20)
	right := inclusion(w, 7, nil)
	f.Add(right)
	f.Add([]byte("c2sp.org/tlog-proof@v1\nextra AA==\nindex 0\n\no1\n1\nAAAA\n"))
	trust := w.Trust()
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := verified(raw, &proof.Verifier{Trust: trust})
		if r.Exit() != proof.Verified || r.Record == nil {
			return
		}
		n := r.Record.Position - 1
		leaf := ledger.LeafHash(w.Events[n].Facts, w.Events[n].Priv)
		held, err := receipt.ParseFingerprint(r.Record.Leaf)
		require.NoError(t, err)
		require.Equal(t, leaf, *held, "only what lies in the log is proved")
	})
}
