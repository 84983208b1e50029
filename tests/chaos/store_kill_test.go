package chaos

import (
	"flag"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

var rounds = flag.Int("rounds", 5, "how often a process is killed")

// TestKilledStoreLosesNothing kills the writing process at random moments.
func TestKilledStoreLosesNothing(t *testing.T) {
	var dir string
	var told *acks
	var acknowledged, stored int
	for round := range *rounds {
		if round%10 == 0 {
			dir, told = t.TempDir(), newAcks()
		}
		before := len(told.events)
		child, out := startChild(t, dir)
		var once sync.Once
		told.hear(t, out, func() {
			once.Do(func() {
				time.AfterFunc(time.Duration(rand.Int64N(int64(250*time.Millisecond))), func() { child.Process.Kill() })
			})
		})
		child.Wait()
		acknowledged += len(told.events) - before
		stored = told.check(t, dir)
	}
	t.Logf("%d kills, %d events acknowledged, %d in the last log", *rounds, acknowledged, stored)
}
