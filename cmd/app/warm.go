package app

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
)

// warm makes, after a start, the rows of the approved definitions that the tables
// do not keep, so that no page has to wait for them. It ends with the App, when
// nothing is read from the log in the background any more.
func (a *App) warm(ctx context.Context) error {
	if err := a.warmUp(ctx); err != nil && ctx.Err() == nil {
		a.report("rows of approved definitions", err)
	}
	<-ctx.Done()
	a.Indicators.Settle()
	return nil
}

func (a *App) warmUp(ctx context.Context) error {
	head, err := a.Store.Head(ctx)
	if err != nil {
		return err
	}
	if err := a.Runner.Wait(ctx, head.Position, "journeys", "indicators"); err != nil {
		return err
	}
	var rules []indicator.Params
	for _, scope := range domain.Codes["scope"] {
		book, err := a.Definitions.Book(ctx, scope)
		if err != nil {
			return err
		}
		for _, d := range book.All() {
			for _, side := range (indicator.Question{Definition: d}).Sides() {
				if p := side.Definition.Params(); !slices.Contains(rules, p) {
					rules = append(rules, p)
				}
			}
		}
	}
	return a.Indicators.Warm(ctx, rules...)
}
