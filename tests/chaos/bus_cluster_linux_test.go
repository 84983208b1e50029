package chaos_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/memory"
	"ayumi/tests/natscluster"
)

// The application, with the permissions that are shipped, can do all it has to and
// nothing that would harm the log; neither can those who listen.
func TestClusterLetsEachUserDoWhatItMay(t *testing.T) {
	c := natscluster.Start(t)
	store := memory.New()
	record(t, store, 700, 10)
	b := startBus(t, c.Config(store))
	var reader fold
	reader.follow(t, b, 700)
	whole(t, b)
	require.Equal(t, contents(t, store), holds(t, c))
	heard := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { _ = b.Hear(ctx, "erasure", func(text string) { heard <- text }) }()
	require.Eventually(t, func() bool { return b.Notify(ctx, "erasure", "x") == nil }, time.Minute, 50*time.Millisecond)
	require.Equal(t, "x", <-heard)

	forbidden := func(user string, do func(ctx context.Context, js jetstream.JetStream) error) {
		t.Helper()
		nc := c.Connect(t, user)
		defer nc.Close()
		refused := make(chan error, 8)
		nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
		js, err := jetstream.New(nc)
		require.NoError(t, err)
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		require.Error(t, do(ctx, js))
		select {
		case err := <-refused:
			require.ErrorIs(t, err, nats.ErrPermissionViolation)
		case <-time.After(10 * time.Second):
			t.Error("nobody was refused")
		}
	}
	named := func(subject string) func(context.Context, jetstream.JetStream) error {
		return func(ctx context.Context, js jetstream.JetStream) error {
			_, err := js.Conn().RequestWithContext(ctx, subject, []byte("{}"))
			return err
		}
	}
	for _, user := range []string{"app", "reader"} {
		forbidden(user, func(ctx context.Context, js jetstream.JetStream) error { return js.DeleteStream(ctx, bus.StreamName) })
		for _, subject := range []string{
			"$JS.API.STREAM.PURGE.AYUMI", "$JS.API.STREAM.UPDATE.AYUMI", "$JS.API.STREAM.MSG.DELETE.AYUMI", "$JS.API.STREAM.RESTORE.AYUMI",
			"$JS.API.STREAM.SNAPSHOT.AYUMI", "$JS.API.STREAM.LEADER.STEPDOWN.AYUMI", "$JS.API.STREAM.PEER.REMOVE.AYUMI", "$JS.API.STREAM.CREATE.OTHER",
			"$JS.API.META.LEADER.STEPDOWN", "$JS.API.STREAM.NAMES", "$SYS.REQ.SERVER.PING", "other.subject",
		} {
			forbidden(user, named(subject))
		}
	}
	for _, subject := range []string{"ayumi.events.case.opened.00", "ayumi.out.case.opened.31", "ayumi.notice.erasure", "$JS.API.STREAM.CREATE.AYUMI_OUT",
		"$JS.API.CONSUMER.CREATE.AYUMI.x", "$JS.API.CONSUMER.CREATE.AYUMI_OUT.x", "$JS.API.STREAM.MSG.GET.AYUMI", "$JS.API.STREAM.INFO.AYUMI"} {
		forbidden("reader", named(subject))
	}
	forbidden("operator", named("ayumi.events.case.opened.00"))
	for user, subject := range map[string]string{"reader": "_INBOX_ayumi.>", "app": "_INBOX.>", "operator": "ayumi.events.>"} {
		nc := c.Connect(t, user)
		refused := make(chan error, 8)
		nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
		_, err := nc.SubscribeSync(subject)
		require.NoError(t, err)
		require.ErrorIs(t, <-refused, nats.ErrPermissionViolation)
	}
	require.Equal(t, contents(t, store), holds(t, c))

	_, err := nats.Connect(c.URLs(), nats.RootCAs(c.In("root.pem")))
	require.ErrorIs(t, err, nats.ErrAuthorization, "nobody comes in without a name")
	who, err := nats.NkeyOptionFromSeed(c.In("nats-app.nk"))
	require.NoError(t, err)
	_, err = nats.Connect(c.URLs(), who)
	require.ErrorContains(t, err, "certificate", "nobody is believed whom the root does not vouch for")
}

