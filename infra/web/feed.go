package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ayumi/domain/icalendar"
	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Feeds keeps the secrets of calendar feeds.
type Feeds interface {
	// NewFeed gives an account a feed and answers its secret, which is told once; the
	// one before opens nothing any more.
	NewFeed(ctx context.Context, account, language string) (secret string, err error)
	EndFeed(ctx context.Context, account string) error
	// FeedSince is when the feed was made, the zero time if there is none.
	FeedSince(ctx context.Context, account string) (time.Time, error)
	// FeedOf is whose feed a secret opens, "" if nobody's.
	FeedOf(ctx context.Context, secret string) (account, language string, err error)
}

// FeedView is one's own calendar feed.
type FeedView struct {
	Page
	Made    string // when it was made, "" if there is none
	Address string // shown once, when it was made
	Ended   bool
}

// A feed reaches so many days back and ahead: the last check after a move is a year
// away. It holds so many appointments, and as many tasks.
const (
	feedBack  = 30
	feedAhead = 400
	feedMost  = 500
	// slotMinutes is how long an appointment is shown: only its beginning is recorded.
	slotMinutes = 60
)

// feedPath is where other programs read a calendar; what signs them in is the address.
const feedPath = "/feed/{secret}"

func (s *Site) feedRoutes() {
	s.staff("GET /calendar/feed", s.feedForm, "CO", "LD")
	s.staff("POST /calendar/feed", s.feedForm, "CO", "LD")
	s.open("GET "+feedPath, s.feed)
}

// feedForm makes the feed of the visitor, makes it anew, or takes it away.
func (s *Site) feedForm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if s.config.Feeds == nil {
		return ErrMissing
	}
	words := v.W.Agenda
	view := FeedView{Page: s.page(r, v, "today", words.FeedTitle, "css/edit.css", "css/agenda.css")}
	view.Here = "/calendar/feed"
	view.Crumbs = []Crumb{{v.W.Today.Title, "/today"}, {words.Title, "/calendar"}, {words.FeedTitle, ""}}
	if r.Method == http.MethodPost {
		if err := readForm(w, r); err != nil {
			return err
		}
		if r.PostFormValue("act") == "end" {
			if err := s.config.Feeds.EndFeed(r.Context(), v.ID); err != nil {
				return err
			}
			view.Ended = true
		} else {
			secret, err := s.config.Feeds.NewFeed(r.Context(), v.ID, string(v.W.Language))
			if err != nil {
				return err
			}
			view.Address = s.address(r, strings.Replace(feedPath, "{secret}", secret+".ics", 1))
		}
	}
	made, err := s.config.Feeds.FeedSince(r.Context(), v.ID)
	if err != nil {
		return err
	}
	view.Made = v.W.DateTime(made)
	return s.show(w, r, http.StatusOK, "feed", "", view)
}

// feed is the calendar of whose secret the address holds: numbers, kinds and places,
// no names and nothing that was written. Whoever may no longer keep cases has none.
func (s *Site) feed(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	if s.config.Feeds == nil {
		return ErrMissing
	}
	id, language, err := s.config.Feeds.FeedOf(r.Context(), strings.TrimSuffix(r.PathValue("secret"), ".ics"))
	if err == nil && id == "" {
		err = ErrMissing
	}
	if err != nil {
		return err
	}
	account, err := s.config.Accounts.Account(r.Context(), id)
	if err != nil {
		return err
	}
	v := Visitor{account, locale.In(locale.Language(language))}
	if !v.holds("CO", "LD") {
		return ErrMissing
	}
	calendar, err := s.feedOf(r.Context(), v)
	if err != nil {
		return err
	}
	text := calendar.Text()
	sum := sha256.Sum256(text)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	actor := v.Actor
	actor.Account = v.ID
	entry := viewing.Entry{Act: viewing.Follow, Route: "GET " + feedPath, Reason: "calendar", From: remote(r), Rows: len(calendar.Events), Digest: "sha256:" + hex.EncodeToString(sum[:])}
	if err := s.look(r, entry.By(actor)); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Content-Disposition", `inline; filename="ayumi.ics"`)
	w.Write(text) // who has gone meanwhile is told nothing more
	return nil
}

// feedOf is the calendar of an account: appointments in the cases it keeps, and its
// tasks that are not done. A cancelled appointment has left it.
func (s *Site) feedOf(ctx context.Context, v Visitor) (icalendar.Calendar, error) {
	words, today := v.W.Agenda, s.today()
	out := icalendar.Calendar{Name: words.FeedName}
	own := projections.AgendaFilter{Since: today.Add(-feedBack), Until: today.Add(feedAhead), Controllers: []string{v.Actor.Controller, "joint"}, Limit: feedMost}
	booked, tasks := own, own
	booked.Kind, booked.Keeper = projections.BookingWork, v.ID
	tasks.Kind, tasks.Owner = projections.TaskWork, v.ID
	x := &week{workday: &workday{on: today, told: map[uint64]projections.Entry{}}}
	var list []projections.Engagement
	var positions []uint64
	for _, f := range []projections.AgendaFilter{booked, tasks} {
		found, err := s.config.Journey.Agenda(ctx, f)
		if err != nil {
			return out, missing(err)
		}
		for _, e := range found {
			if e.Kind == projections.TaskWork && e.Ended != 0 {
				continue
			}
			list, positions = append(list, e), append(positions, e.Item.Position, e.Changed)
			if e.Ended != 0 {
				positions = append(positions, e.Ended)
			}
		}
	}
	entries, err := s.config.Journey.Entries(ctx, ascending(positions)...)
	if err != nil {
		return out, missing(err)
	}
	for _, e := range entries {
		x.told[e.Position] = e
	}
	for _, e := range list {
		if x.told[e.Ended].Type != "case.booking_cancelled" {
			out.Events = append(out.Events, x.fed(v, e))
		}
	}
	return out, nil
}

// fed is an engagement as other programs see it.
func (x *week) fed(v Visitor, e projections.Engagement) icalendar.Event {
	out := icalendar.Event{UID: e.Kind + "-" + e.ID + "@ayumi", Stamp: x.told[e.Changed].RecordedAt, Sequence: e.Changed, Day: e.On, Clock: -1, Location: v.W.Frame.DeskShort[e.Desk]}
	if e.Kind == projections.BookingWork {
		out.Clock, out.Minutes = e.Time, slotMinutes
		out.Summary = personNumber(e.Person.Number) + " " + v.W.Code("channel", e.What)
		return out
	}
	out.Summary = personNumber(e.Person.Number) + " " + x.taskName(v, e.Work)
	return out
}
