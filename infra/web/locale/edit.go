package locale

// Edit is what the pages say that write a work-plan sheet.
type Edit struct {
	Title                                     func(year, unit string) string
	Intro, None, Save, New, Add               string
	PublishFields                             map[string]string // inputs of a publication that have a name of their own
	Line                                      func(name string, no int) string
	More                                      func(name string) string
	Sections                                  map[string]string
	Publish, PublishText                      string
	PlanText, EvaluationText, RevisionText    string
	PublishPlan, PublishEvaluation, Revise    string
	NewTitle, NewIntro, From, FromNone, Begin string
	FromHint                                  string
	Edit, Back                                string
	Published, ByManager, Nothing             string
	Head, Unit                                string
	FigureOption                              func(number, name, value, status string) string
	Unchanged                                 string
}

var japaneseEdit = Edit{
	Title: func(year, unit string) string { return "工程表を書く　" + year + " " + unit },
	Intro: "一行ずつ保存します。保存した内容は記録に残り、公表するまでは下書きです。", None: "（なし）", Save: "保存する", New: "新しい工程表", Add: "行を足す",
	PublishFields: map[string]string{"why": "改訂の理由", "gates_waived": "通っていない確認（免除するものを選ぶ）", "waiver": "免除する理由"},
	Line:          func(name string, no int) string { return name + " " + number(no) },
	More:          func(name string) string { return name + "を足す" },
	Sections: map[string]string{
		"mission": "組織ミッション", "aims": "今年度の目標", "flags": "長期的目標", "indicators": "測定指標", "values": "指標の値", "actuals": "今年度実績値",
		"projects": "主要事業", "evaluation": "評価", "initiatives": "取組と成果", "issues": "課題と今後の取組",
	},
	Publish: "公表用に確定する", PublishText: "いまの下書きを版として確定します。確定した版はその後変わりません。",
	PlanText: "年度当初の計画として公表します。", EvaluationText: "最終評価を付けて公表します。", RevisionText: "公表した工程表を改めます。前の版も残ります。",
	PublishPlan: "計画を公表する", PublishEvaluation: "最終評価を公表する", Revise: "改訂版を公表する",
	NewTitle: "新しい工程表", NewIntro: "前の年度の工程表から写すと、ミッション・目標・指標・目標値・主要事業を引き継ぎます。実績値と評価は引き継ぎません。",
	From: "もとにする工程表", FromNone: "白紙から書く", Begin: "下書きを始める", FromHint: "写した行は、あとから直せます。",
	Edit: "工程表を書く", Back: "工程表を見る", Published: "公表した版", ByManager: "公表するのは決裁者です。", Head: "所属長の氏名", Unit: "所属",
	Nothing: "公表した版から変わった行はありません。いま評価や公表をするものはありません。",
	FigureOption: func(no, name, value, status string) string {
		return no + "　" + name + " " + value + "（" + status + "）"
	},
	Unchanged: "前の版から変わったところはありません。",
}

var englishEdit = Edit{
	Title: func(year, unit string) string { return "Write the sheet: " + year + " " + unit },
	Intro: "Each line is saved by itself. What is saved is on record, and a draft until it is published.", None: "(none)", Save: "Save", New: "New sheet", Add: "Add a line",
	PublishFields: map[string]string{"why": "Why it is revised", "gates_waived": "Gates that do not pass (choose those to waive)", "waiver": "Why they are waived"},
	Line:          func(name string, no int) string { return name + " " + number(no) },
	More:          func(name string) string { return "Add: " + name },
	Sections: map[string]string{
		"mission": "Mission", "aims": "Aims of the year", "flags": "Long-term goals", "indicators": "Indicators", "values": "Values of the indicators", "actuals": "Actuals",
		"projects": "Main projects", "evaluation": "Evaluation", "initiatives": "What was done", "issues": "Issues and next steps",
	},
	Publish: "Fix for publication", PublishText: "Fixes the draft as an edition. An edition never changes afterwards.",
	PlanText: "Publishes the plan at the start of the year.", EvaluationText: "Publishes the sheet with its final evaluation.", RevisionText: "Revises the published sheet. The earlier editions stay.",
	PublishPlan: "Publish the plan", PublishEvaluation: "Publish the evaluation", Revise: "Publish a revision",
	NewTitle: "New work-plan sheet", NewIntro: "Copied from last year's sheet, it takes over mission, aims, indicators, targets and projects, but no actuals and no evaluation.",
	From: "Sheet to copy from", FromNone: "begin empty", Begin: "Begin the draft", FromHint: "Copied lines can be changed later.",
	Edit: "Write the sheet", Back: "See the sheet", Published: "Published editions", ByManager: "The approving officer publishes it.", Head: "Name of the head of the office", Unit: "Office",
	Nothing: "No line has changed since the published edition. There is nothing to evaluate or publish now.",
	FigureOption: func(no, name, value, status string) string {
		return no + " " + name + " " + value + " (" + status + ")"
	},
	Unchanged: "Nothing has changed since the edition before.",
}
