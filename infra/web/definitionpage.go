package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// definitionRoutes are the pages of the rules that count.
func (s *Site) definitionRoutes() {
	readers := []string{"CO", "LD", "AN", "MG", "AU"}
	s.staff("GET /definitions", s.definitions, readers...)
	s.staff("GET /definitions/{indicator}", s.definitionPage, readers...)
	s.staff("GET /definitions/{indicator}/new", s.definitionEdit, "AN")
	s.staff("POST /definitions/{indicator}/new", s.proposeDefinition, "AN")
	s.staff("GET /definitions/{indicator}/versions/{version}", s.definitionVersion, readers...)
	s.staff("POST /definitions/{indicator}/versions/{version}", s.decideDefinition, "MG")
}

// scopeAsked is the scope an address names, else the visitor's own.
func (s *Site) scopeAsked(r *http.Request, v Visitor) string {
	if scope := r.FormValue("scope"); isScope(s, r, v, scope) {
		return scope
	}
	return s.scopeOf(v)
}

// scopeOptions are the scopes whose figures the visitor may be told.
func (s *Site) scopeOptions(v Visitor, chosen string) []Option {
	var out []Option
	for _, scope := range domain.Codes["scope"] {
		if s.mayCount(v, scope) {
			out = append(out, Option{Value: scope, Text: v.W.Code("scope", scope), Chosen: scope == chosen})
		}
	}
	return out
}

// rulesOf is everything known of one indicator at a scope.
type rulesOf struct {
	scope, id string
	book      *indicator.Book
	list      []indicator.Listed
	series    *indicator.Series // nil: never registered
	version   uint64            // of the stream
}

// force is the version in force on a day.
func (x rulesOf) force(on japan.Date) (indicator.Definition, bool) { return x.book.InForce(x.id, on) }

// named is a version in whatever state.
func (x rulesOf) named(version string) (indicator.Listed, bool) {
	i := slices.IndexFunc(x.list, func(l indicator.Listed) bool { return l.Version == version })
	if i < 0 {
		return indicator.Listed{}, false
	}
	return x.list[i], true
}

// rules reads what is known of an indicator; ErrMissing if there is none.
func (s *Site) rules(r *http.Request, scope, id string) (rulesOf, error) {
	x := rulesOf{scope: scope, id: id}
	all, err := s.config.Definitions.All(r.Context())
	if err != nil {
		return x, missing(err)
	}
	list, err := indicator.Listing(scope, all)
	if err != nil {
		return x, err
	}
	x.list = slices.DeleteFunc(list, func(l indicator.Listed) bool { return l.Indicator != id })
	if x.book, err = s.book(r.Context(), scope); err != nil {
		return x, err
	}
	file, err := s.config.Definitions.File(r.Context(), id, scope)
	if err != nil {
		return x, missing(err)
	}
	x.series, x.version = file.Series, file.Version
	if len(x.list) == 0 {
		return x, ErrMissing
	}
	return x, nil
}

// naturally reads an indicator at the scope the address names, else where it is
// usually counted.
func (s *Site) naturally(r *http.Request, v Visitor, id string) (rulesOf, error) {
	x, err := s.rules(r, s.scopeAsked(r, v), id)
	if err != nil || r.FormValue("scope") != "" {
		return x, err
	}
	if scope := x.list[0].NaturalScope(x.scope); scope != x.scope {
		return s.rules(r, scope, id)
	}
	return x, nil
}

// definitions is the list of all indicators.
func (s *Site) definitions(w http.ResponseWriter, r *http.Request, v Visitor) error {
	scope := s.scopeAsked(r, v)
	view := DefinitionsView{Page: s.page(r, v, "indicators", v.W.Definition.Title, "css/definition.css"), Scopes: s.scopeOptions(v, scope)}
	all, err := s.config.Definitions.All(r.Context())
	if err != nil {
		return missing(err)
	}
	list, err := indicator.Listing(scope, all)
	if err != nil {
		return err
	}
	for i, l := range list {
		if i > 0 && list[i-1].Indicator == l.Indicator {
			continue
		}
		x, err := s.naturally(r, v, l.Indicator)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, s.definitionRow(v, x))
	}
	return s.show(w, r, http.StatusOK, "definitions", "", view)
}

