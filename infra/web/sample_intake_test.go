package web

import "ayumi/infra/web/locale"

func sampleIntake(w *locale.Words) IntakeView {
	i := w.Intake
	option := func(name, value, text, icon, key string, chosen bool) Option {
		return Option{Name: name, Value: value, Text: text, Icon: icon, Key: key, Chosen: chosen}
	}
	list := []Option{{Value: "13", Text: "東京都", Chosen: true}}
	v := IntakeView{Page: samplePage(w, "intake", i.Title, "css/intake.css"), Heading: i.Heading, Query: "高崎みさき 090-0000-1234", Searched: true, Found: i.Found(2), Search: "/intake/search",
		Words: []Pair{{"kanji", "高崎", ""}, {"kana", "みさき", ""}, {"phone", "090-0000-1234", ""}}, Hidden: w.Message.SearchRestricted(1), Many: i.More(8),
		Hits: []IntakeHit{
			{ID: "p1", Name: "髙﨑 美咲", Reading: "たかさき みさき", Number: "P-01166", Facts: "東京都・20代・担当 大江", Last: "R2.1.18", Points: 85, Width: 85, Likely: true, Band: Chip{"yellow", "warn", i.Bands["likely"]}, First: true, Href: "/people/p1", Begin: "/people/p1#memo",
				Reasons: []Pair{{i.Hows["phone whole"], "＋40", ""}, {i.Same(i.Hows["kana given"], "みさき"), "＋25", ""}, {i.Variant(i.Hows["kanji family"], "高崎", "髙﨑"), "＋20", ""}}, Chips: []Chip{{"blue", "", w.Code("aims", "job")}}},
			{ID: "p2", Name: w.Journey.NameHidden, Hidden: true, Number: "P-00745", Points: 45, Width: 45, Band: Chip{"gray", "user", i.Bands["near"]}, Href: "/people/p2", Begin: "/people/p2#memo", Reasons: []Pair{{i.Hows["phone differs"], "0", ""}}, Chips: []Chip{{"yellow", "lock", w.Journey.Restricted}}},
		},
		Form: &IntakeForm{W: w, Action: "/intake", CommandID: "c1", Search: "s1", Query: "高崎みさき", Name: "<script>alert(1)</script>", Reading: "たかさき みさき", Born: "H9 5 1", BornRead: "平成9年5月1日", Phone: "090-0000-1234", Mail: "x@example.jp", Line: "みさき", Student: true, Memo: "話したこと",
			Methods: []Option{option("method", "paper", w.Code("notice_method", "paper"), "", "", true)}, Consents: []Option{option("consents", "event_notice", w.Code("consent_scope", "event_notice"), "", "", true)},
			Residence: list, Age: list, Lead: list, Language: list, Aims: []Option{option("aims", "job", w.Code("aims", "job"), "", "", true)},
			Channels: []Option{option("channel", "in_person", w.Entry.Channels["in_person"], "desk", "1", true)}, Contents: []Option{option("categories", "job", w.Entry.Categories["job"], "", "j", true)},
			Apart:  []ApartChoice{{"apart-p1", i.ApartHeading("P-01166 髙﨑 美咲"), []Option{option("apart-p1", "family", i.Aparts["family"], "", "", false)}}},
			Errors: newErrors(w, FieldError{"name", w.Message.Required(i.Name)}, FieldError{"apart-p1", i.MissingApart("P-01166")}, FieldError{"memo", w.Message.Required(i.Memo)}, FieldError{"method", "x"}, FieldError{"born", "x"}, FieldError{"aims", "x"}, FieldError{"categories", "x"}, FieldError{"channel", "x"})}}
	p := w.PurposeOn(737484)
	v.Form.Notice = PurposeShown{p.Version, p.Edition, p.Text, p.Plain, w.Other().PurposeOn(737484).Text, string(w.Other().Language)}
	return v
}

func sampleIdentify(w *locale.Words) IntakeView {
	v := sampleIntake(w)
	v.Form, v.Heading, v.Search = nil, w.Intake.IdentifyHeading, "/people/p9/identify/search"
	v.Identify = &IdentifyForm{W: w, Action: "/people/p9/identify", Same: "/people/p9/same", CommandID: "c1", Query: "高崎", Name: "<script>alert(1)</script>", Born: "H9", BornRead: "平成9年",
		Residence: []Option{{Value: "13", Text: "東京都", Chosen: true}}, Age: []Option{{Value: "20s", Text: w.Code("age_band", "20s"), Chosen: true}}, Errors: newErrors(w, FieldError{"name", w.Message.Required(w.Intake.Name)}, FieldError{"born", "x"}, FieldError{"residence_pref", "x"})}
	return v
}
