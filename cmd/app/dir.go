package app

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// ErrInUse: another process works on the data directory. It can be asked through
// its server instead.
var ErrInUse = errors.New("data directory is in use")

// hold makes the data directory, for its owner alone, and locks it.
func hold(c Config) (release func(), err error) {
	for _, d := range []string{c.Data, c.in("keys"), c.in("bus")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("data directory: %w", err)
		}
	}
	f, err := os.OpenFile(c.in("LOCK"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", c.Data, ErrInUse)
	}
	return func() { f.Close() }, nil
}
