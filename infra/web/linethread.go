package web

import (
	"net/http"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"

	"github.com/google/uuid"
)

// LinePersonView is what a person and the desk wrote to each other by LINE.
type LinePersonView struct {
	Page
	Heading, Name, Reading string
	Tabs                   []Tab
	Behind                 *Warning
	Errors                 *Errors
	Notice                 string
	Waits                  bool // the notice is of something not sent yet
	Closed, NoCase         bool
	Threads                []LineThreadView
}

// LineThreadView is one thread: a person may use several accounts.
type LineThreadView struct {
	ID      string
	Blocked bool
	Days    []LineDayRow
	Send    *LineSendForm
}

// LineSendForm sends a text.
type LineSendForm struct {
	Action, Thread, CommandID, Text, Kind string
	Categories, Topics                    []Option
	NoConsent                             bool
}

func (s *Site) linePerson(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, _, err := s.linePersonView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "lineperson", "", view)
}

// lineOf is what is needed of a person to write to them.
type lineOf struct {
	*dossier
	threads []LineThread
	hidden  bool // a restriction closes what they wrote
}

func (s *Site) lineOfPerson(r *http.Request, v Visitor) (lineOf, error) {
	if err := s.lineFor(v); err != nil {
		return lineOf{}, err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "line")
	if err != nil {
		return lineOf{}, err
	}
	out := lineOf{dossier: d}
	for _, id := range d.sum.Group {
		closed, err := s.config.Office.ClosedToView(r.Context(), id)
		if err != nil {
			return out, err
		}
		out.hidden = out.hidden || closed && !domain.MayReadRestricted(v.Actor, s.today()) && !v.Actor.InEmergency(id, s.config.Now())
	}
	list, err := s.config.Line.Threads(r.Context(), d.sum.Group...)
	if err != nil {
		return out, err
	}
	if err := s.seen(r); err != nil {
		return out, err
	}
	for _, t := range list {
		if !out.hidden {
			if t, err = s.config.Line.Open(r.Context(), t.ID); err != nil {
				return out, err
			}
		}
		out.threads = append(out.threads, t)
	}
	return out, nil
}

func (s *Site) linePersonView(r *http.Request, v Visitor) (LinePersonView, lineOf, error) {
	l, err := s.lineOfPerson(r, v)
	if err != nil {
		return LinePersonView{}, l, err
	}
	number, words := personNumber(l.sum.Number), v.W.Line
	view := LinePersonView{Page: s.page(r, v, "people", words.PersonTitle(number), "css/journey.css", "css/line.css"), Heading: words.PersonTitle(number), Tabs: s.personTabs(v, l.sum.ID, "line"),
		Behind: s.behind(r, v), Closed: l.hidden, NoCase: l.openCase() == nil}
	view.Crumbs = []Crumb{{words.Title, "/line"}, {number, "/people/" + l.sum.ID}, {words.Tab, ""}}
	view.Here = "/people/" + l.sum.ID + "/line"
	view.Name, view.Reading = l.name()
	if r.FormValue("saved") != "" {
		view.Notice, view.Waits = l.told(v)
	}
	for _, t := range l.threads {
		view.Threads = append(view.Threads, s.lineThreadView(v, r, l, t, view.Here))
	}
	return view, l, nil
}

// told says what became of what was sent last.
func (l lineOf) told(v Visitor) (text string, waits bool) {
	var newest LineMessage
	for _, t := range l.threads {
		for _, m := range t.Messages {
			if m.Out && !m.At.Before(newest.At) {
				newest = m
			}
		}
	}
	switch newest.State {
	case "sent":
		return v.W.Line.Sent, false
	case "queued":
		return v.W.Line.Waits, true
	}
	return "", false
}

func (s *Site) lineThreadView(v Visitor, r *http.Request, l lineOf, t LineThread, action string) LineThreadView {
	out := LineThreadView{ID: t.ID, Blocked: t.Blocked, Days: lineDays(v, t, func(account string) string { return l.seen.name(v, account) })}
	c, mine := l.openCase(), r.PostFormValue("thread") == t.ID
	for i := range out.Days {
		day := &out.Days[i]
		l.dayOnRecord(v, t, day)
		for j := range day.Messages {
			if m := &day.Messages[j]; m.Out && m.State.Kind == "red" {
				m.Failed = &LineFailed{v.W, action, m.At + " " + m.State.Text, t.ID, m.ID}
			}
		}
		if c != nil && day.Record != nil {
			day.Record.Action, day.Record.Thread, day.Record.CommandID = action, t.ID, uuid.NewString()
			day.Record.Categories = lineCategories(v, l.lastCategories(), r, mine && r.PostFormValue("day") == day.ISO)
		} else {
			day.Record = nil
		}
	}
	if c == nil || t.Blocked || l.hidden {
		return out
	}
	f := &LineSendForm{Action: action, Thread: t.ID, CommandID: uuid.NewString(), Kind: v.W.Line.Answer}
	if mine && r.PostFormValue("act") == "send" {
		f.CommandID, f.Text = commandID(r).String(), r.PostFormValue("text")
	}
	f.Categories = lineCategories(v, l.lastCategories(), r, mine && r.PostFormValue("act") == "send")
	if !t.Asked(s.today()) {
		f.Kind, f.Categories, f.NoConsent = v.W.Line.Unasked, nil, !l.agreed(s.today(), "event_notice")
		f.Topics = choose(choices(v, "topic", "check_up"), orElse(r.PostFormValue("topic"), "check_up"))
	}
	out.Send = f
	return out
}

