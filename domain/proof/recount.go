package proof

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/ledger"
)

// counting folds proven events and answers each seal at the position it names.
type counting struct {
	*run
	state   *indicator.State
	narrow  *indicator.Narrow // folds into state, unless nil
	open    []*sealed         // still to be answered, by position
	glance  domain.Glance
	values  [][]byte // reused
	results []Check
	fault   bool
	read    uint64 // position of the last event
}

// counting begins to count: from nothing if the range begins with the first event,
// else on from what the bundle before left.
func (x *run) counting() *counting {
	c := &counting{run: x, read: uint64(x.From)}
	for _, s := range x.seals {
		if s.book != nil {
			c.open = append(c.open, s)
		}
	}
	slices.SortStableFunc(c.open, func(a, b *sealed) int { return cmp.Compare(a.Position, b.Position) })
	switch {
	case x.From == 0: // the same year again, perhaps, with more seals
		c.begin()
	case x.Verifier.state != nil && x.Verifier.state.Position >= uint64(x.From):
		c.state = x.Verifier.state
	}
	x.Verifier.state = nil // until it is whole again
	return c
}

// begin begins with an empty state, that of the questions alone if no bundle follows.
func (c *counting) begin() {
	if !c.Last {
		c.state = indicator.NewState()
		return
	}
	questions := make([]indicator.Question, len(c.open))
	for i, s := range c.open {
		questions[i] = s.question
	}
	c.narrow = indicator.NarrowTo(questions)
	c.state = c.narrow.State
}

func (c *counting) take(b *block) {
	if c.state == nil || c.fault {
		return
	}
	defer func() { // whatever a type's rule does with facts that nobody checked
		if recover() != nil {
			c.failed(c.read)
		}
	}()
	for i := range b.events {
		position := uint64(b.first) + uint64(i) + 1
		if c.answer(position - 1); c.fault {
			return
		}
		c.fold(position, b, &b.events[i])
	}
}

// fold takes in one event. Whatever it is, it may only keep the figure from being
// counted: who signs a tree may have put anything into it.
func (c *counting) fold(position uint64, b *block, e *located) {
	c.read = position
	if position <= c.state.Position {
		return // the bundle before held it too
	}
	if e.kind.name == "figure.sealed" {
		c.otherSeal(position, ledger.LeafFacts(b.text[e.leaf:e.end]))
	}
	if c.step(position, b, e) != nil {
		c.failed(position)
	}
}

func (c *counting) step(position uint64, b *block, e *located) error {
	if !e.kind.read {
		return c.state.Pass(position)
	}
	c.values = b.lay(e, &c.glance, c.values)
	if c.narrow != nil {
		return c.narrow.Fold(position, e.kind.name, &c.glance, e.once)
	}
	_, err := c.state.Fold(position, e.kind.name, c.glance.Text("stream"), &c.glance)
	return err
}

// kind is a type of events.
type kind struct {
	name string
	read bool // by a rule
}

// maxTypes are more types of events than any log has, and maxType is longer than the
// name of any, in bytes.
const (
	maxTypes = 4096
	maxType  = 128
)

// kinds are the types met, each once.
type kinds map[string]*kind

func (k kinds) of(name []byte) *kind {
	have := k[string(name)]
	if have == nil {
		have = &kind{name: string(name), read: indicator.Reads(string(name))}
		if len(k) < maxTypes && len(name) <= maxType {
			k[have.name] = have
		}
	}
	return have
}

func (c *counting) failed(position uint64) {
	c.fault = true
	c.results = append(c.results, Check{Key: "E303", Args: map[string]string{"position": decimal(int(position))}})
}

// otherSeal notes a seal of the same period that is an event of the range but no
// member of the bundle: two seals of one period cannot be hidden.
func (c *counting) otherSeal(position uint64, facts domain.Facts) {
	signed := facts.Text("seal")
	s, _, err := ledger.OpenSeal([]byte(signed), c.trust.Figures...)
	if err != nil {
		return
	}
	for _, own := range c.seals {
		if own.sum == ledger.SumOf([]byte(signed)) {
			return
		}
	}
	for _, own := range c.seals {
		if own.Indicator == s.Indicator && own.From == s.From && own.To == s.To {
			c.results = append(c.results, Check{Key: "note.seal", Args: map[string]string{
				"position": decimal(int(position)), "indicator": s.Indicator, "from": s.From, "to": s.To}})
			return
		}
	}
}

// answer counts for the seals that were known at a position.
func (c *counting) answer(position uint64) {
	for len(c.open) > 0 && c.open[0].Position <= position && !c.fault {
		s := c.open[0]
		if s.Position < c.state.Position {
			break // known before what could be counted from
		}
		c.open = c.open[1:]
		c.count(s)
	}
}

func (c *counting) count(s *sealed) {
	defer func() {
		if recover() != nil {
			c.failed(s.Position)
		}
	}()
	f := indicator.Tell(c.state, s.question)
	d := s.question.Definition
	found := &c.Report.Seals[s.found]
	found.Counted = d.Decimal(f.Value)
	args := map[string]string{
		"indicator": s.Indicator, "from": s.From, "to": s.To, "counted": found.Counted, "sealed": found.Sealed,
		"version": s.Version, "members": decimal(f.Members),
	}
	key := "ok.recount"
	switch {
	case f.Value != s.Value || f.Absent != "" || over(d.Ratio(), f.Numerator, f.Denominator) != s.Over:
		key = "E301"
	case f.Digest != s.MembersSum || f.Members != s.Members:
		key = "E302"
	}
	c.results = append(c.results, Check{Key: key, Args: args})
}

// finish answers what is left when every event was read and proven.
func (c *counting) finish() {
	if c.state != nil {
		c.answer(uint64(c.head.N))
	}
	c.Checks = append(c.Checks, c.results...)
	for _, s := range c.open {
		if !c.fault {
			c.add("part.recount", "indicator", s.Indicator, "size", c.From)
		}
	}
	if c.state != nil && c.narrow == nil && !c.fault && c.read == uint64(c.head.N) {
		c.Verifier.state = c.state
	}
}

func decimal(n int) string { return indicator.Definition{}.Decimal(n) }
