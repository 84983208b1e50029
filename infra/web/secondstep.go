package web

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// OwnSignIn is what an account keeps of its own sign-in. What people did wrong is a
// refusal; from is the address it came from, for the limits.
type OwnSignIn interface {
	// HasFactor tells whether the account signs in with a second factor.
	HasFactor(ctx context.Context, account string) (bool, error)
	// BeginFactor answers the secret of the next factor, in base32.
	BeginFactor(ctx context.Context, account string) (secret string, err error)
	// ConfirmFactor takes it in use, and answers recovery codes that are told once.
	ConfirmFactor(ctx context.Context, account, code, from string) (recovery []string, err error)
	// CheckFactor takes a code of the factor, or a recovery code, each once.
	CheckFactor(ctx context.Context, account, code, from string) error
	RecoveryLeft(ctx context.Context, account string) (int, error)
	Passwords
}

// Passwords are those of accounts.
type Passwords interface {
	// Initial tells whether somebody else knows the password and it must be changed.
	Initial(ctx context.Context, account string) (bool, error)
	CheckPassword(ctx context.Context, account, password, from string) error
	ChangePassword(ctx context.Context, account, old, fresh, from string) error
}

// pendingLife is how long a sign-in may stand between its steps.
const pendingLife = 10 * time.Minute

// Keys of a session between the password and the rest.
const (
	pendingAccount = "pending"
	pendingSince   = "pending_since"
	pendingPassed  = "pending_passed" // the second factor was given
	pendingNext    = "pending_next"
	pendingForeign = "pending_foreign" // the provider signed them in: no password here was used
)

// StepView is one page between the password and the session: digits, a new
// authenticator app, or a password of one's own.
type StepView struct {
	Page
	Lead, Action string
	Errors       *Errors
	Code         bool         // digits are asked for
	Secret       []string     // of a new factor, in groups
	App          template.URL // address that an authenticator app opens, made here
	Picture      QRCode       // of the same address, for a phone
	Fresh        bool         // a new password is asked for
	Old          bool         // and the present one
	Recovery     []string     // told once
	Next         string
}

// pend begins a sign-in whose password was right.
func (s *Site) pend(r *http.Request, account, next string) error {
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	ctx := r.Context()
	s.sessions.Remove(ctx, sessionAccount)
	s.sessions.Put(ctx, pendingAccount, account)
	s.sessions.Put(ctx, pendingSince, s.config.Now().Unix())
	s.sessions.Put(ctx, pendingPassed, false)
	s.sessions.Put(ctx, pendingForeign, false)
	s.sessions.Put(ctx, pendingNext, localPath(next))
	return nil
}

// pending is the account between the steps, "" if none or if it took too long.
func (s *Site) pending(r *http.Request) string {
	since := time.Unix(s.sessions.GetInt64(r.Context(), pendingSince), 0)
	if s.config.Now().Sub(since) > pendingLife {
		return ""
	}
	return s.sessions.GetString(r.Context(), pendingAccount)
}

// nextStep is the page a sign-in has to pass next, "" when it is through.
func (s *Site) nextStep(r *http.Request, account string) (string, error) {
	own, ctx := s.config.Own, r.Context()
	if own == nil {
		return "", nil
	}
	has, err := own.HasFactor(ctx, account)
	if err != nil {
		return "", err
	}
	if has && !s.sessions.GetBool(ctx, pendingPassed) {
		return "/sign-in/code", nil
	}
	initial, err := own.Initial(ctx, account)
	if err != nil {
		return "", err
	}
	if initial && !s.sessions.GetBool(ctx, pendingForeign) {
		return "/sign-in/password", nil
	}
	if has || s.sessions.GetBool(ctx, pendingPassed) {
		return "", nil
	}
	holder, err := s.config.Accounts.Account(ctx, account)
	if err == nil && s.mustFactor(holder.Roles) {
		return "/sign-in/factor", nil
	}
	return "", err
}

// mustFactor tells whether one of the roles signs in with a second factor only.
func (s *Site) mustFactor(roles []string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(s.config.FactorRoles, r) })
}

