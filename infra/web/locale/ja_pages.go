package locale

import "fmt"

var japaneseJourney = Journey{
	Title:      func(no string) string { return no + " の歩み" },
	Breadcrumb: "相談者", Reopen: "支援を再開する",
	Residence: "居住", Origin: "出身（本人の申告）", Class: "区分", Wish: "希望", Owner: "担当",
	Stages:  "支援の段階",
	Heading: "これまでの歩み",
	Count: func(n, c int) string {
		if c == 0 {
			return fmt.Sprintf("%d件", n)
		}
		return fmt.Sprintf("%d件・訂正%d件", n, c)
	},
	Filter: "絞り込み", All: "すべて",
	Recorded:   func(who, at string) string { return "記録 " + who + " " + at },
	AfterHours: "時間外", Late: "後日", Corrected: "訂正", Voided: "取消",
	CorrectedBy: func(who, at string) string { return who + " " + at },
	VoidedBy:    func(who, at, reason string) string { return fmt.Sprintf("取消 %s %s（%s）", who, at, reason) },
	Evidence:    func(t string) string { return "根拠 " + t },
	Aside:       "この人の情報", NextAppointment: "次の約束", Change: "変更", ToCalendar: "予定表に追加（.ics）",
	Tasks: "やること", TaskCount: func(n int) string { return fmt.Sprintf("%d件", n) },
	Due: func(day string) string { return "期限 " + day }, Done: "終わりました",
	Referrals: "紹介先", Counted: "数えられている指標", HowCounted: "数え方", NotYet: "まだ",
	CountedFor: func(y string) string { return y + "・いまの記録で" },
	Consents:   "連絡と同意", History: "履歴", Changes: "前回から変わったこと", NoChanges: "前回の相談のあと、変わったことはありません。",
	Tabs: map[string]string{
		"journey": "歩み", "job": "就職", "relocation": "移住", "sharing": "紹介と連携", "consent": "同意", "papers": "書類", "seen": "誰が見たか",
	},
	Empty: "この人の記録はまだありません", EmptyText: "最初の相談を記録すると、ここに歩みが並びます。", EmptyAction: "最初の相談を記録する",
	Certificate: "相談利用証明をつくる", AsOfPerson: "この人の記録の時点",
	NameHidden: "氏名は表示していません",
	Promised:   func(d string) string { return d + " 予定" }, Since: func(d string) string { return d + " から" },
	System: "自動処理の記録も表示", Restricted: "利用停止",
}

var japaneseEntry = Entry{
	Heading: "いまの相談を記録", Channel: "方法", Content: "内容", MoreContent: "ほかの内容",
	Memo: "記録", MemoHint: "変換中の Enter では送信されません。記録は Ctrl と Enter でも送れます。",
	Next: "次の約束", NextHint: "例 来週土 15時 オンライン",
	When: "相談した日", WhenHint: "元号でも西暦でも入力できます。例 R2 2 8 ／ 2020 2 8 ／ 昨日",
	Started: "開始時刻", Ended: "終了時刻",
	Save: "記録する", Referral: "紹介状をつくる", Reason: "理由", OutsideReason: "時間外の理由", Outcome: "結果",
	Channels:   map[string]string{"in_person": "窓口", "phone": "電話", "line": "LINE", "email": "メール", "online": "オンライン", "event": "催し"},
	Categories: map[string]string{"job": "就業", "relocation": "移住", "housing": "住まい", "childcare": "子育て", "support": "支援金", "other": "その他"},
	StartedAt:  func(clock string, m int) string { return fmt.Sprintf("%s 開始・%d分経過", clock, m) },
	Leave:      "やめる", OutsideNone: "時間内・理由なし",
}

