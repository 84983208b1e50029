package document

import "regexp"

// The words of published sheets: how offices in Japan write dates, units and
// bounds. They are what is read, never what is said.

const kanjiDigits = "〇一二三四五六七八九"

const (
	someEra   = `(?:明治|大正|昭和|平成|令和|[㍾㍽㍼㍻㋿]|[MTSHR]\.?)`
	eraYear   = `(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})`
	western   = `(?:(?:西暦)?\d{4}|[一二][〇一二三四五六七八九]{3})`
	otherName = ` *(?:\( *(?:(?:西暦)?\d{4}|` + someEra + ` *` + eraYear + `) *年?度? *\))?`
	yearName  = `(?:(` + someEra + `) *(` + eraYear + `)|(` + western + `))` + otherName
	monthName = `(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`
	dayName   = `(3[01]|[12]\d|0?[1-9]|三?十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])`
	anyNumber = `(?:\d+|[一二三四五六七八九十百]+)`
	dashes    = `[-ー]`
	telephone = `(?:\+81[- ]?\d{1,4}|0\d{1,4}|\(0\d{1,4}\))(?:` + dashes + `|[( ])? ?\d{1,4}(?:` + dashes + `|[) ]) ?\d{3,4}`
)

// units are the words behind a number, the longer before what they begin with;
// the code is that of the list unit, the word itself where there is none.
var units = []struct{ word, code string }{
	{"世帯", "households"}, {"家族", "households"}, {"件", "sessions"}, {"名", "mei"}, {"人", "persons"}, {"大学", "schools"}, {"校", "schools"},
	{"パーセント", percent}, {"%", percent}, {"円", "yen"}, {"ポイント", "ポイント"}, {"団体", "団体"}, {"箇所", "箇所"}, {"か所", "箇所"}, {"カ所", "箇所"},
	{"ヶ所", "箇所"}, {"市町村", "市町村"}, {"都道府県", "都道府県"}, {"町村", "町村"}, {"か国", "か国"}, {"ドル", "ドル"}, {"組", "組"}, {"社", "社"}, {"回", "回"},
	{"戸", "戸"}, {"棟", "棟"}, {"台", "台"}, {"冊", "冊"}, {"部", "部"}, {"点", "点"}, {"割", "割"}, {"倍", "倍"}, {"県", "県"}, {"市", "市"}, {"町", "町"}, {"村", "村"},
	{"か月分", "か月分"}, {"枚", "枚"}, {"本", "本"}, {"種類", "種類"}, {"項目", "項目"}, {"事業", "事業"}, {"km", "km"}, {"kg", "kg"}, {"cm", "cm"}, {"mm", "mm"},
	{"ha", "ha"}, {"m", "m"}, {"t", "t"}, {"pt", "pt"}, {"つ", "つ"},
}

const percent = "percent"

// counted are the units behind which kanji are surely a count.
var counted = []string{"世帯", "件", "名", "人", "校", "団体", "組", "社", "回", "円", "大学"}

