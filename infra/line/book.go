package line

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"

	"github.com/google/uuid"
	_ "modernc.org/sqlite" // the driver of the file
)

// Tables makes the tables of threads. They hold random ids, times and ciphertext. LINE's own ids stand there as tags
// under a key of the installation, so that a writer is known again without being named.
const Tables = `
CREATE TABLE IF NOT EXISTS heard (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS taken_back (message TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sender (
	id      TEXT PRIMARY KEY,
	tag     TEXT NOT NULL UNIQUE,
	owner   TEXT NOT NULL,
	box     BLOB,
	person  TEXT NOT NULL,
	dropped TEXT NOT NULL,
	blocked INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sender_person ON sender (person);
CREATE TABLE IF NOT EXISTS message (
	id       TEXT PRIMARY KEY,
	sender   TEXT NOT NULL,
	tag      TEXT UNIQUE,
	out      INTEGER NOT NULL,
	day      INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	form     TEXT NOT NULL,
	owner    TEXT NOT NULL,
	box      BLOB,
	state    TEXT NOT NULL,
	problem  TEXT NOT NULL DEFAULT '',
	account  TEXT NOT NULL DEFAULT '',
	retry    TEXT NOT NULL DEFAULT '',
	note     TEXT NOT NULL DEFAULT '',
	recorded INTEGER NOT NULL DEFAULT 0,
	attempts INTEGER NOT NULL DEFAULT 0,
	first    INTEGER NOT NULL DEFAULT 0,
	due      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS message_sender ON message (sender, at);
CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE state = 'queued';
CREATE INDEX IF NOT EXISTS message_unrecorded ON message (at) WHERE state = 'sent' AND recorded = 0;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`

// States of a message.
const (
	Received = "received"
	Back     = "unsent" // its writer took it back: the text is gone
	Queued   = "queued"
	Sent     = "sent"
	Failed   = "failed"
)

// Reasons to drop a writer whom nobody links to a person.
const (
	DroppedEnquiry = "enquiry" // no consultation: nothing is kept, later messages are shown again
	DroppedWrong   = "wrong"   // meant somebody else; the same
	DroppedSpam    = "spam"    // later messages are not shown either
)

// ErrUnknown: there is no such writer or message.
var ErrUnknown = errors.New("no such writer or message")

// Sender is somebody who writes by LINE. ID is random and stands for the thread too.
type Sender struct {
	ID, Person string // Person: "" until somebody linked the writer
	Dropped    string
	Blocked    bool // the account is blocked, or was never added: nothing can be sent
}

// Message is one message of a thread. Day is that of Asia/Tokyo.
type Message struct {
	ID, Sender string
	Out        bool
	Day        japan.Date
	At         time.Time
	Form       string // text, image, sticker, …
	State      string
	Text       string // opened; "" if it is gone or was none
	Problem    string // why a message could not be sent, a code of Fault
	Account    string // who sends it
	Retry      string // key of the attempts
	Note       string // of who sends: what is to be recorded once it is sent; nothing personal
	Attempts   int
	First, Due time.Time
	owner      string
	box        []byte
}

// Book keeps threads. It is safe for concurrent use.
type Book struct {
	db     *sql.DB
	keys   domain.Keyring
	origin string
	key    [32]byte
	now    func() time.Time
}

// Open opens the file or creates it for its owner alone. key makes the tags.
func Open(path string, keys domain.Keyring, origin string, key [32]byte, now func() time.Time) (*Book, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("LINE: %w", domain.Away(err))
	}
	file.Close()
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("LINE: %w", domain.Away(err))
	}
	if _, err := db.Exec(Tables); err != nil {
		return nil, errors.Join(fmt.Errorf("LINE: %w", domain.Away(err)), db.Close())
	}
	return OpenTables(db, keys, origin, key, now), nil
}

// OpenTables keeps threads in the tables of db, which it closes with itself. Several
// instances may share them: a message is sent by one of them.
func OpenTables(db *sql.DB, keys domain.Keyring, origin string, key [32]byte, now func() time.Time) *Book {
	return &Book{db, keys, origin, key, now}
}

// Close ends the use of the file.
func (b *Book) Close() error { return b.db.Close() }

// tag stands for an id of LINE.
func (b *Book) tag(kind, id string) string {
	mac := hmac.New(sha256.New, b.key[:])
	mac.Write([]byte(kind + "\n" + id))
	return hex.EncodeToString(mac.Sum(nil))
}

// aad binds a box to the log and to what it is of.
func (b *Book) aad(kind, id string) []byte {
	return []byte("ayumi line v1 " + kind + "\n" + b.origin + "\n" + id)
}

func (b *Book) seal(ctx context.Context, owner, kind, id, text string) ([]byte, error) {
	if _, err := b.keys.Ensure(ctx, owner); err != nil {
		return nil, err
	}
	var nonce [12]byte
	rand.Read(nonce[:])
	return b.keys.Seal(ctx, owner, nonce, []byte(text), b.aad(kind, id))
}

