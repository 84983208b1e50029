package partner_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/partner"
	"ayumi/tests/given"
)

type (
	fold  = partner.Partner
	event = domain.Event[fold]
)

var (
	known = &partner.Registered{
		Kind: "municipality", Relation: "public_body", LGCode: "312011", DefaultBasis: "within_purpose", Name: "鳥取市",
	}
	renamed = &partner.Renamed{Name: "とっとり市"}
	related = &partner.RelationChanged{Relation: "contractor", DefaultBasis: "consent_or_to_self"}
	contact = &partner.ContactSet{Contact: "c1", Duty: "housing", Name: "架空 太郎"}
	removed = &partner.ContactRemoved{Contact: "c1"}
	agreed  = &partner.SharingAgreed{
		Agreement: "g1", Fields: []string{"name", "phone"}, Purpose: []string{"housing"},
		From: japan.On(2019, 4, 1), Until: japan.On(2020, 3, 31), Paper: strings.Repeat("0a", 32),
	}
	stopped = &partner.SharingEnded{Agreement: "g1", Reason: "term"}
	ended   = &partner.Ended{Reason: "dissolved"}
)

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, partner.Aggregate, "b1").Given(past...)
}

func TestHappyPaths(t *testing.T) {
	for _, c := range []struct {
		past  []event
		cmd   domain.Command[fold]
		event event
	}{
		{nil, &partner.Register{Registered: *known}, known},
		{[]event{known}, &partner.Rename{Renamed: *renamed}, renamed},
		{[]event{known}, &partner.ChangeRelation{RelationChanged: *related}, related},
		{[]event{known, contact}, &partner.RemoveContact{ContactRemoved: *removed}, removed},
		{[]event{known, contact, ended}, &partner.RemoveContact{ContactRemoved: *removed}, removed},
		{[]event{known}, &partner.AgreeSharing{SharingAgreed: *agreed}, agreed},
		{[]event{known, agreed}, &partner.EndSharing{SharingEnded: *stopped}, stopped},
		{[]event{known}, &partner.End{Ended: *ended}, ended},
	} {
		scene(t, c.past...).When(c.cmd).Then(c.event)
		scene(t, append(c.past, c.event)...).When(c.cmd).Nothing()
	}
}

func TestRefusals(t *testing.T) {
	odd := *known
	odd.LGCode = "312012"
	late := *agreed
	late.Until = japan.On(2019, 3, 31)
	for _, c := range []struct {
		key  string
		past []event
		cmd  domain.Command[fold]
	}{
		{"lg.invalid", nil, &partner.Register{Registered: odd}},
		{"partner.state", []event{known, ended}, &partner.Rename{Renamed: *renamed}},
		{"partner.state", []event{known, ended}, &partner.ChangeRelation{RelationChanged: *related}},
		{"partner.state", []event{known, ended}, &partner.SetContact{ContactSet: *contact}},
		{"partner.state", []event{known, ended}, &partner.AgreeSharing{SharingAgreed: *agreed}},
		{"date.order", []event{known}, &partner.AgreeSharing{SharingAgreed: late}},
		{"entity.unknown", []event{known}, &partner.EndSharing{SharingEnded: *stopped}},
	} {
		scene(t, c.past...).When(c.cmd).Refused(c.key)
	}
}

func TestContactIsSealedUnderItsOwnKey(t *testing.T) {
	made := *contact
	made.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	scene(t, known).When(&partner.SetContact{ContactSet: made}).
		ThenState(func(p *fold) { require.Equal(t, "housing", p.Contacts[made.Contact]) }).Then(&made)
	for _, f := range domain.FieldsOf(contact) {
		if f.Place == domain.InSealed {
			require.Equal(t, "contact", f.Owner, f.Name)
		}
	}
}

func TestNow(t *testing.T) {
	scene(t, known, related, ended).When(&partner.End{Ended: *ended}).ThenState(func(p *fold) {
		require.Equal(t, domain.PartnerNow{
			ID: "b1", Controller: "31", Kind: "municipality", Relation: "contractor", DefaultBasis: "consent_or_to_self", Ended: true,
		}, p.Now())
		require.Equal(t, "鳥取市", p.Name)
	}).Nothing()
}

// Whatever is asked in whatever order, decisions and folds do not panic, and an
// ended partner stays ended.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 10))
	cmds := []domain.Command[fold]{
		&partner.Register{Registered: *known}, &partner.Rename{Renamed: *renamed},
		&partner.ChangeRelation{RelationChanged: *related}, &partner.SetContact{ContactSet: *contact},
		&partner.RemoveContact{ContactRemoved: *removed}, &partner.AgreeSharing{SharingAgreed: *agreed},
		&partner.EndSharing{SharingEnded: *stopped}, &partner.End{Ended: *ended},
		&partner.MakeInward{InwardMade: *made}, &partner.AcceptInward{InwardAccepted: *taken}, &partner.DeclineInward{InwardDeclined: *refused},
		&partner.AnswerInward{InwardAnswered: *answered}, &partner.WithdrawInward{InwardWithdrawn: *back},
	}
	for range 300 {
		p := partner.Aggregate.New()
		for range 20 {
			was := p.Ended
			events, err := cmds[rnd.IntN(len(cmds))].Decide(p, domain.Intent{})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(p, domain.Envelope{Stream: "partner-b1"})
			}
			require.True(t, !was || p.Ended)
		}
	}
}
