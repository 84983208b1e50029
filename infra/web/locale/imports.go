package locale

// Imports is what the pages of ledgers from spreadsheets say.
type Imports struct {
	Title, Lead, New, File, FileHint, Upload string
	Own, None, NoneText                      string
	States                                   map[string]string
	Rows                                     func(n int) string
	ReadAs                                   func(file, what string) string
	Excel, Sheet, ShowSheet                  string
	Recalled                                 string

	Columns, ColumnsHint, Field, Column, Default, NoColumn, NoDefault string
	Apply, Year, YearNone, YearHint                                   string
	ForAll, Desk, Target, Notice, NoticeHint, Method, Outside         string
	OutsideHint                                                       string

	Good, Bad, Waiting, Left, Known, Recorded, Refused string
	Skipped                                            func(n int) string
	BadTitle, BadHint, Row, Cell, Wrong, Remedy        string
	NoBad, MendAll, Leave, Back, Twice                 string
	Choose, Same                                       string
	ForWord                                            func(word string) string
	EmptyCell                                          string
	More                                               func(from, to, all int) string
	Next, Before                                       string

	DoubtTitle, DoubtHint, InLedger, InOffice, NewPerson string
	Decide, AllSame, AllSameHint                         string
	LedgerRows                                           func(rows int) string
	Points                                               func(n int) string

	StartTitle, Start, Go, Accept, Discard string
	StartText                              func(rows, people int) string
	Running, Undoing, Meter, Stop, Refresh string
	Progress                               func(done, all int) string
	Paused, DoneTitle                      string
	DoneText                               func(done, refused int) string
	Batch                                  string
	RefusedTitle                           string
	UndoTitle, Undo, Sure                  string
	UndoText                               func(rows int) string
	UndoneText                             func(voided, closed, people, stand int) string
	Wrongs, WrongXLSX, WrongCSV, WrongSJIS string
	Why, Fields, Sexes, Flags              map[string]string
	FileName, Colon, NoBatch               string

	Command, CommandCheck, CommandRun, CommandUndo string
	FlagYear, FlagNotice, FlagDefault, FlagAccept  string
}

