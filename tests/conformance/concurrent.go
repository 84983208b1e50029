package conformance

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

const writers = 16

// race runs one function per writer and waits for all.
func race(n int, run func(writer int)) {
	var group sync.WaitGroup
	for w := range n {
		group.Go(func() { run(w) })
	}
	group.Wait()
}

func manyWriters(t *testing.T, s domain.EventStore) {
	const each = 50
	tokens := make([][each]domain.Token, writers)
	race(writers, func(w int) {
		stream, at := fmt.Sprintf("a-%d", w), domain.Token{}
		for i := range each {
			got, err := s.Append(context.Background(), Next(stream, at, "w", 1))
			if err != nil {
				t.Errorf("writer %d: %v", w, err)
				return
			}
			at = got[0]
			tokens[w][i] = at
		}
	})
	log := requireSound(t, s)
	require.Len(t, log, writers*each)
	for w := range tokens {
		for i, token := range tokens[w] {
			require.Equal(t, uint64(i)+1, token.Version)
			e := log[token.Position-1]
			require.Equal(t, Event(fmt.Sprintf("a-%d", w), token.Version, "w").ID, e.ID, "the acknowledged position holds the event")
		}
	}
}

// oneStream: of those who begin from one version exactly one wins; the others
// are told so and go on from where the stream then stands.
func oneStream(t *testing.T, s domain.EventStore) {
	const each = 20
	race(writers, func(w int) {
		for done := 0; done < each; {
			at, err := standing(s, "a-1")
			if err == nil {
				_, err = s.Append(context.Background(), Next("a-1", at, fmt.Sprint(w), 1))
			}
			if err == nil {
				done++
			} else if !errors.Is(err, domain.ErrConflict) {
				t.Errorf("writer %d: %v", w, err)
				return
			}
		}
	})
	require.Len(t, requireSound(t, s), writers*each)
}

func standing(s domain.EventStore, stream string) (at domain.Token, err error) {
	for e, err := range s.Stream(context.Background(), stream, 0) {
		if err != nil {
			return at, err
		}
		at = domain.Token{Version: e.Version, Position: e.Position}
	}
	return at, nil
}

func sameEvents(t *testing.T, s domain.EventStore) {
	const each = 30
	race(writers, func(w int) {
		at := domain.Token{}
		for range each {
			got, err := s.Append(context.Background(), Next("a-1", at, "w", 2))
			if err != nil {
				t.Errorf("writer %d: %v", w, err)
				return
			}
			at = got[0]
		}
	})
	require.Len(t, requireSound(t, s), 2*each)
}

func noGap(t *testing.T, s domain.EventStore) {
	const each = 60
	var writing atomic.Int32
	writing.Store(4)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			next := uint64(1)
			for last := false; !last; {
				last = writing.Load() == 0
				for e, err := range s.All(context.Background(), next-1) {
					if err != nil || e.Position != next {
						t.Errorf("position %d after %d: %v", e.Position, next-1, err)
						return
					}
					next++
				}
			}
			if next != 4*each*3+1 {
				t.Errorf("a reader ended before position %d", next)
			}
		})
	}
	race(4, func(w int) {
		defer writing.Add(-1)
		at := domain.Token{}
		for range each {
			got, err := s.Append(context.Background(), Next(fmt.Sprintf("a-%d", w), at, "w", 3))
			if err != nil {
				t.Errorf("writer %d: %v", w, err)
				return
			}
			at = got[0]
		}
	})
	readers.Wait()
	requireSound(t, s)
}

func allEnds(t *testing.T, s domain.EventStore) {
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 3))
	all := s.All(context.Background(), 0)
	appendOne(t, s, Next("a-1", at, "w", 3))
	require.Len(t, collect(t, all), 3)
}

func grown(t *testing.T, s domain.EventStore) {
	waiting, far := s.Grown(0), s.Grown(2)
	select {
	case <-waiting:
		t.Fatal("the log has not grown")
	default:
	}
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 2))
	<-waiting
	<-s.Grown(1)
	select {
	case <-far:
		t.Fatal("position 3 is not there yet")
	case <-s.Grown(2):
		t.Fatal("position 3 is not there yet")
	default:
	}
	appendOne(t, s, Next("a-1", at, "w", 1))
	<-far
	require.Len(t, collect(t, s.All(context.Background(), 2)), 1, "what Grown announces can be read")
}

func contextEnds(t *testing.T, s domain.EventStore) {
	appendOne(t, s, Next("a-1", domain.Token{}, "w", 3))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Append(ended, Next("a-2", domain.Token{}, "w", 1))
	require.ErrorIs(t, err, context.Canceled)
	for _, err := range s.All(ended, 0) {
		require.ErrorIs(t, err, context.Canceled)
	}
	for _, err := range s.Stream(ended, "a-1", 0) {
		require.ErrorIs(t, err, context.Canceled)
	}
	half, cancel := context.WithCancel(context.Background())
	defer cancel()
	read := 0
	for _, err := range s.All(half, 0) {
		if read++; read == 2 {
			require.ErrorIs(t, err, context.Canceled)
		}
		cancel()
	}
	require.Equal(t, 2, read, "the error is the last thing read")
	require.Len(t, requireSound(t, s), 3)
}

func cancelled(t *testing.T, s domain.EventStore) {
	var kept atomic.Int32
	race(writers, func(w int) {
		for i := range 20 {
			ctx, cancel := context.WithCancel(context.Background())
			go cancel()
			c := Next(fmt.Sprintf("a-%d-%d", w, i), domain.Token{}, "w", 2)
			_, err := s.Append(ctx, c)
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("writer %d: %v", w, err)
			}
			if _, err := s.Append(context.Background(), c); err != nil {
				t.Errorf("the same events again: %v", err)
			}
			kept.Add(2)
			cancel()
		}
	})
	require.Len(t, requireSound(t, s), int(kept.Load()))
}
