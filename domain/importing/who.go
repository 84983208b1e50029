package importing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var (
	called    = regexp.MustCompile(`(?:夫|妻|本人|父|母|子|長男|長女|主人|配偶者)\s*[:：]\s*`)
	between   = regexp.MustCompile(`\s*(?:[、,，/／＆&\n\r;；]|・)\s*`)
	honorific = regexp.MustCompile(`(?:\s*(?:様|さま|さん|氏|殿))$`)
	yearOnly  = regexp.MustCompile(`^(\d{4})年?(?:生まれ|生)?$`)
	ageDigits = regexp.MustCompile(`^(?:満)?(\d{1,3})\s*(?:歳|才|代|代以上|s)?$`)
)

// named takes a cell apart into the people it names: usually one.
func named(text string) []string {
	text = strings.TrimSpace(text)
	if called.MatchString(text) {
		text = called.ReplaceAllString(text, "\n")
	}
	var out []string
	for _, part := range between.Split(text, -1) {
		if part = strings.TrimSpace(strings.ReplaceAll(part, "　", " ")); part != "" {
			out = append(out, part)
		}
	}
	if len(out) > 1 && strings.Contains(text, "・") && foreign(text) {
		return []string{strings.TrimSpace(text)} // a dot within a name in katakana
	}
	return out
}

// foreign tells a name in katakana or Latin letters, whose parts a dot may join.
func foreign(text string) bool {
	return !strings.ContainsAny(text, "、,，/／＆&\n\r;；") && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r)
	})
}

// parted splits a name at its space. Without one the whole is the family name:
// nothing is guessed.
func parted(text string) (family, given string) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "　", " "))
	if rest := honorific.ReplaceAllString(text, ""); utf8.RuneCountInString(rest) >= 2 {
		text = rest
	}
	family, given, _ = strings.Cut(text, " ")
	return family, strings.TrimSpace(given)
}

// reading is a reading in full-width katakana; not ok if it holds kanji.
func reading(text string) (string, bool) {
	text = japan.Katakana(strings.TrimSpace(text))
	return text, !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) && r != '々' })
}

// phone is a number as an office writes it, with the 0 that spreadsheets lose. Not
// ok unless it has the ten or eleven digits of a Japanese number.
func phone(text string) (string, bool) {
	s := plain(text)
	abroad := strings.HasPrefix(s, "+")
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	other := strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789+-()ー―. ", r) })
	switch {
	case other:
		return "", false
	case abroad && strings.HasPrefix(digits, "81"):
		digits = "0" + strings.TrimPrefix(digits[2:], "0")
	case abroad:
		return "+" + digits, len(digits) >= 8 && len(digits) <= 15
	case !strings.HasPrefix(digits, "0") && (len(digits) == 9 || len(digits) == 10):
		digits = "0" + digits
	}
	return digits, strings.HasPrefix(digits, "0") && (len(digits) == 10 || len(digits) == 11)
}

// mailed is an address in half width; not ok without something on both sides of @.
func mailed(text string) (string, bool) {
	s := plain(text)
	local, host, found := strings.Cut(s, "@")
	return s, found && local != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " \t") && !strings.HasSuffix(host, ".")
}

// several are the values of a cell that holds more than one.
func several(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,/／\n\r;；", r) }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// band is the age band of an age in years.
func band(age int) string {
	switch {
	case age < 0 || age > 120:
		return ""
	case age < 20:
		return "u20"
	case age >= 70:
		return "70p"
	}
	return strconv.Itoa(age/10) + "0s"
}

// aged reads an age, a decade of ages or a code.
func aged(text string) (string, bool) {
	s := strings.TrimSuffix(plain(text), "以上")
	switch key := japan.SearchKey(s); {
	case slices.Contains(domain.Codes["age_band"], s):
		return s, true
	case key == "不明" || key == "未記入":
		return "unknown", true
	case strings.Contains(key, "未満") || key == "10代":
		return "u20", strings.HasPrefix(key, "20") || key == "10代"
	}
	m := ageDigits.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	n, _ := strconv.Atoi(m[1])
	b := band(n)
	return b, b != ""
}

// agedOn is the band on a day of somebody born on another.
func agedOn(born, on japan.Date) string {
	y, m, d := born.Civil()
	year, month, day := on.Civil()
	age := year - y
	if month < m || month == m && day < d {
		age--
	}
	return band(age)
}

// prefecture is the code of the prefecture that a text begins with, or is the short
// name of, or whose city it begins with where the office knows it. Other places are
// not guessed: 福島区 lies in Osaka.
func prefecture(text string) string {
	s := plain(text)
	if s == "" {
		return ""
	}
	for _, p := range japan.Prefectures() {
		if strings.HasPrefix(s, p.Ja) || s == short(p.Ja) || s == p.Code || strings.EqualFold(s, p.En) {
			return p.Code
		}
	}
	if s == "海外" || s == "国外" || s == "99" {
		return "99"
	}
	for _, code := range []string{"31", "33"} {
		for _, m := range japan.Municipalities(code, japan.On(2020, 1, 1)) {
			if strings.HasSuffix(m.Ja, "市") && strings.HasPrefix(s, m.Ja) {
				return code
			}
		}
	}
	return ""
}

// short is 東京 for 東京都.
func short(name string) string {
	if name == "北海道" {
		return name
	}
	_, last := utf8.DecodeLastRuneInString(name)
	return name[:len(name)-last]
}
