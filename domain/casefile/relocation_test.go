package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
	"ayumi/tests/given"
)

var (
	homePlanned = &casefile.RelocationPlanned{Relocation: "m1", PlannedOn: japan.On(2019, 5, 1), ToRegion: "west"}
	homed       = &casefile.HousingSecured{Relocation: "m1", Kind: "rent"}
	moved       = movingIn()
	classed     = &casefile.RelocationClassified{Classification: class()}
	left        = &casefile.MovedOut{Relocation: "m1", Persons: []string{"p1", "p2"}, ToPref: "13", Reason: "work"}
	voidedM     = &casefile.RelocationVoided{Relocation: "m1", Reason: "duplicate"}
)

// movingIn is the move of p1 and p2 to Yonago, changed.
func movingIn(change ...func(*casefile.MovedIn)) *casefile.MovedIn {
	e := casefile.MovedIn{
		Relocation: "m1", Movers: []string{"p1", "p2"}, Head: "p1", Household: "h1", FromPref: "13", ToLG: "312029",
		Register: true, Reason: "employment", HasPredecessor: "no", PlannedStay: "permanent",
	}
	for _, f := range change {
		f(&e)
	}
	return &e
}

func class(change ...func(*casefile.Classification)) casefile.Classification {
	k := casefile.Classification{
		Relocation: "m1", RuleVersion: moverule.Tottori, Reason: "employment", HasPredecessor: "no", PlannedStay: "permanent",
		Counts: true, Turn: "i", HeadAgeBand: "30s", HouseholdSize: 2,
	}
	for _, f := range change {
		f(&k)
	}
	return k
}

func relocationPaths() map[string]evs {
	family := evs{member("p2")}
	return map[string]evs{
		"planned": then(family, homePlanned), "housed": then(family, homePlanned, homed), "moved_in": then(family, moved),
		"classified": then(family, moved, classed), "left": then(family, moved, left), "left_classified": then(family, moved, classed, left),
		"voided": then(family, moved, voidedM),
	}
}

func TestRelocationMachine(t *testing.T) {
	machine{
		refusal: "relocation.state",
		paths:   relocationPaths(),
		actions: map[string]action{
			"secure housing": {&casefile.SecureHousing{HousingSecured: *homed}, "planned", "housed"},
			"move in":        {&casefile.MoveIn{MovedIn: *moved}, "planned housed", "moved_in classified left left_classified"},
			"classify":       {&casefile.ClassifyRelocation{RelocationClassified: *classed}, "moved_in left", "classified left_classified"},
			"reclassify": {&casefile.ReclassifyRelocation{RelocationReclassified: casefile.RelocationReclassified{
				Classification: class(func(k *casefile.Classification) { k.Turn = "u" }), Why: "new_information",
			}}, "classified left_classified", ""},
			"move within": {&casefile.MoveWithin{MovedWithin: casefile.MovedWithin{Relocation: "m1", Persons: []string{"p2"}, ToLG: "312011"}},
				"moved_in classified", ""},
			"move out": {&casefile.MoveOut{MovedOut: *left}, "moved_in classified", ""},
			"check": {&casefile.CheckStay{StayChecked: casefile.StayChecked{
				Relocation: "m1", Months: 12, Persons: []string{"p1"}, Still: "yes", EvidenceKind: "municipality_answer",
			}}, "moved_in classified left left_classified", ""},
			"confirm": {&casefile.ConfirmRelocation{RelocationConfirmed: casefile.RelocationConfirmed{
				Relocation: "m1", Confirmation: "k1", Grade: "a", EvidenceKind: "resident_record",
			}}, "moved_in classified left left_classified", ""},
			"void": {&casefile.VoidRelocation{RelocationVoided: *voidedM}, "planned housed moved_in classified left left_classified", "voided"},
		},
	}.run(t)
}

func TestRelocationIsPlannedOnce(t *testing.T) {
	outcomeScene(t).When(&casefile.PlanRelocation{RelocationPlanned: *homePlanned}).Then(homePlanned)
	outcomeScene(t).When(&casefile.SecureHousing{HousingSecured: *homed}).Refused("entity.unknown")
	outcomeScene(t).When(&casefile.VoidRelocation{RelocationVoided: *voidedM}).Refused("entity.unknown")
	caseScene(t, homePlanned).When(&casefile.VoidRelocation{RelocationVoided: *voidedM}).Refused("preview.missing")
}

