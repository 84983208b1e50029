package japan

import "strings"

// Era is one Japanese era. Years count from 1, written 元 in the long form.
type Era struct {
	Name     string // 令和
	Letter   string // R
	Ligature rune   // the single character: ㋿
	First    Date   // the first day of the era
}

// eras from 明治, oldest first. 明治 begins on the day Japan took the
// Gregorian calendar over, 明治6年1月1日; earlier days have no civil era here.
var eras = []Era{
	{"明治", "M", '㍾', On(1868, 1, 25)},
	{"大正", "T", '㍽', On(1912, 7, 30)},
	{"昭和", "S", '㍼', On(1926, 12, 25)},
	{"平成", "H", '㍻', On(1989, 1, 8)},
	{"令和", "R", '㋿', On(2019, 5, 1)},
}

// firstYear is the Gregorian year of the era's year 1.
func (e Era) firstYear() int {
	y, _, _ := e.First.Civil()
	return y
}

// EraOf returns the era of a day and the year in it. The year is 0 before 明治.
func EraOf(d Date) (Era, int) {
	for i := len(eras) - 1; i >= 0; i-- {
		if eras[i].First <= d {
			y, _, _ := d.Civil()
			return eras[i], y - eras[i].firstYear() + 1
		}
	}
	return Era{}, 0
}

// cutEra takes an era's name or letter off the front of narrowed text.
func cutEra(s string) (Era, string, bool) {
	for _, e := range eras {
		for _, mark := range []string{e.Name, e.Letter, strings.ToLower(e.Letter)} {
			if rest, ok := strings.CutPrefix(s, mark); ok {
				return e, rest, true
			}
		}
	}
	return Era{}, s, false
}
