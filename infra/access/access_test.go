package access_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/access"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

func scene(t testing.TB) (*access.Door, []domain.Recorded) {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	d.Do(flow.At("2019-06-01", 11), "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s",
		"residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": "s1"})
	log, err := access.OpenLog(filepath.Join(t.TempDir(), "access.db"), access.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	var events []domain.Recorded
	for rec, err := range d.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		if rec.Type == "person.registered" {
			events = append(events, rec)
		}
	}
	now := flow.At("2019-06-01", 12)
	return &access.Door{Keys: d.Keys, Log: log, Origin: d.Head.Origin, Now: func() time.Time { return now }}, events
}

func TestADoorOpensAfterItHasWrittenDown(t *testing.T) {
	door, events := scene(t)
	ctx := context.Background()
	shown, err := door.Open(ctx, access.Glance{Who: given.Desk("co1"), Subject: "p", Reason: "journey", Classes: "P"}, events...)
	require.NoError(t, err)
	require.Equal(t, "渡邉", shown[0].First("family").Value)
	list, err := door.Log.Of(ctx, "p", 10)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "co1", list[0].Account)
}

func TestWhoMayNotSeeIsShownNothing(t *testing.T) {
	door, events := scene(t)
	other := given.Desk("oka")
	other.Controller = "33"
	for _, who := range []domain.Actor{given.Desk("an1", domain.Analyst), given.Desk("au1", domain.Auditor), given.Desk("ad1", domain.Admin), other} {
		shown, err := door.Open(context.Background(), access.Glance{Who: who, Subject: "p", Classes: "PX"}, events...)
		require.NoError(t, err)
		require.Empty(t, shown[0])
	}
}

func TestARestrictionClosesTheTexts(t *testing.T) {
	door, events := scene(t)
	door.Closed = func(context.Context, string) (bool, error) { return true, nil }
	shown, err := door.Open(context.Background(), access.Glance{Who: given.Desk("co1"), Subject: "p", Classes: "P"}, events...)
	require.NoError(t, err)
	require.Empty(t, shown[0])
	shown, err = door.Open(context.Background(), access.Glance{Who: given.Desk("ld1", domain.Lead), Subject: "p", Classes: "P"}, events...)
	require.NoError(t, err)
	require.Equal(t, "渡邉", shown[0].First("family").Value)
	list, err := door.Log.Of(context.Background(), "p", 10)
	require.NoError(t, err)
	require.Len(t, list, 1, "what is not opened is not in the log as opened")
}

func TestWithoutTheLogNothingIsShown(t *testing.T) {
	door, events := scene(t)
	require.NoError(t, door.Log.Close())
	shown, err := door.Open(context.Background(), access.Glance{Who: given.Desk("co1"), Subject: "p", Classes: "P"}, events...)
	require.ErrorIs(t, err, access.ErrUnaudited)
	require.Nil(t, shown)
}

func TestTheAccessLogHoldsNoName(t *testing.T) {
	dir := t.TempDir()
	log, err := access.OpenLog(filepath.Join(dir, "access.db"), access.Options{})
	require.NoError(t, err)
	require.NoError(t, log.Record(context.Background(), access.Entry{At: flow.At("2019-06-01", 9), Account: "a", Act: "search", Rows: 3}))
	require.NoError(t, log.Close())
	info, err := os.Stat(filepath.Join(dir, "access.db"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}
