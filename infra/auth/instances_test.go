package auth

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/stretchr/testify/require"

	"ayumi/tests/postgres"
)

// instances are two servers behind one address.
func instances(t *testing.T) (one, other *Store, c *clock, base postgres.Base) {
	t.Helper()
	e := postgresEngine{postgres.Open(t)}
	one, c = e.open(t)
	return one, e.at(t, c), c, e.Base
}

func session(t *testing.T, c *clock, values map[string]any) []byte {
	t.Helper()
	data, err := scs.GobCodec{}.Encode(c.at.Add(time.Hour), values)
	require.NoError(t, err)
	return data
}

func TestASessionIsOneSessionInEveryInstance(t *testing.T) {
	one, other, c, _ := instances(t)
	ctx, until := t.Context(), c.at.Add(time.Hour)
	open, locked := session(t, c, map[string]any{"account": "a1"}), session(t, c, map[string]any{"account": "a1", "locked": true})
	holds := func(s *Store, token string, want []byte) {
		t.Helper()
		data, found, err := s.FindCtx(ctx, token)
		require.NoError(t, err)
		require.Equal(t, want != nil, found)
		require.Equal(t, want, data)
	}
	require.NoError(t, one.CommitCtx(ctx, "t1", open, until))
	holds(other, "t1", open)
	require.NoError(t, other.CommitCtx(ctx, "t1", locked, until))
	holds(one, "t1", locked)
	require.NoError(t, one.CommitCtx(ctx, "t1", open, until), "of a request that was under way")
	holds(one, "t1", locked)
	holds(other, "t1", locked)
	require.NoError(t, other.DeleteCtx(ctx, "t1"))
	holds(one, "t1", nil)
	require.NoError(t, one.CommitCtx(ctx, "t1", open, until), "of a request that was under way")
	require.NoError(t, one.CommitCtx(ctx, "t1", locked, until))
	holds(one, "t1", nil)
	holds(other, "t1", nil)

	require.NoError(t, one.CommitCtx(ctx, "t2", open, until))
	require.NoError(t, other.CommitCtx(ctx, "t3", session(t, c, map[string]any{"pending": "a1"}), until))
	require.NoError(t, other.CommitCtx(ctx, "t4", session(t, c, map[string]any{"account": "a2"}), until))
	require.NoError(t, other.EndSessions(ctx, "a1"))
	left, err := one.AllCtx(ctx)
	require.NoError(t, err)
	require.Len(t, left, 1)
	require.Contains(t, left, "t4")
	require.NoError(t, other.SetPassword(ctx, "co1", "a1", "correct horse battery"))
	account, _, err := one.SignIn(ctx, "co1", "correct horse battery", "a")
	require.NoError(t, err)
	require.Equal(t, "a1", account)
}

// However many try at once, in however many instances, a name has its attempts.
func TestGuessesAreCountedOverAllInstances(t *testing.T) {
	one, other, c, _ := instances(t)
	ctx := t.Context()
	require.NoError(t, one.SetPassword(ctx, "co1", "a1", "correct horse battery"))
	var tried atomic.Int64
	var all sync.WaitGroup
	for i := range 40 {
		s := []*Store{one, other}[i%2]
		all.Go(func() {
			account, wait, err := s.SignIn(ctx, "co1", "wrong", fmt.Sprint("address", i))
			if err != nil || account != "" {
				t.Errorf("account %q: %v", account, err)
			}
			if wait == 0 {
				tried.Add(1)
			}
		})
	}
	all.Wait()
	require.Equal(t, int64(attempts), tried.Load())
	for _, s := range []*Store{one, other} {
		account, wait, err := s.SignIn(ctx, "co1", "correct horse battery", "z")
		require.NoError(t, err)
		require.Empty(t, account)
		require.Positive(t, wait)
	}
	c.advance(attemptEvery)
	account, _, err := other.SignIn(ctx, "co1", "correct horse battery", "z")
	require.NoError(t, err)
	require.Equal(t, "a1", account)
	var clear int
	require.NoError(t, one.db.QueryRow(`SELECT count(*) FROM attempt WHERE whose LIKE '%address%' OR whose LIKE '%co1%'`).Scan(&clear))
	require.Zero(t, clear, "no name and no address lies there")
}

func TestACodeLetsOneInOverAllInstances(t *testing.T) {
	one, other, c, _ := instances(t)
	ctx := t.Context()
	text, err := one.BeginFactor(ctx, "a1")
	require.NoError(t, err)
	again, err := other.BeginFactor(ctx, "a1")
	require.NoError(t, err)
	require.Equal(t, text, again)
	secret, err := base32Code.DecodeString(text)
	require.NoError(t, err)
	both := func(do func(s *Store) error) (let int) {
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, s := range []*Store{one, other, one, other} {
			all.Go(func() {
				if do(s) == nil {
					mu.Lock()
					defer mu.Unlock()
					let++
				}
			})
		}
		all.Wait()
		return let
	}
	code := func() string { return codeOf(secret, uint64(c.at.Unix()/stepSeconds)) }
	var told []string
	var mu sync.Mutex
	require.Equal(t, 1, both(func(s *Store) error {
		codes, err := s.ConfirmFactor(ctx, "a1", code(), "a")
		if err == nil {
			mu.Lock()
			defer mu.Unlock()
			told = codes
		}
		return err
	}))
	require.Len(t, told, RecoveryCodes)
	for range 3 {
		c.advance(5 * time.Minute)
		require.Equal(t, 1, both(func(s *Store) error { return s.CheckFactor(ctx, "a1", code(), "a") }))
	}
	c.advance(5 * time.Minute)
	require.Equal(t, 1, both(func(s *Store) error { return s.CheckFactor(ctx, "a1", told[0], "a") }), "codes told are the codes kept")
}

// A server of tables that goes and comes back: what was answered is kept, what was not
// is an error, and nobody has to start anything again.
func TestSignInOutlivesLostConnections(t *testing.T) {
	one, other, c, base := instances(t)
	data, until := session(t, c, map[string]any{"account": "a1"}), c.at.Add(time.Hour)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	var all sync.WaitGroup
	var mu sync.Mutex
	kept, refused := []string{}, 0
	for i, s := range []*Store{one, other} {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				token := fmt.Sprintf("%d-%d", i, n)
				err := s.CommitCtx(t.Context(), token, data, until)
				mu.Lock()
				if err == nil {
					kept = append(kept, token)
				} else {
					refused++
				}
				mu.Unlock()
			}
		})
	}
	for ctx.Err() == nil {
		base.Cut(t)
		time.Sleep(100 * time.Millisecond)
	}
	all.Wait()
	t.Logf("%d kept, %d refused", len(kept), refused)
	require.NotEmpty(t, kept)
	base.Cut(t)
	require.Eventually(t, func() bool {
		left, err := other.AllCtx(t.Context())
		if err != nil {
			return false
		}
		for _, token := range kept {
			if left[token] == nil {
				t.Errorf("session %s was kept and is not there", token)
				return true
			}
		}
		return true
	}, time.Minute, 10*time.Millisecond)
}
