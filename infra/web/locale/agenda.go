package locale

// Agenda is what the weeks of appointments and tasks say.
type Agenda struct {
	Title                                            string
	Week                                             func(first, last string) string
	Count, More                                      func(n int) string
	Own, Desk, Whose, Before, Next, Now, Weeks       string
	Empty, EmptyDay, Closed, Today                   string
	Chosen, Record, EndedBy, Log, Person, New        string
	Who, WhoHint, Anyway                             string
	Nobody, NoCase, Taken                            func(typed string) string
	After                                            func(kind string, months int) string
	Ended, Acts                                      map[string]string
	Keys, KeyBefore, KeyNow, KeyRow, KeyOpen, Choose string
	FromToday, FromPerson, Feed                      string
	FeedTitle, FeedName, FeedLead, FeedHolds         string
	FeedMade, FeedNone, FeedNew, FeedAgain, FeedEnd  string
	FeedOnce, FeedEnded, FeedSecret, FeedAddress     string
}

var japaneseAgenda = Agenda{
	Title: "予定", Week: func(first, last string) string { return first + "から" + last + "の週" },
	Count: func(n int) string { return number(n) + "件" }, More: func(n int) string {
		return "約束と連絡のそれぞれ" + number(n) + "件まで表示しています。"
	},
	Own: "自分の予定", Desk: "窓口の全員", Whose: "だれの予定か", Before: "前の週", Next: "次の週", Now: "今週", Weeks: "週を移る",
	Empty: "この週に予定はありません。下の「予定を入れる」から、約束や連絡の期限を入れられます。", EmptyDay: "予定なし", Closed: "休日", Today: "今日",
	Chosen: "選んだ予定", Record: "記録", EndedBy: "結果の記録", Log: "結果を記録する", Person: "相談者", New: "予定を入れる",
	Who: "相談者の番号", WhoHint: "例 P-00012", Anyway: "重なることを承知で入れる",
	Nobody: func(typed string) string {
		return "「" + typed + "」の相談者は見つかりません。番号を確かめてください。"
	},
	NoCase: func(typed string) string {
		return "「" + typed + "」の支援は終了しています。相談者のページで再開してから入れてください。"
	},
	Taken: func(at string) string {
		return at + " には、この窓口の別の約束があります。時刻を変えるか、重なることを承知で入れてください。"
	},
	After: func(kind string, months int) string { return kind + "（" + number(months) + "か月）" },
	Ended: map[string]string{"held": "相談した", "missed": "来なかった", "cancelled": "取りやめ", "done": "済み", "dropped": "やめた"},
	Acts: map[string]string{
		"case.make_booking": "約束を入れる", "case.change_booking": "日時を変える", "case.miss_booking": "来なかった", "case.cancel_booking": "取りやめる",
		"case.plan_task": "連絡や確認の期限を入れる", "case.do_task": "済みにする", "case.reschedule_task": "期限を変える", "case.drop_task": "やめる",
		"case.check_employment": "在籍を確かめた結果を記録する", "case.check_stay": "定着を確かめた結果を記録する",
	},
	Keys: "この画面のキー", KeyBefore: "前の週・次の週", KeyNow: "今週", KeyRow: "次の予定・前の予定", KeyOpen: "予定をひらく", Choose: "ひらく",
	FromToday: "今週の予定", FromPerson: "予定を入れる", Feed: "カレンダーに取り込む",
	FeedTitle: "カレンダーへの取り込み", FeedName: "歩み 予定", FeedLead: "自分の約束と連絡の期限を、Outlook などのカレンダーが定期的に読み取れます。",
	FeedHolds: "入るのは、相談者の番号、種類、場所、日時だけです。氏名や書いた内容は入らず、入れる設定もありません。過去30日から先400日までです。",
	FeedMade:  "アドレスを作った日時", FeedNone: "アドレスはまだありません。", FeedNew: "アドレスを作る", FeedAgain: "アドレスを作り直す", FeedEnd: "取り込みをやめる",
	FeedOnce: "このアドレスは、いま一度だけ表示します。カレンダーの「インターネットから購読」に貼り付けてください。", FeedEnded: "取り込みをやめました。これまでのアドレスでは何も読めません。",
	FeedSecret: "アドレスを知る人はだれでも読めます。人に教えず、漏れたときは作り直してください。作り直すと、前のアドレスは使えなくなります。", FeedAddress: "アドレス",
}

var englishAgenda = Agenda{
	Title: "Calendar", Week: func(first, last string) string { return "Week of " + first + " to " + last },
	Count: func(n int) string { return plural(n, "entry", "entries") }, More: func(n int) string {
		return "Up to " + number(n) + " appointments and " + number(n) + " tasks are shown."
	},
	Own: "Mine", Desk: "Everybody at the desk", Whose: "Whose calendar", Before: "Week before", Next: "Next week", Now: "This week", Weeks: "Go to a week",
	Empty: "Nothing is planned in this week. An appointment or a task can be planned below.", EmptyDay: "Nothing planned", Closed: "Holiday", Today: "today",
	Chosen: "Chosen", Record: "Record", EndedBy: "Record of the result", Log: "Record the result", Person: "Person", New: "Plan",
	Who: "Number of the person", WhoHint: "e.g. P-00012", Anyway: "Book it although another is at that time",
	Nobody: func(typed string) string { return "No person is known as " + typed + ". Please check the number." },
	NoCase: func(typed string) string {
		return "The support of " + typed + " is closed. Resume it on the person's page first."
	},
	Taken: func(at string) string {
		return "The desk has another appointment on " + at + ". Choose another time, or book it knowing so."
	},
	After: func(kind string, months int) string { return kind + " (" + plural(months, "month", "months") + ")" },
	Ended: map[string]string{"held": "held", "missed": "did not come", "cancelled": "cancelled", "done": "done", "dropped": "given up"},
	Acts: map[string]string{
		"case.make_booking": "Book an appointment", "case.change_booking": "Move it", "case.miss_booking": "Did not come", "case.cancel_booking": "Cancel it",
		"case.plan_task": "Plan a task", "case.do_task": "Done", "case.reschedule_task": "Give it another day", "case.drop_task": "Give it up",
		"case.check_employment": "Record whether the person still works there", "case.check_stay": "Record whether they still live there",
	},
	Keys: "Keys of this page", KeyBefore: "week before, next week", KeyNow: "this week", KeyRow: "next entry, previous entry", KeyOpen: "open the entry", Choose: "Open",
	FromToday: "This week", FromPerson: "Plan something", Feed: "Subscribe in a calendar program",
	FeedTitle: "Calendar feed", FeedName: "Ayumi calendar", FeedLead: "A calendar program such as Outlook can read your appointments and tasks from time to time.",
	FeedHolds: "It holds the person's number, the kind, the place and the time, and nothing else: no names and nothing that was written, and no setting adds them. It reaches from 30 days back to 400 days ahead.",
	FeedMade:  "Address made", FeedNone: "There is no address yet.", FeedNew: "Make an address", FeedAgain: "Make a new address", FeedEnd: "End the feed",
	FeedOnce: "This address is shown now and never again. Paste it where your calendar program subscribes to a calendar from the internet.", FeedEnded: "The feed has ended. Its address opens nothing any more.",
	FeedSecret: "Whoever knows the address can read it. Keep it to yourself, and make a new one if it becomes known: the one before stops working.", FeedAddress: "Address",
}
