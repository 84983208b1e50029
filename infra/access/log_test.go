package access_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/tests/flow"
)

func openLog(t *testing.T, path string) *access.Log {
	t.Helper()
	log, err := access.OpenLog(path, access.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	return log
}

// fill writes n entries of two years.
func fill(t *testing.T, log *access.Log, n int) []access.Entry {
	t.Helper()
	r := rand.New(rand.NewPCG(3, uint64(n)))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	var out []access.Entry
	for i := range n {
		e := access.Entry{At: flow.At("2019-06-01", 9).AddDate(0, 0, i*730/n), Account: pick("co1", "co2", "ld1"), Controller: pick("31", "33", ""),
			Act: pick(viewing.View, viewing.List, viewing.Search), Rows: i, Query: pick("", "髙橋", "因幡 試美")}
		for range r.IntN(3) {
			if p := pick("p1", "p2", "p3"); !slices.Contains(e.People, p) {
				e.People = append(e.People, p)
			}
		}
		if e.Act == viewing.View {
			e.Subject = pick("p1", "p4")
		}
		require.NoError(t, log.Record(t.Context(), e))
		e.No = uint64(i + 1)
		out = append(out, e)
	}
	return out
}

func TestTheLogAnswersWhatAScanWouldFind(t *testing.T) {
	onEach(t, testTheLogAnswersWhatAScanWouldFind)
}

func testTheLogAnswersWhatAScanWouldFind(t *testing.T, at place) {
	log := at.open(t)
	all := fill(t, log, 120)
	require.NoError(t, log.Check(t.Context()))
	for _, f := range []viewing.Filter{
		{}, {Limit: 7}, {Subjects: []string{"p1"}}, {Subjects: []string{"p1", "p4"}, Account: "co1"}, {Act: viewing.Search, Query: "高橋"},
		{Query: "因幡試美"}, {From: japan.On(2019, 9, 1), To: japan.On(2020, 3, 31)}, {Controller: "33", Before: 60, Limit: 5}, {Subjects: []string{"nobody"}},
	} {
		want := []uint64{}
		for i := len(all) - 1; i >= 0; i-- {
			e := all[i]
			about := len(f.Subjects) == 0 || slices.ContainsFunc(f.Subjects, func(s string) bool { return slices.Contains(e.Subjects(), s) })
			fits := about && (f.Account == "" || f.Account == e.Account) && (f.Controller == "" || e.Controller == "" || f.Controller == e.Controller) && (f.Act == "" || f.Act == e.Act) &&
				(f.Query == "" || japan.SearchKey(f.Query) == japan.SearchKey(e.Query)) && (f.From == 0 || e.On() >= f.From) && (f.To == 0 || e.On() <= f.To) &&
				(f.Before == 0 || e.No < f.Before)
			if fits && (f.Limit == 0 || len(want) < f.Limit) && len(want) < 100 {
				want = append(want, e.No)
			}
		}
		found, err := log.Find(t.Context(), f)
		require.NoError(t, err)
		got := []uint64{}
		for _, e := range found {
			got = append(got, e.No)
		}
		require.Equal(t, want, got, "%+v", f)
	}
}

func TestTheTreeIsThatOfRFC6962(t *testing.T) { onEach(t, testTheTreeIsThatOfRFC6962) }

func testTheTreeIsThatOfRFC6962(t *testing.T, at place) {
	log := at.open(t)
	require.Equal(t, uint64(0), log.Head().Size)
	var stored []tlog.Hash
	db := at.raw(t)
	for i := range 40 {
		require.NoError(t, log.Record(t.Context(), access.Entry{At: flow.At("2019-06-01", 9), Account: fmt.Sprint(i), Act: viewing.View}))
		var leaf []byte
		require.NoError(t, db.QueryRow(`select hash from hash where i = $1`, tlog.StoredHashIndex(0, int64(i))).Scan(&leaf))
		hashes, err := tlog.StoredHashesForRecordHash(int64(i), tlog.Hash(leaf), tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, _ error) {
			for _, i := range at {
				out = append(out, stored[i])
			}
			return out, nil
		}))
		require.NoError(t, err)
		stored = append(stored, hashes...)
		root, err := tlog.TreeHash(int64(i+1), tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, _ error) {
			for _, i := range at {
				out = append(out, stored[i])
			}
			return out, nil
		}))
		require.NoError(t, err)
		require.Equal(t, [32]byte(root), log.Head().Root)
	}
	head := log.Head()
	require.NoError(t, log.Close())
	again := at.open(t)
	require.Equal(t, head, again.Head())
	require.NoError(t, again.Check(t.Context()))
}

func TestTheFileRefusesChanges(t *testing.T) { onEach(t, testTheFileRefusesChanges) }

func testTheFileRefusesChanges(t *testing.T, at place) {
	log := at.open(t)
	fill(t, log, 5)
	db := at.raw(t)
	for _, change := range []string{`update line set act = 'view'`, `delete from line where no = 2`, `update about set subject = 'x'`, `delete from about`,
		`update hash set hash = zeroblob(32)`, `delete from hash where i = 0`} {
		_, err := db.Exec(at.words(change))
		require.ErrorContains(t, err, "append-only", change)
	}
	require.NoError(t, log.Check(t.Context()))
}

// Who goes around the rules of the file is found out, with the line.
func TestEveryTamperingIsNamed(t *testing.T) { onEach(t, testEveryTamperingIsNamed) }

