package indicator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
)

// Params are the parameters that decide how rows are made. Two definitions with
// equal Params share their rows.
type Params struct {
	Channels     string // codes joined by ",", "all"
	SameDay      bool
	Overrides    bool
	PlacementDay string // started_on, decided_on, confirmed_on
	Contracts    string
	Workplace    bool // must lie in the controller's prefecture
	Residence    bool // must have been outside it
	MinGrade     string
	ClassRule    string
	HeadOnly     bool // member_basis=head
	PerPeriod    bool // once_per=period
	Attribution  string
	Months       int
}

// Usual are the Params of tot-2019.1 (counting.md 4).
func Usual() Params {
	return Params{
		Channels: "all", SameDay: true, Overrides: true,
		PlacementDay: "started_on", Contracts: "fixed_4m,fixed_short,indefinite,part",
		Workplace: true, Residence: true, MinGrade: "c", ClassRule: "tot-cls-1",
		Attribution: "owner_and_session", Months: 36,
	}
}

// params reads the parameters and names those whose value is none of the allowed.
func (d Definition) params() (Params, []string) {
	p, bad := Usual(), []string(nil)
	for name, v := range d.Parameters {
		if set, known := paramForms[name]; known && !set(&p, v) {
			bad = append(bad, name)
		}
	}
	slices.Sort(bad)
	return p, bad
}

// Params are the row-making parameters of a definition that a Book accepted.
func (d Definition) Params() Params {
	p, bad := d.params()
	if len(bad) > 0 {
		panic(fmt.Sprintf("%s %s: parameter %s", d.Indicator, d.Version, bad[0]))
	}
	return p.written()
}

func oneOf(words ...string) func(*Params, string) bool {
	return func(_ *Params, v string) bool { return slices.Contains(words, v) }
}

// codes reads codes of a list, ascending, none twice: one spelling for one set.
func codes(list string) func(string) bool {
	return func(v string) bool {
		before := ""
		for _, c := range strings.Split(v, ",") {
			if c <= before || !slices.Contains(domain.Codes[list], c) {
				return false
			}
			before = c
		}
		return true
	}
}

func pick(v, yes, no string, to *bool) bool {
	*to = v == yes
	return v == yes || v == no
}

// paramForms: name → reads the value; false if it is none of the allowed ones.
var paramForms = map[string]func(*Params, string) bool{
	"channels": func(p *Params, v string) bool {
		p.Channels = v
		return v == "all" || codes("channel")(v)
	},
	"categories":             func(_ *Params, v string) bool { return codes("category")(v) },
	"job_map":                func(_ *Params, v string) bool { return codes("category")(v) },
	"relocation_map":         func(_ *Params, v string) bool { return codes("category")(v) },
	"event_channels":         func(_ *Params, v string) bool { return codes("channel")(v) },
	"visiting_desk_as_event": oneOf("always", "with_outreach", "never"),
	"survey_part":            oneOf("window", "event"),
	"same_day_rule":          func(p *Params, v string) bool { return pick(v, "on", "off", &p.SameDay) },
	"overrides":              func(p *Params, v string) bool { return pick(v, "honoured", "ignored", &p.Overrides) },
	"consultee_basis":        oneOf("lead"),
	"placement_date": func(p *Params, v string) bool {
		p.PlacementDay = v
		return oneOf("started_on", "decided_on", "confirmed_on")(p, v)
	},
	"contracts":    func(p *Params, v string) bool { p.Contracts = v; return codes("contract")(v) },
	"workplace":    func(p *Params, v string) bool { return pick(v, "in_prefecture", "anywhere", &p.Workplace) },
	"residence":    func(p *Params, v string) bool { return pick(v, "outside_required", "any", &p.Residence) },
	"min_grade":    func(p *Params, v string) bool { p.MinGrade = v; return oneOf("a", "b", "c", "d")(p, v) },
	"class_rule":   func(p *Params, v string) bool { p.ClassRule = v; return moverule.Known(v) },
	"member_basis": func(p *Params, v string) bool { return pick(v, "head", "movers", &p.HeadOnly) },
	"once_per":     func(p *Params, v string) bool { return pick(v, "period", "episode", &p.PerPeriod) },
	"attribution": func(p *Params, v string) bool {
		p.Attribution = v
		return oneOf("owner_and_session", "session", "none")(p, v)
	},
	"attribution_months":              func(p *Params, v string) bool { return number(v, &p.Months) },
	"subtract_out_before_publication": oneOf("yes", "no"),
	"stay_days":                       func(_ *Params, v string) bool { var n int; return number(v, &n) },
	"universe_list":                   func(_ *Params, v string) bool { return domain.IDForm(v) },
	"agreement_from":                  isDate,
	"agreement_to":                    isDate,
	"turn_fold":                       oneOf("none", "j_into_i"),
	"rounding":                        oneOf("half_up", "truncate"),
	"scale":                           oneOf("0", "1", "2", "3"),
	"numerator":                       func(_ *Params, v string) bool { return domain.IDForm(v) },
	"denominator":                     func(_ *Params, v string) bool { return domain.IDForm(v) },
	"unknown_in_denominator":          oneOf("yes", "no"),
	"after_hours":                     oneOf("only", "any"),
	"referral_state":                  oneOf("sent", "answered", "completed"),
}

func isDate(_ *Params, v string) bool { _, err := japan.ParseDate(v); return err == nil }

func number(v string, to *int) bool {
	n, err := strconv.Atoi(v)
	*to = n
	return err == nil && 0 < n && n <= longest && strconv.Itoa(n) == v
}

// longest bounds days and months: a hundred years of days.
const longest = 36_525
