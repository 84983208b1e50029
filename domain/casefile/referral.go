package casefile

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var referralEvents = []eventType{
	domain.Happens[Case, ReferralProposed]("case.referral_proposed"),
	domain.Happens[Case, ReferralAgreed]("case.referral_agreed"),
	domain.Happens[Case, ReferralSent]("case.referral_sent"),
	domain.Happens[Case, ReferralReceived]("case.referral_received"),
	domain.Happens[Case, ReferralAccepted]("case.referral_accepted"),
	domain.Happens[Case, ReferralDeclined]("case.referral_declined"),
	domain.Happens[Case, ReferralProgressed]("case.referral_progressed"),
	domain.Happens[Case, ReferralReturned]("case.referral_returned"),
	domain.Happens[Case, ReferralCompleted]("case.referral_completed"),
	domain.Happens[Case, ReferralCancelled]("case.referral_cancelled"),
	domain.Happens[Case, ReferralLapsed]("case.referral_lapsed"),
	domain.Happens[Case, ReferralResent]("case.referral_resent"),
}

var referralCommands = []commandType{
	domain.Can[Case, Refer]("case.refer", domain.Counsellor, domain.Lead),
	domain.Can[Case, ProposeReferral]("case.propose_referral", domain.Counsellor, domain.Lead),
	domain.Can[Case, AgreeReferral]("case.agree_referral", domain.Counsellor, domain.Lead),
	domain.Can[Case, SendReferral]("case.send_referral", domain.Counsellor, domain.Lead),
	domain.Can[Case, ReceiveReferral]("case.receive_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, AcceptReferral]("case.accept_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, DeclineReferral]("case.decline_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, ProgressReferral]("case.progress_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, ReturnReferral]("case.return_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, CompleteReferral]("case.complete_referral", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Case, CancelReferral]("case.cancel_referral", domain.Counsellor, domain.Lead, domain.System),
	domain.Can[Case, LapseReferral]("case.lapse_referral", domain.System),
	domain.Can[Case, ResendReferral]("case.resend_referral", domain.Counsellor, domain.Lead),
}

// ReferralProposed: the counsellor thinks of handing the person on to a partner.
type ReferralProposed struct {
	Referral string `fact:"referral,id,new"`
	Partner  string `fact:"partner,id"`
	Purpose  string `fact:"purpose,code=referral_purpose"`
	Reason   string `sealed:"reason?,X"`
}

func (e *ReferralProposed) Apply(c *Case, env domain.Envelope) {
	c.Referrals[e.Referral] = &Referral{State: "proposed", Partner: e.Partner, Purpose: e.Purpose}
	c.engage(env.Occurred)
}

// ReferralAgreed: the person agrees, or the purpose notice covers it.
type ReferralAgreed struct {
	Referral string `fact:"referral,id"`
	Basis    string `fact:"basis,code,absent=basis.missing"`
	Consent  string `fact:"consent?,id"`
}

func (e *ReferralAgreed) Apply(c *Case, _ domain.Envelope) {
	r := c.Referrals[e.Referral]
	r.State, r.Basis, r.Consent = "agreed", e.Basis, e.Consent
}

// ReferralSent: it went to the partner with what was shared, in one append. The
// partner is to answer by DueOn.
type ReferralSent struct {
	Referral string     `fact:"referral,id"`
	Share    string     `fact:"share,id,new"`
	DueOn    japan.Date `fact:"due_on,date"`
}

func (e *ReferralSent) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].sent(e.Share, e.DueOn)
}

// ReferralReceived: the partner has it.
type ReferralReceived struct {
	Referral string `fact:"referral,id"`
}

func (e *ReferralReceived) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "received"
}

// ReferralAccepted: the partner takes it on. The name of who does is sealed
// under that contact's own key.
type ReferralAccepted struct {
	Referral string `fact:"referral,id"`
	Contact  string `arg:"contact?,id"` // owner of the sealed name; the section names it, no fact does
	Name     string `sealed:"name?,P,owner=contact"`
}

func (e *ReferralAccepted) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "accepted"
}

// ReferralDeclined: the partner does not take it on.
type ReferralDeclined struct {
	Referral string `fact:"referral,id"`
	Reason   string `fact:"reason,code=out_of_scope|full|no_contact|other"`
}

func (e *ReferralDeclined) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "declined"
}

// ReferralProgressed: the partner did something for the person.
type ReferralProgressed struct {
	Referral string `fact:"referral,id"`
	Step     string `fact:"step,code=contacted|met|viewing|applied|waiting"`
	Note     string `sealed:"note?,X"`
}

func (e *ReferralProgressed) Apply(c *Case, env domain.Envelope) {
	r := c.Referrals[e.Referral]
	r.State, r.Step, r.StepOn = "in_progress", e.Step, env.Occurred
}

// ReferralReturned: the partner gives it back.
type ReferralReturned struct {
	Referral string `fact:"referral,id"`
	Reason   string `fact:"reason,token"`
	Note     string `sealed:"note?,X"`
}

func (e *ReferralReturned) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "returned"
}