// A stream that differs from the store is removed by the operator alone. Until then
// the bus says so, and readers go on from the store; then it makes itself again.
func TestClusterWaitsForItsOperator(t *testing.T) {
	c := natscluster.Start(t)
	store, other := memory.New(), memory.New()
	record(t, store, 500, 10)
	record(t, other, 400, 10)
	b := startBus(t, c.Config(store))
	whole(t, b)
	b.Close()
	b = startBus(t, c.Config(other))
	require.Eventually(t, func() bool { return b.Status(t.Context()).Word == "bus.operator" }, time.Minute, 5*time.Millisecond)
	require.Contains(t, b.Status(t.Context()).Cause, "STREAM.DELETE.AYUMI")
	var reader fold
	reader.follow(t, b, 400)
	for range 5 { // live, and without a consumer for each event
		record(t, other, 20, 10)
		reader.follow(t, b, len(contents(t, other)))
	}
	require.Equal(t, contents(t, other), reader.list())
	require.Len(t, holds(t, c), 500)
	require.ErrorIs(t, bus.Remake(t.Context(), c.Config(nil), bus.StreamName), bus.ErrForbidden)
	c.Remake(t, bus.StreamName)
	whole(t, b)
	record(t, other, 20, 10)
	reader.follow(t, b, 520)
	whole(t, b)
	require.Equal(t, contents(t, other), reader.list())
	require.Equal(t, contents(t, other), holds(t, c))
}

// prompt is an operator who removes the stream in the moment in which one is needed.
type prompt struct {
	slog.Handler
	remove func(stream string)
}

func (p prompt) Handle(ctx context.Context, r slog.Record) error {
	switch r.Message {
	case "bus: an operator is needed":
		p.remove(bus.StreamName)
	case "bus: the outside stream needs an operator":
		p.remove(bus.OutsideStream)
	}
	return p.Handler.Handle(ctx, r)
}

// An operator may be so quick that the stream is gone before anybody looks again.
func TestClusterOperatorIsPrompt(t *testing.T) {
	c := natscluster.Start(t)
	one, other := newWriter(t, 5, true), newWriter(t, 6, true)
	one.write(100)
	other.write(80)
	cfg := c.Config(one.store)
	cfg.Outside = true
	b := startBus(t, cfg)
	whole(t, b)
	require.Eventually(t, func() bool { return b.Outside().Word == "bus.ok" }, time.Minute, 5*time.Millisecond)
	b.Close()
	cfg.Store = other.store
	cfg.Log = slog.New(prompt{slog.NewTextHandler(t.Output(), nil), func(stream string) { c.Remake(t, stream) }})
	b = startBus(t, cfg)
	whole(t, b)
	require.Eventually(t, func() bool { s := b.Outside(); return s.Word == "bus.ok" && s.Position > 0 }, time.Minute, 5*time.Millisecond)
	require.Equal(t, contents(t, other.store), holds(t, c))
}

// clustered is a place on three server processes with an operator who attends.
var clustered = func(t *testing.T) place {
	c := natscluster.Start(t)
	return place{config: c.Config, attend: func(b *bus.Bus) { c.Attend(t, b) }, holds: func(t *testing.T) []uuid.UUID { return holds(t, c) }}
}

// holds are the event ids on the stream of three servers, in order of sequence.
func holds(t *testing.T, c *natscluster.Nodes) []uuid.UUID {
	nc := c.Connect(t, "app")
	defer nc.Close()
	return streamed(t, nc)
}

func TestClusterFallsAndRisesWhileCommandsGoOn(t *testing.T) {
	c, store := natscluster.Start(t), memory.New()
	b := startBus(t, c.Config(store))
	var reader fold
	for round := range 2 {
		record(t, store, 500, 10)
		reader.follow(t, b, 1000*round+500)
		for i := range c.All {
			c.Kill(i)
		}
		record(t, store, 500, 10)
		require.Eventually(t, func() bool { return b.Status(t.Context()).Word == "bus.down" }, time.Minute, time.Millisecond)
		c.Rise(t)
		reader.follow(t, b, 1000*round+1000)
	}
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	require.Equal(t, contents(t, store), holds(t, c))
}

func TestClusterConnectionsAreCutWhileCommandsGoOn(t *testing.T) {
	c, store := natscluster.Start(t), memory.New()
	p := newProxy(t, fmt.Sprintf("%s:%d", c.All[0].Host, c.All[0].Listen))
	cfg := c.Config(store)
	cfg.URL = strings.Replace(p.url(), "nats://", "tls://", 1)
	b := startBus(t, cfg)
	whole(t, b)
	ctx, stop := context.WithCancel(t.Context())
	var cutting sync.WaitGroup
	cutting.Go(func() {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(50+rand.IntN(150)) * time.Millisecond)
			p.cut()
		}
	})
	var reader fold
	for n := 1; n <= 10; n++ {
		record(t, store, 300, 300)
		if n%5 == 0 {
			reader.follow(t, b, 300*n)
		}
	}
	stop()
	cutting.Wait()
	reader.follow(t, b, 3000)
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	require.Equal(t, contents(t, store), holds(t, c))
}

