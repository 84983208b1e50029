package projections

import (
	"context"
	"strings"

	"ayumi/domain/document"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// OnRecord answers every value that a controller ever published, and today's count
// of each that can be counted again, to set a document beside.
type OnRecord struct {
	Journeys   *Journeys
	Indicators *Indicators
	Book       indicator.Rules
}

// Known are the values of a controller.
func (o *OnRecord) Known(ctx context.Context, controller string) ([]document.Known, error) {
	r, err := o.Journeys.Register(ctx, controller)
	if err != nil {
		return nil, err
	}
	named, err := o.Book.Book(ctx, controller)
	if err != nil {
		return nil, err
	}
	known := document.OnRecord(r, named)
	now, err := o.counted(ctx, known)
	return append(known, now...), err
}

// counted counts what stands published anew, from the records as they are now.
func (o *OnRecord) counted(ctx context.Context, known []document.Known) ([]document.Known, error) {
	_, _, position, err := o.Indicators.Days(ctx)
	if err != nil {
		return nil, err
	}
	var out []document.Known
	for _, k := range known {
		id, scope, _ := strings.Cut(k.Indicator, "@")
		book, err := o.Book.Book(ctx, scope)
		if err != nil {
			return nil, err
		}
		d, ok := book.InForce(id, k.From)
		if k.KnownAt == 0 || k.Superseded != 0 || k.Of != 0 || !ok {
			continue
		}
		q := indicator.Question{Definition: d, Scope: scope, Period: japan.Period{From: k.From, To: k.To}}
		value, err := o.Indicators.Value(ctx, q, position)
		if err != nil {
			return nil, err
		}
		if value.Absent != "" {
			continue
		}
		k.Value, k.Status, k.KnownAt, k.Edition = int64(value.Value), document.Live, 0, 0
		out = append(out, k)
	}
	return out, nil
}
