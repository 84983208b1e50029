package partner_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/partner"
	"ayumi/tests/given"
)

var (
	made     = &partner.InwardMade{Inward: "i1", Contact: "k1", Purpose: "job", Basis: "consent_or_to_self", DueOn: japan.On(2019, 6, 8), Name: "例示 花子", Text: "東京での面談をお願いしたい"}
	taken    = &partner.InwardAccepted{Inward: "i1"}
	refused  = &partner.InwardDeclined{Inward: "i1", Reason: "full"}
	linked   = &partner.InwardLinked{Inward: "i1", Person: "p1"}
	answered = &partner.InwardAnswered{Inward: "i1", Result: "achieved", Contact: "k1", Note: "就職決定"}
	back     = &partner.InwardWithdrawn{Inward: "i1"}
)

func town(partner string) domain.Actor {
	a := given.Desk("pt1", domain.Partner)
	a.Partner = partner
	return a
}

var oneOfOurs = &given.World{Persons: []domain.PersonNow{{ID: "p1", Controller: "31", State: "active"}, {ID: "p2", Controller: "33", State: "active"}, {ID: "p3", Controller: "31", State: "erased"}}}

func TestInwardMachine(t *testing.T) {
	paths := map[string][]event{
		"none": {known}, "sent": {known, made}, "accepted": {known, made, taken}, "linked": {known, made, taken, linked},
		"declined": {known, made, refused}, "answered": {known, made, taken, answered}, "withdrawn": {known, made, back},
	}
	for name, c := range map[string]struct {
		cmd     domain.Command[fold]
		event   event
		from    []string
		already string
	}{
		"accept":   {&partner.AcceptInward{InwardAccepted: *taken}, taken, []string{"sent"}, "accepted"},
		"decline":  {&partner.DeclineInward{InwardDeclined: *refused}, refused, []string{"sent"}, "declined"},
		"link":     {&partner.LinkInward{InwardLinked: *linked}, linked, []string{"accepted"}, "linked"},
		"answer":   {&partner.AnswerInward{InwardAnswered: *answered}, answered, []string{"accepted", "linked"}, "answered"},
		"withdraw": {&partner.WithdrawInward{InwardWithdrawn: *back}, back, []string{"sent", "accepted", "linked"}, "withdrawn"},
	} {
		may := map[string]bool{}
		for _, state := range c.from {
			may[state] = true
		}
		for state, past := range paths {
			s := scene(t, past...).In(oneOfOurs).When(c.cmd)
			switch {
			case state == "none":
				s.Refused("entity.unknown")
			case state == c.already:
				s.Nothing()
			case may[state]:
				s.Then(c.event)
			default:
				t.Log(name, state)
				s.Refused("referral.state")
			}
		}
	}
}

func TestInwardIsMadeOnce(t *testing.T) {
	cmd := &partner.MakeInward{InwardMade: *made}
	scene(t, known).When(cmd).Then(made)
	scene(t, known, made).When(cmd).Nothing()
	scene(t, known, ended).When(cmd).Refused("partner.state")
	late := *made
	late.DueOn = japan.On(2019, 5, 31)
	scene(t, known).When(&partner.MakeInward{InwardMade: late}).Refused("date.order")
}

func TestABodyActsForItselfOnly(t *testing.T) {
	scene(t, known).By(town("b1")).When(&partner.MakeInward{InwardMade: *made}).Then(made)
	scene(t, known).By(town("b2")).When(&partner.MakeInward{InwardMade: *made}).Refused("account.not_allowed")
	scene(t, known, made).By(town("b2")).When(&partner.WithdrawInward{InwardWithdrawn: *back}).Refused("account.not_allowed")
	scene(t, known, made).By(town("b1")).When(&partner.WithdrawInward{InwardWithdrawn: *back}).Then(back)
}

func TestInwardIsLinkedToAPersonOfOurs(t *testing.T) {
	for person, want := range map[string]string{"p9": "entity.unknown", "p2": "controller.mismatch", "p3": "person.is_erased"} {
		scene(t, known, made, taken).In(oneOfOurs).When(&partner.LinkInward{InwardLinked: partner.InwardLinked{Inward: "i1", Person: person}}).Refused(want)
	}
	scene(t, known, made, taken, linked).In(oneOfOurs).When(&partner.LinkInward{InwardLinked: partner.InwardLinked{Inward: "i1", Person: "p2"}}).Refused("referral.state")
}

// What is told of somebody, and what is answered, lies under that contact's key.
func TestInwardIsSealedUnderItsContact(t *testing.T) {
	told := *answered
	told.Contact = ""
	scene(t, known, made, taken).When(&partner.AnswerInward{InwardAnswered: told}).Then(answered)
	for _, e := range []any{made, answered} {
		for _, f := range domain.FieldsOf(e) {
			if f.Place == domain.InSealed {
				require.Equal(t, "contact", f.Owner, f.Name)
			}
		}
	}
}
