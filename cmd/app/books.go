package app

import (
	"strings"

	"ayumi/domain/jobbook"
	"ayumi/infra/export"
	"ayumi/infra/web"
	"ayumi/infra/web/locale"
)

// pageBooks writes the books of the placement office.
type pageBooks struct{ app *App }

// bookTypes are the media types of the files, by kind.
var bookTypes = map[string]string{"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8", "sjis": "text/csv; charset=Shift_JIS"}

// Book writes one. In tables a cell that a spreadsheet would take for a formula stays
// text.
func (p pageBooks) Book(b jobbook.Book, kind string) (web.BookFile, error) {
	paper := locale.In(locale.Language(b.Language)).BookPaper(b)
	out := web.BookFile{Name: paper.File + "." + strings.Replace(kind, "sjis", "csv", 1), Type: bookTypes[kind]}
	var err error
	switch {
	case out.Type == "":
		return out, web.ErrMissing
	case kind == "pdf":
		out.Body, err = p.app.Press.Book(b)
	default:
		out.Body, _, err = export.Grid{Name: paper.Title, Head: paper.Head, Rows: paper.Rows}.Write(kind)
	}
	return out, err
}

var _ web.Books = pageBooks{}
