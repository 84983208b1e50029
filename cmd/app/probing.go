package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/probe"
	"ayumi/infra/bus"
	"ayumi/infra/keyring"
	"ayumi/infra/kurrentdb"
	"ayumi/infra/sqldb"
	"ayumi/infra/sqlitestore"
)

// probes find out what a configuration stands on, each one thing. None changes anything
// that is kept.
var probes = []func(context.Context, Config) []probe.Finding{
	probeDisk, probeClock, probeKeys, probeCertificate, probeAddresses, probeLog, probeBus, probeDatabases,
}

// probeLimit is how long one probe may take.
const probeLimit = 30 * time.Second

// Probe tries everything that a configuration names. A server may be running.
func (c Config) Probe(ctx context.Context) (out []probe.Finding) {
	c = c.filled()
	for _, one := range probes {
		limit, stop := context.WithTimeout(ctx, probeLimit)
		out = append(out, one(limit, c)...)
		stop()
	}
	return out
}

// syncsTried is how many writes are synced.
const syncsTried = 200

func probeDisk(_ context.Context, c Config) []probe.Finding {
	dir := c.Data
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir) // of a directory that will be made
	}
	f, err := os.CreateTemp(dir, "probe-*.part")
	if err != nil {
		return []probe.Finding{probe.Failed("data", "data_unwritable", err)}
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var took []time.Duration
	page := make([]byte, 4096)
	for range syncsTried {
		begun := time.Now()
		if _, err := f.Write(page); err != nil {
			return []probe.Finding{probe.Failed("data", "data_unwritable", err)}
		}
		if err := f.Sync(); err != nil {
			return []probe.Finding{probe.Failed("data", "data_unwritable", err)}
		}
		took = append(took, time.Since(begun))
	}
	var held uint64
	names, err := c.files()
	if err != nil && !os.IsNotExist(err) {
		return []probe.Finding{probe.Failed("data", "data_unwritable", err)}
	}
	for _, name := range names {
		if info, err := os.Stat(c.in(filepath.FromSlash(name))); err == nil {
			held += uint64(info.Size())
		}
	}
	return []probe.Finding{probe.Syncs(took), probe.Disk(free(dir), held)}
}

// probeClock compares the clock with the last record of a log of this directory.
func probeClock(ctx context.Context, c Config) []probe.Finding {
	if lies, err := engineOf(c); err != nil || lies != Embedded {
		return nil
	}
	at, err := lastRecorded(ctx, c)
	if err != nil {
		return []probe.Finding{probe.Failed("clock", "log_unread", err)}
	}
	return []probe.Finding{probe.Behind(c.Now(), at)}
}

func lastRecorded(ctx context.Context, c Config) (at time.Time, err error) {
	l, err := sqlitestore.OpenBeside(c.in("log.db"))
	if err != nil {
		return at, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	head, err := l.Head(ctx)
	if err != nil || head.Position == 0 {
		return at, err
	}
	for rec, err := range l.All(ctx, head.Position-1) {
		if err != nil {
			return at, err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return at, err
		}
		return japan.ParseInstant(facts.Text("recorded_at"))
	}
	return at, nil
}

func probeKeys(_ context.Context, c Config) []probe.Finding {
	held, err := Holds(c)
	if err != nil {
		return []probe.Finding{probe.Failed("data", "data_strange", err)}
	}
	k := probe.Keys{Folder: c.KEKFolder(), Length: c.EpochLength, Beside: c.KEKBeside()}
	e, err := keyring.Newest(KeysIn(c), KeyOptions(c))
	switch {
	case errors.Is(err, keyring.ErrNoKEK) && !held:
		k.Fresh = true
	case err != nil:
		return []probe.Finding{probe.Failed("keys", "keys_missing", err)}
	}
	k.Epoch, k.Begun = e.Epoch, e.Begun
	return probe.KeysFound(c.Now(), k)
}

func probeCertificate(_ context.Context, c Config) []probe.Finding {
	if c.TLSCert == "" {
		if u, err := url.Parse(c.PublicURL); err == nil && u.Scheme == "http" && !ownHost(u.Hostname()) {
			return []probe.Finding{probe.Plain(c.PublicURL)}
		}
		return nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return []probe.Finding{probe.Failed("tls", "tls_unread", err)}
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		return []probe.Finding{probe.Failed("tls", "tls_unread", err)}
	}
	return []probe.Finding{probe.Certificate(c.Now(), leaf.NotBefore, leaf.NotAfter)}
}

func ownHost(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && at.IsLoopback())
}

// probeAddresses tries to listen where the product will, unless it does so already.
func probeAddresses(_ context.Context, c Config) (out []probe.Finding) {
	if _, err := os.Stat(c.in("LOCK")); err == nil {
		free, release, err := lockOf(c, "LOCK")
		if err != nil {
			return []probe.Finding{probe.Failed("data", "data_unwritable", err)}
		}
		release()
		if !free {
			return []probe.Finding{probe.Serving()}
		}
	}
	for _, one := range []struct{ option, at string }{{"listen", c.Listen}, {"metrics", c.Metrics}, {"line-listen", c.LINEListen}} {
		if one.at == "" {
			continue
		}
		l, err := net.Listen("tcp", one.at)
		if err == nil {
			err = l.Close()
		}
		out = append(out, probe.Address(one.option, one.at, err))
	}
	return out
}

func probeLog(ctx context.Context, c Config) []probe.Finding {
	if c.Engine != KurrentDB {
		return nil
	}
	l, err := kurrentdb.Probe(ctx, kurrentdb.Options{URL: c.KurrentDB, Log: c.KurrentLog})
	if err != nil {
		return []probe.Finding{probe.Failed("log", "log_unreached", err)}
	}
	if public, err := os.ReadFile(c.secret("ledger", "log.vkey")); err == nil {
		l.Known, _, _ = strings.Cut(string(public), "+")
	}
	return probe.LogFound(l)
}

func probeBus(ctx context.Context, c Config) []probe.Finding {
	if c.NATS == "" {
		return nil
	}
	b, err := bus.Probe(ctx, bus.Config{URL: c.NATS, Credentials: c.NATSCreds, CA: c.NATSCA})
	if err != nil {
		return []probe.Finding{probe.Failed("bus", "bus_unreached", err)}
	}
	return probe.BusFound(b, c.Replicas)
}

func probeDatabases(ctx context.Context, c Config) (out []probe.Finding) {
	for _, d := range c.databases() {
		if d.app == "" {
			continue
		}
		found, err := sqldb.Probe(ctx, d.app)
		if err != nil {
			out = append(out, probe.Failed(d.option, "database_unreached", err))
			continue
		}
		out = append(out, probe.DatabaseFound(d.option, found, d.owner != "", d.option != "read-models")...)
		if d.owner == "" {
			continue
		}
		owner, err := sqldb.Probe(ctx, d.owner)
		switch {
		case err != nil:
			out = append(out, probe.Failed(d.option, "database_owner", err))
		case !owner.MayMake:
			out = append(out, probe.OwnerMakesNothing(d.option))
		}
	}
	return out
}
