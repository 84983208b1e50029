package keyring

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

func (d *database) look(ctx context.Context, since int64) (s standing, err error) {
	var b pgx.Batch
	b.Queue(`SELECT coalesce(max(epoch), 0), (SELECT probe FROM ayumi_keys.epochs ORDER BY epoch DESC LIMIT 1),
		(SELECT coalesce(max(destroyed), 0) FROM ayumi_keys.keys) FROM ayumi_keys.epochs`).QueryRow(func(row pgx.Row) error {
		return row.Scan(&s.epoch, &s.probe, &s.count)
	})
	b.Queue("SELECT destroyed, owner FROM ayumi_keys.keys WHERE destroyed > $1 ORDER BY destroyed", since).Query(func(rows pgx.Rows) error {
		var owner string
		_, err := pgx.ForEachRow(rows, []any{&s.count, &owner}, func() error {
			s.destroyed = append(s.destroyed, owner)
			return nil
		})
		return err
	})
	return s, d.away(ctx, d.pool.SendBatch(ctx, &b).Close())
}

const oneRow = "SELECT epoch, wrapped FROM ayumi_keys.keys WHERE owner = $1"

func (d *database) read(ctx context.Context, owner string) (r row, err error) {
	err = d.pool.QueryRow(ctx, oneRow, owner).Scan(&r.epoch, &r.wrapped)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, errNoKey
	}
	return r, d.away(ctx, err)
}

// durable keeps to the disk of the server whatever the server is set to: only what
// promises more than that is left.
const durable = "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true)"

const (
	withOthers    = "SELECT " + durable + ", pg_advisory_xact_lock_shared($1)"
	withoutOthers = "SELECT " + durable + ", pg_advisory_xact_lock($1)"
)

// locked does statements in one transaction, after a lock.
func (d *database) locked(ctx context.Context, lock string, number int64, work func(tx pgx.Tx, b *pgx.Batch) error) error {
	select {
	case d.write <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.write }()
	// Each statement sees what was committed before it, and the lock is had first.
	o := pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}
	return d.away(ctx, pgx.BeginTxFunc(ctx, d.pool, o, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		b.Queue(lock, number)
		return work(tx, b)
	}))
}

func (d *database) insert(ctx context.Context, owner string, r row) (stands row, err error) {
	found := false
	err = d.locked(ctx, withOthers, lockTurn, func(tx pgx.Tx, b *pgx.Batch) error {
		b.Queue(`INSERT INTO ayumi_keys.keys (owner, epoch, wrapped) SELECT $1::text, $2::bigint, $3::bytea
			WHERE $2::bigint = (SELECT max(epoch) FROM ayumi_keys.epochs) ON CONFLICT DO NOTHING`, owner, r.epoch, r.wrapped)
		b.Queue(oneRow, owner).Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&stands.epoch, &stands.wrapped}, func() error { found = true; return nil })
			return err
		})
		return tx.SendBatch(ctx, b).Close()
	})
	if err == nil && !found {
		err = errEpoch
	}
	return stands, err
}

func (d *database) destroy(ctx context.Context, owner string, epoch int64) error {
	err := d.locked(ctx, withOthers, lockTurn, func(tx pgx.Tx, b *pgx.Batch) error {
		b.Queue(`INSERT INTO ayumi_keys.keys AS k (owner, epoch, wrapped, destroyed)
			VALUES ($1, $2, NULL, (SELECT coalesce(max(destroyed), 0) + 1 FROM ayumi_keys.keys))
			ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, destroyed = excluded.destroyed WHERE k.wrapped IS NOT NULL`, owner, epoch)
		return tx.SendBatch(ctx, b).Close()
	})
	if err == nil {
		d.sweep(ctx)
	}
	return err
}

// wrappedAtOnce is how many keys are wrapped anew in one statement.
const wrappedAtOnce = 5000

