package sealkey_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/sealkey"
)

func TestKeyOpensWithItsPassphraseOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "officer.age")
	_, err := sealkey.Make(path, "o1", "short")
	require.ErrorIs(t, err, sealkey.ErrPassphrase)
	public, err := sealkey.Make(path, "o1", "correct horse battery")
	require.NoError(t, err)
	_, err = sealkey.Make(path, "o1", "correct horse battery")
	require.ErrorIs(t, err, sealkey.ErrExists)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "PRIVATE")
	_, err = sealkey.Open(path, "correct horse staple")
	require.ErrorIs(t, err, sealkey.ErrPassphrase)
	s, err := sealkey.Open(path, "correct horse battery")
	require.NoError(t, err)
	v, err := ledger.NewVerifier(public)
	require.NoError(t, err)
	signed, err := note.Sign(&note.Note{Text: "x\n"}, s)
	require.NoError(t, err)
	_, err = note.Open(signed, note.VerifierList(v))
	require.NoError(t, err)
}
