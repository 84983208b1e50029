package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func opening(change ...func(*casefile.Opened)) *casefile.Open {
	o := *caseOpened
	for _, f := range change {
		f(&o)
	}
	return &casefile.Open{Opened: o}
}

func anew(o *casefile.Opened) { o.NewEpisode = true }

func TestCaseIsOpenedOnce(t *testing.T) {
	given.Stream(t, casefile.Aggregate, "c1").In(world()).When(opening()).
		ThenState(func(c *file) {
			require.Equal(t, domain.CaseNow{
				ID: "c1", Controller: "31", Lead: "p1", Owner: "co1", Desk: "D-TKY",
				State: "open", OpenedOn: japan.On(2019, 6, 1),
			}, c.Now())
			require.Equal(t, "interest", c.Stage)
		}).
		Then(caseOpened)
}

func TestOpeningRefuses(t *testing.T) {
	ask := func(w *given.World, c *casefile.Open) *given.Scene[file] {
		return given.Stream(t, casefile.Aggregate, "c1").In(w).When(c)
	}
	ask(world(), opening(func(o *casefile.Opened) { o.TargetPref = "13" })).Refused("case.target")
	ask(world(), opening(func(o *casefile.Opened) { o.Person = "nobody" })).Refused("entity.unknown")
	ask(world(), opening(func(o *casefile.Opened) { o.PriorCase = "none" })).Refused("entity.unknown")
	ask(world(), opening(func(o *casefile.Opened) { o.Person = "okayama" })).Refused("controller.mismatch")
	ask(withPerson("p1", erased), opening()).Refused("person.is_erased")
	ask(world(), opening(func(o *casefile.Opened) { o.Person = "p3" })).Refused("case.already_open")
	ask(world(), opening(anew)).Refused("case.same_episode")
	undecided := opening(func(o *casefile.Opened) { o.TargetPref = "undecided" })
	ask(world(), undecided).Then(&undecided.Opened)
}

func TestUnlistedTargetIsRefusedByItsOwnKey(t *testing.T) {
	err := domain.Check(opening(func(o *casefile.Opened) { o.TargetPref = "13" }))
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, "case.target", r.Key)
}

// The episode ended with an outcome on 2019-04-01; the person came back when the
// address of 2020-02-01 was recorded.
func TestNewEpisodeNeedsAnOutcomeAndAYearOutside(t *testing.T) {
	achieved := domain.CaseNow{
		ID: "c0", Controller: "31", Lead: "p1", State: "closed", OpenedOn: japan.On(2018, 6, 1),
		Achieved: true, AchievedOn: japan.On(2019, 4, 1),
	}
	later := domain.CaseNow{ID: "c01", Controller: "31", Lead: "p1", State: "closed", NewEpisode: true, OpenedOn: japan.On(2020, 4, 2)}
	for _, c := range []struct {
		name  string
		cases []domain.CaseNow
		pref  string
		moved japan.Date
		on    japan.Date
		want  string
	}{
		{"a year outside", []domain.CaseNow{achieved}, "13", japan.On(2020, 2, 1), japan.On(2021, 2, 1), ""},
		{"a day short", []domain.CaseNow{achieved}, "13", japan.On(2020, 2, 1), japan.On(2021, 1, 31), "case.same_episode"},
		{"outcome too young", []domain.CaseNow{achieved}, "13", 0, japan.On(2020, 3, 31), "case.same_episode"},
		{"still inside", []domain.CaseNow{achieved}, "31", japan.On(2019, 4, 1), japan.On(2021, 2, 1), "case.same_episode"},
		{"residence unknown", []domain.CaseNow{achieved}, "", 0, japan.On(2021, 2, 1), "case.same_episode"},
		{"last episode without outcome", []domain.CaseNow{later, achieved}, "13", 0, japan.On(2022, 2, 1), "case.same_episode"},
		{"outcome of the other prefecture", []domain.CaseNow{{ID: "x", Controller: "33", Lead: "p1", Achieved: true}}, "13", 0, japan.On(2022, 2, 1), "case.same_episode"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := withPerson("p1", func(p *domain.PersonNow) { p.ResidencePref, p.AddressOn = c.pref, c.moved })
			w.Cases = c.cases
			s := given.Stream(t, casefile.Aggregate, "c1").In(w).At(c.on)
			require.Equal(t, c.want, outcomeOf(s, opening(anew)))
		})
	}
}

