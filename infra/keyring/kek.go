package keyring

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// kekDir is the folder of the key-encryption keys: one file kek-<epoch>.key each,
// with the day it began, and the list of owners whose key was destroyed. It must
// lie outside every backup of the key table, else the backup opens itself.
type kekDir struct {
	dir   string
	guard cipher.AEAD // seals the files, where their key lies elsewhere; nil: clear
	// shared: others write there too, so a KEK is never put in the place of another.
	shared bool
}

func (d kekDir) path(epoch int64) string {
	return filepath.Join(d.dir, fmt.Sprintf("kek-%d.key", epoch))
}

// kek is one key-encryption key.
type kek struct {
	epoch int64
	begun time.Time
	key   []byte
}

const guarded = "guarded:"

func guardAAD(epoch int64) []byte { return fmt.Appendf(nil, "kek file\n%d", epoch) }

// make writes a new KEK durably, readable by its owner only. One that is already
// there stays: an earlier attempt was cut.
func (d kekDir) make(epoch int64, now time.Time) error {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(d.path(epoch)); err == nil {
		return nil
	}
	key := make([]byte, keySize)
	rand.Read(key)
	defer clear(key)
	return d.put(kek{epoch, now, key})
}

func (d kekDir) put(k kek) error {
	text := hex.EncodeToString(k.key)
	if d.guard != nil {
		text = guarded + hex.EncodeToString(seal(d.guard, k.key, guardAAD(k.epoch)))
	}
	text += "\n" + k.begun.UTC().Format(time.RFC3339) + "\n"
	if d.shared {
		return linkNew(d.path(k.epoch), text)
	}
	return writeNew(d.path(k.epoch), text)
}

// linkNew is writeNew that leaves a file that is there as it is.
func linkNew(path, text string) error {
	own := path + "." + rand.Text()
	if err := write(own, text); err != nil {
		return err
	}
	err := os.Link(own, path)
	switch {
	case err == nil:
		err = os.Remove(own) // the other name of the same bytes
	case errors.Is(err, fs.ErrExist):
		err = destroyFile(own)
	default:
		err = errors.Join(err, destroyFile(own))
	}
	dir := filepath.Dir(path)
	return errors.Join(err, syncDir(dir), syncDir(filepath.Dir(dir)))
}

// writeNew puts a file in its place durably: contents, name, folder.
func writeNew(path, text string) error {
	if err := errors.Join(write(path+".new", text), os.Rename(path+".new", path)); err != nil {
		return err
	}
	dir := filepath.Dir(path)
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

// read answers the KEK of an epoch.
func (d kekDir) read(epoch int64) (kek, error) {
	text, written, err := d.raw(epoch)
	if err != nil {
		return kek{}, err
	}
	defer clear(text)
	k, err := d.parse(epoch, text, written)
	if err != nil {
		return kek{}, fmt.Errorf("kek %s %w", d.path(epoch), err)
	}
	return k, nil
}

// begun is when an epoch began; its KEK is not opened.
func (d kekDir) begun(epoch int64) (time.Time, error) {
	text, written, err := d.raw(epoch)
	if err != nil {
		return time.Time{}, err
	}
	defer clear(text)
	_, begun, err := parseBegun(text, written)
	return begun, err
}

func (d kekDir) raw(epoch int64) (text []byte, written time.Time, err error) {
	path := d.path(epoch)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, written, fmt.Errorf("the key table needs %s, and it is not there: put it back from its escrow copy: %w", path, err)
	}
	if err != nil {
		return nil, written, fmt.Errorf("read kek: %w", err)
	}
	if err := private("kek", path, info); err != nil {
		return nil, written, err
	}
	if text, err = os.ReadFile(path); err != nil {
		return nil, written, fmt.Errorf("read kek: %w", err)
	}
	return text, info.ModTime(), nil
}

// parse reads the text of a file of a KEK.
func (d kekDir) parse(epoch int64, text []byte, written time.Time) (k kek, err error) {
	k.epoch = epoch
	first, begun, err := parseBegun(text, written)
	if err != nil {
		return k, err
	}
	k.begun = begun
	k.key, err = d.keyOf(epoch, first)
	return k, err
}

// parseBegun reads when an epoch began: of a file of the first form, without its day,
// when it was written.
func parseBegun(text []byte, written time.Time) (key string, begun time.Time, err error) {
	key, second, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if second == "" {
		return key, written, nil
	}
	if begun, err = time.Parse(time.RFC3339, strings.TrimSpace(second)); err != nil {
		return key, begun, errors.New("is damaged: its second line is no time")
	}
	return key, begun, nil
}

