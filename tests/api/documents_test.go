package api_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/document"
	"ayumi/domain/japan"
	"ayumi/infra/api"
	reader "ayumi/infra/document"
	"ayumi/projections"
)

// documents reads and reconciles as the product does.
type documents struct{ *projections.OnRecord }

func (d *documents) Reconcile(ctx context.Context, controller, name string, raw []byte, year japan.FiscalYear) (document.Text, document.Report, error) {
	text, err := reader.Reader{}.Read(name, raw)
	if err != nil {
		return text, document.Report{}, err
	}
	known, err := d.Known(ctx, controller)
	if err != nil {
		return text, document.Report{}, err
	}
	report, err := document.Reconcile(text.Pieces, known, year)
	return text, report, err
}

func TestADocumentThroughTheAPI(t *testing.T) {
	o := open(t)
	an, au, co := o.Staff("an1", "AN"), o.Staff("au1", "AU"), o.Staff("co1", "CO")
	r := answer[receipts](o, 200, o.command("figure.import", an, map[string]any{"stream": "6c1f3a52-8f0e-4c55-9d3e-2f8b1f0a9c11", "indicator": "C1@D-TKY", "from": "2018-04-01",
		"to": "2019-03-31", "value": 23, "unit_stated": false, "comparison_basis": "unknown", "overlap": "unknown", "document": strings.Repeat("0a", 32)}))
	send := func(path, account string, body []byte) *http.Response {
		return o.ask(http.MethodPost, path, body, "Account", account, "Accept-Language", "en", "Content-Type", "application/octet-stream")
	}
	wait := "wait_for=" + fmt.Sprint(r.Receipts[0].Position)

	got := answer[api.DocumentAnswer](o, 200, send("/documents?fy=2018&"+wait, au, []byte("就業相談 23件、移住相談 36件。電話 03-0000-0000")))
	require.Equal(t, map[string]int{"match": 1, "other_time": 0, "different": 0, "unknown": 1}, got.Counts)
	require.Equal(t, "F-0001", got.Figures[0].Known.Number)
	require.Equal(t, "the word before it: 就業相談", got.Figures[0].Why[0].Text)
	require.Equal(t, "phone", got.Rest[0].Kind)
	require.Equal(t, 1, got.Figures[0].Line)
	require.True(t, got.Sample)

	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, send("/documents", co, []byte("x 1"))).Code)
	require.Equal(t, "document.empty", answer[api.Problem](o, 422, send("/documents", au, []byte(" "))).Code)
	require.Equal(t, "document.encrypted", answer[api.Problem](o, 422, send("/documents", au, []byte("%PDF-1.4 trailer << /Encrypt 1 0 R >> 1 0 obj 1 endobj"))).Code)
	require.Equal(t, "period.unreadable", answer[api.Problem](o, 422, send("/documents?fy=x", au, []byte("1"))).Code)
	require.Equal(t, "document.too_large", answer[api.Problem](o, 413, send("/documents", au, bytes.Repeat([]byte("1 "), reader.MaxBytes/2+1))).Code)
	require.NotContains(t, o.log.String(), "就業相談", "nothing of a document is logged")
}
