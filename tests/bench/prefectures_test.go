//go:build linux

package bench

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/history"
)

// BenchmarkPrefectures measures what 47 prefectures come to in ten years, in one log on
// one machine: disk, rebuild, memory, start, and what pages ask. At most a tenth of
// -events falls into one year.
//
//	go test ./tests/bench -run xxx -bench Prefectures -benchtime 1x -timeout 60m -args -events 10000000
func BenchmarkPrefectures(b *testing.B) {
	ctx, dir := context.Background(), b.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	store, err := sqlitestore.Open(in("log.db"), sqlitestore.Options{})
	require.NoError(b, err)
	defer func() { require.NoError(b, store.Close()) }()
	x := &replayed{store: store, book: history.New(1, false), tokens: map[string]domain.Token{}}
	x.book.Busy = max(*replayEvents/1_000_000, 1)
	x.write(b, *replayEvents)
	x.book, x.tokens = nil, nil
	x.bus, err = bus.Start(ctx, bus.Config{Store: store, Dir: in("bus")})
	require.NoError(b, err)
	b.Cleanup(x.bus.Close)
	begun := time.Now()
	x.relayed(b)
	n := float64(*replayEvents)
	b.ReportMetric(n/time.Since(begun).Seconds(), "relay-events/s")
	b.ReportMetric(size(b, in("log.db"))/n, "log-B/event")
	b.ReportMetric(size(b, in("bus"))/n, "bus-B/event")

	debug.FreeOSMemory() // what the maker of events used
	require.NoError(b, os.WriteFile("/proc/self/clear_refs", []byte("5"), 0))
	before, begun := inUse(), time.Now()
	x.open(b, in("read"))
	x.reach(b)
	b.ReportMetric(n/time.Since(begun).Seconds(), "rebuild-events/s")
	b.ReportMetric(time.Since(begun).Seconds(), "rebuild-s")
	b.ReportMetric(size(b, in("read"))/n, "tables-B/event")
	b.ReportMetric(float64(len(x.people(b))), "people")
	x.queries(b)
	b.ReportMetric((float64(inUse())-float64(before))/1e6, "MB-in-use")
	b.ReportMetric(mostResident(b), "MB-most-resident")
	x.stop()
	begun = time.Now()
	x.open(b, in("read"))
	x.reach(b)
	b.ReportMetric(time.Since(begun).Seconds(), "start-s")
	x.stop()
	b.ReportMetric(0, "ns/op")
}

// size is what a file, or everything in a folder, takes on disk.
func size(b *testing.B, path string) (bytes float64) {
	require.NoError(b, filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			bytes += float64(info.Size())
		}
		return err
	}))
	return bytes
}

// mostResident is the most memory that this process had since that was cleared, in
// megabytes, the bus inside it included.
func mostResident(b *testing.B) float64 {
	text, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kb, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseFloat(kb, 64)
	require.NoError(b, err)
	return n / 1e3
}