// Three relays compete, each closed and started at random, and a server falls under them.
func TestClusterThreeRelaysCompete(t *testing.T) {
	c, store := natscluster.Start(t), memory.New()
	cfg := c.Config(store)
	cfg.Patience = 2 * time.Second
	rivals(t, cfg, 3000, func(round int) {
		switch round {
		case 3:
			c.Kill(rand.IntN(3))
		case 6:
			c.Rise(t)
		}
	})
	require.Equal(t, contents(t, store), holds(t, c))
}

// A server comes back with what a bad disk made of its files, or with none.
func TestClusterServerComesBackHurt(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, dir string){
		"emptied": func(t *testing.T, dir string) { require.NoError(t, os.RemoveAll(filepath.Join(dir, "jetstream"))) },
		"flipped": func(t *testing.T, dir string) {
			for _, path := range files(t, dir) {
				if info, err := os.Stat(path); err == nil && info.Size() > 0 && filepath.Ext(path) == ".blk" {
					flip(t, path, 0.6)
				}
			}
		},
		"cut short": func(t *testing.T, dir string) {
			for _, path := range files(t, dir) {
				if info, err := os.Stat(path); err == nil && filepath.Ext(path) == ".blk" {
					require.NoError(t, os.Truncate(path, info.Size()/2))
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, store := natscluster.Start(t), memory.New()
			record(t, store, 2000, 300)
			b := startBus(t, c.Config(store))
			c.Attend(t, b)
			var reader fold
			reader.follow(t, b, 2000)
			whole(t, b)
			i := rand.IntN(3)
			c.Kill(i)
			harm(t, c.All[i].Dir)
			record(t, store, 100, 300)
			c.Begin(t, i)
			reader.follow(t, b, 2100)
			require.Equal(t, contents(t, store), reader.list())
			whole(t, b)
			b.Close()
			b = startBus(t, c.Config(store)) // it compares everything once more
			c.Attend(t, b)
			whole(t, b)
			require.Equal(t, contents(t, store), holds(t, c))
		})
	}
}

// The stream for consumers outside is made by the application and removed by the
// operator, as the other is; who listens hears it live, and from the consumer that the
// operator made.
func TestClusterCarriesWhatGoesOut(t *testing.T) {
	c := natscluster.Start(t)
	one, other := newWriter(t, 5, true), newWriter(t, 6, true)
	one.write(300)
	other.write(200)
	start := func(store domain.EventStore) *bus.Bus {
		cfg := c.Config(store)
		cfg.Outside = true
		return startBus(t, cfg)
	}
	out := func(b *bus.Bus, w *writer) uint64 {
		head, err := w.store.Head(t.Context())
		require.NoError(t, err)
		require.Eventually(t, func() bool { s := b.Outside(); return s.Word == "bus.ok" && s.Position == head.Position }, time.Minute, 5*time.Millisecond)
		return b.Outside().Messages
	}
	b := start(one.store)
	n := out(b, one)
	require.Positive(t, n)

	listener := c.Connect(t, "reader")
	live, err := listener.SubscribeSync("ayumi.out.>")
	require.NoError(t, err)
	require.NoError(t, listener.Flush())
	require.Eventually(t, func() bool { // until the other servers know that somebody listens
		one.write(1)
		_, err := live.NextMsg(50 * time.Millisecond)
		return err == nil
	}, time.Minute, time.Millisecond)
	n = out(b, one)
	for { // what else came by then
		if _, err := live.NextMsg(200 * time.Millisecond); err != nil {
			break
		}
	}
	one.write(50)
	more := out(b, one)
	require.Greater(t, more, n)
	for range more - n {
		_, err := live.NextMsg(time.Minute)
		require.NoError(t, err)
	}
	as := c.Config(nil)
	as.Credentials = c.In("nats-reader.nk")
	require.ErrorIs(t, bus.MakeConsumer(t.Context(), as, "reader", ""), bus.ErrForbidden)
	as.Credentials = c.In("nats-operator.nk")
	for range 2 { // the same one
		require.NoError(t, bus.MakeConsumer(t.Context(), as, "reader", ""))
	}
	reading, err := jetstream.New(listener)
	require.NoError(t, err)
	consumer, err := reading.Consumer(t.Context(), bus.OutsideStream, "reader")
	require.NoError(t, err)
	var got uint64
	for got < more {
		batch, err := consumer.Fetch(500, jetstream.FetchMaxWait(time.Second))
		require.NoError(t, err)
		for m := range batch.Messages() {
			require.NoError(t, m.DoubleAck(t.Context()))
			got++
		}
		require.NoError(t, batch.Error())
	}
	require.Equal(t, more, got)
	b.Close()

	b = start(other.store)
	c.Attend(t, b) // of the log; nobody attends the one outside
	require.Eventually(t, func() bool { return b.Outside().Word == "bus.operator" }, time.Minute, 5*time.Millisecond)
	whole(t, b)
	c.Remake(t, bus.OutsideStream)
	require.Positive(t, out(b, other))
}
