package locale

// definitionFields are the labels of what a definition is made of.
var definitionFields = map[string]pair{
	"definition_version": {"版の名前", "version name"}, "official_from": {"適用開始日", "in force from"}, "unit_basis": {"延べか実か", "gross or distinct"},
	"scope_controller": {"県の範囲", "scope: prefecture"}, "scope_desks": {"窓口の範囲", "scope: desks"}, "scope_corner": {"コーナーの範囲", "scope: corner"},
	"workplace_where": {"勤務地", "place of work"}, "numerator": {"分子", "numerator"},
}

// definitionCodes name the values of a definition, by parameter.
var definitionCodes = map[string]map[string]pair{
	"scope": {
		"D-TKY": {"移住・しごと相談コーナー（鳥取県）", "Relocation and Job Corner (Tottori)"}, "D-OKY": {"移住・しごと相談コーナー（岡山県）", "Relocation and Job Corner (Okayama)"},
		"D-FKC": {"ふるさと回帰支援センター 鳥取県ブース", "Furusato Kaiki Centre, Tottori booth"}, "TKC": {"移住・しごと相談コーナー（2県共同）", "Relocation and Job Corner (both prefectures)"},
		"31": {"鳥取県全体", "all of Tottori"}, "33": {"岡山県全体", "all of Okayama"},
	},
	"break_kind": {
		"unit": {"単位", "unit"}, "rule": {"数え方", "rule"}, "site": {"場所", "site"}, "channel": {"方法", "channel"}, "hours": {"開設時間", "opening hours"},
		"survey": {"調査の文言", "survey wording"}, "boundary": {"制度・範囲", "boundary"},
	},
	"version_state": {
		"proposed": {"提案中", "proposed"}, "approved": {"承認済み", "approved"}, "rejected": {"差戻し", "rejected"}, "retired": {"終了", "retired"}, "shipped": {"初期の定義", "shipped"},
		"trial": {"試算用", "trial"},
	},
	"rule": {
		"session": {"相談の件数", "sessions"}, "session_both": {"就業と移住の両方の相談", "sessions of both kinds"}, "consultee": {"相談者", "consultees"}, "new_consultee": {"新規相談者", "new consultees"},
		"placed_person": {"就職者", "persons placed"}, "relocated_person": {"移住者", "relocated persons"}, "relocated_household": {"移住世帯", "relocated households"},
		"iju_person": {"IJU就職・移住の人", "IJU persons"}, "iju_case": {"IJU就職・移住の件", "IJU cases"}, "assisted": {"支援のみ", "assisted"}, "stayed_person": {"定着した人", "persons who stayed"},
		"survey": {"総務省調査", "national survey"}, "reception": {"受付", "receptions"}, "attendance": {"催しの参加者", "attendance"}, "related_person": {"関係人口", "related population"},
		"converted_consultee": {"成果につながった新規相談者", "new consultees with an outcome"}, "iju_days": {"成果までの日数", "days to the outcome"}, "referral": {"紹介", "referrals"},
		"universe": {"対象大学", "universities in scope"}, "agreement": {"協定締結校", "universities with an agreement"}, "ratio": {"割合", "ratio"},
	},
	"visiting_desk_as_event": {"always": {"いつも催し", "always an event"}, "with_outreach": {"催しの番号があれば催し", "an event if it has an outreach"}, "never": {"催しにしない", "never an event"}},
	"survey_part":            {"window": {"窓口", "desk"}, "event": {"催し", "events"}},
	"same_day_rule":          {"on": {"1件にまとめる", "one session"}, "off": {"まとめない", "each counts"}},
	"overrides":              {"honoured": {"従う", "honoured"}, "ignored": {"従わない", "ignored"}},
	"consultee_basis":        {"lead": {"主な相談者", "the lead person"}, "attendees": {"同席者も", "attendees too"}},
	"placement_date":         {"started_on": {"入社した日", "day of the start"}, "decided_on": {"内定した日", "day of the decision"}, "confirmed_on": {"確認した日", "day of the confirmation"}},
	"workplace":              {"in_prefecture": {"県内のみ", "in the prefecture"}, "anywhere": {"どこでも", "anywhere"}},
	"residence":              {"outside_required": {"県外に限る", "outside the prefecture"}, "any": {"問わない", "any"}},
	"min_grade":              {"a": {"A 第三者の書面", "A third-party paper"}, "b": {"B 相手への照会", "B answer of the other side"}, "c": {"C 本人の申告", "C statement of the person"}, "d": {"D 確認なし", "D unconfirmed"}},
	"class_rule":             {"tot-cls-1": {"鳥取県の区分", "Tottori's classification"}, "oka-cls-1": {"岡山県の区分", "Okayama's classification"}},
	"member_basis":           {"movers": {"転入した全員", "everybody who moves"}, "head": {"世帯主だけ", "the head only"}},
	"once_per":               {"episode": {"支援1回につき1回", "once per episode"}, "period": {"期間に1回", "once per period"}},
	"attribution":            {"owner_and_session": {"担当し、相談を受けた", "owner with a session"}, "session": {"相談を受けた", "a session"}, "none": {"問わない", "none"}},
	"turn_fold":              {"none": {"含めない", "no"}, "j_into_i": {"含める", "yes"}},
	"after_hours":            {"only": {"時間外だけ", "after hours only"}, "any": {"問わない", "any"}},
	"referral_state":         {"sent": {"送った", "sent"}, "answered": {"回答あり", "answered"}, "completed": {"完了", "completed"}},
	"rounding":               {"half_up": {"四捨五入", "half up"}, "truncate": {"切捨て", "truncate"}},
}

var definitionRefusals = map[string]pair{
	"indicator.stream": {"記録の番号が指標と範囲に合いません。「K1@D-TKY」のような番号にしてください。", "The id does not match indicator and scope. Write it as K1@D-TKY."},
	"indicator.state":  {"その版はいまの状態ではできません。版の状態を確かめてください。", "The version is not in that state. Check its state."},
	"indicator.target": {"目標には値か文章が要ります。どちらかを入力してください。", "A target needs a value or words. Enter one of them."},

	"definition.not_json":   {"定義をJSONとして読めません。形を確かめてください。", "The definition is not JSON. Check its form."},
	"definition.scope":      {"この指標はその範囲では数えません。範囲を選び直してください。", "This indicator is not counted at that scope. Choose another."},
	"definition.unreadable": {"定義の形が違います。項目の名前を確かめてください。", "The definition has the wrong form. Check the names of its fields."},
}
