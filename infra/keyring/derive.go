package keyring

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
)

// Derive answers 32 secret bytes for a purpose from an owner's key, which is made
// where there is none. They are the same for as long as the key is kept: new KEKs,
// backups and escrow change nothing. It is for what belongs to the installation, not
// to a person: an owner that nobody erases.
func (k *Keyring) Derive(ctx context.Context, owner, purpose string) (out [keySize]byte, err error) {
	if _, err = k.Ensure(ctx, owner); err != nil {
		return out, err
	}
	key, err := k.key(ctx, owner)
	if err != nil {
		return out, err
	}
	defer clear(key)
	derived, err := hkdf.Key(sha256.New, key, nil, purpose, keySize)
	copy(out[:], derived)
	clear(derived)
	return out, err
}
