// Command ayumi-scenario writes the demonstration: a scenario of invented people
// around the work-plan sheet of fiscal 2019. The same seed gives the same bytes.
//
//	go run ./cmd/ayumi-scenario > cmd/app/demo/fy2019.jsonl
package main

import (
	"bufio"
	"fmt"
	"os"
)

// The log that the scenario makes, and the seed of everything in it.
const (
	origin = "demo.ayumi.example"
	seed   = "ayumi-demo-fy2019"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	err := scene().write(out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ayumi-scenario:", err)
		os.Exit(1)
	}
}

// scene tells all stories. Their order here decides only which of two commands
// of the same instant comes first.
func scene() *book {
	b := newBook()
	b.open()
	b.publicBodies()
	b.universities()
	b.sheet()
	b.meetings()
	cast := b.castOf()
	cast.play()
	b.closing()
	b.figures()
	b.prefecture()
	return b
}
