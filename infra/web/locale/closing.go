package locale

import "fmt"

// Closing is what the pages say on which a fiscal year is closed.
type Closing struct {
	Title                              string
	Heading                            func(year string) string
	Year, Show                         string
	States                             map[string]string
	Start, StartText, StartButton      string
	StartWho                           string
	Cutoffs, CutoffsHint               string
	Kind, To, Known, Frozen, ClosedBy  string
	NotSet, NotFrozen                  string
	FrozenAt                           func(day string, position string) string
	SetCutoff, SetCutoffHint, SetIt    string
	DateHint                           string
	Gates                              func(kind string) string
	GatesNow                           func(to string) string
	GatesKnown                         func(to, day string) string
	Gate, Found, Limit, Result, List   string
	Passes, Fails, Waived              string
	None                               string
	Percent                            func(percent int) string
	LateFound                          func(late, entries int) string
	Waiving                            func(gate, found string) string
	Limits                             map[string]string
	Rules                              map[string]string
	Open                               func(n int) string
	Rest                               func(n int) string
	RecordedOn                         func(day string) string
	BlankOf                            func(name string) string
	Check, CheckText, Checked, Never   string
	CheckedBy                          func(who, day string) string
	CheckPassed, CheckFailed           string
	CheckEarly                         string
	Close, CloseText, CloseButton      string
	CloseSelf, CloseWait, CloseUncheck string
	CloseNoCutoff, CloseWho            string
	Waive, WaiveText                   string
	Reopen, ReopenText, ReopenButton   string
	Reason                             string
	History                            string
	CutoffsTable, GatesTable           string
	HistoryTable                       string
	Number, What, Who, When, Detail    string
}

var japaneseClosing = Closing{
	Title: "締め", Heading: func(year string) string { return "締め　" + year }, Year: "年度", Show: "表示",
	States: map[string]string{"": "開始前", "running": "受付中", "checked": "確認済み", "closed": "締め済み"},
	Start:  "この年度の締めはまだ始めていません", StartText: "始めると、集計日を決めて確認と締めができます。記録や数値は変わりません。", StartButton: "締めを始める",
	StartWho: "分析担当が始めます。",
	Cutoffs:  "集計日", CutoffsHint: "何のために、どの日までを、どの時点の記録で数えるか。締めたものは変わりません。",
	Kind: "何のため", To: "数える最後の日", Known: "記録の時点", Frozen: "締めた時点", ClosedBy: "締めた人", NotSet: "未設定", NotFrozen: "まだ",
	FrozenAt:  func(day, position string) string { return day + "に締め　" + position + "まで" },
	SetCutoff: "集計日を決める", SetCutoffHint: "年度の締めは年度の最後の日までを数えます。", SetIt: "決める", DateHint: "例：令和2年4月30日",
	Gates:    func(kind string) string { return "締める前の確認　" + kind },
	GatesNow: func(to string) string { return to + "までの分を、今の記録で数えています。" },
	GatesKnown: func(to, day string) string {
		return to + "までの分を、" + day + "24時までの記録で数えています。この時点は過ぎたので、数は変わりません。"
	},
	Gate: "確かめること", Found: "件数", Limit: "基準", Result: "結果", List: "記録",
	Passes: "合格", Fails: "不合格", Waived: "承知で締めた", None: "ありません。",
	Percent:   func(percent int) string { return fmt.Sprintf("全体の%d%%まで", percent) },
	LateFound: func(late, entries int) string { return fmt.Sprintf("%s / %s", number(late), number(entries)) },
	Waiving:   func(gate, found string) string { return gate + "　" + found + "件" },
	Limits:    map[string]string{"unconfirmed": "0件", "duplicates": "0件", "open_referrals": "0件", "blank_actuals": "0件"},
	Rules: map[string]string{
		"unconfirmed":    "就職・転入の日から30日を過ぎても証憑の確認がないもの。",
		"duplicates":     "同じ人かもしれない2件の記録で、統合も否定もされていないもの。どちらかにこの期間の相談か成果があるもの。",
		"open_referrals": "この期間に始めた紹介で、まだ終わっていないもの。",
		"late":           "相談と成果のうち、翌月の第5開庁日より後に記録したもの。分母はこの期間の相談と成果のすべて。",
		"blank_actuals":  "この年度の工程表の指標で、実績値も空欄の理由もないもの。",
	},
	Open:       func(n int) string { return number(n) + "件を見る" },
	Rest:       func(n int) string { return "ほかに" + number(n) + "件" },
	RecordedOn: func(day string) string { return "記録 " + day },
	BlankOf:    func(name string) string { return name + "：実績値が空欄" },
	Check:      "確認を記録する", CheckText: "いまの数を、だれがいつ確かめたかとともに残します。数はコンピューターが数えたもので、入力はできません。",
	Checked: "最後の確認", Never: "まだ確認していません。",
	CheckedBy:   func(who, day string) string { return day + "　" + who },
	CheckPassed: "すべて合格", CheckFailed: "不合格あり",
	CheckEarly: "記録の時点が過ぎる前の確認です。締めるには、過ぎてからもう一度確認してください。",
	Close:      "締める", CloseText: "この時点の記録を、この先も変わらない数え方の基準として残します。", CloseButton: "締める",
	CloseSelf: "確認した人は締められません。ほかの決裁者に頼んでください。", CloseWait: "記録の時点がまだ過ぎていません。過ぎてから締めてください。",
	CloseUncheck: "この集計日での確認がまだです。分析担当が確認を記録すると締められます。", CloseNoCutoff: "集計日が決まっていません。",
	CloseWho: "締めるのは、確認した人とは別の決裁者です。",
	Waive:    "承知で締める項目", WaiveText: "不合格の項目は、名前を選んで承知したことを記録に残します。",
	Reopen: "締めを解く", ReopenText: "年度をもう一度受付中に戻します。前の締めは記録に残り、公表した数値は変わりません。", ReopenButton: "締めを解く",
	Reason:  "理由",
	History: "これまでの動き", CutoffsTable: "集計日の表", GatesTable: "確認の表", HistoryTable: "動きの表",
	Number: "番号", What: "出来事", Who: "だれが", When: "いつ", Detail: "内容",
}

