package chaos_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/sqlitestore"
	"ayumi/projections"
	"ayumi/tests/history"
	"ayumi/tests/readmodels"
)

var kills = flag.Int("kills", 5, "how often a projecting process is killed")

const projectingDir = "AYUMI_PROJECTING_DIR"

// TestProjectingChild is the process that is killed: it records a history that
// goes on where the log ends, relays it over NATS and projects it, rebuilding
// now and then. It does nothing unless it was started for that.
func TestProjectingChild(t *testing.T) {
	dir := os.Getenv(projectingDir)
	if dir == "" {
		t.Skip("only as a child of TestKilledProjectionsEqualRebuiltOnes")
	}
	ctx := context.Background()
	store, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	b, err := bus.Start(ctx, bus.Config{Store: store, Dir: filepath.Join(dir, "bus")})
	require.NoError(t, err)
	db, err := readmodels.Open(ctx, filepath.Join(dir, "read"))
	require.NoError(t, err)
	r := projections.NewRunner(projections.Config{Feed: b, Head: store.Head, Database: db.Database(), Projections: readings(db)})
	go func() { require.NoError(t, r.Run(ctx)) }()
	fmt.Println("projecting")
	go func() {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
			if err := r.Rebuild(ctx); err != nil {
				panic(err)
			}
		}
	}()
	goOn(t, store)
}

func readings(db readmodels.DB) []*projections.Projection {
	return []*projections.Projection{projections.NewJourneys().Projection,
		projections.NewIndicators().Projection, projections.NewAuditTrail().Projection}
}

// goOn records for ever, from where the log ends.
func goOn(t *testing.T, store domain.EventStore) {
	head, err := store.Head(context.Background())
	require.NoError(t, err)
	book, tokens := history.New(61, true), map[string]domain.Token{}
	history.Commits(book.Take(int(head.Position)), tokens)
	for {
		for _, c := range history.Commits(book.Take(1+rand.IntN(20)), tokens) {
			_, err := store.Append(context.Background(), c)
			require.NoError(t, err)
		}
		time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
	}
}

// A process that projects is killed again and again at random moments, while it
// catches up, follows the log, or rebuilds. Its tables end equal, byte for byte,
// to tables made from the log at once.
func TestKilledProjectionsEqualRebuiltOnes(t *testing.T) {
	dir := t.TempDir()
	for range *kills {
		child := exec.Command(os.Args[0], "-test.run=^TestProjectingChild$")
		child.Env = append(os.Environ(), projectingDir+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		lines := bufio.NewScanner(out)
		for lines.Scan() && lines.Text() != "projecting" {
			t.Log(lines.Text())
		}
		time.Sleep(time.Duration(rand.IntN(600)) * time.Millisecond)
		require.NoError(t, child.Process.Kill())
		require.EqualError(t, child.Wait(), "signal: killed")
	}
	store, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, store.Close()) }()
	m := readModels(t, store, filepath.Join(dir, "read"))
	defer m.end()
	m.reach()
	require.Equal(t, rebuilt(t, store), dump(t, m.db))
	head, err := store.Head(context.Background())
	require.NoError(t, err)
	t.Logf("%d kills, %d events", *kills, head.Position)
}
