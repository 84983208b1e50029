package pages_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/tests/linestub"
)

// lineHouse is a house whose desk has a LINE account, and the platform behind it.
func lineHouse(t *testing.T, with ...func(*app.Config)) (*house, *linestub.Server) {
	t.Helper()
	stub := linestub.Open(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"secret": linestub.Secret, "token": linestub.Token} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600))
	}
	h := open(t, append(with, func(c *app.Config) {
		c.LINESecret, c.LINEToken, c.LINEAPI = filepath.Join(dir, "secret"), filepath.Join(dir, "token"), stub.URL
	})...)
	return h, stub
}

// deliver is what LINE does.
func (h *house) deliver(t *testing.T, events ...string) {
	t.Helper()
	body := linestub.Webhook(events...)
	require.Equal(t, http.StatusOK, h.deliverSigned(t, body, linestub.Sign(body)))
}

func (h *house) deliverSigned(t *testing.T, body, signature string) int {
	t.Helper()
	req, err := http.NewRequest("POST", h.server.URL+app.LineWebhook, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("X-Line-Signature", signature)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	return res.StatusCode
}

var writerHref = regexp.MustCompile(`href="(/line/[0-9a-f-]{36})"`)

// writer is the page of the only writer nobody knows.
func (v *visitor) writer(t *testing.T) string {
	t.Helper()
	found := writerHref.FindAllStringSubmatch(v.page(t, "/line"), -1)
	require.Len(t, found, 1)
	return found[0][1]
}

// sends fills the form of a thread.
func (v *visitor) sends(t *testing.T, person string, more url.Values) (int, string, string) {
	t.Helper()
	page := v.page(t, "/people/"+person+"/line")
	at := strings.Index(page, `name="act" value="send"`)
	require.Positive(t, at, "the form to send")
	f := url.Values{"act": {"send"}}
	for _, m := range hidden.FindAllStringSubmatch(page[at:at+600], -1) {
		f.Set(m[1], m[2])
	}
	for name, list := range more {
		f[name] = list
	}
	return v.post(t, "/people/"+person+"/line", f)
}

// days are the events of the thread's days, in order: position → inbound, outbound.
func (h *house) days(t *testing.T) (out [][2]int64) {
	t.Helper()
	for rec, err := range h.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		if rec.Type != "case.message_day_logged" {
			continue
		}
		body, err := domain.ParseBody(rec.Body)
		require.NoError(t, err)
		in, _ := body.Facts.Int("inbound")
		sent, _ := body.Facts.Int("outbound")
		out = append(out, [2]int64{in, sent})
	}
	return out
}

