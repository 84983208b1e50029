package projections

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Database keeps the places in which generations of read models lie, each with
// tables of its own.
type Database struct {
	// Registry says which generation of a projection answers. It has one connection;
	// two transactions that change rows of one projection come one after the other.
	Registry *sql.DB
	// Setup makes the tables of the registry, if they are not there.
	Setup func(ctx context.Context, statements ...string) error
	// Open opens a place and makes it if there is none.
	Open func(ctx context.Context, name string) (*Place, error)
	// Build begins a place of this name anew, for construction.
	Build func(ctx context.Context, name string, p *Projection) (Builder, error)
	// Drop removes a closed place, if there is one.
	Drop func(ctx context.Context, name string) error
	// Lead waits until this runner may write, while others may read; nil: it is the
	// only one there is.
	Lead func(ctx context.Context) (*Lead, error)
}

// Lead is the right to write the read models.
type Lead struct {
	Lost  <-chan struct{} // closed when it may have gone to another runner
	Leave func() error    // gives it back
}

// Builder writes a place under construction as fast as can be. Nobody reads it,
// and it is worth nothing until it was finished without an error.
type Builder interface {
	Exec(ctx context.Context, statements ...string) error
	Put(ctx context.Context, b *Batch) error
	// Finish makes the place durable and lets it go.
	Finish() error
	// Abandon lets it go as it is.
	Abandon() error
}

// Place is where the tables of one generation lie. Write allows one connection,
// whose transactions come one after the other; Read may be a pool of others.
type Place struct {
	Name        string
	Write, Read *sql.DB
	Mark        func(n int) string // the nth placeholder of a statement, from 1
	Close       func() error
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

	mu       sync.Mutex
	prepared map[string]*sql.Stmt // by text; they end with the place
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
		s.now = &loan{Place: p, prepared: map[string]*sql.Stmt{}}
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

// query asks the tables that answer, row by row. NotBuilt if there are none. The
// text is one of a few: it is prepared once.
func (p *Projection) query(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error {
	l := p.shelf.borrow()
	if l == nil {
		return &NotBuilt{Name: p.Name}
	}
	defer p.shelf.back(l)
	s, err := l.statement(ctx, text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	return eachOf(rows, err, row)
}

// once is query for a text that is written for one question.
func (p *Projection) once(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error {
	l := p.shelf.borrow()
	if l == nil {
		return &NotBuilt{Name: p.Name}
	}
	defer p.shelf.back(l)
	return each(ctx, l.Read, text, row, args...)
}

func (l *loan) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s, ok := l.prepared[text]; ok {
		return s, nil
	}
	s, err := l.Read.PrepareContext(context.WithoutCancel(ctx), text)
	if err == nil {
		l.prepared[text] = s
	}
	return s, err
}

// in writes the marks of an IN list, the first of them number first, with its
// values. Their count is rounded up, so that there are few texts.
func in(first int, list []int64) (string, []any) {
	if len(list) == 0 {
		list = []int64{0}
	}
	var marks strings.Builder
	var args []any
	for n := 1; len(args) < len(list); n *= 2 {
		for len(args) < n {
			if len(args) > 0 {
				marks.WriteByte(',')
			}
			marks.WriteString("$" + strconv.Itoa(first+len(args)))
			args = append(args, list[min(len(args), len(list)-1)])
		}
	}
	return marks.String(), args
}

func each(ctx context.Context, db asked, text string, row func(scan func(...any) error) error, args ...any) error {
	rows, err := db.QueryContext(ctx, text, args...)
	return eachOf(rows, err, row)
}

func eachOf(rows *sql.Rows, err error, row func(scan func(...any) error) error) error {
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

// Tables reads the tables of one generation for its fold.
type Tables struct{ db asked }

// asked is a pool, or one transaction.
type asked interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}

// Query runs a query row by row.
func (t Tables) Query(ctx context.Context, text string, row func(scan func(...any) error) error, args ...any) error {
	return each(ctx, t.db, text, row, args...)
}
