package web

import "ayumi/infra/web/locale"

// The samples fill every field of every view, with words as long as real ones.

func samplePage(w *locale.Words, door, title string, styles ...string) Page {
	return Page{
		W: w, Title: title, Styles: styles, Home: "/people", Here: "/x?fy=2019", Menu: menu(w, []string{"CO"}, door), Search: true,
		Live: &Live{Text: w.Frame.Live.Receiving}, Who: &Who{Name: "森下 例子", Post: w.Frame.Post(w.Code("role", "CO"), w.Frame.DeskShort["D-TKY"])},
		Sample: true, Help: helpOf("GET /" + door),
	}
}

func sampleJourney(w *locale.Words) JourneyView {
	j := w.Journey
	v := JourneyView{
		Page: samplePage(w, "people", j.Title("P-01287"), "css/journey.css"),
		Person: PersonStrip{
			Name: "因幡 試美", Reading: "いなば ためみ", Number: "P-01287",
			Facts: []Pair{{j.Residence, "神奈川県平塚市", ""}, {j.Origin, "鳥取県", ""}, {j.Class, "学生（大学4年・22歳）", ""}, {j.Wish, "Uターン就職・鳥取市内・事務／広報", ""}, {j.Owner, "森下", ""}},
			Chips: []Chip{{"blue", "", w.Code("indicator", "C1")}, {"cyan", "", w.Code("indicator", "C2")}, {"green", "line", w.Event("person.consent_given")}},
			Steps: []Step{{1, w.Code("stage", "interest"), "R1.6.15", true, false}, {2, w.Code("stage", "compare"), "R1.9.20", true, false}, {3, w.Code("stage", "visit"), "R1.10.11", true, false},
				{4, w.Code("stage", "decide"), "R1.12.6", true, false}, {5, w.Code("stage", "achieve"), j.Since("R2.2.8"), false, true}, {6, w.Code("stage", "settle"), j.Promised("R2.4.1"), false, false}},
		},
		Tabs:   []Tab{{j.Tabs["journey"], "/people/p1", true}, {j.Tabs["seen"], "/people/p1/seen", false}},
		Entry:  sampleEntry(w),
		Stream: "/people/p1/stream?from=2214", Sequence: 2214,
		Timeline: Timeline{
			Count: j.Count(7, 1), Filters: []Tab{{j.All, "/people/p1", true}, {w.Code("timeline_kind", "consultation"), "/people/p1?type=consultation", false}, {w.Code("timeline_kind", "outcome_move"), "/people/p1?type=move", false}},
			Pill: &Pill{W: w, Count: 1, From: "米子・定住機構", Show: "/people/p1/timeline", Target: "#timeline"}, Months: sampleMonths(w), Older: "/people/p1?all=1",
		},
		Appointment: &Appointment{Month: w.Calendar.Months[1], Day: "15", Weekday: w.Calendar.Weekdays[6], Title: "15:00　" + w.Code("channel", "online"), Text: "住まい探しの続き（鳥取市と同席）", Change: "/bookings/b1", Calendar: "/bookings/b1.ics"},
		Tasks:       []Task{{"t1", "空き家バンクの候補3件を送る", j.Due("2月12日（水）"), true, "/tasks/t1/done"}, {"t2", "転入届と支援金の案内をLINEで送る", j.Due("3月13日（金）"), false, "/tasks/t2/done"}},
		Referrals:   []Referral{{w.Code("partner_kind", "employer"), "株式会社 白兎広告", "/partners/1", &Chip{"green", "check", w.Event("case.offer_received")}}, {w.Code("partner_kind", "municipality"), "鳥取市 定住促進担当", "", nil}},
		CountedFor:  j.CountedFor(w.FiscalYearShort(2019)), HowCounted: "/definitions/C1",
		Counted:  []Counted{{w.Code("indicator", "C1"), w.Sized(2, "sessions"), "/indicators?fy=2019", ""}, {w.Code("indicator", "K1"), "", "", j.NotYet}},
		Consents: []Pair{{w.Code("channel", "line"), "同意あり（R1.6.15）", ""}},
		Changes: &ChangeList{Since: w.Since.Last("令和2年2月3日（月）"), More: w.Since.More(3), Rows: []Change{
			{When: "R1.12.6", Title: w.Event("case.offer_received"), By: "森下", Number: "#1873", Href: "/records/1873"}, {When: "R1.9.24", Title: w.Event("case.record_amended"), By: "森下", Number: "#1355", Href: "/records/1355", At: "#1341"}}},
	}
	v.Request = "/rights?person=P-01287#ask"
	v.Crumbs = []Crumb{{j.Breadcrumb, "/people"}, {"P-01287", ""}}
	return v
}

