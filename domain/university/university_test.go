package university_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/university"
	"ayumi/tests/given"
)

var signed = &university.AgreementConcluded{Agreement: "a1", Kind: "employment_support"}

func TestAgreementIsConcludedOnce(t *testing.T) {
	given.Stream(t, university.Aggregate, "u1").
		When(&university.ConcludeAgreement{AgreementConcluded: *signed}).
		Then(signed)
}

func TestAgreementRunsConcludedUpgradedEnded(t *testing.T) {
	up := university.AgreementUpgraded{Agreement: "a1", Kind: "comprehensive"}
	given.Stream(t, university.Aggregate, "u1").Given(signed).
		When(&university.UpgradeAgreement{AgreementUpgraded: up}).
		ThenState(func(u *university.University) { require.Equal(t, "comprehensive", u.Agreements["a1"].Kind) }).
		Then(&up)
	end := &university.AgreementEnded{Agreement: "a1", Reason: "term"}
	given.Stream(t, university.Aggregate, "u1").Given(signed, end).
		When(&university.UpgradeAgreement{AgreementUpgraded: up}).
		Refused("agreement.state")
	given.Stream(t, university.Aggregate, "u1").Given(signed, &up).
		When(&university.UpgradeAgreement{AgreementUpgraded: university.AgreementUpgraded{Agreement: "a1", Kind: "employment_support"}}).
		Refused("agreement.state")
	given.Stream(t, university.Aggregate, "u1").
		When(&university.EndAgreement{AgreementEnded: *end}).
		Refused("entity.unknown")
}

func TestContactIsSealedUnderItsOwnKey(t *testing.T) {
	for _, f := range domain.FieldsOf(&university.ContactSet{}) {
		if f.Place == domain.InSealed {
			require.Equal(t, "contact", f.Owner, f.Name)
		}
	}
	given.Stream(t, university.Aggregate, "u1").
		When(&university.RemoveContact{ContactRemoved: university.ContactRemoved{Contact: "c1"}}).
		Nothing()
}

func TestTheStandingAgreementIsTheStrongestThatHolds(t *testing.T) {
	comprehensive := &university.AgreementConcluded{Agreement: "a2", Kind: "comprehensive"}
	given.Stream(t, university.Aggregate, "u1").Given(signed, comprehensive).
		When(&university.EndAgreement{AgreementEnded: university.AgreementEnded{Agreement: "a2", Reason: "term"}}).
		ThenState(func(u *university.University) { require.Equal(t, "employment_support", u.Standing().Kind) }).
		Then(&university.AgreementEnded{Agreement: "a2", Reason: "term"})
	given.Stream(t, university.Aggregate, "u1").Given(signed, comprehensive).
		When(&university.Rename{Renamed: university.Renamed{Name: "乙大学"}}).
		ThenState(func(u *university.University) { require.Equal(t, "comprehensive", u.Standing().Kind) }).
		Then(&university.Renamed{Name: "乙大学"})
}
