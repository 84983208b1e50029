package person_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

func TestNoticeIsGivenPerVersion(t *testing.T) {
	shown := person.NoticeGiven{NoticeVersion: "n2019", Language: "ja", Method: "paper"}
	about(t).When(&person.GiveNotice{NoticeGiven: shown}).
		ThenState(func(p *person.Person) { require.Equal(t, []string{"n2019"}, p.Now().Notices) }).
		Then(&shown)
	about(t, &shown).When(&person.GiveNotice{NoticeGiven: shown}).Nothing()
}

func consent() *person.ConsentGiven {
	return &person.ConsentGiven{Consent: "k1", Scope: []string{"partner_sharing"}, Until: japan.On(2019, 6, 30), EvidenceRef: "A-12"}
}

func TestConsentRunsGivenWithdrawnOrExpired(t *testing.T) {
	about(t).When(&person.GiveConsent{ConsentGiven: *consent()}).
		ThenState(func(p *person.Person) { require.True(t, p.Now().Consents[0].Active) }).
		Then(consent())
	past := consent()
	past.Until = japan.On(2019, 5, 31)
	about(t).When(&person.GiveConsent{ConsentGiven: *past}).Refused("date.order")

	withdrawn := person.ConsentWithdrawn{Consent: "k1"}
	expired := person.ConsentExpired{Consent: "k1"}
	about(t, consent()).When(&person.WithdrawConsent{ConsentWithdrawn: withdrawn}).
		ThenState(func(p *person.Person) {
			require.Equal(t, []domain.ConsentNow{{ID: "k1", Scope: consent().Scope, Until: consent().Until, Withdrawn: true}}, p.Now().Consents)
		}).Then(&withdrawn)
	about(t, consent(), &expired).When(&person.WithdrawConsent{ConsentWithdrawn: withdrawn}).Refused("consent.not_active")
	about(t).When(&person.WithdrawConsent{ConsentWithdrawn: withdrawn}).Refused("consent.not_active")

	about(t, consent()).At(japan.On(2019, 7, 1)).When(&person.ExpireConsent{ConsentExpired: expired}).Then(&expired)
	about(t, consent()).At(japan.On(2019, 6, 30)).When(&person.ExpireConsent{ConsentExpired: expired}).Refused("date.order")
	about(t, consent(), &withdrawn).At(japan.On(2019, 7, 1)).When(&person.ExpireConsent{ConsentExpired: expired}).Refused("consent.not_active")
}

func flagged() *person.ConfidentialitySet {
	return &person.ConfidentialitySet{Until: japan.On(2020, 6, 1), Kind: "dv_support", ConfirmedBy: "市"}
}

func TestConfidentialityStandsAYearAtMost(t *testing.T) {
	about(t).When(&person.SetConfidentiality{ConfidentialitySet: *flagged()}).
		ThenState(func(p *person.Person) {
			require.True(t, p.Now().Confidential)
			require.Equal(t, japan.On(2019, 6, 1), p.Now().ConfidentialOn)
		}).Then(flagged())
	for _, until := range []japan.Date{0, japan.On(2020, 6, 2), japan.On(2019, 5, 31)} {
		set := *flagged()
		set.Until = until
		about(t).When(&person.SetConfidentiality{ConfidentialitySet: set}).Refused("confidentiality.until")
		about(t, flagged()).When(&person.RenewConfidentiality{ConfidentialityRenewed: person.ConfidentialityRenewed{Until: until}}).
			Refused("confidentiality.until")
	}
	odd := *flagged()
	odd.Kind = "shy"
	about(t).When(&person.SetConfidentiality{ConfidentialitySet: odd}).Refused("field.code")
	wider := *flagged()
	wider.CoversHousehold = true
	about(t, flagged()).When(&person.SetConfidentiality{ConfidentialitySet: wider}).Refused("confidentiality.state")
}

