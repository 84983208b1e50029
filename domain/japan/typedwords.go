package japan

import (
	"regexp"
	"strings"
)

// nearDays are the words for days around today.
var nearDays = map[string]int{
	"一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "yesterday": -1,
	"今日": 0, "本日": 0, "きょう": 0, "today": 0,
	"明日": 1, "あした": 1, "あす": 1, "tomorrow": 1, "明後日": 2, "あさって": 2,
}

// channels are the words for ways to meet with the codes of the event log; a
// word stands before those it begins with.
var channels = []struct{ word, code string }{
	{"オンライン", "online"}, {"online", "online"}, {"zoom", "online"},
	{"来所", "in_person"}, {"面談", "in_person"}, {"対面", "in_person"}, {"窓口", "in_person"}, {"in person", "in_person"},
	{"電話", "phone"}, {"phone", "phone"}, {"tel", "phone"},
	{"メール", "email"}, {"e-mail", "email"}, {"email", "email"}, {"mail", "email"},
	{"line", "line"}, {"ライン", "line"},
	{"郵送", "letter"}, {"手紙", "letter"}, {"fax", "letter"}, {"letter", "letter"},
	{"出張相談", "visiting_desk"}, {"出張", "visiting_desk"},
	{"フェア", "fair_booth"}, {"fair", "fair_booth"}, {"セミナー", "seminar_individual"}, {"seminar", "seminar_individual"},
	{"ツアー", "tour"}, {"tour", "tour"}, {"訪問", "home_visit"}, {"visit", "home_visit"},
}

var (
	bareWeekday  = regexp.MustCompile(`^` + weekday + `(?:曜日?)?$`)
	shownWeekday = regexp.MustCompile(`^(?:[(]\s*` + weekday + `(?:曜日?)?\s*[)]|` + weekday + `曜日?|[(](sun|mon|tue|wed|thu|fri|sat)[a-z]*[)])`)
	clockTime    = regexp.MustCompile(`^(午前|午後|am|pm)?\s*(\d{1,2})(?:(?::(\d{2})|時(?:(\d{1,2})分|(半))?)(am|pm)?|(am|pm))(?:から|ごろ|頃|~|〜)?`)
)

// readWord reads a date written as a word: a day near today or a weekday. What
// follows the word without a space, as in 明日電話, is left for the rest.
func readWord(r reader, m []string) (Typed, error) {
	for length := len(m[0]); length > 0; length-- {
		if days, ok := nearDays[m[0][:length]]; ok {
			m[0] = m[0][:length]
			return Typed{Date: r.today.Add(days), Precision: PrecisionDay}, nil
		}
	}
	day := bareWeekday.FindStringSubmatch(m[0])
	if day == nil {
		return Typed{}, unreadable
	}
	ahead := (int(weekdayOf(day[1])) - int(r.today.Weekday()) + 7) % 7
	if !r.coming && ahead > 0 {
		ahead -= 7
	}
	return Typed{Date: r.today.Add(ahead), Precision: PrecisionDay}, nil
}

// readExtras reads the weekday, the time and the way to meet behind a date, each
// at most once and in any order, and reports whether nothing else is there.
func readExtras(t *Typed, rest string) bool {
	weekdaySeen := false
	for {
		rest = strings.TrimLeft(rest, " \t,、・の")
		if rest == "" {
			return true
		}
		if m := shownWeekday.FindStringSubmatch(rest); m != nil && !weekdaySeen {
			weekdaySeen = true
			if !t.fallsOn(m[1] + m[2] + m[3]) {
				return false
			}
			rest = rest[len(m[0]):]
			continue
		}
		length, ok := t.readClock(rest)
		if !ok {
			length, ok = t.readChannel(rest)
		}
		if !ok {
			return false
		}
		rest = rest[length:]
	}
}

// fallsOn reports whether a weekday written beside the date is the date's own.
func (t *Typed) fallsOn(day string) bool {
	return t.Precision == PrecisionDay && weekdayOf(day) == t.Date.Weekday()
}

func (t *Typed) readClock(s string) (length int, ok bool) {
	m := clockTime.FindStringSubmatch(s)
	if m == nil || t.Clock != nil || t.Precision != PrecisionDay {
		return 0, false
	}
	hour, _ := digits(m[2])
	minute, _ := digits(m[3] + m[4])
	if m[5] != "" {
		minute = 30
	}
	hour, ok = hourOfDay(hour, m[1]+m[6]+m[7])
	if !ok || minute > 59 {
		return 0, false
	}
	clock := hour*100 + minute
	t.Clock = &clock
	return len(m[0]), true
}

// hourOfDay puts an hour of the forenoon or afternoon on the clock of 24 hours.
func hourOfDay(hour int, half string) (int, bool) {
	switch half {
	case "":
		return hour, hour <= 23
	case "午後", "pm":
		return hour%12 + 12, hour <= 12
	case "午前", "am":
		return hour % 12, hour <= 12
	}
	return 0, false
}

func (t *Typed) readChannel(s string) (length int, ok bool) {
	if t.Channel != "" {
		return 0, false
	}
	for _, c := range channels {
		rest, found := strings.CutPrefix(s, c.word)
		if !found {
			continue
		}
		t.Channel = c.code
		for _, tail := range []string{"面談", "相談", "で"} {
			rest = strings.TrimPrefix(rest, tail)
		}
		return len(s) - len(rest), true
	}
	return 0, false
}
