package casefile_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
	"ayumi/tests/given"
)

// dice rolls commands about outcomes: entities and words from small pools, so
// that they meet, and mostly such as could be meant.
type dice struct{ *rand.Rand }

func (d dice) of(words ...string) string { return words[d.IntN(len(words))] }
func (d dice) id(letter string) string   { return fmt.Sprint(letter, d.IntN(3)) }
func (d dice) day() japan.Date           { return today.Add(d.IntN(60) - 20) }
func (d dice) flag() bool                { return d.IntN(2) == 0 }
func (d dice) code(list string) string   { return d.of(domain.Codes[list]...) }

func (d dice) shared() []cmd {
	r, s := fmt.Sprint("r", d.IntN(4)), fmt.Sprint("s", d.IntN(30))
	parcel := casefile.Parcel{
		Fields: []string{d.code("share_field"), "name"}, NoticeVersion: d.of("n1", "n2"),
		Routine: d.IntN(9) == 0, ConfidentialFlagSent: d.flag(),
	}
	return []cmd{
		&casefile.ShareInformation{InformationShared: casefile.InformationShared{
			Share: s, Recipient: d.of("city", "maker", "oka", "33"), Basis: d.code("basis"), Fields: parcel.Fields, NoticeVersion: "n1",
		}},
		&casefile.StopSharing{SharingStopped: casefile.SharingStopped{Share: s, AskedToDelete: d.flag()}},
		&casefile.AnswerSharing{SharingAnswered: casefile.SharingAnswered{Share: s, Answer: d.of("deleted", "no_answer")}},
		&casefile.ProposeReferral{ReferralProposed: casefile.ReferralProposed{Referral: r, Partner: d.of("city", "maker", "oka"), Purpose: "job"}},
		&casefile.AgreeReferral{ReferralAgreed: casefile.ReferralAgreed{Referral: r, Basis: d.code("basis")}},
		&casefile.SendReferral{ReferralSent: casefile.ReferralSent{Referral: r, Share: s, DueOn: d.day()}, Parcel: parcel},
		&casefile.ResendReferral{ReferralResent: casefile.ReferralResent{Referral: r, Share: s, DueOn: d.day()}, Parcel: parcel},
		&casefile.ReceiveReferral{ReferralReceived: casefile.ReferralReceived{Referral: r}},
		&casefile.AcceptReferral{ReferralAccepted: casefile.ReferralAccepted{Referral: r}},
		&casefile.DeclineReferral{ReferralDeclined: casefile.ReferralDeclined{Referral: r, Reason: "full"}},
		&casefile.ProgressReferral{ReferralProgressed: casefile.ReferralProgressed{Referral: r, Step: d.of("met", "viewing")}},
		&casefile.ReturnReferral{ReferralReturned: casefile.ReferralReturned{Referral: r, Reason: "x"}},
		&casefile.CompleteReferral{ReferralCompleted: casefile.ReferralCompleted{Referral: r, Result: "partly"}},
		&casefile.CancelReferral{ReferralCancelled: casefile.ReferralCancelled{Referral: r, Reason: d.of("consent_withdrawn", "error")}},
		&casefile.LapseReferral{ReferralLapsed: casefile.ReferralLapsed{Referral: r}},
	}
}

func (d dice) placed() []cmd {
	w, evidence, who := d.id("w"), d.code("evidence_kind"), d.of("p1", "p2", "p3")
	grade := d.of(domain.GradeOf(evidence), "c")
	return []cmd{
		&casefile.RegisterJobseeker{JobseekerRegistered: casefile.JobseekerRegistered{Registration: d.id("j"), ValidUntil: d.day()}},
		&casefile.EndJobseekerRegistration{JobseekerRegistrationEnded: casefile.JobseekerRegistrationEnded{Registration: d.id("j"), Reason: "placed"}},
		&casefile.IntroduceJob{JobIntroduced: casefile.JobIntroduced{Placement: w, Person: who, Introducer: d.id("co"), WorkplacePref: "31", Industry: "E"}},
		&casefile.MakeApplication{ApplicationMade: casefile.ApplicationMade{Placement: w}},
		&casefile.HoldInterview{InterviewHeld: casefile.InterviewHeld{Placement: w}},
		&casefile.ReceiveOffer{OfferReceived: casefile.OfferReceived{Placement: w, OfferKind: "student"}},
		&casefile.DeclineOffer{OfferDeclined: casefile.OfferDeclined{Placement: w, Reason: "x"}},
		&casefile.WithdrawOffer{OfferWithdrawn: casefile.OfferWithdrawn{Placement: w, Reason: "x"}},
		&casefile.DecidePlacement{PlacementDecided: casefile.PlacementDecided{Placement: w, Person: who, Route: "self", Contract: "part", WorkplacePref: "31", Industry: "E"}},
		&casefile.FallThroughPlacement{PlacementFellThrough: casefile.PlacementFellThrough{Placement: w, By: "person", Reason: "x"}},
		&casefile.StartEmployment{EmploymentStarted: casefile.EmploymentStarted{Placement: w}},
		&casefile.EndEmployment{EmploymentEnded: casefile.EmploymentEnded{Placement: w, Reason: "resigned"}},
		&casefile.CheckEmployment{EmploymentChecked: casefile.EmploymentChecked{Placement: w, Months: 3 * d.IntN(3), Still: "no", EvidenceKind: evidence}},
		&casefile.ConfirmPlacement{PlacementConfirmed: casefile.PlacementConfirmed{Placement: w, Confirmation: d.id("k"), Confirms: d.code("confirms"), Grade: grade, EvidenceKind: evidence}},
		&casefile.WithdrawPlacementConfirmation{PlacementConfirmationWithdrawn: casefile.PlacementConfirmationWithdrawn{Placement: w, Confirmation: d.id("k"), Reason: "x"}},
		&casefile.AmendPlacement{PlacementAmended: casefile.PlacementAmended{Placement: w, Amendment: amend(d.of("decided_on", "started_on", "ended_on", "x"), d.day().String(), d.day().String())}},
		&casefile.VoidPlacement{PlacementVoided: casefile.PlacementVoided{Placement: w, Reason: "test"}},
		&casefile.MatchSideJob{SideJobMatched: casefile.SideJobMatched{SideJob: d.id("x"), Person: who, Industry: "E"}},
		&casefile.EndSideJob{SideJobEnded: casefile.SideJobEnded{SideJob: d.id("x"), Reason: "x"}},
	}
}

