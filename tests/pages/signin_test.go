package pages_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"net/http/cookiejar"
	"net/http/httptest"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
)

// hands is a clock that a test puts forward.
type hands struct{ by atomic.Int64 }

func (h *hands) now() time.Time           { return time.Now().Add(time.Duration(h.by.Load())) }
func (h *hands) advance(by time.Duration) { h.by.Add(int64(by)) }
func (h *hands) set(c *app.Config)        { c.Now = h.now }
func officers(c *app.Config)              { c.SecondFactor = "officers" }

// digitsAt is what an authenticator app shows (RFC 6238).
func digitsAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(secret, " ", ""))
	require.NoError(t, err)
	mac := hmac.New(sha1.New, key)
	require.NoError(t, binary.Write(mac, binary.BigEndian, uint64(at.Unix()/30)))
	sum := mac.Sum(nil)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[19]&15:])&0x7fffffff%1_000_000)
}

var (
	secretIn = regexp.MustCompile(`otpauth://totp/[^"]*secret=([A-Z2-7]+)`)
	codesIn  = regexp.MustCompile(`<li>([a-z2-7-]{29})</li>`)
	keptIn   = regexp.MustCompile(`name="kept" value="([^"]+)"`)
	memoIn   = regexp.MustCompile(`name="memo" value="([^"]*)"`)
)

func secretOf(t *testing.T, page string) string {
	t.Helper()
	found := secretIn.FindStringSubmatch(html.UnescapeString(page))
	require.NotNil(t, found, page)
	return found[1]
}

