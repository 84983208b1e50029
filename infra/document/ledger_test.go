package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"ayumi/domain"
	"ayumi/domain/importing"
)

func tables(t *testing.T, name string, raw []byte) []importing.Table {
	t.Helper()
	out, _, err := Reader{}.Tables(name, raw)
	require.NoError(t, err)
	return out
}

func refusedTables(t *testing.T, name string, raw []byte) string {
	t.Helper()
	_, _, err := Reader{}.Tables(name, raw)
	var r *domain.Refusal
	require.True(t, errors.As(err, &r), "%v", err)
	return r.Key
}

// ledger is a workbook that a spreadsheet program wrote.
func ledger(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.Bytes()
}

// Cells come as they are stored, but for days and times, which are numbers in a
// workbook; a number that is no day stays a number.
func TestALedgerInAWorkbook(t *testing.T) {
	raw := ledger(t, func(f *excelize.File) {
		style := func(format string) int {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			require.NoError(t, err)
			return id
		}
		for cell, v := range map[string]any{"A1": "相談日", "B1": "氏名", "C1": "電話", "D1": "時間", "A2": 43581, "B2": "髙﨑\n花子", "C2": 9012345678, "D2": 0.5625, "A3": 43586.5625, "C3": 43586, "A5": "4/26", "E5": "=1+1"} {
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
		}
		require.NoError(t, f.SetCellStyle("Sheet1", "A2", "A3", style(`[$-411]ggge"年"m"月"d"日"`)))
		require.NoError(t, f.SetCellStyle("Sheet1", "D2", "D2", style("h:mm")))
		require.NoError(t, f.SetCellStyle("Sheet1", "C3", "C3", style("#,##0")))
		require.NoError(t, f.MergeCell("Sheet1", "B2", "B3"))
		_, err := f.NewSheet("空")
		require.NoError(t, err)
	})
	got := tables(t, "x.xlsx", raw)
	require.Equal(t, []importing.Table{{Name: "Sheet1", Rows: [][]string{
		{"相談日", "氏名", "電話", "時間"}, {"2019-04-26", "髙﨑\n花子", "9012345678", "13:30"}, {"2019-05-01 13:30", "髙﨑\n花子", "43586"}, nil, {"4/26", "", "", "", "=1+1"},
	}}}, got)
}

func TestALedgerOf1904(t *testing.T) {
	raw := ledger(t, func(f *excelize.File) {
		since := true
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since}))
		require.NoError(t, f.SetCellValue("Sheet1", "A1", 42124))
		id, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "A1", "A1", id))
		require.NoError(t, f.SetCellValue("Sheet1", "B1", "x"))
	})
	got := tables(t, "x.xlsx", raw)
	require.Equal(t, []string{"2019-05-01", "x"}, got[0].Rows[0])
	require.True(t, got[0].Since1904)
}

func TestALedgerAsText(t *testing.T) {
	const text = "相談日,氏名,内容\r\n4/26,髙﨑①㈱,\"二行\r\nの内容\"\r\n,,\r\n"
	sjis, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	for name, raw := range map[string][]byte{"utf-8": []byte(text), "with its mark": []byte("\xEF\xBB\xBF" + text), "shift_jis": sjis, "tabs": []byte(strings.ReplaceAll(text, ",", "\t"))} {
		got := tables(t, "x.csv", raw)
		require.Equal(t, [][]string{{"相談日", "氏名", "内容"}, {"4/26", "髙﨑①㈱", "二行\nの内容"}}, got[0].Rows, name)
	}
}

func TestLedgersThatAreRefused(t *testing.T) {
	wide := strings.Repeat("a,", importing.MostColumns+1) + "a\n"
	for key, raw := range map[string][]byte{
		"document.empty": []byte("  "), "document.old_excel": []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"), "import.type": []byte("%PDF-1.7"),
		"import.no_sheet": []byte(",,\n,,\n"), "import.too_wide": []byte(wide), "import.too_many": []byte(strings.Repeat("a\n", importing.MostRows+1)),
		"document.damaged": []byte("PK\x03\x04 no archive"), "document.too_large": make([]byte, MaxBytes+1), "document.binary": []byte("a\x01b"),
	} {
		require.Equal(t, key, refusedTables(t, "x.csv", raw))
	}
}

