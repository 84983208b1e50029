//go:build linux

package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

// BenchmarkBundle makes a bundle of -events events (50,000 of them are the size that
// proof.md 4 speaks of) with one figure and verifies it once for each round. Beside
// the time stand the size of the file, and the time, the work of
// all cores and the largest memory of the
// program that auditors hold, from its start to its end (the best of ten).
func BenchmarkBundle(b *testing.B) {
	w, raw := bundles.Whole(*replayEvents, "C1@D-TKY")
	trust := w.Trust()
	dir := b.TempDir()
	path, keys, program := filepath.Join(dir, "b.zip"), filepath.Join(dir, "keys"), filepath.Join(dir, "ayumi-verify")
	require.NoError(b, os.WriteFile(path, raw, 0o600))
	require.NoError(b, os.WriteFile(keys, []byte("log "+w.LogKey+"\nfigures "+w.OfficerKey+"\n"), 0o600))
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // as the program does
	size := len(raw)
	w, raw = nil, nil
	runtime.GC()
	for b.Loop() {
		f, err := os.Open(path)
		require.NoError(b, err)
		info, err := f.Stat()
		require.NoError(b, err)
		v := &proof.Verifier{Trust: trust, Last: true}
		require.Equal(b, proof.Verified, v.Verify(f, info.Size()).Exit())
		require.NoError(b, f.Close())
	}
	b.StopTimer()
	out, err := exec.Command("go", "build", "-trimpath", "-o", program, "ayumi/cmd/ayumi-verify").CombinedOutput()
	require.NoError(b, err, "%s", out)
	took, worked, most := time.Hour, time.Hour, int64(0)
	for range 10 {
		run := exec.Command(program, "-keys", keys, path)
		begun := time.Now()
		require.NoError(b, run.Start())
		ended := make(chan error, 1)
		go func() { ended <- run.Wait() }()
		for running := true; running; {
			select {
			case err := <-ended:
				require.NoError(b, err)
				running = false
			case <-time.After(time.Millisecond):
				most = max(most, resident(run.Process.Pid))
			}
		}
		took, worked = min(took, time.Since(begun)), min(worked, run.ProcessState.UserTime()+run.ProcessState.SystemTime())
	}
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(size)/float64(*replayEvents), "B/event")
	b.ReportMetric(float64(took.Microseconds())/1000, "ms-program")
	b.ReportMetric(float64(worked.Microseconds())/1000, "cpu-ms-program")
	b.ReportMetric(float64(most)/1e6, "MB-memory")
}

// resident is what a process has asked for and uses now, in bytes: RssAnon. (What wait4
// tells of a child counts its parent's before exec.)
func resident(pid int) int64 {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status") // gone: 0
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	kb, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.ParseInt(kb, 10, 64)
	return n << 10
}
