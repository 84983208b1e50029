package casefile

import (
	"slices"
	"strings"

	"ayumi/domain"
)

// admit answers the refusal that stands before every command of a case that is
// not closed: disposed, closed, person erased, person restricted (events.md 6).
// ev is the event about to be decided: whether it seals anything matters.
func (c *Case) admit(in domain.Intent, ev any) error {
	if err := c.admitClosed(in, ev); err != nil {
		return err
	}
	if c.State == StateClosed {
		return domain.Refuse("case.is_closed")
	}
	return nil
}

// admitClosed is admit for what may also happen to a closed case: reopening,
// checks, confirmations, reclassification, moving out, certificates, sharing
// answers, grants.
func (c *Case) admitClosed(in domain.Intent, ev any) error {
	if c.disposed(in) {
		return domain.Refuse("case.is_disposed")
	}
	return mayRecord(in, c.Lead, ev)
}

// disposed asks the record volume's word on a closed case.
func (c *Case) disposed(in domain.Intent) bool {
	if c.State != StateClosed {
		return false
	}
	now, ok := in.Look.Case(in.Stream)
	return ok && now.State == "disposed"
}

// mayRecord refuses to write about a person who is erased or being erased, and
// to seal anything of one whose data is closed to view.
func mayRecord(in domain.Intent, person string, ev any) error {
	p, ok := lookPerson(in, person)
	switch {
	case !ok:
		return nil
	case p.State == "erased" || p.State == "erasing":
		return domain.Refuse("person.is_erased")
	case domain.Seals(ev) && restricted(p, "view"):
		return domain.Refuse("person.is_restricted")
	}
	return nil
}

// elsewhere tells whether a thing belongs to another prefecture than the case: that there
// is one is told to nobody (events.md 7.15).
func elsewhere(in domain.Intent, controller string) bool { return controller != in.Controller }

// colleague refuses to give work of one prefecture to an account of another, which
// sees nothing of it (handbook.md 10.1). That there is such an account is not told.
func colleague(in domain.Intent, field, account string) error {
	if who, ok := in.Look.Account(account); ok && elsewhere(in, who.Controller) {
		return unknown(field)
	}
	return nil
}

// mayContact refuses to reach out to a person who wishes no contact.
func (c *Case) mayContact(in domain.Intent) error {
	if p, ok := lookPerson(in, c.Lead); ok && restricted(p, "contact") {
		return domain.Refuse("person.is_restricted")
	}
	return nil
}

// restricted tells whether a restriction covers the scope; all covers each.
func restricted(p domain.PersonNow, scope string) bool {
	return slices.Contains(p.Restricted, scope) || slices.Contains(p.Restricted, "all")
}

// lookPerson answers the person, or the survivor of a merged one. Merge chains
// have no cycle; the bound keeps a broken log from hanging a decision.
func lookPerson(in domain.Intent, id string) (domain.PersonNow, bool) {
	p, ok := in.Look.Person(id)
	for hops := 0; ok && p.State == "merged" && hops < 32; hops++ {
		p, ok = in.Look.Person(p.Into)
	}
	return p, ok
}

// survivor answers the id under which a person is known today.
func survivor(in domain.Intent, id string) string {
	if p, ok := lookPerson(in, id); ok {
		return p.ID
	}
	return id
}

// inParty tells whether a person is the lead or a member who has not left;
// merged persons are one.
func (c *Case) inParty(in domain.Intent, person string) bool {
	person = survivor(in, person)
	if person == survivor(in, c.Lead) {
		return true
	}
	return slices.ContainsFunc(c.members(), func(id string) bool { return survivor(in, id) == person })
}

// prohibited words mark what a placement office may not collect
// (handbook.md 6.4): domicile of origin, birthplace, religion, party, union, and
// the occupation or income of the family.
var prohibited = []string{
	"本籍", "出生地", "宗教", "支持政党", "労働組合",
	"家族の職業", "家族の収入", "父の職業", "母の職業", "父の収入", "母の収入",
	"親の職業", "親の収入", "夫の職業", "夫の収入", "妻の職業", "妻の収入",
}

// mayCollect warns of prohibited items in free text of the job partition; with
// confirmed the warning was read.
func mayCollect(confirmed bool, field string, texts ...string) error {
	if confirmed {
		return nil
	}
	for _, text := range texts {
		if slices.ContainsFunc(prohibited, func(word string) bool { return strings.Contains(text, word) }) {
			return domain.RefuseField("job.prohibited_item", field)
		}
	}
	return nil
}

// unknown refuses an id that names no entity of the case.
func unknown(field string) error { return domain.RefuseField("entity.unknown", field) }
