package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Each place holds the checkpoint of its generation: one row, committed with the
// rows that it speaks of.
const checkpoints = `CREATE TABLE IF NOT EXISTS projection_checkpoint (
	fence INTEGER NOT NULL,
	position INTEGER NOT NULL,
	event TEXT NOT NULL,
	origin TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL)`

// checkpoint is where one generation stands.
type checkpoint struct {
	position uint64
	event    string // id of the event at position
	origin   string // leaf hash of the log's first event; "" while the log is empty
	state    State
	reason   string
}

func loadCheckpoint(ctx context.Context, db *sql.DB) (c checkpoint, ok bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT position, event, origin, state, reason FROM projection_checkpoint`).
		Scan(&c.position, &c.event, &c.origin, &c.state, &c.reason)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// fenceOff takes a place over from whoever wrote it before. A fence that is
// higher already is another runner's.
func fenceOff(ctx context.Context, db *sql.DB, fence int64) error {
	done, err := db.ExecContext(ctx, `UPDATE projection_checkpoint SET fence = $1 WHERE fence <= $1`, fence)
	return one(done, err, ErrFenced)
}

// save commits a checkpoint with the transaction; ErrFenced if another runner
// has taken the place over.
func (c checkpoint) save(ctx context.Context, tx *sql.Tx, fence int64) error {
	done, err := tx.ExecContext(ctx, `UPDATE projection_checkpoint SET position = $1, event = $2, origin = $3, state = $4, reason = $5
		WHERE fence = $6`, int64(c.position), c.event, c.origin, string(c.state), c.reason, fence)
	return one(done, err, ErrFenced)
}

// create makes the empty tables of a generation.
func (p *Projection) create(ctx context.Context, db *sql.DB) error {
	statements := []string{checkpoints}
	for _, t := range p.Tables {
		statements = append(statements, t.create())
		statements = append(statements, t.indexes("e", t.Early)...)
	}
	return transact(ctx, db, func(tx *sql.Tx) error { return execAll(ctx, tx, statements) })
}

// finish makes the indexes that wait until the rows are there, and the first
// checkpoint.
func (p *Projection) finish(ctx context.Context, db *sql.DB, fence int64, c checkpoint) error {
	var statements []string
	for _, t := range p.Tables {
		statements = append(statements, t.indexes("i", t.Indexes)...)
	}
	return transact(ctx, db, func(tx *sql.Tx) error {
		if err := execAll(ctx, tx, statements); err != nil {
			return fmt.Errorf("indexes: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO projection_checkpoint VALUES ($1, $2, $3, $4, $5, $6)`,
			fence, int64(c.position), c.event, c.origin, string(Current), "")
		return err
	})
}
