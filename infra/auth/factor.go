package auth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
)

// factorSchema keeps second factors: secrets sealed under a key that is not in
// this file, and digests of recovery codes.
const factorSchema = `
CREATE TABLE IF NOT EXISTS factor (
	account   TEXT NOT NULL,
	confirmed INTEGER NOT NULL,
	secret    BLOB NOT NULL,
	last_step INTEGER NOT NULL,
	PRIMARY KEY (account, confirmed)
) STRICT;
CREATE TABLE IF NOT EXISTS recovery (
	account TEXT NOT NULL,
	digest  TEXT NOT NULL,
	PRIMARY KEY (account, digest)
) STRICT;`

// ErrNoKey says that second factors were asked for before Seal gave the key.
var ErrNoKey = errors.New("no key for second factors")

const (
	secretBytes = 20 // RFC 4226 4: 160 bits
	// RecoveryCodes is how many recovery codes are handed out at once.
	RecoveryCodes = 10
	recoverySigns = 24 // 120 bits: a plain digest of one cannot be tried out
)

var base32Code = base32.StdEncoding.WithPadding(base32.NoPadding)

// Seal gives the key that seals the secrets of second factors. It is kept apart
// from the file, so that a copy of the file alone makes no code.
func (s *Store) Seal(key [32]byte) error {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return err
	}
	s.seal, err = cipher.NewGCM(block)
	return err
}

// HasFactor tells whether an account signs in with a second factor.
func (s *Store) HasFactor(ctx context.Context, account string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM factor WHERE account = ? AND confirmed = 1`, account).Scan(&n)
	return n > 0, inFile(err)
}

// BeginFactor answers the secret that an account's next second factor will have,
// in base32. It is the same until ConfirmFactor has seen a code of it; the factor in
// use stays until then.
func (s *Store) BeginFactor(ctx context.Context, account string) (string, error) {
	secret, _, err := s.factor(ctx, account, 0)
	if err == nil && secret == nil {
		secret = make([]byte, secretBytes)
		rand.Read(secret)
		var sealed []byte
		if sealed, err = s.sealed(account, secret); err != nil {
			return "", err
		}
		_, err = s.db.ExecContext(ctx, `INSERT INTO factor (account, confirmed, secret, last_step) VALUES (?, 0, ?, 0)`, account, sealed)
		err = inFile(err)
	}
	return base32Code.EncodeToString(secret), err
}

// ConfirmFactor makes the secret of BeginFactor the account's second factor, once a
// code of it was typed, and answers new recovery codes, told once. A wrong code is
// refused as signin.code, too many as signin.too_often.
func (s *Store) ConfirmFactor(ctx context.Context, account, code, from string) ([]string, error) {
	if err := s.guess(account, from); err != nil {
		return nil, err
	}
	secret, _, err := s.factor(ctx, account, 0)
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(secret, digits(code), s.now(), 0)
	if secret == nil || !ok {
		return nil, s.wrongGuess(account, from)
	}
	codes := newRecoveryCodes()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, inFile(err)
	}
	defer tx.Rollback()
	for _, change := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM factor WHERE account = ? AND confirmed = 1`, []any{account}},
		{`UPDATE factor SET confirmed = 1, last_step = ? WHERE account = ?`, []any{step, account}},
		{`DELETE FROM recovery WHERE account = ?`, []any{account}},
	} {
		if _, err := tx.ExecContext(ctx, change.text, change.args...); err != nil {
			return nil, inFile(err)
		}
	}
	for _, c := range codes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery (account, digest) VALUES (?, ?)`, account, digestOf(c)); err != nil {
			return nil, inFile(err)
		}
	}
	return codes, inFile(tx.Commit())
}

// CheckFactor takes a code of an account's second factor, or one of its recovery
// codes. Each is taken once. A wrong code is refused as signin.code, too many as
// signin.too_often.
func (s *Store) CheckFactor(ctx context.Context, account, code, from string) error {
	if err := s.guess(account, from); err != nil {
		return err
	}
	secret, last, err := s.factor(ctx, account, 1)
	if err != nil {
		return err
	}
	if step, ok := stepOf(secret, digits(code), s.now(), last); secret != nil && ok {
		// A second request with the same code finds the step already taken.
		return s.taken(ctx, account, from, `UPDATE factor SET last_step = ?1 WHERE account = ?2 AND confirmed = 1 AND last_step < ?1`, step, account)
	}
	return s.taken(ctx, account, from, `DELETE FROM recovery WHERE account = ? AND digest = ?`, account, digestOf(code))
}

// taken uses up a code: exactly one row changes, or the code was wrong.
func (s *Store) taken(ctx context.Context, account, from, text string, args ...any) error {
	done, err := s.db.ExecContext(ctx, text, args...)
	if err != nil {
		return inFile(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(inFile(err), s.wrongGuess(account, from))
	}
	s.limit.succeeded("factor " + account)
	return nil
}

// DropFactor takes an account's second factor and its recovery codes away, for who
// has lost both. Its sessions stay; see EndSessions.
func (s *Store) DropFactor(ctx context.Context, account string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM factor WHERE account = ?`, account)
	if err == nil {
		_, err = s.db.ExecContext(ctx, `DELETE FROM recovery WHERE account = ?`, account)
	}
	return inFile(err)
}

