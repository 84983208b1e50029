package ledgerfile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// The files of a ledger. The key signs trees only, never figures: that key is an
// officer's, on another machine.
const (
	hashFile       = "hashes"
	journalFile    = "journal"
	checkpointFile = "checkpoint"
	keyFile        = "log.key"
	publicFile     = "log.vkey"
)

// key is the log's signer; a ledger that has committed to nothing gets one.
func key(dir, origin string, begun bool) (note.Signer, string, error) {
	path := filepath.Join(dir, keyFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !begun {
		private, public, err := note.GenerateKey(rand.Reader, origin)
		if err == nil {
			err = errors.Join(replace(filepath.Join(dir, publicFile), []byte(public+"\n")), replace(path, []byte(private+"\n")))
		}
		if err != nil {
			return nil, "", err
		}
	}
	private, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(private)))
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	if signer.Name() != origin {
		return nil, "", fmt.Errorf("%s is the key of %s", path, signer.Name())
	}
	public, err := os.ReadFile(filepath.Join(dir, publicFile))
	return signer, strings.TrimSpace(string(public)), err
}

// replace puts a new file in the place of an old one, all of it or nothing.
func replace(path string, content []byte) error {
	next := path + ".new"
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