// A person merged into another may not have two cases, whoever of them led one.
func TestAlreadyOpenSeesThroughMerges(t *testing.T) {
	w := withPerson("p3", func(p *domain.PersonNow) { p.State, p.Into = "merged", "p1" })
	w.Cases = append(w.Cases, domain.CaseNow{ID: "c1a", Controller: "31", Lead: "p1", State: "dormant"})
	given.Stream(t, casefile.Aggregate, "c1").In(w).
		When(opening(func(o *casefile.Opened) { o.Person = "p3" })).Refused("case.already_open")
	w.Cases[len(w.Cases)-1].State = "closed"
	given.Stream(t, casefile.Aggregate, "c1").In(w).When(opening()).Then(caseOpened)
}

// Every command on the case's state in every state (events.md 5.2).
func TestCaseStates(t *testing.T) {
	contact := held("s1")
	dormant := &casefile.MadeDormant{SilentDays: 180}
	pasts := map[string]evs{
		"open": nil, "active": {contact}, "dormant": {contact, dormant}, "closed": {contact, caseClosed()},
	}
	commands := map[string]cmd{
		"make_dormant": &casefile.MakeDormant{MadeDormant: *dormant},
		"resume":       &casefile.Resume{},
		"close":        &casefile.Close{Closed: *caseClosed()},
		"reopen":       &casefile.Reopen{Reopened: casefile.Reopened{Reason: "returned"}},
	}
	want := map[string]map[string]string{
		"open":    {"make_dormant": "case.state", "resume": "case.state", "close": "", "reopen": "case.state"},
		"active":  {"make_dormant": "", "resume": nothing, "close": "", "reopen": nothing},
		"dormant": {"make_dormant": nothing, "resume": "", "close": "", "reopen": "case.state"},
		"closed":  {"make_dormant": "case.is_closed", "resume": "case.is_closed", "close": "case.is_closed", "reopen": ""},
	}
	after := map[string]casefile.State{
		"make_dormant": casefile.StateDormant, "resume": casefile.StateActive,
		"close": casefile.StateClosed, "reopen": casefile.StateActive,
	}
	for state, past := range pasts {
		for name, c := range commands {
			t.Run(state+" "+name, func(t *testing.T) {
				s := caseScene(t, past...)
				require.Equal(t, want[state][name], outcomeOf(s, c))
				if want[state][name] == "" {
					s.ThenState(func(c *file) { require.Equal(t, after[name], c.State) })
				}
			})
		}
	}
}

func TestClosingNamesAnOutcomeThatWasReached(t *testing.T) {
	for _, outcome := range []string{"placed", "relocated", "placed_and_relocated"} {
		caseScene(t).When(&casefile.Close{Closed: casefile.Closed{Outcome: outcome}}).Refused("case.no_outcome")
	}
	placed := &casefile.PlacementDecided{Placement: "w1", Person: "p1", Route: "self", Contract: "indefinite", WorkplacePref: "31", Industry: "P"}
	moved := &casefile.MovedIn{
		Relocation: "m1", Movers: []string{"p1"}, Head: "p1", Household: "h1", FromPref: "13", ToLG: "312011",
		Register: true, Reason: "employment", HasPredecessor: "no", PlannedStay: "permanent",
	}
	asked := &casefile.ReferralProposed{Referral: "r1", Partner: "town", Purpose: "housing"}
	dropped := &casefile.ReferralCancelled{Referral: "r1", Reason: "person_wish"}
	as := func(outcome string) cmd { return &casefile.Close{Closed: casefile.Closed{Outcome: outcome}} }
	walk(t, []step{
		{"placed", evs{placed}, as("placed"), ""},
		{"placed only", evs{placed}, as("placed_and_relocated"), "case.no_outcome"},
		{"moved", evs{moved}, as("relocated"), ""},
		{"moved only", evs{moved}, as("placed"), "case.no_outcome"},
		{"both", evs{placed, moved}, as("placed_and_relocated"), ""},
		{"placement voided", evs{placed, &casefile.PlacementVoided{Placement: "w1", Reason: "error"}}, as("placed"), "case.no_outcome"},
		{"referral open", evs{asked}, as("gave_up"), "case.referral_open"},
		{"referral cancelled", evs{asked, dropped}, as("gave_up"), ""},
		{"stage placed", evs{placed}, &casefile.ChangeStage{StageChanged: casefile.StageChanged{From: "interest", To: "achieve"}}, ""},
		{"stage moved", evs{moved}, &casefile.ChangeStage{StageChanged: casefile.StageChanged{From: "interest", To: "achieve"}}, ""},
	})
	closed := &casefile.Closed{Outcome: "unreachable", Reason: "moved", Remark: "電話に出ない"}
	caseScene(t).When(&casefile.Close{Closed: *closed}).
		ThenState(func(c *file) {
			require.Equal(t, "unreachable", c.Outcome)
			require.Equal(t, japan.On(2019, 6, 1), c.ClosedOn)
		}).
		Then(closed)
}

