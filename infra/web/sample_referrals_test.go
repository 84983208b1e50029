package web

import (
	"ayumi/domain/letter"
	"ayumi/infra/web/locale"
)

func sampleReferrals(w *locale.Words) ReferralsView {
	v := ReferralsView{Page: samplePage(w, "referrals", w.Referrals.Title, "css/edit.css", "css/referrals.css"),
		Directions: []Tab{{Text: w.Referrals.Directions[""], Href: "/referrals", Current: true}, {Text: w.Referrals.Directions["in"], Href: "/referrals?way=in"}},
		Desks:      []Tab{{Text: w.Referrals.Own, Href: "/referrals", Current: true}, {Text: w.Referrals.Everybody, Href: "/referrals?desk=all"}}}
	v.AsOf, v.Stream = &AsOfBar{W: w, Action: "/referrals", Index: -1}, "/referrals/stream?from=1"
	out := ReferralCard{Direction: Chip{"purple", "ref", w.Referrals.Out}, Name: "智頭 けんじ", Number: "P-01218", Person: "/people/p", Partner: "米子市 移住定住担当", What: w.Code("referral_purpose", "housing"),
		Chips: []Chip{{"yellow", "lock", w.Referrals.Confidential}}, State: Chip{"blue", "", w.Referrals.States["sent"]}, Wait: &WaitBar{86, true, w.Referrals.Waits(12)}, Due: &Chip{"yellow", "warn", w.Referrals.Overdue(3)}, Act: Pair{Value: w.Referrals.Acts["sent"], Href: "/referrals/12"}}
	in := ReferralCard{Direction: Chip{"cyan", "in", w.Referrals.In}, Name: w.Referrals.NameAfter, Hidden: true, Partner: "倉吉市 移住担当", What: w.Code("referral_purpose", "job"),
		State: Chip{"yellow", "", w.Referrals.InwardStates["sent"]}, Wait: &WaitBar{7, false, w.Referrals.Waits(1)}, Due: &Chip{"gray", "clock", w.Referrals.Due("2/12")}, Act: Pair{Value: w.Referrals.InwardActs["sent"], Href: "/referrals/13"}}
	done := ReferralCard{Direction: out.Direction, Name: "湯梨 しおり", Number: "P-01121", Person: "/people/q", Partner: out.Partner, What: out.What, State: Chip{"green", "", w.Referrals.States["completed"]}, Ended: w.Referrals.Ended("2/3"), Act: Pair{Value: w.Referrals.History, Href: "/referrals/9"}}
	for i, stage := range referralStages {
		c := ReferralColumn{Heading: w.Referrals.Columns[stage.name], Hint: w.Referrals.ColumnHints[stage.name]}
		switch i {
		case 0:
			c.Cards = []ReferralCard{out, in}
		case 3:
			c.Cards = []ReferralCard{done}
		}
		v.Columns = append(v.Columns, c)
	}
	v.Record = &CommandForm{W: w, ID: "inward", Action: "/referrals", Heading: w.Referrals.Record, Command: "partner.make_inward", CommandID: "c", Submit: w.Rights.Save, Open: true,
		Fields: []CommandField{{ID: "inward-name", Name: "name", Label: w.Field("name"), Kind: "text", Required: true, Error: w.Refusal("field.required", "name", nil)}}, Errors: newErrors(w, FieldError{"inward-name", w.Refusal("field.required", "name", nil)})}
	return v
}

