package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/projections"
)

// HouseholdView is persons who live together, their moves, and who of them counts.
type HouseholdView struct {
	Page
	Heading string
	State   []Chip
	Behind  *Warning
	Members []HouseholdRow
	Join    *CommandForm
	Moves   []HouseholdMove
	Move    *CommandForm
	NoCase  bool // nobody of them has a case that goes on: no move is recorded
	Counts  []HouseholdCount
	Counted bool // the figures are made; else they are still being counted
	History []HistoryRow
}

// HouseholdRow is one who belongs to the household, did, or moved with it.
type HouseholdRow struct {
	Person       PersonHit
	Relation     string
	Part         string // lead or companion in a case
	Since, Until string
	State        Chip
	Leave, Add   *CommandForm // Add takes the person into the party of the case, without which it does not move with it
}

// HouseholdMove is one move of the household.
type HouseholdMove struct {
	Number, Href string
	ISO, When    string
	From, To     string
	Head         PersonHit
	Movers       []PersonHit
	Facts        []Pair
	Chips        []Chip
	Confirm      string // address where evidence is recorded
	Acts         []CommandForm
}

// HouseholdCount is what the household adds to an indicator of a year, with who is
// counted and who is not.
type HouseholdCount struct {
	Year, Name, Value, Href string
	Who                     []string
	Not                     []HouseholdMiss
}

// HouseholdMiss is one who is not counted, and why.
type HouseholdMiss struct{ Who, Why string }

// HouseholdNewView is the form by which a household is formed.
type HouseholdNewView struct {
	Page
	Heading   string
	Person    PersonHit
	Errors    *Errors
	CommandID string
	Relation  string
	Rows      []HouseholdPick
	Join      string // number of somebody whose household is joined
}

// HouseholdPick is somebody of the person's case who may live there, too.
type HouseholdPick struct {
	ID       string
	Person   PersonHit
	Chosen   bool
	Relation string
	Lives    bool // in another household already
}

// householdRoutes are the pages of households.
func (s *Site) householdRoutes() {
	care := []string{"CO", "LD"}
	s.staff("GET /people/{id}/household", s.householdNew, care...)
	s.staff("POST /people/{id}/household", s.householdForm, care...)
	s.staff("GET /households/{no}", s.householdPage, slices.Clone(mayOpenPeople)...)
	s.staff("POST /households/{no}", s.householdAct, care...)
}

func householdHref(no uint64) string { return "/households/" + strconv.FormatUint(no, 10) }

// householdFile is what a page of a household is made of.
type householdFile struct {
	projections.Household
	*workday
	cases   []string // of its members, in the order of the log
	files   map[string]*casefile.Case
	streams map[string][]projections.Entry
	moves   []projections.Entry // its own, ascending
	about   map[string]projections.Summary
}

