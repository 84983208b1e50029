package access_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/sqldb"
	"ayumi/tests/flow"
	"ayumi/tests/given"
	"ayumi/tests/postgres"
)

func looked(by string, n int) access.Entry {
	return access.Entry{At: flow.At("2019-06-01", 9).AddDate(0, 0, n), Account: by, Act: viewing.View, Subject: "p1", Query: "因幡 試美"}
}

// kept are the accounts of all entries, oldest first.
func kept(t *testing.T, log *access.Log) (out []string) {
	t.Helper()
	var found []access.Entry
	require.Eventually(t, func() bool { // a connection that was cut is noticed when it is used
		var err error
		found, err = log.Find(t.Context(), viewing.Filter{Limit: 100_000})
		return err == nil
	}, time.Minute, 10*time.Millisecond)
	for _, e := range slices.Backward(found) {
		require.Equal(t, uint64(len(out)+1), e.No, "no gap")
		out = append(out, e.Account)
	}
	return out
}

func TestInstancesWriteOneLog(t *testing.T) {
	at := base(t)
	logs := []*access.Log{at.open(t), at.open(t)}
	var all sync.WaitGroup
	const hands, each = 8, 15
	for i := range hands {
		all.Go(func() {
			for n := range each {
				if err := logs[i%2].Record(context.Background(), looked(fmt.Sprintf("co%d-%d", i, n), n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	one := kept(t, logs[0])
	require.Len(t, one, hands*each)
	require.Equal(t, one, kept(t, logs[1]))
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(one))), hands*each, "each once")
	for i := range hands { // and each hand's in its order
		var own []string
		for _, a := range one {
			if len(a) > 3 && a[:4] == fmt.Sprintf("co%d-", i) {
				own = append(own, a)
			}
		}
		for n, a := range own {
			require.Equal(t, fmt.Sprintf("co%d-%d", i, n), a)
		}
	}
	require.Eventually(t, func() bool { return logs[0].Head() == logs[1].Head() && logs[0].Head().Size == hands*each }, time.Minute, 20*time.Millisecond)
	for _, log := range logs {
		require.NoError(t, log.Check(t.Context()))
		n, err := log.Size(t.Context())
		require.NoError(t, err)
		require.Equal(t, int64(hands*each), n)
		found, err := log.Find(t.Context(), viewing.Filter{Query: "因幡試美", Limit: 1000})
		require.NoError(t, err)
		require.Len(t, found, hands*each, "they make the same digests")
	}
}

// Either instance signs what both wrote, and the other goes on from there.
func TestEitherInstanceSignsWhatBothWrote(t *testing.T) {
	at, dir := base(t), t.TempDir()
	one, other := openSealed(t, at, dir), at.open(t)
	for n := range 10 {
		require.NoError(t, []*access.Log{one.log, other}[n%2].Record(t.Context(), looked("co1", n)))
	}
	_, err := one.Once(t.Context())
	require.NoError(t, err)
	signed := one.Status().Tree
	require.Equal(t, int64(10), signed.N)
	require.NoError(t, one.Close())
	require.NoError(t, one.log.Record(t.Context(), looked("co2", 11)))
	next, err := ledgerfile.Open(ledgerfile.Config{Leaves: other, Dir: filepath.Join(dir, "access"), Origin: "o1-access", Keys: filepath.Join(dir, "ledger")})
	require.NoError(t, err)
	defer next.Close()
	_, err = next.Once(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(11), next.Status().Tree.N)
	require.NoError(t, next.Follows(signed))
}

func TestInstancesLetEntriesGoOnce(t *testing.T) {
	at := base(t)
	logs := []*access.Log{at.open(t), at.open(t)}
	fill(t, logs[0], 60)
	var all sync.WaitGroup
	went := make(chan int, 4)
	for i := range cap(went) {
		all.Go(func() {
			n, err := logs[i%2].Prune(context.Background(), japan.On(2020, 6, 1), flow.At("2021-06-01", 3))
			if err != nil {
				t.Error(err)
			}
			went <- n
		})
	}
	all.Wait()
	close(went)
	var some []int
	for n := range went {
		if n > 0 {
			some = append(some, n)
		}
	}
	require.Len(t, some, 1)
	said, err := logs[1].Find(t.Context(), viewing.Filter{Act: viewing.Prune})
	require.NoError(t, err)
	require.Len(t, said, 1)
	require.Equal(t, some[0], said[0].Rows)
	for _, log := range logs {
		require.NoError(t, log.Check(t.Context()))
		require.Eventually(t, func() bool { return log.Head().Gone == uint64(some[0]) }, time.Minute, 20*time.Millisecond)
	}
}

// The role of the application adds, and takes away only what an entry says and is old.
func TestTheApplicationsRoleOnlyAdds(t *testing.T) {
	at := base(t)
	log := at.open(t)
	fill(t, log, 10)
	require.NoError(t, log.Record(t.Context(), access.Entry{At: time.Now(), Account: "co1", Act: viewing.View}))
	db, err := sql.Open("pgx", at.App+"&search_path=access")
	require.NoError(t, err)
	defer db.Close()
	for _, change := range []string{`update line set act = 'view'`, `delete from line where no = 2`, `delete from about`, `update hash set hash = hash`, `delete from hash`,
		`delete from gone`, `update secret set mark = ''`, `truncate line`, `drop trigger line_stays on line`, `alter table line disable trigger user`,
		`insert into gone(upto) values(5); delete from line where no <= 5`, `create table more(a bigint)`} {
		_, err := db.Exec(change)
		require.Error(t, err, change)
	}
	_, err = db.Exec(`select let_go()`)
	require.ErrorContains(t, err, "no entry says")
	n, err := log.Prune(t.Context(), japan.DateOf(time.Now())+1, time.Now())
	require.ErrorContains(t, err, "within their retention")
	require.Zero(t, n)
	require.NoError(t, log.Check(t.Context()))
	require.Equal(t, 11, len(kept(t, log)))
	_, err = at.raw(t).Exec(`truncate hash`)
	require.ErrorContains(t, err, "append-only", "the owner is told too")
}

func TestInstancesHaveOneSecret(t *testing.T) {
	at := base(t)
	begun := make(chan error, 4)
	for range cap(begun) {
		go func() {
			log, err := at.with(t, at.key())
			if err == nil {
				err = log.Close()
			}
			begun <- err
		}()
	}
	for range cap(begun) {
		require.NoError(t, <-begun, "at once, in one folder")
	}
	log := at.open(t)
	require.NoError(t, log.Record(t.Context(), looked("co1", 0)))
	absent := filepath.Join(t.TempDir(), "access.key")
	_, err := at.with(t, absent)
	require.ErrorIs(t, err, access.SecretFault{Path: absent, Missing: true})
	require.NoFileExists(t, absent, "another one is not made")
	require.NoError(t, os.WriteFile(absent, make([]byte, 32), 0o600))
	_, err = at.with(t, absent)
	require.ErrorIs(t, err, access.SecretFault{Path: absent})
	secret, err := os.ReadFile(at.key())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(absent, secret, 0o600))
	other, err := at.with(t, absent)
	require.NoError(t, err)
	require.NoError(t, other.Close())
}

// What was answered is in the log, once and in order, however often connections are
// lost; who was not answered was told.
func TestTheLogOutlivesLostConnections(t *testing.T) {
	at := base(t)
	logs := []*access.Log{at.open(t), at.open(t)}
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	var all sync.WaitGroup
	var mu sync.Mutex
	answered, refused := map[string]bool{}, 0
	for i := range 8 {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				name := fmt.Sprintf("co%d-%d", i, n)
				err := logs[i%2].Record(context.Background(), looked(name, 0))
				mu.Lock()
				if err == nil {
					answered[name] = true
				} else {
					refused++
				}
				mu.Unlock()
			}
		})
	}
	for ctx.Err() == nil {
		at.Cut(t)
		time.Sleep(50 * time.Millisecond)
	}
	all.Wait()
	require.Eventually(t, func() bool { return logs[0].Record(context.Background(), looked("last", 0)) == nil }, time.Minute, 10*time.Millisecond)
	found := kept(t, logs[1])
	t.Logf("%d answered, %d refused, %d kept", len(answered), refused, len(found))
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(found))), len(found), "each once")
	for name := range answered {
		require.Contains(t, found, name)
	}
	require.LessOrEqual(t, len(found), len(answered)+refused+10)
	require.Eventually(t, func() bool { return logs[1].Check(context.Background()) == nil }, time.Minute, 10*time.Millisecond)
}

