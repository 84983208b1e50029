package locale

import (
	"fmt"

	"ayumi/domain/japan"
)

// Export is what the page says that saves figures as a file, and what stands in
// the files. Columns and About are named by their keys in the file.
type Export struct {
	Title, Heading, Lead      string
	FileTitles                map[string]string // indicators, survey
	Edition, Format           string
	Editions, EditionHints    map[string]string // internal, public
	EditionNames              map[string]string // in the file
	Formats, FormatHints      map[string]string
	Save, Choose              string
	What, Back                string
	Rows                      func(n int) string
	Again                     string // that it is written to the access log
	NothingReplaced           string
	Columns, About            map[string]string
	Dimensions, Categories    map[string]string
	Statuses, Kinds, Lenses   map[string]string // shown, hidden; sample, record; then, now
	Standings                 map[string]string // official, trial
	Roundings                 map[string]string // half_up, truncate
	None, Sum, Figures        string
	Shown, Data               string // the two sheets
	By                        func(dimension string) string
	MonthOf                   func(japanese, western string) string
	SmallCells                string
	CountedFirst              string
	HeadNote                  string
	NotPublished              string
	Apart                     func(n int) string
	Breakdowns, BreakdownHint string
	Category                  string
	Written                   func(file string, rows int) string // on the command line
	Command                   string
	Flags                     map[string]string
}

