package app

import (
	"context"
	"database/sql"

	"ayumi/infra/ledgerfile"
	"ayumi/infra/sqldb"
)

// openShared opens the tables that instances keep together and that cannot be made
// again: what they signed, and work under way that any of them may be asked for.
func (l *Ledger) openShared(ctx context.Context) (*sql.DB, error) {
	c := l.Config
	if c.Access == "" {
		return nil, nil
	}
	p, err := sqldb.OpenPostgres(ctx, c.Access, sqldb.PostgresOptions{Owner: c.AccessOwner, Prefix: schemasOf(l.Origin), What: "option access"})
	if err != nil {
		return nil, err
	}
	l.later(p.Close)
	db, err := p.Room(ctx, "shared", 4, append(errandTables, ledgerfile.SharedTables...)...)
	if err != nil {
		return nil, err
	}
	l.later(db.Close)
	return db, nil
}
