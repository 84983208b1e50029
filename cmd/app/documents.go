package app

import (
	"context"

	"ayumi/domain/document"
	"ayumi/domain/japan"
	reader "ayumi/infra/document"
	"ayumi/projections"
)

// Reconcile reads a document and sets its figures beside everything a controller
// ever published. year is the fiscal year it speaks of, 0 to read it from the
// document. Nothing of the document is kept. A document that cannot be read is a
// Refusal.
func (a *App) Reconcile(ctx context.Context, controller, name string, raw []byte, year japan.FiscalYear) (document.Text, document.Report, error) {
	text, err := reader.Reader{}.Read(name, raw)
	if err != nil {
		return text, document.Report{}, err
	}
	values := &projections.OnRecord{Journeys: a.Journeys, Indicators: a.Indicators, Book: a.Definitions}
	known, err := values.Known(ctx, controller)
	if err != nil {
		return text, document.Report{}, err
	}
	report, err := document.Reconcile(text.Pieces, known, year)
	return text, report, err
}
