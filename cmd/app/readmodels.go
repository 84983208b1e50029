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
	log := sha256.Sum256([]byte(origin)) // several logs may share a database
	return sqldb.OpenPostgres(ctx, c.ReadModels, sqldb.PostgresOptions{Owner: c.ReadModelsOwner, Prefix: "ayumi_" + hex.EncodeToString(log[:4])})
}
