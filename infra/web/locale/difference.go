package locale

// Difference is what the page says that explains how one figure became another.
type Difference struct {
	Title                       string
	Heading                     func(name, from, to string) string
	Ask, Compare                string
	Before, After, AfterRecords string
	Known, KnownHint, Now       string
	Range                       func(from, to string) string
	Scale                       func(value string) string
	Unlike                      string
	UnlikeText                  func(what string) string
	Changed                     string
	Breakdown, Path             string
	Reason, Count, SoFar, Delta string
	Counted, Content            string
	Zero                        func(first string) string
	Exact, ExactText            string
	Empty, EmptyText            string
	See                         string
	Triangle, TriangleHint      string
	TriangleCaption             func(name, year string) string
	First, Later                string
	End                         func(month string) string
	MonthColumn, WholePeriod    string
	Notes                       map[string]string // kind → what it means
}

var japaneseDifference = Difference{
	Title:   "差の説明",
	Heading: func(name, from, to string) string { return "差の説明　" + name + " " + from + " → " + to },
	Ask:     "くらべる数値", Compare: "くらべる",
	Before: "前の数値", After: "後の数値", AfterRecords: "データの差まで",
	Known: "記録の時点", KnownHint: "空なら今", Now: "今",
	Range:  func(from, to string) string { return from + "から" + to },
	Scale:  func(value string) string { return "上の棒は0から" + value + "までの同じ目盛です。" },
	Unlike: "比較の基準が異なります",
	UnlikeText: func(what string) string {
		return what + "があります。その分も下の内訳に分けて示します。"
	},
	Changed:   "変更あり",
	Breakdown: "差の内訳", Path: "データの差 → 数え方の差 の順に固定　理由を選ぶと記録が開きます",
	Reason: "理由", Count: "件数", SoFar: "ここまで", Delta: "差",
	Counted: "数えた記録", Content: "内容",
	Zero:  func(first string) string { return first + "から ±0" },
	Exact: "説明できない差 0件", ExactText: "増減の一つひとつに、理由を1つだけ割り当てています。",
	Empty: "くらべる時点を選んでください。", EmptyText: "前の数値の記録の時点（たとえば 令和2年3月16日）を入れると、今の数値との差を記録ごとに示します。",
	See:      "いまの数値との差を見る",
	Triangle: "改訂の三角形", TriangleHint: "縦は数えた月、横はいつの記録で数えたか。右へ進むほど後から分かったことが加わります。",
	TriangleCaption: func(name, year string) string {
		return year + "の" + name + "を、月ごとにどの時点の記録でいくつ数えたか"
	},
	First: "はじめての値", Later: "前の時点から変わった値", End: func(month string) string { return month + "末" }, MonthColumn: "数えた月", WholePeriod: "年度全体",
	Notes: map[string]string{
		"late_entry": "前の時点より後に記録した", "amended": "記録の内容を直した", "voided": "記録を取り消した", "reassigned": "担当や相談先を付け替えた",
		"merged": "同じ人の記録を合わせた", "unmerged": "合わせた記録を元に戻した", "identified": "匿名だった人が名のった", "evidence": "証憑を確かめた、または取り下げた",
		"reclassified": "移住の区分を改めた", "outcome_reversed": "成果がなくなった", "erased": "消去は数値を変えない", "period": "数える期間が違う", "definition": "数え方の版が違う",
	},
}

var englishDifference = Difference{
	Title:   "Differences",
	Heading: func(name, from, to string) string { return "Difference: " + name + ", " + from + " → " + to },
	Ask:     "Figures to compare", Compare: "Compare",
	Before: "First figure", After: "Second figure", AfterRecords: "After the records",
	Known: "Known on", KnownHint: "empty: now", Now: "now",
	Range:      func(from, to string) string { return from + " to " + to },
	Scale:      func(value string) string { return "Both bars are drawn from 0 to " + value + "." },
	Unlike:     "Not compared like for like",
	UnlikeText: func(what string) string { return "In this comparison the " + what + "; that has its own line below." },
	Changed:    "differs",
	Breakdown:  "What makes the difference", Path: "In this order: the records, then how they are counted. Open a reason to see its records",
	Reason: "Reason", Count: "Count", SoFar: "So far", Delta: "Difference",
	Counted: "Record counted", Content: "Content",
	Zero:  func(first string) string { return "±0 from " + first },
	Exact: "0 left unexplained", ExactText: "Everything that came or went has exactly one reason.",
	Empty: "Choose what to compare.", EmptyText: "Enter the day up to which the first figure was known (such as 2020-03-16) to see, record by record, why it differs from today's.",
	See:      "See the difference from today's figure",
	Triangle: "Revision triangle", TriangleHint: "Down: the month counted. Across: when it was known. Further right, more had become known.",
	TriangleCaption: func(name, year string) string {
		return name + " of " + year + " by month, as known at the end of each month"
	},
	First: "first value", Later: "changed since the column before", End: func(month string) string { return month }, MonthColumn: "Month counted", WholePeriod: "Whole year",
	Notes: map[string]string{
		"late_entry": "recorded after the first date", "amended": "a record was corrected", "voided": "a record was voided", "reassigned": "handed to another desk or case",
		"merged": "two records of one person joined", "unmerged": "a merge was undone", "identified": "an anonymous person gave a name", "evidence": "evidence confirmed or withdrawn",
		"reclassified": "a move was classified anew", "outcome_reversed": "an outcome came to nothing", "erased": "erasure changes no figure", "period": "another period is counted", "definition": "another version counts",
	},
}
