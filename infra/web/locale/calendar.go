package locale

import (
	"fmt"
	"strings"
	"time"

	"ayumi/domain/japan"
)

// Calendar is how a language writes days and numbers.
type Calendar struct {
	Comma    string
	Weekdays [7]string // Sunday first
	Months   [12]string
	Today    string
	Now      string
	EndOf    func(day string) string
}

// Date writes a day with its weekday: 令和2年2月29日（土）, 2020-02-29 (Sat).
func (w *Words) Date(d japan.Date) string {
	if d == 0 {
		return ""
	}
	day := w.Calendar.Weekdays[d.Weekday()]
	if w.Language == English {
		return d.String() + " (" + day + ")"
	}
	_, m, dd := d.Civil()
	return fmt.Sprintf("%s%d月%d日（%s）", eraYearName(d), m, dd, day)
}

// PlainDate writes a day without its weekday: 令和2年2月29日, 2020-02-29.
func (w *Words) PlainDate(d japan.Date) string {
	if d == 0 || w.Language == English {
		return d.String()
	}
	_, m, dd := d.Civil()
	return fmt.Sprintf("%s%d月%d日", eraYearName(d), m, dd)
}

// ShortDate writes a day in few letters: R2.2.29, 2020-02-29.
func (w *Words) ShortDate(d japan.Date) string {
	era, year := japan.EraOf(d)
	if d == 0 || w.Language == English || year == 0 {
		return d.String()
	}
	_, m, dd := d.Civil()
	return fmt.Sprintf("%s%d.%d.%d", era.Letter, year, m, dd)
}

// DayMonth writes a day where its month and year stand above: 2月29日（土）, 29 Feb (Sat).
func (w *Words) DayMonth(d japan.Date) string {
	if d == 0 {
		return ""
	}
	_, m, dd := d.Civil()
	day := w.Calendar.Weekdays[d.Weekday()]
	if w.Language == English {
		return fmt.Sprintf("%d %s (%s)", dd, w.Calendar.Months[m-1], day)
	}
	return fmt.Sprintf("%d月%d日（%s）", m, dd, day)
}

// EndOfDay writes the instant a knowledge date means: 24:00 of the day in Japan.
func (w *Words) EndOfDay(d japan.Date) string { return w.Calendar.EndOf(w.Date(d)) }

// Month writes a month with its year: 令和2年2月, Feb 2020.
func (w *Words) Month(d japan.Date) string {
	if d == 0 {
		return ""
	}
	y, m, _ := d.Civil()
	if w.Language == English {
		return fmt.Sprintf("%s %d", w.Calendar.Months[m-1], y)
	}
	return fmt.Sprintf("%s%d月", eraYearName(d), m)
}

// MonthOnly writes a month without a year: 2月, Feb.
func (w *Words) MonthOnly(d japan.Date) string {
	_, m, _ := d.Civil()
	if m == 0 {
		return ""
	}
	return w.Calendar.Months[m-1]
}

// DateTime writes an instant in Japan: 令和2年3月2日 9:00, 2020-03-02 9:00.
func (w *Words) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.PlainDate(japan.DateOf(t)) + " " + clock(t)
}

// DayTime writes an instant where its year stands near: 2月3日 18:42, 3 Feb 18:42.
func (w *Words) DayTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	at := t.In(japan.Zone)
	if w.Language == English {
		return fmt.Sprintf("%d %s %s", at.Day(), w.Calendar.Months[at.Month()-1], clock(t))
	}
	return fmt.Sprintf("%d月%d日 %s", int(at.Month()), at.Day(), clock(t))
}

func clock(t time.Time) string {
	at := t.In(japan.Zone)
	return fmt.Sprintf("%d:%02d", at.Hour(), at.Minute())
}

// Clock writes the time of day of a fact: 1430 is 14:30.
func (w *Words) Clock(hhmm int) string { return fmt.Sprintf("%d:%02d", hhmm/100, hhmm%100) }

// FiscalYear writes a year by all its names: 令和元年度（平成31年度・2019）, FY2019 (令和元年度).
func (w *Words) FiscalYear(f japan.FiscalYear) string {
	if w.Language == English {
		return fmt.Sprintf("%s (%s)", f, f.Japanese())
	}
	others := append(f.Alternates(), fmt.Sprint(int(f)))
	return f.Japanese() + "（" + strings.Join(others, "・") + "）"
}

// FiscalYearShort writes a year by its official name: 令和元年度, FY2019.
func (w *Words) FiscalYearShort(f japan.FiscalYear) string {
	if w.Language == English {
		return f.String()
	}
	return f.Japanese()
}

// Number writes a count with its thousands marked: 2,391.
func (w *Words) Number(n int) string { return number(n) }

func number(n int) string {
	s := fmt.Sprint(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Signed writes a difference with its sign in full width: ＋3, −2, ±0.
func (w *Words) Signed(n int) string {
	switch {
	case n > 0:
		return "＋" + w.Number(n)
	case n < 0:
		return "−" + w.Number(-n)
	}
	return "±0"
}

// Sized writes a count with the unit of an indicator: 168件, 168 sessions.
func (w *Words) Sized(n int, unit string) string {
	if w.Language == English {
		return w.Number(n) + " " + w.Code("unit", unit)
	}
	return w.Number(n) + w.Code("unit", unit)
}

// YearOf writes the year of a day: 平成9年, or 1997.
func (w *Words) YearOf(d japan.Date) string {
	if w.Language == English {
		y, _, _ := d.Civil()
		return fmt.Sprint(y)
	}
	return eraYearName(d)
}

func eraYearName(d japan.Date) string {
	era, year := japan.EraOf(d)
	y, _, _ := d.Civil()
	switch year {
	case 0:
		return fmt.Sprintf("%d年", y)
	case 1:
		return era.Name + "元年"
	}
	return fmt.Sprintf("%s%d年", era.Name, year)
}
