package browser_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/tests/linestub"
)

// The pages of a desk that has a LINE account, to which four people have written.
func TestLinePages(t *testing.T) {
	needs(t)
	stub, dir := linestub.Open(t), t.TempDir()
	for name, text := range map[string]string{"secret": linestub.Secret, "token": linestub.Token} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	env := serve(t, func(c *app.Config) {
		c.LINESecret, c.LINEToken, c.LINEAPI = filepath.Join(dir, "secret"), filepath.Join(dir, "token"), stub.URL
	})
	var base string
	for _, v := range env {
		if at, ok := strings.CutPrefix(v, "BASE="); ok {
			base = at
		}
	}
	var wrote []string
	for n := range 4 {
		wrote = append(wrote, linestub.Text(n+1, n+1, opens, "3月に鳥取市へ引っ越す予定です。1Kの部屋はどこから探せばいいですか。"))
	}
	body := linestub.Webhook(wrote...)
	req, err := http.NewRequest(http.MethodPost, base+app.LineWebhook, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("X-Line-Signature", linestub.Sign(body))
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
	run(t, append(env, "LINE=1"), "reach")
	require.Len(t, stub.Delivered(), 2, "one answer in each language")
}
