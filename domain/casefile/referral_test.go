package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

var (
	proposed = &casefile.ReferralProposed{Referral: "r1", Partner: "city", Purpose: "housing"}
	agreed   = &casefile.ReferralAgreed{Referral: "r1", Basis: "consent_or_to_self", Consent: "yes"}
	handedOn = &casefile.InformationShared{
		Share: "s1", Recipient: "city", Basis: "consent_or_to_self", Consent: "yes", Fields: []string{"name", "phone"},
		NoticeVersion: "n1", Referral: "r1", Text: "例子 090-0000-0001",
	}
	sent     = &casefile.ReferralSent{Referral: "r1", Share: "s1", DueOn: japan.On(2019, 5, 20)}
	received = &casefile.ReferralReceived{Referral: "r1"}
	accepted = &casefile.ReferralAccepted{Referral: "r1"}
	met      = &casefile.ReferralProgressed{Referral: "r1", Step: "met"}
	lapsed   = &casefile.ReferralLapsed{Referral: "r1"}
	called   = &casefile.ReferralCancelled{Referral: "r1", Reason: "person_wish"}

	onceSent     = evs{proposed, agreed, handedOn, sent}
	onceAccepted = then(onceSent, accepted)
)

func parcel() casefile.Parcel {
	return casefile.Parcel{Fields: []string{"name", "phone"}, NoticeVersion: "n1", Text: "例子 090-0000-0001"}
}

func sending(share string, due japan.Date) *casefile.SendReferral {
	return &casefile.SendReferral{ReferralSent: casefile.ReferralSent{Referral: "r1", Share: share, DueOn: due}, Parcel: parcel()}
}

func TestReferralMachine(t *testing.T) {
	soon := japan.On(2019, 6, 15)
	machine{
		refusal: "referral.state",
		paths: map[string]evs{
			"proposed": {proposed}, "agreed": {proposed, agreed}, "sent": onceSent,
			"lapsed": then(onceSent, lapsed), "received": then(onceSent, received), "accepted": onceAccepted,
			"in_progress": then(onceAccepted, met),
			"declined":    then(onceSent, &casefile.ReferralDeclined{Referral: "r1", Reason: "full"}),
			"returned":    then(onceAccepted, &casefile.ReferralReturned{Referral: "r1", Reason: "moved"}),
			"completed":   then(onceAccepted, &casefile.ReferralCompleted{Referral: "r1", Result: "achieved"}),
			"cancelled":   then(onceSent, called),
		},
		actions: map[string]action{
			"agree":    {&casefile.AgreeReferral{ReferralAgreed: *agreed}, "proposed", "agreed"},
			"send":     {sending("s2", soon), "agreed", "sent"},
			"receive":  {&casefile.ReceiveReferral{ReferralReceived: *received}, "sent", "received"},
			"accept":   {&casefile.AcceptReferral{ReferralAccepted: *accepted}, "sent received", "accepted"},
			"decline":  {&casefile.DeclineReferral{ReferralDeclined: casefile.ReferralDeclined{Referral: "r1", Reason: "full"}}, "sent received", "declined"},
			"progress": {&casefile.ProgressReferral{ReferralProgressed: casefile.ReferralProgressed{Referral: "r1", Step: "viewing"}}, "accepted in_progress", ""},
			"return":   {&casefile.ReturnReferral{ReferralReturned: casefile.ReferralReturned{Referral: "r1", Reason: "moved"}}, "accepted in_progress", "returned"},
			"complete": {&casefile.CompleteReferral{ReferralCompleted: casefile.ReferralCompleted{Referral: "r1", Result: "partly"}}, "accepted in_progress", "completed"},
			"cancel":   {&casefile.CancelReferral{ReferralCancelled: *called}, "proposed agreed sent lapsed received accepted in_progress", "cancelled"},
			"lapse":    {&casefile.LapseReferral{ReferralLapsed: *lapsed}, "sent", "lapsed"},
			"resend": {&casefile.ResendReferral{
				ReferralResent: casefile.ReferralResent{Referral: "r1", Share: "s2", DueOn: soon}, Parcel: parcel(),
			}, "lapsed", "sent"},
		},
	}.run(t)
}

func TestReferralGoesWithWhatIsShared(t *testing.T) {
	due := japan.On(2019, 6, 15)
	outcomeScene(t, proposed, agreed).When(sending("s1", due)).
		ThenState(func(c *file) {
			require.Equal(t, "sent", c.Referrals["r1"].State)
			require.Equal(t, "made", c.Shares["s1"].State)
		}).
		Then(handedOn, &casefile.ReferralSent{Referral: "r1", Share: "s1", DueOn: due})
	outcomeScene(t, proposed, agreed).When(sending("s1", japan.On(2019, 5, 31))).Refused("date.order")
}

func TestReferralWakesTheCase(t *testing.T) {
	caseScene(t).In(outcomeWorld()).When(&casefile.ProposeReferral{ReferralProposed: *proposed}).
		ThenState(func(c *file) { require.Equal(t, casefile.StateActive, c.State) }).
		Then(proposed)
	caseScene(t).In(outcomeWorld()).
		When(&casefile.ProposeReferral{ReferralProposed: casefile.ReferralProposed{Referral: "r2", Partner: "nobody", Purpose: "job"}}).
		Refused("entity.unknown")
	caseScene(t).In(outcomeWorld()).
		When(&casefile.ProposeReferral{ReferralProposed: casefile.ReferralProposed{Referral: "r2", Partner: "gone", Purpose: "job"}}).
		Refused("partner.state")
	caseScene(t).When(&casefile.ReceiveReferral{ReferralReceived: *received}).Refused("entity.unknown")
}

