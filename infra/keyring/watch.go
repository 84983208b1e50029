package keyring

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"sync"
	"time"

	"ayumi/domain"
)

// Several instances may share one table, and each keeps rows of it in memory. The
// law of these rows: nothing is served from memory later than lease after the
// beginning of the last look at the table that came back, and Destroy answers only
// when more than a lease has passed since the key was gone from the table. So once
// Destroy has answered, no instance opens or seals anything with that key, whether
// it was told or is cut off: who cannot look does not answer.
const (
	lookEvery = 250 * time.Millisecond
	lease     = time.Second
	patience  = lease + lease/4 // of Destroy: clocks need not run equally fast
	silence   = 3 * time.Second // after which a look has failed
)

// errBack: the table stands before what was seen of it. What was destroyed since may
// be in it again, which is settled at a start, where the log is compared with it.
var errBack = errors.New("the key table is older than what this process has seen of it (an old copy was put back, or a standby that lagged took over): start again")

// watch is what is known of a shared table.
type watch struct {
	shared bool
	turn   chan struct{} // held by the one that looks
	count  int64         // of keys whose destruction was seen
	fault  error         // that ends only with the process
	last   error         // of the look before
	failed time.Time

	mu     sync.Mutex
	looked time.Time
	stop   context.CancelFunc
	done   chan struct{}
}

// trusted tells whether rows in memory may be served. A machine that slept shows it
// on the clock of the day only, one whose clock was set on the other.
func (w *watch) trusted() bool {
	if !w.shared {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	day := now.Round(0).Sub(w.looked.Round(0))
	return now.Sub(w.looked) < lease && 0 <= day && day < lease
}

func (w *watch) trust(since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looked = since
}

// fresh looks at the table, unless that was done within the lease.
func (k *Keyring) fresh(ctx context.Context) error {
	if k.watch.trusted() {
		return nil
	}
	return k.look(ctx, false)
}

// look takes over what other instances did to the table: keys that they destroyed,
// and the epoch that they began.
func (k *Keyring) look(ctx context.Context, again bool) error {
	w := &k.watch
	if !w.shared {
		return nil
	}
	came := time.Now()
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-w.turn }()
	switch {
	case w.fault != nil:
		return w.fault
	case !again && w.trusted():
		return nil
	case !again && w.failed.After(came): // who waited need not wait as long again
		return w.last
	}
	err := k.see(ctx)
	if err != nil && ctx.Err() == nil {
		w.last, w.failed = err, time.Now()
	}
	return err
}

// see is look, by the one whose turn it is.
func (k *Keyring) see(ctx context.Context) error {
	w := &k.watch
	asked, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	known, begun := k.Current().Epoch, time.Now()
	s, err := k.table.look(asked, w.count)
	if err != nil && asked.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("key table: %w: silent for %s", domain.ErrStoreAway, silence)
	}
	if err != nil {
		return err
	}
	if s.count < w.count || s.epoch < known {
		w.fault = errBack
		w.trust(time.Time{})
		return w.fault
	}
	for _, owner := range s.destroyed {
		k.rows.destroyed(owner)
	}
	w.count = s.count
	if s.epoch > known {
		if err := k.follow(s); err != nil {
			w.trust(time.Time{})
			return err
		}
	}
	w.trust(begun)
	return nil
}

// follow takes the KEK of an epoch that another instance began and forgets the one before.
func (k *Keyring) follow(s standing) error {
	one, c, err := k.kek(s.epoch)
	if err != nil {
		return err
	}
	if err := k.proves(c, s); err != nil {
		return err
	}
	k.mu.Lock()
	if s.epoch > k.epoch {
		k.epoch, k.begun, k.open = s.epoch, one.begun, map[int64]cipher.AEAD{s.epoch: c}
	}
	k.mu.Unlock()
	k.rows.empty()
	return nil
}

// keepLooking drops what was destroyed also where nobody asks for anything. A look
// that fails is tried again; meanwhile who asks is told.
func (k *Keyring) keepLooking(ctx context.Context) {
	defer close(k.watch.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(lookEvery):
			_ = k.look(ctx, true)
		}
	}
}

// felt waits until no instance serves what was destroyed before the call.
func (k *Keyring) felt(ctx context.Context) error {
	if !k.watch.shared {
		return nil
	}
	select {
	case <-time.After(patience):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("other instances may still hold the key: %w", ctx.Err())
	}
}

// Weak are settings of the server under which a power cut may take what was answered;
// none of a file, which is synced here.
func (k *Keyring) Weak(ctx context.Context) ([]string, error) {
	if d, is := k.table.(*database); is {
		return d.weak(ctx)
	}
	return nil, nil
}
