package app

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/tests/postgres"
)

// A paper goes with the house into the database of option access, is shown from there,
// and an erasure takes it away there.
func TestPapersLieInTheDatabaseAndAreErasedThere(t *testing.T) {
	base := postgres.Open(t)
	h := &household{t: t, dir: t.TempDir(), log: &bytes.Buffer{}, clock: &timer{at: time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC)}}
	h.fill()
	before := papers(t, h.dir)
	require.Len(t, before, 1)
	h.access = base.Owner
	_, err := Share(ctx, h.config())
	require.NoError(t, err)
	a := h.open()
	require.Empty(t, papers(t, h.dir))
	digests := postgres.Rows(t, base.Owner, "SELECT digest FROM files.attached")
	require.Equal(t, filepath.Base(before[0]), digests[0])
	require.Len(t, digests, 1)
	who := h.actor(a, h.co)
	content, err := pageAttachments{a}.Get(ctx, who, "case-"+h.file, h.person, h.document, digests[0])
	require.NoError(t, err)
	require.Equal(t, plantedFile, content)
	h.order(a)
	h.erased(a)
	require.Empty(t, postgres.Rows(t, base.Owner, "SELECT digest FROM files.attached"))
	require.NoError(t, a.Close())
}
