package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/paper"
	"ayumi/infra/web"
	"ayumi/tests/pdftext"
)

func press(t testing.TB) *paper.Press {
	t.Helper()
	regular, bold, err := web.PaperFonts()
	require.NoError(t, err)
	return paper.New(paper.Config{Regular: regular, Bold: bold})
}

// sheet is a sheet of a format with some initiatives, whose results are given.
func sheet(t testing.TB, format string, results ...string) workplan.Paper {
	t.Helper()
	s := workplan.Aggregate.New()
	n, score := 13, 8
	events := []domain.Event[workplan.Sheet]{
		&workplan.Drafted{Format: format, FY: 2019, Bureau: "本部", Unit: "東京本部", Policy: "誘致", Phone: "03-0000-0000"},
		&workplan.MissionSet{No: 1, Text: "届ける"}, &workplan.AimSet{No: 1, Text: "移る。"},
		&workplan.IndicatorPlaced{No: 1, Name: "移住者数", Class: "outcome"}, &workplan.ValueSet{No: 1, Field: "baseline", Value: &n, AtText: "平成21年度"},
		&workplan.ActualSet{No: 1, AbsentReason: "not_stated"}, &workplan.ProjectSet{No: 1, Name: "事業", BudgetYen: &n, BudgetText: "13円", Outline: "する。しない。"},
		&workplan.Evaluated{Kind: "final", Mark: "on_plan", MarkText: "○(予定どおり)", Score: &score, Reasons: "よい。"},
		&workplan.IssueRecorded{No: 1, Issue: "課題", NextStep: "次"},
	}
	for i, r := range results {
		events = append(events, &workplan.InitiativeRecorded{No: i + 1, Title: fmt.Sprintf("取組%d", i+1), Result: r})
	}
	for _, e := range events {
		e.Apply(s, domain.Envelope{Stream: "workplan-TKO.2019.1"})
	}
	f, err := workplan.FormatOf(format)
	require.NoError(t, err)
	return workplan.Paper{Sample: true, Area: "310000", Position: 7, At: time.Date(2020, 3, 31, 4, 10, 0, 0, time.UTC), Known: japan.On(2020, 3, 31),
		Document: workplan.Lay(s, f, workplan.Printing{Language: "ja", Head: "（所属長名）", Year: "令和元年度", Number: func(n int) string { return fmt.Sprint(n) },
			Class: func(string) string { return "成果指標" }})}
}

func printed(t testing.TB, p *paper.Press, d workplan.Paper, kind string) workplan.File {
	t.Helper()
	f, err := p.Print(d, kind)
	require.NoError(t, err)
	return f
}

var formatNames = []string{"F2012", "F2014", "F2016", "F2021"}

// The same paper is the same file, byte for byte, in every format and kind.
func TestAPaperIsAlwaysTheSameFile(t *testing.T) {
	for _, format := range formatNames {
		d := sheet(t, format, "就業相談 168（前年度 23）、2月末現在。")
		for _, kind := range workplan.Kinds {
			first := printed(t, press(t), d, kind)
			require.Equal(t, "ayumi_FY2019_sheet-TKO-1_asof-2020-03-31."+kind, first.Name)
			require.Empty(t, first.Missing)
			for range 3 {
				require.True(t, bytes.Equal(first.Bytes, printed(t, press(t), d, kind).Bytes), "%s as %s", format, kind)
			}
		}
	}
}

// Every cell of every format stands in every kind of file.
func TestEveryCellIsInEveryFile(t *testing.T) {
	p := press(t)
	for _, format := range formatNames {
		d := sheet(t, format, "一つ目\n二つ目", "続き")
		pdf, err := pdftext.Read(printed(t, p, d, "pdf").Bytes)
		require.NoError(t, err)
		said := map[string]string{
			"pdf":  pdf.All(),
			"docx": pdftext.Bare(wordText(t, printed(t, p, d, "docx").Bytes)),
			"xlsx": pdftext.Bare(strings.Join(cells(t, printed(t, p, d, "xlsx").Bytes, 0), "\n")),
		}
		for _, text := range texts(d) {
			for kind, all := range said {
				require.Contains(t, all, pdftext.Bare(text), "%s %s", format, kind)
			}
		}
		for kind, all := range said {
			require.Contains(t, all, "架空データ", kind)
			require.Contains(t, all, d.Digest(), kind)
		}
	}
}

