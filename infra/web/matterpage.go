package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/rights"
	"ayumi/projections"
)

// matterActs are the commands of a matter that fit each state, in the order shown.
var matterActs = map[string][]string{
	rights.StateReceived:  {"rights.check_identity", "rights.stop_clock", "rights.extend", "rights.withdraw"},
	rights.StateChecked:   {"rights.decide", "rights.stop_clock", "rights.extend", "rights.withdraw"},
	rights.StateStopped:   {"rights.resume_clock"},
	rights.StateDecided:   {"rights.execute"},
	rights.StateExecuted:  {"rights.close"},
	rights.StateSuspected: {"rights.assess_breach", "rights.report_breach"},
	rights.StateAssessed:  {"rights.report_breach", "rights.assess_breach", "rights.close_breach"},
}

// actsOf are those of a matter as it stands.
func actsOf(m projections.Matter) []string {
	if m.State == rights.StateDecided && m.Decision.Result == "refused" {
		return []string{"rights.close"}
	}
	return matterActs[m.State]
}

// matterAsked is the matter that an address names.
func (s *Site) matterAsked(r *http.Request, v Visitor) (projections.Matter, error) {
	return ofNumber(r, v, s.config.Journey.Matters, func(m projections.Matter, no uint64) bool {
		return slices.ContainsFunc(m.Entries, func(e projections.Entry) bool { return e.Position == no })
	})
}

func (s *Site) matterPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	m, err := s.matterAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.matterView(r, v, m)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "matter", "", view)
}

// matterReading opens what the matter itself says, for the matter.
func (s *Site) matterReading(r *http.Request, v Visitor, m projections.Matter) (reading, error) {
	return s.read(r, v, Glance{Subject: m.Person, Reason: "rights", Classes: "PX", Matter: m.ID}, m.Entries)
}

func (s *Site) matterView(r *http.Request, v Visitor, m projections.Matter) (MatterView, error) {
	w, number := v.W, recordNumber(m.No)
	title := w.Rights.Heading(w.Code("rights_kind", m.Kind), number)
	view := MatterView{Page: s.page(r, v, "rights", title, "css/edit.css", "css/records.css"), Heading: title, State: []Chip{matterChip(v, m)}, Behind: s.behind(r, v)}
	view.Here = matterHref(m.No)
	view.Crumbs = []Crumb{{w.Rights.Title, "/rights"}, {number, ""}}
	due, chip := s.nextDue(v, m)
	view.State = append(view.State, chip)
	seen, err := s.matterReading(r, v, m)
	if err != nil {
		return view, err
	}
	if view.Facts, err = s.matterFacts(r, v, m); err != nil {
		return view, err
	}
	view.Words = sealedWords(v, seen, m.Entries)
	if len(view.Words) == 0 {
		view.Closed = w.Rights.WordsClosed
		if m.Over() {
			view.Closed = w.Rights.WordsOver
		}
	}
	if m.Kind == "breach" {
		view.Reports = s.reports(v, m)
	} else {
		view.Clock = s.clockRows(v, m, due != 0)
	}
	s.matterForms(v, m, &view)
	if m.Kind == "disclosure" && m.Checked && !m.Over() && v.holds("PO") {
		for _, kind := range []string{"pdf", "json"} {
			view.Package = append(view.Package, Pair{Label: kind, Value: w.Rights.PackageFile[kind], Href: matterHref(m.No) + "/package/" + kind})
		}
	}
	if m.State == rights.StateDecided && m.Decision.Measure == "erase" && v.holds("PO") {
		if view.Erase, err = s.erasureDecided(r, m); err != nil {
			return view, err
		}
	}
	view.History = historyOf(v, seen, m.Entries)
	return view, nil
}

// erasureDecided is the address of an erasure with its ground filled in; "" where it
// was ordered already.
func (s *Site) erasureDecided(r *http.Request, m projections.Matter) (string, error) {
	gone, _, err := s.personState(r, m.Person)
	if err != nil || gone {
		return "", err
	}
	return "/erasures/" + m.Person + "?" + url.Values{"ground": {"suspension_decision"}, "rights": {m.ID}}.Encode(), nil
}

func (s *Site) matterFacts(r *http.Request, v Visitor, m projections.Matter) ([]Pair, error) {
	w := v.W
	out := []Pair{{Label: w.Rights.Received, Value: w.Date(m.Entries[0].From)}}
	if m.Person != "" {
		p, err := s.personPair(r, v, m.Person)
		if err != nil {
			return nil, err
		}
		p.Label = w.Field("person")
		out = append(out, p)
	}
	if m.Kind == "breach" {
		b := m.Breach
		out = append(out, Pair{Label: w.Field("kinds"), Value: w.CodeNames("breach_kind", b.Kinds)}, Pair{Label: w.Field("persons_estimate"), Value: w.Number(b.Estimate)})
		if m.State != rights.StateSuspected {
			out = append(out, Pair{Label: w.Field("persons"), Value: w.Number(b.Persons)}, Pair{Label: w.Field("grounds"), Value: w.CodeNames("breach_kind", b.Grounds)},
				Pair{Label: w.Field("reportable"), Value: w.Rights.Reportable[map[bool]string{true: "yes", false: "no"}[b.Reportable]]})
		}
		return out, nil
	}
	checked := w.Rights.NotChecked
	if m.Checked {
		checked = w.Rights.Checked
	}
	out = append(out, Pair{Label: w.Rights.Identity, Value: checked})
	if d := m.Decision; d != nil {
		out = append(out, Pair{Label: w.Rights.Result, Value: w.Code("result", d.Result)}, Pair{Label: w.Field("measure"), Value: w.Code("rights_measure", d.Measure)})
		if len(d.Grounds) > 0 {
			out = append(out, Pair{Label: w.Field("grounds"), Value: w.CodeNames("grounds", d.Grounds)})
		}
	}
	if m.ExecutedOn != 0 {
		out = append(out, Pair{Label: w.Rights.ExecutedOn, Value: w.Date(m.ExecutedOn)})
		if m.Kind == "disclosure" {
			out = append(out, Pair{Label: w.Rights.MayCorrectUntil, Value: w.Date(m.ExecutedOn.Add(s.terms(v).Disclosed))})
		}
	}
	return out, nil
}

