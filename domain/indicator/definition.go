// Package indicator counts: which events make a figure, who its members are, and
// why the rest does not count. It is pure and reads facts only, never a sealed
// section, a consent, a clock or a permission (counting.md).
package indicator

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
)

// Definition is one immutable version of an indicator's rule: data, pinned by
// its digest. Parameters are those of counting.md 4; one that does not apply to
// the rule is absent.
type Definition struct {
	Indicator    string            `json:"indicator"`
	Version      string            `json:"version"`
	OfficialFrom string            `json:"official_from"`
	Rule         string            `json:"rule"`
	Unit         string            `json:"unit"`
	Basis        string            `json:"basis"`
	Class        string            `json:"class"`
	Parameters   map[string]string `json:"parameters,omitempty"`
	Name         map[string]string `json:"name"` // language → public name
	Text         map[string]string `json:"text"` // language → the rule in plain words
}

//go:embed definitions/*.json definitions/trial/*.json
var shipped embed.FS

// Shipped are the definitions in the repository, by indicator, then by version.
func Shipped() (*Book, error) {
	book := &Book{}
	return book, errors.Join(read("definitions/*.json", book.Add), read("definitions/trial/*.json", book.AddTrial))
}

// read takes in every definition of some files.
func read(pattern string, add func(Definition) error) error {
	names, err := fs.Glob(shipped, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		raw, err := shipped.ReadFile(name)
		if err != nil {
			return err
		}
		var list []Definition
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&list); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, d := range list {
			if err := add(d); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// Book holds the definitions in force, and those that are never in force: trials,
// which are found by name only and whose figures are not published.
type Book struct{ list, trials []Definition }

// Add takes a definition in; a doubled version or an unknown rule is an error.
func (b *Book) Add(d Definition) error {
	if err := b.fits(d); err != nil {
		return err
	}
	b.list = append(b.list, d)
	return nil
}

// AddTrial takes in a definition that is never in force.
func (b *Book) AddTrial(d Definition) error {
	if err := b.fits(d); err != nil {
		return err
	}
	b.trials = append(b.trials, d)
	return nil
}

// Trials are the versions that are never in force, each once, in order of entry.
func (b *Book) Trials() []string {
	var out []string
	for _, d := range b.trials {
		if !slices.Contains(out, d.Version) {
			out = append(out, d.Version)
		}
	}
	return out
}

func (b *Book) fits(d Definition) error {
	if _, ok := rules[d.Rule]; !ok {
		return fmt.Errorf("%s %s: unknown rule %q", d.Indicator, d.Version, d.Rule)
	}
	if _, err := d.params(); err != nil {
		return err
	}
	if _, ok := b.Named(d.Indicator, d.Version); ok {
		return fmt.Errorf("%s %s: version name used", d.Indicator, d.Version)
	}
	return nil
}

// All lists the definitions in order of entry, without the trials.
func (b *Book) All() []Definition { return slices.Clone(b.list) }

// Named answers one version.
func (b *Book) Named(indicator, version string) (Definition, bool) {
	for _, list := range [][]Definition{b.list, b.trials} {
		for _, d := range list {
			if d.Indicator == indicator && d.Version == version {
				return d, true
			}
		}
	}
	return Definition{}, false
}

// InForce answers the version in force on a period's first day: the latest whose
// official_from is not after it (counting.md 1).
func (b *Book) InForce(indicator string, on japan.Date) (Definition, bool) {
	var best Definition
	found := false
	for _, d := range b.list {
		if d.Indicator == indicator && d.OfficialFrom <= on.String() && (!found || d.OfficialFrom > best.OfficialFrom) {
			best, found = d, true
		}
	}
	return best, found
}

// Digest is the SHA-256 (hex) of the canonical text of everything that decides
// the value: names and explanations are left out.
func (d Definition) Digest() string {
	facts := []domain.Fact{
		{Key: "basis", Text: d.Basis}, {Key: "indicator", Text: d.Indicator},
		{Key: "official_from", Text: d.OfficialFrom}, {Key: "rule", Text: d.Rule},
		{Key: "unit", Text: d.Unit}, {Key: "version", Text: d.Version},
	}
	for k, v := range d.Parameters {
		facts = append(facts, domain.Fact{Key: "p_" + k, Text: v})
	}
	slices.SortFunc(facts, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
	text, err := domain.FormatFacts(facts)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

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

func (d Definition) params() (Params, error) {
	p := Usual()
	for name, v := range d.Parameters {
		set, known := paramForms[name]
		if !known || !set(&p, v) {
			return p, fmt.Errorf("%s %s: parameter %s=%q", d.Indicator, d.Version, name, v)
		}
	}
	return p, nil
}

// Params are the row-making parameters of a definition that a Book accepted.
func (d Definition) Params() Params {
	p, err := d.params()
	if err != nil {
		panic(err)
	}
	return p
}

func oneOf(words ...string) func(*Params, string) bool {
	return func(_ *Params, v string) bool { return slices.Contains(words, v) }
}

func codes(list string) func(string) bool {
	return func(v string) bool {
		for _, c := range strings.Split(v, ",") {
			if !slices.Contains(domain.Codes[list], c) {
				return false
			}
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
	"scale":                           func(_ *Params, v string) bool { var n int; return number(v, &n) },
}

func isDate(_ *Params, v string) bool { _, err := japan.ParseDate(v); return err == nil }

func number(v string, to *int) bool {
	n, err := strconv.Atoi(v)
	*to = n
	return err == nil && n > 0
}
