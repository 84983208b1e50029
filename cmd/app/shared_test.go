package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/tests/postgres"
)

// While the tables are away every page says so in words, nobody is signed in or out, and
// when they are back everybody goes on as before.
func TestPagesSayThatTheTablesAreAway(t *testing.T) {
	base := postgres.Open(t)
	h := build(t)
	a := h.open()
	require.NoError(t, a.SignIn.SetPassword(ctx, "co1", h.co, "correct horse battery"))
	require.NoError(t, a.Close())
	c := h.config()
	c.Access, c.AccessOwner = base.App, base.Owner
	_, err := Share(ctx, c)
	require.NoError(t, err)
	a, err = Open(ctx, c)
	require.NoError(t, err)
	defer a.Close()
	require.NoError(t, a.Ready(ctx, 30*time.Second))
	pages, err := a.Handler()
	require.NoError(t, err)
	var cookie *http.Cookie
	send := func(method, path string, form url.Values) (int, string) {
		r := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Accept-Language", "ja")
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		if cookie != nil {
			r.AddCookie(cookie)
		}
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, r)
		for _, set := range w.Result().Cookies() {
			if set.Name == "ayumi" {
				cookie = set
			}
		}
		return w.Code, w.Body.String()
	}
	signIn := url.Values{"sign_in_name": {"co1"}, "password": {"correct horse battery"}}
	status, page := send(http.MethodPost, "/sign-in", signIn)
	require.Equal(t, http.StatusSeeOther, status, "%.500s", page)
	status, page = send(http.MethodGet, "/people/"+h.person, nil)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, plantedName)

	postgres.Exec(t, base.Owner, "ALTER ROLE "+base.Role()+" NOLOGIN")
	base.Cut(t)
	for range 2 {
		status, page = send(http.MethodGet, "/people/"+h.person, nil)
		require.Equal(t, http.StatusServiceUnavailable, status)
		require.Contains(t, page, "つながりません")
		require.NotContains(t, page, plantedName)
	}
	kept := cookie
	cookie = nil
	status, page = send(http.MethodPost, "/sign-in", signIn)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Contains(t, page, "つながりません")
	require.Nil(t, cookie)

	postgres.Exec(t, base.Owner, "ALTER ROLE "+base.Role()+" LOGIN")
	cookie = kept
	require.Eventually(t, func() bool {
		status, page = send(http.MethodGet, "/people/"+h.person, nil)
		return status == http.StatusOK && strings.Contains(page, plantedName)
	}, time.Minute, 50*time.Millisecond)
}
