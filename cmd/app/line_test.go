package app

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/web"
	"ayumi/tests/linestub"
)

// onLine is the configuration of a desk with a LINE account.
func onLine(t *testing.T, c Config, api string) Config {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"secret": linestub.Secret, "token": linestub.Token} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600))
	}
	c.LINESecret, c.LINEToken, c.LINEAPI = filepath.Join(dir, "secret"), filepath.Join(dir, "token"), api
	return c
}

func TestTheOptionsOfALineAccountAreChecked(t *testing.T) {
	c := onLine(t, Default(), "https://api.line.example")
	require.NoError(t, c.Check())
	require.NotContains(t, c.Settings(), Setting{Name: "line-token-file", Env: "AYUMI_LINE_TOKEN_FILE", Secret: true, Value: c.LINEToken})
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, []byte("\n"), 0o600))
	for what, change := range map[string]func(*Config){
		"one alone":  func(c *Config) { c.LINEToken = "" },
		"no file":    func(c *Config) { c.LINESecret += "x" },
		"empty":      func(c *Config) { c.LINESecret = empty },
		"no desk":    func(c *Config) { c.LINEDesk = "D-NO" },
		"plain http": func(c *Config) { c.LINEAPI = "http://api.line.example" },
	} {
		wrong := c
		change(&wrong)
		require.ErrorContains(t, wrong.Check(), "line-secret-file", what)
	}
}

// At an address of its own LINE alone is answered, and not where the pages are.
func TestLineDeliversAtAnAddressOfItsOwn(t *testing.T) {
	h, stub := build(t), linestub.Open(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	c := onLine(t, h.config(), stub.URL)
	c.Listen, c.LINEListen = "127.0.0.1:0", free.Addr().String()
	require.NoError(t, free.Close())
	a, err := Open(ctx, c)
	require.NoError(t, err)
	l, err := a.Listen()
	require.NoError(t, err)
	serving, end := context.WithCancel(ctx)
	over := make(chan error, 1)
	go func() { over <- a.Serve(serving, l) }()
	body := linestub.Webhook(linestub.Text(1, 1, h.clock.now(), "相談"))
	ask := func(at, path string) int {
		req, err := http.NewRequest(http.MethodPost, "http://"+at+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("X-Line-Signature", linestub.Sign(body))
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(req)
		if err != nil {
			return 0
		}
		res.Body.Close()
		return res.StatusCode
	}
	require.Eventually(t, func() bool { return ask(c.LINEListen, LineWebhook) == http.StatusOK }, time.Minute, 50*time.Millisecond)
	require.Equal(t, http.StatusNotFound, ask(c.LINEListen, "/sign-in"))
	require.NotEqual(t, http.StatusOK, ask(l.Addr().String(), LineWebhook))
	require.Equal(t, "http://"+c.LINEListen+LineWebhook, a.Line.webhookAddress())
	waiting, err := pageLine{a.Line}.Threads(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	end()
	require.NoError(t, <-over)
	require.NoError(t, a.Close())
	_, err = net.DialTimeout("tcp", c.LINEListen, time.Second)
	require.Error(t, err, "it ends with the server")
}

// Whoever is erased is forgotten in the book of LINE too, also where the account is no
// longer in use; and whoever is on record with the very user ID needs no desk.
func TestAnErasureForgetsWhatCameByLine(t *testing.T) {
	h, stub := build(t), linestub.Open(t)
	a, err := Open(ctx, onLine(t, h.config(), stub.URL))
	require.NoError(t, err)
	deliver := func(events ...string) {
		body := linestub.Webhook(events...)
		r := httptest.NewRequest(http.MethodPost, LineWebhook, strings.NewReader(body))
		r.Header.Set("X-Line-Signature", linestub.Sign(body))
		w := httptest.NewRecorder()
		a.Line.Webhook().ServeHTTP(w, r)
		require.Equal(t, http.StatusOK, w.Code)
	}
	receipts := h.do(a, h.co, "person.add_contact", map[string]any{"person": h.person, "kind": "line", "shared": false, "value": "LINE:" + linestub.User(1)})
	require.NoError(t, a.People.Wait(ctx, receipts[0].Position))
	deliver(linestub.Text(1, 1, h.clock.now(), plantedName), linestub.Text(2, 2, h.clock.now(), "だれか"))
	list, err := pageLine{a.Line}.Threads(ctx, h.person)
	require.NoError(t, err)
	require.Len(t, list, 1, "known by the contact")
	opened, err := pageLine{a.Line}.Open(ctx, list[0].ID)
	require.NoError(t, err)
	require.Equal(t, plantedName, opened.Messages[0].Text)
	require.NoError(t, a.Close())

	a = h.open() // without the account
	require.Nil(t, a.Line.channel)
	h.order(a)
	h.erased(a)
	_, err = pageLine{a.Line}.Open(ctx, list[0].ID)
	require.ErrorIs(t, err, web.ErrMissing)
	waiting, err := pageLine{a.Line}.Threads(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 1, "the other writer stays")
	require.Empty(t, stub.Delivered())
}
