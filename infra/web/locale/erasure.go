package locale

import "fmt"

// Erasure is the pages about the erasure of persons, and how an erased text reads.
type Erasure struct {
	Title, Lead, New, None          string
	Mark                            func(decision, date string) string // in the place of an erased text
	MarkUnknown                     string                             // the key is gone and the log does not say why
	Person, Number, Find            string
	Ground, Rights, Volume          string
	RightsHint, VolumeHint          string
	Preview, PreviewLead            string
	FigureName, Period, Scope       string
	Value, Hers, Stays, Changes     string
	Kind                            string
	Edition                         func(no int) string
	Live, NoFigures                 string
	Checked                         func(n int) string
	Final                           func(date string) string
	FinalNote                       string
	Gone, Left                      string
	GoneList, LeftList              string
	Certificates                    string
	Act, Confirm                    string
	Steps                           map[string]string
	StepNotes                       map[string]string
	Done, Doing, Waiting            string
	FinalStepDue                    func(date string) string
	FinalStepDone                   func(date string) string
	Certificate, Print, OrderedBy   string
	OrderedOn, ErasedOn, Decision   string
	Sections, KeyCommitment, Epoch  string
	ClearOn, FiguresCounted         string
	Preimage, LimitHeading, Limits  string
	State, Retired                  string
	Keys, KeysLead, EpochBegun      string
	EpochEnds, Present, EscrowNeeds string
}

var japaneseErasure = Erasure{
	Title: "消去", Lead: "決定にもとづいて、ひとりの人の記録を読めなくします。数えた値と証明は変わりません。", New: "消去を決定する", None: "消去した人はいません。",
	Mark:        func(decision, date string) string { return "消去済（決定" + decision + "、" + date + "）" },
	MarkUnknown: "消去済（決定の記録なし）",
	Person:      "対象の人", Number: "番号", Find: "この人を確認する",
	Ground: "根拠", Rights: "請求の番号（利用停止の決定）", Volume: "簿冊の番号（廃棄）",
	RightsHint: "利用停止の決定を根拠にするとき", VolumeHint: "保存期間の満了を根拠にするとき",
	Preview: "数値への影響", PreviewLead: "この人を数えている数値です。消去のあとも同じように数えます。",
	FigureName: "数値", Period: "期間", Scope: "範囲", Value: "値", Hers: "この人の分", Kind: "種類", Stays: "変わりません", Changes: "変わります",
	Edition: func(no int) string { return fmt.Sprintf("公表した版 %d", no) }, Live: "いまの値", NoFigures: "この人を数えている数値はありません。",
	Checked: func(n int) string {
		return fmt.Sprintf("%d件の数値を確認しました。変わるものはありません。", n)
	},
	Final:     func(date string) string { return "予備の複製をふくめて読めなくなる日　" + date },
	FinalNote: "鍵の表は毎週新しい鍵で書き直し、5週より古い鍵は壊します。消去は遅くとも35日で予備の複製にも及びます。",
	Gone:      "読めなくなるもの", GoneList: "氏名、連絡先、住所、生年月日、勤務先、学校、自由記述、金額、添付した書類", Left: "残るもの",
	LeftList:     "仮の番号、日付、窓口、方法、内容の区分、年代、出身県、移住先の市町村、区分、等級",
	Certificates: "消去のあとは、相談の証明書を出せません。", Act: "消去を決定する", Confirm: "元に戻せません。この人の記録は、だれにも読めなくなります。",
	Steps: map[string]string{"ordered": "消去の決定", "key": "鍵の消去と上書き", "dropped": "動いているすべての処理からの消去", "scrubbed": "添付した書類の上書き", "erased": "消去の記録", "final": "予備の複製の鍵の破壊"},
	StepNotes: map[string]string{"ordered": "決定が記録された", "key": "この人だけの鍵を消し、上書きした", "dropped": "検索と控えから除いた", "scrubbed": "書類を上書きして除いた。読み取り用の表は、鍵がなければ読めない形でしか持たない",
		"erased": "鍵の証しとともに記録された", "final": "その期間の鍵の表は、どこに残っていても読めない"},
	Done: "済", Doing: "進行中", Waiting: "待ち", FinalStepDue: func(date string) string { return date + "まで" }, FinalStepDone: func(date string) string { return date + "に破壊" },
	Certificate: "消去の証明", Print: "この証明を印刷する", OrderedBy: "決定した人", OrderedOn: "決定日", ErasedOn: "消去日", Decision: "決定番号",
	Sections: "封をした記録の数", KeyCommitment: "鍵の証し（kc）", Epoch: "鍵の期間", ClearOn: "予備の複製をふくめて読めなくなる日", FiguresCounted: "確認した数値の数", Preimage: "確認の要約値（SHA-256）",
	LimitHeading: "この証明が言わないこと", Limits: "紙に印刷したもの、ほかの機関に渡したもの、職員が書き写したものは、この消去では消えません。",
	State: "状態", Retired: "破壊済", Keys: "鍵の期間", KeysLead: "鍵の表を書いた鍵です。破壊した期間の複製は読めません。", EpochBegun: "はじまり", EpochEnds: "破壊の期限", Present: "いまの期間",
	EscrowNeeds: "預けた鍵の控えも同じ日までに壊してください。",
}

