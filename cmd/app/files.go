package app

import (
	"context"

	"ayumi/infra/attachments"
	"ayumi/infra/importing"
	"ayumi/infra/sqldb"
)

// openFiles opens attached files in the data directory, or in the database of option
// access, where ledgers on their way lie too.
func (a *App) openFiles(ctx context.Context) (err error) {
	c := a.Config
	if c.Access == "" {
		a.Attachments, err = attachments.Open(c.in("attachments"), a.Keys, a.Origin)
		return err
	}
	a.files, err = sqldb.OpenSchema(ctx, c.Access, c.AccessOwner, sqldb.Schema{Name: "files", Tables: attachments.Tables + importing.Tables, Of: a.Origin})
	if err != nil {
		return err
	}
	a.later(a.files.Close)
	a.Attachments = attachments.OpenTables(a.files, a.Keys, a.Origin)
	n, err := a.Attachments.TakeOver(ctx, c.in("attachments"))
	a.tookOver("attachments", n)
	return err
}

// tookOver tells the operator that files went from the data directory into tables.
func (a *App) tookOver(what string, n int) {
	if n > 0 {
		a.Config.Log.Info("files of the data directory are in the database now", "what", what, "files", n)
	}
}

// openKept opens ledgers on their way into the log, beside attached files.
func (a *App) openKept(ctx context.Context) (*importing.Store, error) {
	if a.files == nil {
		return importing.Open(a.Config.in("imports"), a.Keys, a.Origin)
	}
	kept := importing.OpenTables(a.files, a.Keys, a.Origin)
	n, err := kept.TakeOver(ctx, a.Config.in("imports"))
	a.tookOver("imports", n)
	return kept, err
}
