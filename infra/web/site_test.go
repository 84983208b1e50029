package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"ayumi/domain/viewing"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/stretchr/testify/require"
)

// houseList is a house with two people, kept in memory.
type houseList struct {
	accounts map[string]Account
	wait     time.Duration
	broken   error
}

func (s *houseList) SignIn(_ context.Context, name, password, _ string) (string, time.Duration, error) {
	if s.wait > 0 || password != "correct horse battery" {
		return "", s.wait, nil
	}
	return "id-" + name, 0, nil
}

func (s *houseList) Account(_ context.Context, id string) (Account, error) {
	return s.accounts[id], s.broken
}

type house struct {
	*httptest.Server
	site   *Site
	staff  *houseList
	client *http.Client
	log    *bytes.Buffer
	seen   *viewingList
}

// viewingList is an access log kept in memory.
type viewingList struct {
	list   []viewing.Entry
	broken error
}

func (l *viewingList) Look(_ context.Context, e viewing.Entry) error {
	if l.broken != nil {
		return errors.Join(ErrUnseen, l.broken)
	}
	l.list = append(l.list, e)
	return nil
}

func (l *viewingList) Find(context.Context, viewing.Filter) ([]viewing.Entry, error) {
	return l.list, nil
}

func (l *viewingList) Head() viewing.Head {
	return viewing.Head{Size: uint64(len(l.list)), Fault: l.broken}
}

func open(t *testing.T) *house {
	t.Helper()
	staff := &houseList{accounts: map[string]Account{
		"id-co1": {ID: "id-co1", Name: "森下 例子", Desk: "D-TKY", Roles: []string{"CO"}},
		"id-ad1": {ID: "id-ad1", Name: "見本 架名", Roles: []string{"AD"}},
	}}
	log := &bytes.Buffer{}
	seen := &viewingList{}
	s, err := New(Config{Credentials: staff, Accounts: staff, Viewings: seen, Sessions: memstore.NewWithCleanupInterval(0), Sample: true,
		Log: slog.New(slog.NewJSONHandler(log, nil)), DemoNames: []DemoName{{"co1", "CO", "D-TKY"}}})
	require.NoError(t, err)
	s.staff("GET /probe", func(w http.ResponseWriter, r *http.Request, v Visitor) error {
		switch r.FormValue("what") {
		case "panic":
			panic("a fault with 森下 例子 in it")
		case "fault":
			return errors.New("disk on fire")
		case "erased":
			return ErrErased
		case "unseen":
			return ErrUnseen
		}
		return s.show(w, r, http.StatusOK, "sheets", "", SheetListView{Page: s.page(r, v, "sheets", v.W.Sheet.Heading)})
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &house{srv, s, staff, client, log, seen}
}

func (h *house) get(t *testing.T, path string, header ...string) (*http.Response, string) {
	req, err := http.NewRequest("GET", h.URL+path, nil)
	require.NoError(t, err)
	return h.do(t, req, header...)
}

func (h *house) post(t *testing.T, path string, form url.Values, header ...string) (*http.Response, string) {
	req, err := http.NewRequest("POST", h.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(t, req, header...)
}

func (h *house) do(t *testing.T, req *http.Request, header ...string) (*http.Response, string) {
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := h.client.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, string(body)
}

func (h *house) signIn(t *testing.T, name string) {
	res, _ := h.post(t, "/sign-in", url.Values{"sign_in_name": {name}, "password": {"correct horse battery"}, "next": {"/probe"}})
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, "/probe", res.Header.Get("Location"))
}

func TestNobodySeesAPageWithoutSigningIn(t *testing.T) {
	h := open(t)
	res, _ := h.get(t, "/probe?fy=2019")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, "/sign-in?next=%2Fprobe%3Ffy%3D2019", res.Header.Get("Location"))
	res, body := h.get(t, "/probe", "HX-Request", "true")
	require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	require.NotContains(t, body, "<html", "a fragment keeps the text being typed")
	require.Contains(t, body, "サインイン")
}

func TestSignInAndOut(t *testing.T) {
	h := open(t)
	res, body := h.get(t, "/sign-in?next=/probe")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "co1", "names of the sample are shown")

	res, body = h.post(t, "/sign-in", url.Values{"sign_in_name": {"co1"}, "password": {"wrong"}, "next": {"/probe"}})
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `value="co1"`, "what was typed stays")
	require.Contains(t, body, `value="/probe"`)
	require.NotContains(t, body, "wrong")

	h.signIn(t, "co1")
	res, body = h.get(t, "/probe")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "森下 例子")
	require.Contains(t, body, "相談員・新橋館")
	res, _ = h.get(t, "/")
	require.Equal(t, "/today", res.Header.Get("Location"))

	h.post(t, "/sign-out", nil)
	res, _ = h.get(t, "/probe")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
}

