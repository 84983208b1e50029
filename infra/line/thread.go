package line

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"

	"github.com/google/uuid"
)

const messageColumns = `SELECT id, sender, out, day, at, form, owner, box, state, problem, account, retry, note, attempts, first, due FROM message WHERE `

func (b *Book) messages(ctx context.Context, where string, args ...any) ([]Message, error) {
	return messagesIn(ctx, b.db, where, args...)
}

type queries interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func messagesIn(ctx context.Context, db queries, where string, args ...any) (out []Message, err error) {
	rows, err := db.QueryContext(ctx, messageColumns+where, args...)
	if err != nil {
		return nil, inFile(err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Message
		var day, at, first, due int64
		err := rows.Scan(&m.ID, &m.Sender, &m.Out, &day, &at, &m.Form, &m.owner, &m.box, &m.State, &m.Problem, &m.Account, &m.Retry, &m.Note, &m.Attempts, &first, &due)
		if err != nil {
			return nil, inFile(err)
		}
		m.Day, m.At, m.First, m.Due = japan.Date(day), time.UnixMilli(at), time.UnixMilli(first), time.UnixMilli(due)
		out = append(out, m)
	}
	return out, inFile(rows.Err())
}

// Thread are the messages of a writer in the order they were written, without their
// texts.
func (b *Book) Thread(ctx context.Context, sender string) ([]Message, error) {
	return b.messages(ctx, `sender = $1 ORDER BY at, id`, sender)
}

// Texts opens the texts of messages. Permission and access log come before it.
func (b *Book) Texts(ctx context.Context, list []Message) error {
	for i := range list {
		m := &list[i]
		if m.box == nil {
			continue
		}
		text, err := b.keys.Open(ctx, m.owner, m.box, b.aad("message", m.ID))
		if errors.Is(err, domain.ErrErased) {
			continue
		}
		if err != nil {
			return err
		}
		m.Text = string(text)
	}
	return nil
}

// User opens the LINE user ID of a writer; ErrUnknown where it is gone. Permission and
// access log come before it.
func (b *Book) User(ctx context.Context, sender string) (string, error) {
	var owner string
	var box []byte
	err := b.db.QueryRowContext(ctx, `SELECT owner, box FROM sender WHERE id = $1`, sender).Scan(&owner, &box)
	if errors.Is(err, sql.ErrNoRows) || err == nil && box == nil {
		return "", ErrUnknown
	}
	if err != nil {
		return "", inFile(err)
	}
	user, err := b.keys.Open(ctx, owner, box, b.aad("user", sender))
	if errors.Is(err, domain.ErrErased) {
		return "", ErrUnknown
	}
	return string(user), err
}

// Link says who a writer is: what was written is sealed under the key of that person
// from now on. Linking again to the same person changes nothing.
func (b *Book) Link(ctx context.Context, sender, person string) error {
	return settled(func() error { return b.link(ctx, sender, person) })
}

func (b *Book) link(ctx context.Context, sender, person string) error {
	s, err := b.Sender(ctx, sender)
	if err != nil || s.Person == person {
		return err
	}
	owner, err := b.ownerOf(ctx, sender)
	if err != nil {
		return err
	}
	user, err := b.User(ctx, sender)
	if err != nil {
		return err
	}
	box, err := b.seal(ctx, person, "user", sender, user)
	if err != nil {
		return err
	}
	return b.within(ctx, func(tx *sql.Tx) error {
		// From here on nobody writes anything of this writer under the former key.
		if err := stays(ctx, tx, sender, owner, s.Dropped); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sender SET person = $1, owner = $2, box = $3, dropped = '' WHERE id = $4`, person, person, box, sender); err != nil {
			return err
		}
		list, err := messagesIn(ctx, tx, `sender = $1 AND owner <> $2 AND box IS NOT NULL`, sender, person)
		if err == nil {
			err = b.Texts(ctx, list)
		}
		for _, m := range list {
			if err == nil {
				m.box, err = b.seal(ctx, person, "message", m.ID, m.Text)
			}
			if err == nil {
				_, err = tx.ExecContext(ctx, `UPDATE message SET owner = $1, box = $2 WHERE id = $3`, person, m.box, m.ID)
			}
		}
		return err
	})
}

// Drop takes a writer who belongs to nobody out of the inbox: all that was written and
// the LINE user ID are gone.
func (b *Book) Drop(ctx context.Context, sender, reason string) error {
	return b.within(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `UPDATE sender SET dropped = $1, box = NULL WHERE id = $2 AND person = ''`, reason, sender)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrUnknown)
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM message WHERE sender = $1`, sender)
		return err
	})
}

// Forget takes everything of a person away.
func (b *Book) Forget(ctx context.Context, person string) error {
	return b.within(ctx, func(tx *sql.Tx) error {
		// Whoever writes at this moment waits, and is somebody new then.
		if _, err := tx.ExecContext(ctx, `UPDATE sender SET blocked = blocked WHERE person = $1`, person); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM message WHERE sender IN (SELECT id FROM sender WHERE person = $1)`, person); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM sender WHERE person = $1`, person)
		return err
	})
}

