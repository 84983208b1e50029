package receipt

import (
	"encoding/hex"
	"errors"
	"strings"
)

// Fingerprint writes the hash of a record as it stands on a receipt: hex in groups of
// four.
func Fingerprint(leaf [32]byte) string {
	text := hex.EncodeToString(leaf[:])
	var out strings.Builder
	for i := 0; i < len(text); i += 4 {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(text[i : i+4])
	}
	return out.String()
}

var errFingerprint = errors.New("a fingerprint has 64 characters, 0 to 9 and a to f")

// ParseFingerprint reads one, with or without blanks and hyphens.
func ParseFingerprint(text string) (*[32]byte, error) {
	raw, err := hex.DecodeString(strings.NewReplacer(" ", "", "-", "", "\n", "", "\u3000", "").Replace(text))
	if err != nil || len(raw) != 32 {
		return nil, errFingerprint
	}
	return (*[32]byte)(raw), nil
}
