// Package verifier holds what the stand-alone verifier promises: the same answer in
// another language, the same bytes from two builds, and nothing linked but what an
// auditor can read.
package verifier_test

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

var cross = flag.Bool("cross", false, "build the verifier for every system")

// required tells whether REQUIRE names a check: then it is made, or the test fails.
func required(check string) bool { return strings.Contains(os.Getenv("REQUIRE"), check) }

// missing skips loudly, or fails where REQUIRE names the tool.
func missing(t *testing.T, tool string, err error) {
	t.Helper()
	if required(tool) {
		t.Fatalf("REQUIRE=%s: %v", tool, err)
	}
	t.Skipf("NOT CHECKED: %s is not here: %v", tool, err)
}

// A program of at most 60 lines, written from README.txt of the bundle alone, finds
// the same root and the same values.
func TestAnotherLanguageFindsTheSame(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		missing(t, "python3", err)
	}
	program, err := os.ReadFile("verify.py")
	require.NoError(t, err)
	require.LessOrEqual(t, bytes.Count(program, []byte("\n")), 60)
	w, raw := bundles.Whole(3000, "C0@D-TKY", "C1@D-TKY", "C2@D-TKY", "K1@D-TKY")
	path := filepath.Join(t.TempDir(), "FY2018.figures.zip")
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	out, err := exec.Command(python, "verify.py", path).CombinedOutput()
	require.NoError(t, err, "%s", out)
	root := w.Tree(3000).Hash
	want := fmt.Sprintf("root %s True\n", base64.StdEncoding.EncodeToString(root[:]))
	r := (&proof.Verifier{Trust: w.Trust()}).Verify(bytes.NewReader(raw), int64(len(raw)))
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	for _, s := range r.Seals[:3] {
		require.NotEqual(t, "0", s.Counted)
		want += fmt.Sprintf("value %s %s %s %s %s\n", s.Indicator, s.From, s.To, s.Counted, s.Sealed)
	}
	require.Equal(t, want, string(out))
}

// build builds the verifier from a source tree.
func build(t *testing.T, from, to string, env ...string) []byte {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", to, "./cmd/ayumi-verify")
	cmd.Dir, cmd.Env = from, append(append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS="), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	raw, err := os.ReadFile(to)
	require.NoError(t, err)
	return raw
}

// Two builds, from two places, are the same file.
func TestTwoBuildsAreOne(t *testing.T) {
	if testing.Short() && !required("builds") {
		t.Skip("NOT CHECKED: builds twice; run without -short or with REQUIRE=builds")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	away := t.TempDir()
	for _, part := range []string{"domain", "cmd/ayumi-verify"} {
		require.NoError(t, os.CopyFS(filepath.Join(away, part), os.DirFS(filepath.Join(root, part))))
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(away, name), text, 0o600))
	}
	out := t.TempDir()
	one, two := build(t, root, filepath.Join(out, "one")), build(t, away, filepath.Join(out, "two"))
	require.Equal(t, sha256.Sum256(one), sha256.Sum256(two))
	require.NotContains(t, string(one), root, "nothing names the machine")
}

// google/uuid is linked because the domain's events carry ids of its type.
var allowed = []string{"golang.org/x/mod", "github.com/google/uuid"}

func TestNothingElseIsLinked(t *testing.T) {
	to := filepath.Join(t.TempDir(), "ayumi-verify")
	build(t, "../..", to)
	info, err := buildinfo.ReadFile(to)
	require.NoError(t, err)
	for _, dep := range info.Deps {
		require.True(t, slices.Contains(allowed, dep.Path), dep.Path)
	}
	require.Equal(t, "ayumi/cmd/ayumi-verify", info.Path)
}

func TestEverySystem(t *testing.T) {
	if !*cross && !required("cross") {
		t.Skip("NOT CHECKED: builds for other systems; run with -cross or REQUIRE=cross")
	}
	for _, system := range []string{"linux/amd64", "linux/arm64", "windows/amd64", "darwin/arm64", "js/wasm"} {
		goos, arch, _ := strings.Cut(system, "/")
		build(t, "../..", filepath.Join(t.TempDir(), "x"), "GOOS="+goos, "GOARCH="+arch)
	}
}
