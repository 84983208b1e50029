// Package keyring keeps one key per person, account or contact, in a SQLite file
// of its own, keys.db, or in a PostgreSQL database that several instances share. Each
// key lies there wrapped under a key-encryption key
// (KEK) that stands in a file of its own. Only the KEK is held in memory. Every
// week the table is rewritten under a new KEK; the oldest of five is destroyed, and
// with it every copy of the table of that time (proof.md 5).
package keyring

import (
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"ayumi/domain"
)

const keySize = 32

// Options of a keyring. The zero value is right for production.
type Options struct {
	// Database is the URL of a PostgreSQL database for the key table; "": keys.db. All
	// instances that share it need the same KEKDir, a folder that each can write.
	// Owner is the URL of the role that makes the tables there; "": that of Database.
	Database, Owner string
	// Log is the log whose keys they are: a database that holds those of another is
	// refused. "": of any.
	Log string
	// Begun: keys were made already. A table without any is refused with ErrEmpty, so
	// that none is made anew in the place of one that lies elsewhere.
	Begun bool
	// KEKDir holds the KEKs; default: kek in the keyring's directory. It must lie
	// outside the backups of the key table.
	KEKDir string
	// Guard says where the key lies that seals the files of KEKs; see ReadGuard.
	Guard string
	// EpochLength is how long a KEK is used, EpochsKept how many are kept; default:
	// a week, and five.
	EpochLength time.Duration
	EpochsKept  int
	// Now is the clock of epochs; default time.Now.
	Now func() time.Time
	// Seed makes every key a function of it and of the owner, so that a scenario
	// run again gives the same bytes. Never for a log of real people.
	Seed []byte
}

func (o Options) filled(dir string) Options {
	if o.KEKDir == "" {
		o.KEKDir = filepath.Join(dir, "kek")
	}
	if o.EpochLength <= 0 {
		o.EpochLength = EpochLength
	}
	if o.EpochsKept <= 0 {
		o.EpochsKept = EpochsKept
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Keyring keeps the contract of domain.Keyring.
type Keyring struct {
	options  Options
	now      func() time.Time
	seed     []byte
	table    table
	rows     rowCache
	watch    watch
	keks     kekDir
	returned []string

	turn  sync.RWMutex // held for writing while the table is rewritten
	mu    sync.RWMutex
	epoch int64
	begun time.Time
	open  map[int64]cipher.AEAD // KEKs by epoch: one, and two while the table is rewritten
}

// Open opens the keyring in directory dir, which must exist. On the first start
// it makes the key table and the KEK. It refuses a KEK that does not belong to
// the table. Keys that were destroyed and are in the table again, because an old
// copy was put back, are destroyed before it answers; see Returned.
func Open(dir string, o Options) (*Keyring, error) {
	o = o.filled(dir)
	guard, err := ReadGuard(o.Guard)
	if err != nil {
		return nil, err
	}
	defer clear(guard)
	k := &Keyring{
		options: o, now: o.Now, seed: o.Seed, keks: kekDir{dir: o.KEKDir, shared: o.Database != ""},
		rows:  rowCache{by: map[string]row{}, gone: map[string]bool{}},
		watch: watch{shared: o.Database != "", turn: make(chan struct{}, 1), done: make(chan struct{})},
	}
	if guard != nil {
		if k.keks.guard, err = gcm(guard); err != nil {
			return nil, err
		}
	}
	ctx := context.Background()
	if k.watch.shared {
		k.table, err = openDatabase(ctx, o, true)
	} else {
		k.table, err = openFile(dir)
	}
	if err != nil {
		return nil, err
	}
	if err = k.unlock(ctx); err == nil {
		err = k.forbid(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, k.table.close())
	}
	looking, stop := context.WithCancel(ctx)
	k.watch.stop = stop
	if k.watch.shared {
		go k.keepLooking(looking)
	} else {
		close(k.watch.done)
	}
	return k, nil
}

// Close lets the commit under way end and closes the table.
func (k *Keyring) Close() error {
	k.watch.stop()
	<-k.watch.done
	return k.table.close()
}

// Ensure keeps the contract of domain.Keyring.
func (k *Keyring) Ensure(ctx context.Context, owner string) (string, error) {
	r, err := k.row(ctx, owner)
	if errors.Is(err, errNoKey) {
		r, err = k.create(ctx, owner)
	}
	if err != nil {
		return "", err
	}
	return r.commitment, nil
}

func (k *Keyring) create(ctx context.Context, owner string) (row, error) {
	key, err := k.newKey(owner)
	if err != nil {
		return row{}, err
	}
	defer clear(key)
	var r row
	err = k.current(ctx, func() (err error) {
		r, err = k.insert(ctx, owner, key)
		return err
	})
	return r, err
}

// turns is how many rewritings of the table may come between two steps of one call.
const turns = 20

// current does something again while the table is rewritten in between.
func (k *Keyring) current(ctx context.Context, do func() error) (err error) {
	for range turns {
		if err = do(); !errors.Is(err, errEpoch) {
			return err
		}
		if err := k.look(ctx, true); err != nil {
			return err
		}
	}
	return err
}

func (k *Keyring) insert(ctx context.Context, owner string, key []byte) (row, error) {
	k.turn.RLock()
	defer k.turn.RUnlock()
	k.mu.RLock()
	epoch, c := k.epoch, k.open[k.epoch]
	k.mu.RUnlock()
	r, err := k.table.insert(ctx, owner, row{epoch: epoch, wrapped: seal(c, key, wrapAAD(owner, epoch))})
	if err != nil {
		return row{}, err
	}
	return k.know(owner, r)
}

func (k *Keyring) newKey(owner string) ([]byte, error) {
	if len(k.seed) > 0 {
		return hkdf.Key(sha256.New, k.seed, nil, "scenario key of "+owner, keySize)
	}
	key := make([]byte, keySize)
	rand.Read(key)
	return key, nil
}

// know completes a row as it lies in the table and keeps it.
func (k *Keyring) know(owner string, r row) (row, error) {
	if r.wrapped == nil {
		return row{}, domain.ErrErased
	}
	key, err := k.unwrap(owner, r)
	if err != nil {
		return row{}, err
	}
	defer clear(key)
	if r.commitment, err = commitment(key); err != nil {
		return row{}, err
	}
	k.rows.put(owner, r)
	return r, nil
}

func (k *Keyring) row(ctx context.Context, owner string) (row, error) {
	if err := k.fresh(ctx); err != nil {
		return row{}, err
	}
	if r, ok := k.rows.get(owner); ok {
		return r, nil
	}
	var known row
	err := k.current(ctx, func() error {
		r, err := k.table.read(ctx, owner)
		if err == nil {
			known, err = k.know(owner, r)
		}
		return err
	})
	return known, err
}

func (k *Keyring) unwrap(owner string, r row) ([]byte, error) {
	k.mu.RLock()
	c, held := k.open[r.epoch]
	k.mu.RUnlock()
	if !held {
		return nil, fmt.Errorf("key record of %s (epoch %d) is %w", owner, r.epoch, errEpoch)
	}
	key, err := open(c, r.wrapped, wrapAAD(owner, r.epoch))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("key record of %s (epoch %d) is damaged: it does not open under its kek", owner, r.epoch)
	}
	return key, nil
}

// key answers an owner's key, which the caller clears: it is kept nowhere.
func (k *Keyring) key(ctx context.Context, owner string) (key []byte, err error) {
	err = k.current(ctx, func() error {
		r, err := k.row(ctx, owner)
		if err != nil {
			return err
		}
		if key, err = k.unwrap(owner, r); errors.Is(err, errEpoch) {
			k.rows.drop(owner)
		}
		return err
	})
	if errors.Is(err, errNoKey) {
		err = fmt.Errorf("%s: %w", owner, err)
	}
	return key, err
}

func (k *Keyring) cipher(ctx context.Context, owner string) (cipher.AEAD, error) {
	key, err := k.key(ctx, owner)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return gcm(key)
}

// Seal keeps the contract of domain.Keyring.
func (k *Keyring) Seal(ctx context.Context, owner string, nonce [12]byte, plain, aad []byte) ([]byte, error) {
	c, err := k.cipher(ctx, owner)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(nonce)+len(plain)+c.Overhead()), nonce[:]...)
	return c.Seal(out, nonce[:], plain, aad), nil
}