func TestMoveInIsJudged(t *testing.T) {
	type in = casefile.MovedIn
	for name, c := range map[string]struct {
		change func(*in)
		want   string
	}{
		"as told":                     {func(*in) {}, ""},
		"another prefecture's code":   {func(e *in) { e.ToLG = "332011" }, "lg.invalid"},
		"a wrong check digit":         {func(e *in) { e.ToLG = "312012" }, "lg.invalid"},
		"from inside":                 {func(e *in) { e.FromPref = "31" }, "relocation.within"},
		"a stranger":                  {func(e *in) { e.Movers = []string{"p1", "p3"} }, "case.not_member"},
		"nobody":                      {func(e *in) { e.Movers = nil }, "field.required"},
		"an address of another":       {func(e *in) { e.NewAddress = map[string]string{"p3": "米子市"} }, "case.not_member"},
		"addresses of the movers":     {func(e *in) { e.NewAddress = map[string]string{"p1": "米子市"} }, ""},
		"transfer without the answer": {func(e *in) { e.Reason, e.HasPredecessor = "transfer", "" }, "relocation.predecessor"},
		"transfer, unknown":           {func(e *in) { e.Reason, e.HasPredecessor = "transfer", "unknown" }, ""},
		"not asked of others":         {func(e *in) { e.HasPredecessor = "" }, ""},
		"a head who stays":            {func(e *in) { e.Movers, e.Head = []string{"p2"}, "p1" }, ""},
		"no register":                 {func(e *in) { e.Register = false }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, outcomeOf(outcomeScene(t, member("p2")), &casefile.MoveIn{MovedIn: *movingIn(c.change)}))
		})
	}
	// A code of a town that came with a merger is none before it.
	before := japan.On(2005, 3, 30)
	yazu := &casefile.MoveIn{MovedIn: *movingIn(func(e *in) { e.ToLG = "313297" })}
	outcomeScene(t, member("p2")).At(before).When(yazu).Refused("lg.invalid")
	outcomeScene(t, member("p2")).When(&casefile.MoveIn{MovedIn: *moved}).ThenState(func(c *file) {
		require.Equal(t, map[string]japan.Date{
			"confirm_movein m1": today, "stay_check m1": today.AddMonths(6), "stay_check m1+": today.AddMonths(12),
		}, planned(c))
		require.Equal(t, today, c.Now().AchievedOn)
	})
	outcomeScene(t).By(given.Desk("pt1", domain.Partner)).When(&casefile.MoveIn{MovedIn: *moved}).Refused("account.not_allowed")
}

func TestOnePersonMovesInOnceADay(t *testing.T) {
	again := &casefile.MoveIn{MovedIn: *movingIn(func(e *casefile.MovedIn) { e.Relocation, e.Movers = "m2", []string{"p2"} })}
	past := evs{member("p2"), moved}
	outcomeScene(t, past...).When(again).Refused("relocation.duplicate")
	outcomeScene(t, past...).At(today.Add(1)).When(again).ThenState(func(c *file) { require.Len(t, c.Relocations, 2) })
	outcomeScene(t, then(past, voidedM)...).When(again).ThenState(func(c *file) { require.Len(t, c.Relocations, 2) })
}

