package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sync"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// staffList keeps what is known of accounts, names sealed as they are stored.
type staffList struct {
	mu    sync.Mutex
	known map[string]clerk
}

// clerk is an account: the event that opened it, and the desk and the role it
// began with, which name it where its holder's name may not be shown.
type clerk struct {
	first      projections.Entry
	desk, role string
}

// clerk answers an account; false if there is none.
func (s *Site) clerk(ctx context.Context, account string) (clerk, bool, error) {
	s.staffing.mu.Lock()
	c, ok := s.staffing.known[account]
	s.staffing.mu.Unlock()
	if ok {
		return c, true, nil
	}
	list, err := s.config.Journey.Stream(ctx, domain.StreamName("account", account), projections.Newest)
	if err != nil || len(list) == 0 {
		return c, false, err
	}
	c = clerk{first: list[0], desk: cmp.Or(list[0].Facts.Text("desk"), list[0].Desk)}
	for _, e := range list {
		c.role = cmp.Or(c.role, e.Facts.Text("role"))
	}
	if c.role == "" {
		return c, true, nil // it may be granted one yet
	}
	s.staffing.mu.Lock()
	defer s.staffing.mu.Unlock()
	if s.staffing.known == nil {
		s.staffing.known = map[string]clerk{}
	}
	s.staffing.known[account] = c
	return c, true, nil
}

// reading is what one page may show of sealed texts, and the names of staff.
type reading struct {
	texts map[uint64]Opened // by position
	staff map[string]string // account → name
	posts map[string]clerk  // by account
}

// read opens, in one entry of the access log, the texts of some events and the
// names of the staff who wrote them.
func (s *Site) read(r *http.Request, v Visitor, g Glance, entries []projections.Entry, staff ...string) (reading, error) {
	out := reading{texts: map[uint64]Opened{}, staff: map[string]string{}, posts: map[string]clerk{}}
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
		c, ok, err := s.clerk(r.Context(), account)
		if err != nil {
			return out, err
		}
		if ok {
			out.posts[account] = c
			all = append(all, c.first)
		}
	}
	g.Who = v.Actor
	return out, s.openAll(r.Context(), g, all, out)
}

func (s *Site) openAll(ctx context.Context, g Glance, entries []projections.Entry, into reading) error {
	events := make([]domain.Recorded, len(entries))
	for i, e := range entries {
		var err error
		if events[i], err = e.Recorded(); err != nil {
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

// name is how a member of staff is called; who may not see names reads role and
// desk with the beginning of the account's id.
func (r reading) name(v Visitor, account string) string {
	if account == "system" {
		return v.W.Code("role", "SY")
	}
	if n := r.staff[account]; n != "" {
		return n
	}
	if c := r.posts[account]; c.role != "" {
		return v.W.Frame.Post(v.W.Code("role", c.role), v.W.Frame.DeskShort[c.desk]) + " #" + account[:min(4, len(account))]
	}
	return account[:min(8, len(account))]
}

// noteFields hold what was written about an event, in the order shown.
var noteFields = []string{"note", "note_job", "note_reloc", "answer", "homework", "summary", "text", "remark", "wording", "message", "words", "new_text"}

// erasedMark stands in the place of an erased text: 消去済（決定番号, 日付）.
func erasedMark(w *locale.Words, by domain.ErasedBy) string {
	if by.Decision == 0 {
		return w.Erasure.MarkUnknown
	}
	return w.Erasure.Mark(recordNumber(by.Decision), w.PlainDate(by.On))
}

// note is the text of an entry as typed.
func (r reading) note(w *locale.Words, e projections.Entry) string {
	o := r.texts[e.Position]
	if o.erased() {
		return erasedMark(w, o.erasedBy())
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

// changed is what a correction of an entry found and what it put in its place.
func (r reading) changed(w *locale.Words, e projections.Entry, c projections.Correction) (was, is string) {
	field, _ := fieldOf(e.Type, c.Field)
	if c.Field == "occurred_on" {
		field = dayField
	}
	if was, is = say(w, field, c.Old), say(w, field, c.New); was+is == "" {
		o := r.texts[c.Position]
		was, is = o.first("old_text"), o.first("new_text")
	}
	return was, is
}

// now is the server's clock, today the day of it in Japan.
func (s *Site) today() japan.Date { return japan.DateOf(s.config.Now()) }

func (s *Site) mayCount(v Visitor, scope string) bool {
	return indicator.MayCount(v.Actor, s.today(), scope)
}

// days answers the first day of the log, the last on which anything was recorded
// that a visitor may see, and the newest position.
func (s *Site) days(r *http.Request, v Visitor) (first, last japan.Date, newest uint64, err error) {
	first, last, newest, err = s.config.Figures.Days(r.Context())
	if err != nil {
		return first, last, newest, missing(err)
	}
	own, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Controller: v.Actor.Controller, Limit: 1})
	if err != nil {
		return first, last, newest, missing(err)
	}
	if last = first; len(own) > 0 {
		last = japan.DateOf(own[0].RecordedAt)
	}
	return first, last, newest, nil
}

func (s *Site) mayFacts(v Visitor, controller string) bool {
	return domain.MayFacts(v.Actor, s.today(), controller)
}
