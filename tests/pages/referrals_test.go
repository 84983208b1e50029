package pages_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
	"ayumi/tests/flow"
	"ayumi/tests/pdftext"
)

// town is a municipality with an account of its own, village one without.
var (
	town    = uuid.NewSHA1(uuid.NameSpaceOID, []byte("town")).String()
	village = uuid.NewSHA1(uuid.NameSpaceOID, []byte("village")).String()
)

// withPartners adds two partners and the account of one.
func withPartners(h *house, d *flow.Desk) {
	at := flow.At("2019-06-09", 10)
	for id, name := range map[string]string{town: "見本市 移住担当", village: "見本村 移住担当"} {
		d.Do(at, "ld1", "partner.register", map[string]any{"partner": id, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": name})
	}
	for code, partner := range map[string]string{"pt1": town, "pt2": village} {
		account := uuid.NewSHA1(uuid.NameSpaceOID, []byte(code)).String()
		d.Do(at, "system", "account.open", map[string]any{"account": account, "kind": "partner", "partner": partner, "code": code, "name": "窓 口男", "kana": "まど", "controller": "31"})
		d.Do(at, "system", "account.grant_role", map[string]any{"account": account, "role": "PT"})
	}
}

// referred refers the person to the town, and answers the number of the referral.
func (h *house) referred(t *testing.T) uint64 {
	return h.told(t, "co1", "case.refer", "case.referral_proposed", map[string]any{"case": h.file, "partner": town, "purpose": "housing", "reason": "空き家を探す", "basis": "within_purpose",
		"due_on": "2999-01-01", "fields": []string{"name"}, "notice_version": "n1", "text": "髙橋 例子 さん。空き家を探している。"})
}

func TestTheBoardShowsBothDirections(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	no := h.referred(t)
	co := h.as(t, "co1")
	page := co.page(t, fmt.Sprintf("/referrals?at=%d", no+3))
	require.Contains(t, page, "髙橋 例子")
	require.Contains(t, page, "見本市 移住担当")
	require.Contains(t, page, ja.Referrals.States["sent"])
	require.Contains(t, page, fmt.Sprintf(`href="/referrals/%d"`, no))
	require.NotContains(t, co.page(t, "/referrals?way=in"), "髙橋 例子")

	// What came by letter is on the board without a name until somebody takes it on.
	f := form(t, page, "/referrals#inward")
	for name, value := range map[string]string{"partner": village, "purpose": "job", "basis": "consent_or_to_self", "due_on": "2999-01-01", "name": "例示 花子", "text": "東京での面談をお願いしたい" + hostile, "occurred_on": "today"} {
		f.Set(name, value)
	}
	f.Set("occurred_on", "2019-06-10")
	missing := url.Values{}
	for k, v := range f {
		missing[k] = v
	}
	missing.Set("name", "")
	status, body, _ := co.post(t, "/referrals", missing)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, ja.Refusal("field.required", "name", nil))
	require.Contains(t, body, "東京での面談をお願いしたい")
	require.NotContains(t, body, "<script>alert")
	status, _, location := co.post(t, "/referrals", f)
	require.Equal(t, http.StatusSeeOther, status, h.log.String())
	page = co.page(t, "/referrals?way=in&"+location[strings.Index(location, "at="):])
	require.Contains(t, page, "見本村 移住担当")
	require.Contains(t, page, ja.Referrals.NameAfter)
	require.NotContains(t, page, "例示 花子")
	require.NotContains(t, h.log.String(), "例示")

	// The other prefecture has a board of its own.
	other := h.as(t, "co9").page(t, "/referrals?desk=all")
	require.NotContains(t, other, "見本市")
	require.NotContains(t, other, "見本村")
}

// The result that the partner tells comes back into the person's journey.
func TestAReferralIsAnsweredInTheSendersJourney(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	no := h.referred(t)
	address := fmt.Sprintf("/referrals/%d", no)
	co := h.as(t, "co1")
	page := co.page(t, fmt.Sprintf("%s?at=%d", address, no+3))
	for _, want := range []string{"見本市 移住担当", "空き家を探している。", ja.Code("basis", "within_purpose"), ja.Code("share_field", "name"), "髙橋 例子"} {
		require.Contains(t, page, want)
	}
	status, _, _ := h.as(t, "co9").send(t, "GET", address, nil)
	require.Equal(t, http.StatusNotFound, status)
	step := func(command string, fields map[string]string) (int, string) {
		f := commandOf(t, co.page(t, address), command)
		for name, value := range fields {
			f.Set(name, value)
		}
		status, body, location := co.post(t, address, f)
		if location != "" {
			co.page(t, location)
		}
		return status, body
	}
	status, _ = step("case.accept_referral", nil)
	require.Equal(t, http.StatusSeeOther, status)
	status, _ = step("case.progress_referral", map[string]string{"step": "viewing", "note": "内見" + hostile})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, "/referrals"), ja.Referrals.States["in_progress"])
	status, body := step("case.complete_referral", map[string]string{"note": "入居した"})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "入居した")
	status, _ = step("case.complete_referral", map[string]string{"result": "achieved", "note": "入居した"})
	require.Equal(t, http.StatusSeeOther, status)
	page = co.page(t, address)
	require.Contains(t, page, ja.Referrals.StepsOver)
	require.NotContains(t, page, "<script>alert")
	journey := co.page(t, "/people/"+h.person)
	require.Contains(t, journey, ja.Event("case.referral_completed"))
	require.Contains(t, journey, "入居した")
	require.NotContains(t, h.log.String(), "入居した")
}

