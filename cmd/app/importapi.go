package app

import (
	"context"
	"errors"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/infra/api"
	"ayumi/projections"
)

// apiImports are the ledgers as programs see them.
type apiImports struct{ *Imports }

func unknownBatch(err error) error {
	if IsMissing(err) {
		return errors.Join(projections.ErrUnknown, err)
	}
	return err
}

func (p apiImports) Look(ctx context.Context, who domain.Actor, id string) (*importing.Draft, importing.Table, *importing.Plan, error) {
	d, t, plan, err := p.Imports.Look(ctx, who, id)
	return d, t, plan, unknownBatch(err)
}

func (p apiImports) Change(ctx context.Context, who domain.Actor, id string, change func(*importing.Draft, importing.Table) error) (*importing.Draft, error) {
	d, err := p.Imports.Change(ctx, who, id, change)
	return d, unknownBatch(err)
}

func (p apiImports) Start(ctx context.Context, who domain.Actor, id string) error {
	return unknownBatch(p.Imports.Start(ctx, who, id))
}

func (p apiImports) Undo(ctx context.Context, who domain.Actor, id string) error {
	return unknownBatch(p.Imports.Undo(ctx, who, id))
}

var _ api.Imports = apiImports{}
