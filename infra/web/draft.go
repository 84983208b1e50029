package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"ayumi/domain/japan"
	"ayumi/projections"

	"github.com/google/uuid"
)

// Drafts keep what somebody typed and has not recorded, under keys of the writer
// and of the person it is about.
type Drafts interface {
	// Keep answers when the draft is durable. ErrTooLarge; ErrDraftDone where the
	// page of this command has recorded it or thrown it away, ErrDraftTaken where
	// another page has.
	Keep(ctx context.Context, p DraftPlace, command string, text []byte) error
	// Newest is the writer's newest draft of a form; false if there is none.
	Newest(ctx context.Context, p DraftPlace) (Draft, bool, error)
	// Done ends a draft for the page of a command, Remove one whose form is empty again.
	Done(ctx context.Context, p DraftPlace, command string) error
	Remove(ctx context.Context, p DraftPlace) error
}

// The draft was recorded or thrown away, by the page that sends it or by another.
var (
	ErrDraftDone  = errors.New("draft is done with")
	ErrDraftTaken = errors.New("draft is done with by another page")
)

// DraftPlace is whose draft it is, about whom, in which form; ID tells several of
// one writer apart.
type DraftPlace struct{ Account, Person, Form, ID string }

// Draft is what was typed. Begun and Kept are when it was kept first and last.
type Draft struct {
	ID          string
	Text        []byte
	Begun, Kept time.Time
}

// DraftState says beside a form what became of its draft. ID is set where the form
// goes on under another one.
type DraftState struct{ Text, ID string }

// entryDraft is the form of a consultation among drafts.
const entryDraft = "entry"

// draftFields are the inputs that a draft of a consultation holds. case is the one
// it was typed for: the token of another does not fit it.
var draftFields = []string{"channel", "categories", "concerns", "memo", "next", "when", "started_at", "ended_at", "outside", "outcome", "expected", "case"}

// draftText is what a draft keeps of a form; false if nobody typed anything yet.
func draftText(form url.Values) ([]byte, bool) {
	kept, typed := url.Values{}, false
	for _, name := range draftFields {
		if list := form[name]; len(list) > 0 && list[0] != "" {
			kept[name] = list
		}
	}
	for _, name := range []string{"categories", "concerns", "memo", "next", "when", "started_at", "ended_at"} {
		typed = typed || kept.Has(name)
	}
	return []byte(kept.Encode()), typed
}

// draftPlace is the place of the draft that a form was sent with; false where the
// form names none.
func draftPlace(v Visitor, person string, form url.Values) (DraftPlace, bool) {
	id, err := uuid.Parse(form.Get("draft"))
	return DraftPlace{Account: v.ID, Person: person, Form: entryDraft, ID: id.String()}, err == nil
}

// keepDraft keeps what is typed in the form of a consultation. Nothing of the person
// is read for it and nothing shown.
func (s *Site) keepDraft(w http.ResponseWriter, r *http.Request, v Visitor) error {
	person := r.PathValue("id")
	if err := readForm(w, r); err != nil {
		return err
	}
	if err := s.mayFollow(r, v, person); err != nil {
		return err
	}
	p, ok := draftPlace(v, person, r.PostForm)
	if !ok {
		return ErrMissing
	}
	state, err := s.putDraft(r.Context(), v, p, r.PostForm)
	if err != nil {
		return err
	}
	if r.Header.Get("HX-Request") == "" {
		http.Redirect(w, r, "/people/"+person, http.StatusSeeOther)
		return nil
	}
	return s.pages.write(w, http.StatusOK, "journey", "draftstate", state)
}

func (s *Site) putDraft(ctx context.Context, v Visitor, p DraftPlace, form url.Values) (DraftState, error) {
	text, typed := draftText(form)
	return s.putDraftText(ctx, v, p, form.Get("command_id"), text, typed)
}

