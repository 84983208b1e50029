package app

import (
	"context"
	"errors"

	"ayumi/domain"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/attachments"
	"ayumi/infra/web"
)

// pageAttachments are the attached files as the pages see them: every reading
// stands in the access log first.
type pageAttachments struct{ app *App }

func (p pageAttachments) Put(ctx context.Context, owner, document string, content []byte) (string, error) {
	digest, err := p.app.Attachments.Put(ctx, owner, document, content)
	if errors.Is(err, attachments.ErrTooLarge) {
		return "", web.ErrTooLarge
	}
	return digest, err
}

func (p pageAttachments) Get(ctx context.Context, who domain.Actor, subject, owner, document, digest string) ([]byte, error) {
	e := access.Entry{At: p.app.Config.Now(), Act: viewing.Download, Subject: subject, Reason: "document", Classes: "P", Rows: 1, People: []string{owner}, Digest: digest}.By(who)
	if err := p.app.Door.Look(ctx, e); err != nil {
		return nil, errors.Join(web.ErrUnseen, err)
	}
	content, err := p.app.Attachments.Get(ctx, owner, document, digest)
	if errors.Is(err, attachments.ErrMissing) {
		return nil, errors.Join(web.ErrMissing, err)
	}
	return content, err
}