var japaneseImports = Imports{
	Title: "台帳の取り込み", Lead: "ExcelやCSVの相談台帳を読み、確かめ、直してから記録にします。取り込みは一括で取り消せます。",
	New: "台帳を読む", File: "台帳のファイル", FileHint: "xlsx・csv（UTF-8、Shift_JIS）、10MB・5万行まで。読んだだけでは何も記録されません。", Upload: "読んで確かめる",
	Own: "自分が読んだ台帳", None: "読んだ台帳はありません。", NoneText: "ファイルを選ぶと、取り込む前の確認がここに残ります。",
	States: map[string]string{"open": "確認中", "running": "取り込み中", "paused": "止まっています", "done": "取り込み済み", "undoing": "取り消し中", "undone": "取り消し済み"},
	Rows:   func(n int) string { return number(n) + "行" },
	ReadAs: func(file, what string) string { return file + "（" + what + "）" }, Excel: "Excel", Sheet: "シート", ShowSheet: "読む",
	Recalled: "同じ見出しの台帳を前に読んだときの対応を使っています。",
	Columns:  "列の対応", ColumnsHint: "どの列が何かを選びます。空の行には「決まった値」を使います。次に同じ見出しの台帳を読むときは、この対応を思い出します。",
	Field: "項目", Column: "台帳の列", Default: "決まった値", NoColumn: "（使わない）", NoDefault: "（なし）",
	Apply: "この対応で読み直す", Year: "台帳の年度", YearNone: "（年のない日付は直す）", YearHint: "「4/26」のように年のない日付を、どの年度で読むか",
	ForAll: "全部の行に共通のこと", Desk: "窓口", Target: "希望先の県", Notice: "利用目的の通知の版", NoticeHint: "相談者に示した通知の版（例 2019-04）", Method: "示し方", Outside: "時間外の理由",
	OutsideHint: "窓口の時間の外の相談があるときだけ、英数字で",
	Good:        "取り込める行", Bad: "直す行", Waiting: "人の確認を待つ行", Left: "取り込まない行", Known: "記録済みの行", Recorded: "記録した行", Refused: "記録できなかった行",
	Skipped: func(n int) string {
		return "見出しの繰り返しや合計の行 " + number(n) + "行は読み飛ばしました。"
	},
	BadTitle: "直す行", BadHint: "ここで直すと、元のファイルは変わりません。言葉の意味を選ぶと、同じ言葉の行がまとめて直ります。",
	Row: "行", Cell: "台帳の値", Wrong: "理由", Remedy: "直す", NoBad: "直す行はありません。", MendAll: "直した内容で読み直す", Leave: "取り込まない", Back: "戻す", Twice: "別の相談として取り込む",
	Choose: "意味を選ぶ", Same: "同じ", ForWord: func(word string) string { return "「" + word + "」の意味" }, EmptyCell: "（空）",
	More: func(from, to, all int) string {
		return number(all) + "件のうち " + number(from) + "〜" + number(to) + "件目"
	}, Next: "次へ", Before: "前へ",
	DoubtTitle: "すでに登録がある人かもしれません", DoubtHint: "台帳の人と、登録のある人が似ています。選ぶまでその人の行は取り込みません。",
	InLedger: "台帳の人", InOffice: "登録のある人", NewPerson: "別の人（新しく登録する）", Decide: "選んだとおりにする",
	AllSame: "全員、いちばん似ている人と同じにする", AllSameHint: "まだ選んでいない人だけに効きます。",
	LedgerRows: func(rows int) string { return "台帳に" + number(rows) + "行" }, Points: func(n int) string { return number(n) + "点" },
	StartTitle: "取り込む", Start: "取り込みを始める", Go: "続きを取り込む", Accept: "直す行が多いままで続ける", Discard: "この台帳を捨てる",
	StartText: func(rows, people int) string {
		return number(rows) + "行（" + number(people) + "人）を記録にします。"
	},
	Running: "取り込んでいます", Undoing: "取り消しています", Meter: "進み具合", Stop: "止める", Refresh: "更新",
	Progress: func(done, all int) string { return number(all) + "行のうち " + number(done) + "行" },
	Paused:   "止まっています", DoneTitle: "取り込みました",
	DoneText: func(done, refused int) string {
		if refused == 0 {
			return number(done) + "行を記録しました。"
		}
		return number(done) + "行を記録しました。" + number(refused) + "行は記録できませんでした。"
	},
	Batch: "取り込み番号", RefusedTitle: "記録できなかった行",
	UndoTitle: "取り込みを取り消す", Undo: "この取り込みを全部取り消す", Sure: "取り消しを確かめました",
	UndoText: func(rows int) string {
		return "この取り込みの相談" + number(rows) + "件を取消にします。元の記録は消えず、「取消」が加わります。指標は取り込む前の値に戻り、公表した数値は変わりません。"
	},
	UndoneText: func(voided, closed, people, stand int) string {
		text := "相談" + number(voided) + "件を取消にし、支援" + number(closed) + "件を終えました。登録した" + number(people) + "人は、数えない人として残ります。"
		if stand > 0 {
			text += "証明書などがあり取り消せない相談が" + number(stand) + "件あります。"
		}
		return text
	},
	Wrongs: "直す行を書き出す", WrongXLSX: "Excel", WrongCSV: "CSV（UTF-8）", WrongSJIS: "CSV（Shift_JIS）",
	Why: map[string]string{"import.stopped": "止めました。続きから取り込めます。", "import.fault": "途中で障害がありました。続きから取り込めます。", "import.too_many_refused": "記録できない行が多いので止めました。理由を確かめてください。"},
	Fields: map[string]string{
		"no": "番号", "name": "氏名", "family": "姓", "given": "名", "kana": "ふりがな", "family_kana": "姓のふりがな", "given_kana": "名のふりがな", "birth": "生年月日", "age": "年齢・年代", "sex": "性別",
		"phone": "電話番号", "mail": "メール", "line": "LINE", "postal": "郵便番号", "address": "住所", "residence_pref": "居住都道府県", "school": "学校", "student": "学生", "lead_source": "きっかけ",
		"record": "記録番号", "counsellor": "担当", "held_on": "相談日", "started_at": "開始時刻", "ended_at": "終了時刻", "channel": "相談方法", "categories": "相談種別", "outcome": "結果", "attendee_count": "人数", "note": "相談内容", "answer": "回答", "homework": "次回まで",
		"person": "人",
	},
	Sexes: map[string]string{"male": "男", "female": "女", "other": "その他"}, Flags: map[string]string{"1": "はい", "0": "いいえ"},
	FileName: "直す行", Colon: "：", NoBatch: "その番号の取り込みはありません。番号と名前を確かめてください。",
	Command: "台帳を取り込む", CommandCheck: "取り込む前に台帳を確かめる（何も残さない）", CommandRun: "台帳の取り込める行を記録にする", CommandUndo: "取り込みを全部取り消す",
	FlagYear: "年のない日付の年度", FlagNotice: "利用目的の通知の版", FlagDefault: "空の行に使う値（channel=phone など）", FlagAccept: "直す行が多くても続ける",
}

