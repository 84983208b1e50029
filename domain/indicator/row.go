package indicator

import "ayumi/domain/japan"

// Row is one contribution to figures, as it follows from the log up to a
// position: a session, an outcome, a household, … Every candidate has exactly one
// row, also the one that does not count: then Clause names the first rule it
// fails (counting.md 10). Rows hold pseudonyms and codes only and are comparable.
type Row struct {
	Family Family
	Entity string // what it is about; unique within family and level
	Level  Level
	Member string // what a distinct count counts
	Person string // resolved

	From, To   japan.Date // the day, or the interval of an imprecise date
	Desk       string     // of the session; for outcomes the owner on that day
	Controller string

	Kind       string // consultation, message, job, move, side_job, two_base
	Channel    string
	Categories uint16 // bits in the order of the code list category
	Clause     string // first failing clause that does not depend on the question

	First     bool       // the person's first qualifying outcome of the episode
	FirstOn   japan.Date // day of that first outcome; of what came of a first session; of the answer to a referral; 0: none
	AtDesk    string     // "" if attributed to Desk, else the failing clause
	AtControl string     // the same for the controller

	Grade, Turn, Place, AgeBand string
	Route                       string     // of a placement; lists with days, of a university; state of a referral
	Gone                        japan.Date // moved out, ended, or no longer listed
	Hours                       string     // of a session: open, after, outside, unknown

	Anonymous, Outreach, Overridden bool
	Erased                          bool   // the person's key is destroyed
	Amount                          int    // 1, heads, or days waited (-1: nobody consulted before)
	Position                        uint64 // of the event that reported it
}

// Family groups rows of one kind.
type Family string

// The families.
const (
	Sessions   Family = "session"
	Firsts     Family = "first"     // a person's first countable session, per level
	Outcomes   Family = "outcome"   // placements, movers, side jobs, two-base livings
	Households Family = "household" // first counted relocation of (head, episode)
	Cases      Family = "case"      // first K1 outcome of (lead, episode), per level
	Assists    Family = "assist"    // a desk that helped without owning the case
	Receptions Family = "reception"
	Heads      Family = "heads"
	Universes  Family = "universe"
	Agreements Family = "agreement"
	Referrals  Family = "referral" // sent to a partner
	Waits      Family = "wait"     // an outcome with the days since the first session, per level
)

// Level says for which scope a row was judged, where that matters.
type Level string

// The levels.
const (
	NoLevel    Level = ""
	DeskLevel  Level = "desk"
	CtrlLevel  Level = "controller"
	JobKind          = "job"
	MoveKind         = "move"
	SideKind         = "side_job"
	TwoBase          = "two_base"
	Consulted        = "consultation"
	MessageDay       = "message"
)

// key names the row among those of its time.
type key struct {
	family Family
	entity string
	level  Level
}

func (r *Row) key() key { return key{r.Family, r.Entity, r.Level} }

// Change is one step of a row in knowledge time.
type Change struct {
	Row     Row
	Removed bool   // the row ceased to hold
	Why     string // kind of counting.md 8
}

// diff adds to out what turns before into after: removals first.
func diff(out []Change, before, after []Row, why string) []Change {
	before, after = differing(before, after)
	if len(before) == 0 {
		for i := range after {
			out = append(out, Change{Row: after[i], Why: why})
		}
		return out
	}
	old := make(map[key]int, len(before))
	for i := range before {
		old[before[i].key()] = i
	}
	came := make([]Change, 0, len(after))
	for i := range after {
		k := after[i].key()
		was, ok := old[k]
		delete(old, k)
		if ok && before[was] == after[i] {
			continue
		}
		if ok {
			out = append(out, Change{Row: before[was], Removed: true, Why: why})
		}
		came = append(came, Change{Row: after[i], Why: why})
	}
	for i := range before {
		if _, left := old[before[i].key()]; left {
			out = append(out, Change{Row: before[i], Removed: true, Why: why})
		}
	}
	return append(out, came...)
}

// differing leaves out what both lists begin and end with: most rows of a
// component stay as they are.
func differing(before, after []Row) ([]Row, []Row) {
	n := 0
	for n < len(before) && n < len(after) && before[n] == after[n] {
		n++
	}
	before, after = before[n:], after[n:]
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return before, after
}
