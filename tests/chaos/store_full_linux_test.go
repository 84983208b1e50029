package chaos

import (
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// fileLimit, in the environment of a child, is the size in bytes at which the
// system refuses to let a file grow: a full disk.
const fileLimit = "AYUMI_CHAOS_FILE_LIMIT"

func limitFileSize() {
	n, err := strconv.ParseUint(os.Getenv(fileLimit), 10, 64)
	if err != nil {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: n, Max: n}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
}

// TestAFullDiskStopsTheStore: it ends with a clear failure, takes nothing more,
// and what it had acknowledged is there once there is room again.
func TestAFullDiskStopsTheStore(t *testing.T) {
	dir, told := t.TempDir(), newAcks()
	for _, limit := range []int{1 << 20, 1<<20 + 5000, 3 << 20, 8 << 20} {
		told.failed = false
		child, out := startChild(t, dir, fileLimit+"="+strconv.Itoa(limit))
		told.hear(t, out, func() {})
		require.Error(t, child.Wait())
		if child.ProcessState.ExitCode() != 2 { // 2: too little room even to open
			require.True(t, told.failed, "the store said that it had failed")
		}
		told.check(t, dir)
	}
	require.NotEmpty(t, told.events)
}
