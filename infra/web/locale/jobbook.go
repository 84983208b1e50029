package locale

import (
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
)

// Books is what the two books of the placement office say.
type Books struct {
	Title, Lead, Files                  string
	Titles                              map[string]string // by book
	Kinds                               map[string]string // of files
	Year, Office, Made, Entries         string
	Heads                               map[string][]string
	None, Table, Open, NoWork           string
	Results                             map[string]string // by state of a placement
	Kept, Handling, Lacking, SampleFoot string
	FileName                            map[string]string // ASCII, by book
	Show                                string
}

var japaneseBooks = Books{
	Title: "求人・求職管理簿", Lead: "この年度に有効だった求人と求職登録、その紹介の結果です。", Files: "ファイルにする",
	Titles: map[string]string{"vacancies": "求人管理簿", "seekers": "求職管理簿"},
	Kinds:  map[string]string{"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "sjis": "CSV（Shift_JIS）"},
	Year:   "年度", Office: "事業所", Made: "作成日", Entries: "件数", Show: "表示",
	Heads: map[string][]string{
		"vacancies": {"求人番号", "求人者", "所在地", "連絡先", "受付日", "有効期限", "終了日", "求人数", "職種", "就業場所", "雇用の形", "紹介日", "求職者", "採否", "就職決定日", "入社日", "離職日", "保存の期限"},
		"seekers":   {"登録番号", "相談者番号", "氏名", "住所", "生年月日", "希望職種", "受付日", "有効期限", "終了日", "紹介日", "求人者", "求人", "採否", "雇用の形", "就職決定日", "入社日", "離職日", "保存の期限"},
	},
	None: "この年度の記載はありません。", Table: "管理簿の表", Open: "手続中", NoWork: "紹介なし",
	Results:    map[string]string{"introduced": "手続中", "applied": "手続中", "interviewed": "手続中", "offered": "内定", "declined": "辞退", "withdrawn": "不採用", "decided": "採用", "started": "採用", "ended": "採用", "fell_through": "採用後に取りやめ", "voided": "取消"},
	Kept:       "記載は、完結した日から2年間保存します（職業安定法施行規則第24条の7・第25条にならう）。簿冊の保存期間が長いときは、それに従います。",
	Lacking:    "賃金の額は求人票の控えで確かめてください。ここには記録していません。",
	Handling:   "個人情報が書かれています。職業紹介の目的以外に使わず、書き出したファイルは要らなくなったら消してください。書き出しは閲覧記録に残ります。",
	SampleFoot: "見本のデータです。実在の人・企業ではありません。", FileName: map[string]string{"vacancies": "vacancy-register", "seekers": "jobseeker-register"},
}

var englishBooks = Books{
	Title: "Placement registers", Lead: "The vacancies and job-seeker registrations that held in this year, and what became of the introductions.", Files: "As a file",
	Titles: map[string]string{"vacancies": "Register of vacancies", "seekers": "Register of job-seekers"},
	Kinds:  map[string]string{"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "sjis": "CSV (Shift_JIS)"},
	Year:   "Year", Office: "Office", Made: "Made on", Entries: "Entries", Show: "Show",
	Heads: map[string][]string{
		"vacancies": {"Job number", "Employer", "Place", "Contact", "Received", "Open until", "Closed", "Posts", "Occupation", "Workplace", "Contract", "Introduced", "Job-seeker", "Result", "Decided", "Started", "Left", "Keep until"},
		"seekers":   {"Registration", "Person", "Name", "Address", "Born", "Occupation wished", "Received", "Valid until", "Ended", "Introduced", "Employer", "Vacancy", "Result", "Contract", "Decided", "Started", "Left", "Keep until"},
	},
	None: "Nothing stands in the register of this year.", Table: "Table of the register", Open: "going on", NoWork: "no introduction",
	Results:    map[string]string{"introduced": "going on", "applied": "going on", "interviewed": "going on", "offered": "offered", "declined": "declined", "withdrawn": "not taken", "decided": "taken", "started": "taken", "ended": "taken", "fell_through": "fell through", "voided": "voided"},
	Kept:       "An entry is kept for two years after the day it was completed (as articles 24-7 and 25 of the enforcement regulation of the Employment Security Act ask). Where the record volume is kept longer, that holds.",
	Lacking:    "The wage stands on the copy of the vacancy sheet. It is not recorded here.",
	Handling:   "This holds personal data. Use it for job placement only and delete the file when it is no longer needed. That it was written out stands in the access log.",
	SampleFoot: "Sample data. No real person and no real employer.", FileName: map[string]string{"vacancies": "vacancy-register", "seekers": "jobseeker-register"},
}

// BookPaper is a book in words, the same on screen, on paper and in files. A vacancy or
// a job-seeker has a row for each introduction, and one where there is none.
type BookPaper struct {
	Title string
	Lines []ReceiptLine
	Head  []string
	Rows  [][]string
	Foot  []string
	File  string // name of a file, without its ending
}

// BookPaper puts a book into words.
func (w *Words) BookPaper(b jobbook.Book) BookPaper {
	t := &w.Books
	out := BookPaper{Title: t.Titles[b.Kind], Head: t.Heads[b.Kind], Foot: []string{t.Kept, t.Lacking, t.Handling}, File: t.FileName[b.Kind] + "-" + b.Year.String()}
	entries := len(b.Vacancies) + len(b.Seekers)
	for _, x := range b.Vacancies {
		kept := w.dayOr(jobbook.KeptUntil(x.Closed, x.Introduced))
		of := []string{x.Number, x.Employer, w.Municipality(x.Place), strings.Join(x.Contacts, w.Calendar.Comma), w.dayOr(x.Received), w.dayOr(x.Until), w.dayOr(x.Closed), strconv.Itoa(x.Posts),
			strings.TrimSpace(w.Code("occupation", x.Occupation) + " " + x.Title), w.Municipality(x.Workplace), w.Code("contract", x.Contract)}
		for _, i := range introductions(x.Introduced) {
			out.Rows = append(out.Rows, append(append([]string{}, of...), w.dayOr(i.On), i.Other, w.result(i), w.dayOr(i.Decided), w.dayOr(i.Started), w.dayOr(i.Left), kept))
		}
	}
	for _, x := range b.Seekers {
		kept := w.dayOr(jobbook.KeptUntil(x.Ended, x.Introduced))
		of := []string{x.Number, x.Person, x.Name, x.Address, x.Born, x.Wish, w.dayOr(x.Received), w.dayOr(x.Until), w.dayOr(x.Ended)}
		for _, i := range introductions(x.Introduced) {
			out.Rows = append(out.Rows, append(append([]string{}, of...), w.dayOr(i.On), i.Other, i.Title, w.result(i), w.contract(i), w.dayOr(i.Decided), w.dayOr(i.Started), w.dayOr(i.Left), kept))
		}
	}
	if b.Kind == jobbook.Seekers {
		out.Foot = []string{t.Kept, t.Handling}
	}
	out.Lines = []ReceiptLine{{t.Year, w.FiscalYearShort(b.Year)}, {t.Office, w.Code("controller", b.Controller)}, {t.Made, w.Date(b.Made)}, {t.Entries, strconv.Itoa(entries)}}
	if b.Sample {
		out.Foot, out.File = append(out.Foot, t.SampleFoot), "sample-"+out.File
	}
	return out
}

// introductions are those of an entry, or one that says that there is none.
func introductions(list []jobbook.Introduction) []jobbook.Introduction {
	if len(list) == 0 {
		return []jobbook.Introduction{{}}
	}
	return list
}

func (w *Words) result(i jobbook.Introduction) string {
	if i.On == 0 {
		return w.Books.NoWork
	}
	return w.Books.Results[i.State]
}

func (w *Words) contract(i jobbook.Introduction) string {
	if i.Contract == "" {
		return ""
	}
	return w.Code("contract", i.Contract)
}

func (w *Words) dayOr(on japan.Date) string {
	if on == 0 {
		return ""
	}
	return w.ShortDate(on)
}

// Municipality is a municipality by name, or the prefecture where no more is recorded.
func (w *Words) Municipality(code string) string {
	if m, ok := japan.MunicipalityOf(code); ok {
		if w.Language == English {
			return m.En
		}
		return m.Ja
	}
	if len(code) != 6 {
		return code
	}
	p, _ := japan.PrefectureOf(code[:2])
	if w.Language == English {
		return p.En
	}
	return p.Ja
}
