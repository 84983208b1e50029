package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain/japan"
	"ayumi/domain/outreach"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// outreachActs are the commands that fit each state, in the order shown; a channel
// has its own.
var outreachActs = map[string][]string{
	outreach.StateScheduled: {"outreach.list_attendee", "outreach.hold", "outreach.change", "outreach.cancel"},
	outreach.StateHeld:      {"outreach.count_attendance", "outreach.attend_person", "outreach.list_attendee", "outreach.change"},
	"channel":               {"outreach.count_followers", "outreach.attend_person"},
	"mailing":               {},
}

// outreachGiven are all commands that the page of one takes.
var outreachGiven = []string{
	"outreach.list_attendee", "outreach.hold", "outreach.change", "outreach.cancel", "outreach.count_attendance", "outreach.attend_person", "outreach.count_followers",
	"outreach.note_attendee_came", "outreach.convert_attendee", "outreach.void_attendance",
}

// outreachAsked is the one that an address names.
func (s *Site) outreachAsked(r *http.Request, v Visitor) (projections.Outreach, error) {
	return ofNumber(r, v, s.config.Journey.Outreach, func(o projections.Outreach, no uint64) bool { return o.No == no })
}

func (s *Site) outreachEventPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	o, err := s.outreachAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.outreachEventView(r, v, o)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "outreachevent", "", view)
}

func (s *Site) outreachEventView(r *http.Request, v Visitor, o projections.Outreach) (OutreachEventView, error) {
	w, words := v.W, v.W.Outreach
	view := OutreachEventView{Page: s.page(r, v, "outreach", words.EventTitle(recordNumber(o.No)), "css/edit.css", "css/records.css", "css/outreach.css"),
		Heading: cmp.Or(o.Plan.Title, o.Entries[0].Facts.Text("title"), w.Code("outreach_kind", o.Plan.Kind)), State: []Chip{outreachChip(w, o)}, Behind: s.behind(r, v)}
	view.Here = outreachHref(o.No)
	view.Crumbs = []Crumb{{words.Title, "/outreach"}, {recordNumber(o.No), ""}}
	view.Facts = outreachFacts(w, o)
	seen, err := s.read(r, v, Glance{Subject: o.ID, Reason: "outreach", Act: "list", Classes: "P"}, o.Entries)
	if err != nil {
		return view, err
	}
	if o.First() != 0 {
		t := o.Turnout()
		view.Listing = true
		view.Turnout = []Pair{{Label: words.Listed, Value: w.Number(t.Listed)}, {Label: words.Came, Value: w.Number(t.Came)}, {Label: words.Absent, Value: w.Number(t.Absent)},
			{Label: words.Open, Value: w.Number(t.Open)}, {Label: words.Became, Value: w.Number(t.Converted)}, {Label: words.Rate, Value: rateText(words, t)}, {Label: words.Candidates, Value: w.Number(t.Candidates)}}
		if err := s.attendees(r, v, o, seen, &view); err != nil {
			return view, err
		}
	}
	if err := s.personsCame(r, v, o, &view); err != nil {
		return view, err
	}
	s.outreachForms(v, o, &view)
	view.History = historyOf(v, seen, o.Entries)
	return view, nil
}

func outreachFacts(w *locale.Words, o projections.Outreach) []Pair {
	first := o.Entries[0].Facts
	out := []Pair{{Label: w.Field("kind"), Value: w.Code("outreach_kind", o.Plan.Kind)}}
	add := func(field, value string) {
		if value != "" {
			out = append(out, Pair{Label: w.Field(field), Value: value})
		}
	}
	if o.First() == 0 {
		add("channel", code(w, "channel", first.Text("channel")))
		add("topic", code(w, "topic", first.Text("topic")))
		add("occurred_on", w.Date(o.Entries[0].From))
		if n, ok := first.Int("recipients"); ok {
			add("recipients", w.Number(int(n)))
		}
		if o.Followers != nil {
			add("count", w.Outreach.Followers(o.Followers.Count, w.Date(o.Followers.On)))
		}
		return out
	}
	add("starts_on", daysText(w, o))
	add("place", strings.TrimSpace(code(w, "pref", o.Plan.PlacePref)+" "+o.Plan.Place))
	if o.Plan.SeriesYearNo != nil {
		add("series_year_no", w.Outreach.YearOf(*o.Plan.SeriesYearNo))
	}
	if o.Plan.Evening {
		add("evening", w.Outreach.Yes)
	}
	if o.Heads != nil {
		add("heads", w.Number(o.Heads.Heads))
		if o.Heads.Students != nil {
			add("students", w.Number(*o.Heads.Students))
		}
	}
	return out
}

