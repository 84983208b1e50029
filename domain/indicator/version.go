package indicator

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// The states of a version (events.md 5.10).
const (
	StateProposed = "proposed"
	StateApproved = "approved"
	StateRejected = "rejected"
	StateRetired  = "retired"
)

// Version is one version of an indicator's rule with its life.
type Version struct {
	VersionProposed
	State      string
	ProposedBy string // account
	ProposedAt uint64 // position
	ProposedOn japan.Date
	DecidedBy  string // who approved or rejected it
	DecidedAt  uint64 // position; the order of approval
	DecidedOn  japan.Date
	Reason     string     // of a rejection
	Retired    japan.Date // not in force for periods that begin on this day or later
}

// VersionProposed: a version of the rule, every parameter a fact of its own. The
// name of the version is no plain version: that is the envelope's.
type VersionProposed struct {
	Version      string     `fact:"definition_version,token"`
	OfficialFrom japan.Date `fact:"official_from,date"`
	Rule         string     `fact:"rule,token"`
	Unit         string     `fact:"unit,token"`
	Basis        string     `fact:"basis,code=gross|distinct"`
	Parameters
	ScopeController string   `fact:"scope_controller?,token,made"`
	ScopeDesks      []string `fact:"scope_desks?,tokens,made"`
	ScopeCorner     string   `fact:"scope_corner?,token,made"`
	Digest          string   `fact:"definition,digest,made"`
	Text            string   `fact:"text,word"`
}

func (e *VersionProposed) Apply(s *Series, env domain.Envelope) {
	s.Versions = append(s.Versions, &Version{
		VersionProposed: *e, State: StateProposed, ProposedBy: env.RecordedBy, ProposedAt: env.Position, ProposedOn: env.Occurred,
	})
}

// Definition is a version of the stream as it counts.
func (s *Series) Definition(v *Version) Definition { return s.define(&v.VersionProposed) }

// define puts a proposal into the form that counts. Its name is the shipped one of
// the indicator, else the registered one, in both languages.
func (s *Series) define(e *VersionProposed) Definition {
	d := Definition{
		Indicator: s.Code, Version: e.Version, OfficialFrom: e.OfficialFrom.String(), Rule: e.Rule, Unit: e.Unit, Basis: e.Basis,
		Class: s.Class, Parameters: e.Parameters.Texts(),
		Name: map[string]string{"ja": s.Name, "en": s.Name}, Text: map[string]string{"ja": e.Text, "en": e.Text},
	}
	if book, err := shippedOnce(); err == nil {
		for _, known := range book.list {
			if known.Indicator == s.Code {
				d.Name = maps.Clone(known.Name)
				break
			}
		}
	}
	return d
}

var shippedOnce = sync.OnceValues(Shipped)

// shippedHas tells whether a shipped definition bears the name of a version.
func shippedHas(indicator, version string) bool {
	book, err := shippedOnce()
	if err != nil {
		return false
	}
	_, ok := book.Named(indicator, version)
	return ok
}

// sound answers a proposal of the series as it would count beside what is shipped
// and what the series holds itself, or the Refusals that keep it from counting. The
// parts of a ratio stand in other series: where those were not shipped, they are
// missed here.
func (s *Series) sound(e *VersionProposed) (Definition, error) {
	book, err := BookOf(s.Scope, []*Series{s})
	if err != nil {
		return Definition{}, err
	}
	d, err := book.without(s.Code, e.Version).Sound(s.define(e))
	var bad domain.Refusals
	if errors.As(err, &bad) {
		return d, inProposal(bad)
	}
	return d, err
}

// inProposal names the fields as a proposal names them.
func inProposal(bad domain.Refusals) domain.Refusals {
	out := make(domain.Refusals, len(bad))
	for i, r := range bad {
		of := *r
		if of.Field == "version" {
			of.Field = "definition_version"
		}
		out[i] = &of
	}
	return out
}

// ProposeVersion proposes a version of the rule; the digest and the scope are made.
type ProposeVersion struct{ VersionProposed }