func (b *Book) within(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := b.db.BeginTx(ctx, nil)
	if err == nil {
		if err = do(tx); err == nil {
			err = tx.Commit()
		} else {
			tx.Rollback()
		}
	}
	if err != nil && !errors.Is(err, ErrUnknown) && !errors.Is(err, domain.ErrErased) && !errors.Is(err, errMoved) {
		err = fmt.Errorf("LINE: %w", domain.Away(err))
	}
	return err
}

// Take keeps what a user did; it is durable when Take answers, and the same event is
// kept once. fresh tells that it is new here; the answered writer is as it stands then.
func (b *Book) Take(ctx context.Context, e Event) (s Sender, fresh bool, err error) {
	err = settled(func() (err error) {
		if s, fresh, err = b.take(ctx, e); errors.Is(err, ErrUnknown) {
			err = errMoved // forgotten meanwhile: somebody new writes
		}
		return err
	})
	return s, fresh, err
}

// errMoved: the writer was linked or dropped while what was written was being sealed.
var errMoved = errors.New("writer has been linked or dropped meanwhile")

// settled tries again what another hand, here or in another instance, came before.
func settled(do func() error) (err error) {
	for range 8 {
		if err = do(); !errors.Is(err, errMoved) {
			break
		}
	}
	return err
}

// stays keeps a writer as it is until the end of a transaction: errMoved where it is
// under another key by now, or was dropped otherwise.
func stays(ctx context.Context, tx *sql.Tx, sender, owner, dropped string) error {
	r, err := tx.ExecContext(ctx, `UPDATE sender SET blocked = blocked WHERE id = $1 AND owner = $2 AND dropped = $3`, sender, owner, dropped)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errMoved)
	}
	return nil
}

func (b *Book) take(ctx context.Context, e Event) (s Sender, fresh bool, err error) {
	if s, err = b.meet(ctx, e); err != nil || s.ID == "" {
		return s, false, err
	}
	id := uuid.NewString()
	owner, err := b.ownerOf(ctx, s.ID)
	if err != nil {
		return s, false, err
	}
	var box []byte
	if e.Kind == Wrote && e.Text != "" && s.Dropped == "" {
		if box, err = b.seal(ctx, owner, "message", id, e.Text); err != nil {
			return s, false, err
		}
	}
	err = b.within(ctx, func(tx *sql.Tx) error {
		if err := stays(ctx, tx, s.ID, owner, s.Dropped); err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, `INSERT INTO heard (event) VALUES ($1) ON CONFLICT DO NOTHING`, e.ID)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return err
		}
		fresh = true
		return b.happen(ctx, tx, e, s, id, owner, box)
	})
	return s, fresh && err == nil, err
}

// meet answers the writer, who is made known when first writing; nobody for somebody
// who has never written and does something else. A writer who was dropped for what is
// no nuisance comes back.
func (b *Book) meet(ctx context.Context, e Event) (Sender, error) {
	tag := b.tag("user", e.User)
	s, err := b.sender(ctx, `tag = $1`, tag)
	switch {
	case err == nil && (s.Dropped == "" || s.Dropped == DroppedSpam || e.Kind != Wrote):
		return s, nil
	case err == nil:
	case !errors.Is(err, ErrUnknown):
		return s, err
	case e.Kind != Wrote:
		return Sender{}, nil
	default:
		s = Sender{}
	}
	id := uuid.NewString()
	box, err := b.seal(ctx, id, "user", id, e.User)
	if err != nil {
		return s, err
	}
	// Whoever comes back is somebody new: nothing joins the two but the tag.
	_, err = b.db.ExecContext(ctx, `INSERT INTO sender (id, tag, owner, box, person, dropped, blocked) VALUES ($1, $2, $3, $4, '', '', 0)
		ON CONFLICT (tag) DO UPDATE SET id = excluded.id, owner = excluded.owner, box = excluded.box, person = '', dropped = '', blocked = 0
		WHERE sender.dropped NOT IN ('', 'spam')`, id, tag, id, box)
	if err != nil {
		return s, fmt.Errorf("LINE: %w", domain.Away(err))
	}
	return b.sender(ctx, `tag = $1`, tag)
}

