package sqldb

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ayumi/projections"
)

// copier writes one schema with COPY, on a connection of the role that owns it.
// Whatever stops it leaves a schema that is dropped.
type copier struct {
	db      *Postgres
	name    string
	p       *projections.Projection
	conn    *pgx.Conn
	columns [][]string // by table
}

func (d *Postgres) build(ctx context.Context, name string, p *projections.Projection) (projections.Builder, error) {
	if err := d.drop(ctx, name); err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, d.config(d.owner, name, map[string]string{"synchronous_commit": "off", "maintenance_work_mem": "256MB"}))
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", name, err)
	}
	b := &copier{db: d, name: name, p: p, conn: conn}
	for _, t := range p.Tables {
		b.columns = append(b.columns, t.Names())
	}
	d.hold(b, b.Abandon)
	return b, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return d.enter(ctx, tx, name) })
}

// Exec runs statements, one after the other.
func (b *copier) Exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := b.conn.Exec(ctx, columnTypes(s)); err != nil {
			return fmt.Errorf("read models %s: %.80s: %w", b.name, s, err)
		}
	}
	return nil
}

// Put writes a batch.
func (b *copier) Put(ctx context.Context, batch *projections.Batch) error {
	return pgx.BeginFunc(ctx, b.conn, func(tx pgx.Tx) error {
		if err := b.changes(ctx, tx, batch.Changes); err != nil {
			return err
		}
		for n, rows := range batch.Rows {
			if len(rows.Ints) == 0 {
				continue
			}
			t := b.p.Tables[n]
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{t.Name}, b.columns[n], &copied{kinds: t.Kinds(), rows: rows}); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		return nil
	})
}

// changes sends changes of older rows all at once.
func (b *copier) changes(ctx context.Context, tx pgx.Tx, list []projections.Change) error {
	if len(list) == 0 {
		return nil
	}
	var all pgx.Batch
	for _, c := range list {
		text := b.p.Statements[c.Statement]
		all.Queue(text, c.Args...)
	}
	done := tx.SendBatch(ctx, &all)
	var err error
	for _, c := range list {
		tag, fault := done.Exec()
		if fault == nil && tag.RowsAffected() != 1 {
			fault = fmt.Errorf("changed %d rows", tag.RowsAffected())
		}
		if fault != nil {
			err = fmt.Errorf("%q: %w", b.p.Statements[c.Statement], fault)
			break
		}
	}
	return errors.Join(err, done.Close())
}

// copied hands rows of one table to COPY.
type copied struct {
	kinds string
	rows  projections.Rows
	row   []any
}

func (c *copied) Next() bool { return len(c.rows.Ints) > 0 }

func (c *copied) Values() ([]any, error) {
	c.row = c.row[:0]
	for _, k := range []byte(c.kinds) {
		switch k {
		case 'i':
			c.row, c.rows.Ints = append(c.row, c.rows.Ints[0]), c.rows.Ints[1:]
		case 't':
			c.row, c.rows.Texts = append(c.row, c.rows.Texts[0]), c.rows.Texts[1:]
		default:
			c.row, c.rows.Blobs = append(c.row, c.rows.Blobs[0]), c.rows.Blobs[1:]
		}
	}
	return c.row, nil
}

func (c *copied) Err() error { return nil }

// Finish lets the application's role in, tells the planner what lies there, and
// makes everything durable.
func (b *copier) Finish() error {
	ctx := context.Background()
	var err error
	for _, t := range b.p.Tables {
		_, fault := b.conn.Exec(ctx, "ANALYZE "+pgx.Identifier{t.Name}.Sanitize())
		err = errors.Join(err, fault)
	}
	if err == nil {
		_, err = b.conn.Exec(ctx, "SET synchronous_commit = on") // the next commit takes all before it to disk
	}
	if err == nil {
		err = pgx.BeginFunc(ctx, b.conn, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "COMMENT ON SCHEMA "+b.db.schema(b.name)+" IS 'made'"); err != nil {
				return err
			}
			return b.db.grant(ctx, tx, b.name)
		})
	}
	if err != nil {
		return errors.Join(fmt.Errorf("read models %s: %w", b.name, err), b.Abandon())
	}
	return b.Abandon()
}

// Abandon lets the place go as it is.
func (b *copier) Abandon() error {
	if !b.db.release(b) {
		return nil
	}
	return b.conn.Close(context.Background())
}
