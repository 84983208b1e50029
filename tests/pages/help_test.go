package pages_test

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	helpLink = regexp.MustCompile(`href="/help/([a-z-]+)"[^>]* data-key="\?"`)
	boundKey = regexp.MustCompile(`data-key="([^"]+)"`)
	toldKeys = regexp.MustCompile(`<dt>((?:<kbd>[^<]*</kbd> )+)</dt>`)
)

// What help says of the keys of a page is what the page binds: every key it binds is
// told, and every key told is bound on a page of that place.
func TestHelpTellsTheKeysOfThePage(t *testing.T) {
	h := open(t)
	journey := "/people/" + h.person
	co := h.as(t, "co1")
	_, intake, _ := co.post(t, "/intake/search", url.Values{"q": {"だれでもない"}})
	bound, told := map[string]map[string]bool{}, map[string][]string{}
	for who, pages := range map[string][]string{
		"co1": {"/today", "/people", journey, journey + "/refer", "/intake", "/handover", "/referrals", "/imports", "/settings"},
		"an1": {"/indicators?fy=2019&asof=2020-03-16&until=2020-02-29", "/ledger", "/definitions", "/closing/2019"},
	} {
		v := h.as(t, who)
		for _, page := range pages {
			_, body := v.get(t, page)
			if page == "/intake" {
				body = intake
			}
			link := helpLink.FindStringSubmatch(body)
			require.NotNil(t, link, "%s has no way to its help", page)
			place := link[1]
			if told[place] == nil {
				_, help := v.get(t, "/help/"+place)
				for _, m := range toldKeys.FindAllStringSubmatch(help, -1) {
					told[place] = append(told[place], strings.ToLower(strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html.UnescapeString(m[1]), " ")), "+")))
				}
				bound[place] = map[string]bool{}
			}
			for _, key := range keysBoundOn(body) {
				require.Contains(t, told[place], key, "%s binds a key that its help does not tell", page)
				bound[place][key] = true
			}
		}
	}
	waiting := []string{"r", "j", "k", "enter"} // news and rows that did not come yet; the browser's own key
	for place, keys := range told {
		for _, key := range keys {
			if slices.Contains([]string{"referrals", "records"}, place) && key == "ctrl+enter" {
				continue // the form is one page further
			}
			require.True(t, bound[place][key] || slices.Contains(waiting, key), "the help of %s tells %s, which no page binds", place, key)
		}
	}
}

// keysBoundOn are the keys of a page as help writes them.
func keysBoundOn(body string) []string {
	var out []string
	for _, m := range boundKey.FindAllStringSubmatch(body, -1) {
		switch key := html.UnescapeString(m[1]); {
		case strings.Contains(body, `id="jump-`+key) || key >= "1" && key <= "7" && strings.Contains(body, `class="jump__t"`):
			out = append(out, "1–7")
		case strings.Contains(body, `aria-keyshortcuts="Alt+`+m[1]+`"`):
			out = append(out, "alt+"+key)
		default:
			out = append(out, key)
		}
	}
	if regexp.MustCompile(`<form[^>]* data-save`).MatchString(body) {
		out = append(out, "ctrl+enter")
	}
	if strings.Contains(body, " data-row") {
		out = append(out, "j", "k")
	}
	return out
}
