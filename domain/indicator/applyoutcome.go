package indicator

import "slices"

func (s *State) newOutcome(r *reading, kind, id string) (*outcome, error) {
	c, err := s.inCase(r)
	if err != nil {
		return nil, err
	}
	o := &outcome{id: id, kind: kind, file: c, person: s.personOf(r.Code("person")), position: r.position}
	s.outcomes[o.id] = o
	c.outcomes = append(c.outcomes, o)
	join(o.person, c)
	return o, nil
}

func placementDecided(s *State, r *reading) (touch, error) {
	o, err := s.newOutcome(r, JobKind, r.Text("placement"))
	if err != nil {
		return touch{}, err
	}
	o.workplace, o.contract = s.word(r.Code("workplace_pref")), s.word(r.Code("contract"))
	o.route, o.decided = s.word(r.Code("route")), r.occurred()
	return o.touched(), nil
}

func (o *outcome) touched() touch { return touch{persons: []*person{o.person, o.file.lead}} }

func (s *State) inOutcome(r *reading, change func(*outcome)) (touch, error) {
	o, ok := s.outcomes[r.Text("placement")]
	if !ok {
		return touch{}, missing(r, "placement")
	}
	change(o)
	return o.touched(), nil
}

func employmentStarted(s *State, r *reading) (touch, error) {
	return s.inOutcome(r, func(o *outcome) { o.started = r.occurred() })
}

func fellThrough(s *State, r *reading) (touch, error) {
	return s.inOutcome(r, func(o *outcome) { o.fellThrough = true })
}

func placementVoided(s *State, r *reading) (touch, error) {
	// A placement that was never decided is no candidate, voided or not.
	if _, ok := s.outcomes[r.Text("placement")]; !ok {
		return touch{}, nil
	}
	return s.inOutcome(r, func(o *outcome) { o.void = true })
}

func (s *State) confirmed(r *reading) confirmation {
	return confirmation{id: r.Text("confirmation"), confirms: s.word(r.Code("confirms")), grade: s.word(r.Code("grade")), on: r.date("occurred_on")}
}

func placementConfirmed(s *State, r *reading) (touch, error) {
	return s.inOutcome(r, func(o *outcome) { o.confirmations = append(o.confirmations, s.confirmed(r)) })
}

func withdraw(list []confirmation, id string) {
	for i := range list {
		if list[i].id == id {
			list[i].withdrawn = true
		}
	}
}

func placementWithdrawn(s *State, r *reading) (touch, error) {
	return s.inOutcome(r, func(o *outcome) { withdraw(o.confirmations, r.Text("confirmation")) })
}

func placementAmended(s *State, r *reading) (touch, error) {
	if _, ok := s.outcomes[r.Text("placement")]; !ok {
		return touch{}, nil // amended before it was decided
	}
	return s.inOutcome(r, func(o *outcome) {
		switch value := r.Text("new"); r.Text("field") {
		case "decided_on":
			o.decided = exactly(value)
		case "started_on":
			o.started = exactly(value)
		case "workplace_pref":
			o.workplace = s.intern(value)
		case "contract":
			o.contract = s.intern(value)
		case "route":
			o.route = s.intern(value)
		}
	})
}

func sideJob(s *State, r *reading) (touch, error) {
	return s.related(r, SideKind, r.Text("side_job"))
}

func twoBase(s *State, r *reading) (touch, error) {
	return s.related(r, TwoBase, r.Text("two_base"))
}

func (s *State) related(r *reading, kind, id string) (touch, error) {
	o, err := s.newOutcome(r, kind, id)
	if err != nil {
		return touch{}, err
	}
	o.decided = r.occurred()
	return o.touched(), nil
}

func movedIn(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	v := &relocation{
		id: s.word(r.Code("relocation")), file: c, head: s.personOf(r.Code("head")), on: r.occurred(),
		register: r.flag("register"), place: s.word(r.Code("to_lg")), reason: s.word(r.Code("reason")),
		predecessor: s.word(r.Code("has_predecessor")), stay: s.word(r.Code("planned_stay")), position: r.position,
	}
	for _, id := range r.List("movers") {
		p := s.person(id)
		v.movers = append(v.movers, p)
		join(p, c)
	}
	s.relocations[v.id] = v
	c.relocations = append(c.relocations, v)
	return v.touched(), nil
}

func (v *relocation) touched() touch {
	return touch{persons: append(slices.Clone(v.movers), v.file.lead, v.head)}
}

func (s *State) inRelocation(r *reading, change func(*relocation)) (touch, error) {
	v, ok := s.relocations[r.Text("relocation")]
	if !ok {
		return touch{}, nil // planned only: no move yet
	}
	change(v)
	return v.touched(), nil
}

func relocationConfirmed(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) { v.confirmations = append(v.confirmations, s.confirmed(r)) })
}

func relocationWithdrawn(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) { withdraw(v.confirmations, r.Text("confirmation")) })
}

func classified(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) {
		v.classified = true
		v.reason, v.predecessor = s.word(r.Code("reason")), s.word(r.Code("has_predecessor"))
		v.stay, v.decision = s.word(r.Code("planned_stay")), r.flag("decision")
		v.turn, v.ageBand = s.word(r.Code("turn")), s.word(r.Code("head_age_band"))
	})
}

func relocationAmended(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) {
		switch value := r.Text("new"); r.Text("field") {
		case "moved_in_on":
			v.on = exactly(value)
		case "register":
			v.register = value == "1"
		case "to_lg":
			v.place = s.intern(value)
		}
	})
}

func relocationVoided(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) { v.void = true })
}

func movedOut(s *State, r *reading) (touch, error) {
	return s.inRelocation(r, func(v *relocation) {
		for _, id := range r.List("persons") {
			v.out = append(v.out, left{s.person(id), r.date("occurred_on")})
		}
	})
}
