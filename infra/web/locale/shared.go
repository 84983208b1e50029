package locale

// Shared is what the command line says of the tables that several instances share.
type Shared struct {
	OtherLog              func(tables, lies, asked string) string
	NoSecret, OtherSecret func(path string) string
	NoTables, NeedsOwner  string

	Share                          string
	Carried                        func(file, tables, rows string) string
	Next                           string
	NotShared                      func(dir string) string
	Shared, NoAccess, TablesFilled string
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
	NoTables:   "option access のデータベースにまだ表がありません。サーバーを一度起動すると作られます",
	NeedsOwner: "option access のデータベースの表がないか、別の版のものです。表を作れる役割のアドレスを --access-owner で指定して、一度起動してください",

	Share: "サインイン・閲覧記録・下書き・LINEのやりとりを option access のデータベースに移す（サーバーを止めてから）",
	Carried: func(file, tables, rows string) string {
		return file + " → " + tables + "（" + rows + "行、すべて読み戻して一致）"
	},
	Next: "これからは option access を指定して起動してください。元のファイルはそのまま残しています。バックアップはデータベースの側で取ってください。",
	NotShared: func(dir string) string {
		return dir + " のサインインと閲覧記録はファイルにあります。ayumi share で option access のデータベースに移してから起動してください。何も変えていません"
	},
	Shared:       "サインインと閲覧記録は option access のデータベースに移してあります。--access を指定してください",
	NoAccess:     "移す先のデータベースを --access で指定してください",
	TablesFilled: "option access のデータベースに、すでに別の行があります。何も変えていません",
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
	NoTables:   "The database of option access has no tables yet. A server that starts makes them.",
	NeedsOwner: "The tables in the database of option access are missing or of another version. Start once with --access-owner, the address of the role that may make them.",

	Share: "carry sign-in, access log, drafts and texts of LINE into the database of option access (stop the server first)",
	Carried: func(file, tables, rows string) string {
		return file + " → " + tables + " (" + rows + " rows, each read back and equal)"
	},
	Next: "From now on start with option access. The files stay as they are. Back the database up where it is.",
	NotShared: func(dir string) string {
		return "Sign-in and access log of " + dir + " lie in files. Carry them into the database of option access with ayumi share, then start. Nothing was changed."
	},
	Shared:       "Sign-in and access log were carried into the database of option access: give --access.",
	NoAccess:     "Say with --access which database to carry to.",
	TablesFilled: "The database of option access already holds other rows. Nothing was changed.",
}
