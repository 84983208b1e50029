package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Move puts the folder of key-encryption keys, with its list of destroyed keys and
// its escrow copies, in another place: copied durably and read back first, then
// overwritten and removed. What a cut leaves behind is moved by doing it again. No
// keyring may be open: ErrOpen, where the key table lies in a database and one is.
// ErrOccupied: something else lies there.
func Move(ctx context.Context, from, to, database string) error {
	if database != "" {
		return unused(ctx, database, func() error { return move(from, to) })
	}
	return move(from, to)
}

func move(from, to string) error {
	list, err := (kekDir{dir: from}).epochs()
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s holds no key-encryption key", from)
	}
	if err != nil {
		return err
	}
	var files []string
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	for _, path := range files {
		if err == nil {
			err = copyFile(from, path, to)
		}
	}
	if err != nil {
		return fmt.Errorf("move keks: %w", err)
	}
	for _, path := range files {
		if err := destroyFile(path); err != nil {
			return fmt.Errorf("move keks: %w", err)
		}
	}
	return os.RemoveAll(from)
}

// ErrOccupied: where keys are to be moved lies another file of the same name.
var ErrOccupied = errors.New("another file lies there")

func copyFile(from, path, to string) error {
	name, err := filepath.Rel(from, path)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	defer clear(content)
	target := filepath.Join(to, name)
	there, err := os.ReadFile(target)
	defer clear(there)
	switch {
	case err == nil && bytes.Equal(there, content):
		return nil
	case err == nil:
		return fmt.Errorf("%s: %w", target, ErrOccupied)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	if err := writeNew(target, string(content)); err != nil {
		return err
	}
	again, err := os.ReadFile(target)
	defer clear(again)
	if err == nil && !bytes.Equal(again, content) {
		err = fmt.Errorf("%s: the disk gave back something else", target)
	}
	return err
}
