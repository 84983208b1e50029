package paper_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ayumi/tests/pdftext"
)

var update = flag.Bool("update", false, "write the golden files anew; look at what differs")

// moving is what tells where in the log the sheet stands: a longer demonstration
// moves it, and nothing else of the sheet.
var moving = regexp.MustCompile(`#[0-9]{3,}|[0-9a-f]{8}…[0-9a-f]{4}|/ledger/[0-9a-f-]{36}`)

// The sheet as it was looked at and found right, as page, PDF and data.
func TestTheSheetStaysAsItWasLookedAt(t *testing.T) {
	h := open(t)
	_, page, _ := h.page(t, h.visit(t, "an1"), "/sheets/2019/TKO")
	from, to := bytes.Index(page, []byte("<article")), bytes.Index(page, []byte("</article>"))
	golden(t, "page.html", string(page[from:to])+"</article>\n")

	pdf, err := pdftext.Read(h.file(t, "pdf", ""))
	require.NoError(t, err)
	golden(t, "sheet.txt", strings.Join(pdf.Pages, "\f\n"))

	f, err := excelize.OpenReader(bytes.NewReader(h.file(t, "xlsx", "")))
	require.NoError(t, err)
	defer f.Close()
	rows, err := f.GetRows("データ")
	require.NoError(t, err)
	skip := slices.Index(rows[0], "記録番号")
	var out strings.Builder
	for _, r := range rows {
		for i, cell := range r {
			if i != skip {
				out.WriteString(strings.ReplaceAll(cell, "\n", `\n`) + "\t")
			}
		}
		out.WriteByte('\n')
	}
	golden(t, "data.tsv", out.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = moving.ReplaceAllString(got, "…")
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, name)
}