// T13 and T7(c): the rule table decides, the desk lead where the table asks.
func TestClassificationFollowsTheRule(t *testing.T) {
	type k = casefile.Classification
	for name, c := range map[string]struct {
		change   func(*k)
		co, lead string
	}{
		"a with predecessor":          {func(c *k) { c.Reason, c.HasPredecessor, c.Counts = "transfer", "yes", false }, "", ""},
		"a counted all the same":      {func(c *k) { c.Reason, c.HasPredecessor = "transfer", "yes" }, "relocation.rule", "relocation.rule"},
		"b first head of a branch":    {func(c *k) { c.Reason, c.Decision = "transfer", true }, "relocation.lead_decides", ""},
		"b decided against":           {func(c *k) { c.Reason, c.Counts = "transfer", false }, "relocation.lead_decides", ""},
		"c telework":                  {func(c *k) { c.Reason = "telework" }, "", ""},
		"d marriage, Tottori":         {func(c *k) { c.Reason = "marriage" }, "", ""},
		"d marriage, Okayama":         {func(c *k) { c.Reason, c.RuleVersion, c.Counts = "marriage", moverule.Okayama, false }, "", ""},
		"d marriage, Okayama counted": {func(c *k) { c.Reason, c.RuleVersion = "marriage", moverule.Okayama }, "relocation.rule", "relocation.rule"},
		"e predecessor unknown":       {func(c *k) { c.Reason, c.HasPredecessor, c.Counts = "transfer", "unknown", false }, "", ""},
		"short stay":                  {func(c *k) { c.PlannedStay, c.Counts = "lt1y", false }, "", ""},
		"short stay counted":          {func(c *k) { c.PlannedStay = "lt1y" }, "relocation.rule", "relocation.rule"},
		"no such rule":                {func(c *k) { c.RuleVersion = "tot-cls-9" }, "field.code", "field.code"},
		"nobody in the household":     {func(c *k) { c.HouseholdSize = 0 }, "field.range", "field.range"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := &casefile.ClassifyRelocation{RelocationClassified: casefile.RelocationClassified{Classification: class(c.change)}}
			past := evs{member("p2"), moved}
			require.Equal(t, c.co, outcomeOf(outcomeScene(t, past...), cmd), "counsellor")
			require.Equal(t, c.lead, outcomeOf(outcomeScene(t, past...).By(given.Desk("ld1", domain.Lead)), cmd), "lead")
		})
	}
	guest := movingIn(func(e *casefile.MovedIn) { e.Register = false })
	outcomeScene(t, member("p2"), guest).When(&casefile.ClassifyRelocation{RelocationClassified: *classed}).Refused("relocation.no_register")
	outcomeScene(t).When(&casefile.ClassifyRelocation{RelocationClassified: *classed}).Refused("entity.unknown")
	other := class(func(c *k) { c.Turn = "u" })
	outcomeScene(t, member("p2"), moved, classed).
		When(&casefile.ClassifyRelocation{RelocationClassified: casefile.RelocationClassified{Classification: other}}).Refused("relocation.state")
}

func TestReclassificationReplacesTheClass(t *testing.T) {
	again := casefile.RelocationReclassified{
		Classification: class(func(k *casefile.Classification) { k.Reason, k.Counts = "schooling", false }), Why: "audit",
	}
	cmd := &casefile.ReclassifyRelocation{RelocationReclassified: again}
	past := evs{member("p2"), moved, classed}
	outcomeScene(t, past...).When(cmd).ThenState(func(c *file) { require.False(t, c.Relocations["m1"].Class.Counts) }).Then(&again)
	outcomeScene(t, then(past, caseClosed())...).When(cmd).Then(&again)
	caseScene(t, past...).When(cmd).Refused("preview.missing")
	outcomeScene(t).When(cmd).Refused("entity.unknown")
	cmd.Counts = true
	outcomeScene(t, past...).When(cmd).Refused("relocation.rule")
	same := &casefile.ReclassifyRelocation{RelocationReclassified: casefile.RelocationReclassified{Classification: class(), Why: "error"}}
	outcomeScene(t, past...).When(same).Nothing()
}

func TestNobodyConfirmsAMoveOfTheirOwnCase(t *testing.T) {
	proof := casefile.RelocationConfirmed{Relocation: "m1", Confirmation: "k1", Grade: "b", EvidenceKind: "municipality_answer"}
	cmd := &casefile.ConfirmRelocation{RelocationConfirmed: proof}
	scene := func(by string, roles ...domain.Role) *given.Scene[file] {
		return outcomeScene(t, member("p2")).GivenBy("co6", today, moved).By(given.Desk(by, roles...))
	}
	scene("co6").When(cmd).Refused("evidence.same_officer")
	scene("co1").When(cmd).Refused("evidence.same_officer") // the owner
	scene("co7").When(cmd).Then(&proof)
	// The owner of that day is who counts, not the owner of today.
	later := func(by string) *given.Scene[file] {
		return outcomeScene(t, member("p2")).GivenBy("co6", today, moved).
			GivenBy("ld1", today.Add(4), &casefile.Assigned{Owner: "co9", Desk: "D-TKY"}).At(today.Add(9)).By(given.Desk(by))
	}
	later("co1").When(cmd).Refused("evidence.same_officer")
	later("co9").When(cmd).Then(&proof)
	wrong := &casefile.ConfirmRelocation{RelocationConfirmed: casefile.RelocationConfirmed{Relocation: "m1", Confirmation: "k1", Grade: "a", EvidenceKind: "municipality_answer"}}
	scene("co7").When(wrong).Refused("evidence.grade")
	outcomeScene(t).When(cmd).Refused("entity.unknown")

	gone := casefile.RelocationConfirmationWithdrawn{Relocation: "m1", Confirmation: "k1", Reason: "forged"}
	take := &casefile.WithdrawRelocationConfirmation{RelocationConfirmationWithdrawn: gone}
	outcomeScene(t, member("p2"), moved, &proof).When(take).Then(&gone)
	outcomeScene(t, member("p2"), moved).When(take).Refused("entity.unknown")
	outcomeScene(t).When(take).Refused("entity.unknown")
	caseScene(t, member("p2"), moved, &proof).When(take).Refused("preview.missing")
}

