package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/tests/flow"
	"ayumi/tests/pdftext"
)

// give gives a command as a member of staff, now.
func (h *house) give(t *testing.T, by, command string, fields map[string]any) []domain.Receipt {
	t.Helper()
	data, err := domain.ParseData(flow.Data(t, fields))
	require.NoError(t, err)
	r, err := h.Office.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: h.account(t, by), At: time.Now(), Data: data})
	require.NoError(t, err, command)
	return r
}

// family is a case of three: who leads it, a companion, and the head of their
// household, of each of whom something was written.
type family struct{ lead, companion, head string }

const (
	ownPhone, ownNote, ownAddress = "070-1111-2222", "本人は温泉の仕事が希望", "鳥取市本人町1-1"
	herPhone, herNote, herAddress = "03-5555-6666", "持病があり夜勤は無理", "鳥取市同伴町2-2"
	herFirm, staffName            = "花子だけの会社", "見本 co1"
	partnerName                   = "市役所窓口担当"
)

func (h *house) family(t *testing.T) family {
	t.Helper()
	register := func(family, given, kana, reading string) string {
		r := h.give(t, "co1", "person.register", map[string]any{"kind": "companion", "anonymous": false, "age_band": "30s", "residence_pref": "13", "language": "ja",
			"student": false, "family": family, "given": given, "family_kana": kana, "given_kana": reading, "search": uuid.NewString()})
		_, id := domain.SplitStream(r[0].Stream)
		return id
	}
	f := family{lead: h.person, companion: register("渡邉", "花子", "ワタナベ", "ハナコ"), head: register("渡邉", "権蔵", "ワタナベ", "ゴンゾウ")}
	for who, number := range map[string]string{f.lead: ownPhone, f.companion: herPhone} {
		h.give(t, "co1", "person.add_contact", map[string]any{"person": who, "kind": "mobile", "shared": false, "value": strings.ReplaceAll(number, "-", ""), "display": number})
		h.give(t, "co1", "person.give_notice", map[string]any{"person": who, "notice_version": "n1", "language": "ja", "method": "paper"})
	}
	h.give(t, "co1", "case.add_member", map[string]any{"case": h.file, "person": f.companion, "part": "adult"})
	session := map[string]any{"case": h.file, "lead_person": f.lead, "desk": "D-TKY", "channel": "in_person", "categories": []string{"job"}, "counsellor": h.account(t, "co1"), "attendee_count": 1,
		"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing",
		"note": ownNote + "。妻の花子（０３ー５５５５ー６６６６）と渡邊　花子さん、ﾜﾀﾅﾍﾞ ﾊﾅｺ、父の権蔵が賛成。"}
	h.give(t, "co1", "case.hold_consultation", session)
	session["lead_person"], session["note"] = f.companion, herNote+"。夫は髙橋例子"
	h.give(t, "co1", "case.hold_consultation", session)
	h.give(t, "co1", "case.decide_placement", map[string]any{"case": h.file, "person": f.companion, "route": "self", "contract": "indefinite", "industry": "A",
		"workplace_pref": "31", "employer": herFirm})
	h.give(t, "co1", "case.move_in", map[string]any{"case": h.file, "movers": []string{f.lead, f.companion}, "head": f.head, "household": uuid.NewString(), "from_pref": "13",
		"to_lg": "312011", "register": true, "reason": "employment", "planned_stay": "permanent", "occurred_on": "2019-06-20",
		"new_address": map[string]string{f.lead: ownAddress, f.companion: herAddress}})
	partner, consent, referral := uuid.NewString(), uuid.NewString(), uuid.NewString()
	h.give(t, "ld1", "partner.register", map[string]any{"partner": partner, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
	h.give(t, "co1", "person.give_consent", map[string]any{"person": f.lead, "consent": consent, "scope": []string{"partner_sharing"}, "evidence_ref": "A-1"})
	h.give(t, "co1", "case.propose_referral", map[string]any{"case": h.file, "referral": referral, "partner": partner, "purpose": "housing"})
	h.give(t, "co1", "case.agree_referral", map[string]any{"case": h.file, "referral": referral, "basis": "consent_or_to_self", "consent": consent})
	h.give(t, "co1", "case.send_referral", map[string]any{"case": h.file, "referral": referral, "due_on": japan.DateOf(time.Now().AddDate(0, 0, 14)).String(),
		"fields": []string{"name", "household"}, "notice_version": "n1", "text": "見本市御中　髙橋例子と妻の花子（" + herPhone + "）"})
	h.give(t, "co1", "case.accept_referral", map[string]any{"case": h.file, "referral": referral, "contact": uuid.NewString(), "name": partnerName})
	return f
}

// asksToSee begins a request for disclosure and answers its page.
func (h *house) asksToSee(t *testing.T, person string) string {
	t.Helper()
	r := h.give(t, "po1", "rights.request", map[string]any{"kind": "disclosure", "person": person, "channel": "in_person", "requester": "請求者", "words": "見たい"})
	_, id := domain.SplitStream(r[0].Stream)
	r = h.give(t, "po1", "rights.check_identity", map[string]any{"stream": id, "method": "passport", "representative": false, "person_told": true, "papers": "旅券"})
	require.NoError(t, h.Ready(t.Context(), time.Minute))
	list, err := h.Journeys.Stream(t.Context(), "rights-"+id, r[0].Position)
	require.NoError(t, err)
	return matterPath(list[0].Position)
}

func matterPath(no uint64) string { return fmt.Sprintf("/rights/%d", no) }

// packages are the two files of a matter as they are handed over, without white space.
func (h *house) packages(t *testing.T, matter string) (pdf, data string) {
	t.Helper()
	po := h.as(t, "po1")
	raw := po.page(t, matter+"/package/pdf")
	read, err := pdftext.Read([]byte(raw))
	require.NoError(t, err)
	data = po.page(t, matter+"/package/json")
	require.True(t, json.Valid([]byte(data)))
	return read.All(), pdftext.Bare(data)
}

func TestADisclosureHoldsTheOwnAndMasksThirdPersons(t *testing.T) {
	h := open(t)
	f := h.family(t)
	third := []string{"花子", "ハナコ", "ﾊﾅｺ", "渡邉", "渡邊", "ワタナベ", "権蔵", "5555", "５５５５", herNote, herAddress, herFirm, partnerName, "見本co1", staffName}
	matter := h.asksToSee(t, f.lead)
	require.Contains(t, h.as(t, "po1").page(t, matter), "渡す前に読んで確かめてください")
	pdf, data := h.packages(t, matter)
	for name, text := range map[string]string{"pdf": pdf, "json": data} {
		for _, want := range []string{"髙橋", "例子", ownPhone, ownNote, ownAddress, "［第三者］", "見たい"} {
			require.Contains(t, text, pdftext.Bare(want), name)
		}
		for _, not := range third {
			require.NotContains(t, text, pdftext.Bare(not), name)
		}
	}
	var read struct {
		Masked  int
		Records []struct {
			Type         string
			Masked       int
			Facts, Texts []struct{ Name, Value string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(data), &read))
	masked := 0
	for _, r := range read.Records {
		masked += r.Masked
		if r.Type == "case.placement_decided" || r.Type == "case.member_added" {
			require.Empty(t, r.Facts, "what is about the companion only")
			require.Empty(t, r.Texts)
			require.Equal(t, 1, r.Masked)
		}
	}
	require.Equal(t, read.Masked, masked)
	require.Greater(t, masked, 6)
}

// A companion has the own part of somebody else's case, which lies there under the
// key of its lead, and nothing of the lead.
func TestADisclosureToACompanionHoldsItsPartOfTheCase(t *testing.T) {
	h := open(t)
	f := h.family(t)
	pdf, data := h.packages(t, h.asksToSee(t, f.companion))
	for name, text := range map[string]string{"pdf": pdf, "json": data} {
		for _, want := range []string{"渡邉", "花子", herPhone, herNote, herAddress, herFirm, "夫は［第三者］"} {
			require.Contains(t, text, pdftext.Bare(want), name)
		}
		for _, not := range []string{"髙橋", "例子", "070-1111", ownNote, ownAddress, "権蔵", "賛成", "alert(1)", "見本co1"} {
			require.NotContains(t, text, pdftext.Bare(not), name)
		}
	}
	for who, want := range map[string]int{"co1": 403, "ld1": 403, "mg1": 403, "au1": 403, "ad1": 403} {
		status, _ := h.as(t, who).get(t, matterPath(1)+"/package/json")
		require.Equal(t, want, status, who)
	}
}

// What a disclosure opened lies nowhere afterwards: not in a file, not in a log.
func TestADisclosureLeavesNothingBehind(t *testing.T) {
	h := open(t)
	f := h.family(t)
	matter := h.asksToSee(t, f.lead)
	h.packages(t, matter)
	h.packages(t, h.asksToSee(t, f.companion))
	planted := []string{"花子", "ハナコ", "権蔵", herNote, herAddress, herFirm, partnerName, ownNote, ownAddress, ownPhone, "07011112222", "0355556666", herPhone, "請求者", "見たい"}
	needles := map[string]string{}
	for _, text := range planted {
		needles[text] = text
		wide := ""
		for _, u := range utf16.Encode([]rune(text)) {
			wide += string([]byte{byte(u >> 8), byte(u)})
		}
		needles[wide] = text
	}
	files := 0
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		for needle, text := range needles {
			require.NotContains(t, string(raw), needle, "%s in %s", text, path)
		}
		files++
		return nil
	}))
	require.Greater(t, files, 8)
	for needle, text := range needles {
		require.NotContains(t, h.log.String(), needle, text)
	}
	require.NoError(t, h.Access.Close())
	status, body := h.as(t, "po1").get(t, matter+"/package/json")
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.NotContains(t, body, ownNote)
}
