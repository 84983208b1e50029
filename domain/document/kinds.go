package document

import (
	"strconv"
	"unicode"

	"ayumi/domain/japan"
)

// Kind says what the digits of a token are.
type Kind string

// The kinds. Only Figure and Ratio are looked up in the register.
const (
	Figure     Kind = "figure"
	Ratio      Kind = "ratio" // 7/12
	Day        Kind = "date"  // a day, a month or a calendar year
	FiscalYear Kind = "fiscal_year"
	Duration   Kind = "duration" // 3 years, the second month
	Ordinal    Kind = "ordinal"
	Clock      Kind = "time"
	Phone      Kind = "phone"
	Postal     Kind = "postal"
	Numbering  Kind = "numbering" // of headings and notes
	Page       Kind = "page"
	Code       Kind = "code" // names of things: F2016, addresses of pages
	Other      Kind = "other"
)

// Comparator is how a figure is bounded in words.
type Comparator string

// The comparators; none is "".
const (
	About   Comparator = "about"
	AtLeast Comparator = "ge"
	AtMost  Comparator = "le"
	More    Comparator = "gt"
	Less    Comparator = "lt"
)

// Token is one number with what it was recognised as. From and To are runes of
// its piece, the unit included.
type Token struct {
	Place
	Piece    int
	From, To int
	Text     string
	Kind     Kind

	// Of a figure: its value is Value ÷ 10^Scale in Unit, as 1592千円 is 1592000
	// yen. A ratio has its parts in Value and Of. Unread: too long to be a value.
	Value      int64
	Scale      int
	Of         int64
	Unit       string // a code of the list unit, yen, or the word as written
	Comparator Comparator
	Unread     bool

	year int // Gregorian, of a fiscal year or date; 0 if the era is not written
	era  int // year of an unnamed era
	on   japan.Date
	// month of a day or month without a year; end: it is the end of the month.
	month int
	end   bool
	// at is where the token begins in the flow it stands in, until where it ends.
	at, until int
}

// IsFigure reports whether the token is looked up in the register.
func (t Token) IsFigure() bool { return t.Kind == Figure || t.Kind == Ratio }

// HasDigit reports whether a text holds a digit of any kind.
func HasDigit(text string) bool {
	for _, r := range text {
		if IsDigit(r) || kanjiValue(r) >= 0 {
			return true
		}
	}
	return false
}

// IsDigit reports whether a character is a digit: half or full width, of any
// script, or a number in a circle or in brackets. Kanji are none: 一 is a word
// as often as a number.
func IsDigit(r rune) bool { return unicode.Is(unicode.Nd, r) || enclosed(r) }

func enclosed(r rune) bool {
	return r >= '①' && r <= '⒛' || r >= '⓪' && r <= '⓿' || r >= '❶' && r <= '➓' || r >= '㉑' && r <= '㉟' || r >= '㊱' && r <= '㊿'
}

func decimal(n int) string { return strconv.Itoa(n) }
