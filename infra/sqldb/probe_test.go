package sqldb_test

import (
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
	"ayumi/tests/readmodels"
)

// with is an address with a parameter of the session.
func with(t *testing.T, address, name, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestAProbeTellsWhatADatabaseIsLike(t *testing.T) {
	readmodels.NeedPostgres(t)
	admin := os.Getenv("POSTGRES_URL")
	c, err := pgx.Connect(t.Context(), admin)
	require.NoError(t, err)
	defer c.Close(t.Context())
	var fsync string
	require.NoError(t, c.QueryRow(t.Context(), "SHOW fsync").Scan(&fsync))

	d, err := sqldb.Probe(t.Context(), admin)
	require.NoError(t, err)
	require.True(t, d.MayMake, "a superuser makes tables")
	require.Equal(t, fsync == "on", d.Fsync)
	require.True(t, d.Synchronous)
	require.False(t, d.Standby)
	require.GreaterOrEqual(t, d.Version, 140000)
	require.Greater(t, d.Allowed, d.Used)
	require.Less(t, d.Ahead.Abs(), time.Second+d.Within)

	d, err = sqldb.Probe(t.Context(), with(t, admin, "synchronous_commit", "off"))
	require.NoError(t, err)
	require.False(t, d.Synchronous)

	d, err = sqldb.Probe(t.Context(), postgres.RoleOf(t, t.TempDir()))
	require.NoError(t, err)
	require.False(t, d.MayMake, "a role that owns nothing makes nothing")

	_, err = sqldb.Probe(t.Context(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=2")
	require.Error(t, err)
}
