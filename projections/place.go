package projections

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"sync"
)

// Database keeps the places in which generations of read models lie, each with
// tables of its own.
type Database struct {
	// Registry says which generation of a projection answers. It has one
	// connection, whose transactions begin with the right to write.
	Registry *sql.DB
	// Open opens a place and makes it if there is none. A place under
	// construction is written as fast as can be and is worth nothing until it was
	// closed without an error.
	Open func(ctx context.Context, name string, construction bool) (*Place, error)
	// Drop removes a closed place, if there is one.
	Drop func(ctx context.Context, name string) error
	// Mark is the nth placeholder of a row of values, from 1; default $n.
	Mark func(n int) string
	// Rows is how many rows one INSERT carries; default 8.
	Rows int
}

// Place is where the tables of one generation lie. Write allows one connection,
// whose transactions begin with the right to write; Read may be a pool of others
// and is nil under construction.
type Place struct {
	Name        string
	Write, Read *sql.DB
	Close       func() error
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

// shelf hands out the place that answers. One that was replaced is left when the
// last query in it has ended.
type shelf struct {
	mu  sync.Mutex
	now *loan
	old []*loan // replaced, still read
}

type loan struct {
	*Place
	users int
	leave func(*Place) // once it is replaced
}

// put lets a place answer, or none, and tells whether there was one before. leave
// is called with that one when nobody reads it any more; without leave it is
// closed.
func (s *shelf) put(p *Place, leave func(*Place)) bool {
	if leave == nil {
		leave = func(left *Place) { _ = left.Close() }
	}
	s.mu.Lock()
	was := s.now
	if s.now = nil; p != nil {
		s.now = &loan{Place: p}
	}
	busy := was != nil && was.users > 0
	if busy {
		was.leave = leave
		s.old = append(s.old, was)
	}
	s.mu.Unlock()
	if was != nil && !busy {
		leave(was.Place)
	}
	return was != nil
}

func (s *shelf) borrow() *loan {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now != nil {
		s.now.users++
	}
	return s.now
}

func (s *shelf) back(l *loan) {
	s.mu.Lock()
	l.users--
	last := l.users == 0 && l.leave != nil
	if last {
		s.old = slices.DeleteFunc(s.old, func(o *loan) bool { return o == l })
	}
	s.mu.Unlock()
	if last {
		l.leave(l.Place)
	}
}

// place is the one that answers, if it has this name.
func (s *shelf) place(name string) *Place {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || s.now.Name != name {
		return nil
	}
	return s.now.Place
}

// lent tells whether a replaced place is still read.
func (s *shelf) lent(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.old, func(l *loan) bool { return l.Name == name })
}

// query asks the tables that answer, row by row. NotBuilt if there are none.
func (p *Projection) query(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error {
	l := p.shelf.borrow()
	if l == nil {
		return &NotBuilt{Name: p.Name}
	}
	defer p.shelf.back(l)
	return each(ctx, l.Read, text, row, args...)
}

func each(ctx context.Context, db *sql.DB, text string, row func(scan func(...any) error) error, args ...any) error {
	rows, err := db.QueryContext(ctx, text, args...)
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

// query asks tables, row by row.
type query func(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error

// Tables reads the tables of one generation for its fold.
type Tables struct{ db *sql.DB }

// Query runs a query row by row.
func (t Tables) Query(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error {
	return each(ctx, t.db, text, row, args...)
}
