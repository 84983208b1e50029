package locale

// Duplicate is the desk where two records that may be one person are judged.
type Duplicate struct {
	Title, Heading, Lead           string
	Open, Decided                  string
	None, NoneText, Table          string
	Pair, Points, Why, Since, By   string
	Look                           string
	States                         map[string]string // open, dismissed, merged, split
	PairHeading                    func(a, b string) string
	Told                           func(who, when string) string
	Score                          func(told, now string) string
	SideTable, Item, Same          string
	Marks                          map[string]string // same, variant, differs, one
	Survives, Absorbed             string
	WhyHeading                     string
	Holds                          string
	Rows                           map[string]string
	EffectHeading                  string
	EffectTable, Figure, Year      string
	Before, After, Change          string
	Keep                           func(number string) string
	Swap                           string
	Kept, Published                string
	Merge, MergeHeading, MergeWhat string
	Evidence, Reasons, ReasonsHint string
	Proposed                       func(who string) string
	NeedsOther, NeedsProposal      string
	OnlyLead, NeedsPrivacy         string
	Propose, ProposeText           string
	Proposal                       string
	Dismiss, DismissHeading        string
	DismissWhy, DismissText        string
	Dismissals                     map[string]string
	Unmerge, UnmergeHeading        string
	UnmergeWhy, UnmergeWhat        string
	Unmerges                       map[string]string
	Moved                          string
	Later                          string
}

var japaneseDuplicate = Duplicate{
	Title: "重複", Heading: "重複の候補", Lead: "同じ人かもしれない2件の記録です。自動では統合しません。", Open: "判断を待つ候補", Decided: "判断した候補",
	None: "判断を待つ候補はありません。", NoneText: "70点以上似た記録ができると、ここに並びます。", Table: "重複の候補の表",
	Pair: "2件の記録", Points: "点数", Why: "理由", Since: "気付いた日", By: "気付いた人", Look: "並べて見る",
	States:      map[string]string{"open": "判断待ち", "dismissed": "別の人", "merged": "統合済み", "split": "統合を戻した"},
	PairHeading: func(a, b string) string { return a + " と " + b },
	Told:        func(who, when string) string { return when + "に" + who + "が気付きました" },
	Score: func(told, now string) string {
		return "気付いたとき" + told + "点、いまの記録で" + now + "点。70点以上は同じ人の見込みが高い。"
	},
	SideTable: "2件の記録を並べた表", Item: "項目", Same: "くらべ", Marks: map[string]string{"same": "同じ", "variant": "表記のちがい", "differs": "ちがう", "one": "片方だけ"},
	Survives: "残る記録", Absorbed: "まとめられる記録", WhyHeading: "似ている理由", Holds: "記録の数",
	Rows: map[string]string{"name": "氏名", "reading": "ふりがな", "former": "前の名前・通称", "birth": "生年月日", "phone": "電話", "mail": "メール", "line": "LINE", "lives": "居住", "age": "年代", "origin": "出身（本人の申告）",
		"registered": "登録した日", "owner": "担当", "last": "最後の記録", "sessions": "相談", "messages": "メッセージの日", "referrals": "紹介", "placements": "就職", "moves": "移住", "consents": "同意", "notice": "利用目的の版", "restrictions": "利用の制限"},
	EffectHeading: "数値への影響", EffectTable: "統合で変わる数値の表", Figure: "指標", Year: "年度", Before: "いま", After: "統合すると", Change: "差",
	Keep: func(no string) string { return no + "に残す" }, Swap: "どちらの記録に残すか",
	Kept:      "どちらの記録も消えません。歩みが一つになり、いつでも戻せます。",
	Published: "公表した数値は変わりません。",
	Merge:     "統合する", MergeHeading: "同じ人として統合する", MergeWhat: "根拠を一つ以上選びます。", Evidence: "根拠", Reasons: "判断の理由", ReasonsHint: "本人の鍵で封印します。",
	Proposed:      func(who string) string { return "提案した人：" + who },
	NeedsOther:    "自分で提案した統合は承認できません。別の責任者に頼んでください。",
	NeedsProposal: "まだだれも統合を提案していません。提案する人と承認する人は別の人です。ほかの相談員に提案してもらってください。",
	OnlyLead:      "統合は責任者が承認します。",
	NeedsPrivacy:  "一方だけが秘匿の対象です。統合は個人情報担当が、この画面で承認します。",
	Propose:       "同じ人だと提案する", ProposeText: "あなたの名前で提案を記録します。責任者が影響を確かめて統合します。", Proposal: "統合の提案",
	Dismiss: "別の人とする", DismissHeading: "別の人とする", DismissWhy: "理由", DismissText: "判断は記録に残り、同じ2件は二度と候補に出ません。",
	Dismissals: map[string]string{"different_person": "別の人と確かめた", "family": "家族（電話などを共にする）", "unclear": "分からない（保留をやめる）"},
	Unmerge:    "統合を戻す", UnmergeHeading: "統合を戻す", UnmergeWhy: "戻す理由", UnmergeWhat: "2件の記録は統合の前の形に戻ります。もう一度統合するには新しい根拠が要ります。",
	Unmerges: map[string]string{"different_person": "別の人だった", "error": "誤って統合した", "request": "本人の申出"},
	Moved:    "この間に記録が変わりました。影響を計算し直しました。もう一度確かめてください。",
	Later:    "統合しないかぎり、二人として数えます。",
}

