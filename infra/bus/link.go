package bus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// link reaches the servers: outside by URL, or one inside this process that it
// starts and keeps. The inner server opens no port; connections are pipes.
type link struct {
	cfg   Config
	inbox string // begins the subjects of answers; servers let nobody else listen there

	mu     sync.Mutex
	server *server.Server
	closed bool
}

func newLink(cfg Config) *link { return &link{cfg: cfg, inbox: "_INBOX_ayumi"} }

var errLinkClosed = errors.New("bus is closed")

// dial opens a connection that does not come back by itself: who loses one has
// to look again where the stream stands.
func (l *link) dial(name string) (*nats.Conn, error) {
	options := []nats.Option{
		nats.Name("ayumi " + name), nats.NoReconnect(), nats.Timeout(l.cfg.Patience),
		nats.CustomInboxPrefix(l.inbox), nats.ErrorHandler(l.complain),
	}
	if l.cfg.URL == "" {
		inner, err := l.inner()
		if err != nil {
			return nil, err
		}
		return nats.Connect("", append(options, nats.InProcessServer(inner))...)
	}
	if l.cfg.CA != "" {
		options = append(options, nats.RootCAs(l.cfg.CA))
	}
	if l.cfg.Credentials != "" {
		who, err := credentials(l.cfg.Credentials)
		if err != nil {
			return nil, fmt.Errorf("bus credentials: %w", err)
		}
		options = append(options, who)
	}
	return nats.Connect(l.cfg.URL, options...)
}

// credentials reads who we are: a NATS credentials file or the bare seed of an nkey,
// whose public half the servers know.
func credentials(path string) (nats.Option, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(text, []byte("NATS USER JWT")) {
		return nats.UserCredentials(path), nil
	}
	return nats.NkeyOptionFromSeed(path)
}

// complain writes down what servers refuse beside an answer.
func (l *link) complain(_ *nats.Conn, _ *nats.Subscription, err error) {
	l.cfg.Log.Warn("bus: refused", "cause", err)
}

func (l *link) inner() (*server.Server, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, errLinkClosed
	}
	if l.server != nil && l.server.Running() && l.server.JetStreamEnabled() {
		return l.server, nil
	}
	l.halt()
	if _, err := os.Stat(l.marker()); err == nil {
		l.cfg.Log.Warn("bus: the last start did not end well, the directory is emptied")
		l.empty()
	}
	err := l.boot()
	if err != nil {
		l.cfg.Log.Warn("bus: server does not start, the directory is emptied", "error", err)
		l.halt()
		l.empty()
		err = l.boot()
	}
	return l.server, err
}

// marker is a file that exists from the start of the inner server until the
// stream has been read without harm. A server that dies on a damaged file takes
// the whole process with it; the marker makes the next start begin from nothing.
func (l *link) marker() string { return filepath.Join(l.cfg.Dir, "starting") }

// settled says that the inner server came up and answers.
func (l *link) settled() {
	if l.cfg.URL == "" {
		_ = os.Remove(l.marker())
	}
}

func (l *link) boot() error {
	if err := os.MkdirAll(l.cfg.Dir, 0o700); err != nil {
		return fmt.Errorf("bus directory: %w", err)
	}
	if err := os.WriteFile(l.marker(), nil, 0o600); err != nil {
		return fmt.Errorf("bus directory: %w", err)
	}
	s, err := server.NewServer(&server.Options{
		ServerName: "ayumi", DontListen: true, JetStream: true, StoreDir: l.cfg.Dir,
		JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 1 << 50, NoSigs: true,
	})
	if err != nil {
		return fmt.Errorf("bus server: %w", err)
	}
	s.SetLoggerV2(serverLog{l.cfg.Log}, false, false, false)
	s.Start()
	l.server = s
	if !s.ReadyForConnections(time.Minute) || !s.JetStreamEnabled() {
		return errors.New("bus server: JetStream does not come up")
	}
	return nil
}

// renew stops the inner server, so that the next dial starts it again; with
// wipe, from an empty directory. Servers outside are not ours to restart.
func (l *link) renew(wipe bool) {
	if l.cfg.URL != "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.halt()
	if wipe {
		l.empty()
	} else {
		_ = os.Remove(l.marker())
	}
}

// remains says that files of the stream lie in the directory of the inner server.
// If it does not know the stream, it would take them up into a new one, and not
// find that one at its next start.
func (l *link) remains() bool {
	if l.cfg.URL != "" {
		return false
	}
	_, err := os.Stat(filepath.Join(l.cfg.Dir, server.JetStreamStoreDir, "$G", "streams", StreamName))
	return err == nil
}

func (l *link) halt() {
	if l.server != nil {
		l.server.Shutdown()
		l.server.WaitForShutdown()
		l.server = nil
	}
}

func (l *link) empty() {
	for _, path := range []string{filepath.Join(l.cfg.Dir, server.JetStreamStoreDir), l.marker()} {
		if err := os.RemoveAll(path); err != nil {
			l.cfg.Log.Error("bus: directory is not emptied", "error", err)
		}
	}
}

// close stops the inner server. One that came up and stops in order has not died
// on its files, however little of them was read.
func (l *link) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	up := l.server != nil
	l.halt()
	if up {
		l.settled()
	}
}

// patiently asks again and again until the first answer to any of it, for as long as
// patience lasts. Servers that elect a leader hear nobody: whoever asked once would
// not notice that they have one.
func patiently[T any](ctx context.Context, patience time.Duration, ask func(context.Context) (T, error)) (T, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	type answer struct {
		is  T
		err error
	}
	answers := make(chan answer)
	again := time.NewTicker(patience / 16)
	defer again.Stop()
	for {
		go func() {
			is, err := ask(ctx)
			select {
			case answers <- answer{is, err}:
			case <-ctx.Done():
			}
		}()
		select {
		case a := <-answers:
			return a.is, a.err
		case <-again.C:
		case <-ctx.Done():
			var none T
			return none, errSlow
		}
	}
}
