package domain

import (
	"iter"

	"github.com/google/uuid"
)

// ByID holds values by the ids of things. A UUID in its one spelling is held as its
// sixteen bytes: that takes a third of the room of a text, and looking one up reads no
// text elsewhere in memory. The zero value is empty.
type ByID[V any] struct {
	uuids  map[uuid.UUID]V
	others map[string]V
}

// Get is the value of an id, and whether there is one.
func (m *ByID[V]) Get(id []byte) (V, bool) {
	if key, ok := ParseID(id); ok {
		v, ok := m.uuids[key]
		return v, ok
	}
	v, ok := m.others[string(id)]
	return v, ok
}

// Put gives an id a value, in the place of the one before.
func (m *ByID[V]) Put(id []byte, v V) {
	if key, ok := ParseID(id); ok {
		if m.uuids == nil {
			m.uuids = map[uuid.UUID]V{}
		}
		m.uuids[key] = v
		return
	}
	if m.others == nil {
		m.others = map[string]V{}
	}
	m.others[string(id)] = v
}

// Len is how many ids have a value.
func (m *ByID[V]) Len() int { return len(m.uuids) + len(m.others) }

// Values yields all values, in no order.
func (m *ByID[V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range m.uuids {
			if !yield(v) {
				return
			}
		}
		for _, v := range m.others {
			if !yield(v) {
				return
			}
		}
	}
}

// IDLength is how long a UUID is as text.
const IDLength = 36

// ParseID reads a UUID in the one spelling that it is written in: small letters, with
// hyphens. False for every other text.
func ParseID(text []byte) (id uuid.UUID, ok bool) {
	if len(text) != IDLength || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return id, false
	}
	bad := byte(0)
	for i, at := range idPlaces {
		high, low := idDigits[text[at]], idDigits[text[at+1]]
		id[i], bad = high<<4|low, bad|high|low
	}
	return id, bad < 16
}

// idPlaces are where the bytes of a UUID stand in its text.
var idPlaces = [16]byte{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34}

// idDigits are the values of the digits that ids are spelt with; others are 255.
var idDigits = func() (d [256]byte) {
	for i := range d {
		d[i] = 255
	}
	for i, c := range []byte("0123456789abcdef") {
		d[c] = byte(i)
	}
	return d
}()
