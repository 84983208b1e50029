package keyring

import (
	"errors"
	"fmt"
)

// ErrNoKEK: there is no key-encryption key yet.
var ErrNoKEK = errors.New("no key-encryption key")

// Newest reads the newest KEK as a keyring would, under its guard, and answers its
// epoch: ErrNoKEK if there is none. It opens no key table and makes nothing.
func Newest(dir string, o Options) (Epoch, error) {
	o = o.filled(dir)
	d := kekDir{dir: o.KEKDir}
	guard, err := ReadGuard(o.Guard)
	if err != nil {
		return Epoch{}, err
	}
	defer clear(guard)
	if guard != nil {
		if d.guard, err = gcm(guard); err != nil {
			return Epoch{}, err
		}
	}
	list, err := d.epochs()
	if err != nil {
		return Epoch{}, err
	}
	if len(list) == 0 {
		return Epoch{}, fmt.Errorf("%s: %w", o.KEKDir, ErrNoKEK)
	}
	one, err := d.read(list[len(list)-1])
	if err != nil {
		return Epoch{}, err
	}
	clear(one.key)
	return Epoch{one.epoch, one.begun, one.begun.Add(o.Final())}, nil
}
