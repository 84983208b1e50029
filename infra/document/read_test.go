package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	utf16 "golang.org/x/text/encoding/unicode"

	"ayumi/domain"
	doc "ayumi/domain/document"
)

const sentence = "就業相談 168（前年度 23）、移住相談 187（前年度 36）、2月末現在。\n髙島さん（㈱鳥取）①"

// refusal reads what must be refused and answers the key.
func refusal(t *testing.T, name string, raw []byte) string {
	t.Helper()
	_, err := Reader{}.Read(name, raw)
	var r *domain.Refusal
	require.True(t, errors.As(err, &r), "%v", err)
	return r.Key
}

func good(t *testing.T, name string, raw []byte) doc.Text {
	t.Helper()
	out, err := Reader{}.Read(name, raw)
	require.NoError(t, err)
	return out
}

func words(d doc.Text) string {
	var out []string
	for _, p := range d.Pieces {
		out = append(out, p.Text)
	}
	return strings.Join(out, "\n")
}

func TestEncodings(t *testing.T) {
	enc := func(e encoding.Encoding) []byte {
		out, err := e.NewEncoder().Bytes([]byte(sentence))
		require.NoError(t, err)
		return out
	}
	for name, x := range map[string]struct {
		raw  []byte
		want string
	}{
		"utf-8":                {[]byte(sentence), "utf-8"},
		"utf-8 with its mark":  {[]byte("\xEF\xBB\xBF" + sentence), "utf-8"},
		"utf-16 le":            {enc(utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)), "utf-16"},
		"utf-16 be":            {enc(utf16.UTF16(utf16.BigEndian, utf16.UseBOM)), "utf-16"},
		"utf-16 without mark":  {enc(utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)), "utf-16"},
		"shift_jis as windows": {enc(japanese.ShiftJIS), "shift_jis"},
	} {
		t.Run(name, func(t *testing.T) {
			got := good(t, "a.txt", x.raw)
			require.Equal(t, x.want, got.Encoding)
			require.Equal(t, sentence, words(got))
		})
	}
	plain := "就業相談 168件、移住相談 187件、2月末現在。ひらがな、カタカナ、漢字。"
	for name, e := range map[string]encoding.Encoding{"euc-jp": japanese.EUCJP, "iso-2022-jp": japanese.ISO2022JP, "shift_jis": japanese.ShiftJIS} {
		raw, err := e.NewEncoder().Bytes([]byte(plain))
		require.NoError(t, err)
		got := good(t, "", raw)
		require.Equal(t, name, got.Encoding)
		require.Equal(t, plain, words(got))
	}
}

func TestWhatIsNoText(t *testing.T) {
	require.Equal(t, "document.empty", refusal(t, "a.txt", nil))
	require.Equal(t, "document.empty", refusal(t, "a.txt", []byte(" \n\t")))
	require.Equal(t, "document.too_large", refusal(t, "a.txt", bytes.Repeat([]byte("a"), MaxBytes+1)))
	require.Equal(t, "document.too_long", refusal(t, "a.txt", bytes.Repeat([]byte("a"), maxText+1)))
	require.Equal(t, "document.binary", refusal(t, "a.txt", []byte("GIF89a\x00\x00\x01\x02")))
	require.Equal(t, "document.encoding", refusal(t, "a.txt", []byte("abc\xFF\xFF\xFF\x80")))
	require.Equal(t, "document.encoding", refusal(t, "a.txt", []byte("\xEF\xBB\xBFabc\xFF")))
	require.Equal(t, "document.old_excel", refusal(t, "a.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more")))
	require.Equal(t, "document.damaged", refusal(t, "a.xlsx", []byte("PK\x03\x04 cut short")))
}

func packed(t *testing.T, name string, body []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	require.NoError(t, err)
	_, err = w.Write(body)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestPackedFiles(t *testing.T) {
	require.Equal(t, "document.type", refusal(t, "a.docx", packed(t, "word/document.xml", []byte("<w/>"))))
	bomb := packed(t, "xl/workbook.xml", make([]byte, maxUnpack+1))
	require.Less(t, len(bomb), 1<<20, "it comes small")
	require.Equal(t, "document.unpacked", refusal(t, "a.xlsx", bomb))
	require.Equal(t, "document.damaged", refusal(t, "a.xlsx", packed(t, "xl/workbook.xml", []byte("<w"))))
}

func TestCSV(t *testing.T) {
	got := good(t, "a.csv", []byte("\xEF\xBB\xBF区分,平成30年度,令和元年度\r\n就業相談,23,168\r\n\"移住\n相談\",36,\"187\"\r\n"))
	require.Equal(t, "csv", got.Format)
	var last doc.Piece
	for _, p := range got.Pieces {
		if p.Text == "187" {
			last = p
		}
	}
	require.Equal(t, "C3", last.Cell)
	require.Equal(t, []string{"移住\n相談", "令和元年度"}, last.Heads)
	require.Empty(t, got.Refused)

	raw, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte("区分,令和元年度\n就業相談,168\n"))
	require.NoError(t, err)
	require.Equal(t, "shift_jis", good(t, "a.CSV", raw).Encoding)
	require.Len(t, good(t, "a.csv", []byte("区分\t令和元年度\n就業相談\t168\n")).Pieces, 4)
	require.Equal(t, "document.cells", refusal(t, "a.csv", bytes.Repeat([]byte("1,2,3,4,5,6,7,8,9,0\n"), maxCells/10+1)))
}

