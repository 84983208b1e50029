package web

import (
	"net/http"
	"slices"
	"strconv"

	"ayumi/domain/japan"
	"ayumi/domain/outreach"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// outreachReaders open the pages of meetings; names on them are opened by the door.
var outreachReaders = []string{"CO", "LD", "AN", "MG", "AU"}

// outreachRoutes are the pages of meetings, mailings and channels.
func (s *Site) outreachRoutes() {
	s.staff("GET /outreach", s.outreachPage, outreachReaders...)
	s.staff("POST /outreach", s.outreachBegin, "CO", "LD")
	s.staff("GET /outreach/{no}", s.outreachEventPage, outreachReaders...)
	s.staff("POST /outreach/{no}", s.outreachAct, "CO", "LD")
	s.staff("POST /outreach/{no}/list", s.outreachPaste, "CO", "LD")
	s.staff("GET /outreach/{no}/slips", s.outreachSlips, "CO", "LD")
}

func outreachHref(no uint64) string { return "/outreach/" + strconv.FormatUint(no, 10) }

func (s *Site) outreachPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.outreachView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "outreach", "", view)
}

func (s *Site) outreachView(r *http.Request, v Visitor) (OutreachView, error) {
	w, words := v.W, v.W.Outreach
	view := OutreachView{Page: s.page(r, v, "outreach", words.Title, "css/edit.css", "css/records.css"), Behind: s.behind(r, v)}
	year, err := s.yearAsked(r, v)
	if err != nil {
		return view, err
	}
	view.Heading, view.Here = words.Heading(w.FiscalYearShort(year)), "/outreach?fy="+strconv.Itoa(int(year))
	all, err := s.config.Journey.Outreach(r.Context(), v.Actor.Controller)
	if err != nil {
		return view, missing(err)
	}
	view.Years = s.outreachYears(v, year, all)
	view.Coming, view.Over = OutreachList{W: w, Label: words.Coming}, OutreachList{W: w, Label: words.Over}
	var sum outreach.Turnout
	heads, held := 0, 0
	for _, o := range all {
		if o.First() == 0 {
			view.Public = append(view.Public, publicRow(w, o))
			continue
		}
		row := outreachRow(w, o)
		if o.Plan.EndsOn >= s.today() && o.State == outreach.StateScheduled { // of any year
			view.Coming.Rows = append([]OutreachRow{row}, view.Coming.Rows...) // the next one first
			continue
		}
		if japan.FiscalYearOf(o.First()) != year {
			continue
		}
		view.Over.Rows = append(view.Over.Rows, row)
		if o.State == outreach.StateCancelled {
			continue
		}
		t := o.Turnout()
		sum.Came, sum.Absent, sum.Converted, held = sum.Came+t.Came, sum.Absent+t.Absent, sum.Converted+t.Converted, held+1
		if o.Heads != nil {
			heads += o.Heads.Heads
		}
	}
	view.Totals = []Pair{{Label: words.Meetings, Value: w.Number(held)}, {Label: w.Field("heads"), Value: w.Number(heads)}, {Label: words.Came, Value: w.Number(sum.Came)},
		{Label: words.Absent, Value: w.Number(sum.Absent)}, {Label: words.Became, Value: w.Number(sum.Converted)}, {Label: words.Rate, Value: rateText(words, sum)}}
	view.Acts = s.outreachBegins(v)
	return view, nil
}

// outreachYears are the fiscal years in which something was held or planned, the
// present one and the one shown, latest first.
func (s *Site) outreachYears(v Visitor, shown japan.FiscalYear, all []projections.Outreach) []Option {
	years := []japan.FiscalYear{shown, japan.FiscalYearOf(s.today())}
	for _, o := range all {
		if o.First() != 0 {
			years = append(years, japan.FiscalYearOf(o.First()))
		}
	}
	slices.Sort(years)
	var out []Option
	for _, y := range slices.Backward(slices.Compact(years)) {
		out = append(out, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == shown})
	}
	return out
}

// rateText is the share of attendees who became candidates.
func rateText(words locale.Outreach, t outreach.Turnout) string {
	if n, ok := t.Rate(); ok {
		return strconv.Itoa(n) + "%"
	}
	return words.None
}

