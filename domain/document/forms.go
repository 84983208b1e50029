package document

import (
	"regexp"
	"strings"
	"unicode"

	"ayumi/domain/japan"
)

// form is one way to write a number: its shape, and what the shape means. read
// may refuse what has the shape but is something else.
type form struct {
	kind  Kind
	shape *regexp.Regexp
	read  func(*cursor, *Token, []string) bool
}

func shaped(kind Kind, shape string, read func(*cursor, *Token, []string) bool) form {
	return form{kind, regexp.MustCompile(`^(?:` + shape + `)`), read}
}

// forms in the order they are tried: what is surely something else first.
var forms = []form{
	shaped(Code, `(?:https?://|www\.)[!-~]+`, always),
	shaped(Code, `[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`, always),
	shaped(Phone, `(?:(?:TEL|Tel|tel|FAX|Fax|fax)[:. ]*)?`+telephone, wholeNumber),
	shaped(Phone, `0\d{9,10}`, wholeNumber),
	shaped(Phone, `内線[:番号 ]*\d+`, always),
	shaped(Postal, `〒 *\d{3}-?\d{4}|\d{3}-\d{4}`, wholeNumber),
	shaped(FiscalYear, yearName+` *年度`, readYear),
	shaped(FiscalYear, `FY *()()(\d{4})`, readYear),
	shaped(Day, yearName+` *年 *`+monthName+` *月 *(?:`+dayName+` *日|(末)日?)?`, readDate),
	shaped(Day, `(?:(`+someEra+`)(`+eraYear+`)|(\d{4}))[./-](\d{1,2})[./-](\d{1,2})`, readDate),
	shaped(Day, `()()((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])`, readDate),
	shaped(Day, `()()((?:19|20)\d\d)/(1[0-2]|0?[1-9])`, readDate),
	shaped(Day, `([MTSHR])(元|\d{1,2})\.(\d{1,2})`, readEraMonth),
	shaped(Day, `(\d{1,2}) *年 *`+monthName+` *月(?: *`+dayName+` *日)?`, readBareMonth),
	shaped(Day, yearName+` *年`, readCalendarYear),
	shaped(FiscalYear, `(元|\d{1,2}|[一二三四五六七八九十]{1,3}) *年度`, readBareYear),
	shaped(FiscalYear, `([HR])(元|\d{1,2})()`, readEraAlone),
	shaped(Ordinal, anyNumber+` *(?:[年月日回人件期番週]目|年生|周年)`, always),
	shaped(Duration, anyNumber+` *(?:年間|[かカヶヵケ箇]年|年連続|年ぶり|年以内|[かカヶヵケ箇]月間?|日間|日以内|週間|時間|分間)`, durable),
	shaped(Duration, `\d+ *(?:年|週|分|秒)`, durable),
	shaped(Ordinal, `第 *`+anyNumber+` *(?:四半期|号|回|条|項|章|節|期|版|次|報|位|弾|部|編|者)?`, always),
	shaped(Ordinal, `\d+ *(?:位|番|号|期|学期)`, always),
	shaped(Day, monthName+` *月 *(?:`+dayName+` *日|(末)日?)?`, readMonth),
	shaped(Day, `(\d{1,2})/(\d{1,2}) *\( *[日月火水木金土] *\)`, readMonth),
	shaped(Day, `()`+`(3[01]|[12]\d|0?[1-9]) *日`, readMonth),
	shaped(Clock, `\d{1,2}:\d{2}(?::\d{2})?|\d{1,2} *時(?: *\d{1,2} *分|半)?`, wholeNumber),
	shaped(Page, `(?:pp?|P)\.? *\d+(?: *- *\d+)?|\d+ *(?:/ *\d+ *)?(?:ページ|頁)`, afterNoLetter),
	shaped(Page, `- *\d{1,4} *-|\d{1,4}(?: */ *\d{1,4})?`, pageAlone),
	shaped(Numbering, `(?:\(|〔|【)\d{1,2}(?:\)|〕|】) *`, heads),
	shaped(Numbering, `\d{1,2}(?:[.)、]\d{1,2})*[.)、] *|\d{1,2} +`, heads),
	shaped(Numbering, `(?:図|表|別紙|別表|別添|資料|様式|注|※|No\.?|№|問)(?:第)? *\d+(?:[-.]\d+)*`, label),
	shaped(Other, `\d+ *(?:歳代?|才|代|階|丁目|番地|号室)`, always),
	shaped(Code, `[A-Za-z#][A-Za-z0-9_]*(?:[-._/#][A-Za-z0-9]+)*`, codeName),
	shaped(Ratio, `(\d{1,9}) */ *(\d{1,9})`, readRatio),
	shaped(Figure, `[-+△▲]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[百千万億兆]+(?:\d{1,3}(?:,\d{3})+|\d+)?)*`, readFigure),
	shaped(Figure, `[一二三四五六七八九十百千万億]+|[一二三四五六七八九〇]{2,}`, readKanji),
	shaped(Code, `\d+[A-Za-z][A-Za-z0-9]*(?:[-._/][A-Za-z0-9]+)*`, always),
}

