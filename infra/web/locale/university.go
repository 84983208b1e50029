package locale

import "fmt"

// University is what the pages of universities and their agreements say.
type University struct {
	Title, Lead                               string
	OneTitle, ListName                        func(name string) string
	Count                                     func(agreed, listed int) string
	Place                                     func(verdict string, threshold int) string
	PlaceOf                                   func(verdict string, students, threshold int) string
	Meets, Below, NotListed, NoAgreement      string
	Table, Name, Where, Universe, Agreement   string
	Since, Until, Figure, None                string
	Facts, Listed, Agreements, Contacts       string
	NoAgreements, NoListed, NoContacts, Holds string
	Acts                                      map[string]string
}

var japaneseUniversity = University{
	Title: "大学との協定", Lead: "就職支援協定と、その対象とする大学の名簿です。",
	OneTitle: func(n string) string { return "大学 " + n }, ListName: func(name string) string { return "名簿 " + name },
	Count: func(agreed, listed int) string { return fmt.Sprintf("%d校中 %d校", listed, agreed) },
	Place: func(verdict string, threshold int) string {
		return fmt.Sprintf("%s（基準 %d人）", verdict, threshold)
	},
	PlaceOf: func(verdict string, students, threshold int) string {
		return fmt.Sprintf("%s（%d人、基準 %d人）", verdict, students, threshold)
	},
	Meets: "対象", Below: "対象外", NotListed: "名簿にない", NoAgreement: "協定なし",
	Table: "大学の表", Name: "大学", Where: "所在地", Universe: "名簿", Agreement: "協定", Since: "締結日", Until: "終了日", Figure: "指標で数えた値を見る", None: "大学はまだ登録されていません。",
	Facts: "内容", Listed: "名簿での位置", Agreements: "協定", Contacts: "連絡先の担当者", NoAgreements: "協定はまだありません。", NoListed: "どの名簿にもありません。", NoContacts: "担当者はまだ登録されていません。", Holds: "有効",
	Acts: map[string]string{
		"university.register": "大学を登録する", "university.conclude_agreement": "協定の締結を記録する", "university.upgrade_agreement": "包括協定に変える", "university.end_agreement": "協定の終了を記録する",
		"university.list_in_universe": "名簿での位置を記録する", "university.set_contact": "担当者を加える", "university.remove_contact": "担当者から外す", "university.rename": "名称を変える",
	},
}

var englishUniversity = University{
	Title: "University agreements", Lead: "Employment-support agreements, and the list of universities they aim at.",
	OneTitle: func(n string) string { return "University " + n }, ListName: func(name string) string { return "List " + name },
	Count: func(agreed, listed int) string { return fmt.Sprintf("%d of %d", agreed, listed) },
	Place: func(verdict string, threshold int) string {
		return fmt.Sprintf("%s (threshold %d)", verdict, threshold)
	},
	PlaceOf: func(verdict string, students, threshold int) string {
		return fmt.Sprintf("%s (%d students, threshold %d)", verdict, students, threshold)
	},
	Meets: "on the list", Below: "below the threshold", NotListed: "not on the list", NoAgreement: "no agreement",
	Table: "Table of universities", Name: "University", Where: "Prefecture", Universe: "List", Agreement: "Agreement", Since: "Since", Until: "Until", Figure: "See the counted figure", None: "No university is registered yet.",
	Facts: "What it is", Listed: "Place in the lists", Agreements: "Agreements", Contacts: "Contacts", NoAgreements: "There is no agreement yet.", NoListed: "It is on no list.", NoContacts: "There is no contact yet.", Holds: "holds",
	Acts: map[string]string{
		"university.register": "Register a university", "university.conclude_agreement": "Record an agreement", "university.upgrade_agreement": "Make it comprehensive", "university.end_agreement": "Record its end",
		"university.list_in_universe": "Record its place in a list", "university.set_contact": "Add a contact", "university.remove_contact": "Remove this contact", "university.rename": "Change the name",
	},
}
