package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// groups are the filters of a timeline, in their order.
var groups = []string{
	projections.GroupConsultation, projections.GroupReferralJob, projections.GroupRelocation, projections.GroupEvent, projections.GroupSystem,
}

// shownAtOnce is how many entries a page holds unless all were asked for.
const shownAtOnce = 60

// evening is when the hours of a working day end (HHMM).
const evening = 1800

// timelineOf lays the entries of a dossier out, newest first. fresh is the
// position after which entries are marked as new.
func timelineOf(v Visitor, d *dossier, address *url.URL, fresh uint64) Timeline {
	kind, all := address.Query().Get("type"), address.Query().Get("all") != ""
	shown, corrections := visible(d.entries, kind)
	t := Timeline{Count: v.W.Journey.Count(len(shown), corrections), Here: address.RequestURI(), Filters: filters(v.W, d.entries, address, kind)}
	if len(shown) > shownAtOnce && !all {
		shown = shown[:shownAtOnce]
		t.Older = with(address, "all", "1")
	}
	open, papers := unconfirmed(d), papersOf(v, d)
	for i, e := range shown {
		heading := v.W.Month(e.From)
		if n := len(t.Months); n == 0 || t.Months[n-1].Heading != heading {
			t.Months = append(t.Months, TimelineMonth{Heading: heading})
		}
		row := entryRow(v, d, e)
		if open[e.Position] && v.holds("CO", "LD") {
			row.Confirm = recordHref(e.Position) + "/confirm"
		}
		row.Paper = papers[e.Facts.Text("document")]
		row.Last, row.New = i == len(shown)-1, fresh > 0 && e.Position > fresh
		m := &t.Months[len(t.Months)-1]
		m.Entries = append(m.Entries, row)
	}
	return t
}

// visible are the entries of a kind, newest first, without those that are shown
// at the entry they correct, and how many corrections they carry.
func visible(entries []projections.Entry, kind string) (out []projections.Entry, corrections int) {
	at := map[uint64]bool{}
	for _, e := range entries {
		for _, c := range e.Corrected {
			at[c.Position] = true
		}
		if e.Voided != nil {
			at[e.Voided.Position] = true
		}
	}
	for _, e := range entries {
		if at[e.Position] || kind == "" && e.Group == projections.GroupSystem || kind != "" && e.Group != kind {
			continue
		}
		out = append(out, e)
		corrections += len(e.Corrected)
	}
	slices.SortStableFunc(out, func(a, b projections.Entry) int {
		if a.From != b.From {
			return int(b.From - a.From)
		}
		return int(int64(b.Position) - int64(a.Position))
	})
	return out, corrections
}

// filters choose a kind of entries; each says how many it shows.
func filters(w *locale.Words, entries []projections.Entry, address *url.URL, kind string) []Tab {
	out := make([]Tab, 0, len(groups)+1)
	for _, g := range append([]string{""}, groups...) {
		name := w.Journey.All
		if g != "" {
			name = w.Code("timeline_group", g)
		}
		shown, _ := visible(entries, g)
		out = append(out, Tab{Text: name + " " + w.Number(len(shown)), Href: with(address, "type", g), Current: kind == g})
	}
	return out
}

// with is an address with one parameter changed; "" takes it away.
func with(address *url.URL, name, value string) string {
	q := address.Query()
	for _, passing := range []string{name, "saved", "at", "from"} {
		q.Del(passing)
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return address.Path
	}
	return address.Path + "?" + q.Encode()
}

