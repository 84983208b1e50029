package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"
)

// intakeDraft is the form of reception among drafts. Nobody is on record yet whom it is
// about, so it lies under the writer's own key.
const intakeDraft = "intake"

// notOfIntake are inputs that belong to a page and not to what was typed.
var notOfIntake = []string{"draft", "command_id", "search", "act"}

func intakePlace(v Visitor, id string) DraftPlace {
	return DraftPlace{Account: v.ID, Person: v.ID, Form: intakeDraft, ID: id}
}

// intakeText is what a draft keeps of the form; false if nobody typed anything yet.
func intakeText(form url.Values) ([]byte, bool) {
	kept, typed := url.Values{}, false
	for name, list := range form {
		if len(list) > 0 && list[0] != "" && !slices.Contains(notOfIntake, name) {
			kept[name] = list
		}
	}
	for _, name := range []string{"name", "reading", "born", "phone", "mail", "line", "memo"} {
		typed = typed || kept.Has(name)
	}
	return []byte(kept.Encode()), typed
}

// keepIntake keeps what is typed in reception.
func (s *Site) keepIntake(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	id, err := uuid.Parse(r.PostForm.Get("draft"))
	if err != nil {
		return ErrMissing
	}
	text, typed := intakeText(r.PostForm)
	state, err := s.putDraftText(r.Context(), v, intakePlace(v, id.String()), commandID(r).String(), text, typed)
	if err != nil {
		return err
	}
	if r.Header.Get("HX-Request") == "" {
		http.Redirect(w, r, "/intake", http.StatusSeeOther)
		return nil
	}
	return s.pages.write(w, http.StatusOK, "intake", "draftstate", state)
}

// dropIntake throws a draft away at its writer's wish.
func (s *Site) dropIntake(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	id, err := uuid.Parse(r.PostForm.Get("draft"))
	if err != nil {
		return ErrMissing
	}
	if err := s.config.Drafts.Done(r.Context(), intakePlace(v, id.String()), commandID(r).String()); err != nil {
		return err
	}
	http.Redirect(w, r, "/intake", http.StatusSeeOther)
	return nil
}

// IntakeDraft is what the writer had typed before, with the way to go on.
type IntakeDraft struct{ ID, CommandID, Text string }

// intakeDraftOf offers the writer's newest draft; nil if there is none.
func (s *Site) intakeDraftOf(ctx context.Context, v Visitor) (*IntakeDraft, error) {
	if s.config.Drafts == nil {
		return nil, nil
	}
	draft, ok, err := s.config.Drafts.Newest(ctx, intakePlace(v, ""))
	if err != nil || !ok {
		return nil, err
	}
	return &IntakeDraft{ID: draft.ID, CommandID: uuid.NewString(), Text: v.W.Drafts.Waiting(v.W.DayTime(draft.Kept))}, nil
}

// goOnIntake fills reception with what was typed before; nil where that is gone.
func (s *Site) goOnIntake(r *http.Request, v Visitor) (*intakeInput, error) {
	draft, ok, err := s.config.Drafts.Newest(r.Context(), intakePlace(v, ""))
	if err != nil || !ok {
		return nil, err
	}
	form, err := url.ParseQuery(string(draft.Text))
	if err != nil {
		return nil, err
	}
	r.PostForm.Set("q", form.Get("q"))
	in := readIntake(&http.Request{Form: form, PostForm: form})
	in.search, in.commandID, in.draft = uuid.NewString(), uuid.NewString(), draft.ID
	in.check(v.W, s.today())
	in.faults = nil // told when it is recorded
	return in, nil
}

// intakeDone throws the draft of a form away that was recorded. The record stands
// whatever becomes of it.
func (s *Site) intakeDone(r *http.Request, v Visitor, in *intakeInput) {
	if _, err := uuid.Parse(in.draft); err != nil || s.config.Drafts == nil {
		return
	}
	if err := s.config.Drafts.Done(r.Context(), intakePlace(v, in.draft), in.commandID); err != nil {
		s.config.Log.Error("draft", "error", err)
	}
}
