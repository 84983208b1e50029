package person

import (
	"maps"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Person is the folded state of one stream. Sealed fields are no part of it.
type Person struct {
	ID, Controller string
	Kind           string // consultee or companion
	Anonymous      bool   // registered without a name and not identified since
	Named          bool   // known by facts to have a name; a companion may have one unseen
	AgeBand        string
	ResidencePref  string
	Student        bool
	Dead           bool
	AddressOn      japan.Date // JST day the newest address was recorded
	Contacts       map[string]ContactPoint
	Origin         Origin
	Household      string

	Notices  []string // versions shown, oldest first
	Consents map[string]Consent

	Confidentiality Confidentiality
	Restrictions    map[string]Restriction

	Into     string              // the survivor while merged
	Absorbed map[string]bool     // streams merged into this one
	Pairs    map[string]Identity // what was said of this and another stream

	KeyCommitment   string // of the key that seals everything about the person
	Erasing, Erased bool
	Erasure         Erasure
}

func newPerson() *Person {
	return &Person{
		Contacts: map[string]ContactPoint{}, Consents: map[string]Consent{},
		Restrictions: map[string]Restriction{}, Absorbed: map[string]bool{}, Pairs: map[string]Identity{},
	}
}

// State is the state of the machine events.md 5.1: active, merged, restricted,
// erasing or erased.
func (p *Person) State() string {
	switch {
	case p.Erased:
		return "erased"
	case p.Erasing:
		return "erasing"
	case p.Into != "":
		return "merged"
	case len(p.Restricted()) > 0:
		return "restricted"
	}
	return "active"
}

// Restricted answers the scopes of all restrictions that stand, ascending.
func (p *Person) Restricted() []string {
	var out []string
	for _, r := range p.Restrictions {
		if !r.Lifted {
			out = append(out, r.Scope...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Now is what other streams may know of the person. A consent is active until an
// event ends it: whoever relies on one also looks at its Until.
func (p *Person) Now() domain.PersonNow {
	now := domain.PersonNow{
		ID: p.ID, Controller: p.Controller, Kind: p.Kind,
		Anonymous: p.Anonymous, Named: p.Named, State: p.State(), Into: p.Into,
		Restricted: p.Restricted(), Confidential: p.Confidentiality.Set,
		AddressOn: p.AddressOn, ResidencePref: p.ResidencePref, Notices: slices.Clone(p.Notices),
	}
	if p.Confidentiality.Set {
		now.ConfidentialOn = p.Confidentiality.On
	}
	for _, id := range slices.Sorted(maps.Keys(p.Consents)) {
		c := p.Consents[id]
		now.Consents = append(now.Consents, domain.ConsentNow{
			ID: id, Scope: c.Scope, Recipients: c.Recipients, Fields: c.Fields, Until: c.Until,
			Active: c.Active(), Withdrawn: c.Withdrawn, Expired: c.Expired,
		})
	}
	return now
}

// alive refuses everything once erasure is ordered.
func (p *Person) alive() error {
	if p.Erasing || p.Erased {
		return domain.Refuse("person.is_erased")
	}
	return nil
}

// current refuses new statements about an absorbed stream: they belong to the
// survivor. What an absorbed stream has begun may still be ended there.
func (p *Person) current() error {
	if err := p.alive(); err != nil {
		return err
	}
	if p.Into != "" {
		return domain.Refuse("person.state")
	}
	return nil
}

// writable refuses sealed text about a person whose data is closed to view.
func (p *Person) writable() error {
	scopes := p.Restricted()
	if slices.Contains(scopes, "all") || slices.Contains(scopes, "view") {
		return domain.Refuse("person.is_restricted")
	}
	return nil
}

// takes is current, and writable if the statement carries sealed text.
func (p *Person) takes(sealed bool) error {
	if err := p.current(); err != nil || !sealed {
		return err
	}
	return p.writable()
}

// ends is alive, and writable if the ending carries sealed text.
func (p *Person) ends(sealed bool) error {
	if err := p.alive(); err != nil || !sealed {
		return err
	}
	return p.writable()
}

// day is the JST day the thing happened.
func day(in domain.Intent) japan.Date {
	if in.Occurred == 0 {
		return in.Today()
	}
	return in.Occurred
}
