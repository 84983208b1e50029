package locale

import "fmt"

var japaneseFrame = Frame{
	Name: "歩み Ayumi", Subtitle: "移住・しごと相談記録",
	PageTitle: func(title string) string { return title + "｜歩み Ayumi" },
	Skip:      "本文へ移動", Menu: "主なメニュー", Here: "現在位置",
	FindPerson: "人を探す", Find: "探す", FindBy: "氏名・かな・電話・番号", FindHint: "氏名・かな・番号",
	ThisLanguage: "日本語",
	SampleLabel:  "見本の注記",
	Sample:       "見本のデータです。168／23／187／36／13／30／12校中7校は公表された工程表の値、そのほかの人物・企業・記録・数値・公表日は架空データです。",
	SampleValue:  "見本値",
	PastLabel:    "表示している時点", ReadOnly: "読み取り専用", BackToNow: "いまの記録に戻す",
	SignOut: "サインアウト", Required: "※必須", Refresh: "更新", Keys: "キー操作の一覧",
	Doors: map[string]string{
		"intake":   "受付",
		"outreach": "催し", "people": "相談者", "referrals": "紹介", "employers": "求人・企業", "partner": "紹介", "indicators": "指標", "differences": "差の説明", "definitions": "定義", "ledger": "公表台帳", "documents": "文書照合", "verify": "検証", "sheets": "工程表", "closing": "締め", "audits": "監査", "records": "記録", "today": "今日", "duplicates": "重複", "audit": "記録の履歴", "status": "動作の状態", "erasures": "消去", "rights": "請求・簿冊",
	},
	Live: Live{Receiving: "更新を受信中", Lost: "つなぎ直しています", Past: "過去の時点を表示中", Still: "自動更新なし"},
	Post: func(role, desk string) string {
		if desk == "" {
			return role
		}
		return role + "・" + desk
	},
	DeskShort: map[string]string{"D-TKY": "新橋館", "D-OKY": "新橋館（岡山県）", "D-FKC": "ふるさと回帰支援センター"},
}

var japaneseSignIn = SignIn{
	Title: "サインイン", Heading: "サインイン", Lead: "サインイン名とパスワードを入力してください。",
	Again: "時間がたったので、サインインし直してください。入力したものは下書きに残っています。",
	Name:  "サインイン名", Password: "パスワード", Button: "サインイン",
	DemoHeading: "見本のサインイン名", DemoText: "パスワードは、起動したときの画面に表示されています。",
}

var japaneseState = State{
	Errors: func(n int) string { return fmt.Sprintf("%dか所を直してください", n) },
	ConflictHeading: func(who, field string) string {
		return fmt.Sprintf("入力中に、%sさんが%sを変更しました", who, field)
	},
	ConflictText: "あなたの記録は失われていません。変更を見てから、もう一度「記録する」を押してください。",
	Comparison:   "変更の比較", Item: "項目", WhenOpened: "開いたとき", YourInput: "あなたの入力", Unchanged: "変更なし",
	NowBy:    func(who, at string) string { return fmt.Sprintf("いま（%s %s）", who, at) },
	KeepBoth: "両方を残して記録する", ReviewMine: "自分の入力を見直す",

	RefusedTitle: "表示できません", RefusedHeading: "この記録を見る権限がありません", RefusedText: "必要なときは、理由を添えて責任者に頼めます。",
	MissingTitle: "見つかりません", MissingHeading: "その番号の記録はありません", MissingText: "番号を確かめてください。",
	ErasedTitle: "消去された記録", ErasedHeading: "この人の記録は消去されました",
	ErasedText: func(decision, date string) string {
		return fmt.Sprintf("%s・%s。公表した数値は変わっていません。", decision, date)
	},
	BrokenTitle: "エラー", BrokenHeading: "表示できませんでした", BrokenText: "入力は残っています。少し待って、もう一度開いてください。",
	UnseenTitle: "表示できません", UnseenHeading: "閲覧の記録を残せないため、表示しません", UnseenText: "管理者に知らせました。数分後にもう一度開いてください。",
	AgainTitle: "サインイン", AgainHeading: "時間がたったので、サインインし直してください", AgainText: "入力したものは下書きに残っています。",
	ForeignTitle: "受け付けられません", ForeignHeading: "別のサイトからの送信は受け付けません", ForeignText: "この画面から操作し直してください。",
	BuildingTitle: "準備中", BuildingHeading: "記録を数え直しています",
	BuildingText: func(percent int) string {
		return fmt.Sprintf("%d%%まで終わりました。終わると表示できます。", percent)
	},
	LargeTitle: "受け付けられません", LargeHeading: "入力が大きすぎます", LargeText: "文章を短くして、もう一度送ってください。",
	AwayTitle: "つながりません", AwayHeading: "記録の保管先につながりません", AwayText: "少し待ってから、前のページに戻ってもう一度押してください。二重に記録されることはありません。続くときは、管理者に伝えてください。",
	BusyTitle: "記録できません", BusyHeading: "同じ記録をほかの人が書いています", BusyText: "少し待って、もう一度押してください。",
	BehindHeading: "表示が記録に追いついていません",
	Behind: func(n int) string {
		return fmt.Sprintf("あと%d件の記録を反映しています。記録は続けられます。", n)
	},
	HaltedHeading: "更新が止まっている表があります", HaltedText: "その後の記録も保存されていて、失われません。管理者に伝えてください。",
	Halted:      func(table, upto string) string { return "「" + table + "」は" + upto + "まで。" },
	LockedTitle: "ロック中", LockedHeading: "操作がなかったので、画面をロックしました", LockedText: "入力は残っています。ロックを解いてから、もう一度押してください。", Unlock: "ロックを解く",
	SignIn: "サインイン", Back: "前の画面に戻る",
}