var englishClosing = Closing{
	Title: "Closing", Heading: func(year string) string { return "Closing, " + year }, Year: "Fiscal year", Show: "Show",
	States: map[string]string{"": "not begun", "running": "open", "checked": "checked", "closed": "closed"},
	Start:  "Closing of this year has not begun", StartText: "Once begun, cut-offs can be set, checked and closed. No record and no figure changes.", StartButton: "Begin closing",
	StartWho: "An analyst begins it.",
	Cutoffs:  "Cut-offs", CutoffsHint: "What for, up to which day, and as known when. What is closed never changes.",
	Kind: "For", To: "Counted up to", Known: "Known on", Frozen: "Closed as of", ClosedBy: "Closed by", NotSet: "not set", NotFrozen: "not yet",
	FrozenAt:  func(day, position string) string { return "closed on " + day + ", up to " + position },
	SetCutoff: "Set a cut-off", SetCutoffHint: "The year close counts up to the last day of the year.", SetIt: "Set", DateHint: "such as 2020-04-30",
	Gates:    func(kind string) string { return "Before closing: " + kind },
	GatesNow: func(to string) string { return "Up to " + to + ", counted from the records as they are now." },
	GatesKnown: func(to, day string) string {
		return "Up to " + to + ", counted from what was known at the end of " + day + ". That day is over: the numbers stay."
	},
	Gate: "Gate", Found: "Found", Limit: "Limit", Result: "Result", List: "Records",
	Passes: "passes", Fails: "does not pass", Waived: "waived", None: "None.",
	Percent:   func(percent int) string { return fmt.Sprintf("up to %d%% of all", percent) },
	LateFound: func(late, entries int) string { return number(late) + " of " + number(entries) },
	Waiving:   func(gate, found string) string { return gate + ": " + found },
	Limits:    map[string]string{"unconfirmed": "0", "duplicates": "0", "open_referrals": "0", "blank_actuals": "0"},
	Rules: map[string]string{
		"unconfirmed":    "Jobs and moves without confirmed evidence 30 days after their date.",
		"duplicates":     "Two records that may be one person, neither merged nor told apart, of which one has a session or an outcome in this period.",
		"open_referrals": "Referrals that began in this period and have no end.",
		"late":           "Sessions and outcomes recorded after the 5th working day of the following month, out of all sessions and outcomes of this period.",
		"blank_actuals":  "Indicators of the year's sheet with neither an actual nor a reason for the blank.",
	},
	Open:       func(n int) string { return "show " + number(n) },
	Rest:       func(n int) string { return number(n) + " more" },
	RecordedOn: func(day string) string { return "recorded " + day },
	BlankOf:    func(name string) string { return name + ": no actual" },
	Check:      "Record the check", CheckText: "Keeps these numbers with who checked them and when. They are counted here and cannot be typed.",
	Checked: "Last check", Never: "Not checked yet.",
	CheckedBy:   func(who, day string) string { return day + ", " + who },
	CheckPassed: "all pass", CheckFailed: "some do not pass",
	CheckEarly: "Checked before the known day was over. Check again after it to close.",
	Close:      "Close", CloseText: "Freezes what was known then as what figures of this kind are counted from.", CloseButton: "Close",
	CloseSelf: "Who checked cannot close. Ask another approving officer.", CloseWait: "The known day is not over yet. Close after it.",
	CloseUncheck: "This cut-off has not been checked. It can be closed once an analyst has recorded the check.", CloseNoCutoff: "No cut-off is set.",
	CloseWho: "An approving officer closes, never the one who checked.",
	Waive:    "Close in spite of", WaiveText: "What does not pass is named, and the record says that it was accepted.",
	Reopen: "Reopen", ReopenText: "Opens the year again. The earlier closing stays on record, and no published figure changes.", ReopenButton: "Reopen",
	Reason:  "reason",
	History: "What happened", CutoffsTable: "Table of cut-offs", GatesTable: "Table of gates", HistoryTable: "Table of what happened",
	Number: "Number", What: "Event", Who: "By", When: "When", Detail: "Content",
}

