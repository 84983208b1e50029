package casefile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

var (
	seeker     = &casefile.JobseekerRegistered{Registration: "j1", ValidUntil: japan.On(2020, 3, 31), Number: "13-1"}
	introduced = &casefile.JobIntroduced{
		Placement: "w1", Person: "p1", Introducer: "co5", WorkplacePref: "31", Industry: "E", Employer: "甲社",
	}
	applied     = &casefile.ApplicationMade{Placement: "w1"}
	interviewed = &casefile.InterviewHeld{Placement: "w1"}
	offered     = &casefile.OfferReceived{Placement: "w1", OfferKind: "experienced"}
	decided     = &casefile.PlacementDecided{
		Placement: "w1", Person: "p1", Route: "introduced", Contract: "indefinite", WorkplacePref: "31", Industry: "E",
	}
	started = &casefile.EmploymentStarted{Placement: "w1"}
	endedW  = &casefile.EmploymentEnded{Placement: "w1", Reason: "resigned"}
	voidedW = &casefile.PlacementVoided{Placement: "w1", Reason: "test"}
)

func placementPaths() map[string]evs {
	begun := evs{seeker, introduced}
	return map[string]evs{
		"none": {seeker}, "introduced": begun, "applied": then(begun, applied),
		"interviewed": then(begun, applied, interviewed), "offered": then(begun, offered),
		"declined":  then(begun, offered, &casefile.OfferDeclined{Placement: "w1", Reason: "far"}),
		"withdrawn": then(begun, offered, &casefile.OfferWithdrawn{Placement: "w1", Reason: "full"}),
		"decided":   then(begun, decided), "started": then(begun, decided, started), "ended": then(begun, decided, started, endedW),
		"fell_through": then(begun, decided, &casefile.PlacementFellThrough{Placement: "w1", By: "employer", Reason: "x"}),
		"voided":       then(begun, decided, voidedW),
	}
}

func TestPlacementMachine(t *testing.T) {
	paths := placementPaths()
	delete(paths, "none")
	machine{
		refusal: "placement.state",
		paths:   paths,
		actions: map[string]action{
			"apply":     {&casefile.MakeApplication{ApplicationMade: *applied}, "introduced", "applied"},
			"interview": {&casefile.HoldInterview{InterviewHeld: *interviewed}, "applied", "interviewed"},
			"offer":     {&casefile.ReceiveOffer{OfferReceived: *offered}, "introduced applied interviewed", "offered"},
			"decline": {&casefile.DeclineOffer{OfferDeclined: casefile.OfferDeclined{Placement: "w1", Reason: "far"}},
				"introduced applied interviewed offered", "declined"},
			"withdraw": {&casefile.WithdrawOffer{OfferWithdrawn: casefile.OfferWithdrawn{Placement: "w1", Reason: "full"}},
				"introduced applied interviewed offered", "withdrawn"},
			"decide": {&casefile.DecidePlacement{PlacementDecided: *decided},
				"introduced applied interviewed offered", "decided started ended"},
			"fall through": {&casefile.FallThroughPlacement{PlacementFellThrough: casefile.PlacementFellThrough{Placement: "w1", By: "person", Reason: "x"}},
				"decided", "fell_through"},
			"start": {&casefile.StartEmployment{EmploymentStarted: *started}, "decided", "started"},
			"end":   {&casefile.EndEmployment{EmploymentEnded: *endedW}, "started", "ended"},
			"void":  {&casefile.VoidPlacement{PlacementVoided: *voidedW}, "decided started ended", "voided"},
			"confirm": {&casefile.ConfirmPlacement{PlacementConfirmed: casefile.PlacementConfirmed{
				Placement: "w1", Confirmation: "k1", Confirms: "decision", Grade: "b", EvidenceKind: "employer_answer",
			}}, "decided started ended", ""},
			"confirm start": {&casefile.ConfirmPlacement{PlacementConfirmed: casefile.PlacementConfirmed{
				Placement: "w1", Confirmation: "k1", Confirms: "start", Grade: "b", EvidenceKind: "employer_answer",
			}}, "started ended", ""},
			"check": {&casefile.CheckEmployment{EmploymentChecked: casefile.EmploymentChecked{
				Placement: "w1", Months: 6, Still: "yes", EvidenceKind: "person_statement",
			}}, "started ended", ""},
		},
	}.run(t)
}

