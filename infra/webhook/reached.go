package webhook

import (
	"context"
	"database/sql"
	"errors"
)

// hold takes or renews the right to deliver; false if another instance has it.
func (s *Store) hold(ctx context.Context, holder string) (bool, error) {
	now := s.now()
	done, err := s.db.ExecContext(ctx, `INSERT INTO webhook_turn (one, holder, until) VALUES (1, $1, $2)
		ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE webhook_turn.holder = excluded.holder OR webhook_turn.until < $3`, holder, now.Add(turnHeld).UnixMilli(), now.UnixMilli())
	if err != nil {
		return false, wrap(err)
	}
	n, err := done.RowsAffected()
	return n == 1, wrap(err)
}

// leave gives the right to deliver back.
func (s *Store) leave(ctx context.Context, holder string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM webhook_turn WHERE holder = $1`, holder)
	return wrap(err)
}

// reach moves a subscription past events that it does not want. ErrMoved: it does not
// stand where it was read, so another instance delivers, or somebody turned it.
func (s *Store) reach(ctx context.Context, was Subscription, position uint64) error {
	return s.moved(ctx, s.db, `UPDATE webhook SET reached = $2 WHERE id = $1 AND reached = $3 AND state = 'active'`, was.ID, int64(position), int64(was.Reached))
}

// tried writes down what became of a try, in one step with how far the subscription has
// come: a kill between the request and here means the same request again, never a loss.
func (s *Store) tried(ctx context.Context, now Subscription, reached uint64, done Delivery) error {
	tx, err := s.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return wrap(err)
	}
	defer tx.Rollback()
	due := int64(0)
	if !now.Due.IsZero() {
		due = now.Due.UnixMilli()
	}
	if err := s.moved(ctx, tx, `UPDATE webhook SET reached = $2, state = $4, tries = $5, due = $6, cause = $7 WHERE id = $1 AND reached = $3 AND state = 'active'`,
		now.ID, int64(reached), int64(now.Reached), now.State, now.Tries, due, now.Cause); err != nil {
		return err
	}
	if err := s.note(ctx, tx, now.ID, done); err != nil {
		return err
	}
	return wrap(tx.Commit())
}

// record writes down a delivery beside the order.
func (s *Store) record(ctx context.Context, id string, done Delivery) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(err)
	}
	defer tx.Rollback()
	if err := s.note(ctx, tx, id, done); err != nil {
		return err
	}
	return wrap(tx.Commit())
}

func (s *Store) note(ctx context.Context, tx *sql.Tx, id string, d Delivery) error {
	var no int
	err := tx.QueryRowContext(ctx, `UPDATE webhook SET sent = sent + 1 WHERE id = $1 RETURNING sent`, id).Scan(&no)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrUnknown
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO webhook_delivery (webhook, no, at, position, type, status, outcome, took) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, no, d.At.UnixMilli(), int64(d.Position), d.Type, d.Status, d.Outcome, d.Took.Milliseconds())
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM webhook_delivery WHERE webhook = $1 AND no <= $2`, id, no-Kept)
	}
	return wrap(err)
}

func (s *Store) moved(ctx context.Context, at interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, statement string, args ...any) error {
	done, err := at.ExecContext(context.WithoutCancel(ctx), statement, args...)
	if err != nil {
		return wrap(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(wrap(err), ErrMoved)
	}
	return nil
}
