// Package document reads the documents of others: plain text, CSV, spreadsheets
// and PDF with a text layer. It takes bytes, writes nothing anywhere and refuses
// in words of the product what it cannot read.
package document

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"ayumi/domain"
	doc "ayumi/domain/document"
)

// Limits of one document.
const (
	MaxBytes   = doc.MostBytes
	maxUnpack  = 64 << 20  // bytes that a packed document may hold
	maxText    = 1_000_000 // characters
	maxCells   = 50_000
	maxRows    = 50_000
	maxPages   = 300
	maxRefused = 50
)

// Reader reads documents. It is stateless.
type Reader struct{}

// Read reads a document by its content; the name only tells CSV from plain text.
// Errors are Refusals: document.empty, document.too_large, document.type,
// document.old_excel, document.encrypted, document.damaged, document.encoding,
// document.binary, document.scanned, document.pages, document.unpacked,
// document.too_long, document.cells.
func (Reader) Read(name string, raw []byte) (doc.Text, error) {
	switch {
	case len(raw) > MaxBytes:
		return doc.Text{}, domain.RefuseField("document.too_large", "document", "most", strconv.Itoa(MaxBytes>>20))
	case len(bytes.TrimSpace(raw)) == 0:
		return doc.Text{}, refuse("document.empty")
	}
	out, err := read(strings.ToLower(filepath.Ext(name)), raw)
	if err != nil {
		return doc.Text{}, err
	}
	length := 0
	for _, p := range out.Pieces {
		length += utf8.RuneCountInString(p.Text)
	}
	if length > maxText {
		return doc.Text{}, domain.RefuseField("document.too_long", "document", "count", strconv.Itoa(length), "most", strconv.Itoa(maxText))
	}
	return out, nil
}

func read(ending string, raw []byte) (doc.Text, error) {
	switch head := raw[:min(len(raw), 1024)]; {
	case bytes.Contains(head, []byte("%PDF-")):
		return readPDF(raw)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return readWorkbook(raw)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return doc.Text{}, refuse("document.old_excel")
	}
	text, encoding, err := decode(raw)
	if err != nil {
		return doc.Text{}, err
	}
	if ending == ".csv" || ending == ".tsv" {
		return readTable(text, encoding, ending == ".tsv")
	}
	return doc.Text{Pieces: doc.Lines(text), Format: "text", Encoding: encoding}, nil
}

func refuse(key string, args ...string) *domain.Refusal {
	return domain.RefuseField(key, "document", args...)
}

// note adds a part that could not be read.
func note(t *doc.Text, key string, args ...string) {
	if len(t.Refused) < maxRefused {
		t.Refused = append(t.Refused, refuse(key, args...))
	}
}
