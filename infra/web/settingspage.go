package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
)

// SettingsView is one's own sign-in: second factor, password, sessions, lock.
type SettingsView struct {
	Page
	Saved          bool
	Factor         Chip
	FactorOn, Must bool
	Recovery       string // how many codes are left
	Errors         *Errors
	Sessions       []SessionRow
	Others         bool
	LockText       string
	FactorAct      string
	Foreign        *Chip // whether the prefecture's account is linked; nil: it signs nobody in
}

// SessionRow is one device that is signed in.
type SessionRow struct {
	ID, Device, From, Begun, Seen string
	This                          bool
}

func (s *Site) settingsRoutes() {
	s.staff("GET /settings", s.settings)
	s.staff("POST /settings/password", s.ownPassword)
	s.staff("GET /settings/factor", s.ownFactor)
	s.staff("POST /settings/factor", s.ownFactor)
	s.staff("POST /settings/sessions", s.endSessions)
}

func (s *Site) settings(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showSettings(w, r, v, http.StatusOK, nil)
}

func (s *Site) showSettings(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError) error {
	if s.config.Own == nil {
		return ErrMissing
	}
	t := v.W.Settings
	view := SettingsView{Page: s.page(r, v, "", t.Title, "css/signin.css"), Saved: r.FormValue("saved") != "" && faults == nil,
		Factor: Chip{"gray", "", t.FactorOff}, Must: s.mustFactor(v.Roles), FactorAct: t.FactorNew}
	if faults != nil {
		view.Errors = newErrors(v.W, faults...)
	}
	if after := s.config.LockAfter; after > 0 {
		view.LockText = t.LockText(int(after.Minutes()))
	}
	has, err := s.config.Own.HasFactor(r.Context(), v.ID)
	if err != nil {
		return err
	}
	if view.FactorOn = has; has {
		left, err := s.config.Own.RecoveryLeft(r.Context(), v.ID)
		if err != nil {
			return err
		}
		view.Factor, view.FactorAct, view.Recovery = Chip{"green", "check", t.FactorOn}, t.FactorAgain, t.RecoveryLeft(left)
	}
	if s.config.Provider != nil {
		linked, err := s.config.Provider.Linked(r.Context(), v.ID)
		if err != nil {
			return err
		}
		view.Foreign = &Chip{"gray", "", v.W.Provider.Unlinked}
		if linked {
			view.Foreign = &Chip{"green", "check", v.W.Provider.Linked}
		}
	}
	err = s.eachSession(r.Context(), v.ID, func(ctx context.Context) error {
		row := SessionRow{
			ID: s.sessions.GetString(ctx, sessionID), From: s.sessions.GetString(ctx, sessionFrom), Device: s.sessions.GetString(ctx, sessionDevice),
			Begun: v.W.DateTime(time.Unix(s.sessions.GetInt64(ctx, sessionBegun), 0)), Seen: v.W.DateTime(time.Unix(s.sessions.GetInt64(ctx, sessionSeen), 0)),
		}
		if row.Device == "" {
			row.Device = t.Unknown
		}
		row.This = row.ID == s.sessions.GetString(r.Context(), sessionID)
		view.Others = view.Others || !row.This
		view.Sessions = append(view.Sessions, row)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(view.Sessions, func(a, b SessionRow) int {
		if a.This != b.This {
			return map[bool]int{true: -1, false: 1}[a.This]
		}
		return strings.Compare(b.Begun, a.Begun)
	})
	return s.show(w, r, status, "settings", "", view)
}

// ownPassword changes one's own password and ends every other session.
func (s *Site) ownPassword(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if s.config.Own == nil {
		return ErrMissing
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	err := s.config.Own.ChangePassword(r.Context(), v.ID, r.PostFormValue("password"), r.PostFormValue("new_password"), remote(r))
	if faults, ok := faultsOf(v.W, err, ownInputs); ok {
		return s.showSettings(w, r, v, tried(w, err), faults)
	}
	if err == nil {
		err = s.changedSignIn(w, r, v)
	}
	return err
}

// changedSignIn ends every other session after a change of what it was opened with.
func (s *Site) changedSignIn(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.end(r, v.ID, ""); err != nil {
		return err
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	if w != nil {
		http.Redirect(w, r, "/settings?saved=1", http.StatusSeeOther)
	}
	return nil
}

// ownFactor registers an authenticator app. The password is asked for again.
func (s *Site) ownFactor(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if s.config.Own == nil {
		return ErrMissing
	}
	t := v.W.Settings
	view := s.stepView(r, v, t.FactorTitle, t.FactorLead, "/settings/factor")
	view.Old = true
	if r.Method == http.MethodPost {
		if err := readForm(w, r); err != nil {
			return err
		}
		err := s.config.Own.CheckPassword(r.Context(), v.ID, r.PostFormValue("password"), remote(r))
		var recovery []string
		if err == nil {
			recovery, err = s.config.Own.ConfirmFactor(r.Context(), v.ID, r.PostFormValue("code"), remote(r))
		}
		if err == nil {
			if err := s.changedSignIn(nil, r, v); err != nil {
				return err
			}
			return s.showRecovery(w, r, v, recovery, "/settings")
		}
		if err := s.asksFactor(r, &view, v.ID); err != nil {
			return err
		}
		return s.stepAgain(w, r, v, view, err)
	}
	if err := s.asksFactor(r, &view, v.ID); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "step", "", view)
}

// endSessions ends one of one's own sessions, or all but this one.
func (s *Site) endSessions(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	if err := s.end(r, v.ID, r.PostFormValue("session")); err != nil {
		return err
	}
	http.Redirect(w, r, "/settings", http.StatusSeeOther)
	return nil
}

// end ends the session of an account that has an id, or with "" all but that of the
// request.
func (s *Site) end(r *http.Request, account, id string) error {
	own := s.sessions.GetString(r.Context(), sessionID)
	return s.eachSession(r.Context(), account, func(ctx context.Context) error {
		at := s.sessions.GetString(ctx, sessionID)
		if at == own || (id != "" && at != id) {
			return nil
		}
		// The store knows tokens by their hash, and so does this context.
		if store, ok := s.config.Sessions.(scs.CtxStore); ok {
			return store.DeleteCtx(r.Context(), s.sessions.Token(ctx))
		}
		return s.config.Sessions.Delete(s.sessions.Token(ctx))
	})
}

// eachSession visits the sessions of an account.
func (s *Site) eachSession(ctx context.Context, account string, visit func(context.Context) error) error {
	return s.sessions.Iterate(ctx, func(ctx context.Context) error {
		if s.sessions.GetString(ctx, sessionAccount) != account {
			return nil
		}
		return visit(ctx)
	})
}

// devices are the programs and systems that are told apart, the more special first.
var devices = [2][]string{
	{"Edg/:Edge", "OPR/:Opera", "Firefox/:Firefox", "Chrome/:Chrome", "Safari/:Safari", "curl/:curl"},
	{"Windows:Windows", "iPhone:iPhone", "iPad:iPad", "Android:Android", "Mac OS:macOS", "Linux:Linux"},
}

// deviceOf names a browser and its system, and nothing else of what it tells.
func deviceOf(agent string) string {
	var found []string
	for _, list := range devices {
		for _, d := range list {
			sign, name, _ := strings.Cut(d, ":")
			if strings.Contains(agent, sign) {
				found = append(found, name)
				break
			}
		}
	}
	return strings.Join(found, " · ")
}
