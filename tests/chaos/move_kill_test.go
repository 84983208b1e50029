package chaos_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

var moved = flag.Int("moved", 4000, "how many events move between the engines")

// moveChild names, in the environment, what a child moves: this test binary run again,
// "data KurrentDB from to".
const moveChild = "AYUMI_CHAOS_MOVE"

func init() {
	line := os.Getenv(moveChild)
	if line == "" {
		return
	}
	f := strings.Fields(line)
	c := app.Default()
	c.Data, c.KurrentDB = f[0], f[1]
	c.Log = slog.New(slog.DiscardHandler)
	fmt.Println("begun")
	if _, err := app.Migrate(context.Background(), c, f[2], f[3], nil); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(0)
}

// TestMoveIsKilled: a log moves to KurrentDB and back; each move is killed at random
// and begun again until it comes to its end. Both ways the tree heads are equal.
//
//	go test ./tests/chaos -run MoveIsKilled -v -moved 1000000 -timeout 60m
func TestMoveIsKilled(t *testing.T) {
	server, err := standin.Start(standin.NewLog())
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	there := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.Mkdir(there, 0o700))
	mixed(t, filepath.Join(there, "log.db"), *moved)
	root := finish(t, there, server.URL(), app.Embedded, app.KurrentDB)

	back := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.Mkdir(back, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(back, "engine"), []byte(app.KurrentDB), 0o600))
	require.Equal(t, root, finish(t, back, server.URL(), app.KurrentDB, app.Embedded))
}

// finish moves a log with attempts that are killed, and then with one that is not.
func finish(t *testing.T, data, url, from, to string) (root string) {
	begun, kills := time.Now(), 0
	for ; kills < 5; kills++ {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), moveChild+"="+strings.Join([]string{data, url, from, to}, " "))
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		_, err = out.Read(make([]byte, 8))
		require.NoError(t, err)
		span := time.Duration(*moved) * 60 * time.Microsecond
		timer := time.AfterFunc(time.Duration(rand.Int64N(int64(span)))+20*time.Millisecond, func() { child.Process.Kill() })
		err = child.Wait()
		if timer.Stop() || err == nil {
			break
		}
	}
	c := app.Default()
	c.Data, c.KurrentDB = data, url
	if engine, err := os.ReadFile(filepath.Join(data, "engine")); err == nil && strings.TrimSpace(string(engine)) == to {
		require.NoError(t, os.WriteFile(filepath.Join(data, "engine"), []byte(from), 0o600)) // once more, to hear of the tree
	}
	m, err := app.Migrate(t.Context(), c, from, to, nil)
	require.NoError(t, err)
	require.Equal(t, uint64(*moved), m.Events)
	t.Logf("%s to %s: %d events, %d there after %d kills, %.1f s in all", from, to, m.Events, m.Before, kills, time.Since(begun).Seconds())
	return m.Root
}

// mixed makes an embedded log of n events in streams of 10, forty of them at a time.
func mixed(t *testing.T, path string, n int) {
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	for first := 0; first < n; first += 400 {
		var tokens [40]domain.Token
		for range 10 {
			var commits []domain.Commit
			for i, at := range tokens {
				commits = append(commits, conformance.Next(fmt.Sprintf("case-%d", first+i), at, "w", 1))
			}
			out, err := s.Append(context.Background(), commits...)
			require.NoError(t, err)
			copy(tokens[:], out)
		}
	}
	require.NoError(t, s.Close())
}
