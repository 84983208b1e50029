package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"

	"github.com/google/uuid"
)

// closingRoutes are the pages on which a year is closed.
func (s *Site) closingRoutes() {
	readers := []string{"AN", "MG", "AU"}
	s.staff("GET /closing", s.closingOf, readers...)
	s.staff("GET /closing/{fy}", s.closingPage, readers...)
	s.staff("GET /after-close", s.afterClose, readers...)
	s.staff("GET /monitors", s.monitors, "LD", "AU")
	s.staff("POST /closing/{fy}/open", s.openPeriod, "AN")
	s.staff("POST /closing/{fy}/cutoff", s.setCutoff, "AN")
	s.staff("POST /closing/{fy}/check", s.checkGates, "AN")
	s.staff("POST /closing/{fy}/close", s.closePeriod, "MG")
	s.staff("POST /closing/{fy}/reopen", s.reopenPeriod, "MG")
}

// closingOf goes to a year: the one chosen, else the newest with a consultation.
func (s *Site) closingOf(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := s.yearAsked(r, v)
	if err != nil {
		return err
	}
	http.Redirect(w, r, closingHref(year, ""), http.StatusSeeOther)
	return nil
}

func closingHref(year japan.FiscalYear, kind string) string {
	href := "/closing/" + strconv.Itoa(int(year))
	if kind != "" && kind != period.YearClose {
		href += "?kind=" + kind
	}
	return href
}

// closingYear reads the year of the address.
func closingYear(r *http.Request) (japan.FiscalYear, error) {
	n, err := strconv.Atoi(r.PathValue("fy"))
	if err != nil || n < 1950 || n > 2200 {
		return 0, ErrMissing
	}
	return japan.FiscalYear(n), nil
}

// closingKind is the kind of cut-off that a page is about.
func closingKind(r *http.Request) string {
	if kind := r.FormValue("kind"); slices.Contains(domain.Codes["cutoff_kind"], kind) {
		return kind
	}
	return period.YearClose
}

// kindGiven is the kind of cut-off that a form is about, as it came: what is none is
// refused by the command.
func kindGiven(r *http.Request) string { return cmp.Or(r.PostFormValue("kind"), period.YearClose) }

func (s *Site) closingPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.closingView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "closing", "", view)
}

func (s *Site) closingView(r *http.Request, v Visitor) (ClosingView, error) {
	w := v.W
	year, err := closingYear(r)
	if err != nil {
		return ClosingView{}, err
	}
	name := w.FiscalYearShort(year)
	view := ClosingView{Page: s.page(r, v, "closing", w.Closing.Heading(name), "css/indicator.css", "css/closing.css"), Heading: w.Closing.Heading(name)}
	kind := closingKind(r)
	view.Here, view.Audits, view.Rights = closingHref(year, kind), auditsHref(year), v.holds("MG")
	view.Crumbs = []Crumb{{w.Closing.Title, "/closing"}, {name, ""}}
	f, err := s.closingFile(r.Context(), v.Actor.Controller, year)
	if err != nil {
		return view, err
	}
	if view.Years, err = s.closingYears(r, v, year); err != nil {
		return view, err
	}
	view.Begun, view.State = f.State != "", closingState(v, f.State)
	if !view.Begun {
		if v.holds("AN") {
			view.Begin = newClosingForm(year, "open")
		}
		return view, nil
	}
	seen, err := s.read(r, v, Glance{Subject: period.Stream(v.Actor.Controller, year), Reason: "closing", Act: "list", Classes: "P"}, f.entries)
	if err != nil {
		return view, err
	}
	j, err := s.judge(r.Context(), v, f, kind)
	if err != nil {
		return view, err
	}
	for _, k := range domain.Codes["cutoff_kind"] {
		view.Cutoffs = append(view.Cutoffs, cutoffRow(v, seen, f, k, kind))
	}
	view.Gates = gatesBox(v, seen, f, j, kind)
	s.closingForms(v, f, j, kind, &view)
	if _, ok := f.Closing(period.YearClose); ok {
		view.After = "/after-close?fy=" + strconv.Itoa(int(year))
	}
	if view.History, err = s.closingHistory(r, v, seen, f); err != nil {
		return view, err
	}
	return view, nil
}

