package locale

import (
	"strings"

	"ayumi/domain/letter"
)

// Letter is the introduction paper (紹介状).
type Letter struct {
	Title, Greeting, Close        string
	To                            func(partner string) string
	From, Clerk, Number, Purpose  string
	Items, Basis, Due, Body       string
	Confidential, Handling, Reply string
	SampleFoot                    string
}

var japaneseLetter = Letter{
	Title: "紹介状", Greeting: "下記の方を紹介します。お力添えをお願いします。", Close: "以上",
	To:   func(partner string) string { return partner + " 御中" },
	From: "紹介元", Clerk: "担当", Number: "番号", Purpose: "用件", Items: "お伝えする項目", Basis: "提供の根拠", Due: "お返事の期限", Body: "内容",
	Confidential: "秘匿の取扱いが必要な方です。住所・所在を第三者に伝えないでください。",
	Handling:     "この紙には個人情報が書かれています。紹介の目的以外に使わず、要らなくなったら廃棄してください。",
	Reply:        "お返事（受ける・受けられない・結果）は、上の番号を添えて紹介元へお知らせください。",
	SampleFoot:   "見本のデータです。実在の人ではありません。",
}

var englishLetter = Letter{
	Title: "Introduction paper", Greeting: "We refer the person below to you and ask for your help.", Close: "(end)",
	To:   func(partner string) string { return "To: " + partner },
	From: "From", Clerk: "Counsellor", Number: "Number", Purpose: "Purpose", Items: "Items told", Basis: "Basis of sharing", Due: "Answer asked by", Body: "Content",
	Confidential: "This person is under protection. Tell nobody where the person lives or is.",
	Handling:     "This paper holds personal data. Use it for this referral only and destroy it when it is no longer needed.",
	Reply:        "Please tell us your answer (accepted, not possible, result) with the number above.",
	SampleFoot:   "Sample data. No real person.",
}

// LetterPaper is the text of an introduction paper, the same on screen and on paper.
type LetterPaper struct {
	Title, Day, To string
	From           []ReceiptLine
	Greeting       string
	Warning        string // of a person under protection
	Lines          []ReceiptLine
	Body           ReceiptLine
	Close          string
	Foot           []string
}

// LetterPaper lays an introduction paper out in words.
func (w *Words) LetterPaper(p letter.Printing) LetterPaper {
	l := &w.Letter
	out := LetterPaper{Title: l.Title, Day: w.Date(p.On), To: l.To(p.To), Greeting: l.Greeting, Close: l.Close,
		From:  []ReceiptLine{{l.From, w.Code("desk", p.Desk)}},
		Lines: []ReceiptLine{{l.Number, RecordNumber(p.Number)}, {l.Purpose, w.Code("referral_purpose", p.Purpose)}, {l.Items, w.CodeNames("share_field", p.Fields)}, {l.Basis, w.Code("basis", p.Basis)}},
		Body:  ReceiptLine{l.Body, strings.TrimSpace(p.Text)}, Foot: []string{l.Reply, l.Handling}}
	if p.Clerk != "" {
		out.From = append(out.From, ReceiptLine{l.Clerk, p.Clerk})
	}
	if p.DueOn != 0 {
		out.Lines = append(out.Lines, ReceiptLine{l.Due, w.Date(p.DueOn)})
	}
	if p.Flag {
		out.Warning = l.Confidential
	}
	if p.Sample {
		out.Foot = append(out.Foot, l.SampleFoot)
	}
	return out
}
