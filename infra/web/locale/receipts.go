package locale

import (
	"ayumi/domain/japan"
	"ayumi/domain/receipt"
)

// Receipts is the 受付票: the paper with its code, the public page that answers a
// code, and the command.
type Receipts struct {
	Title, Button, Open                           string
	Office, Held, Kind, Code, Fingerprint, Person string
	Kinds                                         map[string]string // consultation, message
	StepsHeading                                  string
	Steps                                         func(address string) []string
	Private, Keep, SampleFoot                     string
	WithName, PaperLanguage, SavePDF, NameErased  string

	AskTitle, AskHeading, AskLead, CodeHint, AskButton, AskAgain string
	States, StateTexts                                           map[string]string
	Reasons                                                      map[string]string // by clause of counting.md 10
	ReasonOther                                                  string
	VoidedOn                                                     func(day, reason string) string
	Corrected, Moved, Partial                                    string

	Figures, NotPublished, NotNow string
	Publication                   func(number, status, day string) string
	LeftOut, CountedSince         string

	Proof, ProofText, ProofSave, KeySave, Waiting, Fork, HowToVerify string
	Under                                                            func(size int) string

	Command, FlagFor, FlagProof, FlagLeaf, FlagVerifyProof, NoCode string
}

var japaneseReceipts = Receipts{
	Title: "相談の受付票", Button: "受付票", Open: "受付票を開く",
	Office: "窓口", Held: "相談の日", Kind: "受付の種類", Code: "照会コード", Fingerprint: "記録の指紋", Person: "お名前",
	Kinds:        map[string]string{"consultation": "相談", "message": "メール・LINE・手紙での相談（1日分）"},
	StepsHeading: "この相談が件数に数えられたかを確かめるには",
	Steps: func(address string) []string {
		return []string{address + " を開き、照会コードを入れます。窓口や電話でもお答えします。", "数えられたかどうか、どの数値に入ったかが表示されます。お名前は要りません。", "「証明を保存する」で、記録が残っていることの証明を受け取れます。証明にある指紋が、この紙の指紋と同じことを確かめてください。"}
	},
	Private: "照会コードからは、お名前も相談の中身も分かりません。窓口の人と、この紙を持つ人だけが照会できます。", Keep: "紙をなくしたときは、窓口で同じものを印刷できます。", SampleFoot: "見本です。架空の記録から作りました。",
	WithName: "お名前を入れる", PaperLanguage: "紙の言語", SavePDF: "PDFで保存する", NameErased: "お名前は消去されています。",

	AskTitle: "受付票の照会", AskHeading: "相談が数えられたかを確かめる", AskLead: "受付票の照会コードを入れてください。お名前は要りません。入れたコードは記録に残しません。",
	CodeHint: "20文字です。小文字でも、間の線や空白がなくてもかまいません。", AskButton: "確かめる", AskAgain: "別のコードを確かめる",
	States: map[string]string{"lost": "記録が見つかりません", "waiting": "記録は届いています", "voided": "取り消されています", "counted": "数えられています", "not_counted": "件数には入っていません"},
	StateTexts: map[string]string{
		"lost":    "当窓口の受付票ですが、その記録が残っていません。お手数ですが、紙を持って窓口か県の担当課へお知らせください。",
		"waiting": "集計に入るまで、数分かかります。しばらくしてからもう一度確かめてください。",
		"voided":  "この記録は取り消されたため、件数には入りません。", "counted": "この相談は、相談件数に1件として入っています。",
		"not_counted": "この記録は残っていますが、数える決まりにより件数には入りません。",
	},
	Reasons: map[string]string{
		"same_day": "同じ日・同じ窓口・同じ方法の相談は、あわせて1件と数えます。", "no_advice": "助言のない受付は、相談件数に入れません。", "no_inbound": "こちらからの連絡だけの日は、相談件数に入れません。",
		"channel": "この方法での連絡は、相談件数に入れません。", "override_not_count": "担当者が理由を付けて、件数に入れないと記録しました。", "date_imprecise": "相談の日がはっきりしないため、年度を決められません。",
		"category": "相談の内容が、この数値の区分に当たりません。", "anonymous": "お名前のない相談は、人数には入れません。",
	},
	ReasonOther: "数える決まりの範囲に入りません。詳しくは窓口へお尋ねください。",
	VoidedOn:    func(day, reason string) string { return day + "に取り消し。理由：" + reason },
	Corrected:   "受付のあとに記録が訂正されています。表示は訂正後のものです。", Moved: "別の相談記録へ移されています。数え方は移した先のものです。", Partial: "公表した数値の一部は、数え直しの途中です。1分ほどしてからもう一度確かめてください。",

	Figures: "入っている数値", NotPublished: "まだ公表されていません", NotNow: "いまの集計には入っていません",
	Publication: func(number, status, day string) string {
		return "公表台帳 " + number + "（" + status + "、" + day + "公表）"
	},
	LeftOut: "この公表には入っていません（公表の後に記録・訂正）", CountedSince: "公表には入っていますが、いまの集計には入っていません",

	Proof: "記録の証明", ProofText: "この記録が、署名した検証点の下にあることの証明です（C2SP tlog-proof）。個人情報は入っていません。", ProofSave: "証明を保存する", KeySave: "検証鍵を保存する",
	Waiting:     "まだ検証点に入っていません。数分のうちに入ります。そのあとで証明を受け取れます。",
	Fork:        "記録が署名した検証点と一致しないため、いまは証明を出せません。お手元の紙と、前に保存した証明を残しておいてください。",
	HowToVerify: "ayumi-verify --keys 検証鍵 --leaf 紙の指紋 証明 で、誰でも、通信せずに確かめられます。検証鍵は、県が別に公表したものと見比べてください。",
	Under:       func(n int) string { return "検証点 " + number(n) + " の下にあります" },

	Command: "受付票の照会コードに答える。--for で受付票を作る", FlagFor: "受付票を作る記録（番号か、出来事のID）", FlagProof: "証明を書くファイル", FlagLeaf: "受付票に印刷された記録の指紋（64文字）", FlagVerifyProof: "1件の記録の証明（.tlog-proof）", NoCode: "照会コードか --for がありません",
}

