package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
)

// ImportView is one ledger on its way: how it is read, what is wrong, whom it may
// speak of, and how far it is.
type ImportView struct {
	Page
	carers   []Option
	Batch    string
	State    Chip
	ReadAs   string
	Recalled bool
	Sheets   []Option
	Errors   *Errors
	Counts   []ImportCount
	Skipped  string
	Columns  *ImportColumns
	Rows     *ImportRows
	People   *ImportPeople
	Start    *ImportStart
	Progress *ImportProgress
	Result   *ImportResult
	Discards bool
}

// ImportCount is how many rows stand in one way.
type ImportCount struct {
	Text, N, Href string
	Kind          string
	Current       bool
}

// ImportColumns says which column is what.
type ImportColumns struct {
	Open   bool
	Fields []ImportField
	Years  []Option
	Others []CommandField
}

// ImportField is one field with the columns and fixed values it may have.
type ImportField struct {
	Name, Label string
	Needed      bool
	Columns     []Option
	Defaults    []Option // none: a fixed value makes no sense
	Error       string
}

// ImportRows are rows of one kind, a page of them.
type ImportRows struct {
	Title, Hint, Range string
	Before, Next       string // addresses
	Mends              bool
	Show               string
	List               []ImportLine
}

// ImportLine is one row of the ledger.
type ImportLine struct {
	No    string
	Text  string // the row as it came
	Cells []ImportCell
	Twin  bool
	Left  bool
	Mends bool
}

// ImportCell is one thing wrong, with where to mend it.
type ImportCell struct {
	Name, Label, Text, Why string
	Value                  string
	Word                   string // of a list: its meaning is chosen
	Options                []Option
	Fixed                  bool // nothing to type
}

// ImportPeople are persons who may be in the records already.
type ImportPeople struct {
	List                []ImportPerson
	Range, Before, Next string
}

// ImportPerson is a person of the ledger beside those it is like.
type ImportPerson struct {
	Row, Name, Rows string
	Told            []string
	Options         []ImportLike
	New             bool
}

// ImportLike is one of the office's persons.
type ImportLike struct {
	Person, Name, Number, Href, Points string
	Signals                            string
	Chosen                             bool
}

// ImportStart is the button that makes records.
type ImportStart struct {
	Text, Button string
	TooMany      bool
}

// ImportProgress is a run under way.
type ImportProgress struct {
	Heading, Text string
	Done, All     int
}

// ImportResult is what became of a batch.
type ImportResult struct {
	Kind, Icon, Heading, Text string
	Undo                      string // what it would do; "": it cannot be taken back
	Stand                     []Pair // records that could not be taken back
}

// shownRows is how many rows or persons one page shows.
const shownRows = 50

func (s *Site) importPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showImport(w, r, v, http.StatusOK, nil)
}

// showImport shows a ledger as it stands, with what was wrong about a wish.
func (s *Site) showImport(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError) error {
	d, table, plan, err := s.config.Imports.Look(r.Context(), v.Actor, r.PathValue("batch"))
	if err != nil {
		return err
	}
	view := ImportView{Page: s.page(r, v, "people", v.W.Imports.Title, "css/import.css"), Batch: d.ID, State: importState(v, d.State), Recalled: d.Recalled && d.Editable()}
	view.Here = "/imports/" + d.ID
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {v.W.Imports.Title, "/imports"}, {d.File, ""}}
	view.ReadAs = v.W.Imports.ReadAs(d.File, importReadAs(v, d))
	if len(d.Sheets) > 1 && d.Editable() {
		for i, name := range d.Sheets {
			view.Sheets = append(view.Sheets, Option{Value: strconv.Itoa(i), Text: name, Chosen: i == d.Sheet})
		}
	}
	if d.State == importing.Running || d.State == importing.Undoing {
		w.Header().Set("Refresh", "2") // asks again without a script
		view.Progress = importProgress(v, d, plan)
		return s.show(w, r, status, "import", "", view)
	}
	view.Result = importResult(v, d)
	if d.Editable() {
		view.Columns = importColumns(v, d, table, plan)
	}
	if d.Mendable() {
		if err := s.importPeople(r, v, d, plan, &view); err != nil {
			return err
		}
		view.Start = importStart(v, d, plan)
	}
	carers, err := s.config.Imports.Carers(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, a := range carers {
		view.carers = append(view.carers, Option{Value: a.ID, Text: a.Name})
	}
	importRows(r, v, d, plan, &view)
	done, _ := d.Imported()
	view.Discards = done == 0 || d.State == importing.Undone
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	return s.show(w, r, status, "import", "", view)
}

