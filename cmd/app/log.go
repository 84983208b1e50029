package app

import (
	"context"
	"database/sql"
	"fmt"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/keyring"
	"ayumi/infra/ledgerfile"
)

// Ledger is the writing side of a data directory: the log, its keys, and the
// office before them. It needs neither NATS nor read models.
type Ledger struct {
	Config   Config
	Store    EventLog
	Keys     *keyring.Keyring
	Decider  *domain.Decider
	Origin   string
	Scenario bool // invented data, for ever

	signed  *sql.DB // what several instances signed; nil: this one alone has the log
	closers []func() error
	pending []pending    // orders to erase that are not carried out
	settled keyring.Mark // how far orders were looked for
	kept    uint64       // of settled, written down
}

// OpenLedger opens a data directory for writing; of an empty one it begins an
// official log, unless head says that a scenario begins.
func OpenLedger(ctx context.Context, c Config, head *ScenarioHead) (_ *Ledger, err error) {
	c = c.filled()
	l := &Ledger{Config: c}
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	release, err := hold(c)
	if err != nil {
		return nil, err
	}
	l.later(func() error { release(); return nil })
	if err := c.checkShared(); err != nil {
		return nil, err
	}
	if l.Store, err = openLog(ctx, c); err != nil {
		return nil, err
	}
	l.later(l.Store.Close)
	begun, old, err := genesis(ctx, l.Store)
	if err != nil {
		return nil, err
	}
	if head != nil && old {
		return nil, ErrNotEmpty
	}
	seed := begun.Seed
	switch {
	case old:
		l.Origin, l.Scenario = begun.Origin, begun.Scenario
	case head != nil:
		l.Origin, l.Scenario, seed = head.Origin, true, head.Seed
	case c.Access != "" && c.Origin == "":
		return nil, ErrNoOrigin
	default:
		if l.Origin, err = originOf(c); err != nil {
			return nil, err
		}
	}
	if c.Access != "" {
		if l.signed, err = c.shared(ctx, l.Origin, "ledger", ledgerfile.SharedTables); err != nil {
			return nil, err
		}
		l.later(l.signed.Close)
	}
	options := KeyOptions(c)
	options.Log, options.Begun = l.Origin, old && seed == "" // of a scenario they are made again
	if seed != "" {
		options.Seed = []byte(seed)
	}
	if l.Keys, err = keyring.Open(c.in("keys"), options); err != nil {
		return nil, err
	}
	l.later(l.Keys.Close)
	if err := l.tellWeak(ctx); err != nil {
		return nil, err
	}
	var random domain.Randomness = keyring.Random{}
	if seed != "" {
		random = keyring.Seeded(seed)
	}
	l.Decider = &domain.Decider{Store: l.Store, Keys: l.Keys, Random: random, Origin: l.Origin, Shared: c.Engine == KurrentDB}
	if err := l.resume(ctx); err != nil {
		return nil, err
	}
	if !old && head == nil {
		return l, begin(ctx, office.New(l.Decider, nil), c, l.Origin)
	}
	returned, err := l.settleErasures(ctx)
	if err != nil {
		return nil, err
	}
	o := office.New(l.Decider, nil)
	if err := l.tellReturned(ctx, o, returned); err != nil {
		return nil, err
	}
	return l, l.tellRestored(ctx, o)
}

// tellWeak reports settings of the server of keys under which a power cut loses some.
func (l *Ledger) tellWeak(ctx context.Context) error {
	list, err := l.Keys.Weak(ctx)
	for _, setting := range list {
		l.Config.Log.Warn("the database of keys may lose some in a power cut", "setting", setting, "is", "off")
	}
	return err
}

// resume tells the decider when the log was last written, and reports a clock
// that stands before it.
func (l *Ledger) resume(ctx context.Context) error {
	last, err := l.Store.Head(ctx)
	if err != nil || last.Position == 0 {
		return err
	}
	for last, err = range l.Store.All(ctx, last.Position-1) {
		if err != nil {
			return err
		}
	}
	facts, err := domain.FactsOf(last.Body)
	if err != nil {
		return fmt.Errorf("position %d: %w", last.Position, err)
	}
	at, err := japan.ParseInstant(facts.Text("recorded_at"))
	if err != nil {
		return fmt.Errorf("position %d: %w", last.Position, err)
	}
	if now := l.Config.Now(); now.Before(at) {
		l.Config.Log.Warn("clock stands before the last record", "clock", now.UTC(), "recorded_at", at)
	}
	l.Decider.Resume(at)
	return nil
}

func (l *Ledger) later(f func() error) { l.closers = append(l.closers, f) }

// Close closes everything in reverse and answers the first error.
func (l *Ledger) Close() error {
	var first error
	for i := len(l.closers) - 1; i >= 0; i-- {
		if err := l.closers[i](); err != nil && first == nil {
			first = err
		}
	}
	l.closers = nil
	return first
}
