package locale

import "fmt"

// Ledger is what the register of published figures says, and the page of one of
// its figures.
type Ledger struct {
	Title, Intro                                                string
	Year, Indicator, Document, State                            string
	AllYears, Every, Apply                                      string
	Filter, Table, Legend                                       string
	Propose, VerifyAll                                          string
	Number, PublishedOn, Where, What, Value                     string
	Status, Evidence, Chain, Checked                            string
	Earlier, Later, NoEvidence, NotReplaced                     string
	Lines                                                       func(n int) string
	Of                                                          func(name, scope string) string
	Agree, Nears                                                func(n int) string
	AgreeText                                                   func(at string, events, imported, beside int) string
	Unchecked                                                   func(n int) string
	UncheckedText                                               string
	Disagree                                                    func(n int) string
	DisagreeText                                                string
	Grades                                                      map[string]string
	Cannot, CannotWhy, Beside, NotZero                          string
	NotYet, NoUnit                                              string
	Now                                                         func(value string) string
	None, NoneText                                              string
	Waiting, WaitingNone                                        string
	ProposedBy                                                  func(name, on string) string
	Chains, ChainsNone, CurrentOne                              string
	Documents, DocumentsText, Digest, InLedger, SampleDocuments string
	Care, CareNone                                              string
	OnlyStatement                                               func(n int) string
	BlankPublished, BasisUnknown                                string
	Blank                                                       func(reason string) string
	UnitGoal                                                    string
	VerifyingHeading, Unverified, UnverifiedText                string
	Verifying                                                   func(done, all int) string

	Heading                                       func(number, name string) string
	Unpublished                                   string
	Facts, Counted, History, Proof                string
	Period, KnownAt, Definition, Members, Near    string
	Position, DocumentDigest, AsOf, Note, Reason  string
	Basis, UnitStated, Yes, No, Outlet            string
	Anonymous, Synthetic, Trial                   string
	Approver, Proposer, Publisher                 string
	Live                                          string
	LiveSame                                      string
	LiveOther                                     func(delta string) string
	SeeMembers, SeeDifference                     string
	Editions, Edition                             func(n int) string
	Verifications, VerifiedNever                  string
	VerifiedBy                                    func(result, at, by string, events int) string
	Source, SourceText                            string
	Act, Approve, Reject, Withdraw, Publish       string
	Correct, ApproveText, OwnProposal             string
	RejectReason, WithdrawReason                  string
	PublishText, CorrectText, Replaces            func(value string) string
	File, FileHint, DigestField, DigestHint       string
	Why, Remark                                   string
	Errata, ErrataWrong, ErrataRight, ErrataWhere string

	ProposeTitle, ProposeIntro, Ask, Count string
	Found                                  func(value string, events int) string
	FoundText                              string
	PastDay                                string
	Submit                                 string
	Scope, Until, Version, WholeYear       string
	InForce                                string
	NextEdition                            func(number string, edition int) string
	UnofficialText                         string
}

