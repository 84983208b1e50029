package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/projections"
)

// Grids writes a plain table as a file: xlsx, csv or sjis.
type Grids interface {
	Grid(kind, name string, head []string, rows [][]string) (ImportFile, error)
}

// takeoutRequest is which records are taken away, how much of them, and what for.
type takeoutRequest struct {
	what, detail, reason, format string
	year                         japan.FiscalYear // 0: all
	desk                         string           // "": all of the prefecture
	asof                         japan.Date       // 0: now
	upto                         uint64
}

// purpose is how the access log names what the file is for.
func (q takeoutRequest) purpose() string { return "takeout." + q.what + "." + q.reason }

func (q takeoutRequest) within(on japan.Date) bool {
	return q.year == 0 || on != 0 && japan.FiscalYearOf(on) == q.year
}

// What a file may hold, how much of it, what for and in which form.
var (
	takeoutWhats   = []string{"consultations", "people", "referrals"}
	takeoutDetails = []string{"facts", "names", "texts"}
	takeoutReasons = []string{"handover", "report", "meeting", "check", "move", "person"}
	takeoutFormats = []string{"xlsx", "csv", "sjis"}
)

// TakeoutView asks which records are saved as a file.
type TakeoutView struct {
	Page
	Whats, Details, Formats []Choice
	Reasons, Years          []Option
	Desks                   []Option
	Day                     string
	Errors                  *Errors
}

// takeoutRoutes are the ledgers that leave the product.
func (s *Site) takeoutRoutes() {
	s.staff("GET /exports", s.takeoutForm, "CO", "LD")
	s.staff("POST /exports", s.takeoutFile, "CO", "LD")
}

func (s *Site) takeoutForm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showTakeout(w, r, v, http.StatusOK, nil)
}

// showTakeout asks; what was chosen stays chosen.
func (s *Site) showTakeout(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError) error {
	b := v.W.Takeout
	view := TakeoutView{Page: s.page(r, v, "people", b.Title, "css/export.css"), Day: r.PostFormValue("known")}
	view.Here = "/exports"
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {b.Title, ""}}
	pick := func(name string, words []string, texts, hints map[string]string) []Choice {
		chosen := r.PostFormValue(name)
		if !slices.Contains(words, chosen) {
			chosen = words[0]
		}
		var out []Choice
		for _, word := range words {
			out = append(out, Choice{word, texts[word], hints[word], word == chosen})
		}
		return out
	}
	view.Whats = pick("what", takeoutWhats, b.Whats, b.WhatHints)
	view.Details = pick("detail", takeoutDetails, b.Details, b.DetailHints)
	view.Formats = pick("format", takeoutFormats, b.Formats, b.FormatHints)
	view.Reasons = []Option{{Text: v.W.Intake.Choose, Chosen: r.PostFormValue("reason") == ""}}
	for _, word := range takeoutReasons {
		view.Reasons = append(view.Reasons, Option{Value: word, Text: b.Reasons[word], Chosen: r.PostFormValue("reason") == word})
	}
	view.Years = []Option{{Text: b.AllYears, Chosen: r.PostFormValue("fy") == ""}}
	first, last, _, err := s.days(r, v)
	if err != nil {
		return err
	}
	for year := japan.FiscalYearOf(max(last, s.today())); first != 0 && year >= japan.FiscalYearOf(first); year-- {
		text := strconv.Itoa(int(year))
		view.Years = append(view.Years, Option{Value: text, Text: v.W.FiscalYear(year), Chosen: r.PostFormValue("fy") == text})
	}
	view.Desks = []Option{{Value: "own", Text: v.W.Referrals.Own, Chosen: r.PostFormValue("desk") != "all"}, {Value: "all", Text: v.W.Referrals.Everybody, Chosen: r.PostFormValue("desk") == "all"}}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	return s.show(w, r, status, "takeout", "", view)
}

// takeoutRequestOf reads the form. What it does not know is refused by its field.
func (s *Site) takeoutRequestOf(r *http.Request, v Visitor) (takeoutRequest, []FieldError, error) {
	q := takeoutRequest{what: r.PostFormValue("what"), detail: r.PostFormValue("detail"), reason: r.PostFormValue("reason"), format: r.PostFormValue("format"), upto: projections.Newest}
	var faults []FieldError
	wrong := func(field, key string) {
		faults = append(faults, FieldError{field, v.W.Refusal(key, field, nil)})
	}
	for field, list := range map[string][]string{"what": takeoutWhats, "detail": takeoutDetails, "format": takeoutFormats} {
		if !slices.Contains(list, r.PostFormValue(field)) {
			wrong(field, "field.code")
		}
	}
	if !slices.Contains(takeoutReasons, q.reason) {
		wrong("reason", "field.required")
	}
	if text := r.PostFormValue("fy"); text != "" {
		year, ok := yearIn(text)
		if !ok {
			wrong("fy", "field.code")
		}
		q.year = year
	}
	if r.PostFormValue("desk") != "all" {
		q.desk = v.Actor.Desk
	}
	p, err := s.pastTyped(r.Context(), v, r.PostFormValue("known"))
	if p.wrong != "" {
		faults = append(faults, FieldError{"known", p.wrong})
	}
	q.asof, q.upto = p.day, p.upto
	return q, faults, err
}

// takeoutFile hands a file of records out, once the access log has it with its digest.
func (s *Site) takeoutFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	q, faults, err := s.takeoutRequestOf(r, v)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		slices.SortFunc(faults, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
		return s.showTakeout(w, r, v, http.StatusUnprocessableEntity, faults)
	}
	rows, err := s.takeoutOf(r, v, q)
	var refused *domain.Refusal
	if errors.As(err, &refused) {
		return s.showTakeout(w, r, v, http.StatusUnprocessableEntity, []FieldError{{refused.Field, v.W.Refusal(refused.Key, refused.Field, refused.Args)}})
	}
	if err != nil {
		return err
	}
	name := v.W.Takeout.Files[q.what]
	if q.asof != 0 {
		name += "_" + q.asof.String()
	}
	file, err := s.config.Grids.Grid(q.format, name, rows.head, rows.list)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(file.Body)
	e := viewing.Of(r.Context()).With(viewing.Entry{At: s.config.Now(), Act: viewing.Export, Reason: q.purpose(), Rows: len(rows.list), Digest: "sha256:" + hex.EncodeToString(digest[:])})
	if err := s.look(r, e); err != nil {
		return err
	}
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	w.Header().Set("Content-Length", strconv.Itoa(len(file.Body)))
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(file.Body)
	return err
}
