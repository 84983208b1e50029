package web

import "ayumi/infra/web/locale"

func sampleAuditForm(w *locale.Words) *CommandForm {
	return &CommandForm{W: w, ID: "finding", Action: "/audits/2019/u1", Heading: w.Audits.Find, Command: "period.record_finding", CommandID: "c1", Submit: w.Audits.FindIt, Open: true,
		Fields: []CommandField{{Name: "audit", Kind: "hidden", Value: "u1"}, {ID: "finding-grade", Name: "grade", Label: w.Field("grade"), Kind: "select", Options: []Option{{Value: "caution", Text: w.Code("finding_grade", "caution")}}},
			{ID: "finding-text", Name: "text", Label: w.Field("text"), Kind: "area", Value: `"><script>alert(1)</script>`, Required: true}, {ID: "finding-due_on", Name: "due_on", Label: w.Field("due_on"), Kind: "text", Error: w.Refusal("audit.due", "due_on", nil)}},
		Errors: newErrors(w, FieldError{"finding-due_on", w.Refusal("audit.due", "due_on", nil)})}
}

func form(f *CommandForm, id string) *CommandForm {
	out := *f
	out.ID, out.Errors, out.Fields = id, nil, []CommandField{{ID: id + "-text", Name: "text", Label: "x", Kind: "text"}}
	return &out
}

func sampleAudits(w *locale.Words) AuditsView {
	f := form(sampleAuditForm(w), "open")
	return AuditsView{Page: samplePage(w, "audits", w.Audits.Title), Heading: w.Audits.Heading("R1"), Begun: true, Years: []Option{{Value: "2019", Text: "R1", Chosen: true}}, Open: f,
		Rows: []AuditsRow{{w.Code("audit_kind", "regular"), "/audits/2019/u1", "<b>x</b>", Chip{"blue", "", w.Audits.States["opened"]}, "R2.5.1", "監", "1", "2", "1", "R2.9.30"}}}
}

func sampleAuditFile(w *locale.Words) AuditFileView {
	f := sampleAuditForm(w)
	return AuditFileView{Page: samplePage(w, "audits", w.Audits.Title), Heading: w.Audits.Of(w.Code("audit_kind", "regular"), "R1"), State: Chip{"blue", "", w.Audits.States["opened"]}, Printed: w.Audits.Printed("監", "R2.5.1"),
		Facts: []FigureFact{{Label: w.Audits.Scope, Value: "x"}}, Engage: form(f, "engage"), Draw: form(f, "draw"), Request: form(f, "request"), Issue: form(f, "issue"), Find: f, FindWho: true, Close: form(f, "close"),
		Samples:  []SampleView{{Heading: w.Audits.SampleOf(1, "F-0007"), Facts: []FigureFact{{Label: w.Audits.Seed, Mono: "7"}}, Same: Chip{"green", "check", w.Audits.Agrees}, Risk: true, Recipe: "for n", Table: w.Audits.SampleTable(1), Rows: []SampledRow{{"1", sampleAudit(w).Rows[0]}}}},
		Evidence: []EvidenceRow{{"1", "x", "R2.5.1", []EvidencePack{{"x", "0a0b", "#3400"}}}, {"2", "x", "R2.5.1", nil}},
		Findings: []GradedFindings{{"caution", w.Code("finding_grade", "caution"), []FindingView{{ID: "f1", Text: "<i>x</i>", Recorded: "R2.5.1", Figure: &Pair{Value: "F-0007", Href: "/ledger/x"}, Due: "R2.9.30", State: Chip{"red", "warn", w.Audits.Overdue},
			Measures: []MeasureRow{{"x", "R2.6.1"}}, Answer: form(f, "answer-f1")}, {ID: "f2", Text: "x", Due: w.Audits.NoDue, State: Chip{"yellow", "", w.Audits.Waits}}}}},
		History: []HistoryRow{{"#3488", "/records/3488", w.Event("period.audit_opened"), "監", "R2.5.1", "x", []Pair{{w.Field("finding"), "#3480", "/records/3480"}, {w.Field("contact"), "#3490", ""}}}}}
}
