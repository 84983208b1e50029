package web

import (
	"cmp"
	"net/http"
	"strings"

	"ayumi/domain/casefile"
	"ayumi/domain/employer"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// introduced is an introduction with what it says of the employer, opened.
type introduced struct {
	projections.Introduction
	employer, title, number string // "" where they are not shown, or erased
	vacancy                 *employer.Vacancy
	who                     referredName
	of                      *dossier // nil until it is named
}

// readIntroductions opens what introductions say of the employer, in one entry of the
// access log. Nobody's name is read.
func (s *Site) readIntroductions(r *http.Request, v Visitor, reason, act string, all []projections.Introduction) ([]introduced, error) {
	var entries []projections.Entry
	for _, x := range all {
		entries = append(append(entries, x.Entry), x.Changed...)
	}
	if len(entries) == 0 {
		return nil, nil
	}
	seen, err := s.read(r, v, Glance{Reason: reason, Act: act, Classes: "P"}, entries)
	if err != nil {
		return nil, err
	}
	out := make([]introduced, len(all))
	for i, x := range all {
		out[i].Introduction = x
		out[i].learn(seen)
	}
	return out, nil
}

// learn takes over what was opened; later words replace what was told first.
func (x *introduced) learn(seen reading) {
	o := seen.texts[x.Entry.Position]
	x.employer, x.title, x.number = o.first("employer"), o.first("vacancy"), o.first("job_number")
	for _, e := range x.Changed {
		o := seen.texts[e.Position]
		x.employer = cmp.Or(o.first("employer"), x.employer)
		if e.Type == "case.placement_amended" && e.Facts.Text("field") == "employer" {
			x.employer = cmp.Or(o.first("new_text"), x.employer)
		}
	}
}

// nameIntroduced opens who the people are, in one entry of the access log.
func (s *Site) nameIntroduced(r *http.Request, v Visitor, reason, act string, list []introduced) error {
	people := map[string]*dossier{}
	var entries []projections.Entry
	for _, x := range list {
		if people[x.Person] != nil {
			continue
		}
		d, err := s.profile(r.Context(), x.Person)
		if err != nil {
			return err
		}
		people[x.Person] = d
		entries = append(entries, d.entries...)
	}
	if len(entries) == 0 {
		return nil
	}
	seen, err := s.read(r, v, Glance{Reason: reason, Act: act, Classes: "P"}, entries)
	if err != nil {
		return err
	}
	for i := range list {
		d := people[list[i].Person]
		d.seen = seen
		list[i].of, list[i].who = d, s.nameOf(v, d)
	}
	return nil
}

// stepsSaid are the days of a placement after the introduction, in words.
func stepsSaid(w *locale.Words, p *casefile.Placement) string {
	var out []string
	for _, step := range stepDays(p) {
		if step.name != "introduced_on" && step.on != 0 {
			out = append(out, w.Job.Steps[step.name]+" "+w.Date(step.on))
		}
	}
	return strings.Join(out, w.Calendar.Comma)
}

// stepDay is the day of one step of a placement, by the name of its fact.
type stepDay struct {
	name string
	on   japan.Date
}

func stepDays(p *casefile.Placement) []stepDay {
	return []stepDay{{"introduced_on", p.IntroducedOn}, {"offered_on", p.OfferedOn}, {"decided_on", p.DecidedOn}, {"started_on", p.StartedOn}, {"ended_on", p.EndedOn}}
}

// contactOf is somebody to speak to, or why it is not said who.
func contactOf(v Visitor, o Opened) ContactRow {
	row := ContactRow{Name: o.first("name"), Phone: o.first("phone"), Mail: o.first("mail")}
	switch {
	case o.erased():
		row.Name, row.Hidden = erasedMark(v.W, o.erasedBy()), true
	case row.Name == "":
		row.Name, row.Hidden = v.W.Journey.NameHidden, true
	}
	return row
}
