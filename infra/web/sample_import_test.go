package web

import "ayumi/infra/web/locale"

func sampleImports(w *locale.Words) ImportsView {
	return ImportsView{Page: samplePage(w, "people", w.Imports.Title, "css/import.css"), Own: []ImportRow{{"令和元年度 相談台帳.xlsx", "/imports/b", "R2.3.16 10:05", Chip{"blue", "", w.Imports.States["open"]}, w.Imports.Rows(120)}},
		Errors: newErrors(w, FieldError{"file", w.Refusal("import.none", "document", nil)})}
}

// sampleImport is a ledger with something of everything.
func sampleImport(w *locale.Words) ImportView {
	im := &w.Imports
	v := ImportView{Page: samplePage(w, "people", im.Title, "css/import.css"), Batch: "b", State: Chip{"blue", "", im.States["open"]}, ReadAs: im.ReadAs("令和元年度 相談台帳.csv", "CSV"), Recalled: true,
		Sheets: []Option{{Value: "0", Text: "4月", Chosen: true}, {Value: "1", Text: "5月"}}, Skipped: im.Skipped(2), Discards: true,
		Counts: []ImportCount{{im.Bad, "3", "/imports/b?show=bad#rows", "bad", true}, {im.Good, "120", "/imports/b?show=good#rows", "good", false}, {im.Waiting, "0", "", "waiting", false}},
		Errors: newErrors(w, FieldError{"accepted", w.Refusal("import.too_many_wrong", "accepted", map[string]string{"percent": "12", "most": "10"})})}
	v.Columns = &ImportColumns{Open: true, Years: []Option{{Text: im.YearNone, Chosen: true}, {Value: "2019", Text: "R1"}},
		Fields: []ImportField{{"held_on", im.Fields["held_on"], true, []Option{{Text: im.NoColumn}, {Value: "0", Text: "A 相談日", Chosen: true}}, nil, ""},
			{"channel", im.Fields["channel"], true, []Option{{Text: im.NoColumn, Chosen: true}}, []Option{{Text: im.NoDefault, Chosen: true}, {Value: "phone", Text: w.Code("channel", "phone")}}, w.Refusal("import.mapping", "", map[string]string{"field": im.Fields["channel"]})}},
		Others: []CommandField{{ID: "notice_version", Name: "notice_version", Label: im.Notice, Kind: "text", Hint: im.NoticeHint, Required: true}, {ID: "desk", Name: "desk", Label: im.Desk, Kind: "select", Options: []Option{{Value: "D-TKY", Text: "x", Chosen: true}}}}}
	v.People = &ImportPeople{Range: im.More(1, 50, 120), Next: "/imports/b?people=51#people", List: []ImportPerson{{Row: "3", Name: "髙﨑 花子", Rows: im.LedgerRows(2), Told: []string{"タカサキ ハナコ", "09012345678"}, New: true,
		Options: []ImportLike{{"p", "高崎 花子", "P-00012", "/people/p", im.Points(85), w.CodeNames("signals", []string{"phone", "kana"}), false}}}}}
	v.Rows = &ImportRows{Title: im.Bad, Hint: im.BadHint, Mends: true, Show: "bad", Range: im.More(1, 50, 51), Next: "/imports/b?rows=51#rows", List: []ImportLine{
		{No: "6", Text: "氏名: 夫：山田一 妻：山田二\n相談日: 不明", Mends: true, Twin: true, Cells: []ImportCell{
			{Name: "6.name", Label: im.Fields["name"], Text: "夫：山田一 妻：山田二", Why: w.Refusal("import.two_people", "", map[string]string{"count": "2"}), Value: "山田一"},
			{Name: "6.channel", Label: im.Fields["channel"], Text: "狼煙", Word: "狼煙", Why: w.Refusal("import.word", "", map[string]string{"word": "狼煙"}), Options: []Option{{Text: im.Choose, Chosen: true}, {Value: "other", Text: "x"}}},
			{Name: "6.", Why: w.Refusal("import.same_row", "", map[string]string{"row": "4"}), Fixed: true}}},
		{No: "7", Text: "x", Left: true, Mends: true}}}
	v.Start = &ImportStart{Text: im.StartText(120, 80), Button: im.Start, TooMany: true}
	return v
}

// sampleImported is a ledger after its import, and one that was taken back.
func sampleImported(w *locale.Words, undone bool) ImportView {
	im := &w.Imports
	v := ImportView{Page: samplePage(w, "people", im.Title, "css/import.css"), Batch: "b", State: Chip{"green", "check", im.States["done"]}, ReadAs: im.ReadAs("台帳.xlsx", im.Excel),
		Result: &ImportResult{Kind: "warn", Icon: "warn", Heading: im.Paused, Text: im.DoneText(118, 2), Undo: im.UndoText(118)}, Rows: &ImportRows{Title: im.Refused, Show: "refused"}}
	if undone {
		v.Result = &ImportResult{Kind: "ok", Icon: "check", Heading: im.States["undone"], Text: im.UndoneText(118, 60, 80, 1), Stand: []Pair{{"", "#2470", "/records/2470"}}}
	}
	return v
}
