package pages_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/api"
	"ayumi/projections"
)

const ledgerText = "令和元年度　相談台帳\n相談日,氏名,ふりがな,電話番号,相談方法,種別,住所,相談内容\n" +
	"4/26,髙﨑　花子,たかさき　はなこ,9012345678,来所,移住,東京都港区,家探し\n" +
	"5/7,〃,〃,〃,電話,仕事,〃,続き\n" +
	"5/8,稲葉太郎,いなば たろう,０９０１１１１２２２２,狼煙,移住,大阪,家探し\n" +
	"6/1,夫：山田一 妻：山田二,,,来所,移住,兵庫県,二人\n" +
	"6/2,匿名,,,電話,移住,東京都,匿名の人\n"

// actor is a member of staff as it acts now.
func (h *house) actor(t *testing.T, name string) domain.Actor {
	t.Helper()
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	for _, a := range sample.Accounts {
		if a.Name == name {
			who, err := h.Office.Who(context.Background(), a.Account)
			require.NoError(t, err)
			return who
		}
	}
	require.Fail(t, name)
	return domain.Actor{}
}

// figures are the values of the office's indicators for fiscal 2019 as of now.
func (h *house) figures(t *testing.T) map[string]int {
	t.Helper()
	ctx := context.Background()
	require.NoError(t, h.Ready(ctx, time.Minute))
	out := map[string]int{}
	book, err := h.Definitions.Book(ctx, "31")
	require.NoError(t, err)
	for _, d := range book.All() {
		f, err := h.Indicators.Figure(ctx, indicator.Question{Definition: d, Period: japan.FiscalYear(2019).Whole(), Scope: "31"}, projections.Newest, japan.DateOf(time.Now()))
		require.NoError(t, err, d.Indicator)
		out[d.Indicator] = f.Value
	}
	return out
}

// A ledger is read, mended, imported and taken back: every figure is as it was.
func TestALedgerIsImportedAndTakenBack(t *testing.T) {
	h := open(t)
	ctx, who := context.Background(), h.actor(t, "co1")
	before := h.figures(t)
	d, err := h.Imports.Begin(ctx, who, "台帳.csv", []byte(ledgerText))
	require.NoError(t, err)
	_, _, plan, err := h.Imports.Look(ctx, who, d.ID)
	require.NoError(t, err)
	good, bad, _, waiting := plan.Count()
	require.Equal(t, []int{3, 2, 0}, []int{good, bad, waiting})
	require.ErrorContains(t, h.Imports.Start(ctx, who, d.ID), "field.required (notice_version)")

	_, err = h.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, t importing.Table) error {
		d.Said.NoticeVersion = "n1"
		return nil
	})
	require.NoError(t, err)
	require.ErrorContains(t, h.Imports.Start(ctx, who, d.ID), "import.too_many_wrong")
	_, err = h.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, t importing.Table) error {
		d.Mend(t, 6, "name", "山田　一")
		return d.Teach("channel", "狼煙", "other")
	})
	require.NoError(t, err)
	require.NoError(t, h.Imports.Start(ctx, who, d.ID))
	require.NoError(t, h.Imports.Wait(ctx, d.ID))
	d, _, plan, err = h.Imports.Look(ctx, who, d.ID)
	require.NoError(t, err)
	require.Equal(t, importing.Done, d.State, d.Why)
	done, refused := d.Imported()
	require.Equal(t, []int{5, 0}, []int{done, refused}, "%+v", d.Results)
	require.Empty(t, plan.Doubtful(), "nobody is like what the ledger itself brought")

	after := h.figures(t)
	require.Equal(t, before["C0"]+5, after["C0"])
	require.Equal(t, before["P1"]+3, after["P1"], "two persons and a pair; the anonymous one is told beside")

	// The ledger comes again: everybody in it is known, and nobody is entered twice.
	again, err := h.Imports.Begin(ctx, who, "台帳.csv", []byte(ledgerText))
	require.NoError(t, err)
	require.True(t, again.Recalled)
	require.Equal(t, "n1", again.Said.NoticeVersion)
	require.NoError(t, h.Ready(ctx, time.Minute))
	head, err := h.Store.Head(ctx)
	require.NoError(t, err)
	require.NoError(t, h.People.Wait(ctx, head.Position))
	_, _, plan, err = h.Imports.Look(ctx, who, again.ID)
	require.NoError(t, err)
	require.Len(t, plan.Doubtful(), 2)
	like := plan.People[plan.Doubtful()[0]].Likes[0]
	require.Equal(t, "髙﨑 花子", like.Name)
	require.Equal(t, []string{"phone", "kana", "kanji"}, like.Signals)
	require.ErrorContains(t, h.Imports.Decide(ctx, who, again.ID, map[int]importing.Choice{3: {Person: h.person}}), "import.waiting")
	require.NoError(t, h.Imports.Decide(ctx, who, again.ID, map[int]importing.Choice{3: {Person: like.Person}}))
	_, _, plan, err = h.Imports.Look(ctx, who, again.ID)
	require.NoError(t, err)
	_, _, _, waiting = plan.Count()
	require.Equal(t, 1, waiting)
	require.NoError(t, h.Imports.Discard(ctx, who, again.ID))

	require.NoError(t, h.Imports.Undo(ctx, who, d.ID))
	require.NoError(t, h.Imports.Wait(ctx, d.ID))
	d, _, _, err = h.Imports.Look(ctx, who, d.ID)
	require.NoError(t, err)
	require.Equal(t, importing.Undone, d.State)
	require.Equal(t, importing.Reversal{Voided: 5, Closed: 4, People: 4}, d.Undo)
	require.Equal(t, before, h.figures(t))
	require.ErrorContains(t, h.Imports.Start(ctx, who, d.ID), "import.state")

	_, _, _, err = h.Imports.Look(ctx, h.actor(t, "ld1"), d.ID)
	require.True(t, app.IsMissing(err), "a draft is its account's own")
	require.NotContains(t, h.log.String(), "花子")
}