func (s *Site) putDraftText(ctx context.Context, v Visitor, p DraftPlace, command string, text []byte, typed bool) (DraftState, error) {
	if !typed {
		return DraftState{}, s.config.Drafts.Remove(ctx, p)
	}
	err := s.config.Drafts.Keep(ctx, p, command, text)
	if errors.Is(err, ErrDraftDone) { // it was under way when the form was recorded
		return DraftState{}, nil
	}
	if errors.Is(err, ErrDraftTaken) { // two pages held it: this one goes on by itself
		p.ID = uuid.NewString()
		return DraftState{Text: s.draftSaved(v), ID: p.ID}, s.config.Drafts.Keep(ctx, p, command, text)
	}
	return DraftState{Text: s.draftSaved(v)}, err
}

// draftSaved says when a draft was saved. Nothing of the form is unsent then.
func (s *Site) draftSaved(v Visitor) string {
	return v.W.Message.DraftSaved(clockIn(v, s.config.Now()), 0)
}

// clockIn is the time of day in Japan.
func clockIn(v Visitor, t time.Time) string {
	at := t.In(japan.Zone)
	return v.W.Clock(at.Hour()*100 + at.Minute())
}

// dropDraft throws a draft away at its writer's wish.
func (s *Site) dropDraft(w http.ResponseWriter, r *http.Request, v Visitor) error {
	person := r.PathValue("id")
	if err := readForm(w, r); err != nil {
		return err
	}
	if err := s.mayFollow(r, v, person); err != nil {
		return err
	}
	p, ok := draftPlace(v, person, r.PostForm)
	if !ok {
		return ErrMissing
	}
	if err := s.config.Drafts.Done(r.Context(), p, r.PostForm.Get("command_id")); err != nil {
		return err
	}
	http.Redirect(w, r, "/people/"+person, http.StatusSeeOther)
	return nil
}

// draftDone throws the draft of a form away that was recorded. The record stands
// whatever becomes of it.
func (s *Site) draftDone(r *http.Request, v Visitor, person string) {
	p, ok := draftPlace(v, person, r.PostForm)
	if !ok {
		return
	}
	if err := s.config.Drafts.Done(r.Context(), p, r.PostForm.Get("command_id")); err != nil {
		s.config.Log.Error("draft", "error", err)
	}
}

// goOn fills the empty form of a page with what its reader had typed before. It
// stands after the access log, as it is about the person of the page.
func (s *Site) goOn(r *http.Request, v Visitor, d *dossier, view *JourneyView) error {
	c := d.openCase()
	if view.Entry == nil || c == nil {
		return nil
	}
	if err := s.seen(r); err != nil {
		return err
	}
	draft, ok, err := s.config.Drafts.Newest(r.Context(), DraftPlace{Account: v.ID, Person: d.sum.ID, Form: entryDraft})
	if err != nil || !ok {
		return err
	}
	form, err := url.ParseQuery(string(draft.Text))
	if err != nil {
		return err
	}
	view.Entry = s.draftEntry(v, d, c, draft, form)
	return nil
}

// draftEntry is the form as a draft left it. It keeps the token of the state it was
// begun on, so that what others recorded since is shown before it is recorded; the
// command is a new one, as another page may still hold the draft.
func (s *Site) draftEntry(v Visitor, d *dossier, c *projections.CaseSummary, draft Draft, form url.Values) *EntryForm {
	in := readEntry(form)
	in.commandID, in.draft = uuid.NewString(), draft.ID
	if form.Get("case") != c.ID || in.expected == "" {
		in.expected = strconv.Itoa(c.Version)
	}
	in.check(v.W, s.today())
	in.faults = nil // told when it is recorded
	begun := v.W.DateTime(draft.Begun)
	if japan.DateOf(draft.Begun) == s.today() {
		begun = v.W.Entry.StartedAt(clockIn(v, draft.Begun), int(s.config.Now().Sub(draft.Begun).Minutes()))
	}
	f := entryForm(v, d, c, in, begun)
	f.Draft, f.GoesOn = v.W.Drafts.Continued(v.W.DayTime(draft.Kept)), true
	return f
}
