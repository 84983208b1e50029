package api

import (
	"context"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Fresh lets a caller read its own write.
type Fresh struct {
	WaitFor uint64 `query:"wait_for" doc:"position of a receipt; the answer waits up to 5 seconds until the read models hold it"`
}

const patience = 5 * time.Second

// await waits for the journeys, for the figures, which know what position a day had, and
// for what else an answer is made of.
func (a *API) await(ctx context.Context, f Fresh, more ...string) error {
	if f.WaitFor == 0 || a.Wait == nil {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return a.Wait(ctx, f.WaitFor, append(more, "journeys", "indicators")...)
}

// Entry is one event of a journey.
type Entry struct {
	Position    uint64         `json:"position"`
	Event       string         `json:"event"`
	Type        string         `json:"type"`
	Title       string         `json:"title" doc:"in the language of the request"`
	Stream      string         `json:"stream"`
	Group       string         `json:"group"`
	From        string         `json:"from" format:"date"`
	To          string         `json:"to" format:"date"`
	RecordedAt  time.Time      `json:"recorded_at"`
	RecordedBy  string         `json:"recorded_by"`
	Late        bool           `json:"late,omitempty"`
	DelayedDays int            `json:"delayed_days,omitempty"`
	Facts       map[string]any `json:"facts"`
	Corrections []Correction   `json:"corrections,omitempty"`
	Voided      *Correction    `json:"voided,omitempty"`
	Texts       Texts          `json:"texts,omitempty" doc:"field → owner → text, for those who may see it"`
}

// Correction is a later event that changed an entry.
type Correction struct {
	Position   uint64    `json:"position"`
	Type       string    `json:"type"`
	Field      string    `json:"field,omitempty"`
	Old        string    `json:"old,omitempty"`
	New        string    `json:"new,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	RecordedAt time.Time `json:"recorded_at"`
	RecordedBy string    `json:"recorded_by"`
}

// Journey is what happened to a person as it was known on a day, oldest first.
type Journey struct {
	Person  string  `json:"person"`
	KnownAt string  `json:"known_at,omitempty"`
	Entries []Entry `json:"entries"`
	Sample  bool    `json:"sample,omitempty"`
}

type journeyIn struct {
	ID      string `path:"id" doc:"random id of the person, or its number P-00001"`
	KnownAt string `query:"known_at" doc:"day up to whose end the log was known"`
	Texts   bool   `query:"texts" doc:"with the sealed texts that the caller may see; that is written down"`
	Fresh
}

func (a *API) journey(ctx context.Context, in *journeyIn) (Journey, error) {
	if err := a.await(ctx, in.Fresh); err != nil {
		return Journey{}, err
	}
	known := projections.Newest
	if in.KnownAt != "" {
		var err error
		if known, _, err = knownAt(ctx, a.Figures, in.KnownAt, a.today()); err != nil {
			return Journey{}, err
		}
	}
	id, err := a.personID(ctx, in.ID)
	if err != nil {
		return Journey{}, err
	}
	list, err := a.Journeys.Journey(ctx, id, known)
	if err != nil {
		return Journey{}, err
	}
	out := Journey{Person: id, KnownAt: in.KnownAt, Sample: a.Sample}
	var records []domain.Recorded
	for _, e := range list {
		if !a.may(ctx, e.Controller) {
			continue
		}
		laid, rec, err := lay(ctx, e)
		if err != nil {
			return Journey{}, err
		}
		out.Entries, records = append(out.Entries, laid), append(records, rec)
	}
	if len(out.Entries) == 0 {
		return Journey{}, errMissing
	}
	if !in.Texts {
		return out, nil
	}
	return out, a.open(ctx, id, "journey", out.Entries, records)
}

// personID answers the id behind a person's number; an id is its own.
func (a *API) personID(ctx context.Context, id string) (string, error) {
	digits, numbered := strings.CutPrefix(id, "P-")
	n, err := strconv.Atoi(digits)
	if !numbered || err != nil {
		return id, nil
	}
	ref, err := a.Journeys.Numbered(ctx, n)
	return ref.ID, err
}

// open puts the texts that the caller may see beside the facts.
func (a *API) open(ctx context.Context, subject, reason string, entries []Entry, records []domain.Recorded) error {
	texts, err := a.Door.Open(ctx, visitorOf(ctx).Actor, subject, reason, records...)
	for i := range texts {
		entries[i].Texts = texts[i]
	}
	return err
}

// lay lays out an entry of the read model, with the event as it lies in the log.
func lay(ctx context.Context, e projections.Entry) (Entry, domain.Recorded, error) {
	return Lay(visitorOf(ctx).words, e)
}

// Lay is the API's form of a timeline entry, with the stored event beside it;
// the command line prints the same.
func Lay(words *locale.Words, e projections.Entry) (Entry, domain.Recorded, error) {
	id, err := uuid.Parse(e.EventID)
	if err != nil {
		return Entry{}, domain.Recorded{}, err
	}
	facts, err := domain.ParseFacts(e.Facts)
	if err != nil {
		return Entry{}, domain.Recorded{}, err
	}
	out := Entry{
		Position: e.Position, Event: e.EventID, Type: e.Type, Title: words.Event(e.Type), Stream: e.Stream, Group: e.Group,
		From: e.From.String(), To: e.To.String(), RecordedAt: e.RecordedAt, RecordedBy: e.RecordedBy,
		Late: e.Late, DelayedDays: e.Delayed, Facts: make(map[string]any, len(facts)),
	}
	for _, f := range facts {
		if out.Facts[f.Key] = f.Text; f.IsInt {
			out.Facts[f.Key] = f.Int
		}
	}
	for _, c := range e.Corrected {
		out.Corrections = append(out.Corrections, Correction(c))
	}
	if e.Voided != nil {
		c := Correction(*e.Voided)
		out.Voided = &c
	}
	version, _ := e.Facts.Int("version")
	return out, domain.Recorded{Position: e.Position, ID: id, Stream: e.Stream, Version: uint64(version), Type: e.Type, Body: e.Body}, nil
}

type eventIn struct {
	Position uint64 `path:"position"`
	Fresh
}

// Event is one event, with where it stands in the log.
type Event struct {
	Entry
	Leaf      string   `json:"leaf" doc:"leaf hash of the log's tree, hex"`
	ChangedBy []uint64 `json:"changed_by,omitempty" doc:"positions of what corrects or voids it"`
}

func (a *API) event(ctx context.Context, in *eventIn) (Event, error) {
	if err := a.await(ctx, in.Fresh, "audit"); err != nil {
		return Event{}, err
	}
	e, err := a.Journeys.Record(ctx, in.Position, projections.Newest)
	if err != nil {
		return Event{}, err
	}
	if !a.may(ctx, e.Controller) {
		return Event{}, errMissing
	}
	entry, _, err := lay(ctx, e)
	if err != nil {
		return Event{}, err
	}
	trail, err := a.Audit.Entry(ctx, in.Position)
	if err != nil {
		return Event{}, err
	}
	changes, err := a.Audit.ChangesOf(ctx, in.Position)
	out := Event{Entry: entry, Leaf: hex.EncodeToString(trail.Leaf[:])}
	for _, c := range changes {
		out.ChangedBy = append(out.ChangedBy, c.Position)
	}
	return out, err
}

// Act is one line of the audit trail.
type Act struct {
	Position   uint64    `json:"position"`
	Event      string    `json:"event"`
	Command    string    `json:"command"`
	Type       string    `json:"type"`
	Stream     string    `json:"stream"`
	Version    int       `json:"version"`
	By         string    `json:"by"`
	OnBehalfOf string    `json:"on_behalf_of,omitempty"`
	OccurredOn string    `json:"occurred_on" format:"date"`
	RecordedAt time.Time `json:"recorded_at"`
	Change     string    `json:"change" enum:"recorded,corrected,voided"`
	Target     uint64    `json:"target,omitempty" doc:"position of what it corrects or voids"`
	Leaf       string    `json:"leaf"`
}

// Trail is a page of the audit trail, newest first.
type Trail struct {
	Acts []Act  `json:"acts"`
	Next uint64 `json:"next,omitempty" doc:"give it as before for the next page"`
}

type auditIn struct {
	Stream  string `query:"stream" doc:"case-…, person-…"`
	By      string `query:"by" doc:"account"`
	After   uint64 `query:"after" doc:"only positions above"`
	Before  uint64 `query:"before" doc:"only positions below: the next page"`
	From    string `query:"from" doc:"first day of recording"`
	To      string `query:"to" doc:"last day of recording"`
	Changes bool   `query:"changes" doc:"only what corrects or voids"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Fresh
}

func (a *API) audit(ctx context.Context, in *auditIn) (Trail, error) {
	if err := a.await(ctx, in.Fresh, "audit"); err != nil {
		return Trail{}, err
	}
	if !a.may(ctx, visitorOf(ctx).Controller) {
		return Trail{}, domain.Refuse("account.not_allowed")
	}
	filter := projections.AuditFilter{Controller: visitorOf(ctx).Controller, Account: in.By, Stream: in.Stream, Changes: in.Changes, Before: in.Before, Limit: in.Limit}
	if err := span(in.From, in.To, &filter); err != nil {
		return Trail{}, err
	}
	list, err := a.Audit.Trail(ctx, filter)
	if err != nil {
		return Trail{}, err
	}
	out := Trail{Acts: []Act{}}
	for _, e := range list {
		if e.Position <= in.After {
			return out, nil
		}
		out.Next = e.Position
		if a.may(ctx, e.Controller) {
			out.Acts = append(out.Acts, act(e))
		}
	}
	if len(list) < in.Limit {
		out.Next = 0
	}
	return out, nil
}

func span(from, to string, f *projections.AuditFilter) error {
	if from != "" {
		d, err := japan.ParseDate(from)
		if err != nil {
			return domain.RefuseField("field.date", "from")
		}
		f.From = d.Start()
	}
	if to != "" {
		d, err := japan.ParseDate(to)
		if err != nil {
			return domain.RefuseField("field.date", "to")
		}
		f.To = d.Add(1).Start()
	}
	return nil
}

func act(e projections.AuditEntry) Act {
	return Act{
		Position: e.Position, Event: e.EventID, Command: e.CommandID, Type: e.Type, Stream: e.Stream, Version: e.Version,
		By: e.By, OnBehalfOf: e.OnBehalfOf, OccurredOn: e.OccurredOn.String(), RecordedAt: e.RecordedAt,
		Change: e.Change, Target: e.Target, Leaf: hex.EncodeToString(e.Leaf[:]),
	}
}
