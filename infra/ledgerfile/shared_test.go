package ledgerfile_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/memory"
	"ayumi/infra/sqldb"
	"ayumi/tests/conformance"
	"ayumi/tests/postgres"
)

// town is a log that several instances sign, which share a database and keys.
type town struct {
	*testing.T
	log  domain.EventStore
	base postgres.Base
	db   *sql.DB
	keys string
	n    int

	mu   sync.Mutex
	said []string
}

func newTown(t *testing.T) *town {
	base := postgres.Open(t)
	db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "ledger", Tables: ledgerfile.SharedTables, Of: "o1"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return &town{T: t, log: memory.New(), base: base, db: db, keys: filepath.Join(t.TempDir(), "keys")}
}

// try opens an instance with a folder of its own.
func (h *town) try(c ledgerfile.Config) (*ledgerfile.Sealer, error) {
	h.Helper()
	h.n++
	c.Dir, c.Origin, c.Shared = filepath.Join(h.TempDir(), "ledger"), "o1", h.db
	c.Report = func(what string, err error) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.said = append(h.said, what+": "+err.Error())
	}
	if c.Store == nil {
		c.Store = h.log
	}
	if c.KeyDir == "" {
		c.KeyDir = h.keys
	}
	s, err := ledgerfile.Open(c)
	if err == nil {
		h.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func (h *town) instance(every time.Duration) *ledgerfile.Sealer {
	h.Helper()
	s, err := h.try(ledgerfile.Config{Every: every})
	require.NoError(h, err)
	return s
}

func (h *town) write(log domain.EventStore, stream string, events int) {
	h.Helper()
	at := domain.Token{}
	for range events {
		tokens, err := log.Append(ctx, conformance.Next(stream, at, "w", 1))
		require.NoError(h, err)
		at = tokens[0]
	}
}

// trees are those committed to, each compared with the log.
func (h *town) trees() (out []tlog.Tree) {
	h.Helper()
	roots := map[int64]tlog.Hash{}
	var f ledger.Frontier
	for rec, err := range h.log.All(ctx, 0) {
		require.NoError(h, err)
		leaf, err := domain.Leaf(rec.Body)
		require.NoError(h, err)
		f.Append(leaf)
		roots[f.Size] = f.Root()
	}
	rows, err := h.db.Query(`SELECT size, root FROM ledger_tree ORDER BY size`)
	require.NoError(h, err)
	defer rows.Close()
	for rows.Next() {
		var n int64
		var root []byte
		require.NoError(h, rows.Scan(&n, &root))
		require.Equal(h, roots[n], tlog.Hash(root), "tree of %d", n)
		out = append(out, tlog.Tree{N: n, Hash: tlog.Hash(root)})
	}
	require.NoError(h, rows.Err())
	return out
}

func TestInstancesSignOneLogTogether(t *testing.T) {
	h := newTown(t)
	h.write(h.log, "first", 3)
	running, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	sealers := []*ledgerfile.Sealer{h.instance(time.Millisecond), h.instance(2 * time.Millisecond), h.instance(3 * time.Millisecond)}
	for _, s := range sealers {
		work.Go(func() { _ = s.Run(running) })
	}
	for i := range 60 {
		h.write(h.log, fmt.Sprintf("s%d", i), 1+i%3)
		signed, err := sealers[i%3].Checkpoint(ctx) // asked of one, good with all
		require.NoError(t, err)
		head, err := ledger.HeadOf(signed)
		require.NoError(t, err)
		at, err := h.log.Head(ctx)
		require.NoError(t, err)
		require.Equal(t, int64(at.Position), head.N)
		if i == 30 { // whoever is cut off comes back by itself
			h.base.Cut(t)
			h.mu.Lock()
			h.said = nil
			h.mu.Unlock()
		}
	}
	stop()
	work.Wait()
	late := h.instance(time.Hour) // with nothing on its disk
	for _, s := range append(sealers, late) {
		_, err := s.Once(ctx)
		require.NoError(t, err)
		require.Equal(t, sealers[0].Status().Tree, s.Status().Tree)
		require.Nil(t, s.Status().Fork)
		_, err = s.Prove(1)
		require.NoError(t, err)
		_, err = s.Prove(uint64(s.Status().Tree.N))
		require.NoError(t, err)
	}
	require.Equal(t, sealers[0].Status().Published, late.Status().Published, "what one signed is what all show")
	require.GreaterOrEqual(t, len(h.trees()), 60)
}

// Instances that begin at once in one folder have the same keys.
func TestInstancesBeginAtOnce(t *testing.T) {
	h := newTown(t)
	var work sync.WaitGroup
	for range 8 {
		dir := t.TempDir()
		work.Go(func() {
			s, err := ledgerfile.Open(ledgerfile.Config{Store: h.log, Dir: dir, KeyDir: h.keys, Origin: "o1", Shared: h.db})
			if err == nil {
				err = s.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	left, err := filepath.Glob(filepath.Join(h.keys, "*new*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestAnInstanceWithAnotherKeyIsRefused(t *testing.T) {
	h := newTown(t)
	h.instance(time.Hour)
	_, err := h.try(ledgerfile.Config{KeyDir: filepath.Join(t.TempDir(), "other")})
	var other *ledgerfile.OtherKey
	require.ErrorAs(t, err, &other)
	require.ErrorContains(t, err, "give every instance the same folder")
	h.instance(time.Hour)
}

// An instance whose log was put back from a copy, or is another one, signs nothing.
func TestAnInstanceOfAnotherLogIsAFork(t *testing.T) {
	for name, edit := range map[string]func(h *town, other domain.EventStore){
		"too short": func(h *town, other domain.EventStore) { h.write(other, "a", 4) },
		"another":   func(h *town, other domain.EventStore) { h.write(other, "b", 30) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newTown(t)
			h.write(h.log, "a", 20)
			one := h.instance(time.Hour)
			_, err := one.Once(ctx)
			require.NoError(t, err)
			other := memory.New()
			edit(h, other)
			s, err := h.try(ledgerfile.Config{Store: other})
			require.NoError(t, err)
			_, err = s.Once(ctx)
			var fork *ledgerfile.Fork
			require.ErrorAs(t, err, &fork)
			h.write(h.log, "c", 5)
			_, err = one.Once(ctx)
			require.NoError(t, err, "the others go on")
			require.Len(t, h.trees(), 2)
		})
	}
	t.Run("while it runs", func(t *testing.T) {
		h := newTown(t)
		other := memory.New()
		h.write(h.log, "a", 1)
		one := h.instance(time.Hour)
		_, err := one.Once(ctx)
		require.NoError(t, err)
		for rec, err := range h.log.All(ctx, 0) {
			require.NoError(t, err)
			_, err = other.Append(ctx, domain.Commit{Stream: rec.Stream, Events: []domain.Recorded{rec}})
			require.NoError(t, err)
		}
		s, err := h.try(ledgerfile.Config{Store: other})
		require.NoError(t, err)
		_, err = s.Once(ctx)
		require.NoError(t, err)
		h.write(h.log, "b", 5)
		h.write(other, "c", 5)
		_, err = one.Once(ctx)
		require.NoError(t, err)
		_, err = s.Once(ctx)
		var fork *ledgerfile.Fork
		require.ErrorAs(t, err, &fork)
		require.Equal(t, ledgerfile.Fork{First: 2, Last: 6, Signed: 6, Found: 6}, *fork)
		require.Len(t, h.trees(), 2)
	})
}

// What one instance signed alone binds those that come after it.
func TestOneInstanceBecomesSeveral(t *testing.T) {
	h := newTown(t)
	h.write(h.log, "a", 4)
	dir := filepath.Join(t.TempDir(), "ledger")
	alone, err := ledgerfile.Open(ledgerfile.Config{Store: h.log, Dir: dir, KeyDir: h.keys, Origin: "o1"})
	require.NoError(t, err)
	_, err = alone.Once(ctx)
	require.NoError(t, err)
	h.write(h.log, "b", 4)
	signed, err := alone.Once(ctx)
	require.NoError(t, err)
	require.NoError(t, alone.KeepCosigned(ctx, signed))
	require.NoError(t, alone.Close())
	first, err := ledgerfile.Open(ledgerfile.Config{Store: h.log, Dir: dir, KeyDir: h.keys, Origin: "o1", Shared: h.db})
	require.NoError(t, err)
	require.NoError(t, first.Close())
	require.Len(t, h.trees(), 2)
	second := h.instance(time.Hour)
	kept, err := second.Cosigned(ctx)
	require.NoError(t, err)
	require.Equal(t, signed, kept)
	other := memory.New()
	h.write(other, "c", 20)
	forged, err := h.try(ledgerfile.Config{Store: other})
	require.NoError(t, err)
	_, err = forged.Once(ctx)
	require.ErrorContains(t, err, "FORK: events 1 to 4")
}

func TestWitnessedHeadsAreShared(t *testing.T) {
	h := newTown(t)
	h.write(h.log, "a", 2)
	one, two := h.instance(time.Hour), h.instance(time.Hour)
	none, err := two.Cosigned(ctx)
	require.NoError(t, err)
	require.Nil(t, none)
	older, err := one.Once(ctx)
	require.NoError(t, err)
	h.write(h.log, "b", 2)
	newer, err := one.Once(ctx)
	require.NoError(t, err)
	require.NoError(t, one.KeepCosigned(ctx, newer))
	require.NoError(t, two.KeepCosigned(ctx, older), "who was slower changes nothing")
	kept, err := two.Cosigned(ctx)
	require.NoError(t, err)
	require.Equal(t, newer, kept)
}
