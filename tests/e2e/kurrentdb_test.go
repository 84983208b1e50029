package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/tests/standin"
)

func kurrentDB(t *testing.T) string {
	log := standin.NewLog()
	log.Noise = true
	s, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s.URL()
}

func requireGood(t *testing.T, a *app.App) {
	t.Helper()
	for _, f := range a.Check(context.Background()) {
		require.Empty(t, f.Fault, f.What)
	}
}

// TestALogMovesToKurrentDBAndBack: the same figures and the same tree on either side,
// and never a second log by a wrong option.
func TestALogMovesToKurrentDBAndBack(t *testing.T) {
	ctx := context.Background()
	var log bytes.Buffer
	c := config(t, &log)
	c.KurrentDB, c.KurrentLog = kurrentDB(t), "office"
	require.NoError(t, app.RunScenario(ctx, c, small(t), nil))
	_, err := app.Migrate(ctx, c, app.Embedded, app.Embedded, nil)
	require.ErrorIs(t, err, app.ErrSameEngine)
	_, err = app.Migrate(ctx, c, app.KurrentDB, app.Embedded, nil)
	require.Equal(t, app.OtherEngine{Lies: app.Embedded, Asked: app.KurrentDB}, err)

	// Interrupted on the way, and once more.
	half, cancel := context.WithCancel(ctx)
	_, err = app.Migrate(half, c, app.Embedded, app.KurrentDB, func(done, all int) {
		if done == all/2 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	a := opened(t, c)
	require.Equal(t, 2, count(t, a, "C1"), "it still works where it is")
	require.NoError(t, a.Close())
	there, err := app.Migrate(ctx, c, app.Embedded, app.KurrentDB, nil)
	require.NoError(t, err)
	require.Positive(t, there.Before)
	require.Greater(t, there.Events, there.Before)

	_, err = app.Open(ctx, c)
	require.Equal(t, app.OtherEngine{Lies: app.KurrentDB, Asked: app.Embedded}, err)
	c.Engine = app.KurrentDB
	a = opened(t, c)
	require.Equal(t, 2, count(t, a, "C1"))
	requireGood(t, a)
	require.NoError(t, a.Close())

	// Everything but the keys can be thrown away.
	for _, name := range []string{"bus", "read", "log.db", "kurrentdb.db", "kurrentdb.db-wal", "kurrentdb.db-shm"} {
		require.NoError(t, os.RemoveAll(filepath.Join(c.Data, name)))
	}
	a = opened(t, c)
	require.Equal(t, 2, count(t, a, "C1"))
	require.NoError(t, a.Close())

	back, err := app.Migrate(ctx, c, app.KurrentDB, app.Embedded, nil)
	require.NoError(t, err)
	require.GreaterOrEqual(t, back.Events, there.Events)
	if back.Events == there.Events {
		require.Equal(t, there.Root, back.Root)
	}
	c.Engine = app.Embedded
	a = opened(t, c)
	require.Equal(t, 2, count(t, a, "C1"))
	requireGood(t, a)
	require.NoError(t, a.Close())
	holdsNothingPlanted(t, c.Data, log.Bytes())
}

// TestAnotherLogIsNotOverwritten: KurrentDB holds the log of somebody else.
func TestAnotherLogIsNotOverwritten(t *testing.T) {
	ctx := context.Background()
	var log bytes.Buffer
	url := kurrentDB(t)
	for i, want := range []error{nil, app.ErrDiffer} {
		c := config(t, &log)
		c.KurrentDB = url
		l, err := app.OpenLedger(ctx, c, nil)
		require.NoError(t, err)
		require.NoError(t, l.Close())
		_, err = app.Migrate(ctx, c, app.Embedded, app.KurrentDB, nil)
		require.ErrorIs(t, err, want, i)
	}
}

// TestAnOfficeBeginsOnKurrentDB: nothing of the log lies in the data directory.
func TestAnOfficeBeginsOnKurrentDB(t *testing.T) {
	var log bytes.Buffer
	c := config(t, &log)
	c.Engine, c.KurrentDB = app.KurrentDB, kurrentDB(t)
	require.NoError(t, c.Check())
	a := opened(t, c)
	origin := a.Origin
	requireGood(t, a)
	require.NoError(t, a.Close())
	require.NoFileExists(t, filepath.Join(c.Data, "log.db"))
	a = opened(t, c)
	require.Equal(t, origin, a.Origin)
	require.NoError(t, a.Close())
	c.KurrentDB = "nonsense"
	require.ErrorContains(t, c.Check(), "option kurrentdb")
	c.KurrentDB = "esdb://a:2113?tlsVerifyCert=false"
	require.ErrorContains(t, c.Check(), "tlsVerifyCert")
	c.Engine = "paper"
	require.ErrorContains(t, c.Check(), "option log")
}

// TestKurrentDBGoesAway for longer than anybody waits: what reads goes on, what writes
// says so, and when it is back everything works again by itself, with NATS as it was.
func TestKurrentDBGoesAway(t *testing.T) {
	ctx := context.Background()
	var log bytes.Buffer
	c := config(t, &log)
	server, err := standin.Start(standin.NewLog())
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	c.KurrentDB, c.KurrentWait = server.URL(), time.Second
	require.NoError(t, app.RunScenario(ctx, c, small(t), nil))
	_, err = app.Migrate(ctx, c, app.Embedded, app.KurrentDB, nil)
	require.NoError(t, err)
	c.Engine = app.KurrentDB
	a := opened(t, c)
	defer func() { require.NoError(t, a.Close()) }()
	open := func(id string) error {
		data, err := domain.ParseData([]byte(fmt.Sprintf(`{"account":%q,"kind":"staff","desk":"D-TKY","code":"x%s","name":"x","kana":"x"}`, id, id[:4])))
		require.NoError(t, err)
		_, err = a.Office.Do(ctx, office.Request{Command: "account.open", ID: uuid.MustParse(id), Data: data, By: "system", At: time.Now()})
		return err
	}
	first, second := uuid.NewString(), uuid.NewString()
	require.NoError(t, open(first))
	server.Stop()
	require.ErrorIs(t, open(second), domain.ErrStoreAway)
	people, err := a.Journeys.Recent(ctx, 10, nil)
	require.NoError(t, err)
	require.Len(t, people, 1)
	time.Sleep(4 * time.Second)
	require.NoError(t, server.Start())
	require.Eventually(t, func() bool { return open(second) == nil }, time.Minute, 50*time.Millisecond)
	require.NoError(t, a.Ready(ctx, time.Minute))
	require.NoError(t, a.Fault())
	require.NotContains(t, log.String(), "emptied")
	requireGood(t, a)
}
