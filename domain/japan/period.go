package japan

import (
	"fmt"
	"strings"
)

// Period is a closed range of days: both ends belong to it. The zero value
// holds no day.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Contains reports whether d lies in the period; no date lies in none.
func (p Period) Contains(d Date) bool { return d != 0 && p.From <= d && d <= p.To }

// Valid reports whether the period has two valid ends in order.
func (p Period) Valid() bool { return p.From.Valid() && p.To.Valid() && p.From <= p.To }

// Days returns the number of days in the period.
func (p Period) Days() int {
	if !p.Valid() {
		return 0
	}
	return int(p.To-p.From) + 1
}

// MonthOf returns the calendar month around a day.
func MonthOf(d Date) Period { return Period{d.MonthFirst(), d.MonthLast()} }

// ParsePeriod reads FY2019, FY2019-H1, CY2019, the month 2019-08 or the range
// 2019-04-01..2020-02-29. Anything else, a range that ends before it begins
// included, is BadPeriod.
func ParsePeriod(s string) (Period, error) {
	p, ok := Period{}, false
	switch {
	case strings.Contains(s, ".."):
		p, ok = parseRange(s)
	case strings.HasPrefix(s, "FY"):
		p, ok = parseFiscal(s[2:])
	case strings.HasPrefix(s, "CY"):
		p, ok = parseCalendarYear(s[2:])
	default:
		p, ok = parseMonth(s)
	}
	if !ok || !p.Valid() {
		return Period{}, BadPeriod
	}
	return p, nil
}

func parseRange(s string) (Period, bool) {
	from, to, _ := strings.Cut(s, "..")
	a, errA := ParseDate(from)
	b, errB := ParseDate(to)
	return Period{a, b}, errA == nil && errB == nil
}

func parseFiscal(s string) (Period, bool) {
	year, half, halved := strings.Cut(s, "-H")
	y, ok := digits(year)
	if !ok || len(year) != 4 || y < 1 || y > 9998 {
		return Period{}, false
	}
	if !halved {
		return FiscalYear(y).Whole(), true
	}
	n, ok := digits(half)
	return FiscalYear(y).Half(n), ok && len(half) == 1
}

func parseCalendarYear(s string) (Period, bool) {
	y, ok := digits(s)
	return Period{civil(y, 1, 1), civil(y, 12, 31)}, ok && len(s) == 4
}

func parseMonth(s string) (Period, bool) {
	first, err := ParseDate(s + "-01")
	return MonthOf(first), err == nil
}

// String returns the shortest form ParsePeriod reads back as the same period,
// and "" for the zero value.
func (p Period) String() string {
	if p == (Period{}) {
		return ""
	}
	f := FiscalYearOf(p.From)
	y, m, _ := p.From.Civil()
	switch p {
	case f.Whole():
		return f.String()
	case f.Half(1):
		return f.String() + "-H1"
	case f.Half(2):
		return f.String() + "-H2"
	case Period{civil(y, 1, 1), civil(y, 12, 31)}:
		return fmt.Sprintf("CY%04d", y)
	case MonthOf(p.From):
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	return p.From.String() + ".." + p.To.String()
}
