package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"ayumi/domain/japan"
	"ayumi/projections"
)

// mostEngaged is how many bookings, and how many tasks, one week shows.
const mostEngaged = 200

// agendaRoutes are the weeks of appointments and tasks.
func (s *Site) agendaRoutes() {
	s.staff("GET /calendar", s.agenda, "CO", "LD")
	s.staff("POST /calendar", s.agendaAct, "CO", "LD")
}

// agenda shows a week as it stands, or as it was known on a past day.
func (s *Site) agenda(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	p, err := s.pastOf(r, v)
	if err != nil {
		return err
	}
	view, err := s.agendaView(r, v, p)
	if err != nil {
		return err
	}
	return s.show(w, r, p.status, "agenda", "", view)
}

// weekOf reads the week that an address asks for.
func (s *Site) weekOf(r *http.Request, v Visitor, p past) (*week, error) {
	today := s.today()
	if p.day != 0 {
		today = p.day
	}
	x := &week{workday: &workday{on: today, past: p, at: p.upto}, first: monday(today), desk: r.FormValue("desk") == "all", item: r.FormValue("item")}
	if day, err := japan.ParseDate(r.FormValue("day")); err == nil {
		x.first = monday(day)
	}
	f := projections.AgendaFilter{Kind: projections.BookingWork, Since: x.first, Until: x.first.Add(6), Keeper: v.ID, Controllers: []string{v.Actor.Controller, "joint"}, At: p.upto, Limit: mostEngaged + 1}
	if x.desk {
		f.Keeper, f.Desk = "", v.Desk
	}
	booked, err := s.config.Journey.Agenda(r.Context(), f)
	if err != nil {
		return x, missing(err)
	}
	f.Kind, f.Keeper, f.Desk = projections.TaskWork, "", ""
	if !x.desk {
		f.Owner = v.ID
	}
	tasks, err := s.config.Journey.Agenda(r.Context(), f)
	if err != nil {
		return x, missing(err)
	}
	if x.desk {
		if tasks, err = s.ofDesk(r, v, tasks); err != nil {
			return x, err
		}
	}
	x.cut = len(booked) > mostEngaged || len(tasks) > mostEngaged
	x.list = append(booked[:min(len(booked), mostEngaged)], tasks[:min(len(tasks), mostEngaged)]...)
	slices.SortStableFunc(x.list, func(a, b projections.Engagement) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Time, b.Time))
	})
	return x, s.nameWeek(r, v, x)
}

// ofDesk leaves out the tasks of who works at another desk. A task whose owner works
// nowhere any more stays: somebody must see it.
func (s *Site) ofDesk(r *http.Request, v Visitor, tasks []projections.Engagement) ([]projections.Engagement, error) {
	carers, err := s.carers(r.Context(), v)
	if err != nil {
		return nil, err
	}
	elsewhere := map[string]bool{}
	for _, a := range carers {
		elsewhere[a.ID] = v.Desk != "" && a.Desk != v.Desk
	}
	return slices.DeleteFunc(tasks, func(t projections.Engagement) bool { return elsewhere[t.Owner] }), nil
}

// nameWeek opens the names of a week and what its tasks say, in one entry of the
// access log.
func (s *Site) nameWeek(r *http.Request, v Visitor, x *week) error {
	var people, owners []string
	var positions []uint64
	for _, e := range x.list {
		people, owners = append(people, e.Person.ID), append(owners, e.Owner)
		if positions = append(positions, e.Item.Position); e.Ended != 0 {
			positions = append(positions, e.Ended)
		}
	}
	entries, err := s.config.Journey.Entries(r.Context(), ascending(positions)...)
	if err != nil {
		return missing(err)
	}
	x.told = map[uint64]projections.Entry{}
	var open []projections.Entry
	for _, e := range entries {
		if x.told[e.Position] = e; e.Type == "case.task_planned" {
			open = append(open, e)
		}
	}
	return s.nameThese(r, v, x.workday, people, open, "calendar", owners...)
}

// address is that of a week, with what else is chosen.
func (x *week) address(first japan.Date, desk bool, item string) string {
	q := url.Values{"day": {first.String()}}
	if desk {
		q.Set("desk", "all")
	}
	if item != "" {
		q.Set("item", item)
	}
	if x.past.day != 0 {
		q.Set("asof", x.past.day.String())
	}
	return "/calendar?" + q.Encode()
}

