package office

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Suspect is a record that may be of the same human being.
type Suspect struct {
	Other   string
	Score   int // points, handbook.md 7.4
	Signals []string
}

// Similar finds records like one, as the log stands at a position or later.
type Similar interface {
	Similar(ctx context.Context, person string, position uint64) ([]Suspect, error)
}

// suspicion is the score from which two records are named to people.
const suspicion = 70

// Matcher names two records that may be of one human being, once per pair, when
// what is known of one of them grows (events.md 8).
type Matcher struct {
	since   uint64
	similar Similar
	named   map[[2]string]bool
}

// NewMatcher makes a Matcher that answers nothing about events up to since.
func NewMatcher(since uint64, s Similar) *Matcher {
	return &Matcher{since: since, similar: s, named: map[[2]string]bool{}}
}

var telling = []string{
	"person.registered", "person.identified", "person.name_changed", "person.address_changed", "person.contact_added", "person.details_corrected",
}

// Learn takes an event in that was answered before.
func (m *Matcher) Learn(rec domain.Recorded) error {
	if rec.Type != "person.duplicate_suspected" {
		return nil
	}
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return err
	}
	_, id := domain.SplitStream(rec.Stream)
	m.named[pairOf(id, facts.Text("other"))] = true
	return nil
}

// After takes the next event in and answers the suspicions it gives rise to. Of a
// pair always the same stream is told, so that it is told once.
func (m *Matcher) After(ctx context.Context, rec domain.Recorded) ([]Request, error) {
	if err := m.Learn(rec); err != nil || rec.Position <= m.since || !slices.Contains(telling, rec.Type) {
		return nil, err
	}
	_, id := domain.SplitStream(rec.Stream)
	found, err := m.similar.Similar(ctx, id, rec.Position)
	if err != nil {
		return nil, err
	}
	var out []Request
	for _, s := range found {
		pair := pairOf(id, s.Other)
		if s.Score < suspicion || m.named[pair] {
			continue
		}
		signals, err := json.Marshal(s.Signals)
		if err != nil {
			return nil, err
		}
		r := happening{event: rec.ID}.follow("person.suspect_duplicate", pair[0], pair[1], domain.Data{
			"other": text(pair[1]), "score": []byte(strconv.Itoa(s.Score)), "signals": signals,
		})
		r.ID = uuid.NewSHA1(uuid.NameSpaceOID, []byte(r.Command+" "+pair[0]+" "+pair[1]))
		out = append(out, r)
	}
	return out, nil
}

func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }
