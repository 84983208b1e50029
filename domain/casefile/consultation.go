package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var consultationEvents = []eventType{
	domain.Happens[Case, ConsultationHeld]("case.consultation_held"),
	domain.Happens[Case, ConsultationAmended]("case.consultation_amended"),
	domain.Happens[Case, ConsultationVoided]("case.consultation_voided"),
	domain.Happens[Case, ConsultationReleased]("case.consultation_released"),
	domain.Happens[Case, ConsultationReceived]("case.consultation_received", knownToTheDay),
}

var consultationCommands = []commandType{
	domain.Can[Case, HoldConsultation]("case.hold_consultation", domain.Counsellor, domain.Lead),
	domain.Can[Case, AmendConsultation]("case.amend_consultation", domain.Counsellor, domain.Lead),
	domain.Can[Case, VoidConsultation]("case.void_consultation", domain.Counsellor, domain.Lead),
}

// Session is what is recorded in clear about one consultation.
type Session struct {
	LeadPerson    string   `fact:"lead_person,id"`
	Attendees     []string `fact:"attendees?,ids"`
	AttendeeCount int      `fact:"attendee_count,int"`
	Desk          string   `fact:"desk,code"`
	Channel       string   `fact:"channel,code"`
	Categories    []string `fact:"categories,codes=category,absent=consultation.no_category"`
	StartedAt     *int     `fact:"started_at?,time"`
	EndedAt       *int     `fact:"ended_at?,time"`
	Counsellor    string   `fact:"counsellor,id"`
	CoCounsellors []string `fact:"co_counsellors?,ids"`
	InitiatedBy   string   `fact:"initiated_by,code"`
	Advice        bool     `fact:"advice,flag"`
	NoticeVersion string   `fact:"notice_version,token,absent=notice.missing"`
	Outcome       string   `fact:"outcome,code=session_outcome"`
	Concerns      []string `fact:"concerns?,codes=concern"`
	Motives       []string `fact:"motives?,codes=motive"`
	Booking       string   `fact:"booking?,id"`
	Reception     string   `fact:"reception?,id"`
	Outreach      string   `fact:"outreach?,id"`
	Override      string   `fact:"override?,code"`
	// OverrideReason and OutsideHoursReason are listed for auditors and leads.
	OverrideReason     string `fact:"override_reason?,token"`
	OutsideHoursReason string `fact:"outside_hours_reason?,token"`
}

// Words are what is written about one consultation.
type Words struct {
	Note      string `sealed:"note?,X"`
	NoteJob   string `sealed:"note_job?,X,job"`
	NoteReloc string `sealed:"note_reloc?,X,reloc"`
	Answer    string `sealed:"answer?,X"`
	Homework  string `sealed:"homework?,X"`
}

// ConsultationHeld: advice was given. It happened on the envelope's day.
type ConsultationHeld struct {
	Consultation string `fact:"consultation,id,new"`
	Session
	Words
	RawRow string `sealed:"raw_row?,P"`
}

func (e *ConsultationHeld) Apply(c *Case, env domain.Envelope) {
	c.Consultations[e.Consultation] = &Consultation{
		State: "held", Precision: env.Precision, Time: env.OccurredTime, Sitting: Sitting{env.Occurred, e.Session},
	}
	c.seat(e.Booking)
	c.engage(env.Occurred)
}

// ConsultationAmended: one field of a session was recorded wrong.
type ConsultationAmended struct {
	Consultation string `fact:"consultation,id"`
	Amendment
	OldText string `sealed:"old_text?,X"`
	NewText string `sealed:"new_text?,X"`
}

func (e *ConsultationAmended) Apply(c *Case, _ domain.Envelope) {
	s := c.Consultations[e.Consultation]
	if e.Field == "occurred_on" {
		s.Precision = "day"
	}
	before := s.Booking
	if e.change(&s.Sitting, sessionFields) == nil && s.Booking != before {
		c.unseat(before)
		c.seat(s.Booking)
	}
}

// ConsultationVoided: it was none, or is recorded elsewhere. Final.
type ConsultationVoided struct {
	Consultation string `fact:"consultation,id"`
	Reason       string `fact:"reason,code=void_reason"`
}

func (e *ConsultationVoided) Apply(c *Case, _ domain.Envelope) {
	c.Consultations[e.Consultation].State = "voided"
}

// Consultation runs held → held* → voided; moved while another case has it
// (events.md 5.3).
type Consultation struct {
	State     string
	Precision string // of the day it was held on
	Time      *int   // HHMM, nil if it is not known
	Sitting
}

// Sitting is a session with its day: what an amendment may change.
type Sitting struct {
	HeldOn japan.Date `fact:"occurred_on,date"`
	Session
}

// countable tells whether the session counts under the standing rule of
// counting.md 3.2; which channels count is a matter of the definition.
func (s *Consultation) countable() bool {
	if s.Override != "" {
		return s.Override == "count"
	}
	return s.Advice
}

// seat marks a booking held by a consultation, unseat gives it back.
func (c *Case) seat(booking string) {
	if b := c.Bookings[booking]; b != nil {
		b.State = "held"
	}
}

