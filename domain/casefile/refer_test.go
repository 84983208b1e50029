package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func referring(change ...func(*casefile.Refer)) *casefile.Refer {
	cmd := &casefile.Refer{Referral: "r1", Partner: proposed.Partner, Purpose: proposed.Purpose, Reason: proposed.Reason, Basis: agreed.Basis,
		Share: "s1", DueOn: japan.On(2019, 6, 15), Parcel: parcel()}
	for _, f := range change {
		f(cmd)
	}
	return cmd
}

// One command does what three did, by the same rules.
func TestReferringIsTheThreeStepsAtOnce(t *testing.T) {
	outcomeScene(t).When(referring()).
		ThenState(func(c *file) { require.Equal(t, "sent", c.Referrals["r1"].State) }).
		Then(proposed, agreed, handedOn, &casefile.ReferralSent{Referral: "r1", Share: "s1", DueOn: japan.On(2019, 6, 15)})
	outcomeScene(t, onceSent...).When(referring()).Nothing()
}

func TestReferringIsRefusedWhole(t *testing.T) {
	for want, change := range map[string]func(*casefile.Refer){
		"entity.unknown":    func(c *casefile.Refer) { c.Partner = "nobody" },
		"partner.state":     func(c *casefile.Refer) { c.Partner = "gone" },
		"basis.missing":     func(c *casefile.Refer) { c.Basis = "" },
		"consent.missing":   func(c *casefile.Refer) { c.Consent = "no" },
		"basis.not_covered": func(c *casefile.Refer) { c.Partner, c.Basis = "maker", "within_purpose" },
		"partition.crossed": func(c *casefile.Refer) { c.Fields = []string{"job_wish", "relocation_wish"} },
		"date.order":        func(c *casefile.Refer) { c.DueOn = japan.On(2019, 5, 31) },
	} {
		s := outcomeScene(t).When(referring(change))
		s.Refused(want)
	}
	protected := outcomeWorld(func(w *given.World) { w.Persons[0].Confidential = true })
	outcomeScene(t).In(protected).When(referring()).Refused("confidentiality.share")
}
