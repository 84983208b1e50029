package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// listDigest is the SHA-256 (hex) of a published list.
func listDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// addDay adds the day a thing happened, today if it is left as it is.
func (f *CommandForm) addDay(w *locale.Words, today japan.Date) {
	f.Fields = append(f.Fields, CommandField{ID: f.ID + "-occurred_on", Name: "occurred_on", Label: w.Rights.HappenedOn, Kind: "text", Value: w.PlainDate(today), Short: true})
}

// hint tells under a label what is meant.
func (f *CommandForm) hint(name, text string) {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			f.Fields[i].Hint = text
		}
	}
}

// fileRegister is the entry of the register of files of personal data
// (個人情報ファイル簿): public, for a file of many people.
func (s *Site) fileRegister(w http.ResponseWriter, r *http.Request, v Visitor) error {
	words := v.W
	view := FileRegisterView{Page: s.page(r, v, "rights", words.Rights.FileRegister, "css/records.css"), Tabs: s.tabsFor(v, "/volumes/register"), Heading: words.Rights.FileRegister}
	limit := s.terms(v).FilePersons
	persons, err := s.config.Journey.AtLeast(r.Context(), v.Actor.Controller, limit)
	if err != nil {
		return missing(err)
	}
	held := words.Rights.Persons(words.Number(persons))
	if persons >= limit {
		held = words.Rights.OrMore(words.Number(limit))
	}
	view.Persons = words.Rights.PersonsNow(held, words.Number(limit))
	view.Verdict = Chip{Kind: "gray", Text: words.Rights.EntryNotDue}
	if persons >= limit {
		view.Verdict = Chip{"red", "warn", words.Rights.EntryDue}
	}
	for _, line := range words.Rights.Entry {
		value := line.Value
		switch line.Label {
		case words.Rights.EntryPersons:
			value = held
		case words.Rights.EntryBody:
			value = words.Code("controller", v.Actor.Controller)
		case words.Rights.EntryKept:
			value = words.Rights.Years(s.terms(v).Retention)
		}
		view.Lines = append(view.Lines, Pair{Label: line.Label, Value: value})
	}
	view.Note = words.Rights.EntryNote(words.Date(s.today()))
	return s.show(w, r, http.StatusOK, "fileregister", "", view)
}
