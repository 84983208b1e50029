package natsfacts_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
)

func boot(t *testing.T, dir string) *server.Server {
	s, err := server.NewServer(&server.Options{JetStream: true, StoreDir: dir, DontListen: true, NoSigs: true, NoLog: true})
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

func pipe(t *testing.T, s *server.Server) (*nats.Conn, jetstream.JetStream) {
	nc, err := nats.Connect("", nats.InProcessServer(s))
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	return nc, js
}

// trio is three servers in this process with one JetStream between them.
func trio(t *testing.T) *server.Server {
	var routes []*url.URL
	var ports []int
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
		require.NoError(t, l.Close())
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[len(ports)-1])})
	}
	var servers []*server.Server
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true,
			JetStream: true, StoreDir: t.TempDir(), Routes: routes,
			Cluster: server.ClusterOpts{Name: "facts", Host: "127.0.0.1", Port: port},
		})
		require.NoError(t, err)
		s.Start()
		t.Cleanup(func() { halt(s) })
		servers = append(servers, s)
	}
	for _, s := range servers {
		require.True(t, s.ReadyForConnections(time.Minute))
		require.Eventually(t, s.JetStreamIsCurrent, time.Minute, 10*time.Millisecond)
	}
	return servers[0]
}

func create(t *testing.T, js jetstream.JetStream, change func(*jetstream.StreamConfig)) jetstream.Stream {
	cfg := jetstream.StreamConfig{Name: "S", Subjects: []string{"s.>"}}
	if change != nil {
		change(&cfg)
	}
	var stream jetstream.Stream
	require.Eventually(t, func() (ok bool) { // three servers need a moment to know each other
		var err error
		stream, err = js.CreateStream(t.Context(), cfg)
		return err == nil
	}, time.Minute, 10*time.Millisecond)
	return stream
}

// answer is what the server says to a publish.
type answer struct {
	Seq       uint64 `json:"seq"`
	Duplicate bool   `json:"duplicate"`
	Error     struct {
		Code int    `json:"err_code"`
		Text string `json:"description"`
	} `json:"error"`
}

func message(id string, last uint64) *nats.Msg {
	m := nats.NewMsg("s." + id)
	m.Header.Set(nats.MsgIdHdr, id)
	m.Header.Set(nats.ExpectedLastSeqHdr, strconv.FormatUint(last, 10))
	m.Data = make([]byte, 100)
	return m
}

func publish(t *testing.T, nc *nats.Conn, m *nats.Msg) answer {
	inbox := nc.NewInbox()
	sub, err := nc.SubscribeSync(inbox)
	require.NoError(t, err)
	m.Reply = inbox
	require.NoError(t, nc.PublishMsg(m))
	r, err := sub.NextMsg(time.Minute)
	require.NoError(t, err)
	var a answer
	require.NoError(t, json.Unmarshal(r.Data, &a))
	return a
}

func fill(t *testing.T, nc *nats.Conn, n int) {
	for i := range n - 1 {
		require.NoError(t, nc.PublishMsg(message(strconv.Itoa(i), uint64(i))))
	}
	require.Equal(t, uint64(n), publish(t, nc, message(strconv.Itoa(n-1), uint64(n-1))).Seq)
}

func state(t *testing.T, stream jetstream.Stream) jetstream.StreamState {
	info, err := stream.Info(t.Context())
	require.NoError(t, err)
	return info.State
}

// push opens the consumer that the bus uses.
func push(t *testing.T, nc *nats.Conn, js jetstream.JetStream, from uint64) *nats.Subscription {
	inbox := nc.NewInbox()
	sub, err := nc.SubscribeSync(inbox)
	require.NoError(t, err)
	_, err = js.CreatePushConsumer(t.Context(), "S", jetstream.ConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: from,
		DeliverSubject: inbox, AckPolicy: jetstream.AckNonePolicy, MaxDeliver: 1,
		FlowControl: true, IdleHeartbeat: 200 * time.Millisecond, MemoryStorage: true,
	})
	require.NoError(t, err)
	return sub
}

// delivered are the sequences that come before the first heartbeat.
func delivered(t *testing.T, sub *nats.Subscription) []uint64 {
	var all []uint64
	for {
		m, err := sub.NextMsg(time.Minute)
		require.NoError(t, err)
		if m.Header.Get("Status") == "100" {
			if m.Reply == "" {
				return all
			}
			require.NoError(t, m.Respond(nil))
			continue
		}
		meta, err := m.Metadata()
		require.NoError(t, err)
		all = append(all, meta.Sequence.Stream)
	}
}

// file finds one file below a directory.
func file(t *testing.T, dir, name string) string {
	var found string
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == name {
			found = path
		}
		return err
	}))
	require.NotEmpty(t, found)
	return found
}

func flip(t *testing.T, path string, at int) {
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	raw[at] ^= 0x10
	require.NoError(t, os.WriteFile(path, raw, 0o600))
}
