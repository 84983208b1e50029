package locale

// Operation is what the page of operators says of an instance.
type Operation struct {
	Heading, Duty, Probe, ProbeBad, Replicas, Free, Milliseconds string
	Engines, Places, Duties                                      map[string]string
	Epochs, EpochNo, EpochBegun, EpochEnds, EpochNow, EpochOld   string
	Outside, OutsideOff, Messages, Hooks                         string
	Aside, AsideText, Model, Event, Remake, RemakeText, RemakeIt string
	Elsewhere                                                    string
	Remade                                                       func(model string) string
	LagName                                                      string
	Lag                                                          func(seconds string) string
}

var japaneseOperation = Operation{
	Heading: "このサーバー", Duty: "役割", Probe: "書き込みの試し", ProbeBad: "書き込めない理由", Replicas: "写しの数", Free: "ディスクの空き", Milliseconds: "ミリ秒",
	Engines: map[string]string{"log": "記録", "bus": "配信", "read": "画面用の表", "keys": "人の鍵", "access": "閲覧記録とサインイン"},
	Places: map[string]string{"embedded": "内蔵（1つのファイル）", "kurrentdb": "KurrentDB", "inside": "内蔵のNATS", "nats": "NATSのサーバー",
		"files": "データフォルダー", "postgresql": "PostgreSQL"},
	Duties: map[string]string{"writes": "画面用の表を書いています", "watches": "ほかのサーバーが書く表を読んでいます。そのサーバーが止まると引き継ぎます"},
	Epochs: "鍵の期", EpochNo: "期", EpochBegun: "始まり", EpochEnds: "鍵を壊す期限", EpochNow: "いま使う鍵", EpochOld: "前の鍵",
	Outside: "外部に流れる事実", OutsideOff: "流していません（--outside で流します）", Messages: "流した事実", Hooks: "外部への通知",
	Aside: "読めずに除いた記録", AsideText: "この記録と、同じ流れの後の記録は画面に出ません。プログラムを直したあと、表を作り直すともう一度読みます。", Model: "表", Event: "記録の種類",
	Remake: "表の作り直し", RemakeText: "いまの表で答えながら、となりに最初の記録から作り、できたら入れ替えます。除いた記録ももう一度読みます。", RemakeIt: "作り直す",
	Elsewhere: "画面用の表はほかのサーバーが書いています。そのサーバーで作り直してください。",
	Remade:    func(model string) string { return model + "の作り直しを始めました。" },
	LagName:   "遅れ",
	Lag:       func(seconds string) string { return seconds + "秒" },
}

var englishOperation = Operation{
	Heading: "This server", Duty: "Duty", Probe: "Write that was tried", ProbeBad: "Why nothing can be written", Replicas: "Replicas", Free: "Free on the disk", Milliseconds: "ms",
	Engines: map[string]string{"log": "Log", "bus": "Bus", "read": "Read models", "keys": "Keys of people", "access": "Access log and sign-in"},
	Places: map[string]string{"embedded": "embedded (one file)", "kurrentdb": "KurrentDB", "inside": "NATS inside the process", "nats": "NATS servers",
		"files": "data folder", "postgresql": "PostgreSQL"},
	Duties: map[string]string{"writes": "writes the read models", "watches": "reads what another server writes, and takes over when that one stops"},
	Epochs: "Key epochs", EpochNo: "Epoch", EpochBegun: "Begun", EpochEnds: "Destroyed by", EpochNow: "in use", EpochOld: "earlier",
	Outside: "Facts for consumers outside", OutsideOff: "off (--outside keeps the stream)", Messages: "Facts on the stream", Hooks: "Webhooks",
	Aside: "Records set aside", AsideText: "These records, and later ones of the same stream, are not shown. Once the program is mended, making the read model again reads them again.", Model: "Read model", Event: "Kind of record",
	Remake: "Make a read model again", RemakeText: "It is made from the first record beside the one that answers, which it then replaces. Records set aside are read again.", RemakeIt: "Make it again",
	Elsewhere: "Another server writes the read models. Ask it to make this one again.",
	Remade:    func(model string) string { return model + " is being made again." },
	LagName:   "Lag",
	Lag:       func(seconds string) string { return seconds + " s" },
}
