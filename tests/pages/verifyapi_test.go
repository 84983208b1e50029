package pages_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/ledger"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

// call asks the API by name and password.
func (h *house) call(t *testing.T, who, method, path string, body io.Reader) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequest(method, h.server.URL+api.Prefix+path, body)
	require.NoError(t, err)
	req.SetBasicAuth(who, h.password)
	req.Header.Set("Accept-Language", "en")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, raw
}

// Programs have bundles made and verified as the pages do.
func TestBundlesThroughTheAPI(t *testing.T) {
	h := sealed(t)
	res, raw := h.call(t, "au1", "GET", "/bundles/2019?edition=audit", nil)
	require.Equal(t, http.StatusOK, res.StatusCode, string(raw))
	require.Equal(t, "application/zip", res.Header.Get("Content-Type"))
	found, err := h.Access.Find(t.Context(), viewing.Filter{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, []string{viewing.Export, "bundle.2019.audit", "sha256:" + ledger.SumOf(raw), "GET /api/v1/bundles/{year}"}, []string{found[0].Act, found[0].Reason, found[0].Digest, found[0].Route})

	report := func(want int, body io.Reader) (out api.BundleReport) {
		res, raw := h.call(t, "au1", "POST", "/verify", body)
		require.Equal(t, http.StatusOK, res.StatusCode, string(raw))
		require.NoError(t, json.Unmarshal(raw, &out))
		require.Equal(t, want, out.Exit, "%+v", out)
		return out
	}
	good := report(0, bytes.NewReader(raw))
	require.Equal(t, "Verified", good.Outcome)
	require.Equal(t, "2", good.Seals[0].Counted)
	require.Contains(t, good.Limits, "never recorded")
	require.Empty(t, good.Codes)
	wrong := report(1, bytes.NewReader(repack(t, raw, "rows.txt", func(b []byte) []byte { return bytes.Replace(b, []byte("phone"), []byte("email"), 1) })))
	require.Contains(t, wrong.Codes, "E202")
	for _, c := range wrong.Checks {
		if c.Key == "E202" {
			require.Equal(t, "1", c.Args["from"])
			require.Contains(t, c.Text, "first in events 1 to ")
		}
	}
	require.Equal(t, []string{"E001"}, report(2, bytes.NewReader([]byte("no zip"))).Codes)
	_, public := h.call(t, "co1", "GET", "/bundles/FY2019", nil)
	require.Equal(t, "public", report(3, bytes.NewReader(public)).Edition)

	for path, want := range map[string]int{"/bundles/2018": 404, "/bundles/x": 422, "/bundles/2019?edition=both": 422, "/bundles/2019?edition=audit": 403} {
		res, raw := h.call(t, "an1", "GET", path, nil)
		require.Equal(t, want, res.StatusCode, "%s %s", path, raw)
	}
	for who, want := range map[string]int{"co1": 403, "nobody": 401, "an1": 422} {
		res, raw := h.call(t, who, "POST", "/verify", bytes.NewReader(nil))
		require.Equal(t, want, res.StatusCode, "%s %s", who, raw)
	}
	res, raw = h.call(t, "au1", "POST", "/verify?keys=log+x", bytes.NewReader(raw))
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, string(raw), "bundle.keys")
	res, _ = h.call(t, "au1", "POST", "/verify", io.LimitReader(zeros{}, 129<<20))
	require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)
	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
}
