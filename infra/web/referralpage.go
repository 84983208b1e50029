package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/projections"
)

// handed is one referral with the events that tell of it.
type handed struct {
	of      projections.Referral
	entries []projections.Entry // ascending
	version uint64              // of the stream, for commands
	who     *dossier            // nil where it is not known
	seen    reading
}

// stream is the stream the referral lies in.
func (h *handed) stream() string {
	if h.of.Inward {
		return h.of.Partner
	}
	return h.of.Case
}

// referralAsked reads the referral of an address; ErrMissing if the controller has
// none of that number.
func (s *Site) referralAsked(r *http.Request, controller, partner string) (*handed, error) {
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 63)
	if err != nil || no == 0 {
		return nil, ErrMissing
	}
	list, err := s.config.Journey.Referrals(r.Context(), projections.ReferralFilter{Controller: controller, Partner: partner, Position: no})
	if err != nil {
		return nil, missing(err)
	}
	if len(list) == 0 {
		return nil, ErrMissing
	}
	h := &handed{of: list[0]}
	return h, s.course(r, h)
}

// course reads the events that tell of a referral.
func (s *Site) course(r *http.Request, h *handed) error {
	category, fact := "case", "referral"
	if h.of.Inward {
		category, fact = "partner", "inward"
	}
	all, err := s.config.Journey.Stream(r.Context(), domain.StreamName(category, h.stream()), projections.Newest)
	if err != nil {
		return missing(err)
	}
	var shares []string
	for _, e := range all {
		version, _ := e.Facts.Int("version")
		h.version = uint64(version)
		share := e.Facts.Text("share")
		if e.Facts.Text(fact) == h.of.ID && (strings.HasPrefix(e.Type, "case.") || strings.HasPrefix(e.Type, "partner.inward_")) || share != "" && slices.Contains(shares, share) {
			h.entries = append(h.entries, e)
			shares = append(shares, share)
		}
	}
	return nil
}

// readReferral opens what a counsellor may see of it. What an inward one says of a
// person stays closed until we have accepted.
func (s *Site) readReferral(r *http.Request, v Visitor, h *handed) error {
	entries := slices.Clone(h.entries)
	if h.of.Inward && h.of.Answered == 0 {
		entries = slices.DeleteFunc(entries, func(e projections.Entry) bool { return e.Type == "partner.inward_made" })
	}
	if h.of.Person.ID != "" {
		d, err := s.profile(r.Context(), h.of.Person.ID)
		if err != nil {
			return err
		}
		h.who = d
		entries = append(entries, d.entries...)
	}
	var err error
	h.seen, err = s.read(r, v, Glance{Subject: h.of.Person.ID, Reason: "referral", Classes: "PX"}, entries)
	if h.who != nil {
		h.who.seen = h.seen
	}
	return err
}

// referral is the page of one referral.
func (s *Site) referral(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	h, err := s.referralAsked(r, v.Actor.Controller, "")
	if err != nil {
		return err
	}
	view, err := s.referralView(r, v, h)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "referral", "", view)
}

func (s *Site) referralView(r *http.Request, v Visitor, h *handed) (ReferralView, error) {
	w, x := v.W.Referrals, h.of
	number := recordNumber(x.Position)
	view := ReferralView{Page: s.page(r, v, "referrals", w.Title, "css/journey.css", "css/edit.css", "css/referrals.css"), Number: number, Record: recordHref(x.Position),
		State: referralChip(v, x), Direction: directionChip(v, x.Inward), Behind: s.behind(r, v), Nothing: w.StepsOver}
	if !x.Inward {
		view.SharedHeading = w.Shared
	}
	view.Here = referralHref(x.Position)
	view.Crumbs = []Crumb{{w.Title, "/referrals"}, {number, ""}}
	if err := s.readReferral(r, v, h); err != nil {
		return view, err
	}
	name, err := s.bodyName(r.Context(), bodyNames{}, x.Partner)
	if err != nil {
		return view, err
	}
	view.Heading = w.One(v.W.Code("referral_purpose", x.Purpose), name)
	if h.who != nil {
		n := s.nameOf(v, h.who)
		view.Person, view.Chips = &PersonLink{n.name, n.number, n.href}, n.chips
	}
	if chip := referralDue(v, x, s.today()); chip != nil && x.Over == 0 {
		view.Chips = append(view.Chips, *chip)
	}
	view.Facts = referralFacts(v, x, name)
	view.Told = inwardTold(v, h)
	view.Shares = sharedViews(v, h)
	view.History = referralHistory(v, h)
	view.Forms = s.referralForms(v, h)
	if h.standing() != nil {
		view.Letter = view.Here + "/letter"
	}
	return view, nil
}

