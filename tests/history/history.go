// Package history writes logs for tests: well-formed events of persons and cases
// in any number, the same ones for the same seed. Nothing decides on them, so
// they come fast and in every order that the events allow.
package history

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Book writes one log.
type Book struct {
	Seed uint64
	// Lively makes merges, voids, corrections and outcomes as frequent as in no
	// office.
	Lively bool
	// Busy is how many times as many events a year holds; 0 and 1: once.
	Busy int

	r        *rand.Rand
	position uint64
	now      time.Time
	versions map[string]uint64
	due      []func() // what follows from the last event
	out      *domain.Recorded
	people   []*person
	merged   []*person
	cases    []*file
	meetings []string
	schools  []school
	ids      uint64
	command  uuid.UUID      // of the next event
	given    map[string]int // ids it gave, by name
}

type person struct {
	id     string
	no     int
	into   *person
	file   *file
	erased bool
}

type file struct {
	id       string
	lead     *person
	sessions []string
	tasks    []string
	moves    []string
	jobs     []string
	party    []*person

	referrals []referral
	proofs    []proof
	messages  []string // days on which mail was logged
}

// New begins a log.
func New(seed uint64, lively bool) *Book {
	b := &Book{
		Seed: seed, Lively: lively, r: rand.New(rand.NewPCG(seed, 1)), versions: map[string]uint64{},
		now: time.Date(2018, 4, 2, 1, 0, 0, 0, time.UTC), given: map[string]int{},
	}
	b.command = b.next()
	return b
}

// Next answers the next event.
func (b *Book) Next() domain.Recorded {
	for b.out = nil; b.out == nil; {
		if len(b.due) > 0 {
			next := b.due[0]
			b.due = b.due[1:]
			next()
			continue
		}
		b.step()
	}
	return *b.out
}

// Take answers the next n events.
func (b *Book) Take(n int) []domain.Recorded {
	out := make([]domain.Recorded, n)
	for i := range out {
		out[i] = b.Next()
	}
	return out
}

// Commits parts events into commits of one stream each, as a store takes them;
// tokens holds where each stream stands and is carried on.
func Commits(events []domain.Recorded, tokens map[string]domain.Token) []domain.Commit {
	var out []domain.Commit
	for _, e := range events {
		at := tokens[e.Stream]
		if n := len(out); n > 0 && out[n-1].Stream == e.Stream {
			out[n-1].Events = append(out[n-1].Events, e)
		} else {
			out = append(out, domain.Commit{Stream: e.Stream, At: at, Events: []domain.Recorded{e}})
		}
		tokens[e.Stream] = domain.Token{Version: e.Version, Position: e.Position}
	}
	return out
}

type facts map[string]any

// next is the id of the command of the next event.
func (b *Book) next() uuid.UUID {
	b.ids++
	var key [16]byte
	binary.BigEndian.PutUint64(key[:], b.Seed)
	binary.BigEndian.PutUint64(key[8:], b.ids)
	sum := sha256.Sum256(key[:])
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return uuid.UUID(sum[:16])
}

// id answers a new id, as the command of the next event gives it to a field or to a
// new stream.
func (b *Book) id(name string) string {
	if b.given[name]++; b.given[name] > 1 {
		name += " " + strconv.Itoa(b.given[name])
	}
	return domain.DeriveID(b.command, name)
}

// add writes the next event; before is how many days ago it happened.
func (b *Book) add(typ, id string, before int, f facts) {
	b.now = b.now.Add(time.Duration(b.r.IntN(b.gap())) * time.Millisecond)
	category, _, _ := strings.Cut(typ, ".")
	stream := domain.StreamName(category, id)
	b.versions[stream]++
	b.position++
	event := uuid.NewSHA1(b.command, []byte(stream+" 0"))
	all := []domain.Fact{
		{Key: "command_id", Text: b.command.String()}, {Key: "controller", Text: "31"},
		{Key: "event_id", Text: event.String()}, {Key: "occurred_on", Text: japan.DateOf(b.now).Add(-before).String()},
		{Key: "precision", Text: "day"}, {Key: "recorded_at", Text: japan.FormatInstant(b.now)},
		{Key: "recorded_by", Text: staff[b.r.IntN(len(staff))]}, {Key: "source", Text: "counter"}, {Key: "stream", Text: stream},
		{Key: "type", Text: typ}, {Key: "type_version", Int: 1, IsInt: true}, {Key: "version", Int: int64(b.versions[stream]), IsInt: true},
	}
	all = slices.DeleteFunc(all, func(x domain.Fact) bool { return f[x.Key] != nil })
	for k, v := range f {
		switch v := v.(type) {
		case string:
			all = append(all, domain.Fact{Key: k, Text: v})
		case int:
			all = append(all, domain.Fact{Key: k, Int: int64(v), IsInt: true})
		}
	}
	slices.SortFunc(all, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
	text, err := domain.FormatFacts(all)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", typ, err))
	}
	salt := sha256.Sum256(event[:])
	body := domain.Body{Facts: text, Salt: salt[:]}
	for i := range b.r.IntN(2) + 1 {
		body.Sealed = append(body.Sealed, slices.Repeat(salt[i:], 3)[:60+b.r.IntN(30)])
	}
	b.command = b.next()
	clear(b.given)
	b.out = &domain.Recorded{Position: b.position, ID: event, Stream: stream, Version: b.versions[stream], Type: typ, Body: domain.FormatBody(body)}
}

// gap is the longest time between two events in milliseconds: a year holds a
// few hundred events of a lively log, and a hundred thousand of a large one; Busy
// times as many.
func (b *Book) gap() int {
	if b.Lively {
		return 2 * 24 * 3600 * 1000
	}
	return 10 * 60 * 1000 / max(b.Busy, 1)
}

var staff = []string{
	"9f0c1d2e-0000-4000-8000-000000000001", "9f0c1d2e-0000-4000-8000-000000000002", "9f0c1d2e-0000-4000-8000-000000000003",
}

var (
	desks      = []string{"D-TKY", "D-TKY", "D-FKC"}
	channels   = []string{"in_person", "in_person", "phone", "email", "online", "fair_booth"}
	categories = []string{"job", "relocation", "housing", "housing,job", "job,relocation", "settlement"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
