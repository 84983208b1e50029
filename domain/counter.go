package domain

import "ayumi/domain/japan"

// Counter counts figures for decisions: what a proposal states is never typed in.
// Its refusals: indicator.unknown, scope.unknown, figure.version, figure.behind, figure.no_value.
type Counter interface {
	// Count answers from the read model.
	Count(asked Asked) (Counted, error)
	// Recount folds the log from its first event and trusts no read model.
	Recount(asked Asked) (Counted, error)
	// Difference answers from the read model how one figure became another: figures
	// of one indicator and scope.
	Difference(from, to Asked) (Explained, error)
}

// Asked is the figure that a decision needs.
type Asked struct {
	Indicator string // with its scope: C1@D-TKY
	Version   string // of the definition; "" is the one in force on the period's first day, as known then
	Period    japan.Period
	KnownAt   japan.Date
	Position  uint64 // of the last event that was known; 0: the last one recorded by 24:00 of KnownAt in Japan
}

// Counted is the answer, with what it was counted by.
type Counted struct {
	Version    string // of the definition
	Definition string // digest of everything in it that decides the value
	Official   bool   // the version in force on the period's first day, as known then or by now
	Position   uint64 // of the last event that was known
	Value      int
	Numerator  *int // of a ratio
	// Denominator of a ratio.
	Denominator *int
	Grades      map[string]int // members by grade of evidence: a, b, c, d
	Anonymous   int            // sessions of anonymous leads, beside the value
	Erased      int            // members whose person was erased
	NearMisses  int
	Members     string   // digest of the members' keys
	Positions   []uint64 // of the events behind the members, ascending; of a ratio those of the numerator
	Weak        []uint64 // those of them whose evidence is of grade c or d
	Synthetic   bool     // counted from a scenario log
}

// Same tells whether two counts found the same figure by the same rule.
func (c Counted) Same(o Counted) bool {
	return c.Value == o.Value && c.Members == o.Members && c.Definition == o.Definition
}

// Explained is how one figure became another (counting.md 8).
type Explained struct {
	From, To Counted
	Kinds    map[string]int // what each kind adds up to; together To's value less From's
}