var englishErasure = Erasure{
	Title: "Erasures", Lead: "A decision makes one person's records unreadable. Figures and proofs stay as they are.", New: "Order an erasure", None: "Nobody was erased.",
	Mark:        func(decision, date string) string { return "erased (decision " + decision + ", " + date + ")" },
	MarkUnknown: "erased (no decision on record)",
	Person:      "Person", Number: "Number", Find: "Check this person",
	Ground: "Ground", Rights: "Number of the request (decision to suspend)", Volume: "Number of the record volume (disposed of)",
	RightsHint: "Where the ground is a decision to suspend use", VolumeHint: "Where the ground is the end of retention",
	Preview: "Effect on figures", PreviewLead: "These figures count this person. They count the same after the erasure.",
	FigureName: "Figure", Period: "Period", Scope: "Scope", Value: "Value", Hers: "Of this person", Kind: "Kind", Stays: "stays", Changes: "changes",
	Edition: func(no int) string { return fmt.Sprintf("published edition %d", no) }, Live: "present value", NoFigures: "No figure counts this person.",
	Checked:   func(n int) string { return fmt.Sprintf("Figures checked: %d. None changes.", n) },
	Final:     func(date string) string { return "Unreadable in every backup from " + date },
	FinalNote: "The key table is rewritten under a new key every week, and keys older than five weeks are destroyed. An erasure reaches every backup within 35 days.",
	Gone:      "What becomes unreadable", GoneList: "names, contacts, addresses, birth date, employer, school, free text, money, attached papers", Left: "What stays",
	LeftList:     "pseudonyms, dates, desk, channel, categories, age band, home prefecture, municipality moved to, classes, grades",
	Certificates: "No certificate of consultation can be issued afterwards.", Act: "Order the erasure", Confirm: "This cannot be undone. Nobody can read this person's records any more.",
	Steps: map[string]string{"ordered": "Erasure ordered", "key": "Key deleted and overwritten", "dropped": "Dropped by every running process", "scrubbed": "Attached papers overwritten", "erased": "Erasure recorded", "final": "Key of the backups destroyed"},
	StepNotes: map[string]string{"ordered": "the decision is on record", "key": "the one key of this person is gone", "dropped": "taken out of search and memory", "scrubbed": "papers overwritten and removed; read models hold nothing that opens without the key",
		"erased": "recorded with the commitment to the key", "final": "a key table of that time cannot be read, wherever a copy lies"},
	Done: "done", Doing: "under way", Waiting: "waiting", FinalStepDue: func(date string) string { return "by " + date }, FinalStepDone: func(date string) string { return "destroyed " + date },
	Certificate: "Certificate of erasure", Print: "Print this certificate", OrderedBy: "Ordered by", OrderedOn: "Ordered on", ErasedOn: "Erased on", Decision: "Decision",
	Sections: "Sealed records", KeyCommitment: "Commitment to the key (kc)", Epoch: "Key epoch", ClearOn: "Unreadable in every backup from", FiguresCounted: "Figures checked", Preimage: "Digest of the check (SHA-256)",
	LimitHeading: "What this does not say", Limits: "What was printed, handed to other bodies or copied by hand is not erased by this.",
	State: "State", Retired: "destroyed", Keys: "Key epochs", KeysLead: "The keys that the key table was written under. A copy from a destroyed epoch cannot be read.", EpochBegun: "Begun", EpochEnds: "Destroyed by", Present: "present epoch",
	EscrowNeeds: "Copies of the keys in escrow must be destroyed by the same day.",
}
