package keyring

import (
	"bufio"
	"context"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"ayumi/domain"
)

// ErrCopy: what should be a copy of a key table is none, or does not open.
var ErrCopy = errors.New("copy of the key table")

// Returning takes a copy of a key table back: every key in it is opened under its KEK
// before it is kept.
type Returning struct {
	table  *file // nil: only compared
	keks   map[int64]cipher.AEAD
	gone   map[string]bool // destroyed, whatever the copy says
	epoch  int64           // the newest
	owners map[string]bool // whether the owner still has a key
}

// Return begins to take a copy back into directory dir, which has no key table yet; ""
// compares only. files are those that were copied with it; erased are owners who were
// destroyed since.
func Return(dir string, o Options, files map[string][]byte, erased ...string) (*Returning, error) {
	r := &Returning{keks: map[int64]cipher.AEAD{}, gone: map[string]bool{}, owners: map[string]bool{}}
	for _, owner := range erased {
		r.gone[owner] = true
	}
	d := kekDir{dir: "."}
	guard, err := ReadGuard(o.Guard)
	if err != nil {
		return nil, err
	}
	defer clear(guard)
	if guard != nil {
		if d.guard, err = gcm(guard); err != nil {
			return nil, err
		}
	}
	for name, text := range files {
		if err := r.take(d, name, text); err != nil {
			return nil, fmt.Errorf("%w: %s %w", ErrCopy, name, err)
		}
	}
	if dir != "" {
		r.table, err = openFile(dir)
	}
	return r, err
}

func (r *Returning) take(d kekDir, name string, text []byte) error {
	if name == path.Base(d.erasedList()) {
		for _, owner := range strings.Fields(string(text)) {
			r.gone[owner] = true
		}
		return nil
	}
	number, isKEK := strings.CutPrefix(name, "kek-")
	number, isWhole := strings.CutSuffix(number, ".key")
	if !isKEK || !isWhole {
		return nil
	}
	epoch, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return err
	}
	k, err := d.parse(epoch, text, time.Time{})
	if err != nil {
		return err
	}
	defer clear(k.key)
	r.keks[epoch], err = gcm(k.key)
	return err
}

// Read takes the records of one piece of the copy.
func (r *Returning) Read(from io.Reader) error {
	var rows []copiedRow
	lines := bufio.NewScanner(from)
	for n := 1; lines.Scan(); n++ {
		row, err := r.parse(strings.Split(lines.Text(), " "))
		if err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrCopy, n, err)
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%w: %w", ErrCopy, err)
	}
	if r.table == nil || len(rows) == 0 {
		return nil
	}
	return r.table.submit(context.Background(), &change{work: func(t *file) error {
		for _, row := range rows {
			if err := t.exec(row.query, row.args...); err != nil {
				return err
			}
		}
		return nil
	}})
}

// copiedRow is a record as a statement.
type copiedRow struct {
	query string
	args  []any
}

var errRecord = errors.New("no record of a key table")

func (r *Returning) parse(cells []string) (copiedRow, error) {
	switch {
	case cells[0] == epochLine && len(cells) == 3:
		return r.parseEpoch(cells[1], cells[2])
	case cells[0] == markLine && len(cells) == 3:
		position, err := strconv.ParseInt(cells[1], 10, 64)
		return copiedRow{"INSERT INTO mark (one, position, event) VALUES (1, ?, ?)", []any{position, cells[2]}}, err
	case cells[0] == keyLine && len(cells) == 4:
		return r.parseKey(cells[1], cells[2], cells[3])
	}
	return copiedRow{}, errRecord
}

func (r *Returning) parseEpoch(number, probe string) (copiedRow, error) {
	epoch, err := strconv.ParseInt(number, 10, 64)
	box, errBox := base64.StdEncoding.DecodeString(probe)
	if err = errors.Join(err, errBox); err != nil {
		return copiedRow{}, err
	}
	if c, held := r.keks[epoch]; held {
		if _, err := open(c, box, probeAAD(epoch)); err != nil {
			return copiedRow{}, fmt.Errorf("the kek of epoch %d is not the one of this table", epoch)
		}
	}
	r.epoch = max(r.epoch, epoch)
	return copiedRow{"INSERT INTO epochs (epoch, probe) VALUES (?, ?)", []any{epoch, box}}, nil
}

func (r *Returning) parseKey(owner, number, key string) (copiedRow, error) {
	epoch, err := strconv.ParseInt(number, 10, 64)
	if err == nil && (!domain.IDForm(owner) || epoch < 1) {
		err = errRecord
	}
	if err != nil {
		return copiedRow{}, err
	}
	const query = "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, ?)"
	if key == noKey || r.gone[owner] {
		r.owners[owner] = false
		return copiedRow{query, []any{owner, epoch, nil}}, nil
	}
	box, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return copiedRow{}, err
	}
	c, held := r.keks[epoch]
	if !held {
		return copiedRow{}, fmt.Errorf("the key of %s needs the kek of epoch %d, which is not there", owner, epoch)
	}
	plain, err := open(c, box, wrapAAD(owner, epoch))
	defer clear(plain)
	if err != nil || len(plain) != keySize {
		return copiedRow{}, fmt.Errorf("the key of %s does not open", owner)
	}
	r.owners[owner] = true
	return copiedRow{query, []any{owner, epoch, box}}, nil
}

// Has tells of an owner whether there is a key, and whether there was one that is
// destroyed.
func (r *Returning) Has(owner string) (key, destroyed bool) {
	key, known := r.owners[owner]
	return key, (known && !key) || r.gone[owner]
}

// Destroyed are the owners whose key is destroyed.
func (r *Returning) Destroyed() []string {
	var out []string
	for owner := range r.gone {
		out = append(out, owner)
	}
	for owner, key := range r.owners {
		if !key && !r.gone[owner] {
			out = append(out, owner)
		}
	}
	return out
}

// Count is how many owners have a key, and how many had one.
func (r *Returning) Count() (keys, destroyed int) {
	for _, key := range r.owners {
		if key {
			keys++
		} else {
			destroyed++
		}
	}
	return keys, destroyed
}

// Close ends the taking back. It demands that the table had an epoch.
func (r *Returning) Close() error {
	var err error
	if r.epoch == 0 {
		err = fmt.Errorf("%w: it has no epoch", ErrCopy)
	}
	if r.table == nil {
		return err
	}
	return errors.Join(err, r.table.close())
}
