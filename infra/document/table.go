package document

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	doc "ayumi/domain/document"
)

// readTable reads CSV, or values parted by tabs. A row that is no CSV is refused
// by its number; the others are read.
func readTable(text, encoding string, tabs bool) (doc.Text, error) {
	out := doc.Text{Format: "csv", Encoding: encoding}
	r := csv.NewReader(strings.NewReader(strings.TrimSuffix(text, "\x1a")))
	r.FieldsPerRecord = -1
	first, _, _ := strings.Cut(text, "\n")
	if tabs || strings.Contains(first, "\t") && !strings.Contains(first, ",") {
		r.Comma = '\t'
	}
	var cells []doc.Cell
	for {
		row, err := r.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			out.Pieces = doc.Cells("", cells)
			return out, nil
		case errors.As(err, &bad):
			note(&out, "document.csv_row", "row", strconv.Itoa(bad.StartLine))
			continue
		case err != nil:
			return doc.Text{}, refuse("document.damaged")
		}
		for i, text := range row {
			line, _ := r.FieldPos(0)
			if strings.TrimSpace(text) != "" {
				cells = append(cells, doc.Cell{Row: line, Column: i + 1, Text: text})
			}
		}
		if len(cells) > maxCells {
			return doc.Text{}, refuse("document.cells", "most", strconv.Itoa(maxCells))
		}
	}
}
