package keyring

import (
	"bufio"
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The table is rewritten under a new KEK every week, and five KEKs are kept, so
// that backups of five weeks can be put back. With its KEK a copy of the table is
// gone, wherever it lies (proof.md 5).
const (
	EpochLength = 7 * 24 * time.Hour
	EpochsKept  = 5
	Longest     = EpochLength * EpochsKept // no setting makes an erasure final later
)

// Final is how long a copy of a destroyed key can be read at most.
func (o Options) Final() time.Duration { return o.EpochLength * time.Duration(o.EpochsKept) }

// Epoch is the time under one KEK.
type Epoch struct {
	Epoch int64
	Begun time.Time
	Ends  time.Time // when its KEK is destroyed at the latest
}

// Current is the epoch that keys are written in now. A key destroyed in it is gone
// from every backup when it Ends.
func (k *Keyring) Current() Epoch {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return Epoch{k.epoch, k.begun, k.begun.Add(k.options.Final())}
}

// Epochs are those whose KEK is still there, ascending.
func (k *Keyring) Epochs() ([]Epoch, error) {
	list, err := k.keks.epochs()
	var out []Epoch
	for _, n := range list {
		one, err := k.keks.read(n)
		if errors.Is(err, fs.ErrNotExist) { // another instance destroyed it just now
			continue
		}
		if err != nil {
			return nil, err
		}
		clear(one.key)
		out = append(out, Epoch{n, one.begun, one.begun.Add(k.options.Final())})
	}
	return out, err
}

// Due tells whether the present epoch has lasted its time.
func (k *Keyring) Due() bool {
	return !k.now().Before(k.Current().Begun.Add(k.options.EpochLength))
}

// Rotate rewrites the table under a new KEK and answers its epoch. What a crash
// cuts is done again: the table changes in one transaction, and a KEK without a
// table harms nothing. Of several instances that do so at once one is enough.
func (k *Keyring) Rotate(ctx context.Context) (int64, error) {
	return k.rotate(ctx, k.Current().Epoch)
}

func (k *Keyring) rotate(ctx context.Context, from int64) (int64, error) {
	k.turn.Lock() // no key is made meanwhile
	defer k.turn.Unlock()
	err := k.table.alone(ctx, func() error {
		if err := k.look(ctx, true); err != nil || k.Current().Epoch != from {
			return err
		}
		return k.renew(ctx, from)
	})
	return k.Current().Epoch, err
}

// renew makes the next KEK and rewrites the table under it.
func (k *Keyring) renew(ctx context.Context, from int64) error {
	list, err := k.keks.epochs()
	if err != nil {
		return err
	}
	next := max(from, slices.Max(append(list, 0))) + 1
	if err := k.keks.make(next, k.now()); err != nil {
		return fmt.Errorf("make kek: %w", err)
	}
	one, c, err := k.kek(next)
	if err != nil {
		return err
	}
	k.mu.Lock()
	k.open[next] = c
	k.mu.Unlock()
	if err := k.table.rewrite(ctx, from, next, seal(c, probeText, probeAAD(next)), func(owner string, r row) ([]byte, error) {
		key, err := k.unwrap(owner, r)
		if err != nil {
			return nil, err
		}
		defer clear(key)
		return seal(c, key, wrapAAD(owner, next)), nil
	}); err != nil {
		return err
	}
	k.mu.Lock()
	k.epoch, k.begun, k.open = next, one.begun, map[int64]cipher.AEAD{next: c}
	k.mu.Unlock()
	k.rows.empty()
	return k.renewEscrow()
}

// Retire destroys the KEKs whose time is over and answers their epochs. What
// escrow still holds of them is destroyed with them.
func (k *Keyring) Retire(ctx context.Context) (out []int64, err error) {
	err = k.table.alone(ctx, func() error {
		if err := k.look(ctx, true); err != nil {
			return err
		}
		out, err = k.retire()
		return err
	})
	return out, err
}

func (k *Keyring) retire() ([]int64, error) {
	if err := k.keks.tidy(); err != nil {
		return nil, fmt.Errorf("what a cut left beside the keks: %w", err)
	}
	list, err := k.Epochs()
	if err != nil {
		return nil, err
	}
	now, current := k.now(), k.Current().Epoch
	var out []int64
	for i, e := range list {
		if e.Epoch == current || (now.Before(e.Ends) && len(list)-i <= k.options.EpochsKept) {
			continue
		}
		if err := retireFile(k.keks.path(e.Epoch)); err != nil {
			return out, fmt.Errorf("destroy kek %d: %w", e.Epoch, err)
		}
		out = append(out, e.Epoch)
	}
	if len(out) > 0 {
		err = k.renewEscrow()
	}
	return out, err
}

// Gone are the epochs before the present one whose KEK is destroyed, ascending.
func (k *Keyring) Gone() ([]int64, error) {
	there, err := k.keks.epochs()
	var out []int64
	for n := int64(1); n < k.Current().Epoch; n++ {
		if !slices.Contains(there, n) {
			out = append(out, n)
		}
	}
	return out, err
}

// The list of destroyed owners lies with the KEKs, so that an old key table that
// is put back cannot bring a key back with it.
func (d kekDir) erasedList() string { return filepath.Join(d.dir, "erased.txt") }

func (d kekDir) noteErased(owner string) error {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(d.erasedList(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(owner + "\n")
	return errors.Join(err, f.Sync(), f.Close(), syncDir(d.dir))
}

// erased answers the list. A last line that a crash cut is no owner and matches
// none: its erasure was not answered and is done again.
func (d kekDir) erased() ([]string, error) {
	f, err := os.Open(d.erasedList())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if owner := strings.TrimSpace(lines.Text()); owner != "" && !slices.Contains(out, owner) {
			out = append(out, owner)
		}
	}
	return out, lines.Err()
}

// forbid destroys what an old table brought back, and answers whose keys it held. An
// instance that is just destroying one has it on the list and not yet in the table.
func (k *Keyring) forbid(ctx context.Context) error {
	err := k.table.alone(ctx, func() error {
		owners, err := k.keks.erased()
		if err != nil {
			return fmt.Errorf("destroyed keys: %w", err)
		}
		for _, owner := range owners {
			r, err := k.table.read(ctx, owner)
			if err == nil && r.wrapped != nil {
				k.returned = append(k.returned, owner)
			}
			if err != nil && !errors.Is(err, errNoKey) {
				return err
			}
			if r.wrapped != nil || errors.Is(err, errNoKey) {
				if err := k.table.destroy(ctx, owner, k.epoch); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil && len(k.returned) > 0 {
		err = k.felt(ctx)
	}
	return err
}

// Returned are the owners whose destroyed key this key table held when it was
// opened: an old copy was put back. Each was destroyed again.
func (k *Keyring) Returned() []string { return k.returned }

func sorted(n []int64) []int64 { slices.Sort(n); return n }
