package indicator

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream indicator: one indicator at one scope with
// the versions of its rule (events.md 4.13, 5.10).
//
// A stream is named <indicator>@<scope>, K1@D-TKY. The scope says where a rule
// holds, the definition says how it counts, so a version approved for a desk is in
// force at that desk and nowhere else: the same indicator of the whole prefecture,
// K1@31, is another stream and needs an approval of its own (counting.md 1).
// Shipped definitions hold at every scope until a version approved there takes over.
var Aggregate = domain.Define(domain.Aggregate[Series]{
	Category: "indicator",
	New:      func() *Series { return &Series{Targets: map[int]TargetSet{}} },
	Events: []domain.EventType[Series]{
		domain.Happens[Series, Registered]("indicator.registered"),
		domain.Happens[Series, VersionProposed]("indicator.version_proposed"),
		domain.Happens[Series, VersionApproved]("indicator.version_approved"),
		domain.Happens[Series, VersionRejected]("indicator.version_rejected"),
		domain.Happens[Series, VersionRetired]("indicator.version_retired"),
		domain.Happens[Series, SeriesBreakDeclared]("indicator.series_break_declared"),
		domain.Happens[Series, TargetSet]("indicator.target_set"),
	},
	Commands: []domain.CommandType[Series]{
		domain.Begins[Series, Register]("indicator.register", domain.Analyst),
		domain.Can[Series, ProposeVersion]("indicator.propose_version", domain.Analyst),
		domain.Can[Series, ApproveVersion]("indicator.approve_version", domain.Manager),
		domain.Can[Series, RejectVersion]("indicator.reject_version", domain.Manager),
		domain.Can[Series, RetireVersion]("indicator.retire_version", domain.Manager),
		domain.Can[Series, DeclareSeriesBreak]("indicator.declare_series_break", domain.Analyst),
		domain.Can[Series, SetTarget]("indicator.set_target", domain.Analyst, domain.Manager),
	},
})

// StreamID names the stream of an indicator at a scope.
func StreamID(indicator, scope string) string { return indicator + "@" + scope }

// Series is the folded state of one stream: everything ever proposed for an
// indicator at a scope.
type Series struct {
	Registered
	Versions []*Version // in order of proposal
	Breaks   []SeriesBreakDeclared
	Targets  map[int]TargetSet // by fiscal year
}

type event = domain.Event[Series]

// Version answers a version of the stream's own, or nil.
func (s *Series) Version(name string) *Version {
	i := slices.IndexFunc(s.Versions, func(v *Version) bool { return v.Version == name })
	if i < 0 {
		return nil
	}
	return s.Versions[i]
}

// knows tells whether a version is one of the stream or one that is shipped.
func (s *Series) knows(version string) bool {
	return s.Version(version) != nil || shippedHas(s.Code, version)
}

// Registered: an indicator is followed at a scope.
type Registered struct {
	Code  string `fact:"code,token"`
	Scope string `fact:"scope,code,wrong=scope.unknown"`
	Class string `fact:"class,code=indicator_class"`
	Name  string `fact:"name,word"`
}

func (e *Registered) Apply(s *Series, _ domain.Envelope) { s.Registered = *e }

// Register begins the stream, named <code>@<scope>.
type Register struct{ Registered }

func (c *Register) Decide(s *Series, in domain.Intent) ([]event, error) {
	switch {
	case s.Registered == c.Registered:
		return nil, nil
	case s.Code != "":
		return nil, domain.RefuseField("stream.exists", "indicator")
	case !domain.IDForm(c.Code):
		return nil, domain.RefuseField("field.code", "code")
	case in.Stream != StreamID(c.Code, c.Scope):
		return nil, domain.RefuseField("indicator.stream", "code")
	}
	return []event{&c.Registered}, nil
}

// SeriesBreakDeclared: values before and after a day are not alike (counting.md 12).
type SeriesBreakDeclared struct {
	At          japan.Date `fact:"at,date"`
	Kind        string     `fact:"kind,code=break_kind"`
	FromVersion string     `fact:"from_version?,token"`
	ToVersion   string     `fact:"to_version?,token"`
	Note        string     `fact:"note,word"`
}

// Apply: a break of the same day and kind, declared again, replaces the earlier words.
func (e *SeriesBreakDeclared) Apply(s *Series, _ domain.Envelope) {
	if i := s.breakAt(e); i >= 0 {
		s.Breaks[i] = *e
		return
	}
	s.Breaks = append(s.Breaks, *e)
	slices.SortStableFunc(s.Breaks, func(a, b SeriesBreakDeclared) int { return int(a.At - b.At) })
}

func (s *Series) breakAt(e *SeriesBreakDeclared) int {
	return slices.IndexFunc(s.Breaks, func(b SeriesBreakDeclared) bool { return b.At == e.At && b.Kind == e.Kind })
}

// DeclareSeriesBreak records a break, or other words for one.
type DeclareSeriesBreak struct{ SeriesBreakDeclared }

func (c *DeclareSeriesBreak) Decide(s *Series, _ domain.Intent) ([]event, error) {
	for field, version := range map[string]string{"from_version": c.FromVersion, "to_version": c.ToVersion} {
		if version != "" && !s.knows(version) {
			return nil, domain.RefuseField("entity.unknown", field)
		}
	}
	if i := s.breakAt(&c.SeriesBreakDeclared); i >= 0 && s.Breaks[i] == c.SeriesBreakDeclared {
		return nil, nil
	}
	return []event{&c.SeriesBreakDeclared}, nil
}

// TargetSet: what a fiscal year is to reach: a value with its comparator, or words.
type TargetSet struct {
	FY         int    `fact:"fy,int"`
	Comparator string `fact:"comparator,code"`
	Value      *int   `fact:"value?,int"`
	Text       string `fact:"text?,word"`
}

func (e *TargetSet) Apply(s *Series, _ domain.Envelope) { s.Targets[e.FY] = *e }

func (e TargetSet) equals(o TargetSet) bool {
	same := (e.Value == nil) == (o.Value == nil) && (e.Value == nil || *e.Value == *o.Value)
	return same && e.FY == o.FY && e.Comparator == o.Comparator && e.Text == o.Text
}

// SetTarget sets or changes the target of a fiscal year.
type SetTarget struct{ TargetSet }

func (c *SetTarget) Decide(s *Series, _ domain.Intent) ([]event, error) {
	was, ok := s.Targets[c.FY]
	switch {
	case c.FY < 1950 || c.FY > 2200:
		return nil, domain.RefuseField("field.range", "fy")
	case c.Comparator == "text" && c.Text == "":
		return nil, domain.RefuseField("indicator.target", "text")
	case c.Comparator != "text" && c.Value == nil:
		return nil, domain.RefuseField("indicator.target", "value")
	case ok && was.equals(c.TargetSet):
		return nil, nil
	}
	return []event{&c.TargetSet}, nil
}