func (d *database) rewrite(ctx context.Context, from, epoch int64, probe []byte, wrap wrapper) error {
	var bad error // of wrapping
	err := d.locked(ctx, withoutOthers, lockTurn, func(tx pgx.Tx, b *pgx.Batch) error {
		newest := int64(0)
		b.Queue("SELECT coalesce(max(epoch), 0) FROM ayumi_keys.epochs").QueryRow(func(row pgx.Row) error { return row.Scan(&newest) })
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		if newest != from {
			return errEpoch
		}
		for last := ""; ; {
			owners, boxes, err := wrapped(ctx, tx, last, func(owner string, r row) ([]byte, error) {
				box, err := wrap(owner, r)
				bad = err
				return box, err
			})
			if err != nil {
				return err
			}
			if len(owners) == 0 {
				break
			}
			last = owners[len(owners)-1]
			if _, err := tx.Exec(ctx, `UPDATE ayumi_keys.keys AS k SET epoch = $1, wrapped = n.wrapped
				FROM unnest($2::text[], $3::bytea[]) AS n (owner, wrapped) WHERE k.owner = n.owner`, epoch, owners, boxes); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "INSERT INTO ayumi_keys.epochs (epoch, probe) VALUES ($1, $2)", epoch, probe)
		return err
	})
	switch {
	case bad != nil:
		return bad
	case err == nil && from > 0:
		d.sweep(ctx)
	}
	return err
}

// wrapped reads the next keys and wraps them anew.
func wrapped(ctx context.Context, tx pgx.Tx, after string, wrap wrapper) (owners []string, boxes [][]byte, err error) {
	rows, err := tx.Query(ctx, "SELECT owner, epoch, wrapped FROM ayumi_keys.keys WHERE owner > $1 AND wrapped IS NOT NULL ORDER BY owner LIMIT $2", after, wrappedAtOnce)
	if err != nil {
		return nil, nil, err
	}
	var owner string
	var r row
	_, err = pgx.ForEachRow(rows, []any{&owner, &r.epoch, &r.wrapped}, func() error {
		box, err := wrap(owner, r)
		owners, boxes = append(owners, owner), append(boxes, box)
		return err
	})
	return owners, boxes, err
}

// sweep takes old versions of rows out of the table, where the role may. It is not
// what ends them: copies of pages and WAL lie elsewhere. So its faults are none.
func (d *database) sweep(ctx context.Context) {
	_ = d.asOwner(ctx, func(conn *pgx.Conn) error {
		may := false
		err := conn.QueryRow(ctx, "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'ayumi_keys.keys'::regclass").Scan(&may)
		if err == nil && may {
			_, err = conn.Exec(ctx, "VACUUM ayumi_keys.keys")
		}
		return err
	})
}

// alone holds a lock on a connection of its own. Where that is lost, KEKs are still
// never written over, and a rewriting still finds that another was first.
func (d *database) alone(ctx context.Context, work func() error) error {
	select {
	case d.one <- struct{}{}: // the others of this process would take all connections
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.one }()
	var did error
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		// By the simple protocol: a portal would keep what it saw, and old rows with it.
		if _, err := tx.Exec(ctx, "SELECT set_config('idle_in_transaction_session_timeout', '0', true), pg_advisory_xact_lock($1)",
			pgx.QueryExecModeSimpleProtocol, lockAlone); err != nil {
			return err
		}
		did = work()
		return did
	})
	if did != nil {
		return did
	}
	return d.away(ctx, err)
}

func (d *database) mark(ctx context.Context) (m Mark, err error) {
	err = d.pool.QueryRow(ctx, "SELECT position, event FROM ayumi_keys.mark").Scan(&m.Position, &m.Event)
	if errors.Is(err, pgx.ErrNoRows) {
		return Mark{}, nil
	}
	return m, d.away(ctx, err)
}

func (d *database) keepMark(ctx context.Context, m Mark) error {
	return d.locked(ctx, withOthers, lockTurn, func(tx pgx.Tx, b *pgx.Batch) error {
		b.Queue("INSERT INTO ayumi_keys.mark (one, position, event) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET position = excluded.position, event = excluded.event", m.Position, m.Event)
		return tx.SendBatch(ctx, b).Close()
	})
}

// weak are the settings of the server that let a power cut take what was answered.
func (d *database) weak(ctx context.Context) (list []string, err error) {
	var rows pgx.Rows
	if rows, err = d.pool.Query(ctx, "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name"); err == nil {
		list, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	return list, d.away(ctx, err)
}
