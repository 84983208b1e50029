package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/rights"
	"ayumi/projections"
)

// Who opens the pages of data-protection matters and of record volumes.
var (
	matterReaders = []string{"PO", "RO", "MG", "CO", "LD"}
	volumeReaders = []string{"RO", "MG", "PO", "AU"}
)

// recordsRoutes are the pages of rights matters and record volumes.
func (s *Site) recordsRoutes() {
	s.staff("GET /rights", s.rightsPage, matterReaders...)
	s.staff("POST /rights", s.rightsBegin, matterReaders...)
	s.staff("GET /rights/{no}", s.matterPage, matterReaders...)
	s.staff("POST /rights/{no}", s.matterAct, "PO", "MG")
	s.staff("GET /rights/{no}/package/{kind}", s.disclosureFile, "PO")
	s.staff("GET /volumes", s.volumesPage, volumeReaders...)
	s.staff("POST /volumes", s.volumesBegin, "RO")
	s.staff("GET /volumes/register", s.fileRegister, volumeReaders...)
	s.staff("GET /volumes/{no}", s.volumePage, volumeReaders...)
	s.staff("POST /volumes/{no}", s.volumeAct, "RO", "MG")
	s.staff("GET /volumes/{no}/list", s.disposalList, volumeReaders...)
}

func (s *Site) rightsPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.rightsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "rights", "", view)
}

func (s *Site) rightsView(r *http.Request, v Visitor) (RightsView, error) {
	w := v.W
	view := RightsView{Page: s.page(r, v, "rights", w.Rights.Title, "css/edit.css", "css/records.css"), Tabs: s.tabsFor(v, "/rights"), Behind: s.behind(r, v)}
	view.Here, view.Terms = "/rights", s.termRows(v)
	view.Open, view.Over = MatterList{W: w, Label: w.Rights.OpenMatters}, MatterList{W: w, Label: w.Rights.OverMatters}
	all, err := s.config.Journey.Matters(r.Context(), v.Actor.Controller)
	if err != nil {
		return view, missing(err)
	}
	for _, m := range all {
		row, err := s.matterRow(r, v, m)
		if err != nil {
			return view, err
		}
		if m.Over() {
			view.Over.Rows = append(view.Over.Rows, row)
		} else {
			view.Open.Rows = append(view.Open.Rows, row)
		}
	}
	if view.Wishes, err = s.wishes(r, v); err != nil {
		return view, err
	}
	if view.Erasing, err = s.toErase(r, v, all); err != nil {
		return view, err
	}
	if shape, _ := s.shape("rights.request"); s.mayGive(v, shape) {
		form := s.commandForm(w, "ask", "rights.request", commandForm{action: "/rights", heading: w.Rights.Ask, submit: w.Rights.Save,
			values: map[string]string{"channel": "letter", "person": r.FormValue("person")}, skip: []string{"contact"},
			choices: map[string][]Option{"disclosure": disclosures(v, all)}})
		form.addDay(w, s.today())
		form.hint("person", w.Rights.PersonHint)
		form.Open = r.FormValue("person") != ""
		view.Ask = &form
	}
	if shape, _ := s.shape("rights.suspect_breach"); s.mayGive(v, shape) {
		form := s.commandForm(w, "breach", "rights.suspect_breach", commandForm{action: "/rights", heading: w.Rights.Suspect, submit: w.Rights.Save})
		form.addDay(w, s.today())
		view.Breach = &form
	}
	return view, nil
}

// tabsFor are the tabs that open for the visitor.
func (s *Site) tabsFor(v Visitor, here string) []Tab {
	return slices.DeleteFunc(recordTabs(v.W, here), func(t Tab) bool { return !v.holds(s.rights["GET "+t.Href]...) })
}

// mayGive tells whether the visitor holds a role that gives a command.
func (s *Site) mayGive(v Visitor, shape domain.Shape) bool {
	return v.Actor.Has(s.today(), shape.Roles...)
}

// disclosures are the executed disclosures that a later request may refer to.
func disclosures(v Visitor, all []projections.Matter) []Option {
	var out []Option
	for _, m := range all {
		if m.Kind == "disclosure" && m.ExecutedOn != 0 {
			out = append(out, Option{Value: m.ID, Text: recordNumber(m.No) + " " + v.W.Date(m.ExecutedOn)})
		}
	}
	return out
}