func (c *Case) unseat(booking string) {
	if b := c.Bookings[booking]; b != nil {
		b.State = "booked"
	}
}

// standing answers a consultation that can still be corrected here.
func (c *Case) standing(id string) (*Consultation, error) {
	switch s := c.Consultations[id]; {
	case s == nil:
		return nil, unknown("consultation")
	case s.State == "voided":
		return nil, domain.Refuse("consultation.voided")
	case s.State != "held":
		return nil, domain.Refuse("consultation.state")
	default:
		return s, nil
	}
}

// HoldConsultation records a session. Confirmed says that the warning about
// prohibited items was read.
type HoldConsultation struct {
	ConsultationHeld
	Confirmed bool `arg:"items_confirmed?,flag"`
}

func (h *HoldConsultation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, h); err != nil {
		return nil, err
	}
	if c.Consultations[h.Consultation] != nil {
		return nil, nil
	}
	if err := h.check(c, in); err != nil {
		return nil, err
	}
	if err := mayCollect(h.Confirmed, "note_job", h.NoteJob); err != nil {
		return nil, err
	}
	return []event{&h.ConsultationHeld}, nil
}

func (h *HoldConsultation) check(c *Case, in domain.Intent) error {
	at := h.StartedAt
	if at == nil {
		at = in.OccurredTime
	}
	for _, check := range []func() error{
		func() error { return h.checkParty(c, in) },
		func() error { return h.checkNotice(in) },
		func() error { return colleague(in, "counsellor", h.Counsellor) },
		h.checkTimes,
		func() error { return h.checkHours(in, occurred(in), at) },
		h.checkOverride,
		func() error { return h.checkBooking(c) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) checkParty(c *Case, in domain.Intent) error {
	switch {
	case !c.inParty(in, s.LeadPerson):
		return domain.RefuseField("case.not_member", "lead_person")
	case s.AttendeeCount < 1:
		return domain.RefuseField("field.range", "attendee_count")
	}
	return nil
}

// noneAnonymous is the notice version of people who give no name.
const noneAnonymous = "none_anonymous"

func (s *Session) checkNotice(in domain.Intent) error {
	return noticeShown(in, s.LeadPerson, s.NoticeVersion)
}

// noticeShown holds every identified person to a notice of purpose.
func noticeShown(in domain.Intent, person, version string) error {
	p, ok := lookPerson(in, person)
	if version == "" || (version == noneAnonymous && ok && !p.Anonymous) {
		return domain.RefuseField("notice.missing", "notice_version")
	}
	return nil
}

func (s *Session) checkTimes() error {
	if s.StartedAt != nil && s.EndedAt != nil && *s.EndedAt < *s.StartedAt {
		return domain.RefuseField("consultation.times", "ended_at")
	}
	return nil
}

// checkHours wants a session inside the hours of its desk, or at an evening or
// holiday event, or explained. Without a time or without set hours nothing can
// be said.
func (s *Session) checkHours(in domain.Intent, on japan.Date, at *int) error {
	var out domain.OutreachNow
	if s.Outreach != "" {
		var ok bool
		if out, ok = in.Look.Outreach(s.Outreach); !ok || elsewhere(in, out.Controller) {
			return unknown("outreach")
		}
	}
	if at == nil || s.OutsideHoursReason != "" || out.Evening || out.Kind == "evening" || out.Kind == "holiday" {
		return nil
	}
	if o := in.Look.Opening(s.Desk, on, *at); o.Known && !o.Open && !o.AfterHours {
		return domain.RefuseField("consultation.outside_hours", "started_at")
	}
	return nil
}

func (s *Session) checkOverride() error {
	if s.Override != "" && s.OverrideReason == "" {
		return domain.RefuseField("override.no_reason", "override_reason")
	}
	return nil
}

func (s *Session) checkBooking(c *Case) error {
	if s.Booking == "" {
		return nil
	}
	_, err := c.booked(s.Booking)
	return err
}

// sessionFields may be amended; textFields too, sealed.
var (
	sessionFields = []string{
		"advice", "attendee_count", "attendees", "booking", "categories", "channel", "co_counsellors",
		"concerns", "counsellor", "desk", "ended_at", "initiated_by", "lead_person", "motives",
		"notice_version", "occurred_on", "outcome", "outreach", "outside_hours_reason", "override",
		"override_reason", "reception", "started_at",
	}
	textFields = []string{"answer", "homework", "note", "note_job", "note_reloc"}
)

// recheck repeats the checks that a change of one field may break.
func (s *Sitting) recheck(c *Case, in domain.Intent, field string) error {
	switch field {
	case "lead_person", "attendee_count":
		return s.checkParty(c, in)
	case "notice_version":
		return s.checkNotice(in)
	case "started_at", "ended_at", "occurred_on", "desk", "outreach", "outside_hours_reason":
		if s.HeldOn > in.Today() {
			return domain.RefuseField("date.in_future", "new")
		}
		if err := s.checkTimes(); err != nil {
			return err
		}
		return s.checkHours(in, s.HeldOn, s.StartedAt)
	case "override", "override_reason":
		return s.checkOverride()
	case "booking":
		return s.checkBooking(c)
	}
	return nil
}
