package locale

// Access is what is said of records that are closed to a reader, and of opening them
// in an emergency.
type Access struct {
	SearchAbroad                                    func(n int) string
	Tab, ListTitle, ListLead, Lead, Own             string
	Title                                           func(person string) string
	Open, Submit, MinutesHint, NotClosed            string
	Running                                         func(when string) string
	Accesses, Table, When, Who, Person, Reason      string
	Words, Until, Result, Waiting, Review, ReviewIt string
	Empty, All                                      string
}

var japaneseAccess = Access{
	SearchAbroad: func(n int) string {
		return "ほかの県の記録が" + number(n) + "件当たりました。あることだけをお伝えします。"
	},
	Tab: "緊急閲覧", ListTitle: "緊急閲覧", ListLead: "閉じた記録を、権限をこえて開いた記録です。開いた人とは別の人が点検します。",
	Title: func(p string) string { return p + "の緊急閲覧" },
	Lead:  "閲覧を制限した記録や、秘匿の事情は、命や身体の安全などのために急ぐときだけ、理由と時間を決めて開けます。開くと、担当者に「やること」で知らせ、開いているあいだの閲覧はすべて閲覧記録に残り、個人情報担当が点検します。",
	Own:   "あなたの緊急閲覧", Open: "緊急閲覧を始める", Submit: "理由を記録して開く", MinutesHint: "1分から180分。時間が来ると閉じます。",
	NotClosed: "この人の記録に、あなたに閉じているものはありません。",
	Running:   func(when string) string { return when + " まで開いています" },
	Accesses:  "これまでの緊急閲覧", Table: "緊急閲覧の表", When: "開いた日時", Who: "開いた人", Person: "だれの記録", Reason: "理由", Words: "事情", Until: "期限", Result: "点検",
	Waiting: "点検待ち", Review: "点検の結果", ReviewIt: "点検を記録する", Empty: "緊急閲覧はありません。", All: "緊急閲覧の一覧",
}

var englishAccess = Access{
	SearchAbroad: func(n int) string {
		return plural(n, "record", "records") + " of the other prefecture matched. You are told only that they exist."
	},
	Tab: "Emergency access", ListTitle: "Emergency accesses", ListLead: "Closed records that somebody opened beyond their rights. Somebody else reviews each.",
	Title: func(p string) string { return "Emergency access to " + p },
	Lead:  "Restricted records, and why a person is protected, are opened only when life, safety or the like will not wait: for a reason and for a time. The person's counsellor is given notice as a task, every look meanwhile is in the access log, and the privacy officer reviews it.",
	Own:   "Your emergency access", Open: "Open in an emergency", Submit: "Record the reason and open", MinutesHint: "1 to 180 minutes. It closes by itself.",
	NotClosed: "Nothing of this person's records is closed to you.",
	Running:   func(when string) string { return "Open until " + when },
	Accesses:  "Emergency accesses so far", Table: "Table of emergency accesses", When: "Opened", Who: "Opened by", Person: "Whose record", Reason: "Reason", Words: "Circumstances", Until: "Until", Result: "Review",
	Waiting: "Waiting for review", Review: "Result of the review", ReviewIt: "Record the review", Empty: "There are no emergency accesses.", All: "All emergency accesses",
}