var englishDuplicate = Duplicate{
	Title: "Duplicates", Heading: "Possible duplicates", Lead: "Two records that may be one person. Nothing is merged by itself.", Open: "Waiting", Decided: "Decided",
	None: "No candidate waits.", NoneText: "Records that share 70 points or more are listed here.", Table: "Pairs that may be one person",
	Pair: "Two records", Points: "Points", Why: "Why", Since: "Noticed on", By: "Noticed by", Look: "Side by side",
	States:      map[string]string{"open": "waiting", "dismissed": "different persons", "merged": "merged", "split": "unmerged"},
	PairHeading: func(a, b string) string { return a + " and " + b },
	Told:        func(who, when string) string { return "Noticed by " + who + " on " + when },
	Score: func(told, now string) string {
		return told + " points when noticed, " + now + " by the records as they are now. From 70 they are likely one person."
	},
	SideTable: "The two records side by side", Item: "Item", Same: "Compared", Marks: map[string]string{"same": "same", "variant": "spelt otherwise", "differs": "differs", "one": "one only"},
	Survives: "goes on", Absorbed: "joins it", WhyHeading: "What they share", Holds: "What each holds",
	Rows: map[string]string{"name": "Name", "reading": "Reading", "former": "Former names, aliases", "birth": "Birth", "phone": "Phone", "mail": "Mail", "line": "LINE", "lives": "Lives in", "age": "Age band", "origin": "Origin, as told",
		"registered": "Registered", "owner": "Owner", "last": "Last record", "sessions": "Consultations", "messages": "Days of messages", "referrals": "Referrals", "placements": "Placements", "moves": "Moves", "consents": "Consents", "notice": "Notice version", "restrictions": "Restrictions of use"},
	EffectHeading: "Effect on figures", EffectTable: "Figures that change", Figure: "Indicator", Year: "Year", Before: "Now", After: "After", Change: "Difference",
	Keep: func(no string) string { return "Go on as " + no }, Swap: "Which record goes on",
	Kept:      "Neither record disappears. The journey becomes one, and it can be undone at any time.",
	Published: "Published figures do not change.",
	Merge:     "Merge", MergeHeading: "Merge as one person", MergeWhat: "Choose one piece of evidence or more.", Evidence: "Evidence", Reasons: "Reasons", ReasonsHint: "Sealed under the person's own key.",
	Proposed:      func(who string) string { return "Proposed by " + who },
	NeedsOther:    "You cannot approve your own proposal. Ask another lead.",
	NeedsProposal: "Nobody has proposed this merge. Whoever proposes is not who approves: ask a counsellor to propose it.",
	OnlyLead:      "A lead approves merges.",
	NeedsPrivacy:  "Only one of the two is confidential. The privacy officer approves the merge, on this page.",
	Propose:       "Propose that they are one", ProposeText: "The proposal is recorded in your name. A lead looks at the effect and merges.", Proposal: "Proposal",
	Dismiss: "Different persons", DismissHeading: "They are different persons", DismissWhy: "Reason", DismissText: "The decision stays on record, and this pair is never suggested again.",
	Dismissals: map[string]string{"different_person": "Found to be different persons", "family": "A family that shares a phone or the like", "unclear": "Cannot be told (stop waiting)"},
	Unmerge:    "Undo the merge", UnmergeHeading: "Undo the merge", UnmergeWhy: "Reason", UnmergeWhat: "Both records are as they were before. Merging them again takes new evidence.",
	Unmerges: map[string]string{"different_person": "They are different persons", "error": "Merged by mistake", "request": "The person asked"},
	Moved:    "The records changed meanwhile. The effect was computed anew: look again.",
	Later:    "Until they are merged they count as two.",
}
