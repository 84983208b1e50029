package keyring

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"filippo.io/age"
)

// Officers is how many hold an escrow identity; any two of them open a copy.
const Officers = 3

// ErrOfficers: escrow needs three different recipients.
var ErrOfficers = errors.New("escrow needs three different recipients (age1…)")

func (d kekDir) escrowDir() string  { return filepath.Join(d.dir, "escrow") }
func (d kekDir) recipients() string { return filepath.Join(d.escrowDir(), "recipients.txt") }

// Escrow names the officers for whom the KEKs are kept in escrow from now on, and
// writes the copies: one age file for each pair, sealed for one officer and then
// for the other. Two of three open one with the age command alone:
//
//	age -d -i one.txt 1-2.age | age -d -i two.txt
//
// Nested age files need no secret sharing of our own, and no Ayumi to open them.
// The copies are made anew with every change of KEKs and the old ones destroyed:
// copies taken elsewhere must not outlive their epoch.
func (k *Keyring) Escrow(recipients []string) error {
	if _, err := parseRecipients(recipients); err != nil {
		return err
	}
	return k.table.alone(context.Background(), func() error {
		if err := os.MkdirAll(k.keks.escrowDir(), 0o700); err != nil {
			return err
		}
		if err := writeNew(k.keks.recipients(), strings.Join(recipients, "\n")+"\n"); err != nil {
			return err
		}
		return k.renewEscrow()
	})
}

func parseRecipients(list []string) ([]age.Recipient, error) {
	var out []age.Recipient
	for i, text := range list {
		r, err := age.ParseX25519Recipient(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("recipient %d: %w: %w", i+1, ErrOfficers, err)
		}
		if slices.Contains(list[:i], text) {
			return nil, ErrOfficers
		}
		out = append(out, r)
	}
	if len(out) != Officers {
		return nil, ErrOfficers
	}
	return out, nil
}

// renewEscrow writes the copies for the KEKs that are there now.
func (k *Keyring) renewEscrow() error {
	raw, err := os.ReadFile(k.keks.recipients())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	officers, err := parseRecipients(strings.Fields(string(raw)))
	if err != nil {
		return err
	}
	text, err := k.keks.list()
	if err != nil {
		return err
	}
	defer clear(text)
	for i := range officers {
		for j := i + 1; j < len(officers); j++ {
			box, err := sealFor(text, officers[j], officers[i])
			if err != nil {
				return err
			}
			if err := replace(filepath.Join(k.keks.escrowDir(), fmt.Sprintf("%d-%d.age", i+1, j+1)), box); err != nil {
				return fmt.Errorf("escrow: %w", err)
			}
		}
	}
	return nil
}

// replace puts a file in the place of one that is destroyed.
func replace(path string, box []byte) error {
	if err := write(path+".next", string(box)); err != nil {
		return err
	}
	if err := destroyFile(path + gone); err != nil { // of a cut before
		return err
	}
	old := os.Rename(path, path+gone)
	if err := os.Rename(path+".next", path); err != nil {
		return err
	}
	if errors.Is(old, fs.ErrNotExist) {
		return syncDir(filepath.Dir(path))
	}
	return errors.Join(old, syncDir(filepath.Dir(path)), destroyFile(path+gone))
}

// list is every KEK, one a line: epoch, key in hex, when it began.
func (d kekDir) list() ([]byte, error) {
	epochs, err := d.epochs()
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, n := range epochs {
		k, err := d.read(n)
		if err != nil {
			return nil, err
		}
		out = fmt.Appendf(out, "%d %s %s\n", n, hex.EncodeToString(k.key), k.begun.UTC().Format(time.RFC3339))
		clear(k.key)
	}
	return out, nil
}

// sealFor seals for the inner recipient, then for the outer one.
func sealFor(text []byte, inner, outer age.Recipient) ([]byte, error) {
	for _, r := range []age.Recipient{inner, outer} {
		var b bytes.Buffer
		w, err := age.Encrypt(&b, r)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(text); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		text = b.Bytes()
	}
	return text, nil
}

// Recover puts the KEKs of an escrow copy back into the folder of o that are not
// there, with the identities of two officers in any order, and answers their
// epochs. It needs no key table.
func Recover(o Options, dir string, box []byte, identities []string) ([]int64, error) {
	o = o.filled(dir)
	guard, err := ReadGuard(o.Guard)
	if err != nil {
		return nil, err
	}
	d := kekDir{dir: o.KEKDir}
	if guard != nil {
		if d.guard, err = gcm(guard); err != nil {
			return nil, err
		}
	}
	text, err := openFor(box, identities)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return nil, err
	}
	var out []int64
	for line := range strings.Lines(string(text)) {
		one, err := parseKEK(strings.Fields(line))
		if err != nil {
			return out, err
		}
		if _, err := os.Stat(d.path(one.epoch)); err == nil {
			continue
		}
		if err := d.put(one); err != nil {
			return out, err
		}
		out = append(out, one.epoch)
	}
	return out, nil
}

func parseKEK(cells []string) (kek, error) {
	bad := errors.New("the escrow copy opens, but holds no list of keks")
	if len(cells) != 3 {
		return kek{}, bad
	}
	epoch, err := strconv.ParseInt(cells[0], 10, 64)
	key, errKey := hex.DecodeString(cells[1])
	begun, errBegun := time.Parse(time.RFC3339, cells[2])
	if err := errors.Join(err, errKey, errBegun); err != nil || epoch < 1 || len(key) != keySize {
		return kek{}, bad
	}
	return kek{epoch, begun, key}, nil
}

// openFor opens both layers, whichever officer is asked first.
func openFor(box []byte, identities []string) ([]byte, error) {
	var ids []age.Identity
	for _, text := range identities {
		list, err := age.ParseIdentities(strings.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("escrow identity: %w", err)
		}
		ids = append(ids, list...)
	}
	for range 2 {
		r, err := age.Decrypt(bytes.NewReader(box), ids...)
		if err != nil {
			return nil, fmt.Errorf("the escrow copy does not open with these identities: it needs those of two officers: %w", err)
		}
		if box, err = io.ReadAll(r); err != nil {
			return nil, fmt.Errorf("the escrow copy is damaged: %w", err)
		}
	}
	return box, nil
}
