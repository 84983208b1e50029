package locale

import "strconv"

// Tree says how the log is sealed: the tree over it, its checkpoints, proofs.
type Tree struct {
	Heading, Intro         string
	States, StateTexts     map[string]string // ok, reading, empty, fork, fault
	Size, Root, At, Key    string
	Download               string
	ForkLine               func(first, last int) string
	ForkShort              func(signed, found int) string
	Under                  string
	UnderNo                func(size int) string
	NotUnder, NotUnderHint string
	Head                   func(size int, root string) string
	Proof, ProofHint       string
}

var japaneseTree = Tree{
	Heading: "記録の検証点", Intro: "記録の全体から木を作り、その頭に署名したものが検証点です。後から記録を変えると、頭が合わなくなります。",
	States: map[string]string{"ok": "正常", "reading": "照合中", "empty": "記録なし", "fork": "不一致", "fault": "書き込めません"},
	StateTexts: map[string]string{
		"ok": "記録は、署名した検証点のすべてと一致しています。", "reading": "記録の全体を、署名した検証点と照合しています。終わるまで新しい署名はしません。",
		"empty": "署名する記録がまだありません。", "fork": "記録が、署名した検証点と一致しません。新しい署名はしません。管理者は控えの検証点と照らし合わせてください。記録は続けられます。",
		"fault": "検証点のファイルを書き込めません。空きとアクセス権を確かめてください。自動で再び試します。記録は続けられます。",
	},
	Size: "木の大きさ", Root: "木の頭", At: "署名を確かめた時刻", Key: "検証鍵", Download: "検証点を保存する",
	ForkLine: func(first, last int) string {
		if first == last {
			return "記録 #" + strconv.Itoa(first) + " が署名の時と違います。"
		}
		return "記録 #" + strconv.Itoa(first) + "～#" + strconv.Itoa(last) + " のどれかが署名の時と違います。"
	},
	ForkShort: func(signed, found int) string {
		return "署名の時は" + number(signed) + "件、今は" + number(found) + "件です。"
	},
	Under: "検証点", UnderNo: func(size int) string { return "検証点 " + number(size) + " の下にあります" },
	NotUnder: "まだ", NotUnderHint: "次の検証点で署名します。",
	Head:  func(size int, root string) string { return "検証点 " + number(size) + "　頭 " + root },
	Proof: "証明を保存する", ProofHint: "この記録が検証点の下にあることの証明です。個人情報を含みません。",
}

var englishTree = Tree{
	Heading: "Checkpoints of the log", Intro: "A checkpoint is the signed head of a tree over every record. A record changed afterwards no longer fits it.",
	States: map[string]string{"ok": "Sound", "reading": "Comparing", "empty": "No records", "fork": "Does not fit", "fault": "Cannot be written"},
	StateTexts: map[string]string{
		"ok": "The log fits every checkpoint that was signed.", "reading": "The whole log is being compared with what was signed. Nothing is signed until then.",
		"empty": "There is nothing to sign yet.", "fork": "The log does not fit what was signed. Nothing is signed any more. Compare it with a checkpoint kept elsewhere. Recording goes on.",
		"fault": "The files of the checkpoints cannot be written. Check space and permissions; it is tried again by itself. Recording goes on.",
	},
	Size: "Size of the tree", Root: "Head of the tree", At: "Signature seen at", Key: "Verifier key", Download: "Save the checkpoint",
	ForkLine: func(first, last int) string {
		if first == last {
			return "Record #" + strconv.Itoa(first) + " is not the one that was signed."
		}
		return "One of the records #" + strconv.Itoa(first) + " to #" + strconv.Itoa(last) + " is not the one that was signed."
	},
	ForkShort: func(signed, found int) string {
		return number(signed) + " records were signed, there are " + number(found) + "."
	},
	Under: "Checkpoint", UnderNo: func(size int) string { return "Under checkpoint " + number(size) },
	NotUnder: "not yet", NotUnderHint: "The next checkpoint will sign it.",
	Head:  func(size int, root string) string { return "Checkpoint " + number(size) + ", head " + root },
	Proof: "Save the proof", ProofHint: "The proof that this record lies under the checkpoint. It holds no personal data.",
}
