package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/api"
)

// A server whose read models are being made says when to come again; the command comes,
// and says once why it takes longer.
func TestAServerThatAsksToWaitIsAskedAgain(t *testing.T) {
	t.Setenv("AYUMI_PASSWORD", "x")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	const why = "The read models have not caught up."
	server := func(refusals int, after string) (*httptest.Server, *int) {
		asked := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			if asked > refusals {
				json.NewEncoder(w).Encode(api.FigureAnswer{Name: "Consultations"}) //nolint:errcheck // the test would see nothing
				return
			}
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusServiceUnavailable)
			json.NewEncoder(w).Encode(map[string]string{"code": "api.behind", "detail": why}) //nolint:errcheck // as above
		}))
		t.Cleanup(s.Close)
		return s, &asked
	}
	s, asked := server(2, "0")
	said, err := run("figure", "C1", "--server", s.URL, "--user", "an1", "--json")
	require.NoError(t, err)
	require.Equal(t, 3, *asked)
	require.Equal(t, 1, strings.Count(said, why))
	require.Contains(t, said, `"Consultations"`)
	for _, after := range []string{"", "-1", "soon", "100000"} {
		s, asked := server(1, after)
		_, err := run("figure", "C1", "--server", s.URL, "--user", "an1", "--json")
		require.ErrorContains(t, err, "503: "+why, after)
		require.Equal(t, 1, *asked, after)
	}
}
