package indicator

import "slices"

func referralProposed(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	v := &referral{id: r.Text("referral"), purpose: s.word(r.Code("purpose")), file: c}
	s.referrals[v.id] = v
	c.referrals = append(c.referrals, v)
	return touch{}, nil
}

func (s *State) inReferral(r *reading, change func(*referral)) (touch, error) {
	v, ok := s.referrals[r.Text("referral")]
	if !ok {
		return touch{}, missing(r, "referral")
	}
	change(v)
	return touch{persons: []*person{v.file.lead}}, nil
}

func referralSent(s *State, r *reading) (touch, error) {
	return s.inReferral(r, func(v *referral) {
		v.state, v.sent, v.position = "sent", r.occurred(), r.position
	})
}

// referralMoves is the fold of an event that brings a referral to a state. One
// that was never sent has no row; sent again, it keeps the day it first was.
func referralMoves(to string) fold {
	return func(s *State, r *reading) (touch, error) {
		return s.inReferral(r, func(v *referral) {
			v.state = to
			if v.answered == 0 && slices.Contains([]string{"accepted", "declined"}, to) {
				v.answered = r.date("occurred_on")
			}
			v.mistaken = v.mistaken || (to == "cancelled" && r.Text("reason") == "error")
		})
	}
}

// referralRows are the referrals of the component that went out, with the owner
// desk of the day on which they first did.
func (c component) referralRows(out []Row) []Row {
	for _, f := range c.cases {
		lead := f.lead.resolve()
		for _, v := range f.referrals {
			if v.position == 0 {
				continue
			}
			r := Row{
				Family: Referrals, Entity: v.id, Member: v.id, Person: lead.id, From: v.sent.from, To: v.sent.to,
				Desk: latest(f.desks, v.sent.from), Controller: f.controller, Kind: v.purpose, Route: v.state, FirstOn: v.answered,
				Erased: lead.erased, Amount: 1, Position: v.position,
			}
			if v.mistaken {
				r.Clause = "voided"
			}
			out = append(out, r)
		}
	}
	return out
}
