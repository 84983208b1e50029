package receipt

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
)

// Key makes the codes of one installation. It is secret: 32 bytes that the keyring
// keeps beside the keys of persons, wrapped under the KEK and held in escrow with
// them, and that no erasure destroys.
//
// A code is the position of the record the receipt is for, encrypted so that nobody
// without the key learns it or makes another that holds: first 60 bits of an HMAC of
// the position, then the 30 bits of the position under a mask that is an HMAC of
// those (the order of RFC 5297: the seal is the nonce). Nothing is stored, so a code
// is good as long as the log and the key are: after a restart, after the read models
// are built again, after the person was erased, merged or moved to another case, for
// it names the record and nobody. A random code beside the event would need an event
// for each receipt, or a table that can be lost; a shortened hash of the record's id
// would need a table of all of them in memory.
//
// One guess in 2^60 is a code for a given record.
type Key [32]byte

const (
	sealBits     = 60
	positionBits = 30
	// Last is the last position that a code can name.
	Last = 1<<positionBits - 1
)

var errFar = errors.New("position is beyond what a receipt can name")

// Code is the code of the record at a position; an error for none, and beyond Last.
func (k Key) Code(position uint64) (Code, error) {
	if position == 0 || position > Last {
		return Code{}, errFar
	}
	seal := k.seal(position)
	return pack(seal, uint32(position)^k.mask(seal)), nil
}

// Position is what a code was made for; false if this key made none such. It takes
// as long either way.
func (k Key) Position(c Code) (uint64, bool) {
	seal, masked := c.unpack()
	position := uint64(masked ^ k.mask(seal))
	var want, have [8]byte
	binary.BigEndian.PutUint64(want[:], k.seal(position))
	binary.BigEndian.PutUint64(have[:], seal)
	same := subtle.ConstantTimeCompare(want[:], have[:]) == 1
	return position, same && position > 0
}

func (k Key) seal(position uint64) uint64 {
	return k.sum("ayumi receipt seal v1", position) >> (64 - sealBits)
}

func (k Key) mask(seal uint64) uint32 {
	return uint32(k.sum("ayumi receipt mask v1", seal) >> (64 - positionBits))
}

func (k Key) sum(what string, n uint64) uint64 {
	h := hmac.New(sha256.New, k[:])
	_, _ = h.Write(binary.BigEndian.AppendUint64([]byte(what), n)) // a hash takes everything
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// pack lays 60 and 30 bits into 18 symbols, 5 bits each, and checks them.
func pack(seal uint64, masked uint32) (c Code) {
	for i := data - 1; i >= sealBits/5; i-- {
		c[i] = byte(masked & 31)
		masked >>= 5
	}
	for i := sealBits/5 - 1; i >= 0; i-- {
		c[i] = byte(seal & 31)
		seal >>= 5
	}
	c.check()
	return c
}

func (c Code) unpack() (seal uint64, masked uint32) {
	for _, s := range c[:sealBits/5] {
		seal = seal<<5 | uint64(s)
	}
	for _, s := range c[sealBits/5 : data] {
		masked = masked<<5 | uint32(s)
	}
	return seal, masked
}