// After a batch was taken back the ledger can be imported again, into the persons
// who stayed.
func TestALedgerIsImportedAfterItWasTakenBack(t *testing.T) {
	h := open(t)
	ctx, who := context.Background(), h.actor(t, "co1")
	text := []byte(strings.ReplaceAll(strings.ReplaceAll(ledgerText, "狼煙", "電話"), "夫：山田一 妻：山田二", "山田　一"))
	run := func(like bool) *importing.Draft {
		d, err := h.Imports.Begin(ctx, who, "台帳.csv", text)
		require.NoError(t, err)
		_, err = h.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error { d.Said.NoticeVersion = "n1"; return nil })
		require.NoError(t, err)
		if like {
			_, _, plan, err := h.Imports.Look(ctx, who, d.ID)
			require.NoError(t, err)
			choices := map[int]importing.Choice{}
			for _, i := range plan.Doubtful() {
				choices[plan.FirstRow(i)] = importing.Choice{Person: plan.People[i].Likes[0].Person}
			}
			require.Len(t, choices, 2)
			require.NoError(t, h.Imports.Decide(ctx, who, d.ID, choices))
		}
		require.NoError(t, h.Imports.Start(ctx, who, d.ID))
		require.NoError(t, h.Imports.Wait(ctx, d.ID))
		d, _, _, err = h.Imports.Look(ctx, who, d.ID)
		require.NoError(t, err)
		done, refused := d.Imported()
		require.Equal(t, []int{5, 0}, []int{done, refused}, "%+v", d.Results)
		return d
	}
	first := run(false)
	once := h.figures(t)
	require.NoError(t, h.Imports.Undo(ctx, who, first.ID))
	require.NoError(t, h.Imports.Wait(ctx, first.ID))
	h.figures(t)
	head, err := h.Store.Head(ctx)
	require.NoError(t, err)
	require.NoError(t, h.People.Wait(ctx, head.Position))
	second := run(true)
	require.Equal(t, once, h.figures(t))
	require.NotEqual(t, first.ID, second.ID)
}

