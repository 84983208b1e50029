package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// name is one name of a quantity, folded, with the values that bear it.
type name struct {
	key, word string
	known     []*Known
}

// Nearness of a name to a figure, the best last.
const (
	above   = iota // in lines before
	behind         // behind the figure in its sentence
	carried        // before it, with another figure between or from farther off
	direct         // right before it, or at the head of its row or column
)

// naming is a name found near a figure.
type naming struct {
	*name
	near   int
	head   bool
	at     int // how far its end is from the figure
	length int
}

// namesOf collects the names of a register, each once.
func namesOf(known []Known) []name {
	var out []name
	index := map[string]int{}
	for i := range known {
		for _, word := range known[i].Names {
			key, _ := compact([]rune(word))
			if len(key) < 2 {
				continue
			}
			k, ok := index[string(key)]
			if !ok {
				k = len(out)
				index[string(key)] = k
				out = append(out, name{key: string(key), word: word})
			}
			out[k].known = append(out[k].known, &known[i])
		}
	}
	slices.SortStableFunc(out, func(a, b name) int { return cmp.Compare(len(b.key), len(a.key)) })
	return out
}

// compact folds a text for comparison of names and tells where each rune came
// from.
func compact(text []rune) ([]rune, []int) {
	var out []rune
	var at []int
	for i, r := range text {
		r = unicode.ToLower(foldRune(r))
		if unicode.IsSpace(r) || r == '・' || r == '･' {
			continue
		}
		out, at = append(out, r), append(at, i)
	}
	return out, at
}

// found is one name in a text, by the runes of the text.
type found struct {
	*name
	from, to int
}

// findNames finds the names in a text; a name inside a longer one is none.
func (r *reader) findNames(text []rune) []found {
	runes, at := compact(text)
	s := string(runes)
	var out []found
	for i := range r.names {
		n := &r.names[i]
		for start := 0; ; {
			k := strings.Index(s[start:], n.key)
			if k < 0 {
				break
			}
			from := len([]rune(s[:start+k]))
			to := from + len([]rune(n.key))
			start += k + len(n.key)
			if notInName.MatchString(s[start:]) || latinGoesOn(runes, from, to) {
				continue
			}
			f := found{n, at[from], at[to-1] + 1}
			if !slices.ContainsFunc(out, func(o found) bool { return o.from <= f.from && f.to <= o.to }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// latinGoesOn: a name in Latin letters is only part of a longer word.
func latinGoesOn(s []rune, from, to int) bool {
	return from > 0 && latin(s[from-1]) && latin(s[from]) || to < len(s) && latin(s[to]) && latin(s[to-1]) && s[to] != 's'
}

// nameOf finds the names that may be meant, the best first.
func (r *reader) nameOf(s *scene, prefix, suffix string) {
	var all []naming
	for depth, h := range s.heads {
		for _, x := range r.findNames([]rune(h)) {
			n := naming{x.name, direct, true, depth, len(x.key)}
			if share.MatchString(fold(h)) {
				n.near = carried
			}
			all = append(all, n)
		}
	}
	for depth, h := range s.above {
		for _, x := range r.findNames([]rune(h)) {
			all = append(all, naming{x.name, above, true, mostBefore + depth, len(x.key)})
		}
	}
	t := s.token()
	start := t.at - len([]rune(prefix))
	for _, x := range r.findNames(s.flow.text[start:t.at]) {
		all = append(all, naming{x.name, s.nearness(start + x.to), false, t.at - start - x.to, len(x.key)})
	}
	end := t.until + len([]rune(suffix))
	for i := s.index + 1; i < len(s.flow.tokens); i++ {
		if next := &s.flow.tokens[i]; next.IsFigure() && next.at < end {
			end = next.at
			break
		}
	}
	for _, x := range r.findNames(s.flow.text[t.until:end]) {
		if s.flow.sameSentence(t.until, t.until+x.from) && s.flow.sameLine(t.until, t.until+x.from) {
			all = append(all, naming{x.name, behind, false, x.from, len(x.key)})
		}
	}
	slices.SortStableFunc(all, func(a, b naming) int {
		return cmp.Or(cmp.Compare(b.near, a.near), cmp.Compare(a.at, b.at), cmp.Compare(b.length, a.length), strings.Compare(a.key, b.key))
	})
	s.names = all
}

// mostGap is how many runes may stand between a name and its figure.
const mostGap = 24

// nearness judges a name that ends at a place before the figure.
func (s *scene) nearness(end int) int {
	f, t := s.flow, s.token()
	between := string(f.text[end:t.at])
	if !f.sameLine(end, t.at) && len(strings.TrimLeft(between, "\n :")) > 0 {
		return above
	}
	if share.MatchString(between) || t.at-end > mostGap {
		return carried
	}
	for i := s.index - 1; i >= 0 && f.tokens[i].at >= end; i-- {
		if f.tokens[i].IsFigure() {
			if s.host != nil && s.host.flow == f && s.host.index == i {
				continue // its own year before
			}
			if s.period.YearWord == "" && s.period.AsOfWord == "" || !strings.Contains(string(f.text[f.tokens[i].until:t.at]), fold(s.period.YearWord)) || s.period.YearWord == "" {
				return carried
			}
		}
	}
	return direct
}
