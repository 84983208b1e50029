package document

import (
	"bytes"
	"strconv"
)

// The objects of a PDF file (ISO 32000-1, 7.3): numbers are float64, names are
// pdfName, strings are []byte, arrays []any, dictionaries pdfDict, references
// pdfRef; true, false and null are themselves. Operators of page contents are
// pdfWord.
type (
	pdfName string
	pdfWord string
	pdfDict map[pdfName]any
	pdfRef  struct{ number int }
)

// pdfStream is a dictionary with bytes that are not unpacked yet.
type pdfStream struct {
	dict  pdfDict
	start int // in the file; -1: inside an unpacked object
	raw   []byte
}

// lexer reads objects off a file or a page.
type lexer struct {
	src []byte
	at  int
}

// mostNested bounds arrays and dictionaries inside each other.
const mostNested = 40

func pdfSpace(b byte) bool {
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0
}

func pdfDelimiter(b byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), b) >= 0 }

func pdfDigit(b byte) bool { return b >= '0' && b <= '9' }

// skip passes spaces and comments.
func (l *lexer) skip() {
	for l.at < len(l.src) {
		switch b := l.src[l.at]; {
		case pdfSpace(b):
			l.at++
		case b == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// done reports the end of the source.
func (l *lexer) done() bool {
	l.skip()
	return l.at >= len(l.src)
}

// object reads the next object. What is no object is passed over as an empty
// word, so reading always goes on.
func (l *lexer) object(depth int) any {
	v := l.next(depth)
	l.at = min(l.at, len(l.src)) // a string without its end
	return v
}

func (l *lexer) next(depth int) any {
	l.skip()
	if l.at >= len(l.src) || depth > mostNested {
		l.at++
		return nil
	}
	switch b := l.src[l.at]; {
	case b == '/':
		l.at++
		return l.name()
	case b == '(':
		return l.text()
	case b == '<' && l.peek(1) == '<':
		return l.dictionary(depth)
	case b == '<':
		return l.hex()
	case b == '[':
		return l.array(depth)
	case pdfDigit(b), b == '+', b == '-', b == '.':
		return l.number(depth)
	case pdfDelimiter(b):
		l.at++
		return pdfWord("")
	}
	switch w := l.word(); w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	default:
		return pdfWord(w)
	}
}

func (l *lexer) peek(n int) byte {
	if l.at+n < len(l.src) {
		return l.src[l.at+n]
	}
	return 0
}

func (l *lexer) word() string {
	start := l.at
	for l.at < len(l.src) && !pdfSpace(l.src[l.at]) && !pdfDelimiter(l.src[l.at]) {
		l.at++
	}
	return string(l.src[start:l.at])
}

func (l *lexer) name() pdfName {
	w := l.word()
	if !bytes.Contains([]byte(w), []byte("#")) {
		return pdfName(w)
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if n, err := strconv.ParseUint(w[i+1:i+3], 16, 8); err == nil {
				out, i = append(out, byte(n)), i+2
				continue
			}
		}
		out = append(out, w[i])
	}
	return pdfName(out)
}

// number reads a number, or the reference that begins with it: 12 0 R. Only in
// files: pages hold none, and three numbers are common there.
func (l *lexer) number(int) any {
	w := l.word()
	n, err := strconv.ParseFloat(w, 64)
	if err != nil || n != n || n > 1e12 || n < -1e12 {
		return 0.0
	}
	if n < 0 || n != float64(int(n)) || n > 1e8 {
		return n
	}
	next := *l
	next.skip()
	if g := next.word(); g == "" || len(g) > 5 || !pdfDigit(g[0]) {
		return n
	}
	next.skip()
	if next.peek(0) == 'R' && (next.at+1 >= len(next.src) || pdfSpace(next.peek(1)) || pdfDelimiter(next.peek(1))) {
		l.at = next.at + 1
		return pdfRef{int(n)}
	}
	return n
}

func (l *lexer) text() []byte {
	var out []byte
	depth := 0
	for l.at < len(l.src) {
		b := l.src[l.at]
		l.at++
		switch b {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return out
			}
		case '\\':
			out = l.escaped(out)
			continue
		}
		out = append(out, b)
	}
	return out
}

func (l *lexer) escaped(out []byte) []byte {
	b := l.peek(0)
	l.at++
	if i := bytes.IndexByte([]byte("nrtbf"), b); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case b == '\r':
		if l.peek(0) == '\n' {
			l.at++
		}
		return out
	case b == '\n':
		return out
	case b >= '0' && b <= '7':
		n := int(b - '0')
		for range 2 {
			if d := l.peek(0); d >= '0' && d <= '7' {
				n, l.at = n*8+int(d-'0'), l.at+1
			}
		}
		return append(out, byte(n))
	}
	return append(out, b)
}

func (l *lexer) hex() []byte {
	l.at++
	var out []byte
	half, first := byte(0), true
	for l.at < len(l.src) && l.src[l.at] != '>' {
		d, ok := hexDigit(l.src[l.at])
		l.at++
		switch {
		case !ok:
		case first:
			half, first = d, false
		default:
			out, first = append(out, half<<4|d), true
		}
	}
	l.at++
	if !first {
		out = append(out, half<<4)
	}
	return out
}

func hexDigit(b byte) (byte, bool) {
	switch {
	case pdfDigit(b):
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}

func (l *lexer) array(depth int) []any {
	l.at++
	out := []any{}
	for !l.done() {
		if l.src[l.at] == ']' {
			l.at++
			return out
		}
		out = append(out, l.object(depth+1))
	}
	return out
}

func (l *lexer) dictionary(depth int) pdfDict {
	l.at += 2
	out := pdfDict{}
	for !l.done() {
		if l.src[l.at] == '>' {
			l.at = min(l.at+2, len(l.src))
			return out
		}
		key, ok := l.object(depth + 1).(pdfName)
		if !ok {
			continue
		}
		if !l.done() && l.src[l.at] == '>' {
			continue
		}
		out[key] = l.object(depth + 1)
	}
	return out
}
