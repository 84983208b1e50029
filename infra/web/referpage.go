package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/projections"

	"github.com/google/uuid"
)

// referral as it was typed.
type referInput struct {
	partner, purpose, basis, consent, officer string
	reason, text, due, commandID, seen        string
	fields, drafted                           []string // chosen, and those the text was last made of
	on                                        japan.Date
	faults                                    []FieldError
}

func readRefer(r *http.Request) *referInput {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return &referInput{partner: text("partner"), purpose: text("purpose"), basis: text("basis"), consent: text("consent"), officer: text("officer"),
		reason: text("reason"), text: strings.ReplaceAll(text("text"), "\r\n", "\n"), due: text("due_on"), commandID: commandID(r).String(), seen: text("seen"), fields: r.PostForm["fields"], drafted: r.PostForm["drafted"]}
}

// digest names everything that would go out; what is sent is what was shown.
func (in *referInput) digest() string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{in.partner, in.purpose, in.basis, in.consent, in.officer, in.on.String(), in.text}, in.fields...), "\x00")))
	return hex.EncodeToString(sum[:])
}

// refer is the form that refers a person.
func (s *Site) refer(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := s.senderAsked(r, v)
	if err != nil {
		return err
	}
	in := &referInput{due: v.W.PlainDate(s.soon()), commandID: uuid.NewString(), fields: []string{"name"}}
	return s.showRefer(w, r, v, p, in, http.StatusOK, false)
}

// senderAsked reads and opens who is to be referred.
func (s *Site) senderAsked(r *http.Request, v Visitor) (*sender, error) {
	p, controller, err := s.sender(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !s.mayFacts(v, controller) || p.sum.State == "erased" {
		return nil, ErrMissing
	}
	seen, err := s.read(r, v, Glance{Subject: p.sum.ID, Reason: "refer", Classes: "P"}, p.entries)
	p.learn(seen)
	return p, err
}

// referAct shows what would be sent, or sends what was shown.
func (s *Site) referAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	p, err := s.senderAsked(r, v)
	if err != nil {
		return err
	}
	if p.c == nil {
		return ErrRefused
	}
	in := readRefer(r)
	if in.basis == "" && in.partner != "" {
		if b, err := s.body(r.Context(), in.partner); err == nil {
			in.basis = b.of.DefaultBasis
		}
	}
	if in.text == "" || in.text == p.draft(v, in.drafted) { // nobody has written into it
		in.text, in.drafted = p.draft(v, in.fields), in.fields
	}
	s.checkRefer(v, in)
	if len(in.faults) > 0 {
		return s.showRefer(w, r, v, p, in, http.StatusUnprocessableEntity, false)
	}
	req, err := s.referring(v, p, in)
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "send" && in.seen == in.digest() {
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil {
			return s.referredTo(w, r, in, receipts)
		}
		return s.referRefused(w, r, v, p, in, err)
	}
	if _, err := s.config.Office.Propose(r.Context(), req); err != nil {
		return s.referRefused(w, r, v, p, in, err)
	}
	return s.showRefer(w, r, v, p, in, http.StatusOK, true)
}

func (s *Site) checkRefer(v Visitor, in *referInput) {
	wrong := func(field, text string) { in.faults = append(in.faults, FieldError{field, text}) }
	if in.partner == "" {
		wrong("partner", v.W.Message.RequiredChoose(v.W.Referrals.Partner))
	}
	if in.purpose == "" {
		wrong("purpose", v.W.Message.RequiredChoose(v.W.Referrals.Purpose))
	}
	if len(in.fields) == 0 {
		wrong("fields", v.W.Message.RequiredChoose(v.W.Referrals.ReferFields))
	}
	if strings.TrimSpace(in.text) == "" {
		wrong("text", v.W.Referrals.TextNeeded)
	}
	t, err := japan.ReadComing(in.due, s.today())
	if err != nil {
		wrong("due_on", dateFault(v.W, err, "due_on"))
	}
	in.on = t.Date
}

// referInputs are the inputs in which the facts of the command were typed.
var referInputs = map[string]string{"partner": "partner", "recipient": "partner", "purpose": "purpose", "basis": "basis", "consent": "consent", "due_on": "due_on",
	"fields": "fields", "text": "text", "reason": "reason", "on_behalf_of": "officer", "notice_version": ""}

func (s *Site) referRefused(w http.ResponseWriter, r *http.Request, v Visitor, p *sender, in *referInput, err error) error {
	faults, ok := faultsOf(v.W, err, referInputs)
	if !ok {
		return refused(err)
	}
	in.faults = faults
	return s.showRefer(w, r, v, p, in, http.StatusUnprocessableEntity, false)
}

// referring is the command that a form gives.
func (s *Site) referring(v Visitor, p *sender, in *referInput) (office.Request, error) {
	id := uuid.MustParse(in.commandID)
	fields := map[string]any{"case": p.c.ID, "referral": referralID(id), "partner": in.partner, "purpose": in.purpose, "basis": in.basis, "due_on": in.on.String(),
		"fields": in.fields, "notice_version": p.notice(), "text": in.text}
	for name, text := range map[string]string{"consent": in.consent, "reason": in.reason, "on_behalf_of": in.officer} {
		if text != "" {
			fields[name] = text
		}
	}
	if p.sum.ConfidentialUntil != 0 {
		fields["confidential_flag_sent"] = true
	}
	return s.request(v, id, "case.refer", fields)
}

