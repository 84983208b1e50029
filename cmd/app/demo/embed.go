// Package demo holds the demonstration as a scenario: invented people around the
// work-plan sheet of fiscal 2019. cmd/ayumi-scenario writes the file.
package demo

import (
	"bytes"
	_ "embed" // the scenario travels in the binary
	"io"
)

//go:embed fy2019.jsonl
var scenario []byte

// Open reads the scenario from its first line.
func Open() io.Reader { return bytes.NewReader(scenario) }
