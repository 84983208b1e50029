package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
	"ayumi/domain/register"
	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
)

// means tells whether a word of an address means something.
type means func(s *Site, r *http.Request, v Visitor, text string) bool

// asks are the words that addresses of pages may hold, by route and parameter. One
// that means nothing is left out and said so: a page never answers another question
// in silence. What a page reads as people type it (days, names, numbers of persons)
// it judges itself and does not stand here.
var asks = map[string]map[string]means{
	"GET /people/{id}":                 {"type": among(groups...), "all": isOn},
	"GET /people/{id}/seen":            {"before": isNumber},
	"GET /duplicates":                  {"st": among("decided")},
	"GET /duplicates/{no}":             {"keep": isPersonNumber},
	"GET /confirmations":               {"fy": isYear},
	"GET /employers":                   {"st": among("all", "ended")},
	"GET /employers/books":             {"fy": isYear, "book": among(jobbook.Vacancies, jobbook.Seekers)},
	"GET /employers/books/{kind}":      {"fy": isYear, "book": among(jobbook.Vacancies, jobbook.Seekers)},
	"GET /outreach":                    {"fy": isYear},
	"GET /outreach/{no}":               {"attendee": isID},
	"GET /referrals":                   {"way": among("out", "in"), "desk": among("all")},
	"GET /imports/{batch}":             {"show": among(shows...), "rows": isNumber, "people": isNumber},
	"GET /handover":                    {"account": isAccount},
	"GET /calendar":                    {"day": isDay, "desk": among("all"), "item": isID, "person": isPersonNumber},
	"GET /indicators":                  {"fy": isYear, "cmp": isYear, "of": among(comparable...), "def": isVersion, "miss": coded("near_miss"), "from": isNumber, "until": isDay, "month": isMonth, "lens": among("now", "then"), "all": isOn},
	"GET /indicators/export":           {"fy": isYear, "cmp": isYear, "of": among(comparable...), "def": isVersion, "until": isDay, "month": isMonth, "lens": among("now", "then"), "edition": among(editions...), "format": among(formats...)},
	"GET /indicators/file":             {"fy": isYear, "cmp": isYear, "of": among(comparable...), "month": isMonth},
	"GET /survey":                      {"fy": isYear, "def": isVersion, "edition": among(editions...), "format": among(formats...)},
	"GET /survey/file":                 {"fy": isYear},
	"GET /differences":                 {"fy": isYear, "to_fy": isYear, "cmp": isYear, "of": among(comparable...), "scope": isScope, "def": isVersion, "to_def": isVersion, "draft": isDraft, "to_draft": isDraft, "until": isDay, "to_until": isDay, "month": isMonth, "lens": among("now", "then")},
	"GET /ledger":                      {"fy": isYear, "of": isQuantity, "outlet": among(domain.Codes["outlet"]...), "st": among(statuses...)},
	"GET /ledger/new":                  {"fy": isYear, "of": isCounted, "scope": isWhere, "version": isVersion, "until": isDay},
	"GET /closing/{fy}":                {"kind": among(domain.Codes["cutoff_kind"]...)},
	"GET /after-close":                 {"fy": isYear, "kind": isMovement, "before": isNumber},
	"GET /monitors":                    {"fy": isYear},
	"GET /audit":                       {"before": isNumber, "changes": isOn},
	"GET /access-log":                  {"before": isNumber, "act": among(viewing.Acts...), "account": isAccount},
	"GET /definitions":                 {"scope": isScope},
	"GET /definitions/{indicator}":     {"scope": isScope},
	"GET /definitions/{indicator}/new": {"scope": isScope, "base": isVersion},
	"GET /definitions/{indicator}/versions/{version}": {"scope": isScope, "done": isDone},
}

// passing are the words that any page's address may hold: what was just recorded.
var passing = map[string]means{"at": isNumber, "saved": isNumber, "again": isOn}

// instead are the pages that answer where an address of a file means nothing: a file
// is not made of something else than was asked for.
var instead = map[string]func(*Site) action{
	"GET /indicators/file":        func(s *Site) action { return s.exportForm },
	"GET /survey/file":            func(s *Site) action { return s.survey },
	"GET /employers/books/{kind}": func(s *Site) action { return s.bookPage },
}

// statuses are how a line of the register may stand.
var statuses = []string{"preliminary", "final", "corrected", register.KindImported, register.KindTarget, register.KindBlank}

// Asks are, by route, the parameters whose words a page knows.
func Asks() map[string][]string {
	out := map[string][]string{}
	for route, list := range asks {
		out[route] = slices.Sorted(maps.Keys(list))
	}
	return out
}

func among(words ...string) means {
	return func(_ *Site, _ *http.Request, _ Visitor, text string) bool { return slices.Contains(words, text) }
}

// coded takes the codes of a list that has names.
func coded(list string) means {
	return func(_ *Site, _ *http.Request, _ Visitor, text string) bool {
		return locale.In(locale.Japanese).Code(list, text) != text
	}
}