func TestTheSessionCookieIsGuarded(t *testing.T) {
	h := open(t)
	res, _ := h.post(t, "/sign-in", url.Values{"sign_in_name": {"co1"}, "password": {"correct horse battery"}})
	cookie := res.Header.Get("Set-Cookie")
	require.Contains(t, cookie, "HttpOnly")
	require.Contains(t, cookie, "SameSite=Lax")
	secure, err := New(Config{Credentials: h.staff, Accounts: h.staff, Sessions: memstore.NewWithCleanupInterval(0), Secure: true, Log: slog.Default()})
	require.NoError(t, err)
	out := httptest.NewRecorder()
	req := httptest.NewRequest("POST", "/sign-in", strings.NewReader("sign_in_name=co1&password=correct+horse+battery"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	secure.Handler().ServeHTTP(out, req)
	require.Contains(t, out.Header().Get("Set-Cookie"), "__Host-ayumi=")
	require.Contains(t, out.Header().Get("Set-Cookie"), "; Secure")
}

func TestTooManyAttemptsWait(t *testing.T) {
	h := open(t)
	h.staff.wait = 7 * time.Second
	res, body := h.post(t, "/sign-in", url.Values{"sign_in_name": {"co1"}, "password": {"x"}})
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.Equal(t, "8", res.Header.Get("Retry-After"))
	require.Contains(t, body, "8秒")
}

func TestALostRoleEndsTheSession(t *testing.T) {
	h := open(t)
	h.signIn(t, "co1")
	delete(h.staff.accounts, "id-co1")
	res, _ := h.get(t, "/probe")
	require.Equal(t, "/sign-in?next=%2Fprobe&again=1", res.Header.Get("Location"))
	h.staff.broken = errors.New("no accounts")
	res, _ = h.get(t, "/probe")
	require.Equal(t, http.StatusInternalServerError, res.StatusCode, "unknown is not allowed")
}

func TestOnlyDoorsThatOpenAreShown(t *testing.T) {
	h := open(t)
	h.signIn(t, "ad1")
	res, _ := h.get(t, "/")
	require.Equal(t, "/status", res.Header.Get("Location"))
	res, body := h.get(t, "/people")
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	require.NotContains(t, body, `href="/people"`)
	require.NotContains(t, body, `action="/people/search"`)
}

func TestProblemsHaveTheirStatusAndWords(t *testing.T) {
	h := open(t)
	h.signIn(t, "co1")
	for what, want := range map[string]struct {
		status int
		words  string
	}{
		"/probe?what=erased": {410, "消去されました"}, "/probe?what=unseen": {503, "閲覧の記録を残せない"},
		"/probe?what=fault": {500, "表示できませんでした"}, "/probe?what=panic": {500, "表示できませんでした"}, "/nowhere": {404, "その番号の記録はありません"},
	} {
		res, body := h.get(t, what)
		require.Equal(t, want.status, res.StatusCode, what)
		require.Contains(t, body, want.words, what)
	}
	require.Contains(t, h.log.String(), "disk on fire")
	require.Contains(t, h.log.String(), `"route":"GET /probe"`)
	require.NotContains(t, h.log.String(), "what=")
	require.NotContains(t, h.log.String(), "森下", "what a panic carries may be personal")
}

func TestLanguageIsKeptAndReturnsHere(t *testing.T) {
	h := open(t)
	_, body := h.get(t, "/sign-in", "Accept-Language", "en")
	require.Contains(t, body, `<html lang="en">`)
	res, _ := h.post(t, "/language", url.Values{"language": {"en"}, "back": {"/probe?fy=2019"}})
	require.Equal(t, "/probe?fy=2019", res.Header.Get("Location"))
	_, body = h.get(t, "/sign-in", "Accept-Language", "ja")
	require.Contains(t, body, `<html lang="en">`, "the choice wins over the browser")
	for _, away := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "", "x"} {
		res, _ := h.post(t, "/language", url.Values{"language": {"fr"}, "back": {away}})
		require.Equal(t, "/", res.Header.Get("Location"), away)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	h := open(t)
	style, err := h.site.assets.address("css/ui.css")
	require.NoError(t, err)
	for _, path := range []string{"/sign-in", "/probe", "/nowhere", style, "/static/x"} {
		res, _ := h.get(t, path)
		require.Equal(t, contentPolicy, res.Header.Get("Content-Security-Policy"), path)
		require.Equal(t, "no-referrer", res.Header.Get("Referrer-Policy"))
		require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
		require.Equal(t, "same-origin", res.Header.Get("Cross-Origin-Opener-Policy"))
		require.NotEmpty(t, res.Header.Get("Permissions-Policy"))
		if path != style {
			require.Equal(t, "no-store", res.Header.Get("Cache-Control"), path)
		}
	}
}

func TestPostsFromAnotherSiteAreRefused(t *testing.T) {
	h := open(t)
	res, body := h.post(t, "/language", url.Values{"language": {"en"}}, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	require.Contains(t, body, "別のサイト")
	require.Empty(t, res.Header.Get("Set-Cookie"))
}
