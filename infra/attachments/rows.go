package attachments

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"ayumi/domain"
)

// Tables hold ciphertexts in PostgreSQL, one a row, as they are: nothing of them can
// be compressed.
const Tables = `
CREATE TABLE IF NOT EXISTS attached (digest TEXT PRIMARY KEY, box BLOB NOT NULL);
ALTER TABLE attached ALTER COLUMN box SET STORAGE EXTERNAL;`

// OpenTables keeps files in tables that several instances share.
func OpenTables(db *sql.DB, keys domain.Keyring, origin string) *Store {
	return &Store{rows{db}, keys, origin}
}

type rows struct{ db *sql.DB }

func (r rows) put(ctx context.Context, digest string, box []byte) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO attached (digest, box) VALUES ($1, $2) ON CONFLICT DO NOTHING", digest, box)
	return away(ctx, err)
}

func (r rows) get(ctx context.Context, digest string) (box []byte, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT box FROM attached WHERE digest = $1", digest).Scan(&box)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrMissing
	}
	return box, away(ctx, err)
}

// remove leaves the bytes to the server: it sweeps them some time, and without the key
// of their owner they are noise.
func (r rows) remove(ctx context.Context, digest string) error {
	_, err := r.db.ExecContext(ctx, "DELETE FROM attached WHERE digest = $1", digest)
	return away(ctx, err)
}

// away tells a fault of the server, which may end, from the end of the caller.
func away(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("attached files: %w: %w", domain.ErrStoreAway, err)
}

// TakeOver carries files of a folder into the tables and answers how many. What is in
// the tables is durable before its file is destroyed; a file that is not what its name
// says stays where it is.
func (s *Store) TakeOver(ctx context.Context, dir string) (n int, err error) {
	from := folder(dir)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return nil
		}
		if err != nil || d.IsDir() || !isDigest(d.Name()) {
			return err
		}
		digest := d.Name()
		box, err := from.get(ctx, digest)
		if sum := sha256.Sum256(box); err != nil || hex.EncodeToString(sum[:]) != digest {
			return err
		}
		if err := s.shelf.put(ctx, digest, box); err != nil {
			return err
		}
		n++
		return from.remove(ctx, digest)
	})
	return n, err
}
