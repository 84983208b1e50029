package probe_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/probe"
	"ayumi/infra/web/locale"
)

func repeat(n int, d time.Duration) (out []time.Duration) {
	for range n {
		out = append(out, d)
	}
	return out
}

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// good findings of each engine, from which one thing at a time is taken away.
func goodBus() probe.Bus {
	return probe.Bus{Version: "2.15.2", Servers: 3, TLS: true, Stream: true, Replicas: 3, Current: 3, Sealed: true}
}

func goodDatabase() probe.Database {
	return probe.Database{Version: 150004, TLS: true, Fsync: true, Synchronous: true, WholePages: true, Used: 10, Allowed: 100}
}

func TestEachFaultHasItsFinding(t *testing.T) {
	far := 2 * time.Minute
	for _, one := range []struct {
		list  []probe.Finding
		level string
		why   string
	}{
		{[]probe.Finding{probe.Syncs(repeat(200, time.Millisecond))}, probe.Good, "sync"},
		{[]probe.Finding{probe.Syncs(append(repeat(197, time.Millisecond), repeat(3, 50*time.Millisecond)...))}, probe.Warning, "sync_slow"},
		{[]probe.Finding{probe.Syncs(append(repeat(199, time.Millisecond), 50*time.Millisecond))}, probe.Good, "sync"},
		{[]probe.Finding{probe.Syncs(repeat(200, time.Microsecond))}, probe.Warning, "sync_untrue"},
		{[]probe.Finding{probe.Syncs(nil)}, probe.Missing, "sync_none"},
		{[]probe.Finding{probe.Disk(100<<30, 1<<30)}, probe.Good, "disk"},
		{[]probe.Finding{probe.Disk(100<<30, 90<<30)}, probe.Warning, "disk_low"},
		{[]probe.Finding{probe.Disk(1<<30, 0)}, probe.Warning, "disk_low"},
		{[]probe.Finding{probe.Disk(1<<20, 0)}, probe.Missing, "disk_full"},
		{[]probe.Finding{probe.Clock("bus", time.Second, 0)}, probe.Good, "clock"},
		{[]probe.Finding{probe.Clock("bus", -3*time.Second, 0)}, probe.Warning, "clock_off"},
		{[]probe.Finding{probe.Clock("bus", -3*time.Second, 2*time.Second)}, probe.Good, "clock"},
		{[]probe.Finding{probe.Clock("bus", far, 0)}, probe.Missing, "clock_far"},
		{[]probe.Finding{probe.Behind(noon, noon.Add(time.Second))}, probe.Missing, "clock_behind"},
		{[]probe.Finding{probe.Behind(noon, noon)}, probe.Good, "clock_log"},
		{[]probe.Finding{probe.Certificate(noon, noon.Add(-time.Hour), noon.AddDate(0, 2, 0))}, probe.Good, "tls"},
		{[]probe.Finding{probe.Certificate(noon, noon.Add(-time.Hour), noon.AddDate(0, 0, 29))}, probe.Warning, "tls_ends"},
		{[]probe.Finding{probe.Certificate(noon, noon.Add(-time.Hour), noon)}, probe.Missing, "tls_over"},
		{[]probe.Finding{probe.Certificate(noon, noon.Add(time.Hour), noon.AddDate(1, 0, 0))}, probe.Missing, "tls_early"},
		{[]probe.Finding{probe.Plain("http://ayumi.local")}, probe.Warning, "tls_none"},
		{probe.KeysFound(noon, probe.Keys{Fresh: true, Folder: "kek"}), probe.Good, "keys_fresh"},
		{probe.KeysFound(noon, probe.Keys{Epoch: 3, Begun: noon.AddDate(0, 0, -7), Length: 7 * 24 * time.Hour}), probe.Good, "keys"},
		{probe.KeysFound(noon, probe.Keys{Epoch: 3, Begun: noon.AddDate(0, 0, -15), Length: 7 * 24 * time.Hour}), probe.Warning, "keys_old"},
		{probe.KeysFound(noon, probe.Keys{Epoch: 3, Begun: noon, Length: time.Hour, Beside: true}), probe.Warning, "keys_beside"},
		{[]probe.Finding{probe.Address("listen", "x:1", nil)}, probe.Good, "address"},
		{[]probe.Finding{probe.Address("listen", "x:1", errors.New("taken"))}, probe.Missing, "address_taken"},
		{[]probe.Finding{probe.Serving()}, probe.Good, "serving"},

		{probe.BusFound(goodBus(), 3), probe.Good, "bus_stream"},
		{probe.BusFound(probe.Bus{Servers: 1, Local: true}, 1), probe.Good, "bus_new"},
		{bus(func(b *probe.Bus) { b.JetStream = errors.New("off") }), probe.Missing, "bus_jetstream"},
		{bus(func(b *probe.Bus) { b.Publish = errors.New("no") }), probe.Missing, "bus_publish"},
		{bus(func(b *probe.Bus) { b.Remove = true }), probe.Warning, "bus_remove"},
		{bus(func(b *probe.Bus) { b.Stream, b.Servers = false, 2 }), probe.Missing, "bus_servers"},
		{bus(func(b *probe.Bus) { b.Replicas = 1 }), probe.Warning, "bus_replicas"},
		{bus(func(b *probe.Bus) { b.Current = 2 }), probe.Warning, "bus_current"},
		{bus(func(b *probe.Bus) { b.Sealed = false }), probe.Warning, "bus_open"},
		{bus(func(b *probe.Bus) { b.TLS = false }), probe.Warning, "no_tls"},
		{bus(func(b *probe.Bus) { b.TLS, b.Local = false, true }), probe.Good, "bus_may"},
		{bus(func(b *probe.Bus) { b.Ahead = &far }), probe.Missing, "clock_far"},

		{probe.DatabaseFound("keys", goodDatabase(), true, true), probe.Good, "database"},
		{database(func(d *probe.Database) { d.Version = 130001 }, true, true), probe.Warning, "database_old"},
		{database(func(d *probe.Database) { d.Standby = true }, true, true), probe.Missing, "database_standby"},
		{database(func(d *probe.Database) { d.Fsync = false }, true, true), probe.Missing, "database_fsync"},
		{database(func(d *probe.Database) { d.Fsync = false }, true, false), probe.Warning, "database_fsync"},
		{database(func(d *probe.Database) { d.Synchronous = false }, true, true), probe.Missing, "database_synchronous"},
		{database(func(d *probe.Database) { d.WholePages = false }, true, true), probe.Missing, "database_pages"},
		{database(func(d *probe.Database) { d.MayMake = true }, true, true), probe.Warning, "database_may_make"},
		{database(func(d *probe.Database) { d.MayMake = true }, false, true), probe.Warning, "database_no_owner"},
		{database(func(d *probe.Database) { d.Used = 90 }, true, true), probe.Warning, "database_connections"},
		{database(func(d *probe.Database) { d.TLS = false }, true, true), probe.Warning, "no_tls"},
		{[]probe.Finding{probe.OwnerMakesNothing("keys")}, probe.Missing, "database_owner_weak"},

		{probe.LogFound(probe.Log{Origin: "a", Known: "a", TLS: true}), probe.Good, "log_origin"},
		{probe.LogFound(probe.Log{TLS: true}), probe.Good, "log_new"},
		{probe.LogFound(probe.Log{Known: "a", TLS: true}), probe.Missing, "log_empty"},
		{probe.LogFound(probe.Log{Origin: "b", Known: "a", TLS: true}), probe.Missing, "log_other"},
		{probe.LogFound(probe.Log{Origin: "a"}), probe.Warning, "no_tls"},
	} {
		require.Equal(t, map[string]int{probe.Good: 0, probe.Warning: 1, probe.Missing: 2}[one.level], probe.Worst(one.list), "%s: %v", one.why, one.list)
		seen := false
		for _, f := range one.list {
			seen = seen || (f.Why == one.why && f.Level == one.level)
			for _, l := range []locale.Language{locale.Japanese, locale.English} {
				p := locale.In(l).Probing
				require.NotEmpty(t, p.Said[f.Why], f.Why)
				require.NotContains(t, p.Finding(f.Probe, f.Why, f.Args), "%!", f.Why)
			}
		}
		require.True(t, seen, "%s: %v", one.why, one.list)
	}
}

func bus(change func(*probe.Bus)) []probe.Finding {
	b := goodBus()
	change(&b)
	return probe.BusFound(b, 3)
}

func database(change func(*probe.Database), owned, lasting bool) []probe.Finding {
	d := goodDatabase()
	change(&d)
	return probe.DatabaseFound("keys", d, owned, lasting)
}

// Probes that could not be made have a sentence with their cause.
func TestFailedProbesHaveTheirSentence(t *testing.T) {
	for _, why := range []string{"data_unwritable", "data_strange", "log_unread", "keys_missing", "tls_unread", "log_unreached", "bus_unreached", "database_unreached", "database_owner"} {
		f := probe.Failed("data", why, fmt.Errorf("cause"))
		for _, l := range []locale.Language{locale.Japanese, locale.English} {
			said := locale.In(l).Probing.Finding(f.Probe, f.Why, f.Args)
			require.Contains(t, said, "cause", why)
			require.NotContains(t, said, "%!", why)
		}
	}
}
