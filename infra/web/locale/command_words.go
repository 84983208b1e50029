package locale

import "fmt"

var japaneseCommand = Command{
	Ayumi:          "移住・しごと相談の記録",
	Serve:          "記録を開いて画面とAPIを動かす",
	Demo:           "見本の記録（平成30・令和元年度）をつくって動かす",
	Scenario:       "筋書きのファイルで記録をつくる、書き出す",
	ScenarioRun:    "筋書きから新しい記録をつくる",
	ScenarioCheck:  "筋書きの悪い行をすべて示す。何も書かない",
	ScenarioExport: "見本の記録を筋書きとして書き出す",
	Figure:         "指標を数える",
	Journey:        "ひとりの歩みを示す（番号だけ、氏名なし）",
	Rebuild:        "読み取り用の表を記録からつくり直す",
	Check:          "記録と表がそろっているか確かめる",
	Schema:         "すべての操作と出来事のJSON Schemaを示す",
	Config:         "設定を示す、確かめる",
	Version:        "版を示す",

	FlagData: "記録を置くディレクトリ", FlagListen: "待ち受けるアドレスとポート",
	FlagNATS: "NATSのURL（空なら内蔵）", FlagNATSCreds: "NATSの認証ファイル", FlagReplicas: "流れの複製の数（1か3）",
	FlagOrigin: "新しい記録の名前（空なら乱数）", FlagPublicURL: "利用者から見たアドレス", FlagLogLevel: "記録の詳しさ",
	FlagReadTimeout: "受信の時間切れ", FlagServer: "動いているサーバーのURL", FlagUser: "サインインの名前（AYUMI_PASSWORDに合言葉）",
	FlagJSON: "JSONで出す", FlagLanguage: "ことば（ja、en）", FlagBuildOnly: "つくるだけで終わる",
	FlagScope: "範囲（窓口 D-TKY、県 31、コーナー TKC）", FlagPeriod: "期間（FY2019、2019-08、2019-04-01..2020-02-29）",
	FlagUntil: "期間の終わりの日", FlagKnownAt: "この日の24時までの記録で数える", FlagVersion: "定義の版",
	FlagMembers: "数えたものを示す", FlagNearMisses: "数えなかったものと理由を示す",

	Building: "見本をつくっています", Projecting: "表をつくっています",
	Address:  func(url string) string { return "開いてください： " + url },
	SignInAs: "サインインの名前",
	Password: func(p string) string { return "合言葉（全員同じ）： " + p },
	FirstAdmin: func(n, p string) string {
		return fmt.Sprintf("はじめの管理者： %s　合言葉： %s（いちどだけ表示します）", n, p)
	},
	Stop:   "終わるには Ctrl C",
	Sample: "見本（架空データ）です。公表値ではありません。",
	Built: func(n int, s string) string {
		return fmt.Sprintf("%d件の記録をつくりました（%s秒）", n, s)
	},
	ScenarioGood: func(n int) string { return fmt.Sprintf("%d行、すべて実行できます", n) },
	ScenarioBad: func(n int) string {
		return fmt.Sprintf("%d行を直してください。何も書いていません", n)
	},
	BadLine: func(l int, r string) string { return fmt.Sprintf("%d行目： %s", l, r) },
	InUse: func(d string) string {
		return d + " は別のayumiが使っています。--server URL で尋ねられます"
	},
	NotEmpty: func(d string) string {
		return d + " にはもう記録があります。筋書きは新しい記録にだけ書けます"
	},
	Strangers: func(d string) string {
		return d + " には別のファイルがあり、記録がありません。空のディレクトリを選んでください"
	},
	Official:         "正式な記録は書き出しません（氏名が平文になります）",
	UnknownIndicator: func(i string) string { return i + " という指標はありません" },
	NeedArgument:     func(a string) string { return a + " を書いてください" },
	BadDate:          func(d string) string { return d + " は日付ではありません（例 2020-02-29）" },
	BadPeriod: func(p string) string {
		return p + " は期間ではありません（例 FY2019、2019-04-01..2020-02-29）"
	},
	KnownAt:    func(d string, p int) string { return fmt.Sprintf("%s 24時までの記録 %d件", d, p) },
	Definition: func(v, d string) string { return fmt.Sprintf("定義 %s（%s）", v, d) },
	Anonymous:  func(n int) string { return fmt.Sprintf("匿名 %d件", n) },
	LeftEarly:  func(n int) string { return fmt.Sprintf("1年未満転出 %d", n) },
	Grades:     func(a, b, c, d int) string { return fmt.Sprintf("証憑 A %d・B %d・C %d・D %d", a, b, c, d) },
	Members:    func(n int) string { return fmt.Sprintf("数えたもの %d", n) },
	NearMisses: func(n int) string { return fmt.Sprintf("数えなかったもの %d", n) },
	Person:     func(n string) string { return "歩み " + n },
	NoPerson:   func(n string) string { return n + " という番号の人はいません" },
	Rebuilt:    func(s string) string { return "表をつくり直しました（" + s + "秒）" },
	CheckGood:  func(w string) string { return "✓ " + w },
	CheckBad:   func(w string) string { return "✗ " + w },
	Checks: map[string]string{
		"integrity": "記録のファイル、通し番号、葉の値", "bus": "NATSの流れが記録と同じ", "projections": "表が記録に追いついている",
		"rebuild": "つくり直した表が同じ", "keys": "鍵がそろっている",
	},
	ConfigGood:   "設定はこれで動きます",
	Refused:      func(w string) string { return "できません： " + w },
	ServerSaid:   func(s int, w string) string { return fmt.Sprintf("サーバーの答え %d： %s", s, w) },
	NeedPassword: "AYUMI_PASSWORD に合言葉を入れてください",
	Late:         "後日",
	Corrected:    func(n int) string { return fmt.Sprintf("訂正 #%d", n) },
	Voided:       func(n int) string { return fmt.Sprintf("取消 #%d", n) },
}

