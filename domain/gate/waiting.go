package gate

import (
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Kinds of what a Book holds.
const (
	referral = "referral" // open until its event says so
	pair     = "pair"     // suspected until dismissed or merged
	started  = "started"  // the event that reported a first day at work
	received = "received" // the event that brought a session over from another case
)

// Waiting is one thing that the rows of figures do not tell.
type Waiting struct {
	Kind       string
	ID         string // referral, placement, session; of a pair the other record
	Stream     string
	Controller string
	On         japan.Date
	Position   uint64
}

func (w Waiting) key() [3]string {
	if w.Kind == pair {
		return [3]string{w.Kind, w.Stream, w.ID}
	}
	return [3]string{w.Kind, w.ID}
}

// Pair tells whether it is two records that may be one human being.
func (w Waiting) Pair() bool { return w.Kind == pair }

// Lasts tells whether it is held for ever: nothing ends it.
func (w Waiting) Lasts() bool { return w.Kind == started || w.Kind == received }

// Step is one change of what a Book holds.
type Step struct {
	Waiting
	Over bool
}

// Book follows the log and holds what waits.
type Book struct{ open map[[3]string]Waiting }

// NewBook holds nothing yet, or what it held before.
func NewBook(held ...Waiting) *Book {
	b := &Book{open: map[[3]string]Waiting{}}
	for _, w := range held {
		if !w.Lasts() {
			b.open[w.key()] = w
		}
	}
	return b
}

var ends = map[string]bool{
	"case.referral_declined": true, "case.referral_returned": true, "case.referral_completed": true, "case.referral_cancelled": true,
}

// Take follows one event and answers what it changed.
func (b *Book) Take(position uint64, typ, stream string, facts *domain.Glance) []Step {
	w := Waiting{Stream: stream, Position: position}
	switch typ {
	case "case.referral_proposed":
		w.Kind, w.ID = referral, facts.Text("referral")
	case "case.employment_started":
		w.Kind, w.ID = started, facts.Text("placement")
	case "case.consultation_received":
		w.Kind, w.ID = received, facts.Text("consultation")
	case "person.duplicate_suspected":
		w.Kind, w.ID = pair, facts.Text("other")
	case "person.duplicate_dismissed":
		return b.answered(stream, facts.Text("other"))
	case "person.merged":
		return b.answered(stream, facts.Text("into"))
	default:
		if ends[typ] {
			return b.end(Waiting{Kind: referral, ID: facts.Text("referral")}.key())
		}
		return nil
	}
	w.Controller = facts.Text("controller")
	w.On, _ = japan.ParseDate(facts.Text("occurred_on"))
	if w.Lasts() {
		return []Step{{Waiting: w}}
	}
	if _, again := b.open[w.key()]; again {
		return nil
	}
	b.open[w.key()] = w
	return []Step{{Waiting: w}}
}

// answered ends the suspicion of two records, whichever of them was told.
func (b *Book) answered(stream, other string) []Step {
	_, id := domain.SplitStream(stream)
	return append(b.end([3]string{pair, stream, other}), b.end([3]string{pair, domain.StreamName("person", other), id})...)
}

func (b *Book) end(key [3]string) []Step {
	w, ok := b.open[key]
	if !ok {
		return nil
	}
	delete(b.open, key)
	return []Step{{Waiting: w, Over: true}}
}

// Relevant tells, before its facts are read, whether a Book follows a type.
func Relevant(typ string) bool {
	return ends[typ] || strings.HasPrefix(typ, "person.duplicate_") || typ == "person.merged" ||
		typ == "case.referral_proposed" || typ == "case.employment_started" || typ == "case.consultation_received"
}
