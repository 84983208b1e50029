package pages_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/importing"
	"ayumi/domain/japan"
	"ayumi/infra/document"
)

// wish is a form of the page that saves records, with some of its answers changed.
func wish(changed ...string) url.Values {
	f := url.Values{"what": {"consultations"}, "detail": {"texts"}, "format": {"csv"}, "reason": {"check"}, "desk": {"all"}}
	for i := 0; i < len(changed); i += 2 {
		f.Set(changed[i], changed[i+1])
	}
	return f
}

// table reads an exported file as the import of ledgers does.
func table(t *testing.T, name, body string) importing.Table {
	t.Helper()
	tables, _, err := document.Reader{}.Tables(name, []byte(body))
	require.NoError(t, err)
	return tables[0]
}

// imported brings records into the office that a spreadsheet would take for formulas.
func (h *house) imported(t *testing.T) {
	t.Helper()
	ctx, who := context.Background(), h.actor(t, "co1")
	d, err := h.Imports.Begin(ctx, who, "台帳.csv", []byte("相談日,氏名,ふりがな,電話番号,相談方法,種別,住所,相談内容,回答,担当\n"+
		"2019-06-05,=稲葉　太郎,いなば たろう,090-1111-2222,来所,移住,大阪府,\"=HYPERLINK(\"\"http://x\"\")\",+1,\n2019-06-06,匿名,,,電話,仕事,東京都,-1,@x,\n"))
	require.NoError(t, err)
	_, err = h.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error { d.Said.NoticeVersion = "n1"; return nil })
	require.NoError(t, err)
	require.NoError(t, h.Imports.Start(ctx, who, d.ID))
	require.NoError(t, h.Imports.Wait(ctx, d.ID))
	d, _, _, err = h.Imports.Look(ctx, who, d.ID)
	require.NoError(t, err)
	done, _ := d.Imported()
	require.Equal(t, 2, done, "%+v", d.Results)
	require.NoError(t, h.Ready(ctx, time.Minute))
}

// An exported ledger, in every form and in both languages, imported again adds and
// changes nothing; and nothing in it is a formula.
func TestAnExportedLedgerImportedAgainChangesNothing(t *testing.T) {
	h := open(t)
	h.imported(t)
	ctx, who := context.Background(), h.actor(t, "co1")
	co := h.as(t, "co1")
	before := h.figures(t)
	head, err := h.Store.Head(ctx)
	require.NoError(t, err)
	for _, language := range []string{"ja", "en"} {
		for format, name := range map[string]string{"csv": "a.csv", "sjis": "b.csv", "xlsx": "c.xlsx"} {
			for _, what := range []string{"consultations", "people", "referrals"} {
				status, body, _ := co.post(t, "/exports", wish("format", format, "what", what), "Cookie", "language="+language)
				if what == "referrals" {
					require.Equal(t, http.StatusUnprocessableEntity, status, "there is none")
					continue
				}
				require.Equal(t, http.StatusOK, status, h.log.String())
				out := table(t, name, body)
				require.Greater(t, len(out.Rows), 1)
				for _, row := range out.Rows {
					for _, cell := range row {
						require.False(t, format != "xlsx" && cell != "" && strings.ContainsRune("=+-@", rune(cell[0])), cell)
					}
				}
				d, err := h.Imports.Begin(ctx, who, name, []byte(body))
				require.NoError(t, err)
				_, err = h.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error {
					d.Said.NoticeVersion, d.Accepted = "n1", true
					for field, code := range map[string]string{"held_on": "", "channel": "in_person", "categories": "job", "residence_pref": "13"} {
						if _, mapped := d.Mapping.Columns[field]; !mapped && code != "" {
							d.Mapping.Defaults[field] = code
						}
					}
					return nil
				})
				require.NoError(t, err)
				_, _, plan, err := h.Imports.Look(ctx, who, d.ID)
				require.NoError(t, err)
				good, bad, left, waiting := plan.Count()
				if what == "consultations" {
					require.Equal(t, [4]int{}, [4]int{good, bad, left, waiting}, "%s %s: %+v", language, format, plan.Rows)
					require.Len(t, plan.Rows, len(out.Rows)-1)
				}
				require.Zero(t, good)
				require.Error(t, h.Imports.Start(ctx, who, d.ID))
				require.NoError(t, h.Imports.Discard(ctx, who, d.ID))
			}
		}
	}
	now, err := h.Store.Head(ctx)
	require.NoError(t, err)
	require.Equal(t, head, now)
	require.Equal(t, before, h.figures(t))
}

