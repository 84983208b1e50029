package locale

import "fmt"

// Value is what is said of the value of a figure that is more than a count.
type Value struct {
	None   string // there is no value: neither 0 nor an error
	NoneAs func(why string) string
	Over   func(numerator, denominator string) string
	Erased func(n int) string
	More   string // heading of the figures that have no chart
	Number string // column of numerator and denominator
	Points string // unit of the difference of two shares
	Below  string // of a member of the denominator alone
	Column string
	Before string
}

var japaneseValue = Value{
	None:   "計算できない",
	NoneAs: func(why string) string { return "計算できない（" + why + "）" },
	Over:   func(n, d string) string { return n + "／" + d },
	Erased: func(n int) string { return fmt.Sprintf("うち消去済 %d", n) },
	Points: "ポイント", Below: "分母",
	More: "そのほかの指標", Number: "分子／分母", Column: "値", Before: "くらべる年度",
}

var englishValue = Value{
	None:   "no value",
	NoneAs: func(why string) string { return "no value (" + why + ")" },
	Over:   func(n, d string) string { return n + "/" + d },
	Erased: func(n int) string { return fmt.Sprintf("erased among them: %d", n) },
	Points: "points", Below: "denominator",
	More: "Other figures", Number: "numerator/denominator", Column: "value", Before: "year compared",
}

// Decimal writes a value of a scale: 148 at scale 1 is 14.8.
func (w *Words) Decimal(n, scale int) string {
	unit := 1
	for range scale {
		unit *= 10
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	if scale == 0 {
		return sign + w.Number(n)
	}
	return fmt.Sprintf("%s%s.%0*d", sign, w.Number(n/unit), scale, n%unit)
}

// SignedDecimal is Signed for a value of a scale.
func (w *Words) SignedDecimal(n, scale int) string {
	switch {
	case n > 0:
		return "＋" + w.Decimal(n, scale)
	case n < 0:
		return "−" + w.Decimal(-n, scale)
	}
	return "±0"
}

// Measured writes a value of a scale with its unit: 14.8％, 14.8 per cent.
func (w *Words) Measured(n, scale int, unit string) string {
	if w.Language == English {
		return w.Decimal(n, scale) + " " + w.Code("unit", unit)
	}
	return w.Decimal(n, scale) + w.Code("unit", unit)
}
