// Package indicator counts: which events make a figure, who its members are, and
// why the rest does not count. It is pure and reads facts only, never a sealed
// section, a consent, a clock or a permission (counting.md).
package indicator

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Definition is one immutable version of an indicator's rule: data, pinned by
// its digest. Parameters are those of counting.md 4; one that does not apply to
// the rule is absent.
type Definition struct {
	Indicator    string            `json:"indicator"`
	Version      string            `json:"version"`
	OfficialFrom string            `json:"official_from"`
	Rule         string            `json:"rule"`
	Unit         string            `json:"unit"`
	Basis        string            `json:"basis"`
	Class        string            `json:"class"`
	Parameters   map[string]string `json:"parameters,omitempty"`
	Name         map[string]string `json:"name"` // language → public name
	Text         map[string]string `json:"text"` // language → the rule in plain words

	sides *[2]Definition // of a ratio that a Book took in: numerator, denominator
	known bool           // as a denominator: without what the numerator cannot tell of
}

//go:embed definitions/*.json definitions/trial/*.json
var shipped embed.FS

// Shipped are the definitions in the repository, by indicator, then by version.
func Shipped() (*Book, error) {
	book := &Book{}
	return book, errors.Join(read("definitions/*.json", book.Add), read("definitions/trial/*.json", book.AddTrial))
}

// read takes in every definition of some files.
func read(pattern string, add func(Definition) error) error {
	names, err := fs.Glob(shipped, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		raw, err := shipped.ReadFile(name)
		if err != nil {
			return err
		}
		list, err := Parse(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, d := range list {
			if err := add(d); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// Parse reads definitions from JSON, strictly: a name it does not know, or
// anything after the list, is an error. Whether they are sound a Book tells.
func Parse(raw []byte) ([]Definition, error) {
	var list []Definition
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&list); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("more than one list")
	}
	return list, nil
}

// Book holds the definitions in force, and those that are never in force: trials,
// which are found by name only and whose figures are not published.
type Book struct {
	list, trials []Definition
	later        []Definition // approved since the knowledge the book is of (Book.Known)
	retired      []retirement
}

// Add takes a definition in, or refuses it with domain.Refusals: every field that
// is wrong, and why.
func (b *Book) Add(d Definition) error {
	d, err := b.Sound(d)
	if err == nil {
		b.list = append(b.list, d)
	}
	return err
}

// AddTrial takes in a definition that is never in force; it refuses like Add.
func (b *Book) AddTrial(d Definition) error {
	d, err := b.Sound(d)
	if err == nil {
		b.trials = append(b.trials, d)
	}
	return err
}

// Trials are the versions that are never in force, each once, in order of entry.
func (b *Book) Trials() []string {
	var out []string
	for _, d := range b.trials {
		if !slices.Contains(out, d.Version) {
			out = append(out, d.Version)
		}
	}
	return out
}

// All lists the definitions in order of entry, without the trials.
func (b *Book) All() []Definition { return slices.Clone(b.list) }

// Named answers one version.
func (b *Book) Named(indicator, version string) (Definition, bool) {
	for _, list := range [][]Definition{b.list, b.later, b.trials} {
		for _, d := range list {
			if d.Indicator == indicator && d.Version == version {
				return d, true
			}
		}
	}
	return Definition{}, false
}

// InForce answers the version in force on a period's first day: the latest whose
// official_from is not after it and that is not retired (counting.md 1). Of two
// from the same day, the one approved later.
func (b *Book) InForce(indicator string, on japan.Date) (Definition, bool) {
	var best Definition
	found := false
	for _, d := range b.list {
		if d.Indicator == indicator && d.OfficialFrom <= on.String() && !b.ended(d, on) && (!found || d.OfficialFrom >= best.OfficialFrom) {
			best, found = d, true
		}
	}
	return best, found
}

// Digest is the SHA-256 (hex) of the canonical text of everything that decides
// the value: names and explanations are left out.
func (d Definition) Digest() string {
	facts := []domain.Fact{
		{Key: "basis", Text: d.Basis}, {Key: "indicator", Text: d.Indicator},
		{Key: "official_from", Text: d.OfficialFrom}, {Key: "rule", Text: d.Rule},
		{Key: "unit", Text: d.Unit}, {Key: "version", Text: d.Version},
	}
	for k, v := range d.Parameters {
		facts = append(facts, domain.Fact{Key: "p_" + k, Text: v})
	}
	slices.SortFunc(facts, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
	text, err := domain.FormatFacts(facts)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
