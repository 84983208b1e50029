package locale

import "fmt"

// Outreach is what the pages of meetings, mailings and channels say.
type Outreach struct {
	Title, Coming, Over, Public, Totals       string
	Heading                                   func(year string) string
	NoneComing, NoneOver, NonePublic          string
	Table, ListTable                          func(name string) string
	Number, Name, When, Place, State          string
	Channel, Count                            string
	Meetings, Listed, Came, Absent, Open      string
	Became, Rate, RateHint, Candidates, None  string
	Yes, Voided                               string
	Recipients                                func(n int) string
	Followers                                 func(n int, day string) string
	YearOf                                    func(n int) string
	States, Acts                              map[string]string
	Save, EndsHint, SeriesHint, NewHint       string
	EventTitle, SlipsTitle                    func(number string) string
	Facts, Turnout, Attendees, NoAttendees    string
	NoAttendeesText                           string
	AttendeeName, Contact, Mark               string
	Student, MarkCame, MarkAbsent             string
	Convert, Void, Door, DoorText             string
	Persons, NoPersons, OnLine                string
	Paste, PasteHint, PasteLabel, PasteSubmit string
	NameCell, NameMissing, TooManyCells       string
	NothingPasted                             string
	StudentCells                              map[string]bool
	StudentUnread                             func(cell string) string
	TooMany                                   func(most int) string
	Line                                      func(n int, what string) string
	Slips, SlipsLead, SlipText, SlipCode      string
	NoSlips, Begin                            string
}

var studentCells = map[string]bool{"": false, "0": false, "no": false, "いいえ": false, "一般": false, "社会人": false, "×": false,
	"1": true, "yes": true, "student": true, "学生": true, "はい": true, "○": true, "〇": true}

var japaneseOutreach = Outreach{
	Title: "催し", Coming: "これからの催し", Over: "終わった催し", Public: "一斉案内と常設の案内先", Totals: "この年度の合計",
	Heading:    func(year string) string { return "催し　" + year },
	NoneComing: "予定はありません。", NoneOver: "この年度に終わった催しはありません。", NonePublic: "まだありません。",
	Table: func(name string) string { return name + "の表" }, ListTable: func(name string) string { return name + "の参加者の表" },
	Number: "番号", Name: "名称", When: "日", Place: "場所", State: "状態", Channel: "手段", Count: "数",
	Meetings: "開催した催し", Listed: "名簿", Came: "来た", Absent: "来なかった", Open: "未確認", Became: "相談者になった", Rate: "相談につながった割合", RateHint: "名簿で「来た」人のうち、相談者になった人の割合です。",
	Candidates: "参加した相談者", None: "－", Yes: "はい", Voided: "取り消し",
	Recipients: func(n int) string { return number(n) + "件に送信" }, Followers: func(n int, day string) string { return number(n) + "人（" + day + "）" },
	YearOf: func(n int) string { return fmt.Sprintf("%d年目", n) },
	States: map[string]string{"scheduled": "予定", "held": "開催済み", "cancelled": "中止"},
	Acts: map[string]string{
		"outreach.schedule": "催しを予定する", "outreach.send_mailing": "一斉案内を記録する", "outreach.open_channel": "常設の案内先を開く",
		"outreach.list_attendee": "参加者を1人加える", "outreach.hold": "開催した", "outreach.change": "予定を変える", "outreach.cancel": "中止する", "outreach.count_attendance": "参加者数を記録する",
		"outreach.attend_person": "相談者が参加した", "outreach.count_followers": "登録者数を記録する",
	},
	Save: "記録する", EndsHint: "1日だけの催しは空欄でかまいません。", SeriesHint: "シリーズの名前を入れたときだけ。", NewHint: "日付は「2月8日」「R2.2.8」のように書けます。",
	EventTitle: func(n string) string { return "催し " + n }, SlipsTitle: func(n string) string { return "参加票 " + n },
	Facts: "内容", Turnout: "参加の状況", Attendees: "参加者の名簿", NoAttendees: "名簿はまだありません。", NoAttendeesText: "申込みの一覧を貼り付けるか、1人ずつ加えます。",
	AttendeeName: "氏名", Contact: "連絡先", Mark: "受付", Student: "学生", MarkCame: "来た", MarkAbsent: "来なかった",
	Convert: "相談者に結び付ける", Void: "取り消す", Door: "この人の受付", DoorText: "参加票のコードから開きました。",
	Persons: "参加した相談者", NoPersons: "相談者の参加はまだ記録されていません。", OnLine: "LINEに登録",
	Paste: "名簿を貼り付ける", PasteHint: "1行に1人。氏名・ふりがな・連絡先・学生（はい／いいえ）の順に、表計算からそのまま貼り付けるか、「,」で区切ります。氏名だけでもかまいません。", PasteLabel: "名簿", PasteSubmit: "名簿に加える",
	NameCell: "氏名", NameMissing: "氏名がありません。", TooManyCells: "欄が多すぎます。氏名・ふりがな・連絡先・学生の4つまでです。", NothingPasted: "1行もありません。氏名を1行に1人ずつ入れてください。",
	StudentCells: studentCells, StudentUnread: func(cell string) string {
		return "学生の欄「" + cell + "」が読めません。「はい」か「いいえ」にしてください。"
	},
	TooMany: func(most int) string {
		return fmt.Sprintf("一度に貼り付けられるのは%d人までです。分けてください。", most)
	},
	Line:  func(n int, what string) string { return fmt.Sprintf("%d行目：%s", n, what) },
	Slips: "参加票", SlipsLead: "受付でコードを読むと、その人の行が開きます。コードに氏名は入っていません。", SlipText: "受付でこの票をお見せください。", SlipCode: "受付のコード", NoSlips: "名簿がありません。", Begin: "新しく記録する",
}

