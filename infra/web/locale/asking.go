package locale

// Asking is what a page says of an address whose words mean nothing.
type Asking struct {
	Unknown func(name, text string) string
	Names   map[string]string // of the parameters
}

var askingNames = map[string]pair{
	"fy": {"年度", "fiscal year"}, "to_fy": {"比べる年度", "fiscal year on the other side"}, "cmp": {"比べる年度", "year to compare with"}, "of": {"指標", "indicator"},
	"def": {"定義の版", "definition version"}, "to_def": {"比べる定義の版", "definition version on the other side"}, "version": {"定義の版", "definition version"}, "base": {"もとにする版", "version to start from"},
	"draft": {"定義の案", "draft of a definition"}, "to_draft": {"比べる定義の案", "draft on the other side"}, "miss": {"数えない理由", "clause"}, "from": {"先頭の番号", "first row"},
	"day": {"日", "day"}, "item": {"予定", "entry"}, "person": {"相談者", "person"},
	"attendee": {"参加者", "attendee"}, "until": {"期間の終わり", "end of the period"}, "to_until": {"比べる期間の終わり", "end of the period on the other side"}, "month": {"月", "month"}, "lens": {"見方", "view"}, "all": {"すべて", "all"},
	"edition": {"版", "edition"}, "format": {"形式", "format"}, "scope": {"範囲", "scope"}, "outlet": {"公表先", "outlet"}, "st": {"状態", "status"}, "kind": {"種類", "kind"}, "before": {"続きの位置", "place to go on from"},
	"changes": {"修正だけ", "changes only"}, "act": {"したこと", "act"}, "account": {"職員", "account"}, "type": {"種類", "kind of entry"}, "done": {"結果", "what was done"},
	"way": {"向き", "direction"}, "book": {"管理簿", "register"}, "desk": {"窓口", "desk"},
	"show": {"行の種類", "kind of rows"}, "rows": {"先頭の行", "first row"}, "people": {"先頭の人", "first person"},
	"at": {"記録の番号", "record number"}, "saved": {"保存した記録", "saved record"}, "again": {"くり返し", "repeated"}, "keep": {"残す記録", "record that goes on"},
}

var japaneseAsking = Asking{
	Unknown: func(name, text string) string {
		return "アドレスの「" + name + "」に「" + text + "」がありますが、これは分かりません。これを除いて表示しています。"
	},
	Names: pick(askingNames, 0),
}

var englishAsking = Asking{
	Unknown: func(name, text string) string {
		return "The address asks for the " + name + " “" + text + "”, which means nothing here. The page is shown without it."
	},
	Names: pick(askingNames, 1),
}