// Without the log nothing is shown; when it is back, nobody has to start anything.
func TestNothingIsShownWithoutTheLog(t *testing.T) {
	at := base(t)
	log := at.open(t)
	door, events := scene(t)
	door.Log = log
	glance := access.Glance{Who: given.Desk("co1"), Subject: "p", Reason: "journey", Classes: "P"}
	shown, err := door.Open(t.Context(), glance, events...)
	require.NoError(t, err)
	require.NotEmpty(t, shown)
	role := at.Role()
	postgres.Exec(t, at.Owner, "ALTER ROLE "+role+" NOLOGIN")
	at.Cut(t)
	shown, err = door.Open(t.Context(), glance, events...)
	require.ErrorIs(t, err, access.ErrUnaudited)
	require.Nil(t, shown)
	require.Error(t, log.Head().Fault)
	require.Equal(t, uint64(1), log.Head().Size)
	postgres.Exec(t, at.Owner, "ALTER ROLE "+role+" LOGIN")
	require.Eventually(t, func() bool { return log.Head().Fault == nil }, time.Minute, 20*time.Millisecond, "found out by itself")
	shown, err = door.Open(t.Context(), glance, events...)
	require.NoError(t, err)
	require.NotEmpty(t, shown)
	require.Len(t, kept(t, log), 2)
}

// An instance that stands still in the middle of a step holds the others up for some
// seconds, and not for longer than they have patience.
func TestAnInstanceThatStandsStillLetsTheOthersGoOn(t *testing.T) {
	at := base(t)
	log := at.open(t)
	db, err := sqldb.OpenSchema(t.Context(), at.App, "", sqldb.Schema{Name: "access", Tables: access.Tables, Grant: access.Grant, Of: "log"})
	require.NoError(t, err)
	defer db.Close()
	still, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = still.Exec(`select pg_advisory_xact_lock(hashtextextended('ayumi access log', 0))`)
	require.NoError(t, err)
	begun := time.Now()
	require.NoError(t, log.Record(t.Context(), looked("co1", 0)))
	require.Greater(t, time.Since(begun), time.Second, "it did wait")
	require.Error(t, still.Commit())
	require.Len(t, kept(t, log), 1)
}
