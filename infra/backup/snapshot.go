package backup

import (
	"context"
	"fmt"
	"os"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Snapshot copies a SQLite file as it stands at one moment, while others write to it,
// and reads the copy back: a file that is damaged already is named now and not when it
// is needed. The copy is readable by its owner alone.
func Snapshot(ctx context.Context, from, to string) (err error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	c, err := sqlite.OpenConn(from, sqlite.OpenReadOnly)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	c.SetInterrupt(ctx.Done())
	err = sqlitex.ExecuteTransient(c, "VACUUM INTO ?", &sqlitex.ExecOptions{Args: []any{to}})
	if closed := c.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return Sound(ctx, to)
}

// Sound reads a whole SQLite file; the error names the first damage.
func Sound(ctx context.Context, path string) error {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadOnly)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer c.Close()
	c.SetInterrupt(ctx.Done())
	first := ""
	err = sqlitex.ExecuteTransient(c, "PRAGMA integrity_check(1)", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error { first = row.ColumnText(0); return nil },
	})
	if err == nil && first != "ok" {
		err = fmt.Errorf("file is damaged: %s", first)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
