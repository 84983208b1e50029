package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"ayumi/domain/japan"
)

// prefectureSeries is the prefecture's own series of movers as it published them by
// October 2020 (handbook.md 4.3): persons and, where it said so, households.
//
//go:embed prefecture.csv
var prefectureSeries string

// prefecture takes the prefecture's series in as its documents state it: it is
// counted by another rule than ours, and no record stands behind it. The digest is
// that of the file it is read from.
func (b *book) prefecture() {
	sum := sha256.Sum256([]byte(prefectureSeries))
	document := hex.EncodeToString(sum[:])
	rows := strings.Split(strings.TrimSpace(prefectureSeries), "\n")[1:]
	minute := 0
	for column, indicator := range []string{"R1@31", "R2@31"} {
		for _, row := range rows {
			cells := strings.Split(row, ",")
			if cells[column+1] == "" {
				continue
			}
			fy, value := number(cells[0]), number(cells[column+1])
			year := japan.FiscalYear(fy)
			note := "県公表の移住者数"
			if fy == 2015 && column == 1 {
				note = "県公表の移住世帯数。1,337世帯とした資料もある"
			} else if column == 1 {
				note = "県公表の移住世帯数"
			}
			r := reported{indicator, year.First(), year.Last(), value}
			b.say(at(japan.On(2020, 10, 1), 1000+minute), "an1", "figure.import", facts{"stream": r.stream(), "indicator": r.indicator, "from": r.from, "to": r.to, "value": r.value,
				"unit_stated": true, "unit": []string{"persons", "households"}[column], "comparison_basis": "none", "overlap": "none", "document": document, "note": note})
			minute++
		}
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(fmt.Errorf("prefecture.csv: %w", err))
	}
	return n
}
