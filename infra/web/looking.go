package web

import (
	"context"
	"errors"
	"maps"
	"net/http"

	"ayumi/domain/viewing"
)

// Viewings is the access log.
type Viewings interface {
	// Look writes an entry and answers when it is durable; ErrUnseen if it cannot.
	Look(ctx context.Context, e viewing.Entry) error
	// Find lists entries, newest first; ErrUnseen if they cannot be read.
	Find(ctx context.Context, f viewing.Filter) ([]viewing.Entry, error)
	Head() viewing.Head
}

// nobody marks a page that shows no record of a person: figures, rules, forms,
// redirects. Names of staff on it are opened, and written down, by the door.
const nobody = ""

// looks is what a page that shows records of people does with them. It stands in
// the access log before the page is sent. A page that is not here is a view.
var looks = map[string]string{
	"GET /{$}": nobody, "GET /": nobody, "GET /status": nobody, "POST /status": nobody,
	"GET /today": viewing.List, "GET /today/stream": viewing.Follow, "POST /people/{id}/tasks/{task}/due": viewing.List, "POST /people/{id}/tasks/{task}/drop": viewing.View,
	"POST /people/{id}/bookings/{booking}/missed": viewing.View, "POST /records/{no}/read": viewing.View, "GET /handover": viewing.List, "POST /handover": viewing.List,
	"GET /calendar": viewing.List, "POST /calendar": viewing.List, "GET /calendar/feed": nobody, "POST /calendar/feed": nobody,
	"GET /people/{id}/household": viewing.View, "POST /people/{id}/household": viewing.View, "GET /households/{no}": viewing.View, "POST /households/{no}": viewing.View,
	"POST /dates": nobody, "POST /people/{id}/draft": nobody, "POST /people/{id}/draft/drop": nobody,
	"GET /people": viewing.List, "POST /people/search": viewing.Search, "GET /intake": nobody, "POST /intake/search": viewing.Search, "POST /intake": viewing.Search, "POST /intake/draft": nobody, "POST /intake/draft/drop": nobody,
	"GET /people/{id}/identify": viewing.View, "POST /people/{id}/identify/search": viewing.Search, "POST /people/{id}/identify": viewing.Search, "POST /people/{id}/same": viewing.Search,
	"GET /duplicates": viewing.List, "GET /duplicates/{no}": viewing.View, "POST /duplicates/{no}/{act}": viewing.View,
	"GET /people/{id}": viewing.View, "GET /people/{id}/news": viewing.View, "GET /people/{id}/stream": viewing.Follow,
	"POST /people/{id}/consultations": viewing.View, "POST /people/{id}/reopen": viewing.View, "POST /people/{id}/tasks/{task}/done": viewing.View,
	"GET /records/{no}/confirm": viewing.View, "POST /records/{no}/confirm": viewing.View, "GET /confirmations": viewing.List,
	"GET /employers": viewing.List, "POST /employers": viewing.List, "GET /employers/{no}": viewing.List, "POST /employers/{no}": viewing.List, "GET /employers/books": viewing.List, "GET /employers/books/{kind}": viewing.Export, "GET /people/{id}/certificates": viewing.View, "POST /people/{id}/certificates": viewing.View, "GET /records/{no}/certificate": viewing.Print, "GET /records/{no}/certificate/pdf": viewing.Print, "GET /people/{id}/job": viewing.View, "POST /people/{id}/job": viewing.View,
	"GET /referrals": viewing.List, "GET /referrals/stream": viewing.Follow, "POST /referrals": viewing.List, "GET /referrals/{no}/letter": viewing.Print, "GET /referrals/{no}/letter/pdf": viewing.Print,
	"GET /partner": viewing.List, "POST /partner": viewing.List, "GET /partner/{no}": viewing.View, "POST /partner/{no}": viewing.View, "GET /people/{id}/refer": viewing.View, "POST /people/{id}/refer": viewing.View, "GET /referrals/{no}": viewing.View, "POST /referrals/{no}": viewing.View,
	"POST /people/{id}/documents": viewing.View, "GET /people/{id}/documents/{document}": viewing.Download,
	"GET /records/{no}": viewing.View, "POST /records/{no}/amend": viewing.View, "POST /records/{no}/void": viewing.View,
	"GET /indicators": viewing.List, "GET /differences": viewing.List, "GET /indicators/export": nobody, "GET /indicators/file": viewing.Export,
	"GET /survey": nobody, "GET /survey/file": viewing.Export,
	"GET /sheets": nobody, "GET /sheets/{fy}/{unit}": nobody, "GET /sheets/{fy}/{unit}/{kind}": viewing.Print,
	"GET /sheets/new": nobody, "POST /sheets/new": nobody, "GET /sheets/{fy}/{unit}/edit": nobody, "POST /sheets/{fy}/{unit}/edit": nobody,
	"GET /ledger": nobody, "POST /ledger/verify": nobody, "GET /ledger/new": nobody, "POST /ledger/new": nobody, "GET /ledger/{stream}": nobody,
	"POST /ledger/{stream}/{act}": nobody, "GET /figures/{no}": nobody,
	"GET /audit": viewing.List, "GET /after-close": viewing.List, "GET /monitors": viewing.List,
	"GET /closing": nobody, "GET /closing/{fy}": viewing.List, "POST /closing/{fy}/open": viewing.List, "POST /closing/{fy}/cutoff": viewing.List,
	"POST /closing/{fy}/check": viewing.List, "POST /closing/{fy}/close": viewing.List, "POST /closing/{fy}/reopen": viewing.List,
	"GET /audits": nobody, "GET /audits/{fy}": viewing.List, "POST /audits/{fy}": viewing.List, "GET /audits/{fy}/{audit}": viewing.List, "POST /audits/{fy}/{audit}": viewing.List,
	"GET /checkpoint": nobody, "GET /access-log/checkpoint": nobody, "GET /records/{no}/proof": viewing.Download, "GET /sheets/{fy}/{unit}/editions": nobody, "POST /ledger/{stream}/explain": nobody,
	"GET /rights": viewing.List, "POST /rights": viewing.List, "GET /rights/{no}": viewing.View, "POST /rights/{no}": viewing.View,
	"GET /rights/{no}/package/{kind}": viewing.Export,
	"GET /volumes":                    viewing.List, "POST /volumes": viewing.List, "GET /volumes/{no}": viewing.List, "POST /volumes/{no}": viewing.List,
	"GET /volumes/{no}/list": viewing.Export, "GET /volumes/register": nobody,
	"GET /universities": nobody, "POST /universities": nobody, "GET /universities/{no}": viewing.List, "POST /universities/{no}": viewing.List,
	"GET /outreach": nobody, "POST /outreach": nobody, "GET /outreach/{no}": viewing.List, "POST /outreach/{no}": viewing.List, "POST /outreach/{no}/list": viewing.List,
	"GET /outreach/{no}/slips": viewing.Print,
	"GET /erasures":            viewing.List, "GET /erasures/{person}": viewing.View, "POST /erasures/{person}": viewing.View,
	"GET /people/{id}/reason": viewing.View, "POST /people/{id}/reason": viewing.View,
	"GET /people/{id}/emergency": viewing.View, "POST /people/{id}/emergency": viewing.View, "GET /emergencies": viewing.List,
	"GET /access-log": viewing.List, "POST /access-log": viewing.List, "GET /people/{id}/seen": viewing.View,
	"GET /records/{no}/receipt": viewing.Print, "GET /records/{no}/receipt/pdf": viewing.Print,
	"GET /verify": nobody, "POST /verify": nobody, "GET /verify/offline": nobody, "GET /verify/keys": nobody, "GET /bundles/{fy}/{edition}": viewing.Export,
	"GET /figures/{no}/certificate": nobody, "GET /figures/{no}/certificate/{kind}": nobody,
	"POST /alive": nobody, "POST /lock": nobody, "GET /settings": nobody, "POST /settings/password": nobody, "GET /settings/factor": nobody, "POST /settings/factor": nobody, "POST /settings/sessions": nobody, "POST /settings/keys": nobody,
	"GET /documents": nobody, "POST /documents": nobody,
	"GET /exports": nobody, "POST /exports": viewing.Export,
	"GET /imports": nobody, "POST /imports": nobody, "GET /imports/{batch}": viewing.List, "POST /imports/{batch}/{act}": viewing.List, "GET /imports/{batch}/{kind}": viewing.Export,
	"GET /line": viewing.List, "GET /line/{thread}": viewing.View, "POST /line/{thread}": viewing.View, "GET /people/{id}/line": viewing.View, "POST /people/{id}/line": viewing.View,
	"GET /line-state": nobody, "POST /line-state": nobody,
	"GET /webhooks": nobody, "POST /webhooks": viewing.Export, "GET /webhooks/{hook}": nobody, "POST /webhooks/{hook}": viewing.Export,
	"GET /definitions": nobody, "GET /definitions/{indicator}": nobody, "GET /definitions/{indicator}/new": nobody, "POST /definitions/{indicator}/new": viewing.List,
	"GET /definitions/{indicator}/versions/{version}": viewing.List, "POST /definitions/{indicator}/versions/{version}": viewing.List,
}

