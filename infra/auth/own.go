package auth

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"ayumi/domain"
)

// InitialLife is how long a password that somebody else made lets its holder in.
const InitialLife = 7 * 24 * time.Hour

// initialSchema marks passwords that somebody else knows: their holder must choose
// another one before anything else.
const initialSchema = `
CREATE TABLE IF NOT EXISTS initial (
	account TEXT PRIMARY KEY,
	until   INTEGER NOT NULL
) STRICT;`

// SetInitialPassword is SetPassword for a password that the holder has not chosen: it
// must be changed at the first sign-in, and lapses after InitialLife.
func (s *Store) SetInitialPassword(ctx context.Context, name, account, password string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := s.setPassword(ctx, tx, name, account, password); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO initial (account, until) VALUES ($1, $2)
			ON CONFLICT (account) DO UPDATE SET until = excluded.until`, account, s.now().Add(InitialLife).Unix())
		return inFile(err)
	})
}

// Initial tells whether an account must choose a password of its own.
func (s *Store) Initial(ctx context.Context, account string) (bool, error) {
	until, err := s.initialUntil(ctx, account)
	return !until.IsZero(), err
}

func (s *Store) initialUntil(ctx context.Context, account string) (time.Time, error) {
	var until int64
	err := s.db.QueryRowContext(ctx, `SELECT until FROM initial WHERE account = $1`, account).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.Unix(until, 0), inFile(err)
}

// Named is the account of a sign-in name, "" if it has none.
func (s *Store) Named(ctx context.Context, name string) (string, error) {
	account, _, err := s.credential(ctx, name)
	return account, err
}

// CheckPassword refuses a password that is not the account's as password.wrong, and
// too many of them as signin.too_often.
func (s *Store) CheckPassword(ctx context.Context, account, password, from string) error {
	var name string
	err := s.db.QueryRowContext(ctx, `SELECT name FROM credential WHERE account = $1`, account).Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return inFile(err)
	}
	found, wait, err := s.SignIn(ctx, name, password, from)
	switch {
	case err != nil:
		return err
	case wait > 0:
		return tooOften(wait)
	case found != account || account == "":
		return domain.RefuseField("password.wrong", "password")
	}
	return nil
}

// ChangePassword gives an account the password its holder chose. It refuses a wrong
// old one, and a new one that is too short, easy to guess or the old one.
func (s *Store) ChangePassword(ctx context.Context, account, old, fresh, from string) error {
	if err := s.CheckPassword(ctx, account, old, from); err != nil {
		return err
	}
	var name string
	if err := s.db.QueryRowContext(ctx, `SELECT name FROM credential WHERE account = $1`, account).Scan(&name); err != nil {
		return inFile(err)
	}
	switch {
	case len([]rune(fresh)) < 12 || len(fresh) > 256:
		return domain.RefuseField("password.short", "new_password")
	case fresh == old:
		return domain.RefuseField("password.same", "new_password")
	case guessable(fresh, name):
		return domain.RefuseField("password.guessable", "new_password")
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := s.setPassword(ctx, tx, name, account, fresh); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM initial WHERE account = $1`, account)
		return inFile(err)
	})
}

// guessed are what lists of stolen passwords of this length are made of, with the
// words of this product and its prefectures.
var guessed = []string{"password", "passw0rd", "p@ssword", "welcome", "letmein", "iloveyou", "sunshine", "princess", "football", "baseball",
	"qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "1q2w3e4r5t", "1qaz2wsx3edc", "abcdefghijklmnopqrstuvwxyz", "01234567890", "09876543210",
	"administrator", "admin", "ayumi", "tottori", "okayama", "sakura", "nippon", "kanri", "soudan"}

// guessable tells whether a password is made of little: few different signs, or known
// pieces with hardly anything else.
func guessable(password, name string) bool {
	signs := map[rune]bool{}
	for _, r := range password {
		signs[r] = true
	}
	if len(signs) < 6 {
		return true
	}
	rest := strings.ToLower(password)
	for _, piece := range append(guessed, name) {
		for size := len(piece); size >= 4; size-- { // a piece may be cut short: qwertyui
			rest = strings.ReplaceAll(rest, piece[:size], "")
		}
	}
	return len([]rune(rest)) < 8 && len(rest) < len(password)
}
