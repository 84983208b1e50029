package drafts_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/drafts"
	"ayumi/infra/keyring"
	"ayumi/tests/given"
	"ayumi/tests/postgres"
)

var (
	ctx   = context.Background()
	mine  = drafts.Place{Account: given.ID("account"), Person: given.ID("person"), Form: "entry", ID: given.ID("draft")}
	typed = []byte("memo=髙橋 例子さんは3月に引っ越したい")
)

type desk struct {
	*drafts.Store
	keys *keyring.Keyring
	path string
	now  time.Time
	base postgres.Base
}

// opener opens an empty place for drafts.
type opener func(t *testing.T) *desk

// onEach tries a test in every engine.
func onEach(t *testing.T, test func(*testing.T, opener)) {
	t.Run("sqlite", func(t *testing.T) { test(t, inFile) })
	t.Run("postgres", func(t *testing.T) {
		test(t, func(t *testing.T) *desk {
			one, _ := instances(t)
			return one
		})
	})
}

func begun(t *testing.T) *desk {
	t.Helper()
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	return &desk{keys: keys, now: time.Date(2020, 2, 8, 14, 20, 0, 0, time.UTC)}
}

func inFile(t *testing.T) *desk {
	t.Helper()
	d := begun(t)
	d.path = filepath.Join(t.TempDir(), "drafts.db")
	var err error
	d.Store, err = drafts.Open(d.path, d.keys, "log", func() time.Time { return d.now })
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

// newest is the text of the newest draft of a place, "" if there is none.
func (d *desk) newest(t *testing.T, p drafts.Place) string {
	t.Helper()
	got, ok, err := d.Newest(ctx, p)
	require.NoError(t, err)
	require.Equal(t, ok, len(got.Text) > 0)
	return string(got.Text)
}

func TestADraftComesBackAndLiesEncrypted(t *testing.T) {
	d := inFile(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", []byte("half")))
	began := d.now
	d.now = d.now.Add(5 * time.Second)
	require.NoError(t, d.Keep(ctx, mine, "c1", typed))
	got, ok, err := d.Newest(ctx, drafts.Place{Account: mine.Account, Person: mine.Person, Form: mine.Form})
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, drafts.Draft{Place: mine, Text: typed, Begun: time.Unix(began.Unix(), 0), Kept: time.Unix(d.now.Unix(), 0)}, got)
	for _, name := range []string{d.path, d.path + "-wal"} {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, part := range []string{"髙橋", "memo=", "half"} {
			require.False(t, bytes.Contains(raw, []byte(part)), "%s in %s", part, name)
		}
	}
	info, err := os.Stat(d.path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestOnlyTheWriterFindsIt(t *testing.T) { onEach(t, testOnlyTheWriterFindsIt) }

func testOnlyTheWriterFindsIt(t *testing.T, open opener) {
	d := open(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", typed))
	for name, p := range map[string]drafts.Place{
		"another account": {Account: given.ID("other"), Person: mine.Person, Form: mine.Form},
		"another person":  {Account: mine.Account, Person: given.ID("other"), Form: mine.Form},
		"another form":    {Account: mine.Account, Person: mine.Person, Form: "intake"},
	} {
		require.Empty(t, d.newest(t, p), name)
	}
}

func TestItIsGoneWithEitherKey(t *testing.T) { onEach(t, testItIsGoneWithEitherKey) }

func testItIsGoneWithEitherKey(t *testing.T, open opener) {
	for _, owner := range []string{mine.Account, mine.Person} {
		d := open(t)
		require.NoError(t, d.Keep(ctx, mine, "c1", typed))
		require.NoError(t, d.keys.Destroy(ctx, owner))
		_, _, err := d.Newest(ctx, mine)
		require.ErrorIs(t, err, domain.ErrErased)
		require.ErrorIs(t, d.Keep(ctx, mine, "c1", typed), domain.ErrErased)
	}
}

// A box that was put in another place does not open.
func TestABoxBelongsToItsPlace(t *testing.T) { onEach(t, testABoxBelongsToItsPlace) }

func testABoxBelongsToItsPlace(t *testing.T, open opener) {
	d := open(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", typed))
	other := mine
	other.ID = given.ID("another draft")
	d.now = d.now.Add(time.Second)
	require.NoError(t, d.Keep(ctx, other, "c2", []byte("another text")))
	require.NoError(t, d.Move(mine.ID, other.ID))
	_, _, err := d.Newest(ctx, mine)
	require.Error(t, err)
	require.NotErrorIs(t, err, domain.ErrErased)
	require.NotContains(t, err.Error(), "髙橋")
}

func TestWhatIsDoneDoesNotComeBack(t *testing.T) { onEach(t, testWhatIsDoneDoesNotComeBack) }

func testWhatIsDoneDoesNotComeBack(t *testing.T, open opener) {
	d := open(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", typed))
	require.NoError(t, d.Done(ctx, mine, "c1"))
	require.Empty(t, d.newest(t, mine))
	require.ErrorIs(t, d.Keep(ctx, mine, "c1", typed), drafts.ErrDone, "it was under way")
	require.ErrorIs(t, d.Keep(ctx, mine, "c2", typed), drafts.ErrTaken, "another page goes on")
	require.NoError(t, d.Done(ctx, mine, "c2"), "twice")
	require.ErrorIs(t, d.Keep(ctx, mine, "c1", typed), drafts.ErrDone, "the first that ended it")
	require.NoError(t, d.Remove(ctx, mine))
	require.Empty(t, d.newest(t, mine))

	early := mine
	early.ID = given.ID("recorded before it was kept")
	require.NoError(t, d.Done(ctx, early, "c3"))
	require.ErrorIs(t, d.Keep(ctx, early, "c3", typed), drafts.ErrDone)
}

func TestTwoPagesAreTwoDrafts(t *testing.T) { onEach(t, testTwoPagesAreTwoDrafts) }

func testTwoPagesAreTwoDrafts(t *testing.T, open opener) {
	d := open(t)
	other := mine
	other.ID = given.ID("second page")
	require.NoError(t, d.Keep(ctx, mine, "c1", []byte("one")))
	d.now = d.now.Add(time.Second)
	require.NoError(t, d.Keep(ctx, other, "c2", []byte("two")))
	require.Equal(t, "two", d.newest(t, mine))
	require.NoError(t, d.Done(ctx, other, "c2"))
	require.Equal(t, "one", d.newest(t, mine), "the other is not lost")
	require.NoError(t, d.Remove(ctx, mine))
	require.Empty(t, d.newest(t, mine))
	require.NoError(t, d.Keep(ctx, mine, "c1", []byte("typed again")))
	require.Equal(t, "typed again", d.newest(t, mine))
}

func TestNobodyGoesOnForLong(t *testing.T) { onEach(t, testNobodyGoesOnForLong) }

func testNobodyGoesOnForLong(t *testing.T, open opener) {
	d := open(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", typed))
	d.now = d.now.Add(drafts.Kept)
	require.Equal(t, string(typed), d.newest(t, mine))
	d.now = d.now.Add(time.Second)
	require.Empty(t, d.newest(t, mine), "too old to be shown")
	other := mine
	other.Person = given.ID("somebody else")
	require.NoError(t, d.Keep(ctx, other, "c2", typed))
	n, err := d.Count()
	require.NoError(t, err)
	require.Equal(t, 1, n, "and taken away")
	require.NoError(t, d.Forget(ctx, other.Person))
	n, err = d.Count()
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestADraftHasItsSize(t *testing.T) { onEach(t, testADraftHasItsSize) }

func testADraftHasItsSize(t *testing.T, open opener) {
	d := open(t)
	require.NoError(t, d.Keep(ctx, mine, "c1", []byte(strings.Repeat("x", drafts.Most))))
	require.ErrorIs(t, d.Keep(ctx, mine, "c1", []byte(strings.Repeat("x", drafts.Most+1))), drafts.ErrTooLarge)
}
