package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func TestMembersComeAndGo(t *testing.T) {
	join := func(id string) *casefile.AddMember {
		return &casefile.AddMember{MemberAdded: casefile.MemberAdded{Person: id, Part: "adult"}}
	}
	leave := func(id string) *casefile.RemoveMember {
		return &casefile.RemoveMember{MemberRemoved: casefile.MemberRemoved{Person: id, Reason: "separated"}}
	}
	in, out := &casefile.MemberAdded{Person: "p2", Part: "adult"}, &casefile.MemberRemoved{Person: "p2", Reason: "separated"}
	walk(t, []step{
		{"joins", nil, join("p2"), ""},
		{"already in", evs{in}, join("p2"), nothing},
		{"the lead is in", nil, join("p1"), nothing},
		{"comes back", evs{in, out}, join("p2"), ""},
		{"nobody", nil, join("nobody"), "entity.unknown"},
		{"of the other prefecture", nil, join("okayama"), "controller.mismatch"},
		{"leaves", evs{in}, leave("p2"), ""},
		{"left already", evs{in, out}, leave("p2"), nothing},
		{"was never in", nil, leave("p2"), "entity.unknown"},
		{"the lead stays", nil, leave("p1"), "entity.unknown"},
	})
	caseScene(t, in).When(join("p3")).ThenState(func(c *file) { require.Equal(t, []string{"p2", "p3"}, c.Now().Members) })
	caseScene(t).In(withPerson("p2", erased)).When(join("p2")).Refused("person.is_erased")
}

func TestMergedMemberIsOneWithTheSurvivor(t *testing.T) {
	w := withPerson("p2", func(p *domain.PersonNow) { p.State, p.Into = "merged", "p3" })
	member := &casefile.MemberAdded{Person: "p2", Part: "adult"}
	caseScene(t, member).In(w).When(&casefile.AddMember{MemberAdded: casefile.MemberAdded{Person: "p3", Part: "adult"}}).Nothing()
	s := held("s1", func(s *casefile.Session) { s.LeadPerson = "p3" })
	caseScene(t, member).In(w).When(&casefile.HoldConsultation{ConsultationHeld: *s}).Then(s)
}

func TestOwnerAndDeskFollowTheirDays(t *testing.T) {
	assigned := casefile.Assigned{Owner: "co2", Desk: "D-FKC"}
	caseScene(t).By(given.Desk("ld", domain.Lead)).When(&casefile.Assign{Assigned: assigned}).Then(&assigned)
	caseScene(t, &assigned).When(&casefile.Assign{Assigned: assigned}).Nothing()

	june, july, may := japan.On(2019, 6, 1), japan.On(2019, 7, 1), japan.On(2019, 5, 20)
	s := given.Stream(t, casefile.Aggregate, "c1").In(world()).
		GivenBy("co1", may, caseOpened).
		GivenBy("ld", july, &casefile.Assigned{Owner: "co3", Desk: "D-TKY"}).
		GivenBy("ld", june, &assigned)
	s.When(&casefile.Assign{Assigned: assigned}).ThenState(func(c *file) {
		for _, o := range []struct {
			on          japan.Date
			owner, desk string
		}{
			{may - 1, "", ""}, {may, "co1", "D-TKY"}, {june - 1, "co1", "D-TKY"},
			{june, "co2", "D-FKC"}, {july - 1, "co2", "D-FKC"}, {july, "co3", "D-TKY"},
		} {
			owner, desk := c.OwnedOn(o.on)
			require.Equal(t, o.owner, owner, o.on)
			require.Equal(t, o.desk, desk, o.on)
		}
		require.Equal(t, "co2", c.Owner, "the newest record names the owner")
	})
}

func TestCaseOpenedOnBehalfOfAnotherBelongsToThem(t *testing.T) {
	c := casefile.Aggregate.New()
	caseOpened.Apply(c, domain.Envelope{Stream: "case-c1", RecordedBy: "clerk", OnBehalfOf: "co7", Controller: "31"})
	require.Equal(t, "co7", c.Owner)
	require.Equal(t, "c1", c.ID)
}

var handed = casefile.HandedOver{
	FromOwner: "co1", ToOwner: "co2", FromDesk: "D-TKY", Desk: "D-FKC", Reason: "april_change", Note: "来週電話",
}

func TestHandoverWaitsForTheNewOwner(t *testing.T) {
	over := &casefile.HandOver{HandedOver: handed}
	caseScene(t).When(over).Then(&handed)
	changed := func(f func(*casefile.HandedOver)) *casefile.HandOver {
		h := handed
		f(&h)
		return &casefile.HandOver{HandedOver: h}
	}
	read := &casefile.HandoverAcknowledged{Owner: "co2"}
	ack := &casefile.AcknowledgeHandover{HandoverAcknowledged: *read}
	walk(t, []step{
		{"again", evs{&handed}, over, nothing},
		{"not the owner's", nil, changed(func(h *casefile.HandedOver) { h.FromOwner = "co3" }), "handover.state"},
		{"not the desk's", nil, changed(func(h *casefile.HandedOver) { h.FromDesk = "D-FKC" }), "handover.state"},
		{"nothing to acknowledge", nil, ack, "handover.state"},
		{"by another", evs{&handed}, ack, "account.not_allowed"},
		{"for another", evs{&handed}, &casefile.AcknowledgeHandover{HandoverAcknowledged: casefile.HandoverAcknowledged{Owner: "co1"}}, "handover.state"},
		{"assigned since", evs{&handed, &casefile.Assigned{Owner: "co4", Desk: "D-TKY"}}, ack, "handover.state"},
	})
	caseScene(t, &handed).By(given.Desk("co2")).When(ack).
		ThenState(func(c *file) { require.Equal(t, casefile.Handover{To: "co2", Acknowledged: true}, c.Handover) }).
		Then(read)
	caseScene(t, &handed, read).By(given.Desk("co2")).When(ack).Nothing()
}
