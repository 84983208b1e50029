package app

import (
	"context"
	"iter"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"

	"ayumi/domain"
)

// Hurried is a log for folds that somebody waits for. While one runs, garbage is
// collected less often: the state of counting lives on, so that each collection
// walks over all of it, and at the usual pace that takes half of the fold's time.
type Hurried struct{ Store domain.EventStore }

// Events reads the log as it lies in the store.
func (h Hurried) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		defer Hurry()()
		for rec, err := range h.Store.All(ctx, after) {
			if !yield(rec, err) {
				return
			}
		}
	}
}

// hurriedPercent is the pace of the collector in a hurry: the heap may grow to four
// times what lives. The memory limit brings it back where that is too much.
const hurriedPercent = 300

var hurry struct {
	sync.Mutex
	running int
	usual   int
	limited sync.Once
}

// Hurry lets the collector wait until the answer is called. Several may hurry at
// once; the last one to end restores the usual pace.
func Hurry() (done func()) {
	hurry.limited.Do(limitMemory)
	hurry.Lock()
	defer hurry.Unlock()
	if hurry.running++; hurry.running == 1 {
		hurry.usual = debug.SetGCPercent(hurriedPercent)
	}
	return sync.OnceFunc(func() {
		hurry.Lock()
		defer hurry.Unlock()
		if hurry.running--; hurry.running == 0 {
			debug.SetGCPercent(hurry.usual)
		}
	})
}

// limitMemory sets the soft limit of the collector to three quarters of what the
// machine or its control group has, unless the operator set one (GOMEMLIMIT).
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	most := int64(0)
	for _, at := range []int64{memoryOf("/proc/meminfo", "MemTotal:", 1024), memoryOf("/sys/fs/cgroup/memory.max", "", 1)} {
		if at > 0 && (most == 0 || at < most) {
			most = at
		}
	}
	if most > 0 {
		debug.SetMemoryLimit(most / 4 * 3)
	}
}

// memoryOf reads a number of bytes from a file of the kernel; 0 if there is none.
func memoryOf(path, label string, unit int64) int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		rest, ok := strings.CutPrefix(line, label)
		if fields := strings.Fields(rest); ok && len(fields) > 0 {
			n, err := strconv.ParseInt(fields[0], 10, 64)
			if err == nil {
				return n * unit
			}
		}
	}
	return 0
}
