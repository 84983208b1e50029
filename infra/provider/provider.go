// Package provider signs staff in through the identity provider of their prefecture
// (Entra ID, AD FS, or any other that speaks OpenID Connect): authorization code flow
// with PKCE. It answers who somebody is there; which account that is, others know.
package provider

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is how the provider knows this product.
type Config struct {
	Issuer   string // as the provider calls itself, to the letter
	ClientID string
	Secret   string
	Back     string // where the provider sends people back
	Now      func() time.Time
}

// Flow is one sign-in on its way. It is kept in the session that began it.
type Flow struct{ State, Nonce, Verifier string }

// Identity is who somebody is at the provider.
type Identity struct {
	Issuer, Subject string
	Strong          bool // the provider has asked for more than one factor
}

// ErrRefused: the provider did not sign somebody in, or what it sent does not belong to
// this flow. It says for the operator why.
var ErrRefused = errors.New("sign-in by the provider is refused")

// Provider is the identity provider. It is asked for its addresses when they are first
// needed, so that a provider that is away stops nobody from starting.
type Provider struct {
	config Config
	client *http.Client

	mu    sync.Mutex
	found *oidc.Provider
}

// New asks nobody yet.
func New(c Config) *Provider {
	// What a provider redirects to is not the provider.
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Provider{config: c, client: client}
}

func (p *Provider) discovered(ctx context.Context) (context.Context, *oidc.Provider, error) {
	ctx = oidc.ClientContext(ctx, p.client)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The keys are fetched later under this context: it must outlive the request.
		found, err := oidc.NewProvider(context.WithoutCancel(ctx), p.config.Issuer)
		if err != nil {
			return ctx, nil, err
		}
		p.found = found
	}
	return ctx, p.found, nil
}

func (p *Provider) oauth(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.config.ClientID, ClientSecret: p.config.Secret, Endpoint: found.Endpoint(), RedirectURL: p.config.Back, Scopes: []string{oidc.ScopeOpenID}}
}

// Begin answers the address to send somebody to, and the flow to keep.
func (p *Provider) Begin(ctx context.Context) (address string, f Flow, err error) {
	_, found, err := p.discovered(ctx)
	if err != nil {
		return "", f, err
	}
	f = Flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	return p.oauth(found).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), f, nil
}

// Finish takes what the provider sent somebody back with.
func (p *Provider) Finish(ctx context.Context, f Flow, sent url.Values) (who Identity, err error) {
	switch {
	case f.State == "" || subtle.ConstantTimeCompare([]byte(f.State), []byte(sent.Get("state"))) != 1:
		return who, refuse("state", nil)
	case sent.Get("iss") != "" && sent.Get("iss") != p.config.Issuer: // RFC 9207
		return who, refuse("issuer", nil)
	case sent.Get("code") == "":
		return who, refuse("no code", nil)
	}
	ctx, found, err := p.discovered(ctx)
	if err != nil {
		return who, err
	}
	token, err := p.oauth(found).Exchange(ctx, sent.Get("code"), oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return who, refuse("code", err)
	}
	raw, _ := token.Extra("id_token").(string)
	verifier := found.VerifierContext(ctx, &oidc.Config{ClientID: p.config.ClientID, Now: p.config.Now, SupportedSigningAlgs: []string{oidc.RS256, oidc.ES256, oidc.PS256}})
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return who, refuse("token", err)
	}
	if f.Nonce == "" || subtle.ConstantTimeCompare([]byte(f.Nonce), []byte(id.Nonce)) != 1 || id.Subject == "" {
		return who, refuse("nonce", nil)
	}
	var more struct {
		Methods []string `json:"amr"`
	}
	if err := id.Claims(&more); err != nil {
		return who, refuse("claims", err)
	}
	return Identity{Issuer: id.Issuer, Subject: id.Subject, Strong: slices.Contains(more.Methods, "mfa")}, nil
}

// refuse keeps why for the operator. A cause is not shown as it is: it may hold what
// the provider sent.
func refuse(why string, cause error) error {
	var status *oauth2.RetrieveError
	switch {
	case errors.As(cause, &status):
		return errors.Join(ErrRefused, errors.New(why+": "+status.ErrorCode))
	case cause != nil:
		return errors.Join(ErrRefused, errors.New(why+" cannot be verified"))
	}
	return errors.Join(ErrRefused, errors.New(why))
}
