package backup

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
)

// ErrRecipients: a file of a backup needs somebody who can open it.
var ErrRecipients = errors.New("a recipient is needed (age1…)")

// NoRecipient: a text that should name a recipient names none.
type NoRecipient struct{ Text string }

func (n *NoRecipient) Error() string { return fmt.Sprintf("%q is no recipient", n.Text) }

// SamePerson: one recipient would open both the archive and the keys.
type SamePerson struct{ Recipient string }

func (p *SamePerson) Error() string {
	return "the same recipient for archive and keys: " + p.Recipient
}

// Recipients reads recipients (age1…) as they are named, and those of files, one a line.
func Recipients(named, files []string) (list []age.Recipient, texts []string, err error) {
	texts = append(texts, named...)
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				texts = append(texts, line)
			}
		}
	}
	for _, text := range texts {
		one, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, nil, &NoRecipient{text}
		}
		list = append(list, one...)
	}
	if len(list) == 0 {
		return nil, nil, ErrRecipients
	}
	return list, texts, nil
}

// Apart demands that nobody is a recipient of both: one person with one key must not
// read a name.
func Apart(archive, keys []string) error {
	for _, a := range archive {
		for _, k := range keys {
			if strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(k)) {
				return &SamePerson{strings.TrimSpace(a)}
			}
		}
	}
	return nil
}

// Identities reads the identities of files, as age-keygen writes them.
func Identities(files []string) ([]age.Identity, error) {
	var out []age.Identity
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		list, err := age.ParseIdentities(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, list...)
	}
	return out, nil
}
