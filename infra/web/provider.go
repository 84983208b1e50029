package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"ayumi/domain"
)

// Provider is the sign-in of the prefecture.
type Provider interface {
	// Begin answers where to send somebody, and what to keep until they are back.
	Begin(ctx context.Context) (address string, f ProviderFlow, err error)
	// Finish answers who came back; ErrProvider if that cannot be believed.
	Finish(ctx context.Context, f ProviderFlow, sent url.Values) (ProviderIdentity, error)
	// Identified is the account of who came back, "" if none is linked.
	Identified(ctx context.Context, who ProviderIdentity) (account string, err error)
	// Link links them; a refusal if they are linked to somebody else.
	Link(ctx context.Context, who ProviderIdentity, account string) error
	Linked(ctx context.Context, account string) (bool, error)
}

// ErrProvider: what came back from the provider is not believed.
var ErrProvider = errors.New("sign-in by the provider is refused")

// ProviderFlow is a sign-in that is on its way.
type ProviderFlow struct{ State, Nonce, Verifier string }

// ProviderIdentity is somebody at the provider. Strong: with more than one factor.
type ProviderIdentity struct {
	Issuer, Subject string
	Strong          bool
}

// Keys of a session while somebody is at the provider.
const (
	flowState    = "flow_state"
	flowNonce    = "flow_nonce"
	flowVerifier = "flow_verifier"
	flowSince    = "flow_since"
	flowNext     = "flow_next"
	flowLink     = "flow_link" // account to link, "" to sign in
)

func (s *Site) providerRoutes() {
	if s.config.Provider == nil {
		return
	}
	s.open("GET /sign-in/provider", func(w http.ResponseWriter, r *http.Request, v Visitor) error { return s.toProvider(w, r, v, "") })
	s.open("GET /sign-in/provider/link", s.linkProvider)
	s.open("GET /sign-in/provider/back", s.fromProvider)
}

// linkProvider sends somebody there who is signed in here, to be known from then on.
func (s *Site) linkProvider(w http.ResponseWriter, r *http.Request, v Visitor) error {
	account, err := s.account(r)
	if err != nil {
		return err
	}
	if len(account.Roles) == 0 || s.locked(r.Context()) {
		return ErrSignedOut
	}
	return s.toProvider(w, r, v, account.ID)
}

// toProvider sends somebody to the provider who asked for it here: another site cannot.
func (s *Site) toProvider(w http.ResponseWriter, r *http.Request, v Visitor, link string) error {
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return errForeign
	}
	address, f, err := s.config.Provider.Begin(r.Context())
	if err != nil {
		s.config.Log.Error("provider", "error", err)
		return s.signInAgain(w, r, v, "", http.StatusServiceUnavailable, v.W.Refusal("provider.away", "", nil))
	}
	ctx := r.Context()
	for key, value := range map[string]string{flowState: f.State, flowNonce: f.Nonce, flowVerifier: f.Verifier, flowNext: localPath(r.FormValue("next")), flowLink: link} {
		s.sessions.Put(ctx, key, value)
	}
	s.sessions.Put(ctx, flowSince, s.config.Now().Unix())
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// fromProvider takes somebody back: in, to the next step of a sign-in, out of a lock, or
// linked.
func (s *Site) fromProvider(w http.ResponseWriter, r *http.Request, v Visitor) error {
	ctx, p := r.Context(), s.config.Provider
	f := ProviderFlow{State: s.sessions.PopString(ctx, flowState), Nonce: s.sessions.PopString(ctx, flowNonce), Verifier: s.sessions.PopString(ctx, flowVerifier)}
	next, link := localPath(s.sessions.PopString(ctx, flowNext)), s.sessions.PopString(ctx, flowLink)
	since := time.Unix(s.sessions.GetInt64(ctx, flowSince), 0)
	if s.config.Now().Sub(since) > pendingLife {
		f = ProviderFlow{}
	}
	who, err := p.Finish(ctx, f, r.URL.Query())
	switch {
	case errors.Is(err, ErrProvider):
		s.noted(r, "provider", "", false)
		s.config.Log.Warn("provider", "error", err)
		return s.signInAgain(w, r, v, "", http.StatusUnprocessableEntity, v.W.Refusal("provider.refused", "", nil))
	case err != nil:
		s.config.Log.Error("provider", "error", err)
		return s.signInAgain(w, r, v, "", http.StatusServiceUnavailable, v.W.Refusal("provider.away", "", nil))
	}
	own := s.sessions.GetString(ctx, sessionAccount)
	if link != "" {
		return s.linked(w, r, v, who, link, own)
	}
	account, err := p.Identified(ctx, who)
	if err != nil {
		return err
	}
	if account == "" {
		s.noted(r, "provider", "", false)
		return s.signInAgain(w, r, v, "", http.StatusUnprocessableEntity, v.W.Refusal("provider.unknown", "", nil))
	}
	if account == own && s.locked(ctx) {
		if err := s.unlocked(r); err != nil {
			return err
		}
		http.Redirect(w, r, next, http.StatusSeeOther)
		return nil
	}
	if err := s.pend(r, account, next); err != nil {
		return err
	}
	s.sessions.Put(ctx, pendingPassed, who.Strong)
	s.sessions.Put(ctx, pendingForeign, true)
	return s.proceed(w, r, account)
}

// linked links who came back to the account that asked for it, if that is still here.
func (s *Site) linked(w http.ResponseWriter, r *http.Request, v Visitor, who ProviderIdentity, link, own string) error {
	if own != link || s.locked(r.Context()) {
		return ErrSignedOut
	}
	err := s.config.Provider.Link(r.Context(), who, link)
	var refused *domain.Refusal
	if errors.As(err, &refused) {
		return s.signInAgain(w, r, v, "", http.StatusUnprocessableEntity, v.W.Refusal(refused.Key, "", nil))
	}
	if err != nil {
		return err
	}
	v.Account.ID = link
	return s.changedSignIn(w, r, v)
}
