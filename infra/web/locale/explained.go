package locale

import "strconv"

// Explained is what is said of differences that were put on record.
type Explained struct {
	Title, None        string
	Act, ActText       string
	Against, ByDay     string
	Known              string
	Submit             string
	Edition            func(edition, known string) string
	Until              func(known string) string
	Total              string
	Same               string // no kind added anything
	By                 func(name, on string) string
	OnRecord           func(number string) string
	Recordable         func(number string) string
	DayNotOver         string
	Yesterday          string
	Erased             string
	FlagRecord         string
	NoEdition          string
	NeedServer         string
	Recorded, Standing func(number string, position int) string
}

var japaneseExplained = Explained{
	Title: "記録に残した差の説明", None: "まだありません。",
	Act: "差の説明を記録に残す", ActText: "公表した値からの差をプログラムが数え、理由ごとの件数を記録します。手で入れる数字はありません。",
	Against: "くらべる相手", ByDay: "ある日の終わりまでの記録（同じ数え方）", Known: "記録の時点",
	Submit:  "数えて記録に残す",
	Edition: func(edition, known string) string { return edition + "（記録の時点 " + known + "）" },
	Until:   func(known string) string { return known + "までの記録" },
	Total:   "差", Same: "差はありません",
	By: func(name, on string) string { return on + "　" + name },
	OnRecord: func(number string) string {
		return "この差の説明は、台帳 " + number + " の記録に残っています。"
	},
	Recordable: func(number string) string { return "前の数値は、公表した " + number + " です。" },
	DayNotOver: "今日はまだ終わっていないので、今の数値との差は記録に残せません。", Yesterday: "昨日の終わりまでとくらべる",
	Erased:     "消去によって数値が変わっています。個人情報保護担当と情報システム担当に知らせてください。",
	FlagRecord: "差の説明を台帳に残す（--server と --user が要る）",
	NoEdition:  "この指標・期間・時点で公表した数値が台帳にありません。前の数値には公表した版を指定してください。",
	NeedServer: "--record は動いているサーバーに対して使います。--server を指定してください。",
	Recorded: func(number string, position int) string {
		return number + " の差の説明を記録に残しました（#" + strconv.Itoa(position) + "）"
	},
	Standing: func(number string, _ int) string {
		return number + " の同じ差の説明は、すでに記録に残っています"
	},
}

var englishExplained = Explained{
	Title: "Differences on record", None: "None yet.",
	Act: "Put the difference on record", ActText: "The program counts how the published value became another, and records the number by reason. Nothing is typed in.",
	Against: "Compared with", ByDay: "what was known at the end of a day (same definition)", Known: "Known at",
	Submit:  "Count and put on record",
	Edition: func(edition, known string) string { return edition + " (known at " + known + ")" },
	Until:   func(known string) string { return "known at " + known },
	Total:   "Difference", Same: "No difference",
	By:         func(name, on string) string { return name + ", " + on },
	OnRecord:   func(number string) string { return "This difference is on record with figure " + number + "." },
	Recordable: func(number string) string { return "The first figure was published as " + number + "." },
	DayNotOver: "Today is not over: a difference from the figure as known now cannot be put on record.", Yesterday: "Compare with the end of yesterday",
	Erased:     "Erasure has changed the figure. Tell the privacy officer and the administrators.",
	FlagRecord: "put the difference on record in the register (needs --server and --user)",
	NoEdition:  "The register holds no published figure of that indicator, period and knowledge date. Let the first figure be a published one.",
	NeedServer: "--record asks a running server. Give --server.",
	Recorded: func(number string, position int) string {
		return "The difference of " + number + " is on record (#" + strconv.Itoa(position) + ")"
	},
	Standing: func(number string, _ int) string {
		return "The same difference of " + number + " was on record already"
	},
}
