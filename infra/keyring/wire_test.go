package keyring_test

import (
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/keyring"
)

// wire is a way to the server that can be cut.
type wire struct {
	t      *testing.T
	server string
	way    net.Listener
	mu     sync.Mutex
	held   []net.Conn
	how    string // "": whole; closed: nobody answers; silent: nothing comes back
}

func newWire(t *testing.T, o keyring.Options) (*wire, keyring.Options) {
	t.Helper()
	u, err := url.Parse(o.Database)
	require.NoError(t, err)
	w := &wire{t: t, server: u.Host}
	w.way, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { w.way.Close(); w.set("closed") })
	go func() {
		for {
			c, err := w.way.Accept()
			if err != nil {
				return
			}
			w.carry(c)
		}
	}()
	u.Host = w.way.Addr().String()
	o.Database = u.String()
	return w, o
}

func (w *wire) state() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.how
}

func (w *wire) carry(c net.Conn) {
	s, err := net.Dial("tcp", w.server)
	if err != nil || w.state() == "closed" {
		c.Close()
		return
	}
	w.mu.Lock()
	w.held = append(w.held, c, s)
	w.mu.Unlock()
	for _, pair := range [][2]net.Conn{{c, s}, {s, c}} {
		go func() {
			buffer := make([]byte, 1<<16)
			for {
				n, err := pair[0].Read(buffer)
				for w.state() == "silent" {
					time.Sleep(10 * time.Millisecond)
				}
				if err == nil {
					_, err = pair[1].Write(buffer[:n])
				}
				if err != nil {
					pair[0].Close()
					pair[1].Close()
					return
				}
			}
		}()
	}
}

func (w *wire) set(how string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.how = how
	if how == "closed" {
		for _, c := range w.held {
			c.Close()
		}
		w.held = nil
	}
}
