package api_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// A sheet goes out through the API once the gates of its period pass, or with each
// that does not waived by name and for a reason, which stays in the log; what passes
// is not waived.
func TestASheetGoesOutWithItsGatesWaivedByName(t *testing.T) {
	o := open(t)
	co, an, mg := o.Staff("co1", "CO"), o.Staff("an1", "AN"), o.Staff("mg1", "MG")
	o.now = flow.At("2019-04-01", 12)
	sheet := func(more map[string]any) map[string]any {
		more["workplan"] = "TKO.2019.1"
		return more
	}
	do := func(command, account string, data map[string]any) {
		t.Helper()
		answer[receipts](o, 200, o.command(command, account, sheet(data)))
	}
	refused := func(key, field string, data map[string]any) {
		t.Helper()
		p := answer[api.Problem](o, 422, o.command("workplan.publish", mg, sheet(data)))
		require.Equal(t, []string{key, field}, []string{p.Code, p.Field})
		require.NotContains(t, p.Detail, "{gates}")
	}
	document := strings.Repeat("0a", 32)
	publication := func(more map[string]any) map[string]any {
		more["edition"], more["document"] = 2, document
		return more
	}
	do("workplan.draft", an, map[string]any{"format": "F2016", "fy": 2019, "bureau": "交流人口拡大本部", "unit": "東京本部", "policy": "誘致"})
	do("workplan.place_indicator", an, map[string]any{"no": 1, "indicator": "K1@D-TKY", "name": "IJUターン就職者、移住者数", "class": "outcome"})
	do("workplan.publish_plan", mg, map[string]any{"edition": 1, "document": document})
	o.now = flow.At("2020-04-30", 12)
	candidate(o, co) // of 3 June 2019, recorded now: the one entry of the year is late
	do("workplan.set_actual", an, map[string]any{"no": 1, "absent_reason": "not_stated"})
	do("workplan.evaluate", mg, map[string]any{"kind": "final", "mark": "on_plan", "mark_text": "○", "score": 8, "reasons": "相談が増えた。"})

	refused("workplan.gates", "gates_waived", publication(map[string]any{}))
	refused("workplan.gates", "gates_waived", publication(map[string]any{"waiver": "議会の日程"}))
	refused("workplan.waiver", "waiver", publication(map[string]any{"gates_waived": []string{"late"}}))
	refused("workplan.waiver", "waiver", publication(map[string]any{"gates_waived": []string{"late"}, "waiver": " 　"}))
	refused("period.gate_passed", "gates_waived", publication(map[string]any{"gates_waived": []string{"late", "duplicates"}, "waiver": "議会の日程"}))
	refused("field.code", "gates_waived", publication(map[string]any{"gates_waived": []string{"weather"}, "waiver": "議会の日程"}))
	require.Equal(t, 403, o.command("workplan.publish", an, sheet(publication(map[string]any{"gates_waived": []string{"late"}, "waiver": "議会の日程"}))).StatusCode)
	do("workplan.publish", mg, publication(map[string]any{"gates_waived": []string{"late"}, "waiver": "議会の日程"}))

	var told []string
	for rec, err := range o.Store.Stream(t.Context(), domain.StreamName("workplan", "TKO.2019.1"), 0) {
		require.NoError(t, err)
		if rec.Type == "workplan.gates_waived" {
			facts, err := domain.FactsOf(rec.Body)
			require.NoError(t, err)
			told = append(told, facts.Text("gates_waived"), facts.Text("waiver"))
		}
	}
	require.Equal(t, []string{"late", "議会の日程"}, told)
	// What one edition waived, the next does not.
	o.now = flow.At("2020-05-01", 12)
	do("workplan.record_issue", an, map[string]any{"no": 1, "issue": "目に留まりにくい", "next_step": "広く知らせる"})
	p := answer[api.Problem](o, 422, o.command("workplan.revise", mg, sheet(map[string]any{"edition": 3, "why": "追記", "document": strings.Repeat("0b", 32)})))
	require.Equal(t, "workplan.gates", p.Code)
}
