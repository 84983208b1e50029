package indicator

import (
	"fmt"
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// touch collects what an event may have changed.
type touch struct {
	persons    []*person
	receptions []*reception
	outreach   []*outreach
	universes  []*university
}

// apply folds one event. Types that no rule reads change nothing. An event that
// names an entity nobody reported is an error: the fold must not go on past it.
func (s *State) apply(typ string, r *reading) (touch, error) {
	fold, ok := folds[typ]
	if !ok {
		return touch{}, nil
	}
	return fold(s, r)
}

type fold func(*State, *reading) (touch, error)

func missing(r *reading, what string) error {
	return fmt.Errorf("position %d: %s was never reported", r.position, what)
}

// folds is the whole vocabulary of counting: the event types a figure can hang on.
var folds = map[string]fold{
	"person.registered":        registered,
	"person.identified":        identified,
	"person.address_changed":   residence,
	"person.age_band_updated":  residence,
	"person.details_corrected": residence,
	"person.merged":            merged,
	"person.unmerged":          unmerged,
	"person.erased":            erased,

	"case.opened":         opened,
	"case.member_added":   memberAdded,
	"case.member_removed": memberRemoved,
	"case.assigned":       owned,
	"case.handed_over":    owned,

	"case.consultation_held":     held,
	"case.consultation_amended":  sessionAmended,
	"case.consultation_voided":   sessionVoided,
	"case.consultation_released": nothing, // received says it all
	"case.consultation_received": received,
	"case.message_day_logged":    messageLogged,
	"case.message_day_voided":    messageVoided,

	"case.placement_decided":                placementDecided,
	"case.employment_started":               employmentStarted,
	"case.placement_fell_through":           fellThrough,
	"case.placement_confirmed":              placementConfirmed,
	"case.placement_confirmation_withdrawn": placementWithdrawn,
	"case.placement_amended":                placementAmended,
	"case.placement_voided":                 placementVoided,
	"case.side_job_matched":                 sideJob,
	"case.two_base_recorded":                twoBase,

	"case.moved_in":                          movedIn,
	"case.relocation_confirmed":              relocationConfirmed,
	"case.relocation_confirmation_withdrawn": relocationWithdrawn,
	"case.relocation_classified":             classified,
	"case.relocation_reclassified":           classified,
	"case.relocation_amended":                relocationAmended,
	"case.relocation_voided":                 relocationVoided,
	"case.moved_out":                         movedOut,

	"case.referral_proposed":   referralProposed,
	"case.referral_sent":       referralSent,
	"case.referral_resent":     referralMoves("sent"),
	"case.referral_received":   referralMoves("received"),
	"case.referral_accepted":   referralMoves("accepted"),
	"case.referral_declined":   referralMoves("declined"),
	"case.referral_progressed": referralMoves("in_progress"),
	"case.referral_returned":   referralMoves("returned"),
	"case.referral_completed":  referralMoves("completed"),
	"case.referral_cancelled":  referralMoves("cancelled"),
	"case.referral_lapsed":     referralMoves("lapsed"),

	"reception.logged":      receptionLogged,
	"reception.amended":     receptionAmended,
	"reception.voided":      receptionVoided,
	"reception.hours_set":   hoursSet,
	"reception.closure_set": closureSet,

	"outreach.scheduled":          outreachScheduled,
	"outreach.changed":            outreachChanged,
	"outreach.held":               outreachHeld,
	"outreach.cancelled":          outreachCancelled,
	"outreach.attendance_counted": attendance,

	"university.registered":          universityKnown,
	"university.universe_listed":     universeListed,
	"university.agreement_concluded": agreementConcluded,
	"university.agreement_ended":     agreementEnded,
}

func nothing(*State, *reading) (touch, error) { return touch{}, nil }

func registered(s *State, r *reading) (touch, error) {
	p := s.person(r.stream)
	p.anonymous = r.flag("anonymous")
	return residence(s, r)
}

func identified(s *State, r *reading) (touch, error) {
	p := s.person(r.stream)
	p.anonymous = false
	if _, err := residence(s, r); err != nil {
		return touch{}, err
	}
	return touch{persons: []*person{p}}, nil
}

// residence is where a person lives, and the age band.
func residence(s *State, r *reading) (touch, error) {
	p := s.person(r.stream)
	if band := r.Code("age_band"); len(band) > 0 {
		p.ages = append(p.ages, stated{r.date("occurred_on"), r.position, s.word(band)})
	}
	if pref := r.Text("residence_pref"); pref != "" {
		p.residence = append(p.residence, stated{r.date("occurred_on"), r.position, s.intern(pref)})
	}
	return touch{persons: []*person{p}}, nil
}

func merged(s *State, r *reading) (touch, error) {
	p, into := s.person(r.stream), s.personOf(r.Code("into"))
	if into.resolve() == p {
		return touch{}, fmt.Errorf("position %d: merge in a circle", r.position)
	}
	p.into = into
	into.absorbed = append(into.absorbed, p)
	return touch{persons: []*person{p, into}}, nil
}

func unmerged(s *State, r *reading) (touch, error) {
	p := s.person(r.stream)
	if p.into == nil {
		return touch{}, missing(r, "merge")
	}
	from := p.into
	from.absorbed = slices.DeleteFunc(from.absorbed, func(a *person) bool { return a == p })
	p.into = nil
	return touch{persons: []*person{p, from}}, nil
}

// erased: what the person did is counted as before (counting.md 13, T11).
func erased(s *State, r *reading) (touch, error) {
	p := s.person(r.stream)
	p.erased = true
	return touch{persons: []*person{p}}, nil
}

func opened(s *State, r *reading) (touch, error) {
	p := s.personOf(r.Code("person"))
	c := s.newCase(r.stream)
	c.controller, c.lead = s.word(r.Code("controller")), p
	c.opened, c.position, c.newEpisode = r.date("occurred_on"), r.position, r.flag("new_episode")
	c.desks = []stated{{c.opened, r.position, s.word(r.Code("desk"))}}
	join(p, c)
	return touch{persons: []*person{p}}, nil
}

// inCase finds the case of the event's stream.
func (s *State) inCase(r *reading) (*casefile, error) {
	if r.file != nil {
		return r.file, nil
	}
	c, ok := s.cases.Get([]byte(r.stream))
	if !ok {
		return nil, missing(r, "case")
	}
	return c, nil
}

func memberAdded(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	p := s.personOf(r.Code("person"))
	if !slices.Contains(c.members, p) {
		c.members = append(c.members, p)
	}
	join(p, c)
	return touch{persons: []*person{p, c.lead}}, nil
}

func memberRemoved(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	p := s.personOf(r.Code("person"))
	c.members = slices.DeleteFunc(c.members, func(m *person) bool { return m == p })
	c.leave(p)
	return touch{persons: []*person{p, c.lead}}, nil
}

func owned(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	c.desks = append(c.desks, stated{r.date("occurred_on"), r.position, s.word(r.Code("desk"))})
	return touch{persons: []*person{c.lead}}, nil
}

func receptionLogged(s *State, r *reading) (touch, error) {
	v := &reception{
		id: r.Text("reception"), corner: s.word(r.Code("corner")), on: r.occurred(),
		channel: s.word(r.Code("channel")), categories: r.mask("categories"), position: r.position,
	}
	s.receptions[v.id] = v
	return touch{receptions: []*reception{v}}, nil
}

func receptionAmended(s *State, r *reading) (touch, error) {
	v, ok := s.receptions[r.Text("reception")]
	if !ok {
		return touch{}, missing(r, "reception")
	}
	switch value := r.Text("new"); r.Text("field") {
	case "channel":
		v.channel = s.intern(value)
	case "categories":
		v.categories = mask(strings.Split(value, ","))
	case "occurred_on":
		v.on = exactly(value)
	}
	return touch{receptions: []*reception{v}}, nil
}

func receptionVoided(s *State, r *reading) (touch, error) {
	v, ok := s.receptions[r.Text("reception")]
	if !ok {
		return touch{}, missing(r, "reception")
	}
	v.voided = true
	return touch{receptions: []*reception{v}}, nil
}

func exactly(text string) day {
	d, _ := japan.ParseDate(text)
	return day{d, d}
}

// meeting is an outreach by id; a session may name one that is not scheduled yet.
func (s *State) meeting(id string) *outreach {
	o, ok := s.outreach[id]
	if !ok {
		o = &outreach{id: id}
		s.outreach[o.id] = o
	}
	return o
}

func outreachScheduled(s *State, r *reading) (touch, error) {
	o := s.meeting(r.stream)
	o.scheduled, o.controller, o.position = true, s.word(r.Code("controller")), r.position
	o.kind, o.flagged = s.word(r.Code("kind")), r.flag("evening")
	return touch{}, nil
}

func outreachChanged(s *State, r *reading) (touch, error) {
	o, ok := s.outreach[r.stream]
	if !ok || !o.scheduled {
		return touch{}, nil // a mailing or a channel
	}
	switch value := r.Text("new"); r.Text("field") {
	case "kind":
		o.kind = s.intern(value)
	case "evening":
		o.flagged = value == "1"
	}
	return touch{}, nil
}

func (s *State) inOutreach(r *reading, change func(*outreach)) (touch, error) {
	o, ok := s.outreach[r.stream]
	if !ok || !o.scheduled {
		return touch{}, missing(r, "outreach")
	}
	change(o)
	return touch{outreach: []*outreach{o}}, nil
}

func outreachHeld(s *State, r *reading) (touch, error) {
	return s.inOutreach(r, func(o *outreach) { o.held = r.occurred() })
}

func outreachCancelled(s *State, r *reading) (touch, error) {
	return s.inOutreach(r, func(o *outreach) { o.cancelled = true })
}

func attendance(s *State, r *reading) (touch, error) {
	return s.inOutreach(r, func(o *outreach) { o.heads = r.Number("heads"); o.position = r.position })
}

func universityKnown(s *State, r *reading) (touch, error) {
	s.universes[r.stream] = &university{id: r.stream, controller: s.word(r.Code("controller"))}
	return touch{}, nil
}

func (s *State) inUniversity(r *reading, change func(*university) error) (touch, error) {
	u, ok := s.universes[r.stream]
	if !ok {
		return touch{}, missing(r, "university")
	}
	if err := change(u); err != nil {
		return touch{}, err
	}
	return touch{universes: []*university{u}}, nil
}

func universeListed(s *State, r *reading) (touch, error) {
	return s.inUniversity(r, func(u *university) error {
		u.listed = append(u.listed, listing{s.word(r.Code("list")), r.occurred(), r.flag("meets"), r.position})
		return nil
	})
}

func agreementConcluded(s *State, r *reading) (touch, error) {
	return s.inUniversity(r, func(u *university) error {
		u.agreements = append(u.agreements, &agreement{id: r.Text("agreement"), on: r.occurred(), position: r.position})
		return nil
	})
}

func agreementEnded(s *State, r *reading) (touch, error) {
	return s.inUniversity(r, func(u *university) error {
		for _, a := range u.agreements {
			if a.id == r.Text("agreement") {
				a.ended = r.date("occurred_on")
				return nil
			}
		}
		return missing(r, "agreement")
	})
}
