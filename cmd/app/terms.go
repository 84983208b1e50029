package app

import (
	"os"

	"ayumi/domain"
)

// Terms reads the terms that controllers work by; without a file all work by the
// usual ones. The error may be a domain.TermsFault.
func (c Config) Terms() (map[string]domain.Terms, error) {
	if c.TermsFile == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.TermsFile)
	if err != nil {
		return nil, err
	}
	return domain.ParseTerms(string(text))
}
