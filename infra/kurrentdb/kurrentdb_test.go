package kurrentdb_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

var ctx = context.Background()

func start(t *testing.T) *standin.Server {
	log := standin.NewLog()
	log.Noise = true
	s, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}

// open opens an instance with an index of its own.
func open(t *testing.T, url string) *kurrentdb.Store {
	return openAt(t, url, filepath.Join(t.TempDir(), "index.db"))
}

func openAt(t *testing.T, url, index string) *kurrentdb.Store {
	s, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: url, Index: index, Patience: 20 * time.Second})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func client(t *testing.T, url string) *esdb.Client {
	c, err := esdb.ParseConnectionString(url)
	require.NoError(t, err)
	c.Logger = esdb.NoopLogging()
	out, err := esdb.NewClient(c)
	require.NoError(t, err)
	t.Cleanup(func() { out.Close() })
	return out
}

func read(t *testing.T, s domain.EventStore) (log []domain.Recorded) {
	t.Helper()
	head, err := s.Head(ctx)
	require.NoError(t, err)
	for e, err := range s.All(ctx, 0) {
		require.NoError(t, err)
		log = append(log, e)
	}
	require.Len(t, log, int(head.Position))
	require.NoError(t, conformance.Sound(log))
	return log
}

func add(t *testing.T, s domain.EventStore, commits ...domain.Commit) []domain.Token {
	t.Helper()
	tokens, err := s.Append(ctx, commits...)
	require.NoError(t, err)
	return tokens
}

// TestOneEventIsOneEvent: what lies in KurrentDB is what others expect to find there.
func TestOneEventIsOneEvent(t *testing.T) {
	server := start(t)
	s := open(t, server.URL())
	c := conformance.Next("person-1", domain.Token{}, "w", 2)
	add(t, s, c)
	events, err := client(t, server.URL()).ReadStream(ctx, "person-1", esdb.ReadStreamOptions{}, 10)
	require.NoError(t, err)
	defer events.Close()
	for i := range c.Events {
		e, err := events.Recv()
		require.NoError(t, err)
		require.Equal(t, c.Events[i].ID, e.Event.EventID)
		require.Equal(t, c.Events[i].Type, e.Event.EventType)
		require.Equal(t, c.Events[i].Body, e.Event.Data)
		require.Equal(t, "application/json", e.Event.ContentType)
		require.Equal(t, uint64(i), e.Event.EventNumber)
	}
}

