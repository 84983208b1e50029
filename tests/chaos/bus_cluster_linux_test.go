package chaos_test

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

// The application, with the permissions that are shipped, can do all it has to and
// nothing that would harm the log; neither can those who listen.
func TestClusterLetsEachUserDoWhatItMay(t *testing.T) {
	c := startNodes(t)
	store := memory.New()
	record(t, store, 700, 10)
	b := startBus(t, c.config(store))
	var reader fold
	reader.follow(t, b, 700)
	whole(t, b)
	require.Equal(t, contents(t, store), c.holds(t))
	heard := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { _ = b.Hear(ctx, "erasure", func(text string) { heard <- text }) }()
	require.Eventually(t, func() bool { return b.Notify(ctx, "erasure", "x") == nil }, time.Minute, 50*time.Millisecond)
	require.Equal(t, "x", <-heard)

	forbidden := func(user string, do func(ctx context.Context, js jetstream.JetStream) error) {
		t.Helper()
		nc := c.connect(t, user)
		defer nc.Close()
		refused := make(chan error, 8)
		nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
		js, err := jetstream.New(nc)
		require.NoError(t, err)
		ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
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
		nc := c.connect(t, user)
		refused := make(chan error, 8)
		nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
		_, err := nc.SubscribeSync(subject)
		require.NoError(t, err)
		require.ErrorIs(t, <-refused, nats.ErrPermissionViolation)
	}
	require.Equal(t, contents(t, store), c.holds(t))

	_, err := nats.Connect(c.urls(), nats.RootCAs(c.in("root.pem")))
	require.ErrorIs(t, err, nats.ErrAuthorization, "nobody comes in without a name")
	who, err := nats.NkeyOptionFromSeed(c.in("nats-app.nk"))
	require.NoError(t, err)
	_, err = nats.Connect(c.urls(), who)
	require.ErrorContains(t, err, "certificate", "nobody is believed whom the root does not vouch for")
}

// A stream that differs from the store is removed by the operator alone. Until then
// the bus says so, and readers go on from the store; then it makes itself again.
func TestClusterWaitsForItsOperator(t *testing.T) {
	c := startNodes(t)
	store, other := memory.New(), memory.New()
	record(t, store, 500, 10)
	record(t, other, 400, 10)
	b := startBus(t, c.config(store))
	whole(t, b)
	b.Close()
	b = startBus(t, c.config(other))
	require.Eventually(t, func() bool { return b.Status(t.Context()).Word == "bus.operator" }, time.Minute, 5*time.Millisecond)
	require.Contains(t, b.Status(t.Context()).Cause, "STREAM.DELETE.AYUMI")
	var reader fold
	reader.follow(t, b, 400)
	for range 5 { // live, and without a consumer for each event
		record(t, other, 20, 10)
		reader.follow(t, b, len(contents(t, other)))
	}
	require.Equal(t, contents(t, other), reader.list())
	require.Len(t, c.holds(t), 500)
	require.ErrorIs(t, bus.Remake(t.Context(), c.config(nil)), bus.ErrForbidden)
	c.remake(t)
	whole(t, b)
	record(t, other, 20, 10)
	reader.follow(t, b, 520)
	whole(t, b)
	require.Equal(t, contents(t, other), reader.list())
	require.Equal(t, contents(t, other), c.holds(t))
}
