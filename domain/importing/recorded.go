package importing

import (
	"strconv"
	"strings"

	"ayumi/domain/japan"
)

// Held is a consultation of the office as a row that was exported from it is held
// against it.
type Held struct {
	Person string // whom it is about, the survivor of a merge
	Number int    // of that person
	// Days are those on which it may be said to have been held: the one that was
	// recorded first and the one it was amended to.
	Days []japan.Date
}

// record reads the number of the record that a row was exported from: 2214, #2,214.
func (r *reader) record(row *Row) uint64 {
	text := r.text(row, "record")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(strings.ReplaceAll(strings.TrimPrefix(plain(text), "#"), ",", ""), 10, 63)
	if err != nil || n == 0 {
		row.fault("record", "import.record", text)
	}
	return n
}

// Records are the numbers of the records that rows were exported from.
func (p *Plan) Records() []uint64 {
	var out []uint64
	for i := range p.Rows {
		if n := p.Rows[i].Record; n > 0 {
			out = append(out, n)
		}
	}
	return out
}

// Recognise marks the rows that are records of the office already: nothing of them is
// imported, whatever else they say. A row whose record is another one is wrong: it comes
// from another office, or somebody wrote over its day or its person; a record is
// amended on its own page. A person some of whose rows are records is the person of
// those.
func (p *Plan) Recognise(held map[uint64]Held) {
	for i := range p.Rows {
		row := &p.Rows[i]
		if row.Record == 0 {
			continue
		}
		who := &p.People[row.Person]
		h, ok := held[row.Record]
		if !ok || !h.is(row, who) {
			row.Faults = nil
			number := strconv.FormatUint(row.Record, 10)
			row.fault("record", "import.other_record", number, "record", number)
			continue
		}
		row.Known, row.Faults = true, nil
		who.Known = h.Person
	}
}

// is tells whether a row is this consultation.
func (h Held) is(row *Row, who *Person) bool {
	on := false
	for _, day := range h.Days {
		on = on || day == row.HeldOn
	}
	number, numbered := strings.CutPrefix(who.own, "P-")
	n, err := strconv.Atoi(number)
	return on && (!numbered || err != nil || n == h.Number)
}