var englishCommand = Command{
	Ayumi:          "records of relocation and job consultations",
	Serve:          "open the records and run the pages and the API",
	Demo:           "build the sample records (FY2018 and FY2019) and run them",
	Scenario:       "make records from a scenario file, or write one",
	ScenarioRun:    "make new records from a scenario",
	ScenarioCheck:  "show every bad line of a scenario; writes nothing",
	ScenarioExport: "write sample records as a scenario",
	Figure:         "count an indicator",
	Journey:        "show one person's journey (numbers only, no names)",
	Rebuild:        "make the read tables again from the records",
	Check:          "check that records and tables agree",
	Schema:         "print the JSON Schema of every command and event",
	Config:         "print and check the configuration",
	Version:        "print the version",

	FlagData: "directory of the records", FlagListen: "address and port to listen on",
	FlagNATS: "URL of NATS (empty: built in)", FlagNATSCreds: "NATS credentials file", FlagReplicas: "copies of the bus stream (1 or 3)",
	FlagOrigin: "name of new records (empty: random)", FlagPublicURL: "address as users see it", FlagLogLevel: "detail of the log",
	FlagReadTimeout: "time limit of reading a request", FlagServer: "URL of a running server", FlagUser: "sign-in name (password in AYUMI_PASSWORD)",
	FlagJSON: "print JSON", FlagLanguage: "language (ja, en)", FlagBuildOnly: "build and stop",
	FlagScope: "scope (desk D-TKY, prefecture 31, corner TKC)", FlagPeriod: "period (FY2019, 2019-08, 2019-04-01..2020-02-29)",
	FlagUntil: "last day of the period", FlagKnownAt: "count with the records up to 24:00 of this day", FlagVersion: "version of the definition",
	FlagMembers: "list what was counted", FlagNearMisses: "list what was not counted, and why",

	Building: "building the sample", Projecting: "building the tables",
	Address:  func(url string) string { return "Open " + url },
	SignInAs: "Sign-in names",
	Password: func(p string) string { return "Password (the same for all): " + p },
	FirstAdmin: func(n, p string) string {
		return fmt.Sprintf("First administrator: %s, password: %s (shown once)", n, p)
	},
	Stop:             "Ctrl C to stop",
	Sample:           "Sample of invented data. Not published figures.",
	Built:            func(n int, s string) string { return fmt.Sprintf("%d records built (%s s)", n, s) },
	ScenarioGood:     func(n int) string { return fmt.Sprintf("%d lines, all can be carried out", n) },
	ScenarioBad:      func(n int) string { return fmt.Sprintf("%d lines need attention. Nothing was written", n) },
	BadLine:          func(l int, r string) string { return fmt.Sprintf("line %d: %s", l, r) },
	InUse:            func(d string) string { return d + " is in use by another ayumi. Ask it with --server URL" },
	NotEmpty:         func(d string) string { return d + " already holds records. A scenario goes into new records only" },
	Strangers:        func(d string) string { return d + " holds other files and no records. Choose an empty directory" },
	Official:         "Official records are not written out (names would be in clear)",
	UnknownIndicator: func(i string) string { return "There is no indicator " + i },
	NeedArgument:     func(a string) string { return "Give " + a },
	BadDate:          func(d string) string { return d + " is not a date (like 2020-02-29)" },
	BadPeriod:        func(p string) string { return p + " is not a period (like FY2019 or 2019-04-01..2020-02-29)" },
	KnownAt:          func(d string, p int) string { return fmt.Sprintf("%d records up to 24:00 of %s", p, d) },
	Definition:       func(v, d string) string { return fmt.Sprintf("definition %s (%s)", v, d) },
	Anonymous:        func(n int) string { return fmt.Sprintf("anonymous sessions %d", n) },
	LeftEarly:        func(n int) string { return fmt.Sprintf("left within a year %d", n) },
	Grades:           func(a, b, c, d int) string { return fmt.Sprintf("evidence A %d, B %d, C %d, D %d", a, b, c, d) },
	Members:          func(n int) string { return fmt.Sprintf("counted %d", n) },
	NearMisses:       func(n int) string { return fmt.Sprintf("not counted %d", n) },
	Person:           func(n string) string { return "journey " + n },
	NoPerson:         func(n string) string { return "There is no person " + n },
	Rebuilt:          func(s string) string { return "tables built again (" + s + " s)" },
	CheckGood:        func(w string) string { return "✓ " + w },
	CheckBad:         func(w string) string { return "✗ " + w },
	Checks: map[string]string{
		"integrity": "the records' file, positions and leaves", "bus": "the bus equals the records", "projections": "the tables are current",
		"rebuild": "tables built again are the same", "keys": "the keys are there",
	},
	ConfigGood:   "the configuration works",
	Refused:      func(w string) string { return "Refused: " + w },
	ServerSaid:   func(s int, w string) string { return fmt.Sprintf("the server answered %d: %s", s, w) },
	NeedPassword: "put the password into AYUMI_PASSWORD",
	Late:         "late entry",
	Corrected:    func(n int) string { return fmt.Sprintf("corrected by #%d", n) },
	Voided:       func(n int) string { return fmt.Sprintf("voided by #%d", n) },
}
