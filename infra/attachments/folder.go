package attachments

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
)

// folder keeps each ciphertext in a file named by its digest.
type folder string

func (s folder) path(digest string) string { return filepath.Join(string(s), digest[:2], digest) }

// put keeps a file through a power cut: contents, then name, then folder.
func (s folder) put(_ context.Context, digest string, box []byte) (err error) {
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
	return errors.Join(syncDir(folder), syncDir(string(s)))
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (s folder) get(_ context.Context, digest string) ([]byte, error) {
	box, err := os.ReadFile(s.path(digest))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrMissing
	}
	return box, err
}

// remove overwrites a file before it takes it away.
func (s folder) remove(_ context.Context, digest string) error {
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
