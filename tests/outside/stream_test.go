// Package outside_test follows the log as consumers outside do: through the stream of
// CloudEvents on a real NATS server.
package outside_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/outside"
	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

// example is one recorded event with the facts of its envelope, a salt and a section.
func example(stream, eventType, controller string, version uint64) domain.Recorded {
	id := uuid.New()
	facts := fmt.Sprintf(`{"command_id":"c1","controller":%q,"event_id":%q,"occurred_on":"2020-03-16","precision":"day",`+
		`"recorded_at":"2020-03-16T00:00:00.000Z","recorded_by":"somebody","source":"counter","stream":%q,"type":%q,"type_version":1,"version":%d}`,
		controller, id.String(), stream, eventType, version)
	body := domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize), Sealed: [][]byte{[]byte("sealed")}})
	return domain.Recorded{ID: id, Stream: stream, Version: version, Type: eventType, Body: body}
}

// life records n cases of two prefectures, each with an event that stays in.
func life(t *testing.T, store domain.EventStore, n int) {
	for i := range n {
		controller := []string{"31", "33"}[i%2]
		stream := domain.StreamName("case", uuid.NewString())
		var events []domain.Recorded
		for v, name := range []string{"case.opened", "case.note_added", "case.stage_changed"} {
			events = append(events, example(stream, name, controller, uint64(v)+1))
		}
		_, err := store.Append(context.Background(), domain.Commit{Stream: stream, Events: events})
		require.NoError(t, err)
	}
}

// said is one message as a consumer sees it.
type said struct {
	subject, data string
	header        nats.Header
}

func (s said) String() string { return s.subject + " " + s.data + fmt.Sprint(s.header) }

// due is what the outside stream has to hold, made from the log alone.
func due(t *testing.T, store domain.EventStore) (out []string) {
	t.Helper()
	for r, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		e, leaves, err := outside.Of(r)
		require.NoError(t, err)
		if leaves {
			out = append(out, e.ID+" "+e.Sequence()+" "+string(e.Facts))
		}
	}
	return out
}

func serve(t *testing.T, change func(*server.Options)) *server.Server {
	t.Helper()
	o := &server.Options{JetStream: true, StoreDir: t.TempDir(), Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true}
	if change != nil {
		change(o)
	}
	s, err := server.NewServer(o)
	require.NoError(t, err)
	s.Start()
	require.True(t, s.ReadyForConnections(time.Minute))
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

func start(t *testing.T, c bus.Config) *bus.Bus {
	t.Helper()
	c.Outside = true
	if c.Patience == 0 {
		c.Patience = time.Second
	}
	b, err := bus.Start(context.Background(), c)
	require.NoError(t, err)
	t.Cleanup(b.Close)
	return b
}

// current waits until the outside stream holds everything.
func current(t *testing.T, b *bus.Bus, store domain.EventStore) {
	t.Helper()
	head, err := store.Head(context.Background())
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		s := b.Outside()
		return s.On && s.Word == "bus.ok" && s.Position == head.Position
	}, time.Minute, 5*time.Millisecond)
}

// heard reads the whole outside stream over a connection of its own.
func heard(t *testing.T, s *server.Server) (out []said) {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL())
	require.NoError(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	return take(t, js, "ayumi.out.>")
}

func take(t *testing.T, js jetstream.JetStream, filter string) (out []said) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	consumer, err := js.CreateConsumer(ctx, bus.OutsideStream, jetstream.ConsumerConfig{
		FilterSubject: filter, AckPolicy: jetstream.AckNonePolicy, DeliverPolicy: jetstream.DeliverAllPolicy,
	})
	require.NoError(t, err)
	for range consumer.CachedInfo().NumPending {
		m, err := consumer.Next(jetstream.FetchMaxWait(10 * time.Second))
		require.NoError(t, err)
		out = append(out, said{m.Subject(), string(m.Data()), m.Headers()})
	}
	return out
}

func brief(all []said) (out []string) {
	for _, m := range all {
		out = append(out, m.header["ce-id"][0]+" "+m.header["ce-sequence"][0]+" "+m.data)
	}
	return out
}

