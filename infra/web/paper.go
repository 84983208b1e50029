package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"ayumi/domain"

	"github.com/google/uuid"
)

// paper is a file that came with a form, before it is kept.
type paper struct {
	name    string // as it was sent
	content []byte
	large   bool
}

// none tells whether no file was chosen.
func (p paper) none() bool { return p.name == "" && len(p.content) == 0 }

// mostName is the longest name of a file in bytes.
const mostName = 255

// paperKinds are the kinds of files that are taken in, by the ends of their names,
// with the bytes that such files begin with.
var paperKinds = map[string][]string{
	".pdf": {"%PDF-"}, ".png": {"\x89PNG\r\n\x1a\n"}, ".jpg": {"\xff\xd8\xff"}, ".jpeg": {"\xff\xd8\xff"},
	".tif": {"II*\x00", "MM\x00*"}, ".tiff": {"II*\x00", "MM\x00*"}, ".docx": {"PK\x03\x04"}, ".xlsx": {"PK\x03\x04"},
}

// accepted is what a browser offers to choose from.
const accepted = ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.docx,.xlsx"

// readPaper reads a form with one file in it. A file that is too large is read to
// its end and let go, so that the browser hears the answer and nothing typed is lost.
func readPaper(w http.ResponseWriter, r *http.Request) (p paper, err error) {
	err = readParts(w, r, 4*mostAttached, func(name string, file io.Reader) (err error) {
		p.name = name
		if p.content, err = io.ReadAll(io.LimitReader(file, mostAttached+1)); err != nil {
			return err
		}
		if p.large = len(p.content) > mostAttached; p.large {
			p.content = nil
			_, err = io.Copy(io.Discard, file)
		}
		return err
	})
	if errors.Is(err, ErrTooLarge) && len(r.PostForm) > 0 {
		p, err = paper{name: p.name, large: true}, nil
	}
	return p, err
}

// sound refuses a file that is not what it says, or that no office sends: another
// kind than its name tells, a name that leads elsewhere, nothing in it, too much.
func (p paper) sound() error {
	switch {
	case len(p.name) > mostName || !utf8.ValidString(p.name) || strings.ContainsAny(p.name, `/\:`) ||
		strings.ContainsFunc(p.name, unseen) || strings.HasPrefix(p.name, "."):
		return domain.RefuseField("paper.name", "file")
	case p.large:
		return domain.RefuseField("paper.too_large", "file")
	case len(p.content) == 0:
		return domain.RefuseField("paper.empty", "file")
	}
	for _, begins := range paperKinds[strings.ToLower(path.Ext(p.name))] {
		if bytes.HasPrefix(p.content, []byte(begins)) {
			return nil
		}
	}
	return domain.RefuseField("paper.type", "file")
}

// unseen tells whether a sign shows nothing, or turns what stands after it round.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// keep encrypts a file under the key of a case's lead, and records then that it
// belongs to the case. The same file of the same form is one document, however
// often it is sent.
func (s *Site) keep(ctx context.Context, v Visitor, form uuid.UUID, file, lead, kind string, p paper) (string, []domain.Receipt, error) {
	sum := sha256.Sum256(p.content)
	id := uuid.NewSHA1(form, sum[:])
	document := domain.DeriveID(id, "document")
	digest, err := s.config.Attachments.Put(ctx, lead, document, p.content)
	if err != nil {
		return "", nil, err
	}
	req, err := s.request(v, id, "case.attach_document", map[string]any{"case": file, "document": document, "kind": kind,
		"cipher": digest, "bytes": len(p.content), "file_name": p.name})
	if err != nil {
		return "", nil, err
	}
	receipts, err := s.config.Office.Do(ctx, req)
	return document, receipts, err
}
