package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every name that the product uses in a data directory has a place in the table, and so
// has every file of a directory at work.
func TestEveryFileOfADataDirectoryHasItsPlace(t *testing.T) {
	h := build(t)
	a := h.open()
	_, err := a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	names, err := h.config().files()
	require.NoError(t, err)
	require.Greater(t, len(names), 20)
	for _, name := range names {
		_, known := fateOf(name)
		require.True(t, known, "what does a backup do with %s?", name)
	}
	_, known := fateOf("secret.txt")
	require.False(t, known)

	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	used := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			if sel, is := call.Fun.(*ast.SelectorExpr); !is || sel.Sel.Name != "in" {
				return true
			}
			var parts []string
			for _, arg := range call.Args {
				if lit, is := arg.(*ast.BasicLit); is {
					part, err := strconv.Unquote(lit.Value)
					require.NoError(t, err)
					parts = append(parts, part)
				}
			}
			if name := path.Join(parts...); name != "" {
				used++
				require.True(t, placed(name), "%s: what does a backup do with %s?", source, name)
			}
			return true
		})
	}
	require.Greater(t, used, 20)
}

// placed tells whether a file, or what is in a folder, has a place.
func placed(name string) bool {
	if _, known := fateOf(strings.ReplaceAll(name, "*", "x")); known {
		return true
	}
	for _, p := range places {
		if strings.HasPrefix(p.name, name+"/") || strings.HasPrefix(p.name, name+"-*") {
			return true
		}
	}
	return false
}
