package given

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Counted is what the whole log answers a closing, written down by the test.
type Counted struct {
	Found domain.GatesNow
	At    uint64
	// Asked is the last question.
	Asked struct {
		Controller string
		Period     japan.Period
		Known      japan.Date
	}
}

// Gates answers what was found.
func (c *Counted) Gates(controller string, p japan.Period, known japan.Date) (domain.GatesNow, error) {
	c.Asked.Controller, c.Asked.Period, c.Asked.Known = controller, p, known
	return c.Found, nil
}

// PositionAt answers where the log stood.
func (c *Counted) PositionAt(japan.Date) (uint64, error) { return c.At, nil }

// Counting sets what the whole log answers a closing.
func (s *Scene[S]) Counting(g domain.Gates) *Scene[S] { s.intent.Gates = g; return s }