func (s *Site) matterRow(r *http.Request, v Visitor, m projections.Matter) (MatterRow, error) {
	w := v.W
	row := MatterRow{Number: recordNumber(m.No), Href: matterHref(m.No), Kind: w.Code("rights_kind", m.Kind), Received: w.Date(m.Entries[0].From), State: matterChip(v, m)}
	if m.Person != "" {
		p, err := s.personPair(r, v, m.Person)
		if err != nil {
			return row, err
		}
		row.Person = &p
	}
	due, chip := s.nextDue(v, m)
	if due != 0 {
		row.Due = w.Date(due)
	}
	row.Clock = chip
	return row, nil
}

func matterHref(no uint64) string { return "/rights/" + strconv.FormatUint(no, 10) }

func matterChip(v Visitor, m projections.Matter) Chip {
	kind := map[string]string{rights.StateStopped: "yellow", rights.StateDecided: "green", rights.StateExecuted: "green", rights.StateClosed: "gray", rights.StateWithdrawn: "gray", rights.StateSuspected: "red"}[m.State]
	if kind == "" {
		kind = "blue"
	}
	return Chip{Kind: kind, Text: v.W.Rights.States[m.State]}
}

// nextDue is the next last day of a matter, in colour and in words.
func (s *Site) nextDue(v Visitor, m projections.Matter) (japan.Date, Chip) {
	w := v.W
	switch {
	case m.Over():
		return 0, Chip{Kind: "gray", Text: w.Rights.States[m.State]}
	case m.State == rights.StateStopped:
		return 0, Chip{"yellow", "clock", w.Rights.Stopped(w.Date(m.Clock.Stopped))}
	case m.Kind == "breach":
		for _, stage := range domain.Codes["breach_stage"] {
			if _, done := m.Breach.Reported(stage); !done && m.MustReport(s.terms(v)) {
				due := m.Breach.Due(stage, s.terms(v))
				return due, dueChip(w, due, s.today())
			}
		}
		return 0, Chip{Kind: "gray", Text: w.Rights.NoReport}
	case m.State == rights.StateDecided || m.State == rights.StateExecuted:
		return 0, Chip{"green", "check", w.Rights.DecidedOn(w.Date(m.Decision.On))}
	}
	return m.DueOn, dueChip(w, m.DueOn, s.today())
}

// personPair is a person by number.
func (s *Site) personPair(r *http.Request, v Visitor, id string) (Pair, error) {
	ref, err := s.config.Journey.Find(r.Context(), id)
	if err != nil {
		return Pair{}, missing(err)
	}
	p := Pair{Value: personNumber(ref.Number)}
	if v.holds(mayOpenPeople...) {
		p.Href = "/people/" + ref.ID
	}
	return p, nil
}

// wishesShown is how many wishes to be left alone a page lists.
const wishesShown = 200

// wishes are the persons who asked to be left alone and were not yet erased: the
// privacy officer checks whether the records rules permit an early erasure.
func (s *Site) wishes(r *http.Request, v Visitor) ([]WishRow, error) {
	list, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Controller: v.Actor.Controller, Types: []string{"person.withdrawal_requested"}, Limit: wishesShown})
	if err != nil {
		return nil, missing(err)
	}
	var out []WishRow
	for _, e := range list {
		_, id := domain.SplitStream(e.Stream)
		if e.Controller != v.Actor.Controller {
			continue
		}
		gone, restricted, err := s.personState(r, id)
		if err != nil {
			return nil, err
		}
		if gone {
			continue
		}
		row := WishRow{On: v.W.Date(e.OccurredOn), Record: recordNumber(e.Position), Href: recordHref(e.Position), State: Chip{"yellow", "warn", v.W.Rights.WishOpen}}
		if restricted {
			row.State = Chip{"blue", "lock", v.W.Rights.WishRestricted}
		}
		if row.Person, err = s.personPair(r, v, id); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// personState tells of a person whether it is erased or about to be, and whether a
// restriction of its use stands.
func (s *Site) personState(r *http.Request, id string) (gone, restricted bool, err error) {
	list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("person", id), projections.Newest)
	for _, e := range list {
		switch e.Type {
		case "person.erasure_ordered", "person.erased":
			gone = true
		case "person.use_restricted":
			restricted = true
		case "person.restriction_lifted":
			restricted = false
		}
	}
	return gone, restricted, missing(err)
}