func outreachRow(w *locale.Words, o projections.Outreach) OutreachRow {
	t := o.Turnout()
	row := OutreachRow{Number: recordNumber(o.No), Href: outreachHref(o.No), Title: o.Plan.Title, Kind: w.Code("outreach_kind", o.Plan.Kind), Place: o.Plan.Place,
		When: daysText(w, o), State: outreachChip(w, o), Heads: w.Outreach.None, Listed: w.Number(t.Listed), Came: w.Number(t.Came), Absent: w.Number(t.Absent),
		Became: w.Number(t.Converted), Rate: rateText(w.Outreach, t)}
	if row.Place == "" {
		row.Place = code(w, "pref", o.Plan.PlacePref)
	}
	if o.Heads != nil {
		row.Heads = w.Number(o.Heads.Heads)
	}
	return row
}

func daysText(w *locale.Words, o projections.Outreach) string {
	if o.Plan.EndsOn == o.Plan.StartsOn {
		return w.Date(o.Plan.StartsOn)
	}
	return w.Rights.FromTo(w.Date(o.Plan.StartsOn), w.Date(o.Plan.EndsOn))
}

func outreachChip(w *locale.Words, o projections.Outreach) Chip {
	c := map[string]Chip{outreach.StateScheduled: {Kind: "blue", Icon: "clock"}, outreach.StateHeld: {Kind: "green", Icon: "check"}, outreach.StateCancelled: {Kind: "gray"}}[o.State]
	c.Text = w.Outreach.States[o.State]
	return c
}

func publicRow(w *locale.Words, o projections.Outreach) PublicRow {
	e := o.Entries[0]
	row := PublicRow{Number: recordNumber(o.No), Href: outreachHref(o.No), Kind: w.Code("outreach_kind", o.Plan.Kind), Channel: w.Code("channel", e.Facts.Text("channel")),
		Title: e.Facts.Text("title"), When: w.Date(e.From), Count: w.Outreach.None}
	if row.Title == "" {
		row.Title = w.Code("topic", e.Facts.Text("topic"))
	}
	if n, ok := e.Facts.Int("recipients"); ok {
		row.Count = w.Outreach.Recipients(int(n))
	}
	if o.Followers != nil {
		row.Count = w.Outreach.Followers(o.Followers.Count, w.Date(o.Followers.On))
	}
	return row
}

// outreachStarts are the commands that begin a stream, with the ids of their forms.
var outreachStarts = []struct{ id, command string }{
	{"schedule", "outreach.schedule"}, {"mailing", "outreach.send_mailing"}, {"channel", "outreach.open_channel"},
}

func (s *Site) outreachBegins(v Visitor) []CommandForm {
	w := v.W
	var out []CommandForm
	for _, start := range outreachStarts {
		shape, _ := s.shape(start.command)
		if !s.mayGive(v, shape) {
			continue
		}
		f := commandForm{action: "/outreach", heading: w.Outreach.Acts[start.command], submit: w.Outreach.Save, values: map[string]string{}, skip: []string{"organisers"}}
		if start.id == "schedule" {
			f.values["place_pref"] = "13" // most are held where the office is
			f.choices = map[string][]Option{"kind": meetingKinds(w)}
		}
		form := s.commandForm(w, start.id, start.command, f)
		form.hint("ends_on", w.Outreach.EndsHint)
		form.hint("series_year_no", w.Outreach.SeriesHint)
		out = append(out, form)
	}
	return out
}

// meetingKinds are the kinds that are held somewhere.
func meetingKinds(w *locale.Words) []Option {
	var out []Option
	for _, kind := range outreach.Kinds() {
		out = append(out, Option{Value: kind, Text: w.Code("outreach_kind", kind)})
	}
	return out
}

func (s *Site) outreachBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	if r.PostFormValue("command") == "outreach.schedule" && r.PostFormValue("ends_on") == "" {
		r.PostForm.Set("ends_on", r.PostFormValue("starts_on"))
	}
	allowed := make([]string, len(outreachStarts))
	for i, start := range outreachStarts {
		allowed[i] = start.command
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: allowed, done: outreachHref, again: func(status int, faults []FieldError) error {
		view, err := s.outreachView(r, v)
		if err != nil {
			return err
		}
		formAgain(v, r, view.Acts, faults)
		return s.show(w, r, status, "outreach", "", view)
	}})
}
