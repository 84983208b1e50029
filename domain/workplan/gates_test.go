package workplan_test

import (
	"testing"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/tests/given"
)

// A sheet with figures goes out when its gates pass, or with each that does not
// waived by name and with a reason; what the closing of its cut-off waived is
// waived already. A plan is written before there is anything to judge.
func TestPublishingPassesTheGates(t *testing.T) {
	open := &given.Counted{Found: domain.GatesNow{Unconfirmed: 2, OpenReferrals: 1, Entries: 100}}
	life := []event{drafted, placed, blank, plan, final}
	waive := func(why string, gates ...string) *workplan.Publish {
		return &workplan.Publish{Published: *public, Waiver: workplan.Waiver{GatesWaived: gates, Waiver: why}}
	}
	scene(t, life...).Counting(open).When(waive("")).Refused("workplan.gates")
	scene(t, life...).Counting(open).When(waive("議会の日程", "unconfirmed")).Refused("workplan.gates")
	scene(t, life...).Counting(open).When(waive("", "unconfirmed", "open_referrals")).Refused("workplan.waiver")
	scene(t, life...).Counting(open).When(waive("議会の日程", "unconfirmed", "open_referrals", "late")).Refused("period.gate_passed")
	scene(t, life...).When(waive("議会の日程", "late")).Refused("period.gate_passed")
	waived := &workplan.GatesWaived{Edition: 2, Gates: []string{"unconfirmed", "open_referrals"}, Reason: "議会の日程"}
	scene(t, life...).Counting(open).When(waive("議会の日程", "open_referrals", "unconfirmed")).Then(waived, public)
	scene(t, append(life, waived, public)...).Counting(open).When(waive("議会の日程", "open_referrals", "unconfirmed")).Nothing()
	scene(t, life...).When(waive("要らない理由")).Then(public)
	scene(t, drafted).Counting(open).When(&workplan.PublishPlan{PlanPublished: *plan}).Then(plan)
	scene(t, drafted, placed, blank, plan).Counting(open).When(&workplan.Evaluate{Evaluated: *final}).Then(final)
	scene(t, append(life, public)...).Counting(open).When(&workplan.Revise{Revised: *revise}).Refused("workplan.gates")
}

// The gates are judged where the sheet's cut-off stands, as known on its day.
func TestGatesAreJudgedAtTheCutoffOfTheSheet(t *testing.T) {
	life := []event{drafted, placed, blank, plan, final}
	open := &given.Counted{Found: domain.GatesNow{Unconfirmed: 2, OpenReferrals: 1, Entries: 100}}
	world := &given.World{Cutoffs: map[string]domain.CutoffNow{"sheet": {To: japan.On(2020, 2, 29), Known: japan.On(2020, 3, 16), Waived: []string{"unconfirmed", "blank_actuals"}}}}
	at := func() *given.Scene[fold] {
		return scene(t, life...).In(world).Counting(open).At(japan.On(2020, 3, 31))
	}
	at().When(&workplan.Publish{Published: *public}).Refused("workplan.gates")
	if open.Asked.Known != japan.On(2020, 3, 16) || open.Asked.Period.To != japan.On(2020, 2, 29) || open.Asked.Controller != "31" {
		t.Fatalf("asked %v", open.Asked)
	}
	why := workplan.Waiver{GatesWaived: []string{"open_referrals"}, Waiver: "相手の返事待ち"}
	at().When(&workplan.Publish{Published: *public, Waiver: why}).Then(&workplan.GatesWaived{Edition: 2, Gates: why.GatesWaived, Reason: why.Waiver}, public)
	world.Cutoffs["sheet"] = domain.CutoffNow{To: japan.On(2020, 2, 29), Known: japan.On(2020, 3, 16), Waived: []string{"unconfirmed", "open_referrals"}}
	at().When(&workplan.Publish{Published: *public}).Then(public)
}
