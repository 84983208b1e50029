package locale

// Definition is what the pages and the command line say of the rules by which
// figures are counted.
type Definition struct {
	Title, Lead                      string
	Scope, Show                      string
	InForce, From, Digest, InWords   string
	Others, Breaks, NoBreaks         string
	None, NoneInForce                string
	Heading                          func(id, name string) string
	Breadcrumb                       string
	Versions, Version, State         string
	Proposed, Decided, Retired       string
	By                               func(who, day string) string
	Parameters, ParametersHint       string
	Parameter, Changed, Absent       string
	Targets, NoTargets               string
	Target                           func(year, comparator, value string) string
	Rejected                         func(why string) string
	New, NewLead                     string
	NewHeading                       func(name string) string
	NewFrom                          func(version string) string
	VersionHint, FromHint, TextHint  string
	Text, All, NoneIsAll             string
	Try, TryHeading, TryLead         string
	TryNothing                       string
	Propose, ProposeLead             string
	Year, Before, After, Delta       string
	RuleThen, Counts, CountsNot, Why string
	Applies                          string
	Table                            func(heading string) string
	WhyLink                          func(year string) string
	Effect, EffectLead, NoEffect     string
	EffectLive                       func(name, year, before, after string) string
	EffectFrozen, NothingPublished   string
	PublishedLine                    func(period, value, version string) string
	Decide, Approve, Reject, Retire  string
	ApproveLead                      string
	Reason, RetireFrom               string
	Own, NotYours                    string
	Done                             map[string]string
	Digests                          string
	BreakLine                        func(day, kind, note string) string
	BreakOf                          func(name, line string) string
	Crosses, CrossesText             string
	Draft                            string
	ReplayTitle, ReplayHeading       string
	ReplayText                       func(done, all int) string
	ReplayMeter                      string

	Command, CommandList, CommandShow, CommandCheck, CommandSchema string
	FlagTry, FlagIndicator                                         string
	Good                                                           func(what, digest string) string
	Replay                                                         string
	TryLine                                                        func(year, values, version string) string
	TryLineNot                                                     string
}

