package web

import "ayumi/infra/web/locale"

func sampleHousehold(w *locale.Words) HouseholdView {
	hit := PersonHit{Name: "見本 架名", Reading: "みほん かな", Number: "P-00012", Href: "/people/p"}
	hidden := PersonHit{Name: w.Journey.NameHidden, Hidden: true}
	leave, join, move, class := sampleAct(w, "leave", false), sampleAct(w, "join", true), sampleAct(w, "move_in", false), sampleAct(w, "classify", false)
	return HouseholdView{Page: samplePage(w, "people", w.Household.OneTitle("#7"), "css/edit.css", "css/records.css", "css/household.css"), Heading: w.Household.Heading("#7", 2), State: []Chip{{"yellow", "lock", w.Household.Covered}},
		Members: []HouseholdRow{{Person: hit, Relation: "<script>alert(1)</script>", Part: w.Household.Lead, Since: "R1.6.1", State: Chip{"green", "check", w.Household.Lives}, Leave: &leave},
			{Person: hidden, State: Chip{"gray", "", w.Household.MovedOnly}}, {Person: hit, Relation: "子", Since: "R1.6.1", Until: "R2.2.1", State: Chip{"gray", "", code(w, "reason", "adult")}}},
		Join: &join, Move: &move, Counted: true,
		Moves: []HouseholdMove{{Number: "#12", Href: "/records/12", ISO: "2019-08-05", When: "R1.8.5", From: "東京都", To: "鳥取市", Head: hit, Movers: []PersonHit{hit, hidden}, Facts: []Pair{{Label: w.Household.OutOf("見本"), Value: "R2.2.10"}},
			Chips: []Chip{{"green", "chain", w.Code("grade", "b")}, {"gray", "", w.Household.CountsNot("tot-cls-1")}}, Confirm: "/records/12/confirm", Acts: []CommandForm{class}}},
		Counts: []HouseholdCount{{Year: "R1", Name: w.Code("indicator", "R2"), Value: "1", Href: "/indicators", Who: []string{"見本 架名 P-00012"}, Not: []HouseholdMiss{{"見本 架名", w.Code("near_miss", "unclassified")}}}}}
}

func sampleHouseholdNew(w *locale.Words) HouseholdNewView {
	hit := PersonHit{Name: "見本 架名", Reading: "みほん かな", Number: "P-00012", Href: "/people/p"}
	return HouseholdNewView{Page: samplePage(w, "people", w.Household.New, "css/edit.css", "css/records.css", "css/household.css"), Heading: w.Household.NewHeading("P-00012"), Person: hit, CommandID: "c", Relation: "世帯主", Join: "P-9",
		Rows:   []HouseholdPick{{ID: "q", Person: hit, Chosen: true}, {ID: "r", Person: hit, Lives: true}},
		Errors: newErrors(w, FieldError{"relation-q", w.Message.Required(w.Household.Relation)}, FieldError{"join", w.Household.NoHousehold("P-9")})}
}
