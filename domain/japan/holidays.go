package japan

import "time"

// holidayRule is one day of the holiday act (Act 178 of 1948) with the years
// it was in force: a fixed day, or the nth Monday of the month.
type holidayRule struct {
	name     string
	month    int
	day      int
	monday   int
	from, to int
}

const inForce = 9999

var holidayRules = []holidayRule{
	{name: "元日", month: 1, day: 1, from: 1949, to: inForce},
	{name: "成人の日", month: 1, day: 15, from: 1949, to: 1999},
	{name: "成人の日", month: 1, monday: 2, from: 2000, to: inForce},
	{name: "建国記念の日", month: 2, day: 11, from: 1967, to: inForce},
	{name: "天皇誕生日", month: 2, day: 23, from: 2020, to: inForce},
	{name: "昭和天皇の大喪の礼", month: 2, day: 24, from: 1989, to: 1989},
	{name: "皇太子明仁親王の結婚の儀", month: 4, day: 10, from: 1959, to: 1959},
	{name: "天皇誕生日", month: 4, day: 29, from: 1949, to: 1988},
	{name: "みどりの日", month: 4, day: 29, from: 1989, to: 2006},
	{name: "昭和の日", month: 4, day: 29, from: 2007, to: inForce},
	{name: "天皇の即位の日", month: 5, day: 1, from: 2019, to: 2019},
	{name: "憲法記念日", month: 5, day: 3, from: 1949, to: inForce},
	{name: "みどりの日", month: 5, day: 4, from: 2007, to: inForce},
	{name: "こどもの日", month: 5, day: 5, from: 1949, to: inForce},
	{name: "皇太子徳仁親王の結婚の儀", month: 6, day: 9, from: 1993, to: 1993},
	{name: "海の日", month: 7, day: 20, from: 1996, to: 2002},
	{name: "海の日", month: 7, monday: 3, from: 2003, to: 2019},
	{name: "海の日", month: 7, day: 23, from: 2020, to: 2020},
	{name: "海の日", month: 7, day: 22, from: 2021, to: 2021},
	{name: "海の日", month: 7, monday: 3, from: 2022, to: inForce},
	{name: "スポーツの日", month: 7, day: 24, from: 2020, to: 2020},
	{name: "スポーツの日", month: 7, day: 23, from: 2021, to: 2021},
	{name: "山の日", month: 8, day: 11, from: 2016, to: 2019},
	{name: "山の日", month: 8, day: 10, from: 2020, to: 2020},
	{name: "山の日", month: 8, day: 8, from: 2021, to: 2021},
	{name: "山の日", month: 8, day: 11, from: 2022, to: inForce},
	{name: "敬老の日", month: 9, day: 15, from: 1966, to: 2002},
	{name: "敬老の日", month: 9, monday: 3, from: 2003, to: inForce},
	{name: "体育の日", month: 10, day: 10, from: 1966, to: 1999},
	{name: "体育の日", month: 10, monday: 2, from: 2000, to: 2019},
	{name: "即位礼正殿の儀", month: 10, day: 22, from: 2019, to: 2019},
	{name: "スポーツの日", month: 10, monday: 2, from: 2022, to: inForce},
	{name: "文化の日", month: 11, day: 3, from: 1948, to: inForce},
	{name: "即位礼正殿の儀", month: 11, day: 12, from: 1990, to: 1990},
	{name: "勤労感謝の日", month: 11, day: 23, from: 1948, to: inForce},
	{name: "天皇誕生日", month: 12, day: 23, from: 1989, to: 2018},
}

// rulesOfMonth are the same by month, from 1.
var rulesOfMonth = func() (out [13][]holidayRule) {
	for _, r := range holidayRules {
		out[r.month] = append(out[r.month], r)
	}
	return out
}()

var (
	actInForce    = On(1948, 7, 20)
	substituteDue = On(1973, 4, 12)  // 振替休日
	betweenDue    = On(1985, 12, 27) // 国民の休日
	longSubstDue  = On(2007, 1, 1)   // 振替休日 moves past further holidays
)

// Holiday returns the name of the national holiday on a day, and "" on all
// other days: the act as in force on that day, with 振替休日 and 国民の休日. The
// equinoxes are computed for 1948 to 2150; the government announces each of
// them in the February of the year before.
func Holiday(d Date) string {
	if d < actInForce {
		return ""
	}
	if name := statutory(d); name != "" {
		return name
	}
	if substituted(d) {
		return "振替休日"
	}
	if d >= betweenDue && d.Weekday() != time.Sunday && statutory(d-1) != "" && statutory(d+1) != "" {
		return "国民の休日"
	}
	return ""
}

// statutory returns the name of the day where the act names the day itself.
func statutory(d Date) string {
	y, m, day := d.Civil()
	if d < actInForce {
		return ""
	}
	for _, r := range rulesOfMonth[m] {
		if r.from <= y && y <= r.to && r.onDay(d, day) {
			return r.name
		}
	}
	switch {
	case m == 3 && day == equinox(y, 20.8357, 20.8431, 21.8510):
		return "春分の日"
	case m == 9 && day == equinox(y, 23.2588, 23.2488, 24.2488):
		return "秋分の日"
	}
	return ""
}

func (r holidayRule) onDay(d Date, day int) bool {
	if r.monday == 0 {
		return r.day == day
	}
	return d.Weekday() == time.Monday && (day+6)/7 == r.monday
}

// equinox returns the day of March or September by the customary mean-sun
// formula, whose constant differs before 1980 and from 2100.
func equinox(y int, before1980, until2099, from2100 float64) int {
	constant, base := until2099, 1980
	switch {
	case y < 1980:
		constant, base = before1980, 1983
	case y >= 2100:
		constant = from2100
	}
	return int(constant + 0.242194*float64(y-1980) - float64((y-base)/4))
}

// substituted reports whether a day that is no holiday itself stands in for a
// holiday on a Sunday: the Monday after it, and since 2007 the first day after
// it that is no holiday.
func substituted(d Date) bool {
	if d < substituteDue {
		return false
	}
	for b := d - 1; b >= substituteDue && statutory(b) != ""; b-- {
		if b.Weekday() == time.Sunday {
			return true
		}
		if d < longSubstDue {
			return false
		}
	}
	return false
}

// WorkingDay reports whether offices work on a day: Monday to Friday, no
// national holiday, and not 29 December to 3 January.
func WorkingDay(d Date) bool {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	_, m, day := d.Civil()
	if m == 12 && day >= 29 || m == 1 && day <= 3 {
		return false
	}
	return Holiday(d) == ""
}

// NthWorkingDay returns the nth working day of the month around a day, from 1,
// and no date when the month has fewer.
func NthWorkingDay(month Date, n int) Date {
	for d := month.MonthFirst(); d <= month.MonthLast(); d++ {
		if !WorkingDay(d) {
			continue
		}
		if n--; n == 0 {
			return d
		}
	}
	return 0
}

// LateLimit returns the last day on which what occurred on a day is recorded in
// time: the 5th working day of the following month (events.md 9).
func LateLimit(occurred Date) Date {
	return NthWorkingDay(occurred.MonthFirst().AddMonths(1), 5)
}
