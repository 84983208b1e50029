package locale

import "maps"

// caseRefusalTexts are the refusals of the case stream and the streams about
// figures, rights and volumes.
var caseRefusalTexts = map[string]pair{
	"case.is_closed":     {"支援は終了しています。続けるときは再開してください。", "The case is closed. Reopen it to go on."},
	"case.is_disposed":   {"保存期間が終わり、廃棄された記録です。新しい支援を始めてください。", "The record was disposed of at the end of retention. Open a new case."},
	"case.already_open":  {"この人には続いている支援があります。そちらに記録してください。", "This person already has an open case. Record there."},
	"case.same_episode":  {"前の支援の続きです。新しい支援にはできません。前の支援を再開してください。", "This continues the earlier case. Reopen that one instead."},
	"case.target":        {"希望の県は鳥取県・岡山県・未定のどれかです。選び直してください。", "The prefecture must be Tottori, Okayama or undecided. Choose again."},
	"case.referral_open": {"終わっていない紹介があります。紹介を終えてから終了してください。", "A referral is still open. Finish it, then close the case."},
	"case.no_outcome":    {"就職も転入も記録されていません。先に成果を記録してください。", "No placement or move-in is recorded. Record the outcome first."},
	"case.not_member":    {"この支援に入っていない人です。先に同行者に加えてください。", "The person is not in this case. Add them first."},
	"case.not_open":      {"この支援はまだ始まっていません。先に支援を始めてください。", "The case is not open yet. Open it first."},

	"consultation.no_category":   {"内容が選ばれていません。1つ以上選んでください。", "No content is chosen. Choose at least one."},
	"consultation.outside_hours": {"開設時間の外です。時間外の理由を入力してください。", "This is outside opening hours. Give the reason."},
	"consultation.times":         {"終了が開始より前です。時刻を確かめてください。", "The end is before the start. Check the times."},
	"consultation.voided":        {"取り消された記録です。新しく記録してください。", "The record was voided. Record it anew."},
	"consultation.unknown":       {"その相談の記録はありません。番号を確かめてください。", "There is no such consultation. Check the number."},
	"notice.missing":             {"利用目的を示した記録がありません。先に利用目的を示してください。", "No purpose notice is recorded. Show it first."},
	"override.no_reason":         {"数え方を指定した理由が要ります。理由を入力してください。", "A counting override needs a reason. Give one."},
	"booking.state":              {"その約束はもう終わっています。いまの約束を選んでください。", "That appointment is over. Choose a present one."},
	"message.empty":              {"受信も送信も0件です。件数を入力してください。", "Nothing was received or sent. Enter the numbers."},
	"task.state":                 {"そのやることはもう終わっています。一覧を確かめてください。", "That task is finished. Check the list."},
	"visit.state":                {"その来県の記録は取り消されています。新しく記録してください。", "That visit was voided. Record it anew."},

	"amend.field": {"その項目は訂正できません。訂正できる項目を選んでください。", "That field cannot be amended. Choose another."},
	"amend.stale": {"開いた後に値が変わっています。いまの値を見てから訂正してください。", "The value has changed since. Look at it, then amend."},

	"certificate.consultation": {"証明できない相談が含まれています。数えられる相談だけを選んでください。", "It lists a consultation that cannot be certified. Choose countable ones only."},
	"certificate.covers":       {"この相談を示す証明が有効です。先に証明を取り消してください。", "A valid certificate covers it. Revoke the certificate first."},
	"certificate.state":        {"その証明はもう取り消されています。", "That certificate is already revoked."},

	"basis.missing":      {"共有の根拠がありません。根拠を選んでください。", "No basis for sharing is given. Choose one."},
	"basis.not_covered":  {"示した利用目的に含まれていません。同意を得るか、別の根拠を選んでください。", "The purpose notice does not cover this. Get consent or choose another basis."},
	"basis.routine":      {"この根拠では定例の共有はできません。1件ずつ判断してください。", "That basis does not allow routine sharing. Decide each case."},
	"referral.state":     {"いまの段階ではできません。紹介の状態を確かめてください。", "The referral is not at that step. Check its state."},
	"partition.crossed":  {"移住の情報は企業に渡せません。仕事の項目だけを選んでください。", "Relocation data may not go to an employer. Choose job fields only."},
	"controller.sharing": {"他県への提供には同意か明示した目的が要ります。先に得てください。", "Sharing with the other prefecture needs consent or a stated purpose. Get it first."},
	"share.state":        {"その共有はもう止められています。記録を確かめてください。", "That sharing was already stopped. Check the record."},

	"jobseeker.not_registered": {"有効な求職登録がありません。先に登録してください。", "There is no valid job-seeker registration. Register first."},
	"job.prohibited_item":      {"仕事の相談で聞いてはいけない事項が含まれています。消すか、必要な理由を確かめてください。", "The text has items that may not be asked in job matters. Remove them or confirm why they are needed."},
	"placement.state":          {"いまの段階ではできません。就職の状態を確かめてください。", "The placement is not at that step. Check its state."},
	"side_job.state":           {"その副業・兼業はもう終わっています。記録を確かめてください。", "That side job has ended. Check the record."},
	"evidence.grade":           {"根拠の種類と等級が合いません。等級を選び直してください。", "The grade does not match the evidence. Choose it again."},
	"evidence.same_officer":    {"紹介や記録をした本人は確認できません。別の人に頼んでください。", "The one who introduced or recorded it cannot confirm it. Ask someone else."},

	"relocation.state":        {"いまの段階ではできません。移住の状態を確かめてください。", "The relocation is not at that step. Check its state."},
	"relocation.within":       {"県内からの転居は移住になりません。県内転居として記録してください。", "A move inside the prefecture is no relocation. Record it as a move within."},
	"relocation.predecessor":  {"転勤では前任者の有無が要ります。選んでください。", "For a transfer, say whether there was a predecessor."},
	"relocation.duplicate":    {"同じ日の転入がもう記録されています。記録を確かめてください。", "A move-in on the same day is already recorded. Check it."},
	"relocation.no_register":  {"住民登録がないため区分できません。二地域居住として記録してください。", "Without a register move it cannot be classified. Record two-base living."},
	"relocation.rule":         {"区分が数え方の表と合いません。理由と結果を確かめてください。", "The result does not follow the rule table. Check reason and result."},
	"relocation.lead_decides": {"この区分は窓口責任者が判断します。責任者に頼んでください。", "The desk lead decides this one. Ask the lead."},
	"lg.invalid":              {"その日に使われていない市町村の符号です。市町村を選び直してください。", "That municipality code was not in use on the day. Choose again."},
	"grant.rule_by_movein":    {"転入予定日の要綱の版ではありません。版を選び直してください。", "That is not the rule in force on the planned move-in date. Choose it again."},
	"grant.state":             {"いまの段階ではできません。支援金の状態を確かめてください。", "The grant is not at that step. Check its state."},

	"reception.nameless": {"受付には氏名や連絡先を書けません。取り除いてください。", "Receptions hold no names or contacts. Remove them."},
	"reception.state":    {"その受付は取り消されています。新しく記録してください。", "That reception was voided. Record it anew."},
	"outreach.state":     {"その催しは中止か実施済みです。催しを確かめてください。", "That event was cancelled or is over. Check it."},
	"vacancy.state":      {"その求人はもう終わっています。求人を選び直してください。", "That vacancy is closed. Choose another."},
	"agreement.state":    {"協定が終わっているか、種類が上がりません。協定を確かめてください。", "The agreement has ended or is not upgraded. Check it."},

	"indicator.parameter":    {"定義に要る値が足りません。すべて入力してください。", "A parameter of the definition is missing. Enter all of them."},
	"indicator.version":      {"その版の名前は使われています。別の名前にしてください。", "That version name is used. Choose another."},
	"indicator.same_officer": {"自分で提案した定義は承認できません。別の人に頼んでください。", "You cannot approve your own definition. Ask someone else."},
	"indicator.digest":       {"提案と内容が違います。提案を開き直してください。", "The content differs from the proposal. Open it again."},
	"figure.version":         {"この期間に使えない定義の版です。承認された版を選んでください。", "That version is not official for the period. Choose an approved one."},
	"figure.known_at":        {"記録の時点は過ぎた日に限ります。昨日以前の日付を選んでください。", "The knowledge date must be a past day. Choose an earlier date."},
	"figure.known_at_other":  {"比べる版の記録の時点と違います。その版の時点を選んでください。", "That is not the knowledge date of the other edition. Choose that edition's date."},
	"figure.disagrees":       {"いま数え直すと台帳の値になりません。先に検証してください。", "Counted again, the edition no longer gives its published value. Verify it first."},
	"figure.value":           {"数え直した値と合いません。もう一度数えてください。", "The value differs from the recount. Count again."},
	"figure.same_officer":    {"自分で提案したものは承認できません。別の人に頼んでください。", "You cannot approve your own proposal. Ask someone else."},
	"figure.state":           {"いまの段階ではできません。数値の状態を確かめてください。", "The figure is not at that step. Check its state."},
	"figure.trial":           {"試算は内部でだけ使えます。公表先を確かめてください。", "A trial figure is for internal use only. Check the outlet."},
	"figure.behind":          {"記録の読み込みが追いついていません。少し待って、もう一度数えてください。", "The records are still being read. Wait a moment and count again."},
	"figure.edition":         {"その版はもうあるか、番号が続いていません。画面を開き直してください。", "That edition exists or its number does not follow. Reload the page."},
	"figure.quantity":        {"一つの台帳番号には同じ指標と期間だけを続けられます。新しく提案してください。", "One figure holds one indicator and period. Propose a new figure."},
	"figure.period":          {"公表できる期間は、年度、半期、月、年度の初めからある日まで、暦年です。期間を選び直してください。", "A figure covers a fiscal year, half, month, year to date or calendar year. Choose another period."},
	"figure.reason":          {"訂正の理由が要ります。理由を入力してください。", "A correction needs a reason. Give one."},
	"workplan.blank_actual":  {"実績値が空欄です。数値を入れるか、空欄の理由を選んでください。", "An actual is blank. Give a figure or the reason for the blank."},
	"workplan.target":        {"目標がありません。値か文章を入力してください。", "There is no target. Enter a value or words."},
	"workplan.state":         {"いまの段階ではできません。工程表の状態を確かめてください。", "The sheet is not at that step. Check its state."},
	"period.gates":           {"残っている確認があります。終えるか、免除する理由を記録してください。", "Checks are open. Finish them or record a waiver by name."},
	"period.same_officer":    {"確認した本人は締められません。別の人に頼んでください。", "The one who checked cannot close. Ask someone else."},
	"period.known_at":        {"記録の時点は過ぎた日に限ります。昨日以前の日付を選んでください。", "The knowledge date must be a past day. Choose an earlier date."},
	"audit.state":            {"監査が開かれていないか、担当ではありません。監査を確かめてください。", "The audit is not open or you are not engaged in it. Check it."},

	"attendee.state":         {"その参加の記録はもう決まっています。一覧を確かめてください。", "That attendance is already settled. Check the list."},
	"case.state":             {"いまの段階ではできません。支援の状態を確かめてください。", "The case is not at that step. Check its state."},
	"consultation.state":     {"いまの段階ではできません。相談の記録を確かめてください。", "The consultation is not at that step. Check the record."},
	"employer.name_sealed":   {"個人事業主の名前は企業名に書けません。事業主の欄に入力してください。", "A sole proprietor's name may not be the company name. Enter it as the proprietor."},
	"employer.state":         {"その企業の登録は終わっています。企業を確かめてください。", "That employer's entry has ended. Check it."},
	"handover.state":         {"いまの担当と合いません。担当を確かめてください。", "This does not match the present owner. Check the owner."},
	"hours.after_hours":      {"時間外の曜日と終了時刻は両方要ります。両方を入力してください。", "After-hours days and closing time belong together. Enter both."},
	"hours.order":            {"終了が開始より前です。時刻を確かめてください。", "Closing is before opening. Check the times."},
	"hours.weekdays":         {"曜日は1から7の数字で、重ねずに並べてください。", "Write weekdays as digits 1 to 7, each once."},
	"message.state":          {"そのやりとりは取り消されています。新しく記録してください。", "Those messages were voided. Record them anew."},
	"outreach.kind":          {"この種類の催しではできません。催しの種類を確かめてください。", "That is not possible for this kind of event. Check its kind."},
	"partner.state":          {"その連携は終わっています。連携先を確かめてください。", "That partnership has ended. Check the partner."},
	"reception.other_corner": {"別のコーナーの受付です。コーナーを確かめてください。", "That reception belongs to another corner. Check the corner."},
	"reception.other_year":   {"この年度の日付ではありません。日付を確かめてください。", "The date is not in this fiscal year. Check it."},
	"reception.stream":       {"コーナーと年度が受付の番号と合いません。確かめてください。", "Corner and year do not match the reception's number. Check them."},
	"stage.state":            {"いまの段階と合いません。段階を確かめてください。", "This does not match the present stage. Check the stage."},
	"stream.moved":           {"ほかの人が先に変更しました。いまの内容を見てから、もう一度記録してください。", "Somebody else changed this first. Look at it as it is now, then save again."},
	"workplan.actual_twice":  {"実績値は数値か空欄の理由のどちらか一方です。片方だけにしてください。", "Give either a figure or the reason for a blank, not both."},
	"workplan.column":        {"その欄は様式にありません。欄を選び直してください。", "The form has no such column. Choose again."},
	"workplan.edition":       {"版の番号が続いていません。次の番号を使ってください。", "The edition number does not follow. Use the next one."},
	"workplan.stream":        {"部署と年度が工程表の番号と合いません。確かめてください。", "Unit and year do not match the sheet's number. Check them."},

	"rights.no_disclosure": {"90日以内に開示を受けていません。先に開示の請求をしてください。", "No disclosure within 90 days. Ask for disclosure first."},
	"rights.identity":      {"本人確認がまだです。先に本人を確かめてください。", "Identity is not checked yet. Check it first."},
	"rights.extension":     {"延長は1回、30日までです。期限を確かめてください。", "One extension of at most 30 days is allowed. Check the clock."},
	"volume.state":         {"いまの段階ではできません。簿冊の状態を確かめてください。", "The volume is not at that step. Check its state."},
	"volume.comment":       {"意見を受ける期間（1か月以上）が終わっていません。期間が過ぎてから行ってください。", "The comment period of a month or more is not over. Wait until then."},
	"volume.hold":          {"廃棄の保留があります。解除されてから行ってください。", "A hold stands. Wait until it is lifted."},
	"access.same_officer":  {"自分が開いた緊急閲覧は点検できません。別の人に頼んでください。", "You cannot review your own emergency access. Ask someone else."},
	"access.state":         {"この緊急閲覧は点検済みです。記録を確かめてください。", "This emergency access is already reviewed. Check the record."},
	"account.last_admin":   {"この県で最後の管理者です。先に別の人へ管理者の役割を渡してください。", "This is the last administrator of the prefecture. Give the role to somebody else first."},
	"account.kind":         {"この種類の利用者には設定できません。利用者の種類を確かめてください。", "That does not fit this kind of account. Check the kind."},
	"account.state":        {"いまの状態ではできません。利用者の状態を確かめてください。", "The account is not in that state. Check it."},
}

func allRefusalTexts() map[string]pair {
	all := maps.Clone(refusalTexts)
	maps.Copy(all, caseRefusalTexts)
	maps.Copy(all, officeRefusalTexts)
	maps.Copy(all, indicatorRefusalTexts)
	maps.Copy(all, closingRefusalTexts)
	maps.Copy(all, auditRefusalTexts)
	maps.Copy(all, documentRefusalTexts)
	maps.Copy(all, definitionRefusals)
	maps.Copy(all, sealRefusalTexts)
	maps.Copy(all, bundleRefusalTexts)
	maps.Copy(all, rightsRefusals)
	maps.Copy(all, receiptRefusalTexts)
	maps.Copy(all, signInRefusalTexts)
	maps.Copy(all, providerRefusalTexts)
	maps.Copy(all, paperRefusalTexts)
	maps.Copy(all, importRefusalTexts)
	maps.Copy(all, lineRefusalTexts)
	maps.Copy(all, webhookRefusalTexts)
	return all
}
