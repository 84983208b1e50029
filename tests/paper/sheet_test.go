package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ayumi/domain/workplan"
	"ayumi/tests/pdftext"
)

// The FY2019 sheet is reproduced from the events of the demonstration: every cell
// of the published one, as data, on the page, in the PDF, the spreadsheet and the
// text document, each in the order in which it is printed.
func TestTheSheetOfFY2019(t *testing.T) {
	h, f := open(t), published(t)
	d := parse(t, h.file(t, "json", ""))
	for _, c := range f.cells() {
		c.same(t, d.at(t, c.key))
	}
	f.holds(t, d)

	printed := append([]string{d.Title}, texts(d)...)
	_, page, _ := h.page(t, h.visit(t, "an1"), "/sheets/2019/TKO")
	pdf, err := pdftext.Read(h.file(t, "pdf", ""))
	require.NoError(t, err)
	require.Len(t, pdf.Pages, 2, "A4, two pages")
	sheet := spreadsheet(t, h.file(t, "xlsx", ""))
	for where, all := range map[string]string{
		"page": article(t, page), "pdf": strings.Join(pdf.Pages, "\n"), "xlsx": strings.Join(sheet.shown, "\n"), "docx": document(t, h.file(t, "docx", "")),
	} {
		inOrder(t, where, all, printed)
		inOrder(t, where, all, f.titles())
		require.Contains(t, bare(all), "架空データ", where)
		require.Contains(t, bare(all), d.Digest, where)
	}
	for _, x := range d.Data {
		row := sheet.data[x.Key]
		require.NotNil(t, row, x.Key)
		require.Equal(t, x.Text, row["記載"], x.Key)
		require.Equal(t, strings.ToUpper(strconv.FormatBool(x.Blank)), row["空欄"], x.Key)
		want := ""
		if x.Value != nil {
			want = strconv.Itoa(*x.Value)
		}
		require.Equal(t, want, row["数値"], x.Key)
	}
}

// holds proves what is not a text: flags, blanks, codes, values and figures.
func (f fixture) holds(t *testing.T, d data) {
	t.Helper()
	require.Equal(t, []any{f.Title, f.Format, f.FiscalYear}, []any{d.Title, d.Format, d.FiscalYear})
	columns := []string{"policy_item", "vitality_strategy", "future_vision", "environment_initiative", "education_action_plan", "other"}
	for i, column := range columns {
		flagged := f.Flags.Content[2*i+1].Value == "true"
		x := d.at(t, "flag."+column)
		require.Equal(t, flagged, x.Text == "○", column)
		require.Equal(t, flagged, !x.Blank, column)
	}
	i := f.Indicators[0]
	for key, want := range map[string]printedValue{"baseline": i.Baseline, "start": i.Start, "target": i.Target, "actual": i.Actual, "long_term": i.LongTerm} {
		x := d.at(t, "indicator.1."+key)
		require.Equal(t, want.Value, x.Value, key)
		require.Equal(t, want.Value == nil, x.Blank, "%s: blank is not zero", key)
		require.Equal(t, want.Absent, x.AbsentReason, key)
		require.Equal(t, want.Comparator, x.Comparator, key)
		require.Equal(t, want.Unit, x.Unit, key)
		require.Equal(t, want.At, x.At, key)
	}
	for _, blank := range []string{"plan", "other_plan", "selection_reason", "start_at", "target_at", "actual_at"} {
		require.True(t, d.at(t, "indicator.1."+blank).Blank, blank)
	}
	require.Equal(t, f.Projects[0].BudgetYen, *d.at(t, "project.1.budget").Value)
	require.Equal(t, f.Evaluation.Final.Mark, d.at(t, "evaluation.final.mark").Code)
	require.Equal(t, f.Evaluation.Final.Score, *d.at(t, "evaluation.final.score").Value)
	require.Equal(t, i.Class, d.at(t, "indicator.1.class").Code)
	require.Nil(t, f.Evaluation.MidYear)
	for _, x := range d.Data {
		require.NotContains(t, x.Key, "mid_year")
	}
	require.Contains(t, d.at(t, "legend").Text, f.Legend.JudgedAt)
	f.figures(t, d)
}

// figures proves the reference of every figure that the sheet states.
func (f fixture) figures(t *testing.T, d data) {
	t.Helper()
	want := f.Evaluation.Final.Initiatives[0].Figures
	require.Len(t, d.Figures, 3+2*len(want))
	for i, g := range want {
		value, before := d.Figures[3+2*i], d.Figures[4+2*i]
		require.Equal(t, []any{g.Code, g.Name, g.Value, "2020-02-29", "2019-04-01", "D-TKY", "tot-2019.1", workplan.FigureEqual},
			[]any{value.Indicator, value.Name, *value.Value, value.Until, value.From, value.Scope, value.Version, value.State})
		require.Equal(t, g.Value, *value.Recounted)
		require.Equal(t, g.UnitStated, value.UnitStated)
		require.True(t, strings.HasPrefix(value.Unit, g.UnitAdopted), value.Unit)
		require.Len(t, value.Digest, 64)
		require.Equal(t, "2020-03-31", value.KnownAt)
		require.NotEmpty(t, value.Register, "approved in the register before the sheet was published")
		require.Equal(t, 1, *value.Edition)
		require.Equal(t, []any{g.Previous, workplan.FigureTimeless}, []any{*before.Value, before.State})
		require.Nil(t, before.Recounted, "a figure of unknown time is not counted again")
	}
}

