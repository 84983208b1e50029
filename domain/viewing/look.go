package viewing

import (
	"context"
	"strings"
	"sync"

	"ayumi/domain"
)

// Look is a request that is being answered: who asks for what. The door fills it
// with what it opens; whoever answers sees to it that it is written first.
type Look struct {
	mu      sync.Mutex
	entry   Entry
	written bool
}

// NewLook begins a look. Nothing is written yet.
func NewLook(e Entry) *Look { return &Look{entry: e} }

// By names in an entry who looks.
func (e Entry) By(a domain.Actor) Entry {
	e.Account, e.Controller = a.Account, a.Controller
	var roles []string
	for _, code := range domain.Codes["role"] {
		if _, ok := a.Roles[domain.Role(code)]; ok {
			roles = append(roles, code)
		}
	}
	e.Roles = strings.Join(roles, ",")
	return e
}

// With adds to an entry what the request says and the entry does not.
func (l *Look) With(e Entry) Entry {
	if l == nil {
		return e
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for to, from := range map[*string]string{&e.Account: l.entry.Account, &e.Roles: l.entry.Roles, &e.Controller: l.entry.Controller, &e.Act: l.entry.Act,
		&e.Route: l.entry.Route, &e.Reason: l.entry.Reason, &e.Subject: l.entry.Subject, &e.From: l.entry.From} {
		if *to == "" {
			*to = from
		}
	}
	if e.At.IsZero() {
		e.At = l.entry.At
	}
	return e
}

// Written notes that the log holds an entry of this request: one by whoever asked.
func (l *Look) Written(e Entry) {
	if l == nil {
		return
	}
	l.mu.Lock()
	l.written = l.written || e.Account == l.entry.Account
	l.mu.Unlock()
}

// Due is the entry that must still be written before the answer; false if the
// log holds one already.
func (l *Look) Due() (Entry, bool) {
	if l == nil {
		return Entry{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.entry, !l.written && l.entry.Act != ""
}

type lookKey struct{}

// Context is ctx with the look in it.
func (l *Look) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, lookKey{}, l)
}

// Of is the look of a request; nil outside one.
func Of(ctx context.Context) *Look {
	l, _ := ctx.Value(lookKey{}).(*Look)
	return l
}
