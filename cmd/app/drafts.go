package app

import (
	"context"
	"errors"

	"ayumi/domain"
	"ayumi/infra/drafts"
	"ayumi/infra/web"
)

// pageDrafts are the drafts as the pages see them.
type pageDrafts struct{ store *drafts.Store }

func (p pageDrafts) Keep(ctx context.Context, at web.DraftPlace, command string, text []byte) error {
	err := p.store.Keep(ctx, drafts.Place(at), command, text)
	switch {
	case errors.Is(err, drafts.ErrTooLarge):
		return web.ErrTooLarge
	case errors.Is(err, drafts.ErrDone):
		return web.ErrDraftDone
	case errors.Is(err, drafts.ErrTaken):
		return web.ErrDraftTaken
	case errors.Is(err, domain.ErrErased):
		return web.ErrErased
	}
	return err
}

func (p pageDrafts) Newest(ctx context.Context, at web.DraftPlace) (web.Draft, bool, error) {
	d, ok, err := p.store.Newest(ctx, drafts.Place(at))
	if errors.Is(err, domain.ErrErased) {
		return web.Draft{}, false, nil
	}
	return web.Draft{ID: d.ID, Text: d.Text, Begun: d.Begun, Kept: d.Kept}, ok, err
}

func (p pageDrafts) Done(ctx context.Context, at web.DraftPlace, command string) error {
	return p.store.Done(ctx, drafts.Place(at), command)
}

func (p pageDrafts) Remove(ctx context.Context, at web.DraftPlace) error {
	return p.store.Remove(ctx, drafts.Place(at))
}
