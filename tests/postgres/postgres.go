// Package postgres makes databases for tests: each test has one of its own, with a
// role that makes tables and one that only reads and writes rows.
package postgres

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"ayumi/tests/readmodels"
)

// Base is a database that goes with its test.
type Base struct {
	App, Owner string // addresses of the two roles
	name       string
}

// Open makes a database. It skips the test loudly where there is no server.
func Open(t testing.TB) Base {
	t.Helper()
	readmodels.NeedPostgres(t)
	b := Base{name: "t" + strings.ToLower(rand.Text())}
	u, err := url.Parse(os.Getenv("POSTGRES_URL"))
	require.NoError(t, err)
	for _, s := range []string{"CREATE DATABASE " + b.name, "CREATE ROLE " + b.name + " LOGIN PASSWORD '" + b.name + "'"} {
		Exec(t, u.String(), s)
	}
	t.Cleanup(func() {
		for _, s := range []string{"DROP DATABASE " + b.name + " WITH (FORCE)", "DROP ROLE " + b.name} {
			Exec(t, u.String(), s)
		}
	})
	own := *u
	own.Path = "/" + b.name
	b.Owner = own.String()
	own.User = url.UserPassword(b.name, b.name)
	b.App = own.String()
	return b
}

// Role is the name of the application's role.
func (b Base) Role() string { return b.name }

// Cut ends every connection of the application's role, as a server does that stops, and
// waits until they have ended.
func (b Base) Cut(t testing.TB) {
	t.Helper()
	Exec(t, b.Owner, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = '"+b.name+"'")
}

// Exec runs statements at an address.
func Exec(t testing.TB, address string, statements ...string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer conn.Close(ctx) //nolint:errcheck // its work is done
	for _, s := range statements {
		_, err := conn.Exec(ctx, s)
		require.NoError(t, err, s)
	}
}