var englishReceipts = Receipts{
	Title: "Consultation receipt", Button: "Receipt", Open: "Open the receipt",
	Office: "Desk", Held: "Day of the consultation", Kind: "Kind", Code: "Code", Fingerprint: "Fingerprint of the record", Person: "Name",
	Kinds:        map[string]string{"consultation": "consultation", "message": "consultation by mail, LINE or letter (one day)"},
	StepsHeading: "How to ask whether this consultation was counted",
	Steps: func(address string) []string {
		return []string{"Open " + address + " and type the code, or ask at the desk or by telephone.", "You are told whether it was counted and in which figures. No name is needed.", "With “Save the proof” you take away the proof that the record was kept. Compare the fingerprint in it with the one on this paper."}
	},
	Private: "The code tells neither a name nor what was spoken about. Only the desk and whoever holds this paper can ask with it.", Keep: "If the paper is lost, the desk prints the same again.", SampleFoot: "A sample, made from invented records.",
	WithName: "Print the name", PaperLanguage: "language of the paper", SavePDF: "Save as PDF", NameErased: "The name was erased.",

	AskTitle: "Ask about a receipt", AskHeading: "Was my consultation counted?", AskLead: "Type the code of your receipt. No name is needed, and the code you type is not kept.",
	CodeHint: "20 characters. Small letters will do, and hyphens and blanks may be left out.", AskButton: "Ask", AskAgain: "Ask about another code",
	States: map[string]string{"lost": "The record is not there", "waiting": "The record has arrived", "voided": "Voided", "counted": "Counted", "not_counted": "Not in the number of consultations"},
	StateTexts: map[string]string{
		"lost":    "The receipt is one of ours, but the record it was made for is not in the log. Please show the paper at the desk or to the prefecture.",
		"waiting": "It takes some minutes until it is counted. Please ask again a little later.",
		"voided":  "The record was voided, so it is not in the numbers.", "counted": "The consultation is one of those in the number of consultations.",
		"not_counted": "The record was kept, but the rules of counting leave it out.",
	},
	Reasons: map[string]string{
		"same_day": "Consultations of one day at one desk by one channel count as one.", "no_advice": "A visit without advice is not counted as a consultation.", "no_inbound": "A day with messages from the desk alone is not counted.",
		"channel": "Contacts by this channel are not counted.", "override_not_count": "The counsellor recorded, with a reason, that it does not count.", "date_imprecise": "The day is not known well enough to tell the fiscal year.",
		"category": "What it was about is not what this figure counts.", "anonymous": "Consultations without a name are not in the number of people.",
	},
	ReasonOther: "The rules of counting leave it out. The desk can tell more.",
	VoidedOn:    func(day, reason string) string { return "Voided on " + day + ": " + reason },
	Corrected:   "The record was corrected after the receipt was made. What you see is as corrected.", Moved: "The record was moved to another case. It counts as it stands there.", Partial: "Some published figures are still being counted again. Please ask again in a minute.",

	Figures: "Figures that hold it", NotPublished: "not yet published", NotNow: "not in the count of today",
	Publication: func(number, status, day string) string {
		return "published as " + number + " (" + status + ", " + day + ")"
	},
	LeftOut: "not in this publication: recorded or corrected after it", CountedSince: "in the publication, no longer in the count of today",

	Proof: "Proof of the record", ProofText: "The proof that this record lies under a signed checkpoint (C2SP tlog-proof). It holds no personal data.", ProofSave: "Save the proof", KeySave: "Save the verifier key",
	Waiting:     "It lies under no checkpoint yet. That takes some minutes; then the proof is here.",
	Fork:        "The log does not fit what was signed, so no proof can be given now. Please keep the paper and any proof you saved before.",
	HowToVerify: "Anybody can check it without a network: ayumi-verify --keys KEY --leaf FINGERPRINT PROOF. Compare the key with the one that the prefecture publishes elsewhere.",
	Under:       func(n int) string { return "Under checkpoint " + number(n) },

	Command: "answer the code of a receipt; with --for make one", FlagFor: "record to make the receipt of (number, or id of the event)", FlagProof: "file for the proof", FlagLeaf: "fingerprint of the record as printed on the receipt (64 characters)", FlagVerifyProof: "the proof of one record (.tlog-proof)", NoCode: "give a code, or --for",
}

