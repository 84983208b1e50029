package locale

import "fmt"

// KeyTable is what the command line says of databases of keys and of access.
type KeyTable struct {
	Flag, FlagOwner, FlagAccess, FlagAccessOwner string
	Migrate, FlagTo                              string
	Migrated                                     func(records int) string
	NextDatabase                                 func(folder string) string
	NextDirectory                                string
	NeedOption, Empty, Open, Occupied            string
}

var japaneseKeyTable = KeyTable{
	Flag:            "個人の鍵の表を置くPostgreSQLのアドレス（postgres://…、専用のデータベース）。なければデータフォルダーに置く",
	FlagOwner:       "そこに表を作る役割のアドレス。なければ同じ役割が作る",
	FlagAccess:      "閲覧記録・サインイン・下書き・添付ファイルを置くPostgreSQLのアドレス（postgres://…）。なければデータフォルダーに置く",
	FlagAccessOwner: "そこに表を作る役割のアドレス。なければ同じ役割が作る",

	Migrate: "鍵の表を--keysのデータベースへ、またはデータフォルダーへ移す（サーバーをすべて止めてから。途中で止まっても、もう一度実行すれば続きから）",
	FlagTo:  "移す先（database か directory）",
	Migrated: func(n int) string {
		return fmt.Sprintf("鍵の表（%d件）を移し、もとの表を消しました。", n)
	},
	NextDatabase: func(folder string) string {
		return "これからは --keys を付けて起動してください。どのサーバーにも同じ鍵の鍵のフォルダー（" + folder + "）が必要です（--kek-dir）。"
	},
	NextDirectory: "これからは --keys を付けずに起動してください。",
	NeedOption:    "--keys に、鍵の表のデータベースのアドレスを指定してください。",
	Empty:         "この記録の鍵の表が空です。鍵は別の場所にあります（--keys を確かめてください。移すには ayumi keys migrate）。失われたのであれば控えから戻してください。新しい鍵は作りません。",
	Open:          "鍵の表をほかのサーバーが使っています。すべて止めてから、もう一度実行してください。何も変えていません。",
	Occupied:      "移す先に別の鍵があります。何も消していません。",
}

var englishKeyTable = KeyTable{
	Flag:            "address of a PostgreSQL database of its own for the table of person keys (postgres://…); without it the data folder",
	FlagOwner:       "address with the role that makes the tables there; without it the same role does",
	FlagAccess:      "address of a PostgreSQL database for the access log, sign-in, drafts and attached files (postgres://…); without it the data folder",
	FlagAccessOwner: "address with the role that makes the tables there; without it the same role does",

	Migrate: "move the key table into the database of --keys, or back into the data folder; stop every server first; once more goes on where it was stopped",
	FlagTo:  "where to: database or directory",
	Migrated: func(n int) string {
		return fmt.Sprintf("Moved the key table (%d records); the old one is destroyed.", n)
	},
	NextDatabase: func(folder string) string {
		return "From now on start with --keys. Each server needs the same folder of key-encrypting keys (" + folder + "; --kek-dir)."
	},
	NextDirectory: "From now on start without --keys.",
	NeedOption:    "Give the address of the database of keys with --keys.",
	Empty:         "The key table of this log is empty: the keys lie elsewhere (see --keys; ayumi keys migrate moves them), or are lost and must be put back from a backup. No new keys are made.",
	Open:          "Another server has the key table open. Stop all of them and try again. Nothing was changed.",
	Occupied:      "Other keys lie in that place. Nothing was destroyed.",
}
