package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

var (
	grantApplied = &casefile.GrantApplied{Grant: "g1", Scheme: casefile.NationalGrant, RuleVersion: "FY2019", Relocation: "m1"}
	granted      = &casefile.GrantDecided{Grant: "g1", Granted: true, Amount: "1000000"}
	wantedBack   = &casefile.GrantReturnOrdered{Grant: "g1", Share: "full", Reason: "false_application"}
)

// T29: the year of the move-in chooses the rule, not the year of the application.
func TestGrantRuleIsThatOfTheMoveIn(t *testing.T) {
	national, _ := casefile.GrantRuleOn(casefile.NationalGrant, japan.On(2023, 3, 31))
	require.Equal(t, "FY2022", national.Version)
	require.Equal(t, 1_600_000, national.Amount(4, 2))
	other, _ := casefile.GrantRuleOn(casefile.TottoriGrant, japan.On(2023, 3, 31))
	require.Equal(t, 1_000_000, other.Amount(4, 2))
	next, _ := casefile.GrantRuleOn(casefile.NationalGrant, japan.On(2023, 4, 1))
	require.Equal(t, 3_000_000, next.Amount(4, 2))
	require.Equal(t, 600_000, next.Amount(1, 0)) // T6: who applies before the family joins is single
	_, before := casefile.GrantRuleOn(casefile.NationalGrant, japan.On(2019, 3, 31))
	require.False(t, before)

	check := func(scheme, version string) *casefile.CheckGrant {
		return &casefile.CheckGrant{GrantChecked: casefile.GrantChecked{
			Check: "q1", Scheme: scheme, RuleVersion: version, PlannedMoveinOn: japan.On(2022, 8, 1),
			Result: "eligible", Amount: "1600000", Children: "2",
		}}
	}
	fits := check(casefile.NationalGrant, "FY2022")
	outcomeScene(t).When(fits).Then(&fits.GrantChecked)
	outcomeScene(t).When(check(casefile.NationalGrant, "FY2023")).Refused("grant.rule_by_movein")
	outcomeScene(t).When(check(casefile.TottoriGrant, "FY2019")).Refused("grant.rule_by_movein")
	outcomeScene(t).When(check("lottery", "FY2022")).Refused("field.code")
	early := check(casefile.NationalGrant, "FY2019")
	early.PlannedMoveinOn = japan.On(2018, 8, 1)
	outcomeScene(t).When(early).Refused("grant.rule_by_movein")
}

func TestGrantMachine(t *testing.T) {
	past := evs{member("p2"), moved}
	machine{
		refusal: "grant.state",
		paths: map[string]evs{
			"applied": then(past, grantApplied), "granted": then(past, grantApplied, granted),
			"refused": then(past, grantApplied, &casefile.GrantDecided{Grant: "g1"}),
			"ordered": then(past, grantApplied, granted, wantedBack),
		},
		actions: map[string]action{
			"apply":  {&casefile.ApplyGrant{GrantApplied: *grantApplied}, "", "applied granted refused ordered"},
			"grant":  {&casefile.DecideGrant{GrantDecided: *granted}, "applied", "granted"},
			"refuse": {&casefile.DecideGrant{GrantDecided: casefile.GrantDecided{Grant: "g1"}}, "applied", "refused"},
			"order":  {&casefile.OrderGrantReturn{GrantReturnOrdered: *wantedBack}, "granted", "ordered"},
		},
	}.run(t)
	outcomeScene(t).When(&casefile.DecideGrant{GrantDecided: *granted}).Refused("entity.unknown")
	outcomeScene(t).When(&casefile.OrderGrantReturn{GrantReturnOrdered: *wantedBack}).Refused("entity.unknown")
	pt := given.Desk("pt1", domain.Partner)
	outcomeScene(t, then(past, grantApplied)...).By(pt).When(&casefile.DecideGrant{GrantDecided: *granted}).Refused("account.not_allowed")
}

func TestGrantIsAppliedForAfterTheMove(t *testing.T) {
	apply := &casefile.ApplyGrant{GrantApplied: *grantApplied}
	past := evs{member("p2"), moved}
	outcomeScene(t, past...).When(apply).Then(grantApplied)
	outcomeScene(t, then(past, caseClosed())...).When(apply).Then(grantApplied)
	outcomeScene(t, past...).At(today.Add(-1)).When(apply).Refused("date.order")
	outcomeScene(t).When(apply).Refused("entity.unknown")
	outcomeScene(t, homePlanned).When(apply).Refused("relocation.state")
	wrong := *grantApplied
	wrong.RuleVersion = "FY2023"
	outcomeScene(t, past...).When(&casefile.ApplyGrant{GrantApplied: wrong}).Refused("grant.rule_by_movein")
}

