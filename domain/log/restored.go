package log

import (
	"slices"

	"ayumi/domain"
)

// Restored: the log was put back from a backup and went on from there. What had been
// recorded after it is not in this log, and was not counted again.
type Restored struct {
	Restoration string `fact:"restoration,id"`
	Backup      string `fact:"backup,id"`
	UpTo        int    `fact:"up_to,int"` // the last record that came back
	// Lost is how many records a checkpoint that was kept elsewhere held beyond it; 0 if
	// none was shown.
	Lost int `fact:"lost,int"`
	// Renewed tells that heads are signed with a new key from then on: the one before may
	// have signed another history (proof.md 3).
	Renewed bool `fact:"renewed,flag"`
}

func (e *Restored) Apply(l *Log, _ domain.Envelope) {
	l.Restorations = append(l.Restorations[:len(l.Restorations):len(l.Restorations)], e.Restoration)
}

// Restore records it, once.
type Restore struct{ Restored }

func (c *Restore) Decide(l *Log, _ domain.Intent) ([]domain.Event[Log], error) {
	switch {
	case l.Origin == "":
		return nil, domain.Refuse("stream.unknown")
	case c.UpTo < 1:
		return nil, domain.RefuseField("field.range", "up_to")
	case c.Lost < 0:
		return nil, domain.RefuseField("field.range", "lost")
	case slices.Contains(l.Restorations, c.Restoration):
		return nil, nil
	}
	return []domain.Event[Log]{&c.Restored}, nil
}
