package web

import "ayumi/infra/web/locale"

func sampleReferrals(w *locale.Words) ReferralsView {
	v := ReferralsView{Page: samplePage(w, "referrals", w.Referrals.Title, "css/edit.css", "css/referrals.css"),
		Directions: []Tab{{Text: w.Referrals.Directions[""], Href: "/referrals", Current: true}, {Text: w.Referrals.Directions["in"], Href: "/referrals?way=in"}},
		Desks:      []Tab{{Text: w.Referrals.Own, Href: "/referrals", Current: true}, {Text: w.Referrals.Everybody, Href: "/referrals?desk=all"}}}
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
