package main

import (
	"encoding/json"
	"net/http"
	"os"
	"time"

	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ayumi/cmd/app"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"ayumi": main}) }

// TestScripts runs the command line as its users do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("AYUMI_LANG", "en")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"up": up, "password": password, "lies": lies},
	})
}

// up waits until a server answers: up URL.
func up(ts *testscript.TestScript, _ bool, args []string) {
	for range 300 {
		res, err := http.Get(args[0])
		if err == nil {
			res.Body.Close()
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

// password puts the sample's password into the environment: password FILE.
func password(ts *testscript.TestScript, _ bool, args []string) {
	var s app.Sample
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &s))
	ts.Setenv("AYUMI_PASSWORD", s.Password)
}
