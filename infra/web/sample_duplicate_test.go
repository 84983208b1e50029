package web

import "ayumi/infra/web/locale"

func samplePair(w *locale.Words) (a, b PairPerson) {
	return PairPerson{"p1", "髙﨑 美咲", "たかさき みさき", "P-00745", "/people/p1"}, PairPerson{"p2", "", "", "P-01166", "/people/p2"}
}

func sampleDuplicates(w *locale.Words) DuplicatesView {
	d := w.Duplicate
	a, b := samplePair(w)
	return DuplicatesView{Page: samplePage(w, "people", d.Title, "css/journey.css", "css/duplicate.css"), Heading: d.Heading, Tabs: []Tab{{d.Open, "/duplicates", true}, {d.Decided, "/duplicates?st=decided", false}},
		Rows: []DuplicateRow{{Number: "#2214", Href: "/duplicates/2214", Points: "85", Likely: true, A: a, B: b, Why: []Chip{{"gray", "", w.Code("signals", "phone")}}, ISO: "2020-02-03", Since: "R2.2.3", By: w.Code("role", "SY"), State: Chip{"yellow", "warn", d.States["open"]}}}}
}

func sampleDuplicate(w *locale.Words, undo bool) DuplicateView {
	d := w.Duplicate
	a, b := samplePair(w)
	v := DuplicateView{Page: samplePage(w, "people", d.Title, "css/duplicate.css", "css/intake.css"), Heading: d.PairHeading(a.Number, b.Number), State: Chip{"yellow", "warn", d.States["open"]},
		Told: d.Told("森下", "R2.2.3"), Score: d.Score("85", "70"), A: a, B: b, Why: []Pair{{w.Intake.Hows["phone whole"], "＋40", ""}},
		Rows:    []SideRow{{d.Rows["name"], "髙﨑 美咲", "<script>alert(1)</script>", &Chip{"green", "", d.Marks["variant"]}}},
		Holds:   []SideRow{{d.Rows["sessions"], "4", "1", nil}},
		Effects: []EffectRow{{w.Code("indicator", "P0"), "R1", "218", "217", "−1"}}, Undo: undo, Proposals: []Pair{{"", d.Proposed("大江"), ""}},
		History: []HistoryRow{{Number: "#2214", Href: "/records/2214", What: w.Event("person.duplicate_suspected"), When: "R2.2.3", Who: "森下", Detail: "85"}},
		Errors:  newErrors(w, FieldError{"evidence", w.Message.RequiredChoose(d.Evidence)})}
	form := &MergeForm{Action: "/duplicates/2214/merge", CommandID: "c1", Preview: "00", Shown: "3", Into: a.Number, Choices: []Option{{Name: "evidence", Value: "phone", Text: w.Code("merge_evidence", "phone"), Chosen: true}}, Text: "<script>alert(1)</script>"}
	reason := &MergeForm{Action: "/duplicates/2214/dismiss", CommandID: "c2", Choices: []Option{{Name: "reason", Value: "family", Text: d.Dismissals["family"]}}}
	if undo {
		v.Unmerge, v.Errors = form, newErrors(w, FieldError{"reason", w.Message.RequiredChoose(d.UnmergeWhy)})
		v.Unmerge.Choices[0].Name = "reason"
		return v
	}
	v.Merge, v.Dismiss, v.Propose, v.Nobody = form, reason, &MergeForm{Action: "/duplicates/2214/propose", CommandID: "c3"}, d.OnlyLead
	v.Keep = []Tab{{d.Keep(a.Number), "/duplicates/2214?keep=P-00745", true}, {d.Keep(b.Number), "/duplicates/2214?keep=P-01166", false}}
	v.Effect = w.Message.NoEffect
	return v
}