// TestInstances: several instances write at random, to one stream and to several at
// once; all of them, and one that comes later, hold the same log, and what was
// acknowledged stands in it once.
func TestInstances(t *testing.T) {
	server := start(t)
	var stores []*kurrentdb.Store
	for range 3 {
		stores = append(stores, open(t, server.URL()))
	}
	var mu sync.Mutex
	acknowledged := map[uuid.UUID]uint64{}
	var lost atomic.Int64
	var group sync.WaitGroup
	for w := range 6 {
		group.Go(func() {
			s, random := stores[w%3], rand.New(rand.NewPCG(uint64(w), 5))
			for range 40 {
				var commits []domain.Commit
				for _, n := range random.Perm(3)[:1+random.IntN(3)] {
					stream := fmt.Sprintf("a-%d", n)
					at, err := standing(s, stream)
					if err != nil {
						t.Error(err)
						return
					}
					commits = append(commits, conformance.Next(stream, at, fmt.Sprint(w), random.IntN(3)))
				}
				tokens, err := s.Append(ctx, commits...)
				if errors.Is(err, domain.ErrConflict) {
					lost.Add(1)
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for i, c := range commits {
					for j, e := range c.Events {
						acknowledged[e.ID] = tokens[i].Position - uint64(len(c.Events)-1-j)
					}
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	log := read(t, stores[0])
	require.Equal(t, log, read(t, stores[1]))
	require.Equal(t, log, read(t, stores[2]))
	require.Equal(t, log, read(t, open(t, server.URL())), "counted anew from nothing")
	require.Len(t, log, len(acknowledged), "nothing but what was acknowledged")
	for _, e := range log {
		require.Equal(t, acknowledged[e.ID], e.Position)
	}
	raced := 0
	for _, e := range server.Log.Entries() {
		if e.Type[0] != '$' {
			raced++
		}
	}
	require.Greater(t, raced, len(log), "no append came too late: the test shows nothing")
	require.Positive(t, lost.Load())
	require.NoError(t, stores[1].IntegrityCheck(ctx))
}

func standing(s domain.EventStore, stream string) (at domain.Token, err error) {
	for e, err := range s.Stream(ctx, stream, 0) {
		if err != nil {
			return at, err
		}
		at = domain.Token{Version: e.Version, Position: e.Position}
	}
	return at, nil
}

// TestReadYourWriteElsewhere: what one instance has acknowledged, another one knows.
func TestReadYourWriteElsewhere(t *testing.T) {
	server := start(t)
	a, b := open(t, server.URL()), open(t, server.URL())
	at := domain.Token{}
	for i := range 50 {
		tokens := add(t, a, conformance.Next("a-1", at, "w", 1), conformance.Next(fmt.Sprintf("b-%d", i), domain.Token{}, "w", 1))
		at = tokens[0]
		seen, err := standing(b, "a-1")
		require.NoError(t, err)
		require.Equal(t, at, seen)
		head, err := b.Head(ctx)
		require.NoError(t, err)
		require.Equal(t, tokens[1].Position, head.Position)
	}
}

// TestLostAnswers: the server writes and does not say so; the event is there once.
func TestLostAnswers(t *testing.T) {
	server := start(t)
	var asked atomic.Int64
	server.Lose = func(string) bool { return asked.Add(1)%2 == 1 }
	s := open(t, server.URL())
	a, b := domain.Token{}, domain.Token{}
	for range 10 {
		a = add(t, s, conformance.Next("a-1", a, "w", 1))[0]
		tokens := add(t, s, conformance.Next("a-1", a, "w", 1), conformance.Next("b-1", b, "w", 2))
		a, b = tokens[0], tokens[1]
	}
	require.Len(t, read(t, s), 40)
	require.GreaterOrEqual(t, asked.Load(), int64(20))
}

// TestServerAway: the server is gone for longer than the client looks for one, which
// ends it for good, and comes back; nobody has to start anything again.
func TestServerAway(t *testing.T) {
	clientRaces(t)
	server := start(t)
	s, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: server.URL(), Index: filepath.Join(t.TempDir(), "index.db"), Patience: 3 * time.Second})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	at := add(t, s, conformance.Next("a-1", domain.Token{}, "w", 3))[0]
	server.Stop()
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	_, err = s.Append(short, conformance.Next("a-1", at, "w", 1))
	cancel()
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = s.Head(ctx)
	require.ErrorIs(t, err, domain.ErrStoreAway)
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			err := domain.ErrStoreAway
			for errors.Is(err, domain.ErrStoreAway) {
				_, err = s.Append(ctx, conformance.Next(fmt.Sprintf("b-%d", w), domain.Token{}, "w", 2))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	time.Sleep(2500 * time.Millisecond) // ten attempts, 100 ms apart
	grown := s.Grown(at.Position)
	require.NoError(t, server.Start())
	group.Wait()
	<-grown
	at = add(t, s, conformance.Next("a-1", at, "w", 2))[0]
	require.Equal(t, uint64(5), at.Version)
	require.Len(t, read(t, s), 21)
	require.NoError(t, s.Fault())
}

// clientRaces skips tests in which the client is closed under callers who wait for a
// node: it closes a channel that they send on. What follows for them is caught in
// attempt; the race itself is the client's own.
func clientRaces(t *testing.T) {
	if raced {
		t.Skip("not under the race detector: the client races with itself")
	}
}

func TestUnreachable(t *testing.T) {
	clientRaces(t)
	server := start(t)
	server.Stop()
	_, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: server.URL(), Index: filepath.Join(t.TempDir(), "i"), Patience: 500 * time.Millisecond})
	require.ErrorIs(t, err, domain.ErrStoreAway)
	_, err = kurrentdb.Open(ctx, kurrentdb.Options{URL: "http://nowhere", Index: filepath.Join(t.TempDir(), "i")})
	require.ErrorContains(t, err, "connection string")
}

// TestLeaderMoves: reads of a node that does not lead any more would be old.
func TestLeaderMoves(t *testing.T) {
	cluster, err := standin.StartCluster(standin.NewLog(), 3)
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	s := open(t, cluster.URL())
	at := domain.Token{}
	for i := range 6 {
		cluster.Lead(i % 3)
		if i == 4 {
			cluster.Node(0).Stop()
		}
		at = add(t, s, conformance.Next("a-1", at, "w", 1))[0]
		seen, err := standing(s, "a-1")
		require.NoError(t, err)
		require.Equal(t, at, seen)
		head, err := s.Head(ctx)
		require.NoError(t, err)
		require.Equal(t, at.Position, head.Position)
	}
	require.Len(t, read(t, s), 6)
}

// TestOthersInTheSameServer: events of other programs and of other logs of ours are
// not counted, nor do they stand in the way.
func TestOthersInTheSameServer(t *testing.T) {
	server := start(t)
	c := client(t, server.URL())
	foreign := func(stream string, metadata string) {
		_, err := c.AppendToStream(ctx, stream, esdb.AppendToStreamOptions{ExpectedRevision: esdb.Any{}},
			esdb.EventData{EventType: "foreign", ContentType: esdb.ContentTypeJson, Data: []byte(`{}`), Metadata: []byte(metadata)})
		require.NoError(t, err)
	}
	other, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: server.URL(), Log: "other", Index: filepath.Join(t.TempDir(), "i")})
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	s := open(t, server.URL())
	at := domain.Token{}
	for range 3 {
		foreign("orders-1", "")
		foreign("a-1", "no json")
		foreign("a-1", `{"ayumi":1,"stream":"a-1","version":1,"part":1,"of":1}`)
		at = add(t, s, conformance.Next("a-1", at, "w", 2))[0]
		add(t, other, conformance.Next("a-1", domain.Token{Version: at.Version - 2}, "w", 2))
	}
	require.Len(t, read(t, s), 6)
	require.Len(t, read(t, other), 6)
	seen, err := standing(s, "a-1")
	require.NoError(t, err)
	require.Equal(t, at, seen)
	require.NoError(t, s.IntegrityCheck(ctx))
}

// TestDeletedStream: somebody has taken events out of KurrentDB. That is said, never
// passed over, and nothing is written on top.
func TestDeletedStream(t *testing.T) {
	for name, cut := range map[string]func(c *esdb.Client) error{
		"deleted": func(c *esdb.Client) error {
			_, err := c.DeleteStream(ctx, "a-1", esdb.DeleteStreamOptions{ExpectedRevision: esdb.Any{}})
			return err
		},
		"buried": func(c *esdb.Client) error {
			_, err := c.TombstoneStream(ctx, "a-1", esdb.TombstoneStreamOptions{ExpectedRevision: esdb.Any{}})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := start(t)
			s := open(t, server.URL())
			add(t, s, conformance.Next("a-1", domain.Token{}, "w", 2))
			add(t, s, conformance.Next("b-1", domain.Token{}, "w", 2))
			require.NoError(t, cut(client(t, server.URL())))
			_, err := standing(s, "a-1")
			require.ErrorContains(t, err, "is not in KurrentDB any more")
			server.Log.Scavenge()
			var last error
			for _, err := range s.All(ctx, 0) {
				last = err
			}
			require.ErrorContains(t, last, "position 1")
			require.ErrorContains(t, s.IntegrityCheck(ctx), "check")
			if name == "buried" {
				_, err = s.Append(ctx, conformance.Next("a-1", domain.Token{Version: 2}, "w", 1))
				require.ErrorContains(t, err, "deleted")
			}
		})
	}
}

