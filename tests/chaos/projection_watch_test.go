package chaos_test

import (
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/sqldb"
	"ayumi/projections"
	"ayumi/tests/readmodels"
)

// Of two runners that share a database, one writes. The other answers the same from
// the same tables, goes over to tables that are made anew, and writes when the first
// is gone.
func TestTheOtherRunnerWatchesAndTakesOver(t *testing.T) {
	readmodels.NeedPostgres(t)
	ctx := t.Context()
	w := newWriter(t, 91, true)
	path := file(t)
	first := sharedModels(t, w.store, path)
	require.Eventually(t, first.runner.Leads, time.Minute, 10*time.Millisecond)
	second := sharedModels(t, w.store, path)
	defer second.end()
	for range 5 {
		w.write(200)
		first.reach()
		second.reach()
		require.False(t, second.runner.Leads())
		sameAnswers(t, first, second)
	}
	require.ErrorIs(t, second.runner.Rebuild(ctx), projections.ErrWatches)
	require.NoError(t, first.runner.Rebuild(ctx))
	w.write(100)
	second.reach()
	sameAnswers(t, first, second)
	first.end()
	w.write(100)
	second.reach()
	require.True(t, second.runner.Leads())
	require.NoError(t, second.runner.Rebuild(ctx))
	w.write(100)
	second.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, second.db))
}

// sharedModels are read models in PostgreSQL, whatever the other tests run on.
func sharedModels(t *testing.T, store domain.EventStore, path string) *models {
	t.Setenv("READ_MODELS", "postgres")
	return readModels(t, store, path)
}

func sameAnswers(t *testing.T, one, other *models) {
	t.Helper()
	ctx := t.Context()
	head, err := one.store.Head(ctx)
	require.NoError(t, err)
	book, err := indicator.Shipped()
	require.NoError(t, err)
	year, err := japan.ParsePeriod("FY2018")
	require.NoError(t, err)
	counted := 0
	for _, name := range []string{"C1", "P0", "K1"} {
		d, ok := book.Named(name, "tot-2019.1")
		require.True(t, ok)
		for _, known := range []uint64{head.Position, head.Position / 2} {
			q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
			a, err := one.figures.Figure(ctx, q, known, year.To)
			require.NoError(t, err)
			b, err := other.figures.Figure(ctx, q, known, year.To)
			require.NoError(t, err)
			require.Equal(t, a, b)
			counted += a.Value
		}
	}
	require.NotZero(t, counted)
	people, err := one.journeys.People(ctx, 0, 10)
	require.NoError(t, err)
	again, err := other.journeys.People(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, people, again)
	for _, p := range people {
		a, err := one.journeys.Journey(ctx, p.ID, projections.Newest)
		require.NoError(t, err)
		b, err := other.journeys.Journey(ctx, p.ID, projections.Newest)
		require.NoError(t, err)
		require.Equal(t, a, b)
	}
}

// The application's role reads and writes rows; tables are made by another role,
// which the application uses for nothing else.
func TestTheApplicationsRoleMakesNoTables(t *testing.T) {
	readmodels.NeedPostgres(t)
	ctx := t.Context()
	owner := os.Getenv("POSTGRES_URL")
	path := file(t)
	role := "app_" + readmodels.Prefix(path)
	conn, err := pgx.Connect(ctx, owner)
	require.NoError(t, err)
	_, err = conn.Exec(ctx, "CREATE ROLE "+role+" LOGIN PASSWORD '"+role+"'")
	require.NoError(t, err)
	require.NoError(t, conn.Close(ctx))
	u, err := url.Parse(owner)
	require.NoError(t, err)
	u.User = url.UserPassword(role, role)
	_, err = sqldb.OpenPostgres(ctx, "postgres://nobody:secret-word@127.0.0.1:1/none", sqldb.PostgresOptions{})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "secret-word")
	db, err := sqldb.OpenPostgres(ctx, u.String(), sqldb.PostgresOptions{Owner: owner, Prefix: readmodels.Prefix(path)})
	require.NoError(t, err)
	t.Setenv("READ_MODELS", "postgres")
	w := newWriter(t, 93, true)
	m := over(t, w.store, db)
	for range 2 {
		w.write(100)
		m.reach()
		require.NoError(t, m.runner.Rebuild(ctx))
	}
	w.write(100)
	m.reach()
	want := rebuilt(t, w.store)
	require.Equal(t, want, dump(t, m.db))
	place, err := db.Database().Open(ctx, column(t, db.Database().Registry, `SELECT name || '-' || number FROM projection_place WHERE answers = 1 AND name = 'journeys'`)[0])
	require.NoError(t, err)
	for _, statement := range []string{"CREATE TABLE more (a BIGINT)", "DROP TABLE journey_entry", "ALTER TABLE journey_entry ADD COLUMN a BIGINT",
		"CREATE SCHEMA more", "TRUNCATE journey_entry"} {
		_, err := place.Write.ExecContext(ctx, statement)
		require.ErrorContains(t, err, "42501", statement)
	}
	m.end()
}
