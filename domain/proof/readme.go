package proof

import (
	_ "embed"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
)

//go:embed README.txt
var readmeText string

// The editions of a bundle.
const (
	Audit  = "audit"  // with rows: everything can be counted again
	Public = "public" // without
)

// label is what stands at the top of README.txt.
type label struct {
	edition, origin string
	logKeys         []string // as NewVerifier reads them
	sealKeys        []string
}

func (l *label) format() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "ayumi figures bundle v1\nedition %s\norigin %s\n", l.edition, l.origin)
	for _, k := range l.logKeys {
		fmt.Fprintf(&b, "log %s\n", k)
	}
	for _, k := range l.sealKeys {
		fmt.Fprintf(&b, "figures %s\n", k)
	}
	return []byte(b.String() + "\n" + readmeText)
}

// parseLabel reads README.txt: its top, and below it this program's own text.
func parseLabel(text []byte) (*label, bool) {
	top, _, _ := strings.Cut(string(text), "\n\n")
	l := &label{}
	for line := range strings.Lines(top + "\n") {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch word {
		case "edition":
			l.edition = rest
		case "origin":
			l.origin = rest
		case "log":
			l.logKeys = append(l.logKeys, rest)
		case "figures":
			l.sealKeys = append(l.sealKeys, rest)
		}
	}
	return l, string(l.format()) == string(text) && (l.edition == Audit || l.edition == Public)
}

// Trust is what the one who verifies holds himself: public keys that reached him by
// another way than the bundle, and how many witnesses he asks for.
type Trust struct {
	Log, Figures, Witnesses []note.Verifier
	Quorum                  int // witnesses that must have signed; 0 asks for none
}

// Given tells whether any key was given.
func (t *Trust) Given() bool { return len(t.Log)+len(t.Figures) > 0 }

// ParseTrust reads a file of keys, one a line: "log KEY", "figures KEY", "witness
// KEY"; and "quorum N". Empty lines and lines that begin with # say nothing.
func ParseTrust(text string) (Trust, error) {
	var t Trust
	no := 0
	for line := range strings.Lines(text) {
		no++
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		var list *[]note.Verifier
		switch word {
		case "log":
			list = &t.Log
		case "figures":
			list = &t.Figures
		case "witness":
			list = &t.Witnesses
		case "quorum":
			if _, err := fmt.Sscanf(rest, "%d", &t.Quorum); err != nil || t.Quorum < 0 {
				return t, fmt.Errorf("line %d", no)
			}
			continue
		case "", "#":
			continue
		default:
			if strings.HasPrefix(word, "#") {
				continue
			}
			return t, fmt.Errorf("line %d", no)
		}
		key, err := ledger.NewVerifier(strings.TrimSpace(rest))
		if err != nil {
			return t, fmt.Errorf("line %d: %w", no, err)
		}
		*list = append(*list, key)
	}
	return t, nil
}

// claimed are the keys that the bundle itself names: no more than its own word.
func (l *label) claimed() (t Trust, err error) {
	if t.Log, err = keysOf(l.logKeys); err == nil {
		t.Figures, err = keysOf(l.sealKeys)
	}
	return t, err
}

func keysOf(texts []string) (out []note.Verifier, err error) {
	for _, text := range texts {
		v, err := ledger.NewVerifier(text)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
