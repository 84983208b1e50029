package pages_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rewriting changes what the product answers.
func rewriting(change func(r *http.Request, answer *httptest.ResponseRecorder) string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			body := change(r, answer)
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.WriteHeader(answer.Code)
			_, _ = w.Write([]byte(body))
		})
	}
}

// The tests of attacks can fail: with one guard taken away, each notices. (What finds
// things of the other prefecture is proved beside it, and what passwords and bombs are
// held by counts what was let through.)
func TestTheAttackTestsCanFail(t *testing.T) {
	h := open(t)
	page := "/people/" + h.person

	// Text of people that is not escaped.
	require.NotRegexp(t, ran, h.as(t, "co1").page(t, page))
	bare := h.behind(t, rewriting(func(_ *http.Request, a *httptest.ResponseRecorder) string {
		return html.UnescapeString(a.Body.String())
	}))
	require.Regexp(t, ran, bare.as(t, "co1").page(t, page))

	// Posts of other sites that are let in.
	trusting := h.behind(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Origin")
			r.Header.Del("Sec-Fetch-Site")
			next.ServeHTTP(w, r)
		})
	})
	guarded, open := h.as(t, "co1"), trusting.as(t, "co1")
	for _, from := range otherSites {
		status, _, _ := guarded.post(t, "/dates", url.Values{"text": {"明日"}}, from...)
		require.Equal(t, http.StatusForbidden, status, from)
		status, _, _ = open.post(t, "/dates", url.Values{"text": {"明日"}}, from...)
		require.NotEqual(t, http.StatusForbidden, status, from)
	}

	// Files of the machine that are handed out.
	serving := h.behind(t, rewriting(func(r *http.Request, a *httptest.ResponseRecorder) string {
		if raw, err := os.ReadFile("../.." + r.URL.Path); err == nil {
			return string(raw)
		}
		return a.Body.String()
	}))
	_, body := serving.as(t, "co1").get(t, "/go.mod")
	require.True(t, ofTheMachine(body))
	_, body = h.as(t, "co1").get(t, "/go.mod")
	require.False(t, ofTheMachine(body))
}

// One byte that depends on what somebody may not see is found, in a body and in a header.
func TestOneByteOfTheUnseenIsFound(t *testing.T) {
	without, with := worldOf(t, 1, "31"), worldOf(t, 1, "31", "33")
	q := question{pattern: "GET /people", method: http.MethodGet, path: "/people"}
	require.False(t, without.ask(t, "co1", q).differs(with.ask(t, "co1", q)))
	for name, leak := range map[string]func(*world) func(http.Handler) http.Handler{
		"body": func(w *world) func(http.Handler) http.Handler {
			return rewriting(func(_ *http.Request, a *httptest.ResponseRecorder) string {
				return strings.Replace(a.Body.String(), "</main>", "<!-- "+strconv.FormatUint(w.head(t), 10)+" --></main>", 1)
			})
		},
		"header": func(w *world) func(http.Handler) http.Handler {
			return rewriting(func(_ *http.Request, a *httptest.ResponseRecorder) string {
				a.Header().Set("ETag", strconv.FormatUint(w.head(t), 10))
				return a.Body.String()
			})
		},
	} {
		a := &world{house: without.behind(t, leak(without)), staff: map[string]*visitor{"co1": without.visitor(t, "co1")}}
		b := &world{house: with.behind(t, leak(with)), staff: map[string]*visitor{"co1": with.visitor(t, "co1")}}
		require.True(t, a.ask(t, "co1", q).differs(b.ask(t, "co1", q)), name)
	}
}
