package people

import (
	"bytes"
	"slices"
	"sort"
)

// pile is every form of every name and contact of a book in one piece of memory,
// which one pass can search. A record that changes is wiped and added again at
// the end.
type pile struct {
	text  []byte
	spans []span // ascending
	dead  int    // bytes wiped
}

// span is where the forms of a record begin; they end where the next begins. It
// is the record's own only while the record says so.
type span struct {
	from   int
	record *profile
}

func (b *pile) end(i int) int {
	if i+1 < len(b.spans) {
		return b.spans[i+1].from
	}
	return len(b.text)
}

// wipe takes the forms of a record out.
func (b *pile) wipe(p *profile) {
	if p.span > 0 {
		gone := b.text[b.spans[p.span-1].from:b.end(p.span-1)]
		clear(gone)
		b.dead += len(gone)
		p.span = 0
	}
}

// put adds the forms of a record.
func (b *pile) put(p *profile) {
	b.wipe(p)
	b.spans = append(b.spans, span{len(b.text), p})
	p.span = len(b.spans)
	for _, n := range p.names {
		b.add(n.written)
		b.add(n.kana)
		if n.drawn != n.kana {
			b.add(n.drawn)
		}
	}
	for _, c := range p.contacts {
		b.add(c.key)
		b.add(c.also)
	}
}

func (b *pile) add(form string) {
	if form != "" {
		b.text = append(append(b.text, form...), '\n')
	}
}

const spare = 1 << 20 // bytes that may lie dead before the pile is made anew

// tidy makes the pile anew when most of it is dead.
func (b *pile) tidy(all []*profile) {
	if b.dead < spare || b.dead < len(b.text)/2 {
		return
	}
	clear(b.text)
	*b = pile{}
	for _, p := range all {
		p.span = 0
		b.put(p)
	}
}

// holding answers the records that hold a form somewhere.
func (b *pile) holding(form string, found map[*profile]bool) {
	for at := 0; form != "" && at < len(b.text); {
		i := bytes.Index(b.text[at:], []byte(form))
		if i < 0 {
			return
		}
		k := sort.Search(len(b.spans), func(k int) bool { return b.spans[k].from > at+i }) - 1
		if p := b.spans[k].record; p.span == k+1 {
			found[p] = true
		}
		at = b.end(k)
	}
}

// candidates are the records that a query could match, in order of number: the
// others hold neither the whole of it nor its longest part.
func (b *book) candidates(q *query) []*profile {
	found := map[*profile]bool{}
	terms := []*term{&q.whole}
	if len(q.parts) > 0 {
		longest := &q.parts[0]
		for i := range q.parts {
			if len(q.parts[i].key) > len(longest.key) {
				longest = &q.parts[i]
			}
		}
		terms = append(terms, longest)
	}
	for _, t := range terms {
		if t.number > 0 && t.number <= len(b.order) {
			found[b.order[t.number-1]] = true
		}
		forms := []string{t.key, t.drawn, t.digits, t.ascii}
		slices.Sort(forms)
		for _, form := range slices.Compact(forms) {
			b.pile.holding(form, found)
		}
	}
	out := make([]*profile, 0, len(found))
	for p := range found {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *profile) int { return a.number - b.number })
	return out
}
