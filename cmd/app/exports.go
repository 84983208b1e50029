package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/api"
	"ayumi/infra/export"
	"ayumi/infra/web"
)

// exporter makes files of figures.
func (a *App) exporter() *export.Exporter {
	return &export.Exporter{Figures: a.Indicators, Book: a.Definitions, Now: a.Config.Now, Sample: a.Scenario}
}

// Export makes a file for an account. That it leaves is in the access log, under
// the file's digest, before it is answered; access.ErrUnaudited if it cannot be.
func (a *App) Export(ctx context.Context, account string, r export.Request) (export.File, error) {
	f, err := a.exporter().Export(ctx, r)
	if err != nil {
		return export.File{}, err
	}
	digest := sha256.Sum256(f.Body)
	e := access.Entry{At: a.Config.Now(), Account: account, Act: viewing.Export, Digest: "sha256:" + hex.EncodeToString(digest[:]),
		Reason: r.What + "." + r.Edition + "." + r.Format, Rows: f.Rows}
	if err := a.Door.Look(ctx, e); err != nil {
		return export.File{}, err
	}
	return f, nil
}

// pageExports are the files as the pages ask for them.
type pageExports struct{ app *App }

func (x pageExports) Export(ctx context.Context, account string, r web.ExportRequest) (web.ExportFile, error) {
	f, err := x.app.Export(ctx, account, export.Request(r))
	if errors.Is(err, access.ErrUnaudited) {
		return web.ExportFile{}, errors.Join(web.ErrUnseen, err)
	}
	return web.ExportFile(f), err
}

func (x pageExports) Preview(ctx context.Context, r web.ExportRequest) (rows int, replaced string, err error) {
	f, err := x.app.exporter().Export(ctx, export.Request(r))
	return f.Rows, f.Replaced, err
}

// apiExports are the files as programs ask for them.
type apiExports struct{ app *App }

func (x apiExports) Export(ctx context.Context, account string, r api.ExportRequest) (api.ExportFile, error) {
	f, err := x.app.Export(ctx, account, export.Request(r))
	if errors.Is(err, access.ErrUnaudited) {
		return api.ExportFile{}, errors.Join(api.ErrUnseen, err)
	}
	return api.ExportFile(f), err
}
