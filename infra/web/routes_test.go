package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everybody is the policy of a page that any member of staff opens.
const everybody = ""

// policy is who opens which page. A new page stands here before it is served.
var policy = map[string]string{
	"GET /{$}": everybody, "GET /": everybody, "GET /status": everybody, "POST /status": "AD",
	"GET /today": "CO LD", "GET /today/stream": "CO LD", "POST /people/{id}/tasks/{task}/due": "CO LD", "POST /people/{id}/tasks/{task}/drop": "CO LD",
	"POST /people/{id}/bookings/{booking}/missed": "CO LD", "POST /records/{no}/read": "CO LD", "GET /handover": "CO LD", "POST /handover": "CO LD",
	"GET /calendar": "CO LD", "POST /calendar": "CO LD", "GET /calendar/feed": "CO LD", "POST /calendar/feed": "CO LD",
	"GET /people/{id}/household": "CO LD", "POST /people/{id}/household": "CO LD", "GET /households/{no}": "CO LD AU RO PO", "POST /households/{no}": "CO LD",
	"POST /dates": everybody, "POST /people/{id}/draft": "CO LD", "POST /people/{id}/draft/drop": "CO LD",
	"GET /people": "CO LD", "POST /people/search": "CO LD", "GET /intake": "CO LD", "POST /intake/search": "CO LD", "POST /intake": "CO LD", "POST /intake/draft": "CO LD", "POST /intake/draft/drop": "CO LD", "GET /people/{id}/identify": "CO LD", "POST /people/{id}/identify/search": "CO LD", "POST /people/{id}/identify": "CO LD", "POST /people/{id}/same": "CO LD", "GET /duplicates": "CO LD PO", "GET /duplicates/{no}": "CO LD PO", "POST /duplicates/{no}/{act}": "CO LD PO",
	"GET /people/{id}": "CO LD AU RO PO", "GET /people/{id}/news": "CO LD AU RO PO", "GET /people/{id}/stream": "CO LD AU RO PO",
	"POST /people/{id}/documents": "CO LD", "GET /people/{id}/documents/{document}": "CO LD",
	"POST /people/{id}/consultations": "CO LD", "POST /people/{id}/reopen": "CO LD", "POST /people/{id}/tasks/{task}/done": "CO LD",
	"GET /records/{no}/confirm": "CO LD", "POST /records/{no}/confirm": "CO LD", "GET /confirmations": "CO LD AU",
	"GET /referrals": "CO LD", "GET /referrals/stream": "CO LD", "POST /referrals": "CO LD", "GET /referrals/{no}/letter": "CO LD", "GET /referrals/{no}/letter/pdf": "CO LD",
	"GET /partner": "PT", "POST /partner": "PT", "GET /partner/{no}": "PT", "POST /partner/{no}": "PT", "GET /people/{id}/refer": "CO LD", "POST /people/{id}/refer": "CO LD", "GET /referrals/{no}": "CO LD", "POST /referrals/{no}": "CO LD",
	"GET /checkpoint": everybody, "GET /access-log/checkpoint": everybody, "GET /records/{no}/proof": "CO LD AU RO PO AN MG",
	"GET /records/{no}": "CO LD AU RO PO AN MG", "POST /records/{no}/amend": "CO LD", "POST /records/{no}/void": "CO LD",
	"GET /indicators/export": "CO LD AN MG AU", "GET /indicators/file": "CO LD AN MG AU", "GET /survey": "CO LD AN MG AU", "GET /survey/file": "CO LD AN MG AU",
	"GET /indicators": "CO LD AN MG AU", "GET /differences": "CO LD AN MG AU", "GET /sheets": "CO LD AN MG AU", "GET /sheets/{fy}/{unit}": "CO LD AN MG AU", "GET /sheets/{fy}/{unit}/{kind}": "CO LD AN MG AU", "GET /sheets/{fy}/{unit}/editions": "CO LD AN MG AU",
	"GET /audit":      "LD AU MG PO",
	"GET /sheets/new": "AN", "POST /sheets/new": "AN", "GET /sheets/{fy}/{unit}/edit": "AN MG", "POST /sheets/{fy}/{unit}/edit": "AN MG",
	"GET /ledger": "CO LD AN MG AU", "POST /ledger/verify": "AN AU", "GET /ledger/new": "AN", "POST /ledger/new": "AN", "GET /ledger/{stream}": "CO LD AN MG AU",
	"POST /ledger/{stream}/{act}": "AN MG", "POST /ledger/{stream}/explain": "AN", "GET /figures/{no}": "CO LD AN MG AU",
	"GET /closing": "AN MG AU", "GET /after-close": "AN MG AU", "GET /monitors": "LD AU", "GET /closing/{fy}": "AN MG AU", "POST /closing/{fy}/open": "AN", "POST /closing/{fy}/cutoff": "AN",
	"POST /closing/{fy}/check": "AN", "POST /closing/{fy}/close": "MG", "POST /closing/{fy}/reopen": "MG",
	"GET /audits": "AN MG AU RO", "GET /audits/{fy}": "AN MG AU RO", "POST /audits/{fy}": "MG AU", "GET /audits/{fy}/{audit}": "AN MG AU RO", "POST /audits/{fy}/{audit}": "AN MG AU RO",
	"GET /erasures": "PO AU MG", "GET /erasures/{person}": "PO AU MG CO LD", "POST /erasures/{person}": "PO",
	"GET /people/{id}/reason": "CO LD", "POST /people/{id}/reason": "CO LD",
	"GET /people/{id}/emergency": "CO LD PO", "POST /people/{id}/emergency": "CO LD PO", "GET /emergencies": "LD PO",
	"GET /access-log": "LD PO AU", "POST /access-log": "LD PO", "GET /people/{id}/seen": "CO LD PO",
	"GET /rights": "PO RO MG CO LD", "POST /rights": "PO RO MG CO LD", "GET /rights/{no}": "PO RO MG CO LD", "POST /rights/{no}": "PO MG", "GET /rights/{no}/package/{kind}": "PO",
	"GET /employers": "CO LD AU", "POST /employers": "CO LD", "GET /employers/{no}": "CO LD AU", "POST /employers/{no}": "CO LD", "GET /employers/books": "CO LD AU", "GET /employers/books/{kind}": "CO LD", "GET /people/{id}/certificates": "CO LD", "POST /people/{id}/certificates": "CO LD", "GET /records/{no}/certificate": "CO LD", "GET /records/{no}/certificate/pdf": "CO LD", "GET /people/{id}/job": "CO LD", "POST /people/{id}/job": "CO LD",
	"GET /universities": "CO LD AN MG AU", "POST /universities": "CO LD", "GET /universities/{no}": "CO LD AN MG AU", "POST /universities/{no}": "CO LD AN",
	"GET /outreach": "CO LD AN MG AU", "POST /outreach": "CO LD", "GET /outreach/{no}": "CO LD AN MG AU", "POST /outreach/{no}": "CO LD", "POST /outreach/{no}/list": "CO LD", "GET /outreach/{no}/slips": "CO LD",
	"GET /volumes": "RO MG PO AU", "POST /volumes": "RO", "GET /volumes/register": "RO MG PO AU", "GET /volumes/{no}": "RO MG PO AU", "POST /volumes/{no}": "RO MG", "GET /volumes/{no}/list": "RO MG PO AU",
	"GET /records/{no}/receipt": "CO LD", "GET /records/{no}/receipt/pdf": "CO LD",
	"GET /verify": "AN MG AU", "POST /verify": "AN MG AU", "GET /verify/offline": "AN MG AU", "GET /verify/keys": "CO LD AN MG AU", "GET /bundles/{fy}/{edition}": "CO LD AN MG AU",
	"GET /figures/{no}/certificate": "CO LD AN MG AU", "GET /figures/{no}/certificate/{kind}": "CO LD AN MG AU",
	"GET /documents": "AN MG AU", "POST /documents": "AN MG AU",
	"POST /alive": everybody, "POST /lock": everybody, "GET /settings": everybody, "POST /settings/password": everybody, "GET /settings/factor": everybody, "POST /settings/factor": everybody, "POST /settings/sessions": everybody, "POST /settings/keys": everybody,
	"GET /exports": "CO LD", "POST /exports": "CO LD",
	"GET /imports": "CO LD", "POST /imports": "CO LD", "GET /imports/{batch}": "CO LD", "POST /imports/{batch}/{act}": "CO LD", "GET /imports/{batch}/{kind}": "CO LD",
	"GET /line": "CO LD", "GET /line/{thread}": "CO LD", "POST /line/{thread}": "CO LD", "GET /people/{id}/line": "CO LD", "POST /people/{id}/line": "CO LD", "GET /line-state": "AD", "POST /line-state": "AD",
	"GET /webhooks": "AD PO", "POST /webhooks": "AD PO", "GET /webhooks/{hook}": "AD PO", "POST /webhooks/{hook}": "AD PO",
	"GET /definitions": "CO LD AN MG AU", "GET /definitions/{indicator}": "CO LD AN MG AU", "GET /definitions/{indicator}/versions/{version}": "CO LD AN MG AU",
	"GET /definitions/{indicator}/new": "AN", "POST /definitions/{indicator}/new": "AN", "POST /definitions/{indicator}/versions/{version}": "MG",
}

