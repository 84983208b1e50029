package japan

import (
	"strings"
	"unicode/utf8"
)

// lengthened are the kana of one vowel, with the signs that make it long beside
// the dash; the first of those is the one written.
var lengthened = []struct{ row, by string }{
	{"アカガサザタダナハバパマヤラワァャヮ", "ア"},
	{"イキギシジチヂニヒビピミリヰィ", "イ"},
	{"ウクグスズツヅヌフブプムユルヴゥュ", "ウ"},
	{"エケゲセゼテデネヘベペメレヱェ", "エイ"},
	{"オコゴソゾトドノホボポモヨロヲォョ", "オウ"},
}

// LongVowels writes the long vowels of a SearchKey out, so that spellings of one
// reading meet: サトー and サトウ, ケーコ and ケイコ. A long vowel stays longer
// than a short one: オオノ is not オノ. Writing them out again changes nothing.
func LongVowels(key string) string {
	out := make([]rune, 0, len(key)/3)
	for _, r := range key {
		if len(out) > 0 {
			r = lengthen(out[len(out)-1], r)
		}
		out = append(out, r)
	}
	return string(out)
}

func lengthen(before, r rune) rune {
	for _, l := range lengthened {
		if strings.ContainsRune(l.row, before) && (r == 'ー' || strings.ContainsRune(l.by, r)) {
			vowel, _ := utf8.DecodeRuneInString(l.by)
			return vowel
		}
	}
	return r
}
