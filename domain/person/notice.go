package person

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var noticeEvents = []eventType{
	domain.Happens[Person, NoticeGiven]("person.notice_given"),
	domain.Happens[Person, ConsentGiven]("person.consent_given"),
	domain.Happens[Person, ConsentWithdrawn]("person.consent_withdrawn"),
	domain.Happens[Person, ConsentExpired]("person.consent_expired"),
}

var noticeCommands = []commandType{
	domain.Can[Person, GiveNotice]("person.give_notice", domain.Counsellor, domain.Lead),
	domain.Can[Person, GiveConsent]("person.give_consent", domain.Counsellor, domain.Lead),
	domain.Can[Person, WithdrawConsent]("person.withdraw_consent", domain.Counsellor, domain.Lead, domain.Privacy),
	domain.Can[Person, ExpireConsent]("person.expire_consent", domain.System),
}

// NoticeGiven: the purpose of use was shown.
type NoticeGiven struct {
	NoticeVersion string `fact:"notice_version,token"`
	Language      string `fact:"language,token"`
	Method        string `fact:"method,code=paper|oral_signed|oral_recorded|web"`
	EvidenceRef   string `sealed:"evidence_ref?,P"`
}

func (e *NoticeGiven) Apply(p *Person, _ domain.Envelope) {
	p.Notices = append(slices.Clip(p.Notices), e.NoticeVersion)
}

// ConsentGiven: the person agrees to a use; without recipients or fields, to
// all that the scope covers.
type ConsentGiven struct {
	Consent     string     `fact:"consent,id,new"`
	Scope       []string   `fact:"scope,codes=consent_scope"`
	Recipients  []string   `fact:"recipients?,ids"`
	Fields      []string   `fact:"fields?,codes=share_field"`
	Until       japan.Date `fact:"until?,date"` // last day
	EvidenceRef string     `sealed:"evidence_ref,P"`
}

func (e *ConsentGiven) Apply(p *Person, _ domain.Envelope) {
	p.Consents[e.Consent] = Consent{Scope: e.Scope, Recipients: e.Recipients, Fields: e.Fields, Until: e.Until}
}

// ConsentWithdrawn: the person agrees no longer.
type ConsentWithdrawn struct {
	Consent string `fact:"consent,id"`
	Words   string `sealed:"words?,X"`
}

func (e *ConsentWithdrawn) Apply(p *Person, _ domain.Envelope) {
	c := p.Consents[e.Consent]
	c.Withdrawn = true
	p.Consents[e.Consent] = c
}

// ConsentExpired: its last day has passed.
type ConsentExpired struct {
	Consent string `fact:"consent,id"`
}

func (e *ConsentExpired) Apply(p *Person, _ domain.Envelope) {
	c := p.Consents[e.Consent]
	c.Expired = true
	p.Consents[e.Consent] = c
}

// Consent runs given → withdrawn | expired (events.md 5.8).
type Consent struct {
	Scope, Recipients, Fields []string
	Until                     japan.Date // last day; zero: no end
	Withdrawn, Expired        bool
}

// Active tells whether no event has ended the consent.
func (c Consent) Active() bool { return !c.Withdrawn && !c.Expired }

// GiveNotice records that the purpose of use was shown.
type GiveNotice struct{ NoticeGiven }

func (c *GiveNotice) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.takes(c.EvidenceRef != ""); err != nil || slices.Contains(p.Notices, c.NoticeVersion) {
		return nil, err
	}
	return []event{&c.NoticeGiven}, nil
}

// GiveConsent records a consent.
type GiveConsent struct{ ConsentGiven }

func (c *GiveConsent) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.takes(true); err != nil {
		return nil, err
	}
	if _, have := p.Consents[c.Consent]; have {
		return nil, nil
	}
	if c.Until != 0 && c.Until < day(in) {
		return nil, domain.RefuseField("date.order", "until")
	}
	return []event{&c.ConsentGiven}, nil
}

// WithdrawConsent ends one at the person's word, at any time and also where the
// stream was absorbed.
type WithdrawConsent struct{ ConsentWithdrawn }

func (c *WithdrawConsent) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.ends(c.Words != ""); err != nil {
		return nil, err
	}
	if given, have := p.Consents[c.Consent]; !have || !given.Active() {
		return nil, domain.RefuseField("consent.not_active", "consent")
	}
	return []event{&c.ConsentWithdrawn}, nil
}

// ExpireConsent ends one after its last day.
type ExpireConsent struct{ ConsentExpired }

func (c *ExpireConsent) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.alive(); err != nil {
		return nil, err
	}
	given, have := p.Consents[c.Consent]
	switch {
	case !have || !given.Active():
		return nil, domain.RefuseField("consent.not_active", "consent")
	case given.Until == 0 || in.Today() <= given.Until:
		return nil, domain.RefuseField("date.order", "until")
	}
	return []event{&c.ConsentExpired}, nil
}
