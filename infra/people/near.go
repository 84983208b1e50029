package people

import (
	"slices"
	"strings"
	"unicode"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// What of a name was met.
const (
	wholeName = "whole"
	family    = "family"
	given     = "given"
	somewhere = "part"
	differs   = "differs"
)

// heard is what somebody says of a person who may be on record: names, readings,
// ways to be reached. Whoever meets one of them is near.
type heard struct {
	called string   // every word of a name, as typed
	terms  []said   // of names, in the order typed
	other  []said   // numbers, phones and mail addresses
	whole  []string // what the key of a whole name may be
	kana   string   // all readings in one, long vowels written out
}

type said struct {
	term
	typed string
}

// hear takes a text apart. A name in kanji with a reading or a kana name behind it
// (高崎みさき) is heard as both and as one.
func hear(text string) heard {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	h := heard{}
	var all, kanji, kana string
	for _, word := range words(text) {
		t := said{termOf(word), word}
		switch {
		case t.number > 0 || t.digits != "" || strings.Contains(t.ascii, "@"):
			h.other = append(h.other, t)
			continue
		case t.key == "":
			continue
		}
		h.called = joined(h.called, word)
		parts := []said{t}
		h.terms = append(h.terms, t)
		if a, b, ok := mixed(word); ok {
			parts = []said{{termOf(a), a}, {termOf(b), b}}
			h.terms = append(h.terms, parts...)
		}
		all += t.key
		for _, p := range parts {
			if p.kana {
				kana += p.key
			} else {
				kanji += p.key
			}
		}
	}
	h.kana, h.whole = japan.LongVowels(kana), []string{all}
	if kanji != "" && kanji != all {
		h.whole = append(h.whole, kanji)
	}
	return h
}

// words parts a text by spaces, but leaves the groups of one phone number together.
func words(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, unicode.IsSpace) {
		if n := len(out); n > 0 && phoneLike(japan.SearchKey(w)) && phoneLike(japan.SearchKey(out[n-1])) && len(onlyDigits(out[n-1])) < 10 {
			out[n-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// mixed parts kanji from the two or more kana that end a word.
func mixed(word string) (before, kana string, ok bool) {
	runes := []rune(word)
	i := len(runes)
	for i > 0 && japan.KanaOnly(string(runes[i-1])) {
		i--
	}
	return string(runes[:i]), string(runes[i:]), i > 0 && len(runes)-i >= 2
}

// Near finds persons who share something with what was said of one, most points
// first, where Search finds who meets all of it. A part of a name counts three
// quarters of the whole unless both its parts are met, in whatever script; any
// other piece of a name a half. The rest is as in Search.
func (x *Index) Near(who domain.Actor, text string, limit int) (Answer, error) {
	if q := ask(text); q.short() {
		return Answer{}, domain.RefuseField("search.too_short", "q")
	}
	if limit < 1 || limit > MostHits {
		limit = MostHits
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return Answer{}, ErrBuilding
	}
	h := hear(text)
	out := x.book.matching(x.book.near(&h), x.tells(who, domain.ToSuggest), h.meets).answer(nil, limit, who.Controller)
	out.Words = h.words()
	return out, nil
}

// words tells how each piece was read; a word that was taken apart is told in its
// parts.
func (h *heard) words() (out []Word) {
	for i, t := range h.terms {
		if i+2 < len(h.terms) && h.terms[i+1].typed+h.terms[i+2].typed == t.typed {
			continue
		}
		signal := byKanji
		if t.kana {
			signal = byKana
		}
		out = append(out, Word{signal, t.typed})
	}
	for _, t := range h.other {
		q := query{whole: t.term}
		out = append(out, Word{q.readAs()[0], t.typed})
	}
	return out
}

// near are the records that hold one of the words, in order of number.
func (b *book) near(h *heard) []*profile {
	found := map[*profile]bool{}
	var forms []string
	for _, t := range slices.Concat(h.terms, h.other) {
		if t.number > 0 && t.number <= len(b.order) {
			found[b.order[t.number-1]] = true
		}
		if len([]rune(t.key)) == 1 && len(h.terms)+len(h.other) > 1 && t.digits == "" {
			continue // one kanji of several words is met with the others
		}
		forms = append(forms, t.key, t.drawn, t.digits, t.ascii)
	}
	forms = append(append(forms, h.kana), h.whole...)
	slices.Sort(forms)
	for _, form := range slices.Compact(forms) {
		b.pile.holding(form, found)
	}
	out := make([]*profile, 0, len(found))
	for p := range found {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *profile) int { return a.number - b.number })
	return out
}

// meets answers what of a record was said.
func (h *heard) meets(p *profile) (best reasons, name int) {
	most := 0
	name = -1
	for i := range p.names {
		got := h.name(&p.names[i])
		if sum := got.points(); sum > most {
			best, name, most = got, i, sum
		}
	}
	for i := range h.other {
		h.other[i].reaches(p, &best)
	}
	if best.points() <= 0 {
		return nil, -1
	}
	return best, name
}

func (l reasons) points() (sum int) {
	for _, r := range l {
		sum += r.Points
	}
	return sum
}

// reaches adds by what a person is reached; a record that has another phone or
// another address says so with no points.
func (t *said) reaches(p *profile, best *reasons) {
	if t.number > 0 && t.number == p.number {
		best.put(Reason{Signal: byNumber, Points: equal[byNumber], How: wholeName})
	}
	for i := range p.contacts {
		c := &p.contacts[i]
		var f found
		if t.term.contact(c, &f) {
			for _, r := range f.best {
				r.How = somewhere
				if r.Points == equal[r.Signal] {
					r.How = wholeName
				}
				best.put(r)
			}
			continue
		}
		other := (c.kind == byPhone && len(t.digits) >= 9) || (c.kind == byMail && strings.Contains(t.ascii, "@"))
		if _, known := best.of(c.kind); other && !known {
			best.put(Reason{Signal: c.kind, How: differs})
		}
	}
}

// name looks everything said up in one name.
func (h *heard) name(n *spelt) (out reasons) {
	if n.written != "" && slices.Contains(h.whole, n.written) {
		out.put(Reason{Signal: byKanji, Points: equal[byKanji], How: wholeName, Typed: h.called, Stored: joined(n.Family, n.Given)})
	}
	if n.drawn != "" && h.kana == n.drawn {
		out.put(Reason{Signal: byKana, Points: equal[byKana], How: wholeName, Stored: joined(n.FamilyKana, n.GivenKana)})
	}
	if len(out) == 2 {
		return out
	}
	var met reasons
	var ofFamily, ofGiven bool
	for i := range h.terms {
		if r, ok := h.terms[i].part(n); ok {
			met = append(met, r)
			ofFamily, ofGiven = ofFamily || r.How == family, ofGiven || r.How == given
		}
	}
	for _, r := range met {
		if ofFamily && ofGiven && r.How != somewhere {
			r.Points = equal[r.Signal]
		}
		out.put(r)
	}
	return out
}

// part looks one word up in the parts of a name.
func (t *said) part(n *spelt) (Reason, bool) {
	signal := byKanji
	if t.kana {
		signal = byKana
	}
	met := func(how, signal, stored string) (Reason, bool) {
		return Reason{Signal: signal, Points: equal[signal] * 3 / 4, How: how, Typed: t.typed, Stored: stored}, true
	}
	switch t.key {
	case n.written[:n.cut]:
		return met(family, signal, n.Family)
	case n.written[n.cut:]:
		return met(given, signal, n.Given)
	}
	if t.kana && strings.Contains(n.drawn, t.drawn) {
		switch t.drawn {
		case japan.LongVowels(n.kana[:n.cutKana]):
			return met(family, byKana, n.FamilyKana)
		case japan.LongVowels(n.kana[n.cutKana:]):
			return met(given, byKana, n.GivenKana)
		}
	}
	long := len([]rune(t.key)) > 1
	switch {
	case long && strings.Contains(n.written, t.key):
		return Reason{Signal: signal, Points: equal[signal] / 2, How: somewhere, Typed: t.typed, Stored: joined(n.Family, n.Given)}, true
	case long && (strings.Contains(n.kana, t.key) || strings.Contains(n.drawn, t.drawn)):
		return Reason{Signal: byKana, Points: equal[byKana] / 2, How: somewhere, Typed: t.typed, Stored: joined(n.FamilyKana, n.GivenKana)}, true
	}
	return Reason{}, false
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

// Described is what was told of somebody about to be put on record.
type Described struct {
	Name
	Contacts               []Told
	BirthDate, ResidenceLG string // YYYY-MM-DD or YYYY; six digits; "" if not told
}

// Told is a way to reach somebody: phone, mobile, mail or line.
type Told struct{ Kind, Value, Display string }

// Like finds the human beings on an actor's own record who are like one that is
// not on record yet, by the points of handbook.md 7.4, most points first.
// ErrBuilding until the index has seen the log.
func (x *Index) Like(who domain.Actor, d Described) (Answer, error) {
	p := &profile{controller: who.Controller}
	p.call(d.Name)
	for _, c := range d.Contacts {
		p.reach("", c.Kind, map[string]string{"value": c.Value, "display": c.Display})
	}
	field := "birth_date"
	if len(d.BirthDate) == 4 {
		field = "birth_year"
	}
	p.tell(field, d.BirthDate)
	p.tell("residence_lg", d.ResidenceLG)
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return Answer{}, ErrBuilding
	}
	meets := func(q *profile) (reasons, int) {
		if q.controller != p.controller {
			return nil, -1
		}
		if out := reasons(p.alike(q)); out.points() > 0 {
			return out, -1
		}
		return nil, -1
	}
	return x.book.matching(x.book.shared.with(p), x.tells(who, domain.ToSuggest), meets).answer(nil, MostHits, who.Controller), nil
}

// OnLine are the human beings of a controller who are reached by LINE under one of
// some names, by id. It is for machines: it shows nothing. ErrBuilding until the index has seen the log.
func (x *Index) OnLine(controller string, names ...string) ([]string, error) {
	p := &profile{controller: controller}
	for _, name := range names {
		p.reach("", "line", map[string]string{"value": name})
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return nil, ErrBuilding
	}
	var out []string
	for _, q := range x.book.shared.with(p) {
		if root := q.root(); q.known() && root.known() && root.controller == controller && !slices.Contains(out, root.id) && p.reachedAs(q, "line") {
			out = append(out, root.id)
		}
	}
	return out, nil
}

// Alike tells what two records share and what speaks against it, most points first;
// nothing where the actor may not see both.
func (x *Index) Alike(who domain.Actor, a, b string) []Reason {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p, q, see := x.book.persons[a], x.book.persons[b], x.tells(who, domain.ToSuggest)
	if p == nil || q == nil || !p.known() || !q.known() || see(p) != domain.Found || see(q) != domain.Found {
		return nil
	}
	out := p.alike(q)
	slices.SortStableFunc(out, func(a, b Reason) int { return b.Points - a.Points })
	return out
}
