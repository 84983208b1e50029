package web

import (
	"fmt"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

func sampleIndicators(w *locale.Words) IndicatorView {
	i := w.Indicator
	day := japan.On(2020, 2, 29)
	points := StatedPoints{ID: "st0", Name: "x", Unit: "人", Years: []string{"H23", "H24"}, At: []int{2011, 2012}, Values: []int{504, 706}}
	v := IndicatorView{
		Stated: &StatedYears{[]StatedChart{{"x", points.Draw(&w.Chart)}}, []StatedRow{{"x", "H23", "504", "F-0013", "/figures/F-0013", "<b>"}}},
		Page:   samplePage(w, "indicators", i.Title(w.FiscalYearShort(2019)), "css/chart.css", "css/indicator.css"), Heading: i.Heading(w.FiscalYear(2019)),
		Years: []Option{{Value: "2019", Text: w.FiscalYearShort(2019), Chosen: true}, {Value: "2018", Text: w.FiscalYearShort(2018)}}, Compare: []Option{{Value: "2018", Text: i.PreviousYear(w.FiscalYearShort(2018)), Chosen: true}},
		AsOf: &AsOfBar{W: w, Action: "/indicators", Hidden: []Option{{Name: "fy", Value: "2019"}}, Date: w.Date(day), Resolved: i.Replayed(2391), Index: 10, Then: true, Lens: true, Play: "/indicators?play=1"},
		Tiles: []Tile{
			{Name: w.Code("indicator", "C1"), Value: "168", Unit: w.Code("unit", "sessions"), Href: "/indicators?fy=2019&of=C1", Compared: i.Previous(w.Sized(23, "sessions")) + "　" + w.Message.RatioNone, Chip: &Chip{"green", "check", i.Equal}, Stated: i.StatedIn("168"), Link: &Pair{Value: i.Verify, Href: "/verify/1"}},
			{Name: w.Code("indicator", "C2"), Value: "187", Unit: w.Code("unit", "sessions"), Href: "/indicators?fy=2019&of=C2", Compared: i.Previous(w.Sized(36, "sessions")) + "　" + w.Message.RatioNone, Chip: &Chip{"green", "check", i.Equal}, Stated: i.StatedIn("187"), Link: &Pair{Value: i.Verify, Href: "/verify/2"}},
			{Name: w.Code("indicator", "K1"), Value: "31", Unit: w.Code("unit", "mei"), Href: "/indicators?fy=2019&of=K1", Sample: true, Compared: i.TargetReached("30", w.Calendar.Months[2]), Chip: &Chip{"gray", "", i.NotStated}, Stated: w.Message.FigureBlank(w.Code("absent_reason", "not_stated"))},
			{Name: w.Code("indicator", "U1"), Value: "6", Unit: w.Code("unit", "schools"), Href: "/indicators?fy=2019&of=U1", Compared: "／12", Chip: &Chip{"yellow", "warn", i.OtherTime}, Stated: i.StatedIn("7"), Then: &Pair{Value: i.SeeEndOfMonth(w.Calendar.Months[1]), Href: "/indicators?until=2020-02-29"}, Link: &Pair{Value: i.Open, Href: "/figures/9"}},
		},
		HowCounted: []Pair{{w.Code("indicator", "C1"), "区分に「就業」を含む相談。取消・重複は除く", ""}, {i.Unit, i.Basis["gross"], ""}, {i.Version, i.VersionFrom("tot-2019.1", "2017-07-01"), "/definitions/C1"}},
		Exports:    []Export{{"CSV", "/indicators.csv", "dl"}},
	}
	for n, m := range fiscalMonths(w) {
		v.Months = append(v.Months, m)
		v.AsOf.Months = append(v.AsOf.Months, SliderMonth{japan.FiscalYear(2019).First().AddMonths(n).MonthLast().String(), m})
	}
	v.AsOf.Ends = []Option{{Text: i.WholeYear}, {Value: day.String(), Text: i.EndOfMonth(w.Calendar.Months[1]), Chosen: true}}
	v.Charts = sampleCharts(w)
	v.Rows = []MonthRow{sampleRow(w.Code("indicator", "C1"), sampleJob, false), sampleRow(i.Previous(""), sampleJobLast, true), sampleRow(w.Code("indicator", "K1"), sampleOutcomes, false)}
	v.More = []MoreRow{{w.Code("indicator", "H2"), "/indicators?of=H2#drill", w.Measured(174, 1, "percent"), w.Value.Over("57", "327"), w.Measured(0, 1, "percent")}, {w.Code("indicator", "F5"), "/indicators?of=F5#drill", w.Value.NoneAs(w.Code("absent_value", "zero_denominator")), w.Value.Over("0", "0"), w.Value.None}}
	v.Drill = sampleDrill(w)
	v.Past = &Past{Shown: w.Message.AsOfBand(w.EndOfDay(day)), Back: "/indicators?fy=2019"}
	v.Live = &Live{Text: w.Frame.Live.Past, Doubt: true}
	v.Search = false
	v.Crumbs = []Crumb{{i.Breadcrumb, "/indicators"}, {w.FiscalYearShort(2019), ""}}
	return v
}

func sampleExport(w *locale.Words) ExportView {
	e := w.Export
	v := ExportView{Page: samplePage(w, "indicators", e.Title, "css/export.css"), Heading: e.Heading, Hidden: []Option{{Name: "fy", Value: "2019"}}, Back: "/indicators?fy=2019",
		Replaced: w.Message.ExportReplaced(1, "𠮷"), What: []Pair{{w.Indicator.Year, w.FiscalYear(2019), ""}, {e.Data, e.Rows(612), ""}}}
	for _, word := range editions {
		v.Editions = append(v.Editions, Choice{word, e.Editions[word], e.EditionHints[word], word == "public"})
	}
	for _, word := range formats {
		v.Formats = append(v.Formats, Choice{word, e.Formats[word], e.FormatHints[word], word == "csv"})
	}
	v.Crumbs = []Crumb{{w.Indicator.Breadcrumb, "/indicators"}, {e.Title, ""}}
	return v
}

func sampleSurvey(w *locale.Words) SurveyView {
	x := w.Survey
	row := func(name string) SurveyRow { return SurveyRow{name, "292", "31", "323"} }
	v := SurveyView{Page: samplePage(w, "indicators", x.Title, "css/indicator.css"), Heading: x.Heading(w.FiscalYear(2019)), Scope: x.Prefecture(w.Scope("31")),
		Years:      []Option{{Value: "2019", Text: w.FiscalYearShort(2019), Chosen: true}},
		AsOf:       &AsOfBar{W: w, Action: "/survey", Hidden: []Option{{Name: "fy", Value: "2019"}}, Date: "R2.7.1", Resolved: w.Indicator.Replayed(3300)},
		Tiles:      []Tile{{Name: x.Desk, Value: "292", Unit: w.Code("unit", "sessions"), Href: "#by-channel", Sample: true}, {Name: x.Sum, Value: "323", Unit: w.Code("unit", "sessions"), Href: "#by-channel"}},
		Tables:     []SurveyTable{{ID: "by-channel", Heading: x.ByChannel, Column: x.Channel, Rows: []SurveyRow{row(w.Code("channel", "phone")), row(w.Part("channel", "unknown"))}, Total: row(x.Sum)}},
		HowCounted: []Pair{{x.Desk, "就業か移住の相談のうち、窓口で受けたもの。", ""}}, Exports: []Export{{"CSV", "/survey/file?fy=2019", "dl"}},
	}
	v.Crumbs = []Crumb{{w.Indicator.Breadcrumb, "/indicators"}, {x.Title, ""}}
	return v
}

func sampleCharts(w *locale.Words) []ChartCard {
	first, err1 := sampleCumulative(w).Draw(&w.Chart)
	second, err2 := sampleTarget(w).Draw(&w.Chart)
	third, err3 := sampleChannels(w).Draw(&w.Chart)
	if err1 != nil || err2 != nil || err3 != nil {
		panic(fmt.Sprint(err1, err2, err3))
	}
	return []ChartCard{{"c1", w.Indicator.Cumulative(w.Code("indicator", "C1")), first, false, ""}, {"k1", w.Indicator.Cumulative(w.Code("indicator", "K1")), second, true, ""}, {"ch", w.Indicator.ByChannel, third, true, w.Indicator.AfterHours(71, 64)}}
}

func sampleRow(name string, months []int, sub bool) MonthRow {
	row := MonthRow{Name: name, Sub: sub, Sum: fmt.Sprint(sum(months))}
	for n := range 12 {
		cell := MonthCell{Missing: n >= len(months)}
		if !cell.Missing {
			cell.Value = fmt.Sprint(months[n])
			if !sub {
				cell.Href, cell.Current = fmt.Sprintf("/indicators?month=%d#drill", n), n == 10
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func sampleDrill(w *locale.Words) *Drill {
	rows, err := bars("drill", []Part{{w.Code("channel", "in_person"), 10}, {w.Code("channel", "phone"), 4}, {w.Code("channel", "line"), 4}, {w.Code("channel", "email"), 3}}, 21)
	if err != nil {
		panic(err)
	}
	one := DrillRow{ISO: "2020-02-29", When: "2月29日", Text: w.Code("channel", "in_person") + w.Calendar.Comma + w.Code("age_band", "20s"), Number: "#2391", Href: "/records/2391"}
	by := BreakdownTable{ID: "by-channel", Heading: w.Export.By(w.Export.Dimensions["channel"]), Dimension: w.Export.Dimensions["channel"], Sum: "21", Note: w.Export.Apart(2),
		Rows: []Pair{{w.Code("channel", "in_person"), "21", ""}, {w.Part("channel", "unknown"), "0", ""}}}
	return &Drill{Breakdowns: []BreakdownTable{by}, Heading: w.Indicator.Drill(w.Code("indicator", "C1"), w.Month(japan.On(2020, 2, 1)), w.Sized(21, "sessions")), Leaf: Leaf{All: "/indicators?all=1", Rest: w.Indicator.Rest(20)}, Bars: rows,
		Members: []DrillRow{one}, Verify: &Pair{Value: w.Indicator.Verify, Href: "/verify/1"},
		NearMisses: []NearMiss{{ID: "miss-voided", Clause: w.Code("near_miss", "voided"), Count: 500, Open: true, Rows: []DrillRow{one},
			Leaf: Leaf{Rest: w.Indicator.Part(201, 400, 500), Back: &Pair{Value: w.Indicator.Back, Href: "?all=1"}, Next: &Pair{Value: w.Indicator.Next, Href: "?from=400"}}},
			{ID: "miss-other_desk", Clause: w.Code("near_miss", "other_desk"), Count: 3}}}
}

func sampleSheet(w *locale.Words) SheetView {
	t, d := w.Sheet, samplePaper(w)
	v := SheetView{
		Page: samplePage(w, "sheets", t.Title(w.FiscalYearShort(2019), "東京本部"), "css/sheet.css"), State: []Chip{{"blue", "", w.Code("evaluation_kind", "final")}, {"gray", "", t.Draft + " " + t.Edition(2)}}, Note: t.OwnWords,
		Edit: "/sheets/2019/TKO/edit", Paper: d, Margin: w.PrintedMargin(d), Stamp: w.PrintedFoot(d),
		At: t.FiguresAt("R2.3.31 17:00"), Open: []SheetGate{{t.BlankActual(1), nil}},
		Versions: []Pair{{t.Edition(2), "3月31日 17:00　森下", "/sheets/2019/TKO?edition=2"}, {t.Edition(1), "4月1日　大江", ""}},
		Files:    []Pair{{Value: w.Printed.FileNames["pdf"], Href: "/sheets/2019/TKO/pdf"}, {Value: w.Printed.FileNames["xlsx"], Href: "/sheets/2019/TKO/xlsx"}},
		Bar:      &AsOfBar{W: w, Action: "/sheets/2019/TKO", Date: "2/30", Error: w.Refusal("asof.future", "asof", nil), Index: -1},
	}
	for _, f := range d.Figures {
		v.Figures = append(v.Figures, SheetFigure{Mark: f.Mark, Name: f.Name, At: "R2.2.29", Value: f.Text, Chip: figureChip(w, f.State), Href: f.Href})
	}
	v.Crumbs = []Crumb{{t.Breadcrumb, "/sheets"}, {w.FiscalYearShort(2019), ""}}
	return v
}

// samplePaper is a sheet of the form of 2016 with every kind of cell: a list, a
// flag, values, a blank that nobody explained, a mark, sentences with figures.
func samplePaper(w *locale.Words) workplan.Paper {
	s := workplan.Aggregate.New()
	n, score := 13, 8
	for _, e := range []domain.Event[workplan.Sheet]{
		&workplan.Drafted{Format: "F2016", FY: 2019, Bureau: "交流人口拡大本部", Unit: "東京本部", Policy: "首都圏からのIJUターン就職者、移住定住者の誘致", Phone: "03-0000-0000"},
		&workplan.MissionSet{No: 1, Text: "首都圏で、県の行政運営や地域の経済に資する知らせを集め、届ける"}, &workplan.MissionSet{No: 2, Text: "企業・観光客・移り住む人を首都圏から県へ呼び込む"},
		&workplan.AimSet{No: 1, Text: "東京本部の中で始めた県立東京ハローワークは、四月のうちに新橋館へ移る。"}, &workplan.PlanFlagged{Column: "other", Flag: true},
		&workplan.PlanFlagged{Column: "unit_goal", Flag: true, Text: "県への就職・移住・定住を増やす。"},
		&workplan.IndicatorPlaced{No: 1, Name: "IJUターン就職者、移住者数", Class: "outcome"}, &workplan.ValueSet{No: 1, Field: "baseline", Value: &n, AtText: "平成21年度"},
		&workplan.ValueSet{No: 1, Field: "target", Comparator: "ge", Text: "30名以上"}, &workplan.ProjectSet{No: 1, Name: "首都圏の主要大学等との連携推進事業", BudgetText: "1592千円", Outline: "相談の受け方を厚くする。広く知らせる。"},
		&workplan.InitiativeRecorded{No: 1, Title: "移住・しごと相談コーナーでの相談対応等", Result: "就業相談 168（前年度 23）、2月末現在。"},
		&workplan.IssueRecorded{No: 1, Issue: "目に留まりにくい。", NextStep: "岡山県と広告などを工夫する。"},
		&workplan.Evaluated{Kind: "final", Mark: "on_plan", MarkText: "○(予定どおり)", Score: &score, Reasons: "相談者は前の年度を大きく上回った。"},
	} {
		e.Apply(s, domain.Envelope{Stream: "workplan-TKO.2019.1"})
	}
	format, err := workplan.FormatOf("F2016")
	if err != nil {
		panic(err)
	}
	states := []string{workplan.FigureEqual, workplan.FigureTimeless, workplan.FigureDiffers}
	return workplan.Paper{Sample: true, Position: 3360, At: japan.On(2020, 3, 31).Start(), Known: japan.On(2020, 3, 31), Document: workplan.Lay(s, format, workplan.Printing{
		Language: string(w.Language), Head: w.Sheet.HeadHidden, Year: w.FiscalYearShort(2019), Number: w.Number,
		Class: func(code string) string { return w.Code("indicator_class", code) },
		Find: func(key, line string) (out []workplan.Found) {
			for i, text := range []string{"168", "23"} {
				if at := strings.Index(line, text); at >= 0 {
					out = append(out, workplan.Found{From: at, To: at + len(text), Figure: workplan.Figure{Name: w.Code("indicator", "C1"), State: states[i], Href: "/indicators?of=C1"}})
				}
			}
			return out
		},
	})}
}

func samplePeople(w *locale.Words) PeopleView {
	p := w.People
	return PeopleView{Page: samplePage(w, "people", p.Title), Query: "いなば", ReadAs: p.ReadAs("イナバ"), Searched: true, Found: p.Found(2), Hidden: w.Message.SearchRestricted(1), Many: w.Message.SearchMany, New: "/intake",
		Hits: []PersonHit{{Name: "因幡 試美", Reading: "いなば ためみ", Number: "P-01287", Href: "/people/p1", Residence: "神奈川県", Owner: "森下", Last: "R2.2.3", Reasons: []Chip{{"gray", "", w.Code("signals", "kana")}}, Chips: []Chip{{"yellow", "warn", w.Journey.Restricted}}}, {Name: "稲葉 架名", Reading: "いなば かな", Number: "P-01301", Href: "/people/p2", Residence: "東京都", Owner: "大江", Last: "R1.9.1"}}}
}

func sampleRecord(w *locale.Words) RecordView {
	r := w.Record
	v := RecordView{Page: samplePage(w, "people", r.Title("#1341"), "css/journey.css"), Number: "#1341", Heading: w.Event("case.consultation_held"), Chips: []Chip{{"yellow", "fix", w.Journey.Corrected}}, Person: &Pair{Value: "P-01287", Href: "/people/p1"},
		Meta: []Pair{{r.Occurred, "令和元年9月20日（金）", ""}, {r.Recorded, "令和元年9月20日 18:20", ""}, {r.By, "森下", ""}, {r.Source, w.Code("source", "counter"), ""}}, Facts: []Pair{{w.Field("channel"), w.Code("channel", "in_person"), ""}, {w.Field("categories"), w.Code("category", "job"), ""}}, Text: "Uターンを迷っている。",
		Trail: []TrailRow{{"#1355", "/records/1355", w.Event("case.consultation_amended"), "森下 9月24日", w.Field("categories"), w.Code("category", "relocation"), w.Code("category", "job")}}, Counts: []Pair{{w.Code("indicator", "C1"), "1", "/indicators"}}, Seal: "9f3ca1…",
		Amend:  &AmendForm{Action: "/records/1341/amend", CommandID: "c1", Expected: "7", Fields: []Option{{Value: "categories", Text: w.Field("categories"), Chosen: true}}, Effect: w.Message.NoEffect},
		Void:   &VoidForm{Action: "/records/1341/void", CommandID: "c2", Expected: "7", Reasons: []Option{{Value: "duplicate", Text: w.Code("void_reason", "duplicate")}}, Effect: w.Message.VoidEffect(w.Code("indicator", "C1"), 168, 167, 168, w.Code("unit", "sessions"))},
		Errors: newErrors(w, FieldError{"new", w.Refusal("amend.stale", "", nil)})}
	v.Crumbs = []Crumb{{w.Journey.Breadcrumb, "/people"}, {"P-01287", "/people/p1"}, {"#1341", ""}}
	return v
}

func sampleProblem(w *locale.Words, err error) ProblemView {
	return problemOf(err).view(samplePage(w, "", ""), "K7Q2M5ZX")
}

func sampleSignIn(w *locale.Words) SignInView {
	v := SignInView{Page: Page{W: w, Title: w.SignIn.Title, Styles: []string{"css/signin.css"}, Home: "/", Here: "/sign-in", Sample: true}, Name: "co1", Next: "/people", Again: true, Errors: newErrors(w, FieldError{"sign_in_name", w.Refusal("signin.wrong", "", nil)})}
	v.Demo = []DemoAccount{{"co1", w.Code("role", "CO")}, {"an1", w.Code("role", "AN")}, {"au1", w.Code("role", "AU")}}
	return v
}
