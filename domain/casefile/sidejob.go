package casefile

import (
	"cmp"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var sideJobEvents = []eventType{
	domain.Happens[Case, SideJobMatched]("case.side_job_matched"),
	domain.Happens[Case, SideJobEnded]("case.side_job_ended"),
}

var sideJobCommands = []commandType{
	domain.Can[Case, MatchSideJob]("case.match_side_job", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, EndSideJob]("case.end_side_job", domain.Counsellor, domain.Lead),
}

// SideJobMatched: a side job (副業・兼業) for someone who stays where they live.
// It is no placement.
type SideJobMatched struct {
	SideJob  string `fact:"side_job,id,new"`
	Person   string `fact:"person,id"`
	Remote   bool   `fact:"remote,flag"`
	Industry string `fact:"industry,code"`
	Employer string `sealed:"employer?,P,job"`
}

func (e *SideJobMatched) Apply(c *Case, env domain.Envelope) {
	c.SideJobs[e.SideJob] = &SideJob{Person: e.Person, MatchedOn: env.Occurred}
}

// SideJobEnded: it came to its end.
type SideJobEnded struct {
	SideJob string `fact:"side_job,id"`
	Reason  string `fact:"reason,token"`
}

func (e *SideJobEnded) Apply(c *Case, env domain.Envelope) {
	c.SideJobs[e.SideJob].EndedOn = env.Occurred
}

// SideJob runs matched → ended.
type SideJob struct {
	Person             string
	MatchedOn, EndedOn japan.Date
}

// MatchSideJob records a match.
type MatchSideJob struct{ SideJobMatched }

func (cmd *MatchSideJob) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admit(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	switch {
	case c.SideJobs[cmd.SideJob] != nil:
		return nil, nil
	case !c.inParty(in, cmd.Person):
		return nil, domain.RefuseField("case.not_member", "person")
	}
	return []event{&cmd.SideJobMatched}, nil
}

// EndSideJob ends one.
type EndSideJob struct{ SideJobEnded }

func (cmd *EndSideJob) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	switch j := c.SideJobs[cmd.SideJob]; {
	case j == nil:
		return nil, unknown("side_job")
	case j.EndedOn != 0:
		return nil, nil
	case occurred(in) < j.MatchedOn:
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return []event{&cmd.SideJobEnded}, nil
}
