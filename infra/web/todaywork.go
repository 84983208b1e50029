package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/projections"
)

const (
	todayShown  = 20 // rows of one list
	soonDays    = 7  // tasks that fall due within
	noteDays    = 14 // a note of a colleague is listed for so long
	answerGoal  = 7  // days within which a referral is answered as a rule (ui mock)
	workFetched = 500
)

// unanswered are the states of a referral in which somebody waits for an answer.
var unanswered = []string{"sent", "received", "lapsed"}

// workday is what the lists of a counsellor's day are made of. What has a time is
// of the desk, what has an owner the visitor's own, the rest the controller's.
type workday struct {
	on   japan.Date
	past past
	at   uint64 // position up to which the day is shown

	due, unlogged     []projections.Work
	late, soon        []projections.Work
	referred          []projections.Work
	handedOver, notes []projections.Work
	unconfirmed       []gate.Item
	pairs             []gate.Waiting

	told     map[uint64]projections.Entry // events of what is shown
	seen     reading
	known    map[string]PersonHit // by person
	partners map[string]string
}

// mine are the kinds of work that a visitor's day is made of.
func (s *Site) mine(v Visitor) map[string]projections.WorkFilter {
	own := []string{v.Actor.Controller, "joint"}
	return map[string]projections.WorkFilter{
		projections.BookingWork:  {Kind: projections.BookingWork, Desk: v.Desk, Controllers: own},
		projections.TaskWork:     {Kind: projections.TaskWork, Owner: v.ID, Controllers: own},
		projections.ReferralWork: {Kind: projections.ReferralWork, Controllers: own},
		projections.HandoverWork: {Kind: projections.HandoverWork, Owner: v.ID, Controllers: own},
		projections.NoteWork:     {Kind: projections.NoteWork, Keeper: v.ID, Controllers: own},
	}
}

// workdayOf reads the lists of a day: today's as they stand, a past day's as they
// stood when it began.
func (s *Site) workdayOf(r *http.Request, v Visitor, p past) (*workday, error) {
	d := &workday{on: s.today(), past: p, at: p.upto}
	if p.day != 0 {
		d.on = p.day
	}
	mine := s.mine(v)
	list := func(kind string, since, until japan.Date) ([]projections.Work, error) {
		f := mine[kind]
		f.Since, f.Until, f.At, f.Limit = since, until, d.at, workFetched
		found, err := s.config.Journey.Work(r.Context(), f)
		return found, missing(err)
	}
	booked, err := list(projections.BookingWork, 0, d.on)
	if err != nil {
		return nil, err
	}
	d.unlogged, d.due = before(booked, d.on)
	tasks, err := list(projections.TaskWork, 0, d.on.Add(soonDays))
	if err != nil {
		return nil, err
	}
	d.late, d.soon = before(tasks, d.on)
	if d.referred, err = list(projections.ReferralWork, 0, 0); err != nil {
		return nil, err
	}
	d.referred = slices.DeleteFunc(d.referred, func(x projections.Work) bool { return !slices.Contains(unanswered, x.State) })
	if d.handedOver, err = list(projections.HandoverWork, 0, 0); err != nil {
		return nil, err
	}
	if d.notes, err = list(projections.NoteWork, d.on.Add(-noteDays), d.on); err != nil {
		return nil, err
	}
	d.notes = slices.DeleteFunc(d.notes, func(n projections.Work) bool { return n.Owner == v.ID })
	if d.unconfirmed, err = s.config.Gates.Awaiting(r.Context(), v.Actor.Controller, d.on, d.at); err != nil {
		return nil, missing(err)
	}
	if d.pairs, err = s.config.Gates.Pairs(r.Context(), v.Actor.Controller, d.at); err != nil {
		return nil, missing(err)
	}
	return d, s.nameAll(r, v, d)
}

// before splits work, which comes by day, into that of earlier days and the rest.
func before(list []projections.Work, day japan.Date) (earlier, rest []projections.Work) {
	i := slices.IndexFunc(list, func(w projections.Work) bool { return w.On >= day })
	if i < 0 {
		i = len(list)
	}
	return list[:i], list[i:]
}

// shown are the rows of a list that the page names.
func shown[T any](list []T) []T { return list[:min(len(list), todayShown)] }

// nameAll opens what the page shows of persons: names, what was asked for and what
// colleagues wrote, in one entry of the access log.
func (s *Site) nameAll(r *http.Request, v Visitor, d *workday) error {
	ctx := r.Context()
	people, err := s.eventsOf(ctx, d)
	if err != nil {
		return err
	}
	var open []projections.Entry
	for _, e := range d.told {
		switch e.Type {
		case "case.task_planned", "case.note_added", "case.handed_over":
			open = append(open, e)
		}
	}
	slices.SortFunc(open, func(a, b projections.Entry) int { return cmp.Compare(a.Position, b.Position) })
	return s.nameThese(r, v, d, people, open, "today")
}

