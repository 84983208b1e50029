// Package japan holds what an office in Japan takes for granted about days,
// eras, holidays, places and the spelling of names. It is pure: it reads no
// clock, no locale and no time zone of the machine.
package japan

import (
	"fmt"
	"time"
)

// Zone is Japan standard time, fixed at +09:00: there is no daylight saving,
// and the machine's own zone data is never consulted.
var Zone = time.FixedZone("JST", 9*60*60)

// Date is a civil day in Japan: the number of days since 0000-12-31 in the
// proleptic Gregorian calendar, so that 0001-01-01 is 1. The zero value means
// "no date". Dates compare with < and ==.
type Date int32

const (
	unixEpoch Date = 719163  // 1970-01-01
	lastDate  Date = 3652059 // 9999-12-31
)

// Fault is the reason a typed value was refused: a key of the language tables,
// never the value itself, which may be personal.
type Fault string

// Error returns the key.
func (f Fault) Error() string { return string(f) }

// The faults of dates.
const (
	// Unreadable is text in none of the known forms.
	Unreadable Fault = "date.unreadable"
	// NoSuchDay is a day, month or time the calendar does not have.
	NoSuchDay Fault = "date.no-such-day"
	// Future is a day after the day of reference where only past days make sense.
	Future Fault = "date.future"
)

// On returns the day y-m-d and panics when the calendar has no such day. It is
// meant for constants and tests; data goes through Civil or ParseDate.
func On(y, m, d int) Date {
	date, err := Civil(y, m, d)
	if err != nil {
		panic(fmt.Sprintf("japan: no day %04d-%02d-%02d", y, m, d))
	}
	return date
}

// Civil returns the day y-m-d, or NoSuchDay outside 0001-01-01…9999-12-31 and
// for days such as 30 February.
func Civil(y, m, d int) (Date, error) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, NoSuchDay
	}
	return civil(y, m, d), nil
}

func civil(y, m, d int) Date {
	before := y - 1
	days := 365*before + before/4 - before/100 + before/400 + daysBefore[m-1] + d
	if m > 2 && leap(y) {
		days++
	}
	return Date(days)
}

// daysBefore are the days of a common year before each month.
var daysBefore = [13]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	if m == 2 && leap(y) {
		return 29
	}
	return daysBefore[m] - daysBefore[m-1]
}

// ParseDate reads exactly YYYY-MM-DD. It returns Unreadable for any other
// form, the empty string included, and NoSuchDay for an impossible day.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, Unreadable
	}
	y, okY := digits(s[:4])
	m, okM := digits(s[5:7])
	d, okD := digits(s[8:])
	if !okY || !okM || !okD {
		return 0, Unreadable
	}
	return Civil(y, m, d)
}

// digits reads a short run of ASCII digits and nothing else.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 8 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// DateOf returns the civil day in Japan of an instant; the zero instant has
// no date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.In(Zone).Date()
	return civil(y, int(m), d)
}

// String returns YYYY-MM-DD, and "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalText writes the form of String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of ParseDate; empty text is no date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Valid reports whether d is a day from 0001-01-01 to 9999-12-31.
func (d Date) Valid() bool { return d >= 1 && d <= lastDate }

// Civil returns the parts of the day, and zeros for no date.
func (d Date) Civil() (y, m, day int) {
	if d == 0 {
		return 0, 0, 0
	}
	year, month, day := d.utc().Date()
	return year, int(month), day
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Unix(int64(d-unixEpoch)*86400, 0).UTC() }

// Add returns the day a number of days later; no date stays no date.
func (d Date) Add(days int) Date {
	if d == 0 {
		return 0
	}
	return d + Date(days)
}

// AddMonths returns the same day of the month n months later, or the last day
// of that month when it is shorter: 2020-01-31 plus one month is 2020-02-29.
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	y, m, day := d.Civil()
	first := time.Date(y, time.Month(m+n), 1, 0, 0, 0, 0, time.UTC)
	y, m = first.Year(), int(first.Month())
	return civil(y, m, min(day, daysIn(y, m)))
}

// MonthFirst returns the first day of d's month.
func (d Date) MonthFirst() Date {
	_, _, day := d.Civil()
	return d.Add(1 - day)
}

// MonthLast returns the last day of d's month.
func (d Date) MonthLast() Date { return d.MonthFirst().AddMonths(1).Add(-1) }

// Start returns 00:00 JST of the day; no date has the zero instant.
func (d Date) Start() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return d.utc().Add(-9 * time.Hour).In(Zone)
}

// End returns 24:00 JST of the day: the first instant that no longer belongs
// to it. No date has the zero instant.
func (d Date) End() time.Time { return d.Add(1).Start() }

// ParseInstant reads an RFC 3339 instant, as in recorded_at, and returns it in
// UTC. It returns Unreadable for anything else, and outside the years 1 to 9999.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if y := t.UTC().Year(); err != nil || y < 1 || y > 9999 {
		return time.Time{}, Unreadable
	}
	return t.UTC(), nil
}

// FormatInstant writes an instant in UTC with milliseconds, cutting what is
// finer: 2020-03-16T01:02:03.000Z.
func FormatInstant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
