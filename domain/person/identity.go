package person

import (
	"errors"
	"slices"

	"ayumi/domain"
)

var identityEvents = []eventType{
	domain.Happens[Person, DuplicateSuspected]("person.duplicate_suspected"),
	domain.Happens[Person, DuplicateDismissed]("person.duplicate_dismissed"),
	domain.Happens[Person, Merged]("person.merged"),
	domain.Happens[Person, WasAbsorbed]("person.absorbed"),
	domain.Happens[Person, Unmerged]("person.unmerged"),
	domain.Happens[Person, AbsorptionUndone]("person.absorption_undone"),
}

var identityCommands = []commandType{
	domain.Can[Person, SuspectDuplicate]("person.suspect_duplicate", domain.Counsellor, domain.Lead, domain.System),
	domain.Can[Person, DismissDuplicate]("person.dismiss_duplicate", domain.Counsellor, domain.Lead),
	domain.Can[Person, Merge]("person.merge", domain.Lead, domain.Privacy),
	domain.Can[Person, Unmerge]("person.unmerge", domain.Lead),
}

// DuplicateSuspected: the other stream may be the same human being.
type DuplicateSuspected struct {
	Other   string   `fact:"other,id"`
	Score   int      `fact:"score,int"` // points, handbook.md 7.4
	Signals []string `fact:"signals,codes=phone|mail|line|kana|kanji|birth|residence"`
}

func (e *DuplicateSuspected) Apply(p *Person, _ domain.Envelope) {
	p.pair(e.Other, func(i *Identity) { i.Suspected, i.Dismissed = true, "" })
}

// DuplicateDismissed: it is not, or nobody can tell.
type DuplicateDismissed struct {
	Other  string `fact:"other,id"`
	Reason string `fact:"reason,code=different_person|family|unclear"`
}

func (e *DuplicateDismissed) Apply(p *Person, _ domain.Envelope) {
	p.pair(e.Other, func(i *Identity) { i.Dismissed = e.Reason })
}

// Merged: this stream and the survivor are one human being. Preview is the
// digest of the effect on figures that was shown.
type Merged struct {
	Into       string   `fact:"into,id"`
	Evidence   []string `fact:"evidence,tokens"`
	ProposedBy string   `fact:"proposed_by,id"`
	Preview    string   `fact:"preview,digest"`
	Reasons    string   `sealed:"reasons?,X"`
}

func (e *Merged) Apply(p *Person, _ domain.Envelope) {
	p.Into = e.Into
	p.pair(e.Into, func(i *Identity) { i.Evidence = slices.Concat(i.Evidence, e.Evidence) })
}

// WasAbsorbed: the same, seen from the survivor.
type WasAbsorbed struct {
	Other string `fact:"other,id"`
}

func (e *WasAbsorbed) Apply(p *Person, _ domain.Envelope) { p.Absorbed[e.Other] = true }

// Unmerged: the merge is undone.
type Unmerged struct {
	From    string `fact:"from,id"`
	Reason  string `fact:"reason,code=different_person|error|request"`
	Reasons string `sealed:"reasons?,X"`
}

func (e *Unmerged) Apply(p *Person, _ domain.Envelope) {
	p.Into = ""
	p.pair(e.From, func(i *Identity) { i.Split = true })
}

// AbsorptionUndone: the same, seen from the survivor.
type AbsorptionUndone struct {
	Other string `fact:"other,id"`
}

func (e *AbsorptionUndone) Apply(p *Person, _ domain.Envelope) { delete(p.Absorbed, e.Other) }

// Identity is what was said about this stream and another being one human being.
type Identity struct {
	Suspected bool
	Dismissed string   // the reason, if it was
	Evidence  []string // of every merge so far
	Split     bool     // a merge was undone
}

func (p *Person) pair(other string, change func(*Identity)) {
	i := p.Pairs[other]
	change(&i)
	p.Pairs[other] = i
}

// SuspectDuplicate names another stream, once per pair.
type SuspectDuplicate struct{ DuplicateSuspected }

func (c *SuspectDuplicate) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.current(); err != nil || p.Pairs[c.Other].Suspected {
		return nil, err
	}
	switch other, known := in.Look.Person(c.Other); {
	case c.Other == p.ID:
		return nil, domain.RefuseField("merge.same", "other")
	case !known:
		return nil, domain.RefuseField("entity.unknown", "other")
	case other.Controller != p.Controller:
		return nil, domain.Refuse("merge.controller")
	}
	return []event{&c.DuplicateSuspected}, nil
}

// DismissDuplicate answers a suspicion.
type DismissDuplicate struct{ DuplicateDismissed }

func (c *DismissDuplicate) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.alive(); err != nil {
		return nil, err
	}
	switch pair := p.Pairs[c.Other]; {
	case !pair.Suspected:
		return nil, domain.RefuseField("entity.unknown", "other")
	case pair.Dismissed == c.Reason:
		return nil, nil
	}
	return []event{&c.DuplicateDismissed}, nil
}

