package conformance

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// Subject is an adapter under test.
type Subject struct {
	// Open makes an empty store; the test's end closes it.
	Open func(t *testing.T) domain.EventStore
	// Reopen closes a store and opens it again; nil where nothing outlives the process.
	Reopen func(t *testing.T, s domain.EventStore) domain.EventStore
}

// Suite runs the whole contract against one adapter.
func Suite(t *testing.T, subject Subject) {
	for _, rule := range []struct {
		name string
		hold func(*testing.T, domain.EventStore)
	}{
		{"an empty log", emptyLog},
		{"append answers tokens, reads give back the bytes", appendAndRead},
		{"stream after a version", streamAfter},
		{"the same events again", sameAgain},
		{"another event at the same version", conflicts},
		{"an event id of another place", idElsewhere},
		{"all commits or none", allOrNone},
		{"several commits again", severalAgain},
		{"the same stream twice in one append", streamTwice},
		{"an append of nothing", appendNothing},
		{"a commit without events holds a stream still", guardOnly},
		{"malformed commits", malformed},
		{"oversize", oversize},
		{"nobody changes the log through what was read or written", noAliases},
		{"16 writers", manyWriters},
		{"16 writers of one stream", oneStream},
		{"16 writers of the same events", sameEvents},
		{"a reader while writers run sees no gap", noGap},
		{"all ends at the head of the call", allEnds},
		{"a reader that appends", readerAppends},
		{"grown", grown},
		{"the end of a context", contextEnds},
		{"a cancelled append is done or not done", cancelled},
		{"stop reading early", stopEarly},
	} {
		t.Run(rule.name, func(t *testing.T) { rule.hold(t, subject.Open(t)) })
	}
	if subject.Reopen != nil {
		t.Run("open again", func(t *testing.T) { reopened(t, subject) })
	}
}

func emptyLog(t *testing.T, s domain.EventStore) {
	require.Empty(t, collect(t, s.All(context.Background(), 0)))
	require.Empty(t, collect(t, s.Stream(context.Background(), "a-1", 0)))
	head, err := s.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, domain.Recorded{}, head)
}

func appendAndRead(t *testing.T, s domain.EventStore) {
	first := Next("a-1", domain.Token{}, "w", 3)
	require.Equal(t, domain.Token{Version: 3, Position: 3}, appendOne(t, s, first))
	second := Next("a-2", domain.Token{}, "w", 1)
	require.Equal(t, domain.Token{Version: 1, Position: 4}, appendOne(t, s, second))
	third := Next("a-1", domain.Token{Version: 3, Position: 3}, "w", 1)
	require.Equal(t, domain.Token{Version: 4, Position: 5}, appendOne(t, s, third))

	var want []domain.Recorded
	for i, e := range append(append(append(want, first.Events...), second.Events...), third.Events...) {
		e.Position = uint64(i) + 1
		leaf, err := domain.Leaf(e.Body)
		require.NoError(t, err)
		e.Leaf = leaf
		want = append(want, e)
	}
	require.Equal(t, want, requireSound(t, s))
	require.Equal(t, want[2:], collect(t, s.All(context.Background(), 2)))
	require.Equal(t, append(want[:3:3], want[4]), collect(t, s.Stream(context.Background(), "a-1", 0)))
}

func streamAfter(t *testing.T, s domain.EventStore) {
	appendOne(t, s, Next("a-1", domain.Token{}, "w", 200))
	got := collect(t, s.Stream(context.Background(), "a-1", 150))
	require.Len(t, got, 50)
	require.Equal(t, uint64(151), got[0].Version)
	require.Len(t, collect(t, s.Stream(context.Background(), "a-1", 0)), 200)
	require.Empty(t, collect(t, s.Stream(context.Background(), "a-1", 200)))
	require.Empty(t, collect(t, s.Stream(context.Background(), "a-1", 999)))
	require.Empty(t, collect(t, s.All(context.Background(), 999)))
}

func guardOnly(t *testing.T, s domain.EventStore) {
	a := appendOne(t, s, Next("a-1", domain.Token{}, "w", 2))
	guarded := []domain.Commit{{Stream: "a-1", At: a}, Next("b-1", domain.Token{}, "w", 1)}
	tokens, err := s.Append(context.Background(), guarded...)
	require.NoError(t, err)
	require.Equal(t, []domain.Token{a, {Version: 1, Position: 3}}, tokens)

	appendOne(t, s, Next("a-1", a, "w", 1))
	guarded[1] = Next("b-2", domain.Token{}, "w", 1)
	_, err = s.Append(context.Background(), guarded...)
	require.ErrorIs(t, err, domain.ErrConflict)
	require.Len(t, requireSound(t, s), 4)
}

func stopEarly(t *testing.T, s domain.EventStore) {
	appendOne(t, s, Next("a-1", domain.Token{}, "w", 100))
	for range 20 {
		for e, err := range s.All(context.Background(), 0) {
			require.NoError(t, err)
			if e.Position == 3 {
				break
			}
		}
		for range s.Stream(context.Background(), "a-1", 0) {
			break
		}
	}
	require.Len(t, requireSound(t, s), 100)
}

func readerAppends(t *testing.T, s domain.EventStore) {
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 40))
	seen := 0
	for _, err := range s.All(context.Background(), 0) {
		require.NoError(t, err)
		seen++
		for range s.Stream(context.Background(), "a-1", 0) {
			break
		}
		at = appendOne(t, s, Next("a-1", at, "w", 1))
	}
	require.Equal(t, 40, seen)
	require.Len(t, requireSound(t, s), 80)
}

func reopened(t *testing.T, subject Subject) {
	s := subject.Open(t)
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 5))
	before := requireSound(t, s)
	for range 3 {
		s = subject.Reopen(t, s)
		require.Equal(t, before, requireSound(t, s))
		<-s.Grown(at.Position - 1)
	}
	require.Equal(t, at, appendOne(t, s, Next("a-1", domain.Token{}, "w", 5)), "the same events again, after a start")
	_, err := s.Append(context.Background(), Next("a-1", domain.Token{}, "other", 1))
	require.ErrorIs(t, err, domain.ErrConflict)
	require.Equal(t, domain.Token{Version: 6, Position: 6}, appendOne(t, s, Next("a-1", at, "w", 1)))
}
