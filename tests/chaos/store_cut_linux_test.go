package chaos

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var cuts = flag.Int("cuts", 3, "how often the power is cut")

func syncFolder(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Open(dir)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, f.Sync())
}

// TestTheDiskForgetsWhatWasNotFlushed holds the tool itself: without it
// TestPowerCutsLoseNothing could not fail.
func TestTheDiskForgetsWhatWasNotFlushed(t *testing.T) {
	d := newDisk(t)
	path := func(name string) string { return filepath.Join(d.dir, name) }
	old, later := bytes.Repeat([]byte("a"), 100_000), bytes.Repeat([]byte("b"), 100_000)
	for _, name := range []string{"overwritten", "cut", "longer", "removed", "renamed"} {
		require.NoError(t, flushed(path(name), old))
	}
	syncFolder(t, d.dir)
	require.NoError(t, flushed(path("nameless"), old), "its data is flushed, its name is not")
	require.NoError(t, os.WriteFile(path("unflushed"), old, 0o600))
	open, err := os.OpenFile(path("longer"), os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	_, err = open.Write(later)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path("overwritten"), later, 0o600))
	require.NoError(t, os.Truncate(path("cut"), 10))
	require.NoError(t, os.Remove(path("removed")))
	require.NoError(t, os.Rename(path("renamed"), path("new")))

	unflushed, kept := d.cut(false)
	require.Equal(t, 75, unflushed, "25 blocks of each file written")
	require.Zero(t, kept)
	require.ErrorContains(t, open.Sync(), "input/output error")
	_, err = open.Write(later)
	require.ErrorContains(t, err, "input/output error")
	require.NoError(t, open.Close())
	require.ErrorContains(t, os.WriteFile(path("after"), nil, 0o600), "input/output error")
	_, err = os.Stat(path("cut"))
	require.ErrorContains(t, err, "input/output error")

	d.powerOn(t)
	entries, err := os.ReadDir(d.dir)
	require.NoError(t, err)
	require.Len(t, entries, 5)
	for _, e := range entries {
		data, err := os.ReadFile(path(e.Name()))
		require.NoError(t, err)
		require.True(t, bytes.Equal(old, data), e.Name())
	}
}

// flushed writes a file and flushes its data.
func flushed(path string, data []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// TestTheDiskKeepsAnyBlocksAtAHarshCut: each unflushed block is old or new, some
// are this and some that; what was flushed stays.
func TestTheDiskKeepsAnyBlocksAtAHarshCut(t *testing.T) {
	d := newDisk(t)
	file := filepath.Join(d.dir, "file")
	old := make([]byte, 50*blockSize)
	require.NoError(t, flushed(file, old))
	syncFolder(t, d.dir)
	var unflushed, kept int
	for range 8 {
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteAt(bytes.Repeat([]byte{1}, 20*blockSize), 20*blockSize)
		require.NoError(t, err)
		u, k := d.cut(true)
		unflushed, kept = unflushed+u, kept+k
		require.NoError(t, f.Close())
		d.powerOn(t)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Len(t, data, len(old))
		for b := range 50 {
			block := data[b*blockSize:][:blockSize]
			require.Equal(t, bytes.Count(block, block[:1]), blockSize, "no block is torn")
			require.True(t, block[0] == 0 || b >= 20 && b < 40)
		}
		require.NoError(t, flushed(file, old))
	}
	require.Equal(t, 8*20, unflushed)
	require.Greater(t, kept, 0)
	require.Less(t, kept, unflushed)
}

// TestPowerCutsLoseNothing cuts the power under load, every second time harshly,
// every third time while the WAL is copied into the log or soon after. Each
// acknowledgement that was heard counts, up to the last: its fsync was answered
// before the cut. A store whose fsync is refused must say that it has failed. The
// next child starts on what the cut has left.
func TestPowerCutsLoseNothing(t *testing.T) {
	d := newDisk(t)
	var name string
	var told *acks
	var all powerCut
	acknowledged := 0
	for round := range *cuts {
		if round%10 == 0 {
			name, told = string(rune('a'+round/10)), newAcks()
			require.NoError(t, os.Mkdir(filepath.Join(d.dir, name), 0o755))
			syncFolder(t, d.dir)
		}
		before := len(told.events)
		c := cutUnderLoad(t, d, told, name, round%2 == 1, round%3 == 2)
		d.powerOn(t)
		var stored int
		d.withCopy(t, name, func(dir string) { stored = told.check(t, dir) })
		acknowledged += len(told.events) - before
		all.copies, all.unflushed, all.kept = all.copies+c.copies, all.unflushed+c.unflushed, all.kept+c.kept
		t.Logf("cut %d: %d events acknowledged, %d stored in this log; %d of %d unflushed blocks kept",
			round+1, len(told.events), stored, c.kept, c.unflushed)
	}
	t.Logf("%d cuts, %d at a copy of the WAL: %d events acknowledged, none lost; %d of %d unflushed blocks kept",
		*cuts, all.copies, acknowledged, all.kept, all.unflushed)
}

// powerCut says what a cut fell into: a copy of the WAL, and how many blocks.
type powerCut struct{ copies, unflushed, kept int }

func cutUnderLoad(t *testing.T, d *disk, told *acks, name string, harsh, copying bool) (c powerCut) {
	t.Helper()
	told.failed = false
	child, out := startChild(t, filepath.Join(d.dir, name))
	var once sync.Once
	done := make(chan struct{})
	told.hear(t, out, func() {
		once.Do(func() {
			go func() {
				defer close(done)
				time.Sleep(rand.N(200 * time.Millisecond))
				if copying && d.await("log.db", 20*time.Second) {
					c.copies = 1
					time.Sleep(rand.N(10 * time.Millisecond << rand.N(8))) // within it, or when the WAL has begun anew
				}
				c.unflushed, c.kept = d.cut(harsh)
			}()
		})
	})
	child.Wait()
	once.Do(func() { t.Fatal("the child ended by itself") })
	<-done
	require.True(t, told.failed, "the store said that it had failed")
	return c
}
