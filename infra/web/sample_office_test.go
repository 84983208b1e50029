package web

import (
	"strings"

	"ayumi/infra/web/locale"
)

func sampleIntake(w *locale.Words) IntakeView {
	return IntakeView{Page: samplePage(w, "people", w.Intake.Heading), CommandID: "c1", Search: "s1", Student: true,
		Texts:   []IntakeText{{"family", w.Field("family"), "<script>alert(1)</script>", true}, {"given", w.Field("given"), "", false}},
		Choices: []IntakeChoice{{"age_band", w.Field("age_band"), []Option{{Value: "20s", Text: w.Code("age_band", "20s"), Chosen: true}}}},
		Aims:    []Option{{Value: "job", Text: w.Code("aims", "job"), Chosen: true}},
		Errors:  newErrors(w, FieldError{"given", w.Message.Required(w.Field("given"))}, FieldError{"aims", w.Message.RequiredChoose(w.Field("aims"))})}
}

func sampleStatus(w *locale.Words) StatusView {
	return StatusView{Page: samplePage(w, "status", w.Status.Heading), Full: true, Line: Chip{"yellow", "warn", w.Status.Lines["bus.behind"]}, LineText: w.Status.LineTexts["bus.behind"],
		LineFacts: []Pair{{w.Status.Store, "2391", ""}}, Access: Chip{"green", "check", w.Viewing.Working}, AccessAt: []Pair{{w.Viewing.Root, strings.Repeat("0123456789abcdef", 4), ""}}, Rows: []StatusRow{{w.Status.Models["journeys"], Chip{"green", "check", w.Status.States["current"]}, "#2391", "0", "0", "disk full"}}}
}

func sampleAudit(w *locale.Words) AuditView {
	return AuditView{Page: samplePage(w, "audit", w.Audit.Heading), Filters: []Tab{{w.Journey.All, "/audit", true}, {w.Audit.Changes, "/audit?changes=1", false}}, Older: "/audit?before=1", Viewings: true,
		Rows: []AuditRow{{Number: "#1355", Href: "/records/1355", What: w.Event("case.consultation_amended"), Occurred: "R1.9.20", Recorded: "R1.9.24", By: "森下", Change: &Chip{"yellow", "fix", w.Journey.Corrected}, Target: &Pair{Value: "#1341", Href: "/records/1341"}}}}
}
