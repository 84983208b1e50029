package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// entryInput is the form of a consultation as it was typed.
type entryInput struct {
	channel                   string
	categories, concerns      []string
	memo, next, when, outcome string
	started, ended, outside   string
	commandID, expected       string
	draft                     string // its id
	nextRead, whenRead        string
	occurred                  japan.Typed
	coming                    japan.Typed
	startClock, endClock      *int
	faults                    []FieldError
}

func readEntry(form url.Values) *entryInput {
	text := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	return &entryInput{
		channel: text("channel"), categories: form["categories"], concerns: form["concerns"],
		memo: strings.ReplaceAll(text("memo"), "\r\n", "\n"), next: text("next"), when: text("when"), outcome: text("outcome"),
		started: text("started_at"), ended: text("ended_at"), outside: text("outside"),
		commandID: text("command_id"), expected: text("expected"), draft: text("draft"),
	}
}

// check reads what was typed as dates and times and notes what cannot be read.
func (in *entryInput) check(w *locale.Words, today japan.Date) {
	wrong := func(field, text string) { in.faults = append(in.faults, FieldError{field, text}) }
	if in.channel == "" {
		wrong("channel", w.Message.RequiredChoose(w.Field("channel")))
	}
	if len(in.categories) == 0 {
		wrong("categories", w.Message.RequiredChoose(w.Field("categories")))
	}
	if in.memo == "" {
		wrong("memo", w.Message.Required(w.Entry.Memo))
	}
	var err error
	if in.when != "" {
		if in.occurred, err = japan.ReadPast(in.when, today); err != nil {
			wrong("when", dateFault(w, err, "when"))
		} else {
			in.whenRead = w.ReadBack(in.occurred)
		}
	}
	if in.next != "" {
		if in.coming, err = japan.ReadComing(in.next, today); err != nil || in.coming.Precision != japan.PrecisionDay {
			wrong("next", dateFault(w, err, "next"))
		} else {
			in.nextRead = w.ReadBack(in.coming)
		}
	}
	for field, at := range map[string]**int{"started_at": &in.startClock, "ended_at": &in.endClock} {
		typed := map[string]string{"started_at": in.started, "ended_at": in.ended}[field]
		if typed == "" {
			continue
		}
		if *at = readClock(typed); *at == nil {
			wrong(field, w.Refusal("field.time", field, nil))
		}
	}
	slices.SortFunc(in.faults, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
}

// readClock reads 14:30, 1430 or 9; nil if it is none of them.
func readClock(text string) *int {
	t, err := japan.ReadPast("2000-01-01 "+clockText(text), japan.On(2000, 1, 2))
	if err != nil {
		return nil
	}
	return t.Clock
}

// clockText writes digits alone as hours and minutes.
func clockText(text string) string {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		if len(text) > 2 {
			return strconv.Itoa(n/100) + ":" + text[len(text)-2:]
		}
		return text + ":00"
	}
	return text
}

// messageChannels are recorded as days of a thread, not as sessions.
var messageChannels = []string{"email", "line", "letter"}

// command answers the command that records what was typed.
func (in *entryInput) command(v Visitor, d *dossier, c *projections.CaseSummary) (string, map[string]any) {
	data := map[string]any{"case": c.ID, "channel": in.channel, "categories": in.categories, "counsellor": v.ID, "notice_version": d.notice()}
	if desk := v.Actor.Desk; desk != "" {
		data["desk"] = desk
	} else {
		data["desk"] = c.Desk
	}
	if in.occurred.Date != 0 {
		data["occurred_on"], data["precision"] = in.occurred.Date.String(), in.occurred.Precision
	}
	if slices.Contains(messageChannels, in.channel) {
		data["inbound"], data["outbound"], data["summary"] = 1, 1, in.memo
		return "case.log_message_day", data
	}
	in.session(data, c)
	return "case.hold_consultation", data
}

func (in *entryInput) session(data map[string]any, c *projections.CaseSummary) {
	data["lead_person"], data["attendee_count"], data["initiated_by"] = c.Lead, 1, "person"
	data["advice"], data["note"], data["outcome"] = true, in.memo, in.outcome
	if in.outcome == "" {
		data["outcome"] = "continuing"
	}
	if len(in.concerns) > 0 {
		data["concerns"] = in.concerns
	}
	if in.outside != "" {
		data["outside_hours_reason"] = in.outside
	}
	if in.startClock != nil {
		data["started_at"] = *in.startClock
	}
	if in.endClock != nil {
		data["ended_at"] = *in.endClock
	}
}

