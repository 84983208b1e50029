package projections

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// inserter writes the batches of one projection in a place. It hands rows
// straight to the driver: database/sql looks at every value again, which takes a
// tenth of a rebuild. Its statements belong to one connection, which it keeps.
type inserter struct {
	p          *Projection
	db         Database
	conn       *sql.Conn
	many, one  []driver.StmtExecContext // by table: inserts of many rows, of one row
	statements []*sql.Stmt
	args       []driver.NamedValue // reused
}

var errDriver = errors.New("driver lacks contexts")

func newInserter(ctx context.Context, db Database, p *Projection, place *Place) (*inserter, error) {
	conn, err := place.Write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	i := &inserter{p: p, db: db, conn: conn}
	for _, t := range p.Tables {
		err = errors.Join(err, i.prepare(ctx, &i.many, db.insert(t, db.rowsPerInsert())), i.prepare(ctx, &i.one, db.insert(t, 1)))
	}
	for _, text := range p.Statements {
		s, fault := conn.PrepareContext(ctx, text)
		i.statements, err = append(i.statements, s), errors.Join(err, fault)
	}
	if err != nil {
		return nil, errors.Join(err, i.close())
	}
	return i, nil
}

func (i *inserter) prepare(ctx context.Context, to *[]driver.StmtExecContext, text string) error {
	return i.conn.Raw(func(c any) error {
		preparer, ok := c.(driver.ConnPrepareContext)
		if !ok {
			return fmt.Errorf("%w: %T", errDriver, c)
		}
		prepared, err := preparer.PrepareContext(ctx, text)
		if err != nil {
			return fmt.Errorf("%.60s: %w", text, err)
		}
		s, ok := prepared.(driver.StmtExecContext)
		if !ok {
			return errors.Join(fmt.Errorf("%w: %T", errDriver, prepared), prepared.Close())
		}
		*to = append(*to, s)
		return nil
	})
}

func (i *inserter) close() error {
	var err error
	for _, s := range i.statements {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	fault := i.conn.Raw(func(any) error {
		for _, s := range append(i.many, i.one...) {
			err = errors.Join(err, s.(driver.Stmt).Close())
		}
		return nil
	})
	return errors.Join(err, fault, i.conn.Close())
}

// put writes a batch in the transaction that is open on the connection.
func (i *inserter) put(ctx context.Context, tx *sql.Tx, b *Batch) error {
	for _, s := range b.statements {
		done, err := tx.StmtContext(ctx, i.statements[s.number]).ExecContext(ctx, s.args...)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("%q changed %d rows", i.p.Statements[s.number], n))
		}
	}
	return i.conn.Raw(func(any) error {
		for n, values := range b.rows {
			columns := len(i.p.Tables[n].Columns)
			run := columns * i.db.rowsPerInsert()
			whole := len(values) / run * run
			err := i.rows(ctx, i.many[n], run, values[:whole])
			if err == nil {
				err = i.rows(ctx, i.one[n], columns, values[whole:])
			}
			if err != nil {
				return fmt.Errorf("table %s: %w", i.p.Tables[n].Name, err)
			}
		}
		return nil
	})
}

// rows runs an insert for each run of values, which are int64, string or []byte.
func (i *inserter) rows(ctx context.Context, s driver.StmtExecContext, run int, values []any) error {
	for len(i.args) < run {
		i.args = append(i.args, driver.NamedValue{Ordinal: len(i.args) + 1})
	}
	for ; len(values) > 0; values = values[run:] {
		for n, v := range values[:run] {
			i.args[n].Value = v
		}
		if _, err := s.ExecContext(ctx, i.args[:run]); err != nil {
			return err
		}
	}
	return nil
}
