package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Find answers every number of a document in its order, each with what it was
// recognised as. Every digit lies in exactly one of them.
func Find(pieces []Piece) []Token {
	var out []Token
	for _, f := range flows(pieces) {
		out = append(out, f.tokens...)
	}
	return out
}

// flow is what is read together: the lines of a text one after the other, or one
// cell. text is folded rune by rune, so that places in it are places in the words.
type flow struct {
	text   []rune
	words  []rune // as written
	tokens []Token
	pieces []Piece
	first  int // index of its first piece
	// sentence and line of each rune, counted from 0
	sentence, line []int32
}

// mostLine is how many runes of one line are read for words; digits beyond are
// tokens without a meaning.
const mostLine = 100_000

func flows(pieces []Piece) []*flow {
	var out []*flow
	for i := 0; i < len(pieces); {
		n := 1
		for pieces[i].Cell == "" && i+n < len(pieces) && pieces[i+n].Cell == "" {
			n++
		}
		out = append(out, newFlow(pieces[i:i+n], i))
		i += n
	}
	return out
}

func newFlow(pieces []Piece, first int) *flow {
	f := &flow{pieces: pieces, first: first}
	for i, p := range pieces {
		if i > 0 {
			f.text, f.words = append(f.text, '\n'), append(f.words, '\n')
		}
		start := len(f.text)
		for _, r := range p.Text {
			f.text, f.words = append(f.text, foldRune(r)), append(f.words, r)
		}
		for _, t := range tokensFrom(f, start, p) {
			t.Piece, t.Place = first+i, p.Place
			f.tokens = append(f.tokens, t)
		}
	}
	f.parts()
	return f
}

// parts counts sentences, which end with a full stop or an empty line, and lines.
func (f *flow) parts() {
	f.sentence, f.line = make([]int32, len(f.text)+1), make([]int32, len(f.text)+1)
	var sentence, line int32
	for i, r := range f.text {
		f.sentence[i], f.line[i] = sentence, line
		if r == '\n' {
			line++
		}
		if r == '。' || r == '\n' && i > 0 && f.text[i-1] == '\n' {
			sentence++
		}
	}
	f.sentence[len(f.text)], f.line[len(f.text)] = sentence, line
}

// tokens finds the numbers of one piece alone.
func tokens(text []rune, p Piece) []Token {
	p.Text = string(text)
	return newFlow([]Piece{p}, 0).tokens
}

// cursor reads one piece of a flow.
type cursor struct {
	text   []rune // of the piece, folded
	folded string
	bytes  []int // rune → byte
	piece  Piece
}

func tokensFrom(f *flow, start int, p Piece) []Token {
	c := newCursor(f.text[start:], p)
	words := []rune(p.Text)
	var out []Token
	for i := 0; i < len(c.text); {
		t, ok := c.next(i)
		if !ok {
			i++
			continue
		}
		t.From, t.To = t.at, t.until
		t.Text = string(words[t.at:t.until])
		i = t.until
		t.at, t.until = t.at+start, t.until+start
		out = append(out, t)
	}
	return out
}

func newCursor(text []rune, p Piece) *cursor {
	c := &cursor{text: text, piece: p, bytes: make([]int, len(text)+1)}
	var b strings.Builder
	for i, r := range text {
		c.bytes[i] = b.Len()
		b.WriteRune(r)
	}
	c.folded, c.bytes[len(text)] = b.String(), b.Len()
	return c
}

// mostToken bounds the bytes a form looks at.
const mostToken = 512

// next is the token that begins at a rune, if one does.
func (c *cursor) next(i int) (Token, bool) {
	r := c.text[i]
	digit := IsDigit(r)
	if !digit && !c.mayBegin(i) {
		return Token{}, false
	}
	if i < mostLine {
		end := min(c.bytes[i]+mostToken, len(c.folded))
		for end < len(c.folded) && !utf8.RuneStart(c.folded[end]) {
			end--
		}
		rest := c.folded[c.bytes[i]:end]
		for _, f := range forms {
			m := f.shape.FindStringSubmatch(rest)
			if m == nil || m[0] == "" {
				continue
			}
			t := Token{Kind: f.kind, at: i, until: i + utf8.RuneCountInString(m[0])}
			if hasDigits(c.text[t.at:t.until]) && f.read(c, &t, m) {
				return c.trimmed(t), true
			}
		}
	}
	if !digit {
		return Token{}, false
	}
	t := Token{Kind: Other, at: i, until: i + 1}
	if enclosed(r) {
		t.Kind = Numbering
		return t, true
	}
	for t.until < len(c.text) && unicode.Is(unicode.Nd, c.text[t.until]) {
		t.until++
	}
	return t, true
}

// trimmed takes spaces off the end of a token, and what it would cut off a number
// it takes along.
func (c *cursor) trimmed(t Token) Token {
	for t.until > t.at+1 && c.text[t.until-1] == ' ' {
		t.until--
	}
	for unicode.Is(unicode.Nd, c.rune(t.until)) && unicode.Is(unicode.Nd, c.text[t.until-1]) {
		t.until++
		t.Unread, t.Value = true, 0
	}
	return t
}

func hasDigits(s []rune) bool {
	for _, r := range s {
		if IsDigit(r) || kanjiValue(r) >= 0 || r == '元' {
			return true
		}
	}
	return false
}

// mayBegin: no digit, but a number may begin here: kanji, an era, a sign, a
// letter with a digit soon behind it.
func (c *cursor) mayBegin(i int) bool {
	r := c.text[i]
	if kanjiValue(r) >= 0 || r == '元' || strings.ContainsRune("明大昭平令㍾㍽㍼㍻㋿西", r) {
		return true
	}
	if !strings.ContainsRune("(〔【+-△▲〒第図表別資様注※№問内#", r) && !latin(r) {
		return false
	}
	if latin(r) && i > 0 && (latin(c.text[i-1]) || c.text[i-1] == '_') {
		return false
	}
	for k := i + 1; k < len(c.text) && k < i+64; k++ {
		if IsDigit(c.text[k]) || kanjiValue(c.text[k]) >= 0 || c.text[k] == '元' {
			return true
		}
		if latin(r) && c.text[k] > unicode.MaxASCII {
			return false
		}
	}
	return false
}

func (c *cursor) rune(i int) rune {
	if i < 0 || i >= len(c.text) {
		return 0
	}
	return c.text[i]
}

func (c *cursor) ahead(i, n int) []rune {
	return c.text[min(i, len(c.text)):min(i+n, len(c.text))]
}

func (c *cursor) edge(int) bool { return c.piece.Edge }
func (c *cursor) page(int) int  { return c.piece.Page }

// foldRune writes one character in its narrow form, one for one.
func foldRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r = r - '！' + '!'
	case r == '　' || r == '\t' || r == '\u00a0':
		return ' '
	}
	switch r {
	case '−', '‐', '‑', '‒', '–', '—', '―':
		return '-'
	case '〜':
		return '~'
	}
	return r
}
