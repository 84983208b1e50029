// Package attachments keeps files that belong to a person, each encrypted under
// that person's own key and named by the SHA-256 of its ciphertext. The log
// holds that digest: a file that was changed or put in another's place does not
// open, and with the key its content is gone.
package attachments

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"ayumi/domain"
)

// Most is the largest file that is kept, in bytes: 20 MiB.
const Most = 20 << 20

// The faults of a file.
var (
	ErrTooLarge = errors.New("attachment is larger than 20 MiB")
	ErrDamaged  = errors.New("attachment is not what was recorded")
	ErrMissing  = errors.New("attachment is not there")
)

// Store is a shelf of encrypted files.
type Store struct {
	shelf  shelf
	keys   domain.Keyring
	origin string
}

// shelf keeps ciphertexts by their digests, durably: a folder of one process, or a
// table of several.
type shelf interface {
	put(ctx context.Context, digest string, box []byte) error
	get(ctx context.Context, digest string) ([]byte, error) // ErrMissing
	remove(ctx context.Context, digest string) error
}

// Open makes the folder if there is none.
func Open(dir string, keys domain.Keyring, origin string) (*Store, error) {
	return &Store{folder(dir), keys, origin}, os.MkdirAll(dir, 0o700)
}

// aad binds a file to the log, its owner and its document: it opens as nothing else.
func (s *Store) aad(owner, document string) []byte {
	return []byte("ayumi attachment v1\n" + s.origin + "\n" + owner + "\n" + document)
}

// Put encrypts a file for its owner and answers the digest of the ciphertext. The
// file is durable when it returns; one that is never recorded harms nothing.
func (s *Store) Put(ctx context.Context, owner, document string, plain []byte) (string, error) {
	if len(plain) > Most {
		return "", ErrTooLarge
	}
	if _, err := s.keys.Ensure(ctx, owner); err != nil {
		return "", err
	}
	var nonce [12]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return "", err
	}
	box, err := s.keys.Seal(ctx, owner, nonce, plain, s.aad(owner, document))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(box)
	digest := hex.EncodeToString(sum[:])
	return digest, s.shelf.put(ctx, digest, box)
}

// Get answers the content of a file: ErrMissing, ErrDamaged, or domain.ErrErased
// where the owner's key was destroyed.
func (s *Store) Get(ctx context.Context, owner, document, digest string) ([]byte, error) {
	if !isDigest(digest) {
		return nil, ErrMissing
	}
	box, err := s.shelf.get(ctx, digest)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(box); hex.EncodeToString(sum[:]) != digest {
		return nil, ErrDamaged
	}
	plain, err := s.keys.Open(ctx, owner, box, s.aad(owner, document))
	if err != nil && !errors.Is(err, domain.ErrErased) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return plain, err
}

// Remove takes a file away; one that is not there is gone already.
func (s *Store) Remove(ctx context.Context, digest string) error {
	if !isDigest(digest) {
		return nil
	}
	return s.shelf.remove(ctx, digest)
}

func isDigest(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == sha256.Size
}
