package keyring

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Random takes salts and nonces from the operating system.
type Random struct{}

// Salt keeps the contract of domain.Randomness.
func (Random) Salt(uuid.UUID) (salt [domain.SaltSize]byte) {
	rand.Read(salt[:])
	return salt
}

// Nonce keeps the contract of domain.Randomness.
func (Random) Nonce(uuid.UUID, int) (nonce [12]byte) {
	rand.Read(nonce[:])
	return nonce
}

// Seeded derives salts and nonces from a seed and the event, for scenarios that
// must give the same bytes again. Never for a log of real people.
type Seeded []byte

// Salt keeps the contract of domain.Randomness.
func (s Seeded) Salt(event uuid.UUID) [domain.SaltSize]byte { return s.derive("salt", event, 0) }

// Nonce keeps the contract of domain.Randomness.
func (s Seeded) Nonce(event uuid.UUID, section int) [12]byte {
	d := s.derive("nonce", event, section)
	return [12]byte(d[:12])
}

func (s Seeded) derive(what string, event uuid.UUID, n int) (out [32]byte) {
	h := hmac.New(sha256.New, s)
	h.Write([]byte(what))
	h.Write(event[:])
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
	h.Sum(out[:0])
	return out
}
