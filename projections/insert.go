package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// inserter writes the batches of one projection, small ones, in a place that
// answers, on the one connection that writes there.
type inserter struct {
	p          *Projection
	conn       *sql.Conn
	inserts    []*sql.Stmt // by table
	kinds      []string
	statements []*sql.Stmt
	args       []any // reused
}

func newInserter(ctx context.Context, p *Projection, place *Place) (*inserter, error) {
	conn, err := place.Write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	i := &inserter{p: p, conn: conn}
	add := func(to *[]*sql.Stmt, text string) {
		s, fault := conn.PrepareContext(ctx, text)
		if fault != nil {
			err = errors.Join(err, fmt.Errorf("%.60s: %w", text, fault))
			return
		}
		*to = append(*to, s)
	}
	for _, t := range p.Tables {
		add(&i.inserts, t.Insert(1, func(n int) string { return "$" + strconv.Itoa(n) }))
		i.kinds = append(i.kinds, t.Kinds())
	}
	for _, text := range p.Statements {
		add(&i.statements, text)
	}
	if err != nil {
		return nil, errors.Join(err, i.close())
	}
	return i, nil
}

func (i *inserter) close() error {
	var err error
	for _, s := range append(i.inserts, i.statements...) {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, i.conn.Close())
}

// put writes a batch in a transaction of the connection.
func (i *inserter) put(ctx context.Context, tx *sql.Tx, b *Batch) error {
	for _, c := range b.Changes {
		done, err := tx.StmtContext(ctx, i.statements[c.Statement]).ExecContext(ctx, c.Args...)
		if err := one(done, err, errNotOne); err != nil {
			return fmt.Errorf("%q: %w", i.p.Statements[c.Statement], err)
		}
	}
	for n, r := range b.Rows {
		if len(r.Ints) == 0 {
			continue
		}
		s := tx.StmtContext(ctx, i.inserts[n])
		for len(r.Ints) > 0 {
			if _, err := s.ExecContext(ctx, i.next(i.kinds[n], &r)...); err != nil {
				return fmt.Errorf("table %s: %w", i.p.Tables[n].Name, err)
			}
		}
	}
	return nil
}

var errNotOne = errors.New("not exactly one row was changed")

// next takes one row off.
func (i *inserter) next(kinds string, r *Rows) []any {
	i.args = i.args[:0]
	for _, k := range kinds {
		switch k {
		case 'i':
			i.args, r.Ints = append(i.args, r.Ints[0]), r.Ints[1:]
		case 't':
			i.args, r.Texts = append(i.args, r.Texts[0]), r.Texts[1:]
		default:
			i.args, r.Blobs = append(i.args, r.Blobs[0]), r.Blobs[1:]
		}
	}
	return i.args
}
