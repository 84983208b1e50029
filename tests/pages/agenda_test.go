package pages_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/projections"
)

// carried gives a form of a page and answers the page it leads to.
func (v *visitor) carried(t *testing.T, page, id string, fields ...string) string {
	t.Helper()
	status, body, to := v.command(t, v.page(t, page), id, fields...)
	_, fault, _ := strings.Cut(body, `class="err"`)
	require.Equal(t, http.StatusSeeOther, status, "%.300s", fault)
	return to
}

func TestTheWeekOfACounsellor(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	today := japan.DateOf(time.Now())
	require.Equal(t, 7, strings.Count(co.page(t, "/calendar"), "予定なし"))
	booking, task := uuid.NewString(), uuid.NewString()
	h.told(t, "co1", "case.make_booking", "case.booking_made", map[string]any{"case": h.file, "booking": booking, "slot_on": today.String(), "slot_time": 1030, "channel": "online", "desk": "D-TKY", "categories": []string{"job"}})
	h.told(t, "co1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": task, "kind": "call_back", "due_on": today.String(), "owner": h.account(t, "co1"), "wording": "求人票を送る" + hostile})
	last := h.told(t, "co1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": uuid.NewString(), "kind": "other", "due_on": today.String(), "owner": h.account(t, "ld1")})
	page := co.page(t, fmt.Sprintf("/calendar?at=%d", last))
	require.Contains(t, page, ">10:30<")
	require.Contains(t, page, "折り返し")
	require.Contains(t, page, "2件", "another's task is another's")
	require.Contains(t, co.page(t, "/calendar?desk=all"), "3件")
	require.NotContains(t, h.as(t, "co9").page(t, "/calendar?desk=all"), h.person, "another prefecture's week is not told")
	status, _ := h.as(t, "au1").get(t, "/calendar")
	require.Equal(t, http.StatusForbidden, status)
	status, page = co.get(t, "/calendar?day=2020-02-30")
	require.Equal(t, http.StatusUnprocessableEntity, status, "a word that means nothing is said so")
	require.Contains(t, page, "2020-02-30")

	chosen := co.page(t, "/calendar?item="+task)
	require.Contains(t, chosen, "求人票を送る")
	require.NotRegexp(t, ran, chosen)
	status, page, _ = co.command(t, chosen, "reschedule_task", "due_on", "2/30", "reason", "waiting")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, `value="2/30"`, "what was typed stays")
	next := co.carried(t, "/calendar?item="+task, "reschedule_task", "due_on", today.Add(14).String(), "reason", "waiting")
	require.Contains(t, co.page(t, next), task, "the page goes to the week it was moved to")
	done := co.carried(t, next+"&item="+task, "do_task", "result", "done", "remark", "送った")
	require.Contains(t, co.page(t, done), "済み", "what is done stays in its week")
	require.NotContains(t, co.page(t, done+"&item="+task), `value="do_task"`)

	missed := co.carried(t, "/calendar?item="+booking, "miss_booking")
	require.Contains(t, co.page(t, missed), "来なかった")
	page = co.page(t, "/calendar?asof="+today.Add(-1).String())
	require.NotContains(t, page, ">10:30<", "as it was known yesterday")
	require.NotContains(t, page, `value="new-plan_task"`, "the past is only looked at")
}

// A week plans what comes: by number, and never two at one time without saying so.
func TestAWeekPlans(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	day := japan.DateOf(time.Now()).Add(3).String()
	booked := func(v *visitor, who, at string, more ...string) (int, string, string) {
		return v.command(t, v.page(t, "/calendar"), "new-make_booking", append([]string{"who", who, "slot_on", day, "slot_time", at, "channel", "phone", "categories", "job"}, more...)...)
	}
	status, body, _ := booked(co, "P-99999", "14:30")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "「P-99999」の相談者は見つかりません")
	status, body, _ = booked(h.as(t, "co9"), "P-00001", "14:30")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "「P-00001」の相談者は見つかりません", "one of another prefecture is nobody")
	status, body, _ = booked(co, "P-00001", "25:99")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `value="25:99"`)

	status, body, to := booked(co, "P-00001", "14時半")
	require.Equal(t, http.StatusSeeOther, status, "%.2000s", body)
	require.Contains(t, co.page(t, to), ">14:30<")
	status, body, _ = booked(co, "P-00001", "14:30")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "別の約束があります")
	require.Contains(t, body, `name="anyway"`)
	status, _, to = booked(co, "P-00001", "14:30", "anyway", "1")
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, 2, strings.Count(co.page(t, to), ">14:30<"))

	require.Contains(t, co.page(t, "/calendar?person=P-00001"), `name="who" value="P-00001"`)
	to = co.carried(t, "/calendar?person=P-00001", "new-plan_task", "who", "P-00001", "kind", "send_material", "due_on", day, "owner", h.account(t, "co1"), "wording", "資料")
	require.Contains(t, co.page(t, to), "資料の送付")
}

// What follows a start at 3, 6 and 12 months (events.md 8) is in the calendar, and
// one press records how it is and takes it off the list.
func TestFollowUpsAreInTheCalendar(t *testing.T) {
	h := open(t)
	started := h.job(t)
	require.NoError(t, h.Runner.Wait(t.Context(), started, "journeys"))
	co := h.as(t, "co1")
	checks := func() (out []projections.Work) {
		all, err := h.Journeys.Work(t.Context(), projections.WorkFilter{Kind: projections.TaskWork})
		require.NoError(t, err)
		for _, w := range all {
			if w.What == "employment_check" {
				out = append(out, w)
			}
		}
		return out
	}
	planned := checks()
	require.Len(t, planned, 3)
	for i, months := range []int{3, 6, 12} {
		require.Equal(t, japan.On(2019, 10, 1).AddMonths(months), planned[i].On)
		require.Contains(t, co.page(t, "/calendar?desk=all&day="+planned[i].On.String()), fmt.Sprintf("在籍の確認（%dか月）", months))
	}
	late := list(t, co.page(t, "/today"), "late")
	require.Contains(t, late, "在籍の確認（12か月）")
	require.Contains(t, late, `item=`+planned[0].ID+`#item"`, "the day leads to where the answer is recorded")
	to := co.carried(t, "/calendar?desk=all&day="+planned[0].On.String()+"&item="+planned[0].ID, "check_employment", "still", "yes", "evidence_kind", "employer_answer")
	require.Contains(t, co.page(t, to+"&day="+planned[0].On.String()+"&desk=all"), "済み")
	require.Len(t, checks(), 2)
}
