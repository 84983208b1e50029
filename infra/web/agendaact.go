package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// What may be done with one that stands, in the order shown. A check of how somebody
// fares is recorded and its task is done in one press.
var (
	bookingActs = []string{"case.change_booking", "case.miss_booking", "case.cancel_booking"}
	taskActs    = []string{"case.do_task", "case.reschedule_task", "case.drop_task"}
	checkActs   = map[string]string{"employment_check": "case.check_employment", "stay_check": "case.check_stay"}
	agendaNew   = []string{"case.make_booking", "case.plan_task"}
	agendaGiven = slices.Concat(bookingActs, taskActs, agendaNew, []string{"case.check_employment", "case.check_stay"})
)

// agendaChosen fills what is shown of the one chosen, and the forms of the page.
func (s *Site) agendaChosen(r *http.Request, v Visitor, x *week, view *AgendaView) error {
	for _, e := range x.list {
		if e.ID == x.item {
			if err := s.showChosen(r, v, x, e, view); err != nil {
				return err
			}
		}
	}
	if x.past.day != 0 {
		return nil
	}
	for _, command := range agendaNew {
		f := commandForm{action: x.address(x.first, x.desk, ""), heading: v.W.Agenda.Acts[command], submit: v.W.Outreach.Save, values: map[string]string{"owner": v.ID, "desk": v.Desk}, skip: []string{"case", "about"}}
		if command == "case.plan_task" {
			owners, err := s.owners(r, v)
			if err != nil {
				return err
			}
			f.choices = map[string][]Option{"owner": owners}
		} else if v.Desk != "" {
			f.fixed = []string{"desk"}
		}
		form := s.agendaForm(v, "new-"+command[len("case."):], command, f)
		form.Fields = slices.Insert(form.Fields, 0, CommandField{ID: form.ID + "-who", Name: "who", Label: v.W.Agenda.Who, Hint: v.W.Agenda.WhoHint, Kind: "text", Required: true, Short: true, Value: r.FormValue("person")})
		form.Open = r.Method != http.MethodPost && r.FormValue("person") != "" && command == "case.plan_task"
		view.New = append(view.New, form)
	}
	return nil
}

// owners are those who may keep a task, by name.
func (s *Site) owners(r *http.Request, v Visitor) ([]Option, error) {
	carers, err := s.carers(r.Context(), v)
	if err != nil {
		return nil, err
	}
	var accounts []string
	for _, a := range carers {
		accounts = append(accounts, a.ID)
	}
	seen, err := s.read(r, v, Glance{Reason: "calendar", Act: "list", Classes: "P"}, nil, accounts...)
	var out []Option
	for _, a := range carers {
		out = append(out, Option{Value: a.ID, Text: seen.name(v, a.ID)})
	}
	return out, err
}

// agendaForm is a form without a version: two may work on a case side by side.
func (s *Site) agendaForm(v Visitor, id, command string, f commandForm) CommandForm {
	reasons := []Option{}
	for _, reason := range dueReasons {
		reasons = append(reasons, Option{Value: reason, Text: v.W.Today.Reasons[reason]})
	}
	if f.choices == nil {
		f.choices = map[string][]Option{}
	}
	f.choices["reason"] = reasons
	out := s.commandForm(v.W, id, command, f)
	out.Expected = ""
	return out
}