// RecoveryLeft is how many recovery codes of an account are unused.
func (s *Store) RecoveryLeft(ctx context.Context, account string) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM recovery WHERE account = ?`, account).Scan(&n)
	return n, inFile(err)
}

// factor is a secret with the last step whose code was taken; nil if there is none.
func (s *Store) factor(ctx context.Context, account string, confirmed int) (secret []byte, last uint64, err error) {
	if s.seal == nil {
		return nil, 0, ErrNoKey
	}
	var sealed []byte
	err = s.db.QueryRowContext(ctx, `SELECT secret, last_step FROM factor WHERE account = ? AND confirmed = ?`, account, confirmed).Scan(&sealed, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, inFile(err)
	}
	n := s.seal.NonceSize()
	if len(sealed) < n {
		return nil, 0, errors.New("sign-in file: second factor cannot be read")
	}
	secret, err = s.seal.Open(nil, sealed[:n], sealed[n:], []byte(account))
	return secret, last, inFile(err)
}

func (s *Store) sealed(account string, secret []byte) ([]byte, error) {
	if s.seal == nil {
		return nil, ErrNoKey
	}
	nonce := make([]byte, s.seal.NonceSize())
	rand.Read(nonce)
	return s.seal.Seal(nonce, nonce, secret, []byte(account)), nil
}

// guess refuses to look at a code after too many wrong ones.
func (s *Store) guess(account, from string) error {
	if wait := s.limit.wait(s.now(), "factor "+account, "from "+from); wait > 0 {
		return tooOften(wait)
	}
	return nil
}

func (s *Store) wrongGuess(account, from string) error {
	s.limit.failed(s.now(), "factor "+account, "from "+from)
	return domain.RefuseField("signin.code", "code")
}

func tooOften(wait time.Duration) error {
	return domain.RefuseField("signin.too_often", "", "seconds", fmt.Sprint(int(wait.Seconds())+1))
}

// newRecoveryCodes are written in groups of four small signs.
func newRecoveryCodes() []string {
	codes := make([]string, RecoveryCodes)
	for i := range codes {
		text := strings.ToLower(rand.Text()[:recoverySigns])
		codes[i] = strings.Join(slices.Collect(groups(text, 4)), "-")
	}
	return codes
}

func groups(text string, size int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for ; len(text) > size; text = text[size:] {
			if !yield(text[:size]) {
				return
			}
		}
		yield(text)
	}
}

// digestOf is what is kept of a recovery code, however it was typed.
func digestOf(code string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.NewReplacer("-", "", " ", "", "\u3000", "").Replace(code))))
	return hex.EncodeToString(sum[:])
}

// same compares without telling by time where two texts part.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// inFile says where an error came from.
func inFile(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sign-in file: %w", err)
}
