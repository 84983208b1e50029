package export

import (
	"bytes"
	"encoding/csv"
	"strings"
)

const byteOrderMark = "\ufeff"

// writeCSV writes the data as RFC 4180 in UTF-8, with the mark by which Excel knows
// it.
func writeCSV(d Document) ([]byte, string, error) {
	body, err := commaSeparated(d.Data)
	return append([]byte(byteOrderMark), body...), "", err
}

func commaSeparated(t Table) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = guarded(c.Name)
	}
	if err := w.Write(line); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		for i, c := range row {
			line[i] = c.plain()
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// plain is a cell as text. A number is never guarded: it is ours.
func (c Cell) plain() string {
	switch c.Kind {
	case IsNumber:
		return c.digits()
	case IsHidden:
		return Withheld
	case IsNone:
		return Absent
	}
	return guarded(c.Text)
}

// guarded keeps a spreadsheet from taking a text for a formula: an apostrophe
// before what would begin one, in half or in full width.
func guarded(s string) string {
	if strings.IndexAny(s, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}