func isNumber(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	_, err := strconv.ParseUint(text, 10, 64)
	return err == nil
}

var personNumberForm = regexp.MustCompile(`^P-\d{5,9}$`)

func isPersonNumber(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	return personNumberForm.MatchString(text)
}

// isOn takes the mark of a switch that is on.
func isOn(_ *Site, _ *http.Request, _ Visitor, text string) bool { return text == "1" }

func isYear(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	_, ok := yearIn(text)
	return ok
}

// yearIn reads a fiscal year of an address, 2019.
func yearIn(text string) (japan.FiscalYear, bool) {
	n, err := strconv.Atoi(text)
	return japan.FiscalYear(n), err == nil && n > 1950 && n < 2200
}

// isDay takes a day; whether it lies in the year shown is the page's own matter,
// as the year of an address may change under it.
func isDay(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	_, err := japan.ParseDate(text)
	return err == nil
}

func isMonth(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	_, err := japan.ParseDate(text + "-01")
	return err == nil
}

// isScope takes a scope whose figures the reader may be told.
func isScope(s *Site, _ *http.Request, v Visitor, text string) bool {
	return slices.Contains(domain.Codes["scope"], text) && s.mayCount(v, text)
}

func isWhere(s *Site, _ *http.Request, v Visitor, text string) bool {
	return indicator.KnownScope(text) && s.mayCount(v, text)
}

func isMovement(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	return slices.ContainsFunc(movements, func(m movement) bool { return m.name == text })
}

func isDone(_ *Site, _ *http.Request, v Visitor, text string) bool {
	return v.W.Definition.Done[text] != ""
}

func isDraft(_ *Site, _ *http.Request, _ Visitor, text string) bool {
	_, err := indicator.ParseDefinition([]byte(text))
	return err == nil
}

func isAccount(s *Site, r *http.Request, _ Visitor, text string) bool {
	_, ok, err := s.clerk(r.Context(), text)
	return ok || err != nil
}

// isID takes the id of anything.
func isID(_ *Site, _ *http.Request, _ Visitor, text string) bool { return domain.IDForm(text) }

// isCounted takes an indicator that anything is counted by.
func isCounted(s *Site, r *http.Request, v Visitor, text string) bool {
	book, err := s.book(r.Context(), s.scopeOf(v))
	return err != nil || book.Knows(text)
}

// isQuantity takes an indicator with or without its scope, K1@D-TKY.
func isQuantity(s *Site, r *http.Request, v Visitor, text string) bool {
	id, at, scoped := strings.Cut(text, "@")
	return isCounted(s, r, v, id) && (!scoped || isWhere(s, r, v, at))
}

// isVersion takes the name of a version of any indicator, in whatever state.
func isVersion(s *Site, r *http.Request, v Visitor, text string) bool {
	own := s.scopeOf(v)
	for _, at := range []string{own, controllerOf(own)} {
		book, err := s.book(r.Context(), at)
		if err != nil {
			return true
		}
		if slices.Contains(book.Trials(), text) || slices.ContainsFunc(book.All(), func(d indicator.Definition) bool { return d.Version == text }) {
			return true
		}
	}
	all, err := s.config.Definitions.All(r.Context())
	return err != nil || slices.ContainsFunc(all, func(x *indicator.Series) bool { return x.Version(text) != nil })
}

// unknown are the words of an address that mean nothing.
type unknown struct{ name, text string }

type unknownKey struct{}

// unknownIn are the words that were left out of the address of a request.
func unknownIn(r *http.Request) []unknown {
	out, _ := r.Context().Value(unknownKey{}).([]unknown)
	return out
}

// asked takes the words that mean nothing out of the address of a page, and keeps
// them to be told.
func (s *Site) asked(r *http.Request, pattern string, v Visitor) *http.Request {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return r
	}
	var found []unknown
	q := r.URL.Query()
	for _, list := range []map[string]means{passing, asks[pattern]} {
		for _, name := range slices.Sorted(maps.Keys(list)) {
			for _, text := range q[name] {
				if text != "" && !list[name](s, r, v, text) {
					found = append(found, unknown{name, text})
					q.Del(name)
					break
				}
			}
		}
	}
	if len(found) == 0 {
		return r
	}
	r = r.Clone(context.WithValue(r.Context(), unknownKey{}, found))
	r.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: q.Encode()}
	r.RequestURI, r.Form = r.URL.RequestURI(), nil
	return r
}

// unasked says which words of the address were left out; nil if none.
func unasked(r *http.Request, v Visitor) *Errors {
	var items []FieldError
	for _, u := range unknownIn(r) {
		items = append(items, FieldError{Text: v.W.Asking.Unknown(v.W.Asking.Names[u.name], shortened(u.text))})
	}
	if items == nil {
		return nil
	}
	return newErrors(v.W, items...)
}

// mostTold is how many signs of a word are told back.
const mostTold = 40

func shortened(text string) string {
	signs := []rune(text)
	if len(signs) <= mostTold {
		return text
	}
	return string(signs[:mostTold]) + "…"
}
