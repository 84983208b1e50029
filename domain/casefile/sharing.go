package casefile

import (
	"slices"

	"ayumi/domain"
)

var sharingEvents = []eventType{
	domain.Happens[Case, InformationShared]("case.information_shared"),
	domain.Happens[Case, SharingStopped]("case.sharing_stopped"),
	domain.Happens[Case, SharingAnswered]("case.sharing_answered"),
}

var sharingCommands = []commandType{
	domain.Can[Case, ShareInformation]("case.share_information", domain.Counsellor, domain.Lead),
	domain.Can[Case, StopSharing]("case.stop_sharing", domain.Counsellor, domain.Lead, domain.Privacy, domain.System),
	domain.Can[Case, AnswerSharing]("case.answer_sharing", domain.Counsellor, domain.Lead),
}

// InformationShared: named fields about the person went to a recipient, on a
// basis of Article 69. Recipient is a partner, or the code of the other
// prefecture of the corner. Copy is the digest of the sealed copy.
type InformationShared struct {
	Share                string   `fact:"share,id,new"`
	Recipient            string   `fact:"recipient,id"`
	Basis                string   `fact:"basis,code,absent=basis.missing"`
	Routine              bool     `fact:"routine,flag"`
	Fields               []string `fact:"fields,codes=share_field"`
	Consent              string   `fact:"consent?,id"`
	NoticeVersion        string   `fact:"notice_version,token"`
	ConfidentialFlagSent bool     `fact:"confidential_flag_sent,flag"`
	Referral             string   `fact:"referral?,id"`
	Copy                 string   `fact:"copy,digest,made"`
	Text                 string   `sealed:"text,P"` // what was sent
}

// SealedAs takes the digest of the sealed copy.
func (e *InformationShared) SealedAs(digest string) { e.Copy = digest }

func (e *InformationShared) Apply(c *Case, _ domain.Envelope) {
	c.Shares[e.Share] = &Share{State: shareMade, Recipient: e.Recipient, Basis: e.Basis, Consent: e.Consent, Referral: e.Referral, Fields: e.Fields}
}

// SharingStopped: nothing more goes to the recipient.
type SharingStopped struct {
	Share         string `fact:"share,id"`
	AskedToDelete bool   `fact:"asked_to_delete,flag"`
}

func (e *SharingStopped) Apply(c *Case, _ domain.Envelope) { c.Shares[e.Share].State = shareStopped }

// SharingAnswered: what the recipient did with what it had.
type SharingAnswered struct {
	Share  string `fact:"share,id"`
	Answer string `fact:"answer,code=deleted|kept_by_law|no_answer"`
}

func (e *SharingAnswered) Apply(c *Case, _ domain.Envelope) {
	s := c.Shares[e.Share]
	s.State, s.Answer = shareAnswered, e.Answer
}

// Share runs made → stopped → answered (events.md 5.8).
type Share struct {
	State, Answer     string
	Recipient, Basis  string
	Consent, Referral string
	Fields            []string
}

const (
	shareMade     = "made"
	shareStopped  = "stopped"
	shareAnswered = "answered"
)

const (
	withinPurpose = "within_purpose"
	byConsent     = "consent_or_to_self"
)

// adHoc bases are those of Article 69(2): never for routine provision
// (handbook.md 6.3).
var adHoc = []string{byConsent, "internal_reasonable", "public_body_reasonable", "statistics_research_special"}

// Job and relocation material is never handed over together; the other share
// fields are common to both (events.md 2.3).
var (
	jobFields   = []string{"job_wish", "resume"}
	relocFields = []string{"relocation_wish"}
)

// private bodies stand outside the purpose that the notice states: they get
// material by consent only (handbook.md 3.5).
var outsideNotice = []string{"employer", "university_career"}

func anyOf(list, of []string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return slices.Contains(of, s) })
}

// consentFor finds an active consent of the lead person that covers a recipient
// and fields: the named one, or any. Without fields only the recipient matters.
func consentFor(in domain.Intent, p domain.PersonNow, id string, partner domain.PartnerNow, fields []string) (string, bool) {
	for _, c := range p.Consents {
		switch {
		case id != "" && c.ID != id, !c.Active, c.Until != 0 && c.Until < occurred(in):
		case !anyOf(c.Scope, scopesFor(partner)):
		case len(c.Recipients) > 0 && !slices.Contains(c.Recipients, partner.ID):
		case len(c.Fields) > 0 && slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(c.Fields, f) }):
		default:
			return c.ID, true
		}
	}
	return "", false
}

// scopesFor answers the scopes of consent that reach a kind of recipient.
func scopesFor(partner domain.PartnerNow) []string {
	switch {
	case partner.Kind == "employer":
		return []string{"employer_introduction", "partner_sharing"}
	case otherPrefecture(partner):
		return []string{"cross_controller_link", "partner_sharing"}
	}
	return []string{"partner_sharing"}
}

func otherPrefecture(p domain.PartnerNow) bool {
	return p.Kind == "other_prefecture" || p.Relation == "other_prefecture"
}

// recipient answers who gets it: a partner, or the other prefecture by its code.
func recipient(in domain.Intent, id string) (domain.PartnerNow, error) {
	if (id == "31" || id == "33") && id != in.Controller {
		return domain.PartnerNow{ID: id, Kind: "other_prefecture", Relation: "other_prefecture"}, nil
	}
	return lookPartner(in, id, "recipient")
}

