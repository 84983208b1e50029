package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// The calendar and a household as programs read them: by the same rules as the pages.
func TestTheCalendarAndAHouseholdThroughTheAPI(t *testing.T) {
	o := open(t)
	co, au := o.Staff("co1", "CO"), o.Staff("au1", "AU")
	ld := o.Staff("ld1", "LD")
	at := flow.At("2020-05-20", 11)
	person := func(kind string) string {
		r := o.Do(at, "co1", "person.register", map[string]any{"kind": kind, "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": uuid.NewString()})
		_, id := domain.SplitStream(r[0].Stream)
		return id
	}
	lead, wife, household := person("consultee"), person("companion"), uuid.NewString()
	r := o.Do(at, "co1", "case.open", map[string]any{"person": lead, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false})
	_, file := domain.SplitStream(r[0].Stream)
	booking, task := uuid.NewString(), uuid.NewString()
	o.Do(at, "co1", "case.make_booking", map[string]any{"case": file, "booking": booking, "slot_on": "2020-06-02", "slot_time": 905, "channel": "phone", "desk": "D-TKY", "categories": []string{"job"}})
	o.Do(at, "co1", "case.plan_task", map[string]any{"case": file, "task": task, "kind": "call_back", "due_on": "2020-06-01", "owner": ld})
	joined := o.Do(at, "co1", "person.join_household", map[string]any{"person": lead, "household": household, "relation": "世帯主"})[0].Position
	last := o.Do(at, "co1", "person.join_household", map[string]any{"person": wife, "household": household, "relation": "妻"})[0].Position
	ask := func(account, path string) *http.Response { return o.ask("GET", path, nil, "Account", account) }
	june := fmt.Sprintf("/calendar?from=2020-06-01&until=2020-06-30&wait_for=%d", last)

	own := answer[api.CalendarAnswer](o, 200, ask(co, june)).Entries
	require.Len(t, own, 1, "another's task is another's")
	require.Equal(t, []any{booking, "2020-06-02", "09:05", "phone", lead}, []any{own[0].ID, own[0].On, own[0].Time, own[0].What, own[0].Person})
	all := answer[api.CalendarAnswer](o, 200, ask(co, june+"&desk=true")).Entries
	require.Len(t, all, 2)
	require.Equal(t, []any{task, ld, ""}, []any{all[1].ID, all[1].Owner, all[1].Time})
	done := o.Do(at, "co1", "case.do_task", map[string]any{"case": file, "task": task, "result": "done"})[0].Position
	require.Equal(t, done, answer[api.CalendarAnswer](o, 200, ask(ld, fmt.Sprintf("/calendar?from=2020-06-01&until=2020-06-01&wait_for=%d", done))).Entries[0].Ended)
	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, ask(au, june)).Code)
	require.Equal(t, "date.order", answer[api.Problem](o, 422, ask(co, "/calendar?from=2020-06-01&until=2020-05-30")).Code)

	found := answer[api.HouseholdAnswer](o, 200, ask(au, fmt.Sprintf("/households/%d?wait_for=%d", joined, last)))
	require.Equal(t, household, found.ID)
	require.Equal(t, []api.HouseholdOne{{Person: lead, Lives: true, Joined: joined}, {Person: wife, Lives: true, Joined: last}}, found.Members)
	require.Equal(t, 404, ask(co, fmt.Sprintf("/households/%d", last)).StatusCode, "it has one number")
}