var englishOutreach = Outreach{
	Title: "Events", Coming: "Coming", Over: "Past", Public: "Mailings and channels", Totals: "This year in total",
	Heading:    func(year string) string { return "Events, " + year },
	NoneComing: "Nothing is planned.", NoneOver: "No event of this year is over.", NonePublic: "There are none yet.",
	Table: func(name string) string { return "Table: " + name }, ListTable: func(name string) string { return "Attendees of " + name },
	Number: "Number", Name: "Name", When: "Day", Place: "Place", State: "State", Channel: "Channel", Count: "Count",
	Meetings: "Events held", Listed: "On the list", Came: "Came", Absent: "Did not come", Open: "Not noted", Became: "Became a consultee", Rate: "Conversion rate", RateHint: "The share of those who came, as the list says, and became consultees.",
	Candidates: "Consultees who attended", None: "–", Yes: "Yes", Voided: "Voided",
	Recipients: func(n int) string { return "sent to " + number(n) }, Followers: func(n int, day string) string { return number(n) + " (" + day + ")" },
	YearOf: func(n int) string { return fmt.Sprintf("year %d", n) },
	States: map[string]string{"scheduled": "Planned", "held": "Held", "cancelled": "Cancelled"},
	Acts: map[string]string{
		"outreach.schedule": "Plan an event", "outreach.send_mailing": "Record a mailing", "outreach.open_channel": "Open a channel",
		"outreach.list_attendee": "Add one attendee", "outreach.hold": "It took place", "outreach.change": "Change the plan", "outreach.cancel": "Cancel it", "outreach.count_attendance": "Record how many came",
		"outreach.attend_person": "A consultee attended", "outreach.count_followers": "Record the followers",
	},
	Save: "Record", EndsHint: "May stay empty for an event of one day.", SeriesHint: "Only with the name of a series.", NewHint: "A date may be typed as 8 Feb or R2.2.8.",
	EventTitle: func(n string) string { return "Event " + n }, SlipsTitle: func(n string) string { return "Attendance slips " + n },
	Facts: "What it is", Turnout: "Turnout", Attendees: "Attendance list", NoAttendees: "There is no list yet.", NoAttendeesText: "Paste the list of those who signed up, or add them one by one.",
	AttendeeName: "Name", Contact: "Contact", Mark: "Check-in", Student: "Student", MarkCame: "Came", MarkAbsent: "Did not come",
	Convert: "Tie to a consultee", Void: "Void", Door: "Check this one in", DoorText: "Opened from the code of the slip.",
	Persons: "Consultees who attended", NoPersons: "No attendance of a consultee is recorded yet.", OnLine: "registered on LINE",
	Paste: "Paste a list", PasteHint: "One a line: name, reading, contact, student (yes or no), as copied from a spreadsheet or parted by commas. The name alone will do.", PasteLabel: "List", PasteSubmit: "Put on the list",
	NameCell: "Name", NameMissing: "The name is missing.", TooManyCells: "Too many cells: name, reading, contact and student are all.", NothingPasted: "There is no line. Type one name a line.",
	StudentCells: studentCells, StudentUnread: func(cell string) string {
		return "The cell “" + cell + "” for student cannot be read. Write yes or no."
	},
	TooMany: func(most int) string { return fmt.Sprintf("At most %d at once. Please paste in parts.", most) },
	Line:    func(n int, what string) string { return fmt.Sprintf("Line %d: %s", n, what) },
	Slips:   "Attendance slips", SlipsLead: "Reading the code at the desk opens the line of its holder. It holds no name.", SlipText: "Please show this slip at the desk.", SlipCode: "Code for the desk", NoSlips: "There is no list.", Begin: "Record something new",
}