// referralFacts are the days and the basis of a referral.
func referralFacts(v Visitor, x projections.Referral, partner string) []Pair {
	w := v.W.Referrals
	out := []Pair{{Label: w.Partner, Value: partner}, {Label: w.Purpose, Value: v.W.Code("referral_purpose", x.Purpose)}}
	if x.Inward {
		out[0].Label = w.Sender
	}
	if x.Basis != "" {
		out = append(out, Pair{Label: w.Basis, Value: v.W.Code("basis", x.Basis)})
	}
	out = append(out, Pair{Label: w.Begun, Value: v.W.Date(x.Begun)})
	if x.Sent != 0 && !x.Inward {
		out = append(out, Pair{Label: w.Sent, Value: v.W.Date(x.Sent)})
	}
	if x.Due != 0 {
		out = append(out, Pair{Label: w.DueOn, Value: v.W.Date(x.Due)})
	}
	if x.Answered != 0 {
		out = append(out, Pair{Label: w.Answered, Value: v.W.Date(x.Answered)})
	}
	return out
}

// inwardTold is what a partner told of the person it sends to us.
func inwardTold(v Visitor, h *handed) []Pair {
	if !h.of.Inward {
		return nil
	}
	for _, e := range h.entries {
		if e.Type == "partner.inward_made" {
			return sealedWords(v, h.seen, []projections.Entry{e})
		}
	}
	return nil
}

// sharedViews are the shares of a referral, newest first, each word for word.
func sharedViews(v Visitor, h *handed) []SharedView {
	var out []SharedView
	for _, e := range slices.Backward(h.entries) {
		if e.Type != "case.information_shared" {
			continue
		}
		flag, _ := e.Facts.Int("confidential_flag_sent")
		share := SharedView{ISO: e.From.String(), When: v.W.Date(e.From), Basis: v.W.Code("basis", e.Facts.Text("basis")), Flag: flag == 1, Text: h.seen.note(v.W, e),
			Fields: v.W.CodeNames("share_field", strings.Split(e.Facts.Text("fields"), ",")), Number: recordNumber(e.Position), Href: recordHref(e.Position)}
		share.State = Chip{"green", "", v.W.Referrals.ShareNow["made"]}
		for _, later := range h.entries {
			switch {
			case later.Facts.Text("share") != e.Facts.Text("share"):
			case later.Type == "case.sharing_stopped":
				share.State = Chip{"yellow", "warn", v.W.Referrals.ShareNow["stopped"]}
			case later.Type == "case.sharing_answered":
				share.State = Chip{"gray", "", v.W.Code("answer", later.Facts.Text("answer"))}
			}
		}
		out = append(out, share)
	}
	return out
}

// referralHistory are the steps, newest first.
func referralHistory(v Visitor, h *handed) []ReferralEvent {
	var out []ReferralEvent
	for _, e := range slices.Backward(h.entries) {
		row := ReferralEvent{ISO: e.From.String(), When: v.W.DayMonth(e.From), Title: v.W.Event(e.Type), By: v.W.Journey.Recorded(h.seen.name(v, e.RecordedBy), v.W.DateTime(e.RecordedAt)),
			Number: recordNumber(e.Position), Href: recordHref(e.Position)}
		switch e.Type {
		case "case.information_shared", "partner.inward_made": // told beside
		default:
			row.Facts = factsInWords(v.W, e)
			row.Text = cmp.Or(h.seen.texts[e.Position].first("reason"), h.seen.note(v.W, e))
		}
		out = append(out, row)
	}
	return out
}

