package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/letter"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// LetterView is the introduction paper on screen, as it is printed.
type LetterView struct {
	Page
	Paper     locale.LetterPaper
	Language  locale.Language // of the paper
	Languages []Option
	PDF       string
}

// letter shows the introduction paper of a referral.
func (s *Site) letter(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	paper := locale.In(locale.Language(p.Language))
	view := LetterView{Page: s.page(r, v, "referrals", v.W.Letter.Title, "css/receipt.css", "css/referrals.css"), Paper: paper.LetterPaper(p), Language: paper.Language,
		PDF: r.URL.Path + "/pdf?" + url.Values{"language": {p.Language}}.Encode()}
	for _, l := range []*locale.Words{locale.In(locale.Japanese), locale.In(locale.English)} {
		view.Languages = append(view.Languages, Option{Value: string(l.Language), Text: l.Frame.ThisLanguage, Chosen: l.Language == paper.Language})
	}
	view.Crumbs = []Crumb{{v.W.Referrals.Title, "/referrals"}, {recordNumber(p.Number), referralHref(p.Number)}, {v.W.Letter.Title, ""}}
	return s.show(w, r, http.StatusOK, "letter", "", view)
}

// letterPDF is the same as a file.
func (s *Site) letterPDF(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := s.writing(r, v)
	if err != nil {
		return err
	}
	file, err := s.config.Press.Letter(p)
	if err == nil {
		err = s.seen(r)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `attachment; filename="referral-`+strconv.FormatUint(p.Number, 10)+`.pdf"`)
	_, err = w.Write(file)
	return err
}

// writing reads what stands on the paper: the newest share of the referral that still
// stands. ErrMissing where nothing was shared, or sharing was stopped.
func (s *Site) writing(r *http.Request, v Visitor) (letter.Printing, error) {
	p := letter.Printing{Language: string(locale.Japanese), Sample: s.config.Sample}
	h, err := s.referralAsked(r, v.Actor.Controller, "")
	if err != nil {
		return p, err
	}
	share := h.standing()
	if share == nil {
		return p, ErrMissing
	}
	if h.seen, err = s.read(r, v, Glance{Subject: h.of.Person.ID, Reason: "letter", Act: "print", Classes: "P"}, []projections.Entry{*share}); err != nil {
		return p, err
	}
	if h.seen.texts[share.Position].erased() {
		return p, ErrErased
	}
	if l := r.FormValue("language"); l != "" {
		p.Language = string(locale.In(locale.Language(l)).Language)
	}
	flag, _ := share.Facts.Int("confidential_flag_sent")
	p.Number, p.On, p.Desk, p.Purpose, p.Basis, p.DueOn, p.Flag = h.of.Position, share.From, share.Desk, h.of.Purpose, share.Facts.Text("basis"), h.of.Due, flag == 1
	p.Fields, p.Text, p.Clerk = strings.Split(share.Facts.Text("fields"), ","), h.seen.texts[share.Position].first("text"), h.seen.staff[share.RecordedBy]
	p.To, err = s.bodyName(r.Context(), bodyNames{}, h.of.Partner)
	return p, err
}

// standing is the newest share that was not stopped; nil if there is none.
func (h *handed) standing() *projections.Entry {
	for _, e := range slices.Backward(h.told()) {
		if e.Type == "case.information_shared" {
			return &e
		}
	}
	return nil
}
