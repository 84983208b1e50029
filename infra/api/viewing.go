package api

import (
	"context"
	"encoding/hex"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/projections"
)

// Viewed is one act of looking. It holds pseudonyms and codes alone.
type Viewed struct {
	No      uint64    `json:"no" doc:"place in the access log, from 1"`
	At      time.Time `json:"at"`
	Account string    `json:"account"`
	Roles   string    `json:"roles,omitempty"`
	Act     string    `json:"act" enum:"view,search,list,export,print,download,follow,index,refused,prune"`
	Route   string    `json:"route,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Subject string    `json:"subject,omitempty" doc:"person, case or stream looked at"`
	People  []string  `json:"people,omitempty" doc:"pseudonyms of everybody whose sealed texts were opened"`
	Streams []string  `json:"streams,omitempty"`
	Classes string    `json:"classes,omitempty"`
	Rows    int       `json:"rows"`
	Query   string    `json:"query,omitempty" doc:"keyed digest of the words searched for"`
	From    string    `json:"from,omitempty" doc:"keyed digest of the address asked from"`
	Digest  string    `json:"digest,omitempty" doc:"of a file that left"`
}

// ViewingAnswer is a part of the access log with its tree head.
type ViewingAnswer struct {
	Entries []Viewed `json:"entries"`
	Next    uint64   `json:"next,omitempty" doc:"give it as before for the next page"`
	Size    uint64   `json:"size" doc:"entries of the whole log"`
	Root    string   `json:"root" doc:"tree head, hex"`
	Gone    uint64   `json:"gone,omitempty" doc:"entries up to here are past their retention"`
	Sample  bool     `json:"sample,omitempty"`
}

// ViewingQuestion asks for a part of the access log.
type ViewingQuestion struct {
	Person  string `query:"person" doc:"random id of a person, or the number P-00001; merged records are included"`
	Account string `query:"account" doc:"who looked"`
	Act     string `query:"act"`
	From    string `query:"from" doc:"first day"`
	To      string `query:"to" doc:"last day"`
	Before  uint64 `query:"before" doc:"only numbers below: the next page"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// Filter resolves a question but for its person. What cannot be read is a
// Refusal naming the field.
func (q ViewingQuestion) Filter() (viewing.Filter, error) {
	f := viewing.Filter{Account: q.Account, Act: q.Act, Before: q.Before, Limit: q.Limit}
	for _, d := range []struct {
		field, text string
		to          *japan.Date
	}{{"from", q.From, &f.From}, {"to", q.To, &f.To}} {
		if d.text == "" {
			continue
		}
		var err error
		if *d.to, err = japan.ParseDate(d.text); err != nil {
			return f, domain.RefuseField("field.date", d.field)
		}
	}
	return f, nil
}

// AnswerViewing lists a part of the access log: the one form of the API and of
// the command line.
func AnswerViewing(ctx context.Context, log Viewings, f viewing.Filter) (ViewingAnswer, error) {
	list, err := log.Find(ctx, f)
	head := log.Head()
	out := ViewingAnswer{Entries: []Viewed{}, Size: head.Size, Root: hex.EncodeToString(head.Root[:]), Gone: head.Gone}
	for _, e := range list {
		out.Entries = append(out.Entries, Viewed{No: e.No, At: e.At, Account: e.Account, Roles: e.Roles, Act: e.Act, Route: e.Route, Reason: e.Reason, Subject: e.Subject,
			People: e.People, Streams: e.Streams, Classes: e.Classes, Rows: e.Rows, Query: e.Query, From: e.From, Digest: e.Digest})
	}
	if len(list) > 0 && len(list) == f.Limit {
		out.Next = list[len(list)-1].No
	}
	return out, err
}

// viewings is the access log of the caller's controller, for the lead and the
// privacy officer; an auditor reads the own viewing (handbook.md 10.5).
func (a *API) viewings(ctx context.Context, in *ViewingQuestion) (ViewingAnswer, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Lead, domain.Privacy, domain.Auditor) {
		return ViewingAnswer{}, domain.Refuse("account.not_allowed")
	}
	f, err := in.Filter()
	if err != nil {
		return ViewingAnswer{}, err
	}
	if f.Controller = v.Controller; !v.Has(a.today(), domain.Lead, domain.Privacy) {
		f.Account = v.Account
	}
	if in.Person != "" {
		if f.Subjects, err = a.groupOf(ctx, in.Person); err != nil {
			return ViewingAnswer{}, err
		}
		f.Controller = "" // whoever looked, from wherever
	}
	out, err := AnswerViewing(ctx, a.Viewings, f)
	out.Sample = a.Sample
	return out, err
}

// groupOf are the ids of one human being whose records the caller may see.
func (a *API) groupOf(ctx context.Context, person string) ([]string, error) {
	id, err := a.personID(ctx, person)
	if err != nil {
		return nil, err
	}
	list, err := a.Journeys.Journey(ctx, id, projections.Newest)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if a.may(ctx, e.Controller) {
			return a.Journeys.Group(ctx, id, projections.Newest)
		}
	}
	return nil, errMissing
}
