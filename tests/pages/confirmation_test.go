package pages_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
)

// told gives a command about the case for somebody and answers the position of the
// event of a type that followed.
func (h *house) told(t *testing.T, by, command, typ string, fields map[string]any) (position uint64) {
	t.Helper()
	return h.toldAt(t, time.Now(), by, command, typ, fields)
}

func (h *house) toldAt(t *testing.T, at time.Time, by, command, typ string, fields map[string]any) (position uint64) {
	t.Helper()
	account := uuid.NewSHA1(uuid.NameSpaceOID, []byte(by)).String()
	receipts, err := h.Office.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: account, At: at, Data: dataOf(t, fields)})
	require.NoError(t, err)
	for _, r := range receipts {
		for rec, err := range h.Store.Stream(context.Background(), r.Stream, 0) {
			require.NoError(t, err)
			if rec.Type == typ {
				position = max(position, rec.Position)
			}
		}
	}
	require.NotZero(t, position, "no %s was recorded", typ)
	return position
}

// job records that the person was placed and started to work; told by co1.
func (h *house) job(t *testing.T) (started uint64) {
	placement := uuid.NewString()
	h.told(t, "co1", "case.decide_placement", "case.placement_decided", map[string]any{"case": h.file, "placement": placement, "person": h.person, "route": "self", "contract": "indefinite",
		"workplace_pref": "31", "industry": "E", "occurred_on": "2019-09-02"})
	return h.told(t, "co1", "case.start_employment", "case.employment_started", map[string]any{"case": h.file, "placement": placement, "occurred_on": "2019-10-01"})
}

