package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/tests/given"
)

// share of p1 with the city, by consent, changed.
func share(change ...func(*casefile.InformationShared)) *casefile.ShareInformation {
	s := casefile.InformationShared{
		Share: "s9", Recipient: "city", Basis: "consent_or_to_self", Consent: "yes",
		Fields: []string{"name", "phone"}, NoticeVersion: "n1",
	}
	for _, f := range change {
		f(&s)
	}
	return &casefile.ShareInformation{InformationShared: s}
}

type sharing = casefile.InformationShared

func by(basis string) func(*sharing) {
	return func(s *sharing) { s.Basis, s.Consent = basis, "" }
}

func with(recipient string, fields ...string) func(*sharing) {
	return func(s *sharing) { s.Recipient, s.Fields = recipient, fields }
}

func TestEveryShareHasABasis(t *testing.T) {
	routine := func(s *sharing) { s.Routine = true }
	for name, c := range map[string]struct {
		cmd  cmd
		want string
	}{
		"by consent":                      {share(), ""},
		"consent found by itself":         {share(func(s *sharing) { s.Consent = "" }), ""},
		"no basis":                        {share(by("")), "basis.missing"},
		"consent does not name a field":   {share(with("city", "name", "birth")), "consent.missing"},
		"consent does not name recipient": {share(func(s *sharing) { s.Consent = "no" }), "consent.missing"},
		"within the notice":               {share(by("within_purpose")), ""},
		"a notice never shown":            {share(by("within_purpose"), func(s *sharing) { s.NoticeVersion = "n2" }), "basis.not_covered"},
		"an employer by the notice":       {share(by("within_purpose"), with("maker", "name")), "basis.not_covered"},
		"routine by the notice":           {share(by("within_purpose"), routine), ""},
		"routine by consent":              {share(routine), "basis.routine"},
		"routine, another public body":    {share(by("public_body_reasonable"), routine), "basis.routine"},
		"once, another public body":       {share(by("public_body_reasonable")), ""},
		"an employer, job matter":         {share(with("maker", "name", "resume")), ""},
		"an employer, relocation matter":  {share(with("maker", "name", "relocation_wish")), "partition.crossed"},
		"both matters together":           {share(with("city", "job_wish", "relocation_wish")), "partition.crossed"},
		"the other prefecture by law":     {share(by("law"), with("oka", "name")), "controller.sharing"},
		"its code by consent of others":   {share(with("33", "name")), "controller.sharing"},
		"its code by stated purpose":      {share(by("within_purpose"), with("33", "name")), ""},
		"our own code":                    {share(with("31", "name")), "entity.unknown"},
		"nobody":                          {share(with("nobody", "name")), "entity.unknown"},
		"a partner no more":               {share(with("gone", "name")), "partner.state"},
		"an unknown referral":             {share(func(s *sharing) { s.Referral = "r9" }), "entity.unknown"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, outcomeOf(outcomeScene(t), c.cmd)) })
	}
}

func TestConsentOfTheOtherPrefectureOpensIt(t *testing.T) {
	linked := outcomeWorld(func(w *given.World) {
		w.Persons[0].Consents = []domain.ConsentNow{{ID: "link", Scope: []string{"cross_controller_link"}, Active: true}}
	})
	want := share(with("oka", "name"), func(s *sharing) { s.Consent = "link" })
	outcomeScene(t).In(linked).When(share(with("oka", "name"), func(s *sharing) { s.Consent = "" })).Then(&want.InformationShared)
	over := outcomeWorld(func(w *given.World) { w.Persons[0].Consents[0].Until = today.Add(-1) })
	outcomeScene(t).In(over).When(share()).Refused("consent.missing")
}

// T20: who is under protection is shared with the flag, without the address, and
// with the privacy officer's approval only.
func TestConfidentialPersonIsSharedWithCare(t *testing.T) {
	hidden := outcomeWorld(func(w *given.World) { w.Persons[0].Confidential = true })
	flagged := func(s *sharing) { s.ConfidentialFlagSent = true }
	approved := func(in *domain.Intent) { in.OnBehalfOf = "po1" }
	outcomeScene(t).In(hidden).With(approved).When(share()).Refused("confidentiality.share")
	outcomeScene(t).In(hidden).When(share(flagged)).Refused("confidentiality.share")
	outcomeScene(t).In(hidden).With(approved).When(share(flagged, with("city", "address_full"))).Refused("confidentiality.share")
	outcomeScene(t).In(hidden).With(func(in *domain.Intent) { in.OnBehalfOf = "co2" }).When(share(flagged)).Refused("confidentiality.share")
	want := share(flagged)
	outcomeScene(t).In(hidden).With(approved).When(want).Then(&want.InformationShared)

	// A protected member counts where the household is told.
	companion := outcomeWorld(func(w *given.World) { w.Persons[1].Confidential = true })
	outcomeScene(t, member("p2")).In(companion).When(share(by("within_purpose"), with("city", "household"))).Refused("confidentiality.share")
	outcomeScene(t, member("p2")).In(companion).When(share()).Then(&share().InformationShared)
}

func TestRestrictedPersonIsNotShared(t *testing.T) {
	closed := outcomeWorld(func(w *given.World) { w.Persons[0].Restricted = []string{"contact", "share"} })
	outcomeScene(t).In(closed).When(share()).Refused("person.is_restricted")
	outcomeScene(t).In(outcomeWorld(func(w *given.World) { w.Persons[0].State = "erased" })).When(share()).Refused("person.is_erased")
}

func TestShareRunsMadeStoppedAnswered(t *testing.T) {
	made := &share().InformationShared
	stopped := &casefile.SharingStopped{Share: "s9"}
	answered := &casefile.SharingAnswered{Share: "s9", Answer: "kept_by_law"}
	machine{
		refusal: "share.state",
		paths:   map[string]evs{"made": {made}, "stopped": {made, stopped}, "answered": {made, stopped, answered}},
		actions: map[string]action{
			"share":  {share(), "", "made stopped answered"},
			"stop":   {&casefile.StopSharing{SharingStopped: *stopped}, "made", "stopped answered"},
			"answer": {&casefile.AnswerSharing{SharingAnswered: *answered}, "stopped", "answered"},
		},
	}.run(t)
	outcomeScene(t).When(&casefile.StopSharing{SharingStopped: *stopped}).Refused("entity.unknown")
	outcomeScene(t).When(&casefile.AnswerSharing{SharingAnswered: *answered}).Refused("entity.unknown")
	other := &casefile.AnswerSharing{SharingAnswered: casefile.SharingAnswered{Share: "s9", Answer: "deleted"}}
	outcomeScene(t, made, stopped, answered).When(other).Refused("share.state")
	outcomeScene(t, made).When(&casefile.StopSharing{SharingStopped: casefile.SharingStopped{Share: "s9", AskedToDelete: true}}).
		ThenState(func(c *file) { require.Equal(t, today.AddMonths(1), planned(c)["other s9"]) })
	// The share of a closed case can still be stopped and answered.
	outcomeScene(t, made, caseClosed()).When(&casefile.StopSharing{SharingStopped: *stopped}).Then(stopped)
	outcomeScene(t, caseClosed()).When(share()).Refused("case.is_closed")
}
