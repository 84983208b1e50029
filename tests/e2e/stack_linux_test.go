package e2e_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/tests/natscluster"
	"ayumi/tests/postgres"
	"ayumi/tests/readmodels"
)

// stack is docker-compose.yml without containers: its options and secrets, three NATS
// servers, PostgreSQL with the roles that were made, and KurrentDB as tests have it.
type stack struct {
	*town
	nats    *natscluster.Nodes
	secrets string
	program string
	env     map[string]string // of an instance
}

// newStack makes everything but the instances, and a scenario log.
func newStack(t *testing.T) *stack {
	readmodels.NeedPostgres(t)
	s := &stack{town: &town{T: t}, nats: natscluster.Start(t), secrets: filepath.Join(t.TempDir(), "secrets"), program: filepath.Join(t.TempDir(), "ayumi")}
	out, err := exec.Command("go", "build", "-o", s.program, "../../cmd/ayumi").CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NoError(t, app.InitCluster(s.secrets, "ayumi.example.lg.jp", time.Now()))
	s.databases()
	require.NoError(t, os.WriteFile(filepath.Join(s.secrets, "kurrentdb"), []byte(kurrentDB(t)), 0o600))
	s.env = readCompose(t).Services["ayumi-1"].Environment
	for key, value := range s.env {
		s.env[key] = strings.Replace(value, "/run/secrets", s.secrets, 1)
	}
	s.env["AYUMI_NATS"], s.env["AYUMI_NATS_CREDS"], s.env["AYUMI_NATS_CA"] = s.nats.URLs(), s.nats.In("nats-app.nk"), s.nats.In("root.pem")
	s.env["AYUMI_SECRETS"] = filepath.Join(t.TempDir(), "keys")
	delete(s.env, "AYUMI_PUBLIC_URL") // the browser of this test knows no certificates
	for key, value := range s.env {
		t.Setenv(key, value)
	}
	var log bytes.Buffer
	c := s.config(&log)
	s.shared.KurrentDB = c.KurrentDB
	require.NoError(t, c.Check())
	require.NoError(t, app.RunScenario(t.Context(), c, small(t, "AU"), nil))
	_, err = app.Migrate(t.Context(), c, app.Embedded, app.KurrentDB, nil)
	require.NoError(t, err)
	sample, err := app.ReadSample(c)
	require.NoError(t, err)
	s.password = sample.Password
	return s
}

// databases runs the SQL that was made, with names of this test's own on the server
// that tests have.
func (s *stack) databases() {
	own := "t" + strings.ToLower(rand.Text()) + "_"
	at, err := url.Parse(os.Getenv("POSTGRES_URL"))
	require.NoError(s, err)
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(s.secrets, name))
		require.NoError(s, err)
		return strings.ReplaceAll(strings.ReplaceAll(string(text), "ayumi_", own), "@postgres/", "@"+at.Host+"/")
	}
	for line := range strings.Lines(read("postgres.sql")) {
		postgres.Exec(s, at.String(), line)
	}
	s.Cleanup(func() {
		for _, name := range []string{"read_models", "access", "keys"} {
			postgres.Exec(s, at.String(), "DROP DATABASE "+own+name+" WITH (FORCE)", "DROP ROLE "+own+name, "DROP ROLE "+own+name+"_owner")
		}
	})
	for _, name := range []string{"read-models", "access", "keys"} {
		for _, role := range []string{name, name + "-owner"} {
			require.NoError(s, os.WriteFile(filepath.Join(s.secrets, role), []byte(read(role)), 0o600))
		}
	}
}

// config is the configuration of the environment, on a disk of its own.
func (s *stack) config(log *bytes.Buffer) app.Config {
	secret := func(key string) string {
		text, err := os.ReadFile(s.env[key+"_FILE"])
		require.NoError(s, err)
		return strings.TrimSpace(string(text))
	}
	o := options{Data: filepath.Join(s.TempDir(), "first"), KurrentDB: secret("AYUMI_KURRENTDB"), NATS: s.env["AYUMI_NATS"], ReadModels: secret("AYUMI_READ_MODELS"),
		Keys: secret("AYUMI_KEYS"), Access: secret("AYUMI_ACCESS"), Secrets: s.env["AYUMI_SECRETS"]}
	c := o.config(log)
	c.ReadModelsOwner, c.KeysOwner, c.AccessOwner = secret("AYUMI_READ_MODELS_OWNER"), secret("AYUMI_KEYS_OWNER"), secret("AYUMI_ACCESS_OWNER")
	c.NATSCreds, c.NATSCA, c.Replicas, c.KEKGuard = s.env["AYUMI_NATS_CREDS"], s.env["AYUMI_NATS_CA"], 3, s.env["AYUMI_KEK_GUARD_FROM"]
	return c
}

// serve starts the program as a container does.
func (s *stack) serve() *instance {
	s.Helper()
	x := &instance{log: &lines{}}
	x.Data, x.Listen, x.Metrics = filepath.Join(s.TempDir(), "data"), free(s.T), free(s.T)
	x.child = exec.Command(s.program, "serve")
	x.child.Env = append(os.Environ(), "AYUMI_DATA="+x.Data, "AYUMI_LISTEN="+x.Listen, "AYUMI_METRICS="+x.Metrics)
	x.child.Stderr = x.log
	require.NoError(s, x.child.Start())
	s.Cleanup(func() {
		x.kill()
		if s.Failed() {
			s.Logf("instance at %s:\n%.6000s", x.Listen, x.log.String())
		}
	})
	s.instances = append(s.instances, x)
	return x
}

// The stack that is shipped serves: two instances of the program itself with the options
// of docker-compose.yml. It goes on when a NATS server and an instance fall.
func TestTheStackServes(t *testing.T) {
	s := newStack(t)
	one, two := s.serve(), s.serve()
	s.ready(one)
	s.ready(two)
	out, err := exec.Command(s.program, "ready", "--server", "http://"+two.Listen).CombinedOutput()
	require.NoError(t, err, "%s", out)
	// What the program finds out of its engines is good, but for a server of tests that
	// does not write through.
	out, _ = exec.Command(s.program, "--lang", "en", "config", "check", "--data", filepath.Join(t.TempDir(), "none")).CombinedOutput()
	require.Contains(t, string(out), "✓ NATS: all 3 copies of the stream are up to date")
	require.Contains(t, string(out), "✓ NATS: these credentials may write and may not remove")
	for line := range strings.Lines(string(out)) {
		require.False(t, strings.HasPrefix(line, "✗") && !strings.Contains(line, "fsync is off"), "%s", out)
	}
	co := s.as("co1")
	_, page := co.get("/people")
	person := between(t, page, `href="/people/`, `"`)
	file := s.caseOf(person)
	note := func(text string) {
		t.Helper()
		at := co.command("case.add_note", map[string]any{"case": file, "partition": "common", "text": text})
		for range 2 { // one after the other
			require.Eventually(t, func() bool {
				status, page := co.get(fmt.Sprintf("/people/%s?at=%d", person, at))
				return status == http.StatusOK && strings.Contains(page, text)
			}, time.Minute, 50*time.Millisecond, text)
		}
	}
	note("all is well")
	s.nats.Kill(0)
	note("a server of the bus has fallen")
	s.nats.Begin(t, 0)
	s.nats.Healthy(t)
	one.kill()
	note("an instance has fallen")
}
