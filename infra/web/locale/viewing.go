package locale

// Viewing is the access log: its pages, its command, and what the state of the
// system says of it.
type Viewing struct {
	Title, Lead, OwnLead, See                            string
	Person, Staff, Act, From, To, Any, Show, Narrow, All string
	When, Who, What, Where, About, Many                  string
	Rows, RowsHint                                       string
	Table, Empty, Older, Newest                          string
	SeenTitle                                            func(person string) string
	SeenLead, SeenEmpty, SeenAll                         string
	Searched, SearchedWords, SearchedHint                string
	SearchedButton                                       string
	SearchedNone                                         string
	NoPerson                                             string
	Acts, Reasons                                        map[string]string
	Places, Apart                                        map[string]string
	Operator                                             string

	Status, Kept, Working, Failing, Size, Root, Gone, Oldest string

	Command, FlagPerson, FlagAccount, FlagAct, FlagFrom, FlagTo, FlagLimit, FlagSearched, FlagDays string
	Unwritten                                                                                      string
	Head                                                                                           func(size int, root string) string
}

// Reason names why something was looked at; without a name it is the page.
func (v Viewing) Reason(reason, route string) string {
	if name := v.Reasons[reason]; name != "" {
		return name
	}
	return v.Place(route)
}

var japaneseViewing = Viewing{
	Title: "閲覧記録", Lead: "だれが、いつ、だれの記録を見たかの一覧です。見る前に書かれ、書けないときは何も表示されません。",
	OwnLead: "あなた自身の閲覧の記録です。", See: "閲覧記録",
	Person: "相談者の番号", Staff: "職員", Act: "したこと", From: "はじめの日", To: "おわりの日", Any: "すべて", Show: "表示する", Narrow: "絞り込む", All: "絞り込みをやめる",
	When: "日時", Who: "見た人", What: "したこと", Where: "場面", About: "だれの記録", Many: "一覧",
	Rows: "件数", RowsHint: "開いた項目の数、または当たった件数",
	Table: "閲覧記録の表", Empty: "あてはまる閲覧はありません。", Older: "さらに前の閲覧", Newest: "新しい順",
	SeenTitle: func(p string) string { return p + "の記録を見た人" },
	SeenLead:  "この人の記録を開いた、一覧や検索に出した、書類を受け取った職員の記録です。統合した記録の分も含みます。", SeenEmpty: "この人の記録は、まだだれも見ていません。", SeenAll: "閲覧記録で詳しく見る",
	Searched: "この言葉で検索されたか", SearchedWords: "検索の言葉", SearchedHint: "検索の言葉は残っていません。同じ言葉を入れると、秘密の鍵で作った符号をくらべて、その言葉で検索した人を示します。", SearchedButton: "くらべる",
	SearchedNone: "その言葉で検索した記録はありません。",
	NoPerson:     "その番号の相談者はいません。",
	Acts: map[string]string{
		"view": "閲覧", "search": "検索", "list": "一覧", "export": "出力", "print": "印刷", "download": "書類の受け取り", "follow": "更新の受信", "index": "索引の作成", "open": "理由を付けて開いた", "refused": "断った", "prune": "保存期間の満了による削除",
	},
	Reasons: map[string]string{
		"came_here": "本人がこの窓口に来た", "asked_here": "本人からこの窓口に連絡があった", "keeper_away": "担当の窓口の代わり", "passed_on": "担当の引継ぎ", "together": "担当の窓口と協力",
		"today": "今日", "calendar": "予定", "handover": "担当の引継ぎ",
		"journey": "相談者のページ", "record": "記録のページ", "people": "相談者の一覧", "people_search": "相談者の検索", "intake": "受付", "duplicate": "重複の判断", "household": "世帯", "document": "書類", "confirmation": "成果の確認", "audit": "記録の履歴", "closing": "締め", "after_close": "締め後の動き",
		"webhook_add": "外部への通知の送り先を追加", "webhook_pause": "外部への通知を止めた", "webhook_resume": "外部への通知を再開", "webhook_remove": "外部への通知の送り先を削除", "webhook_test": "外部への通知を試した", "webhook_again": "外部への通知をもう一度送った",
		"monitors": "記録の点検", "ledger": "公表台帳", "definition": "定義", "sheet": "工程表", "staff_name": "職員の氏名", "retention": "保存期間", "access_log": "閲覧記録", "emergency": "緊急閲覧", "rights": "開示等の請求", "volume": "簿冊",
	},
	Places: placeNames(places, 0), Apart: placeNames(apart, 0),
	Operator: "機械の管理者（コマンド）",
	Status:   "閲覧記録", Kept: "閲覧の数", Working: "書けています", Failing: "書けません。個人の記録は表示されません。", Size: "通し番号", Root: "木の先頭（ルート）", Gone: "保存期間が過ぎたもの", Oldest: "残っている最初の日",
	Command: "だれがだれの記録を見たかを示す", FlagPerson: "相談者の番号（P-00001）", FlagAccount: "見た職員のアカウント", FlagAct: "したこと（view, search, list, export …）", FlagFrom: "はじめの日（2020-02-29）", FlagTo: "おわりの日",
	FlagLimit: "最大の件数", FlagSearched: "標準入力の言葉で検索した記録だけ", FlagDays: "閲覧記録を残す日数",
	Unwritten: "閲覧の記録を残せないため、表示しません。記録のファイルとディスクの空きを確かめてください。",
	Head:      func(n int, root string) string { return "閲覧 " + number(n) + "件　木の先頭 " + root },
}