func (d dice) relocated() []cmd {
	m, evidence, who := d.id("m"), d.code("evidence_kind"), []string{d.of("p1", "p2", "p3")}
	k := casefile.Classification{
		Relocation: m, RuleVersion: d.of(moverule.Tottori, moverule.Okayama), Reason: d.code("move_reason"), HasPredecessor: d.code("yes_no"),
		PlannedStay: d.code("planned_stay"), Decision: d.flag(), Counts: d.flag(), Turn: "i", HeadAgeBand: "30s", HouseholdSize: d.IntN(3),
	}
	return []cmd{
		&casefile.PlanRelocation{RelocationPlanned: casefile.RelocationPlanned{Relocation: m, PlannedOn: d.day(), ToRegion: "west"}},
		&casefile.SecureHousing{HousingSecured: casefile.HousingSecured{Relocation: m, Kind: "rent"}},
		&casefile.MoveIn{MovedIn: casefile.MovedIn{
			Relocation: m, Movers: append(who, "p1"), Head: "p1", Household: "h1", FromPref: d.of("13", "31"), ToLG: d.of("312011", "312029", "332011"),
			Register: d.IntN(5) > 0, Reason: k.Reason, HasPredecessor: d.of("", "no"), PlannedStay: k.PlannedStay,
		}},
		&casefile.ConfirmRelocation{RelocationConfirmed: casefile.RelocationConfirmed{Relocation: m, Confirmation: d.id("k"), Grade: domain.GradeOf(evidence), EvidenceKind: evidence}},
		&casefile.WithdrawRelocationConfirmation{RelocationConfirmationWithdrawn: casefile.RelocationConfirmationWithdrawn{Relocation: m, Confirmation: d.id("k"), Reason: "x"}},
		&casefile.ClassifyRelocation{RelocationClassified: casefile.RelocationClassified{Classification: k}},
		&casefile.ReclassifyRelocation{RelocationReclassified: casefile.RelocationReclassified{Classification: k, Why: "error"}},
		&casefile.MoveWithin{MovedWithin: casefile.MovedWithin{Relocation: m, Persons: who, ToLG: d.of("312011", "312029")}},
		&casefile.MoveOut{MovedOut: casefile.MovedOut{Relocation: m, Persons: who, ToPref: "13", Reason: "work"}},
		&casefile.CheckStay{StayChecked: casefile.StayChecked{Relocation: m, Months: 6 * d.IntN(3), Persons: who, Still: "yes", EvidenceKind: evidence}},
		&casefile.AmendRelocation{RelocationAmended: casefile.RelocationAmended{Relocation: m, Amendment: amend("moved_in_on", d.day().String(), d.day().String())}},
		&casefile.VoidRelocation{RelocationVoided: casefile.RelocationVoided{Relocation: m, Reason: "test"}},
		&casefile.RecordTwoBase{TwoBaseRecorded: casefile.TwoBaseRecorded{TwoBase: d.id("b"), Person: who[0], Region: "east"}},
		&casefile.CheckGrant{GrantChecked: casefile.GrantChecked{Check: d.id("q"), Scheme: d.of(casefile.NationalGrant, "x"), RuleVersion: "FY2019", PlannedMoveinOn: d.day(), Result: "unclear"}},
		&casefile.ApplyGrant{GrantApplied: casefile.GrantApplied{Grant: d.id("g"), Scheme: casefile.NationalGrant, RuleVersion: d.of("FY2019", "FY2022"), Relocation: m}},
		&casefile.DecideGrant{GrantDecided: casefile.GrantDecided{Grant: d.id("g"), Granted: d.flag()}},
		&casefile.OrderGrantReturn{GrantReturnOrdered: casefile.GrantReturnOrdered{Grant: d.id("g"), Share: d.of("full", "half"), Reason: d.code("grant_return_reason")}},
		&casefile.RecogniseTravelSubsidy{TravelSubsidyRecognised: casefile.TravelSubsidyRecognised{Subsidy: d.id("y"), VisitFrom: d.day(), VisitTo: d.day()}},
		&casefile.ClaimTravelSubsidy{TravelSubsidyClaimed: casefile.TravelSubsidyClaimed{Subsidy: d.id("y")}},
	}
}