// commandOf is the form of a command on a page.
func commandOf(t *testing.T, page, command string) url.Values {
	t.Helper()
	for part := range strings.SplitSeq(page, "<form ") {
		if strings.Contains(part, `value="`+command+`"`) {
			part, _, _ = strings.Cut(part, "</form>")
			out := url.Values{"occurred_on": {japan.DateOf(time.Now()).String()}}
			for _, m := range hidden.FindAllStringSubmatch(part, -1) {
				out.Set(m[1], m[2])
			}
			return out
		}
	}
	require.Fail(t, "no form for "+command)
	return nil
}

// A person is referred in two steps: what will be sent is shown, and exactly that is
// sent.
func TestWhatIsShownIsWhatIsSent(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	co := h.as(t, "co1")
	address := "/people/" + h.person + "/refer"
	require.Contains(t, co.page(t, "/people/"+h.person), `href="`+address+`"`)
	page := co.page(t, address)
	require.Contains(t, page, "髙橋 例子")
	status, _, _ := h.as(t, "co9").send(t, "GET", address, nil)
	require.Equal(t, http.StatusNotFound, status)
	f := form(t, page, address)
	status, body, _ := co.post(t, address, f)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, ja.Message.RequiredChoose(ja.Referrals.Partner))
	f.Set("partner", town)
	f.Set("purpose", "housing")
	f.Set("reason", "控え"+hostile)
	f["fields"] = []string{"name", "kana"}
	_, body, _ = co.post(t, address, f)
	require.NotContains(t, body, "居住都道府県：")
	f["drafted"], f["fields"] = []string{"name", "kana"}, []string{"name", "kana", "address_pref"}
	f.Set("text", "氏名：髙橋 例子\nふりがな：たかはし れいこ") // as it came: the items changed, so it is made anew
	f.Set("due_on", "2999-01-01")
	f.Set("do", "send") // without having seen it
	status, body, _ = co.post(t, address, f)
	require.Equal(t, http.StatusOK, status, body)
	for _, want := range []string{ja.Referrals.PreviewHeading, "氏名：髙橋 例子", "ふりがな：たかはし れいこ", "居住都道府県：東京都", "見本市 移住担当", ja.Code("basis", "within_purpose")} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, body, "<script>alert")
	shown := form(t, body, address)
	for name, value := range shown {
		f[name] = value
	}
	_, text, _ := strings.Cut(body, `name="text" rows="8" lang="ja" aria-describedby="txh">`)
	text, _, _ = strings.Cut(text, "</textarea>")
	f.Set("text", text)
	// What is changed after it was shown is shown again.
	changed := url.Values{}
	for name, value := range f {
		changed[name] = value
	}
	changed.Set("text", text+"\n追記")
	status, body, _ = co.post(t, address, changed)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, ja.Referrals.PreviewHeading)
	status, body, location := co.post(t, address, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	page = co.page(t, location)
	require.Contains(t, page, "氏名：髙橋 例子")
	require.Contains(t, page, ja.Referrals.States["sent"])
	letter := location[:strings.Index(location, "?")] + "/letter"
	require.Contains(t, page, `href="`+letter+`"`)
	page = co.page(t, letter)
	for _, want := range []string{ja.Letter.Title, "見本市 移住担当 御中", "氏名：髙橋 例子", "見本 co1"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "控え", "our reason is not theirs to read")
	require.Contains(t, co.page(t, letter+"?language=en"), locale.In(locale.English).Letter.Title)
	status, file := co.get(t, letter+"/pdf")
	require.Equal(t, http.StatusOK, status)
	doc, err := pdftext.Read([]byte(file))
	require.NoError(t, err)
	require.Contains(t, doc.All(), "氏名：髙橋例子")
	status, _ = h.as(t, "co9").get(t, letter)
	require.Equal(t, http.StatusNotFound, status)
	status, _, again := co.post(t, address, f) // sent twice: once
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, location, again)
	require.Equal(t, 1, strings.Count(co.page(t, "/referrals"), `class="rf__c"`))

	// A basis that does not hold is told, and nothing typed is lost.
	f.Set("command_id", uuid.NewString())
	f.Set("basis", "consent_or_to_self")
	status, body, _ = co.post(t, address, f)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, ja.Refusal("consent.missing", "consent", nil))
	require.Contains(t, body, "居住都道府県：東京都")
}

