package locale

import (
	"regexp"
	"slices"
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

// FindAllStated finds every figure of a year that a sentence of a sheet states by
// the public name of a shipped or approved indicator. It never guesses: a name
// inside a longer one, names that share a number, and a number that is a year, a
// percentage or part of another number state nothing.
func FindAllStated(book *indicator.Book, sentence string, year japan.FiscalYear) (out []StatedFigure) {
	all := namesIn(book, sentence, year)
	for _, n := range all {
		if slices.ContainsFunc(out, func(o StatedFigure) bool { return o.Definition.Indicator == n.def.Indicator }) {
			continue
		}
		if found, ok := n.stated(sentence, all); ok {
			out = append(out, StatedFigure{found, n.def, endOfMonth(year, found.EndOfMonth)})
		}
	}
	return slices.DeleteFunc(out, func(x StatedFigure) bool {
		return slices.ContainsFunc(out, func(o StatedFigure) bool {
			return o.From == x.From && o.Definition.Indicator != x.Definition.Indicator
		})
	})
}

// spelled is the name of an indicator at a place of a sentence, in bytes.
type spelled struct {
	def      indicator.Definition
	from, to int
}

// namesIn finds the names of the indicators in force in a sentence, without those
// inside a longer one, in order of the book.
func namesIn(book *indicator.Book, sentence string, year japan.FiscalYear) []spelled {
	var out []spelled
	seen := map[string]bool{}
	for _, d := range book.All() {
		def, ok := book.InForce(d.Indicator, year.First())
		name := def.Name["ja"]
		if !ok || seen[d.Indicator] || name == "" {
			continue
		}
		seen[d.Indicator] = true
		for from := 0; ; {
			at := strings.Index(sentence[from:], name)
			if at < 0 {
				break
			}
			out = append(out, spelled{def, from + at, from + at + len(name)})
			from += at + len(name)
		}
	}
	return slices.DeleteFunc(slices.Clone(out), func(n spelled) bool {
		return slices.ContainsFunc(out, func(o spelled) bool { return o.from <= n.from && n.to <= o.to && o.to-o.from > n.to-n.from })
	})
}

// joined are the words that make one number of two names.
var joined = []string{"と", "、", "・", "及び", "および", "や", "＋", "+"}

// stated is the figure behind a name, unless the number is another's too.
func (n spelled) stated(sentence string, all []spelled) (Stated, bool) {
	s, ok := FindStated(sentence[n.from:], n.def.Name["ja"])
	if !ok {
		return s, false
	}
	s.From, s.To = s.From+n.from, s.To+n.from
	if s.HasPrevious {
		s.PrevFrom, s.PrevTo = s.PrevFrom+n.from, s.PrevTo+n.from
	}
	if month := statedEndMonth.FindStringSubmatch(sentence); month != nil {
		s.EndOfMonth = wholeNumber(month[1])
	}
	if !strings.HasPrefix(sentence[n.from:], n.def.Name["ja"]) || notCounted.MatchString(sentence[s.To+len(s.Unit):]) {
		return s, false
	}
	for _, o := range all {
		if o.from >= n.to && o.to <= s.From { // another name stands nearer
			return s, false
		}
		if o.to <= n.from && slices.Contains(joined, strings.TrimSpace(sentence[o.to:n.from])) {
			return s, false
		}
	}
	return s, true
}

// notCounted begins what follows a number that is no count: the rest of a longer
// number, a percentage, a year or a day.
var notCounted = regexp.MustCompile(`^(?:[0-9０-９.．%％]|年|月|日|割|倍|歳|回目|分の)`)

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
