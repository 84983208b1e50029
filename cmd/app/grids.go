package app

import (
	"strings"

	"ayumi/infra/export"
	"ayumi/infra/web"
)

// gridTypes are the media types of files of plain tables.
var gridTypes = map[string]string{"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8", "sjis": "text/csv; charset=Shift_JIS"}

// grids write plain tables for the pages.
type grids struct{}

// Grid keeps the contract of web.Grids.
func (grids) Grid(kind, name string, head []string, rows [][]string) (web.ImportFile, error) {
	body, _, err := export.Grid{Name: name, Head: head, Rows: rows}.Write(kind)
	return web.ImportFile{Name: name + "." + strings.Replace(kind, "sjis", "csv", 1), Type: gridTypes[kind], Body: body}, err
}