func TestEveryRouteHasItsPolicy(t *testing.T) {
	s, err := New(Config{})
	require.NoError(t, err)
	require.Equal(t, slices.Sorted(maps.Keys(policy)), slices.Sorted(maps.Keys(s.rights)))
	for pattern, roles := range s.rights {
		require.Equal(t, strings.Fields(policy[pattern]), append([]string{}, roles...), pattern)
	}
}

// Who does not hold a role of the page is refused before anything is read.
func TestNobodyPassesAPolicy(t *testing.T) {
	h := open(t)
	for _, role := range []string{"CO", "LD", "AN", "MG", "AU", "RO", "PO", "AD", "PT"} {
		h.staff.accounts["id-any"] = Account{ID: "id-any", Roles: []string{role}}
		h.signIn(t, "any")
		for pattern, roles := range policy {
			if roles == everybody || slices.Contains(strings.Fields(roles), role) {
				continue
			}
			method, path, _ := strings.Cut(pattern, " ")
			path = strings.NewReplacer("{id}", "p", "{no}", "1", "{task}", "t", "{booking}", "b", "{fy}", "2019", "{unit}", "TKO", "{kind}", "pdf", "{stream}", "s", "{act}", "approve", "{document}", "d", "{indicator}", "K1", "{version}", "v2", "{audit}", "u1", "{person}", "p", "{edition}", "audit", "{batch}", "b").Replace(path)
			send := h.get
			if method == "POST" {
				send = func(t *testing.T, path string, header ...string) (*http.Response, string) {
					return h.post(t, path, nil, header...)
				}
			}
			res, _ := send(t, path)
			require.Equal(t, 403, res.StatusCode, "%s %s", role, pattern)
		}
	}
}
