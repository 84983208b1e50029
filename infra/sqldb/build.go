package sqldb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/projections"
)

// builder writes one file without a journal and without a sync: whatever stops it
// leaves a file that is thrown away. It talks to the engine without database/sql,
// which takes a third of the time that bulk rows need.
type builder struct {
	db      *DB
	name    string
	p       *projections.Projection
	conn    *sqlite.Conn
	kinds   []string
	many    []*sqlite.Stmt // by table: inserts of runRows rows
	one     []*sqlite.Stmt
	changes []*sqlite.Stmt
	file    *os.File // the same, for the disk
	flushed chan error
	put     int // bytes of rows since the last flush
}

const (
	runRows  = 32
	flushing = 64 << 20 // bytes that are flushed at once
)

func (d *DB) build(ctx context.Context, name string, p *projections.Projection) (projections.Builder, error) {
	if err := d.drop(ctx, name); err != nil {
		return nil, err
	}
	conn, err := sqlite.OpenConn(d.file(name), sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", name, err)
	}
	file, err := os.Open(d.file(name))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", name, err), conn.Close())
	}
	b := &builder{db: d, name: name, p: p, conn: conn, file: file, flushed: make(chan error, 1)}
	b.flushed <- nil
	for _, t := range p.Tables {
		b.kinds = append(b.kinds, t.Kinds())
	}
	d.hold(b, b.Abandon)
	return b, b.Exec(ctx, pageSize, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE",
		"PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 17179869184", fmt.Sprintf("PRAGMA cache_size = -%d", 2*d.o.CacheMB<<10))
}

// Exec runs statements, one after the other.
func (b *builder) Exec(ctx context.Context, statements ...string) error {
	defer b.conn.SetInterrupt(b.conn.SetInterrupt(ctx.Done()))
	if b.put > 0 {
		if err := b.flush(); err != nil {
			return fmt.Errorf("read models %s: %w", b.name, err)
		}
	}
	for _, s := range statements {
		if err := sqlitex.ExecuteTransient(b.conn, s, nil); err != nil {
			return fmt.Errorf("read models %s: %.80s: %w", b.name, s, err)
		}
	}
	return nil
}

// Put writes a batch.
func (b *builder) Put(_ context.Context, batch *projections.Batch) (err error) {
	if err := b.prepare(); err != nil {
		return fmt.Errorf("read models %s: %w", b.name, err)
	}
	defer sqlitex.Save(b.conn)(&err)
	for _, c := range batch.Changes {
		if err := b.change(c); err != nil {
			return fmt.Errorf("%q: %w", b.p.Statements[c.Statement], err)
		}
	}
	for n, rows := range batch.Rows {
		if err := b.rows(n, rows); err != nil {
			return fmt.Errorf("table %s: %w", b.p.Tables[n].Name, err)
		}
		for _, v := range rows.Blobs {
			b.put += len(v)
		}
	}
	if b.put < flushing {
		return nil
	}
	return b.flush()
}

// flush lets the disk write while rows are made: Finish would wait for all of it.
func (b *builder) flush() error {
	select {
	case err := <-b.flushed: // the one before
		b.put = 0
		go func() { b.flushed <- errors.Join(err, b.file.Sync()) }()
		return err
	default:
		return nil
	}
}

func (b *builder) prepare() error {
	if b.many != nil {
		return nil
	}
	add := func(to *[]*sqlite.Stmt, text string) error {
		s, _, err := b.conn.PrepareTransient(text)
		*to = append(*to, s)
		return err
	}
	var err error
	for _, t := range b.p.Tables {
		err = errors.Join(err, add(&b.many, t.Insert(runRows, mark)), add(&b.one, t.Insert(1, mark)))
	}
	for _, text := range b.p.Statements {
		err = errors.Join(err, add(&b.changes, text))
	}
	return err
}

func (b *builder) change(c projections.Change) error {
	s := b.changes[c.Statement]
	for i, v := range c.Args {
		switch v := v.(type) {
		case int64:
			s.BindInt64(i+1, v)
		case string:
			s.BindText(i+1, v)
		default:
			return fmt.Errorf("argument %d is a %T", i+1, v)
		}
	}
	if err := run(s); err != nil {
		return err
	}
	if n := b.conn.Changes(); n != 1 {
		return fmt.Errorf("changed %d rows", n)
	}
	return nil
}

func (b *builder) rows(table int, rows projections.Rows) error {
	kinds := b.kinds[table]
	ints := strings.Count(kinds, "i")
	for len(rows.Ints) > 0 {
		s, n := b.many[table], runRows
		if len(rows.Ints) < runRows*ints {
			s, n = b.one[table], 1
		}
		at := 0
		for range n {
			for _, k := range []byte(kinds) {
				at++
				switch k {
				case 'i':
					s.BindInt64(at, rows.Ints[0])
					rows.Ints = rows.Ints[1:]
				case 't':
					s.BindText(at, rows.Texts[0])
					rows.Texts = rows.Texts[1:]
				default:
					s.BindBytes(at, rows.Blobs[0])
					rows.Blobs = rows.Blobs[1:]
				}
			}
		}
		if err := run(s); err != nil {
			return err
		}
	}
	return nil
}

func run(s *sqlite.Stmt) error {
	_, err := s.Step()
	return errors.Join(err, s.Reset())
}

// Finish makes the place durable and lets it go.
func (b *builder) Finish() error {
	return b.leave(func() error { return errors.Join(b.file.Sync(), synced(b.db.dir)) })
}

// Abandon lets the place go as it is.
func (b *builder) Abandon() error { return b.leave(func() error { return nil }) }

func (b *builder) leave(last func() error) error {
	if !b.db.release(b) {
		return nil
	}
	err := <-b.flushed
	for _, list := range [][]*sqlite.Stmt{b.many, b.one, b.changes} {
		for _, s := range list {
			if s != nil {
				err = errors.Join(err, s.Finalize())
			}
		}
	}
	err = errors.Join(err, b.conn.Close())
	if err == nil {
		err = last()
	}
	// Not before the connection: closing a file lets go of all locks that the process has on it.
	return errors.Join(err, b.file.Close())
}
