package casefile

import (
	"maps"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Refer proposes, agrees and sends a referral in one append: what the counsellor
// does at the desk while the person sits there. Nothing of it is kept where a part
// is refused.
type Refer struct {
	Referral string     `arg:"referral,id,new"`
	Partner  string     `arg:"partner,id"`
	Purpose  string     `arg:"purpose,code=referral_purpose"`
	Reason   string     `sealed:"reason?,X"`
	Basis    string     `arg:"basis,code,absent=basis.missing"`
	Consent  string     `arg:"consent?,id"`
	Share    string     `arg:"share,id,new"`
	DueOn    japan.Date `arg:"due_on,date"`
	Parcel
}

// Decide takes the three steps on a copy of the case, each by its own rule.
func (cmd *Refer) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil || c.Referrals[cmd.Referral] != nil {
		return nil, err
	}
	after := *c
	after.Referrals = maps.Clone(c.Referrals)
	var out []event
	for _, step := range []domain.Command[Case]{
		&ProposeReferral{ReferralProposed{Referral: cmd.Referral, Partner: cmd.Partner, Purpose: cmd.Purpose, Reason: cmd.Reason}},
		&AgreeReferral{ReferralAgreed{Referral: cmd.Referral, Basis: cmd.Basis, Consent: cmd.Consent}},
		&SendReferral{ReferralSent{Referral: cmd.Referral, Share: cmd.Share, DueOn: cmd.DueOn}, cmd.Parcel},
	} {
		events, err := step.Decide(&after, in)
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if _, shared := e.(*InformationShared); !shared {
				e.Apply(&after, domain.Envelope{Occurred: occurred(in)})
			}
		}
		out = append(out, events...)
	}
	return out, nil
}
