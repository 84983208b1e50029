package locale

import "fmt"

// Backup is what the command line says of backups and of putting them back.
type Backup struct {
	Backup, FlagArchive, FlagKeys                             string
	FlagRecipient, FlagRecipients, FlagKeysFor                string
	FlagKeysRecipients                                        string
	Writing, NothingAsked, UnderWay, InServers, NeedRecipient string
	NeedKeysRecipient, BothToOutput                           string
	SamePerson, Exists, NoRecipient                           func(what string) string
	Archived                                                  func(file string, records int, root string) string
	KeysWritten                                               func(file string, epoch int, by string) string
	Left                                                      func(file string) string
	NoKeys                                                    string
	Restore, FlagFromArchive, FlagFromKeys                    string
	FlagIdentity, FlagCheck, FlagContinue, FlagKept           string
	Reading, NeedFiles, Running, Beyond, Foreign              string
	Fault                                                     func(file, why, where string) string
	Kinds                                                     map[string]string // archive, keys
	Why                                                       map[string]string // what can be wrong, as infra/backup names it
	In, Behind, Among                                         func(member string, at int) string
	At                                                        func(at int) string
	Whole, Back                                               func(dir, origin, begun string, records int) string
	Proven                                                    func(trees, keys, destroyed int, root string) string
	NewKey                                                    func(key, before string) string
	WitnessNext, SameKey, SessionsEnded                       string
	Lost                                                      func(records int) string
	Untold                                                    func(n int) string
	Overdue                                                   func(by string) string
	Carry                                                     func(engine string) string
	Start                                                     func(line string) string
	StartedRestored                                           func(at string, position int) string
}