func (c *ProposeVersion) Decide(s *Series, _ domain.Intent) ([]event, error) {
	if s.Code == "" {
		return nil, domain.RefuseField("stream.unknown", "indicator")
	}
	e := c.VersionProposed
	e.Parameters = e.Parameters.ordered()
	e.ScopeController, e.ScopeDesks, e.ScopeCorner = "", nil, ""
	switch {
	case slices.Contains(domain.Codes["desk"], s.Scope):
		e.ScopeDesks = []string{s.Scope}
	case slices.Contains(domain.Codes["corner"], s.Scope):
		e.ScopeCorner = s.Scope
	default:
		e.ScopeController = s.Scope
	}
	e.Digest = s.define(&e).Digest()
	if was := s.Version(c.Version); was != nil {
		if reflect.DeepEqual(was.VersionProposed, e) && (was.State == StateProposed || was.State == StateApproved) {
			return nil, nil
		}
		return nil, domain.RefuseField("indicator.version", "definition_version")
	}
	if shippedHas(s.Code, c.Version) {
		return nil, domain.RefuseField("indicator.version", "definition_version")
	}
	if _, err := s.sound(&e); err != nil {
		return nil, err
	}
	return []event{&e}, nil
}

// VersionApproved: another person than the proposer lets a version count.
type VersionApproved struct {
	Version string `fact:"definition_version,token"`
	Digest  string `fact:"definition,digest"`
}

func (e *VersionApproved) Apply(s *Series, env domain.Envelope) {
	if v := s.Version(e.Version); v != nil {
		v.State, v.DecidedBy, v.DecidedAt, v.DecidedOn = StateApproved, env.RecordedBy, env.Position, env.Occurred
	}
}

// ApproveVersion approves the version with the digest that was looked at, after
// its effect on figures was shown.
type ApproveVersion struct{ VersionApproved }

func (c *ApproveVersion) Decide(s *Series, in domain.Intent) ([]event, error) {
	v := s.Version(c.Version)
	switch {
	case v == nil:
		return nil, domain.RefuseField("entity.unknown", "definition_version")
	case v.Digest != c.Digest:
		return nil, domain.RefuseField("indicator.digest", "definition")
	case v.State == StateApproved:
		return nil, nil
	case v.State != StateProposed:
		return nil, domain.RefuseField("indicator.state", "definition_version")
	case v.ProposedBy == in.Actor.Account:
		return nil, domain.Refuse("indicator.same_officer")
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&c.VersionApproved}, nil
}

// VersionRejected: a version will not count; its name stays used.
type VersionRejected struct {
	Version string `fact:"definition_version,token"`
	Reason  string `fact:"reason,word"`
}

func (e *VersionRejected) Apply(s *Series, env domain.Envelope) {
	if v := s.Version(e.Version); v != nil {
		v.State, v.Reason = StateRejected, e.Reason
		v.DecidedBy, v.DecidedAt, v.DecidedOn = env.RecordedBy, env.Position, env.Occurred
	}
}

// RejectVersion sends a proposal back.
type RejectVersion struct{ VersionRejected }

func (c *RejectVersion) Decide(s *Series, _ domain.Intent) ([]event, error) {
	v := s.Version(c.Version)
	switch {
	case v == nil:
		return nil, domain.RefuseField("entity.unknown", "definition_version")
	case v.State == StateRejected && v.Reason == c.Reason:
		return nil, nil
	case v.State != StateProposed:
		return nil, domain.RefuseField("indicator.state", "definition_version")
	}
	return []event{&c.VersionRejected}, nil
}

// VersionRetired: a version is not in force for periods that begin on a day or
// later. It stays nameable, and in force for periods that began before.
type VersionRetired struct {
	Version string     `fact:"definition_version,token"`
	From    japan.Date `fact:"from,date"`
}

func (e *VersionRetired) Apply(s *Series, _ domain.Envelope) {
	if v := s.Version(e.Version); v != nil {
		v.State, v.Retired = StateRetired, e.From
	}
}

// RetireVersion ends an approved version.
type RetireVersion struct{ VersionRetired }

func (c *RetireVersion) Decide(s *Series, _ domain.Intent) ([]event, error) {
	v := s.Version(c.Version)
	switch {
	case v == nil:
		return nil, domain.RefuseField("entity.unknown", "definition_version")
	case v.State == StateRetired && v.Retired == c.From:
		return nil, nil
	case v.State != StateApproved:
		return nil, domain.RefuseField("indicator.state", "definition_version")
	case c.From < v.OfficialFrom:
		return nil, domain.RefuseField("date.order", "from")
	}
	return []event{&c.VersionRetired}, nil
}
