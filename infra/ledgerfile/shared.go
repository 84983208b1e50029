package ledgerfile

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// SharedTables are the tables in which several instances keep their ledgers together.
const SharedTables = `
CREATE TABLE IF NOT EXISTS ledger_tree (
	origin TEXT NOT NULL, size BIGINT NOT NULL, root BYTEA NOT NULL, PRIMARY KEY (origin, size));
CREATE TABLE IF NOT EXISTS ledger_paper (
	origin TEXT NOT NULL, name TEXT NOT NULL, size BIGINT NOT NULL, content BYTEA NOT NULL, PRIMARY KEY (origin, name));`

// shared is a shelf in PostgreSQL. Every instance signs: each tree that is signed was
// compared with all that any of them committed to.
type shared struct {
	db     *sql.DB
	origin string
	known  []tlog.Tree
}

func (s *shared) trees(ctx context.Context) ([]tlog.Tree, error) {
	var last int64
	if n := len(s.known); n > 0 {
		last = s.known[n-1].N
	}
	rows, err := s.db.QueryContext(ctx, `SELECT size, root FROM ledger_tree WHERE origin = $1 AND size > $2 ORDER BY size`, s.origin, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t tlog.Tree
		var root []byte
		if err := rows.Scan(&t.N, &root); err != nil {
			return nil, err
		}
		if copy(t.Hash[:], root) != tlog.HashSize || len(root) != tlog.HashSize {
			return nil, errJournal
		}
		s.known = append(s.known, t)
	}
	return s.known, rows.Err()
}

// commit takes the trees of a log one after the other, whoever brings them.
func (s *shared) commit(ctx context.Context, t tlog.Tree) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done(tx.Rollback())) }()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('ledger ' || $1, 0))`, s.origin); err != nil {
		return err
	}
	added, err := tx.ExecContext(ctx, `INSERT INTO ledger_tree (origin, size, root) SELECT $1, $2, $3
		WHERE NOT EXISTS (SELECT 1 FROM ledger_tree WHERE origin = $1 AND size >= $2)`, s.origin, t.N, t.Hash[:])
	if err != nil {
		return err
	}
	if n, err := added.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errOvertaken)
	}
	return tx.Commit()
}

func done(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (s *shared) paper(ctx context.Context, name string) (content []byte, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT content FROM ledger_paper WHERE origin = $1 AND name = $2`, s.origin, name).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return content, err
}

func (s *shared) keep(ctx context.Context, name string, size int64, content []byte) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO ledger_paper (origin, name, size, content) VALUES ($1, $2, $3, $4)
		ON CONFLICT (origin, name) DO UPDATE SET size = excluded.size, content = excluded.content
		WHERE excluded.size >= ledger_paper.size`, s.origin, name, size, content)
	return err
}

func (s *shared) Close() error { return nil }

// carry brings what one instance alone committed to and signed, in a folder, before
// there were several: they are held to it.
func (s *shared) carry(ctx context.Context, dir string) error {
	known, err := s.trees(ctx)
	if err != nil || len(known) > 0 {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, journalFile)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	from, err := openFolder(dir)
	if err != nil {
		return err
	}
	defer from.Close()
	trees, err := from.trees(ctx)
	for _, t := range trees {
		if err == nil {
			err = s.commit(ctx, t)
		}
	}
	if err != nil && !errors.Is(err, errOvertaken) {
		return err
	}
	for _, name := range []string{checkpointFile, cosignedFile} {
		paper, err := from.paper(ctx, name)
		if err != nil {
			return err
		}
		if paper == nil {
			continue
		}
		head, err := ledger.HeadOf(paper)
		if err == nil {
			err = s.keep(ctx, name, head.N, paper)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// own makes a public key of this instance that of all, unless they have another one.
func (s *shared) own(ctx context.Context, name, key string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO ledger_paper (origin, name, size, content) VALUES ($1, $2, 0, $3)
		ON CONFLICT DO NOTHING`, s.origin, name, []byte(key))
	if err != nil {
		return err
	}
	theirs, err := s.paper(ctx, name)
	if err == nil && string(theirs) != key {
		err = &OtherKey{Theirs: string(theirs)}
	}
	return err
}

// newer is what another instance signed since this one last looked; nil if nothing.
func (s *Sealer) newer(ctx context.Context) (*Status, error) {
	if s.c.Shared == nil {
		return nil, nil
	}
	published, err := s.shelf.paper(ctx, checkpointFile)
	switch {
	case err != nil:
		return nil, away{err}
	case published == nil:
		return nil, nil
	}
	st := Status{Published: published, At: s.c.Now()}
	if st.Tree, st.Signed, err = s.own(published); err != nil {
		return nil, fmt.Errorf("%s of another instance: %w", checkpointFile, err)
	}
	if known := s.Status(); st.Tree.N < known.Tree.N || bytes.Equal(published, known.Published) {
		return nil, nil
	}
	return &st, nil
}

// OtherKey: the other instances sign with a key that this one does not have.
type OtherKey struct{ Folder, Theirs string }

func (e *OtherKey) Error() string {
	return fmt.Sprintf("the other instances sign with the key %.60s, which is not the one in %s: give every instance the same folder", e.Theirs, e.Folder)
}
