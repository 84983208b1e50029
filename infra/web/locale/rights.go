package locale

import "fmt"

// EntryLine is one line of the entry of a file of personal data.
type EntryLine struct{ Label, Value string }

// Rights is what the pages of data-protection matters and record volumes say.
type Rights struct {
	Title, Lead, Volumes, FileRegister, Tabs     string
	Heading                                      func(kind, number string) string
	Overdue, DaysLeft                            func(days int) string
	DueToday                                     string
	States, VolumeStates, Acts                   map[string]string
	Stopped, DecidedOn                           func(day string) string
	NoReport, WishOpen, WishRestricted, ToErase  string
	Ask, Suspect, Save, PersonHint, HappenedOn   string
	Begin                                        string
	OpenMatters, OverMatters, NoneOpen, NoneOver string
	NoneOpenText                                 string
	Wishes, WishesText, NoWishes                 string
	Erasing, ErasingText                         string
	Number, Kind, Person, State, Received, Due   string
	Left, Record                                 string
	NotChecked, Checked, Identity, Result        string
	ExecutedOn, MayCorrectUntil                  string
	Period, Stood, Extended                      string
	Days, Years                                  func(n int) string
	Moved                                        func(counted string) string
	NotYet, InTime, Late                         string
	Reportable                                   map[string]string
	WordsClosed, WordsOver                       string
	WaitsFor                                     func(act, role string) string
	FactsHeading, ClockHeading, WordsHeading     string
	ActsHeading, HistoryHeading                  string
	ReportsHeading, Stage, Made                  string
	PackageHeading, PackageText                  string
	PackageFile                                  map[string]string
	PackageTitle                                 func(person string) string
	PackageIntro                                 func(matter string, records, masked int) []string
	PackageRecords, PackageAttachments           string
	PackageMark                                  string
	PackageFoot                                  func(position int, at string) []string
	MaskedHere                                   func(n int) string
	MaskMark, PackageCheck                       string

	VolumesLead, NoVolumes, NoVolumesText string
	OpenVolume, SeriesHint                string
	ListDigest, OpinionWords              string
	VolumeTitle                           func(year string) string
	VolumeHeading                         func(number string) string
	VolumeName, Year, Kept, Cases, Next   string
	FromTo                                func(from, to string) string
	OnHold, ToClose, Filling, ToList      string
	OpinionsUntil                         func(day string) string
	ToEnd                                 map[string]string
	EndsSoon, KeptYears                   func(n int) string
	Met, NotMet                           string
	StepsHeading                          string
	StepRetention                         func(day string) string
	StepListed, StepComment, StepHold     string
	OpinionsHeading, NoOpinions           string
	CasesHeading, NoCases, ListFile       string
	EraseHeading, EraseText               string

	RegisterLead            string
	PersonsNow              func(held, limit string) string
	Persons, OrMore         func(n string) string
	EntryDue, EntryNotDue   string
	EntryBody, EntryPersons string
	EntryKept               string
	Entry                   []EntryLine
	EntryNote               func(day string) string
}

