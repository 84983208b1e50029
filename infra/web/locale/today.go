package locale

// Today is what the counsellor's first page says.
type Today struct {
	Title                                                      string
	Heading                                                    func(day string) string
	Lists                                                      string
	Appointments, Unlogged, Late, Referrals, Confirmations     string
	Pairs, Notes                                               string
	AppointmentsNone, UnloggedNone, LateNone                   string
	ReferralsNone, ConfirmationsNone, PairsNone, NotesNone     string
	UnloggedText, ReferralsText, ConfirmationsText, AllConfirm string
	PairsText, Sent, Evidence                                  string
	AnyTime, Begin, Log, Contact, See, SeeThen, BeyondGoal     string
	Missed, Read, ChangeDue, Due, Why, SetDue, Drop, Compare   string
	Find, FindHint, New, Everywhere                            string
	Keys                                                       string
	Show, Point                                                string
	Since, Overdue, Waited, Soon, OverGoal, More, Count        func(n int) string
	NextIn, Longest, LongestOver, Passed, Unread, News         func(n int) string
	NextAt, DueOn, Highest                                     func(text string) string
	Reasons                                                    map[string]string
}

var japaneseToday = Today{
	Title: "今日", Heading: func(day string) string { return "今日　" + day }, Lists: "今日の一覧",
	Appointments: "今日の約束", Unlogged: "結果未記録", Late: "期限を過ぎた連絡", Referrals: "紹介の返事待ち", Confirmations: "入社・転入の確認待ち", Pairs: "重複候補", Notes: "申し送り",
	AppointmentsNone: "今日の約束はありません。相談者のページで約束を記録すると、ここに出ます。", UnloggedNone: "結果を記録していない約束はありません。", LateNone: "期限を過ぎた連絡はありません。",
	ReferralsNone: "返事を待つ紹介はありません。", ConfirmationsNone: "確認を待つ成果はありません。", PairsNone: "重複の候補はありません。", NotesNone: "読んでいない申し送りはありません。",
	UnloggedText: "記録するまで件数に入りません", ReferralsText: "目安 7日（縦の線）", ConfirmationsText: "確かめるまで「IJUターン就職者・移住者」に数えません。紹介した人とは別の人が確認します。",
	AllConfirm: "期限を過ぎた確認", PairsText: "70点以上を候補にします。自動では統合しません。", Sent: "出した", Evidence: "いまの証拠",
	AnyTime: "時刻なし", Begin: "記録をはじめる", Log: "結果を記録する", Contact: "連絡を記録する", See: "やりとりを見る", SeeThen: "当時の歩み", BeyondGoal: "目安を超過",
	Missed: "来なかった", Read: "読みました", ChangeDue: "期限を変える", Due: "新しい期限", Why: "理由", SetDue: "変える", Drop: "やめる", Compare: "くらべる",
	Find: "相談に来た人・連絡をくれた人を探す", FindHint: "氏名（漢字・旧字・かな）、電話、メール、LINEの名前、番号のどれでも、2文字から。", New: "新しい受付", Everywhere: "この欄へは次のキーで移ります：",
	Keys: "この画面のキー",
	Show: "表示する", Point: "点",
	Since: func(n int) string { return number(n) + "日前" }, Overdue: func(n int) string { return number(n) + "日超過" },
	Waited: func(n int) string { return number(n) + "日" }, Soon: func(n int) string { return "期限の近いもの " + number(n) + "件" },
	OverGoal: func(n int) string { return "目安を超えた " + number(n) }, More: func(n int) string {
		return "長い一覧は古い順に" + number(n) + "件まで表示しています。"
	},
	Count: func(n int) string { return number(n) + "件" },
	NextIn: func(n int) string {
		if n >= 60 {
			return "次・" + number(n/60) + "時間" + number(n%60) + "分後"
		}
		return "次・" + number(n) + "分後"
	},
	Longest: func(n int) string { return "最長 " + number(n) + "日" }, LongestOver: func(n int) string { return "最長 " + number(n) + "日超過" },
	Passed: func(n int) string { return number(n) + "日経過" }, Unread: func(n int) string { return "未読 " + number(n) },
	News:   func(n int) string { return "一覧に" + number(n) + "件の動きがあります" },
	NextAt: func(at string) string { return "次は " + at }, DueOn: func(day string) string { return "期限 " + day }, Highest: func(points string) string { return "最高 " + points + "点" },
	Reasons: map[string]string{"person_wish": "本人の希望", "no_answer": "連絡がつかない", "waiting": "返事待ち", "workload": "窓口の都合", "not_needed": "必要がなくなった"},
}

