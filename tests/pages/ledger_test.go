package pages_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/projections"
	"ayumi/tests/example"
)

// propose counts C1 of fiscal 2019 as known at the end of a day and proposes it;
// it answers the address of the quantity.
func (v *visitor) propose(t *testing.T, known string) string {
	t.Helper()
	page := v.page(t, "/ledger/new?of=C1&scope=D-TKY&fy=2019&known="+known)
	status, body, to := v.post(t, "/ledger/new", form(t, page, `/ledger/new" class="mt-3`))
	require.Equal(t, http.StatusSeeOther, status, body)
	v.page(t, to) // waits until the read model has it
	to, _, _ = strings.Cut(to, "?")
	return to
}

// act presses a button of the page of a quantity.
func (v *visitor) act(t *testing.T, quantity, act string, more url.Values) (int, string) {
	t.Helper()
	action := quantity + "/" + act
	f := form(t, v.page(t, quantity), action)
	for name, values := range more {
		f[name] = values
	}
	status, body, to := v.post(t, action, f)
	if status == http.StatusSeeOther {
		v.page(t, to) // waits until the read model has it
	}
	return status, body
}

// A figure goes its whole way through the pages: counted, proposed, approved by
// another, published with the digest of its document, corrected, verified.
func TestAFigureIsPublishedAndCorrected(t *testing.T) {
	h := open(t)
	an, mg, au, co := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au1"), h.as(t, "co1")
	require.Contains(t, an.page(t, "/ledger"), "公表した数値はまだありません")
	quantity := an.propose(t, "2019-06-07") // one session was known then
	page := an.page(t, quantity)
	require.Contains(t, page, "提案中")
	require.NotContains(t, page, quantity+"/approve", "nobody approves an own proposal")
	require.Contains(t, an.page(t, "/ledger"), "公表を待つもの")

	page = mg.page(t, quantity)
	status, _, _ := co.post(t, quantity+"/approve", form(t, page, quantity+"/approve"))
	require.Equal(t, http.StatusForbidden, status)
	twice := form(t, page, quantity+"/approve")
	for range 2 { // the button is pressed again before the answer is there
		status, body, to := mg.post(t, quantity+"/approve", twice)
		require.Equal(t, http.StatusSeeOther, status, body)
		mg.page(t, to)
	}

	status, body := mg.act(t, quantity, "publish", url.Values{"status": {"preliminary"}, "outlet": {"press"}, "basis": {"none"}, "note": {hostile}})
	require.Equal(t, http.StatusUnprocessableEntity, status, "without a document")
	require.Contains(t, body, "&lt;script&gt;alert(1)", "what was typed stays")
	status, body = mg.act(t, quantity, "publish", url.Values{"status": {"preliminary"}, "outlet": {"press"}, "basis": {"none"}, "document": {"zz"}})
	require.Equal(t, http.StatusUnprocessableEntity, status, body)
	document := []byte("報道提供資料")
	require.Equal(t, http.StatusSeeOther, mg.upload(t, quantity, document))
	sum := sha256.Sum256(document)
	page = au.page(t, "/figures/F-0001")
	for _, want := range []string{hex.EncodeToString(sum[:]), "速報", "報道発表", "現在値", "公表値との差 ＋1", "まだ検証していません"} {
		require.Contains(t, page, want)
	}
	require.Contains(t, au.page(t, "/ledger"), "いま 2件")
	require.Contains(t, au.page(t, "/ledger"), "まだ検証していない数値が1件")

	require.Equal(t, quantity, an.propose(t, "2019-06-30"), "the next edition of the same quantity")
	status, _ = mg.act(t, quantity, "approve", nil)
	require.Equal(t, http.StatusSeeOther, status)
	status, body = mg.act(t, quantity, "correct", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "訂正の理由が要ります")
	status, _ = mg.act(t, quantity, "correct", url.Values{"reason": {"後日入力"}, "remark": {"正誤表 第1号"}})
	require.Equal(t, http.StatusSeeOther, status)
	page = au.page(t, "/figures/F-0002")
	for _, want := range []string{"訂正", "正誤表", "<del>1</del>", "<strong>2</strong>", "公表値と同じです"} {
		require.Contains(t, page, want)
	}
	require.Contains(t, au.page(t, "/figures/1"), "置き換え済み")

	page = au.verified(t)
	require.Contains(t, page, "数え直せる2件は、すべて公表した値と一致しました")
	require.Contains(t, page, "置き換えの鎖")
	require.Contains(t, au.page(t, "/ledger?st=corrected"), "1件・新しい順")
	require.NotContains(t, au.page(t, "/ledger?fy=2018"), "F-0001</a></th>")
	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
}

