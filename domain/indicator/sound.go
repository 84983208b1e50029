package indicator

import (
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Form says what a definition of a rule may state (counting.md 4): a parameter
// that applies must be there, one that does not must not. What may be left out
// means all, or none.
type Form struct {
	Units, Bases []string
	Needs, May   []string // parameters, ascending
	Scope        string   // the least a figure can be asked for: desk, corner, controller
}

// FormOf answers the form of a rule, false for an unknown one. It is shared: do not
// change it.
func FormOf(rule string) (Form, bool) {
	f, ok := forms[rule]
	return f, ok
}

var (
	sessionNeeds = []string{"channels", "overrides", "same_day_rule"}
	placeNeeds   = []string{"contracts", "min_grade", "placement_date", "residence", "workplace"}
	moveNeeds    = []string{"class_rule", "member_basis", "min_grade"}
	ijuNeeds     = together(sessionNeeds, placeNeeds, moveNeeds, []string{"attribution", "attribution_months", "once_per", "subtract_out_before_publication"})
	roundNeeds   = []string{"rounding", "scale"}

	gross    = []string{"gross"}
	distinct = []string{"distinct"}
	people   = []string{"persons", "mei"}
)

func together(lists ...[]string) []string {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// forms by rule.
var forms = map[string]Form{
	"session":             {Units: []string{"sessions"}, Bases: gross, Needs: sessionNeeds, May: []string{"after_hours", "categories"}, Scope: "desk"},
	"session_both":        {Units: []string{"sessions"}, Bases: gross, Needs: together(sessionNeeds, []string{"job_map", "relocation_map"}), Scope: "desk"},
	"survey":              {Units: []string{"sessions"}, Bases: gross, Needs: together(sessionNeeds, []string{"categories", "event_channels", "survey_part", "visiting_desk_as_event"}), Scope: "desk"},
	"consultee":           {Units: people, Bases: distinct, Needs: together(sessionNeeds, []string{"consultee_basis"}), May: []string{"categories"}, Scope: "desk"},
	"new_consultee":       {Units: people, Bases: distinct, Needs: together(sessionNeeds, []string{"consultee_basis"}), Scope: "desk"},
	"converted_consultee": {Units: people, Bases: distinct, Needs: together(ijuNeeds, []string{"consultee_basis"}), Scope: "desk"},
	"placed_person":       {Units: people, Bases: distinct, Needs: placeNeeds, Scope: "desk"},
	"relocated_person":    {Units: people, Bases: distinct, Needs: moveNeeds, May: []string{"turn_fold"}, Scope: "desk"},
	"relocated_household": {Units: []string{"households"}, Bases: distinct, Needs: moveNeeds, May: []string{"turn_fold"}, Scope: "desk"},
	"stayed_person":       {Units: people, Bases: distinct, Needs: together(moveNeeds, []string{"stay_days"}), Scope: "desk"},
	"iju_person":          {Units: people, Bases: distinct, Needs: ijuNeeds, Scope: "desk"},
	"iju_case":            {Units: []string{"cases"}, Bases: distinct, Needs: ijuNeeds, Scope: "desk"},
	"iju_days":            {Units: []string{"days"}, Bases: distinct, Needs: together(ijuNeeds, roundNeeds), Scope: "desk"},
	"assisted":            {Units: people, Bases: distinct, Needs: ijuNeeds, Scope: "desk"},
	"related_person":      {Units: people, Bases: distinct, Scope: "desk"},
	"referral":            {Units: []string{"referrals"}, Bases: gross, Needs: []string{"referral_state"}, Scope: "desk"},
	"reception":           {Units: []string{"sessions"}, Bases: gross, Scope: "corner"},
	"attendance":          {Units: []string{"heads"}, Bases: gross, Scope: "controller"},
	"universe":            {Units: []string{"schools"}, Bases: distinct, Needs: []string{"universe_list"}, Scope: "controller"},
	"agreement":           {Units: []string{"schools"}, Bases: distinct, Needs: []string{"agreement_from", "agreement_to", "universe_list"}, Scope: "controller"},
	"ratio":               {Units: []string{"percent"}, Bases: []string{"gross", "distinct"}, Needs: together(roundNeeds, []string{"denominator", "numerator", "unknown_in_denominator"}), Scope: "desk"},
}

// lookBack are the parameters that need what happened before: a rule that keeps
// no history of a person cannot have them.
var lookBack = []string{"attribution", "attribution_months", "once_per", "stay_days"}

// Sound answers a definition as this book would take it in, or refuses it with
// domain.Refusals: every field that is wrong, and why. A ratio counts by the
// versions of its parts with its own version name, else by those in force on its
// official_from; they stay the same whatever is added later.
func (b *Book) Sound(d Definition) (Definition, error) {
	x := &inspection{book: b, d: &d}
	x.head()
	if shape, known := forms[d.Rule]; !known {
		x.refuse("indicator.rule", "rule")
	} else {
		x.shape(shape)
		x.values()
	}
	if len(x.faults) == 0 {
		x.sense()
	}
	if d.Rule == "ratio" && len(x.faults) == 0 {
		x.ratio()
	}
	if len(x.faults) > 0 {
		return Definition{}, x.faults
	}
	return d, nil
}

// inspection collects what is wrong with one definition.
type inspection struct {
	book   *Book
	d      *Definition
	faults domain.Refusals
}

func (x *inspection) refuse(key, field string, args ...string) {
	x.faults = append(x.faults, domain.RefuseField(key, field, args...))
}

// head reads what every definition states.
func (x *inspection) head() {
	d := x.d
	if !domain.IDForm(d.Indicator) {
		x.refuse("indicator.name", "indicator")
	}
	if !domain.IDForm(d.Version) {
		x.refuse("indicator.name", "version")
	}
	if _, used := x.book.Named(d.Indicator, d.Version); used {
		x.refuse("indicator.version", "version")
	}
	if _, err := japan.ParseDate(d.OfficialFrom); err != nil {
		x.refuse("indicator.official_from", "official_from")
	}
	if !slices.Contains([]string{"activity", "outcome"}, d.Class) {
		x.refuse("indicator.class", "class")
	}
}

// shape holds the definition to the form of its rule.
func (x *inspection) shape(f Form) {
	d := x.d
	if !slices.Contains(f.Units, d.Unit) {
		x.refuse("indicator.unit", "unit")
	}
	if !slices.Contains(f.Bases, d.Basis) {
		x.refuse("indicator.basis", "basis")
	}
	for _, name := range sortedNames(d.Parameters) {
		switch _, known := paramForms[name]; {
		case !known:
			x.refuse("indicator.parameter_unknown", name)
		case slices.Contains(f.Needs, name) || slices.Contains(f.May, name):
		case slices.Contains(lookBack, name):
			x.refuse("indicator.looks_back", name)
		default:
			x.refuse("indicator.parameter_unused", name)
		}
	}
	for _, name := range f.Needs {
		if _, stated := d.Parameters[name]; !stated && !(name == "attribution_months" && d.Parameters["attribution"] == "none") {
			x.refuse("indicator.parameter", name)
		}
	}
}

func sortedNames(of map[string]string) []string {
	var out []string
	for name := range of {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (x *inspection) values() {
	_, bad := x.d.params()
	for _, name := range bad {
		x.refuse("indicator.parameter_value", name)
	}
}

// sense refuses what no log could fulfil.
func (x *inspection) sense() {
	p := x.d.Parameters
	switch {
	case p["attribution"] == "none" && p["attribution_months"] != "":
		x.refuse("indicator.looks_back", "attribution_months")
	case x.d.Rule == "session_both" && !apart(p["job_map"], p["relocation_map"]):
		x.refuse("indicator.overlap", "relocation_map")
	case x.d.Rule == "agreement" && p["agreement_to"] < p["agreement_from"]:
		x.refuse("indicator.never", "agreement_to")
	case x.d.Rule == "survey" && !x.d.surveys():
		x.refuse("indicator.never", "survey_part")
	case p["after_hours"] == "only" && written(p["channels"]):
		x.refuse("indicator.never", "after_hours")
	}
}

// apart tells whether two lists of codes share none.
func apart(a, b string) bool {
	return !slices.ContainsFunc(strings.Split(a, ","), func(c string) bool { return listed(b, c) })
}

// surveys tells whether any session could fall into the part of the survey.
func (d *Definition) surveys() bool {
	for _, c := range domain.Codes["channel"] {
		for _, outreach := range []bool{false, true} {
			r := Row{Channel: c, Outreach: outreach}
			if listed(d.Parameters["channels"], c) && surveyPart(judgeOf(Question{Definition: *d}), &r) == "" {
				return true
			}
		}
	}
	return false
}

// written tells whether all channels are mail and the like, which have no time.
func written(channels string) bool {
	return channels != "all" && !slices.ContainsFunc(strings.Split(channels, ","), func(c string) bool {
		return !slices.Contains([]string{"email", "line", "letter"}, c)
	})
}

// ratio finds the parts of a ratio and holds them to each other.
func (x *inspection) ratio() {
	d, p := x.d, x.d.Parameters
	var sides [2]Definition
	for i, name := range []string{"numerator", "denominator"} {
		part, ok := x.part(p[name])
		switch {
		case p[name] == d.Indicator:
			x.refuse("indicator.part_itself", name)
		case !ok:
			x.refuse("indicator.part_unknown", name)
		case part.Rule == "ratio" || part.Unit == "days":
			x.refuse("indicator.part_ratio", name)
		}
		sides[i] = part
	}
	if len(x.faults) > 0 {
		return
	}
	above, below := sides[0], sides[1]
	switch {
	case p["numerator"] == p["denominator"]:
		x.refuse("indicator.part_same", "denominator")
	case !alike(above.Unit, below.Unit):
		x.refuse("indicator.part_unit", "denominator")
	case forms[above.Rule].Scope != forms[below.Rule].Scope:
		x.refuse("indicator.part_scope", "denominator")
	case d.Basis != above.Basis:
		x.refuse("indicator.basis", "basis")
	case !within(above, below):
		x.refuse("indicator.part_outside", "numerator")
	case p["unknown_in_denominator"] == "no" && above.Parameters["after_hours"] != "only":
		x.refuse("indicator.knows_all", "unknown_in_denominator")
	}
	sides[1].known = p["unknown_in_denominator"] == "no"
	d.sides = &sides
}

func (x *inspection) part(code string) (Definition, bool) {
	if part, ok := x.book.Named(code, x.d.Version); ok {
		return part, true
	}
	on, _ := japan.ParseDate(x.d.OfficialFrom)
	return x.book.InForce(code, on)
}

// alike: 人 and 名 are both human beings.
func alike(a, b string) bool {
	return a == b || (slices.Contains(people, a) && slices.Contains(people, b))
}

// within: of two counts of sessions the upper must be a part of the lower, else
// the share says nothing.
func within(above, below Definition) bool {
	if rules[above.Rule].family != Sessions || rules[below.Rule].family != Sessions {
		return true
	}
	inside := func(name string) bool {
		all, few := below.Parameters[name], above.Parameters[name]
		if all == "" || all == "all" {
			return true
		}
		return few != "" && few != "all" && !slices.ContainsFunc(strings.Split(few, ","), func(c string) bool { return !listed(all, c) })
	}
	return inside("categories") && inside("channels") && (below.Parameters["after_hours"] != "only" || above.Parameters["after_hours"] == "only")
}
