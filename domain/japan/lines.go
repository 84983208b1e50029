package japan

import (
	"slices"
	"strings"
	"unicode"
)

// Characters that may not begin a line, and those that may not end one (JIS X
// 4051: closing brackets, punctuation, iteration marks, small kana, sound marks;
// opening brackets and signs before a number).
const (
	notFirst = "、。，．,.・：；:;？！?!゛゜ヽヾゝゞ々〻ー—―‐–〜～…‥）)］]｝}〕〉》」』】｠〙〗»’”％%‰℃°′″￠" +
		"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
	notLast = "（(［[｛{〔〈《「『【｟〘〖«‘“￥¥＄$￡£№＃#"
	// Counters stay with the number before them: 30名, 7校, 2月.
	counters = "名人件校年月日円回歳社校区条項号版度本部千万億"
)

// BreakLines parts one line of text into lines no wider than limit. width is the
// advance of a character in the unit of limit. No character is lost: the lines
// put together are the text. Where a rule of the line's ends, a word or a number
// leaves no place to break, the line is broken at its limit.
func BreakLines(text string, limit float64, width func(rune) float64) []string {
	rest := []rune(text)
	var out []string
	for len(rest) > 0 {
		n := fitting(rest, limit, width)
		if n < len(rest) {
			n = lastPlace(rest, n)
		}
		out, rest = append(out, string(rest[:n])), rest[n:]
	}
	if out == nil {
		return []string{""}
	}
	return out
}

// fitting counts the characters that fit, at least one. Spaces at the end of a
// line take no room.
func fitting(text []rune, limit float64, width func(rune) float64) int {
	used := 0.0
	for i, r := range text {
		if used += width(r); used > limit && i > 0 && !unicode.IsSpace(r) {
			return i
		}
	}
	return len(text)
}

// lastPlace is the last place up to n where the text may be parted; n where there
// is none.
func lastPlace(text []rune, n int) int {
	for at := n; at > 0; at-- {
		if MayBreak(text[at-1], text[at]) {
			return at
		}
	}
	return n
}

// MayBreak tells whether a line may end between two characters.
func MayBreak(before, after rune) bool {
	switch {
	case strings.ContainsRune(notFirst, after), strings.ContainsRune(notLast, before), unicode.Is(unicode.Mn, after), unicode.IsSpace(after):
		return false
	case unicode.IsSpace(before):
		return true
	case wordy(before) && wordy(after):
		return false
	case unicode.IsDigit(before) && strings.ContainsRune(counters, after):
		return false
	}
	return !(before == after && slices.Contains([]rune("…‥―—"), before))
}

// wordy characters form words and numbers that are not parted.
func wordy(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '\'' || r == '_' || r == '-'
}
