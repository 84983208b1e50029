package projections

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Journeys is the read model of what happened to persons: every event with the
// persons it concerns, and what waits. Rows are only added; an entry is shown as
// corrected or voided by looking at the entries after it, so a journey can be
// read as of any position.
type Journeys struct{ *Projection }

// The tables of Journeys, by number.
const (
	journeyEntry = iota
	journeyAlso
	journeyPerson
	journeyStream
	journeyParty
	journeyMerge
	journeyWork
	journeyReferral
	journeyListed
	journeyHousehold
	journeyLast
)

const (
	workEnd = iota
	referralDrop
)

// NewJourneys is the read model of journeys.
func NewJourneys() *Journeys {
	return &Journeys{Projection: &Projection{
		Name: "journeys", Version: 11, Parks: true,
		New: func() Fold { return newJourneyFold() },
		Tables: []Table{
			journeyEntry: {Name: "journey_entry", Columns: []string{"position INTEGER PRIMARY KEY",
				"stream INTEGER NOT NULL", "before INTEGER NOT NULL", "body BYTEA NOT NULL"}},
			journeyAlso: {Name: "journey_also", Columns: []string{"person INTEGER NOT NULL", "position INTEGER NOT NULL"},
				Indexes: []string{"person, position"}},
			journeyPerson: {Name: "journey_person", Columns: []string{"no INTEGER PRIMARY KEY", "id TEXT NOT NULL", "position INTEGER NOT NULL"},
				Indexes: []string{"id"}},
			journeyStream: {Name: "journey_stream", Columns: []string{"no INTEGER PRIMARY KEY", "id TEXT NOT NULL", "person INTEGER NOT NULL"},
				Indexes: []string{"id", "person"}},
			journeyParty: {Name: "journey_party", Columns: []string{"person INTEGER NOT NULL", "stream INTEGER NOT NULL", "position INTEGER NOT NULL"},
				Indexes: []string{"person, position"}},
			journeyMerge: {Name: "journey_merge", Columns: []string{"position INTEGER PRIMARY KEY", "person INTEGER NOT NULL",
				"into_person INTEGER NOT NULL", "undone INTEGER NOT NULL"},
				Indexes: []string{"person", "into_person"}},
			journeyWork:      {Name: "journey_work", Columns: workColumns, Indexes: workIndexes},
			journeyReferral:  {Name: "journey_referral", Columns: referralColumns, Indexes: []string{"controller, over", "partner", "id"}},
			journeyListed:    {Name: "journey_listed", Columns: listedColumns, Indexes: []string{"type, controller, occurred_on"}},
			journeyHousehold: {Name: "journey_household", Columns: householdColumns, Indexes: []string{"household", "person", "position"}},
			journeyLast:      lastEntries("journey_last"),
		},
		Statements: []string{
			workEnd:      "UPDATE journey_work SET ended = $1 WHERE no = $2",
			referralDrop: "DELETE FROM journey_referral WHERE position = $1",
		},
	}}
}

// journeyFold remembers the numbers of persons and of streams, the lead person of
// a case, and the work that is open.
type journeyFold struct {
	persons domain.ByID[int64]
	uuids   []uuid.UUID // of the persons, by number; zero for an id that is none
	streams chains
	leads   []int64           // persons of the streams, by number
	party   map[[2]int64]bool // person, stream
	work    workFold
	refer   referralFold
	named   []int64 // reused
}

type caseNote struct{ no, lead int64 }

func newJourneyFold() *journeyFold {
	return &journeyFold{
		streams: newChains(),
		party:   map[[2]int64]bool{}, work: newWorkFold(), refer: newReferralFold(),
	}
}

func (f *journeyFold) Load(ctx context.Context, t Tables, checkpoint uint64) (uint64, error) {
	var no, other int64
	var text string
	steps := []error{
		t.Query(ctx, "SELECT id FROM journey_person ORDER BY no", func(scan func(...any) error) error {
			err := scan(&text)
			f.number([]byte(text))
			return err
		}),
		t.Query(ctx, "SELECT id, person FROM journey_stream ORDER BY no", func(scan func(...any) error) error {
			err := scan(&text, &other)
			f.streams.begin(text)
			f.leads = append(f.leads, other)
			return err
		}),
		f.streams.load(ctx, t, "journey_last"),
		t.Query(ctx, "SELECT person, stream FROM journey_party", func(scan func(...any) error) error {
			err := scan(&no, &other)
			f.party[[2]int64{no, other}] = true
			return err
		}),
		f.work.load(ctx, t),
		f.refer.load(ctx, t),
	}
	for _, err := range steps {
		if err != nil {
			return 0, err
		}
	}
	return checkpoint, nil
}

