package locale

// Engine is what the command line says of where the log lies.
type Engine struct {
	FlagLog, FlagURL, FlagName string
	Other                      func(dir, lies, asked string) string
}

var japaneseEngine = Engine{
	FlagLog:  "記録の置き場所: embedded（データのフォルダー）、kurrentdb（専用のサーバー）",
	FlagURL:  "KurrentDBの接続文字列（例: esdb://user:password@host:2113）",
	FlagName: "同じKurrentDBに複数の記録を置くときの名前",
	Other: func(dir, lies, asked string) string {
		return dir + " の記録は " + lies + " にあります。" + asked + " では開けません。--log " + lies + " を指定するか、ayumi migrate で移してください"
	},
}

var englishEngine = Engine{
	FlagLog:  "where the log lies: embedded (in the data directory) or kurrentdb (servers of its own)",
	FlagURL:  "connection string of KurrentDB, as in esdb://user:password@host:2113",
	FlagName: "name of the log where one KurrentDB holds several",
	Other: func(dir, lies, asked string) string {
		return "the log of " + dir + " lies in " + lies + "; it cannot be opened in " + asked + ". Use --log " + lies + ", or move it with ayumi migrate"
	},
}
