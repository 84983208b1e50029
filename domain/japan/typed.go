package japan

import (
	"regexp"
	"strings"
	"time"
)

// Precision of a date, with the codes of the event log.
const (
	PrecisionDay        = "day"
	PrecisionMonth      = "month"
	PrecisionYear       = "year"
	PrecisionFiscalYear = "fiscal_year"
)

// Typed is what a person meant by a typed date.
type Typed struct {
	Date      Date   // first day of the interval the precision names
	Precision string // a Precision code
	Clock     *int   // HHMM, or nil
	Channel   string // the code of the way to meet, as in online, or ""
	// EraRead says that the day was typed under an era it does not belong to
	// and was read under its own: the answer is shown as date.era-read.
	EraRead bool
}

// Misread is the refusal of a typed date. Its key is Unreadable, NoSuchDay or
// Future; Month and Day are what was typed where there is no such day.
type Misread struct {
	Key        Fault
	Month, Day int
}

// Error returns the key: what was typed may be personal.
func (m *Misread) Error() string { return m.Key.Error() }

// Unwrap returns the key as a Fault, for errors.Is.
func (m *Misread) Unwrap() error { return m.Key }

// maxTyped is the length in bytes beyond which text is no typed date.
const maxTyped = 200

// ReadPast reads a typed date of something that happened: a day without a year
// and a bare weekday are the last one up to today, and a day after today is
// Future. The error is a *Misread.
func ReadPast(text string, today Date) (Typed, error) {
	t, err := read(text, reader{today: today})
	if err != nil {
		return Typed{}, err
	}
	if t.Date > today {
		return Typed{}, &Misread{Key: Future}
	}
	return t, nil
}

// ReadComing reads a typed date of something planned: a day without a year and
// a bare weekday are the next one from today. Days in the past are taken too.
// The error is a *Misread.
func ReadComing(text string, today Date) (Typed, error) {
	return read(text, reader{today: today, coming: true})
}

// reader is where a relative date starts from and in which direction an
// incomplete one is completed.
type reader struct {
	today  Date
	coming bool
}

var unreadable = &Misread{Key: Unreadable}

func read(text string, r reader) (Typed, error) {
	if len(text) > maxTyped || !r.today.Valid() {
		return Typed{}, unreadable
	}
	s := strings.ToLower(strings.TrimSpace(narrow(text)))
	for _, form := range forms {
		m := form.shape.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if cutsNumber(m[0], s[len(m[0]):]) {
			return Typed{}, unreadable
		}
		t, err := form.read(r, m)
		if err != nil {
			return Typed{}, err
		}
		return finish(t, s[len(m[0]):])
	}
	return Typed{}, unreadable
}

// finish reads what stands behind the date.
func finish(t Typed, rest string) (Typed, error) {
	if !t.Date.Valid() || !readExtras(&t, rest) {
		return Typed{}, unreadable
	}
	return t, nil
}

// cutsNumber reports whether a date stops in the middle of a number, a time or
// a longer date.
func cutsNumber(date, rest string) bool {
	last := date[len(date)-1]
	return last >= '0' && last <= '9' && goesOn.MatchString(rest)
}

var goesOn = regexp.MustCompile(`^(?:[\d:]|[-./]\d)`)

const (
	gap     = `(?:\s*[-./,、・ー‐‑‒–—―−年月]\s*|\s+)`
	anyYear = `(?:(?:西暦)?(\d{4})|(明治|大正|昭和|平成|令和|[mtshr])\s*\.?\s*(元|\d{1,2}))`
	weekday = `([日月火水木金土])`
)

// form is one way to write a date: its shape at the front of the text and what
// the groups of the shape mean.
type form struct {
	shape *regexp.Regexp
	read  func(r reader, m []string) (Typed, error)
}

// forms in the order they are tried: the longest first.
var forms = []form{
	{regexp.MustCompile(`^` + anyYear + `\s*年?度`), readFiscalYear},
	{regexp.MustCompile(`^` + anyYear + gap + `(\d{1,2})` + gap + `(\d{1,2}|末)(?:\s*日)?`), readFull},
	{regexp.MustCompile(`^(\d{4})()()(\d{2})(\d{2})\b`), readFull},
	{regexp.MustCompile(`^()([mtshr])(\d{2})(\d{2})(\d{2})\b`), readFull},
	{regexp.MustCompile(`^` + anyYear + gap + `(\d{1,2})(?:\s*月)?`), readMonth},
	{regexp.MustCompile(`^` + anyYear + `\s*年`), readYear},
	{regexp.MustCompile(`^(\d{1,3})\s*(日|週間?)(前|後)`), readDistance},
	{regexp.MustCompile(`^(\d{1,2})` + gap + `(\d{1,2}|末)(?:\s*日)?`), readMonthDay},
	{regexp.MustCompile(`^(先月|今月|来月)の?(\d{1,2}日|末)`), readNearMonth},
	{regexp.MustCompile(`^(先々週|先週|今週|来週|再来週)\s*の?` + weekday + `(?:曜日?)?`), readWeek},
	{regexp.MustCompile(`^(last |this |next )\s*(sun|mon|tue|wed|thu|fri|sat)[a-z]*`), readWeek},
	{regexp.MustCompile(`^([\p{Han}\p{Hiragana}]+|[a-z]+)`), readWord},
}