// householdFile reads the household that an address names.
func (s *Site) householdFile(r *http.Request, v Visitor) (*householdFile, error) {
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 64)
	if err != nil {
		return nil, ErrMissing
	}
	h := &householdFile{workday: &workday{on: s.today(), at: projections.Newest}, files: map[string]*casefile.Case{}, streams: map[string][]projections.Entry{}}
	if h.Household, err = s.config.Journey.Household(r.Context(), v.Actor.Controller, no); err != nil {
		return nil, missing(err)
	}
	var people []string
	for _, m := range h.Members {
		people = append(people, m.Person)
		cases, err := s.config.Journey.CasesOf(r.Context(), m.Person)
		if err != nil {
			return nil, missing(err)
		}
		for _, id := range cases {
			if err := s.householdCase(r, v, h, id); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(h.moves, func(a, b projections.Entry) int { return cmp.Compare(a.Position, b.Position) })
	leads := func(m projections.HouseholdMember) int {
		if slices.ContainsFunc(h.cases, func(id string) bool { return h.files[id].Lead == m.Person }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(h.Members, func(a, b projections.HouseholdMember) int { return cmp.Compare(leads(a), leads(b)) })
	var positions []uint64
	for _, m := range h.Members {
		for _, p := range []uint64{m.Joined, m.Left} {
			if p != 0 {
				positions = append(positions, p)
			}
		}
	}
	entries, err := s.config.Journey.Entries(r.Context(), ascending(positions)...)
	if err != nil {
		return nil, missing(err)
	}
	h.told = map[uint64]projections.Entry{}
	for _, e := range entries {
		h.told[e.Position] = e
	}
	if err := s.nameThese(r, v, h.workday, people, entries, "household"); err != nil {
		return nil, err
	}
	h.about = map[string]projections.Summary{}
	for id := range h.known {
		if h.about[id], err = s.config.Journey.Summary(r.Context(), id, projections.Newest); err != nil {
			return nil, missing(err)
		}
	}
	return h, nil
}

func (s *Site) householdCase(r *http.Request, v Visitor, h *householdFile, id string) error {
	if h.files[id] != nil {
		return nil
	}
	entries, err := s.config.Journey.Stream(r.Context(), domain.StreamName("case", id), projections.Newest)
	if err != nil || len(entries) == 0 || !s.mayFacts(v, entries[0].Controller) {
		return missing(err)
	}
	file, err := caseOf(entries)
	if err != nil {
		return err
	}
	h.cases, h.files[id], h.streams[id] = append(h.cases, id), file, entries
	for _, e := range entries {
		if e.Type == "case.moved_in" && e.Facts.Text("household") == h.ID {
			h.moves = append(h.moves, e)
		}
	}
	return nil
}

// goesOn is the newest case of the household that is not closed; "" if there is none.
func (h *householdFile) goesOn() string {
	for i := len(h.cases) - 1; i >= 0; i-- {
		if h.files[h.cases[i]].State != "closed" {
			return h.cases[i]
		}
	}
	return ""
}

// members are those who belong to the household now.
func (h *householdFile) members() (out []string) {
	for _, m := range h.Members {
		if m.Lives() {
			out = append(out, m.Person)
		}
	}
	return out
}

// options are persons to choose from, by name and number.
func (h *householdFile) options(v Visitor, people []string) (out []Option) {
	for _, id := range people {
		hit := h.person(v, id, 0)
		out = append(out, Option{Value: id, Text: strings.TrimSpace(hit.Name + " " + hit.Number)})
	}
	return out
}

func (s *Site) householdPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	h, err := s.householdFile(r, v)
	if err != nil {
		return err
	}
	view, err := s.householdView(r, v, h)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "household", "", view)
}

func (s *Site) householdView(r *http.Request, v Visitor, h *householdFile) (HouseholdView, error) {
	words := v.W.Household
	view := HouseholdView{Page: s.page(r, v, "people", words.OneTitle(recordNumber(h.No)), "css/edit.css", "css/records.css", "css/household.css"), Behind: s.behind(r, v)}
	view.Here, view.Heading = householdHref(h.No), words.Heading(recordNumber(h.No), len(h.members()))
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {words.OneTitle(recordNumber(h.No)), ""}}
	if !v.holds("CO", "LD") {
		view.Crumbs[0] = s.above(v)
	}
	for _, m := range h.Members {
		row, covered, err := s.householdRow(r, v, h, m)
		if err != nil {
			return view, err
		}
		if view.Members = append(view.Members, row); covered && len(view.State) == 0 {
			view.State = []Chip{{"yellow", "lock", words.Covered}}
		}
	}
	for _, e := range h.moves {
		view.Moves = append(view.Moves, s.householdMove(v, h, e))
	}
	var err error
	if view.Counts, view.Counted, err = s.householdCounts(r, v, h); err != nil {
		return view, err
	}
	if s.acts(v, "person.join_household") {
		f := s.householdAdd(v, h)
		view.Join = &f
	}
	if s.acts(v, "case.move_in") && len(h.members()) > 0 {
		view.Move = s.moveInForm(v, h)
		view.NoCase = view.Move == nil
	}
	var past []projections.Entry
	for _, e := range h.told {
		past = append(past, e)
	}
	past = append(past, h.moves...)
	slices.SortFunc(past, func(a, b projections.Entry) int { return cmp.Compare(a.Position, b.Position) })
	view.History = historyOf(v, h.seen, past)
	return view, nil
}

func (s *Site) householdRow(r *http.Request, v Visitor, h *householdFile, m projections.HouseholdMember) (row HouseholdRow, covered bool, err error) {
	words := v.W.Household
	row = HouseholdRow{Person: h.person(v, m.Person, 0), State: Chip{"green", "check", words.Lives}}
	switch {
	case m.Joined == 0:
		row.State = Chip{"gray", "", words.MovedOnly}
	case m.Left != 0:
		e := h.told[m.Left]
		row.State, row.Until = Chip{"gray", "", code(v.W, "reason", e.Facts.Text("reason"))}, v.W.Date(e.From)
	}
	if m.Joined != 0 {
		row.Since, row.Relation = v.W.Date(h.told[m.Joined].From), h.seen.texts[m.Joined].first("relation")
	}
	for _, id := range h.cases {
		switch c := h.files[id]; {
		case c.Lead == m.Person:
			row.Part = words.Lead
		case row.Part == "" && h.inParty(id, m.Person):
			row.Part = words.Companion
		}
	}
	own, err := s.config.Journey.Stream(r.Context(), domain.StreamName("person", m.Person), projections.Newest)
	if err != nil {
		return row, false, missing(err)
	}
	for _, e := range own {
		switch e.Type {
		case "person.confidentiality_set":
			n, _ := e.Facts.Int("covers_household")
			covered = n == 1
		case "person.confidentiality_lifted":
			covered = false
		}
	}
	if m.Lives() && s.acts(v, "person.leave_household") {
		f := s.householdCommand(v, h, "leave-"+row.Person.Number, "person.leave_household", m.Person, commandForm{values: map[string]string{"household": h.ID}, fixed: []string{"household"}})
		row.Leave = &f
	}
	if of := h.goesOn(); m.Lives() && of != "" && !h.inParty(of, m.Person) && s.acts(v, "case.add_member") {
		f := carrying(s.householdCommand(v, h, "add-"+row.Person.Number, "case.add_member", of, commandForm{}), "person", m.Person)
		row.Add = &f
	}
	return row, covered, nil
}

