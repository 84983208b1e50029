package importing_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/importing"
	store "ayumi/infra/importing"
	"ayumi/infra/keyring"
	"ayumi/infra/sqldb"
	"ayumi/tests/given"
	"ayumi/tests/postgres"
)

var (
	ctx       = context.Background()
	mine, his = given.ID("account"), given.ID("other")
	tables    = []importing.Table{{Name: "相談", Rows: [][]string{{"氏名", "電話"}, {"髙橋 例子", "090-0000-0001"}}}}
)

// onEach tries a test with ledgers in folders and in PostgreSQL. again opens the store
// as another instance does; lying is everything that is kept.
func onEach(t *testing.T, test func(t *testing.T, keys *keyring.Keyring, again func() *store.Store, lying func() string)) {
	for _, engine := range []string{"folder", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			dir := t.TempDir()
			var base postgres.Base
			if engine == "postgres" {
				base = postgres.Open(t)
			}
			keys, err := keyring.Open(t.TempDir(), keyring.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, keys.Close()) })
			again := func() *store.Store {
				if engine == "folder" {
					s, err := store.Open(dir, keys, "log")
					require.NoError(t, err)
					return s
				}
				db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "files", Tables: store.Tables, Of: "log"})
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, db.Close()) })
				return store.OpenTables(db, keys, "log")
			}
			test(t, keys, again, func() string {
				if engine == "postgres" {
					return strings.Join(postgres.Rows(t, base.Owner, "SELECT encode(box, 'escape') FROM files.kept"), "\n")
				}
				var all strings.Builder
				require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
					if err != nil || d.IsDir() {
						return err
					}
					raw, err := os.ReadFile(path)
					all.Write(raw)
					return err
				}))
				return all.String()
			})
		})
	}
}

func draft(account, id string, at time.Time) *importing.Draft {
	return &importing.Draft{ID: given.ID(id), Account: account, File: "台帳.xlsx", Begun: at, State: importing.Open}
}

func TestALedgerIsKeptSealedForItsAccountAlone(t *testing.T) {
	onEach(t, func(t *testing.T, keys *keyring.Keyring, again func() *store.Store, lying func() string) {
		s, at := again(), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		none, err := s.List(ctx, mine)
		require.NoError(t, err)
		require.Empty(t, none)
		first, second := draft(mine, "1", at), draft(mine, "2", at.Add(time.Hour))
		require.NoError(t, s.Begin(ctx, first, tables))
		require.NoError(t, s.Begin(ctx, second, tables))
		first.Revision = 3
		require.NoError(t, s.Save(ctx, first))

		s = again()
		list, err := s.List(ctx, mine)
		require.NoError(t, err)
		require.Equal(t, []*importing.Draft{second, first}, list, "the newest first")
		got, err := s.Tables(ctx, mine, first.ID)
		require.NoError(t, err)
		require.Equal(t, tables, got)
		require.NotEmpty(t, lying())
		for _, planted := range []string{"髙橋", "台帳"} {
			require.NotContains(t, lying(), planted)
		}
		for _, try := range [][2]string{{his, first.ID}, {mine, given.ID("x")}, {mine, "../" + first.ID}, {"..", first.ID}, {"", ""}} {
			_, err := s.Load(ctx, try[0], try[1])
			require.ErrorIs(t, err, store.ErrMissing, try)
			_, err = s.Tables(ctx, try[0], try[1])
			require.ErrorIs(t, err, store.ErrMissing, try)
		}
		require.NoError(t, s.Remove(ctx, his, first.ID))
		require.NoError(t, s.Remove(ctx, mine, first.ID))
		require.NoError(t, s.Remove(ctx, mine, first.ID), "twice is once")
		_, err = s.Load(ctx, mine, first.ID)
		require.ErrorIs(t, err, store.ErrMissing)
		_, err = s.Tables(ctx, mine, first.ID)
		require.ErrorIs(t, err, store.ErrMissing)
		_, err = s.Load(ctx, mine, second.ID)
		require.NoError(t, err)

		require.NoError(t, keys.Destroy(ctx, mine))
		_, err = s.Load(ctx, mine, second.ID)
		require.ErrorIs(t, err, domain.ErrErased)
		require.ErrorIs(t, s.Save(ctx, second), domain.ErrErased)
	})
}

func TestHowLedgersAreReadIsRemembered(t *testing.T) {
	onEach(t, func(t *testing.T, _ *keyring.Keyring, again func() *store.Store, _ func() string) {
		s := again()
		_, found, err := s.Recall(ctx, mine, "a")
		require.NoError(t, err)
		require.False(t, found)
		for _, desk := range []string{"D-TKY", "D-OSA"} {
			require.NoError(t, s.Remember(ctx, mine, "a", store.Memory{Said: importing.Said{Desk: desk}}))
		}
		for i := range 49 {
			require.NoError(t, s.Remember(ctx, mine, given.ID(string(rune('A'+i))), store.Memory{}))
		}
		s = again()
		m, found, err := s.Recall(ctx, mine, "a")
		require.NoError(t, err)
		require.True(t, found)
		require.Equal(t, "D-OSA", m.Said.Desk, "the last one counts")
		_, found, err = s.Recall(ctx, his, "a")
		require.NoError(t, err)
		require.False(t, found)
		require.NoError(t, s.Remember(ctx, mine, "one more", store.Memory{}))
		_, found, err = s.Recall(ctx, mine, "a")
		require.NoError(t, err)
		require.False(t, found, "the oldest of fifty is forgotten")
	})
}

// Ledgers of a folder go into the tables when these are opened over it; what the tables
// hold already is newer.
func TestLedgersOfAFolderAreTakenOver(t *testing.T) {
	base := postgres.Open(t)
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	defer keys.Close()
	dir := t.TempDir()
	old, err := store.Open(dir, keys, "log")
	require.NoError(t, err)
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	one, two := draft(mine, "1", at), draft(his, "2", at)
	for _, d := range []*importing.Draft{one, two} {
		require.NoError(t, old.Begin(ctx, d, tables))
	}
	require.NoError(t, old.Remember(ctx, mine, "a", store.Memory{Said: importing.Said{Desk: "D-TKY"}}))
	db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "files", Tables: store.Tables, Of: "log"})
	require.NoError(t, err)
	defer db.Close()
	s := store.OpenTables(db, keys, "log")
	newer := *two
	newer.Revision = 4
	require.NoError(t, s.Save(ctx, &newer))
	n, err := s.TakeOver(ctx, dir)
	require.NoError(t, err)
	require.Equal(t, 5, n)
	got, err := s.Load(ctx, mine, one.ID)
	require.NoError(t, err)
	require.Equal(t, one, got)
	kept, err := s.Tables(ctx, mine, one.ID)
	require.NoError(t, err)
	require.Equal(t, tables, kept)
	got, err = s.Load(ctx, his, two.ID)
	require.NoError(t, err)
	require.Equal(t, 4, got.Revision)
	_, found, err := s.Recall(ctx, mine, "a")
	require.NoError(t, err)
	require.True(t, found)
	list, err := old.List(ctx, mine)
	require.NoError(t, err)
	require.Empty(t, list)
	n, err = s.TakeOver(ctx, dir)
	require.NoError(t, err)
	require.Zero(t, n)
}
