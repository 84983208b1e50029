package app

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/api"
	"ayumi/infra/people"
	"ayumi/infra/web"
)

// pageDoor is the audited door as the pages see it.
type pageDoor struct{ door *access.Door }

func (d pageDoor) Open(ctx context.Context, g web.Glance, events ...domain.Recorded) ([]web.Opened, error) {
	shown, err := d.door.Open(ctx, access.Glance{Who: g.Who, Subject: g.Subject, Reason: g.Reason, Act: g.Act, Classes: g.Classes, Matter: g.Matter}, events...)
	if errors.Is(err, access.ErrUnaudited) {
		return nil, errors.Join(web.ErrUnseen, err)
	}
	if err != nil {
		return nil, err
	}
	out := make([]web.Opened, len(shown))
	for i, s := range shown {
		out[i] = web.Opened{}
		for field, owners := range s {
			out[i][field] = map[string]web.Text{}
			for owner, t := range owners {
				out[i][field][owner] = web.Text{Value: t.Value, Erased: t.Erased, By: t.By}
			}
		}
	}
	return out, nil
}

// Elsewhere keeps the contract of web.Door.
func (d pageDoor) Elsewhere(ctx context.Context, who domain.Actor, person string) (bool, error) {
	away, err := d.door.Elsewhere(ctx, who, person)
	if errors.Is(err, access.ErrUnaudited) {
		err = errors.Join(web.ErrUnseen, err)
	}
	return away, err
}

// apiDoor is the same door as the API sees it.
type apiDoor struct{ door *access.Door }

func (d apiDoor) Open(ctx context.Context, who domain.Actor, subject, reason string, events ...domain.Recorded) ([]api.Texts, error) {
	return d.open(ctx, access.Glance{Who: who, Subject: subject, Reason: reason, Classes: "PX"}, events)
}

func (d apiDoor) OpenMatter(ctx context.Context, who domain.Actor, matter, subject string, events ...domain.Recorded) ([]api.Texts, error) {
	return d.open(ctx, access.Glance{Who: who, Subject: subject, Reason: "rights", Classes: "PX", Matter: matter}, events)
}

func (d apiDoor) open(ctx context.Context, g access.Glance, events []domain.Recorded) ([]api.Texts, error) {
	shown, err := d.door.Open(ctx, g, events...)
	if errors.Is(err, access.ErrUnaudited) {
		return nil, errors.Join(api.ErrUnseen, err)
	}
	if err != nil {
		return nil, err
	}
	out := make([]api.Texts, len(shown))
	for i, s := range shown {
		out[i] = api.Texts{}
		for field, owners := range s {
			out[i][field] = map[string]api.Text{}
			for owner, t := range owners {
				out[i][field][owner] = api.Text{Value: t.Value, Erased: t.Erased, Decision: t.By.Decision, ErasedOn: t.By.On.String()}
			}
		}
	}
	return out, nil
}

// pageViewings is the access log as the pages see it.
type pageViewings struct{ app *App }

func (p pageViewings) Look(ctx context.Context, e viewing.Entry) error {
	if err := p.app.Door.Look(ctx, e); err != nil {
		return errors.Join(web.ErrUnseen, err)
	}
	return nil
}

func (p pageViewings) Find(ctx context.Context, f viewing.Filter) ([]viewing.Entry, error) {
	list, err := p.app.Access.Find(ctx, f)
	if err != nil {
		return nil, errors.Join(web.ErrUnseen, err)
	}
	return list, nil
}

func (p pageViewings) Head() viewing.Head { return p.app.Access.Head() }

// apiViewings is the same log as the API sees it.
type apiViewings struct{ pageViewings }

func (p apiViewings) Look(ctx context.Context, e viewing.Entry) error {
	if err := p.app.Door.Look(ctx, e); err != nil {
		return errors.Join(api.ErrUnseen, err)
	}
	return nil
}

// Viewings is the access log in the words of the API, for the command line.
func (a *App) Viewings() api.Viewings { return apiViewings{pageViewings{a}} }

func (p apiViewings) Find(ctx context.Context, f viewing.Filter) ([]viewing.Entry, error) {
	list, err := p.app.Access.Find(ctx, f)
	if err != nil {
		return nil, errors.Join(api.ErrUnseen, err)
	}
	return list, nil
}

// RecordIndex notes in the access log that the people index opens all profiles.
func (a *App) RecordIndex(ctx context.Context, at time.Time) error {
	return a.Access.Record(ctx, access.Entry{At: at, Account: "system", Act: viewing.Index, Reason: "people_search", Classes: "P"})
}

// finder searches people. The search, with everybody it finds, is in the access
// log before it answers; the words are there as a digest.
type finder struct{ app *App }

func (f finder) Search(ctx context.Context, who domain.Actor, text string, limit int) (web.PeopleFound, error) {
	found, err := f.app.People.Search(who, text, limit)
	return f.shown(ctx, who, text, found, err)
}

func (f finder) Near(ctx context.Context, who domain.Actor, text string, limit int) (web.PeopleFound, error) {
	found, err := f.app.People.Near(who, text, limit)
	return f.shown(ctx, who, text, found, err)
}

