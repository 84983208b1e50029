package locale

import (
	"fmt"
	"strings"

	"ayumi/domain/certificate"
)

// Certificates is what certificates of consultations (相談利用証明) say, and the page that
// issues them.
type Certificates struct {
	Title, Lead, Tab, None           string
	OneTitle                         func(number string) string
	Issued, Valid, Revoked, Print    string
	Issue, Revoke, Save              string
	NoSessions, NoName, NoCase       string
	NameHint, NumberHint, ForHint    string
	NumberOf                         func(desk string, year, n int) string
	Table, Number, When, For, Covers string
	Count                            func(n int) string
	Paper, Greeting, Close           string
	To                               func(body string) string
	From, Clerk, Name, Purpose       string
	Record, Sessions, Code           string
	Check                            func(address string) string
	Handling, SampleFoot             string
}

// number of a certificate: desk, fiscal year and a running number of it.
func certificateNumber(desk string, year, n int) string {
	return fmt.Sprintf("%s-%d-%03d", strings.TrimPrefix(desk, "D-"), year, n)
}

var japaneseCertificates = Certificates{
	Title: "相談利用証明", Tab: "証明", Lead: "移住の補助などの申請に使う、相談したことの証明です。", None: "証明はまだ発行していません。",
	OneTitle: func(n string) string { return n + " の相談利用証明" },
	Issued:   "発行した証明", Valid: "有効", Revoked: "取消", Print: "印刷する", Issue: "証明を発行する", Revoke: "証明を取り消す", Save: "発行する",
	NoSessions: "証明できる相談がありません。", NoName: "氏名を名乗っていない人には発行できません。", NoCase: "支援の記録がありません。",
	NameHint: "証明書に書くとおりに。", NumberHint: "窓口・年度・通し番号です。直せます。", ForHint: "申請先の市町村などの名前。", NumberOf: certificateNumber,
	Table: "証明の表", Number: "発行番号", When: "発行日", For: "宛先", Covers: "相談", Count: func(n int) string { return fmt.Sprintf("%d件", n) },
	Paper: "相談利用証明書", Greeting: "下記の方が、当窓口で次のとおり相談したことを証明します。", Close: "以上", To: func(body string) string { return body + " 御中" },
	From: "証明者", Clerk: "担当", Name: "氏名", Purpose: "用途", Record: "記録番号", Sessions: "相談した日と方法", Code: "照会番号",
	Check: func(address string) string {
		return "照会番号を " + address + " に入れると、氏名を伝えずに、その相談の記録がいまも有効かを確かめられます。"
	},
	Handling: "この証明書は、上の用途のためのものです。", SampleFoot: "見本のデータです。実在の人ではありません。",
}

var englishCertificates = Certificates{
	Title: "Certificates of consultation", Tab: "Certificates", Lead: "Proof of consultation for those who apply for a relocation grant or the like.", None: "No certificate was issued yet.",
	OneTitle: func(n string) string { return "Certificates of consultation of " + n },
	Issued:   "Issued", Valid: "valid", Revoked: "revoked", Print: "Print", Issue: "Issue a certificate", Revoke: "Revoke this certificate", Save: "Issue",
	NoSessions: "There is no consultation that can be certified.", NoName: "None can be issued to somebody who gave no name.", NoCase: "There is no case.",
	NameHint: "As it stands on the paper.", NumberHint: "Desk, fiscal year and a running number. You may change it.", ForHint: "The municipality or body that asks for it.", NumberOf: certificateNumber,
	Table: "Table of certificates", Number: "Number", When: "Issued on", For: "For", Covers: "Consultations", Count: func(n int) string { return fmt.Sprint(n) },
	Paper: "Certificate of consultation", Greeting: "This office certifies that the person below was counselled here as follows.", Close: "(end)", To: func(body string) string { return "To: " + body },
	From: "Certified by", Clerk: "Counsellor", Name: "Name", Purpose: "Purpose", Record: "Record", Sessions: "Days and ways of consultation", Code: "code",
	Check: func(address string) string {
		return "Enter a code at " + address + " to see whether the consultation still stands. No name is needed or shown."
	},
	Handling: "This certificate is for the purpose above.", SampleFoot: "Sample data. No real person.",
}

// certificateCodes are the purposes of certificates.
var certificateCodes = map[string]map[string]pair{
	"purpose": {"travel_subsidy": {"来県費用の補助の申請", "application for a travel subsidy"}, "iju_grant": {"移住支援金の申請", "application for the relocation grant"}, "other": {"その他", "other"}},
}

// CertificatePaper lays a certificate out in words, as a letter.
func (w *Words) CertificatePaper(p certificate.Printing) LetterPaper {
	t := &w.Certificates
	out := LetterPaper{Title: t.Paper, Day: w.Date(p.On), To: t.To(p.Municipality), Greeting: t.Greeting, Close: t.Close, From: []ReceiptLine{{t.From, w.Code("desk", p.Desk)}},
		Lines: []ReceiptLine{{t.Number, p.Number}, {t.Record, RecordNumber(p.Record)}, {t.Name, p.Name}, {t.Purpose, w.Code("purpose", p.Purpose)}}, Foot: []string{t.Handling}}
	if p.Clerk != "" {
		out.From = append(out.From, ReceiptLine{t.Clerk, p.Clerk})
	}
	out.Body.Label = t.Sessions
	var lines []string
	coded := false
	for _, s := range p.Sessions {
		line := w.Date(s.On) + "　" + w.Code("channel", s.Channel) + "　" + w.CodeNames("category", s.Categories)
		if s.Code != "" {
			coded, line = true, line+"\n　"+t.Code+" "+s.Code
		}
		lines = append(lines, line)
	}
	out.Body.Text = strings.Join(lines, "\n")
	if coded {
		out.Foot = append([]string{t.Check(p.Address)}, out.Foot...)
	}
	if p.Sample {
		out.Foot = append(out.Foot, t.SampleFoot)
	}
	return out
}
