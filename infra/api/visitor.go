package api

import (
	"context"
	"net"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// visitor is who asks, and in which language.
type visitor struct {
	domain.Actor
	words *locale.Words
	from  string // address asked from, where nobody signs in
}

type visitorKey struct{}

func visitorOf(ctx context.Context) visitor {
	v, ok := ctx.Value(visitorKey{}).(visitor)
	if !ok {
		return visitor{words: locale.In("")}
	}
	return v
}

// admit lets a request in when its account still holds a role.
func (a *API) admit(ctx huma.Context, next func(huma.Context)) {
	v := visitor{words: wordsFor(ctx.Header("Accept-Language"))}
	ctx = huma.WithValue(ctx, visitorKey{}, v)
	ctx.SetHeader("Content-Language", string(v.words.Language))
	r, _ := humago.Unwrap(ctx)
	if isOpenToAll(ctx.Operation()) {
		v.from = host(r)
		next(huma.WithValue(ctx, visitorKey{}, v))
		return
	}
	account, err := a.account(r)
	if err == nil && account == "" {
		err = errSignedOut
	}
	if err == nil {
		v.Actor, err = a.Office.Who(ctx.Context(), account)
	}
	if err == nil && !v.Has(a.today(), everyRole...) {
		err = domain.Refuse("account.not_allowed")
	}
	if err != nil {
		a.fail(ctx, err)
		return
	}
	next(looking(huma.WithValue(ctx, visitorKey{}, v), v.Actor))
}

// account answers whose session or name and password the request carries.
func (a *API) account(r *http.Request) (string, error) {
	name, password, ok := r.BasicAuth()
	if !ok {
		if a.Sessions == nil {
			return "", nil
		}
		return a.Sessions.Account(r)
	}
	account, wait, err := a.SignIn.SignIn(r.Context(), name, password, host(r))
	switch {
	case err != nil:
		return "", err
	case wait > 0:
		return "", tooOften(strconv.Itoa(int(wait.Seconds()) + 1))
	case account == "":
		return "", domain.Refuse("signin.wrong")
	}
	return account, nil
}

// host is the address a request came from.
func host(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (a *API) today() japan.Date { return japan.DateOf(a.Now()) }

func wordsFor(acceptLanguage string) *locale.Words {
	return locale.In(locale.Preferred(acceptLanguage))
}

var everyRole = []domain.Role{
	domain.Counsellor, domain.Lead, domain.Partner, domain.Analyst, domain.Manager, domain.Auditor, domain.Records, domain.Privacy, domain.Admin,
}
