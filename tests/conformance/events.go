// Package conformance holds the contract of domain.EventStore as tests. Every
// adapter runs Suite; a new adapter needs nothing else to be accepted.
package conformance

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// Event makes a well-formed event whose id follows from its stream, version and
// the writer that made it.
func Event(stream string, version uint64, writer string) domain.Recorded {
	return Sized(stream, version, writer, 0)
}

// Sized is Event with a fact of size bytes more.
func Sized(stream string, version uint64, writer string, size int) domain.Recorded {
	id := uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "%s %d %s", stream, version, writer))
	facts, err := domain.FormatFacts([]domain.Fact{
		{Key: "event_id", Text: id.String()},
		{Key: "stream", Text: stream},
		{Key: "version", Int: int64(version), IsInt: true},
		{Key: "words", Text: "受入 \"" + strings.Repeat("x", size)},
	})
	if err != nil {
		panic(err)
	}
	salt := sha256.Sum256(id[:])
	body := domain.FormatBody(domain.Body{Facts: facts, Salt: salt[:], Sealed: [][]byte{salt[:7], salt[:]}})
	return domain.Recorded{ID: id, Stream: stream, Version: version, Type: "test.happened", Body: body}
}

// Next makes a commit of n events that follow at.
func Next(stream string, at domain.Token, writer string, n int) domain.Commit {
	c := domain.Commit{Stream: stream, At: at}
	for i := range n {
		c.Events = append(c.Events, Event(stream, at.Version+uint64(i)+1, writer))
	}
	return c
}

func collect(t *testing.T, events iter.Seq2[domain.Recorded, error]) []domain.Recorded {
	t.Helper()
	var out []domain.Recorded
	for e, err := range events {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}

func appendOne(t *testing.T, s domain.EventStore, c domain.Commit) domain.Token {
	t.Helper()
	tokens, err := s.Append(context.Background(), c)
	require.NoError(t, err)
	require.Len(t, tokens, 1)
	return tokens[0]
}

// requireSound reads the whole log and holds it against the contract: positions
// from 1 without a gap, versions of each stream from 1 without a gap, each id
// once, each leaf that of its body.
func requireSound(t *testing.T, s domain.EventStore) []domain.Recorded {
	t.Helper()
	log := collect(t, s.All(context.Background(), 0))
	require.NoError(t, Sound(log))
	head, err := s.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, uint64(len(log)), head.Position)
	if len(log) > 0 {
		require.Equal(t, log[len(log)-1].ID, head.ID)
	}
	return log
}

// Sound tells what is wrong with a whole log, or nil.
func Sound(log []domain.Recorded) error {
	versions, ids := map[string]uint64{}, map[uuid.UUID]uint64{}
	for i, e := range log {
		if e.Position != uint64(i)+1 {
			return fmt.Errorf("event %d stands at position %d", i, e.Position)
		}
		if versions[e.Stream]++; versions[e.Stream] != e.Version {
			return fmt.Errorf("position %d: version %d of %s, want %d", e.Position, e.Version, e.Stream, versions[e.Stream])
		}
		if twice := ids[e.ID]; twice != 0 {
			return fmt.Errorf("event %s at positions %d and %d", e.ID, twice, e.Position)
		}
		ids[e.ID] = e.Position
		leaf, err := domain.Leaf(e.Body)
		if err != nil || leaf != e.Leaf {
			return fmt.Errorf("position %d: leaf hash is wrong: %v", e.Position, err)
		}
	}
	return nil
}
