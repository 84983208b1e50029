package importing

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

const unfinished = "new-"

// folder keeps sealed files, one folder an account.
type folder string

func (f folder) path(account, name string) string { return filepath.Join(string(f), account, name) }

func (f folder) put(_ context.Context, account, name string, box []byte) error {
	path := f.path(account, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return write(path, box)
}

func (f folder) get(_ context.Context, account, name string) ([]byte, error) {
	box, err := os.ReadFile(f.path(account, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrMissing
	}
	return box, err
}

func (f folder) names(_ context.Context, account string) ([]string, error) {
	files, err := os.ReadDir(filepath.Join(string(f), account))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, file := range files {
		out = append(out, file.Name())
	}
	return out, err
}

func (f folder) remove(_ context.Context, account, name string) error {
	if err := os.Remove(f.path(account, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// write keeps a file through a power cut: contents, then name, then folder.
func write(path string, box []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), unfinished+"*")
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
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
