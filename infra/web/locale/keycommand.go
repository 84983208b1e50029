package locale

import "fmt"

// KeyCommand is what the command line says about keys and erasures.
type KeyCommand struct {
	Keys, Status, Rotate, Escrow, Recover                       string
	Erasure, List, Show, Preview, Order                         string
	FlagKEKDir, FlagKEKGuard, FlagEpochLength, FlagEpochsKept   string
	FlagTo, FlagIdentity, FlagAs, FlagGround, FlagRights, FlagV string
	Epoch                                                       func(no int, begun, ends string) string
	Present, Rotated                                            string
	Escrowed                                                    string
	Recovered                                                   func(n int) string
	Step                                                        func(mark, name, when string) string
	NotErased                                                   func(number string) string
	Figure                                                      func(name, scope, period string, value, members int) string
	WrongPassword                                               string
	NoLog                                                       func(dir string) string
}

var japaneseKeyCommand = KeyCommand{
	Keys: "鍵の期間を見る、改める", Status: "鍵の期間を示す", Rotate: "鍵の表をいま新しい鍵で書き直す",
	Escrow: "3人の役職者に鍵を預ける（だれか2人でひらく）", Recover: "預けた鍵を2人の控えで戻す",
	Erasure: "消去を確認する、決定する、証明する", List: "消去した人を示す", Show: "消去の段階と証明を示す", Preview: "消去が数値に及ぼす影響を示す", Order: "消去を決定し、終わるまで段階を示す",
	FlagKEKDir: "鍵の鍵を置くディレクトリ（空ならkeys/kek。控えに含めないこと）", FlagKEKGuard: "鍵の鍵を封じる鍵のありか（env:ファイル か credential:名前）",
	FlagEpochLength: "ひとつの鍵を使う長さ", FlagEpochsKept: "残しておく鍵の数",
	FlagTo: "役職者の公開鍵（age1…、3人分）", FlagIdentity: "役職者の秘密の鍵のファイル（2人分）", FlagAs: "決定する人のサインイン名（パスワードはAYUMI_PASSWORD）",
	FlagGround: "根拠（suspension_decision, retention_end, voluntary_after_check）", FlagRights: "請求の番号", FlagV: "簿冊の番号",
	Epoch: func(no int, begun, ends string) string {
		return fmt.Sprintf("期間 %d　%sから　%sまでに破壊", no, begun, ends)
	},
	Present: "いまの期間", Rotated: "鍵の表を書き直しました。", Escrowed: "預けました。控えはkekのescrowにあります。",
	Recovered: func(n int) string { return fmt.Sprintf("鍵の鍵を%dつ戻しました。", n) },
	Step:      func(mark, name, when string) string { return "［" + mark + "］" + name + "　" + when },
	NotErased: func(number string) string { return number + "は消去されていません" },
	Figure: func(name, scope, period string, value, members int) string {
		return fmt.Sprintf("%s %s %s　%d（この人の分 %d）　変わりません", name, scope, period, value, members)
	},
	WrongPassword: "サインイン名かパスワードが違います",
	NoLog:         func(dir string) string { return dir + " に記録がありません" },
}

var englishKeyCommand = KeyCommand{
	Keys: "look at key epochs, begin a new one", Status: "show the key epochs", Rotate: "rewrite the key table under a new key now",
	Escrow: "keep the keys in escrow for three officers (any two open it)", Recover: "put keys back from escrow with two identities",
	Erasure: "check, order and certify erasures", List: "list who was erased", Show: "show the steps of an erasure and its certificate", Preview: "show what an erasure does to figures", Order: "order an erasure and show its steps to the end",
	FlagKEKDir: "folder of the key-encryption keys (empty: keys/kek; keep it out of backups)", FlagKEKGuard: "where the key lies that seals them (env:FILE or credential:NAME)",
	FlagEpochLength: "how long a key-encryption key is used", FlagEpochsKept: "how many are kept",
	FlagTo: "public key of an officer (age1…), three times", FlagIdentity: "file with the identity of an officer, twice", FlagAs: "sign-in name of who orders it (password in AYUMI_PASSWORD)",
	FlagGround: "ground (suspension_decision, retention_end, voluntary_after_check)", FlagRights: "number of the request", FlagV: "number of the record volume",
	Epoch: func(no int, begun, ends string) string {
		return fmt.Sprintf("epoch %d  from %s  destroyed by %s", no, begun, ends)
	},
	Present: "present epoch", Rotated: "The key table is rewritten.", Escrowed: "In escrow: the copies lie in escrow beside the keys.",
	Recovered: func(n int) string { return fmt.Sprintf("%d key-encryption keys are back.", n) },
	Step:      func(mark, name, when string) string { return "[" + mark + "] " + name + "  " + when },
	NotErased: func(number string) string { return number + " is not erased" },
	Figure: func(name, scope, period string, value, members int) string {
		return fmt.Sprintf("%s %s %s  %d (of this person %d)  stays", name, scope, period, value, members)
	},
	WrongPassword: "the sign-in name or the password is wrong",
	NoLog:         func(dir string) string { return dir + " holds no log" },
}
