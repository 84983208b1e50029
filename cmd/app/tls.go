package app

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"ayumi/infra/officecert"
)

// Scheme is how browsers reach the server: https where it is served under TLS by this
// process or by a proxy in front of it.
func (c Config) Scheme() string {
	if public, err := url.Parse(c.PublicURL); err == nil && public.Scheme != "" {
		return public.Scheme
	}
	if c.TLSCert != "" {
		return "https"
	}
	return "http"
}

// pair reads the server's certificate; nil where it has none.
func (c Config) pair(report func(error)) (*officecert.Pair, error) {
	switch {
	case c.TLSCert == "" && c.TLSKey == "":
		return nil, nil
	case c.TLSCert == "" || c.TLSKey == "":
		return nil, errors.New("both are needed, or none")
	}
	return officecert.Open(c.TLSCert, c.TLSKey, report)
}

// strict tells browsers to come back under TLS only.
func (c Config) strict(next http.Handler) http.Handler {
	if c.Scheme() != "https" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		next.ServeHTTP(w, r)
	})
}

// ServeTLSCommand is the line that serves with the certificates of a folder.
func ServeTLSCommand(dir, host string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "ayumi serve --listen :8443 --public-url https://" + host + ":8443 --tls-cert " + filepath.Join(dir, officecert.CertFile) + " --tls-key " + filepath.Join(dir, officecert.KeyFile)
}
