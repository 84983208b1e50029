package gate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// Log folds whole logs: the plain way to what the read models keep ready, for
// scenarios that have none and for tests that hold the one to the other.
type Log struct {
	figures  *indicator.State
	book     *Book
	waiting  map[[3]string]Waiting
	recorded []japan.Date // by position, from 1
	into     map[string]string
	sheets   map[string]*sheet
}

type sheet struct {
	*workplan.Sheet
	controller string
}

// NewLog begins before the first event.
func NewLog() *Log {
	return &Log{figures: indicator.NewState(), book: NewBook(), waiting: map[[3]string]Waiting{},
		into: map[string]string{}, sheets: map[string]*sheet{}}
}

// Take follows one event; events come in order, from position 1.
func (l *Log) Take(rec domain.Recorded) error {
	if rec.Position != uint64(len(l.recorded))+1 {
		return fmt.Errorf("position %d after %d", rec.Position, len(l.recorded))
	}
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return fmt.Errorf("position %d: %w", rec.Position, err)
	}
	at, err := japan.ParseInstant(facts.Text("recorded_at"))
	if err != nil {
		return fmt.Errorf("position %d: recorded_at: %w", rec.Position, err)
	}
	l.recorded = append(l.recorded, japan.DateOf(at))
	glance := facts.Glance()
	if _, err := l.figures.Fold(rec.Position, rec.Type, rec.Stream, glance); err != nil {
		return err
	}
	for _, s := range l.book.Take(rec.Position, rec.Type, rec.Stream, glance) {
		if s.Over {
			delete(l.waiting, s.key())
		} else {
			l.waiting[s.key()] = s.Waiting
		}
	}
	category, id := domain.SplitStream(rec.Stream)
	switch {
	case rec.Type == "person.merged":
		l.into[id] = facts.Text("into")
	case rec.Type == "person.unmerged":
		delete(l.into, id)
	case category == "workplan":
		return l.sheet(rec)
	}
	return nil
}

func (l *Log) sheet(rec domain.Recorded) error {
	s := l.sheets[rec.Stream]
	if s == nil {
		s = &sheet{Sheet: workplan.Aggregate.New()}
		l.sheets[rec.Stream] = s
	}
	env, e, err := workplan.Aggregate.Decode(rec)
	if err != nil {
		return err
	}
	e.Apply(s.Sheet, env)
	s.controller = env.Controller
	return nil
}

// Position is that of the last event taken.
func (l *Log) Position() uint64 { return uint64(len(l.recorded)) }

// Judge answers what holds a period open, as known at the last event taken.
func (l *Log) Judge(q Question) Found {
	k := Known{
		Rows: l.figures.Rows(indicator.Usual()), Waiting: slices.Collect(maps.Values(l.waiting)),
		Day:      func(position uint64) japan.Date { return l.recorded[position-1] },
		Survivor: l.survivor,
	}
	slices.SortFunc(k.Waiting, func(a, b Waiting) int {
		if a.Position != b.Position {
			return int(int64(a.Position) - int64(b.Position))
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, name := range slices.Sorted(maps.Keys(l.sheets)) {
		if s := l.sheets[name]; s.controller == q.Controller {
			k.Sheets = append(k.Sheets, s.Sheet)
		}
	}
	return Judge(q, k)
}

func (l *Log) survivor(person string) string {
	for hops := 0; l.into[person] != "" && hops < 32; hops++ {
		person = l.into[person]
	}
	return person
}