func readFull(r reader, m []string) (Typed, error) {
	era, year, ok := yearOf(m[1], m[2], m[3])
	if !ok {
		return Typed{}, unreadable
	}
	d, err := dayOf(year, m[4], m[5])
	if err != nil {
		return Typed{}, err
	}
	return underEra(Typed{Date: d, Precision: PrecisionDay}, era, d)
}

func readMonth(r reader, m []string) (Typed, error) {
	era, year, ok := yearOf(m[1], m[2], m[3])
	if !ok {
		return Typed{}, unreadable
	}
	d, err := dayOf(year, m[4], "1")
	if err != nil {
		return Typed{}, err
	}
	return underEra(Typed{Date: d, Precision: PrecisionMonth}, era, d.MonthLast())
}

func readYear(r reader, m []string) (Typed, error) {
	era, year, ok := yearOf(m[1], m[2], m[3])
	if !ok {
		return Typed{}, unreadable
	}
	return underEra(Typed{Date: civil(year, 1, 1), Precision: PrecisionYear}, era, civil(year, 12, 31))
}

func readFiscalYear(r reader, m []string) (Typed, error) {
	era, year, ok := yearOf(m[1], m[2], m[3])
	if !ok {
		return Typed{}, unreadable
	}
	f := FiscalYear(year)
	return underEra(Typed{Date: f.First(), Precision: PrecisionFiscalYear}, era, f.Last())
}

// yearOf returns the Gregorian year of a typed one, and its era if it has one.
func yearOf(gregorian, mark, number string) (Era, int, bool) {
	if gregorian != "" {
		y, ok := digits(gregorian)
		return Era{}, y, ok && y > 0
	}
	era, _, _ := cutEra(mark)
	if len(number) == 2 {
		number = strings.TrimPrefix(number, "0")
	}
	n, ok := eraNumber(number)
	return era, era.before + n, ok
}

// dayOf returns the day of a typed month, 末 being its last.
func dayOf(year int, month, day string) (Date, error) {
	m, _ := digits(month)
	if day == "末" && m >= 1 && m <= 12 {
		return civil(year, m, daysIn(year, m)), nil
	}
	n, ok := digits(day)
	if !ok {
		n = 1
	}
	d, err := Civil(year, m, n)
	if err != nil {
		return 0, &Misread{Key: NoSuchDay, Month: m, Day: n}
	}
	return d, nil
}

// underEra notes when no day of the interval up to last lies in the typed era.
// Before 明治6年 no day can be told from an era.
func underEra(t Typed, typed Era, last Date) (Typed, error) {
	if typed.Name == "" {
		return t, nil
	}
	first, _ := EraOf(t.Date)
	final, n := EraOf(last)
	if n == 0 {
		return Typed{}, unreadable
	}
	t.EraRead = typed.Name != first.Name && typed.Name != final.Name
	return t, nil
}

// readMonthDay completes a day without its year.
func readMonthDay(r reader, m []string) (Typed, error) {
	month, _ := digits(m[1])
	day, ok := digits(m[2])
	if !ok {
		day = 31
	}
	year, thisMonth, today := r.today.Civil()
	behind := month < thisMonth || month == thisMonth && day < today
	ahead := month > thisMonth || month == thisMonth && ok && day > today
	switch {
	case r.coming && behind:
		year++
	case !r.coming && ahead:
		year--
	}
	d, err := dayOf(year, m[1], m[2])
	return Typed{Date: d, Precision: PrecisionDay}, err
}

func readDistance(r reader, m []string) (Typed, error) {
	n, _ := digits(m[1])
	if m[2] != "日" {
		n *= 7
	}
	if m[3] == "前" {
		n = -n
	}
	return Typed{Date: r.today.Add(n), Precision: PrecisionDay}, nil
}

func readNearMonth(r reader, m []string) (Typed, error) {
	step := map[string]int{"先月": -1, "今月": 0, "来月": 1}[m[1]]
	y, month, _ := r.today.MonthFirst().AddMonths(step).Civil()
	if m[2] == "末" {
		return Typed{Date: civil(y, month, daysIn(y, month)), Precision: PrecisionDay}, nil
	}
	day, _ := digits(strings.TrimSuffix(m[2], "日"))
	d, err := Civil(y, month, day)
	if err != nil {
		return Typed{}, &Misread{Key: NoSuchDay, Month: month, Day: day}
	}
	return Typed{Date: d, Precision: PrecisionDay}, nil
}

// readWeek counts weeks from Monday, as offices do.
func readWeek(r reader, m []string) (Typed, error) {
	weeks := map[string]int{
		"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2, "last ": -1, "this ": 0, "next ": 1,
	}[m[1]]
	monday := r.today.Add(-sinceMonday(r.today.Weekday()))
	return Typed{Date: monday.Add(7*weeks + sinceMonday(weekdayOf(m[2]))), Precision: PrecisionDay}, nil
}

func sinceMonday(w time.Weekday) int { return (int(w) + 6) % 7 }

// weekdayOf reads one kanji or the first letters of an English day.
func weekdayOf(s string) time.Weekday {
	for i, r := range weekdays {
		w := time.Weekday(i)
		if s == string(r) || strings.HasPrefix(strings.ToLower(w.String()), s) {
			return w
		}
	}
	return -1
}
