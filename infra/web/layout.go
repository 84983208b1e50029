package web

import (
	"slices"

	"ayumi/infra/web/locale"
)

// Page is what every page has around its content. Views embed it.
type Page struct {
	W       *locale.Words
	Title   string   // words of the h1; never a person's name
	Styles  []string // style sheets of this page alone, e.g. "css/journey.css"
	Home    string   // the role's first page
	Here    string   // address of this page, for the way back after a change of language
	Menu    []MenuEntry
	Crumbs  []Crumb
	Search  bool // the person search stands in the header
	Live    *Live
	Who     *Who
	Sample  bool    // the log is a scenario log
	Unasked *Errors // words of the address that mean nothing and were left out
	Halted  []Halt  // read models that have stopped
	Past    *Past   // set when the page does not show the records as they are now
	// LockAfter is after how many seconds without input the page hides itself; 0: never.
	LockAfter int
	Help      string // the place whose help belongs to this page; "" on pages that are nobody's
	NoKeys    bool   // single keys are switched off
	Provider  bool   // the lock opens with the prefecture's account, too
}

// Halt is a read model that has stopped: pages show nothing of it that was recorded since.
type Halt struct{ Table, Upto string }

// MenuEntry is one entry of the role menu. Only doors that open are shown.
type MenuEntry struct {
	Text, Href string
	Current    bool
}

// Crumb is one step of the way to this page; the last has no address.
type Crumb struct{ Text, Href string }

// Live is the state of the line in words. Doubt colours the dot; Still is a page that follows nothing.
type Live struct {
	Text         string
	Doubt, Still bool
}

// Who is the person signed in: name and role with desk.
type Who struct{ Name, Post string }

// Past says which moment the page shows and where the present is.
type Past struct{ Shown, Back string }

// Chip is a small mark with a colour and a word; the colour never stands alone.
type Chip struct{ Kind, Icon, Text string }

// Pair is a label with its value, a link where Href is set.
type Pair struct{ Label, Value, Href string }

// Option is one choice of a select, radio group or checkbox group.
type Option struct {
	Name, Value, Text string
	Icon, Key         string
	Chosen            bool
}

// Errors is the banner above a form that was refused (422).
type Errors struct {
	Heading string
	Items   []FieldError
}

// FieldError is one line of the banner. Field is the id of the input, "" for
// what belongs to no field.
type FieldError struct{ Field, Text string }

// Of gives the text of a field's error, "" when it has none. It may be asked of
// no banner at all.
func (e *Errors) Of(field string) string {
	if e == nil {
		return ""
	}
	for _, item := range e.Items {
		if item.Field == field {
			return item.Text
		}
	}
	return ""
}

func newErrors(w *locale.Words, items ...FieldError) *Errors {
	return &Errors{Heading: w.State.Errors(len(items)), Items: items}
}

// Conflict is the table shown when somebody else was first (409). The form
// itself stays as it was typed.
type Conflict struct {
	W           *locale.Words
	Heading     string
	Text        string
	NowBy       string
	Rows        []ConflictRow
	CanKeepBoth bool
	At          string // id of the input to look over; "" for the note
}

// ConflictRow is one field as it was opened, as it is now and as it was typed.
type ConflictRow struct {
	Field, Opened, Now, Yours string
	NowChanged, YoursChanged  bool
}

// Pill announces news without moving anything: how many records came after the
// page's sequence, where to fetch them and what to replace with them.
type Pill struct {
	W            *locale.Words
	Count        int
	From         string
	Show, Target string
}

// door names a page of the menu and the roles it opens for.
type door struct {
	key, href string
	roles     []string
}

// doors is the site map of the menu, in its order.
var doors = []door{
	{"today", "/today", []string{"CO", "LD"}},
	{"intake", "/intake", []string{"CO", "LD"}},
	{"people", "/people", []string{"CO", "LD"}},
	{"referrals", "/referrals", []string{"CO", "LD"}},
	{"employers", "/employers", []string{"CO", "LD"}},
	{"outreach", "/outreach", []string{"CO", "LD"}}, // others come from the indicators
	{"partner", "/partner", []string{"PT"}},
	{"indicators", "/indicators", []string{"CO", "LD", "AN", "MG", "AU"}},
	{"differences", "/differences", []string{"AN", "MG", "AU"}}, // others come from the indicators
	{"ledger", "/ledger", []string{"AN", "MG", "AU"}},
	{"verify", "/verify", []string{"AU"}}, // others come from the register
	{"sheets", "/sheets", []string{"CO", "LD", "AN", "MG", "AU"}},
	{"closing", "/closing", []string{"AN", "MG", "AU"}},
	{"audits", "/audits", []string{"RO"}},       // others come from the closing
	{"rights", "/rights", []string{"PO", "RO"}}, // others come from a person, MG from the closing
	{"audit", "/audit", []string{"LD", "MG", "AU", "PO"}},
	{"duplicates", "/duplicates", []string{"PO"}}, // others come from the day
	{"erasures", "/erasures", []string{"PO"}},
	{"status", "/status", []string{"AD"}},
}

func (d door) opens(roles []string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(d.roles, r) })
}

// menu gives the doors that open for the roles; current is the key of the page
// shown, or "".
func menu(w *locale.Words, roles []string, current string) []MenuEntry {
	var out []MenuEntry
	for _, d := range doors {
		if d.opens(roles) {
			out = append(out, MenuEntry{Text: w.Frame.Doors[d.key], Href: d.href, Current: d.key == current})
		}
	}
	return out
}

// home is the first page of the roles: the first door that opens.
func home(roles []string) string {
	for _, d := range doors {
		if d.opens(roles) {
			return d.href
		}
	}
	return "/status"
}