// A cell at the far corner of a sheet costs its own text and no more.
func TestAWorkbookMadeToHurt(t *testing.T) {
	book := func(sheet string) []byte {
		f := ledger(t, func(*excelize.File) {})
		return repacked(t, f, "xl/worksheets/sheet1.xml", []byte(sheet))
	}
	begin := time.Now()
	require.Equal(t, "import.too_many", refusedTables(t, "x.xlsx", book(`<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>`)))
	require.Equal(t, "import.too_wide", refusedTables(t, "x.xlsx", book(`<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`)))
	require.Equal(t, "import.no_sheet", refusedTables(t, "x.xlsx", book(`<worksheet><sheetData>`+strings.Repeat(`<row><c r="XFD1"/></row>`, 40_000)+`</sheetData></worksheet>`)))
	require.Equal(t, "document.damaged", refusedTables(t, "x.xlsx", book(`<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`)))
	require.Equal(t, "import.no_sheet", refusedTables(t, "x.xlsx", book(`<worksheet><sheetData><row><c t="s"><v>99999999</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells></worksheet>`)))
	require.Less(t, time.Since(begin), 10*time.Second)
}

// Readings that a workbook keeps beside a name are no part of it.
func TestReadingsBesideANameAreLeftOut(t *testing.T) {
	raw := repacked(t, ledger(t, func(f *excelize.File) { require.NoError(t, f.SetCellValue("Sheet1", "A1", "x")) }), "xl/sharedStrings.xml",
		[]byte(`<sst><si><r><t>高</t></r><r><t>崎</t></r><rPh sb="0" eb="2"><t>タカサキ</t></rPh></si></sst>`))
	require.Equal(t, [][]string{{"高崎"}}, tables(t, "x.xlsx", raw)[0].Rows)
}

func TestTwentyThousandRowsOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	for n := range 20_000 {
		row := make([]any, 20)
		for i := range row {
			row[i] = fmt.Sprintf("値%d", n*20+i)
		}
		row[0], row[1] = 43556+n%300, 9012345678
		require.NoError(t, w.SetRow(fmt.Sprintf("A%d", n+1), row))
	}
	require.NoError(t, w.Flush())
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	begin := time.Now()
	require.Equal(t, 20_000, len(tables(t, "x.xlsx", out.Bytes())[0].Rows))
	t.Logf("%d bytes read in %v", out.Len(), time.Since(begin))
	require.Less(t, time.Since(begin), 10*time.Second)
}

// No bytes make the reader of ledgers panic, or give what is beyond its limits.
func FuzzTables(f *testing.F) {
	book := excelize.NewFile()
	_ = book.SetCellValue("Sheet1", "A1", 43586)
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		f.Fatal(err)
	}
	f.Add("x.xlsx", out.Bytes())
	f.Add("x.csv", []byte("a,\"b\nc\"\n〃,1"))
	f.Add("x.tsv", []byte("\x83\x65\x83\x58\x83\x67\tb"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		got, _, err := Reader{}.Tables(name, raw)
		if err != nil {
			require.True(t, refusedOne(err), "%v", err)
			return
		}
		for _, table := range got {
			require.LessOrEqual(t, len(table.Rows), importing.MostRows)
			for _, row := range table.Rows {
				require.LessOrEqual(t, len(row), importing.MostColumns)
			}
		}
	})
}

// repacked is a packed file with another part in the place of one.
func repacked(t *testing.T, raw []byte, name string, body []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		part, err := w.Create(f.Name)
		require.NoError(t, err)
		if f.Name == name {
			_, err = part.Write(body)
			require.NoError(t, err)
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		_, err = io.Copy(part, r)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}
