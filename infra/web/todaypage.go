package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// todayPage is the counsellor's first page.
func (s *Site) todayPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	return s.showToday(w, r, v, DueForm{})
}

// showToday sends the page. A form that was refused comes back as it was typed.
func (s *Site) showToday(w http.ResponseWriter, r *http.Request, v Visitor, typed DueForm) error {
	p := past{upto: projections.Newest, status: http.StatusOK}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		var err error
		if p, err = s.morningOf(r, v); err != nil {
			return err
		}
	}
	_, moved, err := s.config.Journey.Moved(r.Context(), 0, slices.Collect(maps.Values(s.mine(v)))...)
	if err != nil {
		return missing(err)
	}
	d, err := s.workdayOf(r, v, p)
	if err != nil {
		return err
	}
	words := v.W.Today
	view := TodayView{Page: s.page(r, v, "today", words.Title, "css/indicator.css", "css/today.css"), Heading: words.Heading(v.W.Date(d.on)), New: "/intake", Keys: keysOf(v.W, "today", true),
		Notice: savedNotice(r, v), Behind: s.behind(r, v), AsOf: &AsOfBar{W: v.W, Action: "/today", Date: p.typed, Error: p.wrong, Index: -1}}
	view.Here, view.Search = "/today", false
	view.Appointments, view.Unlogged = s.dueRows(v, d), unloggedRows(v, d)
	view.Late, view.Referrals = lateRows(v, d, typed), referralRows(v, d)
	view.Notes, view.Confirmations, view.Pairs = noteRows(v, d), awaitedRows(v, d), pairRows(v, d)
	view.Jumps = d.jumps(v, view)
	if n := len(d.soon); n > 0 {
		view.Soon = words.Soon(n)
	}
	if slices.ContainsFunc(view.Jumps, func(j TodayJump) bool { return j.Count > todayShown }) {
		view.More = words.More(todayShown)
	}
	if p.day != 0 {
		view.Here += "?asof=" + p.day.String()
		view.AsOf.Date, view.AsOf.Resolved = v.W.PlainDate(p.day), v.W.Indicator.Replayed(int(p.upto))
		view.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.EndOfDay(p.day.Add(-1))), Back: "/today"}
		view.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
	} else {
		if view.Inbox, err = s.lineWaits(r, v); err != nil {
			return err
		}
		now := s.config.Now().In(japan.Zone)
		view.Clock = v.W.Clock(now.Hour()*100 + now.Minute())
		view.Stream, view.Live = "/today/stream?from="+strconv.FormatUint(moved, 10), &Live{Text: v.W.Frame.Live.Receiving}
	}
	if typed.Error != "" {
		view.Errors, p.status = newErrors(v.W, FieldError{"due-" + typed.ID, typed.Error}), http.StatusUnprocessableEntity
	}
	return s.show(w, r, p.status, "today", "", view)
}

// morningOf reads the past day of an address: its lists are shown as they stood when
// the day began, for a day that is over has no appointments left.
func (s *Site) morningOf(r *http.Request, v Visitor) (past, error) {
	p, err := s.pastOf(r, v)
	if err == nil && p.day != 0 {
		p.upto, err = s.config.Figures.PositionAt(r.Context(), p.day.Add(-1))
		p.upto = max(p.upto, 1) // before a log began nothing was to be done, and its first record is no work
	}
	return p, missing(err)
}

// near writes a day that lies about the day of the page: with its year only where
// that is not clear.
func (d *workday) near(v Visitor, on japan.Date) string {
	if d.on-on > 300 || on-d.on > 300 {
		return v.W.Date(on)
	}
	return v.W.DayMonth(on)
}

