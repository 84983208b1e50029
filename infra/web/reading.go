package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"

	"github.com/google/uuid"
)

// stored is the event of an entry as the log keeps it.
func stored(e projections.Entry) (domain.Recorded, error) {
	id, err := uuid.Parse(e.EventID)
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("position %d: %w", e.Position, err)
	}
	version, _ := e.Facts.Int("version")
	return domain.Recorded{ID: id, Stream: e.Stream, Version: uint64(version), Position: e.Position, Type: e.Type, Body: e.Body}, nil
}

// staffList keeps the first event of accounts, sealed as it is stored.
type staffList struct {
	mu    sync.Mutex
	first map[string]projections.Entry
}

// opening answers the event that opened an account; false if there is none.
func (s *Site) opening(ctx context.Context, account string) (projections.Entry, bool, error) {
	s.staffing.mu.Lock()
	e, ok := s.staffing.first[account]
	s.staffing.mu.Unlock()
	if ok {
		return e, true, nil
	}
	list, err := s.config.Journey.Stream(ctx, domain.StreamName("account", account), projections.Newest)
	if err != nil || len(list) == 0 {
		return e, false, err
	}
	s.staffing.mu.Lock()
	defer s.staffing.mu.Unlock()
	if s.staffing.first == nil {
		s.staffing.first = map[string]projections.Entry{}
	}
	s.staffing.first[account] = list[0]
	return list[0], true, nil
}

// reading is what one page may show of sealed texts, and the names of staff.
type reading struct {
	texts map[uint64]Opened // by position
	staff map[string]string // account → name
}

// read opens, in one entry of the access log, the texts of some events and the
// names of the staff who wrote them.
func (s *Site) read(r *http.Request, v Visitor, g Glance, entries []projections.Entry, staff ...string) (reading, error) {
	out := reading{texts: map[uint64]Opened{}, staff: map[string]string{}}
	for _, e := range entries {
		staff = append(staff, e.RecordedBy)
		for _, c := range e.Corrected {
			staff = append(staff, c.RecordedBy)
		}
		if e.Voided != nil {
			staff = append(staff, e.Voided.RecordedBy)
		}
	}
	slices.Sort(staff)
	all := slices.Clone(entries)
	for _, account := range slices.Compact(staff) {
		if account == "" || account == "system" {
			continue
		}
		e, ok, err := s.opening(r.Context(), account)
		if err != nil {
			return out, err
		}
		if ok {
			all = append(all, e)
		}
	}
	g.Who = v.Actor
	return out, s.openAll(r.Context(), g, all, out)
}

func (s *Site) openAll(ctx context.Context, g Glance, entries []projections.Entry, into reading) error {
	events := make([]domain.Recorded, len(entries))
	for i, e := range entries {
		var err error
		if events[i], err = stored(e); err != nil {
			return err
		}
	}
	opened, err := s.config.Door.Open(ctx, g, events...)
	if err != nil {
		return err
	}
	for i, o := range opened {
		into.texts[entries[i].Position] = o
		if category, id := domain.SplitStream(entries[i].Stream); category == "account" {
			into.staff[id] = o.first("name")
		}
	}
	return nil
}

// name is how a member of staff is called; who may not see names reads the
// beginning of the account's id.
func (r reading) name(v Visitor, account string) string {
	if account == "system" {
		return v.W.Code("lead_source", "system")
	}
	if n := r.staff[account]; n != "" {
		return n
	}
	return account[:min(8, len(account))]
}

// noteFields hold what was written about an event, in the order shown.
var noteFields = []string{"note", "note_job", "note_reloc", "answer", "homework", "summary", "text", "remark", "wording", "message", "words", "new_text"}

// note is the text of an entry as typed.
func (r reading) note(e projections.Entry, erased string) string {
	o := r.texts[e.Position]
	if o.erased() {
		return erased
	}
	text := ""
	for _, field := range noteFields {
		if t := o.first(field); t != "" {
			if text != "" {
				text += "\n"
			}
			text += t
		}
	}
	return text
}

// now is the server's clock, today the day of it in Japan.
func (s *Site) today() japan.Date { return japan.DateOf(s.config.Now()) }

func (s *Site) mayFacts(v Visitor, controller string) bool {
	return domain.MayFacts(v.Actor, s.today(), controller)
}