func TestMoversLeaveOneByOne(t *testing.T) {
	past := evs{member("p2"), moved}
	out := func(ids ...string) *casefile.MovedOut {
		return &casefile.MovedOut{Relocation: "m1", Persons: ids, ToPref: "13", Reason: "family"}
	}
	leave := func(ids ...string) cmd { return &casefile.MoveOut{MovedOut: *out(ids...)} }
	outcomeScene(t, past...).When(leave("p2")).ThenState(func(c *file) { require.Equal(t, "moved_in", c.Relocations["m1"].State) })
	outcomeScene(t, then(past, out("p2"))...).When(leave("p1")).ThenState(func(c *file) { require.Equal(t, "left", c.Relocations["m1"].State) })
	outcomeScene(t, then(past, out("p2"))...).When(leave("p2")).Refused("relocation.state")
	outcomeScene(t, past...).When(leave("p3")).Refused("relocation.state")
	outcomeScene(t, past...).At(today.Add(-1)).When(leave("p1")).Refused("date.order")
	home := out("p1")
	home.ToPref = "31"
	outcomeScene(t, past...).When(&casefile.MoveOut{MovedOut: *home}).Refused("field.code")
	outcomeScene(t, then(past, caseClosed())...).When(leave("p1")).Then(out("p1"))
}

// T23: a move inside the prefecture is no new relocation.
func TestMoveWithinKeepsTheRelocation(t *testing.T) {
	within := casefile.MovedWithin{Relocation: "m1", Persons: []string{"p1"}, ToLG: "312011", Address: "鳥取市"}
	past := evs{member("p2"), moved}
	ask := func(change func(*casefile.MovedWithin)) cmd {
		e := within
		change(&e)
		return &casefile.MoveWithin{MovedWithin: e}
	}
	outcomeScene(t, past...).When(ask(func(*casefile.MovedWithin) {})).
		ThenState(func(c *file) {
			require.Len(t, c.Relocations, 1)
			require.Equal(t, "312029", c.Relocations["m1"].ToLG)
		}).Then(&within)
	outcomeScene(t, past...).When(ask(func(e *casefile.MovedWithin) { e.ToLG = "131016" })).Refused("lg.invalid")
	outcomeScene(t, past...).When(ask(func(e *casefile.MovedWithin) { e.Persons = []string{"p3"} })).Refused("relocation.state")
	outcomeScene(t, past...).At(today.Add(-1)).When(ask(func(*casefile.MovedWithin) {})).Refused("date.order")
}

func TestStayIsCheckedAtItsMarks(t *testing.T) {
	check := casefile.StayChecked{Relocation: "m1", Months: 6, Persons: []string{"p1", "p2"}, Still: "unknown", EvidenceKind: "person_statement"}
	past := evs{member("p2"), moved}
	outcomeScene(t, then(past, caseClosed())...).When(&casefile.CheckStay{StayChecked: check}).Then(&check)
	odd, stranger := check, check
	odd.Months, stranger.Persons = 5, []string{"p3"}
	outcomeScene(t, past...).When(&casefile.CheckStay{StayChecked: odd}).Refused("field.code")
	outcomeScene(t, past...).When(&casefile.CheckStay{StayChecked: stranger}).Refused("relocation.state")
}

