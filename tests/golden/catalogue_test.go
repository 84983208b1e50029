package golden_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
)

// catalogueText is the catalogue of events as a newcomer reads it: what each is
// called, which commands lead to it and who may give them, what it holds in clear
// and what sealed.
func catalogueText() string {
	ja, en := locale.In(locale.Japanese), locale.In(locale.English)
	var out strings.Builder
	out.WriteString("# Events\n\nWritten by `go test ./tests/golden -run Catalogue -rewrite`; `ayumi schema` prints the same for programs. `?` marks what may be absent. " +
		"Facts are in clear and kept for ever; sealed texts are of class P (who somebody is) or X (what was said), under the key of the person or of the owner named. " +
		"A command without roles is no command of its own: the decision of another one records the event.\n")
	for _, a := range office.Aggregates() {
		fmt.Fprintf(&out, "\n## %s\n\n| event | 名称 | in words | by | facts | sealed |\n|---|---|---|---|---|---|\n", a.Name())
		for _, e := range a.EventShapes() {
			name := e.Name
			if e.Version > 1 {
				name += fmt.Sprintf(" v%d", e.Version)
			}
			facts, sealed := fieldsInWords(e)
			fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s | %s |\n", name, ja.Event(e.Name), en.Event(e.Name), givenBy(a, e.Name), facts, sealed)
		}
	}
	return out.String()
}

func fieldsInWords(e domain.Shape) (facts, sealed string) {
	var clear, closed []string
	for _, f := range e.Fields {
		name := f.Name
		if f.Optional {
			name += "?"
		}
		if f.Place == domain.InFacts {
			clear = append(clear, name+":"+string(f.Kind))
			continue
		}
		name += ":" + f.Class
		if f.Owner != "" {
			name += " of " + f.Owner
		}
		closed = append(closed, name)
	}
	return strings.Join(clear, " "), strings.Join(closed, ", ")
}

// givenBy are the commands that state the event, with their roles.
func givenBy(a domain.AnyAggregate, event string) string {
	var out []string
	for _, c := range a.CommandShapes() {
		if c.Emits != event {
			continue
		}
		var roles []string
		for _, r := range c.Roles {
			roles = append(roles, string(r))
		}
		out = append(out, strings.TrimSpace(c.Name+" "+strings.Join(roles, " ")))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func TestCatalogueNamesEveryEvent(t *testing.T) {
	text := catalogueText()
	if *rewrite {
		require.NoError(t, os.WriteFile("catalogue.md", []byte(text), 0o644))
	}
	want, err := os.ReadFile("catalogue.md")
	require.NoError(t, err)
	require.Equal(t, string(want), text, "if the change is meant: go test ./tests/golden -run Catalogue -rewrite")
	for _, a := range office.Aggregates() {
		for _, e := range a.EventShapes() {
			require.Contains(t, text, "| `"+e.Name, e.Name)
			for _, w := range []*locale.Words{locale.In(locale.Japanese), locale.In(locale.English)} {
				require.NotEqual(t, e.Name, w.Event(e.Name), "an event without a name in words")
			}
		}
	}
}