var japaneseLedger = Ledger{
	Title: "公表台帳", Intro: "公表した数値のすべて。消すことはできません。直すときは、新しい番号で置き換えます。",
	Year: "年度", Indicator: "指標", Document: "公表先", State: "状態", AllYears: "すべての年度", Every: "すべて", Apply: "絞り込む",
	Filter: "台帳の絞り込み", Table: "公表した数値の表", Legend: "証拠の程度",
	Propose: "数値を提案する", VerifyAll: "すべて検証する", VerifyingHeading: "公表した数値を数え直しています", Unverified: "検証は途中で止まりました", UnverifiedText: "記録に残した結果だけが確かです。もう一度検証してください。",
	Verifying: func(done, all int) string {
		return fmt.Sprintf("%s件中%s件（%d%%）。終わると結果を表示します。", number(all), number(done), done*100/max(all, 1))
	},
	Number: "番号", PublishedOn: "公表日", Where: "公表先", What: "数値・期間", Value: "値", Status: "状態", Evidence: "証拠", Chain: "前後の数値", Checked: "検証",
	Earlier: "前", Later: "後", NoEvidence: "記録による証拠なし", NotReplaced: "置き換えなし",
	Lines: func(n int) string { return number(n) + "件・新しい順" },
	Of:    func(name, scope string) string { return name + "（" + scope + "）" },
	Nears: func(n int) string { return number(n) + "件" },
	Agree: func(n int) string {
		return "数え直せる" + number(n) + "件は、すべて公表した値と一致しました"
	},
	AgreeText: func(at string, events, imported, beside int) string {
		return at + "に、記録 " + number(events) + "件を最初から再生して確かめました。別に、数え直せない数値が" + number(imported) + "件、数え直す対象でないものが" + number(beside) + "件あります。"
	},
	Unchecked:     func(n int) string { return "まだ検証していない数値が" + number(n) + "件あります" },
	UncheckedText: "「すべて検証する」で、記録を最初から再生して数え直します。",
	Disagree:      func(n int) string { return number(n) + "件が、記録からの再計算と一致しません" },
	DisagreeText:  "公表した値は変わっていません。下の表で不一致の数値を開き、情報システムの担当に知らせてください。",
	Grades:        map[string]string{"a": "A 第三者の書面", "b": "B 企業・市町村の回答", "c": "C 本人の申告", "d": "D 相談員の記録だけ"},
	Cannot:        "再計算できない", CannotWhy: "取り込んだ数値", Beside: "対象外", NotZero: "0ではない", NotYet: "未検証", NoUnit: "原典に単位の記載なし",
	Now:  func(value string) string { return "いま " + value },
	None: "公表した数値はまだありません。", NoneText: "分析の担当が提案し、別の人が承認して公表すると、ここに番号が付きます。",
	Waiting: "公表を待つもの", WaitingNone: "提案や承認を待つ数値はありません。",
	ProposedBy: func(name, on string) string { return on + "　" + name },
	Chains:     "置き換えの鎖", ChainsNone: "置き換えた数値はありません。", CurrentOne: "いまの公表値",
	Documents: "文書ごとの数値", DocumentsText: "同じ文書に書かれた数値のうち、台帳にあるもの。", Digest: "文書の指紋", InLedger: "台帳にある",
	SampleDocuments: "見本の記録なので、指紋が指す文書そのものはありません。",
	Care:            "注意が要るもの", CareNone: "ありません。",
	OnlyStatement: func(n int) string {
		return "本人の申告か相談員の記録だけのものが" + number(n) + "名分あります。"
	},
	BlankPublished: "実績値は空欄のまま公表しました。評価の印と達成度は別に決めたものです。",
	BasisUnknown:   "比べる期間が文書にありません。倍率は出しません。",
	Blank:          func(reason string) string { return "空欄（" + reason + "）" }, UnitGoal: "目標値",

	Heading:     func(number, name string) string { return number + "　" + name },
	Unpublished: "未公表", Facts: "公表した内容", Counted: "数えたもの", History: "版の移り変わり", Proof: "検証",
	Period: "期間", KnownAt: "記録の時点", Definition: "数え方の版", Members: "数えた記録の指紋", Near: "惜しくも数えなかったもの",
	Position: "記録の位置", DocumentDigest: "文書の指紋", AsOf: "時点の記載", Note: "備考", Reason: "理由", Basis: "比較の基準", UnitStated: "単位の記載", Yes: "あり", No: "なし", Outlet: "公表先",
	Anonymous: "匿名", Synthetic: "架空データによる試算 — 公表値ではありません", Trial: "試算",
	Approver: "承認", Proposer: "提案", Publisher: "公表",
	Live: "現在値", LiveSame: "公表値と同じです。", LiveOther: func(delta string) string {
		return "公表値との差 " + delta + "。公表した値は変わりません。"
	},
	SeeMembers: "数えた記録を見る", SeeDifference: "差の説明を見る",
	Editions: func(n int) string { return number(n) + "版" }, Edition: func(n int) string { return "第" + number(n) + "版" },
	Verifications: "検証の記録", VerifiedNever: "まだ検証していません。",
	VerifiedBy: func(result, at, by string, events int) string {
		return at + "　" + result + "（記録 " + number(events) + "件を再生、" + by + "）"
	},
	Source: "原典のみ・再計算できない", SourceText: "この数値の元になる記録は、この仕組みにありません。文書に書かれた値をそのまま取り込みました。検証はできません。",
	Act: "次の手続き", Approve: "承認する", Reject: "差し戻す", Withdraw: "取り下げる", Publish: "公表する", Correct: "訂正として公表する",
	ApproveText: "記録から数え直した値です。根拠を確かめてから承認してください。", OwnProposal: "自分で提案した数値は承認できません。別の人に頼んでください。",
	RejectReason: "差し戻す理由", WithdrawReason: "取り下げる理由",
	PublishText: func(value string) string {
		return "公表する値は " + value + " です。公表した値はその後変わりません。"
	},
	CorrectText: func(value string) string {
		return "いまの公表値を " + value + " に置き換えます。前の値も残ります。"
	},
	Replaces: func(value string) string { return value + "を置き換える" },
	File:     "公表する文書", FileHint: "ファイルの指紋だけを記録します。ファイルは保存しません。", DigestField: "文書の指紋（SHA-256）", DigestHint: "ファイルの代わりに指紋を入れることもできます。",
	Why: "訂正の理由", Remark: "正誤表の番号や備考",
	Errata: "正誤表", ErrataWrong: "誤", ErrataRight: "正", ErrataWhere: "箇所",

	ProposeTitle: "数値を提案する", ProposeIntro: "指標・期間・記録の時点を選ぶと、その時点の記録から数えます。値を手で入れることはできません。", Ask: "提案する数値", Count: "数える",
	Found: func(value string, events int) string {
		return value + "（記録 " + number(events) + "件まで）"
	},
	FoundText: "この値で提案すると、別の人の承認を待ちます。", PastDay: "昨日まで", Submit: "この値で提案する",
	Scope: "窓口・範囲", Until: "いつまで", Version: "数え方の版", WholeYear: "年度全体", InForce: "その年度の正式な版",
	NextEdition: func(no string, edition int) string {
		return no + "に続く第" + number(edition) + "版になります。"
	},
	UnofficialText: "正式でない数え方です。試算として、内部でだけ使えます。",
}