// sent is a form with a file as a browser sends it.
func (v *visitor) sent(t *testing.T, action string, fields map[string]string, name string, content []byte) (int, string, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, value := range fields {
		require.NoError(t, w.WriteField(field, value))
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", `form-data; name="file"; filename="`+name+`"`)
	header.Set("Content-Type", "application/octet-stream")
	part, err := w.CreatePart(header)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	res, err := v.Post(v.h.server.URL+action, w.FormDataContentType(), &body)
	require.NoError(t, err)
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(said), res.Header.Get("Location")
}

func TestAnOutcomeIsConfirmedWithItsPaper(t *testing.T) {
	h := open(t)
	started := h.job(t)
	action := fmt.Sprintf("/records/%d/confirm", started)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	ja := locale.In(locale.Japanese)
	co.page(t, fmt.Sprintf("/people/%s?at=%d", h.person, started)) // waits until the read model has it

	// The list of what is overdue and the journey lead to the form.
	require.Contains(t, co.page(t, "/confirmations?fy=2019"), `href="`+action+`"`)
	require.Contains(t, ld.page(t, "/monitors?fy=2019"), `href="`+action+`"`)
	require.Contains(t, ld.page(t, "/people/"+h.person), `href="`+action+`"`)
	require.NotContains(t, h.as(t, "au1").page(t, "/confirmations?fy=2019"), action)

	// Who recorded it is told before anything is typed, and refused all the same.
	page := co.page(t, action)
	require.Contains(t, page, ja.Refusal("evidence.same_officer", "", nil))
	require.NotContains(t, page, `action="`+action+`"`)
	page = ld.page(t, action)
	require.NotContains(t, page, ja.Confirmation.BarredHeading)
	fields := map[string]string{"command_id": form(t, page, action).Get("command_id"), "evidence_kind": "employment_contract", "when": "2019-10-05", "evidence_ref": "契約書の写し<b>"}
	status, body, _ := co.sent(t, action, fields, "", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, ja.Refusal("evidence.same_officer", "", nil))

	pdf := []byte("%PDF-1.7 雇用契約書 髙橋 例子")
	for why, bad := range map[string]struct {
		name    string
		content []byte
		key     string
	}{
		"a program":           {"契約.exe", []byte("MZ\x90\x00"), "paper.type"},
		"a program as pdf":    {"契約.pdf", []byte("MZ\x90\x00"), "paper.type"},
		"a page as picture":   {"契約.png", []byte("<svg onload=alert(1)>"), "paper.type"},
		"no kind":             {"契約", pdf, "paper.type"},
		"nothing":             {"契約.pdf", nil, "paper.empty"},
		"too large":           {"契約.pdf", append(bytes.Clone(pdf), make([]byte, 20<<20)...), "paper.too_large"},
		"far too large":       {"契約.pdf", append(bytes.Clone(pdf), make([]byte, 81<<20)...), "paper.too_large"},
		"a path":              {"../../etc/契約.pdf", pdf, "paper.name"},
		"a path of Windows":   {`C:\\temp\\契約.pdf`, pdf, "paper.name"},
		"an endless name":     {strings.Repeat("契", 100) + ".pdf", pdf, "paper.name"},
		"a hidden file":       {".pdf", pdf, "paper.name"},
		"a name turned round": {"契約\u202efdp.exe.pdf", pdf, "paper.name"},
	} {
		status, body, _ := ld.sent(t, action, fields, bad.name, bad.content)
		require.Equal(t, http.StatusUnprocessableEntity, status, why)
		require.Contains(t, body, ja.Refusal(bad.key, "file", nil), why)
		require.Contains(t, body, `value="契約書の写し&lt;b&gt;"`, why)
		require.Contains(t, body, `value="employment_contract" checked`, why)
		require.Contains(t, body, `value="2019-10-05"`, why)
		require.Contains(t, body, ja.Confirmation.Again, why)
	}
	for field, bad := range map[string]string{"evidence_kind": "resident_record", "when": "あさって", "document": uuid.NewString(), "evidence_ref": strings.Repeat("あ", 20000)} {
		wrong := map[string]string{}
		for k, v := range fields {
			wrong[k] = v
		}
		wrong[field] = bad
		status, body, _ := ld.sent(t, action, wrong, "", nil)
		require.Equal(t, http.StatusUnprocessableEntity, status, field)
		require.Contains(t, body, `href="#`+field+`"`, field)
	}
	for rec, err := range h.Store.Stream(context.Background(), domain.StreamName("case", h.file), 0) {
		require.NoError(t, err)
		require.NotContains(t, []string{"case.document_attached", "case.placement_confirmed"}, rec.Type, "nothing is kept of what was refused")
	}

	status, _, to := ld.sent(t, action, fields, "契約.pdf", pdf)
	require.Equal(t, http.StatusSeeOther, status)
	page = ld.page(t, to)
	link := regexp.MustCompile(`/people/` + h.person + `/documents/[0-9a-f-]{36}`).FindString(page)
	require.Equal(t, string(pdf), co.page(t, link))
	require.Contains(t, page, ja.Journey.Evidence(ja.Code("grade", "a")))
	require.NotContains(t, page, `href="`+action+`"`)
	status, _, again := ld.sent(t, action, fields, "契約.pdf", pdf)
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, again, "again=1", "the same form again adds nothing")
	page = ld.page(t, action)
	require.Contains(t, page, `href="`+link+`"`)
	require.Contains(t, page, "契約書の写し&lt;b&gt;")
	require.NotContains(t, co.page(t, "/confirmations?fy=2019"), action)
	status, _ = h.as(t, "an1").get(t, link)
	require.Equal(t, http.StatusForbidden, status)
	status, _ = h.as(t, "co9").get(t, action)
	require.Equal(t, http.StatusNotFound, status)
	status, _ = ld.get(t, fmt.Sprintf("/records/%d/confirm", h.session.Position))
	require.Equal(t, http.StatusNotFound, status, "a session is no outcome")
}

func TestAMoveIsConfirmedByAnother(t *testing.T) {
	h := open(t)
	at := h.told(t, "ld1", "case.move_in", "case.moved_in", map[string]any{"case": h.file, "relocation": uuid.NewString(), "movers": []string{h.person}, "head": h.person, "household": uuid.NewString(),
		"from_pref": "13", "to_lg": "312029", "register": true, "reason": "employment", "planned_stay": "permanent", "occurred_on": "2019-10-01"})
	h.as(t, "co1").page(t, fmt.Sprintf("/people/%s?at=%d", h.person, at))
	action := fmt.Sprintf("/records/%d/confirm", at)
	for _, barred := range []string{"co1", "ld1"} { // owns the case, recorded it
		require.NotContains(t, h.as(t, barred).page(t, action), `action="`+action+`"`, barred)
	}
	h.grant(t, "an1", "CO")
	an := h.as(t, "an1")
	fields := map[string]string{"command_id": uuid.NewString(), "evidence_kind": "municipality_answer", "when": "R1.10.20"}
	status, _, to := an.sent(t, action, fields, "", nil)
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, an.page(t, to), locale.In(locale.Japanese).Code("grade", "b"))
}

func dataOf(t *testing.T, fields map[string]any) domain.Data {
	t.Helper()
	raw, err := json.Marshal(fields)
	require.NoError(t, err)
	data, err := domain.ParseData(raw)
	require.NoError(t, err)
	return data
}
