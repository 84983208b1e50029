//go:build !js

// Ayumi-verify checks proof bundles offline: the standard library, x/mod and this
// repository's domain, one static file. Exit 0 verified, 1 not verified, 2
// unreadable, 3 verified in part (proof.md 4).
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"ayumi/domain/proof"
	"ayumi/domain/receipt"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
}

// options are what the command line says.
type options struct {
	keys, held, leaf, language string
	json                       bool
	files                      []string
}

func read(args []string, to io.Writer, env func(string) string) (o options, err error) {
	f := flag.NewFlagSet("ayumi-verify", flag.ContinueOnError)
	f.SetOutput(to)
	language := proof.Language(env("AYUMI_LANG"), env("LANG"))
	for i, a := range args { // help speaks it too
		if (a == "--lang" || a == "-lang") && i+1 < len(args) {
			language = proof.Language(args[i+1])
		}
	}
	say := func(key string) string { return proof.Sentence(language, "help."+key, nil) }
	f.StringVar(&o.language, "lang", language, say("lang"))
	f.StringVar(&o.keys, "keys", "", say("keys"))
	f.StringVar(&o.held, "held", "", say("held"))
	f.StringVar(&o.leaf, "leaf", "", say("leaf"))
	f.BoolVar(&o.json, "json", false, say("json"))
	f.Usage = func() {
		_, _ = fmt.Fprintln(to, say("usage"))
		f.PrintDefaults()
	}
	if err = f.Parse(args); err == nil && f.NArg() == 0 {
		f.Usage()
		err = flag.ErrHelp
	}
	o.language, o.files = proof.Language(o.language), f.Args()
	return o, err
}

func run(args []string, out, errs io.Writer, env func(string) string) int {
	o, err := read(args, errs, env)
	if errors.Is(err, flag.ErrHelp) {
		return proof.Unreadable
	}
	exit := proof.Verified
	if err == nil {
		exit, err = verify(o, out)
	}
	if err != nil {
		_, _ = fmt.Fprintln(errs, err)
		return proof.Unreadable
	}
	return exit
}

// verify checks each file in order; the worst outcome is the answer.
func verify(o options, out io.Writer) (int, error) {
	v := &proof.Verifier{Progress: progress()}
	if o.keys != "" {
		text, err := os.ReadFile(o.keys)
		if err != nil {
			return 0, err
		}
		if v.Trust, err = proof.ParseTrust(string(text)); err != nil {
			return 0, fmt.Errorf("%s: %w", o.keys, err)
		}
	}
	if o.held != "" {
		text, err := os.ReadFile(o.held)
		if err != nil {
			return 0, err
		}
		if err := v.Hold(text); err != nil {
			return 0, fmt.Errorf("%s: %w", o.held, err)
		}
	}
	if o.leaf != "" {
		var err error
		if v.Leaf, err = receipt.ParseFingerprint(o.leaf); err != nil {
			return 0, err
		}
	}
	worst := proof.Verified
	for i, name := range o.files {
		v.Last = i == len(o.files)-1
		r, err := one(v, name)
		if err != nil {
			return 0, err
		}
		if worst = proof.Worse(worst, r.Exit()); o.json {
			enc := json.NewEncoder(out)
			enc.SetIndent("", "  ")
			err = enc.Encode(r)
		} else {
			if len(o.files) > 1 {
				_, _ = fmt.Fprintln(out, name)
			}
			err = r.Print(out, o.language)
		}
		if err != nil {
			return 0, err
		}
	}
	return worst, nil
}

// large is a bundle of some hundred thousand events, in bytes.
const large = 16 << 20

func one(v *proof.Verifier, name string) (*proof.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	debug.SetGCPercent(300)
	if info.Size() > large { // an old machine in a locked room has more time than memory
		debug.SetGCPercent(30)
	}
	return v.Verify(f, info.Size()), nil
}

// progress draws how far the rows were read, on a terminal only.
func progress() func(done, total int64) {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	last := int64(-1)
	return func(done, total int64) {
		if percent := done * 100 / max(total, 1); percent != last {
			last = percent
			_, _ = fmt.Fprintf(os.Stderr, "\r%3d %%", percent)
			if percent >= 100 {
				_, _ = fmt.Fprint(os.Stderr, "\r      \r")
			}
		}
	}
}
