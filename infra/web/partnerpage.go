package web

import (
	"net/http"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/projections"
)

// PartnerView is what a partner's account sees: referrals to its body and from it.
type PartnerView struct {
	Page
	Name       string // of the body
	Mine, Made []ReferralCard
	Send       *CommandForm
	Behind     *Warning
}

// partnerRoutes are the pages of a partner's account.
func (s *Site) partnerRoutes() {
	s.staff("GET /partner", s.partner, "PT")
	s.staff("POST /partner", s.partnerSend, "PT")
	s.staff("GET /partner/{no}", s.partnerReferral, "PT")
	s.staff("POST /partner/{no}", s.partnerAct, "PT")
}

// partnerOnly tells whether the visitor is at work for a partner and for nobody else.
func partnerOnly(v Visitor) bool { return v.holds("PT") && !v.holds("CO", "LD") }

// ownBody is the partner whose account this is; ErrMissing for one of nobody.
func (s *Site) ownBody(r *http.Request, v Visitor) (body, error) {
	if v.Actor.Partner == "" {
		return body{}, ErrMissing
	}
	return s.body(r.Context(), v.Actor.Partner)
}

// partner lists the referrals of the visitor's own body.
func (s *Site) partner(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.partnerView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "partner", "", view)
}

func (s *Site) partnerView(r *http.Request, v Visitor) (PartnerView, error) {
	w := v.W.Referrals
	view := PartnerView{Page: s.page(r, v, "partner", w.PartnerTitle, "css/edit.css", "css/referrals.css"), Behind: s.behind(r, v)}
	view.Here = "/partner"
	own, err := s.ownBody(r, v)
	if err != nil {
		return view, err
	}
	view.Name = own.of.Name
	list, err := s.config.Journey.Referrals(r.Context(), projections.ReferralFilter{Partner: own.of.ID})
	if err != nil {
		return view, missing(err)
	}
	all := make([]*handed, 0, len(list))
	var told []projections.Entry
	for _, x := range list {
		if !x.Inward && x.Sent == 0 {
			continue // nothing of it has left us
		}
		h := &handed{of: x}
		if err := s.course(r, h); err != nil {
			return view, err
		}
		all, told = append(all, h), append(told, h.told()...)
	}
	seen, err := s.read(r, v, Glance{Reason: "partner", Act: "list", Classes: "P"}, told)
	if err != nil {
		return view, err
	}
	for _, h := range all {
		h.seen = seen
		card := s.partnerCard(v, h)
		if h.of.Inward {
			view.Made = append(view.Made, card)
		} else {
			view.Mine = append(view.Mine, card)
		}
	}
	if !own.of.Ended {
		form := s.newInward(v, "/partner", w.PartnerSend)
		view.Send = &form
	}
	return view, nil
}

// partnerCard is a referral in a list: who it is about in the words that were told.
func (s *Site) partnerCard(v Visitor, h *handed) ReferralCard {
	x := h.of
	c := ReferralCard{Direction: directionChip(v, !x.Inward), Partner: v.W.Code("referral_purpose", x.Purpose), State: s.partnerChip(v, x),
		Name: v.W.Referrals.PartnerGone, Hidden: true, Act: Pair{Href: partnerHref(x.Position), Value: v.W.Referrals.History}}
	for _, e := range h.told() {
		o := h.seen.texts[e.Position]
		first, _, _ := strings.Cut(o.first("text"), "\n")
		if x.Inward {
			first = o.first("name")
		}
		if first != "" {
			c.Name, c.Hidden = first, false
		}
	}
	if x.Over != 0 {
		c.Ended = v.W.Referrals.Ended(v.W.ShortDate(x.Over))
	} else {
		c.Wait, c.Due = waited(v, x, s.today()), referralDue(v, x, s.today())
	}
	if !x.Inward && (x.State == "sent" || x.State == "received") {
		c.Act.Value = v.W.Referrals.PartnerDo
	}
	return c
}

// partnerChip is the state as the partner has it: what waits for us there waits for
// an answer here.
func (s *Site) partnerChip(v Visitor, x projections.Referral) Chip {
	switch w := v.W.Referrals; {
	case !x.Inward && (x.State == "sent" || x.State == "received"):
		return Chip{"yellow", "", w.InwardStates["sent"]}
	case x.Inward && x.State == "sent":
		return Chip{"blue", "", w.States["sent"]}
	case x.Inward && w.States[x.State] != "":
		x.Inward = false
	}
	return referralChip(v, x)
}