func referralID(command uuid.UUID) string { return uuid.NewSHA1(command, []byte("referral")).String() }

// referredTo leads to the referral that was made.
func (s *Site) referredTo(w http.ResponseWriter, r *http.Request, in *referInput, receipts []domain.Receipt) error {
	position, _ := lastOf(receipts)
	if err := s.wait(r.Context(), position); err != nil {
		return err
	}
	list, err := s.config.Journey.Referrals(r.Context(), projections.ReferralFilter{ID: referralID(uuid.MustParse(in.commandID))})
	if err != nil {
		return missing(err)
	}
	to := "/referrals"
	for _, x := range list {
		to = referralHref(x.Position)
	}
	http.Redirect(w, r, to+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
	return nil
}

func (s *Site) showRefer(w http.ResponseWriter, r *http.Request, v Visitor, p *sender, in *referInput, status int, preview bool) error {
	view, err := s.referView(r, v, p, in)
	if err != nil {
		return err
	}
	if preview {
		if view.Preview, err = s.referPreview(r.Context(), v, p, in); err != nil {
			return err
		}
		view.Seen = in.digest()
	}
	return s.show(w, r, status, "refer", "", view)
}

func (s *Site) referView(r *http.Request, v Visitor, p *sender, in *referInput) (ReferView, error) {
	w, n := v.W.Referrals, s.nameOf(v, p.dossier)
	view := ReferView{Page: s.page(r, v, "referrals", w.ReferTitle, "css/edit.css", "css/referrals.css"), Person: &PersonLink{n.name, n.number, n.href}, Chips: n.chips,
		Action: n.href + "/refer", CommandID: in.commandID, Reason: in.reason, Text: in.text, Drafted: in.drafted, Due: in.due, Confidential: p.sum.ConfidentialUntil != 0, NoCase: p.c == nil}
	view.Here = view.Action
	view.Crumbs = []Crumb{{n.number, n.href}, {w.ReferTitle, ""}}
	if len(in.faults) > 0 {
		view.Errors = newErrors(v.W, in.faults...)
	}
	if view.NoCase {
		return view, nil
	}
	var err error
	if view.Partners, err = s.bodies(r.Context(), v, in.partner); err != nil {
		return view, err
	}
	view.Purposes = codeOptions(v.W, "referral_purpose", domain.Codes["referral_purpose"], in.purpose)
	view.Bases = codeOptions(v.W, "basis", domain.Codes["basis"], in.basis)
	view.Fields = codeOptions(v.W, "share_field", domain.Codes["share_field"], in.fields...)
	for _, c := range p.sum.Consents {
		if c.State == "given" && (c.Until == 0 || c.Until >= s.today()) {
			view.Consents = append(view.Consents, Option{Value: c.ID, Text: v.W.CodeNames("consent_scope", c.Scope) + v.W.Calendar.Comma + v.W.PlainDate(c.Given), Chosen: c.ID == in.consent})
		}
	}
	if view.Confidential {
		view.Officers, err = s.officers(r, v, in.officer)
	}
	return view, err
}

// officers are the privacy officers of the controller.
func (s *Site) officers(r *http.Request, v Visitor, chosen string) ([]Option, error) {
	ids, err := s.config.Journey.Streams(r.Context(), "account")
	if err != nil {
		return nil, missing(err)
	}
	var found []string
	for _, id := range ids {
		list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("account", id), projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		if len(list) > 0 && list[0].Controller == v.Actor.Controller && slices.ContainsFunc(list, func(e projections.Entry) bool { return e.Facts.Text("role") == string(domain.Privacy) }) {
			found = append(found, id)
		}
	}
	seen, err := s.read(r, v, Glance{Reason: "refer", Classes: "P"}, nil, found...)
	var out []Option
	for _, id := range found {
		out = append(out, Option{Value: id, Text: seen.name(v, id), Chosen: id == chosen})
	}
	return out, err
}

// referPreview is exactly what the partner would see.
func (s *Site) referPreview(ctx context.Context, v Visitor, p *sender, in *referInput) (*ReferPreview, error) {
	w := v.W.Referrals
	to, err := s.bodyName(ctx, bodyNames{}, in.partner)
	if err != nil {
		return nil, err
	}
	return &ReferPreview{W: v.W, To: to, Text: in.text, Flag: p.sum.ConfidentialUntil != 0, Facts: []Pair{{Label: w.Purpose, Value: v.W.Code("referral_purpose", in.purpose)}, {Label: w.PreviewBy, Value: v.W.Code("basis", in.basis)},
		{Label: w.Fields, Value: v.W.CodeNames("share_field", in.fields)}, {Label: w.PreviewOn, Value: v.W.Date(in.on)}, {Label: w.NoticeHint, Value: cmp.Or(p.notice(), w.None)}}}, nil
}