// attendees are the list, in the order of signing up, with what may be done.
func (s *Site) attendees(r *http.Request, v Visitor, o projections.Outreach, seen reading, view *OutreachEventView) error {
	w := v.W
	mine, asked := s.acts(v, "outreach.note_attendee_came") && o.State != outreach.StateCancelled, r.URL.Query().Get("attendee")
	for _, e := range o.Entries {
		if e.Type != "outreach.attendee_listed" {
			continue
		}
		id := e.Facts.Text("attendee")
		a, opened := o.Attendees[id], seen.texts[e.Position]
		row := AttendeeRow{W: w, ID: id, Name: opened.first("name"), Kana: opened.first("kana"), Contact: opened.first("contact"), Student: a.Student, State: attendeeChip(w, a), Asked: id == asked}
		switch {
		case opened.erased():
			row.Name, row.Hidden = erasedMark(w, opened.erasedBy()), true
		case row.Name == "":
			row.Name, row.Hidden = w.Journey.NameHidden, true
		}
		if a.Person != "" {
			p, err := s.personPair(r, v, a.Person)
			if err != nil {
				return err
			}
			row.Person = &p
		}
		if mine && !a.Voided {
			s.attendeeForms(v, o, a, &row)
		}
		if row.Asked {
			at := row
			view.Door = &at
		}
		view.Attendees = append(view.Attendees, row)
	}
	if mine && len(view.Attendees) > 0 {
		view.Slips = view.Here + "/slips"
	}
	if mine {
		view.Paste = &PasteForm{Action: view.Here + "/list#paste", CommandID: uuid.NewString()}
	}
	return nil
}

// acts tells whether the visitor may give a command.
func (s *Site) acts(v Visitor, command string) bool {
	shape, ok := s.shape(command)
	return ok && s.mayGive(v, shape)
}

func attendeeChip(w *locale.Words, a *outreach.Attendee) Chip {
	words := w.Outreach
	switch {
	case a.Voided:
		return Chip{Kind: "gray", Text: words.Voided}
	case a.Person != "":
		return Chip{"green", "user", words.Became}
	case a.Came == "yes":
		return Chip{"green", "check", words.Came}
	case a.Came == "no":
		return Chip{Kind: "gray", Text: words.Absent}
	}
	return Chip{"blue", "clock", words.Open}
}

func (s *Site) attendeeForms(v Visitor, o projections.Outreach, a *outreach.Attendee, row *AttendeeRow) {
	w, here := v.W, outreachHref(o.No)
	row.Came = &CameForm{Action: here, CommandID: uuid.NewString(), Attendee: row.ID}
	version := o.Version()
	part := row.ID[:min(8, len(row.ID))]
	if a.Came == "yes" && a.Person == "" {
		f := s.commandForm(w, "convert-"+part, "outreach.convert_attendee", commandForm{action: here, heading: w.Outreach.Convert, submit: w.Outreach.Save,
			values: map[string]string{"attendee": row.ID}, fixed: []string{"attendee"}})
		f.hint("person", w.Rights.PersonHint)
		f.Expected = "" // several desks check in at once
		row.Convert = &f
	}
	f := s.voidAttendance(w, here, "void-"+part, version, map[string]string{"attendee": row.ID}, "person")
	row.Void = &f
}

// voidAttendance takes an entry away. No figure hangs on the list, so that there is
// no effect to be shown before: the form carries the version it was made at.
func (s *Site) voidAttendance(w *locale.Words, here, id string, version uint64, of map[string]string, other string) CommandForm {
	return s.commandForm(w, id, "outreach.void_attendance", commandForm{action: here, heading: w.Outreach.Void, submit: w.Outreach.Save, expected: version,
		values: of, fixed: []string{"attendee", "person"}, skip: []string{other}})
}

