package locale

import "strings"

// Documents is what the reconciler says: numbers of a document against the
// register.
type Documents struct {
	Title, Lead                      string
	Paste, PasteHint, File, FileHint string
	Year, YearHint, YearRead         string
	Submit, Again, NotKept           string
	Found                            func(figures, rest int) string
	None, NoneText                   string
	ReadAs                           func(what string) string
	Formats                          map[string]string // reader → what was read
	Encodings                        map[string]string
	Pages                            func(n int) string
	ReadBy                           func(year string) string
	NoYear                           string
	Unread, UnreadText               string
	List, ListHint, Text, TextHint   string
	Shortened                        func(n int) string
	Rest, RestHint                   string
	Number, Place, Words, OnRecord   string
	Why                              string
	Page, Line                       func(n int) string
	Cell                             func(sheet, cell string) string
	LookedLike                       string
	SupersededBy                     string
	Yen                              func(value string) string
	States                           map[string]string // state → its name
	StateTexts                       map[string]string // state → what it means
	Signs                            map[string]string // state → sign beside a number in the text
	Reasons                          map[string]string // {word}: as the document has it
	Kinds                            map[string]string // what a number is that is no figure
	Statuses                         map[string]string
	Roles                            map[string]string
	Command, FlagYear                string
	NoFile                           func(name string) string
}

