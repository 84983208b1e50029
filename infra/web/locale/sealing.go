package locale

import "fmt"

// Sealing is what the command line says of seals and bundles.
type Sealing struct {
	Seal, Key, Trust, Ask, Sign, Enter, Bundle, Verify, Keys string
	FlagOut, FlagKey, FlagYear, FlagEdition, FlagKeys        string
	FlagHeld, FlagOrigin, FlagPassphrase                     string
	Passphrase                                               string // prompt
	Wrong, Exists, NoKey, Nothing, NotSealed, Refused        string
	Public                                                   func(key string) string
	Asked, Signed, Entered                                   func(n int) string
	Written                                                  func(path string, bytes int) string
}

var japaneseSealing = Sealing{
	Seal: "責任者が数値に署名する（封印）", Key: "責任者の鍵を作る（サーバーではない端末で）", Trust: "責任者の公開鍵を登録・交替する",
	Ask: "署名を求める数値を書き出す", Sign: "書き出した数値に署名する（サーバーではない端末で）", Enter: "署名された封印を記録に入れる",
	Bundle: "年度の証拠一式を書き出す", Verify: "証拠一式を検証する", Keys: "検証に使う公開鍵を書き出す",
	FlagOut: "書き出すファイル", FlagKey: "責任者の鍵のファイル（age）", FlagYear: "年度（例 2019）", FlagEdition: "版（audit, public）",
	FlagKeys: "別の道で受け取った公開鍵のファイル", FlagHeld: "手元に残してある前の封印（.note）", FlagOrigin: "記録の名前", FlagPassphrase: "鍵の合言葉（12字以上）",
	Passphrase: "鍵の合言葉: ", Wrong: "合言葉で鍵を開けません。12字以上の合言葉を確かめてください。", Exists: "鍵のファイルがもうあります。別の名前にしてください。",
	NoKey: "責任者の公開鍵がまだありません。ayumi seal trust で登録してください。", Nothing: "封印する数値がありません。承認または公表された数値だけが対象です。",
	NotSealed: "その年度には封印された数値がありません。", Refused: "封印が、求めたものと違います。求め直してください。",
	Public: func(key string) string {
		return "公開鍵（サーバーで ayumi seal trust に渡してください）\n" + key
	},
	Asked:   func(n int) string { return fmt.Sprintf("%d件の署名を求めます", n) },
	Signed:  func(n int) string { return fmt.Sprintf("%d件に署名しました", n) },
	Entered: func(n int) string { return fmt.Sprintf("%d件の封印を記録に入れました", n) },
	Written: func(path string, bytes int) string {
		return fmt.Sprintf("%s を書き出しました（%d バイト）", path, bytes)
	},
}

var englishSealing = Sealing{
	Seal: "let a responsible officer sign figures", Key: "make an officer's key (away from the server)", Trust: "enter or change the officer's public key",
	Ask: "write out the figures to be signed", Sign: "sign the figures written out (away from the server)", Enter: "enter signed seals into the log",
	Bundle: "write the proof bundle of a fiscal year", Verify: "verify proof bundles", Keys: "write the public keys for verifying",
	FlagOut: "file to write", FlagKey: "file with the officer's key (age)", FlagYear: "fiscal year, such as 2019", FlagEdition: "edition (audit, public)",
	FlagKeys: "file of public keys that reached you by another way", FlagHeld: "a seal kept from before (.note)", FlagOrigin: "name of the log", FlagPassphrase: "passphrase of the key, 12 characters or more",
	Passphrase: "Passphrase of the key: ", Wrong: "The passphrase does not open the key. It has 12 characters or more; check it.", Exists: "The key file is there already. Choose another name.",
	NoKey: "No officer's public key is set. Enter one with ayumi seal trust.", Nothing: "There is no figure to seal. Only approved or published figures can be sealed.",
	NotSealed: "No figure of that year is sealed.", Refused: "The seal is not what was asked for. Ask for it again.",
	Public:  func(key string) string { return "Public key (give it to ayumi seal trust on the server)\n" + key },
	Asked:   func(n int) string { return fmt.Sprintf("%d to be signed", n) },
	Signed:  func(n int) string { return fmt.Sprintf("%d signed", n) },
	Entered: func(n int) string { return fmt.Sprintf("%d seals entered into the log", n) },
	Written: func(path string, bytes int) string { return fmt.Sprintf("%s written (%d bytes)", path, bytes) },
}

// sealRefusalTexts are the refusals of seals.
var sealRefusalTexts = map[string]pair{
	"figure.seal":    {"封印の内容がこの数値と違います。封印を求め直してください。", "The seal does not state this figure. Ask for the seal again."},
	"log.figure_key": {"この公開鍵は使えません。鍵を確かめるか、新しい鍵を作ってください。", "That public key cannot be used. Check it, or make a new one."},
}