var japaneseIndicator = Indicator{
	StatedYears: "文書にある年ごとの値", StatedMark: "原典あり・再計算不可", StatedText: "公表された文書から取り込んだ値です。記録から数えた値ではなく、数え方も県の公表のものなので、上の数値とは比べられません。検証はできません。",
	Trial:      func(name string) string { return "試算　" + name + "で数えています" },
	Try:        func(name string) string { return name + "で試算する" },
	TrialText:  "同じ記録を別の数え方で数えたもので、公表値ではありません。数え方が違うのは移住と成果の指標だけです。",
	TrialBack:  "もとの数え方に戻る",
	Title:      func(y string) string { return "指標 " + y },
	Heading:    func(y string) string { return "指標　" + y },
	Breadcrumb: "指標", Year: "年度", Compare: "くらべる", CompareNone: "くらべない",
	PreviousYear: func(y string) string { return "前年度（" + y + "）" },
	AsOfHeading:  "いつの時点で見るか", AsOfDate: "時点の日付", AsOfSlider: "時点（月末）",
	Show: "表示", Play: "再生", Lens: "記録の見方", LensThen: "当時の記録のまま", LensNow: "後からの訂正も反映",
	Replayed: func(n int) string { return fmt.Sprintf("24時までの記録 %s件を再生", number(n)) },
	Current:  func(n int) string { return fmt.Sprintf("いまの記録 %s件で数えています", number(n)) },
	Equal:    "一致", OtherTime: "時点が違う", NotStated: "記載なし", Differs: "不一致",
	CountedThen: func(d, v string) string { return "（" + d + "までの数え直し " + v + "）" },
	StatedIn:    func(v string) string { return "工程表の記載 " + v }, Verify: "検証", Open: "開く", SeeTable: "表で見る",
	Previous:      func(v string) string { return "前年度 " + v },
	TargetReached: func(t, m string) string { return fmt.Sprintf("目標 %sを%sに達成", t, m) },
	TargetOpen:    func(t, _ string) string { return fmt.Sprintf("目標 %s", t) },
	Cumulative:    func(n string) string { return n + "の件数（累計）" },
	Channels:      func(n string) string { return n + "の経路" }, ByChannel: "相談の経路",
	AfterHours: func(j, r int) string {
		return fmt.Sprintf("時間外と休日の相談は就業 %d件・移住 %d件。", j, r)
	},
	Months: "月ごとの件数", MonthsHint: "数字を選ぶと内訳が開きます", MonthsLabel: "月ごとの件数の表",
	IndicatorColumn: "指標", Sum: "計", NoRecordYet: "この時点では記録がない",
	HowCounted: "数え方", Unit: "人と件", DateBasis: "日付", Version: "定義の版",
	VersionFrom: func(v, from string) string { return fmt.Sprintf("%s（%sから）", v, from) }, VersionDiff: "版のちがい",
	Export: "書き出し", ExportNote: "時点・見方・定義の版は、書き出したファイルの先頭に入ります。氏名は入りません。",
	All: "すべて見る", Rest: func(n int) string { return fmt.Sprintf("残り%d件", n) },
	Part: func(from, to, of int) string {
		return fmt.Sprintf("%s件のうち%s～%s件目", number(of), number(from), number(to))
	}, Back: "前へ", Next: "次へ",
	Members: "数えた記録", NearMisses: "惜しくも数えなかったもの", NearMissCount: "理由と件数",
	NearMissEmpty: "この期間に、数えなかった候補はありません。", MemberEmpty: "この月に数えた記録はありません。",
	Drill: func(n, m, v string) string { return n + "　" + m + "　" + v },
	Basis: map[string]string{"gross": "延べ件数（同じ人の2回は2件）", "distinct": "実人数（同じ人は1回だけ）"},
	Empty: "この年度の記録はまだありません", EmptyText: "相談を記録すると、ここに数値が並びます。",
	GoSubmit: "年度とくらべる年度を表示",
	Period:   "数える期間", WholeYear: "年度全体",
	EndOfMonth:    func(m string) string { return m + "末現在" },
	SeeEndOfMonth: func(m string) string { return m + "末現在で見る" },
}