// closingRefusalTexts are the refusals of closing a fiscal year.
var closingRefusalTexts = map[string]pair{
	"period.stream":       {"記録の番号が県と年度に合いません。番号を確かめてください。", "The id does not match the prefecture and the fiscal year. Check it."},
	"period.state":        {"いまの状態ではできません。年度が締まっているか確かめてください。", "That cannot be done in this state. Check whether the year is closed."},
	"period.cutoff_to":    {"数える最後の日がこの年度に合いません。年度の締めは3月31日にしてください。", "The last day does not fit the year. For the year close enter 31 March."},
	"period.known_before": {"記録の時点が数える最後の日より前です。後の日にしてください。", "The known day lies before the last day counted. Enter a later day."},
	"period.no_cutoff":    {"集計日が決まっていません。先に決めてください。", "No cut-off is set. Set one first."},
	"period.cutoff":       {"記録の時点が決めた集計日と違います。いまの集計日を見て、もう一度選んでください。", "The known day is not that of the cut-off. Look at the cut-off as it is now and choose again."},
	"period.unchecked":    {"この時点での確認がまだです。時点が過ぎてから確認を記録してください。", "This cut-off is not checked. Record a check after its known day."},
	"period.gates":        {"不合格の項目があります。片づけるか、承知する項目に選んでください。", "Some gates do not pass. Settle what is open, or choose them to be waived."},
	"workplan.gates":      {"公表する前の確認に不合格の項目があります。片づけるか、承知する項目と理由を選んでください：{gates}", "These gates do not pass: {gates}. Settle what is open, or choose them with a reason to publish without."},
	"workplan.waiver":     {"確認を免除する理由を書いてください。", "Say why the gates are waived."},
	"period.gate_passed":  {"合格した項目が選ばれています。不合格の項目だけを選んでください。", "A gate that passes was chosen. Choose only those that do not."},
	"period.same_officer": {"確認した人は締められません。ほかの決裁者に頼んでください。", "Who checked cannot close. Ask another approving officer."},
	"period.known_at":     {"記録の時点がまだ過ぎていません。過ぎた日にしてください。", "The known day is not over. Choose a day in the past."},
	"audit.state":         {"監査がその段階にないか、この監査に従事していません。監査の状態と従事の記録を確かめてください。", "The audit is not at that step, or you are not engaged in it. Check its state and your engagement."},
	"audit.item":          {"その番号ではほかのものを請求しています。別の番号にしてください。", "That item asks for something else. Use another number."},
	"period.behind":       {"数えるための表が追いついていません。少し待ってから、もう一度試してください。", "The read models have not caught up. Wait a moment and try again."},
}
