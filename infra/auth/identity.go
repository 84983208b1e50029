package auth

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"ayumi/domain"
)

// identitySchema keeps which account somebody is who signs in elsewhere. What the
// other side calls its people may be a name, so only a digest of it is here.
const identitySchema = `
CREATE TABLE IF NOT EXISTS identity (
	digest  TEXT PRIMARY KEY,
	account TEXT NOT NULL
) STRICT;`

// Identified is the account of a subject of an issuer, "" if it has none.
func (s *Store) Identified(ctx context.Context, issuer, subject string) (account string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT account FROM identity WHERE digest = $1`, identityDigest(issuer, subject)).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return account, inFile(err)
}

// Identify makes a subject of an issuer the holder of an account, beside those it has.
// A subject that holds another account is refused as provider.taken.
func (s *Store) Identify(ctx context.Context, issuer, subject, account string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO identity (digest, account) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING`, identityDigest(issuer, subject), account)
	if err != nil {
		return inFile(err)
	}
	if held, err := s.Identified(ctx, issuer, subject); err != nil || held != account {
		return errors.Join(err, domain.Refuse("provider.taken"))
	}
	return nil
}

// HasIdentity tells whether an account can be signed in to from elsewhere.
func (s *Store) HasIdentity(ctx context.Context, account string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM identity WHERE account = $1`, account).Scan(&n)
	return n > 0, inFile(err)
}

// ForgetIdentities takes every subject of an account away.
func (s *Store) ForgetIdentities(ctx context.Context, account string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM identity WHERE account = $1`, account)
	return inFile(err)
}

// identityDigest has one text for each pair: the length keeps the two apart.
func identityDigest(issuer, subject string) string {
	first := sha256.Sum256([]byte(issuer))
	sum := sha256.Sum256(append(first[:], subject...))
	return hex.EncodeToString(sum[:])
}
