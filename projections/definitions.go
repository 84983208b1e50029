package projections

import (
	"context"
	"slices"
	"sort"
	"sync"

	"ayumi/domain"
	"ayumi/domain/indicator"
)

// Definitions answers by which rules figures are counted: the shipped definitions,
// and every version approved in the log, as soon as Journeys holds the approval.
type Definitions struct {
	journeys *Journeys

	mu   sync.Mutex
	held *definitionShelf
}

// NewDefinitions reads the streams of indicators through the read model of journeys.
func NewDefinitions(journeys *Journeys) *Definitions { return &Definitions{journeys: journeys} }

// definitionShelf is everything known of definitions at one state of the read model.
type definitionShelf struct {
	built  int64
	read   uint64 // where the read model stood
	newest uint64 // the last event of any indicator
	events []domain.Recorded
	series []*indicator.Series
	files  map[string]IndicatorFile
	books  map[string]*indicator.Book
	past   map[pastBook]*indicator.Book
}

// pastBook names what was known at a scope when an event of an indicator was the last.
type pastBook struct {
	scope string
	last  uint64
}

// IndicatorFile is the stream of one indicator at one scope as it stands.
type IndicatorFile struct {
	*indicator.Series // nil while nothing was ever registered
	Version           uint64
}

// Book answers the definitions of a scope (indicator.BookOf). It is shared: do not
// add to it.
func (x *Definitions) Book(ctx context.Context, scope string) (*indicator.Book, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	shelf, err := x.shelf(ctx)
	if err != nil {
		return nil, err
	}
	return shelf.book(scope)
}

func (shelf *definitionShelf) book(scope string) (*indicator.Book, error) {
	if book, ok := shelf.books[scope]; ok {
		return book, nil
	}
	book, err := indicator.BookOf(scope, shelf.series)
	if err == nil && slices.Contains(domain.Codes["scope"], scope) {
		shelf.books[scope] = book
	}
	return book, err
}

// BookAt is Book as the log held the definitions at a position: what is printed or
// published, and what is asked as known on a day, is counted by what was approved
// then (indicator.Book.Known). It is shared, like Book.
func (x *Definitions) BookAt(ctx context.Context, scope string, position uint64) (*indicator.Book, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	shelf, err := x.shelf(ctx)
	if err != nil {
		return nil, err
	}
	now, err := shelf.book(scope)
	known := sort.Search(len(shelf.events), func(i int) bool { return shelf.events[i].Position > position })
	if err != nil || known == len(shelf.events) {
		return now, err
	}
	at := pastBook{scope: scope}
	if known > 0 {
		at.last = shelf.events[known-1].Position
	}
	if book, ok := shelf.past[at]; ok {
		return book, nil
	}
	series, err := indicator.SeriesAt(shelf.events[:known], position)
	if err != nil {
		return nil, err
	}
	then, err := indicator.BookOf(scope, series)
	if err != nil {
		return nil, err
	}
	book := now.Known(then)
	if slices.Contains(domain.Codes["scope"], scope) {
		shelf.past[at] = book
	}
	return book, nil
}

// All answers every registered indicator, in the order of registration.
func (x *Definitions) All(ctx context.Context) ([]*indicator.Series, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	shelf, err := x.shelf(ctx)
	if err != nil {
		return nil, err
	}
	return shelf.series, nil
}

// File answers the stream of an indicator at a scope; without a Series if there is
// none yet.
func (x *Definitions) File(ctx context.Context, id, scope string) (IndicatorFile, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	shelf, err := x.shelf(ctx)
	if err != nil {
		return IndicatorFile{}, err
	}
	return shelf.files[indicator.StreamID(id, scope)], nil
}

// shelf answers what is held, read anew if an event of an indicator came.
func (x *Definitions) shelf(ctx context.Context) (*definitionShelf, error) {
	if err := x.journeys.ready(); err != nil {
		return nil, err
	}
	built, at := x.journeys.built.Load(), x.journeys.state.Load().Position
	if h := x.held; h != nil && h.built == built && h.read == at {
		return h, nil
	}
	var newest uint64
	err := x.journeys.query(ctx, `SELECT COALESCE(MAX(l.position), 0) FROM journey_stream s JOIN journey_last l ON l.stream = s.no WHERE s.id >= $1 AND s.id < $2`, func(scan func(...any) error) error { return scan(&newest) }, "indicator-", "indicator.")
	if err != nil {
		return nil, err
	}
	if h := x.held; h != nil && h.built == built && h.newest == newest {
		h.read = at
		return h, nil
	}
	events, err := x.journeys.Events(ctx, "indicator")
	if err != nil {
		return nil, err
	}
	h := &definitionShelf{built: built, read: at, newest: newest, events: events, files: map[string]IndicatorFile{}, books: map[string]*indicator.Book{}, past: map[pastBook]*indicator.Book{}}
	for _, rec := range events {
		if err := h.fold(rec); err != nil {
			return nil, err
		}
	}
	x.held = h
	return h, nil
}

// fold adds one event of an indicator.
func (h *definitionShelf) fold(rec domain.Recorded) error {
	env, ev, err := indicator.Aggregate.Decode(rec)
	if err != nil {
		return err
	}
	_, stream := domain.SplitStream(rec.Stream)
	f, known := h.files[stream]
	if !known {
		f.Series = indicator.Aggregate.New()
		h.series = append(h.series, f.Series)
	}
	ev.Apply(f.Series, env)
	f.Version = uint64(env.Version)
	h.files[stream] = f
	return nil
}
