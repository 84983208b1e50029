package web

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"maps"

	"ayumi/domain/viewing"
)

// seenEvery is how exactly the last use of a session is known.
const seenEvery = time.Minute

// lockedHeader tells a script that a session is locked.
const lockedHeader = "Ayumi-Locked"

func (s *Site) lockRoutes() {
	s.staff("POST /alive", s.alive)
	s.staff("POST /lock", s.lock)
	s.open("GET /unlock", s.unlockPage)
	s.open("POST /unlock", s.unlock)
}

// locked tells whether the session waits for its password.
func (s *Site) locked(ctx context.Context) bool {
	if s.sessions.GetString(ctx, sessionAccount) == "" || s.config.Own == nil {
		return false
	}
	if s.sessions.GetBool(ctx, sessionLocked) {
		return true
	}
	seen := time.Unix(s.sessions.GetInt64(ctx, sessionSeen), 0)
	return s.config.LockAfter > 0 && s.config.Now().Sub(seen) > s.config.LockAfter
}

// used notes that a person asked for something. A stream that a page opens by itself
// is no use.
func (s *Site) used(r *http.Request, pattern string) {
	now := s.config.Now()
	seen := time.Unix(s.sessions.GetInt64(r.Context(), sessionSeen), 0)
	if looks[pattern] != viewing.Follow && now.Sub(seen) >= seenEvery {
		s.sessions.Put(r.Context(), sessionSeen, now.Unix())
	}
}

// alive is asked by a page on which somebody types.
func (s *Site) alive(w http.ResponseWriter, _ *http.Request, _ Visitor) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// lock locks a session at once.
func (s *Site) lock(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	s.sessions.Put(r.Context(), sessionLocked, true)
	if r.Header.Get("HX-Request") != "" {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, "/unlock?next="+url.QueryEscape(localPath(r.PostFormValue("back"))), http.StatusSeeOther)
	return nil
}

// UnlockView is the page of a locked session, and the page behind it that sends what
// was typed before.
type UnlockView struct {
	Page
	Name, Next   string
	Kept         string // what was about to be sent, sealed
	Files        bool   // files were among it
	Errors       *Errors
	Action, Lead string
	Fields       []Pair // of a form that was kept: name and value
}

// keptForm is a form that could not be sent.
type keptForm struct {
	Path string
	Form url.Values
}

// askUnlock asks for the password of a locked session. A form that was being sent is
// kept, sealed, in the page itself; a fragment leaves it where it was typed.
func (s *Site) askUnlock(w http.ResponseWriter, r *http.Request, v Visitor) {
	w.Header().Set(lockedHeader, "1")
	switch {
	case r.Header.Get("HX-Request") != "":
		s.fail(w, r, v, ErrLocked)
	case r.Method != http.MethodPost:
		http.Redirect(w, r, "/unlock?next="+url.QueryEscape(here(r)), http.StatusSeeOther)
	default:
		view := s.unlockView(r, v, "/")
		view.Files = strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/")
		if !view.Files {
			err := readForm(w, r)
			if err == nil {
				view.Kept, err = s.hold(r.Context(), keptForm{r.URL.RequestURI(), r.PostForm})
			}
			if err != nil {
				s.fail(w, r, v, err)
				return
			}
		}
		if err := s.send(w, r, http.StatusUnauthorized, "unlock", "", view); err != nil {
			s.fail(w, r, v, err)
		}
	}
}

// unlockView shows nothing of the pages behind it but whose session it is.
func (s *Site) unlockView(r *http.Request, v Visitor, next string) UnlockView {
	t := v.W.Settings
	view := UnlockView{Page: s.page(r, Visitor{W: v.W}, "", t.LockTitle, "css/signin.css"), Name: v.Name, Next: next, Lead: t.LockLead, Action: "/unlock"}
	view.Here, view.Provider = "/unlock", s.config.Provider != nil
	return view
}

