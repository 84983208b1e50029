package api_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/access"
	"ayumi/infra/api"
	"ayumi/infra/export"
)

// exports makes files and notes each in the access log, as the product does.
type exports struct {
	*export.Exporter
	log *access.Log
}

func (x exports) Export(ctx context.Context, account string, r api.ExportRequest) (api.ExportFile, error) {
	f, err := x.Exporter.Export(ctx, export.Request(r))
	if err == nil {
		if unseen := x.log.Record(ctx, access.Entry{At: x.Now(), Account: account, Act: "export", Digest: "files", Rows: f.Rows}); unseen != nil {
			err = errors.Join(api.ErrUnseen, unseen)
		}
	}
	return api.ExportFile(f), err
}

func TestFiguresAsFiles(t *testing.T) {
	o := open(t)
	an := o.Staff("an1", "AN")
	co := o.Staff("co1", "CO")
	get := func(query string, headers ...string) (*http.Response, string) {
		res := o.ask("GET", "/exports/indicators?"+query, nil, append([]string{"Account", an}, headers...)...)
		raw, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return res, string(raw)
	}
	res, body := get("period=FY2019")
	require.Equal(t, 200, res.StatusCode, body)
	require.Equal(t, "text/csv; charset=utf-8", res.Header.Get("Content-Type"))
	require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	_, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	require.NoError(t, err)
	require.Equal(t, "ayumi_FY2019_indicators-public_asof-2020-06-01.csv", params["filename"], "public unless it is said otherwise")
	require.Equal(t, "", res.Header.Get("Ayumi-Replaced"))
	require.Equal(t, strings.Count(body, "\r\n")-1, atoi(t, res.Header.Get("Ayumi-Rows")))

	for format, want := range map[string]string{"csv-sjis": "text/csv; charset=Shift_JIS", "json": "application/json", "parquet": "application/vnd.apache.parquet"} {
		res, body = get("period=FY2019&edition=internal&scope=D-TKY&known_at=2020-03-16&format=" + format)
		require.Equal(t, 200, res.StatusCode, body)
		require.Equal(t, want, res.Header.Get("Content-Type"))
	}
	res, body = get("period=FY2019&format=json", "Accept-Language", "en")
	require.Contains(t, body, `"name": "Job consultations"`)
	require.Equal(t, "en", res.Header.Get("Content-Language"))

	seen, err := o.access.Of(context.Background(), "files", 20)
	require.NoError(t, err)
	require.Len(t, seen, 5)

	for query, field := range map[string]string{
		"period=x": "period", "period=FY2019&format=exe": "format", "period=FY2019&edition=x": "edition", "period=FY2019&known_at=2999-01-01": "known_at",
		"period=FY2019&scope=nowhere": "scope", "period=FY2019&scope=TKC": "scope", "period=FY2019&version=none": "version", "period=FY2019&until=2030-01-01": "until", "": "period",
	} {
		res, body = get(query)
		require.Equal(t, 422, res.StatusCode, "%s %s", query, body)
		require.Contains(t, body, `"field":"`+field+`"`, query)
	}
	res = o.ask("GET", "/exports/survey?period=FY2019", nil, "Account", an)
	require.Contains(t, res.Header.Get("Content-Disposition"), "survey")
	res = o.ask("GET", "/exports/people?period=FY2019", nil, "Account", an)
	require.Equal(t, 422, res.StatusCode, "nothing else is exported")
	res, body = get("period=FY2019&scope=33")
	require.Equal(t, 403, res.StatusCode, "exact numbers of the other prefecture are its own: %s", body)
	res = o.ask("GET", "/exports/indicators?period=FY2019", nil, "Account", co)
	require.Equal(t, 200, res.StatusCode)
	res = o.ask("GET", "/exports/indicators?period=FY2019", nil)
	require.Equal(t, 401, res.StatusCode)
}

func atoi(t *testing.T, s string) (n int) {
	t.Helper()
	for _, r := range s {
		require.True(t, '0' <= r && r <= '9', s)
		n = n*10 + int(r-'0')
	}
	return n
}