func TestPlacementMayBeginWithTheDecision(t *testing.T) {
	outcomeScene(t).When(&casefile.DecidePlacement{PlacementDecided: *decided}).Then(decided)
	other := *decided
	other.Person = "p3"
	outcomeScene(t).When(&casefile.DecidePlacement{PlacementDecided: other}).Refused("case.not_member")
	outcomeScene(t, seeker, introduced, member("p3")).When(&casefile.DecidePlacement{PlacementDecided: other}).Refused("case.not_member")
}

func TestIntroductionNeedsARegisteredJobseeker(t *testing.T) {
	cmd := &casefile.IntroduceJob{JobIntroduced: *introduced}
	outcomeScene(t, seeker).When(cmd).Then(introduced)
	outcomeScene(t).When(cmd).Refused("jobseeker.not_registered")
	expired := &casefile.JobseekerRegistered{Registration: "j1", ValidUntil: today.Add(-1)}
	outcomeScene(t, expired).When(cmd).Refused("jobseeker.not_registered")
	ended := &casefile.JobseekerRegistrationEnded{Registration: "j1", Reason: "withdrawn"}
	outcomeScene(t, seeker, ended).When(cmd).Refused("jobseeker.not_registered")
	stranger := *introduced
	stranger.Person = "p3"
	outcomeScene(t, seeker).When(&casefile.IntroduceJob{JobIntroduced: stranger}).Refused("case.not_member")
}

func TestJobseekerRegistrationRunsValidEnded(t *testing.T) {
	ended := &casefile.JobseekerRegistrationEnded{Registration: "j1", Reason: "expired"}
	end := &casefile.EndJobseekerRegistration{JobseekerRegistrationEnded: *ended}
	outcomeScene(t).When(&casefile.RegisterJobseeker{JobseekerRegistered: *seeker}).Then(seeker)
	outcomeScene(t).When(&casefile.RegisterJobseeker{JobseekerRegistered: casefile.JobseekerRegistered{Registration: "j1", ValidUntil: today.Add(-1)}}).Refused("date.order")
	outcomeScene(t, seeker).When(end).Then(ended)
	outcomeScene(t, seeker, ended).When(end).Nothing()
	outcomeScene(t).When(end).Refused("entity.unknown")
}

func TestDecisionAndStartPlanWhatFollows(t *testing.T) {
	april := japan.On(2020, 4, 1)
	soon := *decided
	soon.StartPlannedOn = april
	outcomeScene(t).When(&casefile.DecidePlacement{PlacementDecided: soon}).ThenState(func(c *file) {
		require.Equal(t, map[string]japan.Date{"confirm_start w1": april}, planned(c))
	})
	start := &casefile.StartEmployment{EmploymentStarted: *started}
	outcomeScene(t, decided).At(april).When(start).ThenState(func(c *file) {
		require.Equal(t, map[string]japan.Date{
			"employment_check w1": japan.On(2020, 7, 1), "employment_check w1+": japan.On(2020, 10, 1),
			"employment_check w1++": japan.On(2021, 4, 1), "confirm_start w1": april,
		}, planned(c))
	})
	task := &casefile.TaskPlanned{Task: "t1", Kind: "confirm_start", About: "w1", DueOn: april, Owner: "co1"}
	outcomeScene(t, decided, task).At(april).When(start).ThenState(func(c *file) { require.Len(t, c.Tasks, 4) })
	outcomeScene(t, decided).At(today.Add(-1)).When(start).Refused("date.order")
	outcomeScene(t, decided, started).At(today.Add(-1)).When(&casefile.EndEmployment{EmploymentEnded: *endedW}).Refused("date.order")
}

