package people

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ayumi/domain/japan"
)

// The signals a text can match by.
const (
	byNumber = "number"
	byPhone  = "phone"
	byMail   = "mail"
	byLine   = "line"
	byKana   = "kana"
	byKanji  = "kanji"
)

// equal are the points of a signal that matches as a whole (handbook.md 7.4); a
// beginning gives three quarters of them, any other part a half.
var equal = map[string]int{byNumber: 100, byLine: 50, byPhone: 40, byMail: 40, byKana: 25, byKanji: 20}

// term is one text to be found, in the forms it is looked up under.
type term struct {
	key, drawn string
	kana       bool   // readings only
	digits     string // of a phone number, "" if it is none
	ascii      string // of a mail address or a part of one, "" if it is none
	number     int    // of a person, 0 if it is none
}

// query is what somebody typed: found as a whole, or by each of its parts.
type query struct {
	whole term
	parts []term
}

// longest is the longest text that is looked for, in bytes.
const longest = 400

func ask(text string) query {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	q := query{whole: termOf(text)}
	if parts := strings.FieldsFunc(text, unicode.IsSpace); len(parts) > 1 {
		for _, p := range parts {
			if t := termOf(p); t.key != "" {
				q.parts = append(q.parts, t)
			}
		}
	}
	return q
}

func termOf(text string) term {
	t := term{key: japan.SearchKey(text), kana: japan.KanaOnly(strings.TrimSpace(text))}
	t.drawn = japan.LongVowels(t.key)
	t.number = numberOf(t.key)
	if digits := phone(text); len(digits) >= 4 && phoneLike(t.key) {
		t.digits = digits
		if !strings.HasPrefix(ascii(text), "+") && len(onlyDigits(text)) < 10 {
			t.digits = onlyDigits(text) // an end: nothing was dropped
		}
	}
	if a := ascii(text); t.number == 0 && len(a) >= 3 && len(a) == utf8.RuneCountInString(a) && strings.ContainsFunc(a, unicode.IsLetter) {
		t.ascii = a
	}
	return t
}

// phoneLike tells whether a key holds nothing but digits and what stands between.
func phoneLike(key string) bool {
	return !strings.ContainsFunc(key, func(r rune) bool { return (r < '0' || r > '9') && !strings.ContainsRune("+()ー./", r) })
}

// numberOf reads P-01287, with or without the dash and the zeros.
func numberOf(key string) int {
	digits, ok := strings.CutPrefix(key, "p")
	n, err := strconv.Atoi(strings.TrimPrefix(digits, "ー"))
	if !ok || err != nil || n < 0 {
		return 0
	}
	return n
}

// short tells whether a text says too little: fewer than two characters that are
// not one kanji, or fewer than four digits.
func (q query) short() bool {
	k := q.whole.key
	if phoneLike(k) {
		return len(onlyDigits(k)) < 4
	}
	r, size := utf8.DecodeRuneInString(k)
	return size == len(k) && !unicode.Is(unicode.Han, r)
}

// readAs names the signals that were looked for.
func (q query) readAs() []string {
	terms := q.parts
	if w := q.whole; len(terms) == 0 || w.number > 0 || w.digits != "" {
		terms = []term{w}
	}
	var out []string
	for _, t := range terms {
		switch {
		case t.number > 0:
			out = append(out, byNumber)
		case t.digits != "":
			out = append(out, byPhone)
		case strings.Contains(t.ascii, "@"):
			out = append(out, byMail)
		case t.kana:
			out = append(out, byKana)
		default:
			out = append(out, byKanji)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// meets answers why a record matches the query as a whole or in every part, with the
// name that did; nil if it does not match.
func (q *query) meets(p *profile) (reasons, int) {
	f := found{name: -1}
	whole := q.whole.match(p, &f)
	every := len(q.parts) > 0
	for i := range q.parts {
		if every = every && q.parts[i].match(p, &f); !every {
			break
		}
	}
	if !whole && !every {
		return nil, -1
	}
	return f.best, f.name
}

// found gathers what matched.
type found struct {
	best reasons
	name int
}

func (f *found) add(signal string, points int) bool {
	if points > 0 {
		f.best.put(Reason{Signal: signal, Points: points})
	}
	return points > 0
}

// match looks a term up in one record.
func (t *term) match(p *profile, f *found) bool {
	any := t.number > 0 && t.number == p.number && f.add(byNumber, equal[byNumber])
	for i := range p.contacts {
		any = t.contact(&p.contacts[i], f) || any
	}
	for i := range p.names {
		if t.name(&p.names[i], f) {
			any = true
			if f.name < 0 || i == p.shown() {
				f.name = i
			}
		}
	}
	return any
}

func (t *term) contact(c *contact, f *found) bool {
	switch {
	case c.kind == byPhone && t.digits != "":
		if c.key == t.digits {
			return f.add(byPhone, equal[byPhone])
		}
		return strings.HasSuffix(c.key, t.digits) && f.add(byPhone, equal[byPhone]/2)
	case c.kind == byMail && t.ascii != "":
		return f.add(byMail, part(c.key, t.ascii, equal[byMail]))
	case c.kind == byLine && t.key != "":
		return f.add(byLine, max(part(c.key, t.key, equal[byLine]), part(c.also, t.key, equal[byLine])))
	}
	return false
}

func (t *term) name(n *spelt, f *found) bool {
	if t.key == "" {
		return false
	}
	signal := byKanji
	if t.kana {
		signal = byKana
	}
	written := f.add(signal, part(n.written, t.key, equal[signal]))
	read := f.add(byKana, max(part(n.kana, t.key, equal[byKana]), part(n.drawn, t.drawn, equal[byKana])))
	return written || read
}

// part answers the points for a key that holds a text: as a whole, at its
// beginning, or somewhere.
func part(key, text string, points int) int {
	switch {
	case key == "" || text == "" || !strings.Contains(key, text):
		return 0
	case len(key) == len(text):
		return points
	case strings.HasPrefix(key, text):
		return points * 3 / 4
	}
	return points / 2
}