// Open keeps the contract of domain.Keyring.
func (k *Keyring) Open(ctx context.Context, owner string, box, aad []byte) ([]byte, error) {
	c, err := k.cipher(ctx, owner)
	if err != nil {
		return nil, err
	}
	plain, err := open(c, box, aad)
	if err != nil {
		return nil, fmt.Errorf("what was sealed for %s does not open: damaged, moved, or under another key", owner)
	}
	return plain, nil
}

// Destroy takes the owner's key away and leaves a mark, in the table and beside
// the KEKs; from then on the answer is domain.ErrErased, in every instance. Copies in
// backups end with the present epoch.
func (k *Keyring) Destroy(ctx context.Context, owner string) error {
	r, err := k.table.read(ctx, owner)
	if err != nil || r.wrapped != nil {
		err = k.destroy(ctx, owner)
	}
	if err != nil {
		return err
	}
	k.rows.destroyed(owner)
	return k.felt(ctx)
}

func (k *Keyring) destroy(ctx context.Context, owner string) error {
	k.turn.RLock() // a rewriting must not read the key before and write it after
	defer k.turn.RUnlock()
	return k.table.alone(ctx, func() error {
		if err := k.keks.noteErased(owner); err != nil {
			return fmt.Errorf("note the destroyed key: %w", err)
		}
		return k.table.destroy(ctx, owner, k.Current().Epoch)
	})
}

// Commitment is the key commitment of an owner who has a key: "" without one, and
// for one that was destroyed.
func (k *Keyring) Commitment(ctx context.Context, owner string) (string, error) {
	r, err := k.row(ctx, owner)
	if errors.Is(err, errNoKey) || errors.Is(err, domain.ErrErased) {
		return "", nil
	}
	return r.commitment, err
}

// Destroyed tells whether an owner's key was destroyed, by whichever instance.
func (k *Keyring) Destroyed(ctx context.Context, owner string) (bool, error) {
	_, err := k.row(ctx, owner)
	if errors.Is(err, domain.ErrErased) {
		return true, nil
	}
	if errors.Is(err, errNoKey) {
		err = nil
	}
	return false, err
}

// Drop forgets what is held in memory of an owner's key.
func (k *Keyring) Drop(owner string) { k.rows.drop(owner) }

// commitment is kc of proof.md section 5.
func commitment(key []byte) (string, error) {
	kc, err := hkdf.Key(sha256.New, key, nil, "person-key commitment v1", 32)
	return hex.EncodeToString(kc), err
}