var japaneseRights = Rights{
	Title: "開示等の請求", Lead: "開示・訂正・利用停止の請求と、漏えいの対応。期限は請求の翌日から数え、補正のあいだは進みません。", Volumes: "簿冊", FileRegister: "個人情報ファイル簿", Tabs: "請求と簿冊",
	Heading: func(kind, number string) string { return kind + "　" + number },
	Overdue: func(days int) string { return fmt.Sprintf("期限を%d日過ぎています", days) }, DaysLeft: func(days int) string { return fmt.Sprintf("あと%d日", days) }, DueToday: "期限は今日です",
	States: map[string]string{
		"received": "受付", "checked": "本人確認済み", "stopped": "補正中", "decided": "決定済み", "executed": "実施済み", "withdrawn": "取下げ", "closed": "終了", "suspected": "疑い", "assessed": "評価済み",
	},
	VolumeStates: map[string]string{"open": "作成中", "retained": "保存中", "held": "廃棄の保留", "listed": "廃棄予定を公表", "disposed": "廃棄済み", "transferred": "公文書館へ移管済み"},
	Acts: map[string]string{
		"rights.check_identity": "本人を確かめた", "rights.stop_clock": "補正を求める（期限を止める）", "rights.resume_clock": "補正が済んだ（期限を進める）", "rights.extend": "期限を延長する",
		"rights.decide": "決定する", "rights.execute": "決定を実施した", "rights.withdraw": "取下げ", "rights.close": "終了する",
		"rights.assess_breach": "評価を記録する", "rights.report_breach": "報告・通知を記録する", "rights.close_breach": "対応を終了する",
		"volume.close": "簿冊を完結する", "volume.list_disposal": "廃棄等の予定を公表した", "volume.extend_retention": "保存期間を延長する", "volume.place_hold": "廃棄を保留する", "volume.lift_hold": "保留を解除する",
		"volume.receive_opinion": "意見を記録する", "volume.dispose": "廃棄する", "volume.transfer": "公文書館へ移管する",
	},
	Stopped: func(day string) string { return day + "から停止中" }, DecidedOn: func(day string) string { return day + "に決定" },
	NoReport: "報告の対象外", WishOpen: "確認がまだ", WishRestricted: "利用を制限中", ToErase: "消去の指示待ち",
	Ask: "請求を受け付ける", Suspect: "漏えい等の疑いを記録する", Save: "記録する", PersonHint: "P-00001 のような番号", HappenedOn: "日付", Begin: "新しい手続き",
	OpenMatters: "進行中の手続き", OverMatters: "終わった手続き", NoneOpen: "進行中の手続きはありません。", NoneOver: "まだありません。", NoneOpenText: "請求書が届いたら「請求を受け付ける」から始めます。",
	Wishes: "連絡・利用をやめてほしいという申出", WishesText: "法律上の請求ではありません。連絡と提供は申出のときに止めています。早く消去してよいかを、文書の規則に照らして確かめます。", NoWishes: "申出はありません。",
	Erasing: "消去の指示を待つ人", ErasingText: "利用停止で消去と決まった人です。数値が動かないことを確かめて、消去を指示します。",
	Number: "番号", Kind: "種類", Person: "人", State: "状態", Received: "受け付けた日", Due: "期限", Left: "残り", Record: "記録",
	NotChecked: "まだ", Checked: "済み", Identity: "本人確認", Result: "決定", ExecutedOn: "実施した日", MayCorrectUntil: "訂正・利用停止を請求できる最後の日",
	Period: "決定までの日数", Stood: "補正で止まった日数", Extended: "延長した日数",
	Days: func(n int) string { return fmt.Sprintf("%d日", n) }, Years: func(n int) string { return fmt.Sprintf("%d年", n) },
	Moved:  func(counted string) string { return "（" + counted + "が閉庁日のため、次の開庁日）" },
	NotYet: "まだ", InTime: "期限内", Late: "期限の後",
	Reportable:  map[string]string{"yes": "個人情報保護委員会へ報告する", "no": "報告の対象ではない"},
	WordsClosed: "請求の文面と確かめた書類は、個人情報担当が見ます。", WordsOver: "終わった手続きの文面は開きません。",
	WaitsFor:     func(act, role string) string { return "次は「" + act + "」。" + role + "が行います。" },
	FactsHeading: "いまの状態", ClockHeading: "期限", WordsHeading: "文面", ActsHeading: "次にすること", HistoryHeading: "記録",
	ReportsHeading: "報告と通知（漏えい等対応票）", Stage: "段階", Made: "行った日",
	PackageHeading: "本人に渡すもの", PackageText: "この人について持っている記録のすべてです。第三者の情報は除き、除いた数を書きます。開いたことは閲覧記録に残ります。",
	PackageFile:  map[string]string{"pdf": "印刷用（PDF）", "json": "データ（JSON）"},
	PackageTitle: func(person string) string { return "保有個人情報の写し　" + person },
	PackageIntro: func(matter string, records, masked int) []string {
		out := []string{fmt.Sprintf("開示請求 %s に基づき、保有している記録%s件の写しを交付します。", matter, number(records))}
		if masked > 0 {
			out = append(out, fmt.Sprintf("第三者の情報にあたる%s か所は除きました。その所には「第三者の情報」と書いています。", number(masked)))
		}
		return out
	},
	PackageRecords: "記録", PackageAttachments: "添付された書類の一覧（写しは別に渡します）", PackageMark: "開示　取扱注意",
	PackageFoot: func(position int, at string) []string {
		return []string{fmt.Sprintf("記録 #%d までの内容です。%s に作成しました。", position, at)}
	},
	MaskedHere: func(n int) string { return fmt.Sprintf("第三者の情報（%d か所）は除いています。", n) },
	MaskMark:   "［第三者］", PackageCheck: "同行者などの氏名と電話番号は、本人の記録の文中でも自動で伏せます。伏せるのは登録のある人だけです。ほかの第三者のことが文中にないか、渡す前に読んで確かめてください。",

	VolumesLead: "終わった支援を年度ごとに綴じ、決めた期間保存します。廃棄の1か月以上前に一覧を公表し、意見を受けます。", NoVolumes: "簿冊はまだありません。", NoVolumesText: "文書担当が年度の簿冊を作ると、その年度に終わった支援が綴じられます。",
	ListDigest: "公表した一覧の指紋", OpinionWords: "意見の内容",
	OpenVolume: "簿冊を作る", SeriesHint: "consultation と入れると、終わった支援が自動で綴じられます。",
	VolumeTitle:   func(year string) string { return year + "　移住・就職相談の記録" },
	VolumeHeading: func(number string) string { return "簿冊　" + number },
	VolumeName:    "簿冊名", Year: "年度", Kept: "保存期間の満了日", Cases: "件数", Next: "次の予定",
	FromTo: func(from, to string) string { return from + "から" + to + "まで" },
	OnHold: "保留中", ToClose: "年度が終わりました。完結してください", Filling: "綴じています", ToList: "満了しました。廃棄等の一覧を公表してください",
	OpinionsUntil: func(day string) string { return day + "まで意見を受けています" },
	ToEnd:         map[string]string{"dispose": "廃棄できます", "archives": "移管できます"},
	EndsSoon:      func(n int) string { return fmt.Sprintf("あと%d日で満了", n) }, KeptYears: func(n int) string { return fmt.Sprintf("あと約%d年", n) },
	Met: "満たしている", NotMet: "まだ", StepsHeading: "廃棄・移管の条件",
	StepRetention: func(day string) string { return "保存期間（" + day + "まで）が終わった" },
	StepListed:    "廃棄等の一覧を公表した", StepComment: "意見を受ける1か月以上の期間が終わった", StepHold: "保留がない",
	OpinionsHeading: "寄せられた意見", NoOpinions: "意見はありません。", CasesHeading: "綴じた支援", NoCases: "まだ綴じていません。", ListFile: "公表する一覧（CSV）",
	EraseHeading: "この廃棄で消去する人", EraseText: "ほかに保存中の記録がない人です。個人情報担当が一人ずつ消去を指示します。数値は動きません。",

	RegisterLead: "1,000人以上の個人情報ファイルは、個人情報ファイル簿を作って公表します（法75条）。このまま印刷できます。",
	PersonsNow: func(held, limit string) string {
		return "いま" + held + "の記録があります（" + limit + "人以上で作成）。"
	},
	Persons: func(n string) string { return n + "人" }, OrMore: func(n string) string { return n + "人以上" },
	EntryDue: "作成と公表が必要", EntryNotDue: "まだ必要ではない", EntryBody: "地方公共団体の機関等の名称", EntryPersons: "記録されている人数", EntryKept: "保存期間",
	Entry: []EntryLine{
		{"個人情報ファイルの名称", "移住・就職相談記録ファイル"}, {"地方公共団体の機関等の名称", "（所管県）"}, {"事務をつかさどる組織", "東京本部　移住・しごと相談窓口"},
		{"利用目的", "移住・就職の相談に応じ、紹介・定着の確認・件数の集計を行うため"},
		{"記録項目", "氏名、ふりがな、生年月日、住所、連絡先、世帯、学校、希望、相談の内容、紹介、就職、転入、支援金、書類、同意、秘匿"},
		{"記録範囲", "相談者と同行者"}, {"記録されている人数", "（人数）"}, {"収集方法", "本人の申出、紹介先の報告"}, {"要配慮個人情報", "含む（本人が話した健康、被害等）"},
		{"経常的提供先", "紹介先（本人の同意に基づく）"}, {"開示請求等を受理する組織", "東京本部　個人情報担当"}, {"訂正・利用停止の特別の手続", "なし"}, {"保存期間", "（年数）"},
		{"個人情報ファイルの種別", "法60条2項1号（電算処理ファイル）"}, {"行政機関等匿名加工情報の提案", "対象外"},
	},
	EntryNote: func(day string) string { return day + "現在" },
}

