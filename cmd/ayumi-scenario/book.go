package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// facts are the data of one command.
type facts map[string]any

// line is one command with the time it is recorded at.
type line struct {
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Command   string    `json:"command"`
	CommandID uuid.UUID `json:"command_id,omitzero"`
	Data      facts     `json:"data"`
}

// book collects commands in any order and writes them in order of time.
type book struct {
	lines []line
	dice
	events map[string][]*meeting // meetings by kind
}

func newBook() *book { return &book{dice: dice{state: 2019}, events: map[string][]*meeting{}} }

var jst = time.FixedZone("JST", 9*60*60)

// at is a time of a day in Japan; hm is HHMM.
func at(on japan.Date, hm int) time.Time {
	return on.Start().In(jst).Add(time.Duration(hm/100)*time.Hour + time.Duration(hm%100)*time.Minute)
}

// id is a random-looking id that depends on the words only, not on the order in
// which ids are asked for.
func id(words ...any) string {
	sum := sha256.Sum256([]byte(seed + "/" + fmt.Sprintln(words...)))
	u, _ := uuid.FromBytes(sum[:16])
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return u.String()
}

// digest stands for a document that the demonstration does not hold.
func digest(words ...any) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(fmt.Sprintln(words...))))
}

// say records a command at a time. It answers the command's id, from which ids
// of what follows are derived.
func (b *book) say(when time.Time, by, command string, data facts) uuid.UUID {
	cmd := uuid.MustParse(id("command", len(b.lines)))
	b.lines = append(b.lines, line{At: when, By: by, Command: command, CommandID: cmd, Data: data})
	return cmd
}

// task is the id of a task that a command plans by itself.
func task(cmd uuid.UUID, kind string, due japan.Date, about string) string {
	return domain.DeriveID(cmd, "task "+kind+" "+due.String()+" "+about)
}

// with adds facts to facts.
func (f facts) with(more facts) facts {
	for k, v := range more {
		f[k] = v
	}
	return f
}

// happened states the day, and the time unless hm is negative, of a thing that
// is recorded at when.
func (f facts) happened(on japan.Date, hm int, when time.Time) facts {
	if japan.DateOf(when) != on {
		f["occurred_on"] = on.String()
	}
	if hm >= 0 {
		f["occurred_time"] = hm
	}
	return f
}

func (b *book) write(w io.Writer) error {
	slices.SortStableFunc(b.lines, func(x, y line) int { return x.At.Compare(y.At) })
	for _, l := range b.lines {
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("%s: %w", l.Command, err)
		}
		if _, err := w.Write(text.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// dice are numbers that look random and are the same on every machine and in
// every version of the language.
type dice struct{ state uint64 }

func (d *dice) roll(n int) int {
	var word [16]byte
	binary.BigEndian.PutUint64(word[:], d.state)
	d.state++
	sum := sha256.Sum256(append(word[:], seed...))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n))
}

// chance is true in so many of a hundred cases.
func (d *dice) chance(percent int) bool { return d.roll(100) < percent }

func shuffle[T any](d *dice, list []T) []T {
	for i := len(list) - 1; i > 0; i-- {
		j := d.roll(i + 1)
		list[i], list[j] = list[j], list[i]
	}
	return list
}

func pick[T any](d *dice, list []T) T { return list[d.roll(len(list))] }

// deal spreads kinds over a shuffled list, each as often as the table says.
func deal(d *dice, table []share) []string {
	var out []string
	for _, s := range table {
		for range s.n {
			out = append(out, s.code)
		}
	}
	return shuffle(d, out)
}

// share is how often a code occurs.
type share struct {
	code string
	n    int
}
