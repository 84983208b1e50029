package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

const cosignature = 4 // the kind of a witness's key (C2SP tlog-cosignature)

// NewVerifier reads a public key as it is written, name+hash+key: that of a log or
// an officer (Ed25519), or of a witness (cosignature/v1).
func NewVerifier(key string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(key, "+")
	sum, raw, _ := strings.Cut(rest, "+")
	bytes, err := base64.StdEncoding.Strict().DecodeString(raw)
	if err != nil || len(bytes) != 1+ed25519.PublicKeySize || bytes[0] != cosignature {
		return note.NewVerifier(key)
	}
	want := sha256.Sum256(append([]byte(name+"\n"), bytes...))
	if name == "" || strings.ContainsAny(name, " \n+") || sum != hex.EncodeToString(want[:4]) {
		return nil, errors.New("key is malformed")
	}
	return &witness{name, binary.BigEndian.Uint32(want[:4]), ed25519.PublicKey(bytes[1:])}, nil
}

// witness checks cosignatures: eight bytes of time, then the signature over time
// and text.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// CosignedAt answers which of the witnesses signed a checkpoint and when, by name.
// Every signature is checked.
func CosignedAt(signed []byte, witnesses []note.Verifier) map[string]time.Time {
	out := map[string]time.Time{}
	n, err := note.Open(signed, note.VerifierList(witnesses...))
	if err != nil {
		return out
	}
	for _, s := range n.Sigs {
		raw, err := base64.StdEncoding.DecodeString(s.Base64)
		if err == nil && len(raw) >= 12 { // four bytes of the key's hash, eight of time
			out[s.Name] = time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC()
		}
	}
	return out
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(w.key, signed, sig[8:])
}