var englishRights = Rights{
	Title: "Rights requests", Lead: "Requests for disclosure, correction and suspension of use, and breaches. A period begins on the day after the request and stands still while the request is completed.", Volumes: "Record volumes", FileRegister: "File register entry", Tabs: "Requests and volumes",
	Heading: func(kind, number string) string { return Capital(kind) + " " + number },
	Overdue: func(days int) string { return fmt.Sprintf("%d days overdue", days) }, DaysLeft: func(days int) string { return fmt.Sprintf("%d days left", days) }, DueToday: "Due today",
	States: map[string]string{
		"received": "received", "checked": "identity checked", "stopped": "being completed", "decided": "decided", "executed": "executed", "withdrawn": "withdrawn", "closed": "closed", "suspected": "suspected", "assessed": "assessed",
	},
	VolumeStates: map[string]string{"open": "being filled", "retained": "retained", "held": "on hold", "listed": "disposal announced", "disposed": "disposed of", "transferred": "transferred to the archives"},
	Acts: map[string]string{
		"rights.check_identity": "Identity was checked", "rights.stop_clock": "Ask for completion (stop the clock)", "rights.resume_clock": "The request is complete (resume the clock)", "rights.extend": "Extend the period",
		"rights.decide": "Decide", "rights.execute": "The decision was carried out", "rights.withdraw": "Withdrawn", "rights.close": "Close",
		"rights.assess_breach": "Record the assessment", "rights.report_breach": "Record a report or notice", "rights.close_breach": "Close the breach",
		"volume.close": "Complete the volume", "volume.list_disposal": "The list was published", "volume.extend_retention": "Extend the retention", "volume.place_hold": "Place a hold", "volume.lift_hold": "Lift a hold",
		"volume.receive_opinion": "Record an opinion", "volume.dispose": "Dispose of it", "volume.transfer": "Transfer to the archives",
	},
	Stopped: func(day string) string { return "Stopped since " + day }, DecidedOn: func(day string) string { return "Decided on " + day },
	NoReport: "Not to be reported", WishOpen: "Not looked at yet", WishRestricted: "Use is restricted", ToErase: "Erasure to be ordered",
	Ask: "Take in a request", Suspect: "Record a suspected breach", Save: "Record", PersonHint: "A number such as P-00001.", HappenedOn: "Date", Begin: "New matter",
	OpenMatters: "Open matters", OverMatters: "Matters that are over", NoneOpen: "No matter is open.", NoneOver: "None yet.", NoneOpenText: "When a request comes in, begin with “Take in a request”.",
	Wishes: "Wishes to be left alone", WishesText: "These are no statutory requests. Contact and sharing stopped when the wish was recorded. Check whether the records rules permit an early erasure.", NoWishes: "There are no wishes.",
	Erasing: "Erasures to be ordered", ErasingText: "Decided to be erased. Make sure that no figure moves, then order the erasure.",
	Number: "Number", Kind: "Kind", Person: "Person", State: "State", Received: "Received", Due: "Due", Left: "Left", Record: "Record",
	NotChecked: "not yet", Checked: "done", Identity: "Identity check", Result: "Decision", ExecutedOn: "Carried out", MayCorrectUntil: "Last day to ask for correction or suspension",
	Period: "Days to decide", Stood: "Days stood still", Extended: "Days extended",
	Days: func(n int) string { return fmt.Sprintf("%d days", n) }, Years: func(n int) string { return fmt.Sprintf("%d years", n) },
	Moved:  func(counted string) string { return " (offices are closed on " + counted + ": the next working day)" },
	NotYet: "not yet", InTime: "in time", Late: "after the last day",
	Reportable:  map[string]string{"yes": "to be reported to the commission", "no": "not to be reported"},
	WordsClosed: "The wording and the papers are opened by the privacy officer.", WordsOver: "The wording of a matter that is over is not opened.",
	WaitsFor:     func(act, role string) string { return "Next: “" + act + "”, by the " + role + "." },
	FactsHeading: "As it stands", ClockHeading: "Period", WordsHeading: "Wording", ActsHeading: "What comes next", HistoryHeading: "Records",
	ReportsHeading: "Reports and notices (breach worksheet)", Stage: "Step", Made: "Made on",
	PackageHeading: "What is handed over", PackageText: "Everything held about this person. Data of third persons is left out, and how much is said. Opening it is in the access log.",
	PackageFile:  map[string]string{"pdf": "For print (PDF)", "json": "As data (JSON)"},
	PackageTitle: func(person string) string { return "Copy of the personal data held: " + person },
	PackageIntro: func(matter string, records, masked int) []string {
		out := []string{fmt.Sprintf("On request %s: a copy of the %s records held.", matter, number(records))}
		if masked > 0 {
			out = append(out, fmt.Sprintf("%s parts that belong to third persons were left out; the place says so.", number(masked)))
		}
		return out
	},
	PackageRecords: "Records", PackageAttachments: "Attached papers (copies are handed over with this)", PackageMark: "Disclosure: handle with care",
	PackageFoot: func(position int, at string) []string {
		return []string{fmt.Sprintf("Holds everything up to record #%d. Made on %s.", position, at)}
	},
	MaskedHere: func(n int) string { return fmt.Sprintf("Third person's data left out (%d).", n) },
	MaskMark:   "[third person]", PackageCheck: "Names and phone numbers of companions and others on record are left out of the person's own texts too, by themselves. Only people on record can be found so: read the texts for other third persons before you hand them over.",

	VolumesLead: "Closed cases are filed by fiscal year and kept for a set time. A list is published a month or more before anything goes, and opinions are invited.", NoVolumes: "There is no volume yet.", NoVolumesText: "When the records officer opens the volume of a year, the cases closed in it are filed.",
	ListDigest: "Digest of the published list", OpinionWords: "What was said",
	OpenVolume: "Open a volume", SeriesHint: "With consultation, closed cases are filed in it by themselves.",
	VolumeTitle:   func(year string) string { return year + " consultation records" },
	VolumeHeading: func(number string) string { return "Volume " + number },
	VolumeName:    "Volume", Year: "Fiscal year", Kept: "Kept until", Cases: "Cases", Next: "Next",
	FromTo: func(from, to string) string { return from + " to " + to },
	OnHold: "on hold", ToClose: "The year is over: complete it", Filling: "being filled", ToList: "Retention is over: publish the list",
	OpinionsUntil: func(day string) string { return "Opinions until " + day },
	ToEnd:         map[string]string{"dispose": "May be disposed of", "archives": "May be transferred"},
	EndsSoon:      func(n int) string { return fmt.Sprintf("Ends in %d days", n) }, KeptYears: func(n int) string { return fmt.Sprintf("about %d years left", n) },
	Met: "met", NotMet: "not yet", StepsHeading: "Before it may go",
	StepRetention: func(day string) string { return "The retention (until " + day + ") is over" },
	StepListed:    "The list was published", StepComment: "The month or more for opinions is over", StepHold: "No hold stands",
	OpinionsHeading: "Opinions", NoOpinions: "There are no opinions.", CasesHeading: "Cases filed", NoCases: "Nothing is filed yet.", ListFile: "List to publish (CSV)",
	EraseHeading: "To be erased with this disposal", EraseText: "These people have no other record that is kept. The privacy officer orders each erasure. No figure moves.",

	RegisterLead: "A file of 1,000 people or more has a public entry in the register of files (Article 75). Print it as it stands.",
	PersonsNow: func(held, limit string) string {
		return "There are records of " + held + " (an entry is due from " + limit + ")."
	},
	Persons: func(n string) string { return n + " people" }, OrMore: func(n string) string { return n + " people or more" },
	EntryDue: "An entry is due", EntryNotDue: "No entry is due yet", EntryBody: "Body", EntryPersons: "People recorded", EntryKept: "Retention",
	Entry: []EntryLine{
		{"Name of the file", "Consultation records on relocation and work"}, {"Body", "(controller)"}, {"Organisation", "Tokyo headquarters, consultation desk"},
		{"Purpose of use", "To advise on relocation and work, to refer, to confirm that people stay, and to count"},
		{"Items", "Name, reading, date of birth, address, contacts, household, school, wishes, consultations, referrals, placements, moves, grants, papers, consents, confidentiality"},
		{"Persons covered", "Consultees and their companions"}, {"People recorded", "(number)"}, {"Collected from", "The person, reports of bodies referred to"}, {"Special-care data", "Included (health, harm suffered, as told)"},
		{"Regularly provided to", "Bodies referred to, by consent"}, {"Requests are taken in by", "Tokyo headquarters, privacy officer"}, {"Special procedure for correction", "None"}, {"Retention", "(years)"},
		{"Kind of file", "Article 60(2)(i): processed by computer"}, {"Proposals for anonymised data", "Not invited"},
	},
	EntryNote: func(day string) string { return "As of " + day },
}
