package conformance

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

func sameAgain(t *testing.T, s domain.EventStore) {
	c := Next("a-1", domain.Token{}, "w", 3)
	at := appendOne(t, s, c)
	require.Equal(t, at, appendOne(t, s, c))
	later := appendOne(t, s, Next("a-1", at, "w", 2))
	require.Equal(t, at, appendOne(t, s, c), "also after the stream has moved on")
	part := domain.Commit{Stream: "a-1", At: domain.Token{Version: 1}, Events: c.Events[1:]}
	require.Equal(t, at, appendOne(t, s, part))
	require.Len(t, requireSound(t, s), int(later.Version))
}

func conflicts(t *testing.T, s domain.EventStore) {
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 3))
	for name, c := range map[string]domain.Commit{
		"stream begun already":      Next("a-1", domain.Token{}, "other", 1),
		"stale":                     Next("a-1", domain.Token{Version: 2, Position: 2}, "other", 1),
		"ahead of the stream":       Next("a-1", domain.Token{Version: 4}, "other", 1),
		"stream not begun":          Next("a-9", domain.Token{Version: 1}, "other", 1),
		"another place of the head": Next("a-1", domain.Token{Version: 3, Position: 7}, "other", 1),
		"longer than what is there": Next("a-1", domain.Token{}, "w", 4),
	} {
		_, err := s.Append(context.Background(), c)
		require.ErrorIs(t, err, domain.ErrConflict, name)
	}
	require.Equal(t, uint64(4), appendOne(t, s, Next("a-1", domain.Token{Version: at.Version}, "w", 1)).Position, "a token without position is enough")
	require.Len(t, requireSound(t, s), 4)
}

func idElsewhere(t *testing.T, s domain.EventStore) {
	at := appendOne(t, s, Next("a-1", domain.Token{}, "w", 2))
	taken := requireSound(t, s)[0].ID
	other := Next("b-1", domain.Token{}, "w", 2)
	other.Events[1].ID = taken
	_, err := s.Append(context.Background(), other)
	require.ErrorIs(t, err, domain.ErrConflict)
	moved := Next("a-1", at, "w", 1)
	moved.Events[0].ID = taken
	_, err = s.Append(context.Background(), moved)
	require.ErrorIs(t, err, domain.ErrConflict)
	twice := Next("c-1", domain.Token{}, "w", 2)
	twice.Events[1].ID = twice.Events[0].ID
	_, err = s.Append(context.Background(), twice)
	require.ErrorIs(t, err, domain.ErrConflict)
	appendOne(t, s, Next("b-1", domain.Token{}, "w", 2))
	require.Len(t, requireSound(t, s), 4)
}

func allOrNone(t *testing.T, s domain.EventStore) {
	appendOne(t, s, Next("b-1", domain.Token{}, "w", 1))
	_, err := s.Append(context.Background(),
		Next("a-1", domain.Token{}, "w", 2), Next("b-1", domain.Token{}, "other", 1), Next("c-1", domain.Token{}, "w", 1))
	require.ErrorIs(t, err, domain.ErrConflict)
	require.Len(t, requireSound(t, s), 1)

	tokens, err := s.Append(context.Background(),
		Next("a-1", domain.Token{}, "w", 2), Next("b-1", domain.Token{Version: 1, Position: 1}, "w", 1), Next("c-1", domain.Token{}, "w", 1))
	require.NoError(t, err)
	require.Equal(t, []domain.Token{{Version: 2, Position: 3}, {Version: 2, Position: 4}, {Version: 1, Position: 5}}, tokens)
	require.Len(t, requireSound(t, s), 5)
}

