package app

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// errandTables hold work that one instance does and any of them may be asked for. What
// is told of it is sealed: a file may bear a name.
const errandTables = `CREATE TABLE IF NOT EXISTS errand (
	kind TEXT NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL,
	told TIMESTAMPTZ NOT NULL, -- by whoever does it
	done BOOLEAN NOT NULL, stop BOOLEAN NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (kind, id))`

const (
	errandTold   = time.Second      // how often an instance tells how far it is
	errandSilent = 15 * time.Second // after that its instance is gone
	errandKept   = time.Hour
)

// errands are nil where one instance alone has the log.
type errands struct {
	db   *sql.DB
	seal cipher.AEAD
}

// newErrands seals with a key of this installation.
func (l *Ledger) newErrands(ctx context.Context) (*errands, error) {
	if l.Config.Access == "" {
		return nil, nil
	}
	db, err := l.Config.shared(ctx, l.Origin, "errands", errandTables)
	if err != nil {
		return nil, err
	}
	l.later(db.Close)
	key, err := l.Keys.Derive(ctx, "errands", "ayumi errands v1")
	if err != nil {
		return nil, fmt.Errorf("key of errands: %w", err)
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	return &errands{db, seal}, err
}

// begin takes an errand on; false if an instance is at it.
func (e *errands) begin(ctx context.Context, kind, id, account string) (bool, error) {
	if e == nil {
		return true, nil
	}
	if _, err := e.db.ExecContext(ctx, `DELETE FROM errand WHERE told < clock_timestamp() - make_interval(secs => $1)`, errandKept.Seconds()); err != nil {
		return false, err
	}
	taken, err := e.db.ExecContext(ctx, `INSERT INTO errand (kind, id, account, told, done, stop, body)
		VALUES ($1, $2, $3, clock_timestamp(), false, false, '')
		ON CONFLICT (kind, id) DO UPDATE SET account = excluded.account, told = excluded.told, done = false, stop = false, body = ''
		WHERE errand.done OR errand.told < clock_timestamp() - make_interval(secs => $4)`, kind, id, account, errandSilent.Seconds())
	if err != nil {
		return false, err
	}
	n, err := taken.RowsAffected()
	return n == 1, err
}

// tell says how far an errand is, and answers whether somebody wants it stopped.
func (e *errands) tell(ctx context.Context, kind, id string, body any, done bool) (stop bool, err error) {
	plain, err := json.Marshal(body)
	if err != nil {
		return false, err
	}
	err = e.db.QueryRowContext(ctx, `UPDATE errand SET told = clock_timestamp(), done = $3, body = $4 WHERE kind = $1 AND id = $2 RETURNING stop`,
		kind, id, done, e.seal.Seal(nil, nil, plain, []byte(kind+" "+id))).Scan(&stop)
	return stop, err
}

// follow tells of an errand from time to time, stops it if somebody wants that, and
// says at the end what came of it.
func (e *errands) follow(ctx context.Context, kind, id string, ended <-chan struct{}, stop func(), far func() any, report func(string, error)) {
	if e == nil {
		return
	}
	for done := false; !done; {
		select {
		case <-ended:
			done = true
		case <-time.After(errandTold):
		}
		telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), errandSilent/3)
		wish, err := e.tell(telling, kind, id, far(), done)
		cancel()
		if err != nil {
			report("what is under way cannot be told to the other instances", err)
		}
		if wish {
			stop()
		}
	}
}

// errand is how one stands.
type errand struct {
	account     string
	done, alive bool
	body        []byte // as JSON; empty if nothing was told yet
}

// look answers how an errand stands; false if nobody knows of it.
func (e *errands) look(ctx context.Context, kind, id string) (out errand, ok bool, err error) {
	if e == nil {
		return out, false, nil
	}
	var sealed []byte
	err = e.db.QueryRowContext(ctx, `SELECT account, done, told > clock_timestamp() - make_interval(secs => $3), body FROM errand WHERE kind = $1 AND id = $2`,
		kind, id, errandSilent.Seconds()).Scan(&out.account, &out.done, &out.alive, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return out, false, nil
	}
	if err == nil && len(sealed) > 0 {
		out.body, err = e.seal.Open(nil, nil, sealed, []byte(kind+" "+id))
	}
	return out, err == nil, err
}

// running tells whether an instance is at an errand.
func (e *errands) running(ctx context.Context, kind, id string) (bool, error) {
	x, ok, err := e.look(ctx, kind, id)
	return ok && x.alive && !x.done, err
}

// await looks at an errand until it is done, its instance is gone, or that took so long.
func (e *errands) await(ctx context.Context, kind, id string, most time.Duration) (errand, bool, error) {
	for begun := time.Now(); ; {
		x, ok, err := e.look(ctx, kind, id)
		if err != nil || !ok || x.done || !x.alive || time.Since(begun) > most {
			return x, ok, err
		}
		select {
		case <-time.After(errandTold / 4):
		case <-ctx.Done():
			return x, ok, ctx.Err()
		}
	}
}

// ask lets whoever is at an errand stop it.
func (e *errands) ask(ctx context.Context, kind, id string) error {
	_, err := e.db.ExecContext(ctx, `UPDATE errand SET stop = true WHERE kind = $1 AND id = $2 AND NOT done`, kind, id)
	return err
}