func (s *Site) agendaView(r *http.Request, v Visitor, p past) (AgendaView, error) {
	words := v.W.Agenda
	x, err := s.weekOf(r, v, p)
	if err != nil {
		return AgendaView{}, err
	}
	view := AgendaView{Page: s.page(r, v, "today", words.Title, "css/edit.css", "css/records.css", "css/indicator.css", "css/agenda.css"), Heading: words.Week(v.W.Date(x.first), v.W.DayMonth(x.first.Add(6))),
		Notice: savedNotice(r, v), Behind: s.behind(r, v), AsOf: &AsOfBar{W: v.W, Action: "/calendar", Date: p.typed, Error: p.wrong, Index: -1}}
	view.Here = x.address(x.first, x.desk, x.item)
	view.Crumbs = []Crumb{{v.W.Today.Title, "/today"}, {words.Title, ""}}
	view.Whose = []Tab{{words.Own, x.address(x.first, false, ""), !x.desk}, {words.Desk, x.address(x.first, true, ""), x.desk}}
	view.Before, view.Next, view.Now = x.address(x.first.Add(-7), x.desk, ""), x.address(x.first.Add(7), x.desk, ""), x.address(monday(x.on), x.desk, "")
	view.AsOf.Hidden = []Option{{Name: "day", Value: x.first.String()}}
	if x.desk {
		view.AsOf.Hidden = append(view.AsOf.Hidden, Option{Name: "desk", Value: "all"})
	}
	if s.config.Feeds != nil {
		view.Feed = "/calendar/feed"
	}
	view.Days, view.Count = s.agendaDays(v, x), words.Count(len(x.list))
	if x.cut {
		view.More = words.More(mostEngaged)
	}
	if p.day != 0 {
		view.AsOf.Date, view.AsOf.Resolved = v.W.PlainDate(p.day), v.W.Indicator.Replayed(int(p.upto))
		view.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.EndOfDay(p.day)), Back: (&week{workday: &workday{}}).address(x.first, x.desk, "")}
		view.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
	}
	return view, s.agendaChosen(r, v, x, &view)
}

func (s *Site) agendaDays(v Visitor, x *week) []AgendaDay {
	out := make([]AgendaDay, 7)
	for i := range out {
		day := x.first.Add(i)
		out[i] = AgendaDay{ISO: day.String(), Date: v.W.DayMonth(day), Holiday: japan.Holiday(day), Today: day == x.on && x.past.day == 0}
		out[i].Closed = i > 4 || out[i].Holiday != ""
	}
	for _, e := range x.list {
		day := &out[int(e.On-x.first)]
		day.Items = append(day.Items, x.row(v, e))
	}
	return out
}

// endings are how an appointment or a task ended, with the colour of it.
var endings = map[string]Chip{
	"case.consultation_held": {"green", "check", "held"}, "case.booking_missed": {"yellow", "warn", "missed"}, "case.booking_cancelled": {"gray", "", "cancelled"},
	"case.task_done": {"green", "check", "done"}, "case.task_dropped": {"gray", "", "dropped"},
}

func (x *week) row(v Visitor, e projections.Engagement) AgendaItem {
	item := AgendaItem{ISO: e.On.String(), Person: x.person(v, e.Person.ID, e.Person.Number), Chosen: e.ID == x.item, Over: e.Ended != 0, Href: x.address(x.first, x.desk, e.ID) + "#item"}
	if e.Kind == projections.BookingWork {
		item.Icon, item.Chips, item.What = channelIcons[e.What], x.aims(v, e.Work)[1:], v.W.Code("channel", e.What)
		if item.When = v.W.Today.AnyTime; e.Time >= 0 {
			item.When, item.ISO = v.W.Clock(e.Time), item.ISO+"T"+twoDigits(e.Time/100)+":"+twoDigits(e.Time%100)
		}
	} else {
		item.Icon, item.What = "note", x.taskName(v, e.Work)
	}
	switch end, ended := endings[x.told[e.Ended].Type]; {
	case ended:
		end.Text = v.W.Agenda.Ended[end.Text]
		item.State = &end
	case e.Ended != 0 || e.On >= x.on:
	case e.Kind == projections.TaskWork:
		item.State = &Chip{"yellow", "warn", v.W.Today.Overdue(int(x.on - e.On))}
	default:
		item.State = &Chip{"yellow", "warn", v.W.Today.Unlogged}
	}
	return item
}

// ascending are positions in the order of the log, each once.
func ascending(positions []uint64) []uint64 {
	slices.Sort(positions)
	return slices.Compact(positions)
}

// taskName is what a task is, with how long after what it follows.
func (d *workday) taskName(v Visitor, t projections.Work) string {
	name := v.W.Code("task_kind", t.What)
	if months := d.months(t); months > 0 {
		return v.W.Agenda.After(name, months)
	}
	return name
}

// months is how many months after a start or a move a check was planned; 0 for any
// other task. It was planned on the day of what it follows (events.md 8).
func (d *workday) months(t projections.Work) int {
	planned, known := d.told[t.Item.Position]
	if !known || checkActs[t.What] == "" {
		return 0
	}
	due := planned.Facts.Text("due_on")
	for _, n := range []int{3, 6, 12} {
		if planned.From.AddMonths(n).String() == due {
			return n
		}
	}
	return 0
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
