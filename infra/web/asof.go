package web

import (
	"strings"

	"ayumi/infra/web/locale"
)

// AsOfBar asks at which moment the records are read. The whole state is in the
// address: a form by GET.
type AsOfBar struct {
	W        *locale.Words
	Action   string
	Hidden   []Option // the other parameters of the address
	Date     string   // as typed or as resolved
	Error    string
	Resolved string // words: how many records up to when
	Months   []SliderMonth
	Ends     []Option // until which day is counted; none: not asked
	Index    int      // chosen month, -1 outside the year
	Spread   bool     // the stops are days as they come: only the ends are named
	Then     bool
	Lens     bool // the two lenses are offered
	Play     string
}

// SliderMonth is one stop of the slider: the last day of a month.
type SliderMonth struct{ ISO, Name string }

// Days are the stops as the script reads them.
func (b AsOfBar) Days() string {
	days := make([]string, len(b.Months))
	for i, m := range b.Months {
		days[i] = m.ISO
	}
	return strings.Join(days, " ")
}

// Fill is how many elevenths of the slider lie before the chosen stop.
func (b AsOfBar) Fill() int {
	if b.Index <= 0 || b.Last() == 0 {
		return 0
	}
	return (b.Index*11 + b.Last()/2) / b.Last()
}

// Last is the highest stop of the slider.
func (b AsOfBar) Last() int { return len(b.Months) - 1 }
