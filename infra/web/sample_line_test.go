package web

import (
	"time"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

func sampleLineInbox(w *locale.Words) LineInboxView {
	return LineInboxView{Page: samplePage(w, "today", w.Line.Title, "css/line.css"),
		Unknown:    []LineRow{{ISO: "2020-02-08T14:20", Since: "令和2年2月8日 14:20", Last: "令和2年2月8日 14:21", Count: 2, Href: "/line/x"}},
		Unanswered: []LineRow{{Person: Pair{Value: "P-00012", Href: "/people/p"}, ISO: "2020-02-08T14:20", Since: "令和2年2月8日 14:20", Last: "令和2年2月8日 14:21", Count: 1, Href: "/people/p/line", Failed: &Chip{"red", "warn", w.Line.State["failed"]}}}}
}

// sampleThread has a message of every kind.
func sampleThread() LineThread {
	day := func(d int) japan.Date { return japan.On(2020, 2, d) }
	at := func(d, h int) time.Time { return time.Date(2020, 2, d, h, 20, 0, 0, japan.Zone) }
	return LineThread{ID: "t", Person: "p", Messages: []LineMessage{
		{ID: "a", Day: day(8), At: at(8, 14), Form: "text", State: "received", Text: "3月中に引っ越したいです。\n<script>alert(1)</script>"},
		{ID: "b", Day: day(8), At: at(8, 15), Form: "text", State: "unsent"},
		{ID: "c", Day: day(8), At: at(8, 16), Form: "text", State: "sent", Out: true, Answer: true, Text: "鳥取市内ならこの3社です。", Account: "co1"},
		{ID: "d", Day: day(9), At: at(9, 9), Form: "sticker", State: "received"},
		{ID: "e", Day: day(9), At: at(9, 10), Form: "text", State: "queued", Out: true, Answer: true, Text: "了解です。", Account: "co1", Problem: "away", Next: at(9, 11)},
		{ID: "f", Day: day(9), At: at(9, 11), Form: "text", State: "failed", Out: true, Text: "催しのご案内です。", Account: "co1", Problem: "quota"},
		{ID: "g", Day: day(9), At: at(9, 12), Form: "text", State: "sent", Out: true, Text: "その後いかがですか。", Account: "co1"},
	}}
}

func sampleLineWriter(w *locale.Words) LineWriterView {
	v := Visitor{W: w}
	return LineWriterView{Page: samplePage(w, "today", w.Line.Writer, "css/line.css"), Errors: newErrors(w, FieldError{"person", w.Refusal("line.no_person", "person", nil)}), Number: "P-9",
		Days: lineDays(v, sampleThread(), nil), Residence: choices(v, "pref", ""), Age: choices(v, "age_band", "unknown"),
		Aims:    []Option{{Name: "aims", Value: "job", Text: w.Code("aims", "job")}, {Name: "aims", Value: "relocation", Text: w.Code("aims", "relocation")}},
		Reasons: []Option{{Name: "reason", Value: "enquiry", Text: w.Line.Drops["enquiry"]}, {Name: "reason", Value: "spam", Text: w.Line.Drops["spam"]}}}
}

func sampleLinePerson(w *locale.Words) LinePersonView {
	v, categories := Visitor{W: w}, []Option{{Name: "categories", Value: "job", Text: w.Code("category", "job"), Chosen: true}, {Name: "categories", Value: "housing", Text: w.Code("category", "housing")}}
	days := lineDays(v, sampleThread(), func(string) string { return "森下 例子" })
	days[0].Messages[2].Failed = &LineFailed{w, "/x", "11:20", "t", "f"}
	days[0].State, days[0].Record = &Chip{"yellow", "clock", w.Line.Unrecorded}, &LineRecord{"/x", "2020-02-09", "t", "c", "", categories}
	days[1].State = &Chip{"green", "check", w.Line.Recorded}
	threads := []LineThreadView{{ID: "t", Days: days, Send: &LineSendForm{Action: "/x", Thread: "t", CommandID: "c", Text: "了解", Kind: w.Line.Answer, Categories: categories}}, {ID: "u", Blocked: true}}
	return LinePersonView{Page: samplePage(w, "people", w.Line.PersonTitle("P-00012"), "css/journey.css", "css/line.css"), Heading: w.Line.PersonTitle("P-00012"), Name: "髙橋 例子",
		Tabs: []Tab{{w.Journey.Tabs["journey"], "/people/p", false}, {w.Line.Tab, "/people/p/line", true}}, Notice: w.Line.Sent, Threads: threads}
}

func sampleLineState(w *locale.Words) LineStateView {
	return LineStateView{Page: samplePage(w, "status", w.Line.StateTitle), On: Chip{"green", "check", w.Line.On}, Facts: []Pair{{Label: w.Line.Webhook, Value: "https://ayumi.example.jp/line/webhook"}, {Label: w.Line.Heard, Value: w.Line.Never}},
		Asked: &Chip{"red", "warn", w.Line.Bad(w.Line.Problems["token"])}}
}
