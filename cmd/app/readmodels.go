package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"ayumi/infra/sqldb"
	"ayumi/projections"
)

// readModels is where the read models lie.
type readModels interface {
	Database() projections.Database
	Close() error
}

// openReadModels opens them in the data directory or in PostgreSQL.
func openReadModels(ctx context.Context, c Config, origin string) (readModels, error) {
	if c.ReadModels == "" {
		return sqldb.Open(ctx, c.in("read"), sqldb.Options{})
	}
	return sqldb.OpenPostgres(ctx, c.ReadModels, sqldb.PostgresOptions{Owner: c.ReadModelsOwner, Prefix: schemasOf(origin)})
}

// schemasOf begins the names of the schemas of a log: several may share a database.
func schemasOf(origin string) string {
	log := sha256.Sum256([]byte(origin))
	return "ayumi_" + hex.EncodeToString(log[:4])
}
