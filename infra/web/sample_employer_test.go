package web

import (
	"ayumi/domain/jobbook"
	"ayumi/infra/web/locale"
)

func sampleVacancy(w *locale.Words) VacancyRow {
	return VacancyRow{ID: "v-1111111122", Number: "J-1111111122", Title: "生産技術 <求人>", Employer: "見本製作所", Href: "/employers/5#v-1111111122", Facts: w.Code("contract", "indefinite"), From: w.Code("from", "direct"), Taken: w.Date(18000),
		Place: "米子市", Posts: w.Employer.Sized(2), Until: w.Date(18100), Due: &Chip{"yellow", "warn", w.Employer.Overdue(3)}}
}

func sampleEmployers(w *locale.Words) EmployersView {
	view := EmployersView{Page: samplePage(w, "employers", w.Employer.Title, "css/edit.css", "css/records.css"), Query: "見本", Of: "all", Tabs: []Tab{{w.Employer.Tabs[""], "/employers", false}, {w.Employer.Tabs["all"], "/employers?st=all", true}},
		Vacancies: []VacancyRow{sampleVacancy(w)}, Found: w.Employer.Found(2), Book: "/employers/books"}
	view.Rows = []EmployerRow{{Href: "/employers/5", Name: "見本製作所", Kind: w.Code("kind", "corporation"), Industry: w.Code("industry", "E"), Place: "鳥取市", Size: w.Code("size_band", "u100"), Vacancies: "1"},
		{Href: "/employers/9", Name: w.Journey.NameHidden, Hidden: true, Kind: w.Code("kind", "sole_proprietor"), State: &Chip{"gray", "", w.Employer.Ended}, Vacancies: "0"}}
	view.Acts = []CommandForm{{W: w, ID: "register", Action: "/employers", Heading: w.Employer.Acts["employer.register"], Submit: w.Employer.Save, Fields: []CommandField{{ID: "register-name", Name: "name", Label: w.Field("name"), Kind: "text"}}}}
	return view
}

func sampleEmployer(w *locale.Words) EmployerView {
	closed := sampleVacancy(w)
	closed.ID, closed.Number, closed.Closed, closed.Ended, closed.Due = "v-2", "J-2", true, w.Employer.Filled(1), &Chip{"gray", "", w.Employer.Closed}
	open := sampleVacancy(w)
	open.Forms = []CommandForm{{W: w, ID: "introduce_candidate-1111111122", Action: "/employers/5", Heading: w.Employer.Introduce, Submit: w.Employer.Save}}
	return EmployerView{Page: samplePage(w, "employers", w.Employer.OneTitle("#5"), "css/edit.css", "css/records.css", "css/outreach.css"), Heading: "見本製作所", State: []Chip{{"blue", "", w.Employer.Open}}, Facts: []Pair{{Label: w.Field("industry"), Value: w.Code("industry", "E")}},
		Vacancies: []VacancyRow{open, closed}, Contacts: []ContactRow{{Name: "見本 太郎", Phone: "0857-00-0000", Mail: "a@example.jp"}, {Name: w.Journey.NameHidden, Hidden: true}},
		Introductions: []IntroductionRow{{When: w.Date(18010), Number: "P-00001", Person: "見本 花子", Href: "/people/p/job", Vacancy: "生産技術", State: placementChip(w, "decided"), Steps: w.Job.Steps["decided_on"], Record: Pair{Value: "#12", Href: "/records/12"}},
			{When: w.Date(18010), Number: "P-00002", Person: w.Journey.NameHidden, Hidden: true, State: placementChip(w, "declined"), Record: Pair{Value: "#13", Href: "/records/13"}}},
		Acts: []CommandForm{{W: w, ID: "rename", Action: "/employers/5", Heading: w.Employer.Acts["employer.rename"], Submit: w.Employer.Save}}}
}

