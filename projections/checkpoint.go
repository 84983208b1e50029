package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// ErrFenced: another runner has taken over the read models; this one has written
// nothing since and must end.
var ErrFenced = errors.New("another runner keeps the read models")

// checkpoints holds one row per generation of a projection: slot 0 is the one
// that answers, slot 1 the one being built.
const checkpoints = `CREATE TABLE IF NOT EXISTS projection_checkpoint (
	name TEXT NOT NULL,
	slot INTEGER NOT NULL,
	version INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	position INTEGER NOT NULL,
	event TEXT NOT NULL,
	origin TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL,
	tables TEXT NOT NULL,
	PRIMARY KEY (name, slot))`

// fences gives out epochs, one counter for each projection.
const fences = `CREATE TABLE IF NOT EXISTS projection_fence (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL)`

const (
	slotCurrent = 0
	slotBuild   = 1
)

// suffix of the tables of a slot.
func suffix(slot int) string { return [...]string{"", "_build"}[slot] }

// checkpoint is where one generation stands.
type checkpoint struct {
	version  int
	epoch    int64 // when its tables were made; names its indexes
	position uint64
	event    string // id of the event at position
	origin   string // leaf hash of the log's first event; "" while the log is empty
	state    State
	reason   string
	tables   string // their names, for whoever drops them
}

// beginner is the writing pool, or the one connection in it.
type beginner interface {
	BeginTx(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error)
}

// transact runs work in one transaction on the writing connection.
func transact(ctx context.Context, db beginner, work func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func execAll(ctx context.Context, tx *sql.Tx, statements []string) error {
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%.80s: %w", s, err)
		}
	}
	return nil
}

// takeFence makes this runner the only one that may write.
func takeFence(ctx context.Context, db *sql.DB, name string) (int64, error) {
	var epoch int64
	err := transact(ctx, db, func(tx *sql.Tx) error {
		if err := execAll(ctx, tx, []string{checkpoints, fences}); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO projection_fence VALUES ($1, 1)
			ON CONFLICT (name) DO UPDATE SET epoch = projection_fence.epoch + 1`, name); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT epoch FROM projection_fence WHERE name = $1`, name).Scan(&epoch)
	})
	return epoch, err
}

// hold locks the fence for this transaction; ErrFenced if it was taken.
func hold(ctx context.Context, tx *sql.Tx, name string, epoch int64) error {
	done, err := tx.ExecContext(ctx, `UPDATE projection_fence SET epoch = $1 WHERE name = $2 AND epoch = $3`, epoch, name, epoch)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, ErrFenced)
	}
	return nil
}

func loadCheckpoint(ctx context.Context, db *sql.DB, name string, slot int) (checkpoint, bool, error) {
	var c checkpoint
	err := db.QueryRowContext(ctx, `SELECT version, epoch, position, event, origin, state, reason, tables
		FROM projection_checkpoint WHERE name = $1 AND slot = $2`, name, slot).
		Scan(&c.version, &c.epoch, &c.position, &c.event, &c.origin, &c.state, &c.reason, &c.tables)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

func (c checkpoint) save(ctx context.Context, tx *sql.Tx, name string, slot int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO projection_checkpoint VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (name, slot) DO UPDATE SET version = excluded.version, epoch = excluded.epoch,
		position = excluded.position, event = excluded.event, origin = excluded.origin,
		state = excluded.state, reason = excluded.reason, tables = excluded.tables`,
		name, slot, c.version, c.epoch, int64(c.position), c.event, c.origin, string(c.state), c.reason, c.tables)
	return err
}

// begin makes the empty tables of a new generation.
func (p *Projection) begin(ctx context.Context, db *sql.DB, epoch int64) (checkpoint, error) {
	c := checkpoint{version: p.Version, epoch: epoch, state: Building, tables: p.tableNames()}
	return c, transact(ctx, db, func(tx *sql.Tx) error {
		if err := hold(ctx, tx, p.Name, epoch); err != nil {
			return err
		}
		if err := execAll(ctx, tx, p.create(suffix(slotBuild), epoch)); err != nil {
			return err
		}
		return c.save(ctx, tx, p.Name, slotBuild)
	})
}

// finish makes the indexes that wait until the rows are there.
func (p *Projection) finish(ctx context.Context, db *sql.DB, epoch int64, c *checkpoint) error {
	return transact(ctx, db, func(tx *sql.Tx) error {
		if err := hold(ctx, tx, p.Name, epoch); err != nil {
			return err
		}
		if err := execAll(ctx, tx, p.indexes(suffix(slotBuild), c.epoch)); err != nil {
			return err
		}
		c.reason = indexed
		return c.save(ctx, tx, p.Name, slotBuild)
	})
}

// indexed marks a build whose indexes are made, as its reason.
const indexed = "indexed"

// takeOver puts the built tables in the place of the old ones, in one step.
func (p *Projection) takeOver(ctx context.Context, db *sql.DB, epoch int64, c checkpoint) error {
	old, _, err := loadCheckpoint(ctx, db, p.Name, slotCurrent)
	if err != nil {
		return err
	}
	return transact(ctx, db, func(tx *sql.Tx) error {
		if err := hold(ctx, tx, p.Name, epoch); err != nil {
			return err
		}
		if err := execAll(ctx, tx, p.replace(old.tables)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM projection_checkpoint WHERE name = $1 AND slot = $2`, p.Name, slotBuild); err != nil {
			return err
		}
		c.state, c.reason = Current, ""
		return c.save(ctx, tx, p.Name, slotCurrent)
	})
}

func (p *Projection) tableNames() string {
	names := make([]string, len(p.Tables))
	for i, t := range p.Tables {
		names[i] = t.Name
	}
	return strings.Join(names, ",")
}

// replace writes the statements that drop the old tables and rename the new ones.
func (p *Projection) replace(old string) []string {
	var out []string
	for name := range strings.SplitSeq(old, ",") {
		if name != "" {
			out = append(out, "DROP TABLE IF EXISTS "+name)
		}
	}
	for _, t := range p.Tables {
		out = append(out, "ALTER TABLE "+t.Name+suffix(slotBuild)+" RENAME TO "+t.Name)
	}
	return out
}