func testEveryTamperingIsNamed(t *testing.T, at place) {
	for statement, want := range map[string]string{
		`update line set facts = cast(replace(cast(facts as text), '"rows":6', '"rows":5') as blob) where no = 7`: "line 7 was changed",
		`update line set salt = zeroblob(32) where no = 3`:                                                        "line 3 was changed",
		`update line set account = 'co9' where no = 4`:                                                            "line 4 is listed otherwise",
		`update line set day = day + 1 where no = 4`:                                                              "line 4 is listed otherwise",
		`update line set query = 'x' where no = 11`:                                                               "line 11 is listed otherwise",
		`delete from line where no = 9`:                                                                           "line 9 is missing",
		`delete from line where no <= 3`:                                                                          "line 1 is missing",
		`insert into gone(upto) values(3); delete from about where no <= 3; delete from line where no <= 3`:       "line 1 is missing",
		`delete from line where no = 30`:                                                                          "line 30 is missing",
		`delete from about where no = 12`:                                                                         "line 12 is not listed",
		`insert into about(subject, no) values('zz', 12)`:                                                         "are not about",
		`insert into line select 31, day, account, controller, act, query, facts, salt from line where no = 30`:   "line 31 is in no tree",
		`delete from hash where i = (select max(i) from hash)`:                                                    "no tree",
		`update hash set hash = zeroblob(32) where i = 2`:                                                         "over lines 1 to 2",
		`update hash set hash = zeroblob(32) where i = 0`:                                                         "line 1 was changed",
		`update line set (facts, salt, account, act, day, query, controller) = (select facts, salt, account, act, day, query, controller from line l where l.no = 6) where no = 5`: "line 5 was changed",
	} {
		t.Run(want, func(t *testing.T) {
			at := at.fresh(t)
			log := at.open(t)
			for i := range 30 {
				require.NoError(t, log.Record(t.Context(), access.Entry{At: flow.At("2019-06-01", 9), Account: "co1", Act: viewing.View, Rows: i, Subject: fmt.Sprint("p", i), People: []string{"p1"}}))
			}
			require.NoError(t, log.Check(t.Context()))
			change(t, at, statement)
			require.ErrorContains(t, log.Check(t.Context()), want)
		})
	}
}

func TestWhatIsPastItsRetentionGoesAndTheTreeStays(t *testing.T) {
	onEach(t, testWhatIsPastItsRetentionGoesAndTheTreeStays)
}

func testWhatIsPastItsRetentionGoesAndTheTreeStays(t *testing.T, at place) {
	log := at.open(t)
	all := fill(t, log, 100)
	before := japan.On(2020, 6, 1)
	n, err := log.Prune(t.Context(), before, flow.At("2021-06-01", 3))
	require.NoError(t, err)
	old := slices.IndexFunc(all, func(e access.Entry) bool { return e.On() >= before })
	require.Equal(t, old, n)
	require.Positive(t, n)
	found, err := log.Find(t.Context(), viewing.Filter{Limit: 1000})
	require.NoError(t, err)
	require.Len(t, found, 100-n+1)
	require.Equal(t, viewing.Prune, found[0].Act)
	require.Equal(t, n, found[0].Rows)
	require.Equal(t, uint64(101), log.Head().Size)
	require.Equal(t, uint64(n), log.Head().Gone)
	require.Equal(t, all[old].On(), log.Head().Oldest)
	require.NoError(t, log.Check(t.Context()))
	n, err = log.Prune(t.Context(), before, flow.At("2021-06-02", 3))
	require.NoError(t, err)
	require.Zero(t, n, "and says nothing where nothing goes")
	require.Equal(t, uint64(101), log.Head().Size)
}

func TestWordsSearchedForAreKeptAsADigestOnly(t *testing.T) {
	dir := t.TempDir()
	log := openLog(t, filepath.Join(dir, "access.db"))
	require.NoError(t, log.Record(t.Context(), access.Entry{At: flow.At("2019-06-01", 9), Act: viewing.Search, Query: "因幡試美", From: "192.0.2.77"}))
	found, err := log.Find(t.Context(), viewing.Filter{Query: "因幡 試美"})
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Len(t, found[0].Query, 32)
	other := openLog(t, filepath.Join(t.TempDir(), "access.db"))
	require.NoError(t, other.Record(t.Context(), access.Entry{At: flow.At("2019-06-01", 9), Act: viewing.Search, Query: "因幡試美"}))
	list, err := other.Find(t.Context(), viewing.Filter{})
	require.NoError(t, err)
	require.NotEqual(t, found[0].Query, list[0].Query, "each log has a secret of its own")
	require.NoError(t, log.Close())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		for _, planted := range []string{"因幡", "試美", "192.0.2.77"} {
			require.NotContains(t, string(content), planted, f.Name())
		}
		info, err := f.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, f.Name())
	}
}

func TestManyWritersShareOneTree(t *testing.T) { onEach(t, testManyWritersShareOneTree) }

func testManyWritersShareOneTree(t *testing.T, at place) {
	log := at.open(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := range 20 {
				if err := log.Record(context.Background(), access.Entry{At: time.Unix(int64(j), 0), Account: fmt.Sprint(i), Act: viewing.View}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	all.Wait()
	require.Equal(t, uint64(400), log.Head().Size)
	require.NoError(t, log.Check(t.Context()))
}

func TestAClosedLogRefuses(t *testing.T) {
	log := openLog(t, filepath.Join(t.TempDir(), "access.db"))
	require.NoError(t, log.Close())
	require.ErrorIs(t, log.Record(t.Context(), access.Entry{}), access.ErrClosed)
	_, err := access.OpenLog(filepath.Join(t.TempDir(), "no", "access.db"), access.Options{})
	require.True(t, errors.Is(err, os.ErrNotExist))
}