func sampleWork(w *locale.Words) JobView {
	end := CommandForm{W: w, ID: "end-1", Action: "/people/p/job", Heading: w.Job.Acts["case.end_jobseeker_registration"], Submit: w.Job.Save}
	step := CommandForm{W: w, ID: "make_application-1", Action: "/people/p/job", Heading: w.Job.Acts["case.make_application"], Submit: w.Job.Save}
	return JobView{Page: samplePage(w, "people", w.Job.OneTitle("P-00001"), "css/journey.css", "css/edit.css", "css/records.css"), Person: PersonLink{"見本 花子", "P-00001", "/people/p"}, Chips: []Chip{{"yellow", "lock", w.Referrals.Confidential}}, Notice: w.Message.Saved("#9"),
		Tabs: []Tab{{w.Journey.Tabs["journey"], "/people/p", false}, {w.Job.Title, "/people/p/job", true}}, Registrations: []RegistrationRow{{Since: w.Date(18000), Until: w.Date(18100), Number: "求-1", State: Chip{"green", "check", w.Job.Valid}, End: &end}},
		Consent: Chip{"green", "check", w.Job.Agreed}, Given: []string{w.Job.Since(w.Date(18000))}, First: w.Job.NoVacancies, Begin: []CommandForm{{W: w, ID: "self", Action: "/people/p/job", Heading: w.Job.Self, Submit: w.Job.Save}},
		Placements: []PlacementRow{{W: w, Employer: "見本製作所", Vacancy: "生産技術", Number: "J-1111111122", Link: "/employers/5", State: placementChip(w, "introduced"), Steps: []Pair{{Label: w.Job.Steps["introduced_on"], Value: w.Date(18010)}}, Forms: []CommandForm{step}},
			{W: w, Employer: "見本商会", Earlier: true, State: placementChip(w, "started"), Confirm: "/records/14/confirm"}}}
}

func sampleBook(w *locale.Words) BookView {
	b := jobbook.Book{Kind: jobbook.Vacancies, Controller: "31", Year: 2019, Made: 18200, Sample: true, Vacancies: []jobbook.Vacancy{{Number: "J-1111111122", Title: "生産技術", Employer: "見本製作所 <b>", Place: "312011", Workplace: "130001", Contacts: []string{"見本 太郎"},
		Received: 18000, Until: 18100, Closed: 18090, Posts: 2, Occupation: "engineering", Contract: "indefinite", Introduced: []jobbook.Introduction{{On: 18010, Other: "見本 花子 P-00001", State: "started", Started: 18080, Over: 18080}}}}}
	return BookView{Page: samplePage(w, "employers", w.Books.Title, "css/records.css", "css/book.css"), Paper: w.BookPaper(b), Book: jobbook.Vacancies, Years: []Option{{Value: "2019", Text: w.FiscalYearShort(2019), Chosen: true}},
		Tabs: []Tab{{w.Books.Titles["vacancies"], "/employers/books", true}}, Files: []Pair{{Value: w.Books.Kinds["pdf"], Href: "/employers/books/pdf?fy=2019"}}}
}

func sampleCertificates(w *locale.Words) UseCertificatesView {
	revoke := CommandForm{W: w, ID: "revoke-1", Action: "/people/p/certificates", Heading: w.Certificates.Revoke, Submit: w.Rights.Save}
	issue := CommandForm{W: w, ID: "issue", Action: "/people/p/certificates", Heading: w.Certificates.Issue, Submit: w.Certificates.Save, Fields: []CommandField{{ID: "issue-name", Name: "name", Label: w.Field("name"), Kind: "text", Value: "見本 花子", Hint: w.Certificates.NameHint}}}
	return UseCertificatesView{Page: samplePage(w, "people", w.Certificates.OneTitle("P-00001"), "css/journey.css", "css/edit.css", "css/records.css"), Person: PersonLink{"見本 花子", "P-00001", "/people/p"}, Notice: w.Message.Saved("#9"), Chips: []Chip{{"yellow", "lock", w.Referrals.Confidential}},
		Tabs: []Tab{{w.Journey.Tabs["journey"], "/people/p", false}, {w.Certificates.Tab, "/people/p/certificates", true}}, Issue: &issue, Rows: []UseCertificateRow{
			{Number: w.Certificates.NumberOf("D-TKY", 2019, 3), When: w.Date(18000), For: "見本市 <b>", Purpose: w.Code("purpose", "iju_grant"), Covers: w.Certificates.Count(2), State: Chip{"green", "check", w.Certificates.Valid}, Print: "/records/9/certificate", Record: Pair{Value: "#9", Href: "/records/9"}, Revoke: &revoke},
			{Number: "x", When: w.Date(18000), State: Chip{Kind: "gray", Text: w.Certificates.Revoked}, Record: Pair{Value: "#8", Href: "/records/8"}}}}
}
