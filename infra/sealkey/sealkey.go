// Package sealkey keeps an officer's key in a file that is encrypted with age under
// a passphrase. It is used on the officer's own machine, never on the server.
package sealkey

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
)

// ErrPassphrase: the passphrase does not open the file.
var ErrPassphrase = errors.New("the passphrase does not open the key file")

// ErrExists: a key file is never overwritten.
var ErrExists = errors.New("the key file is there already")

// MinPassphrase is the least length of a passphrase in bytes.
const MinPassphrase = 12

// Make makes a key for the figures of a log, writes it to a new file and answers
// the public half.
func Make(path, origin, passphrase string) (public string, err error) {
	if len(passphrase) < MinPassphrase {
		return "", ErrPassphrase
	}
	secret, public, err := note.GenerateKey(rand.Reader, ledger.SealKeyName(origin))
	if err != nil {
		return "", err
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	shield := armor.NewWriter(&b)
	w, err := age.Encrypt(shield, to)
	if err != nil {
		return "", err
	}
	if _, err := io.WriteString(w, secret+"\n"); err != nil {
		return "", err
	}
	if err := errors.Join(w.Close(), shield.Close()); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return "", ErrExists
	}
	if err != nil {
		return "", err
	}
	_, err = f.Write(b.Bytes())
	return public, errors.Join(err, f.Sync(), f.Close())
}

// Open opens a key file.
func Open(path, passphrase string) (note.Signer, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	by, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrPassphrase
	}
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(raw)), by)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPassphrase, err)
	}
	secret, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return nil, err
	}
	return note.NewSigner(strings.TrimSpace(string(secret)))
}
