package ledger_test

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

func sample() *ledger.Seal {
	sum := ledger.SumOf([]byte("x"))
	return &ledger.Seal{
		Origin: "ayumi-test", Indicator: "C1@D-TKY", Version: "tot-2019.1", Definition: sum, From: "2019-04-01", To: "2020-02-29",
		Position: 2402, KnownAt: "2020-03-01", Value: 168, Over: "-", Members: 168, MembersSum: sum,
		Tree: tlog.Tree{N: 2402, Hash: tlog.Hash(leaf(1))}, Previous: "-", Replaces: "-", Status: "final", Date: "2020-03-02",
	}
}

func key(t *testing.T, name string) (note.Signer, note.Verifier) {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	require.NoError(t, err)
	s, err := note.NewSigner(secret)
	require.NoError(t, err)
	v, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	return s, v
}

func TestSealHasOneSpelling(t *testing.T) {
	text := sample().Text()
	again, err := ledger.ParseSeal(text)
	require.NoError(t, err)
	require.Equal(t, sample(), again)
	for _, bad := range []string{
		strings.Replace(text, "168 -", "0168 -", 1), strings.Replace(text, "168 -", "168", 1), strings.Replace(text, "168 -", "+168 -", 1),
		strings.Replace(text, "value", "Value", 1), text + "\n", strings.TrimSuffix(text, "\n"), strings.Replace(text, "\n", "\r\n", 1),
		strings.Replace(text, "period 2019", "period  2019", 1), strings.Replace(text, "status final", "status good", 1), text + "more x\n", "",
	} {
		_, err := ledger.ParseSeal(bad)
		require.Error(t, err, bad)
	}
}

func FuzzParseSeal(f *testing.F) {
	f.Add(sample().Text())
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := ledger.ParseSeal(text); err == nil {
			require.Equal(t, text, s.Text())
		}
	})
}

func TestSignedSealTakesNoChange(t *testing.T) {
	officer, public := key(t, "ayumi-test/figures")
	_, other := key(t, "ayumi-test/figures")
	signed, err := note.Sign(&note.Note{Text: sample().Text()}, officer)
	require.NoError(t, err)
	got, by, err := ledger.OpenSeal(signed, other, public)
	require.NoError(t, err)
	require.Equal(t, sample(), got)
	require.Equal(t, public, by)
	_, _, err = ledger.OpenSeal(signed, other)
	require.Error(t, err)
	for i := range signed {
		for bit := range 8 {
			bad := bytes.Clone(signed)
			bad[i] ^= 1 << bit
			_, _, err := ledger.OpenSeal(bad, public)
			require.Error(t, err, "byte %d bit %d", i, bit)
		}
	}
	twice, err := note.Sign(&note.Note{Text: sample().Text()}, officer, func() note.Signer { s, _ := key(t, "ayumi-test/figures"); return s }())
	require.NoError(t, err)
	_, _, err = ledger.OpenSeal(twice, public)
	require.Error(t, err, "one signature and nothing else")
	stranger, theirs := key(t, "another/figures")
	signed, err = note.Sign(&note.Note{Text: sample().Text()}, stranger)
	require.NoError(t, err)
	_, _, err = ledger.OpenSeal(signed, theirs)
	require.Error(t, err, "a key of another log")
}

func TestTreeHeadWithWitnesses(t *testing.T) {
	log, public := key(t, "ayumi-test")
	other, theirs := key(t, "witness.example")
	head := ledger.TreeHead{Origin: "ayumi-test", Tree: tlog.Tree{N: 7, Hash: tlog.Hash(leaf(7))}}
	signed, err := note.Sign(&note.Note{Text: head.Text()}, log, other)
	require.NoError(t, err)
	got, seen, err := ledger.OpenTreeHead(signed, []note.Verifier{public}, []note.Verifier{theirs})
	require.NoError(t, err)
	require.Equal(t, head, got)
	require.Equal(t, 1, seen)
	_, seen, err = ledger.OpenTreeHead(signed, []note.Verifier{public}, nil)
	require.NoError(t, err, "an unknown signature is no fault")
	require.Zero(t, seen)
	_, _, err = ledger.OpenTreeHead(signed, nil, []note.Verifier{theirs})
	require.Error(t, err, "a witness does not stand for the log")
}

func FuzzOpenTreeHead(f *testing.F) {
	f.Add("ayumi-test\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := ledger.ParseTreeHead(text); err == nil {
			require.Equal(t, text, h.Text())
		}
	})
}
