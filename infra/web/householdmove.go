package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/casefile"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// classRules are the rules by which a prefecture classifies moves (counting.md 5).
var classRules = map[string]string{"31": moverule.Tottori, "33": moverule.Okayama}

// town is a municipality by its code.
func town(w *locale.Words, code string) string {
	m, ok := japan.MunicipalityOf(code)
	switch {
	case !ok:
		return code
	case w.Language == locale.English:
		return m.En
	}
	return m.Ja
}

// stayMonths are when it is asked whether who moved still lives there (events.md 4.6).
var stayMonths = []int{6, 12, 36, 60}

// towns are those of a prefecture that stand today.
func (s *Site) towns(v Visitor) (out []Option) {
	for _, m := range japan.Municipalities(v.Actor.Controller, s.today()) {
		out = append(out, Option{Value: m.Code, Text: town(v.W, m.Code)})
	}
	return out
}

// moveInForm records a move of the household in its case that goes on; nil where there
// is none. A move that was planned there goes on from the plan.
func (s *Site) moveInForm(v Visitor, h *householdFile) *CommandForm {
	of := h.goesOn()
	if of == "" {
		return nil
	}
	var party []string
	for _, id := range h.members() {
		if h.inParty(of, id) {
			party = append(party, id)
		}
	}
	if len(party) == 0 {
		return nil
	}
	members := h.options(v, h.members())
	f := s.householdCommand(v, h, "move_in", "case.move_in", of, commandForm{skip: []string{"household", "old_address", "new_address"},
		values:  map[string]string{"movers": strings.Join(party, ","), "head": h.files[of].Lead, "from_pref": h.about[h.files[of].Lead].ResidencePref, "register": "1"},
		choices: map[string][]Option{"movers": h.options(v, party), "head": members, "to_lg": s.towns(v)}})
	for _, id := range sorted(h.files[of].Relocations) {
		if r := h.files[of].Relocations[id]; r.State == "planned" || r.State == "housed" {
			f = carrying(f, "relocation", id)
			break
		}
	}
	return &f
}

