// Package auth keeps local sign-in: names with their passwords, and sessions,
// in a SQLite file of their own or in tables that several instances share. It knows
// accounts only by their random id; what an account may do is asked elsewhere.
// Nothing personal is there: sign-in names are staff codes, passwords are argon2id
// hashes, addresses that failed are digests, and session tokens reach it already
// hashed.
package auth

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"time"

	_ "modernc.org/sqlite" // the driver of the sign-in file
)

// Tables makes the tables of sign-in.
const Tables = credentialSchema + factorSchema + initialSchema + identitySchema + feedSchema + attemptSchema

const credentialSchema = `
CREATE TABLE IF NOT EXISTS credential (
	name     TEXT PRIMARY KEY,
	account  TEXT NOT NULL,
	password TEXT NOT NULL,
	set_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS session (
	token   TEXT PRIMARY KEY,
	data    BLOB NOT NULL,
	expires INTEGER NOT NULL,
	shut    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS session_expires ON session (expires);`

// ErrName says that a sign-in name is no staff code: 2 to 32 small letters,
// digits, dots, hyphens and underscores, so that no mail address or name of a
// person is kept in the file.
var ErrName = errors.New("sign-in name must be 2 to 32 of a-z 0-9 . _ -")

// ErrPassword says that a password is shorter than 12 characters or longer
// than 256 bytes.
var ErrPassword = errors.New("password must have 12 characters to 256 bytes")

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

// atOnce bounds how many passwords are tried at the same time, so that a burst
// of sign-ins cannot take all memory (19 MiB each).
const atOnce = 4

// Store is the sign-in file. It is safe for concurrent use.
type Store struct {
	db    *sql.DB
	now   func() time.Time
	mark  []byte // key of the digests of attempts
	turns chan struct{}
	decoy hashed      // tried for unknown names, which then take as long as known ones
	seal  cipher.AEAD // of second factors
}

// Open opens the file or creates it for its owner alone. now is the clock of sessions and limits.
func Open(path string, now func() time.Time) (*Store, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	file.Close()
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	if _, err := db.Exec(Tables); err != nil {
		return nil, errors.Join(inFile(err), db.Close())
	}
	if err := addShut(db); err != nil {
		return nil, errors.Join(inFile(err), db.Close())
	}
	return OpenTables(db, now)
}

// OpenTables keeps sign-in in the tables of db, which it closes with itself. Several
// instances may share them: each sees at once what another did.
func OpenTables(db *sql.DB, now func() time.Time) (*Store, error) {
	decoy, err := parseHash(hashPassword(NewPassword()))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db, now: now, mark: []byte(rand.Text()), turns: make(chan struct{}, atOnce), decoy: decoy}, nil
}

// addShut brings a file of an earlier version up to date.
func addShut(db *sql.DB) error {
	var n int
	err := db.QueryRow(`SELECT count(*) FROM pragma_table_info('session') WHERE name = 'shut'`).Scan(&n)
	if err == nil && n == 0 {
		_, err = db.Exec(`ALTER TABLE session ADD COLUMN shut INTEGER NOT NULL DEFAULT 0`)
	}
	return err
}

// Close ends the use of the file.
func (s *Store) Close() error { return s.db.Close() }

// SetPassword gives an account a sign-in name and password, or a new password
// for the name it has. Every session of the file stays as it is.
func (s *Store) SetPassword(ctx context.Context, name, account, password string) error {
	return s.within(ctx, func(tx *sql.Tx) error { return s.setPassword(ctx, tx, name, account, password) })
}

func (s *Store) setPassword(ctx context.Context, tx *sql.Tx, name, account, password string) error {
	if !nameForm.MatchString(name) {
		return ErrName
	}
	if len([]rune(password)) < 12 || len(password) > 256 {
		return ErrPassword
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO credential (name, account, password, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET account = excluded.account, password = excluded.password, set_at = excluded.set_at`,
		name, account, hashPassword(password), s.now().Unix())
	return inFile(err)
}

// within does several changes as one.
func (s *Store) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return inFile(err)
	}
	defer tx.Rollback() //nolint:errcheck // it ended, or its fault is told
	if err := do(tx); err != nil {
		return err
	}
	return inFile(tx.Commit())
}

// SignIn returns the account of a name and password, "" when they belong to
// none. wait is above zero after too many failures of the name or of the
// address from: then nothing was tried.
func (s *Store) SignIn(ctx context.Context, name, password, from string) (account string, wait time.Duration, err error) {
	byName, byAddress := "name "+name, "from "+from
	if wait, err := s.attempt(ctx, byName, byAddress); err != nil || wait > 0 {
		return "", wait, err
	}
	account, stored, err := s.credential(ctx, name)
	if err != nil {
		return "", 0, err
	}
	ok, err := s.try(ctx, stored, password)
	if err != nil {
		return "", 0, err
	}
	until, err := s.initialUntil(ctx, account)
	if err != nil {
		return "", 0, err
	}
	if lapsed := !until.IsZero() && !s.now().Before(until); !ok || account == "" || lapsed {
		return "", 0, s.failed(ctx, byAddress)
	}
	return account, 0, s.succeeded(ctx, byName)
}

func (s *Store) credential(ctx context.Context, name string) (account string, h hashed, err error) {
	var stored string
	err = s.db.QueryRowContext(ctx, `SELECT account, password FROM credential WHERE name = $1`, name).Scan(&account, &stored)
	if errors.Is(err, sql.ErrNoRows) {
		return "", s.decoy, nil
	}
	if err != nil {
		return "", hashed{}, inFile(err)
	}
	h, err = parseHash(stored)
	return account, h, err
}

func (s *Store) try(ctx context.Context, h hashed, password string) (bool, error) {
	if len(password) > 256 {
		password = ""
	}
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
		return h.matches(password), nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
