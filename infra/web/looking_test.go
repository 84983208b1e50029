package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
)

// Every page says whether it shows records of people.
func TestEveryPageSaysWhatItShows(t *testing.T) {
	require.Equal(t, slices.Sorted(maps.Keys(policy)), slices.Sorted(maps.Keys(looks)))
	for pattern, act := range looks {
		require.True(t, act == nobody || slices.Contains(viewing.Acts, act), pattern)
	}
}

func TestARefusalIsWrittenDown(t *testing.T) {
	h := open(t)
	h.signIn(t, "ad1")
	res, _ := h.get(t, "/people/p1")
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	require.Len(t, h.seen.list, 1)
	e := h.seen.list[0]
	require.Equal(t, []string{"id-ad1", viewing.Refused, "GET /people/{id}", "p1"}, []string{e.Account, e.Act, e.Route, e.Subject})

	h.seen.broken = errors.New("disk full")
	res, body := h.get(t, "/people/p1")
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.Contains(t, body, "閲覧の記録を残せないため")
	require.NotContains(t, body, "見本 架名", "not even the own name")
	require.Contains(t, h.log.String(), "disk full", "the operator is told")
}

func TestAPageIsSentAfterItsLook(t *testing.T) {
	h := open(t)
	h.signIn(t, "co1")
	res, _ := h.get(t, "/probe") // in no table: taken for a view
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, viewing.View, h.seen.list[0].Act)
	h.seen.broken = errors.New("closed")
	res, _ = h.get(t, "/probe")
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	res, _ = h.get(t, "/sign-in")
	require.Equal(t, http.StatusOK, res.StatusCode, "what shows nobody goes on")
}

// The access log speaks of pages, never of routes.
func TestEveryPageOfTheAccessLogHasAName(t *testing.T) {
	for pattern, act := range looks {
		if act == nobody {
			continue
		}
		ja, en := locale.In(locale.Japanese).Viewing.Place(pattern), locale.In(locale.English).Viewing.Place(pattern)
		require.NotContains(t, ja, "/", pattern)
		require.NotContains(t, en, "/", pattern)
		require.NotEqual(t, ja, en, pattern)
	}
	require.Equal(t, "ayumi figure", locale.In(locale.English).Viewing.Place("ayumi figure"), "a command is called by its name")
}
