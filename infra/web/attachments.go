package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strconv"

	"ayumi/domain"
	"ayumi/projections"

	"github.com/google/uuid"
)

// Attachments keeps files under the key of the person they belong to.
type Attachments interface {
	// Put answers the digest of the ciphertext that is kept.
	Put(ctx context.Context, owner, document string, content []byte) (digest string, err error)
	// Get answers a file after the access log has the reading of it; ErrUnseen if
	// it cannot, ErrMissing if there is no such file, domain.ErrErased if the key
	// is destroyed.
	Get(ctx context.Context, who domain.Actor, subject, owner, document, digest string) ([]byte, error)
}

// mostAttached is the largest file that is taken in: 20 MiB.
const mostAttached = 20 << 20

// DocumentList is the papers of a person's cases, and the form for another one.
type DocumentList struct {
	Rows  []DocumentLine
	Form  *DocumentForm
	Error string
}

// DocumentLine is one file.
type DocumentLine struct{ Kind, Name, Href, On, Size string }

// DocumentForm takes a file in.
type DocumentForm struct {
	Action, CommandID string
	Kinds             []Option
}

// documents lists the files of a person.
func (s *Site) documents(v Visitor, d *dossier) *DocumentList {
	out := &DocumentList{}
	for _, e := range d.entries {
		if e.Type != "case.document_attached" || e.Voided != nil {
			continue
		}
		bytes, _ := e.Facts.Int("bytes")
		row := DocumentLine{Kind: v.W.Code("kind", e.Facts.Text("kind")), Name: d.seen.texts[e.Position].first("file_name"), On: v.W.PlainDate(e.From), Size: v.W.Attachments.Kilobytes(int(bytes+1023) / 1024)}
		if row.Name != "" && v.holds("CO", "LD") {
			row.Href = "/people/" + d.sum.ID + "/documents/" + e.Facts.Text("document")
		}
		out.Rows = append(out.Rows, row)
	}
	if c := d.openCase(); c != nil && d.asOf == 0 && v.holds("CO", "LD") && d.sum.State == "active" {
		out.Form = &DocumentForm{Action: "/people/" + d.sum.ID + "/documents", CommandID: uuid.NewString()}
		shape, _ := s.shape("case.attach_document")
		for _, f := range shape.Fields {
			for _, code := range f.List {
				out.Form.Kinds = append(out.Form.Kinds, Option{Value: code, Text: v.W.Code("kind", code)})
			}
		}
	}
	if len(out.Rows) == 0 && out.Form == nil {
		return nil
	}
	return out
}

// attach takes a file in: it is encrypted and kept before the log says so.
func (s *Site) attach(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := readPaper(w, r)
	if err != nil {
		return err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "document")
	if err != nil {
		return err
	}
	c := d.openCase()
	if c == nil {
		return ErrRefused
	}
	if p.none() {
		return s.attachRefused(w, r, v, d, v.W.Attachments.NoFile)
	}
	if faults, ok := faultsOf(v.W, p.sound(), nil); ok {
		return s.attachRefused(w, r, v, d, faults[0].Text)
	}
	_, receipts, err := s.keep(r.Context(), v, commandID(r), c.ID, c.Lead, r.PostFormValue("kind"), p)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		return s.attachRefused(w, r, v, d, faults[0].Text)
	}
	if err != nil {
		return err
	}
	position, _ := lastOf(receipts)
	http.Redirect(w, r, "/people/"+d.sum.ID+"?at="+strconv.FormatUint(position, 10)+"#documents", http.StatusSeeOther)
	return nil
}

func (s *Site) attachRefused(w http.ResponseWriter, r *http.Request, v Visitor, d *dossier, why string) error {
	view, err := s.journeyView(r, v, d, d.position)
	if err != nil {
		return err
	}
	if view.Documents != nil {
		view.Documents.Error = why
	}
	if view.Documents != nil && view.Documents.Form != nil {
		view.Documents.Form.Kinds = choose(view.Documents.Form.Kinds, r.PostFormValue("kind"))
	}
	return s.show(w, r, http.StatusUnprocessableEntity, "journey", "", view)
}

// attached hands a file out to one who may see whose it is.
func (s *Site) attached(w http.ResponseWriter, r *http.Request, v Visitor) error {
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "document")
	if err != nil {
		return err
	}
	for _, e := range d.entries {
		if e.Type != "case.document_attached" || e.Voided != nil || e.Facts.Text("document") != r.PathValue("document") {
			continue
		}
		name := d.seen.texts[e.Position].first("file_name")
		if d.seen.texts[e.Position].erased() {
			return ErrMissing
		}
		if name == "" {
			return ErrRefused
		}
		content, err := s.config.Attachments.Get(r.Context(), v.Actor, d.sum.ID, e.Person, r.PathValue("document"), e.Facts.Text("cipher"))
		if errors.Is(err, domain.ErrErased) {
			return ErrMissing
		}
		if err != nil {
			return err
		}
		if err := s.seen(r); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		w.Header().Set("Cache-Control", "no-store")
		_, err = w.Write(content)
		return err
	}
	return ErrMissing
}
