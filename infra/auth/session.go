package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"ayumi/domain"
)

// What a session is shut for (column shut). It never opens again under its token.
const (
	shutLocked = 1 // it waits for its password
	shutEnded  = 2
)

// FindCtx returns the data of an unexpired session. Tokens come in hashed.
func (s *Store) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT data FROM session WHERE token = $1 AND expires > $2 AND shut < 2`, token, s.now().Unix()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("session: %w", domain.Away(err))
	}
	return data, true, nil
}

// CommitCtx keeps a session until expiry and forgets those that are past theirs. A
// session that was ended or locked meanwhile, by another request here or in another
// instance, stays so: the token of one that was unlocked is a new one.
func (s *Store) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM session WHERE expires <= $1`, s.now().Unix()); err != nil {
		return fmt.Errorf("session: %w", domain.Away(err))
	}
	shut := 0
	if _, values, err := (scs.GobCodec{}).Decode(data); err == nil && values["locked"] == true {
		shut = shutLocked
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO session (token, data, expires, shut) VALUES ($1, $2, $3, $4)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires, shut = excluded.shut
		WHERE session.shut <= excluded.shut`, token, data, expiry.Unix(), shut)
	if err != nil {
		return fmt.Errorf("session: %w", domain.Away(err))
	}
	return nil
}

// DeleteCtx ends a session; ending an unknown one is no error. Its token stays until
// expiry, without its data, so that a request that is under way does not bring it back.
func (s *Store) DeleteCtx(ctx context.Context, token string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE session SET data = substr(data, 1, 1), shut = $1 WHERE token = $2`, shutEnded, token); err != nil {
		return fmt.Errorf("session: %w", domain.Away(err))
	}
	return nil
}

// EndSessions ends every session of an account.
func (s *Store) EndSessions(ctx context.Context, account string) error {
	all, err := s.AllCtx(ctx)
	if err != nil {
		return err
	}
	for token, data := range all {
		_, values, err := scs.GobCodec{}.Decode(data)
		if err != nil || values["account"] != account && values["pending"] != account {
			continue // one that cannot be read opens nothing
		}
		if err := s.DeleteCtx(ctx, token); err != nil {
			return err
		}
	}
	return nil
}

// Find is FindCtx for callers without a context.
func (s *Store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s *Store) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s *Store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// AllCtx answers the data of every unexpired session by its hashed token.
func (s *Store) AllCtx(ctx context.Context) (map[string][]byte, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT token, data FROM session WHERE expires > $1 AND shut < 2`, s.now().Unix())
	if err != nil {
		return nil, fmt.Errorf("session: %w", domain.Away(err))
	}
	defer rows.Close()
	all := map[string][]byte{}
	for rows.Next() {
		var token string
		var data []byte
		if err := rows.Scan(&token, &data); err != nil {
			return nil, fmt.Errorf("session: %w", domain.Away(err))
		}
		all[token] = data
	}
	return all, rows.Err()
}
