package locale

// Takeout is what the page says that saves records as a ledger.
type Takeout struct {
	Title, Lead, What, Detail, Protected, Which string
	Year, AllYears, Desk, AsOf, AsOfHint        string
	Why, Reason, ReasonHint, Again, Back, Door  string
	Whats, WhatHints, Details, DetailHints      map[string]string
	Formats, FormatHints, Reasons               map[string]string
	Columns, Files                              map[string]string
}

var japaneseTakeout = Takeout{
	Title: "台帳の書き出し", Lead: "相談、相談者、紹介の記録を、ExcelやCSVの台帳にします。自分に見えるものだけが入り、書き出したことは閲覧記録に残ります。",
	What: "何を書き出すか", Detail: "どこまで入れるか", Protected: "秘匿の人と利用停止中の人の氏名・内容は、どれを選んでも入りません。", Which: "どの記録か",
	Year: "年度", AllYears: "すべての年度", Desk: "相談窓口", AsOf: "いつの時点の記録か", AsOfHint: "空のときは、いまの記録です。例：2020-02-29",
	Why: "何のためか", Reason: "書き出す理由", ReasonHint: "閲覧記録に残ります。",
	Again: "書き出した台帳をもう一度取り込んでも、記録は増えも変わりもしません。ファイルの扱いは県の規程に従い、用が済んだら消してください。", Back: "相談者へ戻る", Door: "台帳の書き出し",
	Whats:       map[string]string{"consultations": "相談", "people": "相談者", "referrals": "紹介"},
	WhatHints:   map[string]string{"consultations": "取り消していない相談を、相談日の順に。年度は相談日で選びます。", "people": "受け付けた人を、番号の順に。年度は受け付けた日で選びます。", "referrals": "出した紹介と届いた紹介。年度は始めた日で選びます。"},
	Details:     map[string]string{"facts": "番号まで", "names": "氏名とふりがなまで", "texts": "相談の内容まで"},
	DetailHints: map[string]string{"facts": "氏名、ふりがな、内容は入りません。", "names": "電話、住所などは入りません。", "texts": "相談の台帳だけに、相談内容、回答、宿題が入ります。"},
	Formats:     map[string]string{"xlsx": "Excel（xlsx）", "csv": "CSV（UTF-8）", "sjis": "CSV（Shift_JIS）"},
	FormatHints: map[string]string{"xlsx": "どの欄も文字として入ります。", "csv": "式に見える文字の前には ' が付きます。", "sjis": "古いExcel用。Shift_JISにない文字は〓になります。"},
	Reasons:     pick(takeoutReasons, 0), Columns: pick(takeoutColumns, 0),
	Files: map[string]string{"consultations": "相談台帳", "people": "相談者台帳", "referrals": "紹介台帳"},
}

var englishTakeout = Takeout{
	Title: "Export of ledgers", Lead: "Makes an Excel or CSV ledger of consultations, people or referrals. It holds only what you may see, and the export stands in the access log.",
	What: "What to export", Detail: "How much of it", Protected: "Names and words of protected people, and of those whose use is restricted, are never in it.", Which: "Which records",
	Year: "Fiscal year", AllYears: "all years", Desk: "Desk", AsOf: "As of which day", AsOfHint: "Empty: as the records are now. For instance 2020-02-29",
	Why: "What for", Reason: "Reason of the export", ReasonHint: "It stands in the access log.",
	Again: "An exported ledger that is imported again adds and changes nothing. Handle the file by the rules of the prefecture and delete it after use.", Back: "Back to people", Door: "Export of ledgers",
	Whats:       map[string]string{"consultations": "Consultations", "people": "People", "referrals": "Referrals"},
	WhatHints:   map[string]string{"consultations": "Those not voided, by day. The year is that of the consultation.", "people": "Everybody received, by number. The year is that of the registration.", "referrals": "Sent and received ones. The year is that in which they began."},
	Details:     map[string]string{"facts": "Numbers only", "names": "With names and readings", "texts": "With what was said"},
	DetailHints: map[string]string{"facts": "No names, no readings, no words.", "names": "No phone numbers, no addresses.", "texts": "The ledger of consultations gets content, answer and homework."},
	Formats:     map[string]string{"xlsx": "Excel (xlsx)", "csv": "CSV (UTF-8)", "sjis": "CSV (Shift_JIS)"},
	FormatHints: map[string]string{"xlsx": "Every cell is text.", "csv": "What looks like a formula has an apostrophe before it.", "sjis": "For old Excel. Letters that Shift_JIS lacks are replaced."},
	Reasons:     pick(takeoutReasons, 1), Columns: pick(takeoutColumns, 1),
	Files: map[string]string{"consultations": "consultations", "people": "people", "referrals": "referrals"},
}

var takeoutReasons = map[string]pair{
	"handover": {"引継ぎ", "hand-over"}, "report": {"報告・統計", "report or statistics"}, "meeting": {"会議の資料", "papers for a meeting"}, "check": {"記録の点検", "check of records"},
	"move": {"ほかの仕組みへの移し替え", "move to another system"}, "person": {"本人の求め", "at the person's wish"},
}

// takeoutColumns are headings that the import of ledgers reads again (domain/importing).
var takeoutColumns = map[string]pair{
	"record": {"記録番号", "record"}, "no": {"番号", "no"}, "name": {"氏名", "name"}, "kana": {"ふりがな", "kana"}, "age": {"年代", "age"}, "pref": {"都道府県", "prefecture"},
	"held_on": {"相談日", "date"}, "started_at": {"開始時刻", "time"}, "ended_at": {"終了時刻", "end"}, "channel": {"相談方法", "channel"}, "categories": {"相談種別", "category"},
	"outcome": {"結果", "outcome"}, "attendee_count": {"人数", "attendees"}, "note": {"相談内容", "note"}, "answer": {"回答", "answer"}, "homework": {"宿題", "homework"},
	"desk": {"相談窓口", "desk"}, "counsellor": {"担当", "counsellor"}, "flag": {"注意", "flag"}, "student": {"学生", "student"},
	"registered_on": {"受け付けた日", "registered"}, "last_contact": {"最後の連絡", "last contact"}, "state": {"状態", "state"}, "owner": {"担当者", "owner"},
	"referral": {"紹介番号", "referral"}, "way": {"方向", "way"}, "partner": {"連携先", "partner"}, "purpose": {"目的", "purpose"}, "basis": {"根拠", "basis"},
	"begun": {"始めた日", "begun"}, "sent": {"送った日", "sent"}, "due": {"返事の期限", "due"}, "answered": {"返事の日", "answered"}, "over": {"終わった日", "over"},
}