var japaneseDefinition = Definition{
	Title: "定義", Lead: "指標の数え方です。版は一度承認すると変わらず、新しい版は別の人が承認してから数え始めます。",
	Scope: "範囲", Show: "表示",
	InForce: "いまの版", From: "適用開始", Digest: "指紋", InWords: "数え方",
	Others: "ほかの版", Breaks: "系列の断絶", NoBreaks: "宣言された断絶はありません。",
	None: "なし", NoneInForce: "適用中の版なし",
	Heading:    func(id, name string) string { return id + "　" + name },
	Breadcrumb: "定義",
	Table:      func(heading string) string { return "表　" + heading },
	Versions:   "版の一覧", Version: "版", State: "状態",
	Proposed: "提案", Decided: "承認・差戻し", Retired: "終了",
	By:         func(who, day string) string { return who + "　" + day },
	Parameters: "条件の比較", ParametersHint: "左がいまの版です。色と「変更」の印は、いまの版と違う条件です。",
	Parameter: "条件", Changed: "変更", Absent: "（指定なし）",
	Targets: "目標", NoTargets: "設定された目標はありません。",
	Target:   func(year, comparator, value string) string { return year + "　" + value + comparator },
	Rejected: func(why string) string { return "差戻しの理由: " + why },
	New:      "新しい版を作る", NewLead: "いまの版の条件から始めます。試算は記録に何も書きません。",
	NewHeading: func(name string) string { return "新しい版　" + name },
	NewFrom: func(version string) string {
		return version + "の条件を写しました。変えるところだけ直してください。"
	},
	VersionHint: "英数字と「-」「_」「.」。あとから変えられません（例 tot-2027.1）。", FromHint: "この日以後に始まる期間から数えます（例 令和9年4月1日）。",
	TextHint: "何を1件・1人と数えるかを、職員でない人に分かる文で。", Text: "説明", All: "すべて", NoneIsAll: "選ばなければ、すべてを数えます。",
	Try: "試算する", TryHeading: "過去の年度での試算", TryLead: "いまの記録で、各年度をその年度の版と新しい版で数えました。",
	TryNothing: "数える記録がまだありません。",
	Propose:    "提案する", ProposeLead: "提案すると内容は変えられません。別の人（承認者）が承認するまで数え方は変わりません。",
	Year: "年度", Before: "その年度の版", After: "新しい版", Delta: "差",
	RuleThen: "その年度の版の名前", Counts: "適用", CountsNot: "試算のみ", Applies: "承認したとき", Why: "差の説明",
	WhyLink: func(year string) string { return year + "の差を見る" },
	Effect:  "承認したときの影響", EffectLead: "承認すると、いまの値は次のように変わります。", NoEffect: "いまの値は変わりません。",
	EffectLive: func(name, year, before, after string) string {
		return name + "　" + year + "　いまの値 " + before + " → " + after
	},
	EffectFrozen: "公表した値は変わりません。", NothingPublished: "この範囲で公表した値はありません。",
	PublishedLine: func(period, value, version string) string {
		return period + "　公表値 " + value + "（" + version + "）のまま"
	},
	Decide: "承認・差戻し", Approve: "承認する", Reject: "差し戻す", Retire: "終了する",
	ApproveLead: "承認すると、上の指紋の内容がそのまま数え方になります。取り消せません。",
	Reason:      "差戻しの理由", RetireFrom: "終了日（この日以後に始まる期間では数えない）",
	Own: "自分で提案した版は承認できません。別の承認者に頼んでください。", NotYours: "承認・差戻しは承認者が行います。",
	Done: map[string]string{
		"proposed": "提案しました。承認者が影響を見て承認します。", "approved": "承認しました。この版で数えています。", "rejected": "差し戻しました。", "retired": "終了日を記録しました。",
	},
	Digests:   "指紋は、値を決めるすべての条件から計算したSHA-256です。",
	BreakLine: func(day, kind, note string) string { return day + "　" + kind + "　" + note },
	BreakOf:   func(name, line string) string { return name + "　" + line },
	Crosses:   "系列の断絶をまたぐ比較です", CrossesText: "前後の値は同じ条件で数えたものではありません。",
	Draft:       "下書き",
	ReplayTitle: "再生中", ReplayHeading: "この定義で記録を数え直しています",
	ReplayText: func(done, all int) string {
		return "再生中 " + number(done) + " / " + number(all) + "件。終わると自動で表示します。"
	},
	ReplayMeter: "数え直した記録",

	Command: "数え方の定義を見る・確かめる", CommandList: "定義の一覧", CommandShow: "指標の版とその条件", CommandCheck: "定義のファイル（JSON）を確かめる", CommandSchema: "定義のJSON Schema",
	FlagTry: "過去のすべての年度で試算する", FlagIndicator: "指標",
	Good: func(what, digest string) string {
		return what + "は定義として正しい形です。指紋 " + digest
	},
	Replay:     "記録を再生中",
	TryLine:    func(year, values, version string) string { return year + "  " + values + "  （" + version + "）" },
	TryLineNot: "試算のみ",
}

