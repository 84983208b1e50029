package pages_test

import (
	"context"
	"errors"
	"html"
	"io"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/projections"
)

// edited is the form of a new version of C1, filled in: only the phone counts.
func edited(t *testing.T, page string) url.Values {
	t.Helper()
	f := form(t, page, "/definitions/C1/new")
	for name, value := range map[string]string{"definition_version": "c1-phone", "official_from": "2019-04-01", "unit": "sessions", "basis": "gross",
		"channels": "phone", "same_day_rule": "on", "overrides": "honoured", "text": "電話の相談だけを数える。"} {
		f.Set(name, value)
	}
	f["categories"] = []string{"student", "job"}
	return f
}

var differenceLink = regexp.MustCompile(`href="(/differences\?[^"]+)"`)

// A new version is tried over all past years, proposed, refused to its proposer,
// approved by another person, and counts at once, on every page and at its scope.
func TestADefinitionIsProposedTriedAndApproved(t *testing.T) {
	h := open(t)
	an, mg := h.as(t, "an1"), h.as(t, "mg1")
	list := an.page(t, "/definitions")
	for _, want := range []string{"就業相談", "C1@D-TKY", "tot-2019.1", "U1@31", "B0@TKC", "oka-trial-1", "試算用"} {
		require.Contains(t, list, want)
	}
	require.Contains(t, an.page(t, "/definitions/C1"), "宣言された断絶はありません")
	f := edited(t, an.page(t, "/definitions/C1/new"))

	tried := an.page(t, "/definitions/C1/new?"+f.Encode())
	require.Regexp(t, `令和元年度</th><td>tot-2019.1</td><td class="num">2</td><td class="num">1</td><td class="num"><strong>−1`, tried)
	link := differenceLink.FindStringSubmatch(tried)
	require.NotNil(t, link)
	why := an.page(t, html.UnescapeString(link[1]))
	require.Contains(t, why, "就業相談 2件 → 1件")
	require.Contains(t, why, `id="w-definition"`)
	require.Contains(t, an.page(t, "/definitions/C1"), "いまの版", "nothing was written")
	require.NotContains(t, an.page(t, "/definitions/C1"), "c1-phone")

	status, _, to := an.post(t, "/definitions/C1/new", f)
	require.Equal(t, 303, status)
	page := an.page(t, to)
	for _, want := range []string{"提案中", "いまの値 2 → 1件", "公表した値は変わりません", "承認・差戻しは承認者が行います"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, `value="approve"`)
	status, _, again := an.post(t, "/definitions/C1/new", f)
	require.Equal(t, 303, status)
	require.Equal(t, to, again, "a form sent twice proposes once")
	require.Contains(t, an.page(t, "/indicators?fy=2019&of=C1"), `>2</a><small>件`, "a proposal does not count")

	page = mg.page(t, to)
	action := "/definitions/C1/versions/c1-phone?scope=D-TKY"
	good := form(t, page, action)
	good.Set("act", "approve")
	for field, value := range map[string]string{"digest": strings.Repeat("0a", 32), "shown_at": "1"} {
		bad := form(t, page, action)
		bad.Set("act", "approve")
		bad.Set(field, value)
		status, body, _ := mg.post(t, action, bad)
		require.Equal(t, 422, status, field)
		require.Contains(t, body, "か所を直してください")
	}
	status, _, to = mg.post(t, action, good)
	require.Equal(t, 303, status)
	require.Contains(t, mg.page(t, to), "この版で数えています")
	page = mg.page(t, "/indicators?fy=2019&of=C1")
	require.Contains(t, page, `>1</a><small>件`, "it counts without a new start")
	require.Contains(t, page, "c1-phone")
	require.Contains(t, an.page(t, "/definitions/C1?scope=31"), "tot-2019.1", "another scope")
	require.NotContains(t, an.page(t, "/definitions/C1?scope=31"), "c1-phone")
	require.NotContains(t, h.as(t, "co1").page(t, h.record()), "c1-phone")

	then := "/indicators?fy=2019&of=C1&asof=2020-06-30"
	page = an.page(t, then)
	require.Contains(t, page, `>2</a><small>件`, "as known before the approval, by the rule of that day")
	require.Contains(t, page, "tot-2019.1")
	require.Contains(t, page, "後に承認された定義 c1-phone で数える", "the version of today is one click away")
	page = an.page(t, then+"&def=c1-phone")
	require.Contains(t, page, `>1</a><small>件`)
	require.Contains(t, page, "この時点より後に承認された定義 c1-phone で数えています")
	require.Contains(t, an.page(t, then+"&lens=now"), `>1</a><small>件`, "the lens of now counts by the rule of now")
	why = an.page(t, "/differences?of=C1&fy=2019&known=2020-06-30")
	require.Contains(t, why, "就業相談 2件 → 1件")
	require.Contains(t, why, `id="w-definition"`)
	require.NotContains(t, an.page(t, "/differences?of=C1&fy=2019&known=2020-06-30&def=c1-phone"), `id="w-definition"`, "one rule for both")
	today := regexp.MustCompile(`href="(/differences\?[^"]+)">両方をいまの定義 c1-phone で数える`).FindStringSubmatch(why)
	require.Len(t, today, 2, "the rule of today is one click away")
	both := an.page(t, html.UnescapeString(today[1]))
	require.NotContains(t, both, `id="w-definition"`)
	require.NotContains(t, both, "両方をいまの定義", "it counts already")
	_, header, file := an.file(t, "/indicators/file?fy=2019&edition=internal&format=csv&asof=2020-06-30")
	require.Contains(t, header.Get("Content-Disposition"), "asof-2020-06-30")
	require.NotContains(t, string(file), "c1-phone")
	_, _, file = an.file(t, "/indicators/file?fy=2019&edition=internal&format=csv&asof=2020-06-30&def=c1-phone")
	require.Contains(t, string(file), "c1-phone")
	offer := an.page(t, "/ledger/new?of=C1&scope=D-TKY&fy=2019&known=2020-06-30")
	require.Contains(t, offer, "2件")
	require.Contains(t, offer, `<option value="c1-phone"`)

	retire := form(t, mg.page(t, to), action)
	retire.Set("act", "retire")
	retire.Set("from", "x")
	status, body, _ := mg.post(t, action, retire)
	require.Equal(t, 422, status)
	require.Contains(t, body, `aria-invalid="true"`)
	retire.Set("from", "H31 4 1")
	status, _, to = mg.post(t, action, retire)
	require.Equal(t, 303, status)
	require.Contains(t, mg.page(t, to), "終了")
	require.Contains(t, mg.page(t, "/indicators?fy=2019&of=C1"), `>2</a><small>件`)
	require.Contains(t, mg.page(t, "/indicators?fy=2019&of=C1&def=c1-phone"), `>1</a><small>件`, "a retired version stays nameable")
}

