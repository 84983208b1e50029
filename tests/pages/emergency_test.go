package pages_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/viewing"
	"ayumi/tests/flow"
)

// closedHouse is the house with two more counsellors, whose one person is closed to
// view and protected. Its clock stands where it is put.
func closedHouse(t *testing.T) (*house, *atomic.Int64) {
	t.Helper()
	now := &atomic.Int64{}
	now.Store(flow.At("2019-06-20", 10).Unix())
	h := openAfter(t, func(_ *house, d *flow.Desk) { d.Staff("co2", "CO"); d.Staff("co3", "CO") }, func(c *app.Config) { c.Now = func() time.Time { return time.Unix(now.Load(), 0) } })
	give := func(by, command string, fields map[string]any) {
		data, err := domain.ParseData(flow.Data(t, fields))
		require.NoError(t, err)
		receipts, err := h.Office.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: uuid.NewSHA1(uuid.NameSpaceOID, []byte(by)).String(), At: time.Unix(now.Load(), 0), Data: data})
		require.NoError(t, err, command)
		require.NoError(t, h.Runner.Wait(t.Context(), receipts[0].Position, "journeys", "audit"))
	}
	give("co1", "person.set_confidentiality", map[string]any{"person": h.person, "until": "2020-05-01", "covers_household": false, "kind": "stalking", "confirmed_by": "見本警察署", "details": "前の住所に来る人がいる"})
	give("po1", "person.restrict_use", map[string]any{"person": h.person, "restriction": uuid.NewString(), "ground": "legal_hold", "scope": []string{"view"}})
	return h, now
}

func (v *visitor) openEmergency(t *testing.T, minutes string) (int, string) {
	t.Helper()
	address := "/people/" + v.h.person + "/emergency"
	f := form(t, v.page(t, address), address+"#open")
	f.Set("reason", "safety")
	f.Set("minutes", minutes)
	f.Set("words", "本人が駅で倒れた")
	status, body, _ := v.post(t, address, f)
	return status, body
}

// What is closed is opened for a reason and for a time, tells the person's
// counsellor, stands in the access log, and is reviewed by somebody else.
func TestAnEmergencyOpensForATime(t *testing.T) {
	h, now := closedHouse(t)
	away := h.as(t, "co2")
	journey := "/people/" + h.person
	require.NotContains(t, away.page(t, journey), "髙橋")
	require.NotContains(t, h.as(t, "co3").page(t, journey), "髙橋")

	_, body, _ := away.post(t, "/people/search", url.Values{"q": {"髙橋"}})
	require.NotContains(t, body, journey+"/emergency", "a name leads nowhere")
	_, body, _ = away.post(t, "/people/search", url.Values{"q": {"P-00001"}})
	require.Contains(t, body, `href="`+journey+`/emergency"`, "the number leads to where it is opened in need")
	require.NotContains(t, body, "髙橋")

	status, body := away.openEmergency(t, "181")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "本人が駅で倒れた", "nothing typed is lost")
	require.NotContains(t, away.page(t, journey), "髙橋")
	status, _ = away.openEmergency(t, "30")
	require.Equal(t, http.StatusSeeOther, status)

	page := away.page(t, journey)
	require.Contains(t, page, "髙橋")
	require.NotContains(t, h.as(t, "co3").page(t, journey), "髙橋", "it is opened to nobody else")
	require.Contains(t, away.page(t, journey+"/emergency"), "令和元年6月20日 10:30 まで開いています")
	looked, err := h.Access.Find(t.Context(), viewing.Filter{Subjects: []string{h.person}, Limit: 50})
	require.NoError(t, err)
	opened := 0
	for _, e := range looked {
		if e.Reason == viewing.Emergency && e.Route == "GET /people/{id}" {
			opened++
		}
	}
	require.Equal(t, 1, opened, "the look itself is in the log as what it is")

	require.Eventually(t, func() bool { // notice to the counsellor whose case it is
		var tasks []string
		for rec, err := range h.Store.Stream(t.Context(), "case-"+h.file, 0) {
			require.NoError(t, err)
			if facts, err := domain.FactsOf(rec.Body); err == nil && rec.Type == "case.task_planned" && facts.Text("kind") == "other" {
				tasks = append(tasks, facts.Text("owner"))
			}
		}
		return len(tasks) == 1 && tasks[0] == uuid.NewSHA1(uuid.NameSpaceOID, []byte("co1")).String()
	}, time.Minute, 20*time.Millisecond)

	now.Add(int64((31 * time.Minute).Seconds()))
	away = h.as(t, "co2") // the page was locked meanwhile
	require.NotContains(t, away.page(t, journey), "髙橋", "and it closes by itself")
}

func TestAnEmergencyIsReviewedByAnother(t *testing.T) {
	h, _ := closedHouse(t)
	away, officer := h.as(t, "co2"), h.as(t, "po1")
	status, _ := away.openEmergency(t, "30")
	require.Equal(t, http.StatusSeeOther, status)
	address := "/people/" + h.person + "/emergency"
	var page string
	require.Eventually(t, func() bool {
		page = officer.page(t, "/emergencies")
		return strings.Contains(page, "本人が駅で倒れた")
	}, time.Minute, 20*time.Millisecond)
	require.Contains(t, page, "点検待ち")
	require.NotContains(t, away.page(t, address), "点検を記録する")
	review := regexp.MustCompile(`action="(/people/[^"]+/emergency#review-[^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, review)
	f := form(t, page, review[1])
	f.Set("result", "improper")
	status, body, _ := away.post(t, address, f)
	require.Equal(t, http.StatusForbidden, status, body)
	status, body, _ = officer.post(t, address, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	require.Eventually(t, func() bool { return !strings.Contains(officer.page(t, "/emergencies"), "点検待ち") }, time.Minute, 20*time.Millisecond)
	require.Eventually(t, func() bool { return !strings.Contains(away.page(t, "/people/"+h.person), "髙橋") }, time.Minute, 20*time.Millisecond, "what was improper is over")

	for _, path := range []string{address, "/people/" + h.person} {
		status, _ := h.as(t, "co9").get(t, path)
		require.Equal(t, http.StatusNotFound, status, "nothing of it reaches the other prefecture")
	}
	status, _, _ = h.as(t, "co9").post(t, address, url.Values{"command": {"account.open_emergency_access"}})
	require.Equal(t, http.StatusNotFound, status)
}

// That a person is protected is told wherever the person is; why and how, to the
// lead and in an emergency alone.
func TestTheFlagTravelsAndTheDetailsDoNot(t *testing.T) {
	h, _ := closedHouse(t)
	told := func(v *visitor) string {
		status, body := v.get(t, "/api/v1/people/"+h.person+"/journey?texts=true")
		require.Equal(t, http.StatusOK, status, body)
		require.True(t, json.Valid([]byte(body)))
		require.Contains(t, body, "person.confidentiality_set", "the flag")
		return body
	}
	details := "前の住所に来る人がいる|見本警察署|stalking"
	for _, who := range []string{"co1", "co2", "an1", "mg1", "ro1", "po1", "au1"} {
		require.NotRegexp(t, details, told(h.as(t, who)), who)
	}
	require.Contains(t, told(h.as(t, "ld1")), "前の住所に来る人がいる")
	away := h.as(t, "co2")
	require.Contains(t, away.page(t, "/people/"+h.person), "秘匿", "the flag")
	status, _ := away.openEmergency(t, "30")
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, told(away), "前の住所に来る人がいる")
}
