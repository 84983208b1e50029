package keyring_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
	"ayumi/tests/postgres"
)

// several runs a test only where instances can share a key table.
func several(t *testing.T) {
	t.Helper()
	if !shared {
		t.Skip("one process has a file")
	}
}

// Instances that begin a new table at one moment have one KEK, and owners one key.
func TestInstancesMakeOneKeyForAnOwner(t *testing.T) {
	several(t)
	dir := t.TempDir()
	o := at(t, dir, keyring.Options{})
	rings := make([]*keyring.Keyring, 4)
	var group sync.WaitGroup
	for i := range rings {
		group.Go(func() {
			var err error
			if rings[i], err = keyring.Open(dir, o); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	require.False(t, t.Failed())
	var seen sync.Map
	for _, k := range rings {
		defer k.Close()
		for range 4 {
			group.Go(func() {
				for i := range 20 {
					owner := fmt.Sprint("p", i)
					kc, err := k.Ensure(ctx, owner)
					if was, loaded := seen.LoadOrStore(owner, kc); err != nil || loaded && was != kc {
						t.Error(owner, err)
					}
				}
			})
		}
	}
	group.Wait()
	for _, k := range rings {
		box, err := k.Seal(ctx, "p7", [12]byte{}, []byte("word"), nil)
		require.NoError(t, err)
		for _, other := range rings {
			plain, err := other.Open(ctx, "p7", box, nil)
			require.NoError(t, err)
			require.Equal(t, "word", string(plain))
		}
	}
}

// What begins after Destroy has answered fails in every instance, however busy it is.
func TestAnErasureIsFeltByAll(t *testing.T) {
	several(t)
	dir := t.TempDir()
	one, other := open(t, dir, keyring.Options{}), open(t, dir, keyring.Options{})
	_, err := one.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := one.Seal(ctx, "p1", [12]byte{}, []byte("word"), nil)
	require.NoError(t, err)
	var erased atomic.Bool
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				after := erased.Load()
				_, err := other.Open(ctx, "p1", box, nil)
				switch {
				case after && !errors.Is(err, domain.ErrErased):
					t.Error("opened after the erasure:", err)
					return
				case after:
					return
				case err != nil && !errors.Is(err, domain.ErrErased):
					t.Error(err)
					return
				}
			}
		})
	}
	require.NoError(t, one.Destroy(ctx, "p1"))
	erased.Store(true)
	group.Wait()
	_, err = other.Ensure(ctx, "p1")
	require.ErrorIs(t, err, domain.ErrErased)
	_, err = other.Seal(ctx, "p1", [12]byte{}, nil, nil)
	require.ErrorIs(t, err, domain.ErrErased)
	began := time.Now()
	require.NoError(t, other.Destroy(ctx, "p1"), "twice is once")
	require.GreaterOrEqual(t, time.Since(began), time.Second, "and answers no sooner")
}

// An instance that starts while another is about to destroy a key, which is on the list
// beside the KEKs already, does not take it for one that came back.
func TestAStartAmidAnErasure(t *testing.T) {
	several(t)
	dir := t.TempDir()
	o := at(t, dir, keyring.Options{})
	one := open(t, dir, keyring.Options{})
	_, err := one.Ensure(ctx, "p1")
	require.NoError(t, err)
	conn, err := pgx.Connect(ctx, o.Database)
	require.NoError(t, err)
	defer conn.Close(ctx)
	tx, err := conn.Begin(ctx)
	require.NoError(t, err)
	_, err = tx.Exec(ctx, "SELECT owner FROM ayumi_keys.keys WHERE owner = 'p1' FOR UPDATE")
	require.NoError(t, err)
	var group sync.WaitGroup
	group.Go(func() {
		if err := one.Destroy(ctx, "p1"); err != nil {
			t.Error(err)
		}
	})
	require.Eventually(t, func() bool {
		list, _ := os.ReadFile(filepath.Join(dir, "kek", "erased.txt"))
		return string(list) == "p1\n"
	}, time.Minute, 5*time.Millisecond)
	group.Go(func() {
		other, err := keyring.Open(dir, o)
		if err != nil || len(other.Returned()) > 0 {
			t.Error(other.Returned(), err)
		}
		if err == nil {
			other.Close()
		}
	})
	time.Sleep(500 * time.Millisecond)
	require.NoError(t, tx.Rollback(ctx))
	group.Wait()
}

