package casefile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/casefile"
	"ayumi/domain/japan"
)

// amending s1; old and new are canonical texts, lists joined by a comma.
func amending(field, old, text string) *casefile.AmendConsultation {
	items := func(s string) []string {
		if s == "" {
			return nil
		}
		return strings.Split(s, ",")
	}
	return &casefile.AmendConsultation{ConsultationAmended: casefile.ConsultationAmended{
		Consultation: "s1",
		Amendment:    casefile.Amendment{Field: field, Old: items(old), New: items(text), Reason: "typing_error"},
	}}
}

func TestOneFieldIsCorrected(t *testing.T) {
	for _, c := range []struct{ field, old, text string }{
		{"advice", "1", "0"},
		{"attendee_count", "1", "2"},
		{"attendees", "", "p1,p2"},
		{"categories", "relocation", "job,relocation"},
		{"channel", "in_person", "phone"},
		{"co_counsellors", "", "co2"},
		{"concerns", "", "money,work"},
		{"counsellor", "co1", "co2"},
		{"desk", "D-TKY", "D-FKC"},
		{"ended_at", "1500", ""},
		{"initiated_by", "person", "staff"},
		{"lead_person", "p1", "p2"},
		{"motives", "", "family"},
		{"notice_version", "n1", "n2"},
		{"occurred_on", "2019-06-01", "2019-05-31"},
		{"outcome", "continuing", "referred"},
		{"outreach", "", "fair"},
		{"outside_hours_reason", "", "train_late"},
		{"override_reason", "", "ruled"},
		{"reception", "", "r1"},
		{"started_at", "1400", "1330"},
	} {
		t.Run(c.field, func(t *testing.T) {
			amend := amending(c.field, c.old, c.text)
			member := &casefile.MemberAdded{Person: "p2", Part: "adult"}
			caseScene(t, member, held("s1")).Previewed().When(amend).Then(&amend.ConsultationAmended)
			caseScene(t, member, held("s1"), &amend.ConsultationAmended).Previewed().When(amend).Nothing()
			caseScene(t, member, held("s1"), &amend.ConsultationAmended).Previewed().
				When(amending(c.field, c.text, c.old)).
				Then(&amending(c.field, c.text, c.old).ConsultationAmended)
		})
	}
}

func TestCorrectionChangesTheDay(t *testing.T) {
	caseScene(t, held("s1")).Previewed().When(amending("occurred_on", "2019-06-01", "2019-05-31")).
		ThenState(func(c *file) { require.Equal(t, japan.On(2019, 5, 31), c.Consultations["s1"].HeldOn) })
}

func TestCorrectionRefuses(t *testing.T) {
	counted := amending("override", "", "count")
	past := evs{held("s1")}
	walk(t, []step{
		{"unknown field", past, amending("weather", "", "rain"), "amend.field"},
		{"the id", past, amending("consultation", "s1", "s2"), "amend.field"},
		{"stale", past, amending("channel", "phone", "online"), "amend.stale"},
		{"out of list", past, amending("channel", "in_person", "pigeon"), "field.code"},
		{"not there", past, amending("channel", "in_person", ""), "field.required"},
		{"no category left", past, amending("categories", "relocation", ""), "consultation.no_category"},
		{"already so", past, amending("channel", "phone", "in_person"), nothing},
		{"someone else's", past, amending("lead_person", "p1", "p3"), "case.not_member"},
		{"nobody there", past, amending("attendee_count", "1", "0"), "field.range"},
		{"no notice", past, amending("notice_version", "n1", "none_anonymous"), "notice.missing"},
		{"backwards", past, amending("started_at", "1400", "1501"), "consultation.times"},
		{"outside hours", past, amending("started_at", "1400", "900"), "consultation.outside_hours"},
		{"to come", past, amending("occurred_on", "2019-06-01", "2019-06-02"), "date.in_future"},
		{"unknown event", past, amending("outreach", "", "none"), "entity.unknown"},
		{"unknown booking", past, amending("booking", "", "b1"), "entity.unknown"},
		{"override without reason", past, counted, "override.no_reason"},
		{"override with reason", append(past, &amending("override_reason", "", "ruled").ConsultationAmended), counted, ""},
		{"unknown session", nil, counted, "entity.unknown"},
	})
	caseScene(t, past...).When(amending("channel", "in_person", "phone")).Refused("preview.missing")
}

func TestCorrectedBookingIsSeatedAnew(t *testing.T) {
	second := bookedSlot
	second.Booking = "b2"
	caseScene(t, &bookedSlot, &second, held("s1", forBooking)).Previewed().When(amending("booking", "b1", "b2")).
		ThenState(func(c *file) {
			require.Equal(t, "booked", c.Bookings["b1"].State)
			require.Equal(t, "held", c.Bookings["b2"].State)
		})
	cancelled := calledOff
	cancelled.Booking = "b2"
	caseScene(t, &second, &cancelled, held("s1")).Previewed().When(amending("booking", "", "b2")).Refused("booking.state")
}