func (s *Site) personsCame(r *http.Request, v Visitor, o projections.Outreach, view *OutreachEventView) error {
	for id, came := range o.Persons {
		p, err := s.personPair(r, v, id)
		if err != nil {
			return err
		}
		row := PersonCameRow{Person: p, Line: came.LineRegistered}
		if s.acts(v, "outreach.void_attendance") {
			f := s.voidAttendance(v.W, view.Here, "void-"+id[:min(8, len(id))], o.Version(), map[string]string{"person": id}, "attendee")
			row.Void = &f
		}
		view.Persons = append(view.Persons, row)
	}
	slices.SortFunc(view.Persons, func(a, b PersonCameRow) int { return strings.Compare(a.Person.Value, b.Person.Value) })
	return nil
}

func (s *Site) outreachForms(v Visitor, o projections.Outreach, view *OutreachEventView) {
	w, acts := v.W, outreachActs[o.State]
	if o.First() == 0 {
		acts = outreachActs[o.Plan.Kind]
	}
	for _, command := range acts {
		if !s.acts(v, command) {
			continue
		}
		f := commandForm{action: view.Here, heading: w.Outreach.Acts[command], submit: w.Outreach.Save, expected: o.Version(), values: map[string]string{}, choices: map[string][]Option{}}
		switch command {
		case "outreach.count_followers":
			f.values["channel"], f.fixed = o.Channel, []string{"channel"}
		case "outreach.count_attendance":
			if o.Heads != nil {
				f.values["heads"] = strconv.Itoa(o.Heads.Heads)
			}
		case "outreach.change":
			f.skip = []string{"old"}
			for _, field := range outreachTyped {
				f.choices["field"] = append(f.choices["field"], Option{Value: field, Text: w.Field(field)})
			}
		}
		form := s.commandForm(w, command[len("outreach."):], command, f)
		form.hint("new", w.Outreach.NewHint)
		form.hint("person", w.Rights.PersonHint)
		view.Acts = append(view.Acts, form)
	}
}

// outreachTyped are the fields of a plan that are changed by typing.
var outreachTyped = []string{"title", "place", "starts_on", "ends_on"}

// planTyped is the canonical text of a field as it was typed; what cannot be read
// stays as it is and is refused.
func (s *Site) planTyped(field, typed string) string {
	if field == "starts_on" || field == "ends_on" {
		if t, err := japan.ReadComing(typed, s.today()); err == nil {
			return t.Date.String()
		}
	}
	return typed
}

func (s *Site) outreachAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	o, err := s.outreachAsked(r, v)
	if err != nil {
		return err
	}
	fixed := map[string]any{}
	if r.PostFormValue("command") == "outreach.change" {
		fixed["old"], fixed["new"] = o.Stated(r.PostFormValue("field")), s.planTyped(r.PostFormValue("field"), strings.TrimSpace(r.PostFormValue("new")))
	}
	if r.PostFormValue("command") == "outreach.void_attendance" {
		fixed["shown_at"] = *expected(r.PostFormValue("expected"))
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: outreachGiven, stream: o.ID, fixed: fixed, done: func(uint64) string { return outreachHref(o.No) },
		again: func(status int, faults []FieldError) error { return s.outreachAgain(w, r, v, status, faults, nil) }})
}

// outreachAgain shows the page with what was typed and what is wrong with it.
func (s *Site) outreachAgain(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError, paste *PasteForm) error {
	o, err := s.outreachAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.outreachEventView(r, v, o)
	if err != nil {
		return err
	}
	if paste != nil {
		view.Paste = paste
	}
	formAgain(v, r, view.Acts, faults)
	for i := range view.Attendees {
		for _, f := range []*CommandForm{view.Attendees[i].Convert, view.Attendees[i].Void} {
			f.againIf(v, r, faults)
		}
	}
	return s.show(w, r, status, "outreachevent", "", view)
}
