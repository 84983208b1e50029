package locale

// rightsCodes are the names of the codes of rights matters and record volumes.
var rightsCodes = map[string]map[string]pair{
	"breach_kind": {
		"special_care": {"要配慮個人情報", "special-care data"}, "property": {"財産的被害のおそれ", "harm to property"}, "malicious": {"不正の目的", "malice"},
		"many": {"100人を超える", "more than 100 people"}, "other": {"その他", "other"},
	},
	"breach_stage": {
		"first": {"速報", "quick report"}, "full": {"確報", "full report"}, "persons_told": {"本人への通知", "persons told"},
	},
	"breach_measure": {
		"recovered": {"回収", "recovered"}, "deleted": {"削除の確認", "deletion confirmed"}, "access_closed": {"経路の遮断", "access closed"}, "training": {"研修", "training"},
		"procedure_changed": {"手順の見直し", "procedure changed"}, "contractor_instructed": {"委託先への指示", "contractor instructed"}, "other": {"その他", "other"},
	},
	"grounds": {
		"life_health": {"本人の生命・健康等を害するおそれ（78条1号）", "harm to the person's life or health (78-1)"}, "third_person": {"第三者の個人情報（2号）", "third person's data (78-2)"},
		"corporation": {"法人等の情報（3号）", "data of a body (78-3)"}, "public_safety": {"公共の安全（4・5号）", "public safety (78-4, 5)"}, "deliberation": {"審議・検討（6号）", "deliberation (78-6)"},
		"operations": {"事務・事業の支障（7号）", "hampers operations (78-7)"}, "not_held": {"保有していない", "not held"}, "unidentified": {"特定できない", "cannot be identified"},
		"incorrect": {"内容が事実でない", "not true"}, "correct_as_is": {"内容は事実のとおり", "true as it stands"}, "out_of_scope": {"利用目的の範囲外", "beyond the purpose of correction"},
		"beyond_purpose": {"目的に必要な範囲を超えた保有（61条2項）", "held beyond the purpose (61-2)"}, "improper_use": {"不適正な利用（63条）", "improper use (63)"},
		"improper_collection": {"不適正な取得（64条）", "improper collection (64)"}, "improper_provision": {"目的外の利用・提供（69・71条）", "use or provision against the rules (69, 71)"},
		"lawful": {"適法に扱っている", "handled lawfully"}, "hampers_work": {"事務の適正な遂行に著しい支障（100条）", "would gravely hamper the work (100)"},
	},
	"kind":  {"disclosure": {"開示請求", "disclosure"}, "correction": {"訂正請求", "correction"}, "suspension": {"利用停止請求", "suspension"}},
	"stage": {"first": {"速報", "quick report"}, "full": {"確報", "full report"}, "persons_told": {"本人への通知", "persons told"}},
	"method": {
		"id_card": {"運転免許証等", "identity card"}, "my_number_card": {"マイナンバーカード", "My Number card"}, "passport": {"旅券", "passport"}, "residence_card": {"在留カード", "residence card"},
		"two_papers": {"書類2点", "two papers"}, "mailed_copy": {"郵送された写しと住民票", "mailed copy with resident record"}, "seal_certificate": {"委任状と印鑑登録証明", "mandate with seal certificate"}, "other": {"その他", "other"},
	},
	"reason": {
		"request_unclear": {"請求の範囲がはっきりしない", "the request is unclear"}, "papers_missing": {"書類が足りない", "papers are missing"}, "fee_unpaid": {"手数料が未納", "the fee is unpaid"},
		"difficult": {"事務処理上の困難", "difficult to process"}, "large_amount": {"量が多い", "a large amount"}, "third_person_heard": {"第三者の意見を聴く", "a third person is heard"},
		"still_needed": {"業務にまだ使う", "still needed"}, "audit": {"監査", "audit"}, "lawsuit": {"訴訟", "lawsuit"}, "opinion": {"寄せられた意見", "an opinion received"},
	},
}

// rightsFields are the labels of their fields.
var rightsFields = map[string]pair{
	"account_of_it": {"いきさつ", "account of it"}, "handed": {"渡したもの", "what was handed over"}, "papers": {"確かめた書類", "papers seen"},
	"sender": {"意見を出した人", "sender"}, "requester": {"請求した人", "requester"}, "representative": {"代理人", "representative"}, "persons": {"人数", "persons"},
	"reportable": {"報告の対象", "reportable"}, "series": {"分類記号", "series"}, "contact": {"連絡先", "contact"},
}

// rightsRefusals are the refusals of rights matters and record volumes.
var rightsRefusals = map[string]pair{
	"rights.state":        {"いまの段階ではできません。手続きの状態を確かめてください。", "The matter is not at that step. Check its state."},
	"rights.too_late":     {"期限が過ぎています。決定の日と理由を記録してください。", "The period is over. Record the decision and its reasons."},
	"rights.person_told":  {"代理人による請求は、本人に知らせてからにしてください。", "The person must be told of the representative first."},
	"rights.measure":      {"この請求と決定には合わない措置です。措置を選び直してください。", "That measure does not fit this request and result. Choose another."},
	"rights.grounds":      {"認めない部分があるときは、根拠を選んでください。", "Choose the grounds of what is not granted."},
	"rights.suspension":   {"利用停止を認める根拠（61条2項、63条、64条、69条、71条）を選んでください。", "Choose a ground on which a use may be suspended (61-2, 63, 64, 69 or 71)."},
	"rights.reasons":      {"認めない理由を書いてください。決定の通知に記載します。", "Give the reasons. They stand in the notice of the decision."},
	"rights.not_done":     {"決定した措置がまだ行われていません。利用の制限か消去の指示を先に行ってください。", "What was decided is not done yet. Restrict the use or order the erasure first."},
	"rights.must_report":  {"100人を超えるか、要配慮個人情報・財産・不正の目的にあたるものは報告の対象です。", "More than 100 people, special-care data, harm to property or malice must be reported."},
	"rights.not_reported": {"速報と確報の記録がありません。報告してから終了してください。", "The quick and the full report are not recorded. Report first, then close."},
	"volume.case_open":    {"終わっていない支援は綴じられません。支援を終了してからにしてください。", "A case that is not closed cannot be filed. Close it first."},
	"volume.year_running": {"この簿冊の年度がまだ終わっていません。4月1日以降に完結してください。", "The year of this volume is not over. Complete it on or after 1 April."},
	"volume.retention":    {"保存期間がまだ終わっていません。満了の日の翌日から行ってください。", "The retention period is not over. Wait until the day after its last day."},
	"volume.end_action":   {"満了時の措置がこの操作と違います。簿冊の措置を確かめてください。", "The end action of this volume is another one. Check it."},
}
