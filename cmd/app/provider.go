package app

import (
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"

	"ayumi/infra/auth"
	"ayumi/infra/provider"
	"ayumi/infra/web"
)

// provider reads how the prefecture signs people in; nil where it does not.
func (c Config) provider() (*provider.Provider, error) {
	if c.OIDCIssuer == "" && c.OIDCClient == "" && c.OIDCSecret == "" {
		return nil, nil
	}
	issuer, err := url.Parse(c.OIDCIssuer)
	switch {
	case c.OIDCIssuer == "" || c.OIDCClient == "" || c.OIDCSecret == "":
		return nil, errors.New("all three are needed, or none")
	case err != nil || issuer.Host == "" || issuer.Scheme != "https" && !loopback(issuer.Hostname()):
		return nil, errors.New("the issuer is an https address")
	case c.PublicURL == "":
		return nil, errors.New("option public-url is needed: the provider sends people back there")
	}
	secret, err := os.ReadFile(c.OIDCSecret)
	if err != nil {
		return nil, err
	}
	back, err := url.JoinPath(c.PublicURL, "/sign-in/provider/back")
	if err != nil {
		return nil, err
	}
	return provider.New(provider.Config{Issuer: c.OIDCIssuer, ClientID: c.OIDCClient, Secret: strings.TrimSpace(string(secret)), Back: back, Now: c.Now}), nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// pageProvider lets the pages ask the provider, and remember whom it knows.
type pageProvider struct {
	*provider.Provider
	store *auth.Store
}

func (a *App) pageProvider() (web.Provider, error) {
	p, err := a.Config.provider()
	if p == nil || err != nil {
		return nil, err
	}
	return pageProvider{p, a.SignIn}, nil
}

func (p pageProvider) Begin(ctx context.Context) (string, web.ProviderFlow, error) {
	address, f, err := p.Provider.Begin(ctx)
	return address, web.ProviderFlow(f), err
}

func (p pageProvider) Finish(ctx context.Context, f web.ProviderFlow, sent url.Values) (web.ProviderIdentity, error) {
	who, err := p.Provider.Finish(ctx, provider.Flow(f), sent)
	if errors.Is(err, provider.ErrRefused) {
		err = errors.Join(web.ErrProvider, err)
	}
	return web.ProviderIdentity(who), err
}

func (p pageProvider) Identified(ctx context.Context, who web.ProviderIdentity) (string, error) {
	return p.store.Identified(ctx, who.Issuer, who.Subject)
}

func (p pageProvider) Link(ctx context.Context, who web.ProviderIdentity, account string) error {
	return p.store.Identify(ctx, who.Issuer, who.Subject, account)
}

func (p pageProvider) Linked(ctx context.Context, account string) (bool, error) {
	return p.store.HasIdentity(ctx, account)
}