func TestConfidentialityIsRenewedAndLifted(t *testing.T) {
	longer := person.ConfidentialityRenewed{Until: japan.On(2021, 5, 1), ConfirmedBy: "市"}
	about(t, flagged()).At(japan.On(2020, 5, 1)).When(&person.RenewConfidentiality{ConfidentialityRenewed: longer}).Then(&longer)
	about(t).When(&person.RenewConfidentiality{ConfidentialityRenewed: longer}).Refused("confidentiality.not_set")

	lifted := person.ConfidentialityLifted{Ground: "person_wish"}
	about(t, flagged()).When(&person.LiftConfidentiality{ConfidentialityLifted: lifted}).
		ThenState(func(p *person.Person) { require.False(t, p.Now().Confidential) }).Then(&lifted)
	about(t).When(&person.LiftConfidentiality{ConfidentialityLifted: lifted}).Refused("confidentiality.not_set")
	about(t, flagged()).When(&person.LiftConfidentiality{ConfidentialityLifted: person.ConfidentialityLifted{Ground: "expired"}}).
		Refused("date.order")
}

func TestWithdrawalClosesContactAndSharing(t *testing.T) {
	asked := person.WithdrawalRequested{Channel: "phone", Words: "もう連絡しないで"}
	about(t).When(&person.RequestWithdrawal{WithdrawalRequested: asked}).
		ThenState(func(p *person.Person) {
			require.Equal(t, []string{"contact", "share"}, p.Now().Restricted)
			require.Equal(t, "restricted", p.Now().State)
		})
	scene := about(t)
	var id string
	scene.With(func(in *domain.Intent) { id = in.NewID("restriction") }).
		When(&person.RequestWithdrawal{WithdrawalRequested: asked}).
		Then(&asked, &person.UseRestricted{Restriction: id, Ground: "withdrawal", Scope: []string{"contact", "share"}})
}

func TestRestrictionsStandUntilTheLastIsLifted(t *testing.T) {
	privacy := given.Desk("po1", domain.Privacy)
	hold := &person.UseRestricted{Restriction: "r1", Ground: "legal_hold", Scope: []string{"share"}}
	wish := &person.UseRestricted{Restriction: "r2", Ground: "withdrawal", Scope: []string{"contact"}}
	about(t).By(privacy).When(&person.RestrictUse{UseRestricted: *hold}).Then(hold)
	about(t, hold).When(&person.RestrictUse{UseRestricted: *wish}).Then(wish)
	about(t).When(&person.RestrictUse{UseRestricted: *hold}).Refused("account.not_allowed")
	about(t).By(privacy).When(&person.RestrictUse{UseRestricted: person.UseRestricted{Restriction: "r3", Ground: "suspension_decision"}}).
		Refused("field.required")

	lift := person.RestrictionLifted{Restriction: "r1", Reason: "hold_over"}
	about(t, hold, wish).By(privacy).When(&person.LiftRestriction{RestrictionLifted: lift}).
		ThenState(func(p *person.Person) { require.Equal(t, []string{"contact"}, p.Restricted()) }).Then(&lift)
	about(t, hold).By(privacy).When(&person.LiftRestriction{RestrictionLifted: lift}).
		ThenState(func(p *person.Person) { require.Equal(t, "active", p.State()) })
	about(t).By(privacy).When(&person.LiftRestriction{RestrictionLifted: lift}).Refused("entity.unknown")
}

func TestClosedDataTakesNoSealedText(t *testing.T) {
	sealed := []command{
		&person.ChangeName{NameChanged: person.NameChanged{NameKind: "legal", Name: told().Name}},
		&person.AddContact{ContactAdded: person.ContactAdded{ContactPoint: "c1", Kind: "mail", Value: "a@example.org"}},
		&person.DeclareOrigin{OriginDeclared: person.OriginDeclared{OriginPref: "31", TurnHint: "u", Remark: "祖父"}},
		&person.GiveConsent{ConsentGiven: *consent()},
		&person.CorrectDetails{DetailsCorrected: person.DetailsCorrected{Field: "given", Ground: "request", New: "一郎"}},
		&person.SetConfidentiality{ConfidentialitySet: *flagged()},
	}
	for _, scope := range []string{"view", "all"} {
		closed := &person.UseRestricted{Restriction: "r1", Ground: "suspension_decision", Scope: []string{scope}, Rights: "m1"}
		for _, cmd := range sealed {
			about(t, closed).Previewed().When(cmd).Refused("person.is_restricted")
		}
		about(t, closed).When(&person.UpdateAgeBand{AgeBandUpdated: person.AgeBandUpdated{AgeBand: "40s"}}).
			Then(&person.AgeBandUpdated{AgeBand: "40s"})
	}
}