func (b *Book) happen(ctx context.Context, tx *sql.Tx, e Event, s Sender, id, owner string, box []byte) (err error) {
	tag := b.tag("message", e.Message)
	switch e.Kind {
	case Wrote:
		if s.Dropped != "" {
			return nil
		}
		// A redelivery may come after the message was taken back.
		var back int
		if err = tx.QueryRowContext(ctx, `SELECT count(*) FROM taken_back WHERE message = $1`, tag).Scan(&back); err != nil {
			return err
		}
		state := Received
		if back > 0 {
			state, box = Back, nil
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO message (id, sender, tag, out, day, at, form, owner, box, state) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
			id, s.ID, tag, int(japan.DateOf(e.At)), e.At.UnixMilli(), e.Form, owner, box, state)
	case Unsent:
		if _, err = tx.ExecContext(ctx, `INSERT INTO taken_back (message) VALUES ($1) ON CONFLICT DO NOTHING`, tag); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE message SET box = NULL, state = $1 WHERE tag = $2 AND sender = $3`, Back, tag, s.ID)
	case Joined, Blocked:
		blocked := 0
		if e.Kind == Blocked {
			blocked = 1
		}
		_, err = tx.ExecContext(ctx, `UPDATE sender SET blocked = $1 WHERE id = $2`, blocked, s.ID)
	}
	return err
}

const senderColumns = `SELECT id, person, dropped, blocked FROM sender WHERE `

func (b *Book) sender(ctx context.Context, where string, args ...any) (s Sender, err error) {
	err = b.db.QueryRowContext(ctx, senderColumns+where, args...).Scan(&s.ID, &s.Person, &s.Dropped, &s.Blocked)
	if errors.Is(err, sql.ErrNoRows) {
		return s, ErrUnknown
	}
	return s, inFile(err)
}

func inFile(err error) error {
	if err != nil {
		return fmt.Errorf("LINE: %w", domain.Away(err))
	}
	return nil
}

func (b *Book) ownerOf(ctx context.Context, sender string) (owner string, err error) {
	err = b.db.QueryRowContext(ctx, `SELECT owner FROM sender WHERE id = $1`, sender).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrUnknown
	}
	return owner, inFile(err)
}

// Sender answers a writer; ErrUnknown.
func (b *Book) Sender(ctx context.Context, id string) (Sender, error) {
	return b.sender(ctx, `id = $1`, id)
}

// Waiting are the writers whom nobody has linked or dropped, who wrote first first.
func (b *Book) Waiting(ctx context.Context) ([]Sender, error) {
	return b.senders(ctx, `person = '' AND dropped = '' AND EXISTS (SELECT 1 FROM message WHERE sender = sender.id) ORDER BY (SELECT min(at) FROM message WHERE sender = sender.id), id`)
}

// unanswered are linked writers to whom nothing was sent since they wrote last.
const unanswered = `person <> '' AND (SELECT max(at) FROM message WHERE sender = sender.id AND out = 0 AND state = 'received') >
	coalesce((SELECT max(at) FROM message WHERE sender = sender.id AND out = 1 AND state = 'sent'), 0)`

// Unsettled are the linked writers who wait for an answer, or to whom something could
// not be sent; who wrote last comes first.
func (b *Book) Unsettled(ctx context.Context) ([]Sender, error) {
	return b.senders(ctx, unanswered+` OR person <> '' AND EXISTS (SELECT 1 FROM message WHERE sender = sender.id AND state = 'failed')
		ORDER BY (SELECT max(at) FROM message WHERE sender = sender.id AND out = 0) DESC, id`)
}

// Of are the writers linked to a person.
func (b *Book) Of(ctx context.Context, person string) ([]Sender, error) {
	return b.senders(ctx, `person = $1 ORDER BY id`, person)
}

func (b *Book) senders(ctx context.Context, where string, args ...any) (out []Sender, err error) {
	rows, err := b.db.QueryContext(ctx, senderColumns+where, args...)
	if err != nil {
		return nil, inFile(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Sender
		if err := rows.Scan(&s.ID, &s.Person, &s.Dropped, &s.Blocked); err != nil {
			return nil, inFile(err)
		}
		out = append(out, s)
	}
	return out, inFile(rows.Err())
}

// Marked notes that something happened now, of which the newest time is kept.
func (b *Book) Marked(ctx context.Context, name string) error {
	_, err := b.db.ExecContext(ctx, `INSERT INTO mark (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at`, name, b.now().UnixMilli())
	return inFile(err)
}

// Marks are the times that were noted.
func (b *Book) Marks(ctx context.Context) (map[string]time.Time, error) {
	rows, err := b.db.QueryContext(ctx, `SELECT name, at FROM mark`)
	if err != nil {
		return nil, inFile(err)
	}
	defer rows.Close()
	out := map[string]time.Time{}
	for rows.Next() {
		var name string
		var at int64
		if err := rows.Scan(&name, &at); err != nil {
			return nil, inFile(err)
		}
		out[name] = time.UnixMilli(at)
	}
	return out, inFile(rows.Err())
}

// Counts are how many messages wait to be sent, how many failed, how many writers wait
// to be linked, and how many of the linked ones for an answer.
func (b *Book) Counts(ctx context.Context) (queued, failed, waiting, asking int, err error) {
	err = b.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM message WHERE state = 'queued'), (SELECT count(*) FROM message WHERE state = 'failed'),
		(SELECT count(*) FROM sender WHERE person = '' AND dropped = '' AND EXISTS (SELECT 1 FROM message WHERE sender = sender.id)),
		(SELECT count(*) FROM sender WHERE `+unanswered+`)`).Scan(&queued, &failed, &waiting, &asking)
	return queued, failed, waiting, asking, inFile(err)
}
