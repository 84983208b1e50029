package auth

import (
	"context"
	"time"
)

// Guesses limits how often an address may guess a secret that is no password: at
// once as many wrong ones as at sign-in, and then one more from time to time, over
// all instances.
type Guesses struct {
	store *Store
	of    string
}

// Guesses are those of one kind of secret.
func (s *Store) Guesses(of string) *Guesses { return &Guesses{s, of} }

// Wait is how long an address has to wait before a guess is looked at; zero means
// now.
func (g *Guesses) Wait(ctx context.Context, from string) (time.Duration, error) {
	return g.store.wait(ctx, g.of+" "+from)
}

// Wrong takes one guess away from an address.
func (g *Guesses) Wrong(ctx context.Context, from string) error {
	return g.store.failed(ctx, g.of+" "+from)
}
