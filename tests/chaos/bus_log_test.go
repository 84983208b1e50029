package chaos_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
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

// record appends n events of one new stream; pad makes each body longer.
func record(t *testing.T, store domain.EventStore, n, pad int) {
	stream := domain.StreamName("case", uuid.NewString())
	var at domain.Token
	for n > 0 {
		run := make([]domain.Recorded, min(n, 1000))
		for i := range run {
			run[i] = event(stream, at.Version+uint64(i)+1, pad)
		}
		tokens, err := store.Append(context.Background(), domain.Commit{Stream: stream, At: at, Events: run})
		require.NoError(t, err)
		at, n = tokens[0], n-len(run)
	}
}

func event(stream string, version uint64, pad int) domain.Recorded {
	id := uuid.New()
	facts := fmt.Sprintf(`{"event_id":%q,"recorded_at":"2020-03-16T00:00:00Z","stream":%q,"type":"case.opened","version":%d,"zz":%q}`,
		id, stream, version, strings.Repeat("x", pad))
	body := domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)})
	return domain.Recorded{ID: id, Stream: stream, Version: version, Type: "case.opened", Body: body}
}

// contents are the event ids of a store in order.
func contents(t *testing.T, store domain.EventStore) []uuid.UUID {
	var ids []uuid.UUID
	for r, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		ids = append(ids, r.ID)
	}
	return ids
}

// restored is a store as it was after its first n events.
func restored(t *testing.T, store domain.EventStore, n int) *memory.Store {
	old := memory.New()
	at := map[string]domain.Token{}
	for r, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		if r.Position > uint64(n) {
			break
		}
		tokens, err := old.Append(context.Background(), domain.Commit{Stream: r.Stream, At: at[r.Stream], Events: []domain.Recorded{r}})
		require.NoError(t, err)
		at[r.Stream] = tokens[0]
	}
	return old
}

func startBus(t *testing.T, cfg bus.Config) *bus.Bus {
	cfg.Patience = cmp.Or(cfg.Patience, time.Second)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	b, err := bus.Start(context.Background(), cfg)
	require.NoError(t, err)
	t.Cleanup(b.Close)
	return b
}

// whole waits until the bus holds the store and has proven it.
func whole(t *testing.T, b *bus.Bus) {
	var s bus.Status
	require.Eventually(t, func() bool {
		s = b.Status(context.Background())
		return s.Word == "bus.ok" && s.Bus == s.Store && s.Proven == s.Store
	}, time.Minute, 5*time.Millisecond, "status %+v", &s)
}

// fold is what a projection makes of the log: here the list of event ids. It
// keeps its checkpoint over restarts and begins again when told it is ahead.
type fold struct {
	mu  sync.Mutex
	ids []uuid.UUID
}

func (f *fold) list() []uuid.UUID {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ids[:len(f.ids):len(f.ids)]
}

// follow folds until it holds n events.
func (f *fold) follow(t *testing.T, b *bus.Bus, n int) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	for len(f.list()) < n {
		f.run(t, ctx, b, n)
		require.NoError(t, ctx.Err(), "stood still at %d of %d, %+v", len(f.list()), n, b.Status(context.Background()))
	}
}

func (f *fold) run(t *testing.T, ctx context.Context, b *bus.Bus, n int) {
	for r, err := range b.Events(ctx, uint64(len(f.list()))) {
		f.mu.Lock()
		if errors.Is(err, bus.ErrAhead) {
			f.ids = nil
			f.mu.Unlock()
			return
		}
		require.NoError(t, err)
		require.Equal(t, uint64(len(f.ids)+1), r.Position)
		f.ids = append(f.ids, r.ID)
		f.mu.Unlock()
		if int(r.Position) == n {
			return
		}
	}
}

// serve starts a server that listens; the port 0 is any.
func serve(t *testing.T, dir string, port int) *server.Server {
	if port == 0 {
		port = -1
	}
	s, err := server.NewServer(&server.Options{
		JetStream: true, StoreDir: dir, Host: "127.0.0.1", Port: port, NoSigs: true, NoLog: true,
	})
	require.NoError(t, err)
	s.Start()
	require.True(t, s.ReadyForConnections(time.Minute))
	t.Cleanup(func() { halt(s) })
	return s
}

func halt(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

// onStream are the event ids that a server holds, in order of sequence.
func onStream(t *testing.T, s *server.Server) []uuid.UUID {
	nc, err := nats.Connect("", nats.InProcessServer(s))
	require.NoError(t, err)
	defer nc.Close()
	return streamed(t, nc)
}

// streamed are the event ids on the stream that a connection reaches.
func streamed(t *testing.T, nc *nats.Conn) []uuid.UUID {
	js, err := nc.JetStream()
	require.NoError(t, err)
	var info *nats.StreamInfo
	var in *nats.Subscription
	for end := time.Now().Add(time.Minute); ; { // servers that have just come back may leave a request unanswered
		if info, err = js.StreamInfo(bus.StreamName); err == nil {
			in, err = js.SubscribeSync("ayumi.events.>", nats.OrderedConsumer(), nats.BindStream(bus.StreamName))
		}
		if err == nil || time.Now().After(end) {
			break
		}
	}
	require.NoError(t, err)
	var ids []uuid.UUID
	for uint64(len(ids)) < info.State.Msgs {
		m, err := in.NextMsg(10 * time.Second)
		require.NoError(t, err)
		meta, err := m.Metadata()
		require.NoError(t, err)
		require.Equal(t, uint64(len(ids)+1), meta.Sequence.Stream)
		ids = append(ids, uuid.MustParse(m.Header.Get(nats.MsgIdHdr)))
	}
	return ids
}

// inDirectory are the event ids that lie in the directory of a bus.
func inDirectory(t *testing.T, dir string) []uuid.UUID {
	s := serve(t, dir, 0)
	defer halt(s)
	return onStream(t, s)
}

// files lists every file under a directory.
func files(t *testing.T, dir string) []string {
	var all []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all = append(all, path)
		}
		return err
	}))
	return all
}
