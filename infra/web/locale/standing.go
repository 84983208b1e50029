package locale

import (
	"fmt"
	"time"
)

// Standing is what the state of the system says of witnesses, of the keys' place and
// of the tree over the access log.
type Standing struct {
	Witnesses, NoPolicy, Never        string
	Met, Words, Trees                 map[string]string
	Needed                            func(needed, of int) string
	Name, Size, Behind, Signed, State string
	Cause, Table                      string
	minutes, hours, days              string // with one %d each
	Keys, KeyFolder                   string
	KeysApart, KeysApartText          string
	KeysBeside, KeysBesideText        string
	KeysSample, KeysSampleText        string
	Started                           func(folder, first, second string) string
	Move, Moved                       string
	AccessTree                        string
	AccessStates                      map[string]string
	AccessForkLine                    func(first, last int) string
	AccessForkShort                   func(signed, found int) string
	FlagVerify, FlagFollows           string
	Verified                          func(n int, root string) string
	Follows                           func(n int) string
	FollowsHere                       string
	FlagBefore                        string
	NotSigned                         string
}

// Age says how long something took or ago it was, in its largest unit.
func (s Standing) Age(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return fmt.Sprintf(s.minutes, max(int(d.Minutes()), 0))
	case d < 48*time.Hour:
		return fmt.Sprintf(s.hours, int(d.Hours()))
	}
	return fmt.Sprintf(s.days, int(d.Hours())/24)
}

var japaneseStanding = Standing{
	Witnesses: "証人の署名", NoPolicy: "証人を置いていません。もう一つの県のあゆみに証人を頼み、方針のファイルを --witness-policy で示すと、この記録の先頭にも署名がつきます。", Never: "まだ",
	Met:   map[string]string{"met": "方針どおり", "late": "1日より古い", "few": "署名が足りません", "fork": "別の履歴に署名済み", "none": "証人なし"},
	Words: map[string]string{"ok": "署名済み", "never": "まだ", "unreached": "つながりません", "refused": "断られました", "unknown": "証人がこの記録を知りません", "fork": "別の履歴に署名済み"},
	Trees: map[string]string{"events": "出来事の記録", "access": "閲覧記録"},
	Needed: func(needed, of int) string {
		return fmt.Sprintf("証人%d人のうち%d人の署名が必要です。", of, needed)
	},
	Name: "証人", Size: "署名した件数", Behind: "残り", Signed: "署名から", State: "状態", Cause: "理由", Table: "証人の表",
	minutes: "%d分", hours: "%d時間", days: "%d日",
	Keys: "鍵の鍵の置き場所", KeyFolder: "フォルダー",
	KeysApart: "データと別", KeysApartText: "データのフォルダーの控えだけでは、個人の記録は開けません。",
	KeysBeside: "データと同じ場所", KeysBesideText: "鍵の鍵がデータのフォルダーの中にあります。その控えや盗まれた写しでは個人の記録が開け、消去しても控えの中では消えません。あゆみを止めて、鍵の鍵を別の場所へ移し、その場所を示して起動してください。控えも別にしてください。",
	KeysSample: "見本", KeysSampleText: "見本のため、鍵はデータと同じ場所にあります。実務では --kek-dir で別の場所を示してください。",
	Started: func(folder, first, second string) string {
		return "注意: 鍵の鍵がデータのフォルダーの中（" + folder + "）にあります。控えを盗まれると個人の記録が開け、消去しても控えには残ります。\n止めてから、次の2行を実行してください（移す先は自由です）:\n  " + first + "\n  " + second
	},
	Move: "鍵の鍵を別の場所へ移す（止めてから）", Moved: "鍵の鍵を移しました。これからは次のように起動します:",
	AccessTree: "先頭の署名",
	AccessStates: map[string]string{
		"ok": "署名した先頭のすべてと一致しています。", "reading": "全体を照合しています。", "empty": "署名する閲覧がまだありません。",
		"fork": "署名した先頭と一致しません。新しい署名はしません。控えと照らし合わせてください。", "fault": "署名のファイルを書き込めないか、記録が自分の木と合いません。",
	},
	AccessForkLine: func(first, last int) string {
		if first == last {
			return fmt.Sprintf("閲覧 %d が署名の時と違います。", first)
		}
		return fmt.Sprintf("閲覧 %d～%d のどれかが署名の時と違います。", first, last)
	},
	AccessForkShort: func(signed, found int) string {
		return "署名の時は" + number(signed) + "件、今は" + number(found) + "件です。"
	},
	FlagVerify: "全体を読み直し、木と署名した先頭に合うかを確かめる", FlagFollows: "控えておいた先頭のファイルから続いているかも確かめる",
	Verified: func(n int, root string) string {
		return "✓ 閲覧 " + number(n) + "件は、木と署名した先頭に合います　" + root
	},
	Follows:   func(n int) string { return "✓ 控えの " + number(n) + "件までの先頭から続いています" },
	NotSigned: "まだ署名された先頭がありません", FlagBefore: "この番号より前だけ（続きを読む: --json の next）", FollowsHere: "--follows はデータのフォルダーに対して使ってください（--data）",
}