// A key that one instance makes while another forbids it is destroyed for both.
func TestDestroyedWinsOverMade(t *testing.T) {
	several(t)
	dir := t.TempDir()
	one, other := open(t, dir, keyring.Options{}), open(t, dir, keyring.Options{})
	var group sync.WaitGroup
	for i := range 8 {
		owner := fmt.Sprint("p", i)
		group.Go(func() {
			if err := one.Destroy(ctx, owner); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			if _, err := other.Ensure(ctx, owner); err != nil && !errors.Is(err, domain.ErrErased) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range 8 {
		for _, k := range []*keyring.Keyring{one, other} {
			_, err := k.Ensure(ctx, fmt.Sprint("p", i))
			require.ErrorIs(t, err, domain.ErrErased)
		}
		require.Empty(t, wrappedOf(t, dir, fmt.Sprint("p", i)))
	}
}

// An instance that is cut off from the table opens nothing of what was destroyed
// meanwhile, nor of anything else, until it can look again.
func TestAnInstanceThatIsCutOffOpensNothing(t *testing.T) {
	several(t)
	for _, how := range []string{"closed", "silent"} {
		t.Run(how, func(t *testing.T) {
			dir := t.TempDir()
			one := open(t, dir, keyring.Options{})
			w, o := newWire(t, at(t, dir, keyring.Options{}))
			other, err := keyring.Open(dir, o)
			require.NoError(t, err)
			defer func() { w.set("closed"); require.NoError(t, other.Close()) }()
			boxes := map[string][]byte{}
			for _, owner := range []string{"p1", "p2"} {
				_, err := other.Ensure(ctx, owner)
				require.NoError(t, err)
				boxes[owner], err = other.Seal(ctx, owner, [12]byte{}, []byte("word"), nil)
				require.NoError(t, err)
			}
			w.set(how)
			require.NoError(t, one.Destroy(ctx, "p1"))
			began := time.Now()
			var group sync.WaitGroup
			for range 10 {
				for owner, box := range boxes {
					group.Go(func() {
						if _, err := other.Open(ctx, owner, box, nil); !errors.Is(err, domain.ErrStoreAway) {
							t.Error(owner, err)
						}
					})
				}
			}
			group.Wait()
			require.Less(t, time.Since(began), 15*time.Second, "many wait as long as one")
			_, err = other.Ensure(ctx, "p1")
			require.ErrorIs(t, err, domain.ErrStoreAway)
			_, err = one.Open(ctx, "p2", boxes["p2"], nil)
			require.NoError(t, err, "whoever is not cut off goes on")
			w.set("")
			require.Eventually(t, func() bool {
				_, err := other.Open(ctx, "p2", boxes["p2"], nil)
				return err == nil
			}, time.Minute, 20*time.Millisecond)
			_, err = other.Open(ctx, "p1", boxes["p1"], nil)
			require.ErrorIs(t, err, domain.ErrErased)
		})
	}
}

// A rewriting by one instance is followed by the others: they read, make keys, and
// hold no older KEK. Of two that rewrite at one moment one is enough.
func TestOthersFollowARewriting(t *testing.T) {
	several(t)
	dir := t.TempDir()
	one, other := open(t, dir, keyring.Options{}), open(t, dir, keyring.Options{})
	_, err := one.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := other.Seal(ctx, "p1", [12]byte{}, []byte("word"), nil)
	require.NoError(t, err)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for n, k := range []*keyring.Keyring{one, other, other} {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				_, err := k.Open(ctx, "p1", box, nil)
				_, made := k.Ensure(ctx, fmt.Sprint(n, "-", i))
				if err := errors.Join(err, made); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 5 {
		_, err := one.Rotate(ctx)
		require.NoError(t, err)
		_, err = other.Rotate(ctx)
		require.NoError(t, err)
	}
	close(stop)
	group.Wait()
	// Each has seen the other's newest epoch by now, or it is seen at once.
	require.Eventually(t, func() bool { return one.Current() == other.Current() }, time.Minute, 10*time.Millisecond)
	before := one.Current().Epoch
	for _, k := range []*keyring.Keyring{one, other} {
		group.Go(func() {
			if _, err := k.Rotate(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	require.Eventually(t, func() bool { return one.Current() == other.Current() }, time.Minute, 10*time.Millisecond)
	require.LessOrEqual(t, one.Current().Epoch, before+2)
	plain, err := other.Open(ctx, "p1", box, nil)
	require.NoError(t, err)
	require.Equal(t, "word", string(plain))
}

// An instance whose folder of KEKs is another one says what it lacks.
func TestFoldersOfKEKsThatDiffer(t *testing.T) {
	several(t)
	dir, folder := t.TempDir(), filepath.Join(t.TempDir(), "kek")
	one := open(t, dir, keyring.Options{})
	_, err := one.Ensure(ctx, "p1")
	require.NoError(t, err)
	_, err = try(t, dir, keyring.Options{KEKDir: folder})
	require.ErrorContains(t, err, "kek-1.key, and it is not there")
	bring := func(name string) {
		raw, err := os.ReadFile(filepath.Join(dir, "kek", name))
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(folder, 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), raw, 0o600))
	}
	bring("kek-1.key")
	other := open(t, dir, keyring.Options{KEKDir: folder})
	_, err = other.Ensure(ctx, "p1")
	require.NoError(t, err)
	_, err = one.Rotate(ctx)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		_, err := other.Ensure(ctx, "p1")
		return err != nil
	}, time.Minute, 10*time.Millisecond)
	_, err = other.Ensure(ctx, "p1")
	require.ErrorContains(t, err, "kek-2.key, and it is not there")
	bring("kek-2.key")
	_, err = other.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.Equal(t, int64(2), other.Current().Epoch)
}

// A table that stands before what an instance saw is not trusted by it again.
func TestATableThatWentBackIsRefused(t *testing.T) {
	several(t)
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	for _, owner := range []string{"p1", "p2"} {
		_, err := k.Ensure(ctx, owner)
		require.NoError(t, err)
	}
	wrapped := wrappedOf(t, dir, "p1")
	require.NoError(t, k.Destroy(ctx, "p1"))
	edit(t, dir, "", fmt.Sprintf(`UPDATE keys SET destroyed = NULL, wrapped = '\x%x' WHERE owner = 'p1'`, wrapped))
	require.Eventually(t, func() bool {
		_, err := k.Ensure(ctx, "p2")
		return err != nil
	}, time.Minute, 10*time.Millisecond)
	for _, owner := range []string{"p1", "p2"} {
		_, err := k.Ensure(ctx, owner)
		require.ErrorContains(t, err, "start again")
	}
	again := open(t, dir, keyring.Options{})
	require.Equal(t, []string{"p1"}, again.Returned())
	_, err := again.Ensure(ctx, "p1")
	require.ErrorIs(t, err, domain.ErrErased)
	_, err = again.Ensure(ctx, "p2")
	require.NoError(t, err)
}

// Connections that the server ends at any moment lose nothing that was answered.
func TestConnectionsAreEndedAtRandom(t *testing.T) {
	several(t)
	dir := t.TempDir()
	one, other := open(t, dir, keyring.Options{}), open(t, dir, keyring.Options{})
	stop := make(chan struct{})
	var group sync.WaitGroup
	var mu sync.Mutex
	boxes, destroyed, rotated := map[string][]byte{}, map[string]bool{}, 0
	each := func(work func(i int)) {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					work(i)
				}
			}
		})
	}
	for n, k := range []*keyring.Keyring{one, other} {
		each(func(i int) {
			owner := fmt.Sprint(n, "-", i)
			if _, err := k.Ensure(ctx, owner); err != nil {
				return
			}
			box, err := k.Seal(ctx, owner, [12]byte{}, []byte(owner), nil)
			if err == nil {
				mu.Lock()
				boxes[owner] = box
				mu.Unlock()
			}
		})
		each(func(int) {
			if _, err := k.Rotate(ctx); err == nil {
				mu.Lock()
				rotated++
				mu.Unlock()
			}
			time.Sleep(20 * time.Millisecond)
		})
		each(func(i int) {
			owner := fmt.Sprint("gone-", n, "-", i)
			_, _ = k.Ensure(ctx, owner)
			if k.Destroy(ctx, owner) == nil {
				mu.Lock()
				destroyed[owner] = true
				mu.Unlock()
			}
		})
	}
	for range 40 {
		time.Sleep(150 * time.Millisecond)
		postgres.Rows(t, os.Getenv("POSTGRES_URL"), "SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity WHERE datname = '"+postgres.Name(dir)+"' AND random() < 0.7")
	}
	close(stop)
	group.Wait()
	require.NotEmpty(t, boxes)
	require.NotEmpty(t, destroyed)
	require.Positive(t, rotated)
	t.Logf("%d keys, %d destroyed, %d rewritings", len(boxes), len(destroyed), rotated)
	last := open(t, dir, keyring.Options{})
	for _, owner := range last.Returned() { // one that was begun and not answered
		require.False(t, destroyed[owner], owner)
	}
	for owner, box := range boxes {
		plain, err := last.Open(ctx, owner, box, nil)
		require.NoError(t, err)
		require.Equal(t, owner, string(plain))
	}
	for owner := range destroyed {
		_, err := last.Ensure(ctx, owner)
		require.ErrorIs(t, err, domain.ErrErased)
	}
}

