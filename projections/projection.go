// Package projections keeps the read models: tables of facts and ciphertext that
// follow from the log and can be made again from it at any time. One Runner
// feeds them all, each exactly once; each read model is one file with its
// tables, its fold and its queries.
package projections

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"regexp"
	"strconv"
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

// Database is where the read models lie. Write allows one connection, whose
// transactions begin with the right to write; Read may be a pool of others.
type Database struct {
	Write, Read *sql.DB
	// Mark is the nth placeholder of a row of values, from 1; default $n.
	Mark func(n int) string
	// Rows is how many rows one INSERT carries; default 8.
	Rows int
	// Bulk is called when large amounts begin and end to be written, so that
	// the database can be told; may be nil.
	Bulk func(ctx context.Context, on bool) error
}

// Projection is one read model: its identity is name and version. A change of
// its tables or its fold needs a new version; the Runner then builds it beside
// the old one.
type Projection struct {
	Name       string
	Version    int
	Tables     []Table
	Statements []string // changes of older rows; {name} is a table, $1 an argument
	Leaves     bool     // the fold reads the leaf hash of events
	Parks      bool     // a stream with an undecodable event is set aside; else the whole projection stops
	New        func() Fold

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

// Tables reads the tables of one generation of a projection.
type Tables struct {
	db     *sql.DB
	suffix string
}

var tableName = regexp.MustCompile(`\{(\w+)\}`)

// spell puts the real names of tables into a statement.
func spell(statement, suffix string) string {
	return tableName.ReplaceAllString(statement, "${1}"+suffix)
}

// Query runs a query whose tables are written {name}, row by row.
func (t Tables) Query(ctx context.Context, query string, row func(scan func(...any) error) error, args ...any) error {
	return each(ctx, t.db, spell(query, t.suffix), row, args...)
}

func each(ctx context.Context, db *sql.DB, query string, row func(scan func(...any) error) error, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (d Database) mark(n int) string {
	if d.Mark == nil {
		return "$" + strconv.Itoa(n)
	}
	return d.Mark(n)
}

func (d Database) rowsPerInsert() int {
	if d.Rows <= 0 {
		return 8
	}
	return d.Rows
}

// insert writes the INSERT of n rows.
func (d Database) insert(t Table, suffix string, n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.Name + suffix + " VALUES ")
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

// create writes the statements that make empty tables.
func (p *Projection) create(suffix string, epoch int64) []string {
	var out []string
	for _, t := range p.Tables {
		out = append(out,
			"DROP TABLE IF EXISTS "+t.Name+suffix,
			"CREATE TABLE "+t.Name+suffix+" ("+strings.Join(t.Columns, ", ")+")")
		for i, columns := range t.Early {
			out = append(out, index(t.Name, suffix, "e", epoch, i, columns))
		}
	}
	return out
}

// index names an index after the epoch of its tables, since two generations may
// stand beside each other.
func index(table, suffix, kind string, epoch int64, i int, columns string) string {
	columns, where, partial := strings.Cut(columns, " WHERE ")
	if partial {
		where = " WHERE " + where
	}
	return fmt.Sprintf("CREATE INDEX IF NOT EXISTS %s_%s%d_%d ON %s%s (%s)%s", table, kind, i, epoch, table, suffix, columns, where)
}

func (p *Projection) indexes(suffix string, epoch int64) []string {
	var out []string
	for _, t := range p.Tables {
		for i, columns := range t.Indexes {
			out = append(out, index(t.Name, suffix, "i", epoch, i, columns))
		}
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
