package pages_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every page that has an address of its own opens for everybody who may open it,
// with nothing in the log but one person, and in both languages.
func TestEveryPageOpens(t *testing.T) {
	h, _ := lineHouse(t)
	for who, pages := range map[string][]string{
		"co1": {"/today", "/calendar/feed", "/calendar", "/calendar?desk=all&day=2019-06-01", "/line", "/people/" + h.person + "/line", "/handover", "/settings", "/people", "/imports", "/exports", "/help", "/help/today", "/referrals", "/referrals?way=in&desk=all", "/people/" + h.person + "/refer", "/intake", "/duplicates", "/duplicates?st=decided", "/people/" + h.person, h.record(), "/indicators", "/differences", "/sheets", "/ledger", "/outreach", "/universities", "/employers", "/employers?st=all&q=x", "/employers/books", "/employers/books?book=seekers&fy=2019", "/people/" + h.person + "/job", "/people/" + h.person + "/certificates"},
		"ld1": {"/today", "/handover", "/audit", "/monitors", "/indicators", "/ledger"},
		"an1": {"/indicators", "/indicators/export", "/differences", "/definitions", "/definitions/K1", "/definitions/K1/new", "/ledger", "/ledger/new", "/documents", "/sheets",
			"/sheets/new", "/closing", "/closing/2019", "/after-close", "/after-close?fy=2019", "/survey", "/survey?fy=2019"},
		"mg1": {"/indicators", "/differences", "/definitions", "/ledger", "/documents", "/sheets", "/closing/2019", "/after-close", "/survey", "/audit", "/audits"},
		"au1": {"/indicators", "/differences", "/definitions", "/ledger", "/documents", "/sheets", "/closing/2019", "/after-close", "/monitors", "/audit", "/audits", "/audits/2019", h.record()},
		"ad1": {"/status", "/line-state", "/webhooks", "/settings", "/settings/factor"},
	} {
		v := h.as(t, who)
		for _, language := range []string{"ja", "en"} {
			for _, page := range pages {
				status, body := v.get(t, page, "Cookie", "language="+language)
				require.Contains(t, []int{http.StatusOK, http.StatusSeeOther}, status, "%s %s %s\n%s", who, language, page, h.log.String())
				require.NotContains(t, body, "%!", page)
			}
		}
	}
	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
}