func importReadAs(v Visitor, d *importing.Draft) string {
	if d.Encoding == "" {
		return v.W.Imports.Excel
	}
	return v.W.Documents.Formats["csv"] + v.W.Calendar.Comma + v.W.Documents.Encodings[d.Encoding]
}

func importProgress(v Visitor, d *importing.Draft, plan *importing.Plan) *ImportProgress {
	done, refused := d.Imported()
	good, _, _, _ := plan.Count()
	out := &ImportProgress{Heading: v.W.Imports.Running, Done: done + refused, All: good}
	if d.State == importing.Undoing {
		out.Heading, out.Done, out.All = v.W.Imports.Undoing, d.Undo.Voided, done
	}
	out.Text = v.W.Imports.Progress(out.Done, out.All)
	return out
}

func importResult(v Visitor, d *importing.Draft) *ImportResult {
	done, refused := d.Imported()
	w := &v.W.Imports
	switch {
	case d.State == importing.Undone:
		out := &ImportResult{Kind: "ok", Icon: "check", Heading: w.States["undone"], Text: w.UndoneText(d.Undo.Voided, d.Undo.Closed, d.Undo.People, len(d.Undo.Refused))}
		for _, position := range d.Undo.Refused {
			out.Stand = append(out.Stand, Pair{Value: recordNumber(position), Href: recordHref(position)})
		}
		return out
	case done+refused == 0 && d.State == importing.Open:
		return nil
	}
	out := &ImportResult{Kind: "ok", Icon: "check", Heading: w.DoneTitle, Text: w.DoneText(done, refused)}
	if d.State == importing.Paused {
		out.Kind, out.Icon, out.Heading = "warn", "warn", w.Paused
		out.Text += " " + w.Why[d.Why]
	}
	if done > 0 {
		out.Undo = w.UndoText(done)
	}
	return out
}

func importStart(v Visitor, d *importing.Draft, plan *importing.Plan) *ImportStart {
	rows, people := 0, map[int]bool{}
	for i := range plan.Rows {
		if r := &plan.Rows[i]; r.Good() && !d.Recorded(r.No) {
			rows++
			people[r.Person] = true
		}
	}
	if rows == 0 {
		return nil
	}
	out := &ImportStart{Text: v.W.Imports.StartText(rows, len(people)), Button: v.W.Imports.Start}
	if len(d.Results) > 0 {
		out.Button = v.W.Imports.Go
	}
	out.TooMany = domain.Refused(importing.UsualBounds.Stops(plan, false), "import.too_many_wrong")
	return out
}

