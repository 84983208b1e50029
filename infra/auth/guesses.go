package auth

import "time"

// Guesses limits how often an address may guess a secret that is no password: at
// once as many wrong ones as at sign-in, and then one more from time to time.
type Guesses struct{ limit *limiter }

// NewGuesses has seen no guess yet.
func NewGuesses() *Guesses { return &Guesses{newLimiter()} }

// Wait is how long an address has to wait before a guess is looked at; zero means
// now.
func (g *Guesses) Wait(now time.Time, from string) time.Duration { return g.limit.wait(now, from) }

// Wrong takes one guess away from an address.
func (g *Guesses) Wrong(now time.Time, from string) { g.limit.failed(now, from) }
