package web

import (
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

func sampleItems(w *locale.Words) []GateItem {
	return []GateItem{{"2019-12-09", w.ShortDate(japan.On(2019, 12, 9)), w.Event("case.employment_started"), w.Closing.RecordedOn("R2.4.10"), "#2470", "/records/2470", &Pair{Value: w.Confirmation.Confirm, Href: "/records/2470/confirm"}}}
}

func sampleClosing(w *locale.Words) ClosingView {
	form := ClosingForm{Action: "/closing/2019/check", CommandID: "c1", Text: `"><script>alert(1)</script>`}
	fails := Chip{"red", "warn", w.Closing.Fails}
	return ClosingView{Page: samplePage(w, "closing", w.Closing.Title), Heading: w.Closing.Heading("R1"), State: Chip{"yellow", "check", w.Closing.States["checked"]}, Begun: true,
		Years:  []Option{{Value: "2019", Text: "R1", Chosen: true}},
		Errors: newErrors(w, FieldError{"known_at", w.Refusal("period.known_before", "known_at", nil)}, FieldError{"waive", w.Refusal("period.gates", "", nil)}),
		Cutoffs: []CutoffRow{{Kind: w.Code("cutoff_kind", "year_close"), Href: "/closing/2019", Current: true, To: "R2.3.31", Known: "R2.4.30", Frozen: w.Closing.NotFrozen, Waived: w.Code("gate", "late"),
			Record: &Pair{Value: "#3489", Href: "/records/3489"}, By: "承"}},
		Gates: &GatesBox{Heading: w.Closing.Gates("x"), Counted: w.Closing.GatesNow("R2.3.31"), Checked: w.Closing.CheckedBy("数", "R2.5.1"), Verdict: &fails, Early: true, Check: &CheckForm{form, "year_close"},
			Rows: []GateRow{{Name: w.Code("gate", "late"), Rule: w.Closing.Rules["late"], Found: w.Closing.LateFound(1, 395), Limit: w.Closing.Percent(5), Opens: w.Closing.Open(1), Verdict: fails, Items: sampleItems(w), Rest: w.Closing.Rest(3)},
				{Name: w.Code("gate", "duplicates"), Rule: w.Closing.Rules["duplicates"], Found: "0", Limit: w.Closing.Limits["duplicates"], Verdict: Chip{"green", "check", w.Closing.Passes}}}},
		Close: &CloseForm{CheckForm: CheckForm{form, "year_close"}, Known: "2020-04-30", Waive: []Option{{Value: "late", Text: w.Code("gate", "late"), Chosen: true}}}, Reopen: &form,
		Cutoff: &CutoffForm{form, []Option{{Value: "sheet", Text: w.Code("cutoff_kind", "sheet")}}, "R2.3.31", `<b>`}, After: "/after-close?fy=2019",
		History: []HistoryRow{{"#3488", "/records/3488", w.Event("period.gates_checked"), "数", "R2.5.1", "x", []Pair{{w.Field("finding"), "#3480", "/records/3480"}, {w.Field("contact"), "#3490", ""}}}}}
}

func sampleUnbegun(w *locale.Words) ClosingView {
	return ClosingView{Page: samplePage(w, "closing", w.Closing.Title), Heading: w.Closing.Heading("R1"), State: Chip{"gray", "", w.Closing.States[""]}, Begin: &ClosingForm{Action: "/closing/2019/open", CommandID: "c1"}}
}

func sampleAfterClose(w *locale.Words) AfterCloseView {
	return AfterCloseView{Page: samplePage(w, "closing", w.AfterClose.Title), Heading: w.AfterClose.Heading("R1"), Closed: &Pair{"R2.5.1", "#3489", "/records/3489"},
		Kinds: []Tab{{w.Journey.All, "/after-close", true}, {w.AfterClose.Kinds["late"], "/after-close?kind=late", false}}, Older: "/after-close?before=1",
		Rows: []AfterCloseRow{{sampleAudit(w).Rows[0], Chip{"orange", "fix", w.AfterClose.Kinds["changed"]}}}}
}

func sampleMonitors(w *locale.Words) MonitorsView {
	return MonitorsView{Page: samplePage(w, "audit", w.Monitors.Title), Heading: w.Monitors.Heading("R1"), Counted: w.Monitors.Counted(42, 40), Overdue: sampleItems(w), OneHand: sampleItems(w),
		Pairs: []PairRow{{"試", "仮", "6", w.Monitors.Hundredths(250)}}, Bursts: []BurstRow{{w.Month(japan.On(2019, 12, 9)), "3", "4", sampleItems(w)}}, GradeC: []Pair{{Label: "試", Value: "3"}}}
}
