package app

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
)

// errandsOf are those of one instance; all share a database and a key.
func errandsOf(t *testing.T, base postgres.Base) *errands {
	db, err := sqldb.OpenSchema(t.Context(), base.App, base.Owner, sqldb.Schema{Name: "errands", Tables: errandTables, Of: "o1"})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	block, err := aes.NewCipher(bytes.Repeat([]byte{7}, 32))
	require.NoError(t, err)
	seal, err := cipher.NewGCMWithRandomNonce(block)
	require.NoError(t, err)
	return &errands{db, seal}
}

func TestOneInstanceDoesAnErrandAndAllCanBeAsked(t *testing.T) {
	ctx, base := t.Context(), postgres.Open(t)
	one, two := errandsOf(t, base), errandsOf(t, base)
	var mine atomic.Int64
	var works sync.WaitGroup
	for _, e := range []*errands{one, two, one, two} {
		works.Go(func() {
			got, err := e.begin(ctx, "k", "x", "a1")
			if err != nil {
				t.Error(err)
			}
			if got {
				mine.Add(1)
			}
		})
	}
	works.Wait()
	require.Equal(t, int64(1), mine.Load())
	x, known, err := two.look(ctx, "k", "x")
	require.NoError(t, err)
	require.True(t, known)
	require.Equal(t, errand{account: "a1", alive: true}, x)
	_, known, err = two.look(ctx, "k", "y")
	require.NoError(t, err)
	require.False(t, known)

	// What is told cannot be read in the database, nor put in the place of another.
	_, err = one.tell(ctx, "k", "x", "濵田.zip", false)
	require.NoError(t, err)
	var raw []byte
	require.NoError(t, one.db.QueryRow(`SELECT body FROM errand WHERE id = 'x'`).Scan(&raw))
	require.NotContains(t, string(raw), "濵田")
	x, _, err = two.look(ctx, "k", "x")
	require.NoError(t, err)
	require.Equal(t, `"濵田.zip"`, string(x.body))
	_, err = one.db.Exec(`INSERT INTO errand SELECT kind, 'z', account, told, done, stop, body FROM errand`)
	require.NoError(t, err)
	_, _, err = two.look(ctx, "k", "z")
	require.Error(t, err)

	// One whose instance is silent is nobody's.
	_, err = one.db.Exec(`UPDATE errand SET told = told - interval '16 seconds' WHERE id = 'x'`)
	require.NoError(t, err)
	running, err := two.running(ctx, "k", "x")
	require.NoError(t, err)
	require.False(t, running)
	got, err := two.begin(ctx, "k", "x", "a2")
	require.NoError(t, err)
	require.True(t, got)
}

func TestAnErrandIsFollowedAndStopped(t *testing.T) {
	ctx, base := t.Context(), postgres.Open(t)
	one, two := errandsOf(t, base), errandsOf(t, base)
	got, err := one.begin(ctx, "k", "x", "a1")
	require.NoError(t, err)
	require.True(t, got)
	ended := make(chan struct{})
	stopped := sync.OnceFunc(func() { close(ended) })
	var works sync.WaitGroup
	works.Go(func() {
		one.follow(ctx, "k", "x", ended, stopped, func() any { return 42 }, func(what string, err error) { t.Error(what, err) })
	})
	base.Cut(t) // connections come back by themselves
	require.NoError(t, two.ask(ctx, "k", "x"))
	x, known, err := two.await(ctx, "k", "x", 20*time.Second)
	require.NoError(t, err)
	require.True(t, known && x.done)
	require.Equal(t, "42", string(x.body))
	works.Wait()
	again, err := two.begin(ctx, "k", "x", "a1")
	require.NoError(t, err)
	require.True(t, again, "it is done")
	waiting, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	_, _, err = one.await(waiting, "k", "x", time.Minute)
	require.True(t, errors.Is(err, context.DeadlineExceeded))
}

// One instance alone asks nobody.
func TestOneInstanceAloneHasNoErrands(t *testing.T) {
	var e *errands
	mine, err := e.begin(t.Context(), "k", "x", "a1")
	require.NoError(t, err)
	require.True(t, mine)
	_, known, err := e.await(t.Context(), "k", "x", time.Minute)
	require.NoError(t, err)
	require.False(t, known)
	e.follow(t.Context(), "k", "x", nil, nil, nil, nil)
}
