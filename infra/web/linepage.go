package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// LineInboxView is what came to the desk's LINE account and waits for somebody.
type LineInboxView struct {
	Page
	Unknown, Unanswered []LineRow
}

// LineRow is one thread of the inbox.
type LineRow struct {
	Person           Pair
	ISO, Since, Last string
	Count            int
	Href             string
	Failed           *Chip
}

// LineWriterView is a writer nobody knows yet.
type LineWriterView struct {
	Page
	Errors            *Errors
	Days              []LineDayRow
	CommandID, Number string
	Reasons           []Option
	Residence, Age    []Option
	Aims              []Option
	Since             string
}

// LineDayRow is the messages of one day.
type LineDayRow struct {
	ID, ISO, Day string
	Messages     []LineLine
	Totals       string
	State        *Chip
	Record       *LineRecord
}

// LineLine is one message as shown.
type LineLine struct {
	ID, ISO, At, Who, Text, Note string
	Out                          bool
	State                        *Chip
	Failed                       *LineFailed
}

// LineFailed is the form of a message that was not sent.
type LineFailed struct {
	W                              *locale.Words
	Action, Label, Thread, Message string
}

// LineRecord is the form that puts a day on record.
type LineRecord struct {
	Action, Day, Thread, CommandID, Expected string
	Categories                               []Option
}

// lineRoutes are the pages of the desk's LINE account.
func (s *Site) lineRoutes() {
	s.staff("GET /line", s.lineInbox, "CO", "LD")
	s.staff("GET /line/{thread}", s.lineWriter, "CO", "LD")
	s.staff("POST /line/{thread}", s.lineSettle, "CO", "LD")
	s.staff("GET /people/{id}/line", s.linePerson, "CO", "LD")
	s.staff("POST /people/{id}/line", s.lineAct, "CO", "LD")
	s.staff("GET /line-state", s.lineState, "AD")
	s.staff("POST /line-state", s.lineState, "AD")
}

// lineFor answers ErrMissing where a visitor has no LINE account: there is none, or it
// is that of another controller.
func (s *Site) lineFor(v Visitor) error {
	controller, _ := indicator.DeskController(s.config.LineDesk)
	if s.config.Line == nil || v.Actor.Controller != controller {
		return ErrMissing
	}
	return nil
}

func (s *Site) lineInbox(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.lineFor(v); err != nil {
		return err
	}
	all, err := s.config.Line.Threads(r.Context())
	if err != nil {
		return err
	}
	view := LineInboxView{Page: s.page(r, v, "today", v.W.Line.Title)}
	view.Crumbs = []Crumb{{v.W.Today.Title, "/today"}, {v.W.Line.Title, ""}}
	for _, t := range all {
		row, waits := lineRow(v.W, t)
		if t.Person == "" {
			row.Href = "/line/" + t.ID
			view.Unknown = append(view.Unknown, row)
			continue
		}
		if !waits && row.Failed == nil {
			continue
		}
		ref, err := s.config.Journey.Find(r.Context(), t.Person)
		if errors.Is(err, projections.ErrUnknown) {
			continue
		}
		if err != nil {
			return err
		}
		row.Href = "/people/" + t.Person + "/line"
		row.Person = Pair{Value: personNumber(ref.Number), Href: "/people/" + t.Person}
		view.Unanswered = append(view.Unanswered, row)
	}
	slices.SortStableFunc(view.Unanswered, func(a, b LineRow) int { return strings.Compare(a.ISO, b.ISO) })
	return s.show(w, r, http.StatusOK, "line", "", view)
}

// isoMinute is an instant as a time element has it.
func isoMinute(t time.Time) string { return t.In(japan.Zone).Format("2006-01-02T15:04") }

// lineWaits says on the day's page how much waits in the inbox; nil where there is none.
func (s *Site) lineWaits(r *http.Request, v Visitor) (*Pair, error) {
	if s.lineFor(v) != nil {
		return nil, nil
	}
	state, err := s.config.Line.State(r.Context(), false)
	return &Pair{Label: v.W.Line.Title, Value: v.W.Line.InboxCount(state.Waiting, state.Asking), Href: "/line"}, err
}

// lineRow sums a thread up; waits tells whether nobody has answered what came last.
func lineRow(w *locale.Words, t LineThread) (row LineRow, waits bool) {
	for _, m := range t.Messages {
		switch {
		case !m.Out && m.State == "received":
			if !waits {
				row.Since, row.ISO, row.Count = w.DateTime(m.At), isoMinute(m.At), 0
			}
			waits, row.Last = true, w.DateTime(m.At)
			row.Count++
		case m.Out && m.State == "sent":
			waits = false
		case m.State == "failed":
			row.Failed = &Chip{"red", "warn", w.Line.State["failed"]}
		}
	}
	return row, waits
}

func (s *Site) lineWriter(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, err := s.lineWriterView(r, v, uuid.NewString())
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "linewriter", "", view)
}

