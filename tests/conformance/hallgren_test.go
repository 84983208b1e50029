package conformance_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/hallgren/eventsourcing/core"
	"github.com/hallgren/eventsourcing/core/testsuite"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
)

// foreign lets a public test suite for event stores drive a domain.EventStore.
type foreign struct {
	domain.EventStore
	read uint64 // of the fetcher
}

func (f *foreign) Save(events []core.Event) error {
	if len(events) == 0 {
		return nil
	}
	first := events[0]
	c := domain.Commit{Stream: streamOf(first.AggregateType, first.AggregateID), At: domain.Token{Version: uint64(first.Version) - 1}}
	for _, e := range events {
		rec, err := recorded(c.Stream, e)
		if err != nil {
			return err
		}
		c.Events = append(c.Events, rec)
	}
	tokens, err := f.Append(context.Background(), c)
	if errors.Is(err, domain.ErrConflict) {
		return core.ErrConcurrency
	}
	if err != nil {
		return err
	}
	for i := range events {
		events[i].GlobalVersion = core.Version(tokens[0].Position) - core.Version(len(events)-1-i)
	}
	return nil
}

func streamOf(typ, id string) string { return domain.StreamName(typ, id) }

func recorded(stream string, e core.Event) (domain.Recorded, error) {
	facts, err := domain.FormatFacts([]domain.Fact{
		{Key: "at", Text: e.Timestamp.Format(time.RFC3339Nano)},
		{Key: "data", Text: string(e.Data)},
		{Key: "metadata", Text: string(e.Metadata)},
	})
	body := domain.FormatBody(domain.Body{Facts: facts, Salt: make([]byte, domain.SaltSize)})
	return domain.Recorded{ID: uuid.New(), Stream: stream, Version: uint64(e.Version), Type: e.Reason, Body: body}, err
}

func restored(r domain.Recorded) (core.Event, error) {
	facts, err := domain.FactsOf(r.Body)
	if err != nil {
		return core.Event{}, err
	}
	typ, id := domain.SplitStream(r.Stream)
	at, err := time.Parse(time.RFC3339Nano, facts.Text("at"))
	return core.Event{
		AggregateID: id, AggregateType: typ, Version: core.Version(r.Version), GlobalVersion: core.Version(r.Position),
		Timestamp: at, Reason: r.Type, Data: []byte(facts.Text("data")), Metadata: []byte(facts.Text("metadata")),
	}, err
}

type cursor struct {
	events []domain.Recorded
	at     int
}

func (c *cursor) Next() bool                 { c.at++; return c.at <= len(c.events) }
func (c *cursor) Value() (core.Event, error) { return restored(c.events[c.at-1]) }
func (c *cursor) Close()                     {}

func (f *foreign) Get(ctx context.Context, id, typ string, after core.Version) (core.Iterator, error) {
	c := &cursor{}
	for e, err := range f.Stream(ctx, streamOf(typ, id), uint64(after)) {
		if err != nil {
			return nil, err
		}
		c.events = append(c.events, e)
	}
	return c, nil
}

func (f *foreign) fetch() (core.Iterator, error) {
	c := &cursor{}
	for e, err := range f.All(context.Background(), f.read) {
		if err != nil {
			return nil, err
		}
		c.events = append(c.events, e)
		f.read = e.Position
	}
	return c, nil
}

func publicSuite(t *testing.T, open func(t *testing.T) domain.EventStore) {
	testsuite.Test(t, func() (core.EventStore, func(), error) {
		return &foreign{EventStore: open(t)}, func() {}, nil
	})
	f := &foreign{EventStore: open(t)}
	testsuite.TestFetcher(t, f, f.fetch)
}

func TestPublicSuiteOnMemory(t *testing.T) {
	publicSuite(t, func(*testing.T) domain.EventStore { return memory.New() })
}

func TestPublicSuiteOnSQLite(t *testing.T) {
	publicSuite(t, func(t *testing.T) domain.EventStore { return openSQLite(t, filepath.Join(t.TempDir(), "log.db")) })
}

func TestForeignEventsComeBackWhole(t *testing.T) {
	f := &foreign{EventStore: memory.New()}
	want := core.Event{AggregateID: "1", AggregateType: "A", Version: 1, Timestamp: time.Unix(1, 2).UTC(), Reason: "R", Data: []byte(`{"a":"あ"}`), Metadata: []byte("x")}
	in := []core.Event{want}
	require.NoError(t, f.Save(in))
	want.GlobalVersion = 1
	require.Equal(t, want, in[0])
	got, err := f.Get(context.Background(), "1", "A", 0)
	require.NoError(t, err)
	require.True(t, got.Next())
	e, err := got.Value()
	require.NoError(t, err)
	require.Equal(t, want, e)
}
