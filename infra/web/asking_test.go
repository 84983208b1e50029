package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ayumi/infra/web/locale"

	"github.com/stretchr/testify/require"
)

// elsewhere are the parameters of addresses that a page reads as people type them, or
// that fill a form, with what happens to those that mean nothing.
var elsewhere = map[string]string{
	"asof": "a typed day: 422", "known": "a typed day: 422", "to": "a typed day: 422", "person": "a person's number: 422",
	"no": "names a sheet: 404", "edition": "of a sheet: 404", "check": "of a verification: 404", "left": "an edition: 404", "right": "an edition: 404",
	"search": "the id of a search: back to the search", "next": "where to go after the sign-in: a path of this site or the first page",
	"q": "words to search for: none found", "ground": "fills a form", "rights": "fills a form", "volume": "fills a form", "command_id": "of a form", "definition_version": "of a form", "official_from": "of a form",
	"name": "of a receipt: with the name or without", "language": "of a receipt", "code": "a typed code, judged by its check characters", "text": "of a form", "unit": "of a form", "basis": "of a form",
}

// Every word of an address that a page reads is elsewhere somewhere.
func TestEveryParameterIsKnown(t *testing.T) {
	known := map[string]bool{}
	for name := range passing {
		known[name] = true
	}
	for _, list := range asks {
		for name := range list {
			known[name] = true
		}
	}
	for name := range known {
		for _, l := range []locale.Language{locale.Japanese, locale.English} {
			require.NotEmpty(t, locale.In(l).Asking.Names[name], "%s %s", l, name)
		}
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	read, found := regexp.MustCompile(`(?:FormValue\((?:prefix ?\+ ?)?|Query\(\)\.Get\()"([a-z_]+)"`), 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, line := range strings.Split(string(text), "\n") {
			if strings.Contains(line, "PostFormValue") {
				continue
			}
			for _, m := range read.FindAllStringSubmatch(line, -1) {
				found++
				require.True(t, known[m[1]] || elsewhere[m[1]] != "", "%s reads %q of an address, which stands in no table", file, m[1])
			}
		}
	}
	require.Greater(t, found, 40)
}

// A route of the table is a route of the site.
func TestAsksStandAtRoutes(t *testing.T) {
	s, err := New(Config{})
	require.NoError(t, err)
	for route := range asks {
		require.Contains(t, s.rights, route)
	}
	for route := range instead {
		require.Contains(t, asks, route)
	}
}