var (
	// notAfterUnit: a character that makes another word of a unit, as in 名称.
	notAfterUnit = regexp.MustCompile(`^(?:名[称前義札簿]|人[口材間物気格権]|件名|校長|社会|部[長署門]|点[検数]|市[民場役]|県[内外民庁]|町[内民]|組[織合]|本[部来人日]|回[答線収]|台[帳風]|[mt][A-Za-z])`)
	// notPersons: idioms of one or two people.
	notPersons = regexp.MustCompile(`^(?:ひとり|[一三前暮当者組])`)

	beforeAbout   = regexp.MustCompile(`(?:約|およそ|おおよそ|ほぼ|概ね|おおむね)[ ]*$`)
	beforeAtLeast = regexp.MustCompile(`(?:最低|少なくとも|≧|≥|>=)[ ]*$`)
	beforeAtMost  = regexp.MustCompile(`(?:最大|最高|≦|≤|<=)[ ]*$`)
	afterAtLeast  = regexp.MustCompile(`^[ ]*(?:以上)`)
	afterAtMost   = regexp.MustCompile(`^[ ]*(?:以下|以内|まで)`)
	afterMore     = regexp.MustCompile(`^[ ]*(?:超|を超え|を上回)`)
	afterLess     = regexp.MustCompile(`^[ ]*(?:未満|を下回)`)
	afterAbout    = regexp.MustCompile(`^[ ]*(?:程度|前後|ほど|余|弱|強|くらい|ぐらい)`)

	// change: the figure is how much something rose or fell.
	beforeChange = regexp.MustCompile(`(?:比|増減|対前年度?)[:は ]*[-+△▲]?$`)
	afterChange  = regexp.MustCompile(`^[ ]*(?:の?(?:増|減|上昇|低下)|アップ|ダウン|ポイント)`)

	// previous: the figure is of the year before.
	previousYear = regexp.MustCompile(`(?:前の?年度?|昨年度?|前年同期|前回)[のはが:同期 実績値]*$`)
	yearBefore   = regexp.MustCompile(`(?:前々年度?|一昨年度?)[のはが: 実績値]*$`)

	// share: what follows is a part of what was named.
	share = regexp.MustCompile(`うち|内訳|中、|による|ごと|別`)

	// asOfDay: the day behind which it stands is the day up to which was counted.
	asOfDay   = regexp.MustCompile(`^[ ]*(?:現在|時点|まで|末現在|末時点)`)
	yearEnd   = regexp.MustCompile(`年度末|期末(?:現在|時点)`)
	wholeYear = regexp.MustCompile(`通年|年度計|年度合計|1年間の|年間(?:実績|合計|累計|計)`)
	rangeMark = regexp.MustCompile(`^ *(?:~|-|から|ー|→) *$`)

	// notInName: a character that makes another word of a name before it, as in
	// 移住相談会 and 移住者向け.
	notInName = regexp.MustCompile(`^(?:会|員|室|票|窓口|コーナー|センター|カード|ブース|向け|支援|体験|フェア|希望|促進|施策|事業|受付)`)
)

// roles are the words that say what a value is for; of several the nearest counts.
var roles = []struct {
	role  Role
	words *regexp.Regexp
}{
	{LongTerm, regexp.MustCompile(`長期的?目標値?`)},
	{Target, regexp.MustCompile(`目標値?|計画値`)},
	{Baseline, regexp.MustCompile(`基準値|現状値`)},
	{Start, regexp.MustCompile(`年度当初値|当初値`)},
	{Score, regexp.MustCompile(`達成度`)},
	{Budget, regexp.MustCompile(`予算額?|事業費|決算額`)},
	{Actual, regexp.MustCompile(`実績値?|結果`)},
}

// notRole: what makes a sentence of a word for a role, as in 目標を実現する.
var notRole = regexp.MustCompile(`^(?:[をにとへ]|の(?:達成|実現)|達成)`)

// ScoreNames are the names of the mark that a unit gives itself.
var ScoreNames = []string{"達成度", "Achievement score"}

// ShortNames are other names under which sheets speak of an indicator.
var ShortNames = map[string][]string{
	"C0":  {"延べ相談件数", "相談延べ件数", "総相談件数"},
	"C1":  {"就業相談件数", "就職相談", "仕事相談", "しごと相談件数"},
	"C2":  {"移住相談件数", "移住の相談"},
	"P0":  {"相談者実人数", "実相談者数"},
	"P1":  {"新規相談者数", "新規の相談者"},
	"R1":  {"移住者数", "移住した人"},
	"R2":  {"移住世帯数"},
	"J1":  {"IJUターン就職者数", "就職者数", "就職した人"},
	"K1":  {"IJUターン就職者・移住者数", "IJUターン就職者及び移住者数", "IJUターン就職者数、移住者数"},
	"K2":  {"IJUターン就職・移住件数"},
	"L1":  {"関係人口の数"},
	"V1":  {"参加者数", "催しの参加者"},
	"U0":  {"対象大学数", "対象の大学", "県出身学生が", "県出身の学生が"},
	"U1":  {"協定締結大学", "締結校", "協定を結んだ", "協定を締結"},
	"S1":  {"定着者数"},
	"B0":  {"受付の件数"},
	"M1":  {"窓口相談件数", "窓口での相談"},
	"M2":  {"イベント相談件数", "イベントでの相談"},
	"C12": {"就業と移住の両方"},
}