// writer opens the thread of a writer nobody knows, after the access log has the look.
func (s *Site) writer(r *http.Request, v Visitor) (LineThread, error) {
	if err := s.lineFor(v); err != nil {
		return LineThread{}, err
	}
	if err := s.seen(r); err != nil {
		return LineThread{}, err
	}
	t, err := s.config.Line.Open(r.Context(), r.PathValue("thread"))
	if err == nil && (t.Person != "" || len(t.Messages) == 0) {
		err = ErrMissing
	}
	return t, err
}

func (s *Site) lineWriterView(r *http.Request, v Visitor, id string) (LineWriterView, error) {
	t, err := s.writer(r, v)
	if err != nil {
		return LineWriterView{}, err
	}
	words := v.W.Line
	view := LineWriterView{Page: s.page(r, v, "today", words.Writer, "css/journey.css", "css/duplicate.css", "css/line.css"), CommandID: id, Number: strings.TrimSpace(r.PostFormValue("person")),
		Residence: choices(v, "pref", r.PostFormValue("residence_pref")), Age: choices(v, "age_band", orElse(r.PostFormValue("age_band"), "unknown"))}
	view.Crumbs = []Crumb{{words.Title, "/line"}, {words.Writer, ""}}
	view.Here = "/line/" + t.ID
	for _, reason := range lineDrops {
		view.Reasons = append(view.Reasons, Option{Name: "reason", Value: reason, Text: words.Drops[reason], Chosen: reason == r.PostFormValue("reason")})
	}
	for _, aim := range domain.Codes["aims"] {
		view.Aims = append(view.Aims, Option{Name: "aims", Value: aim, Text: v.W.Code("aims", aim), Chosen: slices.Contains(r.PostForm["aims"], aim)})
	}
	row, _ := lineRow(v.W, t)
	view.Since = row.Since
	view.Days = lineDays(v, t, nil)
	return view, nil
}

var lineDrops = []string{"enquiry", "wrong", "spam"}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// lineDays are the messages of a thread by day, newest day first.
func lineDays(v Visitor, t LineThread, name func(account string) string) []LineDayRow {
	var out []LineDayRow
	for _, m := range t.Messages {
		if len(out) == 0 || out[len(out)-1].ISO != m.Day.String() {
			in, back := t.Totals(m.Day)
			out = append(out, LineDayRow{ID: "d" + m.Day.String(), ISO: m.Day.String(), Day: v.W.Date(m.Day), Totals: v.W.Line.Totals(in, back)})
		}
		day := &out[len(out)-1]
		day.Messages = append(day.Messages, lineLine(v.W, m, name))
	}
	slices.Reverse(out)
	return out
}

func lineLine(w *locale.Words, m LineMessage, name func(string) string) LineLine {
	words, at := w.Line, m.At.In(japan.Zone)
	out := LineLine{ID: m.ID, ISO: isoMinute(at), At: w.Clock(at.Hour()*100 + at.Minute()), Who: words.From, Text: m.Text, Out: m.Out}
	if m.Out {
		out.Who = words.Ours
		if name != nil {
			if who := name(m.Account); who != "" {
				out.Who = who
			}
		}
	}
	switch {
	case m.State == "unsent":
		out.Note = words.Back
	case m.Form != "text":
		out.Note = orElse(words.Forms[m.Form], words.Other)
	case m.Text == "":
		out.Note = words.Gone
	}
	switch m.State {
	case "queued":
		out.State = &Chip{"yellow", "clock", words.State["queued"]}
		if m.Problem != "" {
			out.Note = words.Problems[m.Problem] + w.Calendar.Comma + words.NextTry(w.DateTime(m.Next))
		}
	case "failed":
		out.State, out.Note = &Chip{"red", "warn", words.State["failed"]}, words.Problems[m.Problem]
	case "sent":
		out.State = &Chip{"green", "check", words.State["sent"]}
		if !m.Answer {
			out.Note = w.Event("case.outbound_sent")
		}
	}
	return out
}

