package pages_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/domain/office"
	"ayumi/domain/proof"
	"ayumi/domain/viewing"
	"ayumi/tests/bundles"
	"ayumi/tests/pdftext"
)

// seal signs every figure that waits for a seal, as an officer does away from the
// server, and enters what was signed.
func (h *house) seal(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	secret, public, err := note.GenerateKey(rand.Reader, ledger.SealKeyName(h.Origin))
	require.NoError(t, err)
	key, err := note.NewSigner(secret)
	require.NoError(t, err)
	require.NoError(t, h.SetFigureKey(ctx, public))
	q, err := h.AskSeals(ctx, 2019)
	require.NoError(t, err)
	previous := ""
	for i := range q.Seals {
		s, err := ledger.ParseSeal(q.Seals[i].Text)
		require.NoError(t, err)
		if previous != "" {
			s.Previous = previous
		}
		signed, err := note.Sign(&note.Note{Text: s.Text()}, key)
		require.NoError(t, err)
		q.Seals[i].Note, previous = string(signed), ledger.SumOf(signed)
	}
	_, err = h.EnterSeals(ctx, q)
	require.NoError(t, err)
	require.NoError(t, h.Ready(ctx, time.Minute))
}

// sealed is a house with one published and sealed figure.
func sealed(t *testing.T) *house {
	t.Helper()
	h := open(t)
	an, mg := h.as(t, "an1"), h.as(t, "mg1")
	quantity := an.propose(t, "2019-06-30")
	mg.act(t, quantity, "approve", nil)
	require.Equal(t, http.StatusSeeOther, mg.upload(t, quantity, []byte("x")))
	h.seal(t)
	return h
}

// part is one field of a form.
type part struct {
	name, file string
	body       []byte
}

// verify sends a form of verification and follows it to what came of it.
func (v *visitor) verify(t *testing.T, language string, parts ...part) (int, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		to, err := w.CreateFormField(p.name)
		if p.file != "" {
			to, err = w.CreateFormFile(p.name, p.file)
		}
		require.NoError(t, err)
		_, err = to.Write(p.body)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	req, err := http.NewRequest(http.MethodPost, v.h.server.URL+"/verify", &body)
	require.NoError(t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Cookie", "language="+language)
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	if res.StatusCode != http.StatusSeeOther {
		return res.StatusCode, string(text)
	}
	for range 100 {
		status, page := v.get(t, res.Header.Get("Location"), "Cookie", "language="+language)
		if !strings.Contains(page, "<progress") {
			return status, page
		}
	}
	require.Fail(t, "no end")
	return 0, ""
}

func (v *visitor) given(t *testing.T, raw []byte) (int, string) {
	t.Helper()
	return v.verify(t, "ja", part{"bundle", "FY2019.figures.zip", raw})
}

// repack changes a member of a bundle and packs it anew, as somebody would who
// knows the format: the container is whole, what it says is not.
func repack(t *testing.T, raw []byte, member string, change func([]byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	var names []string
	members := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		names, members[f.Name] = append(names, f.Name), text
	}
	require.Contains(t, members, member)
	members[member] = change(members[member])
	return bundles.Pack(names, members)
}

// A bundle is downloaded from the register and verified on the page, in both
// languages; what was changed in it is told with its code and its block.
func TestABundleIsVerifiedOnThePage(t *testing.T) {
	h := sealed(t)
	au := h.as(t, "au1")
	require.Contains(t, au.page(t, "/ledger"), `href="/bundles/2019/audit"`)
	raw := []byte(au.page(t, "/bundles/2019/audit"))
	trust, err := h.Trust(t.Context())
	require.NoError(t, err)
	own, err := proof.ParseTrust(trust)
	require.NoError(t, err)
	require.Equal(t, proof.Verified, (&proof.Verifier{Trust: own}).Verify(bytes.NewReader(raw), int64(len(raw))).Exit(), "offline, as handed out")
	require.Equal(t, trust, au.page(t, "/verify/keys"))

	status, page := au.given(t, raw)
	require.Equal(t, http.StatusOK, status)
	for _, want := range []string{"検証できました", "就業相談", "一致", "数え直し：", "平成31年4月1日", "監査版", `href="/figures/F-0001/certificate"`, "記録されなかった出来事", "ban--ok", "見本 au1"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "C1@D-TKY", "names and not codes")
	status, page = au.verify(t, "en", part{"bundle", "FY2019.figures.zip", raw})
	require.Equal(t, http.StatusOK, status)
	for _, want := range []string{"Verified: the stated figures equal", "Counted again: ", "2 = sealed 2", "none left out, added, moved or changed", "never recorded"} {
		require.Contains(t, page, want)
	}
	status, page = au.verify(t, "ja", part{"fy", "", []byte("2019")})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "ban--ok", "the year as this installation makes it")

	flipped := bytes.Clone(raw)
	flipped[len(flipped)/2] ^= 1
	_, page = au.given(t, flipped)
	require.Contains(t, page, "読み取れません")
	require.Contains(t, page, "E001")
	_, page = au.given(t, repack(t, raw, "rows.txt", func(b []byte) []byte { return bytes.Replace(b, []byte("in_person"), []byte("telephone"), 1) }))
	require.Contains(t, page, "検証できません")
	require.Regexp(t, `E202</span> 出来事が書き換え・脱落・並べ替えられています（最初は出来事 1〜[0-9]+）`, page)
	require.Contains(t, page, "k-red mono")
	_, page = au.given(t, []byte(au.page(t, "/bundles/2019/public")))
	require.Contains(t, page, "一部だけ確かめました")
	require.Contains(t, page, "数え直していない")

	_, foreign := bundles.Whole(300, "C0@D-TKY")
	_, page = au.given(t, foreign)
	require.Contains(t, page, "E111", "signed by keys of another installation")
	w := bundles.New(1, false)
	_, page = au.verify(t, "ja", part{"keys", "", []byte("log " + w.LogKey + "\nfigures " + w.OfficerKey)}, part{"bundle", "a.zip", foreign})
	require.Contains(t, page, "ban--ok", "and by those that reached the auditor by another way")
	require.Contains(t, page, "渡された鍵で確かめました")
}

