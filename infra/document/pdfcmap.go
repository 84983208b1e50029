package document

import (
	"strings"
	"unicode/utf16"
)

// cmap maps codes of a font to text (ISO 32000-1, 9.10.3).
type cmap struct {
	widths [5]bool           // how many bytes a code may take
	single map[uint32]string // by code and length
	ranges []cmapRange
}

type cmapRange struct {
	first, last uint32
	size        int
	to          []uint16
}

// mostMapped bounds the entries of a map.
const mostMapped = 200_000

func codeOf(b []byte) uint32 {
	var n uint32
	for _, x := range b[:min(len(b), 4)] {
		n = n<<8 | uint32(x)
	}
	return n
}

// parseCMap reads a ToUnicode map. What it does not understand it passes over.
func parseCMap(src []byte) *cmap {
	m := &cmap{single: map[uint32]string{}}
	l := &lexer{src, 0}
	var stack []any
	for !l.done() {
		v := l.object(0)
		w, ok := v.(pdfWord)
		if !ok {
			if stack = append(stack, v); len(stack) > 1000 {
				stack = stack[500:]
			}
			continue
		}
		switch w {
		case "endcodespacerange":
			for _, v := range stack {
				if b, ok := v.([]byte); ok && len(b) >= 1 && len(b) <= 4 {
					m.widths[len(b)] = true
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(stack) && len(m.single) < mostMapped; i += 2 {
				from, okFrom := stack[i].([]byte)
				to, okTo := stack[i+1].([]byte)
				if okFrom && okTo && len(from) > 0 {
					m.put(from, utf16Of(to))
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(stack); i += 3 {
				m.span(stack[i], stack[i+1], stack[i+2])
			}
		}
		stack = stack[:0]
	}
	return m
}

func (m *cmap) put(code []byte, to []uint16) {
	m.single[codeOf(code)|uint32(len(code))<<29] = string(utf16.Decode(to))
	m.widths[min(len(code), 4)] = true
}

func (m *cmap) span(a, b, to any) {
	from, okFrom := a.([]byte)
	last, okLast := b.([]byte)
	if !okFrom || !okLast || len(from) == 0 || len(from) != len(last) || len(from) > 3 {
		return
	}
	m.widths[len(from)] = true
	switch to := to.(type) {
	case []byte:
		if len(m.ranges) < mostMapped {
			m.ranges = append(m.ranges, cmapRange{codeOf(from), codeOf(last), len(from), utf16Of(to)})
		}
	case []any:
		for i, v := range to {
			code := codeOf(from) + uint32(i)
			if s, ok := v.([]byte); ok && code <= codeOf(last) && len(m.single) < mostMapped {
				m.single[code|uint32(len(from))<<29] = string(utf16.Decode(utf16Of(s)))
			}
		}
	}
}

func utf16Of(b []byte) []uint16 {
	if len(b) == 1 {
		return []uint16{uint16(b[0])}
	}
	out := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b) && i < 64; i += 2 {
		out = append(out, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return out
}

// text is what a code stands for; false if the map does not say.
func (m *cmap) text(code []byte) (string, bool) {
	n := codeOf(code)
	if s, ok := m.single[n|uint32(len(code))<<29]; ok {
		return s, true
	}
	for i := len(m.ranges) - 1; i >= 0; i-- {
		r := m.ranges[i]
		if r.size != len(code) || n < r.first || n > r.last || len(r.to) == 0 {
			continue
		}
		to := append([]uint16{}, r.to...)
		to[len(to)-1] += uint16(n - r.first)
		return string(utf16.Decode(to)), true
	}
	return "", false
}

// glyphNames are the characters of the names that encodings of simple fonts list
// beside the letters, which name themselves.
var glyphNames = map[string]string{
	"space": " ", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"comma": ",", "period": ".", "hyphen": "-", "minus": "−", "slash": "/", "percent": "%", "plus": "+", "parenleft": "(", "parenright": ")",
	"colon": ":", "semicolon": ";", "ampersand": "&", "asterisk": "*", "at": "@", "numbersign": "#", "equal": "=", "underscore": "_", "yen": "¥",
	"bracketleft": "[", "bracketright": "]", "quotesingle": "'", "quotedbl": "\"", "quoteright": "’", "quoteleft": "‘", "bullet": "•", "endash": "–",
	"emdash": "—", "greater": ">", "less": "<", "exclam": "!", "question": "?", "dollar": "$", "bar": "|", "periodcentered": "·",
}

func glyph(name string) string {
	if s, ok := glyphNames[name]; ok {
		return s
	}
	name, _, _ = strings.Cut(name, ".")
	if len(name) == 1 {
		return name
	}
	for _, prefix := range []string{"uni", "u"} {
		hex, ok := strings.CutPrefix(name, prefix)
		if ok && len(hex) >= 4 && len(hex) <= 6 {
			var n rune
			for i := range len(hex) {
				d, ok := hexDigit(hex[i])
				if !ok {
					return ""
				}
				n = n<<4 | rune(d)
			}
			return string(n)
		}
	}
	return ""
}
