package access

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// Size is how many entries the log ever took: the leaves of its tree.
func (l *Log) Size(ctx context.Context) (int64, error) {
	n, err := leaves(ctx, l.db)
	if err != nil {
		return 0, fmt.Errorf("access log: %w", err)
	}
	return n, nil
}

func leaves(ctx context.Context, db querier) (int64, error) {
	var hashes int64
	if err := db.QueryRowContext(ctx, `select coalesce(max(i), -1) + 1 from hash`).Scan(&hashes); err != nil {
		return 0, err
	}
	n, err := sizeOf(hashes)
	return int64(n), err
}

// still is a reading of a log as it stands at one moment.
var still = &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}

// All yields the leaf hashes after so many entries, ascending, each made from its
// entry; of entries past their retention the hash that stayed. ledger.Missing: an
// entry is gone and its retention is not over.
func (l *Log) All(ctx context.Context, after int64) iter.Seq2[[32]byte, error] {
	return func(yield func([32]byte, error) bool) {
		r := reader{next: after, yield: yield}
		if err := r.read(ctx, l.db); err != nil {
			yield([32]byte{}, fmt.Errorf("access log: %w", err))
		}
	}
}

// reader yields leaves until who reads has enough.
type reader struct {
	next, size int64 // leaves
	gone       int64
	yield      func([32]byte, error) bool
	over       bool
}

func (r *reader) read(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, still)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	if r.size, err = leaves(ctx, tx); err != nil {
		return err
	}
	gone, err := saidGone(ctx, tx)
	if err != nil {
		return err
	}
	r.gone = int64(gone)
	if err := r.past(ctx, tx); err != nil || r.over {
		return err
	}
	return r.kept(ctx, tx)
}

// past yields the leaves of which only the hashes stayed.
func (r *reader) past(ctx context.Context, tx *sql.Tx) error {
	if r.next >= r.gone {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `select i, hash from hash where i between $1 and $2 order by i`, tlog.StoredHashIndex(0, r.next), tlog.StoredHashIndex(0, r.gone-1))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && !r.over {
		var i int64
		var raw sql.RawBytes
		if err := rows.Scan(&i, &raw); err != nil {
			return err
		}
		if i != tlog.StoredHashIndex(0, r.next) {
			continue
		}
		if len(raw) != tlog.HashSize {
			return fmt.Errorf("hash %d has %d bytes", i, len(raw))
		}
		r.give([32]byte(raw))
	}
	if err := rows.Err(); err != nil || r.over {
		return err
	}
	if r.next < r.gone {
		return ledger.Missing{Leaf: r.next}
	}
	return nil
}

// kept yields the leaves of the entries that are there.
func (r *reader) kept(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `select no, facts, salt from line where no > $1 order by no`, r.next)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && !r.over {
		var no int64
		var facts, salt sql.RawBytes
		if err := rows.Scan(&no, &facts, &salt); err != nil {
			return err
		}
		if no != r.next+1 {
			return ledger.Missing{Leaf: r.next}
		}
		r.give(ledger.LeafHash(facts, ledger.Priv(salt, nil)))
	}
	if err := rows.Err(); err != nil || r.over {
		return err
	}
	if r.next < r.size {
		return ledger.Missing{Leaf: r.next}
	}
	return nil
}

func (r *reader) give(leaf [32]byte) {
	r.next++
	r.over = !r.yield(leaf, nil)
}

// Agrees answers why a tree is not the one this log keeps.
func (l *Log) Agrees(ctx context.Context, tree tlog.Tree) error {
	root, err := tlog.TreeHash(tree.N, hashesOf(ctx, l.db))
	if err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	if root != tree.Hash {
		return fmt.Errorf("access log: its %d entries do not give the tree it keeps", tree.N)
	}
	return nil
}
