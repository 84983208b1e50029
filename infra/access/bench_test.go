package access_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// BenchmarkOpening sets the opening of one profile beside the same without the
// access log, alone and by 16 readers at once.
func BenchmarkOpening(b *testing.B) {
	door, events := scene(b)
	glance := access.Glance{Who: given.Desk("co1"), Subject: "p", Reason: "journey", Classes: "P"}
	body, err := domain.ParseBody(events[0].Body)
	require.NoError(b, err)
	section, err := domain.ParseSection(body.Sealed[0])
	require.NoError(b, err)
	b.Run("without", func(b *testing.B) {
		for range b.N {
			if _, err := domain.OpenSection(context.Background(), door.Keys, door.Origin, events[0], section); err != nil {
				b.Fatal(err)
			}
		}
	})
	log, err := access.OpenLog(filepath.Join(b.TempDir(), "access.db"), access.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { log.Close() })
	door.Log = log
	open := func(b *testing.B) {
		if _, err := door.Open(context.Background(), glance, events...); err != nil {
			b.Error(err)
		}
	}
	b.Run("alone", func(b *testing.B) {
		for range b.N {
			open(b)
		}
	})
	b.Run("16-readers", func(b *testing.B) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				open(b)
			}
		})
	})
}

var entries = flag.Int("entries", 20_000, "entries of the access log that BenchmarkReading reads")

// BenchmarkReading reads pages of a large log as its page does: the newest, one deep
// down, one person's, one account's, a day's, an act that is rare, what was searched
// for; then all of it as the nightly comparison does, and the end of a retention.
func BenchmarkReading(b *testing.B) {
	log, err := access.OpenLog(filepath.Join(b.TempDir(), "access.db"), access.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { log.Close() })
	many(b, log, *entries)
	half, day := uint64(*entries/2), flow.At("2019-06-01", 9).AddDate(0, 0, 365)
	for _, c := range []struct {
		name string
		ask  viewing.Filter
	}{
		{"newest", viewing.Filter{Controller: "31"}}, {"deep", viewing.Filter{Controller: "31", Before: half}},
		{"person", viewing.Filter{Subjects: []string{"p77"}}}, {"account", viewing.Filter{Account: "co3", Controller: "31", Before: half}},
		{"day", viewing.Filter{Controller: "31", From: japan.DateOf(day), To: japan.DateOf(day)}},
		{"rare", viewing.Filter{Controller: "31", Act: viewing.Export}}, {"absent", viewing.Filter{Controller: "31", Act: viewing.Print}}, {"searched", viewing.Filter{Query: "word 7", Controller: "31"}},
	} {
		c.ask.Limit = 100
		b.Run(c.name, func(b *testing.B) {
			for range b.N {
				if _, err := log.Find(context.Background(), c.ask); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		for range b.N {
			n := 0
			for _, err := range log.All(context.Background(), 0) {
				require.NoError(b, err)
				n++
			}
			require.Equal(b, *entries, n)
		}
	})
	b.Run("retention", func(b *testing.B) {
		for range b.N {
			_, err := log.Prune(context.Background(), japan.DateOf(day), day)
			require.NoError(b, err)
		}
	})
}

// many writes entries of two years by 64 writers at once.
func many(b *testing.B, log *access.Log, n int) {
	var next atomic.Int64
	var writers sync.WaitGroup
	for range 64 {
		writers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				e := access.Entry{At: flow.At("2019-06-01", 9).AddDate(0, 0, i*730/n), Account: fmt.Sprintf("co%d", i%40), Controller: "31", Roles: "CO",
					Act: viewing.View, Route: "GET /people/{id}", Reason: "journey", Subject: fmt.Sprintf("p%d", i%20_000), Classes: "PX", Rows: 12, People: []string{fmt.Sprintf("p%d", i%20_000)}}
				switch {
				case i%50 == 0:
					e.Act, e.Query, e.Subject = viewing.Search, fmt.Sprintf("word %d", i%1000), ""
				case i%100_003 == 1:
					e.Act = viewing.Export
				}
				if err := log.Record(context.Background(), e); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
}
