package locale

import (
	"encoding/hex"
	"fmt"
	"strings"

	"ayumi/domain/workplan"
)

// Printed is what stands around an annual sheet on paper and in files: the margin,
// the foot, the names of columns.
type Printed struct {
	Sample, OwnWords  string // of invented data; whose words the sentences are
	Edition           func(n int) string
	Draft             string
	KnownAt           func(at string, position int) string
	Stamp             func(leaf string, position int, at, sheet string) string
	Digest            func(digest string) string
	Missing           func(characters string) string // that the font lacks
	Page              func(page, pages int) string
	Shown, Data       string // names of the two spreadsheets
	Columns           PrintedColumns
	TypedName         string            // of a number in a sentence that nothing stands behind
	States            map[string]string // of a figure
	Files             string            // heading of the links
	FileNames         map[string]string // by kind
	FileOf            func(kind string) string
	Summary, FlagKind string
	FlagOut           string
	FlagEdition       string
	Written           func(file string, bytes int) string
	NeedSheet         string
	NoSheet           func(id string) string
}

// PrintedColumns are the titles of the machine-readable spreadsheet.
type PrintedColumns struct {
	Number, Key, Title, Text, Blank, AbsentReason, Code, Value, Comparator, Unit, UnitStated, At string
	FigureNumber, Indicator, Version, Digest, Scope, From, Until, Known, State, Recount          string
	Sheet, Format, Year, EraYear, Area, Sample, Position                                         string
}

