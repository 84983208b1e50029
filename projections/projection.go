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
	Early   []string // columns of indexes that the fold needs while building
	Indexes []string // the other indexes, made after the rows: columns, or columns WHERE a condition
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

// insert writes the INSERT of n rows.
func (d Database) insert(t Table, n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.Name + " VALUES ")
	mark := 0
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		for c := range t.Columns {
			b.WriteByte("(,"[min(c, 1)])
			mark++
			b.WriteString(d.mark(mark))
		}
		b.WriteByte(')')
	}
	return b.String()
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
// Statements come before rows when it is written.
type Batch struct {
	rows       [][]any // by table, values row after row
	statements []statement
}

type statement struct {
	number int
	args   []any
}

// Add adds a row to the table with this number.
func (b *Batch) Add(table int, values ...any) {
	b.rows[table] = append(b.rows[table], values...)
}

// Do changes rows that lay in the tables before this batch. It must change
// exactly one.
func (b *Batch) Do(number int, args ...any) {
	b.statements = append(b.statements, statement{number, args})
}

func (b *Batch) clear() {
	for i := range b.rows {
		clear(b.rows[i])
		b.rows[i] = b.rows[i][:0]
	}
	clear(b.statements)
	b.statements = b.statements[:0]
}
