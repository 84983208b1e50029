package locale

// Handover is what the page says on which the cases of a counsellor are handed over.
type Handover struct {
	Title, Lead, Of, Show, Cases, Waiting, WaitingText, None, WaitingNone string
	Person, Kept, Note, NoteHint, Take, To, ToNobody, Reason, Common, Act string
	NewOwner, HandedOn, Since, Choose                                     string
	Heading                                                               func(name string) string
	Count, Done                                                           func(n int) string
	Refused                                                               func(person, why string) string
	Reasons                                                               map[string]string
}

var japaneseHandover = Handover{
	Title: "担当の引継ぎ", Lead: "選んだ相談者の担当が、ひとりずつ記録として次の担当に移ります。次の担当の「今日」に出て、「読みました」を押すまで残ります。",
	Of: "いまの担当", Show: "表示", Cases: "担当している相談者", Waiting: "確認を待っている引継ぎ", WaitingText: "次の担当がまだ「読みました」を押していないもの",
	None: "担当している相談者はいません。", WaitingNone: "確認を待っている引継ぎはありません。",
	Person: "相談者", Kept: "担当の開始", Note: "この人の申し送り", NoteHint: "なくてもかまいません", Take: "引き継ぐ",
	To: "次の担当", ToNobody: "選んでください", Reason: "理由", Common: "全員に共通の申し送り", Act: "選んだ相談者を引き継ぐ",
	NewOwner: "次の担当", HandedOn: "引き継いだ日", Since: "待っている日数", Choose: "引き継ぐ相談者を1人以上選んでください。",
	Heading: func(name string) string { return name + "さんの担当" },
	Count:   func(n int) string { return number(n) + "人" }, Done: func(n int) string { return number(n) + "人の担当を引き継ぎました。" },
	Refused: func(person, why string) string { return person + "：" + why },
	Reasons: map[string]string{"april_change": "4月の異動", "transfer": "異動", "leave": "休職・退職", "workload": "担当の調整"},
}

var englishHandover = Handover{
	Title: "Hand over cases", Lead: "Each person chosen passes to the next owner by a record of its own. It stands on the next owner's Today until read.",
	Of: "Present owner", Show: "Show", Cases: "People in their hands", Waiting: "Hand-overs not read yet", WaitingText: "The next owner has not ticked these off",
	None: "Nobody is in their hands.", WaitingNone: "Every hand-over has been read.",
	Person: "Person", Kept: "Owner since", Note: "Note on this person", NoteHint: "Optional", Take: "Hand over",
	To: "Next owner", ToNobody: "Choose", Reason: "Reason", Common: "Note for all of them", Act: "Hand over those chosen",
	NewOwner: "Next owner", HandedOn: "Handed over", Since: "Waiting", Choose: "Choose at least one person.",
	Heading: func(name string) string { return "In the hands of " + name },
	Count:   func(n int) string { return plural(n, "person", "people") }, Done: func(n int) string { return plural(n, "person", "people") + " handed over." },
	Refused: func(person, why string) string { return person + ": " + why },
	Reasons: map[string]string{"april_change": "Change in April", "transfer": "Transfer", "leave": "Leave or retirement", "workload": "Workload"},
}
