package web

import "ayumi/infra/web/locale"

func sampleConfirmation(w *locale.Words, barred string) ConfirmationView {
	v := ConfirmationView{Page: samplePage(w, "people", w.Confirmation.Title), Heading: w.Confirmation.Headings["case.moved_in"], Number: "#2470", Record: "/records/2470",
		Person: &Pair{Value: "P-00012", Href: "/people/p"}, Outcome: []Pair{{w.Field("to_lg"), "米子市", ""}, {w.Field("head"), "P-00012", "/people/p"}}, Grade: w.Code("grade", "c"),
		Hands: []string{"森下 例子"}, Barred: barred,
		Given: []ConfirmationRow{{"2019-12-09", "R1.12.9", w.Code("grade", "c"), w.Code("evidence_kind", "person_statement"), "聞き取り", "見本 架名", "#2471", "/records/2471", &Pair{"", "聞き取り.pdf", "/people/p/documents/d"}, ""},
			{"2019-12-10", "R1.12.10", w.Code("grade", "a"), w.Code("evidence_kind", "resident_record"), "", "見本 架名", "#2480", "/records/2480", nil, w.Event("case.relocation_confirmation_withdrawn")}}}
	if barred == "" {
		v.Form = &ConfirmationForm{Action: "/records/2470/confirm", CommandID: "c", When: "R1.12.12", Ref: "住民票の写し", Papers: []Option{{Value: "d", Text: "聞き取り.pdf", Chosen: true}}, Files: true, Accept: accepted, Again: true,
			Kinds: []EvidenceGroup{{w.Code("grade", "a"), []Option{{Value: "resident_record", Text: w.Code("evidence_kind", "resident_record"), Chosen: true}}}, {w.Code("grade", "b"), nil}}}
		v.Errors = newErrors(w, FieldError{"file", w.Refusal("paper.type", "file", nil)}, FieldError{"evidence_kind", w.Message.RequiredChoose(w.Field("evidence_kind"))},
			FieldError{"when", w.Refusal("date.unreadable", "when", nil)}, FieldError{"document", w.Confirmation.OnePaper}, FieldError{"evidence_ref", w.Refusal("field.too_long", "evidence_ref", nil)})
	}
	return v
}

func sampleConfirmations(w *locale.Words) ConfirmationsView {
	return ConfirmationsView{Page: samplePage(w, "people", w.Confirmation.ListTitle), Heading: w.Confirmation.ListHeading("R1"), Lead: w.Confirmation.ListLead(30), Mine: true,
		Years: []Option{{Value: "2019", Text: "R1", Chosen: true}}, Rows: []OverdueRow{{"2019-12-09", "R1.12.9", w.Event("case.employment_started"), w.Confirmation.Days(45), "#2470", "/records/2470", "/records/2470/confirm"}}}
}
