package chaos_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

// rivals lets three relays of one store compete for one stream while events are
// recorded; each is closed and started again at random. Meanwhile disturb runs.
func rivals(t *testing.T, cfg bus.Config, n int, disturb func(round int)) {
	store := cfg.Store.(*memory.Store)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() {
			for ctx.Err() == nil {
				b, err := bus.Start(ctx, cfg)
				if err != nil {
					t.Error(err)
					return
				}
				time.Sleep(time.Duration(rand.IntN(250)) * time.Millisecond)
				b.Close()
			}
		})
	}
	for round := range 10 {
		record(t, store, n/10, 50)
		time.Sleep(50 * time.Millisecond)
		disturb(round)
	}
	stop()
	running.Wait()
	b := startBus(t, cfg)
	var reader fold
	reader.follow(t, b, n)
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
}

func TestBusThreeRelaysCompeteForOneServer(t *testing.T) {
	store := memory.New()
	s := serve(t, t.TempDir(), 0)
	rivals(t, bus.Config{Store: store, URL: s.ClientURL(), Patience: time.Second}, 3000, func(int) {})
	require.Equal(t, contents(t, store), onStream(t, s))
}

func TestBusThreeRelaysCompeteForThreeServers(t *testing.T) {
	store := memory.New()
	c := startCluster(t)
	cfg := bus.Config{Store: store, URL: c.urls(), Replicas: 3, Patience: 2 * time.Second}
	rivals(t, cfg, 3000, func(round int) {
		switch round {
		case 3:
			c.stop(rand.IntN(3))
		case 6:
			c.start(t)
		}
	})
	for _, s := range c.servers {
		require.Equal(t, contents(t, store), onStream(t, s))
	}
}

// cluster is three servers in this process with one JetStream between them.
type cluster struct {
	servers [3]*server.Server
	options [3]*server.Options
}

func startCluster(t *testing.T) *cluster {
	c := &cluster{}
	var routes []*url.URL
	ports := [3]int{}
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		ports[i] = l.Addr().(*net.TCPAddr).Port
		require.NoError(t, l.Close())
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[i])})
	}
	for i := range c.options {
		c.options[i] = &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true,
			JetStream: true, StoreDir: t.TempDir(), Routes: routes,
			Cluster: server.ClusterOpts{Name: "ayumi", Host: "127.0.0.1", Port: ports[i]},
		}
	}
	t.Cleanup(func() {
		for i := range c.servers {
			c.stop(i)
		}
	})
	c.start(t)
	return c
}

// start starts the servers that do not run, each at its old address.
func (c *cluster) start(t *testing.T) {
	for i, s := range c.servers {
		if s != nil && s.Running() {
			continue
		}
		var err error
		c.servers[i], err = server.NewServer(c.options[i])
		require.NoError(t, err)
		c.servers[i].Start()
	}
	for i, s := range c.servers {
		require.True(t, s.ReadyForConnections(time.Minute))
		c.options[i].Port = port(s)
		require.Eventually(t, s.JetStreamIsCurrent, time.Minute, 10*time.Millisecond)
	}
}

func (c *cluster) stop(i int) { halt(c.servers[i]) }

func (c *cluster) urls() string {
	var all []string
	for _, s := range c.servers {
		all = append(all, s.ClientURL())
	}
	return strings.Join(all, ",")
}