func (s *Site) showChosen(r *http.Request, v Visitor, x *week, e projections.Engagement, view *AgendaView) error {
	words, item := v.W.Agenda, x.row(v, e)
	view.Chosen = &item
	add := func(label, value string) {
		if value != "" {
			view.Facts = append(view.Facts, Pair{Label: label, Value: value})
		}
	}
	if e.Kind == projections.BookingWork {
		add(v.W.Field("slot_on"), v.W.Date(e.On))
		add(v.W.Field("slot_time"), item.When)
		add(v.W.Field("channel"), item.What)
		add(v.W.Field("desk"), v.W.Frame.DeskShort[e.Desk])
	} else {
		add(v.W.Field("due_on"), v.W.Date(e.On))
		add(v.W.Field("kind"), item.What)
		add(v.W.Field("wording"), x.seen.texts[e.Item.Position].first("wording"))
		add(v.W.Field("owner"), x.seen.name(v, e.Owner))
	}
	view.Facts = append(view.Facts, Pair{Label: words.Record, Value: recordNumber(e.Changed), Href: recordHref(e.Changed)})
	if e.Ended != 0 {
		view.Facts = append(view.Facts, Pair{Label: words.EndedBy, Value: recordNumber(e.Ended), Href: recordHref(e.Ended)})
	}
	if e.Ended != 0 || x.past.day != 0 {
		return nil
	}
	acts := taskActs
	if e.Kind == projections.BookingWork {
		view.Record, acts = "/people/"+e.Person.ID+"#entry", bookingActs
		if e.On > x.on {
			acts = []string{acts[0], acts[2]} // nobody has failed to come yet
		}
	} else if check := checkActs[e.What]; check != "" {
		f, err := s.checkForm(r, v, x, e, check)
		if err != nil {
			return err
		}
		if f != nil {
			view.Acts = append(view.Acts, *f)
		}
	}
	for _, command := range acts {
		f := commandForm{action: x.address(x.first, x.desk, e.ID), heading: words.Acts[command], submit: v.W.Outreach.Save, fixed: []string{"task", "booking"},
			values: map[string]string{"task": e.ID, "booking": e.ID, "channel": e.What, "result": "done"}, skip: []string{"case"}}
		if command == "case.change_booking" && e.Time >= 0 {
			f.values["slot_time"] = v.W.Clock(e.Time)
			f.values["slot_on"] = v.W.PlainDate(e.On)
		}
		view.Acts = append(view.Acts, carrying(s.agendaForm(v, command[len("case."):], command, f), "case", e.Case))
	}
	return nil
}

// carrying adds a word that a form sends unseen.
func carrying(f CommandForm, name, value string) CommandForm {
	f.Fields = append(f.Fields, CommandField{ID: f.ID + "-" + name, Name: name, Kind: "hidden", Value: value})
	return f
}

// checkForm records how somebody fares months after a start or a move; nil where it
// is not known what the task is about.
func (s *Site) checkForm(r *http.Request, v Visitor, x *week, e projections.Engagement, command string) (*CommandForm, error) {
	about, months := x.told[e.Item.Position].Facts.Text("about"), x.months(e.Work)
	if about == "" || months == 0 {
		return nil, nil
	}
	f := commandForm{action: x.address(x.first, x.desk, e.ID), heading: v.W.Agenda.Acts[command], submit: v.W.Outreach.Save, fixed: []string{"placement", "relocation", "months"},
		values: map[string]string{"placement": about, "relocation": about, "months": strconv.Itoa(months)}, skip: []string{"case"}}
	if command == "case.check_stay" {
		movers, err := s.moversOf(r, v, x, e, about)
		if err != nil || len(movers) == 0 {
			return nil, err
		}
		f.choices = map[string][]Option{"persons": movers}
		for i, m := range movers {
			if i > 0 {
				f.values["persons"] += ","
			}
			f.values["persons"] += m.Value
		}
	}
	form := carrying(carrying(s.agendaForm(v, command[len("case."):], command, f), "case", e.Case), "task", e.ID)
	return &form, nil
}

// moversOf are those who moved and have not moved out, by name.
func (s *Site) moversOf(r *http.Request, v Visitor, x *week, e projections.Engagement, relocation string) ([]Option, error) {
	entries, err := s.config.Journey.Stream(r.Context(), domain.StreamName("case", e.Case), x.at)
	if err != nil {
		return nil, missing(err)
	}
	movers := stillThere(entries, relocation)
	d := &workday{on: x.on, at: x.at}
	if err := s.nameThese(r, v, d, movers, nil, "calendar"); err != nil {
		return nil, err
	}
	var out []Option
	for _, id := range movers {
		hit := d.person(v, id, 0)
		out = append(out, Option{Value: id, Text: hit.Name + " " + hit.Number})
	}
	return out, nil
}

