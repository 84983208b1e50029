package locale

// Shared is what the command line says of the tables that several instances share.
type Shared struct {
	OtherLog              func(tables, lies, asked string) string
	NoSecret, OtherSecret func(path string) string
	NoTables              string
}

var japaneseShared = Shared{
	OtherLog: func(tables, lies, asked string) string {
		return "option access のデータベースの " + tables + " は別の記録（" + lies + "）のものです。記録 " + asked + " には専用のデータベースを指定してください。何も変えていません"
	},
	NoSecret: func(path string) string {
		return path + " がありません。閲覧記録の照合に使う秘密のファイルで、すべてのサーバーで同じものが要ります。最初のサーバーから安全な方法で写してください。新しくは作りません"
	},
	OtherSecret: func(path string) string {
		return path + " は、この閲覧記録を始めたときの秘密のファイルと違います。最初のサーバーのものを安全な方法で写してください。何も変えていません"
	},
	NoTables: "option access のデータベースにまだ表がありません。サーバーを一度起動すると作られます",
}

var englishShared = Shared{
	OtherLog: func(tables, lies, asked string) string {
		return "In the database of option access, " + tables + " belongs to another log (" + lies + "). Log " + asked + " needs a database of its own. Nothing was changed."
	},
	NoSecret: func(path string) string {
		return path + " is missing. It is the secret behind the digests of the access log, and every server needs the same: copy it from the first server, by a safe way. Another one is not made."
	},
	OtherSecret: func(path string) string {
		return path + " is not the secret with which this access log was begun. Copy that of the first server, by a safe way. Nothing was changed."
	},
	NoTables: "The database of option access has no tables yet. A server that starts makes them.",
}
