package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// TestAYearIsClosedThroughTheAPI: what is counted and where the log stood is
// computed; whoever states it is refused. Here the office has no read models and
// reads the whole log.
func TestAYearIsClosedThroughTheAPI(t *testing.T) {
	o := open(t)
	co, an, mg, au := o.Staff("co1", "CO"), o.Staff("an1", "AN"), o.Staff("mg1", "MG"), o.Staff("au1", "AU")
	o.now = flow.At("2020-04-30", 12)
	candidate(o, co)
	year := func(more map[string]any) map[string]any {
		more["period"] = "31.2019"
		return more
	}
	last := uint64(0)
	do := func(command, account string, data map[string]any) {
		r := answer[receipts](o, 200, o.command(command, account, year(data)))
		last = r.Receipts[0].Position
	}
	refused := func(key, field, command, account string, data map[string]any) {
		t.Helper()
		p := answer[api.Problem](o, 422, o.command(command, account, year(data)))
		if len(p.Errors) > 0 {
			p.Code, p.Field = p.Errors[0].Code, p.Errors[0].Field
		}
		require.Equal(t, []string{key, field}, []string{p.Code, p.Field}, command)
	}
	do("period.open", an, map[string]any{"fy": 2019})
	do("period.set_cutoff", an, map[string]any{"kind": "year_close", "to": "2020-03-31", "known_at": "2020-04-30"})
	refused("field.unknown", "unconfirmed", "period.check_gates", an, map[string]any{"kind": "year_close", "unconfirmed": 0})
	refused("field.unknown", "log_position", "period.close", mg, map[string]any{"kind": "year_close", "known_at": "2020-04-30", "log_position": 1})
	before := last
	o.now = flow.At("2020-05-01", 12)
	refused("period.unchecked", "", "period.close", mg, map[string]any{"kind": "year_close", "known_at": "2020-04-30"})
	require.Equal(t, 403, o.command("period.check_gates", co, year(map[string]any{"kind": "year_close"})).StatusCode)
	do("period.check_gates", an, map[string]any{"kind": "year_close"})
	refused("period.gates", "gates_waived", "period.close", mg, map[string]any{"kind": "year_close", "known_at": "2020-04-30"})
	do("period.close", mg, map[string]any{"kind": "year_close", "known_at": "2020-04-30", "gates_waived": []string{"late"}})

	ask := func(account, query string) *http.Response {
		return o.ask(http.MethodGet, fmt.Sprintf("/periods/FY2019?wait_for=%d%s", last, query), nil, "Account", account, "Accept-Language", "en")
	}
	p := answer[api.PeriodAnswer](o, 200, ask(au, ""))
	require.Equal(t, "closed", p.State)
	require.Len(t, p.Closings, 1)
	require.Equal(t, int(before), p.Closings[0].LogPosition, "the last event of 30 April")
	require.Equal(t, mg, p.Closings[0].By)
	require.Equal(t, an, p.Cutoffs[0].Check.By)
	require.False(t, p.Cutoffs[0].Check.Passed)
	require.Equal(t, 1, p.Cutoffs[0].Check.Found["late"], "the one session was recorded on 30 April")
	require.Equal(t, []string{"late"}, p.Closings[0].Waived)
	require.Equal(t, 1, p.Gates.Entries)
	require.Equal(t, "2020-04-30", p.Gates.KnownAt)
	require.Empty(t, answer[api.PeriodAnswer](o, 200, ask(au, "&kind=press")).Gates.KnownAt, "without a cut-off: as known now")
	require.Equal(t, "kind", answer[api.Problem](o, 422, ask(au, "&kind=no")).Field)
	answer[api.Problem](o, 403, ask(co, ""))
	answer[api.Problem](o, 422, o.ask(http.MethodGet, "/periods/soon", nil, "Account", au))
}
