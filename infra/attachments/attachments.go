// Package attachments keeps files that belong to a person, each encrypted under
// that person's own key in a file named by the SHA-256 of its ciphertext. The log
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
	"path/filepath"

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

// Store is a folder of encrypted files.
type Store struct {
	dir    string
	keys   domain.Keyring
	origin string
}

// Open makes the folder if there is none.
func Open(dir string, keys domain.Keyring, origin string) (*Store, error) {
	return &Store{dir, keys, origin}, os.MkdirAll(dir, 0o700)
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
	return digest, s.write(digest, box)
}

func (s *Store) path(digest string) string { return filepath.Join(s.dir, digest[:2], digest) }

// write keeps a file through a power cut: contents, then name, then folder.
func (s *Store) write(digest string, box []byte) (err error) {
	folder := filepath.Dir(s.path(digest))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err := f.Write(box); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), s.path(digest)); err != nil {
		return err
	}
	return errors.Join(syncDir(folder), syncDir(s.dir))
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Get answers the content of a file: ErrMissing, ErrDamaged, or domain.ErrErased
// where the owner's key was destroyed.
func (s *Store) Get(ctx context.Context, owner, document, digest string) ([]byte, error) {
	if len(digest) != 64 {
		return nil, ErrMissing
	}
	if _, err := hex.DecodeString(digest); err != nil {
		return nil, ErrMissing
	}
	box, err := os.ReadFile(s.path(digest))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrMissing
	}
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

// Remove overwrites a file and takes it away; one that is not there is gone
// already.
func (s *Store) Remove(digest string) error {
	if len(digest) != 64 {
		return nil
	}
	if _, err := hex.DecodeString(digest); err != nil {
		return nil
	}
	path := s.path(digest)
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	noise := make([]byte, info.Size())
	_, err = rand.Read(noise)
	if err == nil {
		_, err = f.WriteAt(noise, 0)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return errors.Join(os.Remove(path), syncDir(filepath.Dir(path)))
}
