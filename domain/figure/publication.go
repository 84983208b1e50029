package figure

import (
	"ayumi/domain"
)

// Published: an approved edition stands in a document. It supersedes the edition
// that stood published before.
type Published struct {
	Edition    int    `fact:"edition,int"`
	Status     string `fact:"status,code=figure_status"`
	Outlet     string `fact:"outlet,code"`
	UnitStated bool   `fact:"unit_stated,flag"`
	Basis      string `fact:"comparison_basis,code"`
	Document   string `fact:"document,digest"`
	AsOfText   string `fact:"as_of_text?,word"`
	Note       string `fact:"note?,word"`
}

func (e *Published) Apply(f *Figure, env domain.Envelope) {
	at := f.edition(e.Edition)
	f.supersede(at)
	at.State, at.Status, at.Outlet, at.Document = StatePublished, e.Status, e.Outlet, e.Document
	at.UnitStated, at.Basis, at.AsOfText, at.Note = e.UnitStated, e.Basis, e.AsOfText, e.Note
	at.PublishedOn, at.PublishedBy = env.Occurred, env.RecordedBy
}

// Publish publishes an approved edition as preliminary or final.
type Publish struct{ Published }

func (c *Publish) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case e.Public() && e.published(&c.Published):
		return nil, nil
	case e.State != StateApproved:
		return nil, domain.Refuse("figure.state")
	case c.Status == "corrected": // a correction says what it replaces
		return nil, domain.RefuseField("figure.state", "status")
	case e.Trial && c.Outlet != "internal":
		return nil, domain.RefuseField("figure.trial", "outlet")
	}
	return []event{&c.Published}, nil
}

// published tells whether the edition was published in these very terms.
func (e *Edition) published(p *Published) bool {
	return *p == Published{Edition: e.Edition, Status: e.Status, Outlet: e.Outlet, UnitStated: e.UnitStated,
		Basis: e.Basis, Document: e.Document, AsOfText: e.AsOfText, Note: e.Note}
}

// Corrected: an approved edition replaces a published one that was wrong. The old
// edition stays readable and verifiable.
type Corrected struct {
	Edition  int    `fact:"edition,int"`
	Replaces int    `fact:"replaces,int"`
	OldValue int    `fact:"old_value,int,made"`
	Value    int    `fact:"value,int,made"`
	Reason   string `fact:"reason,word,absent=figure.reason"`
	Note     string `fact:"note,word"`
}

func (e *Corrected) Apply(f *Figure, env domain.Envelope) {
	at, old := f.edition(e.Edition), f.edition(e.Replaces)
	f.supersede(at)
	at.State, at.Status, at.Outlet, at.UnitStated, at.Basis = StateCorrection, "corrected", old.Outlet, old.UnitStated, old.Basis
	at.AsOfText = old.AsOfText
	at.Reason, at.Note, at.PublishedOn, at.PublishedBy = e.Reason, e.Note, env.Occurred, env.RecordedBy
}

// Correct publishes an approved edition in the place of a published one.
type Correct struct{ Corrected }

func (c *Correct) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	e, old := f.edition(c.Edition), f.edition(c.Replaces)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case e.Status == "corrected" && e.Replaces == c.Replaces && e.Reason == c.Reason && e.Note == c.Note:
		return nil, nil
	case e.State != StateApproved || old == nil || old != f.current():
		return nil, domain.Refuse("figure.state")
	case e.Trial && old.Outlet != "internal":
		return nil, domain.RefuseField("figure.trial", "edition")
	}
	c.OldValue, c.Value = old.Value, e.Value
	return []event{&c.Corrected}, nil
}