// Each bad field is named with its reason, nothing is lost, nothing is written.
func TestBadDefinitionsAreNamedByField(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	good := edited(t, an.page(t, "/definitions/C1/new"))
	for field, value := range map[string]string{
		"definition_version": "a b", "official_from": "2019-02-30", "unit": "kg", "basis": "net", "channels": "smoke", "same_day_rule": "perhaps", "categories": "smoke", "overrides": "", "text": "",
	} {
		bad := url.Values{}
		for name, values := range good {
			bad[name] = values
		}
		if bad.Set(field, value); value == "" {
			bad.Del(field)
		}
		status, body, _ := an.post(t, "/definitions/C1/new", bad)
		require.Equal(t, 422, status, field)
		require.Contains(t, body, `role="alert"`, field)
		require.Contains(t, body, "電話", field)
		if field != "text" {
			require.Contains(t, body, "電話の相談だけを数える。", field)
		}
	}
	used := url.Values{}
	for name, values := range good {
		used[name] = values
	}
	used.Set("definition_version", "tot-2019.1")
	status, body, _ := an.post(t, "/definitions/C1/new", used)
	require.Equal(t, 422, status)
	require.Contains(t, body, "その版の名前はもう使われています")
	require.NotContains(t, an.page(t, "/definitions"), "提案中")
	for _, path := range []string{"/definitions/X9", "/definitions/C1/versions/x", "/definitions/%3Cscript%3E"} {
		status, _ := an.get(t, path)
		require.Equal(t, 404, status, path)
	}
}

// Who proposed and may also approve is refused in words.
func TestNobodyApprovesAnOwnDefinition(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	f := edited(t, an.page(t, "/definitions/C1/new"))
	status, _, to := an.post(t, "/definitions/C1/new", f)
	require.Equal(t, 303, status)
	h.grant(t, "an1", "MG")
	page := an.page(t, to)
	require.Contains(t, page, "自分で提案した版は承認できません")
	require.NotContains(t, page, `value="approve"`)
}

// held hands the log out only once it is let go.
type held struct {
	projections.Feed
	letGo chan struct{}
}

func (f held) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		select {
		case <-f.letGo:
		case <-ctx.Done():
			return
		}
		f.Feed.Events(ctx, after)(yield)
	}
}

// While records are counted by a new definition the page says how far that is and
// asks again by itself; the address holds everything that was typed.
func TestAReplayIsShownAndEndsInItsPage(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	log := held{h.Indicators.Log, make(chan struct{})}
	h.Indicators.Log = log
	address := "/definitions/C1/new?" + edited(t, an.page(t, "/definitions/C1/new")).Encode()
	req, err := http.NewRequest("GET", h.server.URL+address, nil)
	require.NoError(t, err)
	res, err := an.Do(req)
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, errors.Join(err, res.Body.Close()))
	require.Equal(t, 503, res.StatusCode)
	require.Equal(t, "1", res.Header.Get("Refresh"))
	require.Contains(t, string(body), "<progress")
	require.Contains(t, string(body), "再生中 0 / ")
	require.Contains(t, an.page(t, "/indicators?fy=2019"), "就業相談", "other pages do not wait")
	close(log.letGo)
	require.Contains(t, an.page(t, address), "過去の年度での試算")
}