var japaneseChart = Chart{
	StatedTitle: func(name string) string { return name + "：文書にある年ごとの値" },
	StatedText: func(first, last, values string) string {
		return first + "から" + last + "まで。原典あり・再計算不可。" + values
	},
	ThisYear: "今年度", LastYear: func(v int) string { return fmt.Sprintf("前年度 %d", v) },
	CumulativeTitle: func(n string) string { return n + "の累計件数" },
	CumulativeText: func(m string, v int, u string, last int) string {
		return fmt.Sprintf("今年度は%sまでの累計%d%s、前年度は年間%d%s。", m, v, u, last, u)
	},
	CumulativeAlone: func(m string, v int, u string) string {
		return fmt.Sprintf("今年度は%sまでの累計%d%s。", m, v, u)
	},
	TargetText: func(m string, v int, u string, t, b int, y string) string {
		return fmt.Sprintf("%sまでの累計%d%s。目標%d%s以上。基準値は%sの%d%s。", m, v, u, t, u, y, b, u)
	},
	Target:       func(v int, u string) string { return fmt.Sprintf("目標 %d%s", v, u) },
	Base:         func(v int, u string) string { return fmt.Sprintf("基準 %d%s", v, u) },
	ChannelTitle: "相談の経路", ChannelText: "経路ごとの件数。値は表にも示す。",
}

var japaneseSheet = Sheet{
	Title:      func(y, u string) string { return "工程表 " + y + " " + u },
	Breadcrumb: "工程表", Heading: "工程表", Print: "印刷・PDF", Draft: "下書き",
	Edition:    func(n int) string { return fmt.Sprintf("第%d版", n) },
	NotWritten: "未記入",
	Figures:    "この工程表の数値", FiguresAt: func(at string) string { return "記録 " + at + " 時点" },
	Before: "確定の前に", Versions: "版の履歴", Aside: "補足",
	BlankActual: func(n int) string { return fmt.Sprintf("指標%dの今年度実績値が空欄です。", n) },
	OwnWords:    "文章は要旨を書き直した見本です", HeadHidden: "（所属長名）",
	None: "工程表はまだありません", NoneText: "年度の計画を作ると、ここに並びます。",
}

var japanesePeople = People{
	Title: "相談者", Heading: "相談者を探す", Lead: "氏名、ふりがな、旧字、電話の下4桁、メール、LINE名、番号のどれでも探せます。",
	Word: "探す言葉", Hint: "2文字以上（漢字は1文字でも探せます）", Button: "探す",
	Found: func(n int) string { return fmt.Sprintf("%d人が見つかりました", n) },
	Name:  "氏名", Number: "番号", Residence: "居住", Last: "最後の記録", Why: "当たった理由", Owner: "担当",
	ReadAs: func(w string) string { return "「" + w + "」として探しました。" },
	Empty:  "まだだれも探していません", EmptyText: "言葉を入れて探すと、ここに相談者が並びます。",
	New: "新しい相談者を登録する", Recent: "最近開いた相談者",
	List:          "見つかった相談者の表",
	Consultations: func(n int) string { return fmt.Sprintf("相談%d件", n) },
}

var japaneseRecord = Record{
	Title:      func(no string) string { return "記録 " + no },
	Breadcrumb: "記録", Occurred: "起きた日", Recorded: "記録した日時", By: "記録した人", Source: "記録の元", Batch: "取り込み",
	Before: "前", After: "後", Field: "項目", Facts: "記録の内容",
	Counts: "数えている指標", CountsNone: "この記録を数えている指標はありません。", Seal: "封印", SealText: "記録の指紋",
	Amend: "訂正する", AmendHeading: "この記録を訂正する", NewValue: "正しい値", Reason: "理由",
	Void: "取り消す", VoidHeading: "この記録を取り消しますか", VoidReason: "取消の理由", Leave: "やめる",
	VoidKept:       "元の記録は消えず、「取消」が歩みに追加されます。",
	AmendKept:      "前の値は消えず、「訂正」が歩みに追加されます。",
	AttachEvidence: "証拠を付ける", TrailTable: "履歴の表", Trail: "この記録の履歴", TrailEmpty: "訂正も取消もありません。",
	Number: "番号", Person: "相談者", Effect: "数値への影響", ShowEffect: "影響を確かめる",
}
