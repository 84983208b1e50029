package japan

import (
	"fmt"
	"strings"
	"time"
)

// Era is one Japanese era. Years count from 1, written 元 in the long form.
type Era struct {
	Name     string // 令和
	Letter   string // R
	Ligature rune   // the single character: ㋿
	First    Date   // the first day counted in the era
	before   int    // the Gregorian year before year 1
}

// eras from 明治, oldest first. Days are counted from 明治6年1月1日, when Japan
// took the Gregorian calendar over; older days of 明治 belong to another one.
var eras = []Era{
	{"明治", "M", '㍾', On(1873, 1, 1), 1867},
	{"大正", "T", '㍽', On(1912, 7, 30), 1911},
	{"昭和", "S", '㍼', On(1926, 12, 25), 1925},
	{"平成", "H", '㍻', On(1989, 1, 8), 1988},
	{"令和", "R", '㋿', On(2019, 5, 1), 2018},
}

// weekdays in the order of time.Weekday.
var weekdays = []rune("日月火水木金土")

// EraOf returns the era of a day and the year in it. Before 明治6年1月1日 the
// year is 0.
func EraOf(d Date) (Era, int) {
	for i := len(eras) - 1; i >= 0; i-- {
		if eras[i].First <= d {
			y, _, _ := d.Civil()
			return eras[i], y - eras[i].before
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

// Japanese returns the long form with the day of the week: 令和2年2月29日（土）.
// It is "" for no date; days before the eras bear the Gregorian year.
func (d Date) Japanese() string {
	if d == 0 {
		return ""
	}
	return d.JapaneseDay() + "（" + string(weekdays[d.Weekday()]) + "）"
}

// JapaneseDay returns the long form without the day of the week: 令和2年2月29日.
func (d Date) JapaneseDay() string {
	if d == 0 {
		return ""
	}
	_, _, day := d.Civil()
	return fmt.Sprintf("%s%d日", d.JapaneseMonth(), day)
}

// JapaneseMonth returns the month of the day: 令和2年2月.
func (d Date) JapaneseMonth() string {
	if d == 0 {
		return ""
	}
	_, m, _ := d.Civil()
	return fmt.Sprintf("%s%d月", d.japaneseYear(), m)
}

func (d Date) japaneseYear() string {
	if era, n := EraOf(d); n > 0 {
		return era.Name + eraYear(n) + "年"
	}
	y, _, _ := d.Civil()
	return fmt.Sprintf("%d年", y)
}

// Short returns the short form: R2.2.29. Days before the eras, and no date,
// are written as String does.
func (d Date) Short() string {
	era, n := EraOf(d)
	if n == 0 {
		return d.String()
	}
	_, m, day := d.Civil()
	return fmt.Sprintf("%s%d.%d.%d", era.Letter, n, m, day)
}

// Western returns the Gregorian form with the day of the week: 2020-02-29 (Sat).
func (d Date) Western() string {
	if d == 0 {
		return ""
	}
	return d.String() + " (" + d.Weekday().String()[:3] + ")"
}

// JapaneseMoment writes an instant as seen in Japan: 令和2年3月2日 9:00.
func JapaneseMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at := t.In(Zone)
	return fmt.Sprintf("%s %d:%02d", DateOf(t).JapaneseDay(), at.Hour(), at.Minute())
}