// agendaAct gives the command of one of the page's forms.
func (s *Site) agendaAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	x := &week{workday: &workday{on: s.today()}, first: monday(s.today()), desk: r.FormValue("desk") == "all"}
	if day, err := japan.ParseDate(r.FormValue("day")); err == nil {
		x.first = monday(day)
	}
	again := func(status int, faults []FieldError) error {
		view, err := s.agendaView(r, v, past{upto: projections.Newest, status: status})
		if err != nil {
			return err
		}
		formAgain(v, r, view.Acts, faults)
		formAgain(v, r, view.New, faults)
		if r.PostForm.Has("clash") {
			offerAnyway(v, r, view.Acts, view.New)
		}
		if !slices.ContainsFunc(slices.Concat(view.Acts, view.New), func(f CommandForm) bool { return f.Errors != nil }) {
			view.Errors = newErrors(v.W, faults...) // it has left the week
		}
		return s.show(w, r, status, "agenda", "", view)
	}
	f := recordsForm{allowed: agendaGiven, stream: r.PostFormValue("case"), again: again}
	if who, asked := r.PostForm["who"]; asked {
		var fault string
		if f.stream, fault = s.caseTyped(r, v, who[0]); fault != "" {
			return again(http.StatusUnprocessableEntity, []FieldError{{"who", fault}})
		}
	}
	on := x.first
	for _, name := range []string{"slot_on", "due_on"} {
		if t, err := japan.ReadComing(r.PostFormValue(name), s.today()); err == nil && t.Precision == japan.PrecisionDay {
			on = t.Date
		}
	}
	if typed := r.PostFormValue("slot_time"); typed != "" {
		at := readClock(typed)
		if at == nil {
			return again(http.StatusUnprocessableEntity, []FieldError{{"slot_time", v.W.Refusal("field.time", "slot_time", nil)}})
		}
		r.PostForm.Set("slot_time", strconv.Itoa(*at))
		taken, err := s.taken(r, v, on, *at)
		if err != nil {
			return err
		}
		if taken != "" && r.PostFormValue("anyway") == "" {
			r.PostForm.Set("clash", "1")
			return again(http.StatusUnprocessableEntity, []FieldError{{"slot_time", v.W.Agenda.Taken(taken)}})
		}
	}
	f.done = func(uint64) string { return x.address(monday(on), x.desk, "") }
	if task := r.PostFormValue("task"); task != "" && slices.Contains([]string{checkActs["stay_check"], checkActs["employment_check"]}, r.PostFormValue("command")) {
		f.then = func([]domain.Receipt) ([]domain.Receipt, error) {
			req, err := s.request(v, uuid.NewSHA1(uuid.NameSpaceOID, []byte("done "+task)), "case.do_task", map[string]any{"case": f.stream, "task": task, "result": "done"})
			if err != nil {
				return nil, err
			}
			return s.config.Office.Do(r.Context(), req)
		}
	}
	return s.recordsCommand(w, r, v, f)
}

// offerAnyway lets the form that was sent be sent although the time is taken.
func offerAnyway(v Visitor, r *http.Request, lists ...[]CommandForm) {
	for _, forms := range lists {
		for i := range forms {
			if f := &forms[i]; f.ID == r.PostFormValue("form") {
				f.Fields = append(f.Fields, CommandField{ID: f.ID + "-anyway", Name: "anyway", Label: v.W.Agenda.Anyway, Kind: "check"})
			}
		}
	}
}

// caseTyped is the open case of a person named by number, or what is wrong.
func (s *Site) caseTyped(r *http.Request, v Visitor, typed string) (id, fault string) {
	if typed == "" {
		return "", v.W.Message.Required(v.W.Agenda.Who)
	}
	sum, err := s.config.Journey.Summary(r.Context(), s.personTyped(r, v, typed), projections.Newest)
	if err != nil {
		return "", v.W.Agenda.Nobody(typed)
	}
	if home, err := s.home(r.Context(), sum.ID); err != nil || !s.mayFacts(v, home) {
		return "", v.W.Agenda.Nobody(typed)
	}
	c := (&dossier{sum: sum}).openCase()
	if c == nil {
		return "", v.W.Agenda.NoCase(typed)
	}
	return c.ID, ""
}

// taken names the other appointment that stands at a time of the desk; "" if there
// is none.
func (s *Site) taken(r *http.Request, v Visitor, on japan.Date, at int) (string, error) {
	booked, err := s.config.Journey.Agenda(r.Context(), projections.AgendaFilter{Kind: projections.BookingWork, Since: on, Until: on, Desk: v.Desk, Controllers: []string{v.Actor.Controller, "joint"}})
	for _, b := range booked {
		if b.Ended == 0 && b.Time == at && b.ID != r.PostFormValue("booking") {
			return v.W.DayMonth(on) + " " + v.W.Clock(at), nil
		}
	}
	return "", missing(err)
}
