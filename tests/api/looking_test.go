package api_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// Every query that shows records of people is in the access log when it answers,
// and answers nothing but why when the log cannot be written.
func TestEveryQueryIsInTheAccessLogFirst(t *testing.T) {
	o := open(t)
	ld := o.Staff("ld1", "LD")
	co, an := o.Staff("co1", "CO"), o.Staff("an1", "AN")
	ro := o.Staff("ro1", "RO")
	by := func(op string) string {
		switch op {
		case "period", "audits":
			return an
		case "volumes", "volume":
			return ro
		}
		return ld
	}
	r := o.Do(flow.At("2019-06-01", 11), "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s",
		"residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": "s1"})
	_, person := domain.SplitStream(r[0].Stream)
	document := answer[struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}](o, 200, o.ask("GET", "/openapi.json", nil, "Account", ld))
	looks := api.Looks()
	volume := o.Do(flow.At("2019-06-02", 11), "ro1", "volume.open", map[string]any{"fy": 2019, "series": "consultation", "title": "x", "retention_years": 5, "end_action": "dispose"})
	matter := o.Do(flow.At("2019-06-02", 11), "co1", "rights.request", map[string]any{"kind": "disclosure", "person": person, "channel": "letter", "requester": "渡邉 見本", "words": "すべて"})
	home := o.Do(flow.At("2019-06-02", 11), "co1", "person.join_household", map[string]any{"person": person, "household": uuid.NewString(), "relation": "世帯主"})
	fill := strings.NewReplacer("{id}", person, "{position}", "1", "{indicator}", "C1", "{year}", "2019", "{what}", "indicators", "{kind}", "pdf")
	described := map[string]string{}
	for path, operations := range document.Paths {
		for method, op := range operations {
			if method == "get" {
				described[op.OperationID] = strings.TrimPrefix(path, api.Prefix)
			}
		}
	}
	delete(looks, "reconcile") // a POST that shows figures
	delete(looks, "webhook-add")
	delete(looks, "webhook-act")
	delete(looks, "verify") // a POST that shows what a file says
	require.Equal(t, slices.Sorted(maps.Keys(described)), slices.Sorted(maps.Keys(looks)), "every query says what it shows")
	ask := func(op string) (int, string) {
		path := fill.Replace(described[op])
		query := map[string]string{"journey": "?texts=true", "members": "?scope=D-TKY&period=FY2019", "near-misses": "?scope=D-TKY&period=FY2019",
			"difference": "?scope=D-TKY&period=FY2019&to_known_at=2020-03-01", "export": "?period=FY2019", "calendar": "?from=2019-06-01&until=2019-06-30", "period": ""}[op]
		res := o.ask("GET", path+query, nil, "Account", by(op))
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return res.StatusCode, string(body)
	}
	delete(looks, "sheet") // this office has no press, signs no tree and makes no bundles
	delete(looks, "bundle")
	delete(looks, "proof")
	lacking := []string{"event", "event-receipt"} // the first event is no person's: refused, which is in the log as well
	described["rights-matter"] = strings.Replace(described["rights-matter"], "{number}", fmt.Sprint(matter[0].Position), 1)
	described["volume"] = strings.Replace(described["volume"], "{number}", fmt.Sprint(volume[0].Position), 1)
	described["household"] = strings.Replace(described["household"], "{number}", fmt.Sprint(home[0].Position), 1)
	for _, late := range []string{"rights-matter", "volume", "household"} { // the read model takes them in
		require.Eventually(t, func() bool { status, _ := ask(late); return status == http.StatusOK }, time.Minute, 5*time.Millisecond, late)
	}
	for op, act := range looks {
		before := o.access.Head().Size
		status, body := ask(op)
		if act == "" {
			continue
		}
		found, err := o.access.Find(t.Context(), viewing.Filter{Account: by(op), Limit: 1})
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Greater(t, found[0].No, before, "%s %d %s", op, status, body)
		if !slices.Contains(lacking, op) {
			require.Equal(t, http.StatusOK, status, "%s %s", op, body)
			require.Equal(t, act, found[0].Act, op)
		}
	}
	res := o.ask("GET", "/access-log?person="+person, nil, "Account", co)
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	log := answer[api.ViewingAnswer](o, 200, o.ask("GET", "/access-log?act=refused", nil, "Account", ld))
	require.Equal(t, co, log.Entries[0].Account)
	require.NoError(t, o.access.Check(t.Context()))

	require.NoError(t, o.access.Close())
	for op, act := range looks {
		if act == "" {
			continue
		}
		status, body := ask(op)
		require.Equal(t, http.StatusServiceUnavailable, status, "%s %s", op, body)
		require.Contains(t, body, "api.unseen", op)
		require.NotRegexp(t, regexp.MustCompile("渡邉|見本"), body, op)
	}
}
