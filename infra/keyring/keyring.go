// Package keyring keeps one key per person, account or contact, in a SQLite file
// of its own: keys.db. Each key lies there wrapped under a key-encryption key
// (KEK) that stands in a file beside it. Only the KEK is held in memory.
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

	"ayumi/domain"
)

const keySize = 32

// Options of a keyring. The zero value is right for production.
type Options struct {
	// KEKDir holds the files kek-<epoch>.key; default: kek in the keyring's directory.
	KEKDir string
	// Seed makes every key a function of it and of the owner, so that a scenario
	// run again gives the same bytes. Never for a log of real people.
	Seed []byte
}

// Keyring keeps the contract of domain.Keyring.
type Keyring struct {
	kek   cipher.AEAD
	epoch int64
	seed  []byte
	table *table
	rows  rowCache
}

// Open opens the keyring in directory dir, which must exist. On the first start
// it makes the key table and the KEK. It refuses a KEK that does not belong to
// the table.
func Open(dir string, o Options) (*Keyring, error) {
	t, err := openTable(dir)
	if err != nil {
		return nil, err
	}
	if o.KEKDir == "" {
		o.KEKDir = dir + "/kek"
	}
	k := &Keyring{table: t, seed: o.Seed, rows: rowCache{by: map[string]row{}, gone: map[string]bool{}}}
	if k.epoch, k.kek, err = unlock(t, o.KEKDir); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return k, nil
}

// Close lets the commit under way end and closes the table.
func (k *Keyring) Close() error { return k.table.close() }

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
	r := row{epoch: k.epoch, wrapped: seal(k.kek, key, wrapAAD(owner, k.epoch))}
	if r, err = k.table.insert(ctx, owner, r); err != nil {
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
	if r, ok := k.rows.get(owner); ok {
		return r, nil
	}
	r, err := k.table.read(ctx, owner)
	if err != nil {
		return row{}, err
	}
	return k.know(owner, r)
}

func (k *Keyring) unwrap(owner string, r row) ([]byte, error) {
	if r.epoch != k.epoch {
		return nil, fmt.Errorf("key of %s is wrapped under the kek of epoch %d, this keyring holds epoch %d", owner, r.epoch, k.epoch)
	}
	key, err := open(k.kek, r.wrapped, wrapAAD(owner, r.epoch))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("key record of %s (epoch %d) is damaged: it does not open under its kek", owner, r.epoch)
	}
	return key, nil
}

// cipher answers the owner's cipher; the key itself is not kept.
func (k *Keyring) cipher(ctx context.Context, owner string) (cipher.AEAD, error) {
	r, err := k.row(ctx, owner)
	if err != nil {
		if errors.Is(err, errNoKey) {
			err = fmt.Errorf("%s: %w", owner, err)
		}
		return nil, err
	}
	key, err := k.unwrap(owner, r)
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

// Destroy overwrites the owner's key and leaves a mark; from then on the answer
// is domain.ErrErased. Copies in backups end with their epoch.
func (k *Keyring) Destroy(ctx context.Context, owner string) error {
	err := k.table.destroy(ctx, owner, k.epoch)
	if err == nil {
		k.rows.destroyed(owner)
	}
	return err
}

// commitment is kc of proof.md section 5.
func commitment(key []byte) (string, error) {
	kc, err := hkdf.Key(sha256.New, key, nil, "person-key commitment v1", 32)
	return hex.EncodeToString(kc), err
}
