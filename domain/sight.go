package domain

import (
	"slices"

	"ayumi/domain/japan"
)

// Use is what an answer does with a record.
type Use string

// The uses. A total tells nothing of one record; a search and a suggestion say that
// there is one; the others show it.
const (
	ToRead    Use = "read"
	ToList    Use = "list"
	ToSearch  Use = "search"
	ToSuggest Use = "suggest"
	ToCount   Use = "count"
	ToDrill   Use = "drill"
	ToExport  Use = "export"
	ToNotify  Use = "notify"
	ToFollow  Use = "follow"
)

// Uses are all of them.
var Uses = []Use{ToRead, ToList, ToSearch, ToSuggest, ToCount, ToDrill, ToExport, ToNotify, ToFollow}

// Finding is what an answer may say of one record.
type Finding int

// The findings.
const (
	Hidden Finding = iota // not even that there is one
	Exists                // that there is one
	Found                 // what it holds
)

// Sight is what seeing a record, or a part of one, depends on.
type Sight struct {
	Controller   string
	Class        byte     // of a sealed part; 0: facts
	Account      string   // of an account's own data: whose it is
	Recipient    string   // the partner it was told to, or that told it
	Closed       []string // scopes of the restrictions that stand
	Confidential bool     // the person is protected (DV and the like)
	Protection   bool     // it tells why and how the person is protected
	Emergency    bool     // the actor has opened the person in an emergency
	Agreed       bool     // both prefectures tell each other that a record exists
	Elsewhere    bool     // it lies with another desk of the prefecture, and the actor has not said why
}

// See is the one rule of who may see what (handbook.md 6.3, 10.1; events.md 7.15).
// Whatever answers anything of a record asks it: page, list, search, suggestion,
// total, export, drill-down, notice and stream. For whom a record is Hidden every
// answer is the one that would be given if it did not exist; what is different all
// the same stands in one table of tests/pages.
func See(a Actor, on japan.Date, use Use, r Sight) Finding {
	foreign := r.Controller != a.Controller && r.Controller != "joint"
	switch {
	case a.Closed:
		return Hidden
	case a.Has(on, System) || r.Account != "" && r.Account == a.Account:
		return Found
	case !foreign && r.Recipient != "" && r.Recipient == a.Partner && r.Class == 'P' && a.Has(on, Partner):
		return Found // and nothing else (handbook.md 10.1)
	case foreign && r.Agreed && (use == ToSearch || use == ToSuggest) && a.Has(on, Counsellor, Lead):
		return Exists
	case foreign || !a.Has(on, readers(r, use)...):
		return Hidden
	case r.Elsewhere && !r.Emergency && use == ToRead && r.Class != 0 && r.Account == "":
		return Exists // and is opened with a reason (handbook.md 10.1)
	case r.Class == 0 || r.Account != "" || !r.shut(use) || r.Emergency || a.Has(on, Lead):
		return Found
	}
	return Exists
}

// Keeps tells whether a person's records lie with the actor's own desk: a case of it
// does, or is the actor's own, or there is none yet. An actor of no desk keeps all.
func (a Actor) Keeps(cases ...CaseNow) bool {
	return a.Desk == "" || len(cases) == 0 || slices.ContainsFunc(cases, func(c CaseNow) bool { return c.Desk == a.Desk || c.Owner == a.Account })
}

// readers are the roles to which a part of a record is open at all.
func readers(r Sight, use Use) []Role {
	switch {
	case r.Class == 0 || use == ToCount:
		return []Role{Counsellor, Lead, Analyst, Manager, Auditor, Records, Privacy}
	case r.Class == 'P' && r.Account != "": // names of colleagues
		return []Role{Counsellor, Lead, Manager, Records, Privacy, Admin}
	case r.Class == 'X' && r.Account != "": // why somebody opened what is closed
		return []Role{Lead, Privacy}
	case r.Class == 'P' || r.Class == 'X':
		return []Role{Counsellor, Lead}
	}
	return nil
}

// shut tells whether a record is told to a lead alone; others learn that it exists
// and ask. A protected person is not found by searching; that one is protected
// travels, why and how does not (handbook.md 1.20).
func (r Sight) shut(use Use) bool {
	found := use == ToSearch || use == ToSuggest
	return r.Protection || r.Confidential && found || slices.Contains(r.Closed, "view") || slices.Contains(r.Closed, "all")
}
