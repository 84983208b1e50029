package sqldb_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/projections"
	"ayumi/tests/readmodels"
)

type kept struct {
	n    int64
	text string
	body []byte
}

// size is that of a body: as a rule small, once in a while nothing or large.
func size(r *rand.Rand) int {
	switch r.IntN(300) {
	case 0:
		return 300_000
	case 1:
		return 0
	}
	return r.IntN(2000)
}

var shelf = projections.Projection{
	Name: "shelf", Version: 1,
	Tables: []projections.Table{
		{Name: "shelf_book", Columns: []string{"no INTEGER PRIMARY KEY", "n BIGINT NOT NULL", "text TEXT NOT NULL", "body BYTEA NOT NULL"}},
		{Name: "shelf_mark", Columns: []string{"book INTEGER NOT NULL", "text TEXT NOT NULL"}},
		{Name: "shelf_key", Columns: []string{"no INTEGER PRIMARY KEY"}},
	},
	Statements: []string{"DELETE FROM shelf_book WHERE no = $1", "UPDATE shelf_book SET text = $1 WHERE no = $2"},
}

func begun(t *testing.T) (projections.Database, projections.Builder) {
	t.Helper()
	db, err := readmodels.Open(t.Context(), filepath.Join(t.TempDir(), "read"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	b, err := db.Database().Build(t.Context(), "shelf-1", &shelf)
	require.NoError(t, err)
	for _, table := range shelf.Tables {
		require.NoError(t, b.Exec(t.Context(), "CREATE TABLE "+table.Name+" ("+strings.Join(table.Columns, ", ")+")"))
	}
	return db.Database(), b
}

// Whatever keys rows have, and whatever was taken away between them, a place holds what
// was put there.
func TestAPlaceHoldsWhatWasBuilt(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		db, b := begun(t)
		model, marks, key := map[int64]kept{}, []string{}, int64(0)
		for range 12 {
			batch := &projections.Batch{Rows: make([]projections.Rows, len(shelf.Tables))}
			if r.IntN(2) == 0 && len(model) > 0 { // the greatest goes, or any other
				no := slices.Max(slices.Collect(maps.Keys(model)))
				if r.IntN(2) == 0 {
					no = slices.Sorted(maps.Keys(model))[r.IntN(len(model))]
				}
				batch.Do(0, no)
				delete(model, no)
				key -= int64(r.IntN(2)) * min(key, 1) // a key that is free again
			}
			if no := key; model[no].text != "" && r.IntN(2) == 0 {
				batch.Do(1, "altered 変", no)
				is := model[no]
				is.text = "altered 変"
				model[no] = is
			}
			for range r.IntN(200) {
				if key++; r.IntN(60) == 0 {
					key += int64(r.IntN(5))
				}
				for model[key].body != nil {
					key++
				}
				is := kept{r.Int64() - 1<<62, strings.Repeat("歩", r.IntN(9)), bytes.Repeat([]byte{byte(key)}, size(r))}
				model[key] = is
				batch.Add(0).Int(key, is.n).Text(is.text).Blob(is.body)
				batch.Add(1).Int(key).Text(is.text)
				batch.Add(2).Int(int64(len(marks)))
				marks = append(marks, fmt.Sprint(key, is.text))
			}
			require.NoError(t, b.Put(t.Context(), batch))
		}
		require.NoError(t, b.Finish())
		place, err := db.Open(t.Context(), "shelf-1")
		require.NoError(t, err)
		found := map[int64]kept{}
		rows, err := place.Read.Query("SELECT no, n, text, body FROM shelf_book")
		require.NoError(t, err)
		for rows.Next() {
			var no int64
			var is kept
			require.NoError(t, rows.Scan(&no, &is.n, &is.text, &is.body))
			is.body = append([]byte{}, is.body...)
			found[no] = is
		}
		require.NoError(t, errors.Join(rows.Err(), rows.Close()))
		require.Equal(t, len(model), len(found), "seed %d", seed)
		for no, is := range model {
			require.Equal(t, is, found[no], "seed %d, row %d", seed, no)
		}
		for _, table := range []string{"shelf_mark", "shelf_key"} {
			var n int
			require.NoError(t, place.Read.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
			require.Equal(t, len(marks), n)
		}
		require.NoError(t, place.Close())
	}
}

// A place says what it cannot hold, and its construction ends when the asker leaves.
func TestAPlaceSaysWhatItCannotHold(t *testing.T) {
	_, b := begun(t)
	put := func(to func(*projections.Batch)) error {
		batch := &projections.Batch{Rows: make([]projections.Rows, len(shelf.Tables))}
		to(batch)
		return b.Put(t.Context(), batch)
	}
	require.NoError(t, put(func(b *projections.Batch) { b.Add(0).Int(7, 1).Text("").Blob(nil) }))
	require.ErrorContains(t, put(func(b *projections.Batch) { b.Add(0).Int(7, 1).Text("").Blob(nil) }), "shelf_book")
	require.NoError(t, b.Abandon())

	_, b = begun(t)
	require.ErrorContains(t, put(func(b *projections.Batch) { b.Do(0, int64(8)) }), "DELETE FROM shelf_book")
	require.NoError(t, b.Abandon())

	_, b = begun(t)
	require.Error(t, b.Exec(t.Context(), "CREATE NONSENSE"))
	require.NoError(t, b.Abandon())

	if readmodels.Postgres() {
		return
	}
	_, b = begun(t)
	require.NoError(t, b.Exec(t.Context(), "PRAGMA max_page_count = 40"))
	full := put(func(b *projections.Batch) {
		for key := range int64(400) {
			b.Add(0).Int(key, 1).Text("").Blob(make([]byte, 2000))
		}
	})
	require.ErrorContains(t, full, "disk is full")
	require.Equal(t, full, put(func(b *projections.Batch) { b.Add(1).Int(1).Text("") }), "what the file holds nobody knows")
	require.Equal(t, full, b.Exec(t.Context(), "CREATE INDEX i ON shelf_book (body)"))
	require.ErrorIs(t, b.Finish(), full, "it never becomes a place")

	_, b = begun(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	require.ErrorContains(t, b.Exec(gone, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"), "interrupted")
	require.NoError(t, b.Abandon())
}