// lineSettle links a writer, registers somebody new, or drops the writer.
func (s *Site) lineSettle(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	t, err := s.writer(r, v)
	if err != nil {
		return err
	}
	var to string
	switch r.PostFormValue("act") {
	case "link":
		to, err = s.lineLink(r, v, t)
	case "new":
		to, err = s.lineNew(r, v, t)
	case "drop":
		if reason := r.PostFormValue("reason"); slices.Contains(lineDrops, reason) {
			to, err = "/line", s.config.Line.Settle(r.Context(), LineAct{Do: "drop", Thread: t.ID, Reason: reason})
		} else {
			err = domain.RefuseField("field.required", "reason")
		}
	default:
		return ErrMissing
	}
	if err == nil {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	faults, ok := faultsOf(v.W, err, lineInputs)
	if !ok {
		return err
	}
	view, err := s.lineWriterView(r, v, commandID(r).String())
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	return s.show(w, r, http.StatusUnprocessableEntity, "linewriter", "", view)
}

var lineInputs = map[string]string{"person": "person", "reason": "reason", "residence_pref": "residence_pref", "age_band": "age_band", "aims": "aims", "text": "text", "topic": "topic", "categories": "categories"}

// lineContact is the LINE user ID as a contact (handbook.md 7.3). Linked again it is
// the same one.
func lineContact(t LineThread) map[string]any {
	return map[string]any{"kind": "line", "shared": false, "value": "LINE:" + t.User}
}

func (s *Site) lineLink(r *http.Request, v Visitor, t LineThread) (string, error) {
	person := s.personTyped(r, v, r.PostFormValue("person"))
	if !domain.IDForm(person) {
		return "", domain.RefuseField("line.no_person", "person")
	}
	if alive, err := s.living(r.Context(), v, person); err != nil || !alive {
		return "", errors.Join(err, domain.RefuseField("line.no_person", "person"))
	}
	position, err := s.lineReached(r.Context(), v, t, person)
	if err != nil {
		return "", err
	}
	if err := s.config.Line.Settle(r.Context(), LineAct{Do: "link", Thread: t.ID, Person: person}); err != nil {
		return "", err
	}
	return savedAt("/people/"+person+"/line", position), nil
}

// lineReached makes the LINE user ID a contact of the person.
func (s *Site) lineReached(ctx context.Context, v Visitor, t LineThread, person string) (uint64, error) {
	fields := lineContact(t)
	fields["person"], fields["contact_point"] = person, uuid.NewSHA1(uuid.MustParse(t.ID), []byte(person)).String()
	req, err := s.request(v, uuid.NewSHA1(uuid.MustParse(t.ID), []byte("contact "+person)), "person.add_contact", fields)
	if err != nil {
		return 0, err
	}
	receipts, err := s.config.Office.Do(ctx, req)
	if err != nil {
		return 0, err
	}
	position, _ := lastOf(receipts)
	return position, nil
}

// lineNew registers somebody whose name is not known. The search before it is for the
// LINE user ID.
func (s *Site) lineNew(r *http.Request, v Visitor, t LineThread) (string, error) {
	residence, aims := r.PostFormValue("residence_pref"), r.PostForm["aims"]
	switch {
	case residence == "":
		return "", domain.RefuseField("field.required", "residence_pref")
	case len(aims) == 0:
		return "", domain.RefuseField("field.required", "aims")
	}
	if _, err := s.config.People.Near(r.Context(), v.Actor, "LINE:"+t.User, 1); err != nil {
		return "", err
	}
	id := uuid.NewSHA1(uuid.MustParse(t.ID), []byte("new"))
	req, err := s.request(v, id, "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": true, "age_band": orElse(r.PostFormValue("age_band"), "unknown"), "residence_pref": residence, "language": "ja", "student": false, "search": uuid.NewSHA1(id, []byte("search")).String()},
		"open":     map[string]any{"desk": s.config.LineDesk, "aims": aims, "lead_source": "line", "target_pref": targetOf(v), "new_episode": false},
		"contacts": map[string]any{"line": lineContact(t)},
	})
	if err != nil {
		return "", err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		return "", err
	}
	person := domain.DeriveID(id, "person")
	if err := s.config.Line.Settle(r.Context(), LineAct{Do: "link", Thread: t.ID, Person: person}); err != nil {
		return "", err
	}
	position, _ := lastOf(receipts)
	return savedAt("/people/"+person+"/line", position), nil
}

// LineStateView is how the connection to LINE stands, for the administrator.
type LineStateView struct {
	Page
	On      Chip
	Options []string // where it is off: how to put it on
	Facts   []Pair
	Asked   *Chip
}

func (s *Site) lineState(w http.ResponseWriter, r *http.Request, v Visitor) error {
	words := v.W.Line
	view := LineStateView{Page: s.page(r, v, "status", words.StateTitle), On: Chip{Kind: "gray", Text: words.Off}}
	view.Crumbs = []Crumb{{v.W.Status.Heading, "/status"}, {words.StateTitle, ""}}
	view.Here = "/line-state"
	if s.config.Line == nil {
		view.Options = []string{"ayumi serve --line-secret-file … --line-token-file … --line-desk D-TKY"}
		return s.show(w, r, http.StatusOK, "linestate", "", view)
	}
	state, err := s.config.Line.State(r.Context(), r.Method == http.MethodPost)
	if err != nil {
		return err
	}
	view.On = Chip{"green", "check", words.On}
	view.Facts = []Pair{
		{Label: words.Desk, Value: v.W.Code("desk", state.Desk)}, {Label: words.Webhook, Value: state.Webhook},
		{Label: words.Heard, Value: orElse(v.W.DateTime(state.Heard), words.Never)}, {Label: words.Refused, Value: orElse(v.W.DateTime(state.Refused), words.Never)},
		{Label: words.LastSent, Value: orElse(v.W.DateTime(state.Sent), words.Never)},
		{Label: words.Queued, Value: v.W.Number(state.Queued)}, {Label: words.Failed, Value: v.W.Number(state.Failed)}, {Label: words.Waiting, Value: v.W.Number(state.Waiting)},
	}
	switch {
	case state.Fault != "":
		view.Asked = &Chip{"red", "warn", words.Bad(words.Problems[state.Fault])}
	case state.Account != "":
		view.Asked = &Chip{"green", "check", words.Good + state.Account}
	}
	return s.show(w, r, http.StatusOK, "linestate", "", view)
}
