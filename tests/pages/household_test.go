package pages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// companion is somebody who comes with the person of the house.
func (h *house) companion(t *testing.T, by, family, given string, file string) (id string) {
	t.Helper()
	r := h.give(t, by, "person.register", map[string]any{"kind": "companion", "anonymous": false, "age_band": "30s", "residence_pref": "13", "language": "ja",
		"student": false, "family": family, "given": given, "search": uuid.NewString()})
	_, id = domain.SplitStream(r[0].Stream)
	if file != "" {
		r = h.give(t, by, "case.add_member", map[string]any{"case": file, "person": id, "part": "adult"})
	}
	require.NoError(t, h.Runner.Wait(t.Context(), r[0].Position, "journeys"))
	return id
}

// formed is the household of the person and a companion.
func (h *house) formed(t *testing.T, co *visitor, companion string) (page string) {
	t.Helper()
	at := "/people/" + h.person + "/household"
	f := form(t, co.page(t, at), at)
	f.Set("relation", "世帯主")
	f["member"] = []string{companion}
	f.Set("relation-"+companion, "妻")
	status, body, to := co.post(t, at, f)
	require.Equal(t, http.StatusSeeOther, status, "%.300s", body)
	again, _, same := co.post(t, at, f)
	require.Equal(t, http.StatusSeeOther, again)
	require.Equal(t, strings.Split(to, "?")[0], strings.Split(same, "?")[0], "a form that is sent twice forms one household")
	return to
}

// A household is formed, grows, moves, is classified, counted, and somebody leaves.
func TestTheLifeOfAHousehold(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	wife := h.companion(t, "co1", "渡邉", "花子", h.file)
	at := "/people/" + h.person + "/household"
	f := form(t, co.page(t, at), at)
	f.Set("relation", "世帯主")
	f["member"] = []string{wife}
	status, body, _ := co.post(t, at, f)
	require.Equal(t, http.StatusUnprocessableEntity, status, "a relation is missing")
	require.Contains(t, body, `id="relation-`+wife+`e"`)
	page := h.formed(t, co, wife)
	address, _, _ := strings.Cut(page, "?")
	body = co.page(t, page)
	for _, said := range []string{"2人", "髙橋 例子", "渡邉 花子", "世帯主", "妻", "同行者", "転入の記録はありません"} {
		require.Contains(t, body, said)
	}
	status, _, to := co.send(t, "GET", at, nil)
	require.Equal(t, []any{http.StatusSeeOther, address}, []any{status, to}, "there is one already")
	require.Contains(t, co.page(t, "/people/"+h.person), `href="`+address+`"`)

	child := h.companion(t, "co1", "髙橋", "小太郎", "")
	refs, err := h.Journeys.Find(t.Context(), child)
	require.NoError(t, err)
	number := "P-0000" + string(rune('0'+refs.Number))
	status, body, _ = co.command(t, co.page(t, address), "join", "who", "P-99999", "relation", "子")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `value="P-99999"`)
	require.Contains(t, co.page(t, co.carried(t, address, "join", "who", number, "relation", "子")), "3人")

	require.NotContains(t, co.page(t, address), `name="movers" value="`+child, "who is not in the case does not move with it")
	to = co.carried(t, address, "add-"+number, "part", "child")
	require.Regexp(t, `\?at=\d+#mh$`, to, "the page goes on at what was changed: the form that had the focus is gone")
	body = co.page(t, to)
	require.NotContains(t, body, `value="add-`)
	require.Contains(t, body, `<option value="13" selected>`, "where the consultee lives is known")
	status, body, _ = co.command(t, co.page(t, address), "move_in", "movers", h.person, "head", h.person, "from_pref", "13", "to_lg", "312011", "register", "1", "reason", "employment", "planned_stay", "permanent", "occurred_on", "2月30日")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "2月30日")
	form := func(v *visitor, id string, fields url.Values) string {
		t.Helper()
		page := v.page(t, address)
		_, rest, ok := strings.Cut(page, `<input type="hidden" name="form" value="`+id+`">`)
		require.True(t, ok, id)
		rest, _, _ = strings.Cut(rest, "</form>")
		for _, m := range hidden.FindAllStringSubmatch(rest, -1) {
			fields.Set(m[1], m[2])
		}
		fields.Set("form", id)
		status, body, to := v.post(t, address, fields)
		_, fault, _ := strings.Cut(body, `class="err"`)
		require.Equal(t, http.StatusSeeOther, status, "%.200s", fault)
		return v.page(t, to)
	}
	body = form(co, "move_in", url.Values{"movers": {h.person, wife, child}, "head": {h.person}, "from_pref": {"13"}, "to_lg": {"312011"}, "register": {"1"}, "reason": {"employment"}, "planned_stay": {"permanent"}, "occurred_on": {"2019-08-05"}})
	for _, said := range []string{"東京都 → 鳥取市", "数えるかどうか未判定", "令和元年8月5日"} {
		require.Contains(t, body, said)
	}
	position := regexp.MustCompile(`value="classify-(\d+)"`).FindStringSubmatch(body)[1]
	require.Contains(t, body, `href="/records/`+position+`/confirm"`)
	require.Contains(t, body, `<option value="20s" selected>`, "so is the age of the head")
	body = form(co, "classify-"+position, url.Values{"rule_version": {"tot-cls-1"}, "reason": {"employment"}, "has_predecessor": {"no"}, "planned_stay": {"permanent"}, "turn": {"u"}, "head_age_band": {"30s"}, "household_size": {"3"}})
	require.Contains(t, body, "tot-cls-1 で数える", "the rule says so, whatever a form says")
	require.Contains(t, list(t, body, "ch"), "未確認", "and without evidence nobody is counted yet")
	h.give(t, "ld1", "case.confirm_relocation", map[string]any{"case": h.file, "relocation": h.said(t, "case.moved_in", "relocation"), "grade": "a", "evidence_kind": "resident_record"})
	require.Eventually(t, func() bool {
		figures := list(t, ld.page(t, address), "ch")
		return strings.Contains(figures, "<strong>3人</strong>") && strings.Contains(figures, "<strong>1世帯</strong>")
	}, time.Minute, 100*time.Millisecond, "three persons, one household (counting.md T5)")

	body = form(co, "move_out-"+position, url.Values{"persons": {child}, "to_pref": {"13"}, "reason": {"family"}, "occurred_on": {"2020-02-10"}})
	require.Contains(t, body, "髙橋 小太郎の転出")
	body = form(co, "leave-"+number, url.Values{"reason": {"adult"}})
	require.Contains(t, body, "2人")
	require.Contains(t, body, "成人")
	require.NotContains(t, h.log.String(), "髙橋")
}