var japaneseExport = Export{
	Title: "書き出し", Heading: "指標を書き出す", FileTitles: map[string]string{"indicators": "指標とその内訳", "survey": "総務省 移住相談に関する調査の回答"}, Lead: "この画面と同じ年度・時点・数え方で、すべての指標と月別・区分別の内訳を1つのファイルにします。氏名は入りません。",
	Edition: "用途", Format: "形式",
	Editions:     map[string]string{"internal": "内部用", "public": "公表用"},
	EditionHints: map[string]string{"internal": "実数のまま。庁外に出さない。", "public": "1と2は x（秘匿）にする。引き算で分かるところも x。"},
	EditionNames: map[string]string{"internal": "内部用(実数・庁外に出さない)", "public": "公表用(小さな数は秘匿)"},
	Formats:      map[string]string{"csv": "CSV（UTF-8）", "csv-sjis": "CSV（Shift_JIS）", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON"},
	FormatHints: map[string]string{"csv": "BOMつき。Excelでもそのまま開けます。", "csv-sjis": "UTF-8を読めない機器のため。ない文字は〓になります。", "xlsx": "「表示」と「データ」の2枚。",
		"parquet": "分析の道具で読む列の形。", "json": "プログラムで読む形。"},
	Save: "書き出す", Choose: "用途と形式を選ぶ", What: "書き出す内容", Back: "指標に戻る",
	Rows:            func(n int) string { return number(n) + "行" },
	Again:           "書き出したことは、閲覧の記録に残ります。",
	NothingReplaced: "Shift_JISにない文字はありません。",
	Columns: map[string]string{
		"indicator": "指標コード", "name": "指標", "unit": "単位", "basis": "延べ・実", "scope": "範囲コード", "scope_name": "範囲", "period": "期間",
		"from": "期間の始まり(西暦)", "from_japanese": "期間の始まり(和暦)", "to": "期間の終わり(西暦)", "to_japanese": "期間の終わり(和暦)",
		"known_at": "記録の時点(西暦)", "known_at_japanese": "記録の時点(和暦)", "lens": "記録の見方", "position": "記録の番号", "version": "定義の版", "digest": "定義の指紋", "standing": "定義の扱い",
		"numerator": "分子", "denominator": "分母", "denominator_of": "分母の指標コード", "rounding": "端数処理", "scale": "小数の桁数", "dimension": "分け方コード", "dimension_name": "分け方", "category": "区分コード", "category_name": "区分",
		"value": "値", "status": "値の状態", "edition": "用途", "kind": "データの種類", "made_on": "作成日", "made_at": "作成時刻",
	},
	About: map[string]string{
		"title": "表題", "period": "期間", "scope": "範囲", "known_at": "記録の時点", "lens": "記録の見方", "position": "この時点までの記録の数", "edition": "用途", "kind": "データの種類",
		"made": "作成日時", "small_cells": "秘匿", "counted_first": "内訳", "head": "世帯主", "not_published": "公表値との関係", "synthetic": "架空データ",
	},
	Dimensions: map[string]string{"whole": "全体", "month": "月", "desk": "窓口", "channel": "方法", "place": "市町村", "turn": "U・J・Iの別", "age_band": "年代", "grade": "証憑の等級", "beside": "値のほか"},
	Categories: map[string]string{
		"whole": "全体", "unknown": "不明", "a": "A 第三者の書面", "b": "B 企業・市町村の回答", "c": "C 本人の申告", "d": "D 相談員の記録だけ", "u": "Uターン", "j": "Jターン", "i": "Iターン",
		"anonymous": "匿名の相談", "unconfirmed": "未確認の成果", "left_early": "1年未満の転出", "unobserved": "1年未経過", "job": "就職のみ", "move": "移住のみ", "both": "就職と移住の両方",
	},
	Statuses: map[string]string{"shown": "実数", "hidden": "秘匿"}, Kinds: map[string]string{"sample": "架空データ", "record": "業務の記録"},
	Roundings: map[string]string{"half_up": "四捨五入", "truncate": "切捨て"},
	Standings: map[string]string{"official": "正式", "trial": "試算(公表値ではない)"},
	Lenses:    map[string]string{"then": "当時の記録のまま", "now": "後からの訂正も反映"},
	None:      "なし", Sum: "計", Figures: "指標の値", Shown: "表示", Data: "データ",
	By:           func(d string) string { return d + "ごとの内訳" },
	MonthOf:      func(ja, western string) string { return fmt.Sprintf("%s(%s)", ja, western) },
	SmallCells:   "xは秘匿です。1と2、および引き算でそれが分かる値を示しません。0は0です。",
	CountedFirst: "内訳では、ひとりの人・ひとつの世帯を1回だけ、期間の中で最初に数えた記録の区分に入れます。実人数でも内訳の合計は値と一致します。",
	HeadNote:     "移住のU・J・Iの別と年代は世帯主のもの、相談と就職の年代はその日の本人のものです。記録にないものは不明とします。",
	NotPublished: "この時点の記録から数えた値です。公表値は公表台帳にあります。",
	Apart: func(n int) string {
		return fmt.Sprintf("内訳の合計と値の差 %+d。内訳をもたない記録があるためです。", n)
	},
	Breakdowns: "区分ごとの内訳", BreakdownHint: "ひとりの人は、最初に数えた記録の区分に1回だけ入ります。",
	Category: "区分",
	Written:  func(file string, n int) string { return fmt.Sprintf("%s に%d行を書き出しました", file, n) },
	Command:  "指標と内訳を1つのファイルに書き出す",
	Flags: map[string]string{"what": "書き出すもの（indicators、survey）", "format": "形式（csv、csv-sjis、xlsx、parquet、json）", "public": "公表用にする（小さな数を秘匿）", "out": "書き出すファイル（- は標準出力）",
		"scope": "範囲（窓口 D-TKY、県 31）"},
}

var englishExport = Export{
	Title: "Export", Heading: "Export the indicators", FileTitles: map[string]string{"indicators": "Indicators with their breakdowns", "survey": "Return of the national survey of relocation consultations"}, Lead: "All indicators with their months and breakdowns in one file: of the year, the knowledge date and the definition this page shows. No names are in it.",
	Edition: "Use", Format: "Format",
	Editions:     map[string]string{"internal": "Internal", "public": "Public"},
	EditionHints: map[string]string{"internal": "Exact numbers. Not to leave the office.", "public": "1 and 2 are printed x, and what would give them away by subtraction too."},
	EditionNames: map[string]string{"internal": "internal (exact, not to leave the office)", "public": "public (small counts withheld)"},
	Formats:      map[string]string{"csv": "CSV (UTF-8)", "csv-sjis": "CSV (Shift_JIS)", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON"},
	FormatHints: map[string]string{"csv": "With a byte order mark; opens in Excel as it is.", "csv-sjis": "For machines that cannot read UTF-8. Characters it lacks become a geta mark.", "xlsx": "Two sheets: as printed, and data.",
		"parquet": "Columns, for tools of analysis.", "json": "For programs."},
	Save: "Export", Choose: "Choose use and format", What: "What is exported", Back: "Back to the indicators",
	Rows:            func(n int) string { return plural(n, "row", "rows") },
	Again:           "The export is written to the access log.",
	NothingReplaced: "Every character is in Shift_JIS.",
	Columns: map[string]string{
		"indicator": "Indicator code", "name": "Indicator", "unit": "Unit", "basis": "Gross or distinct", "scope": "Scope code", "scope_name": "Scope", "period": "Period",
		"from": "First day", "from_japanese": "First day (Japanese era)", "to": "Last day", "to_japanese": "Last day (Japanese era)",
		"known_at": "Known on", "known_at_japanese": "Known on (Japanese era)", "lens": "View", "position": "Log position", "version": "Definition version", "digest": "Definition digest", "standing": "Standing of the definition",
		"numerator": "Numerator", "denominator": "Denominator", "denominator_of": "Denominator indicator", "rounding": "Rounding", "scale": "Decimals", "dimension": "Dimension code", "dimension_name": "Dimension", "category": "Category code", "category_name": "Category",
		"value": "Value", "status": "State of the value", "edition": "Use", "kind": "Kind of data", "made_on": "Made on", "made_at": "Made at",
	},
	About: map[string]string{
		"title": "Title", "period": "Period", "scope": "Scope", "known_at": "Known on", "lens": "View", "position": "Records up to then", "edition": "Use", "kind": "Kind of data",
		"made": "Made", "small_cells": "Withheld", "counted_first": "Breakdowns", "head": "Head of household", "not_published": "Published figures", "synthetic": "Invented data",
	},
	Dimensions: map[string]string{"whole": "whole", "month": "month", "desk": "desk", "channel": "channel", "place": "municipality", "turn": "U, J or I-turn", "age_band": "age band", "grade": "grade of evidence", "beside": "beside the value"},
	Categories: map[string]string{
		"whole": "whole", "unknown": "unknown", "a": "A third party's paper", "b": "B employer or municipality", "c": "C the person's own statement", "d": "D counsellor's record only", "u": "U-turn", "j": "J-turn", "i": "I-turn",
		"anonymous": "anonymous consultations", "unconfirmed": "outcomes not confirmed", "left_early": "left within a year", "unobserved": "not yet a year", "job": "job only", "move": "move only", "both": "both job and move",
	},
	Statuses: map[string]string{"shown": "exact", "hidden": "withheld"}, Kinds: map[string]string{"sample": "invented data", "record": "records of work"},
	Roundings: map[string]string{"half_up": "half up", "truncate": "truncated"},
	Standings: map[string]string{"official": "in force", "trial": "trial (not a published figure)"},
	Lenses:    map[string]string{"then": "as known then", "now": "with later corrections"},
	None:      "none", Sum: "Total", Figures: "Figures", Shown: "As printed", Data: "Data",
	By:           func(d string) string { return "By " + d },
	MonthOf:      func(_, western string) string { return western },
	SmallCells:   "x is withheld: 1, 2, and what would give them away by subtraction. 0 is 0.",
	CountedFirst: "In a breakdown a person or household lies in one category only, that of the first record it was counted by in the period. Distinct figures add up too.",
	HeadNote:     "Of a move, turn and age band are those of the head of the household; of a consultation or a job, the age band is the person's own on that day. What is not on record is unknown.",
	NotPublished: "Counted from the records known on that day. Published figures are in the register of figures.",
	Apart: func(n int) string {
		return fmt.Sprintf("The breakdown differs from the value by %+d: some of what is counted has no record of its own.", n)
	},
	Breakdowns: "Breakdowns", BreakdownHint: "A person lies in one category only, that of the first record counted.",
	Category: "Category",
	Written:  func(file string, n int) string { return fmt.Sprintf("%s: %s written", file, plural(n, "row", "rows")) },
	Command:  "export the indicators with their breakdowns into one file",
	Flags: map[string]string{"what": "what to export (indicators, survey)", "format": "format (csv, csv-sjis, xlsx, parquet, json)", "public": "public edition: small counts withheld", "out": "file to write (- is standard output)",
		"scope": "scope (desk D-TKY, controller 31)"},
}

// Part names a part of a dimension (domain/indicator.Dimension), a month by both
// calendars. A code without a name is shown as it is.
func (w *Words) Part(dimension, code string) string {
	if name, ok := w.Export.Categories[code]; ok {
		return name
	}
	switch dimension {
	case "month":
		if first, err := japan.ParseDate(code + "-01"); err == nil {
			return w.Export.MonthOf(first.JapaneseMonth(), code)
		}
	case "place":
		if m, ok := japan.MunicipalityOf(code); ok && w.Language == English {
			return m.En
		} else if ok {
			return m.Ja
		}
	}
	return w.Code(dimension, code)
}

// Scope names a desk, a controller or the corner.
func (w *Words) Scope(code string) string {
	for _, list := range []string{"desk", "controller", "corner"} {
		if name := w.Code(list, code); name != code {
			return name
		}
	}
	return code
}
