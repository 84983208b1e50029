package pages_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
	"ayumi/tests/readmodels"
)

// twice registers one human being twice, the second time by holding the question
// open, and answers the address of the pair.
func (h *house) twice(t *testing.T) (co *visitor, pair string) {
	t.Helper()
	co = h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	status, _, _ := co.post(t, "/intake", f)
	require.Equal(t, 303, status)
	_, f = reception(t, co, "見本 太郎 080-0000-4321")
	f.Set("name", "見本 太朗")
	_, body, _ := co.post(t, "/intake", f)
	field := regexp.MustCompile(`name="(apart-[0-9a-f-]+)"`).FindStringSubmatch(body)
	require.NotEmpty(t, field, body)
	f.Set(field[1], "unclear")
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	co.page(t, to)
	at := to[strings.LastIndex(to, "at=")+3:]
	at, _, _ = strings.Cut(at, "&")
	found := regexp.MustCompile(`href="(/duplicates/\d+)"`).FindStringSubmatch(co.page(t, "/duplicates?at="+at))
	require.NotEmpty(t, found)
	return co, found[1]
}

// Who was registered a moment ago is asked about, though no table holds them yet.
func TestNobodyIsRegisteredTwiceWithinAMoment(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, first := reception(t, co, "見本 太郎")
	_, second := reception(t, co, "見本 太郎 080-0000-4321")
	if !readmodels.Postgres() { // whose tables nobody can hold up like this
		held, err := filepath.Glob(filepath.Join(h.Config.Data, "read", "journeys*.db"))
		require.NoError(t, err)
		require.Len(t, held, 1)
		db, err := sql.Open("sqlite", held[0])
		require.NoError(t, err)
		defer db.Close()
		_, err = db.Exec("BEGIN IMMEDIATE")
		require.NoError(t, err)
	}
	status, _, _ := co.post(t, "/intake", first)
	require.Equal(t, 303, status)
	status, body, _ := co.post(t, "/intake", second)
	require.Equal(t, 422, status)
	require.Regexp(t, `name="apart-[0-9a-f-]+"`, body)
	require.Contains(t, body, "P-00002")
}

// A pair of which one is protected waits for the privacy officer, who sees numbers and
// effect, no name, and merges it; a lead does not.
func TestAConfidentialPairIsMergedByThePrivacyOfficer(t *testing.T) {
	h := open(t)
	ja := locale.In(locale.Japanese)
	co, pair := h.twice(t)
	po := h.as(t, "po1")
	status, _ := po.get(t, pair)
	require.Equal(t, 404, status, "a pair that a lead merges is not for the privacy officer")
	require.Contains(t, po.page(t, "/duplicates"), ja.Duplicate.None)

	page := co.page(t, pair)
	flagged := regexp.MustCompile(`<a href="/people/([0-9a-f-]{36})"`).FindAllStringSubmatch(page, -1)
	at := h.toldOf(t, "co1", "person.set_confidentiality", map[string]any{"person": flagged[0][1], "until": japan.DateOf(time.Now()).Add(300).String(), "covers_household": false, "kind": "dv_support", "confirmed_by": "x"})
	ld := h.as(t, "ld1")
	page = ld.page(t, fmt.Sprintf("%s?at=%d", pair, at))
	require.Contains(t, page, ja.Duplicate.NeedsPrivacy)
	require.NotContains(t, page, pair+"/merge")

	list := po.page(t, "/duplicates")
	require.Contains(t, list, `href="`+pair+`"`)
	page = po.page(t, pair)
	require.NotRegexp(t, "太郎|太朗|4321", list+page)
	require.Contains(t, page, "P-00002 と P-00003")
	require.NotContains(t, page, pair+"/dismiss")
	f := form(t, page, pair+"/merge")
	f.Set("evidence", "birth")
	status, body, to := po.post(t, pair+"/merge", f)
	require.Equal(t, 303, status, body)
	page = po.page(t, to)
	require.Contains(t, page, ja.Duplicate.States["merged"])
	require.NotContains(t, page, pair+"/unmerge")
	status, _, _ = po.post(t, pair+"/dismiss", url.Values{"reason": {"family"}})
	require.Equal(t, 403, status)
}

// toldOf gives a command and answers the number of what it recorded last.
func (h *house) toldOf(t *testing.T, by, command string, fields map[string]any) uint64 {
	t.Helper()
	account := uuid.NewSHA1(uuid.NameSpaceOID, []byte(by)).String()
	receipts, err := h.Office.Do(t.Context(), office.Request{Command: command, ID: uuid.New(), By: account, At: time.Now(), Data: dataOf(t, fields)})
	require.NoError(t, err)
	return receipts[0].Position
}

