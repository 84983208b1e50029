package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func pace() int {
	was := debug.SetGCPercent(100)
	debug.SetGCPercent(was)
	return was
}

func TestTheLastInAHurryRestoresThePace(t *testing.T) {
	usual := pace()
	a, b := Hurry(), Hurry()
	require.Equal(t, hurriedPercent, pace())
	a()
	a() // once is enough
	require.Equal(t, hurriedPercent, pace())
	b()
	require.Equal(t, usual, pace())
}

func TestMemoryIsReadFromTheKernel(t *testing.T) {
	at := filepath.Join(t.TempDir(), "x")
	for text, want := range map[string]int64{
		"MemFree: 5 kB\nMemTotal:       16384 kB\n": 16384 * 1024, "MemTotal:\n": 0, "max\n": 0, "": 0,
	} {
		require.NoError(t, os.WriteFile(at, []byte(text), 0o600))
		require.Equal(t, want, memoryOf(at, "MemTotal:", 1024), text)
	}
	require.NoError(t, os.WriteFile(at, []byte("1073741824\n"), 0o600))
	require.EqualValues(t, 1<<30, memoryOf(at, "", 1))
	require.NoError(t, os.WriteFile(at, []byte("max\n"), 0o600))
	require.Zero(t, memoryOf(at, "", 1))
	require.Zero(t, memoryOf(at+"none", "", 1))
}
