package ledgerfile

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
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

// KeyFiles are the names of the keys, private and public.
func KeyFiles() []string { return []string{keyFile, publicFile, latticeFile, latticePublicFile} }

// key is the log's signer; a ledger that has committed to nothing gets one. Instances
// that begin at once in one folder come to the same.
func key(dir, origin string, begun bool) (note.Signer, string, error) {
	path := filepath.Join(dir, keyFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !begun {
		private, _, err := note.GenerateKey(rand.Reader, origin)
		if err == nil {
			err = create(path, []byte(private+"\n"))
		}
		if err != nil {
			return nil, "", err
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	private := strings.TrimSpace(string(text))
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	if signer.Name() != origin {
		return nil, "", fmt.Errorf("%s is the key of %s", path, signer.Name())
	}
	public, err := os.ReadFile(filepath.Join(dir, publicFile))
	if errors.Is(err, fs.ErrNotExist) {
		var made string
		if made, err = publicOf(private, origin); err == nil {
			public, err = []byte(made), create(filepath.Join(dir, publicFile), []byte(made+"\n"))
		}
	}
	return signer, strings.TrimSpace(string(public)), err
}

// publicOf is the public key of a private one, under an origin.
func publicOf(private, origin string) (string, error) {
	words := strings.SplitN(private, "+", 5) // PRIVATE+KEY+name+hash+key
	raw, err := base64.StdEncoding.DecodeString(words[len(words)-1])
	if err != nil || len(words) != 5 || len(raw) != 1+ed25519.SeedSize {
		return "", fmt.Errorf("%s: key is malformed", keyFile)
	}
	return note.NewEd25519VerifierKey(origin, ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
}

// keysOf are the keys of another ledger under an origin of its own: who knows its
// public keys can make these from them.
func keysOf(dir, origin string, seconds func() int64) (note.Signer, string, *latticeSigner, error) {
	private, err := os.ReadFile(filepath.Join(dir, keyFile))
	if err != nil {
		return nil, "", nil, err
	}
	public, err := publicOf(strings.TrimSpace(string(private)), origin)
	if err != nil {
		return nil, "", nil, err
	}
	words := strings.SplitN(strings.TrimSpace(string(private)), "+", 5)
	sum, _, _ := strings.Cut(strings.TrimPrefix(public, origin+"+"), "+")
	signer, err := note.NewSigner(strings.Join([]string{words[0], words[1], origin, sum, words[4]}, "+"))
	if err != nil {
		return nil, "", nil, fmt.Errorf("%s: %w", keyFile, err)
	}
	seed, err := readSeed(filepath.Join(dir, latticeFile))
	if err != nil {
		return nil, "", nil, err
	}
	return signer, public, &latticeSigner{newLattice(origin, seed.PublicKey()), seed, seconds}, nil
}

// KeyUnder is a public Ed25519 key under another origin, as a ledger with those Keys
// signs.
func KeyUnder(public, origin string) (string, error) {
	words := strings.SplitN(public, "+", 3) // name+hash+key, and a key may hold a plus
	raw, err := base64.StdEncoding.DecodeString(words[len(words)-1])
	if err != nil || len(raw) != 1+ed25519.PublicKeySize {
		return "", errors.New("key is malformed")
	}
	return note.NewEd25519VerifierKey(origin, raw[1:])
}

// create makes a file, all of it or nothing, unless there is one: then that one stays.
func create(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // of mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
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