var japaneseMessage = Message{
	ThisField:      "入力",
	Required:       func(f string) string { return "" + f + "を入力してください。" },
	RequiredChoose: func(f string) string { return "" + f + "を選んでください。" },
	NoSuchDay: func(m, d int) string {
		if m > 12 {
			return fmt.Sprintf("%d月はありません。1から12の月を入力してください。", m)
		}
		return fmt.Sprintf("%d月に%d日はありません。", m, d)
	},
	DateFuture: func(d string) string {
		return fmt.Sprintf("今日（%s）より後の日付は入力できません。", d)
	},
	EraRead:     func(d string) string { return d + "と読みました。" },
	BeforeOpen:  func(d string) string { return fmt.Sprintf("この窓口の開設（%s）より前です。", d) },
	DayUnknown:  "日は分からないまま記録します。",
	KanaKanji:   "漢字が含まれています。「いなば はるか」のように、ひらがなで入力してください（半角カナは自動で直します）。",
	PhoneDigits: "電話番号は10桁か11桁です。先頭の0が抜けていないか確かめてください。",
	MailShape:   "メールアドレスの＠の前後を確かめてください。",
	SearchNone:  "近い人は見つかりませんでした。新しく登録できます。",
	SearchMany:  "50人より多く当たりました。電話の下4桁か、よみを足してください。",
	SearchRestricted: func(n int) string {
		return fmt.Sprintf("閲覧を制限した記録が%d件当たりました。内容と点数は表示しません。", n)
	},
	DuplicateReason: func(no, name string) string {
		return fmt.Sprintf("%s %sさんと別の人である理由を選んでください。", no, name)
	},
	NoticeHow:  "利用目的をどう示したかを選んでください。",
	VoidReason: "取消の理由を入力してください。",
	VoidEffect: func(indicator string, a, b, c int, unit string) string {
		return fmt.Sprintf("元の記録は消えず、「取消」が歩みに追加されます。いまの%sは%d%sから%d%sになります。公表した%d%sは変わりません。", indicator, a, unit, b, unit, c, unit)
	},
	EffectLive: func(indicator string, a, b int, unit string) string {
		return fmt.Sprintf("いまの%sは%d%sから%d%sになります。公表した値は変わりません。", indicator, a, unit, b, unit)
	},
	NoEffect: "いまの数値は変わりません。公表した値も変わりません。",
	Saved:    func(no string) string { return no + " を記録しました。" },
	SavedTwice: func(no string) string {
		return fmt.Sprintf("同じ記録をすでに保存しています（%s）。", no)
	},
	DraftSaved: func(at string, n int) string {
		return fmt.Sprintf("%s 下書きを自動保存しました（未送信 %d件）", at, n)
	},
	LiveLost: func(at string) string {
		return fmt.Sprintf("更新が届いていません（%sから）。記録は続けられます。", at)
	},
	News: func(n int, from string) string {
		if from == "" {
			return fmt.Sprintf("新しい記録が%d件届きました", n)
		}
		return fmt.Sprintf("新しい記録が%d件届きました（%s）", n, from)
	},
	ShowNews: "表示する",
	AsOfBand: func(at string) string { return at + "の記録で表示しています" },
	Unlike:   "期間と数え方がちがう数値です。", RatioNone: "期間の記載がなく、倍率は出しません",
	FigureBlank:      func(reason string) string { return "空欄（理由：" + reason + "）" },
	FigureSourceOnly: "原典のみ・再計算できない",
	VerifyOK:         "記載値と、記録からの再計算が一致しました。",
	VerifyNG: func(a, b int, code, no string) string {
		return fmt.Sprintf("一致しません。記録からは%d、封印には%d（符号 %s、はじめの違い %s）。", a, b, code, no)
	},
	VerifyPartial: "行がないため、数え直していません（一部だけの検証です）。",
	VerifyLimit:   "この検証では、記録された出来事そのものが事実かどうかは分かりません。",
	PublishGate: func(n int) string {
		return fmt.Sprintf("公表できません。%d件の確認が残っています。", n)
	},
	ApproveSelf: "自分で提案したものは承認できません。",
	ImportRows: func(all, good, bad int) string {
		return fmt.Sprintf("%d行中 %d行を取り込めます。%d行を直してください。", all, good, bad)
	},
	ImportHeader: func(c string) string {
		return fmt.Sprintf("「%s」という列が2つあります。どちらを使うか選んでください。", c)
	},
	ExportReplaced: func(n int, c string) string {
		return fmt.Sprintf("Shift_JISにない文字を%d個置き換えました：%s", n, c)
	},
	GlyphMissing: func(c string) string { return "印刷の字形がない文字を〓で示しました：" + c },
	Synthetic:    "架空データによる試算 — 公表値ではありません",
	Erased:       "消去済",
}

var japaneseCalendar = Calendar{
	Comma: "・", Weekdays: [7]string{"日", "月", "火", "水", "木", "金", "土"},
	Months: [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
	Today:  "今日", Now: "いま",
	EndOf: func(day string) string { return day + "24時" },
}
