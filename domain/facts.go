package domain

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Facts is the canonical text of an event's facts: RFC 8785 JSON, one flat
// object of strings and integers (|n| < 2^53), keys ascending. One content has
// one spelling.
type Facts []byte

// Fact is one key with its value: text, or a whole number if IsInt.
type Fact struct {
	Key   string
	Text  string
	Int   int64
	IsInt bool
}

const maxInt = 1<<53 - 1

var errFacts = errors.New("facts are not canonical")

// ParseFacts reads canonical facts and refuses every other spelling.
func ParseFacts(b []byte) ([]Fact, error) {
	if len(b) < 2 || b[0] != '{' || b[len(b)-1] != '}' {
		return nil, fmt.Errorf("%w: not an object", errFacts)
	}
	var out []Fact
	p, last := 1, ""
	for first := true; ; first = false {
		if b[p] == '}' && first && p == len(b)-1 {
			return out, nil
		}
		key, n, err := readString(b[p:])
		if err != nil {
			return nil, err
		}
		if !keyForm(key) || (!first && key <= last) {
			return nil, fmt.Errorf("%w: key %q", errFacts, key)
		}
		p, last = p+n, key
		if p >= len(b) || b[p] != ':' {
			return nil, fmt.Errorf("%w: no colon", errFacts)
		}
		f, n, err := readValue(b[p+1:])
		if err != nil {
			return nil, err
		}
		f.Key = key
		out = append(out, f)
		p += 1 + n
		if p >= len(b) {
			return nil, fmt.Errorf("%w: cut short", errFacts)
		}
		switch {
		case b[p] == '}' && p == len(b)-1:
			return out, nil
		case b[p] != ',' || p+1 >= len(b):
			return nil, fmt.Errorf("%w: at byte %d", errFacts, p)
		}
		p++
	}
}

// FormatFacts writes facts in their one spelling. Keys must be ascending and
// values within bounds, or it answers an error.
func FormatFacts(facts []Fact) (Facts, error) {
	b := append(make([]byte, 0, 40*len(facts)), '{')
	for i, f := range facts {
		if !keyForm(f.Key) || (i > 0 && facts[i-1].Key >= f.Key) {
			return nil, fmt.Errorf("%w: key %q", errFacts, f.Key)
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(append(b, f.Key...), '"', ':')
		switch {
		case f.IsInt && (f.Int > maxInt || f.Int < -maxInt):
			return nil, fmt.Errorf("%w: %s out of range", errFacts, f.Key)
		case f.IsInt:
			b = strconv.AppendInt(b, f.Int, 10)
		case !utf8.ValidString(f.Text):
			return nil, fmt.Errorf("%w: %s is not UTF-8", errFacts, f.Key)
		default:
			b = appendString(b, f.Text)
		}
	}
	return append(b, '}'), nil
}

// Text scans for one key and answers its text, or "" if it is absent or a
// number. It trusts the spelling: only for facts that a store has accepted.
func (f Facts) Text(key string) string {
	v := f.raw(key)
	if len(v) < 2 || v[0] != '"' {
		return ""
	}
	if bytes.IndexByte(v, '\\') < 0 {
		return string(v[1 : len(v)-1])
	}
	s, _, _ := readString(v)
	return s
}

// Int scans for one key and answers its number, or 0 and false.
func (f Facts) Int(key string) (int64, bool) {
	v := f.raw(key)
	if len(v) == 0 || v[0] == '"' {
		return 0, false
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	return n, err == nil
}

// Scan calls yield with each key and raw value (a JSON string with its quotes,
// or digits) in order. It allocates nothing and trusts the spelling.
func (f Facts) Scan(yield func(key, raw []byte) bool) {
	p := 1
	for p < len(f) && f[p] == '"' {
		k := p + 1
		e := k + bytes.IndexByte(f[k:], '"')
		v := e + 2
		if e < k || v > len(f) {
			return
		}
		end := v + valueEnd(f[v:])
		if !yield(f[k:e], f[v:end]) {
			return
		}
		p = end + 1
	}
}

func (f Facts) raw(key string) []byte {
	var out []byte
	f.Scan(func(k, v []byte) bool {
		if string(k) == key {
			out = v
		}
		return out == nil && string(k) < key
	})
	return out
}

func valueEnd(b []byte) int {
	if len(b) == 0 || b[0] != '"' {
		for i, c := range b {
			if c == ',' || c == '}' {
				return i
			}
		}
		return len(b)
	}
	if i := bytes.IndexByte(b[1:], '"') + 1; i > 0 && b[i-1] != '\\' {
		return i + 1 // nearly always: no escape stands before it
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

func keyForm(k string) bool {
	if k == "" || len(k) > 64 || k[0] < 'a' || k[0] > 'z' {
		return false
	}
	for i := 1; i < len(k); i++ {
		c := k[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

func readValue(b []byte) (Fact, int, error) {
	if len(b) > 0 && b[0] == '"' {
		s, n, err := readString(b)
		return Fact{Text: s}, n, err
	}
	n := valueEnd(b)
	v, err := strconv.ParseInt(string(b[:n]), 10, 64)
	if err != nil || v > maxInt || v < -maxInt || strconv.FormatInt(v, 10) != string(b[:n]) {
		return Fact{}, 0, fmt.Errorf("%w: number %.20q", errFacts, b[:n])
	}
	return Fact{Int: v, IsInt: true}, n, nil
}

// readString reads one JSON string at the start of b and refuses every escape
// that RFC 8785 would not write.
func readString(b []byte) (string, int, error) {
	if len(b) == 0 || b[0] != '"' {
		return "", 0, fmt.Errorf("%w: string expected", errFacts)
	}
	end := valueEnd(b)
	if end < 2 || b[end-1] != '"' {
		return "", 0, fmt.Errorf("%w: string not closed", errFacts)
	}
	in := b[1 : end-1]
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); i++ {
		if in[i] != '\\' {
			out = append(out, in[i])
			continue
		}
		i++
		if i >= len(in) {
			return "", 0, fmt.Errorf("%w: escape cut short", errFacts)
		}
		if c, ok := shortEscape[in[i]]; ok {
			out = append(out, c)
			continue
		}
		if in[i] != 'u' || i+4 >= len(in) {
			return "", 0, fmt.Errorf("%w: escape", errFacts)
		}
		n, err := strconv.ParseUint(string(in[i+1:i+5]), 16, 8)
		if err != nil {
			return "", 0, fmt.Errorf("%w: escape", errFacts)
		}
		out = append(out, byte(n))
		i += 4
	}
	if !utf8.Valid(out) || !bytes.Equal(appendString(nil, string(out)), b[:end]) {
		return "", 0, fmt.Errorf("%w: spelling of a string", errFacts)
	}
	return string(out), end, nil
}

var shortEscape = map[byte]byte{'"': '"', '\\': '\\', 'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r'}

const hexDigits = "0123456789abcdef"

func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= 0x20:
			b = append(b, c)
		case c == '\b':
			b = append(b, '\\', 'b')
		case c == '\t':
			b = append(b, '\\', 't')
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\f':
			b = append(b, '\\', 'f')
		case c == '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(b, '"')
}
