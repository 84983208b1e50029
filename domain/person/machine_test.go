package person_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

var (
	restricted = &person.UseRestricted{Restriction: "r1", Ground: "legal_hold", Scope: []string{"share"}}
	lifted     = &person.RestrictionLifted{Restriction: "r1", Reason: "hold_over"}
	merged     = &person.Merged{Into: "survivor", Evidence: []string{"birth"}, ProposedBy: "co2"}
	unmerged   = &person.Unmerged{From: "survivor", Reason: "error"}
	ordered    = &person.ErasureOrdered{Ground: "retention_end"}
	erased     = &person.Erased{Sections: 3, BackupsClearOn: japan.On(2020, 1, 1)}
)

// machine is events.md 5.1: the ways into each state.
var machine = map[string][][]event{
	"active":     {nil, {restricted, lifted}, {merged, unmerged}},
	"restricted": {{restricted}},
	"merged":     {{merged}},
	"erasing":    {{ordered}, {restricted, ordered}, {merged, ordered}},
	"erased":     {{ordered, erased}, {merged, ordered, erased}},
}

func TestEventsLeadThroughTheMachine(t *testing.T) {
	for state, ways := range machine {
		for _, way := range ways {
			require.Equal(t, state, folded(way...).Now().State, "%d events", len(way))
		}
	}
}

// folded is the person after being registered and the events.
func folded(events ...event) *person.Person {
	return fold("p", append([]event{registered()}, events...)...)
}

func fold(id string, events ...event) *person.Person {
	p := person.Aggregate.New()
	for _, ev := range events {
		ev.Apply(p, domain.Envelope{Stream: "person-" + id, Controller: "31", RecordedBy: "co1", Occurred: japan.On(2019, 6, 1)})
	}
	return p
}

// statements are commands that say something new; endings end what stands.
var (
	statements = []command{
		&person.ChangeName{NameChanged: person.NameChanged{NameKind: "legal", Name: told().Name}},
		&person.ChangeAddress{AddressChanged: person.AddressChanged{ResidencePref: "31"}},
		&person.UpdateAgeBand{AgeBandUpdated: person.AgeBandUpdated{AgeBand: "40s"}},
		&person.AddContact{ContactAdded: person.ContactAdded{ContactPoint: "c2", Kind: "mail", Value: "a@example.org"}},
		&person.DeclareOrigin{OriginDeclared: person.OriginDeclared{OriginPref: "31", TurnHint: "u"}},
		&person.RecordDeath{DeathRecorded: person.DeathRecorded{LearnedFrom: "other"}},
		&person.JoinHousehold{HouseholdJoined: person.HouseholdJoined{Household: "h1", Relation: "子"}},
		&person.GiveNotice{NoticeGiven: person.NoticeGiven{NoticeVersion: "n1"}},
		&person.GiveConsent{ConsentGiven: person.ConsentGiven{Consent: "k2", Scope: []string{"photo"}}},
		&person.SetConfidentiality{ConfidentialitySet: *flagged()},
		&person.SuspectDuplicate{DuplicateSuspected: person.DuplicateSuspected{Other: "q", Score: 75}},
		&person.RequestWithdrawal{WithdrawalRequested: person.WithdrawalRequested{Channel: "phone", Words: "…"}},
		&person.RestrictUse{UseRestricted: person.UseRestricted{Restriction: "r9", Ground: "withdrawal", Scope: []string{"contact"}}},
	}
	endings = []command{
		&person.RemoveContact{ContactRemoved: person.ContactRemoved{ContactPoint: "c1", Reason: "left"}},
		&person.CorrectDetails{DetailsCorrected: person.DetailsCorrected{Field: "given", Ground: "request", New: "一郎"}},
		&person.WithdrawConsent{ConsentWithdrawn: person.ConsentWithdrawn{Consent: "k1"}},
		&person.DismissDuplicate{DuplicateDismissed: person.DuplicateDismissed{Other: "s", Reason: "family"}},
		&person.LiftRestriction{RestrictionLifted: person.RestrictionLifted{Restriction: "r8", Reason: "over"}},
	}
	begun = []event{
		&person.ContactAdded{ContactPoint: "c1", Kind: "mail"}, consent(),
		&person.DuplicateSuspected{Other: "s", Score: 80},
		&person.UseRestricted{Restriction: "r8", Ground: "withdrawal", Scope: []string{"share"}},
		&person.RestrictionLifted{Restriction: "r8", Reason: "over"},
		&person.UseRestricted{Restriction: "r8", Ground: "legal_hold", Scope: []string{"share"}},
	}
)

func TestStatesAnswerCommands(t *testing.T) {
	world := &given.World{Persons: []domain.PersonNow{{ID: "q", Controller: "31"}}}
	answer := func(way []event, cmd command) string {
		v := uint64(7)
		in := domain.Intent{Look: world, Actor: given.Desk("a", domain.Lead, domain.Privacy), Preview: &v, Version: v, Occurred: japan.On(2019, 6, 1)}
		events, err := cmd.Decide(folded(append(append([]event{}, begun...), way...)...), in)
		var r *domain.Refusal
		if errors.As(err, &r) {
			return r.Key
		}
		require.NoError(t, err)
		require.NotEmpty(t, events, "%T", cmd)
		return "ok"
	}
	for _, row := range []struct{ state, statement, ending string }{
		{"active", "ok", "ok"},
		{"restricted", "ok", "ok"},
		{"merged", "person.state", "ok"},
		{"erasing", "person.is_erased", "person.is_erased"},
		{"erased", "person.is_erased", "person.is_erased"},
	} {
		for _, way := range machine[row.state] {
			for _, cmd := range statements {
				require.Equal(t, row.statement, answer(way, cmd), "%s: %T", row.state, cmd)
			}
			for _, cmd := range endings {
				require.Equal(t, row.ending, answer(way, cmd), "%s: %T", row.state, cmd)
			}
		}
	}
}

func TestDuplicateIsSuspectedOncePerPair(t *testing.T) {
	world := &given.World{Persons: []domain.PersonNow{{ID: "q", Controller: "31"}, {ID: "o", Controller: "33"}}}
	suspect := func(other string) *person.SuspectDuplicate {
		return &person.SuspectDuplicate{DuplicateSuspected: person.DuplicateSuspected{Other: other, Score: 75, Signals: []string{"phone", "kana"}}}
	}
	about(t).In(world).When(suspect("q")).Then(&suspect("q").DuplicateSuspected)
	about(t).In(world).When(suspect("x")).Refused("entity.unknown")
	about(t).In(world).When(suspect("o")).Refused("merge.controller")
	about(t).In(world).When(suspect(given.ID("p"))).Refused("merge.same")

	suspected := &suspect("q").DuplicateSuspected
	no := person.DuplicateDismissed{Other: "q", Reason: "unclear"}
	about(t, suspected).When(&person.DismissDuplicate{DuplicateDismissed: no}).Then(&no)
	about(t, suspected, &no).In(world).When(suspect("q")).Nothing()
	about(t).When(&person.DismissDuplicate{DuplicateDismissed: no}).Refused("entity.unknown")
}
