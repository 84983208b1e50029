package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrFenced: another runner has taken over the read models; this one has written
// nothing since and must end.
var ErrFenced = errors.New("another runner keeps the read models")

// The registry: who may write, and where generations lie. Every place that may
// exist has a row, so what a crash has left is found and dropped.
var registry = []string{
	`CREATE TABLE IF NOT EXISTS projection_fence (name TEXT PRIMARY KEY, fence INTEGER NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS projection_place (
		name TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL, answers INTEGER NOT NULL, PRIMARY KEY (name, number))`,
}

// generation is the number of one making of a projection; its place is named
// after it.
type generation struct {
	number  int64
	version int
}

func (p *Projection) placeOf(g generation) string { return fmt.Sprintf("%s-%d", p.Name, g.number) }

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

// takeFence makes this runner the only one that may write.
func (p *Projection) takeFence(ctx context.Context, db *sql.DB) (int64, error) {
	var fence int64
	err := transact(ctx, db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO projection_fence VALUES ($1, 1)
			ON CONFLICT (name) DO UPDATE SET fence = projection_fence.fence + 1`, p.Name); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT fence FROM projection_fence WHERE name = $1`, p.Name).Scan(&fence)
	})
	return fence, err
}

// hold locks the fence for this transaction; ErrFenced if it was taken.
func (p *Projection) hold(ctx context.Context, tx *sql.Tx, fence int64) error {
	done, err := tx.ExecContext(ctx, `UPDATE projection_fence SET fence = $1 WHERE name = $2 AND fence = $3`, fence, p.Name, fence)
	return one(done, err, ErrFenced)
}

// one demands that exactly one row was changed.
func one(done sql.Result, err, none error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, none)
	}
	return nil
}

// answering is the generation that answers, and whether there is one.
func (p *Projection) answering(ctx context.Context, db *sql.DB) (g generation, ok bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT number, version FROM projection_place WHERE name = $1 AND answers = 1`, p.Name).
		Scan(&g.number, &g.version)
	if errors.Is(err, sql.ErrNoRows) {
		return g, false, nil
	}
	return g, err == nil, err
}

// begin registers a new generation.
func (p *Projection) begin(ctx context.Context, db *sql.DB, fence int64) (generation, error) {
	g := generation{version: p.Version}
	return g, transact(ctx, db, func(tx *sql.Tx) error {
		if err := p.hold(ctx, tx, fence); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM projection_place WHERE name = $1`, p.Name).Scan(&g.number)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO projection_place VALUES ($1, $2, $3, 0)`, p.Name, g.number, g.version)
		return err
	})
}

// appoint lets a generation answer, in one step.
func (p *Projection) appoint(ctx context.Context, db *sql.DB, fence int64, g generation) error {
	return transact(ctx, db, func(tx *sql.Tx) error {
		if err := p.hold(ctx, tx, fence); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE projection_place SET answers = CASE WHEN number = $1 THEN 1 ELSE 0 END WHERE name = $2`, g.number, p.Name)
		return err
	})
}

// sweep drops every place that does not answer and is not in keep.
func (p *Projection) sweep(ctx context.Context, db Database, keep func(generation) bool) error {
	var left []generation
	err := each(ctx, db.Registry, `SELECT number, version FROM projection_place WHERE name = $1 AND answers = 0`, func(scan func(...any) error) error {
		var g generation
		err := scan(&g.number, &g.version)
		left = append(left, g)
		return err
	}, p.Name)
	for _, g := range left {
		if err == nil && !keep(g) {
			err = p.drop(ctx, db, g)
		}
	}
	return err
}

// drop removes a closed place and then its row.
func (p *Projection) drop(ctx context.Context, db Database, g generation) error {
	if err := db.Drop(ctx, p.placeOf(g)); err != nil {
		return err
	}
	_, err := db.Registry.ExecContext(ctx, `DELETE FROM projection_place WHERE name = $1 AND number = $2 AND answers = 0`, p.Name, g.number)
	return err
}
