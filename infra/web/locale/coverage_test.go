package locale

import (
	"testing"

	"ayumi/domain"

	"github.com/stretchr/testify/require"
)

// numbered lists name themselves by number: prefectures come from domain/japan.
var numbered = map[string]bool{"pref": true, "site_or_undeclared": true}

func TestEveryCodeOfTheDomainHasItsName(t *testing.T) {
	for list, codes := range domain.Codes {
		if numbered[list] {
			continue
		}
		for _, code := range codes {
			require.Contains(t, japanese.codes[list], code, list)
		}
	}
}
