package auth

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// A code is one of RFC 6238 in the form every authenticator app makes: HMAC-SHA-1,
// six digits, a new one every 30 seconds.
const (
	stepSeconds = 30
	// drift is how many steps the clock of a phone may be off, each way.
	drift = 1
)

// codeOf is the code of one step (RFC 4226 5.3).
func codeOf(secret []byte, step uint64) string {
	mac := hmac.New(sha1.New, secret)
	binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%1_000_000)
}

// stepOf finds the step of a code near an instant, after the last one taken.
func stepOf(secret []byte, code string, now time.Time, last uint64) (step uint64, ok bool) {
	at := uint64(now.Unix() / stepSeconds)
	for try := at - drift; try <= at+drift; try++ {
		if same(codeOf(secret, try), code) && try > last {
			step, ok = try, true
		}
	}
	return step, ok
}

// digits reads a code as people type it: with spaces, or in full width.
func digits(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, code)
}
