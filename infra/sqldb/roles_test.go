package sqldb_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/readmodels"
)

// A real server lets each role in with its password and no other, and the role that
// reads and writes makes nothing.
func TestRolesComeInAndMakeNothing(t *testing.T) {
	readmodels.NeedPostgres(t)
	ctx, name := t.Context(), fmt.Sprintf("ayumi_roles_%d", rand.Uint64())
	sql, err := sqldb.Roles(name, "of the owner", "of the app")
	require.NoError(t, err)
	require.NotContains(t, sql, "of the")
	admin, err := pgx.Connect(ctx, os.Getenv("POSTGRES_URL"))
	require.NoError(t, err)
	t.Cleanup(func() {
		for _, s := range []string{"DROP DATABASE IF EXISTS %s WITH (FORCE)", "DROP ROLE IF EXISTS %s", "DROP ROLE IF EXISTS %s_owner"} {
			_, err := admin.Exec(context.Background(), fmt.Sprintf(s, name))
			require.NoError(t, err)
		}
	})
	for s := range strings.Lines(sql) {
		_, err := admin.Exec(ctx, s)
		require.NoError(t, err, s)
	}
	as := func(role, password string) (*pgx.Conn, error) {
		u, err := url.Parse(os.Getenv("POSTGRES_URL"))
		require.NoError(t, err)
		u.User, u.Path = url.UserPassword(role, password), "/"+name
		return pgx.Connect(ctx, u.String())
	}
	owner, err := as(name+"_owner", "of the owner")
	require.NoError(t, err)
	defer owner.Close(ctx)
	for _, s := range []string{"CREATE SCHEMA part", "CREATE TABLE part.note (a BIGINT)", "GRANT USAGE ON SCHEMA part TO " + name, "GRANT SELECT, INSERT ON part.note TO " + name} {
		_, err = owner.Exec(ctx, s)
		require.NoError(t, err, s)
	}
	// The server makes the same of a password and a salt.
	var kept string
	_, err = admin.Exec(ctx, "ALTER ROLE "+name+" PASSWORD 'of the app'")
	require.NoError(t, err)
	require.NoError(t, admin.QueryRow(ctx, "SELECT rolpassword FROM pg_authid WHERE rolname = $1", name).Scan(&kept))
	salt, err := base64.StdEncoding.DecodeString(strings.FieldsFunc(kept, func(c rune) bool { return c == '$' || c == ':' })[2])
	require.NoError(t, err)
	ours, err := sqldb.Verifier("of the app", salt)
	require.NoError(t, err)
	require.Equal(t, kept, ours)
	app, err := as(name, "of the app")
	require.NoError(t, err)
	defer app.Close(ctx)
	_, err = app.Exec(ctx, "INSERT INTO part.note VALUES (1)")
	require.NoError(t, err)
	for _, s := range []string{"CREATE SCHEMA more", "CREATE TABLE part.more (a BIGINT)", "CREATE TABLE public.more (a BIGINT)", "CREATE TEMPORARY TABLE more (a BIGINT)", "DROP TABLE part.note"} {
		_, err := app.Exec(ctx, s)
		require.ErrorContains(t, err, "42501", s)
	}
}