// texts are all titles and paragraphs of a paper.
func texts(d workplan.Paper) []string {
	out := []string{d.Title}
	add := func(list []workplan.Paragraph) {
		for _, p := range list {
			out = append(out, p.Item+p.String())
		}
	}
	for _, b := range d.Blocks {
		out = append(out, b.Title)
		add(b.Text)
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, c := range row {
					add(c.Text)
				}
			}
		}
	}
	return out
}

// Whatever is written, however long: no character is lost on paper, nothing is
// drawn outside the page, and what the font lacks is a geta mark and is named.
func TestNoCharacterIsLostOnPaper(t *testing.T) {
	p := press(t)
	rng := rand.New(rand.NewPCG(3, 4))
	letters := []rune("あいうえおっゃー、。「」（）()漢字仕事東京髙﨑①◎○△×→abcXYZ 0123456789%￥・〜年月日名件\n")
	for range 40 {
		results := make([]string, 1+rng.IntN(6))
		for i := range results {
			text := make([]rune, rng.IntN(1800))
			for j := range text {
				text[j] = letters[rng.IntN(len(letters))]
			}
			results[i] = strings.TrimSpace(string(text)) + "終"
		}
		d := sheet(t, formatNames[rng.IntN(4)], results...)
		f := printed(t, p, d, "pdf")
		require.Empty(t, f.Missing)
		doc, err := pdftext.Read(f.Bytes)
		require.NoError(t, err)
		count := runes(doc.All())
		want := runes("")
		for _, r := range results {
			for c, n := range runes(r) {
				want[c] += n
			}
		}
		for c, n := range want {
			require.GreaterOrEqual(t, count[c], n, "%q", c)
		}
		for i, page := range doc.Pages {
			require.Contains(t, page, fmt.Sprintf("%d／%d", i+1, len(doc.Pages)))
			require.Contains(t, page, "架空データ")
			require.InDelta(t, 595.28, doc.Sizes[i][0], .1)
			require.InDelta(t, 841.89, doc.Sizes[i][1], .1)
		}
	}
}

func runes(text string) map[rune]int {
	out := map[rune]int{}
	for _, r := range text {
		if !unicode.IsSpace(r) {
			out[r]++
		}
	}
	return out
}

// A result longer than a page goes on under the titles of its columns.
func TestALongRowGoesOnUnderItsTitles(t *testing.T) {
	long := strings.Repeat("長い文章が続く。", 600)
	doc, err := pdftext.Read(printed(t, press(t), sheet(t, "F2016", long, "後"), "pdf").Bytes)
	require.NoError(t, err)
	require.Greater(t, len(doc.Pages), 2)
	require.Equal(t, 600, runes(doc.All())['続'])
	titled := 0
	for _, page := range doc.Pages {
		if strings.Contains(page, "令和元年度の取組") {
			titled++
		}
	}
	require.GreaterOrEqual(t, titled, 2)
}

// The font lacks 𠮷: the paper shows a geta mark, names the character by its code
// point, and says so to the caller. The other files keep it.
func TestACharacterTheFontLacksIsNamed(t *testing.T) {
	d := sheet(t, "F2016", "𠮷田と\U0001F600と葛\U000E0100城")
	f := printed(t, press(t), d, "pdf")
	require.Equal(t, []rune{0x1F600, 0x20BB7, 0xE0100}, f.Missing)
	doc, err := pdftext.Read(f.Bytes)
	require.NoError(t, err)
	require.Contains(t, doc.All(), "〓田と〓と葛〓城")
	require.Contains(t, doc.All(), "U+1F600U+20BB7U+E0100")
	require.Contains(t, wordText(t, printed(t, press(t), d, "docx").Bytes), "𠮷田と😀と葛\U000E0100城")
	require.Contains(t, strings.Join(cells(t, printed(t, press(t), d, "xlsx").Bytes, 0), ""), "𠮷田")
}