var englishViewing = Viewing{
	Title: "Access log", Lead: "Who looked at whose records, and when. It is written before anything is shown; if it cannot be written, nothing is shown.",
	OwnLead: "What you looked at yourself.", See: "Access log",
	Person: "Person's number", Staff: "Staff", Act: "Act", From: "First day", To: "Last day", Any: "Any", Show: "Show", Narrow: "Narrow down", All: "Show everything",
	When: "When", Who: "Who looked", What: "Act", Where: "Where", About: "Whose record", Many: "a list",
	Rows: "Items", RowsHint: "texts opened, or hits",
	Table: "Table of the access log", Empty: "Nobody looked, as far as was asked.", Older: "Earlier ones", Newest: "Newest first",
	SeenTitle: func(p string) string { return "Who looked at " + p },
	SeenLead:  "Staff who opened this person's records, met them in a list or a search, or took a document. Merged records are included.", SeenEmpty: "Nobody has looked at this person's records yet.", SeenAll: "More in the access log",
	Searched: "Was this searched for?", SearchedWords: "Words of the search", SearchedHint: "Words searched for are not kept. Type the same words and a keyed digest of them is compared: those who searched for them are listed.", SearchedButton: "Compare",
	SearchedNone: "Nobody searched for these words.",
	NoPerson:     "There is no person with that number.",
	Acts: map[string]string{
		"view": "viewed", "search": "searched", "list": "listed", "export": "exported", "print": "printed", "download": "took a document", "follow": "followed news", "index": "built the index", "open": "gave a reason to open", "refused": "was refused", "prune": "removed past retention",
	},
	Reasons: map[string]string{
		"came_here": "the person came here", "asked_here": "the person asked here", "keeper_away": "standing in for the desk in charge", "passed_on": "passed on", "together": "working together",
		"today": "today's work", "calendar": "calendar", "handover": "hand-over of cases",
		"journey": "a person's page", "record": "a record", "people": "list of people", "people_search": "people search", "intake": "reception", "duplicate": "judging a duplicate", "household": "a household", "document": "a document", "confirmation": "a confirmation", "audit": "record history", "closing": "closing", "after_close": "after the closing",
		"webhook_add": "added a webhook", "webhook_pause": "paused a webhook", "webhook_resume": "resumed a webhook", "webhook_remove": "removed a webhook", "webhook_test": "tested a webhook", "webhook_again": "sent a webhook again",
		"monitors": "review of records", "ledger": "register", "definition": "definition", "sheet": "work plan", "staff_name": "name of staff", "retention": "retention", "access_log": "access log", "emergency": "emergency access", "rights": "data-protection matters", "volume": "record volumes",
	},
	Places: placeNames(places, 1), Apart: placeNames(apart, 1),
	Operator: "operator of the machine (command)",
	Status:   "Access log", Kept: "Looks kept", Working: "is written", Failing: "Cannot be written. No record of a person is shown.", Size: "Number", Root: "Tree head (root)", Gone: "Past retention", Oldest: "First day kept",
	Command: "show who looked at whose records", FlagPerson: "a person's number (P-00001)", FlagAccount: "account of who looked", FlagAct: "act (view, search, list, export …)", FlagFrom: "first day (2020-02-29)", FlagTo: "last day",
	FlagLimit: "at most so many", FlagSearched: "only searches for the words on standard input", FlagDays: "days the access log is kept",
	Unwritten: "Not shown, because the access log cannot be written. Look at its file and the room on the disk.",
	Head:      func(n int, root string) string { return number(n) + " looks, tree head " + root },
}
