package pages_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/web"
)

// A word of an address that means nothing is told, and the page is shown without it;
// no page and no file answers another question in silence.
func TestUnknownWordsOfAddressesAreTold(t *testing.T) {
	h := open(t)
	for name, role := range map[string]string{"an1": "LD", "au1": "PO"} {
		h.grant(t, name, role)
	}
	who := map[string]*visitor{"an1": h.as(t, "an1"), "au1": h.as(t, "au1"), "co1": h.as(t, "co1")}
	status, body, fair := who["co1"].command(t, who["co1"].page(t, "/outreach"), "schedule", "kind", "fair", "title", "見本フェア", "place_pref", "13", "starts_on", "2019-09-05", "ends_on", "2019-09-05")
	require.Equal(t, 303, status, body)
	who["an1"].page(t, fair)
	_, pair := h.twice(t)
	draft, err := h.Imports.Begin(t.Context(), h.actor(t, "co1"), "台帳.csv", []byte(ledgerText))
	require.NoError(t, err)
	opens := map[string]string{"GET /imports/{batch}": "co1", "GET /after-close": "au1", "GET /audit": "au1", "GET /access-log": "au1", "GET /monitors": "au1"}
	const bad = `zz"<i>`
	asked := 0
	for route, names := range web.Asks() {
		_, path, _ := strings.Cut(route, " ")
		path = strings.NewReplacer("{id}", h.person, "{fy}", "2019", "{indicator}", "K1", "{version}", "tot-2019.1", "/outreach/{no}", strings.Split(fair, "?")[0], "/duplicates/{no}", pair, "{batch}", draft.ID, "{kind}", "csv").Replace(path)
		require.NotContains(t, path, "{", "a thing of that kind")
		v := who["an1"]
		if name := opens[route]; name != "" {
			v = who[name]
		}
		for _, name := range append(names, "at") {
			asked++
			status, body := v.get(t, path+"?"+url.Values{name: {bad}}.Encode())
			require.Equal(t, 422, status, "%s %s", route, name)
			require.Contains(t, body, "zz&#34;&lt;i&gt;", "%s %s", route, name)
			require.NotContains(t, body, bad, "%s %s", route, name)
			require.Contains(t, body, `id="unasked"`, "%s %s", route, name)
			require.NotContains(t, body, name+"=zz", "no link carries it on: %s %s", route, name)
		}
		if !strings.HasSuffix(path, "/file") {
			status, body := v.get(t, path)
			require.Equal(t, 200, status, "%s %s", route, body)
		}
	}
	require.Greater(t, asked, 60)

	// What is known beside it is kept.
	status, body = who["an1"].get(t, "/indicators?fy=2019&month=zz")
	require.Equal(t, 422, status)
	require.Contains(t, body, `value="2019" selected`)
	status, _ = who["an1"].get(t, "/indicators?fy=2019&cmp=2018&of=K1&lens=now&until=2020-02-29&miss=unconfirmed&all=1&from=0&def=tot-2019.1")
	require.Equal(t, 200, status)
	// A form that closes a year is no less strict.
	f := url.Values{"kind": {"zz"}, "to": {"2020-03-31"}, "known_at": {"2020-04-30"}}
	_, _, _ = who["an1"].post(t, "/closing/2019/open", url.Values{})
	status, body, _ = who["an1"].post(t, "/closing/2019/cutoff", f)
	require.Equal(t, 422, status, body)
}
