package access_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// inChild, in the environment, is the directory in which a child fills the disk.
const inChild = "AYUMI_ACCESS_FULL"

// A full disk: nothing is shown, what was acknowledged is kept, and with room
// again the log goes on.
func TestAFullDiskShowsNothing(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestChildFillsTheDisk$", "-test.v")
	child.Env = append(os.Environ(), inChild+"="+dir)
	out, err := child.CombinedOutput()
	require.NoError(t, err, "%s", out)
	var acknowledged uint64
	_, told, ok := strings.Cut(string(out), "acknowledged ")
	require.True(t, ok, "%s", out)
	_, err = fmt.Sscan(told, &acknowledged)
	require.NoError(t, err)
	log := openLog(t, filepath.Join(dir, "access.db"))
	require.NoError(t, log.Check(t.Context()))
	require.Equal(t, acknowledged, log.Head().Size)
}

func TestChildFillsTheDisk(t *testing.T) {
	dir := os.Getenv(inChild)
	if dir == "" {
		t.Skip("runs as a child of the test above")
	}
	door, events := scene(t)
	log, err := access.OpenLog(filepath.Join(dir, "access.db"), access.Options{})
	require.NoError(t, err)
	door.Log = log
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	room := limit.Cur
	limit.Cur = 300_000
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	glance := access.Glance{Who: given.Desk("co1"), Subject: "p", Reason: "journey", Classes: "P"}
	kept := 0
	for ; ; kept++ {
		shown, err := door.Open(context.Background(), glance, events...)
		if err != nil {
			require.ErrorIs(t, err, access.ErrUnaudited)
			require.Nil(t, shown)
			break
		}
		require.Less(t, kept, 10_000)
	}
	require.Positive(t, kept)
	require.Error(t, log.Head().Fault)
	require.Equal(t, uint64(kept), log.Head().Size)
	require.ErrorIs(t, door.Look(context.Background(), access.Entry{Act: viewing.List}), access.ErrUnaudited)

	limit.Cur = room
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	require.NoError(t, door.Look(context.Background(), access.Entry{At: flow.At("2019-06-01", 12), Act: viewing.List}))
	require.NoError(t, log.Head().Fault)
	require.NoError(t, log.Close())
	fmt.Println("acknowledged", kept+1)
}
