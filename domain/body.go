package domain

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"

	"ayumi/domain/ledger"
)

// Body is the stored form of an event, taken apart:
// {"facts":{…},"salt":"…","sealed":["…",…]}, bytes in standard base64.
type Body struct {
	Facts  Facts
	Salt   []byte   // 32 random bytes
	Sealed [][]byte // sections; see Section
}

// SaltSize is the length of a body's salt in bytes.
const SaltSize = 32

// MaxBody is the largest stored body in bytes (the bus takes one message of 1 MB).
const MaxBody = 512 << 10

var errBody = errors.New("event body is malformed")

var (
	bodyHead = []byte(`{"facts":`)
	bodySalt = []byte(`},"salt":"`)
	bodyMid  = []byte(`","sealed":[`)
)

// FormatBody writes a body in its one spelling.
func FormatBody(b Body) []byte {
	out := append(make([]byte, 0, len(b.Facts)+128), bodyHead...)
	out = append(out, b.Facts...)
	out = append(out, `,"salt":"`...)
	out = base64.StdEncoding.AppendEncode(out, b.Salt)
	out = append(out, bodyMid...)
	for i, s := range b.Sealed {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '"')
		out = base64.StdEncoding.AppendEncode(out, s)
		out = append(out, '"')
	}
	return append(out, ']', '}')
}

// FactsOf finds the facts inside a stored body without decoding the rest. A
// quote inside a fact is always escaped, so the mark cannot occur earlier.
func FactsOf(body []byte) (Facts, error) {
	i := bytes.Index(body, bodySalt)
	if i <= len(bodyHead) || !bytes.HasPrefix(body, bodyHead) || body[len(bodyHead)] != '{' {
		return nil, errBody
	}
	return Facts(body[len(bodyHead) : i+1]), nil
}

// afterSalt is what stands after the mark of the salt, behind the facts of a body.
func afterSalt(body []byte, facts Facts) []byte {
	return body[len(bodyHead)+len(facts)+len(bodySalt)-1:]
}

// ParseBody takes a stored body apart and refuses every spelling but the one
// FormatBody writes. Facts are not checked here; see ParseFacts.
func ParseBody(raw []byte) (Body, error) {
	facts, err := FactsOf(raw)
	if err != nil {
		return Body{}, err
	}
	rest := afterSalt(raw, facts)
	mid := bytes.Index(rest, bodyMid)
	if mid < 0 || !bytes.HasSuffix(rest, []byte("]}")) {
		return Body{}, errBody
	}
	b := Body{Facts: facts}
	if b.Salt, err = base64.StdEncoding.Strict().DecodeString(string(rest[:mid])); err != nil || len(b.Salt) != SaltSize {
		return Body{}, fmt.Errorf("%w: salt", errBody)
	}
	list := rest[mid+len(bodyMid) : len(rest)-2]
	for _, item := range bytes.Split(list, []byte{','}) {
		if len(list) == 0 {
			break
		}
		if len(item) < 2 || item[0] != '"' || item[len(item)-1] != '"' {
			return Body{}, fmt.Errorf("%w: section", errBody)
		}
		s, err := base64.StdEncoding.Strict().DecodeString(string(item[1 : len(item)-1]))
		if err != nil {
			return Body{}, fmt.Errorf("%w: section", errBody)
		}
		b.Sealed = append(b.Sealed, s)
	}
	if !bytes.Equal(FormatBody(b), raw) {
		return Body{}, fmt.Errorf("%w: spelling", errBody)
	}
	return b, nil
}

// Leaf is the RFC 6962 leaf hash of a stored body (proof.md 2).
func Leaf(raw []byte) ([32]byte, error) {
	b, err := ParseBody(raw)
	if err != nil {
		return [32]byte{}, err
	}
	return ledger.LeafHash(b.Facts, ledger.Priv(b.Salt, b.Sealed)), nil
}
