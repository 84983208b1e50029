package sqldb

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"ayumi/projections"
)

// builder writes one file without a journal and without a sync: whatever stops it
// leaves a file that is thrown away. It talks to the engine itself: database/sql takes
// a third of the time that bulk rows need.
type builder struct {
	db      *DB
	name    string
	p       *projections.Projection
	conn    *conn
	tables  []*filling
	changes []*statement
	begin   *statement
	commit  *statement
	disk    *os.File // the same file
	flushed chan error
	put     int // bytes of rows since the last flush
	fault   error
}

// heed remembers the first fault. Without a journal nobody knows what the file holds
// after it, and pages that a full disk did not take end the program when they are read
// from its memory map: from then on nothing is asked of the engine but to let go.
func (b *builder) heed(err error) error {
	b.fault = cmp.Or(b.fault, err)
	return err
}

// filling is a table that gets its rows.
type filling struct {
	kinds string

	ints, texts, blobs int // in a row, by kind

	many, one *statement // inserts of runRows rows
	follow    *statement // of runRows rows whose keys follow the greatest; nil: no keys
	greatest  int64      // key that was ever there
	sure      bool       // it still is
}

const (
	runRows  = 32
	flushing = 64 << 20 // bytes that are flushed at once
)

func (d *DB) build(ctx context.Context, name string, p *projections.Projection) (projections.Builder, error) {
	if err := d.drop(ctx, name); err != nil {
		return nil, err
	}
	conn, err := openConn(d.file(name))
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", name, err)
	}
	disk, err := os.Open(d.file(name))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", name, err), conn.close())
	}
	b := &builder{db: d, name: name, p: p, conn: conn, disk: disk, flushed: make(chan error, 1)}
	b.flushed <- nil
	d.hold(b, b.Abandon)
	return b, b.Exec(ctx, pageSize, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE",
		"PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 17179869184", fmt.Sprintf("PRAGMA cache_size = -%d", 2*d.o.CacheMB<<10))
}

// Exec runs statements, one after the other.
func (b *builder) Exec(ctx context.Context, statements ...string) error {
	if b.fault != nil {
		return b.fault
	}
	return b.heed(b.exec(ctx, statements))
}

func (b *builder) exec(ctx context.Context, statements []string) error {
	if b.put > 0 {
		if err := b.flush(); err != nil {
			return fmt.Errorf("read models %s: %w", b.name, err)
		}
	}
	for _, s := range statements {
		if err := b.conn.exec(ctx, s); err != nil {
			return fmt.Errorf("read models %s: %.80s: %w", b.name, s, err)
		}
	}
	return nil
}

// Put writes a batch. After a fault the place can only be thrown away.
func (b *builder) Put(_ context.Context, batch *projections.Batch) error {
	if b.fault != nil {
		return b.fault
	}
	return b.heed(b.write(batch))
}

func (b *builder) write(batch *projections.Batch) error {
	if err := b.prepare(); err != nil {
		return fmt.Errorf("read models %s: %w", b.name, err)
	}
	if err := b.begin.run(); err != nil {
		return err
	}
	for _, c := range batch.Changes {
		if err := b.change(c); err != nil {
			return fmt.Errorf("%q: %w", b.p.Statements[c.Statement], err)
		}
	}
	for n, rows := range batch.Rows {
		if len(batch.Changes) > 0 {
			b.tables[n].sure = false
		}
		if err := b.rows(b.tables[n], rows); err != nil {
			return fmt.Errorf("table %s: %w", b.p.Tables[n].Name, err)
		}
		for _, v := range rows.Blobs {
			b.put += len(v)
		}
	}
	if err := b.commit.run(); err != nil || b.put < flushing {
		return err
	}
	return b.flush()
}

// flush lets the disk write while rows are made: Finish would wait for all of it.
func (b *builder) flush() error {
	select {
	case err := <-b.flushed: // the one before
		b.put = 0
		go func() { b.flushed <- errors.Join(err, b.disk.Sync()) }()
		return err
	default:
		return nil
	}
}