// importColumns is the form that says which column is what.
func importColumns(v Visitor, d *importing.Draft, table importing.Table, plan *importing.Plan) *ImportColumns {
	w := &v.W.Imports
	out := &ImportColumns{Open: len(plan.Missing) > 0 || len(d.Clashes) > 0 || d.Said.NoticeVersion == ""}
	wide := 0
	for _, row := range table.Rows[:min(len(table.Rows), 50)] {
		wide = max(wide, len(row))
	}
	needed := map[string]string{}
	for _, name := range plan.Missing {
		needed[name] = v.W.Refusal("import.mapping", "", map[string]string{"field": w.Fields[name]})
	}
	for _, c := range d.Clashes {
		needed[c.Field] = v.W.Refusal("import.clash", "", map[string]string{"heading": c.Heading})
	}
	for _, f := range importing.Fields {
		column, mapped := d.Mapping.Columns[f.Name]
		in := ImportField{Name: f.Name, Label: w.Fields[f.Name], Error: needed[f.Name], Columns: []Option{{Text: w.NoColumn, Chosen: !mapped}},
			Needed: f.Name == "held_on" || f.Name == "name" || f.Name == "channel" || f.Name == "categories" || f.Name == "residence_pref"}
		for i := range wide {
			in.Columns = append(in.Columns, Option{Value: strconv.Itoa(i), Text: columnName(table, d.Mapping.Head, i), Chosen: mapped && column == i})
		}
		if codes := f.Codes(); len(codes) > 0 {
			in.Defaults = []Option{{Text: w.NoDefault, Chosen: d.Mapping.Defaults[f.Name] == ""}}
			for _, code := range codes {
				in.Defaults = append(in.Defaults, Option{Value: code, Text: importCode(v, f, code), Chosen: d.Mapping.Defaults[f.Name] == code})
			}
		}
		out.Fields = append(out.Fields, in)
	}
	out.Years = []Option{{Text: w.YearNone, Chosen: d.Mapping.Year == 0}}
	for y := japan.FiscalYearOf(japan.DateOf(d.Begun)); y > 1998; y-- {
		out.Years = append(out.Years, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == d.Mapping.Year})
	}
	out.Others = importSaid(v, d)
	return out
}

// importSaid are the inputs of what is true of all rows.
func importSaid(v Visitor, d *importing.Draft) []CommandField {
	w := &v.W.Imports
	list := func(name, label, value, of string) CommandField {
		f := CommandField{ID: name, Name: name, Label: label, Kind: "select", Required: true}
		codes := domain.Codes[of]
		if of == "notice_method" {
			field, _ := fieldOf("person.notice_given", "method")
			codes = field.List
		}
		for _, c := range codes {
			f.Options = append(f.Options, Option{Value: c, Text: code(v.W, of, c), Chosen: c == value})
		}
		return f
	}
	return []CommandField{
		{ID: "notice_version", Name: "notice_version", Label: w.Notice, Kind: "text", Value: d.Said.NoticeVersion, Hint: w.NoticeHint, Required: true},
		list("notice_method", w.Method, d.Said.NoticeMethod, "notice_method"),
		list("desk", w.Desk, d.Said.Desk, "desk"),
		list("target_pref", w.Target, d.Said.TargetPref, "target_pref"),
		{ID: "outside_hours", Name: "outside_hours", Label: w.Outside, Kind: "text", Value: d.Said.OutsideHours, Hint: w.OutsideHint},
	}
}

// columnName is a column as a spreadsheet calls it, with its heading.
func columnName(t importing.Table, head, column int) string {
	name := ""
	for n := column; n >= 0; n = n/26 - 1 {
		name = string(rune('A'+n%26)) + name
	}
	return strings.TrimSpace(name + " " + shortened(strings.Join(strings.Fields(t.Cell(head, column)), " ")))
}

func importCode(v Visitor, f importing.Field, c string) string {
	switch f.List {
	case "sex":
		return v.W.Imports.Sexes[c]
	case "flag":
		return v.W.Imports.Flags[c]
	}
	return code(v.W, f.List, c)
}

// pageOf cuts out the page that the address asks for.
func pageOf(r *http.Request, v Visitor, name string, all int) (from, to int, text, before, next string) {
	from, _ = strconv.Atoi(r.URL.Query().Get(name))
	if from = max(from-1, 0) / shownRows * shownRows; from >= all {
		from = 0
	}
	to = min(from+shownRows, all)
	if all <= shownRows {
		return from, to, "", "", ""
	}
	at := func(n int) string {
		q := url.Values{name: {strconv.Itoa(n + 1)}}
		if show := r.URL.Query().Get("show"); show != "" {
			q.Set("show", show)
		}
		return r.URL.Path + "?" + q.Encode() + "#" + name
	}
	if from > 0 {
		before = at(from - shownRows)
	}
	if to < all {
		next = at(to)
	}
	return from, to, v.W.Imports.More(from+1, to, all), before, next
}