func (f *journeyFold) Warm(*Event) error { return nil }

// Hold keeps back where streams end: most would move in every batch.
func (f *journeyFold) Hold() { f.streams.held = true }

func (f *journeyFold) Release(b *Batch) { f.streams.release(b.Add(journeyLast)) }

func (f *journeyFold) Finish(b *Batch) {
	f.streams.finish(b.Add(journeyLast))
	f.work.finish(b)
	f.refer.finish(b)
}

// Apply adds the entry of the event. A case must have been opened before
// anything else happens in it.
func (f *journeyFold) Apply(e *Event, b *Batch) error {
	stream, known := f.stream(e)
	if e.Category == "case" && e.Type != "case.opened" && !known {
		return fmt.Errorf("position %d: case was never opened", e.Position)
	}
	if !known {
		stream = f.begin(e, b)
	}
	position := int64(e.Position)
	b.Add(journeyEntry).Int(position, stream.no, f.streams.next(stream.no, position)).Blob(e.Body)
	for _, person := range f.others(e, b, stream.lead) {
		b.Add(journeyAlso).Int(person, position)
	}
	switch e.Type {
	case "case.opened":
		f.join(stream.lead, stream.no, position, b)
	case "case.member_added":
		f.join(f.person(e.Code("person"), e, b), stream.no, position, b)
	case "person.merged":
		b.Add(journeyMerge).Int(position, stream.lead, f.person(e.Code("into"), e, b), 0)
	case "person.unmerged":
		b.Add(journeyMerge).Int(position, stream.lead, f.person(e.Code("from"), e, b), 1)
	}
	list(e, b)
	f.household(e, stream.lead, b)
	f.work.apply(e, stream, b)
	f.refer.apply(e, stream, func(id string) int64 { return f.person([]byte(id), e, b) })
	return nil
}

func (f *journeyFold) stream(e *Event) (caseNote, bool) {
	no, known := f.streams.number(e.Category, e.ID)
	if !known {
		return caseNote{}, false
	}
	return caseNote{no, f.leads[no-1]}, true
}

// begin numbers a stream; its person is the one it is about.
func (f *journeyFold) begin(e *Event, b *Batch) caseNote {
	var lead int64
	switch e.Category {
	case "person":
		lead = f.person([]byte(e.ID), e, b)
	case "case":
		lead = f.person(e.Code("person"), e, b)
	}
	f.leads = append(f.leads, lead)
	no := f.streams.begin(e.Stream)
	b.Add(journeyStream).Int(no, lead).Text(e.Stream)
	return caseNote{no, lead}
}

// person is the number of a person, given out in the order in which the log
// first names them.
func (f *journeyFold) person(id []byte, e *Event, b *Batch) int64 {
	if len(id) == 0 {
		return 0
	}
	no, ok := f.persons.Get(id)
	if !ok {
		no = f.number(id)
		b.Add(journeyPerson).Int(no, int64(e.Position)).Text(string(id))
	}
	return no
}

// number gives a person the next number.
func (f *journeyFold) number(id []byte) int64 {
	known, _ := domain.ParseID(id)
	f.uuids = append(f.uuids, known)
	f.persons.Put(id, int64(len(f.uuids)))
	return int64(len(f.uuids))
}

// is tells whether a person surely has an id.
func (f *journeyFold) is(no int64, id []byte) bool {
	known, ok := domain.ParseID(id)
	return ok && no > 0 && f.uuids[no-1] == known
}

func (f *journeyFold) join(person, stream, position int64, b *Batch) {
	if k := [2]int64{person, stream}; !f.party[k] {
		f.party[k] = true
		b.Add(journeyParty).Int(person, stream, position)
	}
}

// personFacts are the facts that name persons, by category.
var personFacts = map[string][]string{
	"case":     {"person", "lead_person", "head", "attendees", "movers", "persons"},
	"person":   {"into", "from", "other"},
	"outreach": {"person"},
	"account":  {"person"},
	"partner":  {"person"},
}

// others are the persons an event names beside the stream's own.
func (f *journeyFold) others(e *Event, b *Batch, lead int64) []int64 {
	f.named = f.named[:0]
	for _, fact := range personFacts[e.Category] {
		for list := e.Code(fact); len(list) > 0; {
			var id []byte
			if id, list, _ = bytes.Cut(list, comma); f.is(lead, id) {
				continue // as a rule
			}
			if no := f.person(id, e, b); no != lead && !slices.Contains(f.named, no) {
				f.named = append(f.named, no)
			}
		}
	}
	return f.named
}

var comma = []byte{','}