var englishImports = Imports{
	Title: "Import of ledgers", Lead: "Reads a ledger kept in Excel or CSV, lets you check and mend it, and makes records of it. A whole import can be taken back.",
	New: "Read a ledger", File: "File of the ledger", FileHint: "xlsx or csv (UTF-8, Shift_JIS), up to 10 MB and 50,000 rows. Reading records nothing.", Upload: "Read and check",
	Own: "Ledgers you have read", None: "You have read no ledger yet.", NoneText: "Choose a file; its check before the import stays here.",
	States: map[string]string{"open": "being checked", "running": "being imported", "paused": "stopped", "done": "imported", "undoing": "being taken back", "undone": "taken back"},
	Rows:   func(n int) string { return number(n) + " rows" },
	ReadAs: func(file, what string) string { return file + " (" + what + ")" }, Excel: "Excel", Sheet: "Sheet", ShowSheet: "Read",
	Recalled: "Read the way you last read a ledger with these headings.",
	Columns:  "Columns", ColumnsHint: "Say which column is what. A fixed value is used where a row says nothing. The next ledger with these headings is read the same way.",
	Field: "Field", Column: "Column", Default: "Fixed value", NoColumn: "(not used)", NoDefault: "(none)",
	Apply: "Read again this way", Year: "Fiscal year of the ledger", YearNone: "(mend dates without a year)", YearHint: "the year of dates such as 4/26",
	ForAll: "For all rows", Desk: "Desk", Target: "Prefecture looked at", Notice: "Version of the purpose notice", NoticeHint: "the version shown to the people, for example 2019-04", Method: "How it was shown", Outside: "Reason outside hours",
	OutsideHint: "only for sessions outside the hours of the desk, in letters and digits",
	Good:        "Rows that can be imported", Bad: "Rows to mend", Waiting: "Rows waiting for a person", Left: "Rows left out", Known: "Rows on record already", Recorded: "Rows recorded", Refused: "Rows not recorded",
	Skipped:  func(n int) string { return number(n) + " rows of repeated headings or sums were passed over." },
	BadTitle: "Rows to mend", BadHint: "Mending here leaves your file as it is. The meaning of a word is taken for every row with that word.",
	Row: "Row", Cell: "In the ledger", Wrong: "What is wrong", Remedy: "Mend", NoBad: "There is nothing to mend.", MendAll: "Read again with what was mended", Leave: "Leave out", Back: "Take back in", Twice: "Import as another consultation",
	Choose: "Choose its meaning", Same: "Same", ForWord: func(word string) string { return "Meaning of “" + word + "”" }, EmptyCell: "(empty)",
	More: func(from, to, all int) string { return number(from) + "–" + number(to) + " of " + number(all) }, Next: "Next", Before: "Before",
	DoubtTitle: "These people may already be registered", DoubtHint: "A person of the ledger is like somebody in the records. Until you choose, the rows of that person are not imported.",
	InLedger: "In the ledger", InOffice: "In the records", NewPerson: "Somebody else (register)", Decide: "Take these choices",
	AllSame: "Everybody is the most similar person", AllSameHint: "Only for those not chosen yet.",
	LedgerRows: func(rows int) string { return number(rows) + " rows in the ledger" }, Points: func(n int) string { return number(n) + " points" },
	StartTitle: "Import", Start: "Begin the import", Go: "Import the rest", Accept: "Go on with that many wrong rows", Discard: "Discard this ledger",
	StartText: func(rows, people int) string {
		return number(rows) + " rows (" + number(people) + " people) will be recorded."
	},
	Running: "Importing", Undoing: "Taking back", Meter: "Progress", Stop: "Stop", Refresh: "Refresh",
	Progress: func(done, all int) string { return number(done) + " of " + number(all) + " rows" },
	Paused:   "Stopped", DoneTitle: "Imported",
	DoneText: func(done, refused int) string {
		if refused == 0 {
			return number(done) + " rows were recorded."
		}
		return number(done) + " rows were recorded; " + number(refused) + " were refused."
	},
	Batch: "Import number", RefusedTitle: "Rows not recorded",
	UndoTitle: "Take the import back", Undo: "Take this whole import back", Sure: "I have read what this does",
	UndoText: func(rows int) string {
		return "The " + number(rows) + " consultations of this import will be voided. The records stay and a void is added to each. Indicators return to what they were; published figures do not change."
	},
	UndoneText: func(voided, closed, people, stand int) string {
		text := number(voided) + " consultations were voided and " + number(closed) + " cases closed. The " + number(people) + " people registered stay, and are counted nowhere."
		if stand > 0 {
			text += " " + number(stand) + " consultations stand, because a certificate or the like covers them."
		}
		return text
	},
	Wrongs: "Save the rows to mend", WrongXLSX: "Excel", WrongCSV: "CSV (UTF-8)", WrongSJIS: "CSV (Shift_JIS)",
	Why: map[string]string{"import.stopped": "It was stopped. You can import the rest.", "import.fault": "Something failed on the way. You can import the rest.", "import.too_many_refused": "It stopped because many rows are refused. Look at the reasons."},
	Fields: map[string]string{
		"no": "Number", "name": "Name", "family": "Family name", "given": "Given name", "kana": "Reading", "family_kana": "Family name, reading", "given_kana": "Given name, reading", "birth": "Date of birth", "age": "Age", "sex": "Sex",
		"phone": "Phone", "mail": "E-mail", "line": "LINE", "postal": "Postal code", "address": "Address", "residence_pref": "Prefecture of residence", "school": "School", "student": "Student", "lead_source": "How they came",
		"record": "Number of the record", "counsellor": "Counsellor", "held_on": "Day", "started_at": "Begin", "ended_at": "End", "channel": "Channel", "categories": "Category", "outcome": "Outcome", "attendee_count": "People", "note": "Content", "answer": "Answer", "homework": "Until next time",
		"person": "Person",
	},
	Sexes: map[string]string{"male": "male", "female": "female", "other": "other"}, Flags: map[string]string{"1": "yes", "0": "no"},
	FileName: "rows-to-mend", Colon: ": ", NoBatch: "There is no import with that number. Check the number and the name.",
	Command: "import a ledger", CommandCheck: "check a ledger before its import (keeps nothing)", CommandRun: "make records of the good rows of a ledger", CommandUndo: "take a whole import back",
	FlagYear: "fiscal year of dates without a year", FlagNotice: "version of the purpose notice", FlagDefault: "value where a row says nothing, as channel=phone", FlagAccept: "go on with many wrong rows",
}

// importFields are the labels of what only a ledger has.
var importFields = map[string]pair{
	"birth": {"生年月日", "date of birth"}, "age": {"年齢・年代", "age"}, "line": {"LINE", "LINE"}, "notice_method": {"示し方", "how it was shown"}, "outside_hours": {"時間外の理由", "reason outside hours"},
	"accepted": {"続けること", "going on"}, "sheet": {"シート", "sheet"},
}
