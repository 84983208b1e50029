package locale

import "fmt"

// Confirmation is the form that confirms an outcome, and the list of outcomes that
// nobody confirmed in time.
type Confirmation struct {
	Title, Confirm                 string
	Headings                       map[string]string // by the event that reports the outcome
	Now, BarredHeading             string
	FormHeading, GradeHint, When   string
	RefHint, Kept, File, FileHint  string
	OnePaper, Again, Closed        string
	Given, GivenNone, By           string
	Who, WhoText, Hands            string
	ListTitle, ListTable, ListNone string
	ListHeading                    func(year string) string
	ListLead                       func(days int) string
	Day, What, Evidence, Ref       string
	Days                           func(n int) string
}

var japaneseConfirmation = Confirmation{
	Title: "確認", Confirm: "確認を記録",
	Headings: map[string]string{"case.placement_decided": "採用の確認", "case.employment_started": "就業の確認", "case.moved_in": "移住の確認"},
	Now:      "いまの等級", BarredHeading: "あなたはこの成果を確認できません",
	FormHeading: "確認を記録する", GradeHint: "等級は根拠の種類で決まります。確認がないあいだは D（相談員の記録だけ）です。", When: "確認した日",
	RefHint: "例：雇用契約書の写し。本人の鍵で暗号化します。", Kept: "この件にある書類", File: "根拠の書類を付ける", FileHint: "PDF・画像（png、jpg、tif）・docx・xlsx。",
	OnePaper: "書類は、この件にあるものか新しいファイルのどちらか一つにしてください。", Again: "ファイルはまだ保存していません。もう一度選んでください。",
	Closed: "この件は終了しているため、書類は付けられません。件を再開すると付けられます。",
	Given:  "これまでの確認", GivenNone: "まだだれも確認していません。", By: "確認した人",
	Who: "確認できる人", WhoText: "紹介した人、記録した人、移住の日にこの件を担当していた人は確認できません。ほかの職員が確認します。", Hands: "確認できない人",
	ListTitle: "確認待ち", ListTable: "確認待ちの成果の表", ListNone: "期限を過ぎて確認を待つ成果はありません。",
	ListHeading: func(year string) string { return "確認待ち　" + year },
	ListLead: func(n int) string {
		return fmt.Sprintf("成果の日から%d日を過ぎても、だれも確認していないものです。", n)
	},
	Day: "成果の日", What: "成果", Evidence: "根拠の種類", Ref: "根拠の控え", Days: func(n int) string { return number(n) + "日経過" },
}

var englishConfirmation = Confirmation{
	Title: "Confirmation", Confirm: "Confirm",
	Headings: map[string]string{"case.placement_decided": "Confirm a placement", "case.employment_started": "Confirm the start of work", "case.moved_in": "Confirm a move"},
	Now:      "Grade now", BarredHeading: "You cannot confirm this outcome",
	FormHeading: "Record a confirmation", GradeHint: "The kind of evidence decides the grade. Without a confirmation it is D, the counsellor's record only.", When: "Confirmed on",
	RefHint: "For example: copy of the employment contract. Sealed under the person's own key.", Kept: "Document of this case", File: "Attach the document", FileHint: "PDF, picture (png, jpg, tif), docx or xlsx.",
	OnePaper: "Choose a document of this case or a new file, not both.", Again: "The file was not kept. Please choose it again.",
	Closed: "This case is closed: no document can be attached. Reopen it to attach one.",
	Given:  "Confirmations so far", GivenNone: "Nobody has confirmed it yet.", By: "Confirmed by",
	Who: "Who may confirm", WhoText: "Whoever introduced or recorded it, or owned the case on the day of a move, cannot confirm it. Somebody else does.", Hands: "Cannot confirm",
	ListTitle: "Awaiting confirmation", ListTable: "Outcomes that await confirmation", ListNone: "No outcome is overdue for confirmation.",
	ListHeading: func(year string) string { return "Awaiting confirmation, " + year },
	ListLead: func(n int) string {
		return fmt.Sprintf("Outcomes that nobody confirmed within %d days of their date.", n)
	},
	Day: "Date of the outcome", What: "Outcome", Evidence: "Kind of evidence", Ref: "Reference of the evidence", Days: func(n int) string { return number(n) + " days ago" },
}

// paperRefusalTexts are the refusals of files that are attached.
var paperRefusalTexts = map[string]pair{
	"paper.empty":     {"ファイルが空です。中身のあるファイルを選んでください。", "The file is empty. Choose one with content."},
	"paper.too_large": {"ファイルが大きすぎます。20MBまでにしてください。", "The file is too large. Keep it within 20 MB."},
	"paper.type":      {"この種類のファイルは付けられないか、中身が名前と合いません。PDF、画像（png・jpg・tif）、docx、xlsx にしてください。", "This kind of file cannot be attached, or its content is not what its name says. Use PDF, png, jpg, tif, docx or xlsx."},
	"paper.name":      {"ファイルの名前に使えない文字（/ や \\ など）があるか、名前が長すぎます。名前を変えてください。", "The file's name holds what a name cannot (such as / or \\), or is too long. Rename it."},
}
