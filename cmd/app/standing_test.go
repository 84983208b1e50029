package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
)

// A copy of the data directory must not open itself.
func TestWhereTheKeysOfTheKeysLie(t *testing.T) {
	base := t.TempDir()
	data, away := filepath.Join(base, "data"), filepath.Join(base, "away")
	require.NoError(t, os.MkdirAll(data, 0o700))
	require.NoError(t, os.MkdirAll(away, 0o700))
	require.NoError(t, os.Symlink(data, filepath.Join(base, "link")))
	require.NoError(t, os.Symlink(away, filepath.Join(data, "out")))
	for _, c := range []struct {
		folder, guard string
		beside        bool
	}{
		{"", "", true},
		{filepath.Join(data, "keys", "kek"), "", true},
		{filepath.Join(base, "link", "k"), "", true},
		{filepath.Join(base, "away", "..", "data", "k"), "", true},
		{filepath.Join(data, "out", "kek"), "", false},
		{away, "", false},
		{data + "-kek", "", false},
		{"", "credential:kek", false},
		{"", "env:" + filepath.Join(away, "env"), false},
		{"", "env:" + filepath.Join(data, "env"), true},
		{away, "env:" + filepath.Join(data, "env"), false},
	} {
		require.Equal(t, c.beside, app.Config{Data: data, KEKDir: c.folder, KEKGuard: c.guard}.KEKBeside(), "%+v", c)
	}
	t.Chdir(base)
	require.True(t, app.Config{Data: "data", KEKDir: "./data/kek"}.KEKBeside())
	require.False(t, app.Config{Data: "data", KEKDir: "kek"}.KEKBeside())
}

func TestTheRemedyIsAsAShellReadsIt(t *testing.T) {
	require.Equal(t, "ayumi keys move /var/lib/ayumi-kek --data d", app.MoveCommand("d", app.ElseWhere))
	require.Equal(t, `ayumi serve --data 'my data' --kek-dir 'it'\''s'`, app.ServeCommand("my data", "it's"))
}

func TestTheAccessLogHasANameOfItsOwn(t *testing.T) {
	require.Equal(t, "tottori-access", app.AccessOrigin("tottori"))
	long := make([]byte, 64)
	for i := range long {
		long[i] = 'o'
	}
	require.Len(t, app.AccessOrigin(string(long)), 64)
}
