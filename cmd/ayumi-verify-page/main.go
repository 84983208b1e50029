// Ayumi-verify-page builds the verifier as WebAssembly and writes it into one HTML
// file that needs nothing else, for a room without a network:
//
//	go run ./cmd/ayumi-verify-page -out verify.html
package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"ayumi/domain/proof"
)

//go:embed page.html
var page string

func main() {
	out := flag.String("out", "ayumi-verify.html", "file to write")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(out string) (err error) {
	dir, err := os.MkdirTemp("", "ayumi-verify")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program := filepath.Join(dir, "verify.wasm")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, "ayumi/cmd/ayumi-verify")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	wasm, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	glue, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(wasm); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	words, err := json.Marshal(map[string]map[string]string{"ja": sentences("ja"), "en": sentences("en")})
	if err != nil {
		return err
	}
	text := strings.NewReplacer(
		"/*GLUE*/", strings.ReplaceAll(string(glue), "</script", `<\/script`),
		"/*WORDS*/", string(words),
		"/*WASM*/", base64.StdEncoding.EncodeToString(packed.Bytes()),
	).Replace(page)
	return os.WriteFile(out, []byte(text), 0o644)
}

// sentences are those of the page itself.
func sentences(language string) map[string]string {
	out := map[string]string{}
	for _, key := range []string{"title", "files", "keys", "verify", "working", "offline", "limits"} {
		name := "page." + key
		if key == "limits" {
			name = key
		}
		out[key] = proof.Sentence(language, name, nil)
	}
	return out
}
