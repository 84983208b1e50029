// Package webhook tells receivers outside, one request an event, of the facts that leave
// (domain/outside): in the order of the log, at least once, signed as Standard Webhooks
// says. Subscriptions and how far each has come lie in tables of their own; addresses
// and secrets are sealed there. Several instances may share the tables: one of them
// delivers at a time.
package webhook

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain/outside"

	_ "modernc.org/sqlite" // the driver of the file of subscriptions
)

// Tables hold subscriptions, what became of deliveries, and who delivers.
const Tables = `
CREATE TABLE IF NOT EXISTS webhook (
	id         TEXT PRIMARY KEY,
	box        BLOB NOT NULL,
	types      TEXT NOT NULL,
	controller TEXT NOT NULL,
	state      TEXT NOT NULL,
	reached    INTEGER NOT NULL,
	made       INTEGER NOT NULL,
	maker      TEXT NOT NULL,
	tries      INTEGER NOT NULL,
	due        INTEGER NOT NULL,
	cause      TEXT NOT NULL,
	sent       INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS webhook_delivery (
	webhook  TEXT NOT NULL,
	no       INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	position INTEGER NOT NULL,
	type     TEXT NOT NULL,
	status   INTEGER NOT NULL,
	outcome  TEXT NOT NULL,
	took     INTEGER NOT NULL,
	PRIMARY KEY (webhook, no)
) STRICT;
CREATE TABLE IF NOT EXISTS webhook_turn (
	one    INTEGER PRIMARY KEY,
	holder TEXT NOT NULL,
	until  INTEGER NOT NULL
) STRICT;`

// States of a subscription.
const (
	Active = "active"
	Paused = "paused" // by somebody
	Failed = "failed" // the receiver did not take an event for three days
	Gone   = "gone"   // the receiver said that it wants no more (410)
)

// The faults of a subscription.
var (
	ErrUnknown = errors.New("webhook: no such subscription")
	ErrTypes   = errors.New("webhook: a type that does not leave")
	ErrMoved   = errors.New("webhook: somebody else delivers")
)

// Subscription is one receiver: an address, the event types it wants (none: all that
// leave) and whose events they are. Those of the joint corner, which name nobody, go to
// each of its prefectures.
type Subscription struct {
	ID, URL    string
	Types      []string
	Controller string
	State      string
	Reached    uint64 // position of the log up to which everything is delivered
	Made       time.Time
	Maker      string    // account
	Tries      int       // of the event at hand that were in vain
	Due        time.Time // of the next one; zero: at once
	Cause      string    // what the last try ended with, see Delivery.Outcome
	Sent       int       // deliveries tried
	secret     string
}

// Wants tells whether an event is for a subscription.
func (s Subscription) Wants(e outside.Event) bool {
	return (e.Controller == s.Controller || e.Controller == "joint") && (len(s.Types) == 0 || slices.Contains(s.Types, e.Type))
}

// Delivery is one try. Outcome is ok, or why not: status, redirect, gone, busy, late,
// inside (the name leads to an address inside), tls or away.
type Delivery struct {
	No       int
	At       time.Time
	Position uint64 // 0: a test
	Type     string
	Status   int // of HTTP; 0: no answer
	Outcome  string
	Took     time.Duration
}

// Kept is how many deliveries of a subscription are remembered.
const Kept = 200

// Store keeps subscriptions. It is safe for concurrent use.
type Store struct {
	db     *sql.DB
	seal   cipher.AEAD
	origin string
	now    func() time.Time
}

// Open opens the file or creates it for its owner alone.
func Open(path string, key [32]byte, origin string, now func() time.Time) (*Store, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("webhooks: %w", err)
	}
	file.Close()
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("webhooks: %w", err)
	}
	if _, err := db.Exec(Tables); err != nil {
		return nil, errors.Join(fmt.Errorf("webhooks: %w", err), db.Close())
	}
	return OpenTables(db, key, origin, now)
}

// OpenTables keeps subscriptions in the tables of db, which it closes with itself. key
// is the same for every instance.
func OpenTables(db *sql.DB, key [32]byte, origin string, now func() time.Time) (*Store, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db, seal, origin, now}, nil
}

// Close ends the use of the tables.
func (s *Store) Close() error { return s.db.Close() }

// boxed is what is sealed of a subscription: an address may hold a password too.
type boxed struct{ URL, Secret string }

func (s *Store) aad(id string) []byte { return []byte("ayumi webhook v1\n" + s.origin + "\n" + id) }

