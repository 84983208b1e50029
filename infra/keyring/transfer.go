package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"zombiezen.com/go/sqlite"
)

// Places of a key table.
const (
	InDirectory = "directory"
	InDatabase  = "database"
)

// ErrEmpty: keys were made, and the table that was asked holds none: they lie elsewhere.
var ErrEmpty = errors.New("the key table is empty")

// content is everything in a key table, those destroyed in their order.
type content struct {
	epochs []standing
	keys   []record
	mark   Mark
}

type record struct {
	owner string
	row
}

// same tells whether two tables hold the same keys.
func (c content) same(other content) bool {
	if len(c.epochs) != len(other.epochs) || len(c.keys) != len(other.keys) {
		return false
	}
	for i, e := range c.epochs {
		if o := other.epochs[i]; e.epoch != o.epoch || !bytes.Equal(e.probe, o.probe) {
			return false
		}
	}
	by := map[string]row{}
	for _, r := range other.keys {
		by[r.owner] = r.row
	}
	for _, r := range c.keys {
		o, found := by[r.owner]
		if !found || o.epoch != r.epoch || (o.wrapped == nil) != (r.wrapped == nil) || !bytes.Equal(o.wrapped, r.wrapped) {
			return false
		}
	}
	return true
}

// holder is a table that is moved.
type holder interface {
	table
	dump(ctx context.Context) (content, error)
	fill(ctx context.Context, c content) error // of a table without epochs
}

// Migrate moves the key table of directory dir into the database of o, or back, and
// answers how many records there are. The KEKs stay where they are. The table is read
// back before the old one is destroyed; what a cut leaves is ended by doing it again.
// No keyring may be open. ErrOccupied: the other place holds other keys.
func Migrate(ctx context.Context, dir string, o Options, to string) (n int, err error) {
	err = unused(ctx, o.Database, func() error {
		d, err := openDatabase(ctx, o, false)
		if err != nil {
			return err
		}
		defer d.close()
		f, err := openFile(dir)
		if err != nil {
			return err
		}
		switch to {
		case InDatabase:
			n, err = carry(ctx, f, d)
		case InDirectory:
			n, err = carry(ctx, d, f)
		default:
			err = fmt.Errorf("a key table lies in a %s or a %s, not in %q", InDirectory, InDatabase, to)
		}
		if err := errors.Join(err, f.close()); err != nil {
			return err
		}
		if to == InDatabase {
			return destroyTable(dir)
		}
		return d.unmake(ctx)
	})
	return n, err
}

func carry(ctx context.Context, from, to holder) (int, error) {
	c, err := from.dump(ctx)
	if err != nil {
		return 0, err
	}
	there, err := to.dump(ctx)
	switch {
	case err != nil:
		return 0, err
	case len(c.epochs) == 0 && len(there.epochs) == 0:
		return 0, ErrEmpty
	case len(c.epochs) == 0: // carried before
		return len(there.keys), nil
	case len(there.epochs) == 0:
		if err := to.fill(ctx, c); err != nil {
			return 0, err
		}
		if there, err = to.dump(ctx); err != nil {
			return 0, err
		}
	}
	if !c.same(there) {
		return 0, ErrOccupied
	}
	return len(c.keys), nil
}

func destroyTable(dir string) error {
	var errs []error
	for _, name := range []string{"keys.db", "keys.db-wal", "keys.db-shm"} {
		if err := destroyFile(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (t *file) dump(ctx context.Context) (c content, err error) {
	for query, take := range map[string]func(*sqlite.Stmt){
		"SELECT epoch, probe FROM epochs ORDER BY epoch": func(st *sqlite.Stmt) {
			c.epochs = append(c.epochs, standing{epoch: st.ColumnInt64(0), probe: blob(st, 1)})
		},
		"SELECT owner, epoch, wrapped FROM keys ORDER BY owner": func(st *sqlite.Stmt) {
			c.keys = append(c.keys, record{st.ColumnText(0), row{epoch: st.ColumnInt64(1), wrapped: blob(st, 2)}})
		},
	} {
		if err := t.reading(ctx, query, nil, take); err != nil {
			return content{}, err
		}
	}
	c.mark, err = t.mark(ctx)
	return c, err
}

func (t *file) fill(ctx context.Context, c content) error {
	return t.submit(ctx, &change{copyWAL: true, work: func(t *file) error {
		for _, r := range c.keys {
			query, args := "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, ?)", []any{r.owner, r.epoch, r.wrapped}
			if r.wrapped == nil {
				query, args = "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, NULL)", args[:2]
			}
			if err := t.exec(query, args...); err != nil {
				return err
			}
		}
		for _, e := range c.epochs {
			if err := t.exec("INSERT INTO epochs (epoch, probe) VALUES (?, ?)", e.epoch, e.probe); err != nil {
				return err
			}
		}
		if c.mark == (Mark{}) {
			return nil
		}
		return t.exec("INSERT INTO mark (one, position, event) VALUES (1, ?, ?)", int64(c.mark.Position), c.mark.Event)
	}})
}

func (d *database) dump(ctx context.Context) (c content, err error) {
	var e standing
	var b pgx.Batch
	b.Queue("SELECT epoch, probe FROM ayumi_keys.epochs ORDER BY epoch").Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&e.epoch, &e.probe}, func() error { c.epochs = append(c.epochs, e); return nil })
		return err
	})
	var r record
	b.Queue("SELECT owner, epoch, wrapped FROM ayumi_keys.keys ORDER BY destroyed, owner").Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&r.owner, &r.epoch, &r.wrapped}, func() error { c.keys = append(c.keys, r); return nil })
		return err
	})
	if err := d.away(ctx, d.pool.SendBatch(ctx, &b).Close()); err != nil {
		return content{}, err
	}
	c.mark, err = d.mark(ctx)
	return c, err
}

func (d *database) fill(ctx context.Context, c content) error {
	return d.locked(ctx, withoutOthers, lockTurn, func(tx pgx.Tx, b *pgx.Batch) error {
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		gone := int64(0)
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"ayumi_keys", "keys"}, []string{"owner", "epoch", "wrapped", "destroyed"}, pgx.CopyFromSlice(len(c.keys), func(i int) ([]any, error) {
			r := c.keys[i]
			if r.wrapped != nil {
				return []any{r.owner, r.epoch, r.wrapped, nil}, nil
			}
			gone++
			return []any{r.owner, r.epoch, nil, gone}, nil
		})); err != nil {
			return err
		}
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"ayumi_keys", "epochs"}, []string{"epoch", "probe"}, pgx.CopyFromSlice(len(c.epochs), func(i int) ([]any, error) {
			return []any{c.epochs[i].epoch, c.epochs[i].probe}, nil
		})); err != nil || c.mark == (Mark{}) {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO ayumi_keys.mark (one, position, event) VALUES (1, $1, $2)", c.mark.Position, c.mark.Event)
		return err
	})
}

// unmake takes the tables away that were carried elsewhere.
func (d *database) unmake(ctx context.Context) error {
	err := d.asOwner(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "DROP SCHEMA ayumi_keys CASCADE")
		return err
	})
	if err != nil {
		return fmt.Errorf("the table was carried, and its old place cannot be taken away: %w", err)
	}
	return nil
}
