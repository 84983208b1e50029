package web

import (
	"cmp"
	"net/http"

	"ayumi/projections"
)

// amendClash sets what somebody else made of a field beside what was typed for it,
// where that happened after the form was opened; nil where it did not. Corrections of
// other fields stand beside each other and clash with nothing.
func (s *Site) amendClash(r *http.Request, v Visitor, f *file) (*Conflict, error) {
	opened := cmp.Or(r.PostFormValue("preview"), r.PostFormValue("expected"))
	if opened == "" {
		return nil, nil
	}
	name := r.PostFormValue("field")
	var first, last *projections.Correction
	for i, c := range f.entry.Corrected {
		if c.Field != name {
			continue
		}
		later, err := s.config.Journey.Record(r.Context(), c.Position, projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		if version, _ := later.Facts.Int("version"); uint64(version) <= *expected(opened) {
			continue
		}
		last = &f.entry.Corrected[i]
		if first == nil {
			first = last
		}
	}
	if last == nil {
		return nil, nil
	}
	was, _ := f.seen.changed(v.W, f.entry, *first)
	_, is := f.seen.changed(v.W, f.entry, *last)
	who := f.seen.name(v, last.RecordedBy)
	return &Conflict{W: v.W, Heading: v.W.State.ConflictHeading(who, v.W.Field(name)), Text: v.W.Since.Clash, NowBy: v.W.State.NowBy(who, v.W.DayTime(last.RecordedAt)), At: "new",
		Rows: []ConflictRow{{Field: v.W.Field(name), Opened: was, Now: is, NowChanged: true, Yours: r.PostFormValue("new"), YoursChanged: true}}}, nil
}

// amendMeanwhile answers a correction that somebody else was before: nothing is
// recorded, and both stand side by side with everything typed.
func (s *Site) amendMeanwhile(w http.ResponseWriter, r *http.Request, v Visitor, f *file, clash *Conflict, err error) error {
	if err != nil {
		return err
	}
	view, err := s.recordView(r, v, f)
	if err != nil {
		return err
	}
	keepAmend(r, &view)
	view.Conflict = clash
	return s.show(w, r, http.StatusConflict, "record", "", view)
}
