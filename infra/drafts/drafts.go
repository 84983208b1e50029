// Package drafts keeps what somebody typed into a form about a person and has not
// recorded yet, in a SQLite file of its own or in tables that several instances share.
// A draft is sealed twice: under the
// person's key, and that under the writer's. Only its writer reads it, and it is
// gone when either key is. The file holds random ids, times and ciphertext.
package drafts

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"ayumi/domain"

	_ "modernc.org/sqlite" // the driver of the file of drafts
)

// Kept is how long a draft that nobody goes on with is kept.
const Kept = 14 * 24 * time.Hour

// Most is the largest draft in bytes.
const Most = 64 << 10

// The faults of a draft.
var (
	ErrTooLarge = errors.New("draft is larger than 64 KiB")
	// ErrDone: the very page that sends it has recorded it or thrown it away.
	ErrDone = errors.New("draft is done with")
	// ErrTaken: another page has.
	ErrTaken = errors.New("draft is done with by another page")
)

// Tables makes the table of drafts. A draft that is done with leaves its id without a
// box, with the command that ended it: a copy of it which was still under way does not
// bring it back, and what another page made of the same draft is not lost.
const Tables = `
CREATE TABLE IF NOT EXISTS draft (
	account TEXT NOT NULL,
	person  TEXT NOT NULL,
	form    TEXT NOT NULL,
	id      TEXT NOT NULL,
	box     BLOB,
	command TEXT NOT NULL,
	begun   INTEGER NOT NULL,
	kept    INTEGER NOT NULL,
	PRIMARY KEY (account, person, form, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS draft_kept ON draft (kept);
CREATE INDEX IF NOT EXISTS draft_person ON draft (person);`

// Place is whose draft it is, about whom, in which form; ID tells several of one
// writer apart.
type Place struct{ Account, Person, Form, ID string }

// Draft is what was typed. Begun and Kept are when it was kept first and last, to
// the second.
type Draft struct {
	Place
	Text        []byte
	Begun, Kept time.Time
}

// Store is the file of drafts. It is safe for concurrent use.
type Store struct {
	db     *sql.DB
	keys   domain.Keyring
	origin string
	now    func() time.Time
}

// Open opens the file or creates it for its owner alone.
func Open(path string, keys domain.Keyring, origin string, now func() time.Time) (*Store, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", domain.Away(err))
	}
	file.Close()
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", domain.Away(err))
	}
	if _, err := db.Exec(Tables); err != nil {
		return nil, errors.Join(fmt.Errorf("drafts: %w", domain.Away(err)), db.Close())
	}
	return OpenTables(db, keys, origin, now), nil
}

// OpenTables keeps drafts in the tables of db, which it closes with itself.
func OpenTables(db *sql.DB, keys domain.Keyring, origin string, now func() time.Time) *Store {
	return &Store{db, keys, origin, now}
}

// Close ends the use of the file.
func (s *Store) Close() error { return s.db.Close() }

// aad binds a box to the log and its place, and to the layer it is.
func (s *Store) aad(layer string, p Place) []byte {
	return []byte("ayumi draft v1 " + layer + "\n" + s.origin + "\n" + p.Account + "\n" + p.Person + "\n" + p.Form + "\n" + p.ID)
}

// Keep puts a draft in the place of what lay there before; it is durable when Keep
// answers. command is the one that the page will record it by. ErrTooLarge, ErrDone,
// ErrTaken, or domain.ErrErased where a key was destroyed. Drafts that nobody went on
// with are taken away with it.
func (s *Store) Keep(ctx context.Context, p Place, command string, text []byte) error {
	if len(text) > Most {
		return ErrTooLarge
	}
	box, err := s.seal(ctx, p, text)
	if err != nil {
		return err
	}
	now := s.now()
	if _, err := s.db.ExecContext(ctx, `DELETE FROM draft WHERE kept < $1`, now.Add(-Kept).Unix()); err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	r, err := s.db.ExecContext(ctx, `INSERT INTO draft (account, person, form, id, box, command, begun, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (account, person, form, id) DO UPDATE SET box = excluded.box, command = excluded.command, kept = excluded.kept WHERE draft.box IS NOT NULL`,
		p.Account, p.Person, p.Form, p.ID, box, command, now.Unix(), now.Unix())
	if err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return s.ended(ctx, p, command)
}

