package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// types of the files by kind.
var types = map[string]string{
	"pdf":  "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"json": "application/json",
}

// Print writes a paper as a file of one of workplan.Kinds. What it writes follows
// from the paper alone.
func (p *Press) Print(d workplan.Paper, kind string) (workplan.File, error) {
	out := workplan.File{Name: FileName(d, kind), Type: types[kind]}
	var err error
	switch kind {
	case "pdf":
		out.Bytes, out.Missing, err = p.pdf(d)
	case "xlsx":
		out.Bytes, err = spreadsheet(d)
	case "docx":
		out.Bytes, err = wordFile(d)
	case "json":
		out.Bytes, err = jsonFile(d)
	default:
		err = fmt.Errorf("kind of file %q", kind)
	}
	if err != nil {
		return workplan.File{}, fmt.Errorf("sheet %s as %s: %w", d.Sheet, kind, err)
	}
	return out, nil
}

// FileName names the file of a sheet: year, sheet and the day it was known at.
func FileName(d workplan.Paper, kind string) string {
	id := strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return r
		}
		return '-'
	}, strings.ReplaceAll(d.Sheet, "."+fmt.Sprint(int(d.FY))+".", "."))
	return fmt.Sprintf("ayumi_FY%d_sheet-%s_asof-%s.%s", int(d.FY), id, d.Known, kind)
}

// words are those of the language of a paper.
func words(d workplan.Paper) *locale.Words { return locale.In(locale.Language(d.Language)) }

// part is one file inside a zip.
type part struct {
	name string
	body []byte
}

// archive packs parts in the given order, at one time, so that the same parts are
// the same bytes.
func archive(parts []part, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: at.UTC().Truncate(2 * time.Second)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.body); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// repack packs a zip again in the order of its names, the part that says what the
// others are first.
func repack(raw []byte, at time.Time) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(body); err != nil {
			return nil, err
		}
		parts = append(parts, part{f.Name, b.Bytes()})
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return archive(parts, at)
}
