package app

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/viewing"
	"ayumi/infra/drafts"
	"ayumi/infra/line"
	"ayumi/infra/sqldb"
	"ayumi/tests/linestub"
	"ayumi/tests/postgres"
)

// An office of one machine goes over to tables that several share, with all it has:
// whoever was signed in still is, what was typed is there, the access log goes on.
func TestADeskIsCarriedToADatabase(t *testing.T) {
	base := postgres.Open(t)
	h := build(t)
	a := h.open()
	require.NoError(t, a.SignIn.SetPassword(ctx, "co1", h.co, "correct horse battery"))
	require.NoError(t, a.SignIn.Commit("token", []byte("session"), h.clock.at.Add(time.Hour)))
	place := drafts.Place{Account: h.co, Person: h.person, Form: "entry", ID: "6b1e8bd5-7a0a-4a54-92d1-3e2d6f0f9a11"}
	require.NoError(t, a.Drafts.Keep(ctx, place, "c1", []byte("memo=half")))
	require.NotEmpty(t, h.opened(a))
	require.NoError(t, a.Look(ctx, viewing.Entry{Act: viewing.Search, Query: "髙橋", From: "192.0.2.1"}))
	book, err := a.openBook(ctx, true)
	require.NoError(t, err)
	events, _, err := line.Read([]byte(linestub.Webhook(linestub.Text(1, 1, h.clock.at, "相談したい"))))
	require.NoError(t, err)
	_, fresh, err := book.Take(ctx, events[0])
	require.NoError(t, err)
	require.True(t, fresh)
	require.NoError(t, book.Close())
	old := a.Access.Head()
	require.NoError(t, a.Close())

	c := h.config()
	_, err = Share(ctx, c)
	require.ErrorIs(t, err, ErrNoAccess)
	c.Access, c.AccessOwner = base.App, base.Owner
	_, err = Open(ctx, c)
	require.ErrorIs(t, err, ErrNotShared, "nothing begins anew by an oversight")
	carried, err := Share(ctx, c)
	require.NoError(t, err)
	require.Len(t, carried, 4)
	for _, f := range carried {
		require.Positive(t, f.Rows, f.Schema)
	}
	_, err = Open(ctx, h.config())
	require.ErrorIs(t, err, ErrShared)
	require.ErrorIs(t, EndSessions(ctx, h.config(), "co1"), ErrShared)
	_, err = Share(ctx, c)
	require.ErrorIs(t, err, sqldb.ErrOccupied)

	c.AccessOwner = base.Owner // of the tables that were not carried
	a, err = Open(ctx, c)
	require.NoError(t, err)
	defer a.Close()
	require.NoError(t, a.Access.Check(ctx))
	require.NoError(t, a.Access.Agrees(ctx, tlog.Tree{N: int64(old.Size), Hash: old.Root}), "it goes on from where it was")
	found, err := a.Access.Find(ctx, viewing.Filter{Query: "高橋"})
	require.NoError(t, err)
	require.Len(t, found, 1, "under the same secret")
	account, _, err := a.SignIn.SignIn(ctx, "co1", "correct horse battery", "a")
	require.NoError(t, err)
	require.Equal(t, h.co, account)
	_, held, err := a.SignIn.Find("token")
	require.NoError(t, err)
	require.True(t, held)
	d, held, err := a.Drafts.Newest(ctx, place)
	require.NoError(t, err)
	require.True(t, held)
	require.Equal(t, "memo=half", string(d.Text))
	require.NotNil(t, a.Line, "there was an account once")
	waiting, err := a.Line.book.Waiting(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	require.NoError(t, a.Ready(ctx, 30*time.Second))
	require.NotEmpty(t, h.opened(a))
	require.Greater(t, a.Access.Head().Size, old.Size)
	require.NoError(t, a.SignIn.EndSessions(ctx, h.co))
	require.NoError(t, a.Close())
	password, err := FirstPassword(ctx, c, "co1", "")
	require.NoError(t, err, "the command line finds the tables")
	require.NotEmpty(t, password)

	// What stays behind in files grows old: it is no backup.
	_, err = Backup(ctx, h.config(), BackupTo{})
	require.ErrorIs(t, err, ErrInServers)

	// On another machine: no file but the secrets.
	require.NoError(t, os.Remove(c.in("keys", "access.key")))
	_, err = Open(ctx, c)
	require.ErrorContains(t, err, "secret of the access log is missing")
}
