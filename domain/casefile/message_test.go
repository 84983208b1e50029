package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
)

func messages(in, out int) *casefile.MessageDayLogged {
	return &casefile.MessageDayLogged{Thread: "m1", MessageTotals: casefile.MessageTotals{
		Channel: "line", Inbound: in, Outbound: out, Categories: []string{"housing"}, Desk: "D-TKY", Counsellor: "co1", NoticeVersion: "n1",
	}}
}

func letter() *casefile.OutboundSent {
	return &casefile.OutboundSent{Outbound: "o1", Channel: "letter", Topic: "material"}
}

func logging(e *casefile.MessageDayLogged) *casefile.LogMessageDay {
	return &casefile.LogMessageDay{MessageDayLogged: *e}
}

var dayVoided = casefile.MessageDayVoided{Thread: "m1", Day: japan.On(2019, 6, 1), Reason: "test"}

func TestMessageDayIsLoggedAndReplaced(t *testing.T) {
	caseScene(t).When(logging(messages(7, 2))).Then(messages(7, 2))
	caseScene(t, messages(7, 2)).When(logging(messages(7, 2))).Nothing()
	caseScene(t, messages(7, 2)).When(logging(messages(8, 2))).
		ThenState(func(c *file) {
			require.Len(t, c.MessageDays, 1)
			require.Equal(t, 8, c.MessageDays[casefile.MessageDayKey{Thread: "m1", Day: japan.On(2019, 6, 1)}].Inbound)
		}).
		Then(messages(8, 2))
	caseScene(t, messages(7, 2)).At(japan.On(2019, 6, 2)).When(logging(messages(3, 0))).
		ThenState(func(c *file) { require.Len(t, c.MessageDays, 2) })
	told := messages(7, 2)
	told.Summary = "空き家について"
	caseScene(t, messages(7, 2)).WhenTold(logging(told)).Then(told)
}

func TestMessageDayRefuses(t *testing.T) {
	unnoticed := messages(1, 0)
	unnoticed.NoticeVersion = "none_anonymous"
	walk(t, []step{
		{"empty", nil, logging(messages(0, 0)), "message.empty"},
		{"negative", nil, logging(messages(2, -2)), "field.range"},
		{"no notice", nil, logging(unnoticed), "notice.missing"},
		{"after void", evs{messages(1, 0), &dayVoided}, logging(messages(1, 0)), "message.state"},
	})
	caseScene(t).In(withPerson("p1", func(p *domain.PersonNow) { p.Anonymous = true })).When(logging(unnoticed)).Then(unnoticed)
}

func TestMessageDayIsVoidedOnce(t *testing.T) {
	void := &casefile.VoidMessageDay{MessageDayVoided: dayVoided}
	walk(t, []step{
		{"logged", evs{messages(1, 0)}, void, ""},
		{"voided", evs{messages(1, 0), &dayVoided}, void, nothing},
		{"never logged", nil, void, "entity.unknown"},
	})
	caseScene(t, messages(1, 0)).When(void).Refused("preview.missing")
}

func TestOutboundIsNeverForcedOnAnyone(t *testing.T) {
	send := &casefile.SendOutbound{OutboundSent: *letter()}
	caseScene(t).When(send).Then(letter())
	caseScene(t, letter()).When(send).Nothing()
	caseScene(t).In(withPerson("p1", unspoken)).When(send).Refused("person.is_restricted")
	caseScene(t).In(withPerson("p1", func(p *domain.PersonNow) { p.Restricted = []string{"all"} })).When(send).Refused("person.is_restricted")
}

func TestNoLetterToAnAddressOlderThanTheFlag(t *testing.T) {
	flagged := func(address japan.Date) func(*domain.PersonNow) {
		return func(p *domain.PersonNow) {
			p.Confidential, p.ConfidentialOn, p.AddressOn = true, japan.On(2019, 5, 1), address
		}
	}
	send := &casefile.SendOutbound{OutboundSent: *letter()}
	caseScene(t).In(withPerson("p1", flagged(japan.On(2019, 4, 30)))).When(send).Refused("confidentiality.old_address")
	caseScene(t).In(withPerson("p1", flagged(0))).When(send).Refused("confidentiality.old_address")
	caseScene(t).In(withPerson("p1", flagged(japan.On(2019, 5, 1)))).When(send).Then(letter())
	mail := letter()
	mail.Channel = "email"
	caseScene(t).In(withPerson("p1", flagged(0))).When(&casefile.SendOutbound{OutboundSent: *mail}).Then(mail)
}
