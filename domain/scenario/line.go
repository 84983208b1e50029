// Package scenario writes a log from commands that stand in a file, one a line,
// each at its own time, and writes a log back as such a file. A log made so is
// marked for ever: nothing of it can be published as official.
package scenario

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Line is one command of a scenario.
type Line struct {
	Number    int             `json:"-"`
	At        time.Time       `json:"at"`                  // RFC 3339; the clock stands here
	By        string          `json:"by"`                  // staff code, account id, or "system"
	Command   string          `json:"command"`             // wire name
	CommandID uuid.UUID       `json:"command_id,omitzero"` // default: derived from origin and line number
	Data      json.RawMessage `json:"data"`
}

// Fault is a bad line: its number and why. Reason is a sentence key as in a
// Refusal, Field the field it is about.
type Fault struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Field  string `json:"field,omitempty"`
}

func (f Fault) Error() string {
	if f.Field == "" {
		return fmt.Sprintf("line %d: %s", f.Line, f.Reason)
	}
	return fmt.Sprintf("line %d: %s (%s)", f.Line, f.Reason, f.Field)
}

// Faults are all bad lines of a file.
type Faults []Fault

func (f Faults) Error() string { return fmt.Sprintf("%d bad lines, first %s", len(f), f[0].Error()) }

const maxLine = domain.MaxData + 4096

// Parse reads a scenario and answers its lines, or every line it cannot read.
// Empty lines are passed over. Times may not go back.
func Parse(r io.Reader) ([]Line, error) {
	var lines []Line
	var bad Faults
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	var last time.Time
	for in.Scan() {
		n++
		text := bytes.TrimSpace(in.Bytes())
		if n == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if len(text) == 0 {
			continue
		}
		l, fault := parseLine(text)
		if fault == "" && l.At.Before(last) {
			fault = "scenario.time_back"
		}
		if fault != "" {
			bad = append(bad, Fault{Line: n, Reason: fault})
			continue
		}
		l.Number, last = n, l.At
		lines = append(lines, l)
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		bad = append(bad, Fault{Line: n + 1, Reason: "data.too_large"})
	} else if in.Err() != nil {
		return nil, in.Err()
	}
	if len(bad) > 0 {
		return lines, bad
	}
	return lines, nil
}

func parseLine(text []byte) (Line, string) {
	var l Line
	if !exact(text) || json.Unmarshal(text, &l) != nil {
		return l, "scenario.unreadable"
	}
	switch {
	case l.At.IsZero():
		return l, "scenario.no_time"
	case l.By == "":
		return l, "scenario.no_actor"
	case l.Command == "":
		return l, "command.unknown"
	}
	return l, ""
}

// exact tells whether a line is one object whose keys are spelt as agreed, each
// at most once: the decoder of structs would pass over case and repetition.
func exact(text []byte) bool {
	left := []string{"at", "by", "command", "command_id", "data"}
	dec := json.NewDecoder(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for dec.More() {
		key, err := dec.Token()
		i := slices.IndexFunc(left, func(name string) bool { return name == key })
		var value json.RawMessage
		if err != nil || i < 0 || dec.Decode(&value) != nil {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}
