// Package receipt is the 受付票: a code on paper by which a person asks, without a
// name, whether a consultation was counted, and is given the proof that its record
// lies in the log (proof.md 1.4, 6).
package receipt

import (
	"strconv"
	"strings"
	"unicode"

	"ayumi/domain"
)

// Code is what stands on a receipt: 18 symbols that hold 90 bits and 2 that check
// them. Only Key makes one and reads one.
type Code [symbols]byte // each below 32

const (
	symbols = data + checks
	data    = 18
	checks  = 2
	group   = 5 // symbols between two hyphens
)

// alphabet is that of Crockford: no I, L, O, which look like 1 and 0, and no U.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// String writes the code in four groups of five.
func (c Code) String() string {
	var out strings.Builder
	for i, s := range c {
		if i > 0 && i%group == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(alphabet[s])
	}
	return out.String()
}

// Parse reads a code as people type it: in small letters, in the wide characters of
// a Japanese keyboard, with or without hyphens and blanks, O for 0, I and L for 1, U
// for V. Any one or two wrong characters, and any two exchanged, are found out by the
// check characters. Refusals: receipt.length (args typed, needed), receipt.letter
// (arg letter), receipt.typing, and receipt.typing_at (arg group, 1 to 4) where one
// wrong character explains what was typed.
func Parse(typed string) (Code, error) {
	var c Code
	n := 0
	for _, r := range typed {
		r = narrow(r)
		if strings.ContainsRune(between, r) {
			continue
		}
		s := strings.IndexRune(alphabet, r)
		if s < 0 {
			return Code{}, domain.RefuseField("receipt.letter", "code", "letter", shown(r))
		}
		if n < symbols {
			c[n] = byte(s)
		}
		n++
	}
	if n != symbols {
		return Code{}, domain.RefuseField("receipt.length", "code", "typed", strconv.Itoa(n), "needed", strconv.Itoa(symbols))
	}
	if at, ok := c.sound(); !ok {
		if at < 0 {
			return Code{}, domain.RefuseField("receipt.typing", "code")
		}
		return Code{}, domain.RefuseField("receipt.typing_at", "code", "group", strconv.Itoa(at/group+1))
	}
	return c, nil
}

// between are the characters that say nothing.
const between = "- \t\r\n\u3000\u00a0\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff70._・"

// narrow is a character as it is printed on receipts.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	case 'U':
		return 'V'
	}
	return r
}

// shown is a character that may be said again; others have none to say.
func shown(r rune) string {
	if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
		return "?"
	}
	return string(r)
}
