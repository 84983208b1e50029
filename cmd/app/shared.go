package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"ayumi/infra/auth"
	"ayumi/infra/drafts"
	"ayumi/infra/line"
	"ayumi/infra/sqldb"
)

// shared opens tables of the database of option access, which every instance uses.
// origin is the log they belong to; "" asks for tables that are there.
func (c Config) shared(ctx context.Context, origin, name, tables string) (*sql.DB, error) {
	return sqldb.OpenSchema(ctx, c.Access, c.AccessOwner, sqldb.Schema{Name: name, Tables: tables, Of: origin})
}

// openSignIn opens sign-in where the options say.
func openSignIn(ctx context.Context, c Config, origin string) (*auth.Store, error) {
	if err := c.checkShared(); err != nil {
		return nil, err
	}
	if c.Access == "" {
		return auth.Open(c.in("auth.db"), c.Now)
	}
	db, err := c.shared(ctx, origin, "signin", auth.Tables)
	if err != nil {
		return nil, err
	}
	return auth.OpenTables(db, c.Now)
}

// openDrafts opens what is typed and not recorded yet, where the options say.
func (l *Ledger) openDrafts(ctx context.Context) (*drafts.Store, error) {
	c := l.Config
	if c.Access == "" {
		return drafts.Open(c.in("drafts.db"), l.Keys, l.Origin, c.Now)
	}
	db, err := c.shared(ctx, l.Origin, "drafts", drafts.Tables)
	if err != nil {
		return nil, err
	}
	return drafts.OpenTables(db, l.Keys, l.Origin, c.Now), nil
}

// openBook opens the threads of LINE where the options say; nil where there is no
// account and never was one.
func (l *Ledger) openBook(ctx context.Context, account bool) (*line.Book, error) {
	c, path := l.Config, l.Config.in("line.db")
	if _, err := os.Stat(path); err != nil && !account && c.Access == "" {
		return nil, nil
	}
	key, err := l.Keys.Derive(ctx, "line", "ayumi line tags v1")
	if err != nil {
		return nil, fmt.Errorf("key of LINE: %w", err)
	}
	if c.Access == "" {
		return line.Open(path, l.Keys, l.Origin, key, c.Now)
	}
	origin := ""
	if account {
		origin = l.Origin
	}
	db, err := c.shared(ctx, origin, "line", line.Tables)
	if errors.Is(err, sqldb.ErrNoTables) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return line.OpenTables(db, l.Keys, l.Origin, key, c.Now), nil
}