func severalAgain(t *testing.T, s domain.EventStore) {
	both := []domain.Commit{Next("a-1", domain.Token{}, "w", 2), Next("b-1", domain.Token{}, "w", 1)}
	want, err := s.Append(context.Background(), both...)
	require.NoError(t, err)
	appendOne(t, s, Next("b-1", want[1], "w", 1))
	got, err := s.Append(context.Background(), both...)
	require.NoError(t, err)
	require.Equal(t, want, got)

	half := []domain.Commit{both[0], Next("c-1", domain.Token{}, "w", 1)}
	_, err = s.Append(context.Background(), half...)
	require.ErrorIs(t, err, domain.ErrConflict, "one already there, one not: not the same append")
	require.Len(t, requireSound(t, s), 4)
}

func streamTwice(t *testing.T, s domain.EventStore) {
	_, err := s.Append(context.Background(),
		Next("a-1", domain.Token{}, "w", 1), Next("a-1", domain.Token{Version: 1}, "w", 1))
	require.ErrorIs(t, err, domain.ErrConflict)
	require.Empty(t, requireSound(t, s))
}

func appendNothing(t *testing.T, s domain.EventStore) {
	tokens, err := s.Append(context.Background())
	require.NoError(t, err)
	require.Empty(t, tokens)
	require.Empty(t, requireSound(t, s))
}

func malformed(t *testing.T, s domain.EventStore) {
	good := Next("a-1", domain.Token{}, "w", 2)
	for name, spoil := range map[string]func(c *domain.Commit){
		"no stream":           func(c *domain.Commit) { c.Stream, c.Events[0].Stream, c.Events[1].Stream = "", "", "" },
		"another stream":      func(c *domain.Commit) { c.Events[1].Stream = "a-2" },
		"a version left out":  func(c *domain.Commit) { c.Events[1].Version = 3 },
		"a version too low":   func(c *domain.Commit) { c.Events[0].Version = 0 },
		"no id":               func(c *domain.Commit) { c.Events[0].ID = uuid.Nil },
		"no type":             func(c *domain.Commit) { c.Events[0].Type = "" },
		"no body":             func(c *domain.Commit) { c.Events[0].Body = nil },
		"a space in the body": func(c *domain.Commit) { c.Events[0].Body = append([]byte(" "), c.Events[0].Body...) },
	} {
		bad := domain.Commit{Stream: good.Stream, Events: append([]domain.Recorded(nil), good.Events...)}
		spoil(&bad)
		_, err := s.Append(context.Background(), bad)
		require.Error(t, err, name)
		require.NotErrorIs(t, err, domain.ErrConflict, name)
		require.NotErrorIs(t, err, domain.ErrStoreFailed, name)
	}
	require.Empty(t, requireSound(t, s))
	appendOne(t, s, good)
}

func oversize(t *testing.T, s domain.EventStore) {
	room := domain.MaxBody - len(Event("a-1", 1, "w").Body)
	fits := domain.Commit{Stream: "a-1", Events: []domain.Recorded{Sized("a-1", 1, "w", room)}}
	require.Len(t, fits.Events[0].Body, domain.MaxBody)
	large := domain.Commit{Stream: "a-2", Events: []domain.Recorded{Sized("a-2", 1, "w", room+1)}}
	_, err := s.Append(context.Background(), large)
	var refusal *domain.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "data.too_large", refusal.Key)
	appendOne(t, s, fits)
	require.Len(t, requireSound(t, s), 1)

	many := domain.Commit{Stream: "a-3"}
	for v := range uint64(9) { // more than one group takes
		many.Events = append(many.Events, Sized("a-3", v+1, "w", room))
	}
	appendOne(t, s, many)
	require.Len(t, requireSound(t, s), 10)
}

func noAliases(t *testing.T, s domain.EventStore) {
	c := Next("a-1", domain.Token{}, "w", 2)
	appendOne(t, s, c)
	clear(c.Events[0].Body)
	for _, read := range []func() []domain.Recorded{
		func() []domain.Recorded { return collect(t, s.All(context.Background(), 0)) },
		func() []domain.Recorded { return collect(t, s.Stream(context.Background(), "a-1", 0)) },
	} {
		for _, e := range read() {
			clear(e.Body[:cap(e.Body)])
		}
		requireSound(t, s)
	}
}
