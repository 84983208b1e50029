package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"ayumi/infra/web/locale"
)

// HelpView is the help of one page, or the list of all help.
type HelpView struct {
	Page
	Of     *HelpText // nil on the list
	Others []MenuEntry
}

// HelpText is what help says of a page.
type HelpText struct {
	W *locale.Words
	locale.HelpOf
	Keys          []HelpKey
	Off, SignedIn bool
}

// helpRoutes open for everybody, signed in or not: help holds no record.
func (s *Site) helpRoutes() {
	s.open("GET /help", s.help)
	s.open("GET /help/{place}", s.help)
	s.staff("POST /settings/keys", s.ownKeys)
}

// helpApart are the pages whose help is another than that of the address they lie under.
var helpApart = map[string]string{
	"GET /people": "people", "POST /people/search": "people", "GET /people/{id}/emergency": "emergencies", "POST /people/{id}/emergency": "emergencies",
	"GET /people/{id}/seen": "access-log", "GET /people/{id}/refer": "referrals", "POST /people/{id}/refer": "referrals", "GET /people/{id}/identify": "intake",
	"POST /people/{id}/identify": "intake", "POST /people/{id}/identify/search": "intake", "GET /records/{no}/confirm": "confirmations", "POST /records/{no}/confirm": "confirmations",
	"GET /records/{no}/receipt": "receipt",
}

// helpOf is the place whose help belongs to the page of a route; "" where there is none.
func helpOf(route string) string {
	if place := helpApart[route]; place != "" {
		return place
	}
	_, path, _ := strings.Cut(route, " /")
	area, _, deeper := strings.Cut(path, "/")
	if area == "people" && deeper {
		return "journey"
	}
	if locale.In(locale.Japanese).Help.Places[area] == "" {
		return ""
	}
	return area
}

// help shows the help of a page, with the menu of who is signed in.
func (s *Site) help(w http.ResponseWriter, r *http.Request, v Visitor) error {
	account, err := s.account(r)
	if err == nil && !s.locked(r.Context()) {
		v = s.visitorOf(r, account)
	}
	page := s.page(r, v, "", v.W.Help.Title, "css/help.css")
	page.LockAfter = 0 // what is open to all is not hidden
	view := helpView(page, r.PathValue("place"))
	if view == nil {
		return ErrMissing
	}
	return s.show(w, r, http.StatusOK, "help", "help", view)
}

// helpView is the help of a place, the list of all for ""; nil if there is none.
func helpView(page Page, place string) *HelpView {
	w := page.W
	view := &HelpView{Page: page}
	if place != "" {
		text, ok := w.Help.Page[place]
		if !ok {
			return nil
		}
		view.Title = w.Help.Of(w.Help.Places[place])
		view.Of = &HelpText{W: w, HelpOf: text, Keys: keysOf(w, place, page.Search), Off: page.NoKeys, SignedIn: page.Who != nil}
	}
	for _, other := range slices.Sorted(maps.Keys(w.Help.Places)) {
		view.Others = append(view.Others, MenuEntry{Text: locale.Capital(w.Help.Places[other]), Href: "/help/" + other, Current: other == place})
	}
	return view
}

// keysCookie remembers in a browser that single keys are switched off.
const keysCookie = "keys"

func keysOff(r *http.Request) bool {
	return slices.ContainsFunc([]string{cookieName(keysCookie, true), keysCookie}, func(name string) bool {
		c, err := r.Cookie(name)
		return err == nil && c.Value == "off"
	})
}

// ownKeys switches single keys on or off in this browser.
func (s *Site) ownKeys(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	c := &http.Cookie{Name: cookieName(keysCookie, s.config.Secure), Value: "off", Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		Secure: s.config.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if r.PostFormValue("keys") != "" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
	http.Redirect(w, r, "/settings", http.StatusSeeOther)
	return nil
}
