package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"
)

// feedSchema holds, for an account that has a calendar feed, the digest of the secret
// in its address: the file does not open anybody's calendar.
const feedSchema = `
CREATE TABLE IF NOT EXISTS feed (
	account  TEXT PRIMARY KEY,
	digest   TEXT NOT NULL UNIQUE,
	language TEXT NOT NULL,
	made_at  INTEGER NOT NULL
) STRICT;`

// NewFeed gives an account a feed in a language and answers its secret, which is told
// once. The secret before it opens nothing any more.
func (s *Store) NewFeed(ctx context.Context, account, language string) (secret string, err error) {
	secret = rand.Text() + rand.Text()
	_, err = s.db.ExecContext(ctx, `INSERT INTO feed (account, digest, language, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET digest = excluded.digest, language = excluded.language, made_at = excluded.made_at`,
		account, feedDigest(secret), language, s.now().Unix())
	return secret, inFile(err)
}

// EndFeed takes the feed of an account away; none is no fault.
func (s *Store) EndFeed(ctx context.Context, account string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM feed WHERE account = $1`, account)
	return inFile(err)
}

// FeedSince is when the feed of an account was made, the zero time if it has none.
func (s *Store) FeedSince(ctx context.Context, account string) (time.Time, error) {
	var at int64
	err := s.db.QueryRowContext(ctx, `SELECT made_at FROM feed WHERE account = $1`, account).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.Unix(at, 0), inFile(err)
}

// FeedOf is whose feed a secret opens and in which language, "" if nobody's.
func (s *Store) FeedOf(ctx context.Context, secret string) (account, language string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT account, language FROM feed WHERE digest = $1`, feedDigest(secret)).Scan(&account, &language)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return account, language, inFile(err)
}

// feedDigest needs no salt: a secret has more than 256 bits.
func feedDigest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