func (s *Site) definitionRow(v Visitor, x rulesOf) DefinitionRow {
	w := v.W
	force, ok := x.force(s.today())
	row := DefinitionRow{ID: indicator.StreamID(x.id, x.scope), Name: name(w, x.list[0].Definition), Href: definitionHref(x.id, x.scope), Version: w.Definition.NoneInForce}
	if l, found := x.named(force.Version); ok && found {
		row.Version, row.From, row.Digest = l.Version, dayText(w, l.OfficialFrom), l.Digest()[:12]
		row.Chip, row.Text = versionChip(w, l.State), l.Text[string(w.Language)]
	}
	for _, l := range x.list {
		if l.Version != force.Version {
			row.Others = append(row.Others, DefinitionChip{Name: l.Version, Href: versionHref(x.id, l.Version, x.scope), Chip: versionChip(w, l.State)})
		}
	}
	row.Breaks = breakLines(w, x.series)
	return row
}

// breakLines are the breaks of a series in words.
func breakLines(w *locale.Words, series *indicator.Series) []string {
	if series == nil {
		return nil
	}
	var out []string
	for _, b := range series.Breaks {
		out = append(out, w.Definition.BreakLine(w.PlainDate(b.At), w.Code("break_kind", b.Kind), b.Note))
	}
	return out
}

// dayText writes a day as a definition holds it.
func dayText(w *locale.Words, day string) string {
	d, err := japan.ParseDate(day)
	if err != nil {
		return day
	}
	return w.PlainDate(d)
}

func versionChip(w *locale.Words, state string) Chip {
	kind := map[string]string{
		indicator.StateProposed: "yellow", indicator.StateApproved: "green", indicator.StateRejected: "red", indicator.StateRetired: "gray",
		indicator.StateShipped: "blue", indicator.StateTrial: "purple",
	}[state]
	icon := map[string]string{indicator.StateProposed: "clock", indicator.StateApproved: "check", indicator.StateRejected: "warn"}[state]
	return Chip{kind, icon, w.Code("version_state", state)}
}

func definitionHref(id, scope string) string {
	return "/definitions/" + url.PathEscape(id) + "?" + url.Values{"scope": {scope}}.Encode()
}

func versionHref(id, version, scope string) string {
	return "/definitions/" + url.PathEscape(id) + "/versions/" + url.PathEscape(version) + "?" + url.Values{"scope": {scope}}.Encode()
}

// mostColumns is how many versions are set side by side.
const mostColumns = 4

// definitionPage is one indicator with its versions side by side.
func (s *Site) definitionPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	x, err := s.naturally(r, v, r.PathValue("indicator"))
	if err != nil {
		return err
	}
	title := v.W.Definition.Heading(x.id, name(v.W, x.list[0].Definition))
	view := DefinitionView{Page: s.page(r, v, "indicators", title, "css/definition.css"), Heading: title, Code: indicator.StreamID(x.id, x.scope),
		Scopes: s.scopeOptions(v, x.scope), Breaks: breakLines(v.W, x.series)}
	view.Crumbs = []Crumb{{v.W.Definition.Breadcrumb, "/definitions"}, {x.id, ""}}
	if v.holds("AN") {
		view.New = "/definitions/" + url.PathEscape(x.id) + "/new?" + url.Values{"scope": {x.scope}}.Encode()
	}
	seen, err := s.deciders(r, v, x)
	if err != nil {
		return err
	}
	force, _ := x.force(s.today())
	for _, l := range slices.Backward(x.list) {
		view.Versions = append(view.Versions, versionLine(v, seen, x, l, force))
	}
	view.Columns, view.Rows = sideBySide(v.W, s.columnsOf(x, force)...)
	if x.series != nil {
		view.Targets = targetLines(v.W, x)
	}
	return s.show(w, r, http.StatusOK, "definition", "", view)
}

// columnsOf are the versions set side by side: the one in force, then the newest
// others that were not rejected.
func (s *Site) columnsOf(x rulesOf, force indicator.Definition) []indicator.Listed {
	var out []indicator.Listed
	if l, ok := x.named(force.Version); ok {
		out = append(out, l)
	}
	for _, l := range slices.Backward(x.list) {
		if l.Version != force.Version && l.State != indicator.StateRejected && len(out) < mostColumns {
			out = append(out, l)
		}
	}
	return out
}

