// Package house holds the rules of the house: who may import whom, how long a
// file may be, what stands at the top. Change the code, not the table.
package house_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "ayumi/"

// rule says what the files under a folder may import.
type rule struct {
	folder string
	why    string
	may    func(file, path string) bool
}

func under(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool {
		return path == module+f || strings.HasPrefix(path, module+f+"/")
	})
}

func std(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !strings.HasPrefix(path, module)
}

// impure are the parts of the standard library that reach outside.
var impure = regexp.MustCompile(`^(net|os|database|log|syscall|plugin|testing)(/|$)|^(math/rand.*|crypto/rand|io/ioutil|expvar)$`)

var rules = []rule{
	{"domain", "pure: what it decides follows from its arguments", func(file, path string) bool {
		if under(path, "domain") {
			return !acrossAggregates(file, path)
		}
		allowed := []string{"github.com/google/uuid", "golang.org/x/mod/sumdb/tlog", "golang.org/x/mod/sumdb/note"}
		return (std(path) && !impure.MatchString(path)) || slices.Contains(allowed, path)
	}},
	{"projections", "rows and queries over any database, facts only", func(_, path string) bool {
		return under(path, "domain", "projections") || path == "github.com/google/uuid" ||
			(std(path) && !regexp.MustCompile(`^(net|os|syscall|plugin)(/|$)`).MatchString(path))
	}},
	{"infra", "an adapter knows its own engine and the domain, never another adapter", func(file, path string) bool {
		if !strings.HasPrefix(path, module) {
			return true
		}
		own := strings.Join(strings.Split(filepath.ToSlash(file), "/")[:2], "/")
		// The language tables are data without an engine: pages, API and command line share them.
		return under(path, "domain", "projections", own, "infra/web/locale")
	}},
	{"cmd", "wiring; tests are never shipped", func(_, path string) bool { return !under(path, "tests") }},
}

// aggregates refer to each other by id only.
var aggregates = []string{"person", "casefile", "reception", "outreach", "partner", "employer", "university",
	"indicator", "figure", "workplan", "period", "rights", "volume", "account", "log"}

func acrossAggregates(file, path string) bool {
	parts := strings.Split(filepath.ToSlash(file), "/")
	name := strings.TrimPrefix(path, module+"domain/")
	return len(parts) > 2 && slices.Contains(aggregates, parts[1]) && slices.Contains(aggregates, name) && name != parts[1]
}

func goFiles(t *testing.T) map[string]*ast.File {
	t.Helper()
	require.NoError(t, os.Chdir(root(t)))
	files := map[string]*ast.File{}
	set := token.NewFileSet()
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(set, path, nil, parser.ImportsOnly)
		files[filepath.ToSlash(path)] = f
		return err
	}))
	return files
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		require.NotEqual(t, "/", dir)
		dir = filepath.Dir(dir)
	}
}

func TestImports(t *testing.T) {
	for file, parsed := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, r := range rules {
			if !strings.HasPrefix(file, r.folder+"/") {
				continue
			}
			for _, imp := range parsed.Imports {
				path, err := strconv.Unquote(imp.Path.Value)
				require.NoError(t, err)
				require.True(t, r.may(file, path), "%s imports %s\n%s: %s", file, path, r.folder, r.why)
			}
		}
	}
}

func TestDomainAsksNeitherClockNorChance(t *testing.T) {
	bad := regexp.MustCompile(`\btime\.(Now|Since|Until|Sleep|After|Tick)\(|\buuid\.(New|NewString|NewRandom|NewV7|Must\(uuid\.NewV7)\(`)
	for file := range goFiles(t) {
		if !strings.HasPrefix(file, "domain/") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Empty(t, bad.FindAllString(string(text), -1), file)
	}
}

func TestFilesStayShort(t *testing.T) {
	for file := range goFiles(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if n := bytes.Count(text, []byte("\n")); !strings.Contains(file, "_gen.go") {
			require.LessOrEqual(t, n, 500, file)
		}
	}
}

func TestTopLevel(t *testing.T) {
	want := []string{".ci", ".git", ".gitattributes", ".gitignore", ".golangci.yml", "LICENSE", "README.ja.md", "README.md", "cmd",
		"docker-compose.yml", "domain", "go.mod", "go.sum", "infra", "projections", "tests"}
	entries, err := os.ReadDir(root(t))
	require.NoError(t, err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "ayumi-data") || e.Name() == "node_modules" {
			continue // made by running the product or the browser tests, ignored by git
		}
		require.Contains(t, want, e.Name())
	}
}

func TestPackageNamesSayWhatAThingIs(t *testing.T) {
	for file, parsed := range goFiles(t) {
		name := strings.TrimSuffix(parsed.Name.Name, "_test")
		require.NotContains(t, []string{"util", "utils", "common", "service", "manager", "impl", "helper", "helpers", "ports", "misc", "base"}, name, file)
	}
}

// A sentence for people belongs in the language tables. Letters of Japanese in
// Go code outside them are allowed only where they are data: places, eras,
// names, spellings, definitions, and what tests and the demonstration invent.
func TestNoJapaneseOutsideTheTables(t *testing.T) {
	data := []string{"infra/web/locale/", "domain/japan/", "cmd/ayumi-scenario/", "tests/", "cmd/app/demo/",
		"domain/casefile/guards.go", // the questions a job desk may not ask
		"domain/document/",          // the words of published sheets
		"domain/importing/"}         // the words of ledgers
	letters := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]`)
	for file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") || slices.ContainsFunc(data, func(d string) bool { return strings.HasPrefix(file, d) }) {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING && letters.MatchString(lit.Value) {
				t.Errorf("%s: %s", set.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	}
}

func TestNoPathOfAMachine(t *testing.T) {
	paths := regexp.MustCompile(`(^|[^A-Za-z0-9_.])/(wo` + `rk|fa` + `rm|ro` + `ot)/`)
	require.NoError(t, os.Chdir(root(t)))
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".git" { // of a second work tree .git is a file
			if err == nil && d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules" || d.Name() == "static") {
				return filepath.SkipDir
			}
			return err
		}
		info, err := d.Info()
		if err != nil || info.Size() > 1<<20 {
			return err
		}
		text, err := os.ReadFile(path)
		require.False(t, paths.Match(text), path)
		return err
	}))
}
