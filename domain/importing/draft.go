package importing

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// State is where an import stands.
type State string

// The states: open → running → done → undoing → undone; a run may pause.
const (
	Open    State = "open"    // read, mended, not yet imported
	Running State = "running" // rows become records
	Paused  State = "paused"  // stopped by somebody, by a bound or by a fault
	Done    State = "done"
	Undoing State = "undoing"
	Undone  State = "undone"
)

// Draft is one ledger on its way into the log: what was decided about it and what
// became of its rows. Its batch is its id. All of it is personal.
type Draft struct {
	ID         string    `json:"id"`
	Account    string    `json:"account"`
	Controller string    `json:"controller"`
	File       string    `json:"file"`
	Encoding   string    `json:"encoding,omitempty"`
	Begun      time.Time `json:"begun"`
	Sheets     []string  `json:"sheets"`
	Sheet      int       `json:"sheet"`
	Mapping    Mapping   `json:"mapping"`
	Clashes    []Clash   `json:"clashes,omitempty"` // not decided yet
	Recalled   bool      `json:"recalled,omitempty"`
	Change     Change    `json:"change"`
	Said       Said      `json:"said"`
	Accepted   bool      `json:"accepted,omitempty"` // a share of wrong rows beyond the bound
	State      State     `json:"state"`
	Why        string    `json:"why,omitempty"` // key of why it paused
	Revision   int       `json:"revision"`

	Results map[int]Result `json:"results,omitempty"` // by number of the row
	Undo    Reversal       `json:"undo"`
}

// Said is what a draft says of all its rows.
type Said struct {
	Desk          string `json:"desk"`
	TargetPref    string `json:"target_pref"`
	NoticeVersion string `json:"notice_version"`
	NoticeMethod  string `json:"notice_method"`
	OutsideHours  string `json:"outside_hours,omitempty"`
}

// Result is what became of a row.
type Result struct {
	Position uint64          `json:"position,omitempty"` // of its last record
	Began    bool            `json:"began,omitempty"`    // the person began with it
	Refused  *domain.Refusal `json:"refused,omitempty"`
}

// Reversal is what became of taking a batch back.
type Reversal struct {
	Voided  int      `json:"voided,omitempty"`  // consultations
	Closed  int      `json:"closed,omitempty"`  // cases that held nothing else
	People  int      `json:"people,omitempty"`  // persons who stay, without a record that counts
	Refused []uint64 `json:"refused,omitempty"` // positions of records that stand
}

// Terms are the terms of the draft's batch.
func (d *Draft) Terms() Terms {
	return Terms{Batch: uuid.MustParse(d.ID), Desk: d.Said.Desk, Counsellor: d.Account, TargetPref: d.Said.TargetPref,
		NoticeVersion: d.Said.NoticeVersion, NoticeMethod: d.Said.NoticeMethod, OutsideHours: d.Said.OutsideHours}
}

// Editable tells whether it may still be changed how the ledger is read.
func (d *Draft) Editable() bool { return d.State == Open && len(d.Results) == 0 }

// Mendable tells whether rows that are no records yet may be mended.
func (d *Draft) Mendable() bool {
	return (d.State == Open || d.State == Paused || d.State == Done) && d.Undo.Voided == 0
}

// Recorded tells whether a row is a record: nothing about it is mended any more.
func (d *Draft) Recorded(row int) bool {
	r, tried := d.Results[row]
	return tried && r.Refused == nil
}

// Brought are the persons that the batch brought into the office.
func (d *Draft) Brought() map[string]bool {
	out, terms := map[string]bool{}, d.Terms()
	for row, r := range d.Results {
		if r.Began {
			out[terms.Begun(row).Person] = true
		}
	}
	return out
}

// Imported is how many rows are records, and how many were refused.
func (d *Draft) Imported() (done, refused int) {
	for _, r := range d.Results {
		if r.Refused != nil {
			refused++
		} else {
			done++
		}
	}
	return done, refused
}

