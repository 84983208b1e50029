package chaos_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

// hurt fills a bus, stops it, lets damage loose on its directory, records some
// more and starts it again. A reader from the middle, one from the end and one
// from the beginning must end equal to the store, and so must the bus itself.
func hurt(t *testing.T, damage func(dir string)) {
	store, dir := memory.New(), t.TempDir()
	record(t, store, 9000, 900)
	var middle, end, fresh fold
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	middle.follow(t, b, 4000)
	end.follow(t, b, 9000)
	whole(t, b)
	b.Close()
	damage(dir)
	record(t, store, 500, 100)
	b = startBus(t, bus.Config{Store: store, Dir: dir})
	want := contents(t, store)
	for _, f := range []*fold{&end, &fresh, &middle} {
		f.follow(t, b, 9500)
		require.Equal(t, want, f.list())
	}
	whole(t, b)
	var overNATS fold // the others may have been given events from the store
	overNATS.follow(t, b, 9500)
	require.Equal(t, want, overNATS.list())
	b.Close()
	require.Equal(t, want, inDirectory(t, dir))
}

func TestBusDirectoryIsDeleted(t *testing.T) {
	hurt(t, func(dir string) { require.NoError(t, os.RemoveAll(dir)) })
}

func TestBusDirectoryIsEmptied(t *testing.T) {
	hurt(t, func(dir string) { require.NoError(t, os.RemoveAll(filepath.Join(dir, "jetstream"))) })
}

func TestBusDiedWhileStarting(t *testing.T) {
	hurt(t, func(dir string) { require.NoError(t, os.WriteFile(filepath.Join(dir, "starting"), nil, 0o600)) })
}

func TestBusFilesAreTruncated(t *testing.T) {
	for _, share := range []int64{0, 1, 50, 99} {
		t.Run(fmt.Sprintf("to %d percent", share), func(t *testing.T) {
			hurt(t, func(dir string) {
				for _, path := range files(t, dir) {
					info, err := os.Stat(path)
					require.NoError(t, err)
					require.NoError(t, os.Truncate(path, info.Size()*share/100))
				}
			})
		})
	}
}

// Every file of the bus, one bit, at places spread over the file.
func TestBusFileHasOneBitFlipped(t *testing.T) {
	store, dir := memory.New(), t.TempDir()
	record(t, store, 9000, 900)
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	whole(t, b)
	b.Close()
	for _, path := range files(t, dir) {
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		for _, share := range []float64{0, 0.0001, 0.31, 0.5, 0.77, 0.9999} {
			t.Run(fmt.Sprintf("%s at %v", filepath.Base(name), share), func(t *testing.T) {
				hurt(t, func(dir string) { flip(t, filepath.Join(dir, name), share) })
			})
		}
	}
}

func flip(t *testing.T, path string, share float64) {
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotEmpty(t, raw)
	raw[min(int(share*float64(len(raw))), len(raw)-1)] ^= 0x10
	require.NoError(t, os.WriteFile(path, raw, 0o600))
}

func TestBusOldCopyIsPutBack(t *testing.T) {
	store, dir, old := memory.New(), t.TempDir(), t.TempDir()
	record(t, store, 3000, 100)
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	whole(t, b)
	b.Close()
	require.NoError(t, os.CopyFS(filepath.Join(old, "copy"), os.DirFS(dir)))
	record(t, store, 2000, 100)
	var reader fold
	b = startBus(t, bus.Config{Store: store, Dir: dir})
	reader.follow(t, b, 5000)
	b.Close()
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(old, "copy"))))
	record(t, store, 10, 100)
	b = startBus(t, bus.Config{Store: store, Dir: dir})
	reader.follow(t, b, 5010)
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	b.Close()
	require.Equal(t, contents(t, store), inDirectory(t, dir))
}
