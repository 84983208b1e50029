package importing

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// reader reads one table.
type reader struct {
	t      Table
	m      Mapping
	c      Change
	today  japan.Date
	days   map[string]dayRead
	above  map[string]string // field → text that 〃 stands for
	people grouping
}

// Read understands a table by a mapping, with what somebody changed. It refuses
// nothing as a whole: what is wrong stands with its row. today is the day in Japan.
func Read(t Table, m Mapping, c Change, today japan.Date) Plan {
	r := &reader{t: t, m: m, c: c, today: today, days: map[string]dayRead{}, above: map[string]string{}}
	plan := Plan{Missing: m.missing()}
	twins := map[string]int{}
	for i := m.Head + 1; i < len(t.Rows); i++ {
		if r.silent(i) {
			if strings.Join(t.Rows[i], "") != "" {
				plan.Skipped++
			}
			continue
		}
		row, who := r.row(i)
		row.Person = r.people.place(&plan, who, len(plan.Rows))
		r.twin(&row, &plan, twins)
		plan.Rows = append(plan.Rows, row)
	}
	return plan
}

// missing names the fields without which no row can be imported.
func (m Mapping) missing() []string {
	var out []string
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool {
			_, mapped := m.Columns[n]
			return mapped || m.Defaults[n] != ""
		})
	}
	if !has("name", "family", "kana", "family_kana") {
		out = append(out, "name")
	}
	if !has("residence_pref", "address") {
		out = append(out, "residence_pref")
	}
	for _, name := range []string{"held_on", "channel", "categories"} {
		if !has(name) {
			out = append(out, name)
		}
	}
	return out
}

// silent tells a row that says nothing of a person: blank, the headings again, a sum.
func (r *reader) silent(i int) bool {
	first, blank := "", true
	for _, text := range r.t.Rows[i] {
		if text = strings.TrimSpace(text); text != "" {
			if blank {
				first, blank = text, false
			}
		}
	}
	if blank {
		return true
	}
	key := headKey(first)
	if slices.Contains(sums, key) {
		return true
	}
	return fieldNamed(key) != "" && Signature(r.t, i) == Signature(r.t, r.m.Head)
}

// text is what a field of a row says: what somebody put there, the cell, or for 〃
// what the row above says.
func (r *reader) text(row *Row, field string) string {
	if text, changed := r.c.Cells[row.No][field]; changed {
		r.above[field] = text
		return strings.TrimSpace(text)
	}
	column, mapped := r.m.Columns[field]
	if !mapped {
		return ""
	}
	text := unguarded(strings.TrimSpace(clean(r.t.Cell(row.No-1, column))))
	if len([]rune(text)) > MostText {
		row.fault(field, "field.too_long", string([]rune(text)[:60]), "max", strconv.Itoa(MostText))
		return ""
	}
	if slices.Contains(ditto, strings.ReplaceAll(text, "　", "")) {
		above, ok := r.above[field]
		if !ok {
			row.fault(field, "import.nothing_above", text)
			return ""
		}
		row.Filled = append(row.Filled, field)
		return strings.TrimSpace(above)
	}
	if text != "" {
		r.above[field] = text
	}
	return text
}

// clean drops what no text of a record may hold: control characters and the signs
// that turn the direction of what follows.
func clean(text string) string {
	if !strings.ContainsFunc(text, odd) {
		return text
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if odd(r) {
			return -1
		}
		return r
	}, text)
}

