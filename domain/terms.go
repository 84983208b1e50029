package domain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Terms are the periods a controller works by: settings, because ordinances and
// records rules differ (handbook.md 6.2, 6.6, 6.7). What a decision made of them is
// a fact of its event, so a later setting moves no date that was given.
type Terms struct {
	Disclosure int // days to decide on a request for disclosure
	Correction int // … on one for correction
	Suspension int // … on one for suspension of use
	Extension  int // most days that one extension may add
	Disclosed  int // days after a disclosure within which correction and suspension may be asked for
	// NextWorkingDay: a period that would end on a day on which offices do not
	// work ends on the next one that they do (Civil Code 142).
	NextWorkingDay bool

	BreachFirst     int // days to the quick report of a breach, the day it became known being the first
	BreachFull      int // … to the full report
	BreachMalicious int // … to the full report, if somebody meant it
	BreachMany      int // a breach of more people than this is reported

	Retention     int // fiscal years a volume of cases is kept
	CommentMonths int // months for opinions on a list of disposals
	FilePersons   int // a file of this many people has its entry in the register

	// TellsExistence: a search of the other prefecture is told that a record
	// exists, where that one tells it too (handbook.md 6.3.6).
	TellsExistence bool
}

// UsualTerms are those of the Act and of handbook.md 6.
func UsualTerms() Terms {
	return Terms{
		Disclosure: 30, Correction: 30, Suspension: 30, Extension: 30, Disclosed: 90, NextWorkingDay: true,
		BreachFirst: 5, BreachFull: 30, BreachMalicious: 60, BreachMany: 100,
		Retention: 5, CommentMonths: 1, FilePersons: 1000,
	}
}

// Decide answers the days to decide on a request of a kind; 0 for no such kind.
func (t Terms) Decide(kind string) int {
	return map[string]int{"disclosure": t.Disclosure, "correction": t.Correction, "suspension": t.Suspension}[kind]
}

// Term is one setting as it is written, with what it may be. Where the Act gives a
// person or the public a period, an ordinance may only be kinder.
type Term struct {
	Name      string
	Value     int // of a switch 1 or 0
	Low, High int
	Switch    bool // yes or no
}

// term is a setting with its place.
type term struct {
	name      string
	low, high int
	number    func(*Terms) *int
}

// toggle is a setting that is on or off, with its place.
type toggle struct {
	name string
	on   func(*Terms) *bool
}

var toggles = []toggle{
	{"next_working_day", func(t *Terms) *bool { return &t.NextWorkingDay }},
	{"tells_existence", func(t *Terms) *bool { return &t.TellsExistence }},
}

var terms = []term{
	{"disclosure_days", 1, 30, func(t *Terms) *int { return &t.Disclosure }},
	{"correction_days", 1, 30, func(t *Terms) *int { return &t.Correction }},
	{"suspension_days", 1, 30, func(t *Terms) *int { return &t.Suspension }},
	{"extension_days", 0, 30, func(t *Terms) *int { return &t.Extension }},
	{"disclosed_days", 90, 3650, func(t *Terms) *int { return &t.Disclosed }},
	{"breach_first_days", 1, 5, func(t *Terms) *int { return &t.BreachFirst }},
	{"breach_full_days", 1, 30, func(t *Terms) *int { return &t.BreachFull }},
	{"breach_malicious_days", 1, 60, func(t *Terms) *int { return &t.BreachMalicious }},
	{"breach_many", 0, 100, func(t *Terms) *int { return &t.BreachMany }},
	{"retention_years", 1, 30, func(t *Terms) *int { return &t.Retention }},
	{"comment_months", 1, 12, func(t *Terms) *int { return &t.CommentMonths }},
	{"file_persons", 1, 1000, func(t *Terms) *int { return &t.FilePersons }},
}

// Settings lists the terms in the order in which they are shown.
func (t Terms) Settings() []Term {
	var out []Term
	for _, s := range terms {
		out = append(out, Term{Name: s.name, Value: *s.number(&t), Low: s.low, High: s.high})
	}
	for _, s := range toggles {
		on := Term{Name: s.name, High: 1, Switch: true}
		if *s.on(&t) {
			on.Value = 1
		}
		out = append(out, on)
	}
	return out
}

// TellEachOther tells whether two prefectures have agreed that a search of either
// learns that the other has a record.
func TellEachOther(a, b Terms) bool { return a.TellsExistence && b.TellsExistence }

// TermsFault says which line of a file of terms cannot be taken, and why: Key is
// form, controller, setting, value or twice.
type TermsFault struct {
	Line    int
	Key     string
	Setting Term // of value: what it may be
	Word    string
}

func (f TermsFault) Error() string {
	return fmt.Sprintf("line %d of the terms: %s %q", f.Line, f.Key, f.Word)
}

// ParseTerms reads the terms of controllers, one setting a line: the controller's
// code, the setting's name, its value; # begins a remark. What is not named stays
// as usual. The error is a TermsFault.
func ParseTerms(text string) (map[string]Terms, error) {
	out, said := map[string]Terms{}, map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		fault := TermsFault{Line: i + 1, Key: "form", Word: strings.Join(words, " ")}
		if len(words) != 3 {
			return nil, fault
		}
		controller, name, value := words[0], words[1], words[2]
		if fault.Key, fault.Word = "controller", controller; !slices.Contains(Codes["controller"], controller) {
			return nil, fault
		}
		t, begun := out[controller]
		if !begun {
			t = UsualTerms()
		}
		settings := t.Settings()
		at := slices.IndexFunc(settings, func(s Term) bool { return s.Name == name })
		if fault.Key, fault.Word = "setting", name; at < 0 {
			return nil, fault
		}
		if fault.Key = "twice"; said[controller+" "+name] {
			return nil, fault
		}
		said[controller+" "+name] = true
		fault.Setting, fault.Key, fault.Word = settings[at], "value", value
		if !t.set(name, value) {
			return nil, fault
		}
		out[controller] = t
	}
	return out, nil
}

// set takes a value as it is written; false if the setting cannot have it.
func (t *Terms) set(name, value string) bool {
	for _, s := range toggles {
		if s.name == name {
			*s.on(t) = value == "yes"
			return value == "yes" || value == "no"
		}
	}
	n, err := strconv.Atoi(value)
	s := terms[slices.IndexFunc(terms, func(s term) bool { return s.name == name })]
	if err != nil || strconv.Itoa(n) != value || n < s.low || n > s.high {
		return false
	}
	*s.number(t) = n
	return true
}

// FormatTerms writes what differs from the usual terms, so that ParseTerms reads it.
func FormatTerms(all map[string]Terms) string {
	usual := UsualTerms().Settings()
	var b strings.Builder
	for _, controller := range slices.Sorted(maps.Keys(all)) {
		for i, s := range all[controller].Settings() {
			if s != usual[i] {
				fmt.Fprintf(&b, "%s %s %s\n", controller, s.Name, s.Text())
			}
		}
	}
	return b.String()
}

// Text is the value as it is written.
func (t Term) Text() string {
	if t.Switch {
		return map[int]string{1: "yes", 0: "no"}[t.Value]
	}
	return strconv.Itoa(t.Value)
}
