package web

import (
	"errors"
	"net/http"

	"ayumi/domain"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Problems a page answers instead of its content (ui.md 9). A handler returns
// one of them; everything else it returns is our own fault and shown as 500.
var (
	ErrRefused   = errors.New("refused")                      // 403
	ErrMissing   = errors.New("no such record")               // 404, also where existence is secret
	ErrErased    = errors.New("records of the person erased") // 410
	ErrSignedOut = errors.New("signed out")                   // 401
	ErrLocked    = errors.New("session is locked")            // 401
	ErrUnseen    = errors.New("access log cannot be written") // 503: nothing is shown without it
	ErrTooLarge  = errors.New("form is too large")            // 413
	ErrBusy      = errors.New("stream is too busy")           // 409
	errForeign   = errors.New("post from another site")       // 403
)

// ProblemView is a page, or a fragment of one, that says why something is not
// shown and what can be done.
type ProblemView struct {
	Page
	Icon, Heading, Text, Code string
	Action                    *Pair
	Replayed                  *Replayed // records are being counted, and the page asks again
}

// Replayed is how many records have been counted.
type Replayed struct {
	Done, All int
	Label     string
	Text      string // the same in words
}

type problem struct {
	err    error
	status int
	icon   string
	words  func(*locale.State) (title, heading, text string)
}

var problems = []problem{
	{ErrRefused, http.StatusForbidden, "lock", func(s *locale.State) (string, string, string) {
		return s.RefusedTitle, s.RefusedHeading, s.RefusedText
	}},
	{errForeign, http.StatusForbidden, "lock", func(s *locale.State) (string, string, string) {
		return s.ForeignTitle, s.ForeignHeading, s.ForeignText
	}},
	{ErrMissing, http.StatusNotFound, "search", func(s *locale.State) (string, string, string) {
		return s.MissingTitle, s.MissingHeading, s.MissingText
	}},
	{ErrErased, http.StatusGone, "lock", func(s *locale.State) (string, string, string) {
		return s.ErasedTitle, s.ErasedHeading, ""
	}},
	{ErrSignedOut, http.StatusUnauthorized, "clock", func(s *locale.State) (string, string, string) {
		return s.AgainTitle, s.AgainHeading, s.AgainText
	}},
	{ErrLocked, http.StatusUnauthorized, "lock", func(s *locale.State) (string, string, string) {
		return s.LockedTitle, s.LockedHeading, s.LockedText
	}},
	{ErrUnseen, http.StatusServiceUnavailable, "warn", func(s *locale.State) (string, string, string) {
		return s.UnseenTitle, s.UnseenHeading, s.UnseenText
	}},
	{ErrTooLarge, http.StatusRequestEntityTooLarge, "warn", func(s *locale.State) (string, string, string) {
		return s.LargeTitle, s.LargeHeading, s.LargeText
	}},
	{ErrBusy, http.StatusConflict, "warn", func(s *locale.State) (string, string, string) {
		return s.BusyTitle, s.BusyHeading, s.BusyText
	}},
	{domain.ErrStoreAway, http.StatusServiceUnavailable, "warn", func(s *locale.State) (string, string, string) {
		return s.AwayTitle, s.AwayHeading, s.AwayText
	}},
	{projections.ErrStopped, http.StatusServiceUnavailable, "warn", func(s *locale.State) (string, string, string) {
		return s.HaltedHeading, s.HaltedHeading, s.HaltedText
	}},
	{nil, http.StatusInternalServerError, "warn", func(s *locale.State) (string, string, string) {
		return s.BrokenTitle, s.BrokenHeading, s.BrokenText
	}},
}

func problemOf(err error) problem {
	if len(refusals(err)) > 0 {
		err = refused(err)
	}
	var building *projections.NotBuilt
	if errors.As(err, &building) {
		return problem{err, http.StatusServiceUnavailable, "clock", func(s *locale.State) (string, string, string) {
			return s.BuildingTitle, s.BuildingHeading, s.BuildingText(building.Percent)
		}}
	}
	var replaying *projections.Replaying
	if errors.As(err, &replaying) {
		return problem{err, http.StatusServiceUnavailable, "clock", func(*locale.State) (string, string, string) { return "", "", "" }}
	}
	for _, p := range problems[:len(problems)-1] {
		if errors.Is(err, p.err) {
			return p
		}
	}
	return problems[len(problems)-1]
}

// view fills the words of a problem into a page. Code is the sign under which
// the log tells more, "" where there is nothing to look up.
func (p problem) view(page Page, code string) ProblemView {
	v := ProblemView{Page: page, Icon: p.icon, Code: code}
	v.Title, v.Heading, v.Text = p.words(&page.W.State)
	var replaying *projections.Replaying
	if errors.As(p.err, &replaying) {
		d := page.W.Definition
		v.Title, v.Heading, v.Text = d.ReplayTitle, d.ReplayHeading, d.ReplayText(int(replaying.Done), int(replaying.All))
	}
	if p.err == ErrLocked {
		v.Action = &Pair{Value: page.W.State.Unlock, Href: "/unlock"}
	}
	if p.err == ErrSignedOut {
		v.Action = &Pair{Value: page.W.State.SignIn, Href: "/sign-in"}
	}
	return v
}
