package locale

// Opening is what is said before a record is opened that another desk keeps.
type Opening struct {
	Title               func(person string) string
	Lead                func(desks string) string
	Why, Submit, Legend string
	Whys                map[string]string
	Until, Kept, Found  string
	Crumb               string
}

var japaneseOpening = Opening{
	Title: func(p string) string { return p + "の記録を開く理由" },
	Lead: func(desks string) string {
		return "この人の記録は、" + desks + "が担当しています。開く前に、理由を選んでください。"
	},
	Why:    "開く理由",
	Submit: "理由を記録して開く",
	Legend: "開く前に",
	Whys: map[string]string{
		"came_here": "本人がこの窓口に来た", "asked_here": "本人からこの窓口に連絡があった", "keeper_away": "担当の窓口が不在で、代わりに応対する",
		"passed_on": "担当をこの窓口に引き継ぐ", "together": "担当の窓口といっしょに進めている",
	},
	Until: "3時間のあいだ開けます。過ぎたら、もう一度理由を選びます。",
	Kept:  "理由とあなたの名前は閲覧記録に残り、担当者はこの人の「だれが見たか」で読めます。",
	Found: "氏名や電話番号での検索、重複の判断には、理由はいりません。",
	Crumb: "開く理由",
}

var englishOpening = Opening{
	Title:  func(p string) string { return "Why the records of " + p + " are opened" },
	Lead:   func(desks string) string { return desks + " keeps this person's records. Say why you open them." },
	Why:    "Reason",
	Submit: "Record the reason and open",
	Legend: "Before it opens",
	Whys: map[string]string{
		"came_here": "The person came to this desk", "asked_here": "The person called or wrote to this desk", "keeper_away": "The desk in charge is away and I stand in",
		"passed_on": "The case is being passed on to this desk", "together": "We work on it together with the desk in charge",
	},
	Until: "It stays open for three hours. After that you choose a reason again.",
	Kept:  "The reason and your name stand in the access log; the counsellor in charge reads them under who looked.",
	Found: "No reason is needed to search by name or phone, or to judge a duplicate.",
	Crumb: "Reason",
}