var englishDefinition = Definition{
	Title: "Definitions", Lead: "The rules by which figures are counted. A version never changes; a new one counts after another person has approved it.",
	Scope: "Scope", Show: "Show",
	InForce: "In force", From: "From", Digest: "Digest", InWords: "How it counts",
	Others: "Other versions", Breaks: "Series breaks", NoBreaks: "No break has been declared.",
	None: "none", NoneInForce: "no version in force",
	Heading:    func(id, name string) string { return id + " " + name },
	Breadcrumb: "Definitions",
	Table:      func(heading string) string { return "Table: " + heading },
	Versions:   "Versions", Version: "Version", State: "State",
	Proposed: "Proposed", Decided: "Decided", Retired: "Retired",
	By:         func(who, day string) string { return who + ", " + day },
	Parameters: "Parameters side by side", ParametersHint: "The version in force comes first; “changed” marks what differs from it.",
	Parameter: "Parameter", Changed: "changed", Absent: "(not stated)",
	Targets: "Targets", NoTargets: "No target has been set.",
	Target:   func(year, comparator, value string) string { return year + " " + comparator + " " + value },
	Rejected: func(why string) string { return "Rejected because: " + why },
	New:      "Make a new version", NewLead: "It begins with the parameters of the version in force. A dry run writes nothing.",
	NewHeading:  func(name string) string { return "New version of " + name },
	NewFrom:     func(version string) string { return "Copied from " + version + ". Change what is to differ." },
	VersionHint: "Letters, digits, - _ and . It cannot be changed later (for example tot-2027.1).", FromHint: "Counts for periods that begin on this day or later (for example 2027-04-01).",
	TextHint: "What counts as one, in words for people who do not work here.", Text: "Explanation", All: "all", NoneIsAll: "With none chosen, all count.",
	Try: "Dry run", TryHeading: "Dry run over all past years", TryLead: "Each year counted by its own version and by the new one, over the records as they are now.",
	TryNothing: "There is nothing to count yet.",
	Propose:    "Propose", ProposeLead: "A proposal cannot be changed. Nothing counts differently until another person, the approving officer, approves it.",
	Year: "Fiscal year", Before: "Version of the year", After: "New version", Delta: "Difference",
	RuleThen: "Name of the year's version", Counts: "in force", CountsNot: "trial only", Applies: "Once approved", Why: "Explained",
	WhyLink: func(year string) string { return "See why " + year + " differs" },
	Effect:  "What approval would change", EffectLead: "With approval the present values change like this.", NoEffect: "No present value changes.",
	EffectLive: func(name, year, before, after string) string {
		return name + ", " + year + ": present value " + before + " → " + after
	},
	EffectFrozen: "Published values do not change.", NothingPublished: "Nothing was published at this scope.",
	PublishedLine: func(period, value, version string) string {
		return period + ": stays " + value + " as published (" + version + ")"
	},
	Decide: "Decision", Approve: "Approve", Reject: "Reject", Retire: "Retire",
	ApproveLead: "With approval the content under the digest above becomes the rule, as it is. It cannot be undone.",
	Reason:      "Reason of the rejection", RetireFrom: "Retired from (not for periods that begin on this day or later)",
	Own: "You cannot approve a version you proposed. Ask another approving officer.", NotYours: "An approving officer decides on it.",
	Done: map[string]string{
		"proposed": "Proposed. An approving officer looks at its effect and approves it.", "approved": "Approved. Figures are counted by it now.", "rejected": "Rejected.", "retired": "The last day has been recorded.",
	},
	Digests:   "The digest is the SHA-256 of everything that decides the value.",
	BreakLine: func(day, kind, note string) string { return day + ", " + kind + ": " + note },
	BreakOf:   func(name, line string) string { return name + ": " + line },
	Crosses:   "The comparison crosses a series break", CrossesText: "Values before and after it were not counted under the same conditions.",
	Draft:       "draft",
	ReplayTitle: "Replaying", ReplayHeading: "The records are being counted by this definition",
	ReplayText: func(done, all int) string {
		return "Replaying " + number(done) + " of " + number(all) + " records. The page shows itself when that is done."
	},
	ReplayMeter: "records counted",

	Command: "show and check the rules by which figures are counted", CommandList: "list the definitions", CommandShow: "the versions of an indicator with their parameters", CommandCheck: "check a definition in a file (JSON)", CommandSchema: "print the JSON Schema of a definition",
	FlagTry: "count all past years by it", FlagIndicator: "indicator",
	Good: func(what, digest string) string {
		return what + " is a definition in the strict form, digest " + digest
	},
	Replay:     "replaying records",
	TryLine:    func(year, values, version string) string { return year + "  " + values + "  (" + version + ")" },
	TryLineNot: "trial only",
}