var englishLedger = Ledger{
	Title: "Register of published figures", Intro: "Every figure ever published. None is deleted. A wrong one is replaced under a new number.",
	Year: "Fiscal year", Indicator: "Indicator", Document: "Outlet", State: "State", AllYears: "All years", Every: "All", Apply: "Filter",
	Filter: "Filter of the register", Table: "Published figures", Legend: "Evidence",
	Propose: "Propose a figure", VerifyAll: "Verify all", VerifyingHeading: "The published figures are being counted again", Unverified: "The verification broke off", UnverifiedText: "Only what was recorded of it holds. Please verify again.",
	Verifying: func(done, all int) string {
		return fmt.Sprintf("%s of %s records (%d%%). The results are shown when that is done.", number(done), number(all), done*100/max(all, 1))
	},
	Number: "Number", PublishedOn: "Published", Where: "Outlet", What: "Figure, period", Value: "Value", Status: "State", Evidence: "Evidence", Chain: "Before and after", Checked: "Verified",
	Earlier: "before", Later: "after", NoEvidence: "no evidence in the records", NotReplaced: "not replaced",
	Lines: func(n int) string { return plural(n, "figure", "figures") + ", newest first" },
	Of:    func(name, scope string) string { return name + " (" + scope + ")" },
	Nears: func(n int) string { return plural(n, "record", "records") },
	Agree: func(n int) string { return "All " + number(n) + " figures that can be counted again agree" },
	AgreeText: func(at string, events, imported, beside int) string {
		return "Checked on " + at + " by replaying " + plural(events, "record", "records") + " from the first. Apart from them, " + number(imported) + " cannot be counted again and " + number(beside) + " need no count."
	},
	Unchecked:     func(n int) string { return plural(n, "figure has", "figures have") + " not been verified yet" },
	UncheckedText: "“Verify all” replays the records from the first and counts again.",
	Disagree: func(n int) string {
		return plural(n, "figure does", "figures do") + " not agree with the recount"
	},
	DisagreeText: "The published values have not changed. Open the figure that fails below and tell whoever runs the system.",
	Grades:       map[string]string{"a": "A paper of a third party", "b": "B answer of employer or municipality", "c": "C the person's own statement", "d": "D counsellor's record only"},
	Cannot:       "cannot be recounted", CannotWhy: "taken in from a document", Beside: "not counted", NotZero: "not 0", NotYet: "not verified", NoUnit: "no unit in the document",
	Now:  func(value string) string { return "now " + value },
	None: "Nothing has been published yet.", NoneText: "A figure gets its number here when an analyst has proposed it and another person has approved it.",
	Waiting: "Waiting to be published", WaitingNone: "No figure waits for approval or publication.",
	ProposedBy: func(name, on string) string { return on + ", " + name },
	Chains:     "Replacements", ChainsNone: "No figure has been replaced.", CurrentOne: "published now",
	Documents: "Figures by document", DocumentsText: "Of the numbers in a document, those in this register.", Digest: "Digest of the document", InLedger: "in the register",
	SampleDocuments: "These are sample records: the documents the fingerprints stand for do not exist.",
	Care:            "Needs care", CareNone: "Nothing.",
	OnlyStatement: func(n int) string {
		return plural(n, "person is", "persons are") + " counted on a statement or a counsellor's record alone."
	},
	BlankPublished: "The actual was published blank. Mark and score were judged apart from it.",
	BasisUnknown:   "The document does not say which period it compares. No ratio is printed.",
	Blank:          func(reason string) string { return "blank (" + reason + ")" }, UnitGoal: "target",

	Heading:     func(number, name string) string { return number + " " + name },
	Unpublished: "not published", Facts: "As published", Counted: "What was counted", History: "Editions", Proof: "Verification",
	Period: "Period", KnownAt: "Known on", Definition: "Definition", Members: "Digest of what was counted", Near: "Near misses",
	Position: "Position in the log", DocumentDigest: "Digest of the document", AsOf: "As-of wording", Note: "Note", Reason: "Reason", Basis: "Basis of comparison", UnitStated: "Unit stated", Yes: "yes", No: "no", Outlet: "Outlet",
	Anonymous: "Anonymous", Synthetic: "Invented data. Not a published figure", Trial: "trial",
	Approver: "Approved", Proposer: "Proposed", Publisher: "Published",
	Live: "Value now", LiveSame: "The same as published.", LiveOther: func(delta string) string {
		return delta + " from the published value, which does not change."
	},
	SeeMembers: "See what was counted", SeeDifference: "See the difference",
	Editions: func(n int) string { return plural(n, "edition", "editions") }, Edition: func(n int) string { return "Edition " + number(n) },
	Verifications: "Verifications", VerifiedNever: "Not verified yet.",
	VerifiedBy: func(result, at, by string, events int) string {
		return at + " " + result + " (" + plural(events, "record", "records") + " replayed, " + by + ")"
	},
	Source: "Source document only, cannot be recounted", SourceText: "No record here stands behind this number. It was taken in as the document states it, and cannot be verified.",
	Act: "Next step", Approve: "Approve", Reject: "Reject", Withdraw: "Withdraw", Publish: "Publish", Correct: "Publish as a correction",
	ApproveText: "This value was counted from the records. Check what stands behind it before you approve.", OwnProposal: "You cannot approve your own proposal. Ask someone else.",
	RejectReason: "Why it is rejected", WithdrawReason: "Why it is withdrawn",
	PublishText: func(value string) string {
		return "The value to publish is " + value + ". Once published it never changes."
	},
	CorrectText: func(value string) string {
		return "The published value is replaced by " + value + ". The earlier one stays."
	},
	Replaces: func(value string) string { return "replaces " + value },
	File:     "Document", FileHint: "Only the digest of the file is recorded. The file is not kept.", DigestField: "Digest of the document (SHA-256)", DigestHint: "You can give the digest in place of the file.",
	Why: "Reason for the correction", Remark: "Number of the errata, remarks",
	Errata: "Errata", ErrataWrong: "Wrong", ErrataRight: "Right", ErrataWhere: "Where",

	ProposeTitle: "Propose a figure", ProposeIntro: "Choose indicator, period and the day up to which records count. The value is counted; it cannot be typed in.", Ask: "Figure to propose", Count: "Count",
	Found: func(value string, events int) string {
		return value + " (" + plural(events, "record", "records") + ")"
	},
	FoundText: "Proposed with this value, it waits for another person's approval.", PastDay: "yesterday at the latest", Submit: "Propose this value",
	Scope: "Desk or scope", Until: "Until", Version: "Definition", WholeYear: "whole year", InForce: "the one in force",
	NextEdition: func(no string, edition int) string {
		return "It becomes edition " + number(edition) + " after " + no + "."
	},
	UnofficialText: "This definition is not official. As a trial it is for internal use only.",
}
