// Package browser_test uses the demonstration as people do: in a browser, with
// the keyboard, without script, on paper, in both languages. Each script of this
// folder runs against the whole product in this process and reports its checks
// one by one; each is a subtest.
package browser_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/cmd/app/demo"
	"ayumi/domain/scenario"
)

var pictures = flag.String("pictures", "", "draw the README's pictures into pictures/, and those for the eye into this folder")

// opens is a Friday afternoon after everything the demonstration tells: the desk
// is open, and a page shows the same words on every day the tests run.
var opens = time.Date(2023, 10, 6, 14, 0, 0, 0, time.FixedZone("JST", 9*60*60))

func TestPages(t *testing.T) {
	needs(t)
	env := append(serve(t), "OUT="+t.TempDir())
	for _, script := range []string{"typing", "live", "figures", "auditor", "noscript"} {
		t.Run(script, func(t *testing.T) { run(t, env, script) })
	}
	english := append(serve(t), "OUT="+t.TempDir())
	for _, script := range []string{"reach", "tasks"} { // reach sees what the others use up; both take long: each language has a house of its own
		t.Run(script, func(t *testing.T) {
			for language, house := range map[string][]string{"ja": env, "en": english} {
				t.Run(language, func(t *testing.T) {
					t.Parallel()
					run(t, append(slices.Clip(house), "TONGUE="+language), script)
				})
			}
		})
	}
	for _, script := range []string{"confirm", "waive", "lock"} {
		t.Run(script, func(t *testing.T) { run(t, env, script) })
	}
}

func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("drawn with -pictures FOLDER only")
	}
	needs(t)
	folder, err := filepath.Abs(*pictures)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	run(t, append(serve(t), "OUT="+folder), "pictures")
}

// needs skips where there is no browser, unless one is demanded.
func needs(t *testing.T) {
	t.Helper()
	var missing []string
	for _, program := range []string{"node", browser()} {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, program)
		}
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		missing = append(missing, "node_modules (npm ci in tests/browser)")
	}
	if len(missing) == 0 {
		return
	}
	text := "NO PAGE WAS TRIED IN A BROWSER: missing " + strings.Join(missing, ", ")
	if strings.Contains(os.Getenv("REQUIRE"), "chromium") {
		t.Fatal(text)
	}
	t.Skip(text)
}

func browser() string {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	return "chromium"
}

// serve plays the demonstration, opens the product on it and answers the
// environment a script needs to use it.
func serve(t *testing.T, with ...func(*app.Config)) []string {
	t.Helper()
	ctx := context.Background()
	lines, err := scenario.Parse(demo.Open())
	require.NoError(t, err)
	began := time.Now()
	c := app.Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	c.Log = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	for _, set := range with {
		set(&c)
	}
	require.NoError(t, app.RunScenario(ctx, c, lines, nil))
	c.Now = func() time.Time { return opens.Add(time.Since(began)) }
	a, err := app.Open(ctx, c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	require.NoError(t, a.Ready(ctx, time.Minute))
	handler, err := a.Handler()
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	base, end := context.WithCancel(ctx)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute, BaseContext: func(net.Listener) context.Context { return base }}
	go server.Serve(l)
	t.Cleanup(func() { end(); server.Close() })
	sample, err := app.ReadSample(a.Config)
	require.NoError(t, err)
	cast := filepath.Join(t.TempDir(), "cast.json")
	raw, err := json.Marshal(castOf(t, lines))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(cast, raw, 0o600))
	return append(os.Environ(), "BASE=http://"+l.Addr().String(), "PASSWORD="+sample.Password, "CAST="+cast, "CHROMIUM="+browser(), "LEDGER="+ledgerOf(t), "AHEAD="+strconv.FormatInt(opens.Sub(began).Milliseconds(), 10))
}

// testLog shows what the product warns of among the test's output.
type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// result is what a script says of one check.
type result struct {
	Name, Fault, Seen string
}

// run runs a script and makes a subtest of each check it reports.
func run(t *testing.T, env []string, script string) {
	ctx, cancel := context.WithTimeout(context.Background(), 18*time.Minute)
	defer cancel()
	var trouble bytes.Buffer
	node := exec.CommandContext(ctx, "node", script+".mjs")
	node.Env, node.Stderr = env, &trouble
	out, err := node.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, node.Start())
	n := report(t, out)
	require.NoError(t, node.Wait(), "%s.mjs after %d checks:\n%s", script, n, trouble.String())
	require.NotZero(t, n, "%s.mjs checked nothing", script)
}

func report(t *testing.T, out io.Reader) int {
	n := 0
	in := bufio.NewScanner(out)
	in.Buffer(nil, 4<<20)
	for in.Scan() {
		var r result
		require.NoError(t, json.Unmarshal(in.Bytes(), &r), in.Text())
		n++
		t.Run(r.Name, func(t *testing.T) {
			if r.Seen != "" {
				t.Log(r.Seen)
			}
			require.Empty(t, r.Fault)
		})
	}
	require.NoError(t, in.Err())
	return n
}
