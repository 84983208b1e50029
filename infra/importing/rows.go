package importing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"ayumi/domain"
)

// Tables hold sealed files in PostgreSQL, one a row.
const Tables = `
CREATE TABLE IF NOT EXISTS kept (account TEXT NOT NULL, name TEXT NOT NULL, box BLOB NOT NULL, PRIMARY KEY (account, name));
ALTER TABLE kept ALTER COLUMN box SET STORAGE EXTERNAL;`

// OpenTables keeps ledgers in tables that several instances share.
func OpenTables(db *sql.DB, keys domain.Keyring, origin string) *Store {
	return &Store{rows{db}, keys, origin}
}

type rows struct{ db *sql.DB }

func (r rows) put(ctx context.Context, account, name string, box []byte) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO kept (account, name, box) VALUES ($1, $2, $3) ON CONFLICT (account, name) DO UPDATE SET box = excluded.box", account, name, box)
	return away(ctx, err)
}

func (r rows) get(ctx context.Context, account, name string) (box []byte, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT box FROM kept WHERE account = $1 AND name = $2", account, name).Scan(&box)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrMissing
	}
	return box, away(ctx, err)
}

func (r rows) names(ctx context.Context, account string) (out []string, err error) {
	found, err := r.db.QueryContext(ctx, "SELECT name FROM kept WHERE account = $1 ORDER BY name", account)
	if err != nil {
		return nil, away(ctx, err)
	}
	defer found.Close()
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, away(ctx, found.Err())
}

func (r rows) remove(ctx context.Context, account, name string) error {
	_, err := r.db.ExecContext(ctx, "DELETE FROM kept WHERE account = $1 AND name = $2", account, name)
	return away(ctx, err)
}

// away tells a fault of the server, which may end, from the end of the caller.
func away(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("ledgers on their way: %w: %w", domain.ErrStoreAway, err)
}

// TakeOver carries ledgers of a folder into the tables, beside what is there, and
// answers how many files they were.
func (s *Store) TakeOver(ctx context.Context, dir string) (n int, err error) {
	from := folder(dir)
	accounts, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, account := range accounts {
		if !account.IsDir() || !domain.IDForm(account.Name()) {
			continue
		}
		names, fault := from.names(ctx, account.Name())
		for _, name := range names {
			if fault == nil && domain.IDForm(name) && !strings.HasPrefix(name, unfinished) {
				fault = s.carry(ctx, from, account.Name(), name)
				n++
			}
		}
		if err = errors.Join(err, fault); err != nil {
			return n, err
		}
	}
	return n, err
}

func (s *Store) carry(ctx context.Context, from folder, account, name string) error {
	_, err := s.shelf.get(ctx, account, name)
	if errors.Is(err, ErrMissing) {
		var box []byte
		if box, err = from.get(ctx, account, name); err == nil {
			err = s.shelf.put(ctx, account, name, box)
		}
	}
	if err != nil {
		return err
	}
	return from.remove(ctx, account, name)
}
