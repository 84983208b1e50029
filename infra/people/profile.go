package people

import (
	"cmp"
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// Name is how a person is called, as typed.
type Name struct {
	Family, Given, FamilyKana, GivenKana string
	Kind                                 string // legal, alias, former or ""
}

// spelt is a name with the forms it is looked up under.
type spelt struct {
	Name
	written, kana, drawn string // drawn: long vowels written out
	cut, cutKana         uint8  // where the given name begins in written and in kana
}

// spell keeps all forms in one string: there are many names.
func spell(n Name) spelt {
	written, kana := japan.SearchKey(n.Family+n.Given), japan.SearchKey(n.FamilyKana+n.GivenKana)
	drawn := japan.LongVowels(kana)
	if drawn == kana {
		drawn = ""
	}
	all, w, k := written+kana+drawn, len(written), len(written)+len(kana)
	return spelt{Name: n, written: all[:w], kana: all[w:k], drawn: cmp.Or(all[k:], all[w:k]), cut: cutAt(written, n.Family), cutKana: cutAt(kana, n.FamilyKana)}
}

// cutAt is how long the key of a family name is at the beginning of that of the
// whole name.
func cutAt(whole, family string) uint8 {
	key := japan.SearchKey(family)
	if !strings.HasPrefix(whole, key) || len(key) > 255 {
		return 0
	}
	return uint8(len(key))
}

// contact is one way to reach a person, in the form it is looked up under.
type contact struct{ id, kind, key, also string }

// profile is one person of the index.
type profile struct {
	id, controller string
	number         int
	names          []spelt
	contacts       []contact
	restricted     map[string][]string // restriction → scopes
	confidential   bool
	into           *profile
	gone           bool // erased or about to be
	particulars
	span int // where its forms lie, from 1; 0: nowhere
}

// known tells whether there is anything to find.
func (p *profile) known() bool { return !p.gone && p.controller != "" }

// forget drops everything that was sealed; the pile is wiped by the book.
func (p *profile) forget() {
	p.gone, p.names, p.contacts, p.particulars = true, nil, nil, particulars{}
}

// root follows merges to the survivor. Merges have no cycle; the bound keeps a
// broken log from hanging a search.
func (p *profile) root() *profile {
	for hops := 0; p.into != nil && hops < 64; hops++ {
		p = p.into
	}
	return p
}

// shown is the name to call the person by: the newest that is neither an alias
// nor a former one, else the newest.
func (p *profile) shown() int {
	for i, n := range slices.Backward(p.names) {
		if n.Kind != "alias" && n.Kind != "former" {
			return i
		}
	}
	return len(p.names) - 1
}

// name is the shown name, or none.
func (p *profile) name() Name {
	if i := p.shown(); i >= 0 {
		return p.names[i].Name
	}
	return Name{}
}

func nameOf(texts map[string]string, kind string) Name {
	return Name{Family: texts["family"], Given: texts["given"], FamilyKana: texts["family_kana"], GivenKana: texts["given_kana"], Kind: kind}
}

// call adds a name. Whoever marries states what changed: the rest stays.
func (p *profile) call(n Name) {
	if n == (Name{Kind: n.Kind}) || p.gone {
		return
	}
	if was := p.name(); n.Kind != "alias" {
		inherit(&n.Family, &n.FamilyKana, was.Family, was.FamilyKana)
		inherit(&n.Given, &n.GivenKana, was.Given, was.GivenKana)
	}
	p.names = append(p.names, spell(n))
}

// inherit keeps a part of a name that was not stated, with its reading.
func inherit(text, kana *string, was, wasKana string) {
	if *text == "" && *kana == "" {
		*text, *kana = was, wasKana
	}
}

// part points at the part of a name that a field stands for; nil for any other.
func (n *Name) part(field string) *string {
	switch field {
	case "family":
		return &n.Family
	case "given":
		return &n.Given
	case "family_kana":
		return &n.FamilyKana
	case "given_kana":
		return &n.GivenKana
	}
	return nil
}

// correct replaces one part of the shown name, and of every name that had it
// from there or gave it.
func (p *profile) correct(field, text string) {
	now := p.name()
	if p.gone || now.part(field) == nil {
		return
	}
	if len(p.names) == 0 {
		p.names = append(p.names, spelt{})
	}
	wrong := *now.part(field)
	for i := range p.names {
		n := p.names[i].Name
		if at := n.part(field); *at == wrong {
			*at = text
			p.names[i] = spell(n)
		}
	}
}

func (p *profile) reach(id, kind string, texts map[string]string) {
	if c, ok := contactOf(id, kind, texts); ok && !p.gone {
		p.contacts = append(p.contacts, c)
	}
}

// contactOf brings a contact into the form it is looked up under; post and
// others are not.
func contactOf(id, kind string, texts map[string]string) (contact, bool) {
	c := contact{id: id, kind: kind}
	switch kind {
	case "phone", "mobile":
		c.kind, c.key = "phone", phone(texts["value"])
	case "mail":
		c.key = ascii(texts["value"])
	case "line":
		c.key, c.also = japan.SearchKey(texts["value"]), japan.SearchKey(texts["display"])
	default:
		return c, false
	}
	return c, c.key != ""
}

// ascii is a text in narrow, small letters.
func ascii(s string) string {
	return strings.ReplaceAll(japan.SearchKey(s), "ー", "-")
}

// phone is a number as digits, in the national form: 0 for the country code, and
// the 0 that spreadsheets drop put back.
func phone(s string) string {
	digits := onlyDigits(s)
	abroad := strings.HasPrefix(strings.TrimSpace(ascii(s)), "+")
	switch {
	case abroad && strings.HasPrefix(digits, "81"):
		return "0" + strings.TrimPrefix(digits[2:], "0")
	case abroad || strings.HasPrefix(digits, "0"):
		return digits
	case len(digits) == 10 || len(digits) == 9:
		return "0" + digits
	}
	return digits
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, ascii(s))
}
