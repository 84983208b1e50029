package web

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ayumi/infra/web/locale"

	"github.com/stretchr/testify/require"
)

func sampleHelp(w *locale.Words, place string) *HelpView {
	return helpView(samplePage(w, "", w.Help.Title, "css/help.css"), place)
}

// Every page with an address of its own has help, and every help belongs to a page.
func TestEveryPageHasHelp(t *testing.T) {
	s, err := New(Config{})
	require.NoError(t, err)
	w, reached := locale.In(locale.Japanese), map[string]bool{"sign-in": true, "receipt": true, "feed": true} // the last is served to programs
	without := []string{"POST /alive", "POST /lock", "POST /dates", "GET /{$}", "GET /"}
	for _, pattern := range slices.Sorted(maps.Keys(s.rights)) {
		place := helpOf(pattern)
		require.True(t, place != "" || slices.Contains(without, pattern), "%s has no help", pattern)
		require.True(t, place == "" || w.Help.Page[place].For != "", "%s leads to help that is none: %s", pattern, place)
		reached[place] = true
	}
	for place := range w.Help.Page {
		require.True(t, reached[place], "no page leads to the help of %s", place)
		require.NotEmpty(t, w.Help.Places[place], place)
	}
	for route := range helpApart {
		_, known := s.rights[route]
		require.True(t, known, route)
	}
}

func TestHelpOpensForAnybody(t *testing.T) {
	h := open(t)
	res, body := h.get(t, "/help/journey")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, `<main id="main"`)
	require.NotContains(t, body, `class="who"`)
	res, _ = h.get(t, "/help/nothing")
	require.Equal(t, http.StatusNotFound, res.StatusCode)

	h.signIn(t, "co1")
	_, body = h.get(t, "/help/journey")
	require.Contains(t, body, `class="who"`)
	_, fragment := h.get(t, "/help/journey", "HX-Request", "true")
	require.NotContains(t, fragment, "<main")
	require.Contains(t, fragment, `id="helph"`)
}

// A key stands in the table alone: no template and no script names one.
func TestKeysStandInTheTable(t *testing.T) {
	files, err := templateFiles.ReadDir(".")
	require.NoError(t, err)
	literal := regexp.MustCompile(`data-key="[^{]`)
	for _, f := range files {
		text, err := templateFiles.ReadFile(f.Name())
		require.NoError(t, err)
		require.NotRegexp(t, literal, string(text), f.Name())
	}
	script, err := staticFiles.ReadFile("static/js/keys.js")
	require.NoError(t, err)
	require.NotRegexp(t, `key === "[A-Za-z]"`, string(script))
	for _, b := range bindings {
		for _, l := range []locale.Language{locale.Japanese, locale.English} {
			require.NotEmpty(t, locale.In(l).Help.Names[b.name], b.name)
		}
		for _, place := range b.at {
			require.NotEmpty(t, locale.In(locale.Japanese).Help.Places[place], place)
		}
	}
	require.Panics(t, func() { keyAttributes("nothing") })
	require.Equal(t, `data-key="ctrl+k" aria-keyshortcuts="Control+K"`, string(keyAttributes("find")))
	require.Equal(t, "j=next k=previous ctrl+enter=save", boundActs())
}

func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	h := open(t)
	h.signIn(t, "co1")
	off := regexp.MustCompile(`<body[^>]* data-no-keys`)
	_, body := h.get(t, "/help")
	require.NotRegexp(t, off, body)
	res, _ := h.post(t, "/settings/keys", nil)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, strings.Join(res.Header.Values("Set-Cookie"), "\n"), "keys=off")
	_, body = h.get(t, "/help")
	require.Regexp(t, off, body)
	h.post(t, "/settings/keys", map[string][]string{"keys": {"on"}})
	_, body = h.get(t, "/help")
	require.NotRegexp(t, off, body)
}