var japaneseBackup = Backup{
	Backup:      "業務を続けたまま控えを取る（記録などの控えと、鍵の控えを、別の人あてに暗号化する）",
	FlagArchive: "記録などの控えのファイル（- は標準出力）", FlagKeys: "鍵の控えのファイル（- は標準出力）",
	FlagRecipient: "記録などの控えを開ける人の公開鍵 age1…（繰り返し可）", FlagRecipients: "その公開鍵を1行に1つ書いたファイル",
	FlagKeysFor: "鍵の控えを開ける人の公開鍵 age1…（繰り返し可。記録を開ける人とは別の人）", FlagKeysRecipients: "その公開鍵を1行に1つ書いたファイル",
	Writing: "控えを取っています", NothingAsked: "--archive か --key-archive（両方も可）を指定してください", UnderWay: "同じフォルダーの控えを取っている最中です",
	InServers:         "鍵や閲覧記録などがデータベースにあります（--keys、--access、--secrets）。そのデータベースは pg_dump などその仕組みで、鍵とそれ以外を別の人あてに暗号化して控えてください。記録は KurrentDB の仕組みで控えるか、ayumi migrate で写せます",
	NeedRecipient:     "記録などの控えを開ける人を --recipient か --recipients-file で指定してください（公開鍵は age1… の形）",
	NeedKeysRecipient: "鍵の控えを開ける人を --key-recipient か --key-recipients-file で指定してください（公開鍵は age1… の形）",
	BothToOutput:      "標準出力に書けるのは、どちらか一方だけです",
	SamePerson: func(who string) string {
		return "同じ人が両方を開けることはできません。一人で氏名が読めてしまいます: " + who
	},
	Exists:      func(file string) string { return file + " はすでにあります。上書きしません" },
	NoRecipient: func(text string) string { return text + " は公開鍵（age1…）ではありません" },
	Archived: func(file string, records int, root string) string {
		return fmt.Sprintf("記録などの控え: %s\n  記録 #%d まで。全体のハッシュ %s", file, records, root)
	},
	KeysWritten: func(file string, epoch int, by string) string {
		return fmt.Sprintf("鍵の控え: %s\n  鍵の期間 %d。おそくとも %s までに破棄してください。これが残っているあいだ、その後に消去した人の記録も、古い控えから読めてしまいます。", file, epoch, by)
	},
	Left: func(file string) string {
		return "控えに入れていません（この製品のファイルではないか、壊れています）: " + file
	},
	NoKeys: "鍵の控えは取っていません。戻すには、これより後に取った鍵の控えが要ります。",

	Restore:         "控えから新しいフォルダーに戻す（全部を照合してから完了とする）",
	FlagFromArchive: "記録などの控えのファイル", FlagFromKeys: "鍵の控えのファイル（いちばん新しいもの）",
	FlagIdentity: "控えを開ける秘密鍵のファイル（age-keygen が作る形。繰り返し可）", FlagCheck: "照合だけして、何も書かない",
	FlagContinue: "同じ署名の鍵で続ける（元のサーバーを止めてから控えを取り、二度と起動しないときだけ）",
	FlagKept:     "手元や立会先に残る、いちばん新しいチェックポイントのファイル",
	Reading:      "控えを読んでいます", NeedFiles: "--archive、--key-archive、--identity を指定してください",
	Running: "--continue は使えません。控えを取ったとき、元のサーバーが動いていました。その後に署名されたものがあるかもしれません",
	Beyond:  "--continue は使えません。示されたチェックポイントの方が、この控えより多くの記録に署名しています",
	Foreign: "示されたチェックポイントは、この記録のものではありません",
	Fault:   func(file, why, where string) string { return file + ": " + why + where },
	Kinds:   map[string]string{"archive": "記録などの控え", "keys": "鍵の控え"},
	Why: map[string]string{
		"damaged":    "壊れています",
		"cut":        "途中で切れています",
		"identity":   "手元の秘密鍵では開けません（別の人あてか、ファイルの先頭が壊れています）",
		"kind":       "もう一方の控えです。--archive と --key-archive を確かめてください",
		"format":     "新しい版のプログラムが作ったものです",
		"untrue":     "中身が目録と違います",
		"unknown":    "この版のプログラムが知らないものが入っています",
		"origin":     "別の記録のものです",
		"older":      "記録などの控えより古い鍵です。これより後に取った鍵の控えを使ってください",
		"ledger":     "記録が、署名されたものと違います",
		"no_key":     "鍵が開きません",
		"incomplete": "あるはずのものがありません",
	},
	In: func(member string, at int) string {
		return fmt.Sprintf("（%s の中かそのすぐ後。ファイルの %d バイト目あたりから）", member, at)
	},
	Behind: func(member string, at int) string {
		return fmt.Sprintf("（%s のすぐ後。ファイルの %d バイト目あたりから）", member, at)
	},
	Among: func(members string, at int) string {
		return fmt.Sprintf("（%s。ファイルの %d バイト目から 64 KiB の中）", members, at)
	},
	At: func(at int) string { return fmt.Sprintf("（ファイルの %d バイト目あたり）", at) },
	Whole: func(_, origin, begun string, records int) string {
		return fmt.Sprintf("控えは完全です。%s、%s に取ったもの、記録 #%d まで。", origin, begun, records)
	},
	Back: func(dir, origin, begun string, records int) string {
		return fmt.Sprintf("%s に戻しました。%s、%s に取った控え、記録 #%d まで。", dir, origin, begun, records)
	},
	Proven: func(trees, keys, destroyed int, root string) string {
		return fmt.Sprintf("  署名済みの %d 時点と一致。全体のハッシュ %s。鍵 %d、破棄済み %d。", trees, root, keys, destroyed)
	},
	NewKey: func(key, before string) string {
		return "  これからは新しい鍵で署名します。元の鍵で署名されたものは " + before + " に残しました。新しい公開鍵:\n  " + key
	},
	WitnessNext: "  立会先は、前に署名した記録と違うため、署名を断ります（正しい動きです）。理由を文書で伝え、立会先に、残したチェックポイントを証拠として別に保管してもらい、方針のファイルに新しい公開鍵を入れてもらってください。立会人としてのここの鍵も新しくなります。",
	SameKey:     "  同じ鍵で署名を続けます。元のサーバーは二度と起動しないでください。", SessionsEnded: "  全員のサインインを終わらせました。",
	Lost: func(n int) string {
		return fmt.Sprintf("  注意: 示されたチェックポイントにある記録のうち %d 件が、この控えにはありません。失われた記録です。", n)
	},
	Untold: func(n int) string {
		return fmt.Sprintf("  注意: %d 人は、鍵が破棄されていますが、この記録には消去の記録がありません（控えの後に消去した人です）。もう一度消去を指示して記録に残してください:", n)
	},
	Overdue: func(by string) string {
		return "  注意: この鍵の控えは " + by + " までに破棄されるはずのものでした。"
	},
	Carry: func(engine string) string {
		return "  元の記録は " + engine + " にありました。戻したものはフォルダーの中にあります。移すには ayumi migrate を使ってください（KurrentDBでは新しい名前を --kurrentdb-log で指定）。"
	},
	Start: func(line string) string { return "次のように起動してください:\n  " + line },
	StartedRestored: func(at string, position int) string {
		return fmt.Sprintf("この記録は %s に控えから戻したものです（#%d まで）。", at, position)
	},
}

