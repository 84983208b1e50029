package proof

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// The exits of a verification.
const (
	Verified   = 0
	Wrong      = 1
	Unreadable = 2
	Partial    = 3
)

// Check is one thing that was looked at and what came of it.
type Check struct {
	// Key names the sentence: ok.… for what holds, part.… for what could not be
	// looked at, note.… for what is worth knowing, else the code of proof.md 4.
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// Code is the code of a failed check, "" of another.
func (c Check) Code() string {
	if strings.HasPrefix(c.Key, "E") {
		return c.Key
	}
	return ""
}

// Holds tells whether the check found what it should.
func (c Check) Holds() bool { return strings.HasPrefix(c.Key, "ok.") }

// Partly tells whether something could not be looked at.
func (c Check) Partly() bool { return strings.HasPrefix(c.Key, "part.") }

// Report is what a verification found, in the order in which it looked.
type Report struct {
	Checks  []Check `json:"checks"`
	Edition string  `json:"edition,omitempty"`
	Events  int64   `json:"events"` // of the range
	From    int64   `json:"from"`   // events before the range
	Seals   []Found `json:"seals,omitempty"`
	Record  *Record `json:"record,omitempty"` // of a proof of one record
}

// Found is one seal and what the events gave.
type Found struct {
	Name      string `json:"name"`
	Indicator string `json:"indicator"`
	Version   string `json:"version"`
	From      string `json:"from"`
	To        string `json:"to"`
	Position  uint64 `json:"position"`
	KnownAt   string `json:"known_at"`
	Sealed    string `json:"sealed"` // with its decimals
	Counted   string `json:"counted,omitempty"`
	Sum       string `json:"sum"`
}

// Exit is the outcome as a program's exit code (proof.md 4).
func (r *Report) Exit() int {
	exit := Verified
	for _, c := range r.Checks {
		switch {
		case strings.HasPrefix(c.Key, "E00"):
			return Unreadable
		case c.Code() != "":
			exit = Wrong
		case c.Partly() && exit == Verified:
			exit = Partial
		}
	}
	return exit
}

// Worse is the worse of two exits: not verified, unreadable, in part, verified.
func Worse(a, b int) int {
	rank := []int{0, 3, 2, 1}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// Codes are the codes of what failed, in order, each once.
func (r *Report) Codes() []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range r.Checks {
		if code := c.Code(); code != "" && !seen[code] {
			out, seen[code] = append(out, code), true
		}
	}
	return out
}

func (r *Report) add(key string, args ...any) {
	c := Check{Key: key}
	if len(args) > 0 {
		c.Args = map[string]string{}
	}
	for i := 0; i+1 < len(args); i += 2 {
		c.Args[args[i].(string)] = fmt.Sprint(args[i+1])
	}
	r.Checks = append(r.Checks, c)
}

// The sentences stand beside the verifier and not with those of the pages, since
// the verifier stands alone.
//
//go:embed words.json
var wordsJSON []byte

var words = sync.OnceValues(func() (map[string]map[string]string, error) {
	var out map[string]map[string]string
	return out, json.Unmarshal(wordsJSON, &out)
})

// Say is a check in words, in ja or en.
func (c Check) Say(language string) string { return Sentence(language, c.Key, c.Args) }

// Sentence is a sentence of the verifier in ja or en; its own key if there is none.
func Sentence(language, key string, args map[string]string) string {
	all, err := words()
	text, ok := all[key][language]
	if err != nil || !ok {
		return key
	}
	for name, v := range args {
		text = strings.ReplaceAll(text, "{"+name+"}", v)
	}
	return text
}