// The page bounds what it is given, and nothing of it stays.
func TestWhatIsGivenToBeVerifiedIsBounded(t *testing.T) {
	h := sealed(t)
	au := h.as(t, "au1")
	require.Contains(t, au.page(t, "/verify"), "合わせて128MBまで", "told before")
	for name, c := range map[string]struct {
		status int
		want   string
		parts  []part
	}{
		"nothing":    {http.StatusUnprocessableEntity, "検証するファイルがありません", nil},
		"empty":      {http.StatusUnprocessableEntity, "ファイルが空です", []part{{"bundle", "a.zip", nil}}},
		"no zip":     {http.StatusOK, "E001", []part{{"bundle", "a.zip", []byte(hostile)}}},
		"a name":     {http.StatusOK, "E001", []part{{"bundle", hostile, []byte("x")}}},
		"keys":       {http.StatusUnprocessableEntity, "公開鍵として読めません", []part{{"keys", "", []byte(hostile)}, {"bundle", "a.zip", []byte("x")}}},
		"held":       {http.StatusUnprocessableEntity, "封印ではありません", []part{{"held", "a.note", []byte("x")}, {"bundle", "a.zip", []byte("x")}}},
		"year":       {http.StatusUnprocessableEntity, "期間として読めません", []part{{"fy", "", []byte("x")}}},
		"not sealed": {http.StatusUnprocessableEntity, "その年度には封印された数値がありません", []part{{"fy", "", []byte("2018")}}},
		"bomb":       {http.StatusOK, "E001", []part{{"bundle", "a.zip", bomb(t)}}},
	} {
		status, page := au.verify(t, "ja", c.parts...)
		require.Equal(t, c.status, status, "%s: %s", name, page)
		require.Contains(t, page, c.want, name)
		require.NotContains(t, page, "<script>alert", name)
	}

	req, err := http.NewRequest(http.MethodPost, h.server.URL+"/verify", io.LimitReader(zeros{}, 140<<20))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.ContentLength = 140 << 20
	res, err := au.Do(req)
	if err == nil { // the line may break before the answer is read
		require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)
		require.NoError(t, res.Body.Close())
	}
	var head bytes.Buffer
	mw := multipart.NewWriter(&head)
	_, err = mw.CreateFormFile("bundle", "a.zip")
	require.NoError(t, err)
	res, err = au.Post(h.server.URL+"/verify", mw.FormDataContentType(), io.MultiReader(&head, io.LimitReader(zeros{}, 129<<20)))
	if err == nil { // without a length, as a stream
		require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)
		require.NoError(t, res.Body.Close())
	}

	status, page := au.get(t, "/verify?check=gone")
	require.Equal(t, http.StatusNotFound, status)
	require.Contains(t, page, "もうありません")
	left, err := filepath.Glob(filepath.Join(h.Config.Data, "bundle-*"))
	require.NoError(t, err)
	require.Empty(t, left)
	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// bomb is a small file that would unfold to 200 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	names, members := []string{"README.txt", "checkpoint.note"}, map[string][]byte{"README.txt": []byte("x"), "checkpoint.note": []byte("x")}
	for i := range 200 {
		name := fmt.Sprintf("definitions/%03d.json", i)
		names, members[name] = append(names, name), make([]byte, 1<<20)
	}
	for _, name := range []string{"frontier.txt", "logged.txt", "seals/0001.note", "tiles.bin"} {
		names, members[name] = append(names, name), []byte("x")
	}
	raw := bundles.Pack(names, members)
	require.Less(t, len(raw), 1<<20)
	return raw
}

