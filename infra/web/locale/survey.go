package locale

// Survey is the page of the return of the national survey of relocation
// consultations.
type Survey struct {
	Door, Title           string
	Heading               func(year string) string
	Lead                  string
	Desk, Event, Sum      string
	Parts                 string
	Channel, DeskColumn   string
	ByChannel, ByDesk     string
	ByMonth, MonthColumn  string
	HowCounted, LateNote  string
	Prefecture            func(name string) string
	Empty, EmptyText      string
	SaveAs, SmallReminder string
	Counted               func(version string) string // by another version than the one in force
	CountedText           string
}

var japaneseSurvey = Survey{
	Door: "総務省調査の回答", Title: "総務省調査の回答",
	Heading: func(y string) string { return "総務省　移住相談に関する調査　" + y },
	Lead:    "県の窓口すべての、就業か移住の相談の件数（延べ）です。1つの相談は窓口かイベントのどちらかに1回だけ入ります。",
	Desk:    "窓口", Event: "イベント", Sum: "計", Parts: "回答する件数",
	Channel: "方法", DeskColumn: "相談窓口", ByChannel: "方法ごと", ByDesk: "相談窓口ごと", ByMonth: "月ごと", MonthColumn: "月",
	HowCounted: "数え方", LateNote: "回答の日までに記録した相談は、後日の記録も入ります。2月末現在で数える工程表の値とは別の数値です。",
	Prefecture: func(name string) string { return "範囲　" + name },
	Empty:      "この年度の相談はまだありません", EmptyText: "年度を選び直してください。",
	Counted: func(version string) string { return "定義 " + version + " で数えています" }, CountedText: "その年度に効力のある定義とは別の版による試算です。調査の回答には使えません。",
	SaveAs: "回答を書き出す", SmallReminder: "公表用では、1と2は x（秘匿）になります。調査に出すときは内部用を使います。",
}

var englishSurvey = Survey{
	Door: "National survey return", Title: "National survey return",
	Heading: func(y string) string { return "National survey of relocation consultations, " + y },
	Lead:    "Consultations about a job or a move at all desks of the prefecture (gross). Each is counted once, at a desk or at an event.",
	Desk:    "Desk", Event: "Event", Sum: "Total", Parts: "Figures of the return",
	Channel: "Channel", DeskColumn: "Desk", ByChannel: "By channel", ByDesk: "By desk", ByMonth: "By month", MonthColumn: "Month",
	HowCounted: "How it is counted", LateNote: "What was recorded by the day of the return is in it, late entries too. The work-plan sheet, counted to the end of February, states other figures.",
	Prefecture: func(name string) string { return "Scope: " + name },
	Empty:      "No consultations in this year yet", EmptyText: "Choose another year.",
	Counted: func(version string) string { return "Counted by definition " + version }, CountedText: "Another version than the one in force in that year: a trial, not to be sent as the return.",
	SaveAs: "Save the return", SmallReminder: "The public edition prints x for 1 and 2. The survey itself is answered with the internal one.",
}
