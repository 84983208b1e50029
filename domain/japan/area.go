package japan

import "slices"

// Prefecture is one of the 47, with its two digits of JIS X 0401.
type Prefecture struct {
	Code string // 31
	Ja   string // 鳥取県
	En   string // Tottori
}

// Municipality is a city, town or village with its six-digit code: JIS X 0401,
// JIS X 0402 and the check digit.
type Municipality struct {
	Code   string // 312011
	Ja     string // 鳥取市
	Kana   string // とっとりし
	En     string // Tottori
	Region string // east, central or west in Tottori; empty elsewhere
	// From is the first day of the code where it came with a merger, or no
	// date when it is older; To is its last day, or no date while it is valid.
	From, To Date
}

// Prefecture returns the two digits of the municipality's prefecture.
func (m Municipality) Prefecture() string { return m.Code[:2] }

// ValidOn reports whether the code was in use on a day.
func (m Municipality) ValidOn(on Date) bool {
	return on >= m.From && (m.To == 0 || on <= m.To)
}

// Prefectures returns the 47 prefectures in the order of their codes.
func Prefectures() []Prefecture { return slices.Clone(prefectures) }

// PrefectureOf returns the prefecture with a two-digit code.
func PrefectureOf(code string) (Prefecture, bool) {
	n, ok := digits(code)
	if !ok || len(code) != 2 || n < 1 || n > len(prefectures) {
		return Prefecture{}, false
	}
	return prefectures[n-1], true
}

// Municipalities returns the municipalities of a prefecture on a day in the
// order of their codes. Tottori and Okayama are known; the others are empty.
func Municipalities(prefecture string, on Date) []Municipality {
	var out []Municipality
	for _, m := range municipalities {
		if m.Prefecture() == prefecture && m.ValidOn(on) {
			out = append(out, m)
		}
	}
	return out
}

// MunicipalityOf returns the municipality that ever had a code, valid or not.
func MunicipalityOf(code string) (Municipality, bool) {
	i := slices.IndexFunc(municipalities, func(m Municipality) bool { return m.Code == code })
	if i < 0 {
		return Municipality{}, false
	}
	return municipalities[i], true
}

// LGValid reports whether a code is that of a municipality of a prefecture on a
// day. Prefectures other than Tottori and Okayama have no known municipality.
func LGValid(code, prefecture string, on Date) bool {
	m, ok := MunicipalityOf(code)
	return ok && m.Prefecture() == prefecture && m.ValidOn(on)
}

// LGShaped reports whether a code has six digits, an existing prefecture and
// the right check digit: all that can be said outside the known prefectures.
func LGShaped(code string) bool {
	if len(code) != 6 {
		return false
	}
	check, ok := CheckDigit(code[:5])
	_, known := PrefectureOf(code[:2])
	return ok && known && code[5] == check
}

// CheckDigit returns the sixth digit of a local government code, from its first
// five (handbook.md 7.2). It is false unless they are five digits.
func CheckDigit(five string) (digit byte, ok bool) {
	if _, ok := digits(five); !ok || len(five) != 5 {
		return 0, false
	}
	sum := 0
	for i := range 5 {
		sum += (6 - i) * int(five[i]-'0')
	}
	return byte('0' + (11-sum%11)%10), true
}