func sampleMonths(w *locale.Words) []TimelineMonth {
	j := w.Journey
	row := func(id, kind, icon, iso, when, title, text, number string) TimelineEntry {
		return TimelineEntry{ID: id, Kind: kind, Icon: icon, ISO: iso, When: when, Title: title, Text: text, Number: number, Href: "/records/" + number[1:], Recorded: j.Recorded("森下", when+" 18:42")}
	}
	line := row("e2214", "blue", "line", "2020-02-03", "2月3日（月）", w.Event("case.message_day_logged"), "「3月中に引っ越したいです。鳥取市内で1Kを探すならどこから見ればいいですか」", "#2214")
	line.Chips, line.New = []Chip{{"cyan", "", w.Code("category", "relocation")}}, true
	offer := row("e1873", "green", "job", "2019-12-06", "12月6日（金）", w.Event("case.offer_received"), "総合職（広報）。入社予定は令和2年4月1日。本人から電話で報告を受け、企業にも確認済み。", "#1873")
	offer.Evidence = j.Evidence("企業からの通知メール（写し1）")
	talk := row("e1341", "blue", "desk", "2019-09-20", "9月20日（金）", w.Event("case.consultation_held"), "Uターンを迷っている。広報の仕事がしたい。<script>alert(1)</script>", "#1341")
	talk.AfterHours, talk.Chips = true, []Chip{{"blue", "", w.Code("category", "job")}}
	talk.Corrections = []Correction{{w.Field("categories"), w.Code("category", "relocation"), w.Code("category", "job"), j.CorrectedBy("森下", "9月24日"), "#1355", "/records/1355"}}
	twice := row("e1188", "orange", "event", "2019-08-24", "8月24日（土）", w.Event("outreach.person_attended"), "県内企業3社を見学。", "#1188")
	twice.Late, twice.Last = true, true
	twice.Voided = &Correction{By: j.VoidedBy("大江", "8月27日", w.Code("void_reason", "duplicate")), Number: "#1190", Href: "/records/1190"}
	return []TimelineMonth{{"令和2年2月", []TimelineEntry{line}}, {"令和元年12月", []TimelineEntry{offer}}, {"令和元年6月から9月", []TimelineEntry{talk, twice}}}
}

func sampleEntry(w *locale.Words) *EntryForm {
	e := w.Entry
	option := func(name, value, text, icon, key string, chosen bool) Option {
		return Option{Name: name, Value: value, Text: text, Icon: icon, Key: key, Chosen: chosen}
	}
	return &EntryForm{
		W: w, Action: "/people/p1/consultations", CommandID: "7a9f7d4e-6f0b-4f8e-9d5a-000000000001", Expected: "7", Started: e.StartedAt("14:08", 12),
		Channels: []Option{option("channel", "in_person", e.Channels["in_person"], "desk", "1", true), option("channel", "phone", e.Channels["phone"], "tel", "2", false), option("channel", "line", e.Channels["line"], "line", "3", false),
			option("channel", "email", e.Channels["email"], "mail", "4", false), option("channel", "online", e.Channels["online"], "video", "5", false), option("channel", "fair_booth", e.Channels["event"], "event", "6", false)},
		Contents: []Option{option("categories", "job", e.Categories["job"], "", "j", false), option("categories", "relocation", e.Categories["relocation"], "", "i", true), option("categories", "housing", e.Categories["housing"], "", "s", true),
			option("concerns", "childcare", e.Categories["childcare"], "", "k", false), option("concerns", "support", e.Categories["support"], "", "m", false), option("categories", "other", e.Categories["other"], "", "o", false)},
		More: []Option{option("categories", "student", w.Code("category", "student"), "", "", false), option("categories", "farming", w.Code("category", "farming"), "", "", false)},
		Memo: "4月1日入社に合わせて3月下旬に転居したい。家賃5万円まで、職場（若葉町）へ自転車で通える範囲。鳥取市の空き家バンクと引越し支援金を案内。",
		Next: "来週土 15時 オンライン", NextRead: "令和2年2月15日（土）15:00・" + w.Code("channel", "online"),
		Outcomes: []Option{option("outcome", "continuing", w.Code("session_outcome", "continuing"), "", "", true)},
		Draft:    w.Message.DraftSaved("14:20", 0), GoesOn: true, Case: "c1", DraftID: "7a9f7d4e-6f0b-4f8e-9d5a-000000000002", KeepDraft: "/people/p1/draft", DropDraft: "/people/p1/draft/drop", Letter: "/people/p1/letter",
	}
}

// sampleTrouble is the journey with a refused form and a conflict: everything
// typed is still there.
func sampleTrouble(w *locale.Words) JourneyView {
	v := sampleJourney(w)
	v.Entry.Errors = newErrors(w, FieldError{"when", w.Message.DateFuture(w.Calendar.Today)}, FieldError{"memo", w.Refusal("field.required", "memo", nil)})
	v.Entry.Memo, v.Entry.NeedsWhy = "", true
	v.Entry.Conflict = &Conflict{W: w, Heading: w.State.ConflictHeading("大江", w.Field("owner")), Text: w.State.ConflictText, NowBy: w.State.NowBy("大江", "14:19"), CanKeepBoth: true,
		Rows: []ConflictRow{{Field: w.Field("owner"), Opened: "森下", Now: "大江", NowChanged: true}, {Field: w.Entry.Next, Opened: "", Yours: "2月15日 15:00", YoursChanged: true}}}
	v.Timeline = Timeline{Count: w.Journey.Count(0, 0)}
	v.Notice = w.Message.Saved("#2431")
	return v
}

func samplePast(w *locale.Words) JourneyView {
	v := sampleJourney(w)
	v.Entry, v.Stream, v.Appointment, v.Timeline.Pill = nil, "", nil, nil
	v.Past = &Past{Shown: w.Message.AsOfBand(w.EndOfDay(737484)), Back: "/people/p1"}
	v.Live = &Live{Text: w.Frame.Live.Past, Doubt: true}
	v.AsOf = &AsOfBar{W: w, Action: "/people/p1", Date: "2020-02-29", Index: 1, Spread: true, Months: []SliderMonth{{"2019-06-15", "R1.6.15"}, {"2020-02-03", ""}, {"", w.Calendar.Now}}}
	return v
}
