package conformance_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
	"ayumi/tests/conformance"
)

// TestStoresAgree: whatever is asked of them, in whatever order, memory and
// SQLite give the same answers and hold the same bytes.
func TestStoresAgree(t *testing.T) {
	for seed := range uint64(6) {
		path := filepath.Join(t.TempDir(), "log.db")
		a, b := memory.New(), openSQLite(t, path)
		random := rand.New(rand.NewPCG(seed, 7))
		var asked [][]domain.Commit
		for step := range 250 {
			commits := anyCommits(random, a)
			if len(asked) > 0 && random.IntN(4) == 0 {
				commits = asked[random.IntN(len(asked))]
			}
			asked = append(asked, commits)
			requireSameAnswer(t, a, b, commits, fmt.Sprintf("seed %d step %d", seed, step))
			if random.IntN(50) == 0 {
				require.NoError(t, b.Close())
				b = openSQLite(t, path)
			}
		}
		requireSameLog(t, a, b)
	}
}

// anyCommits knows or guesses where streams stand, so that some fit and some do not.
func anyCommits(random *rand.Rand, s domain.EventStore) []domain.Commit {
	var out []domain.Commit
	for range 1 + random.IntN(3) {
		stream, at := fmt.Sprintf("a-%d", random.IntN(12)), domain.Token{Version: uint64(random.IntN(5))}
		if random.IntN(3) > 0 {
			at = domain.Token{}
			for e := range s.Stream(context.Background(), stream, 0) {
				at = domain.Token{Version: e.Version, Position: e.Position}
			}
		} else if random.IntN(8) == 0 {
			at.Position = uint64(random.IntN(9))
		}
		c := conformance.Next(stream, at, fmt.Sprint(random.IntN(2)), random.IntN(4))
		if len(c.Events) > 0 && random.IntN(10) == 0 {
			c.Events[0].ID = conformance.Event("a-1", uint64(random.IntN(5)), "0").ID
		}
		out = append(out, c)
	}
	return out
}

func requireSameAnswer(t *testing.T, a, b domain.EventStore, commits []domain.Commit, when string) {
	t.Helper()
	x, errA := a.Append(context.Background(), commits...)
	y, errB := b.Append(context.Background(), commits...)
	require.Equal(t, errA, errB, when)
	require.Equal(t, x, y, when)
}

func requireSameLog(t *testing.T, a, b domain.EventStore) {
	t.Helper()
	read := func(s domain.EventStore) (log []domain.Recorded) {
		for e, err := range s.All(context.Background(), 0) {
			require.NoError(t, err)
			log = append(log, e)
		}
		return log
	}
	x, y := read(a), read(b)
	require.Greater(t, len(x), 100)
	require.Equal(t, x, y)
	require.NoError(t, conformance.Sound(x))
}
