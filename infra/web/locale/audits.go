package locale

// Audits is what the pages say on which a year is audited.
type Audits struct {
	Title                                       string
	Heading                                     func(year string) string
	Of                                          func(kind, year string) string
	Intro                                       string
	Year, Show, Table                           string
	Kind, Scope, State, Opened, Samples         string
	Findings, Unanswered, Due                   string
	States                                      map[string]string
	None, NoneText                              string
	NotBegun, ToClosing                         string
	Open, OpenHint                              string
	Facts, OpenedBy, Auditors, Engaged, Nobody  string
	EngagedUntil                                func(who, day string) string
	SamplesText                                 string
	SampleOf                                    func(n int, figure string) string
	Rule, RuleText, RuleRisk                    string
	From, Method, Seed, Size, Population        string
	Members, Digest                             string
	Agrees, Differs, Older                      string
	Draw, DrawHint, DrawIt                      string
	DrawnBy                                     string
	Order, Record, What, Occurred, Recorded, By string
	Change, Looked                              string
	SampleTable                                 func(n int) string
	NoSample                                    string
	Evidence, EvidenceTable                     string
	Item, Asked, Issued, NotIssued, NoItem      string
	IssuedBy                                    func(redaction, who, day string) string
	Request, RequestIt                          string
	Issue, IssueHint, IssueIt, File, FileHint   string
	NoEvidence                                  string
	NoFinding                                   string
	Answered, Waits, Overdue, NoDue             string
	About                                       string
	RecordedBy                                  func(who, day string) string
	Measure, NoMeasure, Answer, AnswerIt        string
	Find, FindHint, FindIt, FindWho             string
	Engage, EngageHint, EngageIt, Auditor       string
	Close, CloseText, CloseIt, ClosedNow        string
	History, HistoryTable                       string
	Print                                       string
	Printed                                     func(who, at string) string
	List, ListShort, DrawShort, Argument        string
	NoSuch                                      string
}