func TestRelocationIsAmendedFieldByField(t *testing.T) {
	gone := &casefile.MovedOut{Relocation: "m1", Persons: []string{"p2"}, ToPref: "13", Reason: "work"}
	past := evs{member("p2"), homePlanned, moved, gone}
	for name, c := range map[string]struct {
		a    casefile.Amendment
		want string
	}{
		"the day, earlier":          {amend("moved_in_on", "2019-06-01", "2019-05-31"), ""},
		"the day, tomorrow":         {amend("moved_in_on", "2019-06-01", "2019-06-02"), "date.in_future"},
		"the register":              {amend("register", "1", "0"), ""},
		"the register, already":     {amend("register", "0", "1"), nothing},
		"the municipality":          {amend("to_lg", "312029", "312011"), ""},
		"a municipality elsewhere":  {amend("to_lg", "312029", "131016"), "lg.invalid"},
		"from inside":               {amend("from_pref", "13", "31"), "relocation.within"},
		"a transfer, answered":      {amend("reason", "employment", "transfer"), ""},
		"no answer":                 {amend("has_predecessor", "no", ""), ""},
		"read too early":            {amend("to_lg", "312037", "312011"), "amend.stale"},
		"no such field":             {amend("movers", "p1", "p3"), "amend.field"},
		"no such reason":            {amend("reason", "employment", "fun"), "field.code"},
		"no stay":                   {amend("planned_stay", "permanent", ""), "field.required"},
		"the plan":                  {amend("planned_on", "2019-05-01", "2019-07-01"), ""},
		"a day that is no day":      {amend("moved_in_on", "2019-06-01", "2019-02-30"), "field.type"},
		"a value with more than it": {casefile.Amendment{Field: "to_lg", Old: []string{"312029"}, New: []string{"312011", "312037"}, Reason: "x"}, "field.code"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := &casefile.AmendRelocation{RelocationAmended: casefile.RelocationAmended{Relocation: "m1", Amendment: c.a}}
			require.Equal(t, c.want, outcomeOf(outcomeScene(t, past...), cmd))
		})
	}
	day := &casefile.AmendRelocation{RelocationAmended: casefile.RelocationAmended{Relocation: "m1", Amendment: amend("moved_in_on", "2019-06-01", "2019-05-31")}}
	outcomeScene(t, past...).When(day).ThenState(func(c *file) { require.Equal(t, today.Add(-1), c.Relocations["m1"].MovedInOn) })
	caseScene(t, past...).When(day).Refused("preview.missing")
	outcomeScene(t, then(past, voidedM)...).When(day).Refused("relocation.state")
	outcomeScene(t, homePlanned).When(day).Refused("amend.field")
	outcomeScene(t).When(day).Refused("entity.unknown")

	// An amended day may not fall on another move of the same person, nor after they left.
	earlier := movingIn(func(e *casefile.MovedIn) { e.Relocation, e.Movers = "m2", []string{"p1"} })
	outcomeScene(t, member("p2")).GivenBy("co6", today.Add(-1), earlier).Given(moved).Previewed().When(day).Refused("relocation.duplicate")
	outcomeScene(t, member("p2")).GivenBy("co6", today.Add(-1), moved, gone).Previewed().
		When(&casefile.AmendRelocation{RelocationAmended: casefile.RelocationAmended{Relocation: "m1", Amendment: amend("moved_in_on", "2019-05-31", "2019-06-01")}}).
		Refused("date.order")

	told := &casefile.AmendRelocation{RelocationAmended: casefile.RelocationAmended{
		Relocation: "m1", Amendment: amend("address", "", ""), OldText: "米子市", NewText: "米子市角盤町",
	}}
	outcomeScene(t, past...).WhenTold(told).Then(&told.RelocationAmended)
	caseScene(t, past...).When(told).Refused("preview.missing")
	told.NewText = ""
	outcomeScene(t, past...).When(told).Refused("field.required")
}

func TestTwoBaseLivingIsNoRelocation(t *testing.T) {
	both := &casefile.TwoBaseRecorded{TwoBase: "b1", Person: "p1", Region: "central", Municipality: "倉吉市"}
	outcomeScene(t).When(&casefile.RecordTwoBase{TwoBaseRecorded: *both}).
		ThenState(func(c *file) { require.False(t, c.Now().Achieved) }).Then(both)
	stranger := *both
	stranger.Person = "p3"
	outcomeScene(t).When(&casefile.RecordTwoBase{TwoBaseRecorded: stranger}).Refused("case.not_member")
}
