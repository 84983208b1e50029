package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
)

// ErrNotEmpty: a scenario goes into a new log only.
var ErrNotEmpty = errors.New("the log is not new")

// ScenarioHead is the identity of a scenario log.
type ScenarioHead = scenario.Head

// RunScenario writes a new log from the lines of a scenario. It is built beside
// the data directory and takes its place when it is whole, so that a directory
// never holds half a scenario, in the embedded engine. progress is told how many of how many are done;
// it may be nil.
func RunScenario(ctx context.Context, c Config, lines []scenario.Line, progress func(done, all int)) error {
	if held, err := Holds(c); err != nil {
		return err
	} else if held {
		return ErrNotEmpty
	}
	whole := c.Data
	c.Data += ".building"
	c.Engine = Embedded // servers cannot be moved into place; ayumi migrate carries it there
	if err := os.RemoveAll(c.Data); err != nil {
		return err
	}
	if err := run(ctx, c, lines, progress); err != nil {
		return errors.Join(err, os.RemoveAll(c.Data))
	}
	if err := os.Remove(whole); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(c.Data, whole)
}

// Holds tells whether a data directory holds a log. Anything else in it is an
// error: Ayumi does not write among strangers' files.
func Holds(c Config) (bool, error) {
	list, err := os.ReadDir(c.Data)
	if errors.Is(err, os.ErrNotExist) || (err == nil && len(list) == 0) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if engine, err := engineOf(c); err != nil || engine == "" {
		return false, errors.Join(err, fmt.Errorf("%s: %w", c.Data, ErrStrangers))
	}
	return true, nil
}

// ErrStrangers: the directory holds files, but no log.
var ErrStrangers = errors.New("directory holds other files and no log")

func run(ctx context.Context, c Config, lines []scenario.Line, progress func(done, all int)) error {
	head, rest, err := headOf(lines)
	if err != nil {
		return err
	}
	l, err := OpenLedger(ctx, c, &head)
	if err != nil {
		return err
	}
	defer l.Close()
	runner, err := rehearse(l.Decider, head)
	if err != nil {
		return err
	}
	if err := runner.Begin(ctx, lines[0]); err != nil {
		return err
	}
	for i, line := range rest {
		if _, err := runner.Line(ctx, line); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(rest))
		}
	}
	if err := admit(ctx, c, l, runner.Codes(), rest); err != nil {
		return err
	}
	return l.Close()
}

// CheckScenario runs the lines into a log in memory and answers every bad line.
// A line that hangs on a bad one is bad too. Nothing is written.
func CheckScenario(ctx context.Context, lines []scenario.Line) (scenario.Faults, error) {
	head, rest, err := headOf(lines)
	var fault scenario.Fault
	if errors.As(err, &fault) {
		return scenario.Faults{fault}, nil
	}
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ayumi-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	keys, err := keyring.Open(dir, keyring.Options{Seed: []byte(head.Seed)})
	if err != nil {
		return nil, err
	}
	defer keys.Close()
	d := &domain.Decider{Store: memory.New(), Keys: keys, Random: keyring.Seeded(head.Seed), Origin: head.Origin}
	runner, err := rehearse(d, head)
	if err != nil {
		return nil, err
	}
	if err := runner.Begin(ctx, lines[0]); err != nil {
		return nil, err
	}
	var bad scenario.Faults
	for _, line := range rest {
		_, err := runner.Line(ctx, line)
		if errors.As(err, &fault) {
			bad = append(bad, fault)
		} else if err != nil {
			return nil, err
		}
	}
	return bad, nil
}

// rehearse makes the runner of a scenario: an office without read models, which
// counts what is proposed from the log.
func rehearse(d *domain.Decider, head ScenarioHead) (*scenario.Runner, error) {
	counts := indicator.LogCounts{Store: d.Store, Book: indicator.LogRules{Store: d.Store}, Synthetic: true}
	return &scenario.Runner{Office: office.New(d, nil).Replaying().Counting(counts), Head: head}, nil
}

func headOf(lines []scenario.Line) (ScenarioHead, []scenario.Line, error) {
	if len(lines) == 0 {
		return ScenarioHead{}, nil, scenario.Fault{Line: 1, Reason: "scenario.empty"}
	}
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return ScenarioHead{}, nil, err
	}
	random := hex.EncodeToString(b[:])
	return scenario.HeadOf(lines, ScenarioHead{Origin: "scenario-" + random[:12], Seed: random})
}

// ExportScenario writes the scenario log of a data directory as a scenario.
func ExportScenario(ctx context.Context, c Config, w io.Writer) error {
	l, err := OpenLedger(ctx, c, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	if !l.Scenario {
		return ErrOfficial
	}
	log, err := openAccess(ctx, l.Config, l.Origin)
	if err != nil {
		return err
	}
	defer log.Close()
	door := access.Door{Log: log, Now: l.Config.Now}
	if err := door.Look(ctx, viewing.Entry{Account: Operator(), Act: viewing.Export, Route: "ayumi scenario export", Classes: "PX"}); err != nil {
		return err
	}
	return scenario.Export(ctx, w, l.Store, l.Keys, l.Origin)
}

// ErrOfficial: the log holds official records; it is never written out in clear.
var ErrOfficial = errors.New("the log is official")
