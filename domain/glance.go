package domain

import (
	"strconv"
	"strings"
)

// Glance lays the facts of one stored event open for quick reading. It is used
// again for the next event: what it answers as bytes holds until then. It trusts
// the spelling, as Facts.Text does.
type Glance struct {
	Names
	values [][]byte
}

// Names are the names of some facts, ascending.
type Names struct {
	keys   [][]byte
	borne  uint64    // signs that a key bears: most facts that are asked for are absent
	shared uint64    // signs that several bear
	at     [64]uint8 // by sign, the place of a key that bears it
}

// NamesOf are given names, ascending.
func NamesOf(keys [][]byte) Names {
	n := Names{keys: make([][]byte, 0, len(keys))}
	for _, k := range keys {
		n.add(k)
	}
	return n
}

func (n *Names) add(key []byte) {
	s := sign(key)
	if n.borne>>s&1 == 1 || len(n.keys) > 255 {
		n.shared |= 1 << s
	}
	n.borne |= 1 << s
	n.at[s] = uint8(len(n.keys))
	n.keys = append(n.keys, key)
}

// sign is a number below 64 for a key.
func sign[T string | []byte](key T) int {
	n := len(key)
	if n == 0 {
		return 0
	}
	return (n + 5*int(key[0]) + 11*int(key[n-1])) & 63
}

// Read lays facts open.
func (g *Glance) Read(facts Facts) {
	g.keys, g.values, g.borne, g.shared = g.keys[:0], g.values[:0], 0, 0
	facts.Scan(func(k, v []byte) bool {
		g.add(k)
		g.values = append(g.values, v)
		return true
	})
}

// Set lays open facts that somebody has read already: their names, and values as they
// are spelt.
func (g *Glance) Set(names Names, values [][]byte) { g.Names, g.values = names, values }

// Glance lays facts open, once.
func (f Facts) Glance() *Glance {
	g := &Glance{}
	g.Read(f)
	return g
}

// Keys are the names themselves.
func (n *Names) Keys() [][]byte { return n.keys }

// Values are the values of all facts as they are spelt, in the order of Keys.
func (g *Glance) Values() [][]byte { return g.values }

// Raw is the value of a fact as it is spelt, nil if it is absent.
func (g *Glance) Raw(key string) []byte {
	s := sign(key)
	if g.borne>>s&1 == 0 {
		return nil
	}
	if i := int(g.at[s]); string(g.keys[i]) == key {
		return g.values[i]
	}
	if g.shared>>s&1 == 0 {
		return nil
	}
	return g.find(key)
}

func (g *Glance) find(key string) []byte {
	for i, k := range g.keys {
		if string(k) == key {
			return g.values[i]
		}
	}
	return nil
}

// Code is the text of a fact that never holds an escape: a code, an id, a date.
func (g *Glance) Code(key string) []byte {
	v := g.Raw(key)
	if len(v) < 2 || v[0] != '"' {
		return nil
	}
	return v[1 : len(v)-1]
}

// Text is Code as a string, "" if the fact is absent.
func (g *Glance) Text(key string) string { return string(g.Code(key)) }

// List is a fact of several codes or ids.
func (g *Glance) List(key string) []string {
	v := g.Text(key)
	if v == "" {
		return nil
	}
	return strings.Split(v, ",")
}

// Number is the value of a whole-number fact, 0 if it is absent.
func (g *Glance) Number(key string) int64 {
	v := g.Raw(key)
	if v == nil {
		return 0
	}
	n, _ := strconv.ParseInt(string(v), 10, 64)
	return n
}
