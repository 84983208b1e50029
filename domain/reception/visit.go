package reception

import (
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Logged: somebody came or called and was received. The moment is in the envelope.
type Logged struct {
	Reception  string   `fact:"reception,id,new"`
	Corner     string   `fact:"corner,code"`
	Channel    string   `fact:"channel,code"`
	Categories []string `fact:"categories,codes=category"`
	AskedPref  string   `fact:"asked_pref,code=31|33|both|none"`
	PartySize  int      `fact:"party_size,int"`
}

func (e *Logged) Apply(r *Reception, env domain.Envelope) {
	r.Logged[e.Reception] = &Visit{Received: Received{*e, env.Occurred, env.OccurredTime}}
}

// EnquiryLogged: a question that is no consultation; never counted.
type EnquiryLogged struct {
	Corner  string `fact:"corner,code"`
	Channel string `fact:"channel,code"`
	Kind    string `fact:"kind,code=brochure|hours|wrong_number|business|other"`
}

func (e *EnquiryLogged) Apply(*Reception, domain.Envelope) {}

// Amended: one field of a reception was wrong. Lists are sorted and joined by a
// comma, occurred_on is YYYY-MM-DD, occurred_time is HHMM without a leading zero.
type Amended struct {
	Reception string   `fact:"reception,id"`
	Field     string   `fact:"field,token"`
	Old       []string `fact:"old?,tokens"`
	New       []string `fact:"new,tokens"`
	Reason    string   `fact:"reason,token"`
}

func (e *Amended) Apply(r *Reception, _ domain.Envelope) {
	v := r.Logged[e.Reception]
	if v == nil {
		return
	}
	if now, err := v.amended(e); err == nil {
		v.Received = now
	}
}

// Voided: the entry never was a reception.
type Voided struct {
	Reception string `fact:"reception,id"`
	Reason    string `fact:"reason,code=void_reason"`
}

func (e *Voided) Apply(r *Reception, _ domain.Envelope) {
	if v := r.Logged[e.Reception]; v != nil {
		v.Voided = true
	}
}

// Visit is one logged reception: logged → amended* → voided.
type Visit struct {
	Received
	Voided bool
}

// Received is what an amendment may change of a visit, and what stays.
type Received struct {
	Logged
	On japan.Date `fact:"occurred_on,date"`
	At *int       `fact:"occurred_time?,time"`
}

var amendable = []string{"channel", "categories", "asked_pref", "party_size", "occurred_on", "occurred_time"}

// amended answers the visit as it stands after an amendment.
func (v *Visit) amended(e *Amended) (Received, error) {
	out := v.Received
	err := domain.Amend(&out, amendable, e.Field, text(e.Old), text(e.New))
	return out, err
}

func text(items []string) string { return strings.Join(slices.Sorted(slices.Values(items)), ",") }

// Log records that somebody was received.
type Log struct{ Logged }

func (c *Log) Decide(r *Reception, in domain.Intent) ([]event, error) {
	if err := r.here(c.Corner, in.Occurred); err != nil {
		return nil, err
	}
	if err := namelessID("reception", c.Reception); err != nil {
		return nil, err
	}
	if c.PartySize < 1 {
		return nil, domain.RefuseField("field.range", "party_size")
	}
	if r.Logged[c.Reception] != nil {
		return nil, nil
	}
	return []event{&c.Logged}, nil
}

// LogEnquiry records a question that is no consultation.
type LogEnquiry struct{ EnquiryLogged }

func (c *LogEnquiry) Decide(r *Reception, in domain.Intent) ([]event, error) {
	if err := r.here(c.Corner, in.Occurred); err != nil {
		return nil, err
	}
	return []event{&c.EnquiryLogged}, nil
}

// Amend corrects one field of a reception.
type Amend struct{ Amended }

func (c *Amend) Decide(r *Reception, in domain.Intent) ([]event, error) {
	v := r.Logged[c.Reception]
	if v == nil {
		return nil, domain.RefuseField("entity.unknown", "reception")
	}
	if err := c.nameless(); err != nil {
		return nil, err
	}
	if v.Voided {
		return nil, domain.Refuse("reception.state")
	}
	now, err := v.amended(&c.Amended)
	if err != nil {
		return nil, err
	}
	if text(c.Old) == text(c.New) {
		return nil, nil
	}
	if now.PartySize < 1 {
		return nil, domain.RefuseField("field.range", "new")
	}
	if err := r.inYear(now.On); err != nil {
		return nil, err
	}
	if now.On > in.Today() {
		return nil, domain.RefuseField("date.in_future", "new")
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&c.Amended}, nil
}

// nameless looks at the reason and at values that no field of a visit can hold;
// what a field holds is a code, a number or a day.
func (c *Amended) nameless() error {
	if err := nameless("reason", c.Reason); err != nil {
		return err
	}
	if c.Field == "occurred_on" {
		return nil
	}
	for _, v := range slices.Concat(c.Old, c.New) {
		if !shortNumber.MatchString(v) && !plainCode.MatchString(v) {
			return domain.RefuseField("reception.nameless", "new")
		}
	}
	return nil
}

// Void takes a reception out of the count.
type Void struct{ Voided }

func (c *Void) Decide(r *Reception, in domain.Intent) ([]event, error) {
	v := r.Logged[c.Reception]
	if v == nil {
		return nil, domain.RefuseField("entity.unknown", "reception")
	}
	if v.Voided {
		return nil, nil
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&c.Voided}, nil
}