// Like is asked as the log stands, so that two desks do not record one person twice.
func (f finder) Like(ctx context.Context, who domain.Actor, d web.Described) (web.PeopleFound, error) {
	head, err := f.app.Store.Head(ctx)
	if err != nil {
		return web.PeopleFound{}, err
	}
	if err := f.app.People.Wait(ctx, head.Position); err != nil {
		return web.PeopleFound{}, err
	}
	told := people.Described{Name: people.Name{Family: d.Family, Given: d.Given, FamilyKana: d.FamilyKana, GivenKana: d.GivenKana}, BirthDate: d.BirthDate}
	for _, c := range d.Contacts {
		told.Contacts = append(told.Contacts, people.Told{Kind: c.Name, Value: c.Value})
	}
	found, err := f.app.People.Like(who, told)
	return f.shown(ctx, who, strings.Join([]string{d.Family, d.Given, d.FamilyKana, d.GivenKana}, " "), found, err)
}

func (f finder) Alike(who domain.Actor, a, b string) []web.ReasonFound {
	var out []web.ReasonFound
	for _, r := range f.app.People.Alike(who, a, b) {
		out = append(out, web.ReasonFound(r))
	}
	return out
}

// living leaves out who was erased by another instance, of which this one's index may
// not have heard; without the keys it answers nobody.
func (f finder) living(ctx context.Context, hits []people.Hit) ([]people.Hit, error) {
	var out []people.Hit
	for _, h := range hits {
		gone, err := f.app.Keys.Destroyed(ctx, h.Person)
		if err != nil {
			return nil, err
		}
		if !gone {
			out = append(out, h)
		}
	}
	return out, nil
}

// shown writes a search with everybody it found into the access log, and answers it.
func (f finder) shown(ctx context.Context, who domain.Actor, text string, found people.Answer, err error) (web.PeopleFound, error) {
	if err != nil {
		return web.PeopleFound{}, err
	}
	a := f.app
	if found.Hits, err = f.living(ctx, found.Hits); err != nil {
		return web.PeopleFound{}, err
	}
	e := access.Entry{At: a.Config.Now(), Act: viewing.Search, Reason: "people_search", Classes: "P", Rows: len(found.Hits), Query: text}.By(who)
	for _, h := range found.Hits {
		e.People = append(e.People, h.Person)
	}
	if err := a.Door.Look(ctx, e); err != nil {
		return web.PeopleFound{}, errors.Join(web.ErrUnseen, err)
	}
	out := web.PeopleFound{ReadAs: found.ReadAs, Hidden: found.Hidden - found.Abroad, Abroad: found.Abroad, More: found.More}
	for _, w := range found.Words {
		out.Words = append(out.Words, web.Option{Name: w.Signal, Value: w.Text})
	}
	for _, h := range found.Hits {
		p := web.PersonFound{ID: h.Person, Number: h.Number, Name: strings.TrimSpace(h.Name.Family + " " + h.Name.Given),
			Reading: strings.TrimSpace(h.Name.FamilyKana + " " + h.Name.GivenKana), Points: h.Points,
			Restricted: len(h.Restricted) > 0, Confidential: h.Confidential}
		for _, r := range h.Reasons {
			p.Reasons = append(p.Reasons, web.ReasonFound(r))
		}
		out.Hits = append(out.Hits, p)
	}
	return out, nil
}

func (f finder) Hidden(ctx context.Context, text string, own, others []string, mark string) (string, int, error) {
	head, err := f.app.Store.Head(ctx)
	if err != nil {
		return "", 0, err
	}
	if err := f.app.People.Wait(ctx, head.Position); err != nil {
		return "", 0, err
	}
	return f.app.People.Hidden(text, own, others, mark)
}

// siteSessions lets the API know who is signed in to the pages.
type siteSessions struct{ site *web.Site }

func (s siteSessions) Account(r *http.Request) (string, error) { return s.site.SignedIn(r) }

// busStatus is what the bus is doing, for the pages.
func (a *App) busStatus(ctx context.Context) web.BusStatus {
	s := a.Bus.Status(ctx)
	return web.BusStatus{Word: s.Word, Bus: s.Bus, Store: s.Store, Proven: s.Proven, Since: s.Since, Cause: s.Cause}
}

// Standing is where everything stands, for the API.
func (a *App) Standing(ctx context.Context) (api.Standing, error) {
	b := a.Bus.Status(ctx)
	out := api.Standing{Head: b.Store, Bus: api.BusStanding{State: b.Word, Position: b.Bus, Since: b.Since}}
	for _, p := range a.Runner.Status() {
		out.Projections = append(out.Projections, api.ProjectionLine{
			Name: p.Name, Version: p.Version, State: string(p.State), Position: p.Position, Behind: p.Behind,
			LagSeconds: p.Lag.Seconds(), BuildingPercent: p.Building, Parked: p.Parked,
		})
	}
	return out, nil
}

var _ people.Recorder = (*App)(nil)