// jumps are the lists of the day with their lengths.
func (d *workday) jumps(v Visitor, view TodayView) []TodayJump {
	words := v.W.Today
	out := []TodayJump{
		{"1", "appointments", words.Appointments, len(d.due), "", false}, {"2", "unlogged", words.Unlogged, len(d.unlogged), "", false},
		{"3", "late", words.Late, len(d.late), "", false}, {"4", "referrals", words.Referrals, len(d.referred), "", false},
		{"5", "confirmations", words.Confirmations, len(d.unconfirmed), "", false}, {"6", "pairs", words.Pairs, len(d.pairs), "", false},
		{"7", "notes", words.Notes, len(d.handedOver) + len(d.notes), "", false},
	}
	for _, row := range view.Appointments {
		if row.Next {
			out[0].Note = words.NextAt(row.When)
		}
	}
	if len(d.unlogged) > 0 {
		out[1].Note, out[1].Warns = words.Longest(int(d.on-d.unlogged[0].On)), true
	}
	if len(d.late) > 0 {
		out[2].Note, out[2].Warns = words.LongestOver(int(d.on-d.late[0].On)), true
	}
	if over := d.beyondGoal(); over > 0 {
		out[3].Note, out[3].Warns = words.OverGoal(over), true
	}
	if len(d.unconfirmed) > 0 {
		out[4].Note = words.Longest(int(d.on - d.unconfirmed[0].On))
	}
	if n := len(view.Pairs); n > 0 {
		out[5].Note = words.Highest(slices.MaxFunc(view.Pairs, func(a, b LikenessRow) int { return cmp.Compare(number(a.Points), number(b.Points)) }).Points)
	}
	if n := out[6].Count; n > 0 {
		out[6].Note = words.Unread(n)
	}
	return out
}

func number(text string) int { n, _ := strconv.Atoi(text); return n }

func (d *workday) beyondGoal() int {
	over := 0
	for _, x := range d.referred {
		if d.on-x.On > answerGoal {
			over++
		}
	}
	return over
}

// act says what the button of a row does: in the past, only look.
func (d *workday) act(v Visitor, row *TodayRow, text, hash string) {
	row.Act, row.Href = text, row.Person.Href+hash
	if d.past.day != 0 {
		row.Act, row.Href = v.W.Today.SeeThen, row.Person.Href
	}
}

func (s *Site) dueRows(v Visitor, d *workday) []TodayRow {
	now := s.config.Now().In(japan.Zone)
	minute, next := now.Hour()*100+now.Minute(), d.past.day != 0
	var out []TodayRow
	for _, b := range shown(d.due) {
		row := TodayRow{ISO: b.On.String(), When: v.W.Today.AnyTime, Person: d.person(v, b.Person.ID, b.Person.Number), Chips: d.aims(v, b)}
		if b.Time >= 0 {
			row.When = v.W.Clock(b.Time)
		}
		if !next && b.Time >= minute {
			row.Next, next = true, true
			row.Mark = &Chip{"blue", "", v.W.Today.NextIn(minutes(b.Time) - minutes(minute))}
		}
		d.act(v, &row, v.W.Today.Begin, "#entry")
		out = append(out, row)
	}
	return out
}

// minutes are those of a clock time since midnight.
func minutes(hhmm int) int { return hhmm/100*60 + hhmm%100 }

// aims are the way to meet and what it is about.
func (d *workday) aims(v Visitor, b projections.Work) []Chip {
	chips := []Chip{{"gray", channelIcons[b.What], v.W.Code("channel", b.What)}}
	for _, c := range strings.Split(d.told[b.Item.Position].Facts.Text("categories"), ",") {
		if c != "" {
			chips = append(chips, Chip{cmp.Or(map[string]string{"job": "blue", "relocation": "cyan"}[c], "gray"), "", v.W.Code("category", c)})
		}
	}
	return chips
}

func unloggedRows(v Visitor, d *workday) []TodayRow {
	var out []TodayRow
	for _, b := range shown(d.unlogged) {
		row := TodayRow{ISO: b.On.String(), When: d.near(v, b.On), Person: d.person(v, b.Person.ID, b.Person.Number), Chips: d.aims(v, b),
			Mark: &Chip{"yellow", "warn", v.W.Today.Since(int(d.on - b.On))}}
		if b.Time >= 0 {
			row.When += " " + v.W.Clock(b.Time)
		}
		if d.act(v, &row, v.W.Today.Log, "#entry"); d.past.day == 0 {
			row.Missed = "/people/" + b.Person.ID + "/bookings/" + b.ID + "/missed"
		}
		out = append(out, row)
	}
	return out
}

// dueReasons are why a task gets another day, or is given up.
var dueReasons = []string{"person_wish", "no_answer", "waiting", "workload", "not_needed"}