func closingState(v Visitor, state string) Chip {
	colour := map[string]Chip{"": {Kind: "gray"}, period.StateRunning: {Kind: "blue"}, period.StateChecked: {Kind: "yellow", Icon: "check"}, period.StateClosed: {Kind: "green", Icon: "lock"}}[state]
	colour.Text = v.W.Closing.States[state]
	return colour
}

// closingYears are the years there are records of, and the one that is shown.
func (s *Site) closingYears(r *http.Request, v Visitor, year japan.FiscalYear) ([]Option, error) {
	first, last, _, err := s.days(r, v)
	if err != nil {
		return nil, err
	}
	if first == 0 {
		first, last = s.today(), s.today()
	}
	var out []Option
	for y := max(japan.FiscalYearOf(last), year); y >= min(japan.FiscalYearOf(first), year); y-- {
		out = append(out, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == year})
	}
	return out, nil
}

func cutoffRow(v Visitor, seen reading, f closingFile, kind, current string) CutoffRow {
	w := v.W
	row := CutoffRow{Kind: w.Code("cutoff_kind", kind), Href: closingHref(f.Year, kind), Current: kind == current,
		To: w.Closing.NotSet, Frozen: w.Closing.NotFrozen}
	if c, ok := f.Cutoffs[kind]; ok {
		row.To, row.Known = w.Date(c.To), w.Date(c.Known)
	}
	if c, ok := f.Closing(kind); ok {
		row.Frozen = w.Closing.FrozenAt(w.Date(c.On), recordNumber(uint64(c.LogPosition)))
		row.Record, row.By = &Pair{Value: recordNumber(c.Position), Href: recordHref(c.Position)}, seen.name(v, c.By)
		row.Waived = w.CodeNames("gate", c.GatesWaived)
	}
	return row
}

func gatesBox(v Visitor, seen reading, f closingFile, j judged, kind string) *GatesBox {
	w := v.W
	box := &GatesBox{Heading: w.Closing.Gates(w.Code("cutoff_kind", kind)), Counted: w.Closing.GatesNow(w.Date(j.To))}
	if j.Known != 0 {
		box.Counted = w.Closing.GatesKnown(w.Date(j.To), w.Date(j.Known))
	}
	for _, g := range domain.Codes["gate"] {
		box.Rows = append(box.Rows, gateRow(v, j, g))
	}
	if c, ok := f.Checks[kind]; ok {
		box.Checked = w.Closing.CheckedBy(seen.name(v, c.By), w.Date(c.On))
		box.Verdict = &Chip{"green", "check", w.Closing.CheckPassed}
		if !c.Passed {
			box.Verdict = &Chip{"yellow", "warn", w.Closing.CheckFailed}
		}
		box.Early = c.On <= f.Cutoffs[kind].Known
	}
	return box
}

// closingForms are the forms that the visitor may send now.
func (s *Site) closingForms(v Visitor, f closingFile, j judged, kind string, view *ClosingView) {
	cutoff, set := f.Cutoffs[kind]
	shut := kind == period.YearClose && f.State == period.StateClosed
	if v.holds("AN") {
		view.Cutoff = &CutoffForm{ClosingForm: *newClosingForm(f.Year, "cutoff"), To: v.W.PlainDate(j.To)}
		if set {
			view.Cutoff.Known = v.W.PlainDate(cutoff.Known)
		}
		for _, k := range domain.Codes["cutoff_kind"] {
			if k != period.YearClose || f.State != period.StateClosed {
				view.Cutoff.Kinds = append(view.Cutoff.Kinds, Option{Value: k, Text: v.W.Code("cutoff_kind", k), Chosen: k == kind})
			}
		}
		if set && !shut {
			view.Gates.Check = &CheckForm{*newClosingForm(f.Year, "check"), kind}
		}
	}
	if !v.holds("MG") {
		return
	}
	if f.State == period.StateClosed {
		view.Reopen = newClosingForm(f.Year, "reopen")
	}
	if last, frozen := f.Closing(kind); shut || (frozen && kind != period.YearClose && last.KnownAt == cutoff.Known) {
		return
	}
	form := &CloseForm{CheckForm: CheckForm{*newClosingForm(f.Year, "close"), kind}, Known: cutoff.Known.String()}
	check, checked := f.Checks[kind]
	switch {
	case !set:
		form.Why = v.W.Closing.CloseNoCutoff
	case cutoff.Known >= s.today():
		form.Why = v.W.Closing.CloseWait
	case !checked || check.On <= cutoff.Known:
		form.Why = v.W.Closing.CloseUncheck
	case check.By == v.ID:
		form.Why = v.W.Closing.CloseSelf
	}
	for _, g := range j.Counts().Failing() {
		form.Waive = append(form.Waive, Option{Value: g, Text: v.W.Closing.Waiving(v.W.Code("gate", g), gateRow(v, j, g).Found)})
	}
	view.Close = form
}

