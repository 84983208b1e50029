package chaos

import (
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

var cuts = flag.Int("cuts", 3, "how often the power is cut")

// disk is an ext4 file system of its own on a loop device. cut stops it as a
// power cut would: what was not flushed is gone, the journal is replayed at the
// next mount.
type disk struct{ image, dir string }

// newDisk needs root and a loop device. Where they are missing the test is
// skipped, or fails if REQUIRE names loop.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{image: filepath.Join(t.TempDir(), "disk.img"), dir: filepath.Join(t.TempDir(), "mnt")}
	require.NoError(t, os.Mkdir(d.dir, 0o755))
	require.NoError(t, os.WriteFile(d.image, nil, 0o600))
	require.NoError(t, os.Truncate(d.image, 512<<20))
	err := run("mkfs.ext4", "-q", d.image)
	if err == nil {
		err = d.mount()
	}
	if err != nil {
		if strings.Contains(os.Getenv("REQUIRE"), "loop") {
			t.Fatalf("REQUIRE=loop: %v", err)
		}
		t.Skipf("SKIPPED, NOTHING WAS TESTED: a power cut needs root, a loop device and mkfs.ext4: %v", err)
	}
	t.Cleanup(func() { run("umount", d.dir) })
	return d
}

func run(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return &exec.Error{Name: name + " " + strings.Join(args, " ") + " " + string(out), Err: err}
	}
	return nil
}

func (d *disk) mount() error { return run("mount", "-o", "loop", d.image, d.dir) }

// ext4 stops without writing its log: _IOR('X', 125, __u32), flag 2.
const (
	ext4Shutdown = 0x8004587d
	noLogFlush   = 2
)

func (d *disk) cut(t *testing.T) {
	t.Helper()
	f, err := os.Open(d.dir)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, unix.IoctlSetPointerInt(int(f.Fd()), ext4Shutdown, noLogFlush))
}

func (d *disk) powerOn(t *testing.T) {
	t.Helper()
	require.NoError(t, run("umount", d.dir))
	require.NoError(t, d.mount())
}

// TestTheDiskForgetsWhatWasNotFlushed holds the tool itself: without it the
// next test could not fail.
func TestTheDiskForgetsWhatWasNotFlushed(t *testing.T) {
	d := newDisk(t)
	kept, lost := filepath.Join(d.dir, "kept"), filepath.Join(d.dir, "lost")
	f, err := os.Create(kept)
	require.NoError(t, err)
	_, err = f.Write(make([]byte, 100_000))
	require.NoError(t, err)
	require.NoError(t, f.Sync())
	_, err = f.Write(make([]byte, 100_000))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, os.WriteFile(lost, make([]byte, 100_000), 0o600))
	d.cut(t)
	require.Error(t, os.WriteFile(kept, nil, 0o600), "the disk takes nothing more")
	d.powerOn(t)
	info, err := os.Stat(kept)
	require.NoError(t, err)
	require.Equal(t, int64(100_000), info.Size())
	require.NoFileExists(t, lost)
}

// TestPowerCutsLoseNothing cuts the power under load. Unlike a real cut this one
// takes a moment in which ext4 may still answer an fsync that it does not keep:
// what is acknowledged after its begin does not count. A store whose fsync is
// refused must say that it has failed.
func TestPowerCutsLoseNothing(t *testing.T) {
	d := newDisk(t)
	told := newAcks()
	for round := range *cuts {
		told.failed = false
		dir := filepath.Join(d.dir, "data", string(rune('a'+round/10)))
		if round%10 == 0 {
			told = newAcks()
			require.NoError(t, os.MkdirAll(dir, 0o755))
			require.NoError(t, run("sync", "-f", d.dir))
		}
		told.deaf.Store(false)
		child, out := startChild(t, dir)
		var once sync.Once
		done := make(chan struct{})
		told.hear(t, out, func() {
			once.Do(func() {
				time.AfterFunc(time.Duration(rand.Int64N(int64(200*time.Millisecond))), func() {
					defer close(done)
					told.deaf.Store(true)
					d.cut(t)
				})
			})
		})
		child.Wait()
		once.Do(func() { t.Fatal("the child ended by itself") })
		<-done
		require.True(t, told.failed, "the store said that it had failed")
		d.powerOn(t)
		stored := told.check(t, dir)
		t.Logf("cut %d: %d events acknowledged so far, %d stored", round+1, len(told.events), stored)
	}
}
