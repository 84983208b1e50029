// Package asvs_test holds the list of the security standard to the repository: every
// line is answered once, and every test that an answer names is there.
package asvs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lines is how many lines of levels 1 and 2 each chapter of ASVS 5.0.0 has.
var lines = map[string]int{"1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 35, "7": 18, "8": 7, "9": 7, "10": 29, "11": 14, "12": 9, "13": 13, "14": 9, "15": 13, "16": 16, "17": 7}

var line = regexp.MustCompile("^\\| ([0-9]+)\\.([0-9]+)\\.([0-9]+) \\| ([12]) \\| (met|partly|no|none) \\| ([^|]+) \\| ((`[A-Za-z0-9]+`(, )?)*) \\|$")

func TestEveryLineIsAnswered(t *testing.T) {
	raw, err := os.ReadFile("asvs.md")
	require.NoError(t, err)
	known := tests(t)
	found, seen, counts := map[string]int{}, map[string]bool{}, map[string]int{}
	for _, text := range strings.Split(string(raw), "\n") {
		if !strings.HasPrefix(text, "| ") || strings.HasPrefix(text, "| line") {
			continue
		}
		m := line.FindStringSubmatch(text)
		require.NotNil(t, m, text)
		number := strings.Join(m[1:4], ".")
		require.False(t, seen[number], "%s is answered twice", number)
		seen[number] = true
		found[m[1]]++
		counts[m[5]]++
		for name := range strings.SplitSeq(strings.ReplaceAll(m[7], "`", ""), ", ") {
			require.True(t, name == "" || known[name], "%s names %s, which is no test", number, name)
		}
		if m[5] == "no" || m[5] == "none" || m[5] == "partly" {
			require.Greater(t, len(strings.TrimSpace(m[6])), 4, "%s says why", number)
		}
	}
	require.Equal(t, lines, found)
	t.Log(counts)
}

// tests are the names of all tests of the repository.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	known, form := map[string]bool{}, regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9]+)\(`)
	require.NoError(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range form.FindAllStringSubmatch(string(raw), -1) {
			known[m[1]] = true
		}
		return err
	}))
	require.Greater(t, len(known), 500)
	return known
}
