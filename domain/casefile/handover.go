package casefile

import "ayumi/domain"

// Assigned: a lead gives the case to an owner and a desk.
type Assigned struct {
	Owner string `fact:"owner,id"`
	Desk  string `fact:"desk,code"`
}

func (e *Assigned) Apply(c *Case, env domain.Envelope) {
	c.keep(env.Occurred, e.Owner, e.Desk)
	c.Handover = Handover{}
}

// HandedOver: the owner passes the case on. The new owner keeps it from now,
// and is to acknowledge it.
type HandedOver struct {
	FromOwner string `fact:"from_owner,id"`
	ToOwner   string `fact:"to_owner,id"`
	FromDesk  string `fact:"from_desk,code=desk"`
	Desk      string `fact:"desk,code"`
	Reason    string `fact:"reason,code=transfer|leave|workload|april_change"`
	Note      string `sealed:"handover_note?,X"`
}

func (e *HandedOver) Apply(c *Case, env domain.Envelope) {
	c.keep(env.Occurred, e.ToOwner, e.Desk)
	c.Handover = Handover{To: e.ToOwner}
}

// HandoverAcknowledged: the new owner has read it.
type HandoverAcknowledged struct {
	Owner string `fact:"owner,id"`
}

func (e *HandoverAcknowledged) Apply(c *Case, _ domain.Envelope) { c.Handover.Acknowledged = true }

// Handover is the latest handing over: none, waiting, acknowledged.
type Handover struct {
	To           string
	Acknowledged bool
}

// Assign gives the case to an owner and a desk.
type Assign struct{ Assigned }

func (a *Assign) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	if c.Owner == a.Owner && c.Desk == a.Desk {
		return nil, nil
	}
	if err := colleague(in, "owner", a.Owner); err != nil {
		return nil, err
	}
	return []event{&a.Assigned}, nil
}

// HandOver passes the case from its owner and desk to others.
type HandOver struct{ HandedOver }

func (h *HandOver) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, h); err != nil {
		return nil, err
	}
	switch {
	case c.Owner == h.ToOwner && c.Desk == h.Desk:
		return nil, nil
	case c.Owner != h.FromOwner:
		return nil, domain.RefuseField("handover.state", "from_owner")
	case c.Desk != h.FromDesk:
		return nil, domain.RefuseField("handover.state", "from_desk")
	}
	if err := colleague(in, "to_owner", h.ToOwner); err != nil {
		return nil, err
	}
	return []event{&h.HandedOver}, nil
}

// AcknowledgeHandover says that the new owner, and nobody else, has taken the
// case on.
type AcknowledgeHandover struct{ HandoverAcknowledged }

func (a *AcknowledgeHandover) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	switch {
	case c.Handover.To == "" || c.Handover.To != a.Owner:
		return nil, domain.RefuseField("handover.state", "owner")
	case in.Actor.Account != a.Owner:
		return nil, domain.RefuseField("account.not_allowed", "owner")
	case c.Handover.Acknowledged:
		return nil, nil
	}
	return []event{&a.HandoverAcknowledged}, nil
}