func (b *builder) prepare() error {
	if b.tables != nil {
		return nil
	}
	var err error
	add := func(text string) *statement {
		s, fault := b.conn.prepare(text)
		err = errors.Join(err, fault)
		return s
	}
	for _, t := range b.p.Tables {
		f := &filling{kinds: t.Kinds(), many: add(t.Insert(runRows, mark)), one: add(t.Insert(1, mark)), sure: true}
		f.ints, f.texts, f.blobs = strings.Count(f.kinds, "i"), strings.Count(f.kinds, "t"), strings.Count(f.kinds, "b")
		if text := t.Follow(runRows, mark); text != "" {
			f.follow = add(text)
		}
		b.tables = append(b.tables, f)
	}
	for _, text := range b.p.Statements {
		b.changes = append(b.changes, add(text))
	}
	b.begin, b.commit = add("BEGIN"), add("COMMIT")
	return err
}

func (b *builder) change(c projections.Change) error {
	s := b.changes[c.Statement]
	size := 0
	for _, v := range c.Args {
		if v, ok := v.(string); ok {
			size += len(v)
		}
	}
	if err := b.conn.reserve(size); err != nil {
		return err
	}
	for i, v := range c.Args {
		switch v := v.(type) {
		case int64:
			s.bindInt(i+1, v)
		case string:
			s.bindText(i+1, v)
		default:
			return fmt.Errorf("argument %d is a %T", i+1, v)
		}
	}
	if err := s.run(); err != nil {
		return err
	}
	if n := b.conn.changes(); n != 1 {
		return fmt.Errorf("changed %d rows", n)
	}
	return nil
}

func (b *builder) rows(t *filling, rows projections.Rows) error {
	for len(rows.Ints) > 0 {
		n := runRows
		if len(rows.Ints) < n*t.ints {
			n = 1
		}
		var err error
		if rows, err = b.run(t, n, rows); err != nil {
			return err
		}
	}
	return nil
}

// run adds n rows and answers the others.
func (b *builder) run(t *filling, n int, rows projections.Rows) (projections.Rows, error) {
	size := 0
	for _, v := range rows.Texts[:n*t.texts] {
		size += len(v)
	}
	for _, v := range rows.Blobs[:n*t.blobs] {
		size += len(v)
	}
	if err := b.conn.reserve(size); err != nil {
		return rows, err
	}
	s, follow := t.one, t.keys(n, rows.Ints)
	switch {
	case n == runRows && follow:
		s = t.follow
	case n == runRows:
		s = t.many
	}
	at := 0
	for range n {
		for i, k := range []byte(t.kinds) {
			if i == 0 && s == t.follow { // the engine gives it
				rows.Ints = rows.Ints[1:]
				continue
			}
			at++
			switch k {
			case 'i':
				s.bindInt(at, rows.Ints[0])
				rows.Ints = rows.Ints[1:]
			case 't':
				s.bindText(at, rows.Texts[0])
				rows.Texts = rows.Texts[1:]
			default:
				s.bindBytes(at, rows.Blobs[0])
				rows.Blobs = rows.Blobs[1:]
			}
		}
	}
	if err := s.run(); err != nil {
		return rows, err
	}
	if s == t.follow && b.conn.lastKey() != t.greatest {
		return rows, fmt.Errorf("row %d was put at %d", t.greatest, b.conn.lastKey())
	}
	return rows, nil
}

// keys tells whether the keys of the next n rows follow the greatest one in the table,
// and remembers which is the greatest after them.
func (t *filling) keys(n int, ints []int64) bool {
	if t.follow == nil {
		return false
	}
	was, follow := t.greatest, t.sure
	for i := range n {
		key := ints[i*t.ints]
		follow = follow && key == was+1+int64(i)
		if key > t.greatest {
			t.greatest, t.sure = key, true
		}
	}
	return follow
}

// Finish makes the place durable and lets it go.
func (b *builder) Finish() error {
	return b.leave(func() error { return cmp.Or(b.fault, errors.Join(b.disk.Sync(), synced(b.db.dir))) })
}

// Abandon lets the place go as it is.
func (b *builder) Abandon() error { return b.leave(func() error { return nil }) }

func (b *builder) leave(last func() error) error {
	if !b.db.release(b) {
		return nil
	}
	err := <-b.flushed
	for _, t := range b.tables {
		for _, s := range []*statement{t.many, t.one, t.follow} {
			err = errors.Join(err, s.finalize())
		}
	}
	for _, s := range append(b.changes, b.begin, b.commit) {
		err = errors.Join(err, s.finalize())
	}
	err = errors.Join(err, b.conn.close())
	if err == nil {
		err = last()
	}
	// Not before the connection: closing a file lets go of all locks that the process has on it.
	return errors.Join(err, b.disk.Close())
}
