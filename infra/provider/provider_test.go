package provider

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/tests/idp"
)

func open(t *testing.T) (*idp.Server, *Provider) {
	t.Helper()
	s := idp.New()
	t.Cleanup(s.Close)
	return s, New(Config{Issuer: s.URL, ClientID: s.ClientID, Secret: s.Secret, Back: "http://ayumi.example/back", Now: time.Now})
}

// visit goes to the provider as a browser does, and answers what it is sent back with.
func visit(t *testing.T, address string) url.Values {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(address)
	require.NoError(t, err)
	res.Body.Close()
	to, err := res.Location()
	require.NoError(t, err)
	require.Equal(t, "http://ayumi.example/back", to.Scheme+"://"+to.Host+to.Path)
	return to.Query()
}

func TestTheProviderTellsWhoSomebodyIs(t *testing.T) {
	s, p := open(t)
	for _, methods := range [][]string{nil, {"pwd"}, {"pwd", "mfa"}} {
		s.Methods = methods
		address, flow, err := p.Begin(context.Background())
		require.NoError(t, err)
		sent := visit(t, address)
		who, err := p.Finish(context.Background(), flow, sent)
		require.NoError(t, err)
		require.Equal(t, Identity{s.URL, "subject-1", len(methods) == 2}, who)
		_, err = p.Finish(context.Background(), flow, sent)
		require.ErrorIs(t, err, ErrRefused, "a code is taken once")
	}
}

func TestALieIsRefused(t *testing.T) {
	for name, lie := range map[string]func(*idp.Server){
		"nonce":        func(s *idp.Server) { s.Lie = func(c map[string]any) { c["nonce"] = "another" } },
		"no nonce":     func(s *idp.Server) { s.Lie = func(c map[string]any) { delete(c, "nonce") } },
		"audience":     func(s *idp.Server) { s.Lie = func(c map[string]any) { c["aud"] = "another" } },
		"issuer":       func(s *idp.Server) { s.Lie = func(c map[string]any) { c["iss"] = "https://evil.example" } },
		"expired":      func(s *idp.Server) { s.Lie = func(c map[string]any) { c["exp"] = time.Now().Add(-time.Minute).Unix() } },
		"nobody":       func(s *idp.Server) { s.Lie = func(c map[string]any) { c["sub"] = "" } },
		"unsigned":     func(s *idp.Server) { s.Sign = idp.Unsigned },
		"symmetric":    func(s *idp.Server) { s.Sign = idp.Symmetric },
		"exchanged":    func(s *idp.Server) { s.Sign = idp.Exchanged },
		"no token":     func(s *idp.Server) { s.Sign = func(*idp.Server, string, string) string { return "" } },
		"wrong secret": func(s *idp.Server) { s.Secret = "another" },
	} {
		s, p := open(t)
		lie(s)
		address, flow, err := p.Begin(context.Background())
		require.NoError(t, err, name)
		_, err = p.Finish(context.Background(), flow, visit(t, address))
		require.ErrorIs(t, err, ErrRefused, name)
		require.NotContains(t, err.Error(), s.Secret, name)
	}
}

func TestAnAnswerBelongsToItsFlow(t *testing.T) {
	_, p := open(t)
	begin := func() (url.Values, Flow) {
		address, flow, err := p.Begin(context.Background())
		require.NoError(t, err)
		return visit(t, address), flow
	}
	mine, flow := begin()
	others, _ := begin()
	for name, sent := range map[string]url.Values{
		"another's state": others, "no state": {"code": mine["code"]}, "another's code": {"code": others["code"], "state": mine["state"]},
		"another issuer": {"code": mine["code"], "state": mine["state"], "iss": {"https://evil.example"}}, "an error": {"error": {"access_denied"}, "state": mine["state"]},
	} {
		_, err := p.Finish(context.Background(), flow, sent)
		require.ErrorIs(t, err, ErrRefused, name)
	}
	_, err := p.Finish(context.Background(), Flow{}, url.Values{"code": mine["code"], "state": {""}})
	require.ErrorIs(t, err, ErrRefused, "no flow was begun")
}

func TestAProviderThatIsAwayOrAnotherIsNotBelieved(t *testing.T) {
	s, p := open(t)
	s.Foreign = "https://evil.example"
	_, _, err := p.Begin(context.Background())
	require.Error(t, err)
	s.Foreign = ""
	_, _, err = p.Begin(context.Background())
	require.NoError(t, err, "it is asked again")
	away := New(Config{Issuer: "http://127.0.0.1:1"})
	_, _, err = away.Begin(context.Background())
	require.Error(t, err)
}
