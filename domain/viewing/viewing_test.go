package viewing_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
)

func TestAnEntryReadsAsItWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	for range 500 {
		e := viewing.Entry{
			At: time.Date(2019, 4, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(1e12)) * time.Millisecond), Account: pick("", "co1"), Roles: pick("", "CO,LD"),
			Controller: pick("", "31"), Act: pick(viewing.Acts...), Route: pick("", "GET /people/{id}"), Reason: pick("", "journey"), Subject: pick("", "p1", "p2"),
			Classes: pick("", "P", "PX"), Rows: r.IntN(1000), Query: pick("", "ab12"), From: pick("", "cd34"), Digest: pick("", "sha256:00"),
		}
		for range r.IntN(4) {
			e.People, e.Streams = append(e.People, pick("p1", "p2", "p3")), append(e.Streams, pick("person-p1", "case-c1"))
		}
		facts, err := e.Facts()
		require.NoError(t, err)
		got, err := viewing.Parse(facts)
		require.NoError(t, err)
		require.Equal(t, e, got, "%s", facts)
	}
}

func FuzzParse(f *testing.F) {
	e := viewing.Entry{At: time.Unix(1, 0), Account: "a", Act: viewing.View, People: []string{"p"}}
	facts, err := e.Facts()
	require.NoError(f, err)
	f.Add([]byte(facts))
	f.Add([]byte(`{"at":"2019-06-01T03:00:00.000Z","rows":"1"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := viewing.Parse(domain.Facts(raw))
		if err != nil {
			return
		}
		_, err = e.Facts()
		require.NoError(t, err, "what is read can be written")
	})
}

func TestALookIsDueUntilItsOwnEntryIsWritten(t *testing.T) {
	actor := domain.Actor{Account: "co1", Controller: "31", Roles: map[domain.Role]japan.Date{"LD": 0, "CO": 0}}
	look := viewing.NewLook(viewing.Entry{Act: viewing.List, Route: "GET /people", From: "192.0.2.1"}.By(actor))
	ctx := look.Context(context.Background())
	require.Same(t, look, viewing.Of(ctx))
	e, due := look.Due()
	require.True(t, due)
	require.Equal(t, "CO,LD", e.Roles)

	system := look.With(viewing.Entry{Account: "system", Act: viewing.View})
	require.Equal(t, viewing.Entry{Account: "system", Act: viewing.View, Roles: "CO,LD", Controller: "31", Route: "GET /people", From: "192.0.2.1"}, system)
	look.Written(system)
	_, due = look.Due()
	require.True(t, due, "what the product itself opened is not what the reader saw")

	look.Written(look.With(viewing.Entry{}))
	_, due = look.Due()
	require.False(t, due)

	require.Nil(t, viewing.Of(context.Background()))
	_, due = viewing.Of(context.Background()).Due()
	require.False(t, due)
	require.Equal(t, e, viewing.Of(context.Background()).With(e))
}
