package auth

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Attempts a name or an address has at once, and how often it gets one more.
const (
	attempts     = 5
	attemptEvery = 20 * time.Second
	// watched bounds the memory of the limiter; beyond it, those that have all
	// their attempts back are forgotten.
	watched = 10_000
)

// limiter counts failed attempts by name and by address.
type limiter struct {
	mu   sync.Mutex
	keys map[string]*rate.Limiter
}

func newLimiter() *limiter { return &limiter{keys: map[string]*rate.Limiter{}} }

// wait is how long the slowest of the keys has to wait before an attempt is
// looked at; zero means now. It takes nothing away.
func (l *limiter) wait(now time.Time, keys ...string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	var longest time.Duration
	for _, k := range keys {
		if r, ok := l.keys[k]; ok {
			if missing := 1 - r.TokensAt(now); missing > 0 {
				longest = max(longest, time.Duration(missing*float64(attemptEvery)))
			}
		}
	}
	return longest
}

// failed takes one attempt away from each key.
func (l *limiter) failed(now time.Time, keys ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.keys) > watched {
		l.forget(now)
	}
	for _, k := range keys {
		r, ok := l.keys[k]
		if !ok {
			r = rate.NewLimiter(rate.Every(attemptEvery), attempts)
			l.keys[k] = r
		}
		r.AllowN(now, 1)
	}
}

func (l *limiter) forget(now time.Time) {
	for k, r := range l.keys {
		if r.TokensAt(now) >= attempts {
			delete(l.keys, k)
		}
	}
}

// succeeded gives a name its attempts back; its address keeps what it lost.
func (l *limiter) succeeded(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.keys, key)
}