// noticeCovers tells whether the purpose notice shown to the person reaches the
// recipient. An empty version asks whether any notice was shown.
func (c *Case) noticeCovers(p domain.PersonNow, version string, to domain.PartnerNow) bool {
	shown := slices.Clone(p.Notices)
	for _, s := range c.Consultations {
		shown = append(shown, s.NoticeVersion)
	}
	shown = slices.DeleteFunc(shown, func(v string) bool { return v == "" || v == "none_anonymous" })
	if slices.Contains(outsideNotice, to.Kind) {
		return false
	}
	return (version == "" && len(shown) > 0) || slices.Contains(shown, version)
}

// maySend judges one provision of information (events.md 6).
func (c *Case) maySend(in domain.Intent, e *InformationShared) error {
	to, err := recipient(in, e.Recipient)
	if err != nil {
		return err
	}
	p, _ := lookPerson(in, c.Lead)
	switch {
	case e.Basis == "":
		return domain.RefuseField("basis.missing", "basis")
	case restricted(p, "share"):
		return domain.Refuse("person.is_restricted")
	case e.Routine && slices.Contains(adHoc, e.Basis):
		return domain.RefuseField("basis.routine", "routine")
	case to.Kind == "employer" && anyOf(e.Fields, relocFields), anyOf(e.Fields, jobFields) && anyOf(e.Fields, relocFields):
		return domain.RefuseField("partition.crossed", "fields")
	case c.confidential(in, e.Fields) && (!e.ConfidentialFlagSent || slices.Contains(e.Fields, "address_full") || !approvedByPrivacy(in)):
		return domain.Refuse("confidentiality.share")
	}
	return c.based(in, e, p, to)
}

// based judges the basis of a provision. Who relies on a consent gets its id
// written down, so that its withdrawal finds the share.
func (c *Case) based(in domain.Intent, e *InformationShared, p domain.PersonNow, to domain.PartnerNow) error {
	id, consented := consentFor(in, p, e.Consent, to, e.Fields)
	purpose := e.Basis == withinPurpose && c.noticeCovers(p, e.NoticeVersion, to)
	switch {
	case otherPrefecture(to) && !consented && !purpose:
		return domain.Refuse("controller.sharing")
	case e.Basis == byConsent && !consented:
		return domain.RefuseField("consent.missing", "consent")
	case e.Basis == byConsent:
		e.Consent = id
	case e.Basis == withinPurpose && !purpose && !otherPrefecture(to):
		return domain.RefuseField("basis.not_covered", "basis")
	}
	return nil
}

// confidential tells whether the share would speak of somebody under protection:
// the lead person, or with the household any member.
func (c *Case) confidential(in domain.Intent, fields []string) bool {
	about := []string{c.Lead}
	if slices.Contains(fields, "household") {
		about = append(about, c.members()...)
	}
	return slices.ContainsFunc(about, func(id string) bool {
		p, _ := lookPerson(in, id)
		return p.Confidential
	})
}

// approvedByPrivacy tells whether a privacy officer stands behind the decision:
// the envelope names one as the one it is recorded for.
func approvedByPrivacy(in domain.Intent) bool {
	if in.Is(domain.Privacy) {
		return true
	}
	officer, ok := in.Look.Account(in.OnBehalfOf)
	return ok && in.OnBehalfOf != in.Actor.Account && officer.Has(in.Today(), domain.Privacy)
}

// ShareInformation hands information over outside a referral.
type ShareInformation struct{ InformationShared }

func (cmd *ShareInformation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	if c.Shares[cmd.Share] != nil {
		return nil, nil
	}
	if cmd.Referral != "" && c.Referrals[cmd.Referral] == nil {
		return nil, unknown("referral")
	}
	shared := cmd.InformationShared
	if err := c.maySend(in, &shared); err != nil {
		return nil, err
	}
	return []event{&shared}, nil
}

// StopSharing ends a share; where the recipient is asked to delete, a task keeps
// its answer in mind.
type StopSharing struct{ SharingStopped }

func (cmd *StopSharing) Decide(c *Case, in domain.Intent) ([]event, error) {
	// A consent may be withdrawn after the case closed: the share must still end.
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	switch s := c.Shares[cmd.Share]; {
	case s == nil:
		return nil, unknown("share")
	case s.State != shareMade:
		return nil, nil
	}
	return c.stop(in, cmd.Share, cmd.AskedToDelete), nil
}

// stop ends a live share.
func (c *Case) stop(in domain.Intent, share string, erase bool) []event {
	out := []event{&SharingStopped{Share: share, AskedToDelete: erase}}
	if erase {
		out = append(out, c.planned(in, "other", occurred(in).AddMonths(1), share))
	}
	return out
}

// AnswerSharing records what the recipient answered.
type AnswerSharing struct{ SharingAnswered }

func (cmd *AnswerSharing) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	switch s := c.Shares[cmd.Share]; {
	case s == nil:
		return nil, unknown("share")
	case s.State == shareAnswered && s.Answer == cmd.Answer:
		return nil, nil
	case s.State != shareStopped:
		return nil, domain.Refuse("share.state")
	}
	return []event{&cmd.SharingAnswered}, nil
}
