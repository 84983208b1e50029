package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var jobseekerEvents = []eventType{
	domain.Happens[Case, JobseekerRegistered]("case.jobseeker_registered"),
	domain.Happens[Case, JobseekerRegistrationEnded]("case.jobseeker_registration_ended"),
}

var jobseekerCommands = []commandType{
	domain.Can[Case, RegisterJobseeker]("case.register_jobseeker", domain.Counsellor, domain.Lead),
	domain.Can[Case, EndJobseekerRegistration]("case.end_jobseeker_registration", domain.Counsellor, domain.Lead, domain.System),
}

// JobseekerRegistered: the person is registered with the placement office (求職登録).
type JobseekerRegistered struct {
	Registration string     `fact:"registration,id,new"`
	ValidUntil   japan.Date `fact:"valid_until,date"`
	Number       string     `sealed:"number?,P,job"`
}

func (e *JobseekerRegistered) Apply(c *Case, env domain.Envelope) {
	c.Registrations[e.Registration] = &Registration{On: env.Occurred, ValidUntil: e.ValidUntil}
}

// JobseekerRegistrationEnded: the registration holds no longer.
type JobseekerRegistrationEnded struct {
	Registration string `fact:"registration,id"`
	Reason       string `fact:"reason,code=expired|placed|withdrawn"`
}

func (e *JobseekerRegistrationEnded) Apply(c *Case, env domain.Envelope) {
	r := c.Registrations[e.Registration]
	r.Ended, r.EndedOn = true, env.Occurred
}

// Registration runs valid → ended.
type Registration struct {
	On, ValidUntil japan.Date
	Ended          bool
	EndedOn        japan.Date
}

// registeredOn tells whether a job-seeker registration holds on a day.
func (c *Case) registeredOn(day japan.Date) bool {
	for _, r := range c.Registrations {
		if !r.Ended && day <= r.ValidUntil {
			return true
		}
	}
	return false
}

// RegisterJobseeker records a registration.
type RegisterJobseeker struct{ JobseekerRegistered }

func (cmd *RegisterJobseeker) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	switch {
	case c.Registrations[cmd.Registration] != nil:
		return nil, nil
	case cmd.ValidUntil < occurred(in):
		return nil, domain.RefuseField("date.order", "valid_until")
	}
	return []event{&cmd.JobseekerRegistered}, nil
}

// EndJobseekerRegistration ends one.
type EndJobseekerRegistration struct{ JobseekerRegistrationEnded }

func (cmd *EndJobseekerRegistration) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	switch r := c.Registrations[cmd.Registration]; {
	case r == nil:
		return nil, unknown("registration")
	case r.Ended:
		return nil, nil
	}
	return []event{&cmd.JobseekerRegistrationEnded}, nil
}
