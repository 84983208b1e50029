package period

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"ayumi/domain"
)

// LargestSeed is the largest seed of a drawing: 12 digits.
const LargestSeed = 999_999_999_999

// Draw draws size of the positions without putting any back, so that anybody with
// the seed and the list draws the same: each position has as its ticket the SHA-256
// of the text "<seed>:<position>", and those with the smallest tickets are drawn, in
// order of their tickets. All of them are drawn if there are no more than size.
// The order and any repetition of the list do not matter.
func Draw(seed int, positions []uint64, size int) []uint64 {
	type ticket struct {
		hash     [sha256.Size]byte
		position uint64
	}
	tickets := make([]ticket, len(positions))
	for i, p := range positions {
		tickets[i] = ticket{sha256.Sum256(fmt.Appendf(nil, "%d:%d", seed, p)), p}
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	tickets = slices.Compact(tickets)
	out := make([]uint64, max(0, min(size, len(tickets))))
	for i := range out {
		out[i] = tickets[i].position
	}
	return out
}

// DrawnDigest is the SHA-256 (hex) of the positions drawn, in their order, one a
// line.
func DrawnDigest(drawn []uint64) string {
	h := sha256.New()
	for _, p := range drawn {
		fmt.Fprintf(h, "%d\n", p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// The methods of a drawing: among everything counted, or among what was counted on
// weak evidence.
const (
	MethodRandom = "random"
	MethodRisk   = "risk"
)

// Population is what a drawing by a method draws from: the positions of everything
// a figure counted, or of what it counted on evidence of grade c or d.
func Population(method string, found domain.Counted) []uint64 {
	if method == MethodRisk {
		return found.Weak
	}
	return found.Positions
}

// SampleDrawn: records were drawn from what stands behind an edition of a published
// figure, so that the drawing can be done again (Draw). Drawn is the digest of the
// positions drawn, Population how many there were to draw from.
type SampleDrawn struct {
	Audit      string `fact:"audit,id"`
	RandomSeed int    `fact:"random_seed,int"`
	Method     string `fact:"method,code=random|risk"`
	Size       int    `fact:"size,int"`
	Figure     string `fact:"figure?,id"`           // not in the first form
	Edition    int    `fact:"edition?,int"`         // not in the first form
	Population int    `fact:"population?,int,made"` // not in the first form
	Drawn      string `fact:"drawn,digest,made"`
}

func (e *SampleDrawn) Apply(p *Period, _ domain.Envelope) {
	a := p.Audits[e.Audit]
	a.Samples = append(a.Samples[:len(a.Samples):len(a.Samples)], *e)
}

// DrawSample draws a sample. What it draws from is counted again at the position
// where the figure was counted, and must be what was published.
type DrawSample struct{ SampleDrawn }

func (c *DrawSample) Decide(p *Period, in domain.Intent) ([]event, error) {
	a, err := p.at(c.Audit, AuditGathering)
	switch {
	case err != nil:
		return nil, err
	case slices.ContainsFunc(a.Samples, c.same):
		return nil, nil
	case c.Size < 1:
		return nil, domain.RefuseField("field.range", "size")
	case c.RandomSeed < 0 || c.RandomSeed > LargestSeed:
		return nil, domain.RefuseField("field.range", "random_seed")
	}
	from, ok := in.Look.Figure(c.Figure, c.Edition)
	if !ok || from.Controller != in.Controller || !from.Public {
		return nil, domain.RefuseField("audit.figure", "figure")
	}
	found, err := in.Count.Count(from.Asked)
	if err != nil {
		return nil, err
	}
	population := Population(c.Method, found)
	switch {
	case !found.Same(from.Counted):
		return nil, domain.RefuseField("audit.recount", "figure")
	case len(population) == 0:
		return nil, domain.RefuseField("audit.nothing", "method")
	case c.Size > len(population):
		return nil, domain.RefuseField("audit.size", "size")
	}
	e := c.SampleDrawn
	e.Population, e.Drawn = len(population), DrawnDigest(Draw(c.RandomSeed, population, c.Size))
	return []event{&e}, nil
}

// same tells whether a sample was drawn by the same rule from the same figure.
func (c *DrawSample) same(s SampleDrawn) bool {
	return s.Figure == c.Figure && s.Edition == c.Edition && s.Method == c.Method && s.RandomSeed == c.RandomSeed && s.Size == c.Size
}