func TestWhatAnExportedLedgerHolds(t *testing.T) {
	h := open(t)
	h.imported(t)
	co := h.as(t, "co1")
	name := "髙橋 例子"
	_, facts, _ := co.post(t, "/exports", wish("detail", "facts"))
	require.NotContains(t, facts, "例子")
	require.NotContains(t, facts, "HYPERLINK")
	require.Contains(t, facts, "P-00001")
	_, names, _ := co.post(t, "/exports", wish("detail", "names"))
	require.Contains(t, names, name)
	require.NotContains(t, names, "HYPERLINK")
	status, texts, _ := co.post(t, "/exports", wish("fy", "2019"))
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, texts, `"'=HYPERLINK(""http://x"")"`)

	// The reason and the digest stand in the access log.
	digest := sha256.Sum256([]byte(texts))
	seen, err := h.Access.Of(context.Background(), "sha256:"+hex.EncodeToString(digest[:]), 5)
	require.NoError(t, err)
	require.Len(t, seen, 1)
	require.Equal(t, [3]string{"export", "takeout.consultations.check", "POST /exports"}, [3]string{seen[0].Act, seen[0].Reason, seen[0].Route})
	require.Equal(t, strings.Count(texts, "\r\n")-1, seen[0].Rows)

	// As of a day before the import there is less.
	yesterday := japan.DateOf(time.Now()).Add(-1).String()
	status, past, _ := co.post(t, "/exports", wish("known", yesterday))
	require.Equal(t, http.StatusOK, status, h.log.String())
	require.NotContains(t, past, "HYPERLINK")
	require.Contains(t, past, name)

	// What cannot be read is said, and what was chosen stays.
	for field, value := range map[string]string{"reason": "", "known": "2/30", "what": "x", "detail": "x", "format": "x", "fy": "x"} {
		status, body, _ := co.post(t, "/exports", wish(field, value, "desk", "all"))
		require.Equal(t, http.StatusUnprocessableEntity, status, field)
		require.Contains(t, body, `value="all" selected`)
	}
	status, _, _ = co.post(t, "/exports", wish("fy", "2001"))
	require.Equal(t, http.StatusUnprocessableEntity, status)
	for _, who := range []string{"an1", "au1", "ad1"} {
		status, _, _ = h.as(t, who).post(t, "/exports", wish())
		require.Equal(t, http.StatusForbidden, status, who)
	}

	// A colleague of the other prefecture is given nothing of ours.
	_, other, _ := h.as(t, "co9").post(t, "/exports", wish())
	require.NotContains(t, other, name)
	require.NotContains(t, h.log.String(), "例子")
}

// Names and words of protected people never leave in a ledger; the mark does.
func TestProtectedPeopleAreNotNamedInLedgers(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	h.toldOf(t, "co1", "person.set_confidentiality", map[string]any{"person": h.person, "until": japan.DateOf(time.Now()).Add(300).String(),
		"covers_household": false, "kind": "stalking", "confirmed_by": "見本警察署", "details": "前の住所に来る。"})
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	_, body, _ := co.post(t, "/exports", wish())
	require.NotContains(t, body, "例子")
	require.Contains(t, body, "秘匿")
	_, body, _ = co.post(t, "/exports", wish("what", "people"))
	require.NotContains(t, body, "例子")
	require.Contains(t, body, "P-00001")
}
