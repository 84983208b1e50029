package flow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/tests/flow"
)

// resemblance answers what it is told to.
type resemblance map[string][]office.Suspect

func (r resemblance) Similar(_ context.Context, person string, _ uint64) ([]office.Suspect, error) {
	return r[person], nil
}

// matched carries suspicions out and answers what each instance added.
func matched(d *flow.Desk, known resemblance) (added []string) {
	for range 2 {
		before := head(d)
		x := react(d, 0, office.Mark{}, flow.At("2019-06-10", 9))
		x.Follower = office.NewMatcher(0, known)
		require.NoError(d.T, x.follow())
		require.NoError(d.T, x.Day(context.Background()))
		require.Empty(d.T, x.refused)
		added = append(added, types(d, before)...)
	}
	return added
}

func TestAPairIsSuspectedOnce(t *testing.T) {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	a, b, c := register(d, "見本"), register(d, "見本"), register(d, "仮")
	known := resemblance{
		a: {{Other: b, Score: 75, Signals: []string{"kana", "kanji", "birth"}}, {Other: c, Score: 69, Signals: []string{"phone"}}},
		b: {{Other: a, Score: 75, Signals: []string{"kana", "kanji", "birth"}}},
	}
	require.Equal(t, []string{"person.duplicate_suspected"}, matched(d, known))
	e := last(d, "person.duplicate_suspected")
	_, on := domain.SplitStream(e.Stream)
	require.Equal(t, min(a, b), on, "of a pair one stream is told")
	require.Equal(t, "system", e.RecordedBy)
	require.NotEmpty(t, e.Cause)

	d.Do(flow.At("2019-06-11", 9), "co1", "person.dismiss_duplicate", map[string]any{"person": on, "other": max(a, b), "reason": "family"})
	d.Do(flow.At("2019-06-11", 9), "co1", "person.add_contact", map[string]any{"person": b, "kind": "phone", "shared": true, "value": "0857000000"})
	require.Empty(t, matched(d, known), "what people dismissed is not asked again")
}

func TestAScenarioSuspectsNobodyAnew(t *testing.T) {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	a, b := register(d, "見本"), register(d, "見本")
	read := head(d)
	x := react(d, read, office.Mark{}, flow.At("2019-06-10", 9))
	x.Follower = office.NewMatcher(read, resemblance{a: {{Other: b, Score: 100, Signals: []string{"phone"}}}})
	require.NoError(t, x.follow())
	require.Equal(t, read, head(d))
	d.Do(flow.At("2019-06-11", 9), "co1", "person.change_name", map[string]any{"person": a, "name_kind": "legal", "family": "見本"})
	require.NoError(t, x.follow())
	require.Equal(t, []string{"person.duplicate_suspected"}, types(d, read+1))
}