func lateRows(v Visitor, d *workday, typed DueForm) []TodayRow {
	var out []TodayRow
	for _, t := range shown(d.late) {
		row := TodayRow{ISO: t.On.String(), When: v.W.Today.DueOn(d.near(v, t.On)), Person: d.person(v, t.Person.ID, t.Person.Number), What: d.taskName(v, t),
			Mark: &Chip{"yellow", "warn", v.W.Today.Overdue(int(d.on - t.On))}}
		if told := d.seen.texts[t.Item.Position].first("wording"); told != "" {
			row.What, row.More = told, row.What
		}
		if d.act(v, &row, v.W.Today.Contact, "#entry"); d.past.day == 0 {
			if checkActs[t.What] != "" { // what was found out is recorded where the check is
				row.Act, row.Href = v.W.Today.Log, "/calendar?desk=all&day="+t.On.String()+"&item="+t.ID+"#item"
			}
			form := DueForm{ID: t.ID, Action: "/people/" + t.Person.ID + "/tasks/" + t.ID + "/due", Drop: "/people/" + t.Person.ID + "/tasks/" + t.ID + "/drop"}
			if typed.ID == t.ID {
				form.Typed, form.Error, form.Open = typed.Typed, typed.Error, true
			}
			for _, reason := range dueReasons {
				form.Reasons = append(form.Reasons, Option{Value: reason, Text: v.W.Today.Reasons[reason]})
			}
			row.Due = &form
		}
		out = append(out, row)
	}
	return out
}

func referralRows(v Visitor, d *workday) []TodayRow {
	var out []TodayRow
	for _, x := range shown(d.referred) {
		waits := int(d.on - x.On)
		row := TodayRow{ISO: x.On.String(), When: d.near(v, x.On), Person: d.person(v, x.Person.ID, x.Person.Number), What: d.partners[x.Partner], More: v.W.Code("referral_purpose", x.What),
			State: &Chip{"blue", "", v.W.Code("referral_state", x.State)}, Days: v.W.Today.Waited(waits), Share: min(100, 50*max(waits, 0)/answerGoal)}
		if row.What == "" {
			row.What, row.More = row.More, ""
		}
		if waits > answerGoal {
			row.Over = v.W.Today.BeyondGoal
		}
		d.act(v, &row, v.W.Today.See, "")
		row.Href = referralHref(x.Item.Position)
		out = append(out, row)
	}
	return out
}

func noteRows(v Visitor, d *workday) []NoteRow {
	var out []NoteRow
	for _, n := range append(slices.Clone(shown(d.handedOver)), shown(d.notes)...) {
		e := d.told[n.Changed]
		row := NoteRow{ISO: n.On.String(), When: v.W.DayTime(e.RecordedAt), By: d.seen.name(v, e.RecordedBy), Text: d.seen.note(v.W, e), Person: d.person(v, n.Person.ID, n.Person.Number)}
		if n.Kind == projections.HandoverWork {
			row.Kind = v.W.Event("case.handed_over")
			row.Text = d.seen.texts[e.Position].first("handover_note")
		}
		if d.past.day == 0 {
			row.Read = recordHref(e.Position) + "/read"
		}
		out = append(out, row)
	}
	return out
}

func awaitedRows(v Visitor, d *workday) []AwaitedRow {
	var out []AwaitedRow
	for _, i := range shown(d.unconfirmed) {
		e, waits := d.told[i.Position], int(d.on-i.On)
		row := AwaitedRow{Person: d.person(v, whoseOutcome(e), 0), Grade: v.W.Code("grade", "d"), Late: waits > gate.ConfirmWithin,
			OverdueRow: OverdueRow{ISO: i.On.String(), When: d.near(v, i.On), Text: v.W.Event(e.Type), Days: v.W.Today.Passed(waits), Number: recordNumber(i.Position), Href: recordHref(i.Position)}}
		if link := confirmLink(v, e.Type, i.Position); link != nil && d.past.day == 0 {
			row.Confirm = link.Href
		}
		out = append(out, row)
	}
	return out
}

func pairRows(v Visitor, d *workday) []LikenessRow {
	var out []LikenessRow
	for _, w := range shown(d.pairs) {
		one, other := w.Between()
		e := d.told[w.Position]
		points, _ := e.Facts.Int("score")
		row := LikenessRow{One: d.person(v, one, 0), Other: d.person(v, other, 0), Points: v.W.Number(int(points))}
		row.Why = v.W.CodeNames("signals", strings.Split(e.Facts.Text("signals"), ","))
		row.Href = row.One.Href
		if d.past.day == 0 {
			row.Href = "/duplicates/" + strconv.FormatUint(w.Position, 10)
		}
		out = append(out, row)
	}
	return out
}
