package locale

// Bus is what the command line says of the servers that carry the log to its readers.
type Bus struct {
	FlagCA, FlagOutside      string
	Bus, Remake, Removed     string
	Consumer, FlagPrefecture string
	Listens                  func(name string) string
	NoServers, NotOperator   string
}

var japaneseBus = Bus{
	FlagCA:         "NATSサーバーを保証する証明書のファイル（PEM）。なければこの機械が信頼する証明書",
	FlagOutside:    "外部の受け手への流れ（AYUMI_OUT）を消す",
	Bus:            "記録を配信するNATSサーバー",
	Remake:         "配信の控え（ストリームAYUMI）を消す。動いているサーバーが記録から作り直す。運用者の認証ファイルが要る",
	Removed:        "配信の控えを消しました。動いているサーバーが記録から作り直します。",
	Consumer:       "外部の受け手の読み取り位置を作る（AYUMI_OUTから読み、確認応答を返す）。運用者の認証ファイルが要る",
	FlagPrefecture: "この都道府県（コード）の記録だけを渡す",
	Listens:        func(name string) string { return "受け手 " + name + " は AYUMI_OUT を読めます。" },
	NoServers:      "外部のNATSサーバーがありません（--nats）。内蔵の配信は自分で作り直します。",
	NotOperator:    "この認証ファイルでは許可されていません。運用者の認証ファイルを --nats-creds に指定してください。",
}

var englishBus = Bus{
	FlagCA:         "file with the certificates (PEM) that vouch for the NATS servers; without it those this machine trusts",
	FlagOutside:    "remove the stream for consumers outside (AYUMI_OUT)",
	Bus:            "the NATS servers that carry the log to its readers",
	Remake:         "remove the delivery copy (stream AYUMI); the servers that run make it again from the log. Needs an operator's credentials",
	Removed:        "The delivery copy is removed. The servers that run make it again from the log.",
	Consumer:       "make the place of a program that listens outside: it reads AYUMI_OUT and acknowledges. Needs an operator's credentials",
	FlagPrefecture: "hand it the records of this prefecture (its code) alone",
	Listens:        func(name string) string { return "The consumer " + name + " can read AYUMI_OUT." },
	NoServers:      "There are no NATS servers outside (--nats). The built-in one makes its copy again by itself.",
	NotOperator:    "These credentials do not permit it. Name an operator's with --nats-creds.",
}