// Add subscribes a receiver to what is recorded after a position, and answers its id and
// the secret that it checks signatures with: nobody is told it again. ErrAddress or
// ErrTypes.
func (s *Store) Add(ctx context.Context, n Subscription, private bool) (id, secret string, err error) {
	if err := CheckAddress(n.URL, private); err != nil {
		return "", "", err
	}
	if slices.ContainsFunc(n.Types, func(name string) bool { return !outside.Leaves(name) }) {
		return "", "", ErrTypes
	}
	id, secret = uuid.NewString(), newSecret()
	plain, err := json.Marshal(boxed{n.URL, secret})
	if err != nil {
		return "", "", err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO webhook (id, box, types, controller, state, reached, made, maker, tries, due, cause, sent)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, '', 0)`,
		id, s.seal.Seal(nil, nil, plain, s.aad(id)), strings.Join(n.Types, ","), n.Controller, Active, int64(n.Reached), s.now().UnixMilli(), n.Maker)
	return id, secret, wrap(err)
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("webhooks: %w", err)
}

const columns = `id, box, types, controller, state, reached, made, maker, tries, due, cause, sent`

// List answers all subscriptions, the oldest first.
func (s *Store) List(ctx context.Context) ([]Subscription, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+columns+` FROM webhook ORDER BY made, id`)
	if err != nil {
		return nil, wrap(err)
	}
	defer rows.Close()
	var out []Subscription
	for rows.Next() {
		one, err := s.scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, wrap(rows.Err())
}

// Find answers one subscription, or ErrUnknown.
func (s *Store) Find(ctx context.Context, id string) (Subscription, error) {
	one, err := s.scan(s.db.QueryRowContext(ctx, `SELECT `+columns+` FROM webhook WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return one, ErrUnknown
	}
	return one, err
}

func (s *Store) scan(row interface{ Scan(...any) error }) (o Subscription, err error) {
	var box []byte
	var types string
	var reached, made, due int64
	if err := row.Scan(&o.ID, &box, &types, &o.Controller, &o.State, &reached, &made, &o.Maker, &o.Tries, &due, &o.Cause, &o.Sent); err != nil {
		return o, wrap(err)
	}
	o.Reached, o.Made = uint64(reached), time.UnixMilli(made)
	if types != "" {
		o.Types = strings.Split(types, ",")
	}
	if due > 0 {
		o.Due = time.UnixMilli(due)
	}
	plain, err := s.seal.Open(nil, nil, box, s.aad(o.ID))
	if err != nil {
		return o, fmt.Errorf("webhooks: subscription %s: %w", o.ID, err)
	}
	var open boxed
	err = json.Unmarshal(plain, &open)
	o.URL, o.secret = open.URL, open.Secret
	return o, wrap(err)
}

// Pause stops deliveries; what is recorded meanwhile follows after Resume.
func (s *Store) Pause(ctx context.Context, id string) error { return s.turn(ctx, id, Paused) }

// Resume goes on where deliveries stopped, at once.
func (s *Store) Resume(ctx context.Context, id string) error { return s.turn(ctx, id, Active) }

func (s *Store) turn(ctx context.Context, id, state string) error {
	return s.one(ctx, `UPDATE webhook SET state = $2, tries = 0, due = 0, cause = '' WHERE id = $1`, id, state)
}

// Remove forgets a subscription with its deliveries.
func (s *Store) Remove(ctx context.Context, id string) error {
	if err := s.one(ctx, `DELETE FROM webhook WHERE id = $1`, id); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, `DELETE FROM webhook_delivery WHERE webhook = $1`, id)
	return wrap(err)
}

func (s *Store) one(ctx context.Context, statement string, args ...any) error {
	done, err := s.db.ExecContext(ctx, statement, args...)
	if err != nil {
		return wrap(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(wrap(err), ErrUnknown)
	}
	return nil
}

// Deliveries answers the last tries of a subscription, the newest first.
func (s *Store) Deliveries(ctx context.Context, id string, most int) ([]Delivery, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT no, at, position, type, status, outcome, took FROM webhook_delivery WHERE webhook = $1 ORDER BY no DESC LIMIT $2`, id, most)
	if err != nil {
		return nil, wrap(err)
	}
	defer rows.Close()
	var out []Delivery
	for rows.Next() {
		var d Delivery
		var at, position, took int64
		if err := rows.Scan(&d.No, &at, &position, &d.Type, &d.Status, &d.Outcome, &took); err != nil {
			return nil, wrap(err)
		}
		d.At, d.Position, d.Took = time.UnixMilli(at), uint64(position), time.Duration(took)*time.Millisecond
		out = append(out, d)
	}
	return out, wrap(rows.Err())
}