var japanesePrinted = Printed{
	Sample: "架空データ", OwnWords: "文章は要旨を書き直したもの",
	Edition: func(n int) string { return fmt.Sprintf("第%d版", n) }, Draft: "下書き",
	KnownAt: func(at string, n int) string { return fmt.Sprintf("記録 %s 時点（#%d まで）", at, n) },
	Stamp: func(leaf string, n int, at, sheet string) string {
		return fmt.Sprintf("この工程表の数値は相談記録から集計しました。記録の指紋 %s（#%d、%s）。工程表番号 %s。", leaf, n, at, sheet)
	},
	Digest: func(d string) string { return "内容の指紋 " + d },
	Missing: func(c string) string {
		return "書体にない文字を〓で示しました。その符号位置 " + c
	},
	Page:  func(n, all int) string { return fmt.Sprintf("%d／%d", n, all) },
	Shown: "表示", Data: "データ",
	Columns: PrintedColumns{
		Number: "連番", Key: "項目コード", Title: "項目名", Text: "記載", Blank: "空欄", AbsentReason: "空欄の理由", Code: "コード", Value: "数値", Comparator: "比較", Unit: "単位", UnitStated: "単位の記載", At: "時点",
		FigureNumber: "数値番号", Indicator: "指標", Version: "定義の版", Digest: "定義の指紋", Scope: "範囲", From: "期間の初日", Until: "期間の末日", Known: "記録の時点", State: "照合", Recount: "再集計",
		Sheet: "工程表番号", Format: "様式", Year: "年度（西暦）", EraYear: "年度（和暦）", Area: "団体コード", Sample: "架空データ", Position: "記録番号",
	},
	TypedName: "文中の数値",
	States: map[string]string{
		"typed": "手入力", "equal": "一致", "differs": "不一致", "no_period": "時点が不明", "published": "公表した数値",
	},
	Files: "ファイル", FileNames: map[string]string{"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "json": "JSON"},
	FileOf:  func(kind string) string { return "工程表の" + kind + "ファイル" },
	Summary: "工程表をPDF、Excel、Word、JSONで書き出す", FlagKind: "形式: pdf xlsx docx json", FlagOut: "書き出すファイル。なければ既定の名前", FlagEdition: "公表した版の番号。なければ今の内容",
	Written: func(file string, n int) string {
		return fmt.Sprintf("%s に書き出しました（%sバイト）。", file, number(n))
	},
	NeedSheet: "工程表の番号を書いてください。次の工程表があります。",
	NoSheet:   func(id string) string { return "工程表 " + id + " はありません。" },
}

var englishPrinted = Printed{
	Sample: "Sample of invented data", OwnWords: "sentences rewritten",
	Edition: func(n int) string { return fmt.Sprintf("edition %d", n) }, Draft: "draft",
	KnownAt: func(at string, n int) string { return fmt.Sprintf("records as of %s (up to #%d)", at, n) },
	Stamp: func(leaf string, n int, at, sheet string) string {
		return fmt.Sprintf("The figures of this sheet were counted from the consultation records. Fingerprint of the records %s (#%d, %s). Sheet number %s.", leaf, n, at, sheet)
	},
	Digest:  func(d string) string { return "Fingerprint of the content " + d },
	Missing: func(c string) string { return "Characters the font lacks stand as 〓. Their code points: " + c },
	Page:    func(n, all int) string { return fmt.Sprintf("%d / %d", n, all) },
	Shown:   "Sheet", Data: "Data",
	Columns: PrintedColumns{
		Number: "No.", Key: "Field code", Title: "Field", Text: "As printed", Blank: "Blank", AbsentReason: "Reason for the blank", Code: "Code", Value: "Value", Comparator: "Comparator", Unit: "Unit", UnitStated: "Unit printed", At: "As of",
		FigureNumber: "Figure no.", Indicator: "Indicator", Version: "Definition", Digest: "Definition digest", Scope: "Scope", From: "First day", Until: "Last day", Known: "Known at", State: "Check", Recount: "Recount",
		Sheet: "Sheet number", Format: "Format", Year: "Fiscal year", EraYear: "Fiscal year (era)", Area: "Area code", Sample: "Sample", Position: "Record number",
	},
	TypedName: "number in a sentence",
	States: map[string]string{
		"typed": "typed", "equal": "equal", "differs": "differs", "no_period": "period unknown", "published": "published figure",
	},
	Files: "Files", FileNames: map[string]string{"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "json": "JSON"},
	FileOf:  func(kind string) string { return "the sheet as a " + kind + " file" },
	Summary: "write an annual sheet as PDF, Excel, Word or JSON", FlagKind: "format: pdf xlsx docx json", FlagOut: "file to write; without it the usual name", FlagEdition: "number of a published edition; without it the sheet as it stands",
	Written:   func(file string, n int) string { return fmt.Sprintf("Wrote %s (%s bytes).", file, number(n)) },
	NeedSheet: "Name a sheet. There are these:",
	NoSheet:   func(id string) string { return "There is no sheet " + id + "." },
}

// CodePoints names characters by their code points.
func CodePoints(list []rune) string {
	var out []string
	for _, r := range list {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}

// PrintedMargin are the two ends of the line at the top of every page: what kind of
// paper it is, and when its content was known.
func (w *Words) PrintedMargin(d workplan.Paper) [2]string {
	if d.Margin != [2]string{} {
		return d.Margin
	}
	var parts []string
	if d.Sample {
		parts = append(parts, w.Printed.Sample, w.Printed.OwnWords)
	}
	if d.Edition > 0 {
		parts = append(parts, w.Printed.Edition(d.Edition))
	}
	if d.Draft {
		parts = append(parts, w.Printed.Draft)
	}
	return [2]string{strings.Join(parts, "\u3000"), w.Printed.KnownAt(w.DateTime(d.At), int(d.Position))}
}

// PrintedFoot is what stands under a sheet: where its figures come from and the
// digest of its content.
func (w *Words) PrintedFoot(d workplan.Paper) []string {
	if d.Foot != nil {
		return d.Foot
	}
	leaf := hex.EncodeToString(d.Leaf[:])
	return []string{w.Printed.Stamp(leaf[:8]+"…"+leaf[60:], int(d.Position), w.DateTime(d.At), d.Sheet), w.Printed.Digest(d.Digest())}
}