func TestGrantIsLookedAtAgain(t *testing.T) {
	applied := japan.On(2019, 10, 15)
	caseScene(t, member("p2"), moved).In(outcomeWorld()).GivenBy("co1", applied, grantApplied).At(applied.Add(30)).
		When(&casefile.DecideGrant{GrantDecided: *granted}).ThenState(func(c *file) {
		require.Equal(t, map[string]japan.Date{
			"grant_mark g1": japan.On(2020, 10, 15), "grant_mark g1+": japan.On(2022, 10, 15), "grant_mark g1++": japan.On(2024, 10, 15),
		}, planned(c))
	})
}

// T7(d): applied on 2019-10-15; all is owed within three years, half within five.
func TestGrantIsOwedBackByTheDaysOfLeaving(t *testing.T) {
	applied := japan.On(2019, 10, 15)
	for _, c := range []struct {
		name, share, reason string
		left                japan.Date
		within              bool
		want                string
	}{
		{"a the first winter", "full", "left_lt3y", japan.On(2020, 2, 10), false, ""},
		{"a to another town of the prefecture", "full", "left_lt3y", japan.On(2020, 2, 10), true, ""},
		{"a half is too little", "half", "left_lt3y", japan.On(2020, 2, 10), false, "grant.state"},
		{"a under the wrong reason", "full", "left_3to5y", japan.On(2020, 2, 10), false, "grant.state"},
		{"b in the fourth year", "half", "left_3to5y", japan.On(2023, 1, 10), false, ""},
		{"b all is too much", "full", "left_3to5y", japan.On(2023, 1, 10), false, "grant.state"},
		{"the last day of three years", "full", "left_lt3y", japan.On(2022, 10, 14), false, ""},
		{"three years are over", "half", "left_3to5y", japan.On(2022, 10, 15), false, ""},
		{"c five years are over", "half", "left_3to5y", japan.On(2024, 11, 1), false, "grant.state"},
		{"stayed", "full", "left_lt3y", 0, false, "grant.state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := outcomeScene(t, member("p2"), moved).GivenBy("co1", applied, grantApplied, granted)
			switch {
			case c.within:
				s.GivenBy("co1", c.left, &casefile.MovedWithin{Relocation: "m1", Persons: []string{"p1"}, ToLG: "312011"})
			case c.left != 0:
				s.GivenBy("co1", c.left, &casefile.MovedOut{Relocation: "m1", Persons: []string{"p1"}, ToPref: "13", Reason: "work"})
			}
			cmd := &casefile.OrderGrantReturn{GrantReturnOrdered: casefile.GrantReturnOrdered{Grant: "g1", Share: c.share, Reason: c.reason}}
			require.Equal(t, c.want, outcomeOf(s.At(japan.On(2024, 12, 1)), cmd))
		})
	}
	require.Equal(t, "full", casefile.QuittingReturn(applied, japan.On(2020, 10, 15)))
	require.Empty(t, casefile.QuittingReturn(applied, japan.On(2020, 10, 16)))

	quit := &casefile.OrderGrantReturn{GrantReturnOrdered: casefile.GrantReturnOrdered{Grant: "g1", Share: "full", Reason: "quit_le1y"}}
	working := func() *given.Scene[file] {
		return outcomeScene(t, member("p2"), moved, decided, started).GivenBy("co1", applied, grantApplied, granted)
	}
	working().At(japan.On(2020, 6, 1)).When(quit).Refused("grant.state")
	working().GivenBy("co1", japan.On(2020, 5, 1), endedW).At(japan.On(2020, 6, 1)).When(quit).Then(&quit.GrantReturnOrdered)
	working().GivenBy("co1", japan.On(2020, 11, 1), endedW).At(japan.On(2020, 12, 1)).When(quit).Refused("grant.state")
}

func TestTravelSubsidyRunsRecognisedClaimed(t *testing.T) {
	known := &casefile.TravelSubsidyRecognised{Subsidy: "y1", VisitFrom: today.Add(-3), VisitTo: today.Add(-1), Number: "7"}
	claimed := &casefile.TravelSubsidyClaimed{Subsidy: "y1"}
	recognise, claim := &casefile.RecogniseTravelSubsidy{TravelSubsidyRecognised: *known}, &casefile.ClaimTravelSubsidy{TravelSubsidyClaimed: *claimed}
	outcomeScene(t).When(recognise).Then(known)
	outcomeScene(t, known).When(claim).Then(claimed)
	outcomeScene(t, known, claimed).When(claim).Nothing()
	outcomeScene(t, known).At(today.Add(-4)).When(claim).Refused("date.order")
	outcomeScene(t).When(claim).Refused("entity.unknown")
	back := *known
	back.VisitTo = back.VisitFrom.Add(-1)
	outcomeScene(t).When(&casefile.RecogniseTravelSubsidy{TravelSubsidyRecognised: back}).Refused("date.order")
}
