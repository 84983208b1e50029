package drafts_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/drafts"
	"ayumi/infra/sqldb"
	"ayumi/tests/given"
	"ayumi/tests/postgres"
)

// instances are two servers that share tables and keys.
func instances(t *testing.T) (one, other *desk) {
	t.Helper()
	d, base := begun(t), postgres.Open(t)
	at := func() *desk {
		db, err := sqldb.OpenSchema(t.Context(), base.App, base.Owner, sqldb.Schema{Name: "drafts", Tables: drafts.Tables, Of: "log"})
		require.NoError(t, err)
		e := &desk{keys: d.keys, now: d.now, base: base}
		e.Store = drafts.OpenTables(db, d.keys, "log", func() time.Time { return e.now })
		t.Cleanup(func() { require.NoError(t, e.Close()) })
		return e
	}
	return at(), at()
}

func TestADraftGoesOnInAnotherInstance(t *testing.T) {
	one, other := instances(t)
	require.NoError(t, one.Keep(ctx, mine, "c1", []byte("half")))
	require.Equal(t, "half", other.newest(t, mine))
	require.NoError(t, other.Keep(ctx, mine, "c1", typed))
	require.Equal(t, string(typed), one.newest(t, mine))
	require.NoError(t, other.Done(ctx, mine, "c1"))
	require.ErrorIs(t, one.Keep(ctx, mine, "c1", typed), drafts.ErrDone)
	require.ErrorIs(t, one.Keep(ctx, mine, "c2", typed), drafts.ErrTaken)
	require.Empty(t, one.newest(t, mine))
}

// However the two race: once it is done with, it does not come back.
func TestWhatAnotherInstanceEndedDoesNotComeBack(t *testing.T) {
	one, other := instances(t)
	for i := range 20 {
		p := mine
		p.ID = given.ID(fmt.Sprint("draft ", i))
		require.NoError(t, one.Keep(ctx, p, "c1", typed))
		var all sync.WaitGroup
		for _, d := range []*desk{one, other} {
			all.Go(func() {
				if err := d.Keep(ctx, p, "c1", typed); err != nil && !errors.Is(err, drafts.ErrDone) {
					t.Error(err)
				}
			})
			all.Go(func() {
				if err := d.Done(ctx, p, "c1"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		require.Empty(t, one.newest(t, p))
		require.ErrorIs(t, other.Keep(ctx, p, "c1", typed), drafts.ErrDone)
	}
}

func TestDraftsOutliveLostConnections(t *testing.T) {
	one, other := instances(t)
	kept, refused := map[string]bool{}, 0
	until := time.Now().Add(time.Second)
	for i := 0; time.Now().Before(until); i++ {
		if i%10 == 0 {
			one.base.Cut(t)
		}
		p := mine
		p.ID, p.Form = given.ID(fmt.Sprint(i)), fmt.Sprint("form", i)
		if err := one.Keep(ctx, p, "c1", typed); err == nil {
			kept[p.Form] = true
		} else {
			refused++
		}
	}
	t.Logf("%d kept, %d refused", len(kept), refused)
	require.NotEmpty(t, kept)
	require.Eventually(t, func() bool { return one.Keep(ctx, mine, "c1", typed) == nil }, time.Minute, 10*time.Millisecond)
	require.Eventually(t, func() bool { _, _, err := other.Newest(ctx, mine); return err == nil }, time.Minute, 10*time.Millisecond)
	for form := range kept {
		p := mine
		p.Form = form
		require.Equal(t, string(typed), other.newest(t, p))
	}
}
