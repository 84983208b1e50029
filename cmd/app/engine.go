package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/infra/sqlitestore"
)

// The engines that can keep the log (option log).
const (
	Embedded  = "embedded"  // one file of the data directory
	KurrentDB = "kurrentdb" // servers of their own
)

// EventLog is an event store as an engine gives it.
type EventLog interface {
	domain.EventStore
	// IntegrityCheck reads everything; the error names the first damage.
	IntegrityCheck(ctx context.Context) error
	// Failed is closed by a fault after which the process has to end; Fault says which.
	Failed() <-chan struct{}
	Fault() error
	Close() error
}

// checkEngine answers what is wrong with the options of the log.
func (c Config) checkEngine() error {
	switch c.Engine {
	case "", Embedded:
		return nil
	case KurrentDB:
	default:
		return fmt.Errorf("option log: %s or %s, not %q", Embedded, KurrentDB, c.Engine)
	}
	if err := kurrentdb.CheckURL(c.KurrentDB); err != nil {
		return fmt.Errorf("option kurrentdb: %w", err)
	}
	if c.KurrentLog != "" && !domain.IDForm(c.KurrentLog) {
		return fmt.Errorf("option kurrentdb-log: %q is no name", c.KurrentLog)
	}
	return nil
}

// OtherEngine: the log of a data directory lies in another engine than the one asked
// for. Going on would begin a second log.
type OtherEngine struct{ Lies, Asked string }

func (e OtherEngine) Error() string {
	return fmt.Sprintf("the log lies in %s, not in %s", e.Lies, e.Asked)
}

// openLog opens the log in the engine that is asked for, if it lies there.
func openLog(ctx context.Context, c Config) (EventLog, error) {
	lies, err := engineOf(c)
	if err != nil {
		return nil, err
	}
	if lies != "" && lies != c.Engine {
		return nil, OtherEngine{lies, c.Engine}
	}
	l, err := openEngine(ctx, c, c.Engine)
	if err != nil {
		return nil, err
	}
	if lies == "" {
		if err := setEngine(c, c.Engine); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	return l, nil
}

func openEngine(ctx context.Context, c Config, engine string) (EventLog, error) {
	if engine == KurrentDB {
		return kurrentdb.Open(ctx, kurrentdb.Options{
			URL: c.KurrentDB, Log: c.KurrentLog, Index: c.in("kurrentdb.db"), Patience: c.KurrentWait, Logger: c.Log,
		})
	}
	return sqlitestore.Open(c.in("log.db"), sqlitestore.Options{})
}

// engineOf tells where the log of a data directory lies; "" for a new directory. A
// directory from before there was a choice has a log of its own.
func engineOf(c Config) (string, error) {
	text, err := os.ReadFile(c.in("engine"))
	if err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	if !os.IsNotExist(err) {
		return "", fmt.Errorf("data directory: %w", err)
	}
	if _, err := os.Stat(c.in("log.db")); err == nil {
		return Embedded, nil
	}
	return "", nil
}

// setEngine writes down where the log lies from now on.
func setEngine(c Config, engine string) error {
	path := c.in("engine")
	if err := os.WriteFile(path+".new", []byte(engine+"\n"), 0o600); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	return nil
}
