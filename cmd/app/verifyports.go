package app

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/infra/access"
	"ayumi/infra/api"
	"ayumi/infra/web"
)

// Keys are the public keys of this installation, as a file of keys holds them.
func (p *proving) Keys(ctx context.Context) (string, error) { return p.app.Trust(ctx) }

// Witnessing answers who signed the newest tree head beside this installation.
func (p *proving) Witnessing(ctx context.Context) (web.Witnessing, error) {
	a := p.app
	policy, err := a.Config.Policy()
	if err != nil {
		return web.Witnessing{}, err
	}
	out := web.Witnessing{Quorum: policy.Quorum}
	signed, err := a.Sealer.Cosigned(ctx)
	if err != nil || signed == nil {
		return out, err
	}
	key, err := ledger.NewVerifier(a.Sealer.Status().Key)
	if err != nil {
		return out, err
	}
	for _, w := range policy.Witnesses {
		if head, n, err := ledger.OpenTreeHead(signed, []note.Verifier{key}, []note.Verifier{w.Verifier}); err == nil && n == 1 {
			out.Size, out.Names = uint64(head.N), append(out.Names, w.Name())
		}
	}
	return out, nil
}

// pageProofs are bundles as the pages ask for them.
type pageProofs struct{ *proving }

func (p pageProofs) Bundle(ctx context.Context, who domain.Actor, year japan.FiscalYear, edition string) (web.BundleFile, error) {
	f, err := p.MakeBundle(ctx, who, year, edition)
	if errors.Is(err, access.ErrUnaudited) {
		return web.BundleFile{}, errors.Join(web.ErrUnseen, err)
	}
	return web.BundleFile(f), err
}

// apiProofs are bundles as programs ask for them.
type apiProofs struct{ *proving }

func (p apiProofs) Bundle(ctx context.Context, who domain.Actor, year japan.FiscalYear, edition string) (api.BundleFile, error) {
	f, err := p.MakeBundle(ctx, who, year, edition)
	if errors.Is(err, access.ErrUnaudited) {
		return api.BundleFile{}, errors.Join(api.ErrUnseen, err)
	}
	return api.BundleFile(f), err
}