var englishToday = Today{
	Title: "Today", Heading: func(day string) string { return "Today, " + day }, Lists: "Lists of the day",
	Appointments: "Appointments", Unlogged: "No result recorded", Late: "Overdue contacts", Referrals: "Referrals awaiting an answer", Confirmations: "Awaiting confirmation", Pairs: "Possible duplicates", Notes: "Notes for you",
	AppointmentsNone: "No appointment today. One that is recorded on a person's page appears here.", UnloggedNone: "Every appointment has its result.", LateNone: "No contact is overdue.",
	ReferralsNone: "No referral awaits an answer.", ConfirmationsNone: "No outcome awaits confirmation.", PairsNone: "No records look alike.", NotesNone: "No unread note.",
	UnloggedText: "Not counted until recorded", ReferralsText: "As a rule within 7 days (the line)", ConfirmationsText: "Not counted as a placement or a move until confirmed, by somebody else than who introduced it.",
	AllConfirm: "Overdue confirmations", PairsText: "Suggested from 70 points. Nothing is merged by itself.", Sent: "Sent", Evidence: "Evidence so far",
	AnyTime: "No time", Begin: "Begin the record", Log: "Record the result", Contact: "Record the contact", See: "See the exchange", SeeThen: "Journey as known then", BeyondGoal: "longer than usual",
	Missed: "Did not come", Read: "I have read it", ChangeDue: "Change the day", Due: "New day", Why: "Reason", SetDue: "Change", Drop: "Give it up", Compare: "Compare",
	Find: "Find who has come or called", FindHint: "Name (kanji, old forms, kana), phone, mail, LINE name or number, from two characters.", New: "New consultee", Everywhere: "This key leads here:",
	Keys: "Keys of this page",
	Show: "Show", Point: "points",
	Since: func(n int) string { return days(n) + " ago" }, Overdue: func(n int) string { return days(n) + " overdue" },
	Waited: days, Soon: func(n int) string { return number(n) + " due soon" },
	OverGoal: func(n int) string { return number(n) + " beyond the usual" }, More: func(n int) string { return "Long lists show their oldest " + number(n) + "." },
	Count: number,
	NextIn: func(n int) string {
		if n >= 60 {
			return "Next, in " + number(n/60) + " h " + number(n%60) + " min"
		}
		return "Next, in " + number(n) + " min"
	},
	Longest: func(n int) string { return "longest " + days(n) }, LongestOver: func(n int) string { return "longest " + days(n) + " overdue" },
	Passed: func(n int) string { return days(n) }, Unread: func(n int) string { return number(n) + " unread" },
	News: func(n int) string {
		if n == 1 {
			return "1 change in these lists"
		}
		return number(n) + " changes in these lists"
	},
	NextAt: func(at string) string { return "next at " + at }, DueOn: func(day string) string { return "Due " + day }, Highest: func(points string) string { return "up to " + points + " points" },
	Reasons: map[string]string{"person_wish": "The person's wish", "no_answer": "No answer", "waiting": "Waiting for an answer", "workload": "The desk's workload", "not_needed": "No longer needed"},
}

func days(n int) string { return plural(n, "day", "days") }