// Queue puts a text in the line to be sent to a writer who is linked to a person. The
// same id is put there once. due is when Due answers it if nothing has become of it.
func (b *Book) Queue(ctx context.Context, m Message, due time.Time) error {
	return settled(func() error { return b.queue(ctx, m, due) })
}

func (b *Book) queue(ctx context.Context, m Message, due time.Time) error {
	s, err := b.Sender(ctx, m.Sender)
	if err != nil {
		return err
	}
	owner, err := b.ownerOf(ctx, m.Sender)
	if err != nil {
		return err
	}
	box, err := b.seal(ctx, owner, "message", m.ID, m.Text)
	if err != nil {
		return err
	}
	now := b.now()
	return b.within(ctx, func(tx *sql.Tx) error {
		if err := stays(ctx, tx, m.Sender, owner, s.Dropped); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO message (id, sender, out, day, at, form, owner, box, state, account, retry, note, first, due)
			VALUES ($1, $2, 1, $3, $4, 'text', $5, $6, 'queued', $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
			m.ID, m.Sender, int(japan.DateOf(now)), now.UnixMilli(), owner, box, m.Account, uuid.NewString(), m.Note, now.UnixMilli(), due.UnixMilli())
		return err
	})
}

// Message answers one message without its text; ErrUnknown.
func (b *Book) Message(ctx context.Context, id string) (Message, error) {
	list, err := b.messages(ctx, `id = $1`, id)
	if err == nil && len(list) == 0 {
		err = ErrUnknown
	}
	if err != nil {
		return Message{}, err
	}
	return list[0], nil
}

// Due are the messages that wait and whose time has come, without their texts.
func (b *Book) Due(ctx context.Context) ([]Message, error) {
	return b.messages(ctx, `state = 'queued' AND due <= $1 ORDER BY due, id LIMIT 50`, b.now().UnixMilli())
}

// Unrecorded are the messages that were sent and not put on record yet, without their
// texts.
func (b *Book) Unrecorded(ctx context.Context) ([]Message, error) {
	return b.messages(ctx, `state = 'sent' AND recorded = 0 ORDER BY at, id LIMIT 50`)
}

// Recorded notes that a message is on record, or never will be.
func (b *Book) Recorded(ctx context.Context, id string) error {
	_, err := b.db.ExecContext(ctx, `UPDATE message SET recorded = 1 WHERE id = $1`, id)
	return inFile(err)
}

// keyGood is how long a retry key is good after the first attempt, with an hour to
// spare.
const keyGood = 23 * time.Hour

// waits are the pauses between attempts; the last goes on.
var waits = []time.Duration{15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// Lease keeps a message that is about to be sent from being sent by another hand at the
// same time, until the given instant; false: it is not waiting, or somebody else has it.
func (b *Book) Lease(ctx context.Context, m Message, until time.Time) (bool, error) {
	r, err := b.db.ExecContext(ctx, `UPDATE message SET due = $1 WHERE id = $2 AND state = 'queued' AND due = $3`, until.UnixMilli(), m.ID, m.Due.UnixMilli())
	if err != nil {
		return false, inFile(err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Ended notes what became of an attempt: nil is sent, a *Fault waits for the next time or
// has failed for good. A message counts on the day it was taken.
func (b *Book) Ended(ctx context.Context, m Message, fault *Fault) error {
	now := b.now()
	state, problem, due := Sent, "", now
	if fault != nil {
		state, problem = Failed, fault.Code
		if fault.Again {
			state, due = Queued, now.Add(max(waits[min(m.Attempts, len(waits)-1)], fault.After))
			if due.Sub(m.First) > keyGood {
				state, problem = Failed, Late
			}
		}
	}
	day, at := m.Day, m.At
	if state == Sent {
		day, at = japan.DateOf(now), now
	}
	_, err := b.db.ExecContext(ctx, `UPDATE message SET state = $1, problem = $2, due = $3, day = $4, at = $5, attempts = attempts + 1 WHERE id = $6 AND state = 'queued'`,
		state, problem, due.UnixMilli(), int(day), at.UnixMilli(), m.ID)
	return inFile(err)
}

// Again puts a message that failed for good in the line once more, under a new key: it
// is known that LINE did not take it. A message tried for as long as its key was good
// may have arrived; whoever sends it again decides that.
func (b *Book) Again(ctx context.Context, id string) error {
	now := b.now().UnixMilli()
	r, err := b.db.ExecContext(ctx, `UPDATE message SET state = 'queued', retry = $1, attempts = 0, first = $2, due = $3 WHERE id = $4 AND state = 'failed'`, uuid.NewString(), now, now, id)
	if err != nil {
		return inFile(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrUnknown)
	}
	return nil
}

// Withdraw takes a message away that was not sent.
func (b *Book) Withdraw(ctx context.Context, id string) error {
	_, err := b.db.ExecContext(ctx, `DELETE FROM message WHERE id = $1 AND out = 1 AND state = 'failed'`, id)
	return inFile(err)
}