func TestNobodyConfirmsTheirOwnPlacement(t *testing.T) {
	proof := func(change func(*casefile.PlacementConfirmed)) cmd {
		e := casefile.PlacementConfirmed{Placement: "w1", Confirmation: "k1", Confirms: "start", Grade: "a", EvidenceKind: "insurance_record"}
		change(&e)
		return &casefile.ConfirmPlacement{PlacementConfirmed: e}
	}
	whole := proof(func(*casefile.PlacementConfirmed) {})
	scene := func(by string) *given.Scene[file] {
		return outcomeScene(t, seeker, introduced).GivenBy("co6", today, decided).GivenBy("co7", today, started).By(given.Desk(by))
	}
	for _, officer := range []string{"co5", "co6", "co7"} { // introducer, recorders
		scene(officer).When(whole).Refused("evidence.same_officer")
	}
	scene("co8").When(whole).ThenState(func(c *file) {
		require.Equal(t, "co8", c.Placements["w1"].Confirmations["k1"].By)
	})
	scene("co8").When(proof(func(e *casefile.PlacementConfirmed) { e.Grade = "b" })).Refused("evidence.grade")
	scene("co8").When(proof(func(e *casefile.PlacementConfirmed) { e.Placement = "w9" })).Refused("entity.unknown")
	// A paper that is named lies in the case.
	paper := &casefile.DocumentAttached{Document: "d1", Kind: "contract", Cipher: strings.Repeat("ab", 32), Bytes: 9, FileName: "契約.pdf"}
	named := proof(func(e *casefile.PlacementConfirmed) { e.Document = "d1" })
	scene("co8").When(named).Refused("entity.unknown")
	scene("co8").Given(paper).When(named).ThenState(func(c *file) { require.NotNil(t, c.Placements["w1"].Confirmations["k1"]) })
	scene("co8").Given(paper, &casefile.DocumentRemoved{Document: "d1", Reason: "wrong_file"}).When(named).Refused("entity.unknown")
	// A partner confirms what was shared with it, also after the case closed.
	pt := given.Desk("pt1", domain.Partner)
	pt.Partner = "city"
	scene("").By(pt).When(whole).Refused("account.not_allowed")
	scene("").Given(handedOn, caseClosed()).By(pt).When(whole).ThenState(func(*file) {})
}

func TestConfirmationIsWithdrawnOnce(t *testing.T) {
	proof := &casefile.PlacementConfirmed{Placement: "w1", Confirmation: "k1", Confirms: "decision", Grade: "c", EvidenceKind: "person_statement"}
	gone := casefile.PlacementConfirmationWithdrawn{Placement: "w1", Confirmation: "k1", Reason: "forged"}
	take := &casefile.WithdrawPlacementConfirmation{PlacementConfirmationWithdrawn: gone}
	outcomeScene(t, decided, proof).When(take).
		ThenState(func(c *file) { require.True(t, c.Placements["w1"].Confirmations["k1"].Withdrawn) }).
		Then(&gone)
	caseScene(t, decided, proof).When(take).Refused("preview.missing")
	outcomeScene(t, decided).When(take).Refused("entity.unknown")
	outcomeScene(t).When(take).Refused("entity.unknown")
}

func amend(field, old, fresh string) casefile.Amendment {
	a := casefile.Amendment{Field: field, Reason: "error"}
	if old != "" {
		a.Old = []string{old}
	}
	if fresh != "" {
		a.New = []string{fresh}
	}
	return a
}

