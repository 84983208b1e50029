package keyring

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// unlock reads the KEK of the table's newest epoch and proves that it is the
// right one. A new table gets epoch 1 and a new KEK, or the one already there if
// an earlier first start was cut.
func unlock(t *table, dir string) (int64, cipher.AEAD, error) {
	epoch, probe, err := t.epoch()
	if err != nil {
		return 0, nil, err
	}
	path := filepath.Join(dir, fmt.Sprintf("kek-%d.key", max(epoch, 1)))
	if epoch == 0 {
		if err := makeKEK(path); err != nil {
			return 0, nil, fmt.Errorf("make kek: %w", err)
		}
	}
	kek, err := readKEK(path)
	if err != nil {
		return 0, nil, err
	}
	if epoch == 0 {
		return 1, kek, t.begin(1, seal(kek, probeText, probeAAD(1)))
	}
	if _, err := open(kek, probe, probeAAD(epoch)); err != nil {
		return 0, nil, fmt.Errorf("%s is not the kek of this key table, or one of them is damaged", path)
	}
	return epoch, kek, nil
}

var probeText = []byte("kek probe v1")

func probeAAD(epoch int64) []byte { return fmt.Appendf(nil, "kek probe\n%d", epoch) }

// makeKEK writes a new KEK durably, readable by its owner only. One that is
// already there stays.
func makeKEK(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	key := make([]byte, keySize)
	rand.Read(key)
	temp := path + ".new"
	if err := errors.Join(write(temp, hex.EncodeToString(key)+"\n"), os.Rename(temp, path)); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(filepath.Dir(dir)))
}

func write(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // directories cannot be synced there
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func readKEK(path string) (cipher.AEAD, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the key table needs %s, and it is not there: put it back from its escrow copy", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read kek: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("kek %s can be read by others (mode %04o): set it to 0600", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read kek: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("kek %s is damaged: it is not %d bytes in hex", path, keySize)
	}
	return gcm(key)
}
