package casefile

import (
	"ayumi/domain"
	"ayumi/domain/moverule"
)

// Classification says whether a move counts under a named rule, with the facts
// the rule looks at, so that another rule can be asked later (counting.md 5).
type Classification struct {
	Relocation     string `fact:"relocation,id"`
	RuleVersion    string `fact:"rule_version,token"`
	Reason         string `fact:"reason,code=move_reason"`
	HasPredecessor string `fact:"has_predecessor,code=yes_no"`
	PlannedStay    string `fact:"planned_stay,code"`
	Decision       bool   `fact:"decision,flag"`
	Counts         bool   `fact:"counts,flag"`
	Turn           string `fact:"turn,code"`
	Grandchild     bool   `fact:"grandchild,flag"`
	HeadAgeBand    string `fact:"head_age_band,code=age_band"`
	HouseholdSize  int    `fact:"household_size,int"`
}

// RelocationClassified: the first classification of a move.
type RelocationClassified struct {
	Classification
	Why string `sealed:"why?,X"`
}

func (e *RelocationClassified) Apply(c *Case, _ domain.Envelope) {
	c.Relocations[e.Relocation].classify(e.Classification)
}

// RelocationReclassified: another classification takes its place.
type RelocationReclassified struct {
	Classification
	Why     string `fact:"why,code=reclassification_why"`
	Reasons string `sealed:"reasons?,X"`
}

func (e *RelocationReclassified) Apply(c *Case, _ domain.Envelope) {
	c.Relocations[e.Relocation].classify(e.Classification)
}

func (r *Relocation) classify(k Classification) {
	r.Class = &k
	if r.State == "moved_in" {
		r.State = "classified"
	}
}

// allowed judges a classification: by the rule's table, and by who may decide
// where the table leaves the decision to the desk lead.
func (k *Classification) allowed(in domain.Intent, r *Relocation) error {
	if !moverule.Known(k.RuleVersion) {
		return domain.RefuseField("field.code", "rule_version")
	}
	v := moverule.Evaluate(k.RuleVersion, moverule.Facts{
		Reason: k.Reason, HasPredecessor: k.HasPredecessor, PlannedStay: k.PlannedStay, Decision: k.Decision,
	})
	switch {
	case !r.Register:
		return domain.Refuse("relocation.no_register")
	case k.HouseholdSize < 1:
		return domain.RefuseField("field.range", "household_size")
	case k.Counts != v.Counts:
		return domain.RefuseField("relocation.rule", "counts")
	case v.ByLead && !in.Is(domain.Lead):
		return domain.Refuse("relocation.lead_decides")
	}
	return nil
}

// ClassifyRelocation classifies a move for the first time.
type ClassifyRelocation struct{ RelocationClassified }

func (cmd *ClassifyRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	r := c.Relocations[cmd.Relocation]
	switch {
	case r == nil:
		return nil, unknown("relocation")
	case !r.arrived():
		return nil, domain.Refuse("relocation.state")
	case r.Class != nil && *r.Class == cmd.Classification:
		return nil, nil
	case r.Class != nil:
		return nil, domain.Refuse("relocation.state")
	}
	if err := cmd.allowed(in, r); err != nil {
		return nil, err
	}
	return []event{&cmd.RelocationClassified}, nil
}

// ReclassifyRelocation replaces a classification.
type ReclassifyRelocation struct{ RelocationReclassified }

func (cmd *ReclassifyRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	r := c.Relocations[cmd.Relocation]
	switch {
	case r == nil:
		return nil, unknown("relocation")
	case !r.arrived(), r.Class == nil:
		return nil, domain.Refuse("relocation.state")
	case *r.Class == cmd.Classification:
		return nil, nil
	}
	if err := cmd.allowed(in, r); err != nil {
		return nil, err
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&cmd.RelocationReclassified}, nil
}