// said is a fact of the last event of a type.
func (h *house) said(t *testing.T, typ, fact string) (value string) {
	t.Helper()
	events, facts := h.since(t, 0)
	for i, e := range events {
		if e.Type == typ {
			value, _ = facts[i][fact].(string)
		}
	}
	return value
}

// A member whose record is another prefecture's changes no byte of the page, and the
// household is unknown there by the number it has here.
func TestAHouseholdTellsNothingOfAnotherPrefecture(t *testing.T) {
	h := open(t)
	co, co9 := h.as(t, "co1"), h.as(t, "co9")
	wife := h.companion(t, "co1", "渡邉", "花子", h.file)
	address, _, _ := strings.Cut(h.formed(t, co, wife), "?")
	status, body := co9.get(t, address)
	require.Equal(t, http.StatusNotFound, status)
	_, nothing := co9.get(t, "/households/99999")
	require.Equal(t, strings.ReplaceAll(nothing, "/households/99999", address), body, "as if there were none")

	before := steady.ReplaceAllString(co.page(t, address), "")
	stranger := h.companion(t, "co9", "例山", "次郎", "")
	r := h.give(t, "co9", "person.join_household", map[string]any{"person": stranger, "household": h.said(t, "person.household_joined", "household"), "relation": "弟"})
	require.NoError(t, h.Runner.Wait(t.Context(), r[0].Position, "journeys"))
	require.Equal(t, before, steady.ReplaceAllString(co.page(t, address), ""))
	theirs := co9.page(t, "/people/"+stranger)
	number := regexp.MustCompile(`href="(/households/\d+)"`).FindStringSubmatch(theirs)[1]
	page := co9.page(t, number)
	require.NotContains(t, page, "渡邉")
	require.Contains(t, page, "1人")
	require.NotContains(t, page, h.person)
	status, _ = co.get(t, number)
	require.Equal(t, http.StatusNotFound, status)
}

// steady is what every answer makes anew.
var steady = regexp.MustCompile(`name="command_id" value="[^"]*"`)
