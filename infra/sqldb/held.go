package sqldb

import (
	"errors"
	"sync"
)

// held remembers what is open, so that closing the whole lets it go.
type held struct {
	mu   sync.Mutex
	open map[any]func() error // how each is let go
}

func (h *held) hold(what any, leave func() error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open == nil {
		h.open = map[any]func() error{}
	}
	h.open[what] = leave
}

// release tells whether something was still held.
func (h *held) release(what any) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, is := h.open[what]
	delete(h.open, what)
	return is
}

// leave lets everything go.
func (h *held) leave() error {
	h.mu.Lock()
	var open []func() error
	for _, leave := range h.open {
		open = append(open, leave)
	}
	h.mu.Unlock()
	var err error
	for _, leave := range open {
		err = errors.Join(err, leave())
	}
	return err
}