func (v *visitor) upload(t *testing.T, quantity string, document []byte) int {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form(t, v.page(t, quantity), quantity+"/publish") {
		require.NoError(t, w.WriteField(name, values[0]))
	}
	for name, value := range map[string]string{"status": "preliminary", "outlet": "press", "basis": "none", "unit_stated": "1"} {
		require.NoError(t, w.WriteField(name, value))
	}
	part, err := w.CreateFormFile("file", "press.pdf")
	require.NoError(t, err)
	_, err = part.Write(document)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	res, err := v.Post(v.h.server.URL+quantity+"/publish", w.FormDataContentType(), &body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	if to := res.Header.Get("Location"); to != "" {
		v.page(t, to)
	}
	return res.StatusCode
}

func TestAProposalIsAskedForWithCare(t *testing.T) {
	h := open(t)
	an, mg := h.as(t, "an1"), h.as(t, "mg1")
	for _, bad := range []string{"known=2999-01-01", "known=2/30", "known=%3Cscript%3E", "known=" + japan.DateOf(h.Config.Now()).String(), "known=2020-01-01"} {
		year := "2019"
		if bad == "known=2020-01-01" {
			year = "1990" // no definition is in force
		}
		status, body := an.get(t, "/ledger/new?of=C1&fy="+year+"&"+bad)
		require.Equal(t, http.StatusUnprocessableEntity, status, bad)
		require.NotContains(t, body, "<script>alert")
	}
	an.page(t, "/ledger/new?until=2031-01-01")
	for _, unknown := range []string{"of=../x", "scope=zz&known=2020-01-01", "fy=x", "version=x"} {
		status, _ := an.get(t, "/ledger/new?"+unknown)
		require.Equal(t, http.StatusUnprocessableEntity, status, unknown)
	}
	require.Contains(t, an.page(t, "/ledger/new?of=R1&fy=2019&known=2020-01-01&version=oka-trial-1"), "試算として、内部でだけ使えます")
	for _, path := range []string{"/figures/F-0001", "/figures/0", "/figures/x", "/figures/-1", "/ledger/" + h.person, "/ledger/x"} {
		status, _ := an.get(t, path)
		require.Equal(t, http.StatusNotFound, status, path)
	}
	quantity := an.propose(t, "2019-06-30")
	page := mg.page(t, quantity)
	old := form(t, page, quantity+"/reject")
	old.Set("reason", "根拠が足りない")
	status, _ := an.act(t, quantity, "withdraw", url.Values{"reason": {"誤り"}})
	require.Equal(t, http.StatusSeeOther, status)
	status, body, _ := mg.post(t, quantity+"/reject", old)
	require.Equal(t, http.StatusConflict, status, "somebody else was first")
	require.Contains(t, body, "取下げ")
	status, _, _ = mg.post(t, quantity+"/burn", old)
	require.Equal(t, http.StatusNotFound, status)
}

// account is the account of a staff code of the sample.
func (h *house) account(t *testing.T, code string) string {
	t.Helper()
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	for _, a := range sample.Accounts {
		if a.Name == code {
			return a.Account
		}
	}
	require.FailNow(t, "no account "+code)
	return ""
}

var figureValue = regexp.MustCompile(`(?s)<p class="big1"><b>(.*?)</p>`)

// Nothing that is recorded later changes a published figure by a byte.
func TestAPublishedFigureIsFrozen(t *testing.T) {
	h := open(t)
	an, mg, au := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au1")
	quantity := an.propose(t, "2019-06-30")
	mg.act(t, quantity, "approve", nil)
	require.Equal(t, http.StatusSeeOther, mg.upload(t, quantity, []byte("x")))
	before := figureValue.FindString(au.page(t, "/figures/F-0001"))
	require.NotEmpty(t, before)
	for i := range 20 {
		data := map[string]any{"case": h.file, "lead_person": h.person, "desk": "D-TKY", "channel": "phone", "categories": []string{"job"}, "counsellor": h.person,
			"attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "occurred_on": fmt.Sprintf("2019-07-%02d", i+1)}
		_, err := h.Office.Do(context.Background(), office.Request{Command: "case.hold_consultation", ID: uuid.New(), By: h.account(t, "co1"),
			At: h.Config.Now(), Data: example.Data(t, data)})
		require.NoError(t, err)
	}
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	page := au.page(t, "/figures/F-0001")
	require.Equal(t, before, figureValue.FindString(page))
	require.Contains(t, au.verified(t), "すべて公表した値と一致しました")

	// Whoever has no patience is told how far it is; whoever asks meanwhile waits for
	// the same replay.
	hasty := projections.Patient(context.Background(), time.Nanosecond)
	_, err := h.VerifyAll(hasty, "31", h.account(t, "au1"))
	var replaying *projections.Replaying
	require.ErrorAs(t, err, &replaying)
	first, err := h.VerifyAll(context.Background(), "31", h.account(t, "an1"))
	require.NoError(t, err)
	_, all, fault := h.Verifying("31")
	require.NoError(t, fault)
	require.Zero(t, all, "nothing is under way")
	second, err := h.VerifyAll(context.Background(), "31", h.account(t, "an1"))
	require.NoError(t, err)
	require.Greater(t, second, first)
	require.Len(t, h.verifications(t), 3, "one by the page, one that two waited for, one more")
}

// verified verifies all figures and answers the register when that is done.
func (v *visitor) verified(t *testing.T) string {
	t.Helper()
	status, _, to := v.post(t, "/ledger/verify", url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	for {
		page := v.page(t, to)
		if !strings.Contains(page, "<progress") {
			return page
		}
	}
}

// verifications are the records of verified figures.
func (h *house) verifications(t *testing.T) (out []uint64) {
	t.Helper()
	for rec, err := range h.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		if rec.Type == "figure.verified" {
			out = append(out, rec.Position)
		}
	}
	return out
}