func TestReopeningTakesTheOutcomeBack(t *testing.T) {
	reopened := &casefile.Reopened{Reason: "returned"}
	caseScene(t, caseClosed()).When(&casefile.Reopen{Reopened: *reopened}).
		ThenState(func(c *file) {
			require.Empty(t, c.Outcome)
			require.Zero(t, c.ClosedOn)
		}).
		Then(reopened)
}

func TestDormancyCountsDaysForward(t *testing.T) {
	caseScene(t, held("s1")).When(&casefile.MakeDormant{MadeDormant: casefile.MadeDormant{SilentDays: -1}}).Refused("field.range")
}

func TestContactBeginsAndWakes(t *testing.T) {
	dormant := &casefile.MadeDormant{SilentDays: 200}
	booked := &casefile.BookingMade{Booking: "b1", SlotOn: japan.On(2019, 7, 1), SlotTime: ptr(1000), Channel: "phone", Desk: "D-TKY", Categories: []string{"job"}}
	for _, c := range []struct {
		name string
		past evs
		want casefile.State
	}{
		{"session begins", evs{held("s1")}, casefile.StateActive},
		{"messages begin", evs{messages(1, 0)}, casefile.StateActive},
		{"referral begins", evs{&casefile.ReferralProposed{Referral: "r1", Partner: "town", Purpose: "housing"}}, casefile.StateActive},
		{"booking does not begin", evs{booked}, casefile.StateOpen},
		{"letter does not begin", evs{letter()}, casefile.StateOpen},
		{"session wakes", evs{held("s1"), dormant, held("s2")}, casefile.StateActive},
		{"messages wake", evs{held("s1"), dormant, messages(1, 1)}, casefile.StateActive},
		{"booking wakes", evs{held("s1"), dormant, booked}, casefile.StateActive},
		{"letter does not wake", evs{held("s1"), dormant, letter()}, casefile.StateDormant},
	} {
		t.Run(c.name, func(t *testing.T) {
			caseScene(t, c.past...).When(&casefile.AddMember{MemberAdded: casefile.MemberAdded{Person: "p2", Part: "adult"}}).
				ThenState(func(s *file) { require.Equal(t, c.want, s.State) })
		})
	}
}

func TestStageMovesFromWhereItStands(t *testing.T) {
	to := func(from, to string) *casefile.ChangeStage {
		return &casefile.ChangeStage{StageChanged: casefile.StageChanged{From: from, To: to}}
	}
	decide := &casefile.StageChanged{From: "interest", To: "decide"}
	caseScene(t).When(to("interest", "decide")).Then(decide)
	caseScene(t, decide).When(to("decide", "compare")).
		ThenState(func(c *file) { require.Equal(t, "compare", c.Stage) })
	caseScene(t, decide).When(to("interest", "compare")).Refused("stage.state")
	caseScene(t, decide).When(to("interest", "decide")).Nothing()
	caseScene(t).When(to("interest", "achieve")).Refused("case.no_outcome")
}

func TestAimsAreReplaced(t *testing.T) {
	told := casefile.AimsRevised{Aims: []string{"job"}, WishedTiming: "now", WishedRegion: "west", Occupation: "看護師"}
	caseScene(t).WhenTold(&casefile.ReviseAims{AimsRevised: told}).
		ThenState(func(c *file) {
			require.Equal(t, []string{"job"}, c.Aims)
			require.Equal(t, casefile.Wishes{Timing: "now", Region: "west"}, c.Wishes)
		}).
		Then(&told)
	plain := told
	plain.Occupation = ""
	caseScene(t).When(&casefile.ReviseAims{AimsRevised: plain}).Then(&plain)
	caseScene(t, &plain).When(&casefile.ReviseAims{AimsRevised: plain}).Nothing()

	asked := told
	asked.Workplace = "本籍の近く"
	caseScene(t).WhenTold(&casefile.ReviseAims{AimsRevised: asked}).Refused("job.prohibited_item")
	caseScene(t).WhenTold(&casefile.ReviseAims{AimsRevised: asked, Confirmed: true}).Then(&asked)
}
