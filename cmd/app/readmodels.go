package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"

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

func checkReadModels(app, owner string) error {
	for option, address := range map[string]string{"read-models": app, "read-models-owner": owner} {
		if u, err := url.Parse(address); err != nil || (address != "" && u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return fmt.Errorf("option %s: postgres://user@host/database is needed", option) // the address may hold a password
		}
	}
	if app == "" && owner != "" {
		return errors.New("option read-models-owner: it needs option read-models")
	}
	return nil
}
