package api

import (
	"context"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// ReferralsIn selects referrals.
type ReferralsIn struct {
	Way     string `query:"way" enum:"out,in" doc:"out: to a partner, in: from one; as the office sees it"`
	Open    bool   `query:"open" doc:"without those that are over"`
	KnownAt string `query:"known_at" doc:"day up to whose end the log was known; default now"`
	Fresh
}

// ReferralsAnswer is the referrals of both directions, those that wait longest first,
// those that are over last. A partner's account is told its own, once something of
// them has been sent, and not who it is in our books.
type ReferralsAnswer struct {
	Referrals []ReferralOne `json:"referrals"`
	Sample    bool          `json:"sample,omitempty" doc:"from a scenario log"`
}

// ReferralOne is one referral as it stands.
type ReferralOne struct {
	Number       uint64 `json:"number" doc:"position of its first record, by which people call it"`
	ID           string `json:"id"`
	Way          string `json:"way" enum:"out,in"`
	State        string `json:"state"`
	Partner      string `json:"partner" doc:"random id"`
	Purpose      string `json:"purpose"`
	Basis        string `json:"basis,omitempty"`
	Case         string `json:"case,omitempty" doc:"random id, for the commands"`
	Person       string `json:"person,omitempty" doc:"random id; of one that came in: once it is known who it is"`
	PersonNumber int    `json:"person_number,omitempty"`
	BegunOn      string `json:"begun_on,omitempty" format:"date"`
	SentOn       string `json:"sent_on,omitempty" format:"date"`
	DueOn        string `json:"due_on,omitempty" format:"date" doc:"an answer is asked for by then"`
	AnsweredOn   string `json:"answered_on,omitempty" format:"date"`
	OverOn       string `json:"over_on,omitempty" format:"date"`
	Step         string `json:"step,omitempty" doc:"newest step of the partner"`
	Result       string `json:"result,omitempty" doc:"how it ended, or why"`
	WaitedDays   *int   `json:"waited_days,omitempty" doc:"of one that is not answered: since it was sent"`
}

func (a *API) referrals(ctx context.Context, in *ReferralsIn) (ReferralsAnswer, error) {
	v := visitorOf(ctx)
	out := ReferralsAnswer{Referrals: []ReferralOne{}, Sample: a.Sample}
	f := projections.ReferralFilter{Controller: v.Controller, Limit: 100_000}
	staff := v.Has(a.today(), domain.Counsellor, domain.Lead)
	if !staff {
		if v.Partner == "" || !v.Has(a.today(), domain.Partner) {
			return out, domain.Refuse("account.not_allowed")
		}
		f.Controller, f.Partner = "", v.Partner
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return out, err
	}
	on := a.today()
	if in.KnownAt != "" {
		var err error
		if f.At, on, err = knownAt(ctx, a.Figures, in.KnownAt, on); err != nil {
			return out, err
		}
		if f.At == 0 {
			return out, nil // nothing was recorded yet
		}
	}
	list, err := a.Journeys.Referrals(ctx, f)
	for _, x := range list {
		way := map[bool]string{true: "in", false: "out"}[x.Inward]
		if in.Way != "" && in.Way != way || in.Open && x.Over != 0 || !staff && x.Sent == 0 {
			continue
		}
		one := referralOne(x, way, on)
		if !staff {
			one.Person, one.PersonNumber, one.BegunOn = "", 0, ""
		}
		out.Referrals = append(out.Referrals, one)
	}
	return out, err
}

func referralOne(x projections.Referral, way string, on japan.Date) ReferralOne {
	one := ReferralOne{Number: x.Position, ID: x.ID, Way: way, State: x.State, Partner: x.Partner, Purpose: x.Purpose, Basis: x.Basis, Case: x.Case,
		Person: x.Person.ID, PersonNumber: x.Person.Number, BegunOn: dayText(x.Begun), SentOn: dayText(x.Sent), DueOn: dayText(x.Due),
		AnsweredOn: dayText(x.Answered), OverOn: dayText(x.Over), Step: x.Step, Result: x.Result}
	if x.Sent != 0 && x.Answered == 0 && x.Over == 0 {
		days := max(0, int(on-x.Sent))
		one.WaitedDays = &days
	}
	return one
}

// dayText spells a day, "" for none.
func dayText(d japan.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
