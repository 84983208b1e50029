// Package locale holds every sentence the product says to people, in Japanese
// and in English. Nothing outside this package holds words for people: pages,
// command line and API take them from here.
package locale

import "strings"

// Language is a language the product speaks.
type Language string

// The languages. Japanese is the default.
const (
	Japanese Language = "ja"
	English  Language = "en"
)

// pair is one text in Japanese and in English.
type pair [2]string

// Words is everything one language says. Both values have every field filled;
// a test sees to it.
type Words struct {
	Language Language

	Export Export
	Survey Survey

	Frame        Frame
	SignIn       SignIn
	State        State
	Message      Message
	Journey      Journey
	Entry        Entry
	Drafts       Drafts
	Since        Since
	Indicator    Indicator
	Value        Value
	Difference   Difference
	Definition   Definition
	Ledger       Ledger
	Documents    Documents
	Edit         Edit
	Editions     Editions
	Attachments  Attachments
	Chart        Chart
	Sheet        Sheet
	Printed      Printed
	People       People
	Record       Record
	Intake       Intake
	Imports      Imports
	Line         Line
	Session      Session
	Status       Status
	Audit        Audit
	Calendar     Calendar
	Command      Command
	Audits       Audits
	Closing      Closing
	Sealing      Sealing
	Verify       Verify
	AfterClose   AfterClose
	Monitors     Monitors
	Tree         Tree
	Explained    Explained
	Later        Later
	Erasure      Erasure
	KeyCommand   KeyCommand
	Viewing      Viewing
	Witness      Witness
	Rights       Rights
	Receipts     Receipts
	Today        Today
	Handover     Handover
	Matters      Matters
	Terms        Terms
	Access       Access
	Standing     Standing
	Help         Help
	Takeout      Takeout
	Outreach     Outreach
	University   University
	Employer     Employer
	Job          Job
	Books        Books
	Certificates Certificates
	Agenda       Agenda
	Household    Household

	Confirmation Confirmation
	Referrals    Referrals
	Letter       Letter
	Asking       Asking
	Settings     Settings
	TLS          TLS
	LogPlace     LogPlace
	Backup       Backup
	Probing      Probing
	Shared       Shared
	Duplicate    Duplicate
	Opening      Opening
	Engines      Engines
	KeyTable     KeyTable
	Outside      Outside
	Webhook      Webhook
	Operation    Operation
	Bus          Bus
	Cluster      Cluster
	Provider     Provider

	codes    map[string]map[string]string
	events   map[string]string
	fields   map[string]string
	refusals map[string]string
}

// In gives the words of a language, Japanese for an unknown one.
func In(l Language) *Words {
	if l == English {
		return english
	}
	return japanese
}

// Other is the words of the other language, for the switch in the header.
func (w *Words) Other() *Words {
	if w.Language == English {
		return japanese
	}
	return english
}

// Preferred reads an Accept-Language header. It is asked only before the first
// sign-in.
func Preferred(header string) Language {
	for _, part := range strings.Split(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch base, _, _ := strings.Cut(strings.ToLower(tag), "-"); base {
		case "ja":
			return Japanese
		case "en":
			return English
		}
	}
	return Japanese
}

// Code names a code of a list of domain/events.md 3, e.g. "channel" and
// "phone". A code without a name is shown as it is, so nothing ever vanishes.
func (w *Words) Code(list, code string) string {
	if name, ok := w.codes[list][code]; ok {
		return name
	}
	return code
}

// CodeNames names several codes in their order, e.g. the categories of a session.
func (w *Words) CodeNames(list string, codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = w.Code(list, c)
	}
	return strings.Join(names, w.Calendar.Comma)
}

// Event is the short title of an event type, for timelines and the audit trail.
func (w *Words) Event(eventType string) string {
	if title, ok := w.events[eventType]; ok {
		return title
	}
	return eventType
}

// Field names a fact, sealed field or form field.
func (w *Words) Field(name string) string {
	if label, ok := w.fields[name]; ok {
		return label
	}
	return name
}

// Refusal says what is wrong and what to do. field may be empty; args replace
// {name} in the sentence, {field} too if they state it. A key without a sentence gives the general one with
// the key as its sign.
func (w *Words) Refusal(key, field string, args map[string]string) string {
	text, ok := w.refusals[key]
	if !ok {
		text = strings.ReplaceAll(w.refusals["refused"], "{key}", key)
	}
	label := w.Message.ThisField
	if field != "" {
		label = w.Field(field)
	}
	var replace []string
	for name, value := range args {
		if name == "gates" { // codes of the list gate
			value = w.CodeNames("gate", strings.Split(value, ","))
		}
		replace = append(replace, "{"+name+"}", value)
	}
	return strings.NewReplacer(append(replace, "{field}", label)...).Replace(text)
}

// HasRefusal reports whether a refusal key has its sentence.
func (w *Words) HasRefusal(key string) bool { return w.refusals[key] != "" }

func pick(table map[string]pair, side int) map[string]string {
	out := make(map[string]string, len(table))
	for k, v := range table {
		out[k] = v[side]
	}
	return out
}

func pickLists(table map[string]map[string]pair, side int) map[string]map[string]string {
	out := make(map[string]map[string]string, len(table))
	for k, v := range table {
		out[k] = pick(v, side)
	}
	return out
}