// ended says who ended a draft.
func (s *Store) ended(ctx context.Context, p Place, command string) error {
	var by string
	err := s.db.QueryRowContext(ctx, `SELECT command FROM draft WHERE account = $1 AND person = $2 AND form = $3 AND id = $4`, p.Account, p.Person, p.Form, p.ID).Scan(&by)
	if err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	if by == command {
		return ErrDone
	}
	return ErrTaken
}

func (s *Store) seal(ctx context.Context, p Place, text []byte) ([]byte, error) {
	box := text
	for _, layer := range []struct{ name, owner string }{{"person", p.Person}, {"account", p.Account}} {
		if _, err := s.keys.Ensure(ctx, layer.owner); err != nil {
			return nil, err
		}
		var nonce [12]byte
		if _, err := rand.Read(nonce[:]); err != nil {
			return nil, err
		}
		var err error
		if box, err = s.keys.Seal(ctx, layer.owner, nonce, box, s.aad(layer.name, p)); err != nil {
			return nil, err
		}
	}
	return box, nil
}

func (s *Store) open(ctx context.Context, p Place, box []byte) ([]byte, error) {
	inner, err := s.keys.Open(ctx, p.Account, box, s.aad("account", p))
	if err != nil {
		return nil, err
	}
	return s.keys.Open(ctx, p.Person, inner, s.aad("person", p))
}

// Newest answers the draft of a form that its writer kept last; false if there is
// none. The id of the place is not asked for. domain.ErrErased where a key was
// destroyed. Permission and access log come before it.
func (s *Store) Newest(ctx context.Context, p Place) (Draft, bool, error) {
	var box []byte
	var begun, kept int64
	err := s.db.QueryRowContext(ctx, `SELECT id, box, begun, kept FROM draft WHERE account = $1 AND person = $2 AND form = $3 AND box IS NOT NULL AND kept >= $4
		ORDER BY kept DESC, id LIMIT 1`, p.Account, p.Person, p.Form, s.now().Add(-Kept).Unix()).Scan(&p.ID, &box, &begun, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return Draft{}, false, nil
	}
	if err != nil {
		return Draft{}, false, fmt.Errorf("drafts: %w", domain.Away(err))
	}
	text, err := s.open(ctx, p, box)
	if err != nil {
		return Draft{}, false, err
	}
	return Draft{Place: p, Text: text, Begun: time.Unix(begun, 0), Kept: time.Unix(kept, 0)}, true, nil
}

// Done ends a draft: it was recorded by command, or is not wanted by the page of that
// command. Keep refuses its id from then on.
func (s *Store) Done(ctx context.Context, p Place, command string) error {
	now := s.now().Unix()
	_, err := s.db.ExecContext(ctx, `INSERT INTO draft (account, person, form, id, command, begun, kept) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (account, person, form, id) DO UPDATE SET box = NULL, command = excluded.command, kept = excluded.kept WHERE draft.box IS NOT NULL`,
		p.Account, p.Person, p.Form, p.ID, command, now, now)
	if err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	return nil
}

// Remove takes a draft away whose form is empty again; typing may go on.
func (s *Store) Remove(ctx context.Context, p Place) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM draft WHERE account = $1 AND person = $2 AND form = $3 AND id = $4 AND box IS NOT NULL`, p.Account, p.Person, p.Form, p.ID)
	if err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	return nil
}

// Forget takes away every draft about a person.
func (s *Store) Forget(ctx context.Context, person string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM draft WHERE person = $1`, person); err != nil {
		return fmt.Errorf("drafts: %w", domain.Away(err))
	}
	return nil
}
