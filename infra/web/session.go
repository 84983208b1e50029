package web

import (
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ayumi/infra/web/locale"

	"github.com/alexedwards/scs/v2"
)

// A session ends after a working day, used or not.
const sessionLife = 12 * time.Hour

const (
	sessionAccount = "account"
	sessionID      = "id" // to name it on a page; opens nothing
	sessionBegun   = "begun"
	sessionSeen    = "seen"
	sessionLocked  = "locked"
	sessionHeld    = "keep" // key of what was typed when it was locked
	sessionFrom    = "from"
	sessionDevice  = "device"
	languageCookie = "language"
)

func sessionsOf(c Config) *scs.SessionManager {
	m := scs.New()
	m.Store = c.Sessions
	m.HashTokenInStore = true
	m.Lifetime = sessionLife
	m.Cookie.Name = cookieName("ayumi", c.Secure)
	m.Cookie.Secure = c.Secure
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	return m
}

// sessionFault says that nobody can be signed in at the moment. What was to be shown was
// not sent yet.
func (s *Site) sessionFault(w http.ResponseWriter, r *http.Request, err error) {
	s.config.Log.Error("session", "error", err)
	s.fail(w, r, s.visitorOf(r, Account{}), err)
}

// cookieName adds the prefix that binds a cookie to this very host, which
// browsers accept under TLS only.
func cookieName(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// SignInView is the sign-in page.
type SignInView struct {
	Page
	Name, Next string
	Again      bool // signed out by time
	Errors     *Errors
	Demo       []DemoAccount
	Provider   bool // the prefecture signs people in
}

// DemoAccount is a sign-in name of a sample with the words of its role.
type DemoAccount struct{ Name, Post string }

func (s *Site) signInView(r *http.Request, v Visitor) SignInView {
	view := SignInView{Page: s.page(r, v, "", v.W.SignIn.Title, "css/signin.css"), Next: localPath(r.FormValue("next"))}
	view.Here, view.Provider = "/sign-in", s.config.Provider != nil
	for _, d := range s.config.DemoNames {
		post := v.W.Frame.Post(v.W.Code("role", d.Role), v.W.Frame.DeskShort[d.Desk])
		view.Demo = append(view.Demo, DemoAccount{Name: d.Name, Post: post})
	}
	return view
}

func (s *Site) signInPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view := s.signInView(r, v)
	view.Again = r.FormValue("again") != ""
	return s.show(w, r, http.StatusOK, "signin", "", view)
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request, v Visitor) error {
	name := strings.TrimSpace(r.PostFormValue("sign_in_name"))
	account, wait, err := s.config.Credentials.SignIn(r.Context(), name, r.PostFormValue("password"), remote(r))
	if err != nil {
		return err
	}
	if wait > 0 {
		s.noted(r, "wait", "", false)
		seconds := strconv.Itoa(int(wait.Seconds()) + 1)
		w.Header().Set("Retry-After", seconds)
		return s.signInAgain(w, r, v, name, http.StatusTooManyRequests,
			v.W.Refusal("signin.too_often", "", map[string]string{"seconds": seconds}))
	}
	if account == "" {
		s.noted(r, "password", "", false)
		return s.signInAgain(w, r, v, name, http.StatusUnprocessableEntity, v.W.Refusal("signin.wrong", "", nil))
	}
	if err := s.pend(r, account, r.PostFormValue("next")); err != nil {
		return err
	}
	return s.proceed(w, r, account)
}

// enter begins the session of an account, under a token nobody has seen.
func (s *Site) enter(r *http.Request, account string) error {
	ctx, now := r.Context(), s.config.Now().Unix()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if err := s.sessions.Clear(ctx); err != nil { // of whoever was here before
		return err
	}
	s.sessions.Put(ctx, sessionAccount, account)
	s.sessions.Put(ctx, sessionID, rand.Text())
	s.sessions.Put(ctx, sessionBegun, now)
	s.sessions.Put(ctx, sessionSeen, now)
	s.sessions.Put(ctx, sessionFrom, remote(r))
	s.sessions.Put(ctx, sessionDevice, deviceOf(r.UserAgent()))
	s.noted(r, "session", account, true)
	return nil
}

func (s *Site) signInAgain(w http.ResponseWriter, r *http.Request, v Visitor, name string, status int, text string) error {
	view := s.signInView(r, v)
	view.Name = name
	view.Errors = newErrors(v.W, FieldError{Field: "sign_in_name", Text: text})
	return s.show(w, r, status, "signin", "", view)
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	s.noted(r, "sign-out", s.sessions.GetString(r.Context(), sessionAccount), true)
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}

// askSignIn sends a reader to the sign-in page and back here afterwards. A
// form that was being sent gets a fragment instead, so its text stays.
func (s *Site) askSignIn(w http.ResponseWriter, r *http.Request, v Visitor) {
	if r.Method != http.MethodGet || r.Header.Get("HX-Request") != "" {
		s.fail(w, r, v, ErrSignedOut)
		return
	}
	to := "/sign-in?next=" + url.QueryEscape(here(r))
	if _, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
		to += "&again=1"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (s *Site) account(r *http.Request) (Account, error) {
	id := s.sessions.GetString(r.Context(), sessionAccount)
	if id == "" {
		return Account{}, nil
	}
	return s.config.Accounts.Account(r.Context(), id)
}

// SignedIn answers the account whose session a request carries, "" if none or if it
// is locked, for the API beside the pages and for streams that last.
func (s *Site) SignedIn(r *http.Request) (string, error) {
	c, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return "", nil // no cookie: nobody
	}
	ctx, err := s.sessions.Load(r.Context(), c.Value)
	if err != nil {
		return "", err
	}
	if s.locked(ctx) {
		return "", nil
	}
	return s.sessions.GetString(ctx, sessionAccount), nil
}

func (s *Site) visitorOf(r *http.Request, a Account) Visitor {
	return Visitor{Account: a, W: locale.In(languageOf(r))}
}

// languageOf is the language chosen by the switch, else what the browser asks
// for, which after the first choice is never asked again.
func languageOf(r *http.Request) locale.Language {
	for _, name := range []string{cookieName(languageCookie, true), languageCookie} {
		if c, err := r.Cookie(name); err == nil {
			return locale.Language(c.Value)
		}
	}
	return locale.Preferred(r.Header.Get("Accept-Language"))
}

// language sets the language and returns to the page it was chosen on.
func (s *Site) language(w http.ResponseWriter, r *http.Request) {
	l := locale.In(locale.Language(r.PostFormValue("language"))).Language
	http.SetCookie(w, &http.Cookie{Name: cookieName(languageCookie, s.config.Secure), Value: string(l), Path: "/",
		MaxAge: int((365 * 24 * time.Hour).Seconds()), Secure: s.config.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
}

// here is the address a GET came from; a form that was posted has none of its
// own, so the way back is the start page.
func here(r *http.Request) string {
	if r.Method != http.MethodGet {
		return "/"
	}
	return r.URL.RequestURI()
}

// localPath keeps a way back inside this site.
func localPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n\t") {
		return "/"
	}
	return p
}

func remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// faultCode is a sign a person can read out, under which the log tells more.
func faultCode() string { return rand.Text()[:8] }