var japaneseAudits = Audits{
	Title: "監査", Heading: func(year string) string { return "監査　" + year }, Of: func(kind, year string) string { return kind + "　" + year },
	Intro: "年度ごとの監査と、抽出した記録、請求と提出、結果と措置。",
	Year:  "年度", Show: "表示", Table: "監査の一覧",
	Kind: "種別", Scope: "範囲", State: "状態", Opened: "開始", Samples: "抽出", Findings: "監査の結果", Unanswered: "措置待ち", Due: "報告の期限",
	States: map[string]string{"opened": "調査中", "findings": "結果を記録中", "measures": "措置を報告中", "closed": "終了"},
	None:   "この年度の監査はまだありません", NoneText: "監査を始めると、記録の抽出と資料の請求ができます。",
	NotBegun: "この年度の締めがまだ始まっていないため、監査も始められません。", ToClosing: "締めのページへ",
	Open: "監査を始める", OpenHint: "範囲に個人の名前を書かないでください。監査を行う人の名前は暗号化されます。",
	Facts: "監査の概要", OpenedBy: "始めた人", Auditors: "監査を行う人", Engaged: "従事する人", Nobody: "まだだれも従事していません。",
	EngagedUntil: func(who, day string) string { return who + "（" + day + "まで）" },
	SamplesText:  "数値が数えた記録から、番号で決まる抽出をします。同じ番号なら、だれが行っても同じ記録になります。",
	SampleOf:     func(n int, figure string) string { return "抽出" + number(n) + "　" + figure },
	Rule:         "抽出のしかた", RuleText: "母集団の記録番号それぞれについて「開始番号:記録番号」の文字列のSHA-256を求め、小さい順に件数分を取ります。戻しません。",
	RuleRisk: "母集団は、数えた記録のうち証拠の等級がCとDのものだけです。",
	From:     "数値", Method: "方法", Seed: "開始番号", Size: "件数", Population: "母集団", Members: "数えた記録のしるし", Digest: "抽出した番号のしるし",
	Agrees: "もう一度抽出して一致", Differs: "抽出し直すと一致しません", Older: "前の形式の記録。何から抽出したかが残っていません。",
	Draw: "抽出する", DrawHint: "開始番号はあらかじめ入れてあります。さいころなど自分で決めた12桁までの番号にもできます。件数は母集団までです。", DrawIt: "抽出して記録する",
	DrawnBy: "抽出した人", Order: "順", Record: "記録", What: "出来事", Occurred: "発生日", Recorded: "記録日", By: "記録者", Change: "訂正", Looked: "確認",
	SampleTable: func(n int) string { return "抽出" + number(n) + "の記録" },
	NoSample:    "まだ抽出していません。",
	Evidence:    "資料の請求と提出", EvidenceTable: "請求と提出の表", Item: "番号", Asked: "請求した資料", Issued: "提出", NotIssued: "まだ提出していません", NoItem: "請求によらない提出",
	IssuedBy: func(redaction, who, day string) string { return day + "　" + who + "　" + redaction },
	Request:  "資料を請求する", RequestIt: "請求する",
	Issue: "提出を記録する", IssueHint: "ファイルは保管しません。改ざんを見分けるしるし（SHA-256）だけを記録に残します。", IssueIt: "提出を記録する", File: "提出したファイル", FileHint: "30MBまで。ファイルがないときは、しるしを入力してください。",
	NoEvidence: "請求も提出もまだありません。",
	NoFinding:  "監査の結果はまだ記録されていません。",
	Answered:   "措置を報告済み", Waits: "措置待ち", Overdue: "期限を過ぎています", NoDue: "期限なし", About: "対象の数値",
	RecordedBy: func(who, day string) string { return day + "　" + who },
	Measure:    "措置", NoMeasure: "措置の報告はまだありません。", Answer: "措置を報告する", AnswerIt: "報告する",
	Find: "結果を記録する", FindHint: "勧告・指摘・注意・意見のどれかを選びます。結果を記録すると、抽出と請求は終わります。", FindIt: "結果を記録する",
	FindWho: "結果を記録できるのは、この監査に従事する人だけです。決裁者が従事を記録します。",
	Engage:  "監査に従事する人を決める", EngageHint: "監査の権限を、この監査と期限に限って与えます。", EngageIt: "従事を記録する", Auditor: "監査の職員",
	Close: "監査を終える", CloseText: "終えると、抽出・請求・結果・措置を加えられません。これまでの記録は残ります。", CloseIt: "監査を終える", ClosedNow: "この監査は終わりました。",
	History: "これまでの動き", HistoryTable: "動きの表",
	Print:   "印刷すると、この監査の資料として1冊になります。",
	Printed: func(who, at string) string { return at + "　" + who + "が表示" },
	List:    "年度の監査と、その抽出・結果・措置", ListShort: "年度の監査を並べる", DrawShort: "公表した数値の記録を番号で抽出する（記録には残さない）", Argument: "F-0001",
	NoSuch: "その番号の数値は公表台帳にないか、数え直せない数値です。",
}

