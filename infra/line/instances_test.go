package line_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/line"
	"ayumi/infra/sqldb"
	"ayumi/tests/given"
	"ayumi/tests/linestub"
	"ayumi/tests/postgres"
)

// instances are two servers that share tables and keys.
func instances(t *testing.T) (one, other *desk) {
	t.Helper()
	d, base := begun(t), postgres.Open(t)
	at := func() *desk {
		db, err := sqldb.OpenSchema(t.Context(), base.App, base.Owner, sqldb.Schema{Name: "line", Tables: line.Tables, Of: "log"})
		require.NoError(t, err)
		e := &desk{keys: d.keys, now: d.now, base: base}
		e.Book = line.OpenTables(db, d.keys, "log", [32]byte{7}, func() time.Time { return e.now })
		t.Cleanup(func() { require.NoError(t, e.Close()) })
		return e
	}
	return at(), at()
}

func events(t *testing.T, list ...string) []line.Event {
	t.Helper()
	out, _, err := line.Read([]byte(linestub.Webhook(list...)))
	require.NoError(t, err)
	return out
}

// LINE delivers again what was not answered in time, to whichever instance.
func TestADeliveryToTwoInstancesIsKeptOnce(t *testing.T) {
	one, other := instances(t)
	list := events(t, linestub.Text(1, 1, noon, "a"), linestub.Text(2, 1, noon, "b"), linestub.Text(3, 2, noon, "c"))
	var all sync.WaitGroup
	var mu sync.Mutex
	fresh := 0
	for i := range 8 {
		d := []*desk{one, other}[i%2]
		all.Go(func() {
			for _, e := range list {
				_, now, err := d.Take(ctx, e)
				if err != nil {
					t.Error(err)
				}
				if now {
					mu.Lock()
					fresh++
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	require.Equal(t, 3, fresh)
	waiting, err := other.Waiting(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 2)
	require.Equal(t, 3, len(one.thread(t, waiting[0].ID))+len(one.thread(t, waiting[1].ID)))
}

// Whatever is written while somebody is linked lies under the key of that person: it is
// gone with it.
func TestWhatIsWrittenWhileAWriterIsLinkedIsUnderThePersonsKey(t *testing.T) {
	one, other := instances(t)
	for round := range 6 {
		user, person := round+1, given.ID(fmt.Sprint("person ", round))
		one.take(t, linestub.Text(100*user, user, noon, "最初"))
		s := one.one(t)
		var all sync.WaitGroup
		all.Go(func() {
			for n := range 10 {
				for _, e := range events(t, linestub.Text(100*user+n+1, user, noon.Add(time.Second), "続き")) {
					if _, _, err := other.Take(ctx, e); err != nil {
						t.Error(err)
					}
				}
			}
		})
		all.Go(func() {
			if err := one.Link(ctx, s.ID, person); err != nil {
				t.Error(err)
			}
			if err := one.Queue(ctx, line.Message{ID: given.ID(fmt.Sprint("answer ", round)), Sender: s.ID, Text: "お返事", Account: given.ID("account")}, noon.Add(time.Hour)); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		require.Len(t, one.thread(t, s.ID), 12)
		require.NoError(t, one.keys.Destroy(ctx, person))
		for _, m := range other.thread(t, s.ID) {
			require.Empty(t, m.Text)
		}
	}
}

// A person who is forgotten while writing is forgotten with all of it; what comes after
// is of somebody new.
func TestNobodyIsHalfForgotten(t *testing.T) {
	one, other := instances(t)
	for user := range 5 {
		person := given.ID(fmt.Sprint("person ", user))
		one.take(t, linestub.Text(100*user+1, user+1, noon, "a"))
		s := one.one(t)
		require.NoError(t, one.Link(ctx, s.ID, person))
		var all sync.WaitGroup
		all.Go(func() {
			for n := range 20 {
				for _, e := range events(t, linestub.Text(100*user+n+2, user+1, noon, "b")) {
					if _, _, err := other.Take(ctx, e); err != nil {
						t.Error(err)
					}
				}
			}
		})
		all.Go(func() {
			if err := one.Forget(ctx, person); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		require.Empty(t, other.thread(t, s.ID), "no message without its writer")
		_, err := other.Sender(ctx, s.ID)
		require.ErrorIs(t, err, line.ErrUnknown)
		waiting, err := one.Waiting(ctx)
		require.NoError(t, err)
		for _, again := range waiting { // what came after
			require.NoError(t, one.Drop(ctx, again.ID, line.DroppedEnquiry))
		}
	}
}

// Two instances send what waits; LINE gets each message once, through faults and lost
// connections.
func TestInstancesSendAMessageOnce(t *testing.T) {
	one, other := instances(t)
	stub := linestub.Open(t)
	one.take(t, linestub.Text(1, 1, noon, "a"))
	s := one.one(t)
	require.NoError(t, one.Link(ctx, s.ID, given.ID("person")))
	want := map[string]bool{}
	for i := range 12 {
		text := fmt.Sprint("ご連絡 ", i)
		want[text] = true
		require.NoError(t, one.Queue(ctx, line.Message{ID: given.ID(text), Sender: s.ID, Text: text, Account: given.ID("account")}, noon))
	}
	var all sync.WaitGroup
	for _, d := range []*desk{one, other} {
		c := line.NewClient(stub.URL, linestub.Token)
		all.Go(func() {
			for begun := time.Now(); time.Since(begun) < 2*time.Second; time.Sleep(20 * time.Millisecond) {
				if err := tend(d, c); err != nil {
					t.Log(err) // what it had leased waits until the lease is over
				}
			}
		})
	}
	for range 8 {
		one.base.Cut(t)
		time.Sleep(200 * time.Millisecond)
	}
	all.Wait()
	for range 3 { // leases of whoever lost the connection are over after a minute
		one.now = one.now.Add(2 * time.Minute)
		require.Eventually(t, func() bool { return tend(one, line.NewClient(stub.URL, linestub.Token)) == nil }, time.Minute, 10*time.Millisecond)
	}
	got := map[string]bool{}
	for _, p := range stub.Delivered() {
		require.False(t, got[p.Text], "%s twice", p.Text)
		got[p.Text] = true
	}
	require.Equal(t, want, got)
	require.Eventually(t, func() bool { // connections come back by themselves
		queued, failed, _, _, err := other.Counts(ctx)
		return err == nil && queued+failed == 0
	}, time.Minute, 10*time.Millisecond)
}

// tend sends what is due, as the product does.
func tend(d *desk, c *line.Client) error {
	due, err := d.Due(ctx)
	if err != nil {
		return err
	}
	for _, m := range due {
		mine, err := d.Lease(ctx, m, d.now.Add(time.Minute))
		if err != nil {
			return err
		}
		if !mine {
			continue
		}
		list := []line.Message{m}
		if err := d.Texts(ctx, list); err != nil {
			return err
		}
		user, err := d.User(ctx, m.Sender)
		if err != nil {
			return err
		}
		if err := c.Push(ctx, m.Retry, user, list[0].Text); err != nil {
			return err
		}
		if err := d.Ended(ctx, m, nil); err != nil {
			return err
		}
	}
	return nil
}
