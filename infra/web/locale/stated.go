package locale

import (
	"regexp"
	"strconv"
	"strings"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Stated is a figure as a sentence of a work-plan sheet prints it.
type Stated struct {
	Value, Previous int
	HasPrevious     bool
	EndOfMonth      int // 2 for 2月末現在, 0 if no time is stated
	From, To        int // bytes of the value in the sentence
	PrevFrom        int
	PrevTo          int
	Unit            string // as printed after the value, "" if none is
}

// StatedFigure is a stated figure with the rule that counts it and the last day
// it is counted to.
type StatedFigure struct {
	Stated
	Definition indicator.Definition
	Until      japan.Date
}

// statable are the indicators whose figures sentences of a sheet state.
var statable = []string{"C1", "C2"}

// FindAllStated finds every figure of a year that a sentence of a sheet states.
func FindAllStated(book *indicator.Book, sentence string, year japan.FiscalYear) (out []StatedFigure) {
	for _, id := range statable {
		def, ok := book.InForce(id, year.First())
		if !ok {
			continue
		}
		if found, ok := FindStated(sentence, def.Name["ja"]); ok {
			out = append(out, StatedFigure{found, def, endOfMonth(year, found.EndOfMonth)})
		}
	}
	return out
}

// endOfMonth is the last day of a calendar month inside a fiscal year; the last
// day of the year where no month is stated.
func endOfMonth(year japan.FiscalYear, month int) japan.Date {
	for d := year.First(); d <= year.Last(); d = d.AddMonths(1) {
		if _, m, _ := d.Civil(); m == month {
			return d.MonthLast()
		}
	}
	return year.Last()
}

var (
	statedValue    = `[^0-9。、]{0,8}([0-9][0-9,]*)(件|人|名)?(?:（前年度 ?([0-9][0-9,]*)(?:件|人|名)?）)?`
	statedEndMonth = regexp.MustCompile(`([0-9]{1,2})月末現在`)
)

// FindStated finds the figure that a Japanese sentence states after the public
// name of an indicator; false if it states none. Sheets are written in Japanese
// whatever language they are read in.
func FindStated(sentence, name string) (Stated, bool) {
	m := regexp.MustCompile(regexp.QuoteMeta(name) + statedValue).FindStringSubmatchIndex(sentence)
	if m == nil {
		return Stated{}, false
	}
	s := Stated{From: m[2], To: m[3], Value: wholeNumber(sentence[m[2]:m[3]])}
	if m[4] >= 0 {
		s.Unit = sentence[m[4]:m[5]]
	}
	if m[6] >= 0 {
		s.HasPrevious, s.PrevFrom, s.PrevTo, s.Previous = true, m[6], m[7], wholeNumber(sentence[m[6]:m[7]])
	}
	if month := statedEndMonth.FindStringSubmatch(sentence); month != nil {
		s.EndOfMonth = wholeNumber(month[1])
	}
	return s, true
}

func wholeNumber(digits string) int {
	n, err := strconv.Atoi(strings.ReplaceAll(digits, ",", ""))
	if err != nil {
		return 0
	}
	return n
}
