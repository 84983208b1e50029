package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// inserter writes the batches of one projection in a place that answers, on the one
// connection that writes there.
type inserter struct {
	p       *Projection
	conn    *sql.Conn
	one     []*sql.Stmt // by table: inserts of one row
	many    []*sql.Stmt // of manyRows
	kinds   []string
	changes []*sql.Stmt // by statement of the projection
	args    []any       // reused
}

// manyRows is how many rows one statement adds while a batch is large: a statement
// costs more than a row.
const manyRows = 16

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
		add(&i.one, t.Insert(1, place.Mark))
		add(&i.many, t.Insert(manyRows, place.Mark))
		i.kinds = append(i.kinds, t.Kinds())
	}
	for _, text := range p.Statements {
		add(&i.changes, text)
	}
	if err != nil {
		return nil, errors.Join(err, i.close())
	}
	return i, nil
}

func (i *inserter) close() error {
	var err error
	for _, s := range slices.Concat(i.one, i.many, i.changes) {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, i.conn.Close())
}

// put writes a batch in a transaction of the connection. That must not end by its
// context meanwhile: what is written after it would stand alone.
func (i *inserter) put(ctx context.Context, b *Batch) error {
	for _, c := range b.Changes {
		done, err := i.changes[c.Statement].ExecContext(ctx, c.Args...)
		if err := one(done, err, errNotOne); err != nil {
			return fmt.Errorf("%q: %w", i.p.Statements[c.Statement], err)
		}
	}
	for n, r := range b.Rows {
		if err := i.rows(ctx, n, r); err != nil {
			return fmt.Errorf("table %s: %w", i.p.Tables[n].Name, err)
		}
	}
	return nil
}

var errNotOne = errors.New("not exactly one row was changed")

func (i *inserter) rows(ctx context.Context, table int, r Rows) error {
	ints := strings.Count(i.kinds[table], "i")
	for len(r.Ints) > 0 {
		s, n := i.many[table], manyRows
		if len(r.Ints) < manyRows*ints {
			s, n = i.one[table], 1
		}
		i.args = i.args[:0]
		for range n {
			i.next(i.kinds[table], &r)
		}
		if _, err := s.ExecContext(ctx, i.args...); err != nil {
			return err
		}
	}
	return nil
}

// next takes one row off.
func (i *inserter) next(kinds string, r *Rows) {
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
}
