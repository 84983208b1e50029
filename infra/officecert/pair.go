package officecert

import (
	"crypto/tls"
	"os"
	"sync"
	"time"
)

// Pair is a certificate with its key in two files, read again when they change.
type Pair struct {
	cert, key string

	mu      sync.Mutex
	now     *tls.Certificate
	changed [2]time.Time
	report  func(error)
}

// Open reads a pair. report is told when a changed pair cannot be used and the one
// before it goes on.
func Open(cert, key string, report func(error)) (*Pair, error) {
	p := &Pair{cert: cert, key: key, report: report}
	return p, p.read()
}

func (p *Pair) read() error {
	changed := p.times()
	pair, err := tls.LoadX509KeyPair(p.cert, p.key)
	p.changed = changed
	if err != nil {
		return err
	}
	p.now = &pair
	return nil
}

func (p *Pair) times() (out [2]time.Time) {
	for i, path := range []string{p.cert, p.key} {
		if info, err := os.Stat(path); err == nil {
			out[i] = info.ModTime()
		}
	}
	return out
}

// Config is how a server speaks TLS with the pair: 1.2 and newer, HTTP/2 first.
func (p *Pair) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return p.current(), nil }}
}

func (p *Pair) current() *tls.Certificate {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.times() != p.changed {
		if err := p.read(); err != nil {
			p.report(err)
		}
	}
	return p.now
}