func TestPlacementIsAmendedFieldByField(t *testing.T) {
	past := evs{decided, started}
	for name, c := range map[string]struct {
		a    casefile.Amendment
		want string
	}{
		"contract":               {amend("contract", "indefinite", "part"), ""},
		"start a day earlier":    {amend("started_on", "2019-06-01", "2019-05-31"), "date.order"},
		"decision a day earlier": {amend("decided_on", "2019-06-01", "2019-05-31"), ""},
		"start tomorrow":         {amend("started_on", "2019-06-01", "2019-06-02"), "date.in_future"},
		"an end that never came": {amend("ended_on", "", "2019-06-01"), "amend.field"},
		"no such field":          {amend("person", "p1", "p2"), "amend.field"},
		"read too early":         {amend("contract", "part", "fixed_4m"), "amend.stale"},
		"no such contract":       {amend("contract", "indefinite", "forever"), "field.code"},
		"no contract":            {amend("contract", "indefinite", ""), "field.required"},
		"a region":               {amend("workplace_region", "", "west"), ""},
		"true already":           {amend("contract", "part", "indefinite"), nothing},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := &casefile.AmendPlacement{PlacementAmended: casefile.PlacementAmended{Placement: "w1", Amendment: c.a}}
			require.Equal(t, c.want, outcomeOf(outcomeScene(t, past...), cmd))
		})
	}
	move := &casefile.AmendPlacement{PlacementAmended: casefile.PlacementAmended{Placement: "w1", Amendment: amend("decided_on", "2019-06-01", "2019-05-31")}}
	outcomeScene(t, past...).When(move).ThenState(func(c *file) { require.Equal(t, japan.On(2019, 5, 31), c.Placements["w1"].DecidedOn) })
	caseScene(t, past...).When(move).Refused("preview.missing")
	outcomeScene(t, decided, voidedW).When(move).Refused("placement.state")
	outcomeScene(t).When(move).Refused("entity.unknown")

	told := &casefile.AmendPlacement{PlacementAmended: casefile.PlacementAmended{
		Placement: "w1", Amendment: amend("employer", "", ""), OldText: "甲社", NewText: "乙社",
	}}
	outcomeScene(t, past...).WhenTold(told).Then(&told.PlacementAmended)
	caseScene(t, past...).When(told).Refused("preview.missing")
	told.NewText = ""
	outcomeScene(t, past...).When(told).Refused("field.required")
}

func TestVoidingAndCheckingAPlacement(t *testing.T) {
	void := &casefile.VoidPlacement{PlacementVoided: *voidedW}
	caseScene(t, decided).When(void).Refused("preview.missing")
	outcomeScene(t, decided).When(void).ThenState(func(c *file) {
		on, achieved := c.Now().AchievedOn, c.Now().Achieved
		require.False(t, achieved)
		require.Zero(t, on)
	})
	odd := &casefile.CheckEmployment{EmploymentChecked: casefile.EmploymentChecked{Placement: "w1", Months: 5, Still: "yes", EvidenceKind: "person_statement"}}
	outcomeScene(t, decided, started).When(odd).Refused("field.code")
	odd.Months = 3
	outcomeScene(t, decided, started, caseClosed()).When(odd).Then(&odd.EmploymentChecked)
	outcomeScene(t).When(odd).Refused("entity.unknown")
}

// Only a placement that stands is an outcome.
func TestCaseIsClosedAsPlacedOnlyWithAPlacement(t *testing.T) {
	end := &casefile.Close{Closed: casefile.Closed{Outcome: "placed"}}
	for state, past := range placementPaths() {
		want := "case.no_outcome"
		if within("decided started ended", state) {
			want = ""
		}
		require.Equal(t, want, outcomeOf(outcomeScene(t, past...), end), state)
	}
}

func TestSideJobRunsMatchedEnded(t *testing.T) {
	matched := &casefile.SideJobMatched{SideJob: "x1", Person: "p1", Remote: true, Industry: "G", Employer: "丙社"}
	ended := &casefile.SideJobEnded{SideJob: "x1", Reason: "term"}
	match, end := &casefile.MatchSideJob{SideJobMatched: *matched}, &casefile.EndSideJob{SideJobEnded: *ended}
	outcomeScene(t).When(match).ThenState(func(c *file) { require.False(t, c.Now().Achieved) }).Then(matched)
	outcomeScene(t, matched).When(end).Then(ended)
	outcomeScene(t, matched, ended).When(end).Nothing()
	outcomeScene(t, matched).At(today.Add(-1)).When(end).Refused("date.order")
	outcomeScene(t).When(end).Refused("entity.unknown")
	outcomeScene(t).By(given.Desk("pt1", domain.Partner)).When(match).Refused("account.not_allowed")
	stranger := *matched
	stranger.Person = "p3"
	outcomeScene(t).When(&casefile.MatchSideJob{SideJobMatched: stranger}).Refused("case.not_member")
}
