package proof

import (
	"fmt"
	"io"
)

// Marks before each sentence.
func (c Check) mark() string {
	switch {
	case c.Holds():
		return "✓"
	case c.Code() != "":
		return "✗"
	}
	return "!"
}

// Print writes a report in words, ja or en: each check a line, then the outcome and
// what no proof can show.
func (r *Report) Print(to io.Writer, language string) error {
	for _, c := range r.Checks {
		if _, err := fmt.Fprintf(to, "%s %s\n", c.mark(), c.Say(language)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(to, "\n%s\n%s\n", r.Outcome(language), Sentence(language, "limits", nil))
	return err
}

// Outcome is the exit in words.
func (r *Report) Outcome(language string) string {
	return Sentence(language, fmt.Sprintf("exit.%d", r.Exit()), nil)
}

// Language chooses ja or en from what an environment or a flag says.
func Language(choices ...string) string {
	for _, c := range choices {
		if len(c) >= 2 {
			if c[:2] == "ja" {
				return "ja"
			}
			return "en"
		}
	}
	return "en"
}