// promise answers the command that keeps the next appointment, or that puts it
// on the list where no time was named; "" if nothing was typed.
func (in *entryInput) promise(v Visitor, c *projections.CaseSummary) (string, map[string]any) {
	switch {
	case in.next == "":
		return "", nil
	case in.coming.Clock == nil:
		return "case.plan_task", map[string]any{"case": c.ID, "kind": "call_back", "due_on": in.coming.Date.String(), "owner": v.ID}
	}
	channel := in.coming.Channel
	if channel == "" {
		channel = "in_person"
	}
	return "case.make_booking", map[string]any{"case": c.ID, "slot_on": in.coming.Date.String(), "slot_time": *in.coming.Clock,
		"channel": channel, "desk": c.Desk, "categories": in.categories}
}

// notice is the version of the purpose notice the person was shown last.
func (d *dossier) notice() string {
	if d.sum.NoticeVersion == "" && d.sum.Anonymous {
		return "none_anonymous"
	}
	return d.sum.NoticeVersion
}

// dataOf makes command data; what this package puts in always marshals.
func dataOf(fields map[string]any) (domain.Data, error) {
	out := domain.Data{}
	for name, value := range fields {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		out[name] = raw
	}
	return out, nil
}

// newEntry is the empty form for a case.
func (s *Site) newEntry(v Visitor, d *dossier, c *projections.CaseSummary) *EntryForm {
	return entryForm(v, d, c, &entryInput{channel: "in_person", outcome: "continuing", commandID: uuid.NewString(), draft: uuid.NewString(), expected: strconv.Itoa(c.Version)},
		v.W.DateTime(s.config.Now()))
}

// keyed are the choices of the form that have a key.
var (
	keyedChannels = []struct{ code, word, icon string }{
		{"in_person", "in_person", "desk"}, {"phone", "phone", "tel"}, {"line", "line", "line"}, {"email", "email", "mail"},
		{"online", "online", "video"}, {"fair_booth", "event", "event"},
	}
	keyedContents = []struct{ name, code, word, key string }{
		{"categories", "job", "job", "j"}, {"categories", "relocation", "relocation", "i"}, {"categories", "housing", "housing", "s"},
		{"concerns", "childcare", "childcare", "k"}, {"concerns", "support", "support", "m"}, {"categories", "other", "other", "o"},
	}
	moreContents   = []string{"student", "farming", "startup", "side_job", "settlement"}
	outsideReasons = []string{"person_wish", "work", "family", "other"}
)

// entryForm shows the form with what was typed.
func entryForm(v Visitor, d *dossier, c *projections.CaseSummary, in *entryInput, now string) *EntryForm {
	w := v.W
	f := &EntryForm{W: w, Action: "/people/" + d.sum.ID + "/consultations", CommandID: in.commandID, Expected: in.expected, Case: c.ID, DraftID: in.draft, Started: now,
		Memo: in.memo, Next: in.next, NextRead: in.nextRead, When: in.when, WhenRead: in.whenRead, StartedAt: in.started, EndedAt: in.ended,
		NeedsWhy: in.outside != "", Letter: "/people/" + d.sum.ID + "/refer",
		KeepDraft: "/people/" + d.sum.ID + "/draft", DropDraft: "/people/" + d.sum.ID + "/draft/drop"}
	for i, k := range keyedChannels {
		f.Channels = append(f.Channels, Option{Name: "channel", Value: k.code, Text: w.Entry.Channels[k.word], Icon: k.icon, Key: strconv.Itoa(i + 1), Chosen: in.channel == k.code})
	}
	for _, k := range keyedContents {
		chosen := slices.Contains(in.categories, k.code) && k.name == "categories" || slices.Contains(in.concerns, k.code) && k.name == "concerns"
		f.Contents = append(f.Contents, Option{Name: k.name, Value: k.code, Text: w.Entry.Categories[k.word], Key: k.key, Chosen: chosen})
	}
	for _, code := range moreContents {
		f.More = append(f.More, Option{Name: "categories", Value: code, Text: w.Code("category", code), Chosen: slices.Contains(in.categories, code)})
	}
	for _, code := range domain.Codes["session_outcome"] {
		f.Outcomes = append(f.Outcomes, Option{Value: code, Text: w.Code("session_outcome", code), Chosen: in.outcome == code})
	}
	f.Outside = []Option{{Text: w.Entry.OutsideNone, Chosen: in.outside == ""}}
	for _, code := range outsideReasons {
		f.Outside = append(f.Outside, Option{Value: code, Text: w.Code("reason", code), Chosen: in.outside == code})
	}
	if len(in.faults) > 0 {
		f.Errors = newErrors(w, in.faults...)
	}
	return f
}

// address of a person's page with the record just saved.
func savedAddress(person string, position uint64, again bool) string {
	q := url.Values{"saved": {strconv.FormatUint(position, 10)}, "at": {strconv.FormatUint(position, 10)}}
	if again {
		q.Set("again", "1")
	}
	return "/people/" + person + "?" + q.Encode()
}