// toErase are the persons whose erasure was decided and is not ordered yet.
func (s *Site) toErase(r *http.Request, v Visitor, all []projections.Matter) ([]WishRow, error) {
	var out []WishRow
	for _, m := range all {
		if m.Over() || m.Decision == nil || m.Decision.Measure != "erase" || m.State != rights.StateDecided {
			continue
		}
		gone, _, err := s.personState(r, m.Person)
		if err != nil {
			return nil, err
		}
		if gone {
			continue
		}
		row := WishRow{On: v.W.Date(m.Decision.On), Record: recordNumber(m.No), Href: matterHref(m.No), State: Chip{"red", "warn", v.W.Rights.ToErase}}
		if row.Person, err = s.personPair(r, v, m.Person); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// rightsBegin takes a request in, or the suspicion of a breach.
func (s *Site) rightsBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: []string{"rights.request", "rights.suspect_breach"},
		done:    func(no uint64) string { return matterHref(no) },
		again: func(status int, faults []FieldError) error {
			view, err := s.rightsView(r, v)
			if err != nil {
				return err
			}
			for _, f := range []*CommandForm{view.Ask, view.Breach} {
				if f != nil && f.ID == r.PostFormValue("form") {
					f.again(v.W, r, faults)
				}
			}
			return s.show(w, r, status, "rights", "", view)
		},
	})
}

// recordsForm is a form of these pages: which commands it may give, on which stream,
// where it leads, and how it is shown again.
type recordsForm struct {
	allowed []string
	stream  string
	fixed   map[string]any                                            // facts the server states, by name
	then    func(receipts []domain.Receipt) ([]domain.Receipt, error) // what follows from it; may be nil
	done    func(position uint64) string
	again   func(status int, faults []FieldError) error
}

// recordsCommand gives the command of a form; what is refused is shown with all that
// was typed.
func (s *Site) recordsCommand(w http.ResponseWriter, r *http.Request, v Visitor, f recordsForm) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	shape, ok := s.shape(r.PostFormValue("command"))
	if !ok || !slices.Contains(f.allowed, shape.Name) {
		return ErrMissing
	}
	if !s.mayGive(v, shape) {
		return ErrRefused
	}
	fields, faults := s.typedFields(r, v, shape)
	for name, value := range f.fixed {
		fields[name] = value
	}
	status := http.StatusUnprocessableEntity
	if len(faults) == 0 {
		if f.stream != "" {
			fields["stream"] = f.stream
		}
		req, err := s.request(v, commandID(r), shape.Name, fields)
		if err != nil {
			return err
		}
		if f.stream != "" && r.PostForm.Has("expected") { // else two may work on it side by side
			req.Expect = expected(r.PostFormValue("expected"))
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil && f.then != nil {
			receipts, err = f.then(receipts)
		}
		if err == nil {
			position, _ := lastOf(receipts)
			http.Redirect(w, r, savedAt(f.done(position), position), http.StatusSeeOther)
			return nil
		}
		if faults, ok = faultsOf(v.W, err, inputsOf(shape)); moved(err) {
			status, ok, faults = http.StatusConflict, true, []FieldError{{Text: v.W.Refusal("stream.moved", "", nil)}}
			if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
				return err
			}
		}
		if !ok {
			return err
		}
	}
	return f.again(status, faults)
}

// typedFields reads what a form sent: days as people write them, a person by number.
func (s *Site) typedFields(r *http.Request, v Visitor, shape domain.Shape) (map[string]any, []FieldError) {
	shape.Fields = append(slices.Clone(shape.Fields), dayField)
	fields, faults := commandFields(v.W, shape, r)
	for _, f := range shape.Fields {
		typed, _ := fields[f.Name].(string)
		if typed == "" {
			continue
		}
		switch {
		case f.Kind == domain.KindDate:
			t, err := japan.ReadComing(typed, s.today())
			if err != nil {
				faults = append(faults, FieldError{f.Name, dateFault(v.W, err, f.Name)})
				continue
			}
			fields[f.Name] = t.Date.String()
		case f.Name == "person":
			fields[f.Name] = s.personTyped(r, v, typed)
		}
	}
	return fields, faults
}

// personTyped is the id of a person who was named by number; an id stays one.
func (s *Site) personTyped(r *http.Request, v Visitor, typed string) string {
	digits := strings.Map(plainDigit, strings.TrimPrefix(strings.ToUpper(typed), "P-"))
	if n, err := strconv.Atoi(digits); err == nil {
		if ref, err := s.numbered(r.Context(), v, n); err == nil {
			return ref.ID
		}
	}
	return typed
}
