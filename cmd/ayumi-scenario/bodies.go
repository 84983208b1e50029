package main

import "ayumi/domain/japan"

// partners that cases are referred to: key, kind, relation, lg code, basis, name.
var partners = []struct{ key, kind, relation, lg, basis, name string }{
	{"tottori", "municipality", "public_body", "312011", "within_purpose", "鳥取市 定住促進担当"},
	{"yonago", "municipality", "public_body", "312029", "within_purpose", "米子市 移住定住担当"},
	{"kurayoshi", "municipality", "public_body", "312037", "within_purpose", "倉吉市 移住定住担当"},
	{"chizu", "municipality", "public_body", "313289", "within_purpose", "智頭町 移住定住担当"},
	{"section", "prefecture_section", "same_controller", "", "within_purpose", "とっとり暮らし支援課"},
	{"foundation", "foundation", "contractor", "", "within_purpose", "(公財)ふるさと鳥取県定住機構"},
	{"npo", "npo", "private", "", "consent_or_to_self", "NPO法人ふるさと回帰支援センター"},
	{"experts", "expert_base", "same_controller", "", "within_purpose", "プロフェッショナル人材戦略拠点"},
	{"hellowork", "hellowork", "public_body", "", "within_purpose", "ハローワーク（県内）"},
}

func partner(key string) string { return id("partner", key) }

// firms are invented employers: key, industry, place, size, name.
var firms = []struct{ key, industry, lg, size, name string }{
	{"koukoku", "G", "312011", "u100", "株式会社 かくう広告"},
	{"seimitsu", "E", "312029", "300p", "ためし精密工業 株式会社"},
	{"shokuhin", "E", "312045", "u300", "株式会社 かり水産食品"},
	{"kaigo", "P", "312037", "u300", "社会福祉法人 みほん会"},
	{"it", "G", "312011", "u30", "合同会社 れいだいソフト"},
	{"kensetsu", "D", "312029", "u100", "架橋建設 株式会社"},
	{"ryokan", "M", "313700", "u30", "有限会社 みほん湯"},
	{"shinkin", "J", "312011", "u300", "れいだい信用組合"},
}

func firm(key string) string { return id("employer", key) }

var vacancies = []struct{ firm, title, occupation string }{
	{"koukoku", "総合職（広報・企画）", "public_relations"}, {"seimitsu", "生産技術", "engineering"},
	{"shokuhin", "品質管理", "quality_control"}, {"kaigo", "介護職員", "care_worker"},
	{"it", "ソフトウェア開発", "software"}, {"kensetsu", "施工管理", "construction"},
	{"ryokan", "接客・予約管理", "hospitality"}, {"shinkin", "窓口・渉外", "banking"},
}

// publicBodies registers partners and employers, and the account of one
// municipality.
func (b *book) publicBodies() {
	on := japan.On(2018, 4, 3)
	for i, p := range partners {
		data := facts{"partner": partner(p.key), "kind": p.kind, "relation": p.relation, "default_basis": p.basis, "name": p.name}
		if p.lg != "" {
			data["lg_code"] = p.lg
		}
		b.say(at(on, 1000+i), "ld1", "partner.register", data)
	}
	b.say(at(on, 1030), "ld1", "partner.set_contact", facts{"partner": partner("tottori"), "contact": id("contact", "tottori"),
		"duty": "housing", "name": "窓 口男", "phone": "0857-00-0000", "mail": "teiju@example.jp"})
	b.say(at(japan.On(2019, 4, 2), 1000), "po1", "partner.agree_sharing", facts{"partner": partner("foundation"),
		"agreement": id("sharing", "foundation"), "fields": []string{"name", "phone", "mail", "relocation_wish"},
		"purpose": []string{"housing", "trial_stay"}, "from": "2019-04-02", "paper": digest("sharing", "foundation")})
	b.accountFor(at(on, 1040), "pt1", "", "partner", "PT", "窓 口男", "まど くちお", "鳥取市 定住促進担当", partner("tottori"))
	on = japan.On(2019, 4, 3)
	for i, f := range firms {
		b.say(at(on, 1000+i), "co3", "employer.register", facts{"employer": firm(f.key), "kind": "corporation", "industry": f.industry,
			"pref": "31", "lg_code": f.lg, "size_band": f.size, "name": f.name})
	}
	for i, v := range vacancies {
		b.say(at(on, 1030+i), "co3", "employer.open_vacancy", facts{"employer": firm(v.firm), "vacancy": id("vacancy", v.firm),
			"from": "direct", "occupation": v.occupation, "contract": "indefinite", "side_job": v.firm == "it", "remote": v.firm == "it",
			"grant_eligible": i%2 == 0, "workplace_lg": firms[i].lg, "posts": 1 + i%3, "valid_until": "2020-03-31", "title": v.title})
	}
}