// ReferralCompleted: the partner's work is done.
type ReferralCompleted struct {
	Referral string `fact:"referral,id"`
	Result   string `fact:"result,code=achieved|partly|not_achieved"`
	Note     string `sealed:"note?,X"`
}

func (e *ReferralCompleted) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "completed"
}

// ReferralCancelled: it is called off on our side.
type ReferralCancelled struct {
	Referral string `fact:"referral,id"`
	Reason   string `fact:"reason,code=consent_withdrawn|person_wish|case_closed|error"`
}

func (e *ReferralCancelled) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].State = "cancelled"
}

// ReferralLapsed: the due date passed without an answer.
type ReferralLapsed struct {
	Referral string `fact:"referral,id"`
}

func (e *ReferralLapsed) Apply(c *Case, _ domain.Envelope) { c.Referrals[e.Referral].State = "lapsed" }

// ReferralResent: a lapsed referral went out again, with a share of its own.
type ReferralResent struct {
	Referral string     `fact:"referral,id"`
	Share    string     `fact:"share,id,new"`
	DueOn    japan.Date `fact:"due_on,date"`
}

func (e *ReferralResent) Apply(c *Case, _ domain.Envelope) {
	c.Referrals[e.Referral].sent(e.Share, e.DueOn)
}

// Referral hands a person on to a partner (events.md 5.5).
type Referral struct {
	State          string
	Partner        string
	Purpose        string
	Basis, Consent string
	Share          string // newest
	DueOn          japan.Date
	Step           string
	StepOn         japan.Date
}

func (r *Referral) sent(share string, due japan.Date) {
	r.State, r.Share, r.DueOn = "sent", share, due
}

// open tells whether somebody still has to do something (events.md 5.5).
func (r *Referral) open() bool { return slices.Contains(openReferrals, r.State) }

var openReferrals = []string{"proposed", "agreed", "sent", "lapsed", "received", "accepted", "in_progress"}

// referral answers the referral a command is about if it may take the step:
// done when it stands at the end of the step already. A partner's account may
// act on its own partner's referrals only.
func (c *Case) referral(in domain.Intent, cmd any, id, to string, from ...string) (r *Referral, done bool, err error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, false, err
	}
	switch r = c.Referrals[id]; {
	case r == nil:
		return nil, false, unknown("referral")
	case partnerActs(in) && r.Partner != in.Actor.Partner:
		return nil, false, domain.Refuse("account.not_allowed")
	case r.State == to && !slices.Contains(from, to):
		return r, true, nil
	case !slices.Contains(from, r.State):
		return nil, false, domain.Refuse("referral.state")
	}
	return r, false, nil
}

// ProposeReferral begins a referral.
type ProposeReferral struct{ ReferralProposed }

func (cmd *ProposeReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	if c.Referrals[cmd.Referral] != nil {
		return nil, nil
	}
	if _, err := lookPartner(in, cmd.Partner, "partner"); err != nil {
		return nil, err
	}
	return []event{&cmd.ReferralProposed}, nil
}

// AgreeReferral records on which basis the person may be handed on.
type AgreeReferral struct{ ReferralAgreed }

func (cmd *AgreeReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	r, done, err := c.referral(in, cmd, cmd.Referral, "agreed", "proposed")
	if err != nil || done {
		return nil, err
	}
	to, err := lookPartner(in, r.Partner, "referral")
	if err != nil {
		return nil, err
	}
	agreed := cmd.ReferralAgreed
	p, _ := lookPerson(in, c.Lead)
	id, consented := consentFor(in, p, cmd.Consent, to, nil)
	switch {
	case cmd.Basis == "":
		return nil, domain.RefuseField("basis.missing", "basis")
	case cmd.Basis == byConsent && !consented:
		return nil, domain.RefuseField("consent.missing", "consent")
	case cmd.Basis == byConsent:
		agreed.Consent = id
	case cmd.Basis == withinPurpose && !c.noticeCovers(p, "", to):
		return nil, domain.RefuseField("basis.not_covered", "basis")
	}
	return []event{&agreed}, nil
}

// Parcel is what goes to the partner with a referral; the basis is the agreed one.
type Parcel struct {
	Routine              bool     `arg:"routine?,flag"`
	Fields               []string `arg:"fields,codes=share_field"`
	NoticeVersion        string   `arg:"notice_version,token"`
	ConfidentialFlagSent bool     `arg:"confidential_flag_sent?,flag"`
	Text                 string   `sealed:"text,P"`
}

// share makes the share of a referral about to be sent, or says why it may not go.
func (p Parcel) share(c *Case, in domain.Intent, id, referral string, due japan.Date) (*InformationShared, error) {
	r := c.Referrals[referral]
	e := &InformationShared{
		Share: id, Recipient: r.Partner, Basis: r.Basis, Consent: r.Consent, Referral: referral,
		Routine: p.Routine, Fields: p.Fields, NoticeVersion: p.NoticeVersion,
		ConfidentialFlagSent: p.ConfidentialFlagSent, Text: p.Text,
	}
	if due < occurred(in) {
		return nil, domain.RefuseField("date.order", "due_on")
	}
	if c.Shares[id] != nil {
		return nil, domain.RefuseField("share.state", "share")
	}
	return e, c.maySend(in, e)
}

