package web

import (
	"net/http"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"

	"github.com/google/uuid"
)

// register records a person, the notice, consents, a first case and the first
// consultation in one append. Nobody is recorded who was not looked for, and nobody
// who is likely on record without a reason.
func (s *Site) register(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	in := readIntake(r)
	if _, err := uuid.Parse(in.search); err != nil || in.query == "" {
		http.Redirect(w, r, "/intake", http.StatusSeeOther)
		return nil
	}
	in.check(v.W, s.today())
	view := s.intakeView(r, v)
	if err := s.nearby(r, v, &view); err != nil {
		return err
	}
	if err := s.alike(r, v, in, &view); err != nil {
		return err
	}
	again := func(faults []FieldError) error {
		in.faults = append(in.faults, faults...)
		view.Form = s.intakeForm(v, in, view.Hits)
		return s.show(w, r, http.StatusUnprocessableEntity, "intake", "", view)
	}
	if len(in.faults) > 0 {
		return again(nil)
	}
	id := uuid.MustParse(in.commandID)
	req, err := s.request(v, id, "person.first_contact", s.firstContact(v, in, view.Hits))
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if faults, ok := faultsOf(v.W, err, intakeInputs); ok {
		return again(faults)
	}
	if err != nil {
		return err
	}
	s.intakeDone(r, v, in)
	position, repeated := lastOf(receipts)
	http.Redirect(w, r, savedAddress(domain.DeriveID(id, "person"), position, repeated), http.StatusSeeOther)
	return nil
}

var intakeInputs = map[string]string{"family": "name", "birth_date": "born", "birth_year": "born", "value": "phone", "categories": "categories", "channel": "channel", "aims": "aims",
	"note": "memo", "summary": "memo", "lead_source": "lead_source", "age_band": "age_band", "residence_pref": "residence_pref", "method": "method"}

// alike judges what was typed as a record beside all others, and puts those who are
// likely the same before those who were found by the words alone. Whoever is
// recorded already by this very command is nobody else.
func (s *Site) alike(r *http.Request, v Visitor, in *intakeInput, view *IntakeView) error {
	self := domain.DeriveID(uuid.MustParse(in.commandID), "person")
	view.Hits = slices.DeleteFunc(view.Hits, func(h IntakeHit) bool { return h.ID == self })
	if in.nameless() || len(in.faults) > 0 && in.name == "" && in.reading == "" {
		return nil
	}
	found, err := s.config.People.Like(r.Context(), v.Actor, in.told())
	if err != nil {
		return err
	}
	if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
		return err
	}
	more, err := s.intakeHits(r, v, found.Hits)
	if err != nil {
		return err
	}
	for _, h := range more {
		i := slices.IndexFunc(view.Hits, func(had IntakeHit) bool { return had.ID == h.ID })
		switch {
		case h.ID == self:
		case i < 0 && h.Likely:
			view.Hits = append(view.Hits, h)
		case i >= 0 && h.Points > view.Hits[i].Points:
			view.Hits[i] = h
		}
	}
	slices.SortStableFunc(view.Hits, func(a, b IntakeHit) int { return b.Points - a.Points })
	for i := range view.Hits {
		view.Hits[i].First = i == 0
	}
	view.Found = v.W.Intake.Found(len(view.Hits))
	in.askApart(v.W, slices.DeleteFunc(slices.Clone(view.Hits), func(h IntakeHit) bool { return !h.Likely }))
	return nil
}

// firstContact is the data of the command.
func (s *Site) firstContact(v Visitor, in *intakeInput, hits []IntakeHit) map[string]any {
	who := map[string]any{"kind": "consultee", "anonymous": in.nameless(), "age_band": in.age, "residence_pref": in.residence,
		"language": in.language, "student": in.student, "search": in.search}
	out := map[string]any{
		"register": who,
		"open":     map[string]any{"desk": v.Actor.Desk, "aims": in.aims, "lead_source": in.lead, "target_pref": targetOf(v), "new_episode": false},
	}
	version := noticeNone
	if !in.nameless() {
		version = v.W.PurposeOn(s.today()).Version
		s.identified(v, in, hits, version, who, out)
	}
	if in.act == "only" {
		return out
	}
	spoken := map[string]any{"desk": v.Actor.Desk, "channel": in.channel, "categories": in.categories, "counsellor": v.ID, "notice_version": version}
	if slices.Contains(messageChannels, in.channel) {
		spoken["inbound"], spoken["outbound"], spoken["summary"] = 1, 1, in.memo
		out["message"] = spoken
		return out
	}
	spoken["attendee_count"], spoken["initiated_by"], spoken["advice"], spoken["outcome"], spoken["note"] = 1, "person", true, "continuing", in.memo
	if len(in.concerns) > 0 {
		spoken["concerns"] = in.concerns
	}
	out["consultation"] = spoken
	return out
}

// noticeNone is the notice version of people who give no name.
const noticeNone = "none_anonymous"

// identified adds what is kept of a person who gives a name.
func (s *Site) identified(v Visitor, in *intakeInput, hits []IntakeHit, version string, who, out map[string]any) {
	in.calls(who)
	out["notice"] = map[string]any{"notice_version": version, "language": map[bool]string{true: in.language, false: "ja"}[in.language == "en"], "method": in.method}
	contacts := map[string]any{}
	for _, c := range in.contacts() {
		contacts[c.kind] = map[string]any{"kind": c.kind, "shared": false, "value": c.value}
	}
	consents := map[string]any{}
	for _, scope := range in.consents {
		consents[scope] = map[string]any{"scope": []string{scope}, "evidence_ref": v.W.Intake.ByOral(v.W.Code("notice_method", in.method))}
	}
	apart := map[string]any{}
	for _, h := range hits {
		if !h.Likely {
			continue
		}
		pair := map[string]any{"score": h.Points, "signals": h.signals}
		for _, a := range apartReasons {
			if a.code == in.apart[h.ID] && a.dismissed != "" {
				pair["reason"] = a.dismissed
			}
			if a.code == in.apart[h.ID] && a.code == "family" {
				for _, c := range contacts {
					c.(map[string]any)["shared"] = true
				}
			}
		}
		apart[h.ID] = pair
	}
	for name, part := range map[string]map[string]any{"contacts": contacts, "consents": consents, "apart": apart} {
		if len(part) > 0 {
			out[name] = part
		}
	}
}

// calls puts the parts of a name and a birth into the data of a command.
func (in *intakeInput) calls(who map[string]any) {
	born := "birth_date"
	if len(in.birthDate) == 4 {
		born = "birth_year"
	}
	for name, text := range map[string]string{"family": in.family, "given": in.given, "family_kana": in.familyKana, "given_kana": in.givenKana, born: in.birthDate} {
		if text != "" {
			who[name] = text
		}
	}
}

// targetOf is the prefecture a case of this desk looks at.
func targetOf(v Visitor) string {
	if _, ok := japan.PrefectureOf(v.Actor.Controller); ok {
		return v.Actor.Controller
	}
	return "undecided"
}
