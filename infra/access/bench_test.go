package access_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/access"
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
