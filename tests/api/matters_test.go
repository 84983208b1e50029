package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// TestTheClocksOfMattersThroughTheAPI follows a request whose completion is asked
// for: its clock stands still, then goes on (handbook.md 6.2).
func TestTheClocksOfMattersThroughTheAPI(t *testing.T) {
	o := open(t)
	co, po, au := o.Staff("co1", "CO"), o.Staff("po1", "PO"), o.Staff("au1", "AU")
	r := o.Do(flow.At("2020-04-01", 11), "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s",
		"residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": "s1"})
	_, person := domain.SplitStream(r[0].Stream)
	asked := o.Do(flow.At("2020-05-20", 11), "co1", "rights.request", map[string]any{"kind": "disclosure", "person": person, "channel": "letter", "requester": "渡邉 見本", "words": "すべて見たい"})
	no := asked[0].Position
	_, id := domain.SplitStream(asked[0].Stream)
	ask := func(path, account string) *http.Response { return o.ask("GET", path, nil, "Account", account) }
	path := fmt.Sprintf("/rights/%d", no)

	one := answer[api.MatterOne](o, 200, ask(fmt.Sprintf("%s?wait_for=%d", path, no), po))
	require.Equal(t, "P-00001", one.PersonNumber)
	require.Equal(t, "received", one.State)
	require.Equal(t, api.MatterClock{Days: 30, DueOn: "2020-06-19", DaysLeft: one.Clock.DaysLeft}, *one.Clock)
	require.Equal(t, 18, *one.Clock.DaysLeft)
	require.Len(t, one.Events, 1)
	require.Nil(t, one.Events[0].Texts)

	stop := o.Do(flow.At("2020-05-25", 11), "po1", "rights.stop_clock", map[string]any{"stream": id, "reason": "papers_missing"})
	one = answer[api.MatterOne](o, 200, ask(fmt.Sprintf("%s?wait_for=%d", path, stop[0].Position), po))
	require.Equal(t, "2020-05-25", one.Clock.StoppedOn)
	require.Empty(t, one.Clock.DueOn)
	require.Nil(t, one.Clock.DaysLeft)
	on := o.Do(flow.At("2020-05-29", 11), "po1", "rights.resume_clock", map[string]any{"stream": id})
	list := answer[api.MattersAnswer](o, 200, ask(fmt.Sprintf("/rights?wait_for=%d", on[0].Position), co))
	require.Equal(t, 30, list.Terms["disclosure_days"])
	require.True(t, list.Sample)
	require.Equal(t, 4, list.Matters[0].Clock.Stood)
	require.Equal(t, "2020-06-23", list.Matters[0].Clock.DueOn)
	require.Empty(t, list.Matters[0].Events)

	// Its words are for who handles it, and are written down as such.
	one = answer[api.MatterOne](o, 200, ask(path+"?texts=true", po))
	require.Equal(t, "すべて見たい", one.Events[0].Texts["words"][person].Value)
	seen, err := o.access.Of(t.Context(), person, 10)
	require.NoError(t, err)
	require.Equal(t, "rights", seen[0].Reason)
	require.Equal(t, po, seen[0].Account)

	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, ask("/rights", au)).Code)
	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, ask("/volumes", co)).Code)
	answer[api.Problem](o, 404, ask("/rights/1", po))
	answer[api.Problem](o, 404, ask(fmt.Sprintf("/volumes/%d", no), po))
	require.NotContains(t, o.log.String(), "渡邉")
}

func TestABreachAndAVolumeThroughTheAPI(t *testing.T) {
	o := open(t)
	po, ro := o.Staff("po1", "PO"), o.Staff("ro1", "RO")
	b := o.Do(flow.At("2020-05-29", 11), "po1", "rights.suspect_breach", map[string]any{"persons_estimate": 3, "kinds": []string{"special_care"}, "account_of_it": "x"})
	one := answer[api.MatterOne](o, 200, o.ask("GET", fmt.Sprintf("/rights/%d?wait_for=%d", b[0].Position, b[0].Position), nil, "Account", po))
	require.True(t, one.Breach.MustReport)
	require.Nil(t, one.Clock)
	require.Equal(t, "2020-06-02", one.Breach.Reports[0].DueOn)
	require.Equal(t, 1, *one.Breach.Reports[0].DaysLeft)

	v := o.Do(flow.At("2019-06-02", 11), "ro1", "volume.open", map[string]any{"fy": 2019, "series": "consultation", "title": "相談 令和元年度", "retention_years": 5, "end_action": "dispose"})
	closed := o.Do(flow.At("2020-04-02", 11), "ro1", "volume.close", map[string]any{"stream": streamID(v[0].Stream)})
	list := answer[api.VolumesAnswer](o, 200, o.ask("GET", fmt.Sprintf("/volumes?wait_for=%d", closed[0].Position), nil, "Account", ro))
	require.Equal(t, "retained", list.Volumes[0].State)
	require.Equal(t, "2020-04-01", list.Volumes[0].RetainFrom)
	require.Equal(t, "2025-03-31", list.Volumes[0].RetainUntil)
	require.Positive(t, *list.Volumes[0].DaysLeft)
	volume := answer[api.VolumeOne](o, 200, o.ask("GET", fmt.Sprintf("/volumes/%d", v[0].Position), nil, "Account", ro))
	require.Equal(t, []string{"volume.opened", "volume.closed"}, []string{volume.Events[0].Type, volume.Events[1].Type})
}

func streamID(stream string) string {
	_, id := domain.SplitStream(stream)
	return id
}
