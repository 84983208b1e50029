package locale

// figureHelp is the help of the pages about figures, rules, audits and the system.
var figureHelp = map[string]help{
	"indicators": {
		pair{"指標の値を、年度、締めの日、いつの記録で数えるかを選んで見る画面です。値を開くと、数えた記録と、惜しくも数えなかった記録が出ます。", "Indicators by fiscal year, cut-off and day of knowledge. Opening a value lists the records counted and those that narrowly were not."},
		pair{"件は延べ、人と名は実人数です。延べと実は足せません。就業と移住の両方にわたる相談は、それぞれに1件ずつ入り、合計では1件です。", "Consultations are gross, people are distinct; the two cannot be added. A consultation about both job and move stands in each and once in the total."},
		pair{"数え方の決まり 3 と、その年度に効いている定義の版。「定義」の画面で全文を読めます。", "Rules of counting 3 and the version of the definition in force for the year; the page “definitions” has the full text."},
	},
	"differences": {
		pair{"同じ指標の2つの値が、なぜ違うのかを記録1件ずつまで分けて説明します。", "Explains why two values of one indicator differ, down to the single record."},
		pair{"後日入力、修正、取消、付け替え、統合、期間の違い、定義の違いなどに分け、合計は必ず差と一致します。", "Late entries, corrections, voids, transfers, merges, period, definition and others. The parts always add up to the difference."},
		pair{"数え方の決まり 8。データの差を先に、定義の差を最後に分けます。", "Rules of counting 8: differences of data first, of definition last."},
	},
	"survey": {
		pair{"総務省の移住相談に関する調査の回答を作ります。窓口とイベントに分けて書き出せます。", "Makes the return of the national survey on relocation consultations, by desks and events."},
		pair{"就業か移住の区分がある相談を数えます。相談会、セミナーでの個別相談、催しに結び付いた出張相談がイベントで、ほかは窓口です。", "Consultations about job or relocation. Fairs, consultations at seminars and visiting desks tied to an event are events; all others are desks."},
		pair{"数え方の決まり 3.1（M1とM2）と 12（調査の文言が変わった年）。", "Rules of counting 3.1 (M1 and M2) and 12 (years in which the wording changed)."},
	},
	"definitions": {
		pair{"指標の数え方の文章です。版ごとに読み、新しい版を試し、決裁を受けます。", "The text of how each indicator is counted, version by version. New versions are tried and approved here."},
		pair{"年度の初日に効いている版がその年度の正式な数え方です。ほかの版で数えたものは試算で、公表できません。", "The version in force on the first day of the year is the official one. Any other is a trial and cannot be published."},
		pair{"数え方の決まり 4。承認された版は変えられません。", "Rules of counting 4. An approved version never changes."},
	},
	"sheets": {
		pair{"年度の工程表を見て、書き、版を比べ、印刷します。", "The work plan of a year: read, write, compare editions, print."},
		pair{"表の数値は公表台帳の数値です。書かれていない実績は（記載なし）とし、0とは区別します。", "Its figures come from the register. An actual that is not stated is shown as such and is not 0."},
		pair{"数え方の決まり 7 と 11。訂正すると、版の番号が上がり、前の版も残ります。", "Rules of counting 7 and 11. A correction makes a new edition; the one before stays."},
	},
	"ledger": {
		pair{"これまでに公表したすべての数値の台帳です。いつ、どこで、どの定義と記録で公表したかが分かり、いまの値と並べて見られます。", "The register of every figure ever published: when, where, by which definition and records, beside its present value."},
		pair{"公表値は変わりません。速報、確報、訂正の別があり、訂正は新しい版として加わります。", "A published value never changes. It is preliminary, final or corrected; a correction is a new edition."},
		pair{"数え方の決まり 7。昔の資料から写した数は「原典のみ」で、計算し直せません。", "Rules of counting 7. Figures copied from old papers are “source only” and cannot be recomputed."},
	},
	"figures": {
		pair{"公表した1つの数値について、根拠の記録、証拠の内訳、公表先、証明書を見ます。", "One published figure: its records, mix of evidence, where it was published, its certificate."},
		pair{"数えた記録の一覧のしるし（要約値）が残り、同じ条件で計算し直すと同じ値になります。", "The digest of the records counted is kept; the same conditions give the same value again."},
		pair{"数え方の決まり 6（証拠の等級）と 7（公表の状態）。", "Rules of counting 6 (grades of evidence) and 7 (status)."},
	},
	"documents": {
		pair{"報告書や答弁の案を貼り付けると、中の数値を公表台帳と照らし合わせます。", "Paste a report or a draft answer: its numbers are held against the register."},
		pair{"台帳にある数、違う数、台帳にない数に分けます。貼り付けた文は保存しません。", "Numbers that agree, that differ, and that are not in the register. The text is not kept."},
		pair{"照らし合わせる相手は公表台帳で、いまの値ではありません。", "The measure is the register, not the present value."},
	},
	"closing": {
		pair{"年度を締める手順です。点検の項目が満たされているかを見て、締め、必要なら理由を書いて開け直します。", "How a year is closed: the gates, the closing, and, with a reason, the reopening."},
		pair{"締めの日までに知られた記録で確報を作ります。あとから入った記録は「締め後の動き」に出ます。", "Final figures use what was known on the closing day. What came later stands under “after the closing”."},
		pair{"数え方の決まり 7。締めるのは決裁者です。", "Rules of counting 7. The approving officer closes."},
	},
	"after-close": {
		pair{"締めたあとに起きた後日入力、訂正、取消、消去、定義の変更を並べます。", "Late entries, corrections, voids, erasures and changes of definition after the closing."},
		pair{"いまの値を動かしたものと、動かさなかったものを分けます。公表値は動きません。", "What moved present values and what did not. Published values do not move."},
		pair{"数え方の決まり 8。", "Rules of counting 8."},
	},
	"monitors": {
		pair{"入力の遅れ、偏り、自分で記録して自分で確認したものなど、見直した方がよい記録を示します。", "Points at records worth a second look: late entries, imbalances, outcomes confirmed by their own recorder."},
		pair{"示したものが誤りとは限りません。指標の値は変わりません。", "A hint is no fault. No figure changes by it."},
		pair{"それぞれの点検の条件は、画面の中に書いてあります。", "The condition of each review stands on the page."},
	},
	"audit": {
		pair{"記録に加わったものを、番号の順に見る画面です。だれが、いつ、何を記録したかが分かります。", "Everything that was recorded, in the order of numbers: who, when, what."},
		pair{"すべての記録が1つずつ番号を持ち、番号に抜けはありません。", "Every record has a number and no number is missing."},
		pair{"記録は加えるだけで、書き換えも削除もしません。検証の画面で確かめられます。", "Records are only added, never changed or deleted; the page “verification” checks it."},
	},
	"audits": {
		pair{"監査を始め、無作為に記録を選び、資料を求め、指摘と措置を残します。", "Opens an audit, draws a random sample, asks for papers, keeps findings and measures."},
		pair{"抽出は開始番号を残すので、だれでも同じ標本を作り直せます。", "The seed of a sample is kept, so anybody can draw the same sample again."},
		pair{"監査の間に見たものも閲覧記録に残ります。", "What auditors look at stands in the access log, too."},
	},
	"rights": {
		pair{"開示、訂正、利用停止の請求を、期限の日数とともに進めます。", "Requests for disclosure, correction and suspension, with the days that are left."},
		pair{"決定の期限は請求から数えます。補正にかかった日数は入れません。", "The days run from the request; days for completing it do not count."},
		pair{"個人情報保護法 第76条（開示）、第90条（訂正）、第98条（利用停止）。訂正と利用停止は、開示を受けて90日以内です。", "Act on the Protection of Personal Information, Articles 76 (disclosure), 90 (correction), 98 (suspension); the latter two within 90 days after disclosure."},
	},
	"volumes": {
		pair{"記録を簿冊に分け、保存期間を見て、廃棄か引継ぎを決めます。", "Records are bound in volumes; when their time is over they are disposed of or handed to the archive."},
		pair{"保存期間は、完結した年度の次の年度の4月1日から数えます。廃棄しても指標の値は変わりません。", "The period begins on 1 April of the fiscal year after the year of completion. Disposal changes no figure."},
		pair{"公文書の条例。廃棄の一覧は1か月前に公表し、意見を募ります。", "The ordinance on public records. The disposal list is published one month ahead and opinions are invited."},
	},
	"erasures": {
		pair{"決定された消去を行い、消したことを証明します。消す前に、どの数も変わらないことを確かめます。", "Carries out erasures that were decided and proves them. Before that it is shown that no figure changes."},
		pair{"名前や内容は読めなくなりますが、日付や区分は残るので、数は変わりません。", "Names and content become unreadable; days and categories stay, so figures do not change."},
		pair{"個人情報保護法 第98条以下の決定によります。「消してほしい」という希望だけでは消しません。", "By a decision under Article 98 and following. A mere wish is not enough."},
	},
	"access-log": {
		pair{"だれが、いつ、どの記録を見たかの一覧です。", "Who looked at which record, and when."},
		pair{"見る、探す、一覧、印刷、書き出し、断られたものを、1回ずつ残します。", "Every look, search, list, print, export and refusal is one entry."},
		pair{"記録が残せないときは、画面を出しません。保存期間は設定で決まります。", "Where no entry can be written, no page is shown. How long entries are kept is a setting."},
	},
	"verify": {
		pair{"公表した数値と記録が、書き換えられていないことを計算で確かめます。", "Checks by calculation that figures and records have not been changed."},
		pair{"1つずつの検査について、分かることと分からないことを示します。", "Each check says what it proves and what it does not."},
		pair{"証明の束と検証の道具を手元に置けば、この仕組みを使わずに確かめられます。", "With a proof bundle and the offline verifier it can be checked without this system."},
	},
	"bundles": {
		pair{"確報の根拠となる記録のしるしを、1つのファイルにまとめたものです。", "One file with the marks of the records behind a final figure."},
		pair{"名前も相談の内容も入っていません。", "It holds no name and no content of a consultation."},
		pair{"検証の画面にある道具で、だれでも確かめられます。", "Anybody can check it with the verifier of the page “verification”."},
	},
	"status": {
		pair{"仕組みが動いているか、数値がどこまで記録に追いついているかを見ます。", "Whether the system works and how far figures have caught up with the records."},
		pair{"遅れは、まだ数えていない記録の件数です。", "The delay is the number of records not yet counted."},
		pair{"遅れがある間は、どの画面にもその旨が出ます。", "While there is a delay every page says so."},
	},
	"checkpoint": {
		pair{"いまの記録全体のしるしです。立会人が署名します。", "The mark of all records at this moment, signed by witnesses."},
		pair{"記録の数と、全体から計算した値です。", "The number of records and a value computed from all of them."},
		pair{"あとの検証点が前のものを含むことを、検証の道具で確かめられます。", "The verifier checks that a later checkpoint contains the earlier one."},
	},
}
