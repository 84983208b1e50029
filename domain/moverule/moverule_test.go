package moverule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/moverule"
)

const tot, oka = moverule.Tottori, moverule.Okayama

// The facts of T13, with the verdict of each rule.
func TestTransfersAndMarriage(t *testing.T) {
	lead := func(yes bool) moverule.Verdict {
		if yes {
			return moverule.Verdict{Counts: true, ByLead: true}
		}
		return moverule.Verdict{Clause: "decided_no", ByLead: true}
	}
	counted := moverule.Verdict{Counts: true}
	excluded := moverule.Verdict{Clause: "excluded_reason"}
	for name, c := range map[string]struct {
		rule  string
		facts moverule.Facts
		want  moverule.Verdict
	}{
		"a transfer with predecessor":        {tot, moverule.Facts{Reason: "transfer", HasPredecessor: "yes", Decision: true}, excluded},
		"b transfer without, decided":        {tot, moverule.Facts{Reason: "transfer", HasPredecessor: "no", Decision: true}, lead(true)},
		"b transfer without, not decided":    {tot, moverule.Facts{Reason: "transfer", HasPredecessor: "no"}, lead(false)},
		"c telework":                         {tot, moverule.Facts{Reason: "telework", HasPredecessor: "no"}, counted},
		"d marriage, Tottori":                {tot, moverule.Facts{Reason: "marriage", HasPredecessor: "no"}, counted},
		"d marriage, Okayama":                {oka, moverule.Facts{Reason: "marriage", HasPredecessor: "no"}, excluded},
		"e transfer, predecessor unknown":    {tot, moverule.Facts{Reason: "transfer", HasPredecessor: "unknown", Decision: true}, moverule.Verdict{Clause: "predecessor_unknown"}},
		"transfer, Okayama":                  {oka, moverule.Facts{Reason: "transfer", HasPredecessor: "no", Decision: true}, excluded},
		"birth, Tottori":                     {tot, moverule.Facts{Reason: "birth_return", Decision: true}, excluded},
		"birth, Okayama":                     {oka, moverule.Facts{Reason: "birth_return", Decision: true}, lead(true)},
		"short stay":                         {tot, moverule.Facts{Reason: "employment", PlannedStay: "lt1y"}, moverule.Verdict{Clause: "short_stay"}},
		"short stay by decision":             {tot, moverule.Facts{Reason: "other", Decision: true, PlannedStay: "lt1y"}, moverule.Verdict{Clause: "short_stay", ByLead: true}},
		"short stay of an excluded reason":   {tot, moverule.Facts{Reason: "schooling", PlannedStay: "lt1y"}, excluded},
		"a reason outside the list":          {tot, moverule.Facts{Reason: "holiday", Decision: true}, excluded},
		"a rule that does not exist":         {"x", moverule.Facts{Reason: "employment"}, excluded},
		"long stay, an unknown reason, left": {oka, moverule.Facts{Reason: "unknown", PlannedStay: "ge5y"}, lead(false)},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, moverule.Evaluate(c.rule, c.facts)) })
	}
}

func TestEveryReasonHasTheResultOfTheTable(t *testing.T) {
	want := map[string][2]moverule.Result{ // Tottori, Okayama
		"employment": {"counts", "counts"}, "job_change": {"counts", "counts"},
		"startup_farming": {"counts", "counts"}, "telework": {"counts", "counts"},
		"childcare": {"counts", "counts"}, "retirement_return": {"counts", "counts"},
		"family_care": {"counts", "counts"}, "country_life": {"counts", "counts"},
		"marriage": {"counts", "not"}, "transfer": {"predecessor", "not"},
		"schooling": {"not", "not"}, "birth_return": {"not", "decide"},
		"care_facility": {"decide", "decide"}, "other": {"decide", "decide"}, "unknown": {"decide", "decide"},
	}
	require.Len(t, domain.Codes["move_reason"], len(want))
	for _, reason := range domain.Codes["move_reason"] {
		require.Equal(t, want[reason], [2]moverule.Result{moverule.Of(tot, reason), moverule.Of(oka, reason)}, reason)
	}
	require.True(t, moverule.Known(tot) && moverule.Known(oka))
	require.False(t, moverule.Known("tot-cls-2"))
}
