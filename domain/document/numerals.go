package document

import "strings"

// value is a number in tens: n ÷ 10^scale.
type value struct {
	n     int64
	scale int
}

// mostDigits is how many digits a figure may have; a longer run is no value.
const mostDigits = 15

// plus adds two values; false where the sum would not fit.
func (v value) plus(o value) (value, bool) {
	for v.scale < o.scale {
		if v.n > limit/10 {
			return v, false
		}
		v.n, v.scale = v.n*10, v.scale+1
	}
	for o.scale < v.scale {
		if o.n > limit/10 {
			return v, false
		}
		o.n, o.scale = o.n*10, o.scale+1
	}
	v.n += o.n
	return v, v.n <= limit
}

const limit = int64(1e15)

// times is the value multiplied by a power of ten.
func (v value) times(power int) (value, bool) {
	for range power {
		if v.scale > 0 {
			v.scale--
			continue
		}
		if v.n > limit/10 {
			return v, false
		}
		v.n *= 10
	}
	return v, true
}

// numeral reads digits, kanji digits and the words for powers of ten, as in
// 1,234.5, 1億2000万, 百六十八 and 二〇一九. It answers false for what is no
// number or does not fit.
func numeral(s []rune) (value, bool) {
	var total, part, last value
	written := false
	add := func(to *value, v value) bool {
		sum, ok := to.plus(v)
		*to = sum
		return ok
	}
	for i := 0; i < len(s); {
		if power := powerOf(s[i]); power > 0 {
			unit := last
			if !written {
				unit = value{n: 1}
			}
			if i++; power >= 4 {
				if written || part.n == 0 {
					if !add(&part, unit) {
						return value{}, false
					}
				}
				large, ok := part.times(power)
				if !ok || !add(&total, large) {
					return value{}, false
				}
				part = value{}
			} else {
				small, ok := unit.times(power)
				if !ok || !add(&part, small) {
					return value{}, false
				}
			}
			last, written = value{}, false
			continue
		}
		v, n, ok := digitRun(s[i:])
		if !ok || written {
			return value{}, false
		}
		last, written, i = v, true, i+n
	}
	if written && !add(&part, last) || !add(&total, part) {
		return value{}, false
	}
	return total, true
}

// digitRun reads digits of one kind with their marks, and how many runes they
// took.
func digitRun(s []rune) (value, int, bool) {
	var v value
	n, digits, point := 0, 0, false
	for ; n < len(s); n++ {
		d := int64(s[n] - '0')
		switch k := kanjiValue(s[n]); {
		case s[n] == ',':
			continue
		case s[n] == '.' && !point:
			point = true
			continue
		case k >= 0 && k <= 9:
			d = int64(k)
		case d < 0 || d > 9:
			return v, n, digits > 0
		}
		if digits++; digits > mostDigits {
			return v, n, false
		}
		if v.n = v.n*10 + d; point {
			v.scale++
		}
	}
	return v, n, digits > 0
}

// kanjiValue is the value of a kanji numeral, -1 for any other character.
func kanjiValue(r rune) int {
	if i := strings.IndexRune(kanjiDigits, r); i >= 0 {
		return i / len("〇")
	}
	if powerOf(r) > 0 {
		return 10
	}
	return -1
}

// powerOf is the power of ten a kanji stands for, 0 for any other character.
func powerOf(r rune) int {
	switch r {
	case '十':
		return 1
	case '百':
		return 2
	case '千':
		return 3
	case '万':
		return 4
	case '億':
		return 8
	case '兆':
		return 12
	}
	return 0
}
