package account

import (
	"time"

	"ayumi/domain"
)

var accessEvents = []eventType{
	domain.Happens[Account, EmergencyAccessOpened]("account.emergency_access_opened"),
	domain.Happens[Account, EmergencyAccessReviewed]("account.emergency_access_reviewed"),
}

var accessCommands = []commandType{
	domain.Can[Account, OpenEmergencyAccess]("account.open_emergency_access", domain.Counsellor, domain.Lead),
	domain.Can[Account, ReviewEmergencyAccess]("account.review_emergency_access", domain.Privacy),
}

// LongestAccess is how many minutes one emergency access may last.
const LongestAccess = 180

// EmergencyAccessOpened: the holder opens one person's data beyond its rights.
type EmergencyAccessOpened struct {
	Access  string `fact:"access,id,new"`
	Person  string `fact:"person,id"`
	Reason  string `fact:"reason,code=safety|court|medical|other"`
	Minutes int    `fact:"minutes,int"`
	Words   string `sealed:"words,X"`
}

func (e *EmergencyAccessOpened) Apply(a *Account, env domain.Envelope) {
	a.Accesses[e.Access] = Access{
		Person: e.Person, Opener: env.RecordedBy,
		Until: env.RecordedAt.Add(time.Duration(e.Minutes) * time.Minute),
	}
}

// EmergencyAccessReviewed: somebody else has judged it.
type EmergencyAccessReviewed struct {
	Access string `fact:"access,id"`
	Result string `fact:"result,code=proper|improper"`
}

func (e *EmergencyAccessReviewed) Apply(a *Account, _ domain.Envelope) {
	x := a.Accesses[e.Access]
	x.Result = e.Result
	a.Accesses[e.Access] = x
}

// Access is one emergency access: it runs opened → reviewed.
type Access struct {
	Person, Opener string
	Until          time.Time // it gives nothing from this instant on
	Result         string    // proper or improper once reviewed
}

// OpenEmergencyAccess is given by the holder to its own account.
type OpenEmergencyAccess struct{ EmergencyAccessOpened }

func (c *OpenEmergencyAccess) Decide(a *Account, in domain.Intent) ([]event, error) {
	if _, have := a.Accesses[c.Access]; have {
		return nil, nil
	}
	switch p, known := in.Look.Person(c.Person); {
	case a.State != "opened":
		return nil, domain.Refuse("account.state")
	case in.Actor.Account != a.Account:
		return nil, domain.Refuse("account.not_allowed")
	case !known || p.Controller != a.Controller: // that there is one elsewhere is told to nobody
		return nil, domain.RefuseField("entity.unknown", "person")
	case c.Minutes < 1 || c.Minutes > LongestAccess:
		return nil, domain.RefuseField("field.range", "minutes")
	}
	return []event{&c.EmergencyAccessOpened}, nil
}

// ReviewEmergencyAccess judges one; also where the account is closed by now.
type ReviewEmergencyAccess struct{ EmergencyAccessReviewed }

func (c *ReviewEmergencyAccess) Decide(a *Account, in domain.Intent) ([]event, error) {
	switch x, have := a.Accesses[c.Access]; {
	case !have:
		return nil, domain.RefuseField("entity.unknown", "access")
	case x.Opener == in.Actor.Account:
		return nil, domain.Refuse("access.same_officer")
	case x.Result == c.Result:
		return nil, nil
	case x.Result != "":
		return nil, domain.Refuse("access.state")
	}
	return []event{&c.EmergencyAccessReviewed}, nil
}
