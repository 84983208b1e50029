package web

import (
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
)

func sampleErasures(w *locale.Words) ErasuresView {
	return ErasuresView{Page: samplePage(w, "erasures", w.Erasure.Title), Orders: true, Rows: []ErasureRow{
		{"P-00012", "/erasures/p", "#2214", "R5.9.20", w.Code("ground", "suspension_decision"), "R5.9.20", "R5.10.22", Chip{"green", "check", w.Erasure.Done}},
		{"P-00013", "/erasures/q", "#2218", "R5.9.21", w.Code("ground", "retention_end"), "", "", Chip{"yellow", "clock", w.Erasure.Doing}}}}
}

func sampleOpening(w *locale.Words) OpeningView {
	view := OpeningView{Page: samplePage(w, "people", w.Opening.Title("P-00012")), Heading: w.Opening.Title("P-00012"), Lead: w.Opening.Lead(w.Frame.DeskShort["D-FKC"]), Action: "/people/p/reason", To: `/people/p?x="><script>alert(1)</script>`,
		Errors: newErrors(w, FieldError{"why", w.Message.RequiredChoose(w.Opening.Why)})}
	for _, why := range viewing.Whys {
		view.Whys = append(view.Whys, Option{Value: why, Text: w.Opening.Whys[why]})
	}
	return view
}

func samplePreview(w *locale.Words) ErasureView {
	return ErasureView{Page: samplePage(w, "erasures", w.Erasure.New), Number: "P-00012", Errors: newErrors(w, FieldError{"rights", w.Refusal("erasure.no_ground", "rights", nil)}),
		Preview: &ErasurePreview{Checked: w.Erasure.Checked(2), Final: w.Erasure.Final(w.PlainDate(japan.On(2023, 10, 22))),
			Figures: []ErasureFigure{{"C1 x", "新橋館", "R1", w.Erasure.Live, "168", "168", "1", w.Erasure.Stays, true}, {"C1 x", "新橋館", "R1", w.Erasure.Edition(2), "168", "167", "1", w.Erasure.Changes, false}},
			Form:    &ErasureForm{Action: "/erasures/p", CommandID: "c1", Expected: "3", Digest: "ab", Figures: "2", Grounds: erasureGrounds(w, "retention_end"), Rights: `"><script>alert(1)</script>`, Volume: "<b>"}}}
}

func sampleErasure(w *locale.Words) ErasureView {
	done := &ErasureDone{Whole: true, Facts: []Pair{{w.Erasure.Decision, "#2214", "/records/2214"}, {Label: w.Erasure.ClearOn, Value: w.Date(japan.On(2023, 10, 22))}},
		Digests: []Pair{{Label: w.Erasure.KeyCommitment, Value: "b210ef7f594c3e1f1f62252c5d8b630116551071f7a26590a8a1d095864a457b"}}}
	for i, name := range []string{"ordered", "key", "dropped", "scrubbed", "erased", "final"} {
		state := []string{"done", "done", "done", "doing", "waiting", "waiting"}[i]
		done.Steps = append(done.Steps, ErasureStep{w.Erasure.Steps[name], w.Erasure.StepNotes[name], state, w.Erasure.Done, "R5.9.20"})
	}
	return ErasureView{Page: samplePage(w, "erasures", w.Erasure.Certificate), Number: "P-00012", Person: "/people/p", Done: done}
}
