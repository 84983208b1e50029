// Package projections keeps the read models: tables of facts and ciphertext that
// follow from the log and can be made again from it at any time. One Runner
// feeds them all, each exactly once; each read model is one file with its
// tables, its fold and its queries.
package projections

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"

	"ayumi/domain"
)

// Feed hands out the log.
type Feed interface {
	// Events yields every event after a position, live, in order and without a
	// gap, until ctx ends.
	Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error]
}

// Projection is one read model: its identity is name and version. A change of
// its tables or its fold needs a new version; the Runner then builds it beside
// the old one.
type Projection struct {
	Name       string
	Version    int
	Tables     []Table
	Statements []string // changes of older rows; $1 is an argument
	Leaves     bool     // the fold reads the leaf hash of events
	Parks      bool     // a stream with an undecodable event is set aside; else the whole projection stops
	New        func() Fold

	shelf   shelf
	state   atomic.Pointer[Status]
	built   atomic.Int64           // how often tables of it have taken over
	spoiled atomic.Pointer[string] // why the last build stopped
}

// Table is one table of a projection.
type Table struct {
	Name    string
	Columns []string // "position INTEGER PRIMARY KEY", …
	Moves   bool     // a row takes the place of the one with its key, the first column
	Early   []string // columns of indexes that the fold needs while building
	Indexes []string // the other indexes, made after the rows: columns, or columns WHERE a condition
}

// answering is a Fold that wants to know when its tables begin to answer.
type answering interface{ Answers() }

// holding is a Fold that keeps rows back which later events move: while its tables
// are under construction rows are only added.
type holding interface {
	Hold()
	Release(b *Batch) // adds them; from now on rows are written as they come
}

// Fold turns events into rows. What it must remember beside the tables it loads
// at the start.
type Fold interface {
	// Load reads back what the fold remembers, at a checkpoint. It answers the
	// position from which it has to see the events again (see Warm): the
	// checkpoint itself if none.
	Load(ctx context.Context, t Tables, checkpoint uint64) (uint64, error)
	// Warm sees an event again whose rows lie in the tables.
	Warm(e *Event) error
	// Apply adds what one event changes. On an error it has added nothing and
	// remembers nothing of the event.
	Apply(e *Event, b *Batch) error
	// Finish adds what the fold kept back while the batch was open.
	Finish(b *Batch)
}

// Insert writes the INSERT of n rows; mark is the nth placeholder, from 1.
func (t Table) Insert(n int, mark func(n int) string) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.Name)
	values(&b, n, len(t.Columns), mark)
	if t.Moves {
		names := t.Names()
		b.WriteString(" ON CONFLICT (" + names[0] + ") DO UPDATE SET ")
		for i, name := range names[1:] {
			b.WriteString(", "[:2*min(i, 1)] + name + " = excluded." + name)
		}
	}
	return b.String()
}

// Follow writes the INSERT of n rows whose keys are the numbers after the greatest one
// in the table: they are left to the engine, which need not look for the place then.
// "" if the table has no key, or nothing else.
func (t Table) Follow(n int, mark func(n int) string) string {
	if len(t.Columns) == 1 || !strings.HasSuffix(t.Columns[0], " INTEGER PRIMARY KEY") {
		return ""
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.Name + " (" + strings.Join(t.Names()[1:], ", ") + ")")
	values(&b, n, len(t.Columns)-1, mark)
	return b.String()
}

func values(b *strings.Builder, n, columns int, mark func(n int) string) {
	b.WriteString(" VALUES ")
	for i := range n * columns {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%columns == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		b.WriteString(mark(i + 1))
	}
	b.WriteByte(')')
}

// Names are the names of the columns.
func (t Table) Names() []string {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i], _, _ = strings.Cut(column, " ")
	}
	return names
}

// Kinds is the kind of each column: i for whole numbers, t for text, b for bytes.
func (t Table) Kinds() string {
	kinds := make([]byte, len(t.Columns))
	for i, column := range t.Columns {
		switch kind := strings.Fields(column)[1]; kind {
		case "INTEGER", "BIGINT":
			kinds[i] = 'i'
		case "TEXT":
			kinds[i] = 't'
		case "BYTEA":
			kinds[i] = 'b'
		default:
			panic("column of unknown kind " + column)
		}
	}
	return string(kinds)
}

func (t Table) create() string {
	return "CREATE TABLE " + t.Name + " (" + strings.Join(t.Columns, ", ") + ")"
}

// indexes writes the statements that make indexes; kind tells two lists apart.
func (t Table) indexes(kind string, list []string) []string {
	var out []string
	for i, columns := range list {
		columns, where, partial := strings.Cut(columns, " WHERE ")
		if partial {
			where = " WHERE " + where
		}
		out = append(out, fmt.Sprintf("CREATE INDEX %s_%s%d ON %s (%s)%s", t.Name, kind, i, t.Name, columns, where))
	}
	return out
}

// Batch collects what a run of events changes in the tables of one projection.
// Changes come before rows when it is written.
type Batch struct {
	Rows    []Rows // by table
	Changes []Change
}

// Rows are rows of one table, their values by kind in order of rows and columns.
type Rows struct {
	Ints  []int64
	Texts []string
	Blobs [][]byte
}

// Change is a change of older rows: one of the projection's statements. It must
// change exactly one row.
type Change struct {
	Statement int
	Args      []any
}

// Add begins a row of the table with this number; its values follow, in the
// order of the columns.
func (b *Batch) Add(table int) *Rows { return &b.Rows[table] }

// Int adds whole numbers.
func (r *Rows) Int(v ...int64) *Rows {
	r.Ints = append(r.Ints, v...)
	return r
}

// Text adds texts.
func (r *Rows) Text(v ...string) *Rows {
	r.Texts = append(r.Texts, v...)
	return r
}

// Blob adds bytes, which stay as they are until the batch is written.
func (r *Rows) Blob(v ...[]byte) *Rows {
	r.Blobs = append(r.Blobs, v...)
	return r
}

// Do changes rows that lay in the tables before this batch.
func (b *Batch) Do(statement int, args ...any) {
	b.Changes = append(b.Changes, Change{statement, args})
}

func (b *Batch) clear() {
	for i := range b.Rows {
		r := &b.Rows[i]
		clear(r.Texts)
		clear(r.Blobs)
		r.Ints, r.Texts, r.Blobs = r.Ints[:0], r.Texts[:0], r.Blobs[:0]
	}
	clear(b.Changes)
	b.Changes = b.Changes[:0]
}
