package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ayumi/cmd/app"
	"ayumi/tests/postgres"
	"ayumi/tests/standin"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"ayumi": main}) }

// TestScripts runs the command line as its users do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("AYUMI_LANG", "en")
			env.Setenv("HERE", address())
			env.Setenv("THERE", address())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"up": up, "password": password, "lies": lies, "batch": batch, "kurrentdb": kurrentDB, "enrol": enrol, "private": private, "database": database},
		Condition: func(what string) (bool, error) {
			there, required := postgres.There()
			switch {
			case what != "postgres":
				return false, fmt.Errorf("unknown condition %s", what)
			case required && !there:
				return false, errors.New("REQUIRE=postgres: POSTGRES_URL is not set")
			}
			return there, nil
		},
	})
}

var port atomic.Int32

// address is a free one that no other script has: scripts run at once. Its port lies
// below those that a kernel gives to whoever asks.
func address() string {
	for {
		at := fmt.Sprintf("127.0.0.1:%d", 18400+port.Add(1))
		if l, err := net.Listen("tcp", at); err == nil {
			l.Close()
			return at
		}
	}
}

// up waits until a server answers: up URL, or under TLS: up URL ROOT, and then HTTP/2
// and the promise to stay under TLS must come with the answer.
func up(ts *testscript.TestScript, _ bool, args []string) {
	client := http.DefaultClient
	if len(args) > 1 {
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM([]byte(ts.ReadFile(args[1])))
		client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	}
	for range 300 {
		res, err := client.Get(args[0])
		if err == nil {
			res.Body.Close()
			if len(args) > 1 && (res.ProtoMajor != 2 || res.Header.Get("Strict-Transport-Security") == "") {
				ts.Fatalf("%s %v", res.Proto, res.Header)
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s does not answer", args[0])
}

// lies waits until a file is there: lies FILE.
func lies(ts *testscript.TestScript, _ bool, args []string) {
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s does not come", args[0])
}

// kurrentDB starts one and puts its connection string into the environment.
func kurrentDB(ts *testscript.TestScript, _ bool, _ []string) {
	s, err := standin.Start(standin.NewLog())
	ts.Check(err)
	ts.Defer(s.Stop)
	ts.Setenv("AYUMI_KURRENTDB", s.URL())
}

// database makes one and puts its address into the environment: database NAME.
func database(ts *testscript.TestScript, _ bool, args []string) {
	base, drop, err := postgres.Make(context.Background())
	ts.Check(err)
	ts.Defer(drop)
	ts.Setenv(args[0], base)
}

// password puts the sample's password into the environment: password FILE.
func password(ts *testscript.TestScript, _ bool, args []string) {
	var s app.Sample
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &s))
	ts.Setenv("AYUMI_PASSWORD", s.Password)
}

// batch puts the number of an import into the environment: batch FILE.
func batch(ts *testscript.TestScript, _ bool, args []string) {
	words := strings.Fields(ts.ReadFile(args[0]))
	ts.Setenv("BATCH", words[len(words)-1])
}
