// Package log keeps the one stream that begins a log: its first event says
// which log this is (proof.md 2, the genesis leaf).
package log

import "ayumi/domain"

// Format is the form of the log that this program writes.
const Format = 1

// Aggregate is the table of the stream log. Its only stream is log-<origin id>.
var Aggregate = domain.Define(domain.Aggregate[Log]{
	Category: "log",
	New:      func() *Log { return &Log{} },
	Events: []domain.EventType[Log]{
		domain.Happens[Log, Begun]("log.begun"),
		domain.Happens[Log, FigureKeySet]("log.figure_key_set"),
		domain.Happens[Log, Restored]("log.restored"),
	},
	Commands: []domain.CommandType[Log]{
		domain.Begins[Log, Begin]("log.begin", domain.System),
		domain.Can[Log, SetFigureKey]("log.set_figure_key", domain.System),
		domain.Can[Log, Restore]("log.restore", domain.System),
	},
})

// Begun: a log was begun. It is position 1, leaf 0. A scenario is a log of
// invented data, made again from the same seed.
type Begun struct {
	Origin   string `fact:"origin,token"`
	Format   int    `fact:"format,int"`
	Scenario bool   `fact:"scenario,flag"`
	Seed     string `fact:"seed?,token"`
}

func (e *Begun) Apply(l *Log, _ domain.Envelope) { l.Begun = *e }

// Log is the folded state: what its first event says, who may seal figures, and when it
// was put back.
type Log struct {
	Begun
	FigureKeys []string // Ed25519, hex; the last one seals, the others did
	// Restorations are the times the log was put back from a backup.
	Restorations []string
}

// Begin begins the log.
type Begin struct{ Begun }

func (c *Begin) Decide(l *Log, _ domain.Intent) ([]domain.Event[Log], error) {
	switch {
	case l.Origin != "":
		return nil, nil
	case c.Format != Format:
		return nil, domain.RefuseField("field.range", "format")
	case c.Seed != "" && !c.Scenario:
		return nil, domain.RefuseField("field.unknown", "seed")
	}
	return []domain.Event[Log]{&c.Begun}, nil
}
