package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var twoBaseEvents = []eventType{
	domain.Happens[Case, TwoBaseRecorded]("case.two_base_recorded"),
}

var twoBaseCommands = []commandType{
	domain.Can[Case, RecordTwoBase]("case.record_two_base", domain.Counsellor, domain.Lead),
}

// TwoBaseRecorded: someone lives in two places (二地域居住) and does not move the
// residence register. It is never a relocation.
type TwoBaseRecorded struct {
	TwoBase      string `fact:"two_base,id,new"`
	Person       string `fact:"person,id"`
	Region       string `fact:"region,code"`
	Municipality string `sealed:"municipality?,P,reloc"`
}

func (e *TwoBaseRecorded) Apply(c *Case, env domain.Envelope) {
	c.TwoBases[e.TwoBase] = &TwoBase{Person: e.Person, On: env.Occurred}
}

// TwoBase is two-base living of one person, from a day on.
type TwoBase struct {
	Person string
	On     japan.Date
}

// RecordTwoBase records it.
type RecordTwoBase struct{ TwoBaseRecorded }

func (cmd *RecordTwoBase) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	switch {
	case c.TwoBases[cmd.TwoBase] != nil:
		return nil, nil
	case !c.inParty(in, cmd.Person):
		return nil, domain.RefuseField("case.not_member", "person")
	}
	return []event{&cmd.TwoBaseRecorded}, nil
}