// The application's role makes no tables and brings no row away; what it writes is
// on the disk whatever the server is set to.
func TestTheApplicationsRole(t *testing.T) {
	several(t)
	dir := t.TempDir()
	owner, role := postgres.Database(t, dir), postgres.RoleOf(t, dir)
	_, err := keyring.Open(dir, keyring.Options{Database: role})
	require.ErrorContains(t, err, "42501", "it makes no tables")
	postgres.Exec(t, owner, "ALTER DATABASE "+postgres.Name(dir)+" SET synchronous_commit = off")
	k, err := keyring.Open(dir, keyring.Options{Database: role, Owner: owner})
	require.NoError(t, err)
	require.NoError(t, k.Close())
	postgres.Exec(t, owner, `CREATE TABLE ayumi_keys.seen (setting TEXT); GRANT INSERT ON ayumi_keys.seen TO PUBLIC;
		CREATE FUNCTION ayumi_keys.note() RETURNS trigger AS $$ BEGIN INSERT INTO ayumi_keys.seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$ LANGUAGE plpgsql;
		CREATE TRIGGER note AFTER INSERT OR UPDATE ON ayumi_keys.keys EXECUTE FUNCTION ayumi_keys.note();
		CREATE TRIGGER note AFTER INSERT OR UPDATE ON ayumi_keys.epochs EXECUTE FUNCTION ayumi_keys.note()`)
	k, err = keyring.Open(dir, keyring.Options{Database: role}) // without the owner, once there are tables
	require.NoError(t, err)
	defer func() { require.NoError(t, k.Close()) }()
	_, err = k.Ensure(ctx, "p1")
	require.NoError(t, err)
	_, err = k.Rotate(ctx)
	require.NoError(t, err)
	require.NoError(t, k.KeepMark(ctx, keyring.Mark{Position: 7, Event: "e"}))
	mark, err := k.Mark(ctx)
	require.NoError(t, err)
	require.Equal(t, keyring.Mark{Position: 7, Event: "e"}, mark)
	require.NoError(t, k.Destroy(ctx, "p1"))
	require.Equal(t, []string{"on"}, postgres.Rows(t, owner, "SELECT DISTINCT setting FROM ayumi_keys.seen"))
	for _, statement := range []string{"CREATE TABLE ayumi_keys.more (a BIGINT)", "DROP TABLE ayumi_keys.keys", "ALTER TABLE ayumi_keys.keys ADD COLUMN a BIGINT",
		"CREATE SCHEMA more", "TRUNCATE ayumi_keys.keys", "DELETE FROM ayumi_keys.keys", "DELETE FROM ayumi_keys.epochs", "UPDATE ayumi_keys.epochs SET epoch = 9"} {
		require.ErrorContains(t, postgres.Fault(t, role, statement), "42501", statement)
	}
	_, err = keyring.Open(dir, keyring.Options{Database: "postgres://nobody:secret-word@127.0.0.1:1/none"})
	require.ErrorIs(t, err, domain.ErrStoreAway)
	require.NotContains(t, err.Error(), "secret-word")
	weak, err := k.Weak(ctx)
	require.NoError(t, err)
	require.Equal(t, postgres.Rows(t, owner, "SELECT name FROM pg_settings WHERE name = 'fsync' AND setting = 'off'"), weak)
}

// Two logs do not share a key table by mistake.
func TestKeysOfAnotherLogAreRefused(t *testing.T) {
	several(t)
	dir := t.TempDir()
	require.NoError(t, open(t, dir, keyring.Options{Log: "it's one"}).Close())
	_, err := try(t, dir, keyring.Options{Log: "other"})
	require.ErrorContains(t, err, "the key table belongs to log it's one, not to other")
	open(t, dir, keyring.Options{Log: "it's one"})
}

// KEKs are not moved while an instance has the table open.
func TestKEKsAreNotMovedUnderAnInstance(t *testing.T) {
	several(t)
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "kek")
	o := at(t, dir, keyring.Options{})
	k, err := keyring.Open(dir, o)
	require.NoError(t, err)
	require.ErrorIs(t, keyring.Move(ctx, filepath.Join(dir, "kek"), to, o.Database), keyring.ErrOpen)
	require.NoError(t, k.Close())
	require.NoError(t, keyring.Move(ctx, filepath.Join(dir, "kek"), to, o.Database))
	open(t, dir, keyring.Options{KEKDir: to})
}
