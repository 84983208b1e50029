package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// mostDocument bounds the document whose digest a publication takes: 30 MB.
const mostDocument = 30 << 20

// publicationInputs are the ids of the inputs by the fields of the commands.
var publicationInputs = map[string]string{
	"reason": "reason", "note": "remark", "document": "document", "status": "status", "outlet": "outlet", "comparison_basis": "basis", "as_of_text": "as_of",
}

// publication approves, rejects, withdraws, publishes or corrects an edition.
func (s *Site) publication(w http.ResponseWriter, r *http.Request, v Visitor) error {
	digest, err := readPublication(w, r)
	if err != nil {
		return err
	}
	all, l, err := s.lineOf(r, v)
	if err != nil {
		return err
	}
	command, fields, ok := publicationCommand(r, digest)
	if !ok || l.Edition == nil {
		return ErrMissing
	}
	fields["stream"] = l.Stream
	req, err := s.request(v, commandID(r), command, fields)
	if err != nil {
		return err
	}
	req.Expect = expected(r.PostFormValue("expected"))
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err == nil {
		position, _ := lastOf(receipts)
		http.Redirect(w, r, quantityHref(l)+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	faults, ok := faultsOf(v.W, err, publicationInputs)
	if moved(err) {
		status, ok = http.StatusConflict, true
		faults = []FieldError{{Text: v.W.Refusal("stream.moved", "", nil)}}
		if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
			return err
		}
		if all, l, err = s.lineOf(r, v); err != nil {
			return err
		}
	}
	if !ok {
		return err
	}
	return s.showPublication(w, r, v, all, l, status, faults, func(view *PublicationView) { keepPublication(r, digest, view) })
}

// publicationCommand reads the act of the address.
func publicationCommand(r *http.Request, digest string) (string, map[string]any, bool) {
	edition, err := strconv.Atoi(r.PostFormValue("edition"))
	if err != nil {
		return "", nil, false
	}
	fields := map[string]any{"edition": edition}
	text := func(field, input string) {
		if typed := strings.TrimSpace(r.PostFormValue(input)); typed != "" {
			fields[field] = typed
		}
	}
	switch r.PathValue("act") {
	case "approve":
		return "figure.approve", fields, true
	case "reject":
		text("reason", "reason")
		return "figure.reject", fields, true
	case "withdraw":
		text("reason", "reason")
		return "figure.withdraw_proposal", fields, true
	case "publish":
		text("status", "status")
		text("outlet", "outlet")
		text("comparison_basis", "basis")
		text("as_of_text", "as_of")
		text("note", "note")
		fields["unit_stated"] = r.PostFormValue("unit_stated") != ""
		if digest != "" {
			fields["document"] = digest
		}
		return "figure.publish", fields, true
	case "correct":
		text("reason", "reason")
		text("note", "remark")
		replaces, err := strconv.Atoi(r.PostFormValue("replaces"))
		fields["replaces"] = replaces
		return "figure.correct", fields, err == nil
	}
	return "", nil, false
}

// readPublication reads the form; of a document it keeps the digest and nothing
// else, neither in memory nor on disk.
func readPublication(w http.ResponseWriter, r *http.Request) (string, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err := readForm(w, r)
		return strings.ToLower(strings.TrimSpace(r.PostFormValue("document"))), err
	}
	digest := ""
	err := readParts(w, r, mostDocument, func(_ string, file io.Reader) (err error) {
		digest, err = digestOf(file)
		return err
	})
	return cmp.Or(digest, strings.ToLower(strings.TrimSpace(r.PostFormValue("document")))), err
}

// readParts reads a form with a file in it: the file is handed on as it comes, with
// its name as it was sent, and the other fields become the form's. most bounds the
// file in bytes.
func readParts(w http.ResponseWriter, r *http.Request, most int64, file func(name string, content io.Reader) error) error {
	r.Body = http.MaxBytesReader(w, r.Body, most+mostForm)
	parts, err := r.MultipartReader()
	if err != nil {
		return ErrMissing
	}
	r.PostForm = url.Values{}
	r.Form = r.PostForm
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return tooLarge(err)
		}
		if part.FormName() == "file" {
			_, about, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
			if err := file(about["filename"], part); err != nil {
				return tooLarge(err)
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, mostForm))
		if err != nil {
			return tooLarge(err)
		}
		r.PostForm.Add(part.FormName(), string(text))
	}
}

// digestOf is the SHA-256 of a document; "" of an empty one: none was chosen.
func digestOf(document io.Reader) (string, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, document)
	if err != nil || n == 0 {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return ErrTooLarge
	}
	return ErrMissing
}

// keepPublication puts back what was typed.
func keepPublication(r *http.Request, digest string, view *PublicationView) {
	if view.Act == nil {
		return
	}
	view.Act.Reason = r.PostFormValue("reason")
	p := view.Act.Publish
	if p == nil {
		return
	}
	p.AsOf, p.Note, p.Why, p.Remark, p.Digest = r.PostFormValue("as_of"), r.PostFormValue("note"), r.PostFormValue("reason"), r.PostFormValue("remark"), digest
	p.Stated = r.PostFormValue("unit_stated") != ""
	for name, list := range map[string][]Option{"status": p.Statuses, "outlet": p.Outlets, "basis": p.Bases} {
		for i := range list {
			list[i].Chosen = list[i].Value == r.PostFormValue(name)
		}
	}
}