func sorted(of map[string]*casefile.Relocation) (out []string) {
	for id := range of {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// inParty tells whether a person belongs to the party of a case.
func (h *householdFile) inParty(of, person string) bool {
	m := h.files[of].Members[person]
	return h.files[of].Lead == person || m != nil && !m.Left
}

func (s *Site) householdMove(v Visitor, h *householdFile, e projections.Entry) HouseholdMove {
	w, words, id := v.W, v.W.Household, e.Facts.Text("relocation")
	move := h.files[e.Case].Relocations[id]
	out := HouseholdMove{Number: recordNumber(e.Position), Href: recordHref(e.Position), ISO: move.MovedInOn.String(), When: w.Date(move.MovedInOn),
		From: code(w, "from_pref", move.FromPref), To: town(w, move.ToLG), Head: h.person(v, move.Head, 0)}
	for _, m := range move.Movers {
		out.Movers = append(out.Movers, h.person(v, m, 0))
	}
	add := func(label, value string) {
		if value != "" {
			out.Facts = append(out.Facts, Pair{Label: label, Value: value})
		}
	}
	add(w.Field("reason"), code(w, "move_reason", move.Reason))
	add(w.Field("planned_stay"), code(w, "planned_stay", move.PlannedStay))
	add(w.Field("register"), w.Code("yes_no", map[bool]string{true: "yes", false: "no"}[move.Register]))
	grade := "d"
	for _, c := range move.Confirmations {
		if !c.Withdrawn && c.Grade < grade {
			grade = c.Grade
		}
	}
	out.Chips = append(out.Chips, Chip{map[bool]string{true: "yellow", false: "green"}[grade == "d"], "chain", w.Code("grade", grade)})
	switch k := move.Class; {
	case move.State == "voided":
		out.Chips = append(out.Chips, Chip{"red", "", w.Code("near_miss", "voided")})
	case k == nil:
		out.Chips = append(out.Chips, Chip{"yellow", "warn", words.Unclassified})
	case k.Counts:
		out.Chips = append(out.Chips, Chip{"green", "check", words.Counts(k.RuleVersion)}, Chip{"blue", "", code(w, "turn", k.Turn)})
	default:
		out.Chips = append(out.Chips, Chip{"gray", "", words.CountsNot(k.RuleVersion)})
	}
	for _, m := range move.Movers {
		for _, to := range move.Within[m] {
			add(words.WithinOf(h.person(v, m, 0).Name), w.Date(to.On)+" "+town(w, to.ToLG))
		}
		if out := move.Out[m]; out != 0 {
			add(words.OutOf(h.person(v, m, 0).Name), w.Date(out))
		}
	}
	for _, months := range stayMonths {
		for _, still := range []string{"yes", "no", "unknown"} {
			var who []string
			for _, m := range move.Movers {
				if move.Checks[casefile.StayCheck{Person: m, Months: months}] == still {
					who = append(who, h.person(v, m, 0).Name)
				}
			}
			if len(who) > 0 {
				add(words.Months(months), words.Still(w.Code("yes_no", still), strings.Join(who, w.Calendar.Comma)))
			}
		}
	}
	if move.State == "voided" {
		return out
	}
	if link := confirmLink(v, e.Type, e.Position); link != nil {
		out.Confirm = link.Href
	}
	out.Acts = s.moveActs(v, h, e, move)
	return out
}

// moveActs are what may be recorded of a move that happened.
func (s *Site) moveActs(v Visitor, h *householdFile, e projections.Entry, move *casefile.Relocation) (out []CommandForm) {
	id, n := e.Facts.Text("relocation"), "-"+strconv.FormatUint(e.Position, 10)
	there := stillThere(h.streams[e.Case], id)
	add := func(name, command string, f commandForm) {
		if !s.acts(v, command) {
			return
		}
		if f.values == nil {
			f.values = map[string]string{}
		}
		f.values["relocation"], f.fixed = id, append(f.fixed, "relocation")
		out = append(out, s.householdCommand(v, h, name+n, command, e.Case, f))
	}
	if move.Class == nil {
		predecessor := move.HasPredecessor
		if predecessor == "" {
			predecessor = map[bool]string{true: "unknown", false: "no"}[move.Reason == "transfer"]
		}
		add("classify", "case.classify_relocation", commandForm{skip: []string{"counts"}, choices: map[string][]Option{"rule_version": {{Value: classRules[v.Actor.Controller], Text: classRules[v.Actor.Controller]}}},
			values: map[string]string{"reason": move.Reason, "has_predecessor": predecessor, "planned_stay": move.PlannedStay, "head_age_band": h.about[move.Head].AgeBand, "household_size": strconv.Itoa(len(move.Movers))}})
	}
	if len(there) == 0 {
		return out
	}
	movers := func() map[string][]Option { return map[string][]Option{"persons": h.options(v, there)} }
	all := func() map[string]string { return map[string]string{"persons": strings.Join(there, ",")} }
	stay := movers()
	for _, months := range stayMonths {
		stay["months"] = append(stay["months"], Option{Value: strconv.Itoa(months), Text: v.W.Household.Months(months)})
	}
	add("check_stay", "case.check_stay", commandForm{choices: stay, values: all()})
	within := movers()
	within["to_lg"] = s.towns(v)
	add("move_within", "case.move_within", commandForm{choices: within, values: all()})
	add("move_out", "case.move_out", commandForm{choices: movers(), values: all()})
	return out
}

// countsUnder is what the rule says of the facts of a form: a person states the facts,
// never the verdict.
func countsUnder(r *http.Request) bool {
	return moverule.Evaluate(r.PostFormValue("rule_version"), moverule.Facts{Reason: r.PostFormValue("reason"), HasPredecessor: r.PostFormValue("has_predecessor"),
		PlannedStay: r.PostFormValue("planned_stay"), Decision: r.PostFormValue("decision") != ""}).Counts
}

// pastDay puts a day that was typed as people say it in one spelling; it answers what
// is wrong with it.
func pastDay(r *http.Request, v Visitor, today japan.Date) string {
	typed := strings.TrimSpace(r.PostFormValue("occurred_on"))
	if typed == "" {
		return ""
	}
	t, err := japan.ReadPast(typed, today)
	if err != nil || t.Precision != japan.PrecisionDay {
		return dateFault(v.W, err, "occurred_on")
	}
	r.PostForm.Set("occurred_on", t.Date.String())
	return ""
}

// householdFigures are the indicators of a household: persons and households who
// relocated, and either outcome by person and by case (counting.md 3.1).
var householdFigures = []string{"R1", "R2", "J1", "K1", "K2"}

// householdCounts tells, for each year of a move, what the household adds to the
// indicators and who of it is not counted, with the clause. It answers false while the
// figures are being made.
func (s *Site) householdCounts(r *http.Request, v Visitor, h *householdFile) ([]HouseholdCount, bool, error) {
	own, scope := map[string]bool{}, s.scopeOf(v)
	for _, m := range h.Members {
		group, err := s.config.Journey.Group(r.Context(), m.Person, projections.Newest)
		if err != nil {
			return nil, false, missing(err)
		}
		for _, id := range group {
			own[id] = true
		}
	}
	var positions []uint64
	for _, id := range h.cases {
		for _, e := range h.streams[id] {
			positions = append(positions, e.Position)
		}
	}
	var years []japan.FiscalYear
	for _, e := range h.moves {
		years = append(years, japan.FiscalYearOf(h.files[e.Case].Relocations[e.Facts.Text("relocation")].MovedInOn))
	}
	slices.Sort(years)
	under := s.rowsUnder(r.Context(), ascending(positions), projections.Newest, func(row indicator.Row) bool { return row.Person != "" && !own[row.Person] })
	book, err := s.book(r.Context(), scope)
	if err != nil {
		return nil, false, err
	}
	var out []HouseholdCount
	for _, year := range slices.Compact(years) {
		for _, id := range householdFigures {
			def, ok := book.InForce(id, year.First())
			if !ok {
				continue
			}
			rows, made, err := under(def.Params())
			if err != nil || !made {
				return nil, false, err
			}
			f := indicator.Answer(rows, indicator.Question{Definition: def, Scope: scope, Period: year.Whole()}, s.today())
			c := HouseholdCount{Year: v.W.FiscalYearShort(year), Name: v.W.Code("indicator", id), Value: v.W.Sized(f.Value, def.Unit), Href: "/indicators?fy=" + strconv.Itoa(int(year)) + "&of=" + id}
			for _, m := range f.Members {
				c.Who = append(c.Who, h.calls(v, m.Row))
			}
			for _, m := range f.NearMisses {
				c.Not = append(c.Not, HouseholdMiss{h.calls(v, m.Row), v.W.Code("near_miss", m.Clause)})
			}
			out = append(out, c)
		}
	}
	return out, true, nil
}

// calls is how a counted person is called.
func (h *householdFile) calls(v Visitor, row *indicator.Row) string {
	if row == nil {
		return ""
	}
	hit := h.person(v, row.Person, 0)
	return strings.TrimSpace(hit.Name + " " + hit.Number)
}
