package locale

// AfterClose is the page of what was recorded after a fiscal year was closed.
type AfterClose struct {
	Title, Mark    string
	Heading        func(year string) string
	Since          func(day string) string
	Kind           string
	Kinds          map[string]string
	Open, OpenText string
	Nothing        string
	See            string
}

var japaneseAfterClose = AfterClose{
	Title: "締め後の動き", Mark: "締め後の記録", Heading: func(year string) string { return "締め後の動き　" + year },
	Since: func(day string) string { return day + "に締めた後" }, Kind: "種類",
	Kinds: map[string]string{"late": "後からの記録", "changed": "訂正・取消", "merged": "統合", "erased": "消去", "definition": "定義の変更", "roles": "権限の変更", "closing": "締めと解除"},
	Open:  "この年度はまだ締めていません。", OpenText: "締めた後に記録や訂正があると、ここに並びます。", Nothing: "締めた後の動きはありません。", See: "締め後の動きを見る",
}

var englishAfterClose = AfterClose{
	Title: "After closing", Mark: "after closing", Heading: func(year string) string { return "After closing, " + year },
	Since: func(day string) string { return "Since it was closed on " + day }, Kind: "Kind",
	Kinds: map[string]string{"late": "recorded later", "changed": "corrected or voided", "merged": "merged", "erased": "erased", "definition": "definition changed", "roles": "roles changed", "closing": "closed or reopened"},
	Open:  "This year has not been closed.", OpenText: "Once it is, what is recorded or corrected afterwards stands here.", Nothing: "Nothing has happened since.", See: "What happened after closing",
}
