package web

import "ayumi/infra/web/locale"

func sampleHandover(w *locale.Words) HandoverView {
	hit := PersonHit{Name: "見本 架名", Number: "P-00012", Href: "/people/p"}
	return HandoverView{Page: samplePage(w, "today", w.Handover.Title, "css/today.css"), Keeper: "co1", Heading: w.Handover.Heading("見本 職員"), Notice: w.Handover.Done(3), Common: "<script>alert(1)</script>",
		Keepers: []Option{{Value: "co1", Text: "見本 職員", Chosen: true}, {Value: "co2", Text: "見本 次子"}}, Next: []Option{{Value: "co2", Text: "見本 次子"}}, Reasons: []Option{{Value: "april_change", Text: w.Handover.Reasons["april_change"]}},
		Errors:  newErrors(w, FieldError{"to", w.Message.RequiredChoose(w.Handover.To)}, FieldError{"cases", w.Handover.Choose}, FieldError{Text: w.Handover.Refused("P-00012", w.Refusal("handover.state", "", nil))}),
		Rows:    []HandoverRow{{"k", hit, "2019-04-01", "R1.4.1", true, "夜は電話しない"}, {"l", PersonHit{Name: w.Journey.NameHidden, Hidden: true}, "2019-04-01", "R1.4.1", false, ""}},
		Waiting: []HandoverWaiting{{hit, "見本 次子", "2020-04-01", "R2.4.1", w.Today.Waited(3), "#12", "/records/12"}}}
}
