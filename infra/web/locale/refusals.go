package locale

// refusalTexts are the sentences of refusals, by the keys of domain/events.md 6
// and the faults of domain/japan: what is wrong, then what to do. {name} is
// replaced by a value of the refusal, {field} by the label of its field.
var refusalTexts = map[string]pair{
	"refused": {"この操作はできません（{key}）。入力を確かめてください。", "This cannot be done ({key}). Check what you entered."},

	"field.required": {"{field}を入力してください。", "Enter {field}."},
	"field.unknown":  {"{field}という項目はありません。項目の名前を確かめてください。", "There is no field {field}. Check its name."},
	"field.type":     {"{field}の形が違います。決められた形で入力してください。", "{field} has the wrong form. Enter it in the required form."},
	"field.code":     {"{field}に使えない値です。一覧から選んでください。", "{field} has a value that is not in the list. Choose one from the list."},
	"field.too_long": {"{field}が長すぎます。短くしてください。", "{field} is too long. Shorten it."},
	"field.date":     {"{field}は日付として読めません。「2020-02-08」のように入力してください。", "{field} is not a date. Write it as 2020-02-08."},
	"field.range":    {"{field}が範囲を外れています。値を確かめてください。", "{field} is out of range. Check the value."},
	"field.text":     {"{field}に使えない文字があります。制御文字を除いてください。", "{field} contains characters that cannot be used. Remove control characters."},
	"field.id":       {"{field}は番号の形ではありません。番号を確かめてください。", "{field} is not an id. Check it."},
	"field.time":     {"{field}は時刻として読めません。「1430」のように入力してください。", "{field} is not a time. Write it as 1430."},
	"field.twice":    {"{field}が2つあります。1つにしてください。", "{field} is given twice. Give it once."},

	"field.digest":    {"{field}は指紋の形ではありません。16進64桁で入力してください。", "{field} is not a digest. Enter 64 hexadecimal digits."},
	"data.not_object": {"内容の形が違います。項目と値の組で送ってください。", "The content has the wrong form. Send fields with values."},
	"data.too_large":  {"内容が大きすぎます。分けて送ってください。", "The content is too large. Send it in parts."},
	"stream.exists":   {"同じ番号の記録がもうあります。番号を確かめてください。", "A record with that number exists. Check the number."},
	"entity.unknown":  {"{field}の番号が見つかりません。番号を確かめてください。", "No such {field}. Check its number."},

	"command.unknown":  {"その操作はありません。操作の名前を確かめてください。", "There is no such command. Check its name."},
	"command.not_json": {"内容をJSONとして読めません。形を確かめてください。", "The content is not JSON. Check its form."},
	"conflict":         {"ほかの人が先に変更しました。いまの内容を見てから、もう一度記録してください。", "Somebody else changed this first. Look at it as it is now, then save again."},
	"stream.unknown":   {"その記録はありません。番号を確かめてください。", "There is no such record. Check the number."},

	"date.unreadable":   {"日付として読めません。「R2 2 8」「2020 2 8」「昨日」のように入力してください。", "Not a date. Write it as R2 2 8, 2020 2 8 or yesterday."},
	"date.no-such-day":  {"その月にその日はありません。日付を確かめてください。", "That month has no such day. Check the date."},
	"date.future":       {"今日より後の日付は入力できません。日付を確かめてください。", "Dates after today cannot be entered. Check the date."},
	"date.in_future":    {"今日より後の日付は入力できません。日付を確かめてください。", "Dates after today cannot be entered. Check the date."},
	"date.order":        {"日付の順が逆です。前の出来事より後の日付を入力してください。", "The dates are in the wrong order. Enter a date after the earlier step."},
	"period.unreadable": {"期間として読めません。「FY2019」「2019-04-01..2020-02-29」のように入力してください。", "Not a period. Write it as FY2019 or 2019-04-01..2020-02-29."},
	"asof.future":       {"まだ記録のない時点です。今日までの日付を入力してください。", "There are no records for that date yet. Enter a date up to today."},
	"asof.read_only":    {"過去の時点を表示中は記録できません。いまの記録に戻してください。", "Nothing can be recorded while the past is shown. Go back to the records as they are now."},
	"search.too_short":  {"2文字以上で探してください（漢字は1文字でも探せます）。", "Type two characters or more (one kanji is enough)."},
	"rate":              {"続けて探せる回数を超えました。{seconds}秒待ってください。", "Too many searches. Wait {seconds} seconds."},
	"signin.wrong":      {"サインイン名かパスワードが違います。もう一度入力してください。", "The sign-in name or the password is wrong. Enter them again."},
	"signin.too_often":  {"サインインの失敗が続きました。{seconds}秒待ってください。", "Too many failed sign-ins. Wait {seconds} seconds."},

	"account.not_allowed": {"この操作の権限がありません。必要なときは責任者に頼んでください。", "You may not do this. Ask the person in charge if you need it."},
	"controller.mismatch": {"所管県が違う記録です。自分の県の記録を選んでください。", "The record belongs to another prefecture. Choose one of your own."},
	"preview.missing":     {"影響の確認がいまの記録のものではありません。もう一度確認してください。", "The impact shown is not of the newest records. Look at it again."},

	"person.is_erased":     {"この人の記録は消去されています。新しい人として登録してください。", "This person's records were erased. Register a new person."},
	"person.is_restricted": {"この人の記録は利用が止められています。個人情報担当に相談してください。", "Use of this person's records is restricted. Ask the privacy officer."},
	"person.search_first":  {"登録の前に、同じ人がいないか探してください。", "Search for the same person before you register."},
	"person.no_name":       {"氏名かふりがなが要ります。入力するか、匿名を選んでください。", "A name or its reading is needed. Enter one, or choose anonymous."},
	"person.not_anonymous": {"この人はもう登録されています。氏名の変更を使ってください。", "This person already has a name. Use the change of name."},
	"person.state":         {"いまの状態ではこの人の記録を変えられません。統合先などの記録を確かめてください。", "The record is not in that state. Check it, or the record it was merged into."},
	"person.not_known":     {"その人の記録はありません。番号を確かめてください。", "There is no record of that person. Check the number."},
	"household.already":    {"すでに世帯に入っています。先に世帯から外してください。", "Already in a household. Leave that one first."},

	"consent.not_active":          {"有効な同意ではありません。いまの同意を確かめてください。", "That consent is not active. Check the present consents."},
	"consent.missing":             {"本人の同意がありません。同意を得てから行ってください。", "There is no consent for this. Get it first."},
	"consent.is_withdrawn":        {"同意が取り消されています。本人に確かめてください。", "The consent was withdrawn. Ask the person."},
	"confidentiality.until":       {"秘匿の期限が要ります。1年以内の日付を入力してください。", "Confidentiality needs an end date. Enter one within a year."},
	"confidentiality.state":       {"秘匿はすでに設定されています。期間を延ばすか、解除してから設定してください。", "Confidentiality is already set. Renew it, or lift it first."},
	"confidentiality.not_set":     {"秘匿は設定されていません。記録を確かめてください。", "Confidentiality is not set. Check the record."},
	"confidentiality.old_address": {"秘匿の設定より前の住所です。新しい住所を確かめてください。", "The address is older than the confidentiality. Confirm the new address."},
	"confidentiality.share":       {"秘匿の記録です。個人情報担当の承認を得て、住所を除いて共有してください。", "The record is confidential. Get the privacy officer's approval and leave out the address."},

	"merge.same":         {"同じ人どうしは統合できません。相手を選び直してください。", "A person cannot be merged with itself. Choose another."},
	"merge.state":        {"統合済みか消去済みの記録です。いまの記録を選んでください。", "One of the two is already merged or erased. Choose a present record."},
	"merge.controller":   {"所管県が違う人は統合できません。関連付けを使ってください。", "People of different prefectures cannot be merged. Use a link."},
	"merge.cycle":        {"統合が輪になります。統合先を選び直してください。", "The merge would form a circle. Choose another target."},
	"merge.same_officer": {"自分で提案した統合は承認できません。別の人に頼んでください。", "You cannot approve your own merge. Ask someone else."},
	"merge.split_before": {"以前に戻した統合です。新しい根拠を加えてください。", "This merge was undone before. Add new evidence."},
	"merge.confidential": {"一方だけが秘匿です。個人情報担当の承認を得てください。", "Only one of the two is confidential. Get the privacy officer's approval."},
	"merge.not_merged":   {"その人には統合されていません。統合先を確かめてください。", "It is not merged into that person. Check the target."},

	"erasure.no_ground":   {"消去の根拠となる決定がありません。決定を記録してください。", "There is no decision to erase. Record it first."},
	"erasure.hold":        {"保存の義務か保留があります。解除されてから行ってください。", "A hold or retention stands. Wait until it is lifted."},
	"erasure.figures":     {"数値への影響の確認が古くなりました。もう一度確認してください。", "The check of figures is out of date. Check again."},
	"erasure.not_ordered": {"消去が決定されていません。先に決定を記録してください。", "No erasure was ordered. Record the order first."},
}
