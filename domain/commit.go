package domain

import (
	"fmt"

	"github.com/google/uuid"
)

// Leaves checks a commit for what no store may accept, whatever its streams
// hold, and answers the leaf hash of each event. A body over MaxBody is the
// Refusal data.too_large; everything else is a fault of the program.
func (c Commit) Leaves() ([][32]byte, error) {
	if c.Stream == "" {
		return nil, fmt.Errorf("commit names no stream")
	}
	out := make([][32]byte, len(c.Events))
	for i, e := range c.Events {
		if e.Stream != c.Stream || e.Version != c.At.Version+uint64(i)+1 {
			return nil, fmt.Errorf("commit to %s after version %d: event %d is version %d of %s", c.Stream, c.At.Version, i, e.Version, e.Stream)
		}
		if e.ID == uuid.Nil || e.Type == "" {
			return nil, fmt.Errorf("commit to %s: version %d has no id or no type", c.Stream, e.Version)
		}
		if len(e.Body) > MaxBody {
			return nil, Refuse("data.too_large")
		}
		leaf, err := Leaf(e.Body)
		if err != nil {
			return nil, fmt.Errorf("commit to %s: version %d: %w", c.Stream, e.Version, err)
		}
		out[i] = leaf
	}
	return out, nil
}
