package chaos_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

// place is where a bus lies: in a directory of the process, or on three servers.
type place struct {
	config func(domain.EventStore) bus.Config
	attend func(*bus.Bus)                 // does what an operator has to
	holds  func(t *testing.T) []uuid.UUID // the event ids there, while no bus runs
}

// inPlaces runs a test wherever a bus may lie.
func inPlaces(t *testing.T, try func(t *testing.T, p place)) {
	t.Run("embedded", func(t *testing.T) {
		dir := t.TempDir()
		try(t, place{
			config: func(store domain.EventStore) bus.Config { return bus.Config{Store: store, Dir: dir} },
			attend: func(*bus.Bus) {},
			holds:  func(t *testing.T) []uuid.UUID { return inDirectory(t, dir) },
		})
	})
	if clustered != nil {
		t.Run("three servers", func(t *testing.T) { try(t, clustered(t)) })
	}
}

// handOver runs a bus on the first store until readers and bus hold it, then on
// the second one: everybody ends equal to the second.
func handOver(t *testing.T, first, second domain.EventStore) {
	inPlaces(t, func(t *testing.T, p place) {
		var reader fold
		b := startBus(t, p.config(first))
		p.attend(b)
		reader.follow(t, b, len(contents(t, first)))
		whole(t, b)
		b.Close()
		b = startBus(t, p.config(second))
		p.attend(b)
		want := contents(t, second)
		var fresh fold
		fresh.follow(t, b, len(want))
		require.Equal(t, want, fresh.list())
		whole(t, b)
		b.Close()
		require.Equal(t, want, p.holds(t))
	})
}

func TestBusIsAheadOfARestoredStore(t *testing.T) {
	store := memory.New()
	record(t, store, 2000, 10)
	handOver(t, store, restored(t, store, 1200))
}

func TestBusIsAheadAndTheRestoredStoreGoesOnPastIt(t *testing.T) {
	store := memory.New()
	record(t, store, 2000, 10)
	old := restored(t, store, 1200)
	record(t, old, 1500, 10)
	handOver(t, store, old)
}

func TestBusOfAnotherLog(t *testing.T) {
	store, other := memory.New(), memory.New()
	record(t, store, 1000, 10)
	record(t, other, 1000, 10)
	handOver(t, store, other)
}

func TestBusIsAheadOfAnEmptyStore(t *testing.T) {
	store := memory.New()
	record(t, store, 10, 10)
	handOver(t, store, memory.New())
}

// A store is restored and the same commands come again in another order: both
// ends of the logs are equal, the middle is not. Only reading everything shows it.
func TestBusDiffersFromTheStoreInTheMiddleOnly(t *testing.T) {
	var events []domain.Recorded
	for range 100 {
		events = append(events, event(domain.StreamName("case", uuid.NewString()), 1, 10))
	}
	store, other := memory.New(), memory.New()
	single := func(s *memory.Store, e domain.Recorded) {
		_, err := s.Append(context.Background(), domain.Commit{Stream: e.Stream, Events: []domain.Recorded{e}})
		require.NoError(t, err)
	}
	for _, e := range events {
		single(store, e)
	}
	events[40], events[41] = events[41], events[40]
	for _, e := range events {
		single(other, e)
	}
	handOver(t, store, other)
}

func TestBusReaderAheadOfARestoredStoreIsToldSo(t *testing.T) {
	store := memory.New()
	record(t, store, 100, 10)
	b := startBus(t, bus.Config{Store: restored(t, store, 60), Dir: t.TempDir()})
	for _, err := range b.Events(t.Context(), 100) {
		require.ErrorIs(t, err, bus.ErrAhead)
	}
}

// The directory goes while the server runs in it.
func TestBusDirectoryIsDeletedUnderARunningServer(t *testing.T) {
	store, dir := memory.New(), t.TempDir()
	record(t, store, 9000, 900)
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	whole(t, b)
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "jetstream")))
	var reader fold
	for n := 9000; n <= 27000; n += 9000 {
		reader.follow(t, b, n)
		record(t, store, 9000, 900)
	}
	reader.follow(t, b, 36000)
	require.Equal(t, contents(t, store), reader.list())
}

// Blocks are hurt under a running server; it may keep them in memory or not.
func TestBusBlocksAreHurtUnderARunningServer(t *testing.T) {
	store, dir := memory.New(), t.TempDir()
	record(t, store, 20000, 900)
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	whole(t, b)
	for _, path := range files(t, dir) {
		if filepath.Ext(path) == ".blk" {
			flip(t, path, 0.4)
		}
	}
	record(t, store, 10, 900)
	var reader fold
	reader.follow(t, b, 20010)
	require.Equal(t, contents(t, store), reader.list())
}

func TestBusKeepsOnlyTheNewestMessages(t *testing.T) {
	inPlaces(t, func(t *testing.T, p place) {
		store := memory.New()
		record(t, store, 3000, 10)
		cfg := p.config(store)
		cfg.Keep = 1000
		b := startBus(t, cfg)
		p.attend(b)
		var early, late fold
		early.follow(t, b, 3000)
		whole(t, b)
		for range 3 {
			record(t, store, 700, 10)
			early.follow(t, b, len(contents(t, store)))
		}
		late.follow(t, b, 5100)
		require.Equal(t, contents(t, store), late.list())
		require.Equal(t, contents(t, store), early.list())
		b.Close()
		b = startBus(t, p.config(store)) // from now on everything: the bus is made again
		p.attend(b)
		whole(t, b)
		b.Close()
		require.Equal(t, contents(t, store), p.holds(t))
	})
}

func TestBusStatusSaysWhatItIsDoing(t *testing.T) {
	store := memory.New()
	record(t, store, 50, 10)
	dir := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(dir, nil, 0o600)) // no directory can be made here
	b := startBus(t, bus.Config{Store: store, Dir: dir})
	require.Eventually(t, func() bool { return b.Status(t.Context()).Cause != "" }, time.Minute, time.Millisecond)
	s := b.Status(t.Context())
	require.Equal(t, "bus.down", s.Word)
	require.Equal(t, uint64(50), s.Store)
	require.Zero(t, s.Bus)
	var reader fold
	reader.follow(t, b, 50) // what was there at the start comes from the store
	require.Equal(t, contents(t, store), reader.list())
	require.NoError(t, os.Remove(dir))
	whole(t, b)
}