// errPair: a caller asked one stream for what two decide together.
var errPair = errors.New("merge and unmerge are decided by both streams: ask DecideBoth")

// Merge links the stream it is given to, the absorbed one, to a survivor. Both
// streams are written in one append.
type Merge struct{ Merged }

// Other is the id of the second stream, the survivor.
func (c *Merge) Other() string { return c.Into }

// Decide answers an error: see DecideBoth.
func (c *Merge) Decide(*Person, domain.Intent) ([]event, error) { return nil, errPair }

// DecideBoth decides from the newest state of both streams; in belongs to the
// absorbed one. A privacy officer approves by being the actor or on_behalf_of.
func (c *Merge) DecideBoth(absorbed, survivor *Person, in domain.Intent) (onAbsorbed, onSurvivor []event, err error) {
	if err := c.guard(absorbed, survivor, in); err != nil {
		return nil, nil, err
	}
	if c.Reasons != "" {
		if err := absorbed.writable(); err != nil {
			return nil, nil, err
		}
	}
	if err := in.Previewed(); err != nil {
		return nil, nil, err
	}
	return []event{&c.Merged}, []event{&WasAbsorbed{Other: absorbed.ID}}, nil
}

func (c *Merge) guard(absorbed, survivor *Person, in domain.Intent) error {
	one := absorbed.Confidentiality.Set != survivor.Confidentiality.Set
	switch {
	case !one && !in.Is(domain.Lead): // a privacy officer merges what waits for that office, and nothing else
		return domain.Refuse("account.not_allowed")
	case c.Into == absorbed.ID:
		return domain.RefuseField("merge.same", "into")
	case survivor.ID != c.Into:
		return domain.RefuseField("entity.unknown", "into")
	case leadsTo(survivor, absorbed.ID, in.Look):
		return domain.RefuseField("merge.cycle", "into")
	case absorbed.State() != "active" || (survivor.State() != "active" && survivor.State() != "restricted"):
		return domain.Refuse("merge.state")
	case absorbed.Controller != survivor.Controller:
		return domain.Refuse("merge.controller")
	case c.ProposedBy == in.Actor.Account:
		return domain.RefuseField("merge.same_officer", "proposed_by")
	case !known(c.ProposedBy, in.Look):
		return domain.RefuseField("entity.unknown", "proposed_by")
	case splitBefore(absorbed, survivor) && !c.newEvidence(absorbed, survivor):
		return domain.RefuseField("merge.split_before", "evidence")
	case one && !privacyApproved(in):
		return domain.Refuse("merge.confidential")
	}
	return nil
}

// leadsTo tells whether the merges of p end in, or pass, the stream id.
func leadsTo(p *Person, id string, look domain.Neighbours) bool {
	seen := map[string]bool{}
	for next := p.Into; next != "" && !seen[next]; {
		if next == id {
			return true
		}
		seen[next] = true
		now, _ := look.Person(next)
		next = now.Into
	}
	return false
}

func known(account string, look domain.Neighbours) bool {
	_, ok := look.Account(account)
	return ok
}

// splitBefore looks at both streams: the pair may have been merged either way.
func splitBefore(a, b *Person) bool { return a.Pairs[b.ID].Split || b.Pairs[a.ID].Split }

func (c *Merge) newEvidence(a, b *Person) bool {
	used := slices.Concat(a.Pairs[b.ID].Evidence, b.Pairs[a.ID].Evidence)
	return slices.ContainsFunc(c.Evidence, func(e string) bool { return !slices.Contains(used, e) })
}

func privacyApproved(in domain.Intent) bool {
	if in.Is(domain.Privacy) {
		return true
	}
	by, ok := in.Look.Account(in.OnBehalfOf)
	return ok && by.Has(in.Today(), domain.Privacy)
}

// Unmerge undoes a merge; it is given to the absorbed stream.
type Unmerge struct{ Unmerged }

// Other is the id of the second stream, the survivor.
func (c *Unmerge) Other() string { return c.From }

// Decide answers an error: see DecideBoth.
func (c *Unmerge) Decide(*Person, domain.Intent) ([]event, error) { return nil, errPair }

// DecideBoth decides from the newest state of both streams; in belongs to the
// absorbed one.
func (c *Unmerge) DecideBoth(absorbed, survivor *Person, in domain.Intent) (onAbsorbed, onSurvivor []event, err error) {
	if err = absorbed.ends(c.Reasons != ""); err == nil {
		err = survivor.alive()
	}
	switch {
	case absorbed.Into == "" || absorbed.Into != c.From || survivor.ID != c.From:
		return nil, nil, domain.RefuseField("merge.not_merged", "from")
	case err != nil:
		return nil, nil, err
	}
	if err := in.Previewed(); err != nil {
		return nil, nil, err
	}
	return []event{&c.Unmerged}, []event{&AbsorptionUndone{Other: absorbed.ID}}, nil
}