// texts are the texts of the data in the order in which they are printed, blanks
// in the words that stand for them.
func texts(d data) (out []string) {
	for _, x := range d.Data {
		parts := strings.Split(x.Text, "\n")
		if strings.HasSuffix(x.Key, ".outline") || strings.HasSuffix(x.Key, ".reasons") {
			parts = strings.SplitAfter(x.Text, "。")
		}
		if x.Blank && (strings.HasSuffix(x.Key, ".start") || strings.HasSuffix(x.Key, ".actual")) {
			parts = []string{"（記載なし）"}
		}
		out = append(out, parts...)
	}
	return out
}

// An edition stays what it was; the plan of April has no evaluation and no blank
// said in words.
func TestEditionsAndDays(t *testing.T) {
	h := open(t)
	first, second := parse(t, h.file(t, "json", "edition=1")), parse(t, h.file(t, "json", "edition=2"))
	require.Equal(t, []any{1, false, "2019-04-01"}, []any{first.Edition, first.Draft, first.KnownAt})
	require.Equal(t, []any{2, false, "2020-03-31"}, []any{second.Edition, second.Draft, second.KnownAt})
	require.Equal(t, first, parse(t, h.file(t, "json", "known_at=2019-12-31")), "the same sheet, known later")
	for _, x := range first.Data {
		require.NotContains(t, x.Key, "evaluation")
	}
	require.NotEqual(t, first.Digest, second.Digest)
	for path, want := range map[string]int{
		"TKO.2019.1/pdf?edition=3": 404, "TKO.2020.1/pdf": 404, "x/pdf": 404, "TKO.2019.1/exe": 422, "TKO.2019.1/pdf?edition=x": 422,
		"TKO.2019.1/pdf?known_at=2/30": 422, "TKO.2019.1/pdf?known_at=2019-03-01": 404, "TKO.2019.1/pdf?other=1": 422,
	} {
		status, body, _ := h.ask(t, "an1", "/api/v1/sheets/"+path)
		require.Equal(t, want, status, "%s %s", path, body)
	}
	status, body, _ := h.ask(t, "an1", "/api/v1/sheets")
	require.Equal(t, 200, status)
	require.Contains(t, string(body), `"digest":"`+second.Digest+`"`)

	an := h.visit(t, "an1")
	for path, want := range map[string]int{
		"": 200, "?edition=1": 200, "?edition=3": 404, "?edition=x": 404, "?asof=2019-06-01": 200, "?asof=2999-01-01": 422, "?asof=%3Cscript%3E": 422, "?no=2": 404,
		"/pdf": 200, "/xlsx?edition=1": 200, "/docx?asof=2019-06-01": 200, "/json": 200, "/exe": 404, "/pdf?asof=x": 422, "/pdf?edition=9": 404,
	} {
		status, body, header := h.page(t, an, "/sheets/2019/TKO"+path)
		require.Equal(t, want, status, path)
		require.NotContains(t, string(body), "<script>")
		if status == 200 && strings.HasPrefix(path, "/") {
			require.Contains(t, header.Get("Content-Disposition"), "attachment", path)
		}
	}
	_, page, _ := h.page(t, an, "/sheets/2019/TKO?edition=1")
	require.Contains(t, string(page), `<body class="past"`)
	require.Contains(t, string(page), "未記入")
	for _, name := range []string{"ro1", "po1", "ad1"} {
		status, _, _ := h.page(t, h.visit(t, name), "/sheets/2019/TKO/pdf")
		require.Equal(t, http.StatusForbidden, status, name)
	}
}

// article is the text of the printed part of the page, without the numbers of its
// figures.
func article(t *testing.T, page []byte) string {
	t.Helper()
	from, to := bytes.Index(page, []byte("<article")), bytes.Index(page, []byte("</article>"))
	require.True(t, from > 0 && to > from)
	d := xml.NewDecoder(bytes.NewReader(page[from:to]))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	return charData(t, d, "sup", "")
}

// charData is the text inside XML, without that inside some element, or only that
// inside another.
func charData(t *testing.T, d *xml.Decoder, without, only string) string {
	t.Helper()
	var out strings.Builder
	var within []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			require.ErrorContains(t, err, "unexpected EOF")
			return out.String()
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			within = append(within, tok.Name.Local)
		case xml.EndElement:
			within = within[:len(within)-1]
		case xml.CharData:
			last := ""
			if len(within) > 0 {
				last = within[len(within)-1]
			}
			if last != without && (only == "" || last == only) {
				out.Write(tok)
			}
		}
	}
}

// document is the text of a word-processing file.
func document(t *testing.T, raw []byte) (out string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	for _, name := range []string{"word/header1.xml", "word/document.xml"} {
		f, err := z.Open(name)
		require.NoError(t, err)
		out += charData(t, xml.NewDecoder(f), "", "t")
		require.NoError(t, f.Close())
	}
	return out
}

// workbook is what a spreadsheet holds: the texts as shown, and the data by key
// and title.
type workbook struct {
	shown []string
	data  map[string]map[string]string
}

func spreadsheet(t *testing.T, raw []byte) workbook {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	require.NoError(t, err)
	defer f.Close()
	out := workbook{data: map[string]map[string]string{}}
	shown, err := f.GetRows("表示")
	require.NoError(t, err)
	for _, r := range shown {
		out.shown = append(out.shown, r...)
	}
	rows, err := f.GetRows("データ")
	require.NoError(t, err)
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, title := range rows[0] {
			if i < len(r) {
				row[title] = r[i]
			}
		}
		out.data[row["項目コード"]] = row
	}
	return out
}
