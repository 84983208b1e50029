package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is how hard a password is to try: memory in KiB, passes, lanes.
type cost struct {
	memory, time uint32
	lanes        uint8
}

// newCost is used for every password set from now on; stored ones keep theirs
// until they are set again.
var newCost = cost{memory: 19 * 1024, time: 2, lanes: 1}

const (
	saltBytes = 16
	keyBytes  = 32
	// maxMemory and maxTime bound what a stored hash may ask of this machine.
	maxMemory = 1 << 20
	maxTime   = 16
)

var errHash = errors.New("stored password hash cannot be read")

// hashed is one stored password.
type hashed struct {
	cost
	salt, key []byte
}

func hashPassword(password string) string {
	h := hashed{cost: newCost, salt: make([]byte, saltBytes)}
	rand.Read(h.salt)
	h.key = h.derive(password)
	return h.String()
}

func (h hashed) derive(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.lanes, keyBytes)
}

func (h hashed) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
}

// String writes the form argon2 tools share: $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (h hashed) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.lanes,
		base64.RawStdEncoding.EncodeToString(h.salt), base64.RawStdEncoding.EncodeToString(h.key))
}

// parseHash reads the form of String and nothing else.
func parseHash(s string) (hashed, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return hashed{}, errHash
	}
	var h hashed
	var version int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return hashed{}, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.lanes); err != nil {
		return hashed{}, errHash
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return hashed{}, errHash
	}
	if h.key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil {
		return hashed{}, errHash
	}
	if h.memory == 0 || h.memory > maxMemory || h.time == 0 || h.time > maxTime || h.lanes == 0 ||
		len(h.salt) != saltBytes || len(h.key) != keyBytes || h.String() != s {
		return hashed{}, errHash
	}
	return h, nil
}

// NewPassword makes a password nobody has seen: 26 letters and digits, 130 bits.
func NewPassword() string { return strings.ToLower(rand.Text()) }
