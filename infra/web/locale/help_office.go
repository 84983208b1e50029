package locale

// officeHelp is the help of the pages where the office works with people.
var officeHelp = map[string]help{
	"today": {
		pair{"きょうの仕事を1枚にまとめた画面です。予約、結果をまだ書いていない予約、期限を過ぎた連絡、紹介の返事待ち、確認待ちを、上から順に片づけます。過ぎた日を選ぶと、その日の終わりの姿を見られます。",
			"Today's work on one page: appointments, outcomes to log, overdue contacts, referrals and confirmations that wait. Work it off from the top. A past day shows the page as it stood at the end of that day."},
		pair{"一覧の数は、自分の担当の未処理の件数です。相談件数には数えません。", "The numbers are what is still open in your own cases. They are not figures of the office."},
		pair{"期限は約束した日の24時です。紹介の返事の期限は、送るときに決めた日です。成果の確認は30日たつと遅れになります（数え方の決まり 6）。", "A due day ends at 24:00. A referral is late after the day that was set when it was sent, the confirmation of an outcome after 30 days (rules of counting, 6)."},
	},
	"handover": {
		pair{"担当をほかの相談員へ渡し、受け取る画面です。受け取った人は、申し送りを読んで確かめた印を付けます。", "Cases are handed to a colleague here and taken over. Who takes over reads the notes and acknowledges each case."},
		pair{"引き継いだあとの相談は、新しい担当の窓口で数えます。済んだ相談の数は変わりません。", "Consultations after the hand-over count at the new owner's desk. What was counted before stays."},
		pair{"成果がどの窓口のものかは、その日に担当していた窓口で決まります（数え方の決まり 3.5）。", "An outcome belongs to the desk that owned the case on that day (rules of counting, 3.5)."},
	},
	"people": {
		pair{"相談者を、かな、漢字（髙と高のような字の違いも）、電話、メール、LINEの名前、番号で探します。見つからなければ、そのまま受付に進めます。", "Finds a person by kana, kanji (variants such as taka and saki too), phone, mail, LINE name or number. Who is not found can be received from here."},
		pair{"見てよい人だけが出ます。隠れている人がいるかどうかも、件数からは分かりません。", "Only people you may see are shown. The count does not tell whether others exist."},
		pair{"探したことと開いたことは、閲覧記録に残ります。ほかの県の記録は、共有の根拠があるときだけ見えます（個人情報保護法 第69条）。", "Searches and openings stand in the access log. Records of the other prefecture show only on a recorded basis of sharing (Act on the Protection of Personal Information, Article 69)."},
	},
	"journey": {
		pair{"1人の相談者について、相談、紹介、就職、移住、同意のすべてを日付順に見て、いまの相談を記録する画面です。入力は5秒ごとに下書きとして預かります。", "Everything about one person in the order of days: consultations, referrals, jobs, moves, consents. The present consultation is recorded here; what you type is kept as a draft every 5 seconds."},
		pair{"相談員が本人（匿名でもよい）に個別の助言をしたものを相談1件とします。資料請求、予約、来なかった予約、一斉の連絡は数えません。同じ日・同じ窓口・同じ方法の相談は1件です。",
			"One individual piece of advice to a person, anonymous or not, is one consultation. Brochure requests, bookings, no-shows and bulk mails do not count. Consultations of the same day, desk and way are one."},
		pair{"数え方の決まり 3.2（相談）、3.3（就職）、3.4（移住）。どの指標に数えられているかは、画面の右にあります。訂正は前の記録を消しません。", "Rules of counting 3.2 (consultations), 3.3 (jobs), 3.4 (moves). Which indicators count this person stands on the page. A correction never deletes what stood before."},
	},
	"intake": {
		pair{"はじめての人を受け付けます。まず探して、いないことを確かめてから、利用目的を伝え、最初の相談まで1度に記録します。名前を言わない人は匿名で受け付け、あとで名前を結び付けられます。",
			"Receives somebody new: search first, tell the purpose, then record the person and the first consultation in one save. Who gives no name is received without one and can be identified later."},
		pair{"受付の件数は、両県の共同窓口全体で数えます。最初の相談は、助言があれば相談1件です。匿名の人は相談件数に入り、相談者数には入りません。", "Receptions are counted for the whole joint corner. The first consultation counts if advice was given. Anonymous people count in consultations, not in the number of people."},
		pair{"利用目的の明示は個人情報保護法 第62条、集めてはならない事項は職業安定法 第5条の5と指針によります。", "The purpose is told under Article 62 of the Act on the Protection of Personal Information; what must not be collected stands in Article 5-5 of the Employment Security Act and its guideline."},
	},
	"duplicates": {
		pair{"同じ人かもしれない2つの記録を並べて見比べ、1つにまとめるか、別の人と決めます。まとめたものは、あとで元に戻せます。", "Two records that may be of one person stand side by side: merge them or decide that they are two people. A merge can be undone."},
		pair{"まとめると、同じ日の相談が1件になるなど、いまの数が変わることがあります。公表した数は変わりません。変わる数は、決める前に画面に出ます。", "A merge may change present figures, for instance where two consultations of a day become one. Published figures stay. What changes is shown before you decide."},
		pair{"自動でまとめることはありません。まとめるのは窓口責任者の確認のあとです（数え方の決まり 8、9）。", "Nothing is ever merged by itself; the desk lead approves (rules of counting 8 and 9)."},
	},
	"records": {
		pair{"1つの記録の中身、訂正の経過、証明を見る画面です。訂正や取消もここから行い、どの数がどう変わるかを先に確かめます。", "One record: what it says, how it was corrected, and its proof. It is corrected or voided from here, after a look at the figures that would change."},
		pair{"取消した記録は、取消した日から数えません。それより前の時点の数には残ります。", "A voided record counts no more from that day on. Figures known at an earlier day keep it."},
		pair{"記録は消えず、番号は変わりません。取消の理由は締めの点検で一覧になります（数え方の決まり 9）。", "No record vanishes and no number changes. Reasons of voids are listed at the closing (rules of counting, 9)."},
	},
	"confirmations": {
		pair{"就職や転入のうち、証拠での確認を待つものの一覧です。期限を過ぎたものから並びます。", "Jobs and moves that wait to be confirmed by evidence, the overdue first."},
		pair{"確認のない成果（等級D）は、公表する成果に数えません。A: 第三者の書類、B: 勤め先・市町村・ハローワークの回答、C: 本人の申出。", "An outcome without confirmation (grade D) is not counted in published outcomes. A: paper of a third party. B: answer of an employer, a municipality or Hello Work. C: the person's word."},
		pair{"紹介した人、成果を記録した人は、自分で確認できません（数え方の決まり 6）。", "Who introduced the person or recorded the outcome cannot confirm it (rules of counting, 6)."},
	},
	"referrals": {
		pair{"ほかの窓口や連携先への紹介を、送ったもの・受けたものの両方向で見る画面です。何を送るか、同意はあるか、返事の期限はいつかを確かめます。過ぎた日の姿も見られます。", "Referrals to other desks and partners, sent and received: what is sent, whether there is consent, when an answer is due. The board can be seen as it stood on a past day."},
		pair{"紹介そのものは相談件数に数えません。結果として生まれた就職や移住は、担当の窓口で数えます。", "A referral is no consultation. A job or move that comes of it counts at the desk that owns the case."},
		pair{"外へ渡すには、根拠が要ります（個人情報保護法 第69条）。同意が取り消されると、返事のない紹介は取りやめになります。", "Nothing leaves without a basis (Act on the Protection of Personal Information, Article 69). When consent is withdrawn, unanswered referrals are cancelled."},
	},
	"partner": {
		pair{"連携先の担当者が、自分のところへ来た紹介だけを見て、受けるか断るか、結果はどうだったかを返す画面です。", "A partner's staff see the referrals made to them, take or decline them, and report what came of it."},
		pair{"返した結果は、紹介元の歩みに載ります。成果として数えるには、別に証拠の確認が要ります。", "The result appears in the sender's journey. It counts as an outcome only after confirmation by evidence."},
		pair{"見えるのは、紹介のときに渡すと決めた事項だけです（個人情報保護法 第69条・第70条）。", "Only what was chosen to be shared is visible (Act on the Protection of Personal Information, Articles 69 and 70)."},
	},
	"imports": {
		pair{"いま使っているExcelやCSVの台帳を取り込みます。列の対応を決め、試しに読み、誤りを1件ずつ直してから取り込みます。取り込んだ1回分は、まとめて取り消せます。", "Takes in the ledger you keep in Excel or CSV: match the columns, read it on trial, put the faults right, then import. One import can be undone as a whole."},
		pair{"試し読みは何も記録しません。取り込んだ相談は、手で入力したものと同じ決まりで数えます。取り消すと、数は元に戻ります。", "A trial records nothing. What is imported counts by the same rules as what is typed. Undoing restores every figure."},
		pair{"書き出した台帳をもう一度取り込んでも、何も増えません。同じ人と思われる行は、取り込む前に示します。", "An exported ledger that is imported again adds nothing. Rows that look like people already known are shown first."},
	},
	"exports": {
		pair{"相談、相談者、紹介の記録を、ExcelやCSVの台帳として書き出します。年度、窓口、時点、どこまで入れるかを選びます。", "Saves consultations, people or referrals as an Excel or CSV ledger, by year, desk, day and how much of them."},
		pair{"相談の台帳には、取り消していない記録が1行ずつ入ります。数えるかどうかは定義で決まるので、行の数は相談件数と同じとは限りません。", "The ledger of consultations has one row a record that stands. What counts is for the definition to say, so the rows need not be the figure."},
		pair{"理由と件数、ファイルのしるしが閲覧記録に残ります。氏名は見てよい人だけが書き出せ、秘匿の人のものは入りません（個人情報保護法 第66条）。", "Reason, rows and the digest of the file stand in the access log. Names are only for who may see them, those of protected people never (Act on the Protection of Personal Information, Article 66)."},
	},
	"employers": {
		pair{"企業と求人を調べ、記録します。求人の受付、変更、終了、相談者の紹介とその結果、求人・求職の管理簿をここで扱います。", "Employers and vacancies: received, changed, closed, who was introduced and what came of it, and the job placement books."},
		pair{"求人と紹介は相談件数に数えません。紹介から決まった就職は、証拠で確認したものだけを就職者に数えます。", "Vacancies and introductions are no consultations. A job that comes of one counts once evidence confirms it."},
		pair{"数え方の決まり 3.3（就職）。管理簿は職業安定法によります。", "Rules of counting 3.3 (jobs). The books are kept under the Employment Security Act."},
	},
	"line": {
		pair{"LINEに届いた連絡を読み、相談者に結び付け、返事をします。", "Reads what came by LINE, links it to a person and answers."},
		pair{"本人からの連絡がある日を、1つのやり取りにつき1日1件とします。友だち登録や、こちらからだけの連絡は数えません。", "One thread counts once a day on which the person wrote. A registration, and days on which only we wrote, do not count."},
		pair{"数え方の決まり 2 と 3.2（メッセージの日）。", "Rules of counting 2 and 3.2 (message days)."},
	},
	"line-state": {
		pair{"LINEとつながっているか、届かなかったものがあるかを見ます。", "Whether LINE is connected, and what could not be delivered."},
		pair{"届いたものと送ったものの件数です。指標には関わりません。", "What came and what was sent. No figure depends on it."},
		pair{"中身は相談者の鍵で封じ、この画面には出ません。", "Contents are sealed under the people's keys and not shown here."},
	},
	"webhooks": {
		pair{"外部に出してよい事実を送る相手を決め、届いたかを確かめます。", "Who outside is told of the facts that may leave, and whether it reaches them."},
		pair{"送られるのは数え方の決まりに使う事実だけです。送っても指標は変わりません。", "Only facts that figures are counted from are sent. Sending changes no figure."},
		pair{"送り先の追加や削除は閲覧記録に残ります。自分の県の出来事だけを送れます。", "Adding and removing receivers stands in the access log. Only events of your own prefecture are sent."},
	},
	"calendar": {
		pair{"1週間の予約と期限を、自分か窓口ごとに見て、決め、済ませ、移し、取りやめます。過ぎた週は、その時点の姿で見られます。", "Appointments and due tasks of a week, your own or the desk's: plan, tick off, move, drop. A week can be seen as it stood on a past day."},
		pair{"予約も期限も相談件数に数えません。来なかった予約も同じです。", "Neither appointments nor tasks count as consultations, kept or missed."},
		pair{"就職と移住のあとは、3か月、6か月、12か月の確認が並びます（業務の手引き 3.7）。", "After a job or a move, follow-ups stand at 3, 6 and 12 months (handbook 3.7)."},
	},
	"feed": {
		pair{"予定を、ほかの予定表で見るための配信です。", "A feed of your appointments for another calendar."},
		pair{"氏名は入りません。番号、場所、種類だけです。", "It holds no names: number, place and kind only."},
		pair{"秘密のアドレスは、いつでも取り消せます。", "Its secret address can be revoked at any time."},
	},
	"households": {
		pair{"世帯の人、世帯主、加わった日と離れた日、だれが移住者に数えられるかを見ます。", "The members of a household, its head, when each joined or left, and who counts as having moved."},
		pair{"移った人は、相談したことがなくても移住者に数えます。移住世帯は、世帯主ごとに最初の移住で1世帯です。", "Whoever moved counts, also without a consultation. A household counts once, with the first counted move of its head."},
		pair{"数え方の決まり 3.1（R1とR2）と 3.4。", "Rules of counting 3.1 (R1 and R2) and 3.4."},
	},
	"outreach": {
		pair{"相談会、セミナー、見学会の予定、名簿、当日の受付、来なかった人、相談者への移し替えを扱います。参加票の二次元コードで受け付けられます。", "Fairs, seminars and tours: schedule, list, check-in by QR code, no-shows, and turning an attendee into a person of the office."},
		pair{"参加者数は延べ人数で、相談件数ではありません。その場で個別に相談したものだけが相談1件です。", "Attendance is a gross number of heads and no consultation. Only an individual consultation at the event counts as one."},
		pair{"数え方の決まり 3.1（V1）と 3.2。総務省調査では、催しでの相談はイベントの欄に入ります。", "Rules of counting 3.1 (V1) and 3.2. In the national survey, consultations at events go to the part for events."},
	},
	"universities": {
		pair{"就職支援の協定を結ぶ大学と、協定の始まり、終わり、働きかけの記録です。", "Universities, the agreements on job support with them, when they began and ended, and what was done with each."},
		pair{"対象大学の名簿にあり、対象の期間に結ばれて終わっていない協定だけを、締結校に数えます。", "A school counts as concluded if it stands in the list of target universities and its agreement was concluded in the period and has not ended."},
		pair{"数え方の決まり 3.1（U0とU1）。名簿の版は数値と一緒に残ります。", "Rules of counting 3.1 (U0 and U1). The version of the list is kept with the figure."},
	},
	"emergencies": {
		pair{"ふだんは見られない記録を、急ぐ理由を書いて短い時間だけ開いたものの一覧です。開いた人以外の個人情報担当が、あとから確かめます。", "Records that were opened in an emergency, with a written reason and for a short time. A privacy officer other than the opener reviews them."},
		pair{"開いた時間と、その間に見たものを数えます。指標には関わりません。", "Openings and what was looked at in that time. No figure depends on it."},
		pair{"開けるのは1回に180分までです。理由、時間、見たものは閲覧記録に残り、担当者に知らせます。", "At most 180 minutes at a time. Reason, time and every look stand in the access log, and the owner is told."},
	},
	"receipt": {
		pair{"受付票に印刷した番号で、自分の相談が記録されているかを、だれでも確かめられます。", "With the code printed on the receipt anybody can check that the consultation is on record."},
		pair{"番号だけで答え、名前や内容は出しません。", "The code alone is answered; no name and no content is shown."},
		pair{"番号は記録の番号を暗号にしたもので、この窓口の鍵でだけ読めます。写しの証明は、手元で検証できます。", "The code is the number of the record, enciphered; only this office's key reads it. The proof that comes with the answer can be verified elsewhere."},
	},
	"settings": {
		pair{"自分のサインインの方法、2段階目の確認、サインイン中の端末、画面のロック、1文字のキーを変えます。", "Your own way of signing in, second factor, devices signed in, screen lock and single keys."},
		pair{"何も数えません。変更したことは、監査のために残ります。", "Nothing is counted here. Changes are kept for audits."},
		pair{"パスワードは12文字以上です。役員や監査の役割には2段階目の確認が要ります。", "A password has 12 characters or more. Some roles must use a second factor."},
	},
	"sign-in": {
		pair{"サインイン名とパスワード、または県のアカウントで入ります。", "Sign in with your name and password, or with the prefecture's account."},
		pair{"間違いが続くと、しばらく試せません。", "After several mistakes you have to wait."},
		pair{"パスワードを忘れたときは、管理者に頼んでください。管理者もパスワードを見ることはできません。", "If you forgot the password ask the administrator, who cannot see it either."},
	},
}
