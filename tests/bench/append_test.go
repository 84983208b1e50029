//go:build linux

// Package bench measures. Nothing in it asserts a time.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/university"
	"ayumi/infra/keyring"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

// Every phase runs in turns of one slice, so that noise from elsewhere meets all alike.
const (
	slice  = 200 * time.Millisecond
	rounds = 10
)

// BenchmarkAppend compares durable single-event appends per second: the raw disk
// (write and fdatasync of the same bytes, grouped), the store alone, and the
// whole path of decide, seal and append.
func BenchmarkAppend(b *testing.B) {
	compare(b, []int{1, 16, 256}, rawAppends, storeAppends, pathAppends)
}

// compare runs the phases in turns, and reports the rate of each and what the
// others make of the first.
func compare(b *testing.B, writers []int, begin ...func(b *testing.B, writers int) *phase) {
	for _, n := range writers {
		b.Run(fmt.Sprintf("writers=%d", n), func(b *testing.B) {
			var phases []*phase
			for _, f := range begin {
				phases = append(phases, f(b, n))
			}
			for range b.N * rounds {
				for _, p := range phases {
					p.run(b)
				}
			}
			first := phases[0]
			b.ReportMetric(first.rate(), first.name+"/s")
			for _, p := range phases[1:] {
				b.ReportMetric(p.rate(), p.name+"/s")
				b.ReportMetric(p.rate()/first.rate(), p.name+"/"+first.name)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// phase is one way to append, with one function per writer.
type phase struct {
	name  string
	steps []func() error
	done  atomic.Int64
	took  time.Duration
}

func newPhase(name string, writers int, work func(writer int) func() error) *phase {
	p := &phase{name: name}
	for w := range writers {
		p.steps = append(p.steps, work(w))
	}
	return p
}

// run lets the writers work for one slice.
func (p *phase) run(b *testing.B) {
	var group sync.WaitGroup
	begun := time.Now()
	for _, step := range p.steps {
		group.Go(func() {
			for time.Since(begun) < slice {
				if err := step(); err != nil {
					b.Error(err)
					return
				}
				p.done.Add(1)
			}
		})
	}
	group.Wait()
	p.took += time.Since(begun)
}

func (p *phase) rate() float64 { return float64(p.done.Load()) / p.took.Seconds() }

// storedBytes is what one event of the whole path weighs, with its key columns.
var storedBytes = make([]byte, 1100)

func rawAppends(b *testing.B, writers int) *phase {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	require.NoError(b, err)
	b.Cleanup(func() { f.Close() })
	queue := make(chan chan error, 500)
	go func() {
		var buf []byte
		for first := range queue {
			group := []chan error{first}
			buf = append(buf[:0], storedBytes...)
			for more := true; more && len(group) < 500; {
				select {
				case next := <-queue:
					group, buf = append(group, next), append(buf, storedBytes...)
				default:
					more = false
				}
			}
			_, err := f.Write(buf)
			if err == nil {
				err = syscall.Fdatasync(int(f.Fd()))
			}
			for _, ack := range group {
				ack <- err
			}
		}
	}()
	b.Cleanup(func() { close(queue) })
	return newPhase("raw", writers, func(int) func() error {
		ack := make(chan error, 1)
		return func() error { queue <- ack; return <-ack }
	})
}

func openStore(b *testing.B) *sqlitestore.Store {
	s, err := sqlitestore.Open(filepath.Join(b.TempDir(), "log.db"), sqlitestore.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	return s
}

func storeAppends(b *testing.B, writers int) *phase {
	s := openStore(b)
	return newPhase("store", writers, func(w int) func() error {
		n, at := 0, domain.Token{}
		return func() error {
			if at.Version == 10 {
				n, at = n+1, domain.Token{}
			}
			stream := fmt.Sprintf("university-%d-%d", w, n)
			e := conformance.Sized(stream, at.Version+1, "w", len(storedBytes)-550)
			tokens, err := s.Append(context.Background(), domain.Commit{Stream: stream, At: at, Events: []domain.Recorded{e}})
			if err == nil {
				at = tokens[0]
			}
			return err
		}
	})
}

func pathAppends(b *testing.B, writers int) *phase {
	keys, err := keyring.Open(b.TempDir(), keyring.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, keys.Close()) })
	d := &domain.Decider{Store: openStore(b), Keys: keys, Random: keyring.Random{}, Origin: "bench"}
	contacts := make([]string, writers)
	for w := range contacts {
		contacts[w] = uuid.NewString()
		_, err := keys.Ensure(context.Background(), contacts[w])
		require.NoError(b, err)
	}
	return newPhase("path", writers, func(w int) func() error {
		n, id := 0, ""
		return func() error {
			if n%10 == 0 {
				id = uuid.NewString()
			}
			n++
			return command(d, id, n%10 == 1, contacts[w])
		}
	})
}

var (
	register = domain.Data{"pref": json.RawMessage(`"31"`), "kind": json.RawMessage(`"national"`), "name": json.RawMessage(`"見本大学"`)}
	officer  = domain.Actor{Account: uuid.NewString(), Controller: "31"}
)

func command(d *domain.Decider, id string, begin bool, contact string) error {
	name, data := "university.register", register
	if !begin {
		name = "university.set_contact"
		data = domain.Data{"contact": json.RawMessage(`"` + contact + `"`), "name": json.RawMessage(`"見本 太郎"`), "phone": json.RawMessage(`"000-0000-0000"`)}
	}
	in := domain.Intent{Command: uuid.New(), Now: time.Now(), Stream: id, Actor: officer, Controller: "31"}
	_, err := d.Transact(context.Background(), func(w *domain.Work) error {
		return domain.Propose(w, university.Aggregate, name, data, in)
	})
	return err
}
