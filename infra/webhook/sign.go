package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

// secretPrefix marks a secret of Standard Webhooks, so that scanners find a lost one.
const secretPrefix = "whsec_"

// newSecret makes 32 random bytes in the form receivers know.
func newSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // it never fails
	return secretPrefix + base64.StdEncoding.EncodeToString(raw[:])
}

var errSecret = errors.New("secret is malformed")

// signature signs id, time and body (Standard Webhooks, version v1: HMAC-SHA256).
func signature(secret, id string, at time.Time, body []byte) (string, error) {
	encoded, ok := strings.CutPrefix(secret, secretPrefix)
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil {
		return "", errSecret
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}
