package badinput_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/office"
	"ayumi/infra/web/locale"
)

var refusalKey = regexp.MustCompile(`^[a-z]+(_[a-z]+)*\.[a-z_-]+$`)

// keysIn collects the refusal keys that a tree of source can say: arguments of
// Refuse and RefuseField, reasons of scenario faults, values of japan.Fault, and
// the keys named in field tags.
func keysIn(t *testing.T, root string) map[string]token.Position {
	t.Helper()
	found, files := map[string]token.Position{}, token.NewFileSet()
	events := wireNames()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if s, ok := refused(n); ok {
					found[s] = files.Position(n.Pos())
				}
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && refusalKey.MatchString(s) && !begins(events, s) {
					found[s] = files.Position(n.Pos())
				}
			case *ast.Field:
				if n.Tag != nil {
					for _, m := range tagged.FindAllStringSubmatch(n.Tag.Value, -1) {
						found[m[1]] = files.Position(n.Pos())
					}
				}
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
	return found
}

// refused answers the key of a call of Refuse or RefuseField.
func refused(call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if (name != "Refuse" && name != "RefuseField") || len(call.Args) == 0 {
		return "", false
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// begins: the word is a wire name or the beginning of one.
func begins(names []string, s string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, s) })
}

var tagged = regexp.MustCompile(`(?:absent|wrong)=([a-z_.]+)`)

// wireNames are the words with a dot that are no refusals: events and commands.
func wireNames() (out []string) {
	for _, a := range office.Aggregates() {
		for _, s := range slices.Concat(a.EventShapes(), a.CommandShapes()) {
			out = append(out, s.Name)
		}
	}
	for _, s := range office.JointShapes() {
		out = append(out, s.Name)
	}
	return out
}

// Every word of the form noun.key in the domain and the API that is no event and
// no command is a refusal, and has its sentences.
func TestEveryRefusalHasItsSentences(t *testing.T) {
	keys := keysIn(t, filepath.Join("..", "..", "domain"))
	for key, at := range keysIn(t, filepath.Join("..", "..", "infra", "api")) {
		keys[key] = at
	}
	require.Greater(t, len(keys), 120)
	require.Contains(t, keys, "scenario.time_back")
	require.Contains(t, keys, "case.target", "from a tag")
	for key, at := range keys {
		if strings.HasPrefix(key, "definitions.") || strings.HasSuffix(key, ".json") || strings.Contains(at.Filename, filepath.Join("domain", "proof")) { // the verifier has words of its own
			continue
		}
		for _, l := range []locale.Language{locale.Japanese, locale.English} {
			require.True(t, locale.In(l).HasRefusal(key), "%s has no sentence in %s: %s", key, l, at)
		}
	}
}

// A sentence names a field by its label.
func TestEveryFieldHasItsLabel(t *testing.T) {
	words := locale.In(locale.Japanese)
	var missing []string
	for _, shape := range office.New(nil, nil).Shapes() {
		for _, f := range slices.Concat(office.EnvelopeFields(), shape.Fields) {
			if words.Field(f.Name) == f.Name && !slices.Contains(missing, f.Name) {
				missing = append(missing, f.Name)
			}
		}
	}
	require.Empty(t, missing)
}
