package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/urfave/cli/v3"

	"ayumi/domain/viewing"
	"ayumi/infra/api"
	"ayumi/infra/web/locale"
)

// leaves are the commands that do something, by what is typed.
func leaves(c *cli.Command, typed string) (out []string) {
	if len(c.Commands) == 0 {
		return []string{typed}
	}
	if c.Action != nil { // it does something itself, and its parts do more
		out = append(out, typed)
	}
	for _, sub := range c.Commands {
		if sub.Name != "help" && sub.Name != "completion" {
			out = append(out, leaves(sub, strings.TrimSpace(typed+" "+sub.Name))...)
		}
	}
	return out
}

// Every command says what it does with records of people, as every page does.
func TestEveryCommandSaysWhatItShows(t *testing.T) {
	all := leaves(command(locale.In(locale.English)), "")
	for _, name := range all {
		require.Contains(t, looks, name, "%s is in no table", name)
	}
	for name, act := range looks {
		require.Contains(t, all, name, "there is no such command")
		require.Contains(t, append(slices.Clone(viewing.Acts), nobody), act, name)
	}
}

// run runs a command line and answers what it printed.
func run(args ...string) (string, error) {
	var printed bytes.Buffer
	c := command(locale.In(locale.English))
	c.Writer, c.ErrWriter = &printed, &printed
	err := c.Run(context.Background(), append([]string{"ayumi"}, args...))
	return printed.String(), err
}

// Every command that shows records of people is in the access log with its act, and
// shows nothing where the access log cannot be written.
func TestEveryCommandIsInTheAccessLog(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "d")
	_, err := run("demo", "--data", data, "--build-only")
	require.NoError(t, err)
	t.Chdir(dir)
	t.Setenv("AYUMI_PASSWORD", "not this one")
	lines := map[string][]string{
		"scenario export": {}, "figure": {"K1", "--members"}, "explain": {"C2", "--to-known-at", "2020-03-01"}, "export": {"--out", "-"}, "period show": {"FY2019"}, "period gates": {"FY2019"},
		"audit list": {"FY2019"}, "audit draw": {"F-0001", "--seed", "7"}, "sheet": {"TKO.2019.1", "--out", "-"}, "journey": {"P-00001"},
		"access-log": {}, "erasure list": {}, "erasure show": {"P-00001"}, "erasure preview": {"P-00001"}, "erasure order": {"P-00001"},
		"bundle": {"--fy", "2019"}, "rights list": {}, "rights show": {"1"}, "volumes list": {}, "volumes show": {"1"}, "receipt": {"--for", "1"},
	}
	type line struct {
		name string
		args []string
	}
	var all []line
	for name, act := range looks {
		if act == nobody || strings.HasPrefix(name, "import ") { // asks for a password first: see testdata/script/import.txtar
			continue
		}
		more, known := lines[name]
		require.True(t, known, "%s is not tried", name)
		all = append(all, line{name, slices.Concat(strings.Fields(name), more, []string{"--data", data})})
	}
	for _, l := range all {
		_, _ = run(l.args...) // some refuse what they are asked: that somebody asked is written first
	}
	printed, err := run("access-log", "--data", data, "--json", "--limit", "1000")
	require.NoError(t, err)
	var answer api.ViewingAnswer
	require.NoError(t, json.Unmarshal([]byte(printed), &answer))
	for _, l := range all {
		i := slices.IndexFunc(answer.Entries, func(e api.Viewed) bool { return e.Route == "ayumi "+l.name })
		if l.name == "bundle" { // nothing is sealed here; see testdata/script/seal.txtar
			require.Negative(t, i)
			continue
		}
		require.GreaterOrEqual(t, i, 0, "%s is not in the access log", l.name)
		require.Equal(t, looks[l.name], answer.Entries[i].Act, l.name)
		require.True(t, strings.HasPrefix(answer.Entries[i].Account, "operator-"), l.name)
	}
	for _, file := range []string{"access.db", "access.db-wal", "access.db-shm"} {
		require.NoError(t, os.RemoveAll(filepath.Join(data, file)))
	}
	require.NoError(t, os.Mkdir(filepath.Join(data, "access.db"), 0o700))
	for _, l := range all {
		printed, err := run(l.args...)
		require.ErrorContains(t, err, "access log", l.name)
		require.Empty(t, printed, l.name)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1, "no file was written")
}
