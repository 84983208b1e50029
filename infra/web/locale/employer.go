package locale

import "fmt"

// Employer is what the pages of employers, vacancies and introductions say.
type Employer struct {
	Title, Lead                             string
	OneTitle                                func(number string) string
	Search, SearchHint, Find                string
	Tabs                                    map[string]string // by what is listed
	Vacancies, Employers                    string
	VacancyTable, EmployerTable, IntroTable string
	Number, Name, VacancyTitle, Place, Size string
	Posts, Until, Open, Taken, Introduced   string
	None, NoVacancies, NoneFound            string
	Found                                   func(n int) string
	Offered                                 func(n int) string
	Overdue                                 func(days int) string
	Left                                    func(days int) string
	LastDay, Closed, Ended                  string
	Filled                                  func(n int) string
	Facts, Contacts, NoContacts             string
	Introductions, NoIntroductions          string
	Source                                  string
	Person, When, State, Outcome, Vacancy   string
	Save, Introduce, ToJob, Book            string
	NameHint, ProprietorHint, PlaceHint     string
	UntilHint, TitleHint, NewHint           string
	ConsentHint, HowHint, FilledHint        string
	Prefecture                              func(name string) string
	NoCase                                  string
	Acts                                    map[string]string // by command
	Sized                                   func(n int) string
}

// Job is what the page of a person's way to work says.
type Job struct {
	Title                            string
	OneTitle                         func(number string) string
	Registrations, NoRegistrations   string
	Valid, Past, Over, Number        string
	Consent, Agreed, NotAgreed       string
	Since                            func(day string) string
	Placements, NoPlacements         string
	Steps                            map[string]string // days, by the field of each
	Route, Contract, Confirmed       string
	Confirm                          string
	Grade, Months                    func(text string) string
	Introduce, NoVacancies, Register string
	First, Self, SelfHint            string
	ClosedCase, NoCase, Earlier      string
	Acts                             map[string]string // by command
	Save, ReasonHint                 string
}

var japaneseEmployer = Employer{
	Title: "求人・企業", Lead: "求人と、求人を出す企業です。だれを紹介したかは、その人に関わる職員だけが読みます。",
	OneTitle: func(n string) string { return "企業 " + n },
	Search:   "企業名・求人の名称", SearchHint: "個人事業主の名前では探せません。", Find: "探す",
	Tabs:      map[string]string{"": "求人中", "all": "すべての企業", "ended": "終わった企業"},
	Vacancies: "いまの求人", Employers: "企業", VacancyTable: "求人の表", EmployerTable: "企業の表", IntroTable: "紹介の表",
	Number: "求人番号", Name: "企業", VacancyTitle: "求人", Place: "所在地", Size: "従業員", Posts: "求人数", Until: "有効期限", Open: "求人", Taken: "受付日", Introduced: "紹介",
	None: "企業はまだ登録されていません。", NoVacancies: "求人はまだありません。", NoneFound: "当てはまる企業はありません。",
	Found: func(n int) string { return fmt.Sprintf("%d社", n) }, Offered: func(n int) string { return fmt.Sprintf("%d件", n) },
	Overdue: func(days int) string { return fmt.Sprintf("期限を%d日過ぎています", days) }, Left: func(days int) string { return fmt.Sprintf("あと%d日", days) },
	LastDay: "今日まで", Closed: "終了", Ended: "取引終了", Filled: func(n int) string { return fmt.Sprintf("当窓口から%d人", n) },
	Facts: "内容", Contacts: "担当者", NoContacts: "担当者はまだ登録されていません。",
	Introductions: "紹介した人", NoIntroductions: "この企業に紹介した人はいません。",
	Source: "求人の入手先", Person: "相談者", When: "紹介日", State: "段階", Outcome: "結果", Vacancy: "求人",
	Save: "記録する", Introduce: "この求人に紹介する", ToJob: "就職のページ", Book: "求人・求職管理簿",
	NameHint: "個人事業主のときは空けてください。", ProprietorHint: "個人事業主のときだけ。封をして保存します。", PlaceHint: "県内は市町村まで、県外は都道府県を選びます。",
	UntilHint: "「R8.3.31」「3月末」のように書けます。", TitleHint: "個人の名前や連絡先は書かないでください。", NewHint: "日付は「3/31」のように、数は数字で書きます。",
	ConsentHint: "企業への紹介にまだ同意していない人は、いま同意したときに印を付けます。", HowHint: "いま同意したとき：窓口で口頭、書面など。", FilledHint: "当窓口の紹介で決まった人数です。",
	Prefecture: func(name string) string { return name + "（市町村は記録しない）" },
	NoCase:     "この人には続いている支援がありません。支援を再開してから紹介してください。",
	Acts: map[string]string{
		"employer.register": "企業を登録する", "employer.rename": "名称を変える", "employer.set_contact": "担当者を加える", "employer.remove_contact": "担当者から外す",
		"employer.open_vacancy": "求人を受け付ける", "employer.change_vacancy": "求人の内容を変える", "employer.close_vacancy": "求人を終える", "employer.end": "企業との関係を終える",
		"case.introduce_candidate": "この求人に紹介する",
	},
	Sized: func(n int) string { return fmt.Sprintf("%d人", n) },
}

