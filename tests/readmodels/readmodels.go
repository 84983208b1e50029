// Package readmodels opens the database in which tests keep read models: SQLite, or
// PostgreSQL when READ_MODELS=postgres and POSTGRES_URL names a server of which
// everything may be made and dropped.
package readmodels

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"strings"
	"testing"

	"ayumi/infra/sqldb"
	"ayumi/projections"
)

// DB is what both engines offer.
type DB interface {
	Database() projections.Database
	Close() error
}

// Postgres tells whether tests run against PostgreSQL.
func Postgres() bool { return os.Getenv("READ_MODELS") == "postgres" }

// NeedPostgres skips a test loudly where there is no PostgreSQL, and fails it if
// REQUIRE names postgres.
func NeedPostgres(t testing.TB) {
	t.Helper()
	if os.Getenv("POSTGRES_URL") != "" {
		return
	}
	if strings.Contains(os.Getenv("REQUIRE"), "postgres") {
		t.Fatal("REQUIRE=postgres: POSTGRES_URL is not set")
	}
	t.Skip("NOT TRIED on PostgreSQL: POSTGRES_URL is not set")
}

// Open opens the read models of a path, which are the same whenever it is opened. In
// PostgreSQL the path gives the schemas their name.
func Open(ctx context.Context, path string) (DB, error) {
	if !Postgres() {
		return sqldb.Open(ctx, path, sqldb.Options{})
	}
	return OpenShared(ctx, path)
}

// OpenShared opens the read models of a path in PostgreSQL, where several runners may
// share them.
func OpenShared(ctx context.Context, path string) (*sqldb.Postgres, error) {
	url := os.Getenv("POSTGRES_URL")
	if url == "" {
		return nil, errors.New("READ_MODELS=postgres needs POSTGRES_URL")
	}
	return sqldb.OpenPostgres(ctx, url, sqldb.PostgresOptions{Prefix: Prefix(path)})
}

// Prefix begins the names of the schemas of a path.
func Prefix(path string) string {
	sum := sha256.Sum256([]byte(path))
	return "t" + hex.EncodeToString(sum[:8])
}