func (s *Site) unlockPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	next := localPath(r.FormValue("next"))
	if !s.locked(r.Context()) {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return nil
	}
	account, err := s.account(r)
	if err != nil {
		return err
	}
	v.Account = account
	return s.send(w, r, http.StatusOK, "unlock", "", s.unlockView(r, v, next))
}

// unlock takes the password of a locked session, and gives back what was typed.
func (s *Site) unlock(w http.ResponseWriter, r *http.Request, v Visitor) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4*mostForm) // a kept form is written longer than it was sent
	if r.ParseForm() != nil {
		return ErrTooLarge
	}
	ctx, next, sealed := r.Context(), localPath(r.PostFormValue("next")), r.PostFormValue("kept")
	if s.sessions.GetString(ctx, sessionAccount) == "" || s.config.Own == nil {
		return ErrSignedOut
	}
	account, err := s.account(r)
	if err != nil {
		return err
	}
	v.Account = account
	if s.locked(ctx) {
		if err := s.config.Own.CheckPassword(ctx, account.ID, r.PostFormValue("password"), remote(r)); err != nil {
			s.noted(r, "unlock", account.ID, false)
			return s.unlockAgain(w, r, v, err, next, sealed)
		}
		if err := s.unlocked(r); err != nil {
			return err
		}
	}
	switch {
	case r.Header.Get("HX-Request") != "":
		w.WriteHeader(http.StatusNoContent)
		return nil
	case sealed != "":
		return s.giveBack(w, r, v, sealed)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// unlocked ends the lock of a session, which goes on under another token.
func (s *Site) unlocked(r *http.Request) error {
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), sessionLocked, false)
	s.sessions.Put(r.Context(), sessionSeen, s.config.Now().Unix())
	return nil
}

func (s *Site) unlockAgain(w http.ResponseWriter, r *http.Request, v Visitor, err error, next, sealed string) error {
	faults, ok := faultsOf(v.W, err, ownInputs)
	if !ok {
		return err
	}
	view := s.unlockView(r, v, next)
	view.Kept, view.Errors = sealed, newErrors(v.W, faults...)
	return s.send(w, r, tried(w, err), "unlock", "unlockerrors", view)
}

// giveBack shows a button that sends what was typed before the lock.
func (s *Site) giveBack(w http.ResponseWriter, r *http.Request, v Visitor, sealed string) error {
	k, err := s.unsealed(r.Context(), sealed)
	if err != nil {
		return ErrMissing
	}
	s.sessions.Remove(r.Context(), sessionHeld)
	t := v.W.Settings
	view := UnlockView{Page: s.page(r, v, "", t.KeptTitle, "css/signin.css"), Action: k.Path, Lead: t.KeptLead}
	for _, name := range slices.Sorted(maps.Keys(k.Form)) {
		for _, value := range k.Form[name] {
			view.Fields = append(view.Fields, Pair{Label: name, Value: value})
		}
	}
	return s.send(w, r, http.StatusOK, "unlock", "", view)
}

// hold seals a form under a key of its session, which is kept nowhere else.
func (s *Site) hold(ctx context.Context, k keptForm) (string, error) {
	key := s.sessions.GetBytes(ctx, sessionHeld)
	if key == nil {
		key = make([]byte, 32)
		rand.Read(key)
		s.sessions.Put(ctx, sessionHeld, key)
	}
	plain, err := json.Marshal(k)
	if err != nil {
		return "", err
	}
	seal, err := heldSeal(key)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(seal.Seal(nil, nil, plain, []byte(sessionHeld))), nil
}

func (s *Site) unsealed(ctx context.Context, sealed string) (k keptForm, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return k, err
	}
	key := s.sessions.GetBytes(ctx, sessionHeld)
	if key == nil {
		return k, errors.New("nothing was kept")
	}
	seal, err := heldSeal(key)
	if err != nil {
		return k, err
	}
	plain, err := seal.Open(nil, nil, raw, []byte(sessionHeld))
	if err != nil {
		return k, err
	}
	return k, json.Unmarshal(plain, &k)
}

func heldSeal(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
