package document

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
)

// maxLedger is what a packed ledger may hold, in bytes.
const maxLedger = 256 << 20

// Tables reads a ledger: every sheet of a workbook that holds anything, or the one
// table of a CSV file in UTF-8 or a Japanese encoding. Days and times of a workbook
// are written as such, other numbers as they are stored; what a merged cell says
// stands in every row it covers. Encoding is "" for a workbook.
// Errors are Refusals: those of Read for a file that cannot be read, import.type,
// import.no_sheet, import.too_many, import.too_wide.
func (Reader) Tables(name string, raw []byte) (tables []importing.Table, encoding string, err error) {
	switch head := raw[:min(len(raw), 1024)]; {
	case len(raw) > MaxBytes:
		return nil, "", domain.RefuseField("document.too_large", "document", "most", strconv.Itoa(MaxBytes>>20))
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, "", refuse("document.empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		tables, err = bookTables(raw)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, "", refuse("document.old_excel")
	case bytes.Contains(head, []byte("%PDF-")):
		return nil, "", refuse("import.type")
	default:
		var text string
		if text, encoding, err = decode(raw); err == nil {
			tables, err = textTable(text, strings.EqualFold(filepath.Ext(name), ".tsv"))
		}
	}
	if err != nil {
		return nil, "", err
	}
	if len(tables) == 0 {
		return nil, "", refuse("import.no_sheet")
	}
	return tables, encoding, nil
}

// textTable reads CSV, or values parted by tabs. A quotation mark out of place is
// taken as it stands: a ledger is shown before anything is done with it.
func textTable(text string, tabs bool) ([]importing.Table, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimSuffix(text, "\x1a")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	first, _, _ := strings.Cut(text, "\n")
	if tabs || strings.Contains(first, "\t") && !strings.Contains(first, ",") {
		r.Comma = '\t'
	}
	g := grid{}
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return g.tables("", false), nil
		case err != nil:
			return nil, refuse("document.damaged")
		}
		if err := g.add(row); err != nil {
			return nil, err
		}
	}
}

// grid gathers the rows of a table within the limits.
type grid struct {
	rows  [][]string
	cells int
	last  int // row with anything in it, from 1
}

func (g *grid) add(row []string) error {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	g.cells += len(row)
	switch {
	case len(g.rows) >= importing.MostRows || g.cells > importing.MostCells:
		return refuse("import.too_many", "most", strconv.Itoa(importing.MostRows))
	case len(row) > importing.MostColumns:
		return refuse("import.too_wide", "most", strconv.Itoa(importing.MostColumns))
	}
	g.rows = append(g.rows, row)
	if len(row) > 0 {
		g.last = len(g.rows)
	}
	return nil
}

func (g *grid) tables(name string, since1904 bool) []importing.Table {
	if g.last == 0 {
		return nil
	}
	return []importing.Table{{Name: name, Rows: g.rows[:g.last], Since1904: since1904}}
}