func odd(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xFFFD, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// unguarded takes away the apostrophe that an export puts before what a
// spreadsheet would take for a formula.
func unguarded(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && strings.IndexAny(rest, "=+-@＝＋－＠") == 0 {
		return rest
	}
	return text
}

func (row *Row) fault(field, key, text string, args ...string) *Fault {
	row.Faults = append(row.Faults, Fault{Refusal: *domain.RefuseField(key, field, args...), Text: text})
	return &row.Faults[len(row.Faults)-1]
}

// row reads one row.
func (r *reader) row(i int) (Row, Person) {
	row := Row{No: i + 1, Attendees: 1, Raw: r.raw(i)}
	row.Left = r.c.Leave[row.No]
	row.Record = r.record(&row)
	who := r.person(&row)
	r.when(&row)
	row.Channel = r.code(&row, "channel", true)
	row.Categories = r.codes(&row, "categories")
	if row.Outcome = r.code(&row, "outcome", false); row.Outcome == "" {
		row.Outcome = "information_given"
	}
	if text := r.text(&row, "attendee_count"); text != "" {
		n, err := strconv.Atoi(strings.TrimRight(plain(text), "人名"))
		if err != nil || n < 1 || n > 99 {
			row.fault("attendee_count", "import.count", text)
		} else {
			row.Attendees = n
		}
	}
	row.Note, row.Answer, row.Homework = r.text(&row, "note"), r.text(&row, "answer"), r.text(&row, "homework")
	row.Counsellor = r.code(&row, "counsellor", false)
	who.aged(row.HeldOn)
	return row, who
}

// raw is the row as it came: heading and cell, one a line.
func (r *reader) raw(i int) string {
	var b strings.Builder
	for column, text := range r.t.Rows[i] {
		if text = strings.TrimSpace(clean(text)); text == "" {
			continue
		}
		if head := strings.TrimSpace(clean(r.t.Cell(r.m.Head, column))); head != "" {
			b.WriteString(head + ": ")
		}
		b.WriteString(text + "\n")
	}
	text := []rune(strings.TrimSuffix(b.String(), "\n"))
	return string(text[:min(len(text), MostText)])
}

// when reads the day and the time of a row.
func (r *reader) when(row *Row) {
	text := r.text(row, "held_on")
	if text == "" {
		if !row.faulty("held_on") {
			row.fault("held_on", "field.required", "")
		}
		return
	}
	t, bad := r.day(text)
	if bad != nil {
		row.Faults = append(row.Faults, Fault{Refusal: *bad, Text: text, Propose: r.dayProposed(text)})
	} else {
		row.HeldOn, row.Precision, row.Started = t.Date, t.Precision, t.Clock
	}
	for _, field := range []string{"started_at", "ended_at"} {
		text := r.text(row, field)
		if text == "" {
			continue
		}
		from, to, ok := times(text)
		switch {
		case !ok:
			row.fault(field, "import.time", text)
		case field == "ended_at":
			row.Ended = from
		default:
			row.Started, row.Ended = from, to
		}
	}
	if row.Started != nil && row.Ended != nil && *row.Ended < *row.Started {
		row.fault("ended_at", "consultation.times", r.text(row, "ended_at"))
	}
}

func (row *Row) faulty(field string) bool {
	return slices.ContainsFunc(row.Faults, func(f Fault) bool { return f.Field == field })
}

// code reads a cell that holds one word of a list.
func (r *reader) code(row *Row, field string, needed bool) string {
	text := r.text(row, field)
	if text == "" {
		def := r.m.Defaults[field]
		if def == "" && needed && !row.faulty(field) {
			row.fault(field, "field.required", "")
		}
		return def
	}
	code := r.coded(field, text)
	if code == "" {
		row.fault(field, "import.word", text, "word", text)
	}
	return code
}

func (r *reader) codes(row *Row, field string) []string {
	text := r.text(row, field)
	if text == "" {
		if def := r.m.Defaults[field]; def != "" {
			return []string{def}
		}
		if !row.faulty(field) {
			row.fault(field, "consultation.no_category", "")
		}
		return nil
	}
	if code := r.coded(field, text); code != "" {
		return []string{code}
	}
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,/／・＋+&＆ 　\n\r", r) }) {
		code := r.coded(field, part)
		if code == "" {
			row.fault(field, "import.word", text, "word", part)
			return nil
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// coded is the code of a word: as somebody said it, as ledgers say it, or the code.
func (r *reader) coded(field, text string) string {
	key := WordKey(text)
	if code := r.m.Values[field][key]; code != "" {
		return code
	}
	f, _ := FieldOf(field)
	if code := usual[f.List][key]; code != "" {
		return code
	}
	if f.List == "pref" {
		return prefecture(text)
	}
	if slices.Contains(f.Codes(), plain(text)) {
		return plain(text)
	}
	return ""
}

// WordKey folds a word of a ledger to what Mapping.Values is kept under.
func WordKey(text string) string { return strings.TrimSpace(japan.SearchKey(text)) }

var usual = func() map[string]map[string]string {
	out := map[string]map[string]string{}
	for list, codes := range said {
		out[list] = map[string]string{}
		for code, words := range codes {
			for _, w := range words {
				out[list][WordKey(w)] = code
			}
		}
	}
	return out
}()

// twin marks a row that says what an earlier one said: the same person, day, time
// and note.
func (r *reader) twin(row *Row, plan *Plan, seen map[string]int) {
	if row.HeldOn == 0 || row.Person < 0 || plan.People[row.Person].Anonymous {
		return
	}
	at := ""
	if row.Started != nil {
		at = strconv.Itoa(*row.Started)
	}
	key := strings.Join([]string{strconv.Itoa(row.Person), row.HeldOn.String(), at, row.Channel, row.Note}, "\n")
	first, twice := seen[key]
	if !twice {
		seen[key] = row.No
		return
	}
	row.Twin = first
	if !r.c.Twice[row.No] {
		row.fault("", "import.same_row", "", "row", strconv.Itoa(first))
	}
}
