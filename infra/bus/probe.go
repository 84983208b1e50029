package bus

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ayumi/domain/probe"
)

// Probe finds out what NATS servers outside this process are like and what they let
// these credentials do. It stores nothing: the event that it publishes demands a place
// in the stream that it cannot get, and the stream that it removes has no name of ours.
func Probe(ctx context.Context, cfg Config) (b probe.Bus, err error) {
	cfg = cfg.usual()
	ctx, stop := context.WithTimeout(ctx, 4*cfg.Patience)
	defer stop()
	nc, err := newLink(cfg).dial("probe")
	if err != nil {
		return b, err
	}
	defer nc.Close()
	refused := &refusals{}
	nc.SetErrorHandler(refused.hear)
	b.Version, b.Servers = nc.ConnectedServerVersion(), len(nc.Servers())
	_, sealed := nc.TLSConnectionState()
	b.TLS, b.Local = sealed == nil, local(nc.ConnectedUrl())
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(cfg.Patience))
	if err != nil {
		return b, err
	}
	if b.JetStream = look(ctx, nc, js, refused, &b); b.JetStream != nil {
		return b, nil
	}
	b.Publish = mayPublish(ctx, nc, refused, cfg.Patience)
	b.Remove, err = mayRemove(nc, refused, cfg.Patience)
	return b, err
}

// refusals are what servers say beside an answer.
type refusals struct {
	mu   sync.Mutex
	said []string
}

func (r *refusals) hear(_ *nats.Conn, _ *nats.Subscription, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, err.Error())
}

// of answers the refusal of a subject, if there was one: it has come when a ping is
// answered.
func (r *refusals) of(nc *nats.Conn, subject string, patience time.Duration) (string, error) {
	if err := nc.FlushTimeout(patience); err != nil {
		return "", err
	}
	for range 20 { // it is handed over apart
		r.mu.Lock()
		for _, said := range r.said {
			if strings.Contains(said, `"`+subject+`"`) {
				r.mu.Unlock()
				return said, nil
			}
		}
		r.mu.Unlock()
		time.Sleep(5 * time.Millisecond)
	}
	return "", nil
}

// look reads what the stream is like.
func look(ctx context.Context, nc *nats.Conn, js jetstream.JetStream, refused *refusals, b *probe.Bus) error {
	asked := time.Now()
	stream, err := js.Stream(ctx, StreamName)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return nil
	case err != nil:
		if said, _ := refused.of(nc, "$JS.API.STREAM.INFO."+StreamName, time.Second); said != "" {
			return fmt.Errorf("%w: %s", err, said)
		}
		return err
	}
	info := stream.CachedInfo()
	b.Within = time.Since(asked)
	b.Stream, b.Replicas, b.Current = true, info.Config.Replicas, 1
	b.Sealed = info.Config.DenyDelete && info.Config.DenyPurge
	if info.Cluster != nil {
		for _, peer := range info.Cluster.Replicas {
			if peer.Current && !peer.Offline {
				b.Current++
			}
		}
		b.Servers = max(b.Servers, 1+len(info.Cluster.Replicas))
	}
	if !info.TimeStamp.IsZero() {
		ahead := info.TimeStamp.Sub(asked.Add(b.Within / 2))
		b.Ahead = &ahead
	}
	return nil
}

// never is a place in the stream that no event will have.
const never = "9007199254740991"

// mayPublish publishes an event that no stream takes.
func mayPublish(ctx context.Context, nc *nats.Conn, refused *refusals, patience time.Duration) error {
	m := nats.NewMsg(subjectRoot + ".probe.probe.probe")
	m.Header.Set(jetstream.ExpectedLastSeqHeader, never)
	m.Reply = nc.NewInbox()
	if err := nc.PublishMsg(m); err != nil {
		return err
	}
	said, err := refused.of(nc, m.Subject, patience)
	if err == nil && said != "" {
		err = errors.New(said)
	}
	return errors.Join(err, ctx.Err())
}

// mayRemove asks for the end of a stream that there is not.
func mayRemove(nc *nats.Conn, refused *refusals, patience time.Duration) (bool, error) {
	subject := "$JS.API.STREAM.DELETE." + StreamName + "_PROBE_NONE"
	if err := nc.PublishRequest(subject, nc.NewInbox(), nil); err != nil {
		return false, err
	}
	said, err := refused.of(nc, subject, patience)
	return said == "", err
}

func local(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || (err == nil && at.IsLoopback())
}