func targetLines(w *locale.Words, x rulesOf) []string {
	var out []string
	years := make([]int, 0, len(x.series.Targets))
	for fy := range x.series.Targets {
		years = append(years, fy)
	}
	slices.Sort(years)
	for _, fy := range slices.Backward(years) {
		t := x.series.Targets[fy]
		value := t.Text
		if t.Value != nil {
			value = w.Sized(*t.Value, x.list[0].Unit)
		}
		comparator := w.Code("comparator", t.Comparator)
		if t.Comparator == "text" {
			comparator = ""
		}
		out = append(out, w.Definition.Target(w.FiscalYearShort(japan.FiscalYear(fy)), comparator, value))
	}
	return out
}

// deciders opens the names of those who proposed and decided.
func (s *Site) deciders(r *http.Request, v Visitor, x rulesOf) (reading, error) {
	var staff []string
	for _, l := range x.list {
		if l.Own != nil {
			staff = append(staff, l.Own.ProposedBy, l.Own.DecidedBy)
		}
	}
	if len(staff) == 0 {
		return reading{}, nil
	}
	return s.read(r, v, Glance{Subject: indicator.StreamID(x.id, x.scope), Reason: "definition", Classes: "P"}, nil, staff...)
}

func versionLine(v Visitor, seen reading, x rulesOf, l indicator.Listed, force indicator.Definition) DefinitionVersion {
	w := v.W
	out := DefinitionVersion{Name: l.Version, Href: versionHref(x.id, l.Version, x.scope), From: dayText(w, l.OfficialFrom), Chip: versionChip(w, l.State),
		InForce: l.Version == force.Version, Digest: l.Digest()[:12]}
	if own := l.Own; own != nil {
		out.Proposed = w.Definition.By(seen.name(v, own.ProposedBy), w.PlainDate(own.ProposedOn))
		if own.DecidedBy != "" {
			out.Decided = w.Definition.By(seen.name(v, own.DecidedBy), w.PlainDate(own.DecidedOn))
		}
		if own.Retired != 0 {
			out.Retired = w.PlainDate(own.Retired)
		}
		if own.Reason != "" {
			out.Reason = w.Definition.Rejected(own.Reason)
		}
	}
	return out
}

// sideBySide sets versions beside each other, a parameter a line; what differs from
// the first is marked.
func sideBySide(w *locale.Words, list ...indicator.Listed) ([]DefinitionColumn, []DefinitionCompare) {
	var columns []DefinitionColumn
	var rows []DefinitionCompare
	for _, l := range list {
		columns = append(columns, DefinitionColumn{Name: l.Version, Chip: versionChip(w, l.State)})
	}
	line := func(label string, value func(indicator.Listed) string) {
		row, stated := DefinitionCompare{Label: label}, false
		for i, l := range list {
			text := value(l)
			stated = stated || text != ""
			row.Cells = append(row.Cells, DefinitionCell{Value: cmp.Or(text, w.Definition.Absent), Changed: i > 0 && text != value(list[0])})
		}
		if stated {
			rows = append(rows, row)
		}
	}
	line(w.Field("official_from"), func(l indicator.Listed) string { return dayText(w, l.OfficialFrom) })
	line(w.Field("rule"), func(l indicator.Listed) string { return w.Code("rule", l.Rule) })
	line(w.Field("unit"), func(l indicator.Listed) string { return w.Code("unit", l.Unit) })
	line(w.Field("unit_basis"), func(l indicator.Listed) string { return w.Code("unit_basis", l.Basis) })
	for _, name := range indicator.ParameterOrder() {
		line(parameterLabel(w, name), func(l indicator.Listed) string { return parameterText(w, name, l.Parameters[name]) })
	}
	return columns, rows
}

// parameterLists are the lists that name the values of a parameter, where it is not
// its own.
var parameterLists = map[string]string{
	"channels": "channel", "event_channels": "channel", "categories": "category", "job_map": "category", "relocation_map": "category", "contracts": "contract",
	"subtract_out_before_publication": "yes_no", "unknown_in_denominator": "yes_no", "numerator": "indicator", "denominator": "indicator",
}

// parameterLabel names a parameter; a field of a person bears the name of one.
func parameterLabel(w *locale.Words, name string) string {
	if name == "workplace" {
		name = "workplace_where"
	}
	return w.Field(name)
}

// parameterText is a value of a parameter in words.
func parameterText(w *locale.Words, name, value string) string {
	if value == "all" {
		return w.Definition.All
	}
	if _, err := japan.ParseDate(value); err == nil {
		return dayText(w, value)
	}
	list := cmp.Or(parameterLists[name], name)
	parts := strings.Split(value, ",")
	for i, p := range parts {
		parts[i] = w.Code(list, p)
	}
	return strings.Join(parts, w.Calendar.Comma)
}
