package auth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
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
// from the file, so that a copy of the file alone makes no code. Stores that share
// tables need the same: they count failed attempts together from then on.
func (s *Store) Seal(key [32]byte) error {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte("ayumi failed attempts v1"))
	s.mark = mac.Sum(nil)
	s.seal, err = cipher.NewGCM(block)
	return err
}

// HasFactor tells whether an account signs in with a second factor.
func (s *Store) HasFactor(ctx context.Context, account string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM factor WHERE account = $1 AND confirmed = 1`, account).Scan(&n)
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
		if _, err = s.db.ExecContext(ctx, `INSERT INTO factor (account, confirmed, secret, last_step) VALUES ($1, 0, $2, 0) ON CONFLICT DO NOTHING`, account, sealed); err != nil {
			return "", inFile(err)
		}
		secret, _, err = s.factor(ctx, account, 0) // of whoever came first
	}
	return base32Code.EncodeToString(secret), err
}

// ConfirmFactor makes the secret of BeginFactor the account's second factor, once a
// code of it was typed, and answers new recovery codes, told once. A wrong code is
// refused as signin.code, too many as signin.too_often.
func (s *Store) ConfirmFactor(ctx context.Context, account, code, from string) ([]string, error) {
	if err := s.guess(ctx, account, from); err != nil {
		return nil, err
	}
	secret, _, err := s.factor(ctx, account, 0)
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(secret, digits(code), s.now(), 0)
	if secret == nil || !ok {
		return nil, s.wrongGuess(ctx, from)
	}
	codes := newRecoveryCodes()
	err = s.within(ctx, func(tx *sql.Tx) error { return confirm(ctx, tx, account, step, codes) })
	if errors.Is(err, errTaken) {
		return nil, s.wrongGuess(ctx, from)
	}
	if err == nil {
		err = s.succeeded(ctx, byFactor(account))
	}
	return codes, err
}

// errTaken: another request took the same code first.
var errTaken = errors.New("code was taken")

// confirm puts a secret in the place of the one in use. Of two requests with one code
// the second finds nothing to confirm, and the codes told to the first stay.
func confirm(ctx context.Context, tx *sql.Tx, account string, step uint64, codes []string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM factor WHERE account = $1 AND confirmed = 1`, account); err != nil {
		return inFile(err)
	}
	done, err := tx.ExecContext(ctx, `UPDATE factor SET confirmed = 1, last_step = $1 WHERE account = $2 AND confirmed = 0`, step, account)
	if err != nil {
		return inFile(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(inFile(err), errTaken)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM recovery WHERE account = $1`, account); err != nil {
		return inFile(err)
	}
	for _, c := range codes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery (account, digest) VALUES ($1, $2)`, account, digestOf(c)); err != nil {
			return inFile(err)
		}
	}
	return nil
}

// CheckFactor takes a code of an account's second factor, or one of its recovery
// codes. Each is taken once. A wrong code is refused as signin.code, too many as
// signin.too_often.
func (s *Store) CheckFactor(ctx context.Context, account, code, from string) error {
	if err := s.guess(ctx, account, from); err != nil {
		return err
	}
	secret, last, err := s.factor(ctx, account, 1)
	if err != nil {
		return err
	}
	if step, ok := stepOf(secret, digits(code), s.now(), last); secret != nil && ok {
		// A second request with the same code finds the step already taken.
		return s.taken(ctx, account, from, `UPDATE factor SET last_step = $1 WHERE account = $2 AND confirmed = 1 AND last_step < $1`, step, account)
	}
	return s.taken(ctx, account, from, `DELETE FROM recovery WHERE account = $1 AND digest = $2`, account, digestOf(code))
}

// taken uses up a code: exactly one row changes, or the code was wrong.
func (s *Store) taken(ctx context.Context, account, from, text string, args ...any) error {
	done, err := s.db.ExecContext(ctx, text, args...)
	if err != nil {
		return inFile(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(inFile(err), s.wrongGuess(ctx, from))
	}
	return s.succeeded(ctx, byFactor(account))
}

// DropFactor takes an account's second factor and its recovery codes away, for who
// has lost both. Its sessions stay; see EndSessions.
func (s *Store) DropFactor(ctx context.Context, account string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM factor WHERE account = $1`, account)
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM recovery WHERE account = $1`, account)
		}
		return inFile(err)
	})
}

// RecoveryLeft is how many recovery codes of an account are unused.
func (s *Store) RecoveryLeft(ctx context.Context, account string) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM recovery WHERE account = $1`, account).Scan(&n)
	return n, inFile(err)
}

// factor is a secret with the last step whose code was taken; nil if there is none.
func (s *Store) factor(ctx context.Context, account string, confirmed int) (secret []byte, last uint64, err error) {
	if s.seal == nil {
		return nil, 0, ErrNoKey
	}
	var sealed []byte
	err = s.db.QueryRowContext(ctx, `SELECT secret, last_step FROM factor WHERE account = $1 AND confirmed = $2`, account, confirmed).Scan(&sealed, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, inFile(err)
	}
	n := s.seal.NonceSize()
	if len(sealed) < n {
		return nil, 0, errors.New("sign-in: second factor cannot be read")
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

func byFactor(account string) string { return "factor " + account }

// guess refuses to look at a code after too many wrong ones.
func (s *Store) guess(ctx context.Context, account, from string) error {
	wait, err := s.attempt(ctx, byFactor(account), "from "+from)
	if err == nil && wait > 0 {
		err = tooOften(wait)
	}
	return err
}

func (s *Store) wrongGuess(ctx context.Context, from string) error {
	if err := s.failed(ctx, "from "+from); err != nil {
		return err
	}
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
	return fmt.Errorf("sign-in: %w", domain.Away(err))
}
