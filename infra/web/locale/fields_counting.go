package locale

import "maps"

// countingFields name the parameters of a definition (counting.md 4).
var countingFields = map[string]pair{
	"rule": {"数え方", "rule"}, "channels": {"数える方法", "channels"}, "overrides": {"数える・数えない指定の扱い", "overrides"}, "same_day_rule": {"同じ日の合算", "same-day rule"},
	"contracts": {"契約の種類", "contracts"}, "min_grade": {"根拠の最低の等級", "minimum evidence grade"}, "placement_date": {"就職の日の基準", "date of a placement"},
	"residence": {"相談時の住所の条件", "residence required"}, "class_rule": {"移住区分の規則", "classification rule"}, "member_basis": {"世帯の数え方", "member basis"},
	"attribution": {"窓口の成果とする条件", "attribution"}, "attribution_months": {"相談をさかのぼる月数", "months to look back for a session"}, "once_per": {"1回とする範囲", "counted once per"},
	"subtract_out_before_publication": {"期間中の転出を引く", "take out those who moved out"}, "rounding": {"丸め", "rounding"}, "scale": {"小数の桁", "decimals"}, "after_hours": {"時間外に限る", "after hours only"},
	"job_map": {"就業の区分", "job categories"}, "relocation_map": {"移住の区分", "relocation categories"}, "event_channels": {"イベントとする方法", "channels of events"}, "survey_part": {"調査の欄", "part of the survey"},
	"visiting_desk_as_event": {"出張相談の扱い", "visiting desk as event"}, "consultee_basis": {"相談者の取り方", "who is a consultee"}, "turn_fold": {"UJIの束ね方", "folding of turns"}, "stay_days": {"定着とみる日数", "days of stay"},
	"referral_state": {"紹介の段階", "state of the referral"}, "universe_list": {"大学の一覧", "list of universities"}, "agreement_from": {"協定の始めの日", "agreements from"}, "agreement_to": {"協定の終わりの日", "agreements up to"},
	"unknown_in_denominator": {"不明を分母に入れる", "unknown in the denominator"},
}

func allFieldNames() map[string]pair {
	all := maps.Clone(fieldNames)
	maps.Copy(all, countingFields)
	maps.Copy(all, definitionFields)
	maps.Copy(all, auditFields)
	maps.Copy(all, rightsFields)
	maps.Copy(all, proofFields)
	maps.Copy(all, importFields)
	maps.Copy(all, employerFields)
	return all
}