// A partner's account sees what was told to its body and nothing else, answers there,
// and sends somebody to us.
func TestAPartnerSeesItsOwnReferralsOnly(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	no := h.referred(t)
	hidden := h.told(t, "co1", "case.propose_referral", "case.referral_proposed", map[string]any{"case": h.file, "partner": town, "purpose": "job", "reason": "まだ送っていない"})
	address := fmt.Sprintf("/partner/%d", no)
	h.as(t, "co1").page(t, fmt.Sprintf("/referrals?at=%d", hidden))
	pt, other := h.as(t, "pt1"), h.as(t, "pt2")

	status, _, location := pt.send(t, "GET", "/", nil)
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, "/partner", location)
	page := pt.page(t, "/partner")
	require.Contains(t, page, "髙橋 例子 さん。空き家を探している。")
	require.Equal(t, 1, strings.Count(page, `class="rf__c"`), "what was not sent is not there")
	page = pt.page(t, address)
	require.Contains(t, page, "髙橋 例子 さん。空き家を探している。")
	for _, never := range []string{"空き家を探す", h.person, h.file, "/records/", "/people/", "見本 co1", "expected\" value=\"8"} {
		require.NotContains(t, page, never)
	}
	for _, closed := range []string{fmt.Sprintf("/partner/%d", hidden), "/partner/1", "/partner/999999"} {
		status, _ = pt.get(t, closed)
		require.Equal(t, http.StatusNotFound, status, closed)
	}
	require.NotContains(t, other.page(t, "/partner"), "髙橋")
	status, body := other.get(t, address)
	require.Equal(t, http.StatusNotFound, status)
	_, nothing := other.get(t, "/partner/999999")
	require.Equal(t, strings.ReplaceAll(nothing, "999999", fmt.Sprint(no)), body, "another body's referral is as one that never was")
	status, _, _ = other.post(t, address, url.Values{"command": {"case.accept_referral"}})
	require.Equal(t, http.StatusNotFound, status)
	for _, closed := range []string{"/people", "/people/" + h.person, "/referrals", h.record(), "/indicators", "/ledger", "/audit"} {
		status, _ = pt.get(t, closed)
		require.Equal(t, http.StatusForbidden, status, closed)
	}

	f := commandOf(t, page, "case.accept_referral")
	status, body, location = pt.post(t, address, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	page = pt.page(t, location)
	f = commandOf(t, page, "case.complete_referral")
	f.Set("result", "achieved")
	f.Set("note", "入居した"+hostile)
	status, _, location = pt.post(t, address, f)
	require.Equal(t, http.StatusSeeOther, status)
	page = pt.page(t, location)
	require.Contains(t, page, ja.Referrals.PartnerNothing)
	status, _, _ = pt.post(t, address, url.Values{"command": {"case.cancel_referral"}, "reason": {"error"}})
	require.Equal(t, http.StatusNotFound, status, "a step that is no partner's")
	journey := h.as(t, "co1").page(t, "/people/"+h.person)
	require.Contains(t, journey, "入居した")
	require.Contains(t, journey, "窓 口男") // who recorded it

	// Somebody is sent to us, taken on, and the result goes back.
	f = commandOf(t, pt.page(t, "/partner"), "partner.make_inward")
	for name, value := range map[string]string{"purpose": "job", "basis": "consent_or_to_self", "due_on": "2999-01-01", "name": "例示 花子", "text": "東京での面談をお願いしたい"} {
		f.Set(name, value)
	}
	f.Set("partner", village) // a form cannot name another body
	status, body, location = pt.post(t, "/partner", f)
	require.Equal(t, http.StatusSeeOther, status, body)
	require.Contains(t, pt.page(t, location), "例示 花子")
	require.NotContains(t, other.page(t, "/partner"), "例示")
	inward := strings.Replace(location[:strings.Index(location, "?")], "/partner", "/referrals", 1)
	co := h.as(t, "co1")
	page = co.page(t, inward)
	require.NotContains(t, page, "例示 花子")
	require.NotContains(t, page, "東京での面談")
	status, _, location = co.post(t, inward, commandOf(t, page, "partner.accept_inward"))
	require.Equal(t, http.StatusSeeOther, status)
	page = co.page(t, location)
	require.Contains(t, page, "例示 花子")
	f = commandOf(t, page, "partner.link_inward")
	f.Set("person", "P-00001")
	status, body, location = co.post(t, inward, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	page = co.page(t, location)
	require.Contains(t, page, "髙橋 例子")
	f = commandOf(t, page, "partner.answer_inward")
	f.Set("result", "partly")
	f.Set("note", "面談を1回した")
	status, body, location = co.post(t, inward, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	co.page(t, location)
	page = pt.page(t, strings.Replace(inward, "/referrals", "/partner", 1))
	require.Contains(t, page, "面談を1回した")
	require.NotContains(t, page, "髙橋", "whom it turned out to be is not told")
	require.Contains(t, co.page(t, "/people/"+h.person+"?type=system"), ja.Event("partner.inward_linked"))
}

// Once sharing is stopped the partner no longer sees what it was told.
func TestStoppedSharingClosesThePartnersPage(t *testing.T) {
	h := openAfter(t, withPartners)
	no := h.referred(t)
	end := h.told(t, "co1", "case.cancel_referral", "case.sharing_stopped", map[string]any{"case": h.file, "referral": h.referralOf(t, no), "reason": "consent_withdrawn"})
	h.as(t, "co1").page(t, fmt.Sprintf("/referrals?at=%d", end))
	status, _ := h.as(t, "co1").get(t, fmt.Sprintf("/referrals/%d/letter", no))
	require.Equal(t, http.StatusNotFound, status)
	pt := h.as(t, "pt1")
	for _, address := range []string{"/partner", fmt.Sprintf("/partner/%d", no)} {
		page := pt.page(t, address)
		require.NotContains(t, page, "髙橋", address)
		require.Contains(t, page, locale.In(locale.Japanese).Referrals.PartnerGone)
	}
}

// referralOf is the id of the referral that began at a position.
func (h *house) referralOf(t *testing.T, position uint64) string {
	require.NoError(t, h.Ready(t.Context(), time.Minute))
	e, err := h.Journeys.Record(t.Context(), position, projections.Newest)
	require.NoError(t, err)
	return e.Facts.Text("referral")
}

// The board of a past day shows referrals as they stood at its end, and offers nothing
// to be done.
func TestTheBoardAsItWas(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	begun := time.Now().AddDate(0, 0, -3)
	no := h.toldAt(t, begun, "co1", "case.refer", "case.referral_proposed", map[string]any{"case": h.file, "partner": town, "purpose": "housing", "reason": "空き家を探す",
		"basis": "within_purpose", "due_on": "2999-01-01", "fields": []string{"name"}, "notice_version": "n1", "text": "空き家を探している。"})
	referral := h.referralOf(t, no)
	at := h.told(t, "co1", "case.accept_referral", "case.referral_accepted", map[string]any{"case": h.file, "referral": referral})
	co := h.as(t, "co1")
	now := co.page(t, fmt.Sprintf("/referrals?at=%d", at))
	require.Contains(t, now, ja.Referrals.States["accepted"])
	require.Contains(t, now, "/referrals/stream?")
	day := func(ago int) string {
		return co.page(t, "/referrals?way=out&asof="+japan.DateOf(time.Now()).Add(-ago).String())
	}
	then := day(2)
	require.Contains(t, then, ja.Referrals.States["sent"])
	require.NotContains(t, then, ja.Referrals.States["accepted"]+"<")
	require.Contains(t, then, ja.Frame.ReadOnly)
	require.NotContains(t, then, "/referrals/stream?")
	require.NotContains(t, then, `id="inward"`)
	require.Contains(t, then, `name="way" value="out"`)
	require.NotContains(t, day(4), "見本市 移住担当", "not referred yet")
	status, body := co.get(t, "/referrals?asof=2/30")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `aria-invalid="true"`)
	require.Contains(t, co.page(t, "/today?asof="+japan.DateOf(time.Now()).Add(-1).String()), fmt.Sprintf(`href="/referrals/%d"`, no), "a row of the day leads to its referral")
}

func TestTheBoardHearsWhatMoves(t *testing.T) {
	h := openAfter(t, withPartners)
	co := h.as(t, "co1")
	from := regexp.MustCompile(`/referrals/stream\?[^"]+`).FindString(co.page(t, "/referrals?way=out"))
	lines := co.listen(t, strings.ReplaceAll(from, "&amp;", "&"))
	h.referred(t)
	for line := range lines {
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			require.Contains(t, data, "一覧に1件の動きがあります")
			require.Contains(t, data, `name="way" value="out"`)
			require.NotContains(t, data, "髙橋")
			return
		}
	}
	require.Fail(t, "nothing was told")
}
