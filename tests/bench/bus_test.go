//go:build linux

package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

const busEvents = 200_000

// BenchmarkBus compares, in one run and per second: messages of the same size
// through NATS alone (published without a fence or headers, read by the client
// library's ordered consumer) and events through the relay and the feed; then
// the time from append to delivery for single events.
func BenchmarkBus(b *testing.B) {
	for range b.N {
		store := memory.New()
		bodies := recordMany(b, store, busEvents)
		publish, consume := rawNATS(b, bodies)
		relay, feed, first, live := throughBus(b, store)
		b.ReportMetric(publish, "raw-publish/s")
		b.ReportMetric(relay, "relay/s")
		b.ReportMetric(consume, "raw-consume/s")
		b.ReportMetric(feed, "feed/s")
		b.ReportMetric(first, "feed-during-start/s")
		b.ReportMetric(float64(live[len(live)/2].Microseconds()), "live-p50-µs")
		b.ReportMetric(float64(live[len(live)*99/100].Microseconds()), "live-p99-µs")
		b.ReportMetric(0, "ns/op")
	}
}

func recordMany(b *testing.B, store *memory.Store, n int) [][]byte {
	bodies := make([][]byte, 0, n)
	for len(bodies) < n {
		stream := domain.StreamName("case", uuid.NewString())
		events := make([]domain.Recorded, 10)
		for i := range events {
			id := uuid.New()
			facts := fmt.Sprintf(`{"channel":"visit","desk":"TKC","event_id":%q,"recorded_at":"2020-03-16T00:00:00Z","stream":%q,"topics":%q,"type":"case.consultation_held","version":%d}`,
				id, stream, strings.Repeat("housing,", 40), i+1)
			body := domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)})
			events[i] = domain.Recorded{ID: id, Stream: stream, Version: uint64(i + 1), Type: "case.consultation_held", Body: body}
			bodies = append(bodies, body)
		}
		_, err := store.Append(context.Background(), domain.Commit{Stream: stream, Events: events})
		require.NoError(b, err)
	}
	return bodies
}

func rawNATS(b *testing.B, bodies [][]byte) (publish, consume float64) {
	s, err := server.NewServer(&server.Options{JetStream: true, StoreDir: b.TempDir(), DontListen: true, NoSigs: true, NoLog: true})
	require.NoError(b, err)
	s.Start()
	require.True(b, s.ReadyForConnections(time.Minute))
	defer func() { s.Shutdown(); s.WaitForShutdown() }()
	nc, err := nats.Connect("", nats.InProcessServer(s))
	require.NoError(b, err)
	defer nc.Close()
	js, err := nc.JetStream()
	require.NoError(b, err)
	_, err = js.AddStream(&nats.StreamConfig{Name: "RAW", Subjects: []string{"raw"}})
	require.NoError(b, err)
	begin := time.Now()
	for i, body := range bodies {
		if (i+1)%1000 != 0 {
			require.NoError(b, nc.Publish("raw", body))
			continue
		}
		_, err := nc.Request("raw", body, time.Minute)
		require.NoError(b, err)
	}
	publish = rate(len(bodies), begin)
	sub, err := js.SubscribeSync("raw", nats.OrderedConsumer())
	require.NoError(b, err)
	begin = time.Now()
	for range bodies {
		_, err := sub.NextMsg(time.Minute)
		require.NoError(b, err)
	}
	return publish, rate(len(bodies), begin)
}

func throughBus(b *testing.B, store *memory.Store) (relay, feed, first float64, live []time.Duration) {
	dir := b.TempDir()
	begin := time.Now()
	line, err := bus.Start(context.Background(), bus.Config{Store: store, Dir: dir})
	require.NoError(b, err)
	proven(b, line)
	relay = rate(busEvents, begin)
	begin = time.Now()
	takeAll(b, line, 0, busEvents)
	feed = rate(busEvents, begin)
	live = liveDelivery(b, line, store)
	line.Close()
	line, err = bus.Start(context.Background(), bus.Config{Store: store, Dir: dir})
	require.NoError(b, err)
	defer line.Close()
	begin = time.Now()
	takeAll(b, line, 0, busEvents) // while the bus is being compared with the store
	return relay, feed, rate(busEvents, begin), live
}

func proven(b *testing.B, line *bus.Bus) {
	for {
		if s := line.Status(context.Background()); s.Proven == s.Store {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func takeAll(b *testing.B, line *bus.Bus, after, until uint64) {
	for r, err := range line.Events(b.Context(), after) {
		require.NoError(b, err)
		if r.Position == until {
			return
		}
	}
}

func liveDelivery(b *testing.B, line *bus.Bus, store *memory.Store) []time.Duration {
	arrived := make(chan uint64, 1)
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	go func() {
		for r := range line.Events(ctx, busEvents) {
			arrived <- r.Position
		}
	}()
	recordMany(b, store, 10) // the consumer is open after these
	for range 10 {
		<-arrived
	}
	var took []time.Duration
	stream, at := domain.StreamName("case", uuid.NewString()), domain.Token{}
	for v := range uint64(1000) {
		e := domain.Recorded{ID: uuid.New(), Stream: stream, Version: v + 1, Type: "case.noted"}
		facts := fmt.Sprintf(`{"event_id":%q,"stream":%q,"type":"case.noted","version":%d}`, e.ID, stream, v+1)
		e.Body = domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)})
		begin := time.Now()
		tokens, err := store.Append(ctx, domain.Commit{Stream: stream, At: at, Events: []domain.Recorded{e}})
		require.NoError(b, err)
		at = tokens[0]
		<-arrived
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	return took
}

func rate(n int, since time.Time) float64 { return float64(n) / time.Since(since).Seconds() }