func (d kekDir) keyOf(epoch int64, text string) ([]byte, error) {
	box, isGuarded := strings.CutPrefix(text, guarded)
	raw, err := hex.DecodeString(box)
	switch {
	case isGuarded && d.guard == nil:
		return nil, errors.New("is sealed: set option kek-guard")
	case isGuarded && err == nil:
		if raw, err = open(d.guard, raw, guardAAD(epoch)); err != nil {
			return nil, errors.New("does not open under the guard of option kek-guard, or is damaged")
		}
	}
	if err != nil || len(raw) != keySize {
		return nil, fmt.Errorf("is damaged: it is not %d bytes in hex", keySize)
	}
	return raw, nil
}

// epochs lists those whose KEK is there, ascending.
func (d kekDir) epochs() ([]int64, error) {
	list, err := os.ReadDir(d.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []int64
	for _, f := range list {
		name, isKEK := strings.CutPrefix(f.Name(), "kek-")
		name, isWhole := strings.CutSuffix(name, ".key")
		n, bad := strconv.ParseInt(name, 10, 64)
		if isKEK && isWhole && bad == nil && n > 0 {
			out = append(out, n)
		}
	}
	return sorted(out), err
}

// gone is at the end of the name of a file that is being destroyed: half overwritten it
// is no KEK any more.
const gone = ".gone"

// retireFile destroys a file that others read: first it leaves its name.
func retireFile(path string) error {
	if err := os.Rename(path, path+gone); err != nil {
		return err
	}
	return destroyFile(path + gone)
}

// tidy ends what a cut left: files that were being destroyed, and KEKs that never got
// their name, which nothing was wrapped under.
func (d kekDir) tidy() error {
	var errs []error
	for _, pattern := range []string{filepath.Join(d.dir, "kek-*.key.*"), filepath.Join(d.escrowDir(), "*"+gone)} {
		list, err := filepath.Glob(pattern)
		errs = append(errs, err)
		for _, path := range list {
			if strings.HasSuffix(path, gone) {
				errs = append(errs, destroyFile(path))
			} else { // perhaps another name of a KEK: not overwritten
				errs = append(errs, os.Remove(path))
			}
		}
	}
	return errors.Join(errs...)
}

// destroyFile overwrites a file and removes it.
func destroyFile(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
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
	rand.Read(noise)
	_, err = f.WriteAt(noise, 0)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return errors.Join(os.Remove(path), syncDir(filepath.Dir(path)))
}

// unlock reads the KEK of the table's newest epoch and proves that it is the
// right one. A new table gets its first KEK.
func (k *Keyring) unlock(ctx context.Context) error {
	begun := time.Now()
	s, err := k.table.look(ctx, nobody)
	if err == nil && s.epoch == 0 && k.options.Begun {
		return ErrEmpty
	}
	if err == nil && s.epoch == 0 {
		err = k.table.alone(ctx, func() error {
			if s, err = k.table.look(ctx, nobody); err != nil || s.epoch != 0 { // another instance began it
				return err
			}
			s, err = k.begin(ctx)
			return err
		})
	}
	if err != nil {
		return err
	}
	one, c, err := k.kek(s.epoch)
	if err != nil {
		return err
	}
	if err := k.proves(c, s); err != nil {
		return err
	}
	k.epoch, k.begun, k.open = s.epoch, one.begun, map[int64]cipher.AEAD{s.epoch: c}
	k.watch.count = s.count
	k.watch.trust(begun)
	newest, err := k.keks.epochs()
	if err != nil || newest[len(newest)-1] == s.epoch {
		return err
	}
	// The table is older than its KEKs: an old copy was put back, a rewriting was cut
	// before its end, or another instance is at it.
	_, err = k.rotate(ctx, s.epoch)
	return err
}

// begin makes the first KEK of a new table.
func (k *Keyring) begin(ctx context.Context) (standing, error) {
	if err := k.keks.make(1, k.now()); err != nil {
		return standing{}, fmt.Errorf("make kek: %w", err)
	}
	_, c, err := k.kek(1)
	if err != nil {
		return standing{}, err
	}
	s := standing{epoch: 1, probe: seal(c, probeText, probeAAD(1))}
	return s, k.table.rewrite(ctx, 0, 1, s.probe, nil)
}

// kek reads the KEK of an epoch; the key itself is not kept.
func (k *Keyring) kek(epoch int64) (kek, cipher.AEAD, error) {
	one, err := k.keks.read(epoch)
	if err != nil {
		return kek{}, nil, err
	}
	defer clear(one.key)
	c, err := gcm(one.key)
	return one, c, err
}

// proves tells whether a KEK is the one that the table was written under.
func (k *Keyring) proves(c cipher.AEAD, s standing) error {
	if _, err := open(c, s.probe, probeAAD(s.epoch)); err != nil {
		return fmt.Errorf("%s is not the kek of this key table, or one of them is damaged", k.keks.path(s.epoch))
	}
	return nil
}

var probeText = []byte("kek probe v1")

func probeAAD(epoch int64) []byte { return fmt.Appendf(nil, "kek probe\n%d", epoch) }
