package locale

// officeRefusalTexts are the refusals of partners, outreach, receptions and work
// plans, of scenarios, and of the API.
var officeRefusalTexts = map[string]pair{
	"case.state":           {"いまの段階ではできません。支援の状態を確かめてください。", "The case is not at that step. Check its state."},
	"consultation.state":   {"いまの段階ではできません。相談の状態を確かめてください。", "The consultation is not at that step. Check its state."},
	"handover.state":       {"担当か窓口が引継ぎの内容と合いません。いまの担当を確かめてください。", "Owner or desk differ from the hand-over. Check who owns the case now."},
	"message.state":        {"その日のやりとりは取り消されています。記録を確かめてください。", "The messages of that day were voided. Check the record."},
	"stage.state":          {"いまの段階からは進められません。支援の段階を確かめてください。", "The stage cannot follow the present one. Check the stage."},
	"reception.stream":     {"記録の番号がコーナーと年度に合いません。番号を確かめてください。", "The id does not match the corner and the fiscal year. Check it."},
	"reception.other_year": {"ほかの年度の日付です。その年度の受付簿に記録してください。", "The date is of another fiscal year. Record it in that year's log."},
	"reception.other_corner": {"ほかのコーナーの受付簿です。自分のコーナーを選んでください。",
		"That is another corner's log. Choose your own corner."},
	"hours.order":           {"終了が開始より前です。時刻を確かめてください。", "Closing comes before opening. Check the times."},
	"hours.weekdays":        {"曜日の指定が読めません。開設する曜日を1から7の数字で、順に並べて入力してください。", "The weekdays cannot be read. Write the digits 1 to 7 of the open days in order."},
	"hours.after_hours":     {"時間外の曜日と終了時刻がそろっていません。両方を入力するか、両方を空けてください。", "After-hours days and closing time belong together. Enter both or neither."},
	"outreach.kind":         {"この種類の催しではできません。種類を確かめてください。", "That does not fit this kind of event. Check its kind."},
	"attendee.state":        {"取り消されたか、すでに相談者に結び付いた参加者です。一覧を確かめてください。", "The attendee was voided or already belongs to a person. Check the list."},
	"partner.state":         {"その連携先との関係は終わっています。連携先を選び直してください。", "That partner has ended. Choose another."},
	"employer.state":        {"いまの状態ではできません。企業の状態を確かめてください。", "The employer is not in that state. Check it."},
	"employer.name_sealed":  {"個人事業主の名前は「代表者」の欄に、それ以外の名前は「名称」の欄に入力してください。", "A sole proprietor's name goes into the field proprietor, any other name into the field name. Enter it there."},
	"workplan.stream":       {"記録の番号が年度に合いません。番号を確かめてください。", "The id does not match the fiscal year. Check it."},
	"workplan.column":       {"この様式にない欄です。欄を選び直してください。", "This form of the sheet has no such column. Choose another."},
	"workplan.edition":      {"次の版の番号ではありません。版の番号を確かめてください。", "That is not the number of the next edition. Check it."},
	"workplan.actual_twice": {"実績値と空欄の理由の両方があります。どちらか1つにしてください。", "There is both an actual and a reason for a blank. Give one of them."},
	"stream.moved":          {"ほかの人が先に変更しました。いまの内容を見てから、もう一度記録してください。", "Somebody else changed this first. Look at it as it is now, then save again."},

	"scenario.unreadable": {"この行をJSONとして読めません。項目の名前と形を確かめてください。", "The line is not JSON of the agreed form. Check names and form."},
	"scenario.no_time":    {"この行に時刻がありません。「at」に日時を入れてください。", "The line has no time. Give the time in at."},
	"scenario.no_actor":   {"この行の職員が分かりません。「by」に職員の符号を入れてください。", "The line names no known staff. Give a staff code in by."},
	"scenario.time_back":  {"前の行より早い時刻です。時刻の順に並べてください。", "The time is before that of an earlier line. Put the lines in order of time."},

	"api.signed_out":    {"サインインしていません。サインイン名とパスワードを送ってください。", "You are not signed in. Send a sign-in name and a password."},
	"api.missing":       {"その情報はありません。番号を確かめてください。", "There is no such record. Check its number."},
	"api.broken":        {"処理できませんでした。時間をおいても直らないときは、記号{code}を管理者に伝えてください。", "Something went wrong here. If it happens again, tell the administrator the sign {code}."},
	"api.away":          {"記録の保管先につながりません。少し待って、同じ依頼を同じ番号で送り直してください。", "The store of the records cannot be reached. Wait a little and send the same request under the same id again."},
	"api.behind":        {"読み取り用の表が追いついていません。{seconds}秒待ってください。", "The read models have not caught up. Wait {seconds} seconds."},
	"api.unseen":        {"閲覧の記録を書けないため、表示しません。管理者に伝えてください。", "The access log cannot be written, so nothing is shown. Tell the administrator."},
	"api.method":        {"この操作は使えません。操作の種類を確かめてください。", "That method cannot be used here. Check it."},
	"api.media":         {"この形式では受け取れません。JSONで送ってください。", "That format is not accepted. Send JSON."},
	"indicator.unknown": {"その指標はありません。指標の符号を確かめてください。", "There is no such indicator. Check its code."},
	"scope.unknown":     {"その窓口か県はありません。符号を確かめてください。", "There is no such desk or prefecture. Check its code."},
}