// Why says in one sentence why the number of consultations does not hold a record;
// "" where it does.
func (r *Receipts) Why(w *Words, s receipt.Standing) string {
	switch s.State {
	case receipt.StateVoided:
		return r.VoidedOn(w.PlainDate(s.VoidedOn), w.Code("void_reason", s.Reason))
	case receipt.StateNot:
		if text, ok := r.Reasons[s.Clause]; ok {
			return text
		}
		return r.ReasonOther
	}
	return ""
}

// Day is the day of a consultation, or the days between which it lies.
func (r *Receipts) Day(w *Words, from, to japan.Date) string {
	if from == to {
		return w.Date(from)
	}
	return w.PlainDate(from) + "–" + w.PlainDate(to)
}

// receiptRefusalTexts are the refusals of codes.
var receiptRefusalTexts = map[string]pair{
	"receipt.length":    {"照会コードは{needed}文字です。いま{typed}文字あります。抜けや重なりがないか確かめてください。", "A code has {needed} characters; there are {typed}. Look for one left out or typed twice."},
	"receipt.letter":    {"照会コードに「{letter}」は使いません。受付票のとおりに入れてください。", "“{letter}” is not used in codes. Type it as it stands on the receipt."},
	"receipt.typing":    {"照会コードに打ち間違いがあります。受付票と1文字ずつ見比べてください。", "The code is mistyped. Compare it with the receipt, character by character."},
	"receipt.typing_at": {"照会コードに打ち間違いがあります。{group}番目の5文字を見直してください。", "The code is mistyped. Look again at group {group} of five characters."},
	"receipt.unknown":   {"この照会コードの受付票はありません。受付票のとおりに入れたか確かめてください。", "There is no receipt of this code. Check that it is typed as it stands on the receipt."},
	"receipt.too_often": {"照会コードの誤りが続いたため、少し待っています。{seconds}秒たってからもう一度入れてください。", "Too many wrong codes. Wait {seconds} seconds and try again."},
	"receipt.none":      {"この記録に受付票はありません。相談の記録を選んでください。", "There is no receipt for this record. Choose that of a consultation."},
}

// ReceiptPaper is the text of a printed receipt, the same on screen and on paper.
type ReceiptPaper struct {
	Title        string
	Lines        []ReceiptLine
	Code         ReceiptLine
	StepsHeading string
	Steps        []string
	Fingerprint  ReceiptLine
	Foot         []string
}

// ReceiptLine is a label with what it says.
type ReceiptLine struct{ Label, Text string }

// ReceiptPaper lays a receipt out in words. It names no member of staff and no time
// of the day.
func (w *Words) ReceiptPaper(p receipt.Printing) ReceiptPaper {
	r := &w.Receipts
	out := ReceiptPaper{
		Title: r.Title, Code: ReceiptLine{r.Code, p.Code.String()}, StepsHeading: r.StepsHeading, Steps: r.Steps(p.Address),
		Lines:       []ReceiptLine{{r.Office, w.Code("desk", p.Desk)}, {r.Held, r.Day(w, p.From, p.To)}, {r.Kind, r.Kinds[p.Kind]}},
		Fingerprint: ReceiptLine{r.Fingerprint, receipt.Fingerprint(p.Leaf)},
		Foot:        []string{r.Private, r.Keep},
	}
	if p.Name != "" {
		out.Lines = append([]ReceiptLine{{r.Person, p.Name}}, out.Lines...)
	}
	if p.Sample {
		out.Foot = append(out.Foot, r.SampleFoot)
	}
	return out
}
