package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Seal states a figure, the rule and the events that it was counted by, and the
// tree that holds them. A responsible officer signs it away from the server
// (proof.md 4). Days are of Japan's calendar, YYYY-MM-DD.
type Seal struct {
	Origin     string // the log's identity
	Indicator  string // with its scope: C1@D-TKY
	Version    string // of the definition
	Definition string // SHA-256 (hex) of the definitions file in the bundle
	From, To   string // period, both days in it
	Position   uint64 // of the last event that was known
	KnownAt    string
	Value      int    // in units of the definition's last decimal
	Over       string // "numerator/denominator" of a ratio, else "-"
	Members    int    // how many were counted; of a ratio both sides together
	MembersSum string // SHA-256 (hex) of their keys
	Tree       tlog.Tree
	Previous   string // SHA-256 (hex) of the seal before, "-" of the first
	Replaces   string // SHA-256 (hex) of the seal that this one corrects, or "-"
	Status     string // approved, preliminary, final or corrected
	Date       string // of sealing
}

// sealLines are the lines of a seal after its origin and its kind, in order.
var sealLines = []struct {
	name  string
	form  *regexp.Regexp
	parts func(s *Seal) []any
}{
	{"indicator", regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}@[A-Za-z0-9_.-]{1,24}$`), func(s *Seal) []any { return []any{&s.Indicator} }},
	{"definition", regexp.MustCompile(`^[A-Za-z0-9_.@+-]{1,64} [0-9a-f]{64}$`), func(s *Seal) []any { return []any{&s.Version, &s.Definition} }},
	{"period", regexp.MustCompile(`^` + day + ` ` + day + `$`), func(s *Seal) []any { return []any{&s.From, &s.To} }},
	{"known", regexp.MustCompile(`^` + whole + ` ` + day + `$`), func(s *Seal) []any { return []any{&s.Position, &s.KnownAt} }},
	{"value", regexp.MustCompile(`^(-?[1-9][0-9]{0,15}|0) (-|` + whole + `/` + whole + `)$`), func(s *Seal) []any { return []any{&s.Value, &s.Over} }},
	{"members", regexp.MustCompile(`^` + whole + ` [0-9a-f]{64}$`), func(s *Seal) []any { return []any{&s.Members, &s.MembersSum} }},
	{"tree", regexp.MustCompile(`^` + whole + ` [A-Za-z0-9+/]{43}=$`), func(s *Seal) []any { return []any{&s.Tree.N, &s.Tree.Hash} }},
	{"previous", link, func(s *Seal) []any { return []any{&s.Previous} }},
	{"replaces", link, func(s *Seal) []any { return []any{&s.Replaces} }},
	{"status", regexp.MustCompile(`^(approved|preliminary|final|corrected)$`), func(s *Seal) []any { return []any{&s.Status} }},
	{"date", regexp.MustCompile(`^` + day + `$`), func(s *Seal) []any { return []any{&s.Date} }},
}

const (
	sealKind = "figure-seal v1"
	day      = `[0-9]{4}-[0-9]{2}-[0-9]{2}`
	whole    = `(0|[1-9][0-9]{0,15})`
)

var (
	link    = regexp.MustCompile(`^(-|[0-9a-f]{64})$`)
	origins = regexp.MustCompile(`^[A-Za-z0-9_.@-]{1,64}$`)
	errSeal = errors.New("seal is malformed")
)

// Text is the signed text of a seal, in its one spelling: one thing a line.
func (s *Seal) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", s.Origin, sealKind)
	for _, l := range sealLines {
		b.WriteString(l.name)
		for _, p := range l.parts(s) {
			b.WriteByte(' ')
			switch v := p.(type) {
			case *string:
				b.WriteString(*v)
			case *int:
				b.WriteString(strconv.Itoa(*v))
			case *int64:
				b.WriteString(strconv.FormatInt(*v, 10))
			case *uint64:
				b.WriteString(strconv.FormatUint(*v, 10))
			case *tlog.Hash:
				b.WriteString(base64.StdEncoding.EncodeToString(v[:]))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// ParseSeal reads the text of a seal and refuses every other spelling.
func ParseSeal(text string) (*Seal, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != len(sealLines)+3 || !origins.MatchString(lines[0]) || lines[1] != sealKind || lines[len(lines)-1] != "" {
		return nil, errSeal
	}
	s := &Seal{Origin: lines[0]}
	for i, l := range sealLines {
		rest, ok := strings.CutPrefix(lines[i+2], l.name+" ")
		if !ok || !l.form.MatchString(rest) {
			return nil, fmt.Errorf("%w: %s", errSeal, l.name)
		}
		words := strings.Split(rest, " ")
		for j, p := range l.parts(s) {
			if err := parse(words[j], p); err != nil {
				return nil, fmt.Errorf("%w: %s", errSeal, l.name)
			}
		}
	}
	if s.Text() != text {
		return nil, errSeal
	}
	return s, nil
}

func parse(word string, to any) (err error) {
	switch v := to.(type) {
	case *string:
		*v = word
	case *int:
		*v, err = strconv.Atoi(word)
	case *int64:
		*v, err = strconv.ParseInt(word, 10, 64)
	case *uint64:
		*v, err = strconv.ParseUint(word, 10, 64)
	case *tlog.Hash:
		*v, err = tlog.ParseHash(word)
	}
	return err
}

// MaxNote is the largest signed note of a bundle in bytes.
const MaxNote = 64 << 10

// SealKeyName is the name of the officers' keys of a log; the log's own key bears
// the origin itself.
func SealKeyName(origin string) string { return origin + "/figures" }

// OpenSeal reads a signed seal: one signature by one of the keys and nothing else.
// It answers the key that signed.
func OpenSeal(signed []byte, keys ...note.Verifier) (*Seal, note.Verifier, error) {
	text, by, err := openNote(signed, keys)
	if err != nil {
		return nil, nil, err
	}
	s, err := ParseSeal(text)
	if err != nil {
		return nil, nil, err
	}
	for _, k := range keys {
		if len(by) == 1 && k.Name() == by[0].Name && k.KeyHash() == by[0].Hash && k.Name() == SealKeyName(s.Origin) {
			return s, k, nil
		}
	}
	return nil, nil, errSeal
}

// ReadSeal reads what a signed seal says and leaves its signature unread.
func ReadSeal(signed string) (*Seal, error) {
	text, _, ok := strings.Cut(signed, "\n\n")
	if !ok {
		return nil, errSeal
	}
	return ParseSeal(text + "\n")
}

// openNote opens a note whose every signature is by one of the keys, each once,
// spelt in the one way.
func openNote(signed []byte, keys []note.Verifier) (string, []note.Signature, error) {
	if len(signed) > MaxNote {
		return "", nil, errors.New("note is too long")
	}
	n, err := note.Open(signed, note.VerifierList(keys...))
	if err != nil {
		return "", nil, err
	}
	spelt := append([]byte(n.Text), '\n')
	for _, s := range n.Sigs {
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return "", nil, err
		}
		spelt = fmt.Appendf(spelt, "— %s %s\n", s.Name, s.Base64)
	}
	if len(n.UnverifiedSigs) == 0 && !bytes.Equal(spelt, signed) {
		return "", nil, errors.New("note is spelt in another way")
	}
	return n.Text, append(n.Sigs, n.UnverifiedSigs...), nil
}

// SumOf is the SHA-256 (hex) by which seals and definitions name each other.
func SumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