func TestOutsideHoldsWhatLeavesAndNothingElse(t *testing.T) {
	store, s := memory.New(), serve(t, nil)
	life(t, store, 40)
	b := start(t, bus.Config{Store: store, URL: s.ClientURL(), Source: "ayumi/test"})
	current(t, b, store)
	life(t, store, 10)
	current(t, b, store)
	all := heard(t, s)
	require.Len(t, all, 100)
	require.Equal(t, due(t, store), brief(all))
	for i, m := range all {
		require.Equal(t, []string{"1.0"}, m.header["ce-specversion"])
		require.Equal(t, []string{"ayumi/test"}, m.header["ce-source"])
		require.Equal(t, "ayumi.out."+m.header["ce-type"][0]+"."+[]string{"31", "33"}[i/2%2], m.subject)
		for _, kept := range []string{"somebody", "salt", "sealed", "c2VhbGVk", "command_id", "note_added"} {
			require.NotContains(t, m.String(), kept)
		}
	}
	require.Equal(t, uint64(100), b.Outside().Messages)
}

// Deleted, emptied by force, or made from another log: it is made again, byte by byte.
func TestOutsideIsMadeAgainByteByByte(t *testing.T) {
	store, s := memory.New(), serve(t, nil)
	life(t, store, 300)
	b := start(t, bus.Config{Store: store, URL: s.ClientURL(), Patience: 200 * time.Millisecond})
	current(t, b, store)
	before := heard(t, s)
	nc, err := nats.Connect(s.ClientURL())
	require.NoError(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	again := func(harm func(ctx context.Context)) {
		stream, err := js.Stream(t.Context(), bus.OutsideStream)
		require.NoError(t, err)
		old := stream.CachedInfo().Created
		harm(t.Context())
		require.Eventually(t, func() bool {
			stream, err := js.Stream(t.Context(), bus.OutsideStream)
			if err != nil {
				return false
			}
			info := stream.CachedInfo()
			return !info.Created.Equal(old) && info.State.Msgs == uint64(len(before))
		}, time.Minute, 10*time.Millisecond)
		require.Equal(t, fmt.Sprint(before), fmt.Sprint(heard(t, s)))
	}
	again(func(ctx context.Context) { require.NoError(t, js.DeleteStream(ctx, bus.OutsideStream)) })
	again(func(ctx context.Context) { // a stranger's messages in its place
		require.NoError(t, js.DeleteStream(ctx, bus.OutsideStream))
		_, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: bus.OutsideStream, Subjects: []string{"ayumi.out.>"}, AllowDirect: false})
		if err != nil {
			return // it was made again already
		}
		_, _ = js.Publish(ctx, "ayumi.out.x.y.31", []byte(`{}`))
	})
	b.Close()
	life(t, store, 5)
	b = start(t, bus.Config{Store: store, URL: s.ClientURL()})
	current(t, b, store)
	require.Equal(t, due(t, store), brief(heard(t, s)))
	b.Close()
	other := memory.New()
	life(t, other, 20) // a restored log, shorter than what went out
	b = start(t, bus.Config{Store: other, URL: s.ClientURL()})
	current(t, b, other)
	require.Equal(t, due(t, other), brief(heard(t, s)))
}

func TestOutsideOnTheServerInsideTheProcess(t *testing.T) {
	store, dir := memory.New(), filepath.Join(t.TempDir(), "bus")
	life(t, store, 50)
	for range 3 {
		b := start(t, bus.Config{Store: store, Dir: dir})
		current(t, b, store)
		require.EqualValues(t, len(due(t, store)), b.Outside().Messages)
		b.Close()
		life(t, store, 5)
	}
}

// Three instances compete while cases are recorded, each closed and started at random:
// every event that leaves is there once and in order.
func TestOutsideCompetes(t *testing.T) {
	store, s := memory.New(), serve(t, nil)
	c := bus.Config{Store: store, URL: s.ClientURL(), Outside: true, Patience: time.Second}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() {
			for ctx.Err() == nil {
				b, err := bus.Start(ctx, c)
				if err != nil {
					t.Error(err)
					return
				}
				time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
				b.Close()
			}
		})
	}
	for range 40 {
		life(t, store, 25)
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	running.Wait()
	b := start(t, c)
	current(t, b, store)
	require.Equal(t, due(t, store), brief(heard(t, s)))
}