// Who may have what: everybody who reads the register the public edition, auditors
// and managers the audit edition, and it stands in the access log what left.
func TestWhoMayHaveABundle(t *testing.T) {
	h := sealed(t)
	for who, want := range map[string][3]int{ // audit, public, verify
		"au1": {200, 200, 200}, "mg1": {200, 200, 200}, "an1": {403, 200, 200}, "co1": {403, 200, 403}, "ld1": {403, 200, 403}, "ad1": {403, 403, 403}, "po1": {403, 403, 403},
	} {
		v := h.as(t, who)
		for i, path := range []string{"/bundles/2019/audit", "/bundles/2019/public", "/verify"} {
			status, body := v.get(t, path)
			require.Equal(t, want[i], status, "%s %s", who, path)
			if status != http.StatusOK || i == 2 {
				continue
			}
			found, err := h.Access.Find(t.Context(), viewing.Filter{Limit: 1})
			require.NoError(t, err)
			e := found[0]
			require.Equal(t, []string{viewing.Export, "GET /bundles/{fy}/{edition}", "bundle.2019." + strings.TrimPrefix(path, "/bundles/2019/"), "sha256:" + ledger.SumOf([]byte(body))},
				[]string{e.Act, e.Route, e.Reason, e.Digest}, who)
		}
	}
	nobody := &visitor{h, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for _, path := range []string{"/bundles/2019/public", "/verify", "/verify/keys", "/figures/F-0001/certificate"} {
		status, body := nobody.get(t, path)
		require.Contains(t, []int{http.StatusSeeOther, http.StatusUnauthorized}, status, path)
		require.NotContains(t, body, "figure-seal", path)
	}
	au := h.as(t, "au1")
	for _, path := range []string{"/bundles/2018/audit", "/bundles/2019/other", "/bundles/x/audit", "/verify/offline"} {
		status, _ := au.get(t, path)
		require.Equal(t, http.StatusNotFound, status, path)
	}
	id := regexp.MustCompile(`check=[0-9a-f-]+`)
	status, _, to := au.send(t, "POST", "/verify", url.Values{}, "Content-Type", "multipart/form-data; boundary=x")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Empty(t, to)
	_, page := au.verify(t, "ja", part{"fy", "", []byte("2019")})
	mine := id.FindString(page)
	require.NotEmpty(t, mine, "the way back after a change of language")
	status, _ = h.as(t, "mg1").get(t, "/verify?"+mine)
	require.Equal(t, http.StatusNotFound, status, "a result is for who asked")

	// A record of the other prefecture is in the log now: its facts are not for the
	// auditor of this one.
	h.abroad(t)
	status, body := au.get(t, "/bundles/2019/audit")
	require.Equal(t, http.StatusForbidden, status)
	require.Contains(t, body, "ほかの県の記録も入るため")
	status, _ = au.get(t, "/bundles/2019/public")
	require.Equal(t, http.StatusOK, status)

	require.NoError(t, h.Access.Close())
	status, body = au.get(t, "/bundles/2019/public")
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Contains(t, body, "閲覧の記録を残せないため")
}

// abroad records somebody who came to the desk of the other prefecture.
func (h *house) abroad(t *testing.T) {
	t.Helper()
	by := uuid.NewSHA1(uuid.NameSpaceOID, []byte("co9")).String()
	data := domain.Data{}
	for field, value := range map[string]any{"kind": "consultee", "anonymous": true, "residence_pref": "33", "language": "ja", "student": false, "age_band": "20s", "search": "s1"} {
		raw, err := json.Marshal(value)
		require.NoError(t, err)
		data[field] = raw
	}
	_, err := h.Office.Do(t.Context(), office.Request{Command: "person.register", ID: uuid.New(), By: by, At: time.Now(), Data: data})
	require.NoError(t, err)
}

// The certificate says by what a figure was proven, on the page and on paper, and
// the seal on it is the one that was signed, byte for byte.
func TestACertificate(t *testing.T) {
	h := sealed(t)
	co := h.as(t, "co1")
	require.Contains(t, co.page(t, "/figures/F-0001"), `href="/figures/F-0001/certificate"`)
	held := ""
	for rec, err := range h.Store.All(t.Context(), 0) {
		require.NoError(t, err)
		if rec.Type == "figure.sealed" {
			facts, err := domain.FactsOf(rec.Body)
			require.NoError(t, err)
			held = facts.Text("seal")
		}
	}
	seal, err := ledger.ReadSeal(held)
	require.NoError(t, err)
	for language, want := range map[string][]string{
		"ja": {"検証証明書", "就業相談", "2件", "令和元年6月30日", seal.Definition, ledger.SumOf([]byte(held)), "自分で確かめる手順", "記録されなかった出来事", "ほかの施設の証人の署名は、まだありません", h.Sealer.Status().Key},
		"en": {"Certificate", "2019-06-30", seal.Definition, ledger.SumOf([]byte(held)), "How to check it yourself", "never recorded", "No witness outside"},
	} {
		_, page := co.get(t, "/figures/F-0001/certificate", "Cookie", "language="+language)
		_, file := co.get(t, "/figures/F-0001/certificate/pdf", "Cookie", "language="+language)
		paper, err := pdftext.Read([]byte(file))
		require.NoError(t, err)
		for _, text := range want {
			require.Contains(t, page, strings.ReplaceAll(text, "+", "&#43;"), language)
			require.Contains(t, paper.All(), pdftext.Bare(text), language)
		}
		for line := range strings.Lines(held) {
			require.Contains(t, paper.All(), pdftext.Bare(line))
		}
		require.Contains(t, page, strings.ReplaceAll(seal.Text(), "+", "&#43;"), "byte for byte")
	}
	for _, path := range []string{"/figures/F-0002/certificate", "/figures/x/certificate", "/figures/F-0001/certificate/docx"} {
		status, _ := co.get(t, path)
		require.Equal(t, http.StatusNotFound, status, path)
	}
}

// The offline verifier is handed out where the operator has put it.
func TestTheOfflineVerifierIsHandedOut(t *testing.T) {
	h := open(t)
	au := h.as(t, "au1")
	require.Contains(t, au.page(t, "/verify"), "ayumi-verify-page", "told how it is made")
	h.Config.VerifyPage = filepath.Join(t.TempDir(), "verify.html")
	require.NoError(t, os.WriteFile(h.Config.VerifyPage, []byte("<!DOCTYPE html><title>x</title>"), 0o644))
	handler, err := h.Handler()
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	defer server.Close()
	h.server.URL = server.URL
	require.Contains(t, au.page(t, "/verify"), `href="/verify/offline"`)
	require.Contains(t, au.page(t, "/verify/offline"), "<title>x</title>")
}