// First is the position of the first record of the batch, 0 if there is none.
func (d *Draft) First() uint64 {
	first := uint64(0)
	for _, r := range d.Results {
		if r.Position > 0 && (first == 0 || r.Position < first) {
			first = r.Position
		}
	}
	return first
}

// Choose maps the fields to columns: field → column from 0. A column that two fields
// ask for is the Refusal import.one_column.
func (d *Draft) Choose(columns map[string]int) error {
	seen := map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		if seen[columns[name]] {
			return domain.RefuseField("import.one_column", "column-"+name)
		}
		seen[columns[name]] = true
	}
	d.Mapping.Columns, d.Clashes = columns, nil
	return nil
}

// Mend puts a text in the place of a cell; the cell's own text takes the change back.
func (d *Draft) Mend(t Table, row int, field, text string) {
	if column, ok := d.Mapping.Columns[field]; ok && t.Cell(row-1, column) == text {
		delete(d.Change.Cells[row], field)
		return
	}
	if d.Change.Cells == nil {
		d.Change.Cells = map[int]map[string]string{}
	}
	if d.Change.Cells[row] == nil {
		d.Change.Cells[row] = map[string]string{}
	}
	d.Change.Cells[row][field] = text
}

// Teach keeps that a word of a column stands for a code.
func (d *Draft) Teach(field, word, code string) error {
	f, ok := FieldOf(field)
	if !ok || !f.Has(code) {
		return domain.RefuseField("field.code", field)
	}
	if d.Mapping.Values == nil {
		d.Mapping.Values = map[string]map[string]string{}
	}
	if d.Mapping.Values[field] == nil {
		d.Mapping.Values[field] = map[string]string{}
	}
	d.Mapping.Values[field][WordKey(word)] = code
	return nil
}

// Leave takes a row out of the import, or back into it.
func (d *Draft) Leave(row int, out bool) {
	if d.Change.Leave == nil {
		d.Change.Leave = map[int]bool{}
	}
	d.Change.Leave[row] = out
}

// Twice imports a row although another says the same.
func (d *Draft) Twice(row int) {
	if d.Change.Twice == nil {
		d.Change.Twice = map[int]bool{}
	}
	d.Change.Twice[row] = true
}

// Decide says who the person of a first row is.
func (d *Draft) Decide(row int, c Choice) {
	if d.Change.People == nil {
		d.Change.People = map[int]Choice{}
	}
	d.Change.People[row] = c
}

// Suspect is from how many points on somebody has to say whether a person of the
// ledger is one the office knows (handbook.md 7.4).
const Suspect = 70

// Like is one of the office's persons who may be a person of the ledger.
type Like struct {
	Person  string
	Number  int
	Name    string
	Points  int
	Signals []string
}

// FirstRow is the number of the row that a person first stands in.
func (p *Plan) FirstRow(person int) int { return p.Rows[p.People[person].Rows[0]].No }

// Settle puts the persons of the office beside those of the ledger who are like
// them, and holds back the rows of everybody about whom nobody has decided.
func (p *Plan) Settle(likes map[int][]Like, chosen map[int]Choice) {
	for i := range p.People {
		who := &p.People[i]
		who.Likes = likes[i]
		who.Choice, who.Decided = chosen[p.FirstRow(i)]
		if who.Known != "" {
			who.Likes, who.Choice, who.Decided = nil, Choice{Person: who.Known}, true
		}
		if who.Decided || len(who.Likes) == 0 || who.Likes[0].Points < Suspect {
			continue
		}
		for _, r := range who.Rows {
			p.Rows[r].Waiting = true
		}
	}
}

// Doubtful are the persons about whom somebody has to decide, by index.
func (p *Plan) Doubtful() []int {
	var out []int
	for i := range p.People {
		if l := p.People[i].Likes; len(l) > 0 && (l[0].Points >= Suspect || p.People[i].Decided) {
			out = append(out, i)
		}
	}
	return out
}