// dayOnRecord says whether a day is on record as it stands, and offers to put it there.
func (l lineOf) dayOnRecord(v Visitor, t LineThread, row *LineDayRow) {
	day, err := japan.ParseDate(row.ISO)
	in, out := t.Totals(day)
	if err != nil || in+out == 0 {
		return
	}
	words := v.W.Line
	row.State, row.Record = &Chip{"yellow", "clock", words.Unrecorded}, &LineRecord{Day: row.ISO}
	for _, e := range l.entries {
		if e.Type != "case.message_day_logged" || e.From != day || e.Facts.Text("thread") != t.ID {
			continue
		}
		if e.Voided != nil {
			row.State, row.Record = &Chip{"gray", "", v.W.Event("case.message_day_voided")}, nil
			continue
		}
		inbound, _ := e.Facts.Int("inbound")
		outbound, _ := e.Facts.Int("outbound")
		if int(inbound) == in && int(outbound) == out {
			row.State, row.Record = &Chip{"green", "check", words.Recorded + " " + recordNumber(e.Position)}, nil
		} else {
			row.State, row.Record = &Chip{"yellow", "clock", words.Changed}, &LineRecord{Day: row.ISO}
		}
	}
}

// lastCategories are those of the newest consultation: a thread seldom changes its
// subject.
func (l lineOf) lastCategories() []string {
	for i := len(l.entries) - 1; i >= 0; i-- {
		if e := l.entries[i]; slices.Contains(consultations, e.Type) && e.Voided == nil {
			return strings.Split(e.Facts.Text("categories"), ",")
		}
	}
	return nil
}

// agreed tells whether a consent to a use holds.
func (l lineOf) agreed(today japan.Date, scope string) bool {
	return slices.ContainsFunc(l.sum.Consents, func(c projections.Consent) bool {
		return c.State == "given" && slices.Contains(c.Scope, scope) && (c.Until == 0 || today <= c.Until)
	})
}

func lineCategories(v Visitor, usual []string, r *http.Request, typed bool) []Option {
	if typed {
		usual = r.PostForm["categories"]
	}
	var out []Option
	for _, c := range domain.Codes["category"] {
		out = append(out, Option{Name: "categories", Value: c, Text: v.W.Code("category", c), Chosen: slices.Contains(usual, c)})
	}
	return out
}

// lineAct sends a text, puts a day on record, or deals with a message that failed.
func (s *Site) lineAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	l, err := s.lineOfPerson(r, v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(l.threads, func(t LineThread) bool { return t.ID == r.PostFormValue("thread") })
	if i < 0 || l.hidden {
		return ErrMissing
	}
	here := "/people/" + l.sum.ID + "/line"
	switch act := r.PostFormValue("act"); act {
	case "send":
		err, here = s.lineSend(r, v, l, l.threads[i]), here+"?saved=1"
	case "record":
		here, err = s.lineRecord(r, v, l, l.threads[i], here)
	case "again", "withdraw":
		err = s.config.Line.Settle(r.Context(), LineAct{Do: act, Thread: l.threads[i].ID, Message: r.PostFormValue("message")})
	default:
		return ErrMissing
	}
	if err == nil {
		if !strings.Contains(here, "at=") {
			here = savedAt(here, s.head(r.Context()))
		}
		http.Redirect(w, r, here, http.StatusSeeOther)
		return nil
	}
	faults, ok := faultsOf(v.W, err, lineInputs)
	if !ok {
		return err
	}
	view, _, err := s.linePersonView(r, v)
	if err != nil {
		return err
	}
	view.Errors, view.Notice = newErrors(v.W, faults...), ""
	return s.show(w, r, http.StatusUnprocessableEntity, "lineperson", "", view)
}

func (s *Site) lineSend(r *http.Request, v Visitor, l lineOf, t LineThread) error {
	c := l.openCase()
	if c == nil {
		return domain.Refuse("line.no_case")
	}
	out := LineSending{ID: commandID(r).String(), Thread: t.ID, Case: c.ID, Account: v.ID, Notice: l.notice(),
		Text: strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"))}
	if t.Asked(s.today()) {
		if out.Categories = r.PostForm["categories"]; len(out.Categories) == 0 {
			return domain.RefuseField("field.required", "categories")
		}
	} else {
		out.Topic = orElse(r.PostFormValue("topic"), "check_up")
		if out.Topic == "event_notice" && !l.agreed(s.today(), "event_notice") {
			return domain.RefuseField("line.no_consent", "topic")
		}
	}
	return s.config.Line.Send(r.Context(), out)
}

// lineRecord puts a day on record as it stands now.
func (s *Site) lineRecord(r *http.Request, v Visitor, l lineOf, t LineThread, here string) (string, error) {
	c := l.openCase()
	day, err := japan.ParseDate(r.PostFormValue("day"))
	in, out := t.Totals(day)
	switch {
	case c == nil:
		return "", domain.Refuse("line.no_case")
	case err != nil || in+out == 0:
		return "", ErrMissing
	case len(r.PostForm["categories"]) == 0:
		return "", domain.RefuseField("field.required", "categories")
	}
	fields := LineDay(t, day, s.config.LineDesk, LineSending{Case: c.ID, Account: v.ID, Notice: l.notice(), Categories: r.PostForm["categories"]})
	req, err := s.request(v, commandID(r), "case.log_message_day", fields)
	if err != nil {
		return "", err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		return "", err
	}
	position, _ := lastOf(receipts)
	return savedAt(here, position), nil
}