// clockRows say how the last day came about.
func (s *Site) clockRows(v Visitor, m projections.Matter, running bool) []Pair {
	w := v.W
	out := []Pair{{Label: w.Rights.Period, Value: w.Rights.Days(m.Clock.Days)}}
	if m.Clock.Stood > 0 {
		out = append(out, Pair{Label: w.Rights.Stood, Value: w.Rights.Days(m.Clock.Stood)})
	}
	if m.Clock.Extended > 0 {
		out = append(out, Pair{Label: w.Rights.Extended, Value: w.Rights.Days(m.Clock.Extended)})
	}
	counted := m.Clock.Due(false)
	last := Pair{Label: w.Rights.Due, Value: w.Date(m.DueOn)}
	if running && counted < m.DueOn {
		last.Value += w.Rights.Moved(w.Date(counted))
	}
	return append(out, last)
}

func (s *Site) reports(v Visitor, m projections.Matter) []ReportRow {
	w := v.W
	var out []ReportRow
	for _, stage := range domain.Codes["breach_stage"] {
		due := m.Breach.Due(stage, s.terms(v))
		row := ReportRow{Stage: w.Code("breach_stage", stage), Due: w.Date(due), Made: w.Rights.NotYet, Clock: dueChip(w, due, s.today())}
		if made, done := m.Breach.Reported(stage); done {
			row.Due, row.Made, row.Clock = w.Date(made.DueOn), w.Date(made.On), Chip{"green", "check", w.Rights.InTime}
			if made.On > made.DueOn {
				row.Clock = Chip{"yellow", "warn", w.Rights.Late}
			}
		} else if !m.MustReport(s.terms(v)) {
			row.Clock = Chip{Kind: "gray", Text: w.Rights.NoReport}
		}
		out = append(out, row)
	}
	return out
}

// sealedWords are the opened texts of a matter, each with the day of its event.
func sealedWords(v Visitor, seen reading, entries []projections.Entry) []Pair {
	w := v.W
	var out []Pair
	for _, e := range entries {
		o := seen.texts[e.Position]
		if o.erased() {
			out = append(out, Pair{Label: w.Event(e.Type), Value: w.Message.Erased})
			continue
		}
		for _, f := range vocabulary[e.Type] {
			if text := o.first(f.Name); f.Place == domain.InSealed && text != "" {
				out = append(out, Pair{Label: w.Field(f.Name), Value: text})
			}
		}
	}
	return out
}

// matterForms are the acts that fit the matter and that the visitor may give.
func (s *Site) matterForms(v Visitor, m projections.Matter, view *MatterView) {
	w := v.W
	version, _ := m.Entries[len(m.Entries)-1].Facts.Int("version")
	for _, command := range actsOf(m) {
		shape, _ := s.shape(command)
		if !s.mayGive(v, shape) {
			if view.Nobody == "" {
				view.Nobody = w.Rights.WaitsFor(w.Rights.Acts[command], w.Code("role", string(shape.Roles[0])))
			}
			continue
		}
		f := commandForm{action: view.Here, heading: w.Rights.Acts[command], submit: w.Rights.Save, expected: uint64(version), choices: map[string][]Option{}, values: map[string]string{}}
		switch command {
		case "rights.decide":
			f.choices["measure"] = codeOptions(w, "rights_measure", append(rights.MeasuresOf(m.Kind), "none"))
		case "rights.execute":
			f.choices["measure"] = codeOptions(w, "rights_measure", []string{m.Decision.Measure})
		case "rights.extend":
			f.values["days"] = strconv.Itoa(s.terms(v).Extension)
			if m.Clock.Extended > 0 {
				continue
			}
		}
		form := s.commandForm(w, command[len("rights."):], command, f)
		form.addDay(w, s.today())
		view.Acts = append(view.Acts, form)
	}
	if len(view.Acts) > 0 {
		view.Nobody = ""
	}
}

// matterAct gives one command on a matter.
func (s *Site) matterAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	m, err := s.matterAsked(r, v)
	if err != nil {
		return err
	}
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: matterCommands, stream: m.ID,
		done: func(uint64) string { return matterHref(m.No) },
		again: func(status int, faults []FieldError) error {
			m, err := s.matterAsked(r, v)
			if err != nil {
				return err
			}
			view, err := s.matterView(r, v, m)
			if err != nil {
				return err
			}
			formAgain(v, r, view.Acts, faults)
			return s.show(w, r, status, "matter", "", view)
		},
	})
}

// formAgain puts what was typed back into the form it came from.
func formAgain(v Visitor, r *http.Request, forms []CommandForm, faults []FieldError) {
	for i := range forms {
		if forms[i].ID == r.PostFormValue("form") {
			forms[i].again(v.W, r, faults)
		}
	}
}

// matterCommands are all commands that a form of a matter may give; the decision
// itself tells which fits.
var matterCommands = func() (out []string) {
	for _, acts := range matterActs {
		out = append(out, acts...)
	}
	return out
}()
