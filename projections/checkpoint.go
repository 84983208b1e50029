package projections

import (
	"context"
	"database/sql"
	"errors"
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

func loadCheckpoint(ctx context.Context, db asked) (c checkpoint, ok bool, err error) {
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

// found writes the first checkpoint of a place.
func (c checkpoint) found(ctx context.Context, db *sql.DB, fence int64) error {
	_, err := db.ExecContext(ctx, `INSERT INTO projection_checkpoint VALUES ($1, $2, $3, $4, $5, $6)`,
		fence, int64(c.position), c.event, c.origin, string(c.state), c.reason)
	return err
}

// create writes the statements that make the empty tables of a generation.
func (p *Projection) create() []string {
	out := []string{checkpoints}
	for _, t := range p.Tables {
		out = append(append(out, t.create()), t.indexes("e", t.Early)...)
	}
	return out
}

// finish writes the statements that make the indexes that wait until the rows
// are there.
func (p *Projection) finish() []string {
	var out []string
	for _, t := range p.Tables {
		out = append(out, t.indexes("i", t.Indexes)...)
	}
	return out
}
