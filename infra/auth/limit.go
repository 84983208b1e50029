package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"
)

// Attempts a name or an address has at once, and how often it gets one more.
const (
	attempts     = 5
	attemptEvery = 20 * time.Second
)

// attemptSchema counts attempts, by a digest of whose they are: when all of them will
// be back, in milliseconds of Unix time. Who has them all back is in no row.
const attemptSchema = `
CREATE TABLE IF NOT EXISTS attempt (
	whose TEXT PRIMARY KEY,
	back  INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS attempt_back ON attempt (back);`

// attempt takes one attempt away from own before it is made, so that many at once are
// no more than one after the other, in however many instances. A wait above zero means
// that own or the address has none left, and nothing may be tried.
func (s *Store) attempt(ctx context.Context, own, address string) (time.Duration, error) {
	wait, err := s.wait(ctx, own, address)
	if err != nil || wait > 0 {
		return wait, err
	}
	taken, err := s.take(ctx, own)
	if err != nil || taken {
		return 0, err
	}
	wait, err = s.wait(ctx, own)
	return max(wait, time.Millisecond), err
}

// wait is how long the slowest has to wait before an attempt is looked at; zero means
// now. It takes nothing away.
func (s *Store) wait(ctx context.Context, keys ...string) (longest time.Duration, err error) {
	now := s.now()
	for _, k := range keys {
		var back sql.NullInt64
		if err := s.db.QueryRowContext(ctx, `SELECT max(back) FROM attempt WHERE whose = $1`, s.whose(k)).Scan(&back); err != nil {
			return 0, inFile(err)
		}
		longest = max(longest, time.UnixMilli(back.Int64).Sub(now)-(attempts-1)*attemptEvery)
	}
	return longest, nil
}

// take takes one attempt away, false if there is none.
func (s *Store) take(ctx context.Context, key string) (bool, error) {
	now := s.now()
	if _, err := s.db.ExecContext(ctx, `DELETE FROM attempt WHERE back <= $1`, now.UnixMilli()); err != nil {
		return false, inFile(err)
	}
	done, err := s.db.ExecContext(ctx, `INSERT INTO attempt (whose, back) VALUES ($1, $2)
		ON CONFLICT (whose) DO UPDATE SET back = CASE WHEN attempt.back < $3 THEN excluded.back ELSE attempt.back + $4 END WHERE attempt.back <= $5`,
		s.whose(key), now.Add(attemptEvery).UnixMilli(), now.UnixMilli(), attemptEvery.Milliseconds(), now.Add((attempts-1)*attemptEvery).UnixMilli())
	if err != nil {
		return false, inFile(err)
	}
	n, err := done.RowsAffected()
	return n == 1, inFile(err)
}

// failed takes one attempt away from an address.
func (s *Store) failed(ctx context.Context, address string) error {
	_, err := s.take(ctx, address)
	return err
}

// succeeded gives a name its attempts back; its address keeps what it lost.
func (s *Store) succeeded(ctx context.Context, key string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM attempt WHERE whose = $1`, s.whose(key))
	return inFile(err)
}

// whose is what the file keeps of a name or an address.
func (s *Store) whose(key string) string {
	mac := hmac.New(sha256.New, s.mark)
	mac.Write([]byte(key))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