// referralActs are the commands that may follow, by state.
var (
	referralActs = map[string][]string{
		"proposed": {"case.agree_referral", "case.cancel_referral"}, "agreed": {"case.send_referral", "case.cancel_referral"},
		"sent":     {"case.accept_referral", "case.decline_referral", "case.receive_referral", "case.cancel_referral"},
		"received": {"case.accept_referral", "case.decline_referral", "case.cancel_referral"},
		"lapsed":   {"case.resend_referral", "case.cancel_referral"},
		"accepted": {"case.progress_referral", "case.complete_referral", "case.return_referral", "case.cancel_referral"},
	}
	inwardActs = map[string][]string{
		"sent":     {"partner.accept_inward", "partner.decline_inward", "partner.withdraw_inward"},
		"accepted": {"partner.link_inward", "partner.answer_inward", "partner.withdraw_inward"},
		"linked":   {"partner.answer_inward", "partner.withdraw_inward"},
	}
)

func actsFor(x projections.Referral) []string {
	switch {
	case x.Inward:
		return inwardActs[x.State]
	case x.State == "in_progress":
		return referralActs["accepted"]
	}
	return referralActs[x.State]
}

// referralForms are the steps that fit the referral and that the visitor may take.
func (s *Site) referralForms(v Visitor, h *handed) []CommandForm {
	w, x := v.W.Referrals, h.of
	var out []CommandForm
	for _, command := range actsFor(x) {
		shape, _ := s.shape(command)
		if !s.mayGive(v, shape) {
			continue
		}
		f := commandForm{action: referralHref(x.Position), heading: w.StepNames[command], submit: v.W.Rights.Save, expected: h.version,
			values: map[string]string{"referral": x.ID, "inward": x.ID, "due_on": v.W.PlainDate(s.soon()), "basis": "within_purpose"}, fixed: []string{"referral", "inward"},
			skip: []string{"contact", "name", "consent", "routine"}, choices: map[string][]Option{}}
		if partnerOnly(v) {
			f.action, f.heading = partnerHref(x.Position), w.PartnerSteps[command]
			f.expected = 0 // a version would tell of what else happens in the case
		}
		if h.who != nil {
			f.values["notice_version"] = h.who.notice()
		}
		if command == "case.return_referral" {
			f.choices["reason"] = codeOptions(v.W, "reason", []string{"out_of_scope", "full", "no_contact", "other"})
		}
		if command == "case.resend_referral" {
			for _, e := range h.entries {
				if e.Type == "case.information_shared" {
					f.values["fields"], f.values["text"], f.values["notice_version"] = e.Facts.Text("fields"), h.seen.texts[e.Position].first("text"), e.Facts.Text("notice_version")
				}
			}
		}
		form := s.commandForm(v.W, strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(command, "case."), "partner."), "_", "-"), command, f)
		form.addDay(v.W, s.today())
		if command == "partner.link_inward" {
			form.hint("person", w.LinkHint)
		}
		out = append(out, form)
	}
	return out
}

// referralAct takes a step.
func (s *Site) referralAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	h, err := s.referralAsked(r, v.Actor.Controller, "")
	if err != nil {
		return err
	}
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: actsFor(h.of), stream: h.stream(), fixed: h.fixed(),
		done: func(uint64) string { return referralHref(h.of.Position) },
		again: func(status int, faults []FieldError) error {
			h, err := s.referralAsked(r, v.Actor.Controller, "")
			if err != nil {
				return err
			}
			view, err := s.referralView(r, v, h)
			if err != nil {
				return err
			}
			formAgain(v, r, view.Forms, faults)
			return s.show(w, r, status, "referral", "", view)
		},
	})
}

// fixed names the referral of the address, whatever the form says.
func (h *handed) fixed() map[string]any {
	if h.of.Inward {
		return map[string]any{"inward": h.of.ID}
	}
	return map[string]any{"referral": h.of.ID}
}

func partnerHref(position uint64) string { return "/partner/" + strconv.FormatUint(position, 10) }
