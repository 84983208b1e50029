package locale

import "fmt"

// Witness is the command for witnesses: installations that sign each other's
// checkpoints.
type Witness struct {
	Command, Keys, Ask, Serve, State        string
	FlagPolicy, FlagName, FlagOut           string
	LogKey, WitnessKey, NoPolicy, Listening string
	Signed                                  func(name string, events int) string
	Asked                                   func(n, of, events int) string
	BadPolicy                               func(path string, line int) string
}

var japaneseWitness = Witness{
	Command: "証人：互いの先頭に署名する", Keys: "この記録と証人の公開鍵を示す", Ask: "方針にある証人すべてに、いまの先頭への署名を頼む", Serve: "証人だけを動かす", State: "証人として最後に署名した先頭を示す",
	FlagPolicy: "方針のファイル（log、witness、quorum の行）", FlagName: "証人の鍵の名前（例 tottori.example/witness）", FlagOut: "署名のそろった先頭を書くファイル",
	LogKey: "記録の鍵", WitnessKey: "証人の鍵", NoPolicy: "方針のファイルを --witness-policy で示してください", Listening: "証人の住所",
	Signed: func(name string, n int) string { return fmt.Sprintf("%s　%s件まで署名", name, number(n)) },
	Asked: func(n, of, events int) string {
		return fmt.Sprintf("✓ %s件までの先頭に、証人%d人（必要 %d人）が署名しました", number(events), n, of)
	},
	BadPolicy: func(path string, line int) string { return fmt.Sprintf("%s の%d行目が読めません", path, line) },
}

var englishWitness = Witness{
	Command: "witnesses: installations that sign each other's tree heads", Keys: "show the public keys of this log and this witness", Ask: "have every witness of the policy sign the newest tree head", Serve: "run a witness alone", State: "show what was signed last as a witness",
	FlagPolicy: "policy file (lines log, witness, quorum)", FlagName: "name of the witness key, as tottori.example/witness", FlagOut: "file for the tree head with its signatures",
	LogKey: "log key", WitnessKey: "witness key", NoPolicy: "name the policy file with --witness-policy", Listening: "address of the witness",
	Signed: func(name string, n int) string { return fmt.Sprintf("%s  signed up to event %s", name, number(n)) },
	Asked: func(n, of, events int) string {
		return fmt.Sprintf("✓ %d witnesses (%d needed) signed the tree head over %s events", n, of, number(events))
	},
	BadPolicy: func(path string, line int) string { return fmt.Sprintf("%s: line %d cannot be read", path, line) },
}
