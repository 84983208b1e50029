package locale

// KeyTable is what the command line says of databases of keys and of access.
type KeyTable struct {
	Flag, FlagOwner, FlagAccess, FlagAccessOwner string
}

var japaneseKeyTable = KeyTable{
	Flag:            "個人の鍵の表を置くPostgreSQLのアドレス（postgres://…、専用のデータベース）。なければデータフォルダーに置く",
	FlagOwner:       "そこに表を作る役割のアドレス。なければ同じ役割が作る",
	FlagAccess:      "閲覧記録・サインイン・下書き・添付ファイルを置くPostgreSQLのアドレス（postgres://…）。なければデータフォルダーに置く",
	FlagAccessOwner: "そこに表を作る役割のアドレス。なければ同じ役割が作る",
}

var englishKeyTable = KeyTable{
	Flag:            "address of a PostgreSQL database of its own for the table of person keys (postgres://…); without it the data folder",
	FlagOwner:       "address with the role that makes the tables there; without it the same role does",
	FlagAccess:      "address of a PostgreSQL database for the access log, sign-in, drafts and attached files (postgres://…); without it the data folder",
	FlagAccessOwner: "address with the role that makes the tables there; without it the same role does",
}
