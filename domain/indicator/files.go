package indicator

import (
	"hash/maphash"
	"slices"

	"github.com/google/uuid"

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
	id, lead   uuid.UUID
	controller uint8  // number
	opened     uint32 // number of the case of the state, from 1; 0: it is none
}

// note notes a case that is not noted yet. It answers false for one that it cannot
// hold: ids are UUIDs, and controllers few.
func (f *files) note(id, lead, controller []byte) bool {
	var x fileNote
	var ok, led bool
	x.id, ok = domain.ParseID(id)
	if x.lead, led = domain.ParseID(lead); !ok || !led {
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
func (f *files) slot(id *uuid.UUID) uint64 {
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
	key, ok := domain.ParseID(id)
	if f.notes.Len() == 0 || !ok {
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
	id, ok := domain.ParseID(person)
	return ok && id == x.lead
}
