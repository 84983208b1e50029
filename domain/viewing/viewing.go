// Package viewing is what the access log says: one act of looking at records of
// people (閲覧記録; handbook.md 10.1). It is no domain event. An entry holds
// pseudonyms, codes and digests, never what was seen or searched for.
package viewing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// The acts.
const (
	View     = "view"
	Search   = "search"
	List     = "list"
	Export   = "export"   // a file of many records or of figures
	Print    = "print"    // a paper
	Download = "download" // one attached file
	Follow   = "follow"   // news of one record, as long as a page is open
	Index    = "index"    // the search index opens every profile
	Open     = "open"     // a reason was given to open what another desk keeps
	Refused  = "refused"  // nothing was shown
	Prune    = "prune"    // the log itself: entries past their retention are gone
)

// Emergency is the reason of a look at what was opened in an emergency.
const Emergency = "emergency"

// Acts are all acts, in the order of lists.
var Acts = []string{View, Search, List, Export, Print, Download, Follow, Index, Open, Refused, Prune}

// Whys are the reasons for which a record that another desk of the prefecture keeps is
// opened: the person came here, asked here, the keeper is away, the case is passed on,
// the two desks work together.
var Whys = []string{"came_here", "asked_here", "keeper_away", "passed_on", "together"}

// OpenFor is how long a reason opens a record: no longer than an emergency may.
const OpenFor = 3 * time.Hour

// Entry is one act of looking, or of being refused.
type Entry struct {
	No         uint64    // place in the log, from 1; the log sets it
	At         time.Time // to the millisecond
	Account    string
	Roles      string // codes as they were then, joined by commas
	Controller string // of who looked
	Act        string
	Route      string // page, operation or command that was asked
	Reason     string // purpose code
	Subject    string // person, case or stream looked at; "" where there are many
	Classes    string // P, X or PX
	Rows       int    // sections opened, hits, or rows of a file
	// Query and From are the words searched for and the address asked from. The
	// log keeps a keyed digest of each and never the text.
	Query, From string
	Digest      string   // of a file that left, "sha256:" and hex
	People      []string // pseudonyms of everybody whose sealed texts were opened
	Streams     []string
}

// On is the day of the act in Japan.
func (e Entry) On() japan.Date { return japan.DateOf(e.At) }

// Subjects are everybody the entry is about, each once.
func (e Entry) Subjects() []string {
	out := slices.Clone(e.People)
	if e.Subject != "" {
		out = append(out, e.Subject)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Facts are the entry in its one spelling, without its number: the text of its
// leaf. An empty field is absent.
func (e Entry) Facts() (domain.Facts, error) {
	texts := []domain.Fact{
		{Key: "account", Text: e.Account}, {Key: "act", Text: e.Act}, {Key: "at", Text: e.At.UTC().Format(layout)},
		{Key: "classes", Text: e.Classes}, {Key: "controller", Text: e.Controller}, {Key: "digest", Text: e.Digest}, {Key: "from", Text: e.From},
		{Key: "people", Text: strings.Join(e.People, ",")}, {Key: "query", Text: e.Query}, {Key: "reason", Text: e.Reason},
		{Key: "roles", Text: e.Roles}, {Key: "route", Text: e.Route}, {Key: "rows", Int: int64(e.Rows), IsInt: true},
		{Key: "streams", Text: strings.Join(e.Streams, ",")}, {Key: "subject", Text: e.Subject},
	}
	return domain.FormatFacts(slices.DeleteFunc(texts, func(f domain.Fact) bool { return !f.IsInt && f.Text == "" }))
}

// layout has one length, so that instants are ordered as texts.
const layout = "2006-01-02T15:04:05.000Z"

// Parse reads an entry from its spelling.
func Parse(facts domain.Facts) (Entry, error) {
	list, err := domain.ParseFacts(facts)
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	texts := map[string]*string{"account": &e.Account, "act": &e.Act, "classes": &e.Classes, "controller": &e.Controller, "digest": &e.Digest,
		"from": &e.From, "query": &e.Query, "reason": &e.Reason, "roles": &e.Roles, "route": &e.Route, "subject": &e.Subject}
	for _, f := range list {
		switch to := texts[f.Key]; {
		case to != nil && !f.IsInt:
			*to = f.Text
		case f.Key == "at":
			if e.At, err = time.Parse(layout, f.Text); err != nil {
				return Entry{}, fmt.Errorf("at: %w", err)
			}
		case f.Key == "rows" && f.IsInt:
			e.Rows = int(f.Int)
		case f.Key == "people":
			e.People = strings.Split(f.Text, ",")
		case f.Key == "streams":
			e.Streams = strings.Split(f.Text, ",")
		default:
			return Entry{}, fmt.Errorf("%s is no field of the access log", f.Key)
		}
	}
	return e, nil
}
