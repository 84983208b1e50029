package figure

import (
	"time"

	"ayumi/domain"
)

// Verified: a published edition was counted again from the log.
type Verified struct {
	Edition     int    `fact:"edition,int"`
	Result      string `fact:"result,code=verification,made"`
	LogPosition int    `fact:"log_position,int,made"`
}

func (e *Verified) Apply(f *Figure, env domain.Envelope) {
	at := f.edition(e.Edition)
	at.Verified = append(at.Verified[:len(at.Verified):len(at.Verified)], Check{Result: e.Result, At: env.RecordedAt.UTC(), By: env.RecordedBy, Position: e.LogPosition})
}

// Check is one verification: ok, failed, or partial where its rule is no longer known.
type Check struct {
	Result   string
	At       time.Time // UTC
	By       string
	Position int // events that were read
}

// Verify counts a published edition again from the log's first event, at its own
// position and by its own rule.
type Verify struct{ Verified }

func (c *Verify) Decide(f *Figure, in domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	if e == nil {
		return nil, domain.RefuseField("entity.unknown", "edition")
	}
	if !e.Public() {
		return nil, domain.Refuse("figure.state")
	}
	found, err := in.Count.Recount(f.Asked(e))
	if c.Result, err = e.Judge(found, err); err != nil {
		return nil, err
	}
	c.LogPosition = e.LogPosition
	return []event{&c.Verified}, nil
}

// Judge compares a recount with the edition: ok, failed, or partial where the rule
// is not known. An error that is no such refusal is handed back.
func (e *Edition) Judge(found domain.Counted, err error) (string, error) {
	switch {
	case domain.Refused(err, "figure.version"):
		return "partial", nil
	case err != nil:
		return "", err
	case found.Same(e.Counted()):
		return "ok", nil
	}
	return "failed", nil
}
