package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Missing is the loud line of what was not tried without a server.
const Missing = "NOT TRIED on PostgreSQL: POSTGRES_URL is not set"

// There tells whether a server is named, and whether REQUIRE asks for one.
func There() (there, required bool) {
	return os.Getenv("POSTGRES_URL") != "", strings.Contains(os.Getenv("REQUIRE"), "postgres")
}

// Make makes a database for what is no test, and answers its URL and what drops it.
func Make(ctx context.Context) (address string, drop func(), err error) {
	name := "t" + strings.ToLower(rand.Text())
	u, err := url.Parse(os.Getenv("POSTGRES_URL"))
	if err != nil {
		return "", nil, err
	}
	do := func(statement string) error {
		conn, err := pgx.Connect(ctx, u.String())
		if err == nil {
			_, err = conn.Exec(ctx, statement)
			err = errors.Join(err, conn.Close(ctx))
		}
		return err
	}
	own := *u
	own.Path = "/" + name
	return own.String(), func() { _ = do("DROP DATABASE " + name + " WITH (FORCE)") }, do("CREATE DATABASE " + name)
}

// Database answers the URL of the database of a path: made when it is first asked for,
// and dropped at the end of the test.
func Database(t testing.TB, path string) string {
	t.Helper()
	name := Name(path)
	if Rows(t, os.Getenv("POSTGRES_URL"), "SELECT datname FROM pg_database WHERE datname = '"+name+"'") == nil {
		Exec(t, os.Getenv("POSTGRES_URL"), "CREATE DATABASE "+name)
		t.Cleanup(func() { Drop(t, path) })
	}
	return at(t, name, nil)
}

// Drop takes the database of a path away, whoever is in it.
func Drop(t testing.TB, path string) {
	t.Helper()
	Exec(t, os.Getenv("POSTGRES_URL"), "DROP DATABASE IF EXISTS "+Name(path)+" WITH (FORCE)")
}

// Copy copies the database of a path, in which nobody may be, to that of another, in
// the place of what is there.
func Copy(t testing.TB, from, to string) {
	t.Helper()
	Drop(t, to)
	Exec(t, os.Getenv("POSTGRES_URL"), "CREATE DATABASE "+Name(to)+" TEMPLATE "+Name(from))
	t.Cleanup(func() { Drop(t, to) })
}

// RoleOf makes a role that owns nothing, for the database of a path, and answers the URL
// of the database with it.
func RoleOf(t testing.TB, path string) string {
	t.Helper()
	name := "role_" + Name(path)
	Exec(t, os.Getenv("POSTGRES_URL"), "DROP ROLE IF EXISTS "+name, "CREATE ROLE "+name+" LOGIN PASSWORD '"+name+"'")
	Database(t, path)
	t.Cleanup(func() {
		Drop(t, path) // it holds what the role was granted
		Exec(t, os.Getenv("POSTGRES_URL"), "DROP ROLE IF EXISTS "+name)
	})
	return at(t, Name(path), url.UserPassword(name, name))
}

// Name is the name of the database of a path.
func Name(path string) string {
	sum := sha256.Sum256([]byte(path))
	return "t" + hex.EncodeToString(sum[:8])
}

func at(t testing.TB, database string, user *url.Userinfo) string {
	t.Helper()
	u, err := url.Parse(os.Getenv("POSTGRES_URL"))
	require.NoError(t, err)
	u.Path = "/" + database
	if user != nil {
		u.User = user
	}
	return u.String()
}

// Rows answers the first column of each row as text.
func Rows(t testing.TB, address, query string) (out []string) {
	t.Helper()
	on(t, address, func(ctx context.Context, conn *pgx.Conn) {
		rows, err := conn.Query(ctx, query, pgx.QueryExecModeSimpleProtocol)
		require.NoError(t, err, query)
		for rows.Next() {
			out = append(out, string(rows.RawValues()[0]))
		}
		require.NoError(t, rows.Err(), query)
	})
	return out
}

func on(t testing.TB, address string, work func(context.Context, *pgx.Conn)) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer conn.Close(ctx)
	work(ctx, conn)
}

// Fault is what the server answers to a statement that must fail.
func Fault(t testing.TB, address, statement string) (err error) {
	t.Helper()
	on(t, address, func(ctx context.Context, conn *pgx.Conn) { _, err = conn.Exec(ctx, statement) })
	return err
}
