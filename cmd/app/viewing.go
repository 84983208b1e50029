package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/sqldb"
)

// openAccess opens the access log where the options say. The secret of its digests is
// a file of every instance.
func openAccess(ctx context.Context, c Config, origin string) (*access.Log, error) {
	o := access.Options{Key: c.secret("keys", "access.key")}
	if c.Access == "" {
		return access.OpenLog(c.in("access.db"), o)
	}
	db, err := sqldb.OpenSchema(ctx, c.Access, c.AccessOwner, sqldb.Schema{Name: "access", Tables: access.Tables, Grant: access.Grant, Of: origin, Connections: 8})
	if err != nil {
		return nil, err
	}
	return access.OpenTables(ctx, db, o)
}

// Look writes down that whoever works on the machine itself is about to see
// records of people; access.ErrUnaudited if it cannot be written.
func (a *App) Look(ctx context.Context, e viewing.Entry) error {
	e.Account = Operator()
	return a.Door.Look(ctx, e)
}

// Operator is who gives commands on the machine: the number of a user, no name.
func Operator() string { return fmt.Sprintf("operator-%d", os.Getuid()) }

// keepAccess lets entries go that are past their retention, once a day.
func (a *App) keepAccess(ctx context.Context) error {
	for {
		now := a.Config.Now()
		oldest := japan.DateOf(now).Add(-a.Config.AccessDays)
		if n, err := a.Access.Prune(ctx, oldest, now); err != nil && ctx.Err() == nil {
			a.report("retention of the access log", err)
		} else if n > 0 {
			a.Config.Log.Info("access log", "past retention", n)
		}
		select {
		case <-time.After(24 * time.Hour):
		case <-ctx.Done():
			return nil
		}
	}
}
