package japan

import (
	"strings"
	"unicode"
)

// SearchKey folds a name, reading or place to the form under which it is
// looked up, so that spellings of one name meet: widths and compatibility
// characters as NFKC has them, variation selectors dropped, variant kanji to
// the common one, hiragana to katakana, spaces and middle dots dropped, one
// sign for long vowels and dashes, lower case (ui/libraries.md 3). It covers
// the characters of Japanese names and addresses, not all of NFKC. A key is
// never stored or shown. Folding a key again changes nothing.
func SearchKey(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range narrow(s) {
		if dropped(r) {
			continue
		}
		out = joinMark(out, foldRune(r))
	}
	return string(out)
}

// Katakana writes hiragana and half-width katakana as full-width katakana and
// leaves everything else, kanji included, as it is.
func Katakana(s string) string {
	return strings.Map(katakana, widenKana(s))
}

// KanaOnly reports whether text is katakana or hiragana with nothing but
// spaces, middle dots and long vowels between, as readings are.
func KanaOnly(s string) bool {
	for _, r := range widenKana(s) {
		kana := r >= 'ァ' && r <= 'ヾ' || r >= 'ぁ' && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ'
		if !kana && r != ' ' && r != '　' {
			return false
		}
	}
	return s != ""
}

func foldRune(r rune) rune {
	if i := int(r - '⼀'); i >= 0 && i < len(radicals) {
		r = radicals[i]
	}
	if c, ok := compatible[r]; ok {
		r = c
	}
	if c, ok := variants[r]; ok {
		r = c
	}
	if dash(r) {
		return 'ー'
	}
	return unicode.ToLower(katakana(r))
}

func katakana(r rune) rune {
	if r >= 'ぁ' && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
		return r + ('ァ' - 'ぁ')
	}
	return r
}

// dropped reports the characters that carry nothing in a name: spaces, middle
// dots, variation selectors and other invisible ones.
func dropped(r rune) bool {
	switch r {
	case '・', '·', '•', '‧', '∙', '⋅':
		return true
	}
	return unicode.Is(unicode.Variation_Selector, r) || unicode.IsSpace(r) ||
		unicode.Is(unicode.Cf, r)
}

// dash reports the signs written for a long vowel or a hyphen.
func dash(r rune) bool { return r == 'ー' || r == '−' || unicode.Is(unicode.Pd, r) && r != '〜' }

// narrow writes full-width ASCII as ASCII, the ideographic space as a space,
// half-width katakana in full width, and era, circled, roman and company signs
// in full.
func narrow(s string) string {
	var b strings.Builder
	for _, r := range widenKana(s) {
		switch {
		case r >= '！' && r <= '～':
			b.WriteRune(r - '！' + '!')
		case r == '　':
			b.WriteRune(' ')
		case signs[r] != "":
			b.WriteString(signs[r])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// widenKana writes half-width katakana and its punctuation in full width and
// joins sound marks to the kana before them.
func widenKana(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r >= '｡' && r <= 'ﾟ' {
			r = wideKana[r-'｡']
		}
		out = joinMark(out, r)
	}
	return string(out)
}

// joinMark appends r, or makes the last kana voiced when r is a sound mark.
func joinMark(out []rune, r rune) []rune {
	marked := voiced
	switch r {
	case '゛', '\u3099':
	case '゜', '\u309a':
		marked = halfVoiced
	default:
		return append(out, r)
	}
	if len(out) > 0 {
		if c, ok := marked[out[len(out)-1]]; ok {
			out[len(out)-1] = c
			return out
		}
	}
	return append(out, r)
}