var englishBackup = Backup{
	Backup:      "back up while the office works: the records and everything else for some people, the keys for others",
	FlagArchive: "file of the archive (-: standard output)", FlagKeys: "file of the keys (-: standard output)",
	FlagRecipient: "who can open the archive: a public key age1…, any number of times", FlagRecipients: "file of such keys, one a line",
	FlagKeysFor: "who can open the keys: age1…, any number of times, nobody of those above", FlagKeysRecipients: "file of such keys, one a line",
	Writing: "Backing up", NothingAsked: "name --archive or --key-archive, or both", UnderWay: "another backup of this folder is under way",
	InServers:         "keys, access log and the like lie in databases (--keys, --access, --secrets): back these up by their own means, such as pg_dump, keys and the rest encrypted for different people; the log by those of KurrentDB, or copy it with ayumi migrate",
	NeedRecipient:     "name who can open the archive, by --recipient or --recipients-file (a public key age1…)",
	NeedKeysRecipient: "name who can open the keys, by --key-recipient or --key-recipients-file (a public key age1…)",
	BothToOutput:      "only one of the two can go to standard output",
	SamePerson: func(who string) string {
		return "nobody may open both, one person could read names: " + who
	},
	Exists:      func(file string) string { return file + " is there already and is not written over" },
	NoRecipient: func(text string) string { return text + " is no public key (age1…)" },
	Archived: func(file string, records int, root string) string {
		return fmt.Sprintf("Archive: %s\n  up to record #%d, hash over everything %s", file, records, root)
	},
	KeysWritten: func(file string, epoch int, by string) string {
		return fmt.Sprintf("Keys: %s\n  key epoch %d. Destroy this file by %s at the latest: as long as it is there, records of people erased since can be read from older copies.", file, epoch, by)
	},
	Left: func(file string) string {
		return "not in the backup, it is no file of the product or is damaged: " + file
	},
	NoKeys: "No keys were taken: to put this back, keys are needed that were taken later.",

	Restore:         "put a backup into a new folder; done only when everything was compared",
	FlagFromArchive: "file of the archive", FlagFromKeys: "file of the keys, the newest there is",
	FlagIdentity: "file of an identity that opens a file, as age-keygen writes it, any number of times", FlagCheck: "only compare, write nothing",
	FlagContinue: "go on signing with the same key: only if the old server was stopped before the backup and will never be started again",
	FlagKept:     "the newest checkpoint that was kept elsewhere, by you or by a witness",
	Reading:      "Reading the backup", NeedFiles: "name --archive, --key-archive and --identity",
	Running: "--continue cannot be used: a server was at work when the backup was made, and may have signed more since",
	Beyond:  "--continue cannot be used: the checkpoint that was kept signs more records than this backup holds",
	Foreign: "the checkpoint that was kept is not of this log",
	Fault:   func(file, why, where string) string { return file + ": " + why + where },
	Kinds:   map[string]string{"archive": "the archive", "keys": "the keys"},
	Why: map[string]string{
		"damaged":    "it is damaged",
		"cut":        "it ends too early",
		"identity":   "no identity at hand opens it: it is for somebody else, or its first bytes are damaged",
		"kind":       "it is the other file of a backup; look at --archive and --key-archive",
		"format":     "a newer version of the program made it",
		"untrue":     "its content is not what its list says",
		"unknown":    "it holds something that this program does not know",
		"origin":     "it belongs to another log",
		"older":      "these keys are older than the archive; use keys that were taken later",
		"ledger":     "the log is not the one that was signed",
		"no_key":     "the keys do not open",
		"incomplete": "something is missing in it",
	},
	In: func(member string, at int) string {
		return fmt.Sprintf(" (in %s or right behind it, from about byte %d of the file)", member, at)
	},
	Behind: func(member string, at int) string {
		return fmt.Sprintf(" (right behind %s, from about byte %d of the file)", member, at)
	},
	Among: func(members string, at int) string {
		return fmt.Sprintf(" (%s; within 64 KiB from about byte %d of the file)", members, at)
	},
	At: func(at int) string { return fmt.Sprintf(" (at about byte %d of the file)", at) },
	Whole: func(_, origin, begun string, records int) string {
		return fmt.Sprintf("The backup is whole: %s as of %s, up to record #%d.", origin, begun, records)
	},
	Back: func(dir, origin, begun string, records int) string {
		return fmt.Sprintf("%s holds %s as of %s, up to record #%d.", dir, origin, begun, records)
	},
	Proven: func(trees, keys, destroyed int, root string) string {
		return fmt.Sprintf("  It agrees with %d signed tree heads; hash over everything %s; %d keys, %d destroyed.", trees, root, keys, destroyed)
	},
	NewKey: func(key, before string) string {
		return "  It signs with a new key from now on. What was signed with the old one lies in " + before + ". The new public key:\n  " + key
	},
	WitnessNext: "  Witnesses will refuse to sign, since this log differs from the one they signed; they are right to. Tell them why in writing; they keep the checkpoint they have as evidence, apart, and enter the new public key in their policy. The key of this house as a witness is new as well.",
	SameKey:     "  It goes on signing with the same key. Never start the old server again.", SessionsEnded: "  Everybody was signed out.",
	Lost: func(n int) string {
		return fmt.Sprintf("  Note: %d records under the checkpoint that was kept are not in this backup. They are lost.", n)
	},
	Untold: func(n int) string {
		return fmt.Sprintf("  Note: the keys of %d people are destroyed, though this log does not say that they were erased: they were erased after the backup. Order their erasure again, so that it is on record:", n)
	},
	Overdue: func(by string) string {
		return "  Note: these keys should have been destroyed by " + by + "."
	},
	Carry: func(engine string) string {
		return "  The log lay in " + engine + ". What was put back lies in the folder; ayumi migrate moves it, in KurrentDB under a new name (--kurrentdb-log)."
	},
	Start: func(line string) string { return "Start it with:\n  " + line },
	StartedRestored: func(at string, position int) string {
		return fmt.Sprintf("This log was put back from a backup at %s (up to #%d).", at, position)
	},
}
