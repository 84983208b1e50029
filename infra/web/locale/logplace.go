package locale

// LogPlace is what the command line says of where the log lies.
type LogPlace struct {
	FlagLog, FlagURL, FlagName string
	Other                      func(dir, lies, asked string) string
	Migrate, FlagFrom, FlagTo  string
	Carrying, Differ, Same     string
	Moved                      func(events, before, from, to, root string) string
	Next                       func(to string) string
}

var japaneseLogPlace = LogPlace{
	FlagLog:  "記録の置き場所: embedded（データのフォルダー）、kurrentdb（専用のサーバー）",
	FlagURL:  "KurrentDBの接続文字列（例: esdb://user:password@host:2113）",
	FlagName: "同じKurrentDBに複数の記録を置くときの名前",
	Other: func(dir, lies, asked string) string {
		return dir + " の記録は " + lies + " にあります。" + asked + " では開けません。--log " + lies + " を指定するか、ayumi migrate で移してください"
	},
	Migrate:  "記録を別の置き場所に移す（サーバーを止めてから。途中で止めても、もう一度実行すれば続きから）",
	FlagFrom: "いまの置き場所（embedded か kurrentdb）", FlagTo: "移す先（embedded か kurrentdb）",
	Carrying: "記録を移しています", Differ: "移す先に別の記録があります。何も変えていません", Same: "--from と --to に別の置き場所を指定してください",
	Moved: func(events, before, from, to, root string) string {
		return events + "件の記録を " + from + " から " + to + " に移しました（うち " + before + " 件は前回までに移したもの）。\n両方の記録全体のハッシュが一致しました: " + root
	},
	Next: func(to string) string {
		return "これからは --log " + to + " で起動してください。元の記録はそのまま残しています。"
	},
}

var englishLogPlace = LogPlace{
	FlagLog:  "where the log lies: embedded (in the data directory) or kurrentdb (servers of its own)",
	FlagURL:  "connection string of KurrentDB, as in esdb://user:password@host:2113",
	FlagName: "name of the log where one KurrentDB holds several",
	Other: func(dir, lies, asked string) string {
		return "the log of " + dir + " lies in " + lies + "; it cannot be opened in " + asked + ". Use --log " + lies + ", or move it with ayumi migrate"
	},
	Migrate:  "move the log to another engine; stop the server first; once more goes on where it was stopped",
	FlagFrom: "engine in which the log lies (embedded or kurrentdb)", FlagTo: "engine to move it to (embedded or kurrentdb)",
	Carrying: "Moving the log", Differ: "the other engine holds another log; nothing was changed", Same: "name two different engines with --from and --to",
	Moved: func(events, before, from, to, root string) string {
		return "Moved " + events + " records from " + from + " to " + to + " (" + before + " of them in an attempt before).\nBoth logs have the same hash over everything: " + root
	},
	Next: func(to string) string {
		return "From now on start with --log " + to + ". The old log is left as it was."
	},
}
