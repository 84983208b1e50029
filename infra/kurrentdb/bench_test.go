package kurrentdb_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

// BenchmarkStandIn measures what the adapter costs over a server that costs next to
// nothing: one append of one event, one event of a scan, one event counted anew.
func BenchmarkStandIn(b *testing.B) {
	server, err := standin.Start(standin.NewLog())
	require.NoError(b, err)
	defer server.Stop()
	open := func() *kurrentdb.Store {
		s, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: server.URL(), Index: filepath.Join(b.TempDir(), "index.db")})
		require.NoError(b, err)
		return s
	}
	s := open()
	defer s.Close()
	n := 0
	b.Run("append", func(b *testing.B) {
		for b.Loop() {
			n++
			_, err := s.Append(ctx, conformance.Next(fmt.Sprintf("a-%d", n), domain.Token{}, "w", 1))
			require.NoError(b, err)
		}
	})
	for range 20 {
		n++
		_, err := s.Append(ctx, conformance.Next(fmt.Sprintf("a-%d", n), domain.Token{}, "w", 1000))
		require.NoError(b, err)
	}
	b.Run("all", func(b *testing.B) {
		events := 0
		for b.Loop() {
			for _, err := range s.All(ctx, 0) {
				require.NoError(b, err)
				events++
			}
		}
		b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("index", func(b *testing.B) {
		events := uint64(0)
		for b.Loop() {
			again := open()
			head, err := again.Head(ctx)
			require.NoError(b, err)
			require.NoError(b, again.Close())
			events += head.Position
		}
		b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
	})
}