func TestAWriterIsLinkedAnsweredAndCountedOnce(t *testing.T) {
	h, stub := lineHouse(t)
	co := h.as(t, "co1")
	now := time.Now()
	h.deliver(t, linestub.Text(1, 1, now.Add(-2*time.Minute), "3月に引っ越したいです<b>"), linestub.Text(2, 1, now.Add(-time.Minute), "鳥取市内です"))
	h.deliver(t, linestub.Text(1, 1, now.Add(-2*time.Minute), "3月に引っ越したいです<b>"))
	require.Equal(t, http.StatusUnauthorized, h.deliverSigned(t, linestub.Webhook(linestub.Text(3, 1, now, "偽")), linestub.Sign("x")))

	at := co.writer(t)
	page := co.page(t, at)
	require.Contains(t, page, "3月に引っ越したいです&lt;b&gt;")
	require.NotContains(t, page, "偽")
	status, body, _ := co.post(t, at, url.Values{"act": {"link"}, "person": {"P-99999"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `value="P-99999"`)
	status, _, to := co.post(t, at, url.Values{"act": {"link"}, "person": {"P-00001"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.True(t, strings.HasPrefix(to, "/people/"+h.person+"/line?at="), to)
	page = co.page(t, to)
	require.Contains(t, page, "鳥取市内です")
	require.Contains(t, page, "まだ記録していません")
	require.Empty(t, h.days(t), "what came is no consultation until somebody says so")
	status, _ = co.get(t, at)
	require.Equal(t, http.StatusNotFound, status)

	// Answered: sent once, and on record as one day.
	status, body, _ = co.sends(t, h.person, url.Values{"text": {"3社あります。"}})
	require.Equal(t, http.StatusUnprocessableEntity, status, "what it is about is asked")
	require.Contains(t, body, "3社あります。")
	status, _, to = co.sends(t, h.person, url.Values{"text": {"3社あります。"}, "categories": {"housing"}})
	require.Equal(t, http.StatusSeeOther, status)
	page = co.page(t, to)
	require.Contains(t, page, "送りました。")
	require.Contains(t, page, "記録済み")
	delivered := stub.Delivered()
	require.Len(t, delivered, 1)
	require.Equal(t, []string{linestub.User(1), "3社あります。"}, []string{delivered[0].To, delivered[0].Text})
	require.Equal(t, [][2]int64{{2, 1}}, h.days(t))

	// More on the same day: the totals are replaced, nothing is counted twice.
	h.deliver(t, linestub.Text(4, 1, now, "ありがとうございます"))
	require.Contains(t, co.page(t, to), "記録のあとに増減があります")
	status, _, to = co.sends(t, h.person, url.Values{"text": {"いつでもどうぞ。"}, "categories": {"housing"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "記録済み")
	require.Equal(t, [][2]int64{{2, 1}, {3, 2}}, h.days(t))

	// Taken back: the text is gone.
	h.deliver(t, linestub.Unsend(5, 1, 2, now))
	page = co.page(t, to)
	require.NotContains(t, page, "鳥取市内です")
	require.Contains(t, page, "送信が取り消されました")

	// Known from now on; and nothing of it lies in clear.
	h.deliver(t, linestub.Text(6, 1, now, "また相談します"))
	require.NotRegexp(t, writerHref, co.page(t, "/line"))
	require.NotContains(t, h.log.String(), linestub.User(1))
	for _, secret := range []string{linestub.Secret, linestub.Token, "引っ越したい", linestub.User(1)} {
		h.nowhere(t, secret)
	}
}

// nowhere looks for a text in every file of the data directory.
func (h *house) nowhere(t *testing.T, text string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err == nil {
			require.NotContains(t, string(raw), text, path)
		}
		return nil
	}))
}

func TestAWriterBecomesSomebodyNewOrIsDropped(t *testing.T) {
	h, _ := lineHouse(t)
	co := h.as(t, "co1")
	h.deliver(t, linestub.Text(1, 1, time.Now(), "相談したいです"))
	at := co.writer(t)
	status, body, _ := co.post(t, at, url.Values{"act": {"new"}, "residence_pref": {"13"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, `value="13" selected`)
	status, body, to := co.post(t, at, url.Values{"act": {"new"}, "residence_pref": {"13"}, "aims": {"relocation"}})
	require.Equal(t, http.StatusSeeOther, status, body)
	require.Contains(t, co.page(t, to), "相談したいです")

	h.deliver(t, linestub.Text(2, 2, time.Now(), "広告です"))
	at = co.writer(t)
	status, _, _ = co.post(t, at, url.Values{"act": {"drop"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	status, _, to = co.post(t, at, url.Values{"act": {"drop"}, "reason": {"spam"}})
	require.Equal(t, []any{http.StatusSeeOther, "/line"}, []any{status, to})
	h.deliver(t, linestub.Text(3, 2, time.Now(), "広告です"))
	require.NotRegexp(t, writerHref, co.page(t, "/line"))
}

func TestWhatCannotBeSentIsShownAndTriedAgain(t *testing.T) {
	h, stub := lineHouse(t)
	co := h.as(t, "co1")
	h.deliver(t, linestub.Text(1, 1, time.Now(), "相談"))
	_, _, to := co.post(t, co.writer(t), url.Values{"act": {"link"}, "person": {"P-00001"}})
	co.page(t, to)
	stub.Next(linestub.Answer{Status: 401})
	status, _, to := co.sends(t, h.person, url.Values{"text": {"お返事です"}, "categories": {"job"}})
	require.Equal(t, http.StatusSeeOther, status)
	page := co.page(t, to)
	require.Contains(t, page, "送れませんでした")
	require.Contains(t, page, "アクセストークンが使えません")
	require.Empty(t, h.days(t), "what was not sent is not on record")
	require.Contains(t, co.page(t, "/line"), "送れませんでした")
	found := regexp.MustCompile(`name="thread" value="([^"]+)"><input type="hidden" name="message" value="([^"]+)"`).FindStringSubmatch(page)
	f := url.Values{"act": {"again"}, "thread": {found[1]}, "message": {found[2]}}
	status, _, to = co.post(t, "/people/"+h.person+"/line", f)
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "送信済み")
	require.Len(t, stub.Delivered(), 1)
	require.Equal(t, [][2]int64{{1, 1}}, h.days(t))

	// A fault that passes: it is tried again by itself, under the same key.
	stub.Next(linestub.Answer{Status: 503, Taken: true})
	status, _, to = co.sends(t, h.person, url.Values{"text": {"つづきです"}, "categories": {"job"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "自動で送り直します")
	require.Eventually(t, func() bool { return len(h.days(t)) == 2 }, time.Minute, 200*time.Millisecond)
	require.Len(t, stub.Delivered(), 2)
	require.Equal(t, [2]int64{1, 2}, h.days(t)[1])
}

func TestAnUnaskedMessageIsNoConsultation(t *testing.T) {
	clock := &hands{}
	clock.advance(-48 * time.Hour)
	h, stub := lineHouse(t, clock.set)
	co := h.as(t, "co1")
	h.deliver(t, linestub.Text(1, 1, clock.now(), "相談"))
	_, _, to := co.post(t, co.writer(t), url.Values{"act": {"link"}, "person": {"P-00001"}})
	co.page(t, to)
	status, _, _ := co.sends(t, h.person, url.Values{"text": {"お返事"}, "categories": {"job"}})
	require.Equal(t, http.StatusSeeOther, status)
	clock.advance(48 * time.Hour)
	co = h.as(t, "co1")
	require.Contains(t, co.page(t, "/people/"+h.person+"/line"), "こちらからの連絡として送ります")
	status, body, _ := co.sends(t, h.person, url.Values{"text": {"催しがあります"}, "topic": {"event_notice"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "同意がありません")
	require.Len(t, stub.Delivered(), 1)
	status, _, to = co.sends(t, h.person, url.Values{"text": {"その後いかがですか"}, "topic": {"check_up"}})
	require.Equal(t, http.StatusSeeOther, status)
	co.page(t, to)
	require.Len(t, stub.Delivered(), 2)
	require.Len(t, h.days(t), 1, "no day of the thread")

	// Who is blocked, or restricted, is not written to.
	h.deliver(t, linestub.Event(8, 1, "unfollow", clock.now(), ""))
	require.NotContains(t, co.page(t, "/people/"+h.person+"/line"), `value="send"`)
}

func TestTheAdministratorSeesTheConnection(t *testing.T) {
	h, _ := lineHouse(t)
	ad := h.as(t, "ad1")
	require.Contains(t, ad.page(t, "/status"), `href="/line-state"`)
	page := ad.page(t, "/line-state")
	require.Contains(t, page, app.LineWebhook)
	require.NotContains(t, page, linestub.Token)
	_, page, _ = ad.post(t, "/line-state", url.Values{})
	require.Contains(t, page, "とっとり就職・移住LINE")
	h.deliver(t)
	require.Equal(t, strings.Count(page, "まだない")-1, strings.Count(ad.page(t, "/line-state"), "まだない"), "the last delivery")
	status, _ := ad.get(t, "/line")
	require.Equal(t, http.StatusForbidden, status)
	// The other prefecture's staff have no such account.
	status, _ = h.as(t, "co9").get(t, "/line")
	require.Equal(t, http.StatusNotFound, status)

	off := open(t)
	require.Contains(t, off.as(t, "ad1").page(t, "/line-state"), "--line-secret-file")
	status, _ = off.as(t, "co1").get(t, "/line")
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, off.as(t, "co1").page(t, "/today"), `href="/line"`)
	require.Contains(t, h.as(t, "co1").page(t, "/today"), "だれか分からない人 0人・返事を待っている人 0人")
}
