package people

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// Hidden answers a text in which others are not called by name, phone, mail or LINE
// name: each such place is replaced by mark, and counted. All spellings of a name
// count, as in a search. A family or given name by itself is replaced only where the
// text calls somebody by it (渡辺さん, 妻の花子): as a bare word it may be a place or
// mean something else. What the persons of own are called stays. ErrBuilding until
// the index has seen the log.
func (x *Index) Hidden(text string, own, others []string, mark string) (string, int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return "", 0, ErrBuilding
	}
	hide, keep := x.book.called(others), x.book.called(own)
	read := spellOut(text)
	covered := make([]bool, len(read.runes))
	for _, w := range hide.whole {
		if !slices.Contains(keep.whole, w) {
			read.cover(read.letters, w, covered, nil)
		}
	}
	for _, w := range hide.parts {
		if !slices.Contains(keep.parts, w) {
			read.cover(read.letters, w, covered, read.calls)
		}
	}
	for _, w := range hide.digits {
		if !slices.Contains(keep.digits, w) {
			read.cover(read.digits, w, covered, nil)
		}
	}
	out, n := read.without(covered, mark)
	return out, n, nil
}

// calling are the words by which some persons are called, as search keys.
type calling struct{ whole, parts, digits []string }

func (b *book) called(persons []string) (out calling) {
	for _, id := range persons {
		p := b.persons[id]
		if p == nil {
			continue
		}
		for _, n := range p.names {
			if n.Family != "" && n.Given != "" {
				out.whole = add(out.whole, n.written, 2)
			}
			if n.FamilyKana != "" && n.GivenKana != "" {
				out.whole = add(add(out.whole, n.kana, 3), n.drawn, 3)
			}
			for _, part := range []string{n.Family, n.Given, n.FamilyKana, n.GivenKana} {
				out.parts = add(out.parts, japan.SearchKey(part), 1)
			}
		}
		for _, c := range p.contacts {
			switch {
			case c.kind == "phone":
				out.digits = add(out.digits, c.key, 6)
				out.digits = add(out.digits, "81"+strings.TrimPrefix(c.key, "0"), 8)
			default:
				out.whole = add(add(out.whole, japan.SearchKey(c.key), 3), c.also, 3)
			}
		}
	}
	return out
}

// add adds a key that is long enough to tell somebody.
func add(list []string, key string, least int) []string {
	if len([]rune(key)) < least || slices.Contains(list, key) {
		return list
	}
	return append(list, key)
}

// spelling is a text beside its search key: each letter of the key, and each digit,
// with the runes it stands for.
type spelling struct {
	runes           []rune
	letters, digits []letter
}

type letter struct {
	r        rune
	from, to int // runes
}

// soundMarks belong to the kana before them.
const soundMarks = "゛゜ﾞﾟ\u3099\u309a"

func spellOut(text string) spelling {
	s := spelling{runes: []rune(text)}
	for i := 0; i < len(s.runes); {
		to := i + 1
		for to < len(s.runes) && strings.ContainsRune(soundMarks, s.runes[to]) {
			to++
		}
		for _, r := range japan.SearchKey(string(s.runes[i:to])) {
			s.letters = append(s.letters, letter{r, i, to})
			if !strings.ContainsRune("ー().+", r) {
				s.digits = append(s.digits, letter{r, i, to})
			}
		}
		i = to
	}
	return s
}

// cover marks the runes of every place that spells a word, where it is so used.
func (s spelling) cover(in []letter, word string, covered []bool, used func(from, to int) bool) {
	want := []rune(word)
	for i := 0; i+len(want) <= len(in); i++ {
		if !slices.EqualFunc(want, in[i:i+len(want)], func(r rune, l letter) bool { return r == l.r }) {
			continue
		}
		from, to := in[i].from, in[i+len(want)-1].to
		if used != nil && !used(from, to) {
			continue
		}
		for at := from; at < to; at++ {
			covered[at] = true
		}
	}
}

// calls tells whether somebody is called by the runes of a text.
func (s spelling) calls(from, to int) bool {
	return japan.Called(string(s.runes[max(0, from-6):from]), string(s.runes[to:min(to+6, len(s.runes))]))
}

// without is the text with mark in the place of each run of covered runes.
func (s spelling) without(covered []bool, mark string) (string, int) {
	var out strings.Builder
	n := 0
	for i, r := range s.runes {
		switch {
		case !covered[i]:
			out.WriteRune(r)
		case i == 0 || !covered[i-1]:
			out.WriteString(mark)
			n++
		}
	}
	return out.String(), n
}
