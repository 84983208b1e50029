package pages_test

import (
	"bytes"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file is attached to a person, lies on disk encrypted, and comes back to those
// who may see the person.
func TestADocumentIsAttached(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	content := []byte("%PDF-1.7 履歴書 髙橋 例子")
	status, to := co.attach(t, h, "履歴書.pdf", content)
	require.Equal(t, http.StatusSeeOther, status)
	page := co.page(t, to)
	require.Contains(t, page, "履歴書.pdf")
	link := regexp.MustCompile(`/people/` + h.person + `/documents/[0-9a-f-]{36}`).FindString(page)
	require.NotEmpty(t, link)
	require.Equal(t, string(content), co.page(t, link))
	for who, want := range map[string]int{"ld1": 200, "co9": 404, "an1": 403, "mg1": 403, "au1": 403} {
		status, _ := h.as(t, who).get(t, link)
		require.Equal(t, want, status, who)
	}
	other := link[:len(link)-1] + map[bool]string{true: "1", false: "0"}[link[len(link)-1] == '0']
	for _, bad := range []string{other, "/people/" + h.person + "/documents/x"} {
		status, _ := co.get(t, bad)
		require.Equal(t, http.StatusNotFound, status, bad)
	}
	status, _ = co.attach(t, h, "empty.pdf", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	for name, bad := range map[string][]byte{"large.pdf": make([]byte, 21<<20), "tool.exe": content, "page.pdf": []byte("<html>"), `..\\up.pdf`: content} {
		status, _ = co.attach(t, h, name, bad)
		require.Equal(t, http.StatusUnprocessableEntity, status, name)
	}
	found := 0
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NotContains(t, string(raw), "%PDF-1.7", path)
		require.NotContains(t, string(raw), "履歴書.pdf", path)
		if filepath.Base(filepath.Dir(filepath.Dir(path))) == "attachments" {
			found++
		}
		return err
	}))
	require.Equal(t, 1, found)
}

func (v *visitor) attach(t *testing.T, h *house, name string, content []byte) (int, string) {
	t.Helper()
	action := "/people/" + h.person + "/documents"
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, values := range form(t, v.page(t, "/people/"+h.person), action) {
		require.NoError(t, w.WriteField(field, values[0]))
	}
	require.NoError(t, w.WriteField("kind", "resume"))
	part, err := w.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	res, err := v.Post(v.h.server.URL+action, w.FormDataContentType(), &body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res.StatusCode, res.Header.Get("Location")
}