// A consumer of one prefecture reads from a consumer the operator made for it, with that
// prefecture as its filter, and no other way is open to it: who may make consumers could
// have one write anywhere.
func TestOutsideShowsAPrefectureItsOwnOnly(t *testing.T) {
	s := serve(t, func(o *server.Options) {
		o.Users = []*server.User{
			{Username: "ayumi", Password: "ayumi"},
			{Username: "reader", Password: "reader", Permissions: &server.Permissions{
				Publish:   &server.SubjectPermission{Allow: []string{"$JS.API.CONSUMER.INFO.AYUMI_OUT.tottori", "$JS.API.CONSUMER.MSG.NEXT.AYUMI_OUT.tottori", "$JS.ACK.AYUMI_OUT.tottori.>"}},
				Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX_reader.>", "ayumi.out.*.*.31"}},
			}},
		}
	})
	store := memory.New()
	life(t, store, 20)
	at := strings.Replace(s.ClientURL(), "nats://", "nats://ayumi:ayumi@", 1)
	b := start(t, bus.Config{Store: store, URL: at})
	current(t, b, store)
	operator, err := nats.Connect(at)
	require.NoError(t, err)
	defer operator.Close()
	js, err := jetstream.New(operator)
	require.NoError(t, err)
	for name, controller := range map[string]string{"tottori": "31", "okayama": "33"} {
		_, err = js.CreateConsumer(t.Context(), bus.OutsideStream, jetstream.ConsumerConfig{
			Durable: name, FilterSubject: "ayumi.out.*.*." + controller, AckPolicy: jetstream.AckExplicitPolicy,
		})
		require.NoError(t, err)
	}
	refused := make(chan string, 100)
	nc, err := nats.Connect(s.ClientURL(), nats.UserInfo("reader", "reader"), nats.CustomInboxPrefix("_INBOX_reader"),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err.Error() }))
	require.NoError(t, err)
	defer nc.Close()
	live, err := nc.SubscribeSync("ayumi.out.*.*.31")
	require.NoError(t, err)
	js, err = jetstream.New(nc)
	require.NoError(t, err)
	mine, err := js.Consumer(t.Context(), bus.OutsideStream, "tottori")
	require.NoError(t, err)
	require.EqualValues(t, 20, mine.CachedInfo().NumPending)
	own := func(subject string, data []byte) {
		t.Helper()
		require.True(t, strings.HasSuffix(subject, ".31") && strings.Contains(string(data), `"controller":"31"`), subject)
	}
	for range 20 {
		m, err := mine.Next(jetstream.FetchMaxWait(30 * time.Second))
		require.NoError(t, err)
		own(m.Subject(), m.Data())
		require.NoError(t, m.Ack())
	}
	life(t, store, 20)
	for range 20 {
		m, err := live.NextMsg(30 * time.Second)
		require.NoError(t, err)
		own(m.Subject, m.Data)
	}
	denied := func(subject string) {
		t.Helper()
		select {
		case said := <-refused:
			require.Contains(t, strings.ToLower(said), "permissions violation")
			require.Contains(t, said, subject)
		case <-time.After(30 * time.Second):
			require.Fail(t, "it was let in", subject)
		}
	}
	for _, subject := range []string{
		"$JS.API.CONSUMER.MSG.NEXT.AYUMI_OUT.okayama", "$JS.API.CONSUMER.CREATE.AYUMI_OUT.x.ayumi.out.*.*.31", "$JS.API.CONSUMER.CREATE.AYUMI_OUT.x",
		"$JS.API.CONSUMER.CREATE.AYUMI_OUT.tottori.ayumi.out.>", "$JS.API.CONSUMER.DURABLE.CREATE.AYUMI_OUT.tottori",
		"$JS.API.CONSUMER.CREATE.AYUMI.x", "$JS.API.STREAM.MSG.GET.AYUMI_OUT", "$JS.API.DIRECT.GET.AYUMI_OUT", "$JS.API.STREAM.PURGE.AYUMI_OUT",
		"$JS.API.STREAM.DELETE.AYUMI_OUT", "ayumi.out.case.opened.31",
	} {
		require.NoError(t, nc.Publish(subject, []byte(`{"seq":3}`)))
		denied(subject)
	}
	for _, subject := range []string{"ayumi.out.>", "ayumi.out.case.opened.33", "ayumi.events.>"} {
		_, err = nc.SubscribeSync(subject)
		require.NoError(t, err) // the server refuses it afterwards
		denied(subject)
	}
}
