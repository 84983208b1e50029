package locale

// Household is what the pages of households say.
type Household struct {
	New, NewLead, Form, NobodyElse, JoinOther, JoinHint string
	OneTitle, NewHeading, NoHousehold                   func(name string) string
	Heading                                             func(number string, n int) string
	Members, Who, Relation, Part, Since, StateHead      string
	Lives, MovedOnly, Lead, Companion, Covered          string
	Elsewhere, Day, DayHint                             string
	Moves, NoMoves, NoCase, Head, Movers, Evidence      string
	Unclassified                                        string
	Counts, CountsNot, WithinOf, OutOf                  func(text string) string
	Still                                               func(answer, who string) string
	Months                                              func(n int) string
	Figures, FiguresText, Indicator, Value              string
	Counted, NotCounted, Counting, FromPerson, OfPerson string
	Acts                                                map[string]string
}

var japaneseHousehold = Household{
	New: "世帯をつくる", NewLead: "いっしょに暮らす人をえらび、続柄を書きます。続柄は暗号化して保存します。", Form: "この世帯を記録する", NobodyElse: "この相談者の記録に、ほかの人はいません。同行者は相談者の記録に加えてからえらべます。",
	JoinOther: "またはすでにある世帯に入る", JoinHint: "その世帯の人の番号（例 P-00012）",
	OneTitle: func(n string) string { return "世帯 " + n }, NewHeading: func(n string) string { return n + " の世帯をつくる" },
	NoHousehold: func(n string) string { return "「" + n + "」はどの世帯にも入っていません。" },
	Heading:     func(no string, n int) string { return "世帯 " + no + "（" + number(n) + "人）" },
	Members:     "世帯の人", Who: "氏名", Relation: "続柄", Part: "相談での立場", Since: "入った日", StateHead: "いま",
	Lives: "この世帯", MovedOnly: "いっしょに転入", Lead: "相談者", Companion: "同行者", Covered: "世帯の居所を秘匿", Elsewhere: "ほかの世帯に入っています", Day: "日付", DayHint: "空欄は今日",
	Moves: "世帯の移住", NoMoves: "転入の記録はありません。", NoCase: "続いている相談がある人がいないため、転入は記録できません。相談者のページで再開してください。", Head: "世帯主", Movers: "転入した人", Evidence: "根拠を記録する",
	Unclassified: "数えるかどうか未判定",
	Counts:       func(rule string) string { return rule + " で数える" }, CountsNot: func(rule string) string { return rule + " で数えない" },
	WithinOf: func(name string) string { return name + "の県内転居" }, OutOf: func(name string) string { return name + "の転出" },
	Still:   func(answer, who string) string { return "継続 " + answer + "（" + who + "）" },
	Months:  func(n int) string { return number(n) + "か月後" },
	Figures: "指標での数え方", FiguresText: "移住者（R1）とIJUターン（K1）は転入した人を1人ずつ、移住世帯（R2）は世帯主ごとに最初の転入だけを1世帯と数えます。相談していない家族も、転入すれば1人です。",
	Indicator: "指標", Value: "この世帯の分", Counted: "数えた人", NotCounted: "数えない人と理由", Counting: "指標を数えているところです。しばらくしてから開き直してください。", FromPerson: "世帯をつくる", OfPerson: "世帯",
	Acts: map[string]string{
		"person.join_household": "人を加える", "person.leave_household": "世帯から出る", "case.add_member": "相談の同行者に加える", "case.move_in": "転入を記録する", "case.move_out": "転出を記録する", "case.move_within": "県内の転居を記録する",
		"case.check_stay": "定着を確かめた結果を記録する", "case.classify_relocation": "移住として数えるかを判定する",
	},
}

var englishHousehold = Household{
	New: "Form a household", NewLead: "Choose who lives together and write how they are related. Relations are stored encrypted.", Form: "Record this household", NobodyElse: "There is nobody else in this person's case. Add companions to it first.",
	JoinOther: "Or join a household", JoinHint: "Number of somebody in it (e.g. P-00012)",
	OneTitle: func(n string) string { return "Household " + n }, NewHeading: func(n string) string { return "Form the household of " + n },
	NoHousehold: func(n string) string { return n + " belongs to no household." },
	Heading: func(number string, n int) string {
		return "Household " + number + " (" + plural(n, "person", "persons") + ")"
	},
	Members: "Members", Who: "Name", Relation: "Relation", Part: "In the case", Since: "Since", StateHead: "Now",
	Lives: "lives here", MovedOnly: "moved with it", Lead: "consultee", Companion: "companion", Covered: "whereabouts are confidential", Elsewhere: "belongs to another household", Day: "Day", DayHint: "today if left empty",
	Moves: "Moves of the household", NoMoves: "No move is recorded.", NoCase: "Nobody of the household has a case that goes on, so no move can be recorded. Resume one on a person's page.", Head: "Head of household", Movers: "Who moved", Evidence: "Record evidence",
	Unclassified: "not classified yet",
	Counts:       func(rule string) string { return "counts under " + rule }, CountsNot: func(rule string) string { return "does not count under " + rule },
	WithinOf: func(name string) string { return "Move of " + name + " inside the prefecture" }, OutOf: func(name string) string { return name + " moved out" },
	Still:   func(answer, who string) string { return "still there: " + answer + " (" + who + ")" },
	Months:  func(n int) string { return "after " + plural(n, "month", "months") },
	Figures: "How it is counted", FiguresText: "R1 and K1 count each person who moved, R2 counts one household for the first move of its head. Family members who never consulted count as persons if they move.",
	Indicator: "Indicator", Value: "Of this household", Counted: "Counted", NotCounted: "Not counted, and why", Counting: "The figures are being counted. Please open this page again in a moment.", FromPerson: "Form a household", OfPerson: "Household",
	Acts: map[string]string{
		"person.join_household": "Add a person", "person.leave_household": "Leave the household", "case.add_member": "Add to the case as a companion", "case.move_in": "Record a move", "case.move_out": "Record a move out", "case.move_within": "Record a move inside the prefecture",
		"case.check_stay": "Record whether they still live there", "case.classify_relocation": "Decide whether it counts as a relocation",
	},
}