// told are the events of a referral whose words the partner was told, or told us:
// shares that still stand, its own letter and our answer to it.
func (h *handed) told() []projections.Entry {
	stopped := map[string]bool{}
	for _, e := range h.entries {
		if e.Type == "case.sharing_stopped" {
			stopped[e.Facts.Text("share")] = true
		}
	}
	var out []projections.Entry
	for _, e := range h.entries {
		if e.Type == "case.information_shared" && !stopped[e.Facts.Text("share")] || strings.HasPrefix(e.Type, "partner.inward_") {
			out = append(out, e)
		}
	}
	return out
}

// ourOwn are steps that are ours alone: what we thought before anything was sent.
var ourOwn = []string{"case.referral_proposed", "case.referral_agreed"}

// partnerReferral is one referral as the partner sees it.
func (s *Site) partnerReferral(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	h, err := s.partnerAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.partnerReferralView(r, v, h)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "referral", "", view)
}

// partnerAsked reads a referral of the visitor's own body; ErrMissing for every other.
func (s *Site) partnerAsked(r *http.Request, v Visitor) (*handed, error) {
	if v.Actor.Partner == "" {
		return nil, ErrMissing
	}
	h, err := s.referralAsked(r, "", v.Actor.Partner)
	if err != nil {
		return nil, err
	}
	if !h.of.Inward && h.of.Sent == 0 {
		return nil, ErrMissing
	}
	h.entries = slices.DeleteFunc(h.entries, func(e projections.Entry) bool { return slices.Contains(ourOwn, e.Type) })
	return h, nil
}

func (s *Site) partnerReferralView(r *http.Request, v Visitor, h *handed) (ReferralView, error) {
	w, x := v.W.Referrals, h.of
	view := ReferralView{Page: s.page(r, v, "partner", w.PartnerTitle, "css/journey.css", "css/edit.css", "css/referrals.css"), Heading: v.W.Code("referral_purpose", x.Purpose), Number: recordNumber(x.Position),
		State: s.partnerChip(v, x), Direction: directionChip(v, !x.Inward), Behind: s.behind(r, v), Nothing: w.PartnerNothing}
	view.Here = partnerHref(x.Position)
	view.Crumbs = []Crumb{{w.PartnerTitle, "/partner"}, {view.Number, ""}}
	var err error
	if h.seen, err = s.read(r, v, Glance{Subject: x.Person.ID, Reason: "partner", Classes: "P"}, h.told(), recorders(h.entries)...); err != nil {
		return view, err
	}
	if chip := referralDue(v, x, s.today()); chip != nil && x.Over == 0 {
		view.Chips = append(view.Chips, *chip)
	}
	view.Facts = referralFacts(v, x, v.W.Code("controller", x.Controller))[2:]
	view.Told, view.Forms = inwardTold(v, h), s.referralForms(v, h)
	if !x.Inward {
		view.SharedHeading, view.Shares = w.PartnerShared, sharedViews(v, h)
	}
	view.History = referralHistory(v, h)
	for i := range view.Shares {
		view.Shares[i].Href = ""
	}
	for i := range view.History {
		view.History[i].Href = ""
	}
	return view, nil
}

// recorders are the accounts that recorded some entries.
func recorders(entries []projections.Entry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.RecordedBy
	}
	return out
}

// partnerAct takes a step of the partner.
func (s *Site) partnerAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	h, err := s.partnerAsked(r, v)
	if err != nil {
		return err
	}
	fixed := h.fixed()
	fixed[map[bool]string{true: "partner", false: "case"}[h.of.Inward]] = h.stream()
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: s.partnerSteps(h.of), fixed: fixed,
		done: func(uint64) string { return partnerHref(h.of.Position) },
		again: func(status int, faults []FieldError) error {
			h, err := s.partnerAsked(r, v)
			if err != nil {
				return err
			}
			view, err := s.partnerReferralView(r, v, h)
			if err != nil {
				return err
			}
			formAgain(v, r, view.Forms, faults)
			return s.show(w, r, status, "referral", "", view)
		},
	})
}

// partnerSteps are the commands that fit a referral and that a partner gives.
func (s *Site) partnerSteps(x projections.Referral) []string {
	return slices.DeleteFunc(slices.Clone(actsFor(x)), func(command string) bool {
		shape, _ := s.shape(command)
		return !slices.Contains(shape.Roles, domain.Partner)
	})
}

// partnerSend takes in whom the partner sends to us.
func (s *Site) partnerSend(w http.ResponseWriter, r *http.Request, v Visitor) error {
	own, err := s.ownBody(r, v)
	if err != nil {
		return err
	}
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: []string{"partner.make_inward"}, fixed: map[string]any{"partner": own.of.ID}, done: partnerHref,
		again: func(status int, faults []FieldError) error {
			view, err := s.partnerView(r, v)
			if err != nil {
				return err
			}
			view.Send.again(v.W, r, faults)
			return s.show(w, r, status, "partner", "", view)
		},
	})
}
