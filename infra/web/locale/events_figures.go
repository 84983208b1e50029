package locale

import "maps"

// figureEventTitles are the titles of the streams about figures, plans, rights,
// volumes and accounts.
var figureEventTitles = map[string]pair{
	"indicator.registered":            {"指標の登録", "Indicator registered"},
	"indicator.version_proposed":      {"定義の提案", "Definition proposed"},
	"indicator.version_approved":      {"定義の承認", "Definition approved"},
	"indicator.version_rejected":      {"定義の差戻し", "Definition rejected"},
	"indicator.version_retired":       {"定義の終了", "Definition retired"},
	"indicator.series_break_declared": {"系列の断絶", "Series break declared"},
	"indicator.target_set":            {"目標の設定", "Target set"},

	"figure.proposed":             {"数値の提案", "Figure proposed"},
	"figure.proposal_withdrawn":   {"数値の提案の取下げ", "Proposal withdrawn"},
	"figure.approved":             {"数値の承認", "Figure approved"},
	"figure.rejected":             {"数値の差戻し", "Figure rejected"},
	"figure.published":            {"数値の公表", "Figure published"},
	"figure.corrected":            {"公表した数値の訂正", "Figure corrected"},
	"figure.imported":             {"原典の数値の取り込み", "Figure imported"},
	"figure.difference_explained": {"差の説明", "Difference explained"},
	"figure.verified":             {"数値の検証", "Figure verified"},
	"figure.sealed":               {"数値の封印", "Figure sealed"},

	"workplan.drafted":             {"工程表の作成", "Sheet drafted"},
	"workplan.mission_set":         {"組織ミッション", "Mission set"},
	"workplan.aim_set":             {"今年度の目標", "Aim set"},
	"workplan.plan_flagged":        {"長期的目標の区分", "Plan flagged"},
	"workplan.indicator_placed":    {"測定指標", "Indicator placed"},
	"workplan.value_set":           {"指標の値", "Value set"},
	"workplan.actual_set":          {"今年度実績値", "Actual set"},
	"workplan.project_set":         {"主要事業", "Project set"},
	"workplan.initiative_recorded": {"取組と成果", "Initiative recorded"},
	"workplan.issue_recorded":      {"課題と今後の取組", "Issue recorded"},
	"workplan.plan_published":      {"計画の公表", "Plan published"},
	"workplan.evaluated":           {"評価", "Evaluated"},
	"workplan.gates_waived":        {"確認の免除", "Gates waived"},
	"workplan.published":           {"工程表の公表", "Sheet published"},
	"workplan.revised":             {"工程表の改訂", "Sheet revised"},

	"period.opened":             {"年度の開始", "Fiscal year opened"},
	"period.cutoff_set":         {"集計日の設定", "Cut-off set"},
	"period.gates_checked":      {"締めの確認", "Gates checked"},
	"period.closed":             {"締め", "Closed"},
	"period.reopened":           {"締めの解除", "Reopened"},
	"period.audit_opened":       {"監査の開始", "Audit opened"},
	"period.sample_drawn":       {"抽出", "Sample drawn"},
	"period.evidence_requested": {"証拠の請求", "Evidence requested"},
	"period.evidence_issued":    {"証拠一式の発行", "Evidence issued"},
	"period.finding_recorded":   {"監査の結果", "Finding recorded"},
	"period.measure_reported":   {"措置の報告", "Measure reported"},
	"period.audit_closed":       {"監査の終了", "Audit closed"},

	"rights.requested":        {"請求の受付", "Request received"},
	"rights.identity_checked": {"本人確認", "Identity checked"},
	"rights.clock_stopped":    {"期限の停止", "Clock stopped"},
	"rights.clock_resumed":    {"期限の再開", "Clock resumed"},
	"rights.extended":         {"期限の延長", "Extended"},
	"rights.decided":          {"請求への決定", "Decided"},
	"rights.executed":         {"決定の実施", "Executed"},
	"rights.withdrawn":        {"請求の取下げ", "Request withdrawn"},
	"rights.closed":           {"請求の終了", "Request closed"},
	"rights.breach_suspected": {"漏えいの疑い", "Breach suspected"},
	"rights.breach_assessed":  {"漏えいの評価", "Breach assessed"},
	"rights.breach_reported":  {"漏えいの報告", "Breach reported"},
	"rights.breach_closed":    {"漏えい対応の終了", "Breach closed"},

	"volume.opened":             {"簿冊の作成", "Volume opened"},
	"volume.case_filed":         {"簿冊に綴じる", "Case filed"},
	"volume.case_taken_out":     {"簿冊から外す", "Case taken out"},
	"volume.closed":             {"簿冊の完結", "Volume closed"},
	"volume.retention_extended": {"保存期間の延長", "Retention extended"},
	"volume.hold_placed":        {"廃棄の保留", "Hold placed"},
	"volume.hold_lifted":        {"保留の解除", "Hold lifted"},
	"volume.disposal_listed":    {"廃棄予定の公表", "Disposal listed"},
	"volume.opinion_received":   {"廃棄への意見", "Opinion received"},
	"volume.disposed":           {"廃棄", "Disposed"},
	"volume.transferred":        {"公文書館へ移管", "Transferred to the archives"},

	"account.opened":                    {"利用者の登録", "Account opened"},
	"account.role_granted":              {"役割の付与", "Role granted"},
	"account.role_revoked":              {"役割の取消", "Role revoked"},
	"account.desk_changed":              {"窓口の変更", "Desk changed"},
	"account.engagement_granted":        {"監査の権限", "Engagement granted"},
	"account.emergency_access_opened":   {"緊急閲覧", "Emergency access"},
	"account.emergency_access_reviewed": {"緊急閲覧の点検", "Emergency access reviewed"},
	"account.suspended":                 {"利用者の停止", "Account suspended"},
	"account.reinstated":                {"利用者の復帰", "Account reinstated"},
	"account.closed":                    {"利用者の終了", "Account closed"},
}

func allEventTitles() map[string]pair {
	all := maps.Clone(eventTitles)
	maps.Copy(all, figureEventTitles)
	return all
}