// The spreadsheet of data is one table: a title a column, a value a cell, nothing
// merged, numbers as numbers, a blank as a blank.
func TestDataIsMachineReadable(t *testing.T) {
	raw := printed(t, press(t), sheet(t, "F2016", "結果"), "xlsx").Bytes
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []string{"表示", "データ"}, f.GetSheetList())
	merged, err := f.GetMergeCells("データ")
	require.NoError(t, err)
	require.Empty(t, merged)
	rows, err := f.GetRows("データ")
	require.NoError(t, err)
	column := map[string]int{}
	for i, title := range rows[0] {
		require.NotEmpty(t, title)
		require.NotContains(t, column, title, "a title names one column")
		column[title] = i
	}
	seen := map[string]int{}
	for i, row := range rows[1:] {
		require.Equal(t, fmt.Sprint(i+1), row[0])
		seen[row[column["項目コード"]]] = i + 2
		require.Equal(t, []string{"TKO.2019.1", "F2016", "2019", "令和元年度", "310000"}, row[1:6])
	}
	at := func(key, title string) (string, excelize.CellType) {
		name, err := excelize.CoordinatesToCellName(column[title]+1, seen[key])
		require.NoError(t, err)
		v, err := f.GetCellValue("データ", name)
		require.NoError(t, err)
		kind, err := f.GetCellType("データ", name)
		require.NoError(t, err)
		return v, kind
	}
	value, kind := at("indicator.1.baseline", "数値")
	require.Equal(t, "13", value)
	require.Equal(t, excelize.CellTypeUnset, kind, "a number has no type of text")
	value, _ = at("indicator.1.actual", "数値")
	require.Empty(t, value, "blank is not zero")
	value, kind = at("indicator.1.actual", "空欄")
	require.Equal(t, "TRUE", value)
	require.Equal(t, excelize.CellTypeBool, kind)
	value, _ = at("indicator.1.actual", "空欄の理由")
	require.Equal(t, "not_stated", value)
	value, _ = at("project.1.budget", "単位")
	require.Equal(t, "JPY", value)
	value, _ = at("evaluation.final.mark", "コード")
	require.Equal(t, "on_plan", value)
}

// The text document is a package whose parts are all sound and all named.
func TestWordFileIsSound(t *testing.T) {
	raw := printed(t, press(t), sheet(t, "F2016", "結果 & <続き>"), "docx").Bytes
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	require.Equal(t, "[Content_Types].xml", z.File[0].Name)
	types := string(read(t, z, "[Content_Types].xml"))
	for _, f := range z.File {
		dec := xml.NewDecoder(bytes.NewReader(read(t, z, f.Name)))
		for {
			_, err := dec.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, f.Name)
		}
		if strings.HasPrefix(f.Name, "word/") && !strings.Contains(f.Name, "_rels") {
			require.Contains(t, types, `PartName="/`+f.Name+`"`)
		}
	}
	document := string(read(t, z, "word/document.xml"))
	require.Equal(t, strings.Count(document, "<w:tbl>"), strings.Count(document, "</w:tbl>"))
	require.Contains(t, document, "<w:tblHeader/>")
	require.Contains(t, document, "結果 &amp; &lt;続き&gt;")
	rels := string(read(t, z, "word/_rels/document.xml.rels"))
	for _, id := range []string{"rId3", "rId4"} {
		require.Contains(t, document, `r:id="`+id+`"`)
		require.Contains(t, rels, `Id="`+id+`"`)
	}
}

func TestJSONHoldsTheSheetOnce(t *testing.T) {
	d := sheet(t, "F2021", "結果")
	var got struct {
		Sheet, Digest, Sample, KnownAt string
		Data                           []workplan.Datum
		Figures                        []workplan.Figure
	}
	require.NoError(t, json.Unmarshal(printed(t, press(t), d, "json").Bytes, &got))
	require.Equal(t, d.Sheet, got.Sheet)
	require.Equal(t, d.Digest(), got.Digest)
	require.Equal(t, "架空データ", got.Sample)
	require.Len(t, got.Data, len(d.Data))
	require.Equal(t, d.Figures, got.Figures)
}

func TestAnUnknownKindIsAnError(t *testing.T) {
	_, err := press(t).Print(sheet(t, "F2016"), "exe")
	require.Error(t, err)
}

func read(t testing.TB, z *zip.Reader, name string) []byte {
	t.Helper()
	f, err := z.Open(name)
	require.NoError(t, err)
	defer f.Close()
	body, err := io.ReadAll(f)
	require.NoError(t, err)
	return body
}

// wordText is the text of a word-processing file, a paragraph a line, with its
// header.
func wordText(t testing.TB, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	var out strings.Builder
	for _, part := range []string{"word/header1.xml", "word/document.xml"} {
		dec := xml.NewDecoder(bytes.NewReader(read(t, z, part)))
		inText := false
		for {
			tok, err := dec.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			switch tok := tok.(type) {
			case xml.StartElement:
				inText = tok.Name.Local == "t"
			case xml.EndElement:
				inText = false
				if tok.Name.Local == "p" {
					out.WriteByte('\n')
				}
			case xml.CharData:
				if inText {
					out.Write(tok)
				}
			}
		}
	}
	return out.String()
}

// cells are the texts of a spreadsheet.
func cells(t testing.TB, raw []byte, no int) (out []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	require.NoError(t, err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[no])
	require.NoError(t, err)
	for _, r := range rows {
		out = append(out, r...)
	}
	return out
}
