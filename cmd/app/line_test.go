package app

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