var englishEmployer = Employer{
	Title: "Employers", Lead: "Vacancies and the employers that offer them. Who was introduced is read only by those who work with the person.",
	OneTitle: func(n string) string { return "Employer " + n },
	Search:   "Employer or vacancy", SearchHint: "Sole proprietors are not found by name.", Find: "Find",
	Tabs:      map[string]string{"": "With vacancies", "all": "All employers", "ended": "Ended"},
	Vacancies: "Vacancies now", Employers: "Employers", VacancyTable: "Table of vacancies", EmployerTable: "Table of employers", IntroTable: "Table of introductions",
	Number: "Job number", Name: "Employer", VacancyTitle: "Vacancy", Place: "Place", Size: "Staff", Posts: "Posts", Until: "Open until", Open: "Vacancies", Taken: "Received", Introduced: "Introduced",
	None: "No employer is registered yet.", NoVacancies: "There is no vacancy yet.", NoneFound: "No employer fits.",
	Found: func(n int) string { return plural(n, "employer", "employers") }, Offered: func(n int) string { return fmt.Sprint(n) },
	Overdue: func(days int) string { return plural(days, "day past its end", "days past its end") }, Left: func(days int) string { return plural(days, "day left", "days left") },
	LastDay: "last day today", Closed: "closed", Ended: "ended", Filled: func(n int) string { return plural(n, "person from this office", "people from this office") },
	Facts: "What it is", Contacts: "Contacts", NoContacts: "There is no contact yet.",
	Introductions: "Introduced people", NoIntroductions: "Nobody was introduced to this employer.",
	Source: "Where from", Person: "Person", When: "Introduced on", State: "Stage", Outcome: "Outcome", Vacancy: "Vacancy",
	Save: "Record", Introduce: "Introduce somebody", ToJob: "way to work", Book: "Placement registers",
	NameHint: "Leave it empty for a sole proprietor.", ProprietorHint: "Of a sole proprietor only. It is kept sealed.", PlaceHint: "A municipality inside the prefecture, a prefecture outside it.",
	UntilHint: "For example 2026-03-31 or R8.3.31.", TitleHint: "No name and no contact of a person.", NewHint: "A day as 3/31, a number in digits.",
	ConsentHint: "Tick it where the person agrees only now to be introduced to employers.", HowHint: "Where the person agrees now: orally at the desk, in writing.", FilledHint: "How many this office placed there.",
	Prefecture: func(name string) string { return name + " (municipality not recorded)" },
	NoCase:     "No support of this person goes on. Reopen it before the introduction.",
	Acts: map[string]string{
		"employer.register": "Register an employer", "employer.rename": "Change the name", "employer.set_contact": "Add a contact", "employer.remove_contact": "Remove this contact",
		"employer.open_vacancy": "Take in a vacancy", "employer.change_vacancy": "Change the vacancy", "employer.close_vacancy": "Close the vacancy", "employer.end": "End the work with this employer",
		"case.introduce_candidate": "Introduce somebody to this vacancy",
	},
	Sized: func(n int) string { return plural(n, "person", "people") },
}

var japaneseJob = Job{
	Title: "就職", OneTitle: func(n string) string { return n + " の就職" },
	Registrations: "求職登録", NoRegistrations: "求職登録はありません。紹介の前に登録してください。",
	Valid: "有効", Past: "期限切れ", Over: "終了", Number: "番号",
	Consent: "企業への紹介の同意", Agreed: "同意あり", NotAgreed: "同意はまだありません。",
	Since:      func(day string) string { return day + "から" },
	Placements: "紹介と就職", NoPlacements: "紹介も就職もまだありません。",
	Steps: map[string]string{"introduced_on": "紹介", "applied_on": "応募", "interviewed_on": "面接", "offered_on": "内定", "decided_on": "就職決定", "started_on": "入社", "ended_on": "離職"},
	Route: "経路", Contract: "雇用の形", Confirmed: "確認", Confirm: "確認する", Grade: func(g string) string { return "等級" + g }, Months: func(n string) string { return n + "か月" },
	Introduce: "求人に紹介する", NoVacancies: "いま紹介できる求人はありません。", Register: "求職登録をする", First: "先に求職登録をしてください。",
	Self: "自分で見つけた就職を記録する", SelfHint: "紹介によらない就職です。",
	ClosedCase: "支援が終わっているので、記録は加えられません。", NoCase: "支援の記録がありません。", Earlier: "前の支援",
	Acts: map[string]string{
		"case.register_jobseeker": "求職登録をする", "case.end_jobseeker_registration": "求職登録を終える",
		"case.introduce_candidate": "求人に紹介する", "case.make_application": "応募した", "case.hold_interview": "面接した", "case.receive_offer": "内定を受けた",
		"case.decline_offer": "本人が辞退した", "case.withdraw_offer": "不採用・取消になった", "case.decide_placement": "就職が決まった", "case.fall_through_placement": "決定後に取りやめた",
		"case.start_employment": "入社した", "case.check_employment": "在職を確かめた", "case.end_employment": "離職した",
	},
	Save: "記録する", ReasonHint: "近いものを選びます。",
}

