package locale

import (
	"fmt"
	"strconv"
	"strings"

	"ayumi/domain"
)

// Terms is what is said of the periods a controller works by.
type Terms struct {
	Heading, Lead, Setting, Value, Usual, Flag, Table string
	Names                                             map[string]string // of settings
	Switch                                            map[int]string    // of a setting that is on or off
	Line                                              func(path string, n int) string
	Faults                                            map[string]string
	Range                                             func(low, high int) string
}

// Of writes the value of a setting.
func (t Terms) Of(s domain.Term) string {
	if s.Switch {
		return t.Switch[s.Value]
	}
	return number(s.Value)
}

// Fault says what is wrong with a file of terms and what would be right.
func (t Terms) Fault(path string, f domain.TermsFault) string {
	may := t.Range(f.Setting.Low, f.Setting.High)
	if f.Setting.Switch {
		may = "yes / no"
	}
	return t.Line(path, f.Line) + strings.NewReplacer("{word}", f.Word, "{setting}", f.Setting.Name, "{name}", t.Names[f.Setting.Name], "{may}", may).Replace(t.Faults[f.Key])
}

var termNames = map[string]pair{
	"disclosure_days": {"開示の決定までの日数", "days to decide on a disclosure"}, "correction_days": {"訂正の決定までの日数", "days to decide on a correction"},
	"suspension_days": {"利用停止の決定までの日数", "days to decide on a suspension"}, "extension_days": {"延長できる日数", "days an extension may add"},
	"disclosed_days":    {"開示のあと訂正・利用停止を請求できる日数", "days after a disclosure to ask for correction or suspension"},
	"next_working_day":  {"閉庁日に終わる期間は次の開庁日まで", "a period ending on a day off goes on to the next working day"},
	"breach_first_days": {"漏えい等の速報までの日数", "days to the quick report of a breach"}, "breach_full_days": {"確報までの日数", "days to the full report"},
	"breach_malicious_days": {"不正の目的のときの確報までの日数", "days to the full report, if malicious"}, "breach_many": {"この人数を超える漏えい等は報告", "a breach of more people is reported"},
	"retention_years": {"簿冊の保存年数", "years a volume is kept"}, "comment_months": {"廃棄予定への意見の月数", "months for opinions on a disposal"},
	"tells_existence": {"ほかの県の検索に、記録の有無だけを伝える（両県が定めたときだけ）", "tell the other prefecture's searches that a record exists (only where both say so)"},
	"file_persons":    {"個人情報ファイル簿に載せる人数", "people from which a file has its register entry"},
}

var japaneseTerms = Terms{
	Heading: "期限の定め", Lead: "この県が従う期間です。設定（--terms のファイル）で県ごとに変えられます。すでに伝えた期限は、設定を変えても動きません。補正を求めているあいだ、決定までの日数は進みません。",
	Setting: "定め", Value: "この県", Usual: "法律・標準", Table: "期限の定めの表", Flag: "県ごとの期限の定めのファイル（例の行: 31 disclosure_days 15）",
	Names: pick(termNames, 0), Switch: map[int]string{1: "はい", 0: "いいえ"},
	Line:  func(path string, n int) string { return path + " の" + strconv.Itoa(n) + "行目: " },
	Range: func(low, high int) string { return fmt.Sprintf("%dから%d", low, high) },
	Faults: map[string]string{
		"form":       "「{word}」は読めません。県の番号、定めの名前、値を空白で区切って書いてください（例: 31 disclosure_days 15）",
		"controller": "「{word}」という県はありません（31、33、joint）",
		"setting":    "「{word}」という定めはありません。名前は「開示等の請求」のページの「期限の定め」にあります",
		"twice":      "「{word}」を二度定めています。一行を消してください",
		"value":      "{setting}（{name}）は {may} にしてください。「{word}」にはできません",
	},
}

var englishTerms = Terms{
	Heading: "Periods", Lead: "The periods this prefecture works by. A setting (the file of --terms) changes them for each prefecture. A last day that was given does not move. While a request is being completed, the days to decide stand still.",
	Setting: "Setting", Value: "This prefecture", Usual: "Act or usual", Table: "Table of periods", Flag: "file with the periods of each prefecture (a line: 31 disclosure_days 15)",
	Names: pick(termNames, 1), Switch: map[int]string{1: "yes", 0: "no"},
	Line:  func(path string, n int) string { return path + ": line " + strconv.Itoa(n) + ": " },
	Range: func(low, high int) string { return fmt.Sprintf("%d to %d", low, high) },
	Faults: map[string]string{
		"form":       `"{word}" cannot be read. Write the code of the prefecture, the name of the setting and its value (31 disclosure_days 15)`,
		"controller": `there is no prefecture "{word}" (31, 33, joint)`,
		"setting":    `there is no setting "{word}". The page of requests lists them under Periods`,
		"twice":      `"{word}" is set twice. Take one line away`,
		"value":      `{setting} ({name}) may be {may}, not "{word}"`,
	},
}
