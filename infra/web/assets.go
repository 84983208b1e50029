package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// PaperFonts are the two vendored fonts of the paper, whole TrueType files, for
// what is printed without a browser.
func PaperFonts() (regular, bold []byte, err error) {
	if regular, err = staticFiles.ReadFile("static/biz-udpgothic/BIZUDPGothic_400Regular.ttf"); err == nil {
		bold, err = staticFiles.ReadFile("static/biz-udpgothic/BIZUDPGothic_700Bold.ttf")
	}
	return regular, bold, err
}

// assets serves the files under static at /static/<hash>/<bundle>/<file>. A
// bundle is one folder; its hash covers every name and byte in it, so an
// address never changes its content and files of one bundle may point at each
// other with relative addresses.
type assets struct {
	files map[string]asset  // by address below /static/
	hash  map[string]string // by bundle
}

type asset struct {
	kind         string
	plain, small []byte // small is nil where gzip gains nothing
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".ttf": "font/ttf", "": "text/plain; charset=utf-8",
}

func newAssets() (*assets, error) {
	root, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	bundles, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	a := &assets{files: map[string]asset{}, hash: map[string]string{}}
	for _, b := range bundles {
		if err := a.add(root, b.Name()); err != nil {
			return nil, fmt.Errorf("static files of %s: %w", b.Name(), err)
		}
	}
	return a, nil
}

func (a *assets) add(root fs.FS, bundle string) error {
	content := map[string][]byte{}
	sum := sha256.New()
	err := fs.WalkDir(root, bundle, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		content[name] = body
		fmt.Fprintf(sum, "%s %d\n", name, len(body))
		sum.Write(body)
		return nil
	})
	if err != nil {
		return err
	}
	a.hash[bundle] = hex.EncodeToString(sum.Sum(nil))[:16]
	for name, body := range content {
		kind := kinds[path.Ext(name)]
		a.files[a.hash[bundle]+"/"+name] = asset{kind: kind, plain: body, small: squeeze(kind, body)}
	}
	return nil
}

func squeeze(kind string, body []byte) []byte {
	if strings.HasPrefix(kind, "font/") {
		return nil
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	w.Write(body)
	w.Close()
	if out.Len() >= len(body)*9/10 {
		return nil
	}
	return out.Bytes()
}

// address gives the address of a file such as "css/ui.css". A file that does
// not exist is an error, so a page with a broken link never renders.
func (a *assets) address(name string) (string, error) {
	bundle, _, _ := strings.Cut(name, "/")
	at := a.hash[bundle] + "/" + name
	if _, ok := a.files[at]; !ok {
		return "", fmt.Errorf("static file %q does not exist", name)
	}
	return "/static/" + at, nil
}

// ServeHTTP answers GET and HEAD below /static/. The answer may be kept for a
// year: another content has another address.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[strings.TrimPrefix(r.URL.Path, "/static/")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body := f.plain
	if f.small != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.small
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
