package person

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var erasureEvents = []eventType{
	domain.Happens[Person, ErasureOrdered]("person.erasure_ordered"),
	domain.Happens[Person, Erased]("person.erased", withoutEpoch),
}

var erasureCommands = []commandType{
	domain.Can[Person, OrderErasure]("person.order_erasure", domain.Privacy),
	domain.Can[Person, Erase]("person.erase", domain.System),
}

// ErasureOrdered: the person's key is to be destroyed. Preview is the digest of
// the effect on figures, of which FiguresChecked were recomputed and none changed.
type ErasureOrdered struct {
	Ground         string `fact:"ground,code=suspension_decision|retention_end|voluntary_after_check"`
	Rights         string `fact:"rights?,id"`
	Volume         string `fact:"volume?,id"`
	Preview        string `fact:"preview,digest"`
	FiguresChecked int    `fact:"figures_checked,int"`
}

func (e *ErasureOrdered) Apply(p *Person, env domain.Envelope) {
	p.Erasing = true
	p.Erasure.Ordered = *e
	p.Erasure.OrderedOn, p.Erasure.OrderedBy, p.Erasure.Decision = env.Occurred, env.RecordedBy, env.Position
}

// Erased: the key is destroyed; it is gone from every key backup on the day
// named, when the key-encryption key of the epoch is destroyed. Facts stay as they
// are.
type Erased struct {
	KeyCommitment  string     `fact:"key_commitment,digest"`
	Sections       int        `fact:"sections,int"`
	BackupsClearOn japan.Date `fact:"backups_clear_on,date"`
	Epoch          int        `fact:"epoch?,int"` // absent in the first form
}

func (e *Erased) Apply(p *Person, env domain.Envelope) {
	p.Erasing, p.Erased = false, true
	p.Erasure.Done, p.Erasure.ErasedOn = *e, env.Occurred
}

// withoutEpoch: the first form did not name the epoch.
func withoutEpoch(facts []domain.Fact) []domain.Fact { return facts }

// Erasure is how far the erasure of a person came; the zero Erasure is none.
type Erasure struct {
	Decision  uint64 // number of the order: its position in the log
	Ordered   ErasureOrdered
	OrderedOn japan.Date
	OrderedBy string
	Done      Erased
	ErasedOn  japan.Date
}

// OrderErasure decides that the person's key is to be destroyed. It names what was
// shown of the figures that count the person: none may change.
type OrderErasure struct{ ErasureOrdered }

func (c *OrderErasure) Decide(p *Person, in domain.Intent) ([]event, error) {
	if p.Erasing || p.Erased {
		return nil, domain.Refuse("person.is_erased")
	}
	if err := c.grounded(p, in); err != nil {
		return nil, err
	}
	now, err := in.Erasing.FiguresOf(p.ID)
	switch {
	case err != nil:
		return nil, err
	case now.Changed > 0 || now.Digest != c.Preview || now.Figures != c.FiguresChecked:
		return nil, domain.RefuseField("erasure.figures", "preview")
	}
	return []event{&c.ErasureOrdered}, nil
}

// grounded refuses an order without its decision, and one that a hold or a
// retention forbids.
func (c *OrderErasure) grounded(p *Person, in domain.Intent) error {
	if slices.ContainsFunc(standing(p), func(r Restriction) bool { return r.Ground == "legal_hold" }) {
		return domain.Refuse("erasure.hold")
	}
	held, retained, err := in.Erasing.Kept(p.ID)
	switch {
	case err != nil:
		return err
	case held, retained && c.Ground == "voluntary_after_check":
		return domain.Refuse("erasure.hold")
	case c.Ground == "voluntary_after_check":
		return nil
	}
	ok, err := in.Erasing.Grounded(c.Ground, p.ID, c.Rights, c.Volume)
	if err == nil && !ok {
		err = domain.RefuseField("erasure.no_ground", map[string]string{"suspension_decision": "rights", "retention_end": "volume"}[c.Ground])
	}
	return err
}

func standing(p *Person) []Restriction {
	var out []Restriction
	for _, r := range p.Restrictions {
		if !r.Lifted {
			out = append(out, r)
		}
	}
	return out
}

// Erase records that the key is destroyed everywhere but in backups.
type Erase struct{ Erased }

func (c *Erase) Decide(p *Person, _ domain.Intent) ([]event, error) {
	switch {
	case p.Erased:
		return nil, nil
	case !p.Erasing:
		return nil, domain.Refuse("erasure.not_ordered")
	}
	return []event{&c.Erased}, nil
}
