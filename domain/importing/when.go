package importing

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var (
	serialDay   = regexp.MustCompile(`^[2-7]\d{4}(?:\.\d+)?$`)
	fraction    = regexp.MustCompile(`^0?\.\d+$`)
	withoutYear = regexp.MustCompile(`^\d{1,2}\s*[/月.・-]\s*\d{1,2}(?:[^\d/.-]|$)`)
	shortYear   = regexp.MustCompile(`^(\d{2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})$`)
	compact     = regexp.MustCompile(`^\d{3,4}$`)
	span        = regexp.MustCompile(`\s*(?:[~〜～ー―–—]|から|-)\s*`)
)

// day reads a cell that says when something happened. Days of a workbook without
// their format are counted from its first; a day without a year is of the fiscal
// year the ledger is of; what hangs on the day of writing (昨日) is refused.
func (r *reader) day(text string) (japan.Typed, *domain.Refusal) {
	if was, ok := r.days[text]; ok {
		return was.typed, was.fault
	}
	t, fault := r.readDay(text)
	r.days[text] = dayRead{t, fault}
	return t, fault
}

type dayRead struct {
	typed japan.Typed
	fault *domain.Refusal
}

func (r *reader) readDay(text string) (japan.Typed, *domain.Refusal) {
	s := plain(text)
	if serialDay.MatchString(s) {
		return r.serial(s)
	}
	if withoutYear.MatchString(s) {
		if r.m.Year == 0 {
			return japan.Typed{}, domain.RefuseField("import.no_year", "held_on")
		}
		return r.past(japan.ReadPast(s, r.m.Year.Last()))
	}
	t, err := japan.ReadPast(s, r.today)
	if err != nil {
		return r.past(t, err)
	}
	if was, err := japan.ReadPast(s, r.today.Add(-400)); err == nil && was.Date != t.Date {
		return japan.Typed{}, domain.RefuseField("import.relative", "held_on")
	}
	return r.past(t, nil)
}

func (r *reader) past(t japan.Typed, err error) (japan.Typed, *domain.Refusal) {
	var bad *japan.Misread
	switch {
	case errors.As(err, &bad) && bad.Key == japan.NoSuchDay:
		return t, domain.RefuseField("import.no_such_day", "held_on", "month", strconv.Itoa(bad.Month), "day", strconv.Itoa(bad.Day))
	case errors.As(err, &bad) && bad.Key == japan.Future, err == nil && t.Date > r.today:
		return t, domain.RefuseField("date.in_future", "held_on")
	case err != nil:
		return t, domain.RefuseField("import.date", "held_on")
	case t.Precision == japan.PrecisionYear || t.Precision == japan.PrecisionFiscalYear:
		return t, domain.RefuseField("import.date", "held_on")
	}
	return t, nil
}

// serial reads a number of days. Day 60 of the 1900 system never was.
func (r *reader) serial(s string) (japan.Typed, *domain.Refusal) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return japan.Typed{}, domain.RefuseField("import.date", "held_on")
	}
	days := int(math.Floor(n))
	first := japan.On(1899, 12, 30)
	if r.t.Since1904 {
		first = japan.On(1904, 1, 1)
	}
	t := japan.Typed{Date: first.Add(days), Precision: japan.PrecisionDay}
	if part := n - math.Floor(n); part > 0 {
		t.Clock = clockOf(part)
	}
	return r.past(t, nil)
}

// clockOf is a part of a day as HHMM.
func clockOf(part float64) *int {
	minutes := min(int(math.Round(part*24*60)), 24*60-1)
	at := minutes/60*100 + minutes%60
	return &at
}

// dayProposed is what a day with a year of two digits may have meant.
func (r *reader) dayProposed(text string) string {
	m := shortYear.FindStringSubmatch(plain(text))
	if m == nil {
		return ""
	}
	t, err := japan.ReadPast("20"+m[1]+"-"+m[2]+"-"+m[3], r.today)
	if err != nil {
		return ""
	}
	return t.Date.String()
}

// times reads a time, or two with a sign between them.
func times(text string) (from, to *int, ok bool) {
	s := plain(text)
	if s == "" {
		return nil, nil, true
	}
	parts := span.Split(s, -1)
	if len(parts) > 2 {
		return nil, nil, false
	}
	if from, ok = clock(parts[0]); !ok {
		return nil, nil, false
	}
	if len(parts) == 2 && parts[1] != "" {
		if to, ok = clock(parts[1]); !ok {
			return nil, nil, false
		}
	}
	return from, to, true
}

func clock(s string) (*int, bool) {
	s = strings.TrimSpace(s)
	if fraction.MatchString(s) {
		part, err := strconv.ParseFloat(s, 64)
		return clockOf(part), err == nil
	}
	if compact.MatchString(s) {
		s = s[:len(s)-2] + ":" + s[len(s)-2:]
	}
	t, err := japan.ReadPast("2000-01-01 "+s, japan.On(2000, 1, 1))
	return t.Clock, err == nil && t.Clock != nil
}

// plain is a text in half width without spaces around it.
func plain(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～' && r != '～':
			return r - '！' + '!'
		case r == '　', r == '\u00a0':
			return ' '
		case r == '−', r == '‐', r == '‑', r == '‒', r == '–':
			return '-'
		}
		return r
	}, text))
}