// proceed goes to the next step of a sign-in, or in.
func (s *Site) proceed(w http.ResponseWriter, r *http.Request, account string) error {
	to, err := s.nextStep(r, account)
	if err != nil {
		return err
	}
	if to == "" {
		to = localPath(s.sessions.GetString(r.Context(), pendingNext))
		if err := s.enter(r, account); err != nil {
			return err
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// stepping serves a page for who stands between the steps at this very page.
func (s *Site) stepping(path string, do func(http.ResponseWriter, *http.Request, Visitor, string) error) {
	for _, method := range []string{"GET ", "POST "} {
		s.open(method+path, func(w http.ResponseWriter, r *http.Request, v Visitor) error {
			account := s.pending(r)
			if account == "" {
				http.Redirect(w, r, "/sign-in?again=1", http.StatusSeeOther)
				return nil
			}
			if to, err := s.nextStep(r, account); err != nil || to != path {
				if err != nil {
					return err
				}
				return s.proceed(w, r, account)
			}
			return do(w, r, v, account)
		})
	}
}

func (s *Site) stepRoutes() {
	s.stepping("/sign-in/code", s.codeStep)
	s.stepping("/sign-in/factor", s.factorStep)
	s.stepping("/sign-in/password", s.passwordStep)
}

// stepView begins the view of a step.
func (s *Site) stepView(r *http.Request, v Visitor, title, lead, action string) StepView {
	view := StepView{Page: s.page(r, v, "", title, "css/signin.css"), Lead: lead, Action: action}
	view.Here = action
	return view
}

func (s *Site) codeStep(w http.ResponseWriter, r *http.Request, v Visitor, account string) error {
	t := v.W.Settings
	view := s.stepView(r, v, t.CodeTitle, t.CodeLead, "/sign-in/code")
	view.Code = true
	if r.Method != http.MethodPost {
		return s.show(w, r, http.StatusOK, "step", "", view)
	}
	if err := s.config.Own.CheckFactor(r.Context(), account, r.PostFormValue("code"), remote(r)); err != nil {
		s.noted(r, "code", account, false)
		return s.stepAgain(w, r, v, view, err)
	}
	s.sessions.Put(r.Context(), pendingPassed, true)
	return s.proceed(w, r, account)
}

func (s *Site) factorStep(w http.ResponseWriter, r *http.Request, v Visitor, account string) error {
	t := v.W.Settings
	view := s.stepView(r, v, t.FactorTitle, t.FactorLead, "/sign-in/factor")
	if r.Method == http.MethodPost {
		recovery, err := s.config.Own.ConfirmFactor(r.Context(), account, r.PostFormValue("code"), remote(r))
		if err == nil {
			next := localPath(s.sessions.GetString(r.Context(), pendingNext))
			if err := s.enter(r, account); err != nil {
				return err
			}
			return s.showRecovery(w, r, v, recovery, next)
		}
		if err := s.asksFactor(r, &view, account); err != nil {
			return err
		}
		return s.stepAgain(w, r, v, view, err)
	}
	if err := s.asksFactor(r, &view, account); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "step", "", view)
}

// asksFactor fills in the secret of a new factor.
func (s *Site) asksFactor(r *http.Request, view *StepView, account string) error {
	secret, err := s.config.Own.BeginFactor(r.Context(), account)
	if err != nil {
		return err
	}
	view.Code = true
	for rest := secret; rest != ""; {
		n := min(4, len(rest))
		view.Secret, rest = append(view.Secret, rest[:n]), rest[n:]
	}
	q := url.Values{"secret": {secret}, "issuer": {"Ayumi"}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	app := (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/Ayumi:" + r.Host, RawQuery: q.Encode()}).String()
	view.App = template.URL(app) // of our own making: templates trust no scheme but the web's
	view.Picture, err = newQRCode(app)
	return err
}

func (s *Site) showRecovery(w http.ResponseWriter, r *http.Request, v Visitor, codes []string, next string) error {
	t := v.W.Settings
	view := s.stepView(r, v, t.CodesTitle, t.CodesText, "")
	view.Recovery, view.Next, view.Here = codes, next, next
	return s.show(w, r, http.StatusOK, "step", "", view)
}

func (s *Site) passwordStep(w http.ResponseWriter, r *http.Request, v Visitor, account string) error {
	t := v.W.Settings
	view := s.stepView(r, v, t.InitialTitle, t.InitialLead, "/sign-in/password")
	view.Old, view.Fresh = true, true
	if r.Method != http.MethodPost {
		return s.show(w, r, http.StatusOK, "step", "", view)
	}
	err := s.config.Own.ChangePassword(r.Context(), account, r.PostFormValue("password"), r.PostFormValue("new_password"), remote(r))
	if err != nil {
		return s.stepAgain(w, r, v, view, err)
	}
	return s.proceed(w, r, account)
}

// stepAgain shows a step with what was wrong, and nothing of what was typed.
func (s *Site) stepAgain(w http.ResponseWriter, r *http.Request, v Visitor, view StepView, err error) error {
	faults, ok := faultsOf(v.W, err, ownInputs)
	if !ok {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	return s.show(w, r, tried(w, err), "step", "", view)
}

// noted writes a step of a sign-in into the log of the operator: what, whose, from
// where and how it ended. What was typed, names too, is never in it.
func (s *Site) noted(r *http.Request, step, account string, ok bool) {
	level := slog.LevelWarn
	if ok {
		level = slog.LevelInfo
	}
	s.config.Log.Log(r.Context(), level, "sign-in", "step", step, "account", account, "from", remote(r), "ok", ok)
}

// ownInputs are the inputs of the forms about one's own sign-in.
var ownInputs = map[string]string{"code": "code", "password": "password", "new_password": "new_password"}

// tried is the status of a refused secret: 429 after too many.
func tried(w http.ResponseWriter, err error) int {
	for _, r := range refusals(err) {
		if r.Key == "signin.too_often" {
			w.Header().Set("Retry-After", r.Args["seconds"])
			return http.StatusTooManyRequests
		}
	}
	return http.StatusUnprocessableEntity
}
