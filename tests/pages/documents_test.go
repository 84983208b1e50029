package pages_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
)

// give sends a document: pasted text, or a file with its name.
func (v *visitor) give(t *testing.T, text, name string, raw []byte, header ...string) (int, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	require.NoError(t, w.WriteField("text", text))
	require.NoError(t, w.WriteField("fy", "2019"))
	part, err := w.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(raw)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	req, err := http.NewRequest(http.MethodPost, v.h.server.URL+"/documents", &body)
	require.NoError(t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	var page bytes.Buffer
	_, err = page.ReadFrom(res.Body)
	require.NoError(t, err)
	return res.StatusCode, page.String()
}

// A document is checked from the page: pasted or as a file, and nothing of it
// stays anywhere.
func TestADocumentIsChecked(t *testing.T) {
	h := open(t)
	an, mg, au := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au1")
	quantity := an.propose(t, "2019-06-30")
	mg.act(t, quantity, "approve", nil)
	require.Equal(t, http.StatusSeeOther, mg.upload(t, quantity, []byte("x")))

	page := au.page(t, "/documents")
	require.Contains(t, page, "文書は保存しません")
	status, page := au.give(t, "就業相談 2件（前年度 9件）。移住相談 7件、電話 03-0000-0000、架空の語 "+hostile, "", nil)
	require.Equal(t, http.StatusOK, status)
	for _, want := range []string{"数値 5件", `href="/figures/F-0001"`, "一致", "記録なし", "直前の語「就業相談」", "電話番号 1", `class="dn dn--match"`} {
		require.True(t, strings.Contains(page, want), want)
	}
	require.Less(t, strings.Index(page, `id="unknown"`), strings.Index(page, `id="match"`), "what agrees comes last")
	require.NotContains(t, page, "<script>alert")

	status, page = au.give(t, "就業相談 3件", "", nil)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "不一致")
	require.Contains(t, page, "値が違います")

	raw, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte("区分,令和元年度\n就業相談,2\n移\"住,3\n"))
	require.NoError(t, err)
	status, page = au.give(t, "", "sheet.csv", raw)
	require.Equal(t, http.StatusOK, status)
	for _, want := range []string{"Shift_JIS", "B2", "一致", "3行目はCSVとして読めません", "見出しの語「就業相談」"} {
		require.Contains(t, page, want)
	}

	book := excelize.NewFile()
	require.NoError(t, book.SetCellValue("Sheet1", "A1", "就業相談"))
	require.NoError(t, book.SetCellValue("Sheet1", "B1", 2))
	var xlsx bytes.Buffer
	require.NoError(t, book.Write(&xlsx))
	status, page = au.give(t, "", "sheet.xlsx", xlsx.Bytes())
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "Excel")
	require.Contains(t, page, "一致")

	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
	require.NotContains(t, h.log.String(), "架空の語")
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		require.False(t, bytes.Contains(content, []byte("架空の語")), path)
		return err
	}))
}

func TestADocumentIsRefusedInWords(t *testing.T) {
	h := open(t)
	au, co := h.as(t, "au1"), h.as(t, "co1")
	status, _ := co.give(t, "就業相談 2件", "", nil)
	require.Equal(t, http.StatusForbidden, status)
	for name, x := range map[string]struct {
		text, file string
		raw        []byte
		want       string
	}{
		"nothing":   {"", "", nil, "照合する文章かファイルがありません"},
		"both":      {"就業相談 2件", "a.txt", []byte("1"), "文章とファイルの両方があります"},
		"empty":     {"", "a.txt", []byte(" \n"), "文書が空です"},
		"large":     {"", "a.txt", bytes.Repeat([]byte("a"), 10<<20+1), "文書が大きすぎます"},
		"larger":    {"", "a.txt", bytes.Repeat([]byte("a"), 12<<20), "文書が大きすぎます"},
		"encrypted": {"", "a.pdf", []byte("%PDF-1.4\n1 0 obj 1 endobj trailer << /Encrypt 1 0 R >>"), "暗号化されたPDF"},
		"scanned": {"", "a.pdf", []byte("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << /Type /Page >> endobj"),
			"文字のないPDF"},
		"picture": {"", "a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), "文章ではないファイル|文字コードが分かりません"},
		"many":    {strings.Repeat("1 ", 5001), "", nil, "数値が多すぎます（5,001件|数値が多すぎます（5001件"},
	} {
		t.Run(name, func(t *testing.T) {
			status, page := au.give(t, x.text, x.file, x.raw)
			require.Equal(t, http.StatusUnprocessableEntity, status)
			require.Regexp(t, x.want, page)
			require.Contains(t, page, `role="alert"`)
			if x.text == "就業相談 2件" {
				require.Contains(t, page, "就業相談 2件</textarea>", "what was pasted stays")
			}
		})
	}
	status, _ = au.give(t, "就業相談 2件", "", nil, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
	require.Equal(t, http.StatusForbidden, status)
}
