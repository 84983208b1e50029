package e2e_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/viewing"
)

// at asks one instance, whatever the balancer would do.
func (v *visitor) at(x *instance, method, path string, form url.Values) (int, string) {
	v.Helper()
	r, err := http.NewRequest(method, site+path, strings.NewReader(form.Encode()))
	require.NoError(v, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	there := *v.Client
	there.Transport = to{x}
	return (&visitor{v.town, &there}).send(r)
}

// to sends everything to one instance; cookies are those of the site.
type to struct{ *instance }

func (t to) RoundTrip(r *http.Request) (*http.Response, error) {
	next := r.Clone(r.Context())
	next.URL.Host = t.Listen
	return http.DefaultTransport.RoundTrip(next)
}

// TestADeskIsOneInEveryInstance: whoever signs in, locks a page, guesses or loses a role
// in one instance has done so in all, and one access log has what was shown anywhere.
func TestADeskIsOneInEveryInstance(t *testing.T) {
	h := newTown(t)
	one, two := h.start(), h.start()
	h.ready(one)
	h.ready(two)
	instances := []*instance{one, two}
	co := h.as("co1")
	_, page := co.get("/people")
	person := between(t, page, `href="/people/`, `"`)
	const views = 5
	for range views {
		for _, x := range instances {
			status, page := co.at(x, http.MethodGet, "/people/"+person, nil)
			require.Equal(t, http.StatusOK, status)
			require.Contains(t, page, plantedName)
		}
	}

	// A page that was locked in one is locked in all, until the password was typed in any.
	status, _ := co.at(one, http.MethodPost, "/lock", nil)
	require.Equal(t, http.StatusSeeOther, status)
	for _, x := range instances {
		status, page := co.at(x, http.MethodGet, "/people/"+person, nil)
		require.Equal(t, http.StatusSeeOther, status)
		require.NotContains(t, page, plantedName)
	}
	status, _ = co.at(two, http.MethodPost, "/unlock", url.Values{"password": {h.password}, "next": {"/people"}})
	require.Equal(t, http.StatusSeeOther, status)
	for _, x := range instances {
		status, _ := co.at(x, http.MethodGet, "/people/"+person, nil)
		require.Equal(t, http.StatusOK, status)
	}

	// Guesses at one name count wherever they are made.
	guess, ad := h.as("au1"), h.as("ad1")
	for i := range 5 {
		status, _ := guess.at(instances[i%2], http.MethodPost, "/sign-in", url.Values{"sign_in_name": {"au1"}, "password": {"a wrong password"}})
		require.Equal(t, http.StatusUnprocessableEntity, status)
	}
	for _, x := range instances {
		status, _ := guess.at(x, http.MethodPost, "/sign-in", url.Values{"sign_in_name": {"au1"}, "password": {h.password}})
		require.Equal(t, http.StatusTooManyRequests, status)
	}

	// A role that is taken away opens nothing anywhere.
	var log bytes.Buffer
	o := h.shared
	o.Data = filepath.Join(t.TempDir(), "look")
	a := opened(t, o.config(&log))
	defer func() { require.NoError(t, a.Close()) }()
	account, err := a.SignIn.Named(context.Background(), "co1")
	require.NoError(t, err)
	ad.command("account.revoke_role", map[string]any{"account": account, "role": "CO"})
	for _, x := range instances {
		status, page := co.at(x, http.MethodGet, "/people/"+person, nil)
		require.NotEqual(t, http.StatusOK, status)
		require.NotContains(t, page, plantedName)
	}

	// One log has all of it, and holds.
	shown, err := a.Access.Find(context.Background(), viewing.Filter{Account: account, Act: viewing.View, Subjects: []string{person}, Limit: 1000})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(shown), views*len(instances)+len(instances))
	require.NoError(t, a.Access.Check(context.Background()))
}
