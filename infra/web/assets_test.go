package web

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/workplan"
)

// The list is the table of vendored files: each line a SHA-256 and a name, as
// sha256sum prints them. Vendored files are unchanged files.
func TestVendoredFilesAreUnchanged(t *testing.T) {
	list, err := os.Open("testdata/vendored.sha256")
	require.NoError(t, err)
	defer list.Close()
	lines, slices := bufio.NewScanner(list), 0
	for lines.Scan() {
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		require.True(t, ok, lines.Text())
		body, err := staticFiles.ReadFile("static/" + name)
		require.NoError(t, err)
		got := sha256.Sum256(body)
		require.Equal(t, sum, hex.EncodeToString(got[:]), name)
		if strings.HasSuffix(name, ".woff2") && strings.HasPrefix(name, "noto-sans-jp/") {
			slices++
		}
	}
	require.Equal(t, 124, slices, "all slices of Noto Sans JP")
}

func TestEveryVendoredBundleHasItsLicence(t *testing.T) {
	for _, bundle := range []string{"tokens", "htmx", "noto-sans-jp", "noto-sans-mono", "biz-udpgothic"} {
		names, err := staticFiles.ReadDir("static/" + bundle)
		require.NoError(t, err)
		found := false
		for _, n := range names {
			found = found || strings.HasPrefix(n.Name(), "LICENSE")
		}
		require.True(t, found, bundle)
	}
}

func TestAddressesNeverChangeTheirContent(t *testing.T) {
	a, err := newAssets()
	require.NoError(t, err)
	at, err := a.address("css/ui.css")
	require.NoError(t, err)
	require.Regexp(t, `^/static/[0-9a-f]{16}/css/ui\.css$`, at)
	_, err = a.address("css/missing.css")
	require.Error(t, err)

	srv := httptest.NewServer(a)
	defer srv.Close()
	for _, name := range []string{"css/ui.css", "htmx/htmx.min.js", "noto-sans-jp/index.css", "noto-sans-jp/files/noto-sans-jp-0-wght-normal.woff2", "mark/mark.svg"} {
		at, err := a.address(name)
		require.NoError(t, err)
		req, _ := http.NewRequest("GET", srv.URL+at, nil)
		req.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultTransport.RoundTrip(req)
		require.NoError(t, err)
		require.Equal(t, 200, res.StatusCode, name)
		require.Equal(t, "public, max-age=31536000, immutable", res.Header.Get("Cache-Control"))
		body := io.Reader(res.Body)
		if res.Header.Get("Content-Encoding") == "gzip" {
			body, err = gzip.NewReader(res.Body)
			require.NoError(t, err)
		}
		got, err := io.ReadAll(body)
		require.NoError(t, err)
		want, _ := staticFiles.ReadFile("static/" + name)
		require.Equal(t, want, got, name)
		res.Body.Close()
	}
	res, err := http.Get(srv.URL + "/static/0000000000000000/css/ui.css")
	require.NoError(t, err)
	require.Equal(t, 404, res.StatusCode)
}

var cssAddress = regexp.MustCompile(`url\(([^)"]+)\)`)

func TestStyleSheetsPointAtFilesThatExist(t *testing.T) {
	a, err := newAssets()
	require.NoError(t, err)
	for at, f := range a.files {
		if path.Ext(at) != ".css" {
			continue
		}
		for _, m := range cssAddress.FindAllStringSubmatch(string(f.plain), -1) {
			_, ok := a.files[path.Join(path.Dir(at), m[1])]
			require.True(t, ok, "%s points at %s", at, m[1])
		}
	}
}

var colour = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`)

func TestColoursStandOnlyInTheMap(t *testing.T) {
	names, err := staticFiles.ReadDir("static/css")
	require.NoError(t, err)
	for _, n := range names {
		if n.Name() == "map.css" {
			continue
		}
		body, _ := staticFiles.ReadFile("static/css/" + n.Name())
		require.Empty(t, colour.FindAllString(string(body), -1), n.Name())
	}
}

// Every width of a column that a format of the sheet asks for has its rule.
func TestWidthsOfSheetsHaveTheirRules(t *testing.T) {
	css, err := staticFiles.ReadFile("static/css/sheet.css")
	require.NoError(t, err)
	for _, name := range domain.Codes["sheet_format"] {
		f, err := workplan.FormatOf(name)
		require.NoError(t, err)
		var widths func(list []*workplan.BlockSpec)
		widths = func(list []*workplan.BlockSpec) {
			for _, b := range list {
				widths(b.Blocks)
				if b.Table == nil {
					continue
				}
				for _, w := range b.Table.Widths {
					require.Contains(t, string(css), fmt.Sprintf(".cw%d{width:%d%%}", w, w), name)
				}
			}
		}
		widths(f.Blocks)
	}
}