var englishAudits = Audits{
	Title: "Audits", Heading: func(year string) string { return "Audits, " + year }, Of: func(kind, year string) string { return Capital(kind) + ", " + year },
	Intro: "The audits of a year: records drawn, evidence asked for and issued, findings and measures.",
	Year:  "Fiscal year", Show: "Show", Table: "Audits of the year",
	Kind: "Kind", Scope: "Scope", State: "State", Opened: "Opened", Samples: "Samples", Findings: "Findings", Unanswered: "Waiting for measures", Due: "Report due",
	States: map[string]string{"opened": "gathering", "findings": "findings", "measures": "measures", "closed": "closed"},
	None:   "No audit of this year yet", NoneText: "Once an audit is open, records can be drawn and evidence asked for.",
	NotBegun: "The closing of this year has not begun, so no audit can be opened.", ToClosing: "To the closing",
	Open: "Open an audit", OpenHint: "Write no names of people into the scope. The auditors' names are encrypted.",
	Facts: "The audit", OpenedBy: "Opened by", Auditors: "Auditors", Engaged: "Engaged", Nobody: "Nobody is engaged yet.",
	EngagedUntil: func(who, day string) string { return who + " (until " + day + ")" },
	SamplesText:  "Records are drawn from those behind a figure by a number. Whoever draws with the same number draws the same records.",
	SampleOf:     func(n int, figure string) string { return "Sample " + number(n) + ", " + figure },
	Rule:         "How it is drawn", RuleText: "Of each record number in the population the SHA-256 of the text \"seed:number\" is taken; those with the smallest are drawn, in that order, without putting any back.",
	RuleRisk: "The population is what was counted on evidence of grade C or D only.",
	From:     "Figure", Method: "Method", Seed: "Seed", Size: "Size", Population: "Population", Members: "Digest of what was counted", Digest: "Digest of the numbers drawn",
	Agrees: "drawn again: the same", Differs: "drawn again: not the same", Older: "An older form of record, which does not say what was drawn from.",
	Draw: "Draw a sample", DrawHint: "A seed is filled in. You may use one of your own, such as from dice, of up to 12 digits. No more can be drawn than there are.", DrawIt: "Draw and record",
	DrawnBy: "Drawn by", Order: "No.", Record: "Record", What: "Event", Occurred: "Occurred", Recorded: "Recorded", By: "Recorded by", Change: "Change", Looked: "Checked",
	SampleTable: func(n int) string { return "Records of sample " + number(n) },
	NoSample:    "Nothing drawn yet.",
	Evidence:    "Evidence asked for and issued", EvidenceTable: "Table of evidence", Item: "Item", Asked: "Asked for", Issued: "Issued", NotIssued: "not issued yet", NoItem: "issued without a request",
	IssuedBy: func(redaction, who, day string) string { return day + ", " + who + ", " + redaction },
	Request:  "Ask for evidence", RequestIt: "Ask",
	Issue: "Record what was issued", IssueHint: "The file is not kept. Only its SHA-256, which shows any change, goes on record.", IssueIt: "Record it", File: "File issued", FileHint: "Up to 30 MB. Without a file, enter the SHA-256.",
	NoEvidence: "Nothing asked for or issued yet.",
	NoFinding:  "No finding is recorded yet.",
	Answered:   "measures reported", Waits: "waiting for measures", Overdue: "overdue", NoDue: "no due date", About: "About the figure",
	RecordedBy: func(who, day string) string { return day + ", " + who },
	Measure:    "Measure", NoMeasure: "No measure reported yet.", Answer: "Report a measure", AnswerIt: "Report",
	Find: "Record a finding", FindHint: "Choose recommendation, finding, caution or opinion. With the first finding, drawing and asking are over.", FindIt: "Record the finding",
	FindWho: "Only who is engaged in this audit can record findings. An approving officer records the engagement.",
	Engage:  "Engage an auditor", EngageHint: "Gives the rights of an auditor for this audit and until a day only.", EngageIt: "Record the engagement", Auditor: "Auditor",
	Close: "Close the audit", CloseText: "Nothing can be added once it is closed. What is on record stays.", CloseIt: "Close the audit", ClosedNow: "This audit is closed.",
	History: "What happened", HistoryTable: "Table of what happened",
	Print:   "Print this page to get the file of the audit.",
	Printed: func(who, at string) string { return "Shown to " + who + " at " + at },
	List:    "audits of a year with samples, findings and measures", ListShort: "list the audits of a year", DrawShort: "draw from the records behind a published figure, without recording it", Argument: "F-0001",
	NoSuch: "No such figure in the register, or one that cannot be counted again.",
}

// auditRefusalTexts are the refusals of audits.
var auditRefusalTexts = map[string]pair{
	"audit.figure":  {"その数値は公表されていません。公表台帳にある数値を選んでください。", "That figure is not published. Choose one from the register."},
	"audit.recount": {"数え直した結果が公表した数値と一致しません。公表台帳で検証してください。", "Counted again, the figure is not what was published. Verify it in the register."},
	"audit.nothing": {"抽出する記録がありません。ほかの方法か数値を選んでください。", "There is nothing to draw from. Choose another method or figure."},
	"audit.size":    {"母集団より多くは抽出できません。件数を減らしてください。", "More than there are cannot be drawn. Make the sample smaller."},
	"audit.due":     {"期限が過ぎた日になっています。今日より後の日にしてください。", "The due date is over. Enter a later day."},
}

// auditFields name what only an audit has.
var auditFields = map[string]pair{
	"population": {"母集団", "population"},
}
