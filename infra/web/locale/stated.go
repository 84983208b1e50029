package locale

import (
	"regexp"
	"strconv"
	"strings"
)

// Stated is a figure as a sentence of a work-plan sheet prints it.
type Stated struct {
	Value, Previous int
	HasPrevious     bool
	EndOfMonth      int // 2 for 2月末現在, 0 if no time is stated
	From, To        int // bytes of the value in the sentence
	PrevFrom        int
	PrevTo          int
}

var (
	statedValue    = `[^0-9。、]{0,8}([0-9][0-9,]*)(?:件|人|名)?(?:（前年度 ?([0-9][0-9,]*)(?:件|人|名)?）)?`
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
		s.HasPrevious, s.PrevFrom, s.PrevTo, s.Previous = true, m[4], m[5], wholeNumber(sentence[m[4]:m[5]])
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
