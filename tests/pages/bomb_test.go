package pages_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// rewritten is a workbook with one of its parts in other words.
func rewritten(t *testing.T, part, body string) []byte {
	t.Helper()
	var plain bytes.Buffer
	f := excelize.NewFile()
	require.NoError(t, f.SetCellStr("Sheet1", "A1", "就業相談 168"))
	require.NoError(t, f.Write(&plain))
	z, err := zip.NewReader(bytes.NewReader(plain.Bytes()), int64(plain.Len()))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, each := range z.File {
		if each.Name != part {
			require.NoError(t, w.Copy(each))
		}
	}
	to, err := w.Create(part)
	require.NoError(t, err)
	_, err = to.Write([]byte(body))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

// Files that are small on the wire and large, or endless, when they are opened are
// refused in a moment and in little memory, and the server goes on.
func TestBombsDoNotGoOff(t *testing.T) {
	h := open(t)
	an, co := h.as(t, "an1"), h.as(t, "co1")
	const head = `<?xml version="1.0"?>`
	laughs := `<!DOCTYPE x [<!ENTITY a0 "就業相談">`
	for i := range 12 {
		laughs += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	laughs += `]>`
	outside := `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>`
	shared := func(before, text string) []byte {
		return rewritten(t, "xl/sharedStrings.xml", head+before+`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>`+text+`</t></si></sst>`)
	}
	deep := rewritten(t, "xl/worksheets/sheet1.xml", head+strings.Repeat("<a>", 2_000_000))
	var stream bytes.Buffer
	z := zlib.NewWriter(&stream)
	zeros := make([]byte, 1<<20)
	for range 300 {
		_, err := z.Write(zeros)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	pdf := fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n", stream.Len(), stream.String())
	for name, raw := range map[string][]byte{
		"zip.xlsx":     rewritten(t, "xl/worksheets/sheet1.xml", strings.Repeat("\x00", 300<<20)),
		"laughs.xlsx":  shared(laughs, "&a12;"),
		"outside.xlsx": shared(outside, "&f;"),
		"deep.xlsx":    deep,
		"deflate.pdf":  []byte(pdf),
	} {
		require.Less(t, len(raw), 8<<20, name)
		for where, give := range map[string]func() (int, string){
			"documents": func() (int, string) { return an.give(t, "", name, raw) },
			"imports": func() (int, string) {
				status, page, to := co.bring(t, name, raw)
				if status == http.StatusSeeOther {
					_, page = co.get(t, to)
				}
				return status, page
			},
		} {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			status, page := give()
			runtime.ReadMemStats(&after)
			require.Contains(t, []int{http.StatusUnprocessableEntity, http.StatusOK, http.StatusSeeOther}, status, "%s %s %s", where, name, h.log.String())
			require.Less(t, time.Since(began), 20*time.Second, name)
			require.Less(t, int64(after.Sys)-int64(before.Sys), int64(512<<20), name)
			require.False(t, ofTheMachine(page), name)
			require.NotContains(t, page, strings.Repeat("就業相談", 200), name)
			if name == "zip.xlsx" || name == "deflate.pdf" {
				require.Equal(t, http.StatusUnprocessableEntity, status, "%s %s", where, name)
			}
		}
	}
	an.page(t, "/documents")
	co.page(t, "/imports")
}