var japaneseDocuments = Documents{
	Title: "文書照合", Lead: "公表した文書の中の数値を、公表台帳と一つずつ突き合わせます。",
	Paste: "文章を貼り付ける", PasteHint: "工程表や報道資料の文章を、そのまま貼り付けてください。",
	File: "ファイルを選ぶ", FileHint: "txt・csv・xlsx・pdf（文字のあるもの）、10MBまで",
	Year: "文書の年度", YearHint: "「前年度」「2月末現在」をどの年度で読むか", YearRead: "文書から読み取る",
	Submit: "照合する", Again: "別の文書を照合する", NotKept: "文書は保存しません。照合の結果もこの画面にだけ表示します。",
	Found: func(figures, rest int) string {
		return "数値 " + number(figures) + "件（ほかに日付・番号など " + number(rest) + "件）"
	},
	None: "数値が見つかりませんでした。", NoneText: "日付や番号だけの文書か、文字のない文書です。",
	ReadAs:    func(what string) string { return what + "として読みました" },
	Formats:   map[string]string{"text": "文章", "csv": "CSV", "xlsx": "Excel", "pdf": "PDF"},
	Encodings: map[string]string{"utf-8": "UTF-8", "utf-16": "UTF-16", "shift_jis": "Shift_JIS", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP"},
	Pages:     func(n int) string { return number(n) + "ページ" },
	ReadBy:    func(year string) string { return year + "の文書として照合" },
	NoYear:    "年度は読み取れませんでした", Unread: "読めなかったところ", UnreadText: "ほかの部分は照合しました。",
	List: "数値の一覧", ListHint: "確かめるものから順に並べています。", Text: "文書の中の場所", TextHint: "番号は上の一覧の番号です。",
	Shortened: func(n int) string { return "数値のない行 " + number(n) + "行は省きました。" },
	Rest:      "数値ではないもの", RestHint: "日付、年度、番号などと判断したもの。台帳とは照合しません。",
	Number: "番号", Place: "場所", Words: "文書の数値", OnRecord: "台帳の値", Why: "判断のもと",
	Page: func(n int) string { return number(n) + "ページ" }, Line: func(n int) string { return number(n) + "行目" },
	Cell:       func(sheet, cell string) string { return joinSheet(sheet, cell, "の") },
	LookedLike: "参考", SupersededBy: "後の版", Yen: func(value string) string { return value + "円" },
	States: map[string]string{"match": "一致", "other_time": "時点が違う", "different": "不一致", "unknown": "記録なし"},
	StateTexts: map[string]string{
		"match": "同じ数値が台帳にあります。", "other_time": "同じ値が、別の時点・別の版・いまの集計にあります。",
		"different": "同じ名前・同じ時点の数値が台帳にあり、値が違います。", "unknown": "台帳に、この数値の記録がありません。",
	},
	Signs: map[string]string{"match": "✓", "other_time": "△", "different": "≠", "unknown": "？"},
	Reasons: map[string]string{
		"name": "直前の語「{word}」", "name_head": "見出しの語「{word}」", "name_carried": "前にある語「{word}」", "name_behind": "後にある語「{word}」", "name_above": "上の行の語「{word}」",
		"role": "値の種類「{word}」", "previous": "「{word}」の値", "year": "年度「{word}」", "year_of_document": "年度は文書の年度", "year_not_stated": "年度の記載なし",
		"as_of": "時点「{word}」", "as_of_not_stated": "時点の記載なし", "unit_not_stated": "単位の記載なし",
		"bound": "台帳の値は、この範囲に入ります", "superseded": "後の版に置き換えられた値です", "live": "公表値ではなく、いまの記録で数えた値です",
		"other_period": "値は同じで、数えた期間か締めの日が違います", "other_value": "値が違います",
		"no_name": "何の数値か、近くの語から分かりません", "not_registered": "この語の数値は台帳にありません", "other_values": "この年度・時点の値は台帳にありません",
		"other_unit": "単位が台帳と違います「{word}」", "change": "増減の値です", "unread": "桁が多すぎて読めません",
	},
	Kinds: map[string]string{
		"date": "日付", "fiscal_year": "年度", "duration": "期間", "ordinal": "順番・番号", "time": "時刻", "phone": "電話番号", "postal": "郵便番号",
		"numbering": "見出しの番号", "page": "ページ番号", "code": "記号・名称", "other": "そのほか",
	},
	Statuses: map[string]string{"preliminary": "速報", "final": "確報", "corrected": "訂正", "imported": "原典のみ", "stated": "工程表の記載", "live": "現在値"},
	Roles: map[string]string{
		"actual": "実績", "baseline": "基準値", "start": "年度当初値", "target": "目標値", "long_term": "長期的目標値", "score": "達成度", "budget": "予算額",
	},
	Command: "文書の中の数値を公表台帳と照合する", FlagYear: "文書の年度（2019 または 令和元年度）。省略すると文書から読み取る",
	NoFile: func(name string) string {
		return name + " を読めません。ファイルの名前と権限を確かめてください。"
	},
}

var englishDocuments = Documents{
	Title: "Check a document", Lead: "Sets every number of a published document beside the register of published figures.",
	Paste: "Paste a text", PasteHint: "Paste the text of a work-plan sheet or a press release as it is.",
	File: "Choose a file", FileHint: "txt, csv, xlsx or pdf (with text), up to 10 MB",
	Year: "Fiscal year of the document", YearHint: "by which “the previous year” and “end of February” are read", YearRead: "read from the document",
	Submit: "Check", Again: "Check another document", NotKept: "The document is not kept. The result is shown on this page only.",
	Found: func(figures, rest int) string {
		return number(figures) + " figures (and " + number(rest) + " dates, numbers of headings and the like)"
	},
	None: "No figures were found.", NoneText: "The document holds only dates and numberings, or no text.",
	ReadAs:    func(what string) string { return "Read as " + what },
	Formats:   map[string]string{"text": "text", "csv": "CSV", "xlsx": "Excel", "pdf": "PDF"},
	Encodings: map[string]string{"utf-8": "UTF-8", "utf-16": "UTF-16", "shift_jis": "Shift_JIS", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP"},
	Pages:     func(n int) string { return number(n) + " pages" },
	ReadBy:    func(year string) string { return "checked as a document of " + year },
	NoYear:    "it names no fiscal year", Unread: "What could not be read", UnreadText: "Everything else was checked.",
	List: "Figures", ListHint: "What wants attention comes first.", Text: "Where they stand", TextHint: "The numbers are those of the list above.",
	Shortened: func(n int) string { return number(n) + " lines without figures are left out." },
	Rest:      "What is no figure", RestHint: "Taken for dates, years, numberings and the like; not looked up.",
	Number: "No.", Place: "Place", Words: "In the document", OnRecord: "On record", Why: "Judged by",
	Page: func(n int) string { return "page " + number(n) }, Line: func(n int) string { return "line " + number(n) },
	Cell:       func(sheet, cell string) string { return joinSheet(sheet, cell, " ") },
	LookedLike: "see", SupersededBy: "later edition", Yen: func(value string) string { return "¥" + value },
	States: map[string]string{"match": "Agrees", "other_time": "Other time", "different": "Differs", "unknown": "Not on record"},
	StateTexts: map[string]string{
		"match": "The register holds the same figure.", "other_time": "The same value stands under another date, another edition or today's count.",
		"different": "The register holds another value for the same name and time.", "unknown": "The register holds no such figure.",
	},
	Signs: map[string]string{"match": "✓", "other_time": "△", "different": "≠", "unknown": "?"},
	Reasons: map[string]string{
		"name": "the word before it: {word}", "name_head": "the heading: {word}", "name_carried": "an earlier word: {word}", "name_behind": "the word behind it: {word}", "name_above": "a line above: {word}",
		"role": "kind of value: {word}", "previous": "value of {word}", "year": "fiscal year: {word}", "year_of_document": "the year of the document", "year_not_stated": "no year stated",
		"as_of": "as of {word}", "as_of_not_stated": "no date stated", "unit_not_stated": "no unit stated",
		"bound": "the value on record lies within", "superseded": "a later edition took its place", "live": "not the published value but today's count",
		"other_period": "same value, other period or cut-off", "other_value": "the values differ",
		"no_name": "the words around do not say what it counts", "not_registered": "nothing of this name is on record", "other_values": "not on record for this year and date",
		"other_unit": "another unit than on record: {word}", "change": "a rise or fall", "unread": "too many digits",
	},
	Kinds: map[string]string{
		"date": "dates", "fiscal_year": "fiscal years", "duration": "spans of time", "ordinal": "ordinals", "time": "times", "phone": "telephone numbers", "postal": "postal codes",
		"numbering": "numbers of headings", "page": "page numbers", "code": "codes and names", "other": "others",
	},
	Statuses: map[string]string{"preliminary": "preliminary", "final": "final", "corrected": "corrected", "imported": "source only", "stated": "stated on a sheet", "live": "today's count"},
	Roles: map[string]string{
		"actual": "actual", "baseline": "baseline", "start": "start of year", "target": "target", "long_term": "long-term target", "score": "achievement score", "budget": "budget",
	},
	Command: "check the numbers of a document against the register", FlagYear: "fiscal year of the document, as in 2019; read from the document by default",
	NoFile: func(name string) string { return name + " cannot be read. Check its name and permissions." },
}

func joinSheet(sheet, cell, with string) string {
	if sheet == "" {
		return cell
	}
	return sheet + with + cell
}

// Reason says what decided, with the words of the document.
func (d *Documents) Reason(code, word string) string {
	text, ok := d.Reasons[code]
	if !ok {
		return code
	}
	return strings.ReplaceAll(text, "{word}", word)
}