// Whatever is asked of outcomes in whatever order: no panic, nothing but
// refusals, and the laws of their state hold after each event.
func TestOutcomesKeepTheirLaws(t *testing.T) {
	came := map[string]int{}
	for seed := range uint64(40) {
		d := dice{rand.New(rand.NewPCG(seed, 7))}
		c := casefile.Aggregate.New()
		version := uint64(0)
		tell := func(by string, on japan.Date, events ...ev) {
			for _, e := range events {
				version++
				e.Apply(c, domain.Envelope{Version: int(version), Occurred: on, RecordedBy: by, Controller: "31"})
				came[fmt.Sprintf("%T", e)]++
			}
		}
		tell("co0", today, caseOpened, member("p2"))
		for range 900 {
			asked := [][]cmd{d.shared(), d.placed(), d.relocated()}[d.IntN(3)]
			in := domain.Intent{
				Command: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, seed, version)), Actor: given.Desk(d.id("co"), domain.Counsellor),
				Now: today.Add(50).Start().Add(9 * time.Hour), Occurred: d.day(), Version: version, Preview: &version,
				Stream: "c1", Controller: "31", Look: outcomeWorld(),
			}
			if d.flag() {
				in.Actor = given.Desk("ld1", domain.Lead)
			}
			events, err := asked[d.IntN(len(asked))].Decide(c, in)
			var r *domain.Refusal
			require.True(t, err == nil || errors.As(err, &r), "%v", err)
			require.True(t, err == nil || events == nil)
			tell(in.Actor.Account, in.Occurred, events...)
			outcomesLawful(t, c)
		}
	}
	for _, must := range []ev{
		&casefile.ReferralCompleted{}, &casefile.ReferralResent{}, &casefile.SharingAnswered{}, &casefile.EmploymentEnded{},
		&casefile.PlacementConfirmed{}, &casefile.RelocationReclassified{}, &casefile.RelocationConfirmed{}, &casefile.MovedOut{},
		&casefile.GrantReturnOrdered{}, &casefile.TravelSubsidyClaimed{}, &casefile.SideJobEnded{},
	} {
		require.Positive(t, came[fmt.Sprintf("%T", must)], "%T never came", must)
	}
}

// outcomesLawful holds outcomes to what no sequence of commands may break.
func outcomesLawful(t *testing.T, c *file) {
	t.Helper()
	for id, r := range c.Referrals {
		if r.State != "proposed" && r.State != "agreed" && r.State != "cancelled" {
			require.Equal(t, id, c.Shares[r.Share].Referral, "a referral was sent without a share")
		}
	}
	for _, s := range c.Shares {
		require.NotEmpty(t, s.Basis)
		require.True(t, s.Basis != "consent_or_to_self" || s.Consent != "")
	}
	for _, p := range c.Placements {
		require.True(t, p.StartedOn == 0 || p.DecidedOn <= p.StartedOn)
		require.True(t, p.EndedOn == 0 || p.StartedOn <= p.EndedOn)
		for _, k := range p.Confirmations {
			require.NotContains(t, []string{p.Introducer, p.DecidedBy}, k.By)
			require.Equal(t, domain.GradeOf(k.Evidence), k.Grade)
		}
	}
	seen := map[string]bool{}
	for _, r := range c.Relocations {
		movesLawful(t, c, r, seen)
	}
	for _, g := range c.Grants {
		require.True(t, g.Returned == "" || g.Granted)
	}
	require.Equal(t, c.Now().AchievedOn != 0, c.Now().Achieved)
}

func movesLawful(t *testing.T, c *file, r *casefile.Relocation, seen map[string]bool) {
	t.Helper()
	owner, _ := c.OwnedOn(r.MovedInOn)
	for _, k := range r.Confirmations {
		require.NotContains(t, []string{r.MovedInBy, owner}, k.By)
	}
	if k := r.Class; k != nil {
		verdict := moverule.Evaluate(k.RuleVersion, moverule.Facts{
			Reason: k.Reason, HasPredecessor: k.HasPredecessor, PlannedStay: k.PlannedStay, Decision: k.Decision,
		})
		require.Equal(t, verdict.Counts, k.Counts)
	}
	mine := map[string]bool{}
	for _, p := range r.Movers {
		key := p + r.MovedInOn.String()
		require.False(t, r.State != "voided" && seen[key], "one person moved in twice a day")
		mine[key] = r.State != "voided"
		require.True(t, r.Out[p] == 0 || r.Out[p] >= r.MovedInOn)
	}
	for key, stands := range mine {
		seen[key] = seen[key] || stands
	}
}