// stranger is a browser in which nobody has signed in.
func (h *house) stranger(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &visitor{h, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// token is the session cookie a browser holds.
func (v *visitor) token(t *testing.T) string {
	t.Helper()
	at, err := url.Parse(v.h.server.URL)
	require.NoError(t, err)
	for _, c := range v.Jar.Cookies(at) {
		if c.Name == "ayumi" {
			return c.Value
		}
	}
	return ""
}

func (v *visitor) password(t *testing.T, name, password string) string {
	t.Helper()
	status, body, to := v.post(t, "/sign-in", url.Values{"sign_in_name": {name}, "password": {password}, "next": {"/settings"}})
	require.Equal(t, http.StatusSeeOther, status, body)
	return to
}

func TestOfficersSignInWithASecondFactor(t *testing.T) {
	clock := &hands{}
	h := open(t, clock.set, officers)
	v := h.stranger(t)
	require.Equal(t, "/sign-in/factor", v.password(t, "mg1", h.password))
	for _, page := range []string{"/settings", "/indicators", "/sign-in/code", "/sign-in/password"} {
		status, _ := v.get(t, page)
		require.Equal(t, http.StatusSeeOther, status, "%s is closed between the steps", page)
	}
	secret := secretOf(t, v.page(t, "/sign-in/factor"))
	require.Equal(t, secret, secretOf(t, v.page(t, "/sign-in/factor")))
	status, body, _ := v.post(t, "/sign-in/factor", url.Values{"code": {"000000"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `aria-invalid="true"`)
	before := v.token(t)
	status, body, _ = v.post(t, "/sign-in/factor", url.Values{"code": {digitsAt(t, secret, clock.now())}})
	require.Equal(t, http.StatusOK, status, body)
	require.NotEqual(t, before, v.token(t), "a session begins under a new token")
	var recovery []string
	for _, m := range codesIn.FindAllStringSubmatch(body, -1) {
		recovery = append(recovery, m[1])
	}
	require.Len(t, recovery, 10)
	require.Contains(t, body, `href="/settings"`, "the way to where one was going")
	settings := v.page(t, "/settings")
	require.NotContains(t, settings, recovery[0], "told once")
	require.Contains(t, settings, "回復コードの残り: 10個")
	v.page(t, "/indicators")

	// From now on the digits are asked for, each once.
	clock.advance(time.Minute)
	w := h.stranger(t)
	require.Equal(t, "/sign-in/code", w.password(t, "mg1", h.password))
	status, _ = w.get(t, "/indicators")
	require.Equal(t, http.StatusSeeOther, status)
	digits := digitsAt(t, secret, clock.now())
	status, _, to := w.post(t, "/sign-in/code", url.Values{"code": {digits}})
	require.Equal(t, []any{http.StatusSeeOther, "/settings"}, []any{status, to})
	w.page(t, "/indicators")
	again := h.stranger(t)
	again.password(t, "mg1", h.password)
	for _, code := range []string{digits, "", "abc", "１２３"} {
		status, _, _ := again.post(t, "/sign-in/code", url.Values{"code": {code}})
		require.Equal(t, http.StatusUnprocessableEntity, status, code)
	}
	status, _, _ = again.post(t, "/sign-in/code", url.Values{"code": {recovery[2]}})
	require.Equal(t, http.StatusSeeOther, status)
	again.page(t, "/indicators")

	// The operator reads who came and who did not, and nothing that was typed.
	require.Regexp(t, `"msg":"sign-in","step":"session","account":"[0-9a-f-]{36}","from":"127.0.0.1","ok":true`, h.log.String())
	require.Regexp(t, `"level":"WARN","msg":"sign-in","step":"code","account":"[0-9a-f-]{36}","from":"127.0.0.1","ok":false`, h.log.String())
	for _, secret := range []string{h.password, digits, recovery[2], secret, "mg1"} {
		require.NotContains(t, h.log.String(), secret)
	}

	// Who is no officer signs in as before; a program needs the same steps as a person.
	require.Equal(t, "/settings", h.stranger(t).password(t, "co1", h.password))
	require.Equal(t, http.StatusForbidden, h.basic(t, "mg1"))
	require.Equal(t, http.StatusForbidden, h.basic(t, "au1"), "needed though not set up")
	require.Equal(t, http.StatusOK, h.basic(t, "an1"))
}

// basic asks the API with a name and a password alone.
func (h *house) basic(t *testing.T, name string) int {
	t.Helper()
	req, err := http.NewRequest("GET", h.server.URL+"/api/v1/definitions", nil)
	require.NoError(t, err)
	req.SetBasicAuth(name, h.password)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	return res.StatusCode
}

func TestASignInDoesNotStandBetweenItsStepsForLong(t *testing.T) {
	clock := &hands{}
	h := open(t, clock.set, officers)
	v := h.stranger(t)
	v.password(t, "mg1", h.password)
	v.page(t, "/sign-in/factor")
	clock.advance(11 * time.Minute)
	status, _, to := v.send(t, "GET", "/sign-in/factor", nil)
	require.Equal(t, []any{http.StatusSeeOther, "/sign-in?again=1"}, []any{status, to})
}

// Who guesses digits is made to wait, from wherever the guesses come.
func TestDigitsAreNotGuessed(t *testing.T) {
	clock := &hands{}
	h := open(t, clock.set)
	v := h.as(t, "mg1")
	secret := secretOf(t, v.page(t, "/settings/factor"))
	status, _, _ := v.post(t, "/settings/factor", url.Values{"code": {digitsAt(t, secret, clock.now())}, "password": {"wrong"}})
	require.Equal(t, http.StatusUnprocessableEntity, status, "the password is asked for again")
	status, _, _ = v.post(t, "/settings/factor", url.Values{"code": {digitsAt(t, secret, clock.now())}, "password": {h.password}})
	require.Equal(t, http.StatusOK, status)
	clock.advance(time.Hour)
	w := h.stranger(t)
	require.Equal(t, "/sign-in/code", w.password(t, "mg1", h.password))
	var last int
	for i := range 8 {
		last, _, _ = w.post(t, "/sign-in/code", url.Values{"code": {fmt.Sprintf("%06d", i)}})
	}
	require.Equal(t, http.StatusTooManyRequests, last)
	last, _, _ = w.post(t, "/sign-in/code", url.Values{"code": {digitsAt(t, secret, clock.now())}})
	require.Equal(t, http.StatusTooManyRequests, last, "the right digits wait too")
}

func TestALockedSessionKeepsWhatIsTyped(t *testing.T) {
	clock := &hands{}
	h := open(t, clock.set)
	v := h.as(t, "co1")
	way := "/people/" + h.person
	action, f := h.entry(t, v.page(t, way))
	f.Set("memo", hostile+"母と相談")
	clock.advance(14 * time.Minute)
	v.post(t, "/alive", nil)
	clock.advance(14 * time.Minute)
	v.page(t, way)
	clock.advance(16 * time.Minute)

	status, body, to := v.send(t, "GET", way+"?type=consultation", nil)
	require.Equal(t, []any{http.StatusSeeOther, "/unlock?next=" + url.QueryEscape(way+"?type=consultation")}, []any{status, to})
	require.NotContains(t, body, "髙橋")
	status, body = v.get(t, to)
	require.Equal(t, http.StatusOK, status)
	require.NotContains(t, body, "髙橋")
	require.NotContains(t, body, `class="nav"`)
	status, body = v.get(t, "/api/v1/people/"+h.person+"/journey")
	require.Equal(t, http.StatusUnauthorized, status, body)
	status, body, _ = v.post(t, action, f, "HX-Request", "true")
	require.Equal(t, http.StatusUnauthorized, status)
	require.NotContains(t, body, "<html", "the form stays where it was typed")
	require.Contains(t, body, "/unlock")

	head, err := h.Store.Head(context.Background())
	require.NoError(t, err)
	status, body, _ = v.post(t, action, f)
	require.Equal(t, http.StatusUnauthorized, status)
	kept := keptIn.FindStringSubmatch(body)
	require.NotNil(t, kept, body)
	require.NotContains(t, body, "母と相談", "nobody reads it in the page")
	status, body, _ = v.post(t, "/unlock", url.Values{"password": {"wrong"}, "kept": {kept[1]}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Equal(t, kept[1], keptIn.FindStringSubmatch(body)[1], "a wrong password loses nothing")
	before := v.token(t)
	status, body, _ = v.post(t, "/unlock", url.Values{"password": {h.password}, "kept": {kept[1]}})
	require.Equal(t, http.StatusOK, status)
	require.NotEqual(t, before, v.token(t))
	require.Contains(t, body, `action="`+action+`"`)
	require.Equal(t, hostile+"母と相談", html.UnescapeString(memoIn.FindStringSubmatch(body)[1]))
	require.NotContains(t, body, hostile)
	now, err := h.Store.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, head.Position, now.Position, "nothing is recorded before it is sent")
	again := form(t, body, action)
	again.Set("memo", f.Get("memo"))
	for name := range f {
		require.Equal(t, f[name], again[name], name)
	}
	status, body, _ = v.post(t, action, again)
	require.Equal(t, http.StatusSeeOther, status, body)

	// What was kept for one session opens in no other, nor twice.
	for _, who := range []*visitor{v, h.as(t, "ld1")} {
		status, _, _ = who.post(t, "/unlock", url.Values{"password": {h.password}, "kept": {kept[1]}})
		require.Equal(t, http.StatusNotFound, status)
	}
	status, _, _ = h.stranger(t).post(t, "/unlock", url.Values{"password": {h.password}, "kept": {kept[1]}})
	require.Equal(t, http.StatusUnauthorized, status)
}

func TestALockIsNotGuessedOpen(t *testing.T) {
	h := open(t)
	v := h.as(t, "co1")
	status, _, to := v.post(t, "/lock", url.Values{"back": {"//evil.example"}})
	require.Equal(t, []any{http.StatusSeeOther, "/unlock?next=%2F"}, []any{status, to})
	for range 6 {
		status, _, _ = v.post(t, "/unlock", url.Values{"password": {"wrong"}})
	}
	require.Equal(t, http.StatusTooManyRequests, status)
	status, _ = v.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status)
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	h := open(t)
	v, w, other := h.as(t, "co1"), h.as(t, "co1"), h.as(t, "an1")
	page := v.page(t, "/settings")
	require.Equal(t, 1, strings.Count(page, `name="session"`), "the own session is not ended by accident")
	id := regexp.MustCompile(`name="session" value="([^"]+)"`).FindStringSubmatch(page)[1]
	status, _, _ := other.post(t, "/settings/sessions", url.Values{"session": {id}})
	require.Equal(t, http.StatusSeeOther, status)
	w.page(t, "/people")
	status, _, _ = v.post(t, "/settings/sessions", url.Values{"session": {id}})
	require.Equal(t, http.StatusSeeOther, status)
	status, _ = w.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status, "ended")
	v.page(t, "/people")
	other.page(t, "/indicators")

	w = h.as(t, "co1")
	status, body, _ := v.post(t, "/settings/password", url.Values{"password": {h.password}, "new_password": {"short"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `href="#new_password"`)
	w.page(t, "/people")
	status, _, to := v.post(t, "/settings/password", url.Values{"password": {h.password}, "new_password": {"砂丘 らっきょう 大山 3つ"}})
	require.Equal(t, []any{http.StatusSeeOther, "/settings?saved=1"}, []any{status, to})
	v.page(t, to)
	status, _ = w.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status, "every other session has ended")
	require.Equal(t, "/settings", h.stranger(t).password(t, "co1", "砂丘 らっきょう 大山 3つ"))
}

// A token that came from outside never becomes a session.
func TestASessionIsNotFixed(t *testing.T) {
	h := open(t)
	v := h.stranger(t)
	at, err := url.Parse(h.server.URL)
	require.NoError(t, err)
	const chosen = "chosenbyanattackerchosenbyanattackerchosenb"
	v.Jar.SetCookies(at, []*http.Cookie{{Name: "ayumi", Value: chosen, Path: "/"}})
	v.password(t, "co1", h.password)
	require.NotEqual(t, chosen, v.token(t))
	signedIn := v.token(t)
	attacker := h.stranger(t)
	attacker.Jar.SetCookies(at, []*http.Cookie{{Name: "ayumi", Value: chosen, Path: "/"}})
	status, _ := attacker.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status)
	v.password(t, "co1", h.password)
	require.NotEqual(t, signedIn, v.token(t), "each sign-in has a token of its own")
	req, err := http.NewRequest("POST", h.server.URL+"/sign-out", nil)
	require.NoError(t, err)
	res, err := v.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	require.Equal(t, `"cache", "storage"`, res.Header.Get("Clear-Site-Data"))
	attacker.Jar.SetCookies(at, []*http.Cookie{{Name: "ayumi", Value: signedIn, Path: "/"}})
	status, _ = attacker.get(t, "/people")
	require.Equal(t, http.StatusSeeOther, status, "the token of before is dead")
}

// The first administrator of a new log has a password of nobody else's making soon,
// and a second factor.
func TestTheFirstAdministratorChoosesAPassword(t *testing.T) {
	c := app.Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	a, err := app.Open(t.Context(), c)
	require.NoError(t, err)
	defer a.Close()
	name, password, err := a.FirstAdmin(t.Context())
	require.NoError(t, err)
	require.Len(t, password, 26)
	require.NoError(t, a.Ready(t.Context(), time.Minute))
	handler, err := a.Handler()
	require.NoError(t, err)
	h := &house{App: a, server: httptest.NewServer(handler), password: password}
	defer h.server.Close()
	v := h.stranger(t)
	require.Equal(t, "/sign-in/password", v.password(t, name, password))
	require.Equal(t, http.StatusForbidden, h.basic(t, name))
	status, _, _ := v.post(t, "/sign-in/password", url.Values{"password": {password}, "new_password": {password}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	status, _, to := v.post(t, "/sign-in/password", url.Values{"password": {password}, "new_password": {"a rather long sentence"}})
	require.Equal(t, []any{http.StatusSeeOther, "/sign-in/factor"}, []any{status, to})
	secret := secretOf(t, v.page(t, to))
	status, _, _ = v.post(t, to, url.Values{"code": {digitsAt(t, secret, time.Now())}})
	require.Equal(t, http.StatusOK, status)
	v.page(t, "/status")
	name, _, err = a.FirstAdmin(t.Context())
	require.NoError(t, err)
	require.Empty(t, name, "there is one first administrator")
}