// bring sends a ledger to the page and answers the address of what was read.
func (v *visitor) bring(t *testing.T, name string, raw []byte) (status int, body, location string) {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(raw)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	req, err := http.NewRequest(http.MethodPost, v.h.server.URL+"/imports", &form)
	require.NoError(t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(page), res.Header.Get("Location")
}

// A counsellor does all of it on the page, without a script: reads a ledger, says
// which column is what, mends cells where they are wrong, imports, and takes it back.
func TestTheLedgerPage(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	before := h.figures(t)
	status, page, _ := co.bring(t, "", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "台帳のファイルを選んでください")
	status, page, _ = co.bring(t, "台帳.pdf", []byte("%PDF-1.7"))
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "xlsx か csv")

	sjis, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(ledgerText + "6/3," + hostile + ",,,電話,移住,東京都,=1+1\n"))
	require.NoError(t, err)
	status, page, at := co.bring(t, "台帳.csv", sjis)
	require.Equal(t, http.StatusSeeOther, status, page)
	page = co.page(t, at)
	for _, want := range []string{"Shift_JIS", "直す行<b>3</b>", "取り込める行<b>3</b>", `value="山田一"`, "「狼煙」がどれに当たるか分かりません", "令和元年度"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "<script>alert")

	status, page, _ = co.post(t, at+"/start", url.Values{"accepted": {"1"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "利用目的") // the notice is missing
	columns := url.Values{"year": {"2019"}, "notice_version": {"n1"}, "notice_method": {"paper"}, "desk": {"D-TKY"}, "target_pref": {"31"}}
	for i, name := range []string{"held_on", "name", "kana", "phone", "channel", "categories", "address", "note"} {
		columns.Set("column-"+name, strconv.Itoa(i))
	}
	twice := url.Values{}
	for k, v := range columns {
		twice[k] = v
	}
	twice.Set("column-note", "0")
	status, page, _ = co.post(t, at+"/columns", twice)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "同じ列が2つの項目に使われています")
	status, _, _ = co.post(t, at+"/columns", columns)
	require.Equal(t, http.StatusSeeOther, status)

	mend := url.Values{"code:5.channel": {"other"}, "word:5.channel": {"狼煙"}, "cell:6.name": {"山田一"}, "was:6.name": {"夫：山田一 妻：山田二"}, "leave:8": {"1"}}
	status, _, back := co.post(t, at+"/rows?show=bad", mend)
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, at+"?show=bad", back)
	page = co.page(t, at)
	require.Contains(t, page, "直す行はありません")
	require.Contains(t, page, "取り込まない行<b>1</b>")
	require.Contains(t, page, "5行（4人）を記録にします")

	status, _, _ = co.post(t, at+"/start", nil)
	require.Equal(t, http.StatusSeeOther, status)
	require.NoError(t, h.Imports.Wait(context.Background(), strings.TrimPrefix(at, "/imports/")))
	page = co.page(t, at)
	require.Contains(t, page, "5行を記録しました")
	after := h.figures(t)
	require.Equal(t, before["C0"]+5, after["C0"])

	status, _, _ = co.post(t, at+"/columns", columns)
	require.Equal(t, http.StatusUnprocessableEntity, status, "what is a record is not read in another way")
	status, _, _ = co.post(t, at+"/discard", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	status, page, _ = co.post(t, at+"/undo", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "取り込みを取り消す")
	status, _, _ = co.post(t, at+"/undo", url.Values{"sure": {"1"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.NoError(t, h.Imports.Wait(context.Background(), strings.TrimPrefix(at, "/imports/")))
	require.Contains(t, co.page(t, at), "相談5件を取消にし")
	require.Equal(t, before, h.figures(t))
	require.Contains(t, co.page(t, "/imports"), "取り消し済み")

	ld := h.as(t, "ld1")
	status, _ = ld.get(t, at)
	require.Equal(t, http.StatusNotFound, status)
	status, _, _ = ld.post(t, at+"/undo", url.Values{"sure": {"1"}})
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, h.log.String(), "花子")
}

// The rows to mend are taken away as a file that no spreadsheet runs, and the file
// can be read again.
func TestTheRowsToMendAreTakenAway(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, _, at := co.bring(t, "台帳.csv", []byte("相談日,氏名,相談内容\n不明,𠮷田　花子,=HYPERLINK(\"http://x\")\n"))
	for kind, want := range map[string]string{"csv": "'=HYPERLINK", "sjis": "'=HYPERLINK"} {
		status, body := co.get(t, at+"/"+kind)
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, body, want)
	}
	status, body := co.get(t, at+"/xlsx")
	require.Equal(t, http.StatusOK, status)
	f, err := excelize.OpenReader(strings.NewReader(body))
	require.NoError(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	require.NoError(t, err)
	require.Equal(t, []string{"行", "理由", "相談日", "氏名", "相談内容"}, rows[0])
	require.Equal(t, "𠮷田　花子", rows[1][3])
	formula, err := f.GetCellFormula(f.GetSheetName(0), "E2")
	require.NoError(t, err)
	require.Empty(t, formula)
	status, _ = co.get(t, at+"/exe")
	require.Equal(t, http.StatusNotFound, status)
	_, _, again := co.bring(t, "again.xlsx", []byte(body))
	require.Contains(t, co.page(t, again), "𠮷田")
}

// A program does with a ledger what the pages do: reads it, imports it, looks how far it
// is, takes it back.
func TestALedgerThroughTheAPI(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	call := func(v *visitor, method, path, body string) (int, api.ImportOne, string) {
		req, err := http.NewRequest(method, h.server.URL+"/api/v1"+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/octet-stream")
		res, err := v.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		var out api.ImportOne
		if res.StatusCode == http.StatusOK {
			require.NoError(t, json.Unmarshal(raw, &out), string(raw))
		}
		return res.StatusCode, out, string(raw)
	}
	before := h.figures(t)
	status, one, raw := call(co, "POST", "/imports?name=a.csv&notice=n1", ledgerText)
	require.Equal(t, http.StatusOK, status, raw)
	require.Equal(t, api.ImportCounts{Good: 3, Bad: 2}, *one.Rows)
	require.Len(t, one.Faults, 2)
	require.Equal(t, "import.word", one.Faults[0].Code)
	require.NotContains(t, raw, "稲葉")
	require.NotContains(t, raw, "狼煙", "the words of the ledger are not repeated")
	require.Equal(t, before, h.figures(t), "a dry run records nothing")

	status, _, _ = call(ld, "GET", "/imports/"+one.Batch, "")
	require.Equal(t, http.StatusNotFound, status, "another's ledger")
	status, _, _ = call(ld, "POST", "/imports/"+one.Batch+"/run", "")
	require.Equal(t, http.StatusNotFound, status)
	status, _, _ = call(h.as(t, "an1"), "GET", "/imports", "")
	require.Equal(t, http.StatusForbidden, status)
	status, _, raw = call(co, "POST", "/imports/"+one.Batch+"/run", "")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, raw, "import.too_many_wrong")
	status, _, raw = call(co, "POST", "/imports/"+one.Batch+"/run?accept=true", "")
	require.Equal(t, http.StatusOK, status, raw)
	require.NoError(t, h.Imports.Wait(t.Context(), one.Batch))
	_, one, _ = call(co, "GET", "/imports/"+one.Batch, "")
	require.Equal(t, [3]any{"done", 3, 0}, [3]any{one.State, one.Done, one.Refused})
	require.Equal(t, before["C0"]+3, h.figures(t)["C0"])

	status, _, raw = call(co, "POST", "/imports/"+one.Batch+"/undo", "")
	require.Equal(t, http.StatusOK, status, raw)
	require.NoError(t, h.Imports.Wait(t.Context(), one.Batch))
	_, one, _ = call(co, "GET", "/imports/"+one.Batch, "")
	require.Equal(t, [2]any{"undone", 3}, [2]any{one.State, one.Voided})
	require.Equal(t, before["C0"], h.figures(t)["C0"])
	status, _, raw = call(co, "GET", "/imports", "")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, raw, one.Batch)
	require.NotContains(t, h.log.String(), "稲葉")
}
