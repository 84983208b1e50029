package web

import "ayumi/infra/web/locale"

func sampleAgenda(w *locale.Words) AgendaView {
	hit := PersonHit{Name: "見本 架名", Reading: "みほん かな", Number: "P-00012", Href: "/people/p"}
	hidden := PersonHit{Name: w.Journey.NameHidden, Hidden: true}
	booked := AgendaItem{ISO: "2020-02-10T10:30", When: "10:30", Icon: "desk", Person: hit, What: w.Code("channel", "in_person"), Chips: []Chip{{"blue", "", w.Code("category", "job")}}, Href: "/calendar?item=b#item", Chosen: true}
	over := AgendaItem{ISO: "2020-02-10T14:00", When: "14:00", Icon: "tel", Person: hidden, What: w.Code("channel", "phone"), State: &Chip{"yellow", "warn", w.Agenda.Ended["missed"]}, Over: true, Href: "/calendar?item=c#item"}
	task := AgendaItem{ISO: "2020-02-11", Icon: "note", Person: hit, What: w.Agenda.After(w.Code("task_kind", "employment_check"), 3), State: &Chip{"yellow", "warn", w.Today.Overdue(3)}, Href: "/calendar?item=t#item"}
	v := AgendaView{Page: samplePage(w, "today", w.Agenda.Title, "css/edit.css", "css/records.css", "css/indicator.css", "css/agenda.css"), Heading: w.Agenda.Week("R2.2.10", "2.16"), Notice: w.Message.Saved("#12"),
		AsOf: &AsOfBar{W: w, Action: "/calendar", Index: -1}, Whose: []Tab{{w.Agenda.Own, "/calendar", true}, {w.Agenda.Desk, "/calendar?desk=all", false}}, Before: "/calendar?day=2020-02-03", Next: "/calendar?day=2020-02-17", Now: "/calendar",
		Count: w.Agenda.Count(3), Chosen: &booked, Facts: []Pair{{Label: w.Field("wording"), Value: "<script>alert(1)</script>"}, {Label: w.Agenda.Record, Value: "#12", Href: "/records/12"}}, Record: "/people/p#entry", More: w.Agenda.More(200), Feed: "/calendar/feed"}
	for i, date := range []string{"2020-02-10", "2020-02-11", "2020-02-12", "2020-02-13", "2020-02-14", "2020-02-15", "2020-02-16"} {
		day := AgendaDay{ISO: date, Date: date, Closed: i > 4}
		switch i {
		case 0:
			day.Items, day.Today = []AgendaItem{booked, over}, true
		case 1:
			day.Items, day.Holiday, day.Closed = []AgendaItem{task}, "建国記念の日", true
		}
		v.Days = append(v.Days, day)
	}
	v.Acts, v.New = []CommandForm{sampleAct(w, "do_task", true)}, []CommandForm{sampleAct(w, "plan_task", false)}
	return v
}

func sampleFreeWeek(w *locale.Words) AgendaView {
	v := sampleAgenda(w)
	for i := range v.Days {
		v.Days[i].Items = nil
	}
	v.Count, v.Chosen, v.Acts, v.Facts, v.Errors, v.Notice, v.More = w.Agenda.Count(0), nil, nil, nil, nil, "", ""
	return v
}

func sampleAct(w *locale.Words, command string, refused bool) CommandForm {
	f := CommandForm{W: w, ID: command, Action: "/calendar?item=t", Heading: w.Agenda.Acts["case."+command], Command: "case." + command, CommandID: "c", Submit: w.Outreach.Save,
		Fields: []CommandField{{ID: command + "-result", Name: "result", Label: w.Field("result"), Kind: "select", Options: []Option{{Value: "done", Text: "done", Chosen: true}}, Required: true},
			{ID: command + "-due_on", Name: "due_on", Label: w.Field("due_on"), Kind: "text", Value: "2/30", Required: true, Short: true, Hint: w.Agenda.WhoHint}, {ID: command + "-anyway", Name: "anyway", Label: w.Agenda.Anyway, Kind: "check"}}}
	if refused {
		fault := w.Refusal("date.unreadable", "due_on", nil)
		f.Open, f.Fields[1].Error, f.Errors = true, fault, newErrors(w, FieldError{command + "-due_on", fault})
	}
	return f
}