// A row that is no CSV is refused by its number; the rows around it are read.
func TestCSVRefusesTheRow(t *testing.T) {
	got := good(t, "a.csv", []byte("就業相談,168\n移\"住,187\n関係人口,2\n"))
	require.Equal(t, []*domain.Refusal{domain.RefuseField("document.csv_row", "document", "row", "2")}, got.Refused)
	require.Contains(t, words(got), "168")
	require.Contains(t, words(got), "関係人口")
}

func workbookOf(t *testing.T, fill func(f *excelize.File)) []byte {
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

func TestWorkbook(t *testing.T) {
	raw := workbookOf(t, func(f *excelize.File) {
		set := func(cell string, v any, format string) {
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
			if format == "" {
				return
			}
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			require.NoError(t, err)
			require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, style))
		}
		set("A1", "相談の件数（2月末現在）", "")
		require.NoError(t, f.MergeCell("Sheet1", "A1", "C1"))
		set("B2", "平成30年度", "")
		set("C2", "令和元年度", "")
		set("A3", "就業相談", "")
		set("B3", 23, "")
		set("C3", 168, `#,##0"件"`)
		set("A4", 43890, `[$-411]ggge"年"m"月"d"日"`)
		set("B4", 43890, "yyyy/m/d")
		set("C4", 0.148, "0.0%")
		set("A5", 43890, "yyyy年m月")
		set("B5", 1234, `#,##0;"△ "#,##0`)
		set("C5", 0.75, "h:mm")
		set("A6", "令和２年３月", "")
		require.NoError(t, f.SetCellFormula("Sheet1", "B6", "B3+C3"))
		_, err := f.NewSheet("二枚目")
		require.NoError(t, err)
		require.NoError(t, f.SetCellValue("二枚目", "A1", "移住相談 187"))
	})
	got := good(t, "a.xlsx", raw)
	at := map[string]doc.Piece{}
	for _, p := range got.Pieces {
		at[p.Sheet+" "+p.Cell] = p
	}
	for cell, want := range map[string]string{
		"Sheet1 C3": "168件", "Sheet1 A4": "令和2年2月29日", "Sheet1 B4": "令和2年2月29日", "Sheet1 C4": "14.8%", "Sheet1 A5": "令和2年2月",
		"Sheet1 B5": "1,234", "Sheet1 C5": "18:00", "Sheet1 A6": "令和２年３月", "二枚目 A1": "移住相談 187",
	} {
		require.Equal(t, want, at[cell].Text, cell)
	}
	require.Equal(t, []string{"就業相談", "令和元年度", "相談の件数（2月末現在）"}, at["Sheet1 C3"].Heads, "what is merged heads all it covers")
	require.Equal(t, []*domain.Refusal{domain.RefuseField("document.formula", "document", "sheet", "Sheet1", "cell", "B6")}, got.Refused)
}

func TestWorkbookOf1904(t *testing.T) {
	raw := workbookOf(t, func(f *excelize.File) {
		yes, format := true, "yyyy/m/d"
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		require.NoError(t, f.SetCellValue("Sheet1", "A1", 43890-1462))
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "A1", "A1", style))
	})
	require.Equal(t, "令和2年2月29日", words(good(t, "a.xlsx", raw)))
}

// patched writes a packed file anew with some bytes of its sheets exchanged.
func patched(t *testing.T, raw []byte, was, now string) []byte {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, file := range z.File {
		r, err := file.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		w, err := out.Create(file.Name)
		require.NoError(t, err)
		_, err = w.Write(bytes.ReplaceAll(body, []byte(was), []byte(now)))
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return b.Bytes()
}

// A merge over the whole sheet, or a cell in its last corner, costs nothing.
func TestHugeSheets(t *testing.T) {
	raw := workbookOf(t, func(f *excelize.File) {
		require.NoError(t, f.SetCellValue("Sheet1", "A1", "就業相談"))
		require.NoError(t, f.SetCellValue("Sheet1", "B2", 168))
		require.NoError(t, f.MergeCell("Sheet1", "A1", "B1"))
	})
	require.Equal(t, []string{"就業相談"}, good(t, "a.xlsx", patched(t, raw, `"A1:B1"`, `"A1:XFD1048576"`)).Pieces[1].Heads)
	corner := patched(t, patched(t, raw, `r="B2"`, `r="XFD1048576"`), `<row r="2"`, `<row r="1048576"`)
	require.Equal(t, "document.rows", refusal(t, "a.xlsx", corner))
}

func FuzzText(f *testing.F) {
	f.Add([]byte(sentence), true)
	f.Add([]byte("a,\"b\n1,2"), true)
	f.Add([]byte("\xFF\xFE1\x00"), false)
	f.Add([]byte("\x82\xA0\x82\xA2"), false)
	f.Fuzz(func(t *testing.T, raw []byte, table bool) {
		if bytes.HasPrefix(raw, []byte("PK")) || bytes.Contains(raw, []byte("%PDF")) {
			return
		}
		name := "a.txt"
		if table {
			name = "a.csv"
		}
		got, err := Reader{}.Read(name, raw)
		var r *domain.Refusal
		require.True(t, err == nil || errors.As(err, &r), "%v", err)
		for _, p := range got.Pieces {
			require.True(t, utf8.ValidString(p.Text))
		}
	})
}
