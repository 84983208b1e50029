package pages_test

import (
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
	"ayumi/tests/flow"
)

// booth opens accounts of the prefecture's other desk: a counsellor and a lead.
func booth(_ *house, d *flow.Desk) {
	for code, role := range map[string]string{"co3": "CO", "ld3": "LD"} {
		id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(code)).String()
		d.Do(flow.At("2019-04-01", 9), "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": "D-FKC", "code": code, "name": "見本 " + code, "kana": "みほん", "controller": "31"})
		d.Do(flow.At("2019-04-01", 9), "system", "account.grant_role", map[string]any{"account": id, "role": role})
	}
}

// A record that another desk of the prefecture keeps is found by its name and opens
// with a reason, which stands in the access log and holds for three hours (handbook.md
// 10.1). No way of asking goes round it.
func TestARecordOfAnotherDeskOpensWithAReason(t *testing.T) {
	var past atomic.Int64
	h := openAfter(t, booth, func(c *app.Config) {
		c.Now = func() time.Time { return flow.At("2019-06-20", 10).Add(time.Duration(past.Load())) }
	})
	ja := locale.In(locale.Japanese)
	address, no := "/people/"+h.person, strconv.FormatUint(h.session.Position, 10)
	for _, who := range []string{"co3", "ld3"} {
		v := h.as(t, who)
		_, body, _ := v.post(t, "/people/search", url.Values{"q": {"たかはし"}})
		require.Contains(t, body, "髙橋 例子", "everybody is found, so that nobody is entered twice")

		status, _, to := v.send(t, "GET", address+"?all=1", nil)
		require.Equal(t, http.StatusSeeOther, status)
		page := v.page(t, to)
		require.Contains(t, page, ja.Opening.Lead(ja.Frame.DeskShort["D-TKY"]))
		require.NotContains(t, page, "髙橋")
		for _, path := range []string{address + "/news?from=0", "/records/" + no, "/api/v1/people/" + h.person + "/journey?texts=true"} {
			_, body := v.get(t, path, "HX-Request", "true")
			require.NotRegexp(t, `髙橋|例子|alert\(1`, body, path)
		}

		f := form(t, page, address+"/reason")
		status, body, _ = v.post(t, address+"/reason", f)
		require.Equal(t, http.StatusUnprocessableEntity, status)
		require.Contains(t, body, ja.Message.RequiredChoose(ja.Opening.Why))
		status, _, _ = v.send(t, "GET", address, nil)
		require.Equal(t, http.StatusSeeOther, status, "a form without a reason opens nothing")

		f.Set("why", "came_here")
		away := url.Values{"why": f["why"], "to": {"https://evil.example/people/" + h.person}}
		status, _, to = v.post(t, address+"/reason", away)
		require.Equal(t, http.StatusSeeOther, status)
		require.Equal(t, address, to)
		status, _, to = v.post(t, address+"/reason", f)
		require.Equal(t, http.StatusSeeOther, status)
		require.Equal(t, address+"?all=1", to)
		require.Contains(t, v.page(t, to), "髙橋 例子")
		require.Contains(t, v.page(t, "/records/"+no), "alert(1", "and its records with it")

		said, err := h.Access.Find(t.Context(), viewing.Filter{Subjects: []string{h.person}, Act: viewing.Open, Limit: 1})
		require.NoError(t, err)
		require.Equal(t, "came_here", said[0].Reason)
		require.Contains(t, h.as(t, "co1").page(t, address+"/seen"), ja.Viewing.Reasons["came_here"], "the counsellor in charge reads it")

		past.Add(int64(viewing.OpenFor - time.Second))
		require.Contains(t, h.as(t, who).page(t, address), "髙橋 例子")
		past.Add(int64(time.Second))
		status, _, _ = h.as(t, who).send(t, "GET", address, nil)
		require.Equal(t, http.StatusSeeOther, status)
	}

	// The own desk is asked nothing, and of the other prefecture there is nothing to open.
	require.Contains(t, h.as(t, "co1").page(t, address), "髙橋 例子")
	status, _ := h.as(t, "co9").get(t, address+"/reason")
	require.Equal(t, http.StatusNotFound, status)
	status, _, _ = h.as(t, "co9").post(t, address+"/reason", url.Values{"why": {"came_here"}})
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, h.log.String(), "例子")
}
