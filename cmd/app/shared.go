package app

import (
	"context"
	"database/sql"

	"ayumi/infra/auth"
	"ayumi/infra/sqldb"
)

// shared opens tables of the database of option access, which every instance uses.
// origin is the log they belong to; "" asks for tables that are there.
func (c Config) shared(ctx context.Context, origin, name, tables string) (*sql.DB, error) {
	return sqldb.OpenSchema(ctx, c.Access, c.AccessOwner, sqldb.Schema{Name: name, Tables: tables, Of: origin})
}

// openSignIn opens sign-in where the options say.
func openSignIn(ctx context.Context, c Config, origin string) (*auth.Store, error) {
	if c.Access == "" {
		return auth.Open(c.in("auth.db"), c.Now)
	}
	db, err := c.shared(ctx, origin, "signin", auth.Tables)
	if err != nil {
		return nil, err
	}
	return auth.OpenTables(db, c.Now)
}