// Looks tells, for the pattern of every page, the act of the access log that it
// is; "" for a page that shows no record of a person.
func Looks() map[string]string { return maps.Clone(looks) }

// looking begins the look of a request.
func (s *Site) looking(r *http.Request, pattern string, v Visitor) *http.Request {
	act, known := looks[pattern]
	if !known {
		act = viewing.View
	}
	actor := v.Actor
	actor.Account = v.ID
	e := viewing.Entry{Act: act, Route: pattern, From: remote(r), Subject: r.PathValue("id")}.By(actor)
	if e.Subject == "" {
		e.Subject = r.PathValue("person")
	}
	if e.Subject == "" {
		e.Subject = r.PathValue("thread")
	}
	if no := r.PathValue("no"); e.Subject == "" && no != "" {
		e.Subject = "record-" + no
	}
	return r.WithContext(viewing.NewLook(e).Context(r.Context()))
}

// seen writes the look of a request, unless the door has. Whatever sends records
// of people calls it before the first byte.
func (s *Site) seen(r *http.Request) error {
	e, due := viewing.Of(r.Context()).Due()
	if !due {
		return nil
	}
	return s.look(r, e)
}

func (s *Site) look(r *http.Request, e viewing.Entry) error {
	if s.config.Viewings == nil {
		return ErrUnseen
	}
	return s.config.Viewings.Look(r.Context(), e)
}

// refusing writes down that somebody was shown nothing. Where that cannot be
// written the reader is told so instead.
func (s *Site) refusing(r *http.Request, err error) error {
	e, due := viewing.Of(r.Context()).Due()
	p := problemOf(err)
	if e.Account == "" || (p.err != ErrRefused && (p.err != ErrMissing || !due)) {
		return err
	}
	e.Act = viewing.Refused
	if unseen := s.look(r, e); unseen != nil {
		return errors.Join(ErrUnseen, unseen)
	}
	return err
}