func newClosingForm(year japan.FiscalYear, what string) *ClosingForm {
	return &ClosingForm{Action: closingHref(year, "") + "/" + what, CommandID: uuid.NewString()}
}

// detailRank puts what an event is about before what was found.
func detailRank(field string) int {
	if i := slices.Index([]string{"kind", "fy", "from", "to", "known_at", "passed"}, field); i >= 0 {
		return i
	}
	return 100 + slices.Index(domain.Codes["gate"], field)
}

func (s *Site) openPeriod(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.closingCommand(w, r, v, "period.open", func(year japan.FiscalYear) (map[string]any, []FieldError) {
		return map[string]any{"fy": int(year)}, nil
	})
}

func (s *Site) setCutoff(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.closingCommand(w, r, v, "period.set_cutoff", func(japan.FiscalYear) (map[string]any, []FieldError) {
		out, faults := map[string]any{"kind": kindGiven(r)}, []FieldError(nil)
		for _, field := range []string{"to", "known_at"} {
			t, err := japan.ReadComing(r.PostFormValue(field), s.today())
			if err != nil {
				faults = append(faults, FieldError{field, dateFault(v.W, err, field)})
				continue
			}
			out[field] = t.Date.String()
		}
		return out, faults
	})
}

func (s *Site) checkGates(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.closingCommand(w, r, v, "period.check_gates", func(japan.FiscalYear) (map[string]any, []FieldError) {
		return map[string]any{"kind": kindGiven(r)}, nil
	})
}

func (s *Site) closePeriod(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.closingCommand(w, r, v, "period.close", func(japan.FiscalYear) (map[string]any, []FieldError) {
		out := map[string]any{"kind": kindGiven(r), "known_at": r.PostFormValue("known_at")}
		if waived := r.PostForm["waive"]; len(waived) > 0 {
			out["gates_waived"] = waived
		}
		return out, nil
	})
}

func (s *Site) reopenPeriod(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.closingCommand(w, r, v, "period.reopen", func(japan.FiscalYear) (map[string]any, []FieldError) {
		return map[string]any{"reason": strings.TrimSpace(r.PostFormValue("reason"))}, nil
	})
}

// closingInputs are the inputs in which the facts of the commands were given.
var closingInputs = map[string]string{"to": "to", "known_at": "known_at", "gates_waived": "waive", "reason": "reason", "kind": "kind"}

// closingCommand gives a command; what is refused is shown with all that was typed.
func (s *Site) closingCommand(w http.ResponseWriter, r *http.Request, v Visitor, command string, read func(japan.FiscalYear) (map[string]any, []FieldError)) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	year, err := closingYear(r)
	if err != nil {
		return err
	}
	fields, faults := read(year)
	if len(faults) > 0 {
		return s.closingAgain(w, r, v, faults)
	}
	fields["stream"] = period.Stream(v.Actor.Controller, year)
	req, err := s.request(v, commandID(r), command, fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		faults, ok := faultsOf(v.W, err, closingInputs)
		if !ok {
			return refused(err)
		}
		return s.closingAgain(w, r, v, faults)
	}
	position, _ := lastOf(receipts)
	to := url.Values{"kind": {closingKind(r)}, "at": {strconv.FormatUint(position, 10)}}
	http.Redirect(w, r, closingHref(year, "")+"?"+to.Encode(), http.StatusSeeOther)
	return nil
}

func (s *Site) closingAgain(w http.ResponseWriter, r *http.Request, v Visitor, faults []FieldError) error {
	view, err := s.closingView(r, v)
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	if c := view.Cutoff; c != nil && r.PostForm.Has("to") {
		c.To, c.Known = r.PostFormValue("to"), r.PostFormValue("known_at")
	}
	if c := view.Close; c != nil {
		for i := range c.Waive {
			c.Waive[i].Chosen = slices.Contains(r.PostForm["waive"], c.Waive[i].Value)
		}
	}
	if view.Reopen != nil {
		view.Reopen.Text = r.PostFormValue("reason")
	}
	return s.show(w, r, http.StatusUnprocessableEntity, "closing", "", view)
}