func always(*cursor, *Token, []string) bool { return true }

// wholeNumber: the number does not go on.
func wholeNumber(c *cursor, t *Token, _ []string) bool {
	return !digitAt(c.text, t.until) && !(c.rune(t.until) == '-' && digitAt(c.text, t.until+1)) && !digitAt(c.text, t.at-1)
}

func afterNoLetter(c *cursor, t *Token, _ []string) bool { return !latin(c.rune(t.at - 1)) }

// durable leaves kanji that begin another word, as 一時間 does not but 二十年 may.
func durable(c *cursor, t *Token, _ []string) bool {
	return !unicode.Is(unicode.Han, c.rune(t.at-1)) || digitAt(c.text, t.at)
}

// codeName: a word of Latin letters with a digit in it.
func codeName(c *cursor, t *Token, m []string) bool {
	return !latin(c.rune(t.at-1)) && strings.ContainsAny(m[0], "0123456789")
}

// label: the number names a figure, a form or a note and counts nothing.
func label(c *cursor, t *Token, _ []string) bool {
	if prev := c.rune(t.at - 1); latin(prev) || unicode.Is(unicode.Han, prev) {
		return false
	}
	_, code := unitAt(c.text, t.until)
	return code == ""
}

// heads: it begins a line, and words follow that are no unit.
func heads(c *cursor, t *Token, m []string) bool {
	for i := t.at - 1; i >= 0 && c.text[i] != '\n'; i-- {
		if !unicode.IsSpace(c.text[i]) && !strings.ContainsRune("・○●◎■□◆◇", c.text[i]) {
			return false
		}
	}
	next := c.rune(t.until)
	if next == 0 || next == '\n' {
		return strings.ContainsAny(m[0], ".") && !strings.HasPrefix(m[0], " ")
	}
	_, code := unitAt(c.text, t.until)
	return !digitAt(c.text, t.until) && code == "" && (unicode.IsLetter(next) || strings.ContainsRune("「『(【", next)) &&
		!afterAtLeast.MatchString(string(c.ahead(t.until, 3))) && !startsDate(next)
}

func startsDate(r rune) bool {
	return strings.ContainsRune("年月日時明大昭平令㍾㍽㍼㍻㋿", r)
}

// pageAlone: the line is nothing but the number of its page.
func pageAlone(c *cursor, t *Token, m []string) bool {
	alone := (t.at == 0 || c.text[t.at-1] == '\n') && (c.rune(t.until) == 0 || c.rune(t.until) == '\n')
	if strings.HasPrefix(m[0], "-") {
		return alone && len(m[0]) > 2 && strings.HasSuffix(m[0], "-")
	}
	first, _, _ := strings.Cut(m[0], "/")
	return alone && c.edge(t.at) && strings.TrimSpace(first) == decimal(c.page(t.at))
}

// readYear reads a named fiscal year: era and year, or the Gregorian one.
func readYear(c *cursor, t *Token, m []string) bool {
	t.year = yearOf(m[1], m[2], m[3])
	return t.year > 0 && !(m[1] != "" && latinEra(m[1]) && latin(c.rune(t.at-1))) && !digitAt(c.text, t.at-1)
}

// readEraAlone reads H30 and R元, as heads of columns have them.
func readEraAlone(c *cursor, t *Token, m []string) bool {
	next := c.rune(t.until)
	return readYear(c, t, m) && !latin(next) && !unicode.IsDigit(next) && next != '-' && next != '_' && next != '.'
}

func readBareYear(c *cursor, t *Token, m []string) bool {
	t.era = smallNumber(m[1])
	return t.era > 0 && (digitAt(c.text, t.at) || !unicode.Is(unicode.Han, c.rune(t.at-1)))
}

func readCalendarYear(c *cursor, t *Token, m []string) bool {
	if strings.ContainsRune("間目生ぶ連以", c.rune(t.until)) {
		return false
	}
	return readYear(c, t, m)
}

// readDate reads a day or a month with its year. A day that no calendar has is
// a date all the same, one that says nothing.
func readDate(c *cursor, t *Token, m []string) bool {
	if !readYear(c, t, m) || digitAt(c.text, t.until) {
		return false
	}
	t.month = smallNumber(m[4])
	day := ""
	for _, x := range m[5:] {
		if x != "" {
			day = x
		}
	}
	t.end = strings.HasSuffix(day, endMark)
	t.on = dayOf(t.year, t.month, day)
	return true
}

const endMark = "末"

func readEraMonth(c *cursor, t *Token, m []string) bool {
	t.month = smallNumber(m[3])
	return t.month >= 1 && t.month <= 12 && readYear(c, t, []string{"", m[1], m[2], ""}) && !digitAt(c.text, t.until) && c.rune(t.until) != '.'
}

// readBareMonth reads 29年7月, of an era that is not written.
func readBareMonth(c *cursor, t *Token, m []string) bool {
	t.era, t.month = smallNumber(m[1]), smallNumber(m[2])
	return !digitAt(c.text, t.at-1)
}

