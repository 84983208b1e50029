package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/tests/idp"
)

// foreign is a house whose staff sign in at a provider.
func foreign(t *testing.T, with ...func(*app.Config)) (*house, *idp.Server) {
	t.Helper()
	s := idp.New()
	t.Cleanup(s.Close)
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte(s.Secret+"\n"), 0o600))
	// The server's address is known before the server: the provider needs it.
	gate := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(gate.Close)
	h := open(t, append(with, func(c *app.Config) {
		c.OIDCIssuer, c.OIDCClient, c.OIDCSecret, c.PublicURL = s.URL, s.ClientID, secret, gate.URL
	})...)
	gate.Config.Handler = h.server.Config.Handler
	h.server = gate
	return h, s
}

// through goes from an address here to the provider and back, and answers where that
// led to.
func (v *visitor) through(t *testing.T, from string) (int, string, string) {
	t.Helper()
	status, body, to := v.send(t, "GET", from, nil)
	require.Equal(t, http.StatusSeeOther, status, body)
	require.Contains(t, to, "code_challenge_method=S256")
	res, err := v.Get(to)
	require.NoError(t, err)
	res.Body.Close()
	back, err := res.Location()
	require.NoError(t, err)
	return v.send(t, "GET", back.RequestURI(), nil)
}

func TestStaffSignInAtTheirPrefecture(t *testing.T) {
	clock := &hands{}
	h, s := foreign(t, clock.set)
	s.Now = clock.now
	require.Contains(t, h.stranger(t).page(t, "/sign-in"), `href="/sign-in/provider?next=`)
	status, body, _ := h.stranger(t).through(t, "/sign-in/provider")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "結び付いていません", "nobody is let in for being known elsewhere")

	// Linked by its holder, who has signed in here.
	v := h.as(t, "co1")
	other := h.as(t, "co1")
	require.Contains(t, v.page(t, "/settings"), "結び付けていません")
	status, body, to := v.through(t, "/sign-in/provider/link")
	require.Equal(t, []any{http.StatusSeeOther, "/settings?saved=1"}, []any{status, to}, body)
	require.Contains(t, v.page(t, "/settings"), "結び付けています")
	status, _ = other.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status, "every other session has ended")

	w := h.stranger(t)
	status, _, to = w.through(t, "/sign-in/provider?next=/intake")
	require.Equal(t, []any{http.StatusSeeOther, "/intake"}, []any{status, to})
	require.Contains(t, w.page(t, "/people"), "見本 co1")

	// Nobody else takes the same one, and another subject is nobody.
	ld := h.as(t, "ld1")
	status, body, _ = ld.through(t, "/sign-in/provider/link")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "ほかの職員に結び付いています")
	s.Subject = "subject-2"
	status, _, _ = h.stranger(t).through(t, "/sign-in/provider")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	s.Subject = "subject-1"

	// A lock opens with it too, and what was typed is still there.
	action, f := h.entry(t, w.page(t, "/people/"+h.person))
	clock.advance(16 * time.Minute)
	status, body, _ = w.post(t, action, f)
	require.Equal(t, http.StatusUnauthorized, status)
	require.Contains(t, body, `href="/sign-in/provider"`)
	kept := keptIn.FindStringSubmatch(body)[1]
	status, _, _ = w.through(t, "/sign-in/provider")
	require.Equal(t, http.StatusSeeOther, status)
	status, body, _ = w.post(t, "/unlock", url.Values{"kept": {kept}})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, `action="`+action+`"`)

	// The operator reads no subject and no code.
	require.NotContains(t, h.log.String(), "subject-")
	require.NotContains(t, h.log.String(), s.Secret)
}

func TestOfficersNeedASecondFactorThereOrHere(t *testing.T) {
	h, s := foreign(t, officers)
	v := h.stranger(t)
	require.Equal(t, "/sign-in/factor", v.password(t, "mg1", h.password))
	secret := secretOf(t, v.page(t, "/sign-in/factor"))
	status, _, _ := v.post(t, "/sign-in/factor", url.Values{"code": {digitsAt(t, secret, time.Now())}})
	require.Equal(t, http.StatusOK, status)
	_, _, to := v.through(t, "/sign-in/provider/link")
	require.Equal(t, "/settings?saved=1", to)

	_, _, to = h.stranger(t).through(t, "/sign-in/provider")
	require.Equal(t, "/sign-in/code", to, "one factor there is not enough")
	s.Methods = []string{"pwd", "mfa"}
	w := h.stranger(t)
	_, _, to = w.through(t, "/sign-in/provider?next=/indicators")
	require.Equal(t, "/indicators", to)
	w.page(t, to)
}

func TestTheProviderIsNotAWayAround(t *testing.T) {
	h, s := foreign(t)
	v := h.as(t, "co1")
	_, _, to := v.through(t, "/sign-in/provider/link")
	require.Equal(t, "/settings?saved=1", to)

	// Another site neither begins a sign-in nor ends one with a code of its own.
	for _, site := range []string{"cross-site", "same-site"} {
		status, _, _ := h.stranger(t).send(t, "GET", "/sign-in/provider", nil, "Sec-Fetch-Site", site)
		require.Equal(t, http.StatusForbidden, status)
	}
	attacker := h.stranger(t)
	_, _, to = attacker.send(t, "GET", "/sign-in/provider", nil)
	res, err := attacker.Get(to)
	require.NoError(t, err)
	res.Body.Close()
	back, err := res.Location()
	require.NoError(t, err)
	victim := h.stranger(t)
	status, _, _ := victim.send(t, "GET", back.RequestURI(), nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "a code of another browser")
	status, _ = victim.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status)
	status, _, _ = attacker.send(t, "GET", back.RequestURI(), nil)
	require.Equal(t, http.StatusSeeOther, status)
	status, _, _ = attacker.send(t, "GET", back.RequestURI(), nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "an answer is taken once")

	// A lie of the provider, or somebody between, signs nobody in.
	for name, lie := range map[string]func(){
		"unsigned": func() { s.Sign = idp.Unsigned }, "exchanged": func() { s.Sign = idp.Exchanged },
		"audience": func() { s.Lie = func(c map[string]any) { c["aud"] = "another" } }, "nonce": func() { s.Lie = func(c map[string]any) { c["nonce"] = "x" } },
	} {
		lie()
		w := h.stranger(t)
		status, _, _ := w.through(t, "/sign-in/provider")
		require.Equal(t, http.StatusUnprocessableEntity, status, name)
		status, _ = w.get(t, "/people")
		require.Equal(t, http.StatusSeeOther, status, name)
		s.Sign, s.Lie = nil, nil
	}
	// A new link needs a session that is open and at home.
	status, _, _ = h.stranger(t).send(t, "GET", "/sign-in/provider/link", nil)
	require.Equal(t, http.StatusUnauthorized, status)
	v.post(t, "/lock", nil)
	status, _, _ = v.send(t, "GET", "/sign-in/provider/link", nil)
	require.Equal(t, http.StatusUnauthorized, status)
	// The ways back stay on this site.
	_, _, to = h.stranger(t).through(t, "/sign-in/provider?next=//evil.example")
	require.True(t, strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"), to)
}