func entryRow(v Visitor, d *dossier, e projections.Entry) TimelineEntry {
	w := v.W
	kind, icon := look(e)
	at := e.RecordedAt.In(japan.Zone)
	recorded := japan.DateOf(e.RecordedAt)
	row := TimelineEntry{
		ID: "e" + strconv.FormatUint(e.Position, 10), Kind: kind, Icon: icon, ISO: e.From.String(), When: w.DayMonth(e.From),
		Title: w.Event(e.Type), Chips: entryChips(w, e), Text: d.seen.note(w, e),
		Recorded: w.Journey.Recorded(d.seen.name(v, e.RecordedBy), recordedAt(w, e, recorded)),
		Late:     recorded > e.To, Number: recordNumber(e.Position), Href: recordHref(e.Position), Receipt: receiptHref(v, e),
	}
	if e.Precision != japan.PrecisionDay {
		row.When = w.Month(e.From)
	}
	if d.late[e.Position] {
		row.Chips = append(row.Chips, afterCloseChip(w))
	}
	clock := e.Time
	if n, ok := e.Facts.Int("started_at"); ok {
		clock = int(n)
	}
	if clock < 0 && recorded == e.From && e.Group == projections.GroupConsultation {
		clock = at.Hour()*100 + at.Minute()
	}
	row.AfterHours = clock >= evening
	if g := e.Facts.Text("grade"); g != "" {
		row.Evidence = w.Journey.Evidence(w.Code("grade", g))
	}
	for _, c := range e.Corrected {
		row.Corrections = append(row.Corrections, correctionRow(v, d, e, c))
	}
	if e.Voided != nil {
		row.Voided = &Correction{By: w.Journey.VoidedBy(d.seen.name(v, e.Voided.RecordedBy), w.DayTime(e.Voided.RecordedAt), w.Code("reason", e.Voided.Reason)),
			Number: recordNumber(e.Voided.Position), Href: recordHref(e.Voided.Position)}
	}
	return row
}

// recordedAt names the year only where it is another than that of the event.
func recordedAt(w *locale.Words, e projections.Entry, recorded japan.Date) string {
	y1, _, _ := e.From.Civil()
	if y2, _, _ := recorded.Civil(); y1 != y2 {
		return w.DateTime(e.RecordedAt)
	}
	return w.DayTime(e.RecordedAt)
}

func correctionRow(v Visitor, d *dossier, e projections.Entry, c projections.Correction) Correction {
	out := Correction{Field: v.W.Field(c.Field), By: v.W.Journey.CorrectedBy(d.seen.name(v, c.RecordedBy), v.W.DayTime(c.RecordedAt)),
		Number: recordNumber(c.Position), Href: recordHref(c.Position)}
	out.Old, out.New = d.seen.changed(v.W, e, c)
	return out
}

func recordHref(position uint64) string { return "/records/" + strconv.FormatUint(position, 10) }

// channelIcons are the pictures of the ways to meet.
var channelIcons = map[string]string{
	"in_person": "desk", "phone": "tel", "line": "line", "email": "mail", "letter": "mail", "online": "video",
	"fair_booth": "event", "seminar_individual": "event", "tour": "event", "visiting_desk": "event", "home_visit": "home",
}

// look is the colour and the picture of an entry.
func look(e projections.Entry) (kind, icon string) {
	switch e.Group {
	case projections.GroupConsultation:
		if icon = channelIcons[e.Channel]; icon == "" {
			icon = "note"
		}
		return "blue", icon
	case projections.GroupReferralJob:
		for _, stem := range []string{"case.referral_", "case.information_", "case.sharing_"} {
			if strings.HasPrefix(e.Type, stem) {
				return "purple", "ref"
			}
		}
		return "green", "job"
	case projections.GroupRelocation:
		return "cyan", "home"
	case projections.GroupEvent:
		return "orange", "event"
	}
	if strings.HasPrefix(e.Type, "person.consent_") || e.Type == "person.notice_given" {
		return "green", "ok"
	}
	return "gray", "user"
}

// relocationCategories colour a chip as relocation (counting.md 4, C2).
var relocationCategories = []string{"relocation", "housing", "farming", "startup"}

func entryChips(w *locale.Words, e projections.Entry) []Chip {
	var out []Chip
	for _, c := range e.Categories {
		kind := "blue"
		if slices.Contains(relocationCategories, c) {
			kind = "cyan"
		}
		out = append(out, Chip{Kind: kind, Text: w.Code("category", c)})
	}
	if e.Channel != "" {
		out = append(out, Chip{Kind: "gray", Text: w.Code("channel", e.Channel)})
	}
	if to := e.Facts.Text("to"); to != "" && e.Type == "case.stage_changed" {
		out = append(out, Chip{Kind: "gray", Text: w.Code("stage", to)})
	}
	return out
}