// readMonth reads a month, or a day of one, without its year.
func readMonth(c *cursor, t *Token, m []string) bool {
	if !digitAt(c.text, t.at) && unicode.Is(unicode.Han, c.rune(t.at-1)) || digitAt(c.text, t.at-1) {
		return false
	}
	t.month = smallNumber(m[1])
	t.end = len(m) > 3 && m[3] != ""
	return true
}

func readRatio(c *cursor, t *Token, m []string) bool {
	a, okA := numeral([]rune(m[1]))
	b, okB := numeral([]rune(m[2]))
	t.Value, t.Of = a.n, b.n
	return okA && okB && b.n > 0 && !digitAt(c.text, t.until) && !(c.rune(t.until) == '/' && digitAt(c.text, t.until+1))
}

// readFigure reads what is left: a number with its unit.
func readFigure(c *cursor, t *Token, m []string) bool {
	digits := []rune(m[0])
	if sign := digits[0]; sign == '-' || sign == '+' || sign == '△' || sign == '▲' {
		digits = digits[1:]
		if prev := c.rune(t.at - 1); sign == '-' && (unicode.IsLetter(prev) || unicode.IsDigit(prev) || prev == ')') {
			return false
		} else if sign != '+' {
			defer func() { t.Value = -t.Value }()
		}
	}
	v, ok := numeral(digits)
	t.Value, t.Scale, t.Unread = v.n, v.scale, !ok
	if !ok {
		t.Value, t.Scale = 0, 0
	}
	n, code := unitAt(c.text, t.until)
	if code == "" && latin(c.rune(t.until)) {
		return false
	}
	t.until, t.Unit = t.until+n, code
	return true
}

// readKanji takes kanji for a number only where a unit follows and no word of
// its own begins: 七校 and 百六十八件, but not 一般, 一人ひとり or 千葉.
func readKanji(c *cursor, t *Token, m []string) bool {
	s := []rune(m[0])
	n, code := unitAt(c.text, t.until)
	word := string(c.ahead(t.until, n))
	if !isCounted(strings.TrimSpace(word)) {
		return false
	}
	single := len(s) == 1
	switch prev := c.rune(t.at - 1); {
	case kanjiValue(prev) >= 0, digitAt(c.text, t.at-1), single && unicode.Is(unicode.Han, prev) && !strings.ContainsRune("約計全各延", prev):
		return false
	case single && s[0] == '一' && code != "mei" && code != "schools" && code != "households":
		return false
	case single && powerOf(s[0]) >= 3 && code == "persons", single && powerOf(s[0]) >= 4:
		return false
	case code == "persons" && notPersons.MatchString(string(c.ahead(t.until+n, 3))):
		return false
	}
	v, ok := numeral(s)
	if !ok || v.n == 0 {
		return false
	}
	t.Value, t.Unit, t.until = v.n, code, t.until+n
	return true
}

func isCounted(word string) bool {
	for _, w := range counted {
		if w == word {
			return true
		}
	}
	return false
}

// unitAt is how many runes the unit at i takes with the space before it, and its
// code.
func unitAt(text []rune, i int) (int, string) {
	space := 0
	if i < len(text) && text[i] == ' ' {
		space = 1
	}
	rest := string(text[min(i+space, len(text)):min(i+space+8, len(text))])
	if notAfterUnit.MatchString(rest) {
		return 0, ""
	}
	for _, u := range units {
		if strings.HasPrefix(rest, u.word) && (space == 0 || !latin(rune(u.word[0]))) {
			return space + len([]rune(u.word)), u.code
		}
	}
	return 0, ""
}

// yearOf is the Gregorian year of a written one, 0 where there is none.
func yearOf(era, n, western string) int {
	if western != "" {
		v, ok := numeral([]rune(strings.TrimPrefix(western, "西暦")))
		if !ok || v.n > 9999 {
			return 0
		}
		return int(v.n)
	}
	f, err := japan.ParseFiscalYear(strings.TrimSuffix(era, ".") + decimal(smallNumber(n)))
	if err != nil {
		return 0
	}
	return int(f)
}

// smallNumber reads a year, month or day; 0 for what is none.
func smallNumber(s string) int {
	if s == "元" {
		return 1
	}
	v, ok := numeral([]rune(s))
	if !ok || v.scale > 0 || v.n > 9999 {
		return 0
	}
	return int(v.n)
}

// dayOf is the day, the end of the month, or its first day where none is written.
func dayOf(year, month int, day string) japan.Date {
	first, err := japan.Civil(year, month, 1)
	if err != nil || day == "" {
		return first
	}
	if strings.HasSuffix(day, endMark) {
		return first.MonthLast()
	}
	d, err := japan.Civil(year, month, smallNumber(day))
	if err != nil {
		return 0
	}
	return d
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func latinEra(era string) bool { return latin([]rune(era)[0]) }

func digitAt(text []rune, i int) bool {
	return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9'
}