// nameThese opens some events and the names of persons and keeps both in d.
func (s *Site) nameThese(r *http.Request, v Visitor, d *workday, people []string, open []projections.Entry, reason string, staff ...string) error {
	found, own, err := s.profiles(r.Context(), v, d, people)
	if err != nil {
		return err
	}
	for _, entries := range own {
		open = append(open, profileOf(entries)...)
	}
	if d.seen, err = s.read(r, v, Glance{Reason: reason, Act: "list", Classes: "PX"}, open, staff...); err != nil {
		return err
	}
	d.known = map[string]PersonHit{}
	for i, ref := range found {
		d.known[ref.ID] = s.called(v, d, ref, own[i])
	}
	return nil
}

// eventsOf reads the events of what is shown and answers the persons they are about.
func (s *Site) eventsOf(ctx context.Context, d *workday) ([]string, error) {
	var people []string
	var positions []uint64
	for _, list := range [][]projections.Work{shown(d.due), shown(d.unlogged), shown(d.late), shown(d.referred)} {
		for _, w := range list {
			people, positions = append(people, w.Person.ID), append(positions, w.Item.Position)
		}
	}
	for _, w := range append(shown(d.handedOver), shown(d.notes)...) {
		people, positions = append(people, w.Person.ID), append(positions, w.Changed)
	}
	for _, i := range shown(d.unconfirmed) {
		positions = append(positions, i.Position)
	}
	for _, w := range shown(d.pairs) {
		one, other := w.Between()
		people, positions = append(people, one, other), append(positions, w.Position)
	}
	entries, err := s.config.Journey.Entries(ctx, positions...)
	if err != nil {
		return nil, missing(err)
	}
	d.told, d.partners = map[uint64]projections.Entry{}, map[string]string{}
	for _, e := range entries {
		d.told[e.Position] = e
	}
	for _, i := range shown(d.unconfirmed) {
		people = append(people, whoseOutcome(d.told[i.Position]))
	}
	for _, w := range shown(d.referred) {
		if _, known := d.partners[w.Partner]; known || w.Partner == "" {
			continue
		}
		list, err := s.config.Journey.Stream(ctx, domain.StreamName("partner", w.Partner), d.at)
		if err != nil {
			return nil, missing(err)
		}
		for _, e := range list {
			d.partners[w.Partner] = cmp.Or(e.Facts.Text("name"), d.partners[w.Partner])
		}
	}
	return people, nil
}

// whoseOutcome is the person whom an outcome is about.
func whoseOutcome(e projections.Entry) string {
	return cmp.Or(e.Facts.Text("person"), e.Facts.Text("head"), e.Person)
}

// profiles reads the own events of persons, each once. Whose record the visitor may
// not know of is left out.
func (s *Site) profiles(ctx context.Context, v Visitor, d *workday, people []string) ([]projections.PersonRef, [][]projections.Entry, error) {
	var refs []projections.PersonRef
	var own [][]projections.Entry
	done := map[string]bool{"": true}
	for _, id := range people {
		if done[id] {
			continue
		}
		done[id] = true
		ref, err := s.config.Journey.Find(ctx, id)
		if errors.Is(err, projections.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		entries, err := s.config.Journey.Stream(ctx, domain.StreamName("person", id), d.at)
		if err != nil {
			return nil, nil, missing(err)
		}
		if len(entries) > 0 && s.mayFacts(v, entries[0].Controller) {
			refs, own = append(refs, ref), append(own, entries)
		}
	}
	return refs, own, nil
}

// called is a person as the lists of the day call it.
func (s *Site) called(v Visitor, d *workday, ref projections.PersonRef, own []projections.Entry) PersonHit {
	x := &dossier{sum: projections.Summary{PersonRef: ref}, entries: own, seen: d.seen}
	for _, e := range own {
		switch e.Type {
		case "person.registered":
			n, _ := e.Facts.Int("anonymous")
			x.sum.Anonymous = n == 1
		case "person.identified":
			x.sum.Anonymous = false
		case "person.erased":
			x.sum.State = "erased"
		}
	}
	for _, e := range profileOf(own) {
		x.sum.Profile = append(x.sum.Profile, e.Position)
	}
	hit := s.row(v, x)
	if d.past.day != 0 {
		hit.Href += "?asof=" + d.past.day.Add(-1).String()
	}
	return hit
}

// person is how somebody of a list is called; a number alone where nothing may be
// known.
func (d *workday) person(v Visitor, id string, number int) PersonHit {
	if hit, ok := d.known[id]; ok {
		return hit
	}
	hit := PersonHit{Name: v.W.Journey.NameHidden, Hidden: true}
	if number > 0 {
		hit.Number, hit.Href = personNumber(number), "/people/"+id
	}
	return hit
}