// TestRestoredServer: KurrentDB was set back to an older state. An instance that runs
// must not go on; one that starts counts anew.
func TestRestoredServer(t *testing.T) {
	server := start(t)
	index := filepath.Join(t.TempDir(), "index.db")
	s := openAt(t, server.URL(), index)
	at := add(t, s, conformance.Next("a-1", domain.Token{}, "w", 3))[0]
	kept := len(server.Log.Entries())
	add(t, s, conformance.Next("a-1", at, "w", 3))
	server.Stop()
	server.Log.Truncate(kept)
	require.NoError(t, server.Start())
	<-s.Failed()
	require.ErrorIs(t, s.Fault(), domain.ErrStoreFailed)
	_, err := s.Append(ctx, conformance.Next("a-1", at, "w", 1))
	require.ErrorIs(t, err, domain.ErrStoreFailed)
	require.NoError(t, s.Close())
	s = openAt(t, server.URL(), index)
	require.Len(t, read(t, s), 3)
	require.Equal(t, uint64(4), add(t, s, conformance.Next("a-1", at, "w", 1))[0].Position)
}

// TestIndexIsDamaged: it is made again.
func TestIndexIsDamaged(t *testing.T) {
	server := start(t)
	index := filepath.Join(t.TempDir(), "index.db")
	s := openAt(t, server.URL(), index)
	add(t, s, conformance.Next("a-1", domain.Token{}, "w", 3))
	want := read(t, s)
	require.NoError(t, s.Close())
	require.NoError(t, os.WriteFile(index, bytes.Repeat([]byte("x"), 8192), 0o600))
	require.Equal(t, want, read(t, openAt(t, server.URL(), index)))
}

// TestPasswordNeedsTLS: the client would leave it out without a word.
func TestPasswordNeedsTLS(t *testing.T) {
	require.NoError(t, kurrentdb.CheckURL("esdb://user:password@host:2113"))
	require.NoError(t, kurrentdb.CheckURL("esdb://a:2113,b:2113,c:2113?tls=false"))
	for _, bad := range []string{"", "esdb://user:password@host:2113?tls=false", "esdb://host:2113?tlsVerifyCert=false", "nats://host"} {
		require.Error(t, kurrentdb.CheckURL(bad), bad)
	}
}

// TestTooLarge: the limit of the server is told as what it is.
func TestTooLarge(t *testing.T) {
	server := start(t)
	server.Log.MaxAppend = 1 << 10
	s := open(t, server.URL())
	_, err := s.Append(ctx, conformance.Next("a-1", domain.Token{}, "w", 20))
	require.ErrorContains(t, err, "Maximum Append Size")
	require.Empty(t, read(t, s))
}

// TestOldServer: one that does not tell what it can do.
func TestOldServer(t *testing.T) {
	server := start(t)
	server.Stop()
	server.Old = true
	require.NoError(t, server.Start())
	s := open(t, server.URL())
	add(t, s, conformance.Next("a-1", domain.Token{}, "w", 1))
	require.Len(t, read(t, s), 1)
}
