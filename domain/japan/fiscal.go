package japan

import (
	"fmt"
	"strconv"
	"strings"
)

// FiscalYear is a Japanese fiscal year, 1 April to 31 March, named by the year
// of its April. The zero value means "no fiscal year".
type FiscalYear int

// BadPeriod is the fault of text that names no fiscal year or period.
const BadPeriod Fault = "period.unreadable"

// FiscalYearOf returns the fiscal year a day belongs to.
func FiscalYearOf(d Date) FiscalYear {
	y, m, _ := d.Civil()
	if m < 4 && d != 0 {
		y--
	}
	return FiscalYear(y)
}

// First returns 1 April of the year.
func (f FiscalYear) First() Date { return f.month(4) }

// Last returns 31 March of the following year.
func (f FiscalYear) Last() Date { return (f + 1).month(4).Add(-1) }

func (f FiscalYear) month(m int) Date { return civil(int(f), m, 1) }

// Whole returns the fiscal year as a period.
func (f FiscalYear) Whole() Period { return Period{f.First(), f.Last()} }

// Half returns April to September for 1 and October to March for 2. Any other
// n has no period.
func (f FiscalYear) Half(n int) Period {
	switch n {
	case 1:
		return Period{f.First(), f.month(10).Add(-1)}
	case 2:
		return Period{f.month(10), f.Last()}
	}
	return Period{}
}

// Until returns the fiscal year to date: 1 April to d, both included.
func (f FiscalYear) Until(d Date) Period { return Period{f.First(), d} }

// String returns FY2019, and "" for no fiscal year.
func (f FiscalYear) String() string {
	if f == 0 {
		return ""
	}
	return fmt.Sprintf("FY%04d", int(f))
}

// Japanese returns the official name. In a year whose era changes the whole
// year bears the new name: 2019 is 令和元年度. A year before 明治 is written
// with its Gregorian number.
func (f FiscalYear) Japanese() string {
	for i := len(eras) - 1; i >= 0; i-- {
		if n := int(f) - eras[i].before; n >= 1 && eras[i].First <= f.Last() {
			return eras[i].Name + eraYear(n) + "年度"
		}
	}
	return fmt.Sprintf("%04d年度", int(f))
}

// Alternates returns the other era names the year is known by: 平成31年度 for
// 2019, whose April was still 平成. It is empty for most years.
func (f FiscalYear) Alternates() []string {
	era, n := EraOf(f.First())
	if n == 0 {
		return nil
	}
	name := era.Name + eraYear(n) + "年度"
	if name == f.Japanese() {
		return nil
	}
	return []string{name}
}

// Label returns the official name with the others beside it:
// 令和元年度（平成31年度・2019）.
func (f FiscalYear) Label() string {
	others := append(f.Alternates(), strconv.Itoa(int(f)))
	return f.Japanese() + "（" + strings.Join(others, "・") + "）"
}

// ParseFiscalYearNear reads what ParseFiscalYear reads, and 31年度 or 元年度
// without an era as the one nearest to a known year, as in a sheet whose other
// columns name it; of two equally near the later.
func ParseFiscalYearNear(s string, near FiscalYear) (FiscalYear, error) {
	bare, isYear := strings.CutSuffix(strings.TrimSpace(narrow(s)), "年度")
	n, ok := eraNumber(bare)
	if !isYear || !ok {
		return ParseFiscalYear(s)
	}
	best := FiscalYear(eras[0].before + n)
	for _, e := range eras {
		if f := FiscalYear(e.before + n); max(f-near, near-f) <= max(best-near, near-best) {
			best = f
		}
	}
	return best, nil
}

// ParseFiscalYear reads a fiscal year by any of its names: FY2019, 2019,
// 2019年度, 令和元年度, 令和1年度, R1, 平成31年度, H31, ㍻31年度, and 元年度
// alone, which is of the newest era. Full-width digits and letters are taken.
// An era name may run past the era's end, as plans written before it do.
// Everything else, 31年度 without its era included, is BadPeriod.
func ParseFiscalYear(s string) (FiscalYear, error) {
	text := strings.TrimSuffix(strings.TrimSuffix(narrow(strings.TrimSpace(s)), "度"), "年")
	text = strings.TrimPrefix(strings.ToUpper(text), "FY")
	if y, ok := digits(text); ok && len(text) == 4 && y > 0 {
		return FiscalYear(y), nil
	}
	if text == "元" {
		return FiscalYear(eras[len(eras)-1].before + 1), nil
	}
	era, rest, ok := cutEra(text)
	n, okN := eraNumber(rest)
	if !ok || !okN {
		return 0, BadPeriod
	}
	return FiscalYear(era.before + n), nil
}

// eraYear writes a year of an era, the first as 元.
func eraYear(n int) string {
	if n == 1 {
		return "元"
	}
	return strconv.Itoa(n)
}

// eraNumber reads a year of an era: 元 or 1 to 99.
func eraNumber(s string) (int, bool) {
	s = strings.TrimSpace(s)
	if s == "元" {
		return 1, true
	}
	n, ok := digits(s)
	return n, ok && n >= 1 && len(s) <= 2
}
