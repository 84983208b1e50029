package web

import "ayumi/infra/web/locale"

func sampleViewings(w *locale.Words) ViewingsView {
	v := w.Viewing
	return ViewingsView{Page: samplePage(w, "audit", v.Title, "css/journey.css"), Heading: v.SeenTitle("P-01287"), Lead: v.SeenLead, More: &Pair{Value: v.SeenAll, Href: "/access-log?person=P-01287"},
		Tabs:     []Tab{{w.Journey.Tabs["journey"], "/people/p1", false}, {w.Journey.Tabs["seen"], "/people/p1/seen", true}},
		Asked:    &ViewingsForm{Person: "P-01287", From: "R1.6.1", Account: "a1", AccountName: "森下 例子", Narrowed: true, Acts: []Option{{Text: v.Any}, {Value: "view", Text: v.Acts["view"], Chosen: true}}},
		Searched: &SearchedForm{Words: "<script>alert(1)</script>"}, Older: "/access-log?before=7",
		Rows: []ViewingRow{{ISO: "2019-09-20T18:42", When: "R1.9.20 18:42", Who: "森下 例子", WhoHref: "/access-log?account=a1", What: v.Acts["view"], Where: v.Reasons["journey"], Subject: "P-01287", Href: "/people/p1", Rows: "14"},
			{ISO: "2019-09-20T18:40", When: "R1.9.20 18:40", Who: v.Operator, What: v.Acts["refused"], Where: "GET /records/{no}", Refused: true, Subject: v.Many, Rows: "0"}}}
}