func sampleReferral(w *locale.Words) ReferralView {
	return ReferralView{Page: samplePage(w, "referrals", w.Referrals.Title, "css/edit.css", "css/referrals.css"), Heading: w.Referrals.One(w.Code("referral_purpose", "housing"), "米子市 移住定住担当"), Number: "#12", Record: "/records/12",
		State: Chip{"blue", "", w.Referrals.States["sent"]}, Direction: Chip{"purple", "ref", w.Referrals.Out}, Person: &PersonLink{"智頭 けんじ", "P-01218", "/people/p"}, Chips: []Chip{{"yellow", "warn", w.Referrals.Overdue(3)}},
		Facts: []Pair{{w.Referrals.Basis, w.Code("basis", "within_purpose"), ""}}, Told: []Pair{{w.Field("name"), "例示 花子", ""}},
		Shares:  []SharedView{{"2020-02-03", w.PlainDate(18295), w.Code("basis", "within_purpose"), "", w.Code("share_field", "name"), "氏名：智頭 けんじ", true, Chip{"green", "", w.Referrals.ShareNow["made"]}, "#13", "/records/13"}},
		History: []ReferralEvent{{"2020-02-03", "2/3", w.Event("case.referral_sent"), w.Referrals.DueOn, "控え", "森下", "#13", "/records/13"}},
		Forms: []CommandForm{{W: w, ID: "accept-referral", Action: "/referrals/12", Heading: w.Referrals.StepNames["case.accept_referral"], Command: "case.accept_referral", CommandID: "c", Submit: w.Rights.Save, Open: true,
			Fields: []CommandField{{ID: "accept-referral-occurred_on", Name: "occurred_on", Label: w.Rights.HappenedOn, Kind: "text", Short: true}}}}, Letter: "/referrals/12/letter"}
}

func sampleRefer(w *locale.Words, shown bool) ReferView {
	v := ReferView{Page: samplePage(w, "referrals", w.Referrals.ReferTitle, "css/edit.css", "css/referrals.css"), Person: &PersonLink{"智頭 けんじ", "P-01218", "/people/p"}, Action: "/people/p/refer", CommandID: "c",
		Chips: []Chip{{"yellow", "lock", w.Referrals.Confidential}}, Partners: []OptionGroup{{w.Code("partner_kind", "municipality"), []Option{{Value: "t", Text: "米子市 移住定住担当", Chosen: true}}}},
		Purposes: codeOptions(w, "referral_purpose", []string{"housing", "job"}, "housing"), Bases: codeOptions(w, "basis", []string{"within_purpose"}), Fields: codeOptions(w, "share_field", []string{"name", "kana"}, "name"),
		Consents: []Option{{Value: "k", Text: w.Code("consent_scope", "partner_sharing")}}, Officers: []Option{{Value: "o", Text: "見本 個人"}}, Text: "氏名：智頭 けんじ", Due: "2020-02-10", Confidential: true}
	if shown {
		v.Preview = &ReferPreview{W: w, To: "米子市 移住定住担当", Text: v.Text, Flag: true, Facts: []Pair{{w.Referrals.PreviewBy, w.Code("basis", "within_purpose"), ""}}}
	} else {
		v.Errors = newErrors(w, FieldError{"partner", w.Message.RequiredChoose(w.Referrals.Partner)}, FieldError{"fields", w.Message.RequiredChoose(w.Field("fields"))}, FieldError{"text", w.Referrals.TextNeeded},
			FieldError{"purpose", w.Message.RequiredChoose(w.Referrals.Purpose)}, FieldError{"basis", w.Refusal("basis.missing", "basis", nil)}, FieldError{"consent", w.Refusal("consent.missing", "consent", nil)}, FieldError{"due_on", w.Refusal("date.order", "due_on", nil)})
	}
	return v
}

func samplePartner(w *locale.Words) PartnerView {
	board := sampleReferrals(w)
	return PartnerView{Page: samplePage(w, "partner", w.Referrals.PartnerTitle, "css/edit.css", "css/referrals.css"), Name: "米子市 移住定住担当", Mine: board.Columns[0].Cards[:1], Made: board.Columns[3].Cards, Send: board.Record}
}

func sampleLetter(w *locale.Words) LetterView {
	return LetterView{Page: samplePage(w, "referrals", w.Letter.Title, "css/receipt.css", "css/referrals.css"), Language: w.Language, Languages: []Option{{Value: "ja", Text: "日本語", Chosen: true}}, PDF: "/referrals/12/letter/pdf?language=ja",
		Paper: w.LetterPaper(letter.Printing{Number: 12, On: 18295, To: "米子市 移住定住担当", Desk: "D-TKY", Purpose: "housing", Basis: "within_purpose", Fields: []string{"name"}, DueOn: 18302, Text: "氏名：智頭 けんじ", Flag: true, Clerk: "森下 例子", Language: "ja", Sample: true})}
}
