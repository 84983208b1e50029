package projections

import (
	"context"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Explain answers how one figure became another, part by part (counting.md 8).
func (x *Indicators) Explain(ctx context.Context, a, b indicator.Known) (indicator.Difference, error) {
	return indicator.Explain(history{ctx, x}, a, b)
}

// history is the read model as an explanation reads it.
type history struct {
	ctx context.Context
	x   *Indicators
}

func (h history) At(d indicator.Definition, position uint64, period japan.Period) ([]indicator.Row, error) {
	family, _ := d.Family()
	return h.x.RowsAt(h.ctx, position, d.Params(), family, period)
}

func (h history) Between(d indicator.Definition, from, to uint64, period japan.Period) ([]indicator.Step, error) {
	if from == to {
		return nil, nil
	}
	family, _ := d.Family()
	return h.x.Steps(h.ctx, from, to, d.Params(), family, period)
}
