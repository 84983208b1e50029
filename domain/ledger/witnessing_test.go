package ledger_test

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

func TestACosignatureVerifies(t *testing.T) {
	c, err := ledger.NewCosigner("witness.example/w", bytes.Repeat([]byte{7}, 32))
	require.NoError(t, err)
	v, err := ledger.NewVerifier(c.Key())
	require.NoError(t, err)
	private, public, err := note.GenerateKey(rand.Reader, "log.example")
	require.NoError(t, err)
	signer, err := note.NewSigner(private)
	require.NoError(t, err)
	key, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	text := ledger.TreeHead{Origin: "log.example", Tree: tlog.Tree{N: 3}}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	require.NoError(t, err)
	both := append(signed, c.Cosign(text, 1583020800)...)
	_, seen, err := ledger.OpenTreeHead(both, []note.Verifier{key}, []note.Verifier{v})
	require.NoError(t, err)
	require.Equal(t, 1, seen)
	forged := append(bytes.Clone(signed), c.Cosign(text+"x", 1583020800)...)
	_, seen, err = ledger.OpenTreeHead(forged, []note.Verifier{key}, []note.Verifier{v})
	require.True(t, err != nil || seen == 0)
}

func TestAPolicyIsRead(t *testing.T) {
	c, err := ledger.NewCosigner("w.example", make([]byte, 32))
	require.NoError(t, err)
	_, public, err := note.GenerateKey(rand.Reader, "log.example")
	require.NoError(t, err)
	p, err := ledger.ParsePolicy("# ours\nlog " + public + "\n\nwitness " + c.Key() + " http://192.0.2.1/witness/ # theirs\nquorum 1\n")
	require.NoError(t, err)
	require.Equal(t, "log.example", p.Logs[0].Name())
	require.Equal(t, "http://192.0.2.1/witness", p.Witnesses[0].Address)
	require.Equal(t, 1, p.Quorum)
	for text, line := range map[string]int{"log x": 1, "\nwitness " + c.Key(): 2, "quorum -1": 1, "quorum 1": 1, "\n\nother": 3} {
		_, err := ledger.ParsePolicy(text)
		require.Equal(t, ledger.PolicyFault{Line: line}, err, text)
	}
}

func FuzzParseAddition(f *testing.F) {
	f.Add([]byte("old 0\n\nx\n"))
	f.Add(ledger.Addition{Old: 7, Proof: tlog.TreeProof{{1}, {2}}, Checkpoint: []byte("log\n9\nAAAA\n\n— log x\n")}.Format())
	f.Fuzz(func(t *testing.T, body []byte) {
		if a, err := ledger.ParseAddition(body); err == nil {
			require.Equal(t, string(body), string(a.Format()))
		}
	})
}