func TestReferralIsAgreedOnABasis(t *testing.T) {
	agree := func(basis, consent string) cmd {
		return &casefile.AgreeReferral{ReferralAgreed: casefile.ReferralAgreed{Referral: "r1", Basis: basis, Consent: consent}}
	}
	to := func(partner string) ev {
		return &casefile.ReferralProposed{Referral: "r1", Partner: partner, Purpose: "job"}
	}
	for _, c := range []struct{ name, partner, basis, consent, want string }{
		{"consent is found", "city", "consent_or_to_self", "", ""},
		{"consent is another", "city", "consent_or_to_self", "no", "consent.missing"},
		{"no basis", "city", "", "", "basis.missing"},
		{"notice covers a municipality", "city", "within_purpose", "", ""},
		{"notice covers no employer", "maker", "within_purpose", "", "basis.not_covered"},
		{"by law", "maker", "law", "", ""},
		{"consent names others", "oka", "consent_or_to_self", "yes", "consent.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, outcomeOf(outcomeScene(t, to(c.partner)), agree(c.basis, c.consent)))
		})
	}
	outcomeScene(t, proposed).When(agree("consent_or_to_self", "")).Then(agreed)
	silent := outcomeWorld(func(w *given.World) { w.Persons[0].Notices = nil })
	outcomeScene(t, proposed).In(silent).When(agree("within_purpose", "")).Refused("basis.not_covered")
	outcomeScene(t, held("x1"), proposed).In(silent).When(agree("within_purpose", "")).
		ThenState(func(c *file) { require.Equal(t, "agreed", c.Referrals["r1"].State) })
}

func TestPartnerActsOnItsOwnReferralsOnly(t *testing.T) {
	pt := given.Desk("pt1", domain.Partner)
	pt.Partner = "city"
	cmd := &casefile.AcceptReferral{ReferralAccepted: *accepted}
	outcomeScene(t, onceSent...).By(pt).When(cmd).Then(accepted)
	pt.Partner = "maker"
	outcomeScene(t, onceSent...).By(pt).When(cmd).Refused("account.not_allowed")
}

func TestNameOfAPartnersOfficerLiesUnderTheirOwnKey(t *testing.T) {
	named := casefile.ReferralAccepted{Referral: "r1", Contact: given.ID("officer"), Name: "見本 仮一"}
	outcomeScene(t, onceSent...).When(&casefile.AcceptReferral{ReferralAccepted: named}).Then(&named)
	named.Contact = ""
	outcomeScene(t, onceSent...).When(&casefile.AcceptReferral{ReferralAccepted: named}).Refused("field.required")
	for _, f := range domain.FieldsOf(&named) {
		if f.Place == domain.InSealed {
			require.Equal(t, "contact", f.Owner)
		}
	}
}

func TestReferralLapsesAfterItsDueDay(t *testing.T) {
	cmd := &casefile.LapseReferral{ReferralLapsed: *lapsed}
	open := &casefile.ReferralSent{Referral: "r1", Share: "s1", DueOn: today}
	outcomeScene(t, proposed, agreed, handedOn, open).When(cmd).Refused("referral.state")
	outcomeScene(t, onceSent...).When(cmd).ThenState(func(c *file) {
		require.Equal(t, map[string]japan.Date{"check_referral r1": today}, planned(c))
	})
}

// planned lists the tasks of a case: kind and subject, with a + for each earlier
// one of the same → day due.
func planned(c *file) map[string]japan.Date {
	days := map[string][]japan.Date{}
	for _, task := range c.Tasks {
		key := task.Kind + " " + task.About
		days[key] = append(days[key], task.DueOn)
	}
	out := map[string]japan.Date{}
	for key, list := range days {
		slices.Sort(list)
		for i, day := range list {
			out[key+strings.Repeat("+", i)] = day
		}
	}
	return out
}

// T21: consent withdrawn after the referral.
func TestWithdrawnConsentEndsReferralAndShare(t *testing.T) {
	withdrawn := outcomeWorld(func(w *given.World) {
		w.Persons[0].Consents[0].Active, w.Persons[0].Consents[0].Withdrawn = false, true
	})
	note := &casefile.ProgressReferral{ReferralProgressed: casefile.ReferralProgressed{Referral: "r1", Step: "met", Note: "内見"}}
	outcomeScene(t, onceAccepted...).In(withdrawn).When(note).Refused("consent.is_withdrawn")
	outcomeScene(t, onceAccepted...).WhenTold(note).Then(&note.ReferralProgressed)
	outcomeScene(t, proposed, agreed).In(withdrawn).When(sending("s1", today)).Refused("consent.missing")

	off := &casefile.CancelReferral{ReferralCancelled: casefile.ReferralCancelled{Referral: "r1", Reason: "consent_withdrawn"}}
	outcomeScene(t, onceSent...).By(domain.SystemActor("31")).In(withdrawn).When(off).ThenState(func(c *file) {
		require.Equal(t, "cancelled", c.Referrals["r1"].State)
		require.Equal(t, "stopped", c.Shares["s1"].State)
		require.Len(t, planned(c), 1)
	})
	stopped := &casefile.SharingStopped{Share: "s1", AskedToDelete: true}
	answer := casefile.SharingAnswered{Share: "s1", Answer: "deleted"}
	outcomeScene(t, then(onceSent, &off.ReferralCancelled, stopped)...).
		When(&casefile.AnswerSharing{SharingAnswered: answer}).Then(&answer)
}

func TestCaseWithAnOpenReferralIsNotClosed(t *testing.T) {
	end := &casefile.Close{Closed: casefile.Closed{Outcome: "gave_up"}}
	outcomeScene(t, onceSent...).When(end).Refused("case.referral_open")
	outcomeScene(t, then(onceSent, called)...).When(end).Then(&end.Closed)
}
