package chaos_test

import (
	"context"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"ayumi/infra/bus"
	"ayumi/infra/memory"
)

func port(s *server.Server) int { return s.Addr().(*net.TCPAddr).Port }

// Commands go on while the servers outside are stopped and started.
func TestBusServersStopAndStartWhileCommandsGoOn(t *testing.T) {
	store, dir := memory.New(), t.TempDir()
	s := serve(t, dir, 0)
	at := port(s)
	b := startBus(t, bus.Config{Store: store, URL: "nats://127.0.0.1:" + strconv.Itoa(at)})
	var reader fold
	for round := range 4 {
		record(t, store, 500, 10)
		reader.follow(t, b, 1000*round+500)
		halt(s)
		record(t, store, 500, 10)
		require.Eventually(t, func() bool { return b.Status(t.Context()).Word == "bus.down" }, time.Minute, time.Millisecond)
		require.Equal(t, uint64(1000*round+1000), b.Status(t.Context()).Store)
		s = serve(t, dir, at)
		reader.follow(t, b, 1000*round+1000)
	}
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	require.Equal(t, contents(t, store), onStream(t, s))
}

// The servers come back from an older copy of their disk, or from none, while
// the relay and a reader are alive.
func TestBusServersComeBackWithLessThanTheyHad(t *testing.T) {
	store, full := memory.New(), t.TempDir()
	s := serve(t, full, 0)
	at := port(s)
	b := startBus(t, bus.Config{Store: store, URL: "nats://127.0.0.1:" + strconv.Itoa(at)})
	var reader fold
	record(t, store, 800, 10)
	reader.follow(t, b, 800)
	halt(s)
	s = serve(t, t.TempDir(), at)
	record(t, store, 800, 10)
	reader.follow(t, b, 1600)
	whole(t, b)
	halt(s)
	s = serve(t, full, at)
	record(t, store, 800, 10)
	reader.follow(t, b, 2400)
	whole(t, b)
	require.Equal(t, contents(t, store), reader.list())
	require.Equal(t, contents(t, store), onStream(t, s))
}

// proxy stands between the bus and a server. It holds back what the server says
// and, when told, cuts every connection in the middle of whatever it carries.
type proxy struct {
	net.Listener
	delay atomic.Int64
	mu    sync.Mutex
	open  []net.Conn
}

func newProxy(t *testing.T, to string) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{Listener: l}
	t.Cleanup(func() { _ = l.Close(); p.cut() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				_ = in.Close()
				continue
			}
			p.mu.Lock()
			p.open = append(p.open, in, out)
			p.mu.Unlock()
			go p.carry(out, in)
			go p.carry(in, out)
		}
	}()
	return p
}

func (p *proxy) carry(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		time.Sleep(time.Duration(p.delay.Load()))
		if _, werr := to.Write(buffer[:n]); err != nil || werr != nil {
			return
		}
	}
}

func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
}

func (p *proxy) url() string { return "nats://" + p.Addr().String() }

func TestBusConnectionsAreCutWhileCommandsGoOn(t *testing.T) {
	store := memory.New()
	s := serve(t, t.TempDir(), 0)
	p := newProxy(t, s.Addr().String())
	b := startBus(t, bus.Config{Store: store, URL: p.url()})
	ctx, stop := context.WithCancel(t.Context())
	var cutting sync.WaitGroup
	cutting.Go(func() {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(5+rand.IntN(60)) * time.Millisecond)
			p.cut()
		}
	})
	var reader fold
	for n := 1; n <= 20; n++ {
		record(t, store, 300, 300)
		if n%5 == 0 {
			reader.follow(t, b, 300*n)
		}
	}
	stop()
	cutting.Wait()
	reader.follow(t, b, 6000)
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	require.Equal(t, contents(t, store), onStream(t, s))
}

// Answers come later than the relay waits for them: it looks where the stream
// stands and goes on from there, again and again.
func TestBusIsSlowerThanPatience(t *testing.T) {
	store := memory.New()
	s := serve(t, t.TempDir(), 0)
	p := newProxy(t, s.Addr().String())
	b := startBus(t, bus.Config{Store: store, URL: p.url(), Patience: 100 * time.Millisecond})
	record(t, store, 100, 10)
	whole(t, b)
	p.delay.Store(int64(150 * time.Millisecond))
	record(t, store, 3000, 300)
	require.Eventually(t, func() bool { return b.Status(t.Context()).Word == "bus.down" }, time.Minute, time.Millisecond)
	p.delay.Store(int64(5 * time.Millisecond))
	var reader fold
	reader.follow(t, b, 3100)
	require.Equal(t, contents(t, store), reader.list())
	whole(t, b)
	require.Equal(t, contents(t, store), onStream(t, s))
}
