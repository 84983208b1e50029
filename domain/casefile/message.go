package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var messageEvents = []eventType{
	domain.Happens[Case, MessageDayLogged]("case.message_day_logged"),
	domain.Happens[Case, MessageDayVoided]("case.message_day_voided"),
	domain.Happens[Case, OutboundSent]("case.outbound_sent"),
}

var messageCommands = []commandType{
	domain.Can[Case, LogMessageDay]("case.log_message_day", domain.Counsellor, domain.Lead),
	domain.Can[Case, VoidMessageDay]("case.void_message_day", domain.Counsellor, domain.Lead),
	domain.Can[Case, SendOutbound]("case.send_outbound", domain.Counsellor, domain.Lead, domain.System),
}

// MessageDayLogged: the messages of one thread on the envelope's day. Logging
// the day again replaces the totals.
type MessageDayLogged struct {
	Thread string `fact:"thread,id,new"`
	MessageTotals
	Summary string `sealed:"summary?,X"`
}

// MessageTotals are the facts of one thread and day.
type MessageTotals struct {
	Channel       string   `fact:"channel,code=email|line|letter"`
	Inbound       int      `fact:"inbound,int"`
	Outbound      int      `fact:"outbound,int"`
	Categories    []string `fact:"categories,codes=category"`
	Desk          string   `fact:"desk,code"`
	Counsellor    string   `fact:"counsellor,id"`
	NoticeVersion string   `fact:"notice_version,token,absent=notice.missing"`
}

func (e *MessageDayLogged) Apply(c *Case, env domain.Envelope) {
	c.MessageDays[MessageDayKey{e.Thread, env.Occurred}] = &MessageDay{MessageTotals: e.MessageTotals}
	c.engage(env.Occurred)
}

// MessageDayVoided: the day of the thread was logged wrongly. Final.
type MessageDayVoided struct {
	Thread string     `fact:"thread,id"`
	Day    japan.Date `fact:"day,date"`
	Reason string     `fact:"reason,code=void_reason"`
}

func (e *MessageDayVoided) Apply(c *Case, _ domain.Envelope) {
	c.MessageDays[MessageDayKey{e.Thread, e.Day}].Voided = true
}

// OutboundSent: the desk wrote or called without being asked. Never countable,
// and no contact: a dormant case stays dormant.
type OutboundSent struct {
	Outbound string `fact:"outbound,id,new"`
	Channel  string `fact:"channel,code"`
	Topic    string `fact:"topic,code=reminder|event_notice|material|check_up|other"`
	Bulk     bool   `fact:"bulk,flag"`
	Mailing  string `fact:"mailing?,id"`
	Text     string `sealed:"text?,X"`
}

func (e *OutboundSent) Apply(c *Case, _ domain.Envelope) { c.Outbound[e.Outbound] = true }

// MessageDayKey names one thread on one day.
type MessageDayKey struct {
	Thread string
	Day    japan.Date
}

// MessageDay runs logged* → voided.
type MessageDay struct {
	MessageTotals
	Voided bool
}

func (m MessageTotals) same(o MessageTotals) bool {
	lists := canonical(m.Categories) == canonical(o.Categories)
	return lists && m.Channel == o.Channel && m.Inbound == o.Inbound && m.Outbound == o.Outbound &&
		m.Desk == o.Desk && m.Counsellor == o.Counsellor && m.NoticeVersion == o.NoticeVersion
}

// LogMessageDay records the messages of one thread on the day they were written.
type LogMessageDay struct{ MessageDayLogged }

func (l *LogMessageDay) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, l); err != nil {
		return nil, err
	}
	day := c.MessageDays[MessageDayKey{l.Thread, occurred(in)}]
	switch {
	case day != nil && !day.Voided && l.same(day.MessageTotals) && l.Summary == "":
		return nil, nil
	case day != nil && day.Voided:
		return nil, domain.Refuse("message.state")
	case l.Inbound < 0 || l.Outbound < 0:
		return nil, domain.RefuseField("field.range", "inbound")
	case l.Inbound+l.Outbound == 0:
		return nil, domain.RefuseField("message.empty", "inbound")
	}
	if err := colleague(in, "counsellor", l.Counsellor); err != nil {
		return nil, err
	}
	if err := noticeShown(in, c.Lead, l.NoticeVersion); err != nil {
		return nil, err
	}
	return []event{&l.MessageDayLogged}, nil
}

// VoidMessageDay takes the day of a thread back for good.
type VoidMessageDay struct{ MessageDayVoided }

func (v *VoidMessageDay) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, v); err != nil {
		return nil, err
	}
	switch day := c.MessageDays[MessageDayKey{v.Thread, v.Day}]; {
	case day == nil:
		return nil, unknown("thread")
	case day.Voided:
		return nil, nil
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&v.MessageDayVoided}, nil
}

// SendOutbound records that the desk wrote or called.
type SendOutbound struct{ OutboundSent }

func (s *SendOutbound) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, s); err != nil {
		return nil, err
	}
	if c.Outbound[s.Outbound] {
		return nil, nil
	}
	if err := c.mayContact(in); err != nil {
		return nil, err
	}
	p, _ := lookPerson(in, c.Lead)
	if s.Channel == "letter" && p.Confidential && p.AddressOn < p.ConfidentialOn {
		return nil, domain.RefuseField("confidentiality.old_address", "channel")
	}
	return []event{&s.OutboundSent}, nil
}