// SendReferral hands the person on, with what is shared, in one append.
type SendReferral struct {
	ReferralSent
	Parcel
}

func (cmd *SendReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "sent", "agreed")
	if err != nil || done {
		return nil, err
	}
	shared, err := cmd.share(c, in, cmd.Share, cmd.Referral, cmd.DueOn)
	if err != nil {
		return nil, err
	}
	return []event{shared, &cmd.ReferralSent}, nil
}

// ResendReferral sends a lapsed referral again.
type ResendReferral struct {
	ReferralResent
	Parcel
}

func (cmd *ResendReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "sent", "lapsed")
	if err != nil || done {
		return nil, err
	}
	shared, err := cmd.share(c, in, cmd.Share, cmd.Referral, cmd.DueOn)
	if err != nil {
		return nil, err
	}
	return []event{shared, &cmd.ReferralResent}, nil
}

// ReceiveReferral records that the partner has it.
type ReceiveReferral struct{ ReferralReceived }

func (cmd *ReceiveReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "received", "sent")
	if err != nil || done {
		return nil, err
	}
	return []event{&cmd.ReferralReceived}, nil
}

// AcceptReferral records that the partner takes it on.
type AcceptReferral struct{ ReferralAccepted }

func (cmd *AcceptReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "accepted", "sent", "received")
	if err != nil || done {
		return nil, err
	}
	if cmd.Name != "" && cmd.Contact == "" {
		return nil, domain.RefuseField("field.required", "contact")
	}
	return []event{&cmd.ReferralAccepted}, nil
}

// DeclineReferral records that the partner does not.
type DeclineReferral struct{ ReferralDeclined }

func (cmd *DeclineReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "declined", "sent", "received")
	if err != nil || done {
		return nil, err
	}
	return []event{&cmd.ReferralDeclined}, nil
}

// ProgressReferral records a step of the partner. What the partner tells is not
// taken down once the consent it relies on is withdrawn.
type ProgressReferral struct{ ReferralProgressed }

func (cmd *ProgressReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	r, _, err := c.referral(in, cmd, cmd.Referral, "in_progress", "accepted", "in_progress")
	if err != nil {
		return nil, err
	}
	if domain.Seals(cmd) && consentWithdrawn(in, c.Lead, r.Consent) {
		return nil, domain.Refuse("consent.is_withdrawn")
	}
	if r.Step == cmd.Step && r.StepOn == occurred(in) && !domain.Seals(cmd) {
		return nil, nil
	}
	return []event{&cmd.ReferralProgressed}, nil
}

func consentWithdrawn(in domain.Intent, person, consent string) bool {
	p, _ := lookPerson(in, person)
	return slices.ContainsFunc(p.Consents, func(c domain.ConsentNow) bool { return c.ID == consent && c.Withdrawn })
}

// ReturnReferral records that the partner gives it back.
type ReturnReferral struct{ ReferralReturned }

func (cmd *ReturnReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "returned", "accepted", "in_progress")
	if err != nil || done {
		return nil, err
	}
	return []event{&cmd.ReferralReturned}, nil
}

// CompleteReferral records the result.
type CompleteReferral struct{ ReferralCompleted }

func (cmd *CompleteReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "completed", "accepted", "in_progress")
	if err != nil || done {
		return nil, err
	}
	return []event{&cmd.ReferralCompleted}, nil
}

// CancelReferral calls an open referral off, a lapsed one too: nothing else
// would end it once the consent is gone. When consent was withdrawn, what was
// shared is stopped in the same append and the partner asked to delete it.
type CancelReferral struct{ ReferralCancelled }

func (cmd *CancelReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	_, done, err := c.referral(in, cmd, cmd.Referral, "cancelled", openReferrals...)
	if err != nil || done {
		return nil, err
	}
	out := []event{&cmd.ReferralCancelled}
	if cmd.Reason != "consent_withdrawn" {
		return out, nil
	}
	for _, id := range c.sharesOf(cmd.Referral) {
		out = append(out, c.stop(in, id, true)...)
	}
	return out, nil
}

// sharesOf lists the live shares of a referral, ascending.
func (c *Case) sharesOf(referral string) []string {
	var out []string
	for id, s := range c.Shares {
		if s.Referral == referral && s.State == shareMade {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// LapseReferral notes a due date that passed without an answer, and asks the
// owner to look after it.
type LapseReferral struct{ ReferralLapsed }

func (cmd *LapseReferral) Decide(c *Case, in domain.Intent) ([]event, error) {
	r, done, err := c.referral(in, cmd, cmd.Referral, "lapsed", "sent")
	if err != nil || done {
		return nil, err
	}
	if occurred(in) <= r.DueOn {
		return nil, domain.Refuse("referral.state")
	}
	return []event{&cmd.ReferralLapsed, c.planned(in, "check_referral", occurred(in), cmd.Referral)}, nil
}