func TestAPairIsMergedByTwoPeopleAndUndone(t *testing.T) {
	h := open(t)
	co, pair := h.twice(t)
	page := co.page(t, pair)
	for _, want := range []string{"P-00002 と P-00003", "見本 太郎", "見本 太朗", "080-0000-4321", "平成9年5月1日", "生年月日が同じ", "＋30", "電話番号が同じ", "判断待ち", "責任者が承認", "いまの記録で95点"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, pair+"/merge", "a counsellor merges nobody")
	status, _, _ := co.post(t, pair+"/merge", url.Values{"evidence": {"birth"}})
	require.Equal(t, 403, status)

	ld := h.as(t, "ld1")
	page = ld.page(t, pair)
	require.Contains(t, page, "提案した人：見本 co1")
	require.Regexp(t, `相談者数</th><td class="nowrap">[^<]*</td><td class="num">\d+[^<]*</td><td class="num">\d+[^<]*</td><td class="num"><strong>−1`, page, "the effect before it is done")
	require.Contains(t, page, "公表した数値は変わりません")
	f := form(t, page, pair+"/merge")
	status, body, _ := ld.post(t, pair+"/merge", f)
	require.Equal(t, 422, status)
	require.Contains(t, body, "根拠を選んでください")
	stale := form(t, page, pair+"/merge")
	stale.Set("evidence", "birth")
	stale.Set("preview", strings.Repeat("0", 64))
	status, body, _ = ld.post(t, pair+"/merge", stale)
	require.Equal(t, 409, status, "another effect than the one shown")
	require.Contains(t, body, "もう一度確かめてください")
	f.Set("evidence", "birth")
	f.Set("reasons", hostile)
	status, body, to := ld.post(t, pair+"/merge", f)
	require.Equal(t, 303, status, body)
	page = ld.page(t, to)
	require.Contains(t, page, "統合済み")
	require.Contains(t, page, "統合を戻す")
	require.NotContains(t, ld.page(t, "/duplicates"), pair)
	require.Contains(t, ld.page(t, "/duplicates?st=decided"), pair)
	_, body, _ = co.post(t, "/intake/search", url.Values{"q": {"見本 080-0000-4321"}})
	require.Contains(t, body, "近い人が1人います", "one human being")

	f = form(t, page, pair+"/unmerge")
	status, body, _ = ld.post(t, pair+"/unmerge", f)
	require.Equal(t, 422, status)
	require.Contains(t, body, "戻す理由を選んでください")
	f.Set("reason", "different_person")
	status, body, to = ld.post(t, pair+"/unmerge", f)
	require.Equal(t, 303, status, body)
	require.Contains(t, ld.page(t, to), "統合を戻した")
	_, body, _ = co.post(t, "/intake/search", url.Values{"q": {"見本 080-0000-4321"}})
	require.Contains(t, body, "近い人が2人います")
	page = ld.page(t, pair)
	f = form(t, page, pair+"/merge")
	f.Set("evidence", "birth")
	status, body, _ = ld.post(t, pair+"/merge", f)
	require.Equal(t, 422, status, "undone once: it takes new evidence")
	require.Contains(t, body, "新しい根拠")
	f.Set("evidence", "resident_record")
	status, _, _ = ld.post(t, pair+"/merge", f)
	require.Equal(t, 303, status)
}

func TestTheOtherRecordCanGoOn(t *testing.T) {
	h := open(t)
	_, pair := h.twice(t)
	ld := h.as(t, "ld1")
	page := ld.page(t, pair+"?keep=P-00003")
	f := form(t, page, pair+"/merge")
	require.Equal(t, "P-00003", f.Get("keep"))
	f.Set("evidence", "phone")
	status, body, to := ld.post(t, pair+"/merge", f)
	require.Equal(t, 303, status, body)
	require.Contains(t, ld.page(t, to), "P-00003 と P-00002", "the survivor first")
	status, _ = ld.get(t, pair+"?keep=%3Cscript%3E")
	require.Equal(t, 422, status)
}

func TestDifferentPersonsAreNotSuggestedAgain(t *testing.T) {
	h := open(t)
	co, pair := h.twice(t)
	f := form(t, co.page(t, pair), pair+"/dismiss")
	status, body, _ := co.post(t, pair+"/dismiss", f)
	require.Equal(t, 422, status)
	require.Contains(t, body, "理由を選んでください")
	f.Set("reason", "family")
	status, body, to := co.post(t, pair+"/dismiss", f)
	require.Equal(t, 303, status, body)
	page := co.page(t, to)
	require.Contains(t, page, "別の人")
	require.NotContains(t, page, pair+"/dismiss")
	require.Contains(t, co.page(t, "/duplicates"), "判断を待つ候補はありません")
	time.Sleep(300 * time.Millisecond)
	require.Equal(t, 1, h.happened(t)["person.duplicate_suspected"])
}

func TestWhoApprovesIsNotWhoProposes(t *testing.T) {
	h := open(t)
	h.grant(t, "co1", "LD")
	co, pair := h.twice(t)
	page := co.page(t, pair)
	require.Contains(t, page, "自分で提案した統合は承認できません")
	require.NotContains(t, page, pair+"/merge")
	status, body, _ := co.post(t, pair+"/merge", url.Values{"evidence": {"birth"}, "shown": {"1"}, "preview": {strings.Repeat("0", 64)}})
	require.Contains(t, []int{409, 422}, status, body)
	require.Zero(t, h.happened(t)["person.merged"])
	ld := h.as(t, "ld1")
	f := form(t, ld.page(t, pair), pair+"/propose")
	status, _, to := ld.post(t, pair+"/propose", f)
	require.Equal(t, 303, status)
	require.Contains(t, ld.page(t, to), "見本 ld1")
	require.Contains(t, co.page(t, pair), pair+"/merge", "proposed by another")
}

func TestAPairOfAnotherPrefectureIsMissing(t *testing.T) {
	h := open(t)
	_, pair := h.twice(t)
	away := h.as(t, "co9")
	status, body := away.get(t, pair)
	require.Equal(t, 404, status)
	_, none := away.get(t, "/duplicates/999999")
	require.Equal(t, strings.ReplaceAll(none, "/duplicates/999999", pair), body)
	require.Contains(t, away.page(t, "/duplicates"), "判断を待つ候補はありません")
	for _, path := range []string{"/duplicates/0", "/duplicates/x", "/duplicates/1", "/duplicates/18446744073709551615"} {
		status, _ = h.as(t, "ld1").get(t, path)
		require.Equal(t, 404, status, path)
	}
	status, _, _ = h.as(t, "ld1").post(t, pair+"/destroy", url.Values{})
	require.Equal(t, 404, status)
}
