package app

import (
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/web"
)

// newHouse opens an empty office.
func newHouse(t *testing.T, now func() time.Time) *App {
	t.Helper()
	c := Default()
	c.Data, c.Listen, c.Now = filepath.Join(t.TempDir(), "data"), "127.0.0.1:0", now
	c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	a, err := Open(ctx, c)
	require.NoError(t, err)
	return a
}

func given(t *testing.T, p *proving) web.Verifying {
	t.Helper()
	f, err := p.Scratch()
	require.NoError(t, err)
	_, err = io.WriteString(f, "no bundle")
	require.NoError(t, err)
	require.EqualValues(t, 9, f.Size())
	return web.Verifying{Files: []web.GivenBundle{{Name: "a.zip", Scratch: f}}}
}

// A few verifications run at once and a few more wait; who comes after that is told
// so. What came of one is for who asked, for an hour.
func TestVerificationsWaitTheirTurn(t *testing.T) {
	clock := &timer{at: time.Date(2020, 4, 6, 1, 0, 0, 0, time.UTC)}
	a := newHouse(t, clock.now)
	defer func() { require.NoError(t, a.Close()) }()
	p := a.proving
	for range bundlesAtOnce {
		p.slots <- struct{}{}
	}
	var ids []string
	for range bundlesWaiting {
		id, err := p.Verify(ctx, "au", given(t, p))
		require.NoError(t, err)
		ids = append(ids, id)
	}
	asked := given(t, p)
	_, err := p.Verify(ctx, "au", asked)
	var busy *domain.Refusal
	require.ErrorAs(t, err, &busy)
	require.Equal(t, "bundle.busy", busy.Key)
	require.NoError(t, asked.Files[0].Close())
	v, err := p.Verification(ctx, "au", ids[0], time.Millisecond)
	require.NoError(t, err)
	require.False(t, v.Done)
	left, err := filepath.Glob(a.Config.in("bundle-*"))
	require.NoError(t, err)
	require.Empty(t, left, "no name to be found by, even while it waits")

	for range bundlesAtOnce {
		<-p.slots
	}
	for _, id := range ids {
		v, err := p.Verification(ctx, "au", id, 10*time.Second)
		require.NoError(t, err)
		require.True(t, v.Done)
		require.Equal(t, []string{"E001"}, v.Files[0].Report.Codes())
		_, err = p.Verification(ctx, "mg", id, time.Millisecond)
		require.ErrorIs(t, err, web.ErrMissing)
	}
	_, err = p.Verify(ctx, "au", given(t, p))
	require.NoError(t, err, "there is room again")
	clock.pass(resultKept + time.Minute)
	_, err = p.Verification(ctx, "au", ids[0], time.Millisecond)
	require.ErrorIs(t, err, web.ErrMissing)
}

// A server that ends does not wait for verifications.
func TestAVerificationEndsWithTheServer(t *testing.T) {
	a := newHouse(t, time.Now)
	for range bundlesAtOnce {
		a.proving.slots <- struct{}{}
	}
	_, err := a.proving.Verify(ctx, "au", given(t, a.proving))
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- a.Close() }()
	select {
	case err := <-done:
		require.NoError(t, err)
	case <-time.After(20 * time.Second):
		require.NoError(t, errors.New("the server waits"))
	}
}
