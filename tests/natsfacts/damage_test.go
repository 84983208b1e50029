package natsfacts_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
)

type kind struct {
	nc       *nats.Conn
	js       jetstream.JetStream
	replicas int
}

// both are one server, and three with three replicas.
func both(t *testing.T) map[string]kind {
	var k1, k3 kind
	k1.nc, k1.js = pipe(t, boot(t, t.TempDir()))
	k3.nc, k3.js = pipe(t, trio(t))
	k1.replicas, k3.replicas = 1, 3
	return map[string]kind{"R1": k1, "R3": k3}
}

func (k kind) stream(t *testing.T) jetstream.Stream {
	return create(t, k.js, func(c *jetstream.StreamConfig) { c.Replicas = k.replicas })
}

// hurt fills a stream, stops the server, flips one bit and starts it again.
func hurt(t *testing.T, name string, share float64) (*nats.Conn, jetstream.JetStream, string) {
	dir := t.TempDir()
	s := boot(t, dir)
	nc, js := pipe(t, s)
	create(t, js, nil)
	fill(t, nc, 60000)
	halt(s)
	path := file(t, dir, name)
	info, err := os.Stat(path)
	require.NoError(t, err)
	flip(t, path, int(share*float64(info.Size())))
	nc, js = pipe(t, boot(t, dir))
	return nc, js, dir
}

// One flipped bit in a block: the stream looks whole from outside, and readers
// skip what was lost without an error. The feed compares sequences, the relay
// audits everything that was there before it came.
func TestAFlippedBitIsSkippedInSilence(t *testing.T) {
	nc, js, _ := hurt(t, "1.blk", 0.5)
	stream, err := js.Stream(t.Context(), "S")
	require.NoError(t, err)
	s := stream.CachedInfo().State
	require.Equal(t, [3]uint64{60000, 1, 60000}, [3]uint64{s.Msgs, s.FirstSeq, s.LastSeq})
	sub := push(t, nc, js, 1)
	require.NoError(t, sub.SetPendingLimits(-1, -1))
	got := delivered(t, sub)
	require.Less(t, len(got), 60000)
	require.Equal(t, uint64(1), got[0])
}

// A bit in the newest block: LastSeq falls when the block is read, yet the
// server still expects the old one, and refuses the tail it reports. The relay
// takes a stream that does not grow for damaged.
func TestALostTailIsStillExpected(t *testing.T) {
	nc, js, dir := hurt(t, "2.blk", 0)
	require.NoFileExists(t, filepath.Join(dir, "3.blk"))
	stream, err := js.Stream(t.Context(), "S")
	require.NoError(t, err)
	_, err = stream.GetMsg(t.Context(), 60000)
	require.ErrorIs(t, err, jetstream.ErrMsgNotFound)
	fallen := state(t, stream).LastSeq
	require.Less(t, fallen, uint64(60000))
	refused := publish(t, nc, message("next", fallen))
	require.Equal(t, 10071, refused.Error.Code)
	require.Equal(t, "wrong last sequence: 60000", refused.Error.Text)
}

// A bit in the stream's settings: the server starts without the stream. Made
// again in the same place it takes up the old messages, and is lost again at the
// next start. The link empties such a directory.
func TestAStreamWithDamagedSettingsIsForgotten(t *testing.T) {
	_, js, dir := hurt(t, "meta.sum", 0)
	_, err := js.Stream(t.Context(), "S")
	require.ErrorIs(t, err, jetstream.ErrStreamNotFound)
	require.DirExists(t, filepath.Join(dir, server.JetStreamStoreDir, "$G", "streams", "S"))
	require.Equal(t, uint64(60000), create(t, js, nil).CachedInfo().State.LastSeq)
}
