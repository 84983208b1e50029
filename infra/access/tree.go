package access

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// querier reads a database, or a transaction of it.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tree is the right edge of the stored tree: enough to add leaves and to know the root.
type tree struct {
	size  int64
	known map[int64]tlog.Hash
	fresh []tlog.Hash // added and not stored yet, the first of them at index from
	from  int64
}

// treeOf reads the edge as it stands.
func treeOf(ctx context.Context, db querier) (*tree, error) {
	t := &tree{known: map[int64]tlog.Hash{}}
	if err := db.QueryRowContext(ctx, `select coalesce(max(i), -1) + 1 from hash`).Scan(&t.from); err != nil {
		return nil, err
	}
	size, err := sizeOf(t.from)
	if err != nil {
		return nil, err
	}
	t.size = int64(size)
	var edge []int64
	for level := range 63 {
		if n := t.size >> level; n&1 == 1 {
			edge = append(edge, tlog.StoredHashIndex(level, n-1))
		}
	}
	hashes, err := hashesOf(ctx, db).ReadHashes(edge)
	if err != nil {
		return nil, err
	}
	for i, at := range edge {
		t.known[at] = hashes[i]
	}
	return t, nil
}

// sizeOf is the number of leaves of a tree with so many stored hashes.
func sizeOf(hashes int64) (uint64, error) {
	lo, hi := int64(0), hashes
	for lo < hi {
		if mid := (lo + hi + 1) / 2; tlog.StoredHashCount(mid) <= hashes {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	if tlog.StoredHashCount(lo) != hashes {
		return 0, fmt.Errorf("%d hashes make no tree", hashes)
	}
	return uint64(lo), nil
}

// ReadHashes keeps the contract of tlog.HashReader for the edge.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		var ok bool
		if out[i], ok = t.known[at]; !ok {
			return nil, fmt.Errorf("hash %d is not at the edge of the tree", at)
		}
	}
	return out, nil
}

func (t *tree) add(leaf tlog.Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t)
	if err != nil {
		return err
	}
	for _, h := range hashes {
		t.known[t.from+int64(len(t.fresh))] = h
		t.fresh = append(t.fresh, h)
	}
	t.size++
	return nil
}

func (t *tree) root() (tlog.Hash, error) { return tlog.TreeHash(t.size, t) }

// hashesOf reads stored hashes of the tree.
func hashesOf(ctx context.Context, db querier) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		args, places := make([]any, len(indexes)), make([]string, len(indexes))
		for i, at := range indexes {
			args[i], places[i] = at, "$"+strconv.Itoa(i+1)
		}
		rows, err := db.QueryContext(ctx, `select i, hash from hash where i in (`+strings.Join(places, ",")+`)`, args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		found := make(map[int64]tlog.Hash, len(indexes))
		for rows.Next() {
			var at int64
			var raw sql.RawBytes
			if err := rows.Scan(&at, &raw); err != nil {
				return nil, err
			}
			if len(raw) != tlog.HashSize {
				return nil, fmt.Errorf("hash %d has %d bytes", at, len(raw))
			}
			found[at] = tlog.Hash(raw)
		}
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			h, ok := found[at]
			if !ok && rows.Err() == nil {
				return nil, fmt.Errorf("hash %d is missing", at)
			}
			out[i] = h
		}
		return out, rows.Err()
	})
}
