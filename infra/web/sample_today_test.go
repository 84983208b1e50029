package web

import "ayumi/infra/web/locale"

func sampleToday(w *locale.Words) TodayView {
	hit := PersonHit{Name: "見本 架名", Reading: "みほん かな", Number: "P-00012", Href: "/people/p"}
	hidden := PersonHit{Name: w.Journey.NameHidden, Hidden: true}
	v := TodayView{Page: samplePage(w, "today", w.Today.Title, "css/today.css"), Heading: w.Today.Heading("R2.2.8"), Keys: keysOf(w, "today", true), Clock: "9:40", More: w.Today.More(20), Soon: w.Today.Soon(6), New: "/people/new",
		AsOf: &AsOfBar{W: w, Action: "/today", Index: -1}, Stream: "/today/stream?from=7", Inbox: &Pair{Label: w.Line.Title, Value: w.Line.InboxCount(2, 1), Href: "/line"}, Notice: w.Message.Saved("#12"), Errors: newErrors(w, FieldError{"due-t", w.Refusal("date.unreadable", "due_on", nil)}),
		Appointments: []TodayRow{{ISO: "2020-02-08", When: "10:30", Mark: &Chip{"blue", "", w.Today.NextIn(50)}, Next: true, Person: hit, Chips: []Chip{{"gray", "desk", w.Code("channel", "in_person")}}, Act: w.Today.Begin, Href: "/people/p#entry"},
			{ISO: "2020-02-08", When: w.Today.AnyTime, Person: hit, Act: w.Today.Begin, Href: "/people/p#entry"}},
		Unlogged: []TodayRow{{ISO: "2020-02-06", When: "R2.2.6 19:00", Mark: &Chip{"yellow", "warn", w.Today.Since(2)}, Person: hidden, Missed: "/people/q/bookings/b/missed"}},
		Late: []TodayRow{{ISO: "2020-01-31", When: w.Today.DueOn("R2.1.31"), Mark: &Chip{"yellow", "warn", w.Today.Overdue(8)}, Person: hit, What: "<script>alert(1)</script>", More: w.Code("task_kind", "call_back"), Act: w.Today.Contact, Href: "/people/p#entry",
			Due: &DueForm{ID: "t", Action: "/people/p/tasks/t/due", Drop: "/people/p/tasks/t/drop", Typed: "2/30", Error: w.Refusal("date.unreadable", "due_on", nil), Open: true, Reasons: []Option{{Value: "waiting", Text: w.Today.Reasons["waiting"]}}}}},
		Referrals:     []TodayRow{{ISO: "2020-01-27", When: "R2.1.27", Person: hit, What: "見本市", More: w.Code("referral_purpose", "housing"), State: &Chip{"purple", "", w.Code("referral_state", "sent")}, Days: w.Today.Waited(12), Over: w.Today.BeyondGoal, Share: 85, Act: w.Today.See, Href: "/people/p"}},
		Notes:         []NoteRow{{ISO: "2020-02-07", When: "R2.2.7 20:40", By: "見本 職員", Text: "<script>alert(1)</script>", Person: hit, Read: "/records/12/read"}, {ISO: "2020-02-07", When: "R2.2.7", By: "見本 職員", Kind: w.Event("case.handed_over"), Person: hidden}},
		Confirmations: []AwaitedRow{{OverdueRow: sampleConfirmations(w).Rows[0], Person: hit, Grade: w.Code("grade", "d"), Late: true}},
		Pairs:         []LikenessRow{{One: hit, Other: hidden, Points: "85", Why: w.Code("signals", "phone"), Href: "/people/p"}}}
	v.Jumps = []TodayJump{{"1", "appointments", w.Today.Appointments, 2, w.Today.NextAt("10:30"), false}, {"2", "unlogged", w.Today.Unlogged, 1, w.Today.Longest(2), true}, {"3", "late", w.Today.Late, 1, w.Today.LongestOver(8), true},
		{"4", "referrals", w.Today.Referrals, 1, w.Today.OverGoal(1), true}, {"5", "confirmations", w.Today.Confirmations, 1, "", false}, {"6", "pairs", w.Today.Pairs, 1, w.Today.Highest("85"), false}, {"7", "notes", w.Today.Notes, 2, w.Today.Unread(2), false}}
	return v
}

func sampleDayOff(w *locale.Words) TodayView {
	full := sampleToday(w)
	return TodayView{Page: full.Page, Heading: full.Heading, Clock: full.Clock, New: full.New, Keys: full.Keys, Jumps: full.Jumps}
}

func samplePastDay(w *locale.Words) TodayView {
	v := sampleToday(w)
	v.Stream, v.Clock, v.Notice, v.Errors, v.Live, v.Past = "", "", "", nil, &Live{Text: w.Frame.Live.Past, Doubt: true}, &Past{Shown: w.Message.AsOfBand("R2.2.8"), Back: "/today"}
	v.Unlogged[0].Missed, v.Late[0].Due, v.Notes[0].Read, v.Confirmations[0].Confirm = "", nil, "", ""
	return v
}
