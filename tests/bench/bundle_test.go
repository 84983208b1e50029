//go:build linux

package bench

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

// BenchmarkBundle makes a bundle of -events events (50,000 of them are the size that
// proof.md 4 speaks of) with one figure and verifies it from a file, once for each
// round. Beside the time stand the size of the file and what the verification held
// in memory.
func BenchmarkBundle(b *testing.B) {
	w, raw := bundles.Whole(*replayEvents, "C1@D-TKY")
	trust := w.Trust()
	path := filepath.Join(b.TempDir(), "b.zip")
	require.NoError(b, os.WriteFile(path, raw, 0o600))
	size := len(raw)
	raw = nil
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	peak := uint64(0)
	stop := make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapInuse-min(now.HeapInuse, before.HeapInuse))
			}
		}
	}()
	for b.Loop() {
		f, err := os.Open(path)
		require.NoError(b, err)
		info, err := f.Stat()
		require.NoError(b, err)
		v := &proof.Verifier{Trust: trust}
		require.Equal(b, proof.Verified, v.Verify(f, info.Size()).Exit())
		require.NoError(b, f.Close())
	}
	close(stop)
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(peak)/1e6, "MB-memory")
	b.ReportMetric(float64(size)/float64(*replayEvents), "B/event")
}
