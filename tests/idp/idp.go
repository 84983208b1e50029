// Package idp is an identity provider for tests: OpenID Connect with the
// authorization code flow and PKCE, over HTTP, with keys and codes of its own. It can
// be told to lie.
package idp

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"time"
)

// Server is one provider with one client.
type Server struct {
	*httptest.Server
	ClientID, Secret string
	Subject          string // who is signed in there
	Methods          []string
	Now              func() time.Time
	// Lie changes the claims of a token, Sign how it is signed; nil: truly.
	Lie  func(claims map[string]any)
	Sign func(s *Server, head, body string) string
	// Foreign is an issuer to claim in the discovery document.
	Foreign string

	key   *rsa.PrivateKey
	mu    sync.Mutex
	codes map[string]grant
}

type grant struct{ challenge, nonce, back string }

// New starts a provider.
func New() *Server {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	s := &Server{ClientID: "ayumi", Secret: "a secret of the client", Subject: "subject-1", Now: time.Now, key: key, codes: map[string]grant{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", s.discovery)
	mux.HandleFunc("GET /keys", s.keys)
	mux.HandleFunc("GET /authorize", s.authorize)
	mux.HandleFunc("POST /token", s.token)
	s.Server = httptest.NewServer(mux)
	return s
}

func (s *Server) discovery(w http.ResponseWriter, _ *http.Request) {
	issuer := s.URL
	if s.Foreign != "" {
		issuer = s.Foreign
	}
	send(w, map[string]any{"issuer": issuer, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"}})
}

func (s *Server) keys(w http.ResponseWriter, _ *http.Request) {
	e := big.NewInt(int64(s.key.E)).Bytes()
	send(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k1", "n": text(s.key.N.Bytes()), "e": text(e)}}})
}

// authorize signs in whoever comes, and sends them back with a code.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != s.ClientID || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	s.mu.Lock()
	s.codes[code] = grant{q.Get("code_challenge"), q.Get("nonce"), q.Get("redirect_uri")}
	s.mu.Unlock()
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {s.URL}}.Encode(), http.StatusFound)
}

// token takes a code once, from the client that has the verifier.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	secret, _ = url.QueryUnescape(secret)
	s.mu.Lock()
	g, known := s.codes[r.FormValue("code")]
	delete(s.codes, r.FormValue("code"))
	s.mu.Unlock()
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if id != s.ClientID || secret != s.Secret || !known || text(sum[:]) != g.challenge || r.FormValue("redirect_uri") != g.back {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	now := s.Now()
	claims := map[string]any{"iss": s.URL, "sub": s.Subject, "aud": s.ClientID, "nonce": g.nonce, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "amr": s.Methods}
	if s.Lie != nil {
		s.Lie(claims)
	}
	sign := s.Sign
	if sign == nil {
		sign = RS256
	}
	body, _ := json.Marshal(claims)
	send(w, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "id_token": sign(s, `{"alg":"RS256","kid":"k1","typ":"JWT"}`, string(body))})
}

// RS256 signs truly.
func RS256(s *Server, head, body string) string {
	plain := text([]byte(head)) + "." + text([]byte(body))
	sum := sha256.Sum256([]byte(plain))
	sig, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return plain + "." + text(sig)
}

// Unsigned says that it needs no signature.
func Unsigned(_ *Server, _, body string) string {
	return text([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + text([]byte(body)) + "."
}

// Symmetric signs with the public key as if it were a secret.
func Symmetric(s *Server, _, body string) string {
	plain := text([]byte(`{"alg":"HS256","kid":"k1","typ":"JWT"}`)) + "." + text([]byte(body))
	mac := hmac.New(sha256.New, s.key.N.Bytes())
	mac.Write([]byte(plain))
	return plain + "." + text(mac.Sum(nil))
}

// Exchanged signs one body and sends another.
func Exchanged(s *Server, head, body string) string {
	signed := RS256(s, head, `{"sub":"somebody else"}`)
	return text([]byte(head)) + "." + text([]byte(body)) + signed[len(signed)-343:]
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}