func TestWordsAreCorrectedUnderSeal(t *testing.T) {
	words := func(field, old, text string) *casefile.AmendConsultation {
		a := amending(field, "", "")
		a.OldText, a.NewText = old, text
		return a
	}
	past := evs{held("s1")}
	for _, field := range []string{"note", "note_job", "note_reloc", "answer", "homework"} {
		a := words(field, "海", "山")
		caseScene(t, past...).Previewed().WhenTold(a).Then(&a.ConsultationAmended)
	}
	caseScene(t, past...).Previewed().WhenTold(words("note", "山", "山")).Refused("amend.stale")
	caseScene(t, past...).Previewed().WhenTold(words("channel", "海", "山")).Refused("amend.field")
	caseScene(t, past...).WhenTold(words("note", "海", "山")).Refused("preview.missing")
	clear := words("note", "海", "山")
	clear.New = []string{"yama"}
	caseScene(t, past...).Previewed().WhenTold(clear).Refused("amend.field")

	asked := words("note_job", "", "支持政党")
	caseScene(t, past...).Previewed().WhenTold(asked).Refused("job.prohibited_item")
	asked.Confirmed = true
	caseScene(t, past...).Previewed().WhenTold(asked).Then(&asked.ConsultationAmended)
}

func TestVoidingIsFinalAndSparesWhatIsCertified(t *testing.T) {
	void := &casefile.VoidConsultation{ConsultationVoided: *voided("s1")}
	caseScene(t, held("s1")).Previewed().When(void).
		ThenState(func(c *file) { require.Equal(t, "voided", c.Consultations["s1"].State) }).
		Then(voided("s1"))
	caseScene(t, held("s1")).When(void).Refused("preview.missing")
	revoked := &casefile.CertificateRevoked{Certificate: "k1", Reason: "error"}
	walk(t, []step{
		{"certified", evs{held("s1"), certified("s1")}, void, "certificate.covers"},
		{"certificate of another", evs{held("s1"), held("s2"), certified("s2")}, void, ""},
		{"certificate revoked", evs{held("s1"), certified("s1"), revoked}, void, ""},
	})
}

func TestCertificateStates(t *testing.T) {
	issue := &casefile.IssueCertificate{CertificateIssued: *certified("s1")}
	revoked := &casefile.CertificateRevoked{Certificate: "k1", Reason: "error"}
	revoke := &casefile.RevokeCertificate{CertificateRevoked: *revoked}
	uncounted := held("s1", func(s *casefile.Session) { s.Override, s.OverrideReason = "not_count", "ruled" })
	counted := held("s1", func(s *casefile.Session) { s.Advice, s.Override, s.OverrideReason = false, "count", "ruled" })
	released := &casefile.ConsultationReleased{Consultation: "s1", ToCase: "c3", Reason: "wrong_person"}
	walk(t, []step{
		{"issue", evs{held("s1")}, issue, ""},
		{"issue issued", evs{held("s1"), certified("s1")}, issue, nothing},
		{"issue revoked", evs{held("s1"), certified("s1"), revoked}, issue, nothing},
		{"issue on a closed case", evs{held("s1"), caseClosed()}, issue, ""},
		{"issue for nothing", nil, issue, "certificate.consultation"},
		{"issue for voided", evs{held("s1"), voided("s1")}, issue, "certificate.consultation"},
		{"issue for moved", evs{held("s1"), released}, issue, "certificate.consultation"},
		{"issue without advice", evs{held("s1", func(s *casefile.Session) { s.Advice = false })}, issue, "certificate.consultation"},
		{"issue for left out", evs{uncounted}, issue, "certificate.consultation"},
		{"issue for counted in", evs{counted}, issue, ""},
		{"revoke", evs{held("s1"), certified("s1")}, revoke, ""},
		{"revoke on a closed case", evs{held("s1"), certified("s1"), caseClosed()}, revoke, ""},
		{"revoke revoked", evs{held("s1"), certified("s1"), revoked}, revoke, nothing},
		{"revoke unknown", nil, revoke, "entity.unknown"},
	})
	caseScene(t, held("s1")).When(issue).Then(certified("s1"))
	caseScene(t, held("s1")).In(withPerson("p1", erased)).When(issue).Refused("person.is_erased")
	opened := *caseOpened
	opened.Person = "p9"
	anonymous := caseScene(t, &opened, held("s1", func(s *casefile.Session) { s.LeadPerson = "p9" }))
	anonymous.When(issue).Refused("person.no_name")
}
