package indicator

import (
	"encoding/hex"
	"hash/maphash"
	"slices"

	"ayumi/domain"
)

// files note of many cases who leads them and whose they are, in a quarter of the
// room that a map would take.
type files struct {
	notes       domain.Pages[fileNote]
	slots       []uint32 // number of a note, from 1; 0: free
	controllers []string
	seed        maphash.Seed
}

type fileNote struct {
	id, lead   [16]byte
	controller uint8  // number
	opened     uint32 // number of the case of the state, from 1; 0: it is none
}

// note notes a case that is not noted yet. It answers false for one that it cannot
// hold: ids are UUIDs, and controllers few.
func (f *files) note(id, lead, controller []byte) bool {
	var x fileNote
	if !parseUUID(&x.id, id) || !parseUUID(&x.lead, lead) {
		return false
	}
	no := slices.Index(f.controllers, string(controller))
	if no < 0 {
		if no = len(f.controllers); no > 255 {
			return false
		}
		f.controllers = append(f.controllers, string(controller))
	}
	x.controller = uint8(no)
	if f.notes.Len() >= len(f.slots)*3/4 {
		f.grow()
	}
	f.notes.Add(x)
	f.slots[f.slot(&x.id)] = uint32(f.notes.Len())
	return true
}

func (f *files) at(no uint32) *fileNote { return f.notes.At(int(no - 1)) }

// slot is where the number of a case lies, or would lie.
func (f *files) slot(id *[16]byte) uint64 {
	most := uint64(len(f.slots) - 1)
	at := maphash.Bytes(f.seed, id[:]) & most
	for f.slots[at] > 0 && f.at(f.slots[at]).id != *id {
		at = (at + 1) & most
	}
	return at
}

func (f *files) grow() {
	if f.slots == nil {
		f.seed = maphash.MakeSeed()
	}
	f.slots = make([]uint32, max(1<<10, 2*len(f.slots)))
	for no := uint32(1); no <= uint32(f.notes.Len()); no++ {
		f.slots[f.slot(&f.at(no).id)] = no
	}
}

// get is the note of a case, nil if it has none.
func (f *files) get(id []byte) *fileNote {
	var key [16]byte
	if f.notes.Len() == 0 || !parseUUID(&key, id) {
		return nil
	}
	no := f.slots[f.slot(&key)]
	if no == 0 {
		return nil
	}
	return f.at(no)
}

// leads tells whether a person leads the case.
func (x *fileNote) leads(person []byte) bool {
	var id [16]byte
	return parseUUID(&id, person) && id == x.lead
}

// groups are where the digits of a UUID stand between its hyphens.
var groups = [5][2]int{{0, 8}, {9, 13}, {14, 18}, {19, 23}, {24, 36}}

// parseUUID reads an id in the one spelling that spellUUID gives.
func parseUUID(to *[16]byte, text []byte) bool {
	if len(text) != 36 {
		return false
	}
	at := 0
	for i, g := range groups {
		n, err := hex.Decode(to[at:], text[g[0]:g[1]])
		if at += n; err != nil || i < 4 && text[g[1]] != '-' {
			return false
		}
	}
	return !slices.ContainsFunc(text, func(c byte) bool { return c >= 'A' && c <= 'F' })
}

func spellUUID(id [16]byte) string {
	out := make([]byte, 0, 36)
	for i, cut := range [...]int{4, 6, 8, 10, 16} {
		if i > 0 {
			out = append(out, '-')
		}
		from := [...]int{0, 4, 6, 8, 10}[i]
		out = hex.AppendEncode(out, id[from:cut])
	}
	return string(out)
}