var englishJob = Job{
	Title: "Work", OneTitle: func(n string) string { return "Way to work of " + n },
	Registrations: "Job-seeker registration", NoRegistrations: "There is none. Register before an introduction.",
	Valid: "valid", Past: "past its end", Over: "ended", Number: "Number",
	Consent: "Consent to be introduced to employers", Agreed: "agreed", NotAgreed: "There is no consent yet.",
	Since:      func(day string) string { return "since " + day },
	Placements: "Introductions and placements", NoPlacements: "There is no introduction and no placement yet.",
	Steps: map[string]string{"introduced_on": "Introduced", "applied_on": "Applied", "interviewed_on": "Interviewed", "offered_on": "Offered", "decided_on": "Decided", "started_on": "Started", "ended_on": "Ended"},
	Route: "Route", Contract: "Contract", Confirmed: "Confirmed", Confirm: "Confirm", Grade: func(g string) string { return "grade " + g }, Months: func(n string) string { return n + " months" },
	Introduce: "Introduce to a vacancy", NoVacancies: "No vacancy is on offer now.", Register: "Register as job-seeker", First: "Register the job-seeker first.",
	Self: "Record work the person found", SelfHint: "Not through an introduction of this office.",
	ClosedCase: "The support is closed: nothing can be added.", NoCase: "There is no case.", Earlier: "Earlier case",
	Acts: map[string]string{
		"case.register_jobseeker": "Register as job-seeker", "case.end_jobseeker_registration": "End the registration",
		"case.introduce_candidate": "Introduce to a vacancy", "case.make_application": "Applied", "case.hold_interview": "Interviewed", "case.receive_offer": "Received an offer",
		"case.decline_offer": "The person declined", "case.withdraw_offer": "Not taken, or withdrawn", "case.decide_placement": "Work was decided", "case.fall_through_placement": "Fell through afterwards",
		"case.start_employment": "Started work", "case.check_employment": "Checked whether still there", "case.end_employment": "Left the work",
	},
	Save: "Record", ReasonHint: "Choose what is nearest.",
}

// employerFields are labels of fields that only the commands of these pages have.
var employerFields = map[string]pair{"agrees": {"本人がいま同意した", "the person agrees now"}}

// employerCodes are the names of codes of employers and of why something came to
// nothing. Occupations are the major groups of the ministry's classification.
var employerCodes = map[string]map[string]pair{
	"size_band": {"u10": {"10人未満", "under 10"}, "u30": {"10～29人", "10 to 29"}, "u100": {"30～99人", "30 to 99"}, "u300": {"100～299人", "100 to 299"}, "300p": {"300人以上", "300 or more"}},
	"from":      {"hellowork": {"ハローワーク", "Hello Work"}, "direct": {"企業から直接", "from the employer"}, "matching_site": {"マッチングサイト", "matching site"}},
	"reason": {
		"conditions": {"条件が合わない", "conditions"}, "other_offer": {"ほかに決まった", "another offer"}, "place": {"勤務地", "place of work"}, "not_selected": {"選考の結果", "not selected"},
		"position_filled": {"先に充足", "already filled"}, "business": {"企業の都合", "reasons of the business"}, "closed_down": {"廃業・閉鎖", "closed down"}, "merged": {"合併", "merged"},
		"no_more_vacancies": {"求人の予定なし", "no more vacancies"}, "violation": {"法令違反", "breach of law"},
	},
	"occupation": {
		"management": {"管理的職業", "management"}, "engineering": {"研究・技術", "research and engineering"}, "professional": {"法務・経営・文化芸術等の専門職", "law, business, culture and arts"}, "medical": {"医療・看護・保健", "medical and nursing"},
		"education": {"保育・教育", "childcare and education"}, "clerical": {"事務", "clerical"}, "sales": {"販売・営業", "sales"}, "care": {"福祉・介護", "welfare and care"}, "service": {"サービス", "service"},
		"security": {"警備・保安", "security"}, "farming": {"農林漁業", "farming, forestry, fishery"}, "manufacturing": {"製造・修理・製図等", "manufacturing and repair"}, "transport": {"配送・輸送・機械運転", "transport and machine operation"},
		"construction": {"建設・土木・電気工事", "construction and electrical work"}, "labour": {"運搬・清掃・包装・選別等", "carrying, cleaning, packing"},
		"public_relations": {"広報・企画", "public relations"}, "quality_control": {"品質管理", "quality control"}, "care_worker": {"介護職員", "care worker"}, "software": {"ソフトウェア開発", "software"},
		"hospitality": {"接客・宿泊", "hospitality"}, "banking": {"金融の窓口・渉外", "banking"},
	},
}

// Occupations are the groups that a new vacancy is put into, in their order.
func Occupations() []string {
	return []string{"management", "engineering", "professional", "medical", "education", "clerical", "sales", "care", "service", "security", "farming", "manufacturing", "transport", "construction", "labour"}
}