var englishStanding = Standing{
	Witnesses: "Signatures of witnesses", NoPolicy: "There are no witnesses. Ask the other prefecture's Ayumi to be one and name the policy file with --witness-policy; then it signs the heads of this log too.", Never: "never",
	Met:    map[string]string{"met": "Policy is met", "late": "Older than a day", "few": "Too few signatures", "fork": "Signed another history", "none": "No witness"},
	Words:  map[string]string{"ok": "signed", "never": "not yet", "unreached": "cannot be reached", "refused": "refused", "unknown": "does not know this log", "fork": "signed another history"},
	Trees:  map[string]string{"events": "Log of events", "access": "Access log"},
	Needed: func(needed, of int) string { return fmt.Sprintf("%d of %d witnesses must sign.", needed, of) },
	Name:   "Witness", Size: "Signed up to", Behind: "Behind", Signed: "Signed ago", State: "State", Cause: "Cause", Table: "Witnesses",
	minutes: "%d min", hours: "%d h", days: "%d days",
	Keys: "Where the key-encryption keys lie", KeyFolder: "Folder",
	KeysApart: "Apart from the data", KeysApartText: "A copy of the data folder alone opens no record of a person.",
	KeysBeside: "Beside the data", KeysBesideText: "The key-encryption keys lie in the data folder. A backup or a stolen copy of it opens the records of people, and who is erased is not gone from that backup. Stop Ayumi, move the keys elsewhere and start it with their place. Back them up apart, too.",
	KeysSample: "Sample", KeysSampleText: "As this is a sample, the keys lie beside the data. For real work name another place with --kek-dir.",
	Started: func(folder, first, second string) string {
		return "WARNING: the key-encryption keys lie in the data folder (" + folder + "). A stolen backup opens the records of people, and an erasure does not reach that backup.\nStop it, then run these two lines (any other place will do):\n  " + first + "\n  " + second
	},
	Move: "move the key-encryption keys to another place (stopped)", Moved: "The key-encryption keys are moved. From now on start with:",
	AccessTree: "Signed tree head",
	AccessStates: map[string]string{
		"ok": "Fits every tree head that was signed.", "reading": "The whole is being compared.", "empty": "There is nothing to sign yet.",
		"fork": "Does not fit what was signed. Nothing is signed any more. Compare it with a copy.", "fault": "The signature cannot be written, or the log does not fit its own tree.",
	},
	AccessForkLine: func(first, last int) string {
		if first == last {
			return fmt.Sprintf("Look %d is not the one that was signed.", first)
		}
		return fmt.Sprintf("One of the looks %d to %d is not the one that was signed.", first, last)
	},
	AccessForkShort: func(signed, found int) string {
		return number(signed) + " looks were signed, there are " + number(found) + "."
	},
	FlagVerify: "read it all again and hold it against its tree and the signed tree head", FlagFollows: "also whether it continues a tree head that was kept",
	Verified: func(n int, root string) string {
		return "✓ " + number(n) + " looks fit their tree and the signed tree head  " + root
	},
	Follows:   func(n int) string { return "✓ continues the kept tree head over " + number(n) + " looks" },
	NotSigned: "no tree head is signed yet", FlagBefore: "only numbers below (the next page: next of --json)", FollowsHere: "use --follows on a data folder (--data)",
}