// householdCommand is a form of the page: of is the person or the case whose stream it
// writes, the day of it may be stated.
func (s *Site) householdCommand(v Visitor, h *householdFile, id, command, of string, f commandForm) CommandForm {
	f.action, f.heading, f.submit = householdHref(h.No), v.W.Household.Acts[command], v.W.Outreach.Save
	f.skip = append(f.skip, "person", "case")
	out := s.commandForm(v.W, id, command, f)
	out.Expected = ""
	out.Fields = append(out.Fields, CommandField{ID: id + "-occurred_on", Name: "occurred_on", Label: v.W.Household.Day, Hint: v.W.Household.DayHint, Kind: "text", Short: true})
	if of == "" {
		return out
	}
	return carrying(out, "of", of)
}

// householdAdd lets another person join, named by number.
func (s *Site) householdAdd(v Visitor, h *householdFile) CommandForm {
	f := s.householdCommand(v, h, "join", "person.join_household", "", commandForm{})
	f.Fields = slices.Insert(f.Fields, 0, CommandField{ID: "join-who", Name: "who", Label: v.W.Agenda.Who, Hint: v.W.Agenda.WhoHint, Kind: "text", Required: true, Short: true})
	return f
}

// householdGiven are the commands of the page.
var householdGiven = []string{"person.join_household", "person.leave_household", "case.add_member", "case.move_in", "case.move_out", "case.move_within", "case.check_stay", "case.classify_relocation"}

// goesOnAt are where the page goes on when the form that was sent is no longer there,
// or another waits: at what was changed, not at the top.
var goesOnAt = map[string]string{"case.add_member": "#mh", "person.leave_household": "#mh", "case.move_in": "#vh", "case.classify_relocation": "#vh"}

func (s *Site) householdAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	h, err := s.householdFile(r, v)
	if err != nil {
		return err
	}
	again := func(status int, faults []FieldError) error {
		h, err := s.householdFile(r, v)
		if err != nil {
			return err
		}
		view, err := s.householdView(r, v, h)
		if err != nil {
			return err
		}
		for _, f := range view.forms() {
			f.againIf(v, r, faults)
		}
		return s.show(w, r, status, "household", "", view)
	}
	command, of := r.PostFormValue("command"), r.PostFormValue("of")
	f := recordsForm{allowed: householdGiven, stream: of, again: again, fixed: map[string]any{}, done: func(uint64) string { return householdHref(h.No) + goesOnAt[command] }}
	switch {
	case command == "person.join_household":
		person, fault := s.neighbour(r, v, r.PostFormValue("who"))
		if fault != "" {
			return again(http.StatusUnprocessableEntity, []FieldError{{"who", fault}})
		}
		f.stream, f.fixed["household"] = person, h.ID
	case command == "person.leave_household":
		if !slices.Contains(h.members(), of) {
			return ErrMissing
		}
	case h.files[of] == nil, command == "case.add_member" && !slices.Contains(h.members(), r.PostFormValue("person")):
		return ErrMissing
	case command == "case.move_in":
		f.fixed["household"] = h.ID
	case command == "case.classify_relocation":
		f.fixed["counts"] = countsUnder(r)
	}
	if fault := pastDay(r, v, s.today()); fault != "" {
		return again(http.StatusUnprocessableEntity, []FieldError{{"occurred_on", fault}})
	}
	return s.recordsCommand(w, r, v, f)
}

// forms are all forms of the page.
func (view *HouseholdView) forms() (out []*CommandForm) {
	out = append(out, view.Join, view.Move)
	for i := range view.Members {
		out = append(out, view.Members[i].Leave, view.Members[i].Add)
	}
	for i := range view.Moves {
		for j := range view.Moves[i].Acts {
			out = append(out, &view.Moves[i].Acts[j])
		}
	}
	return out
}

// neighbour is the person of a number, or what is wrong with it.
func (s *Site) neighbour(r *http.Request, v Visitor, typed string) (id, fault string) {
	if typed == "" {
		return "", v.W.Message.Required(v.W.Agenda.Who)
	}
	id = s.personTyped(r, v, typed)
	if ok, err := s.living(r.Context(), v, id); err != nil || !ok {
		return "", v.W.Agenda.Nobody(typed)
	}
	return id, ""
}

// stillThere are the movers of a relocation who have not moved out, in the order in
// which they were named.
func stillThere(entries []projections.Entry, relocation string) []string {
	var movers []string
	for _, e := range entries {
		if e.Facts.Text("relocation") != relocation {
			continue
		}
		switch e.Type {
		case "case.moved_in":
			movers = strings.Split(e.Facts.Text("movers"), ",")
		case "case.moved_out":
			out := strings.Split(e.Facts.Text("persons"), ",")
			movers = slices.DeleteFunc(movers, func(id string) bool { return slices.Contains(out, id) })
		}
	}
	return movers
}
