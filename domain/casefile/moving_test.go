package casefile_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

// fold is a case of its own with a past, as another stream of the scene.
func fold(id, lead, controller string, past ...ev) *file {
	c := casefile.Aggregate.New()
	opened := *caseOpened
	opened.Person = lead
	for i, e := range append(evs{&opened}, past...) {
		e.Apply(c, domain.Envelope{
			Stream: "case-" + id, Version: i + 1, Occurred: japan.On(2019, 6, 1), RecordedBy: "co1", Controller: controller,
		})
	}
	return c
}

// moveIntent asks about case c1 with the effect on figures shown.
func moveIntent() domain.Intent {
	return domain.Intent{
		Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte("move")), Actor: given.Desk("co1"), Stream: "c1",
		Now: time.Date(2019, 6, 10, 2, 0, 0, 0, time.UTC), Occurred: japan.On(2019, 6, 10),
		Controller: "31", Version: 4, Preview: ptr(uint64(4)), Look: world(),
	}
}

func moving() *casefile.MoveConsultation {
	return &casefile.MoveConsultation{
		ConsultationReleased: casefile.ConsultationReleased{Consultation: "s1", ToCase: "c3", Reason: "wrong_person"},
		Words:                casefile.Words{Note: "海の近く"},
	}
}

func TestConsultationMovesWithAllItsFactsAsTheyStand(t *testing.T) {
	amended := &amending("channel", "in_person", "phone").ConsultationAmended
	day := &amending("occurred_on", "2019-06-01", "2019-05-31").ConsultationAmended
	from, to := fold("c1", "p1", "31", held("s1"), amended, day), fold("c3", "p3", "31")
	onFrom, onTo, err := moving().DecideBoth(from, to, moveIntent())
	require.NoError(t, err)
	require.Equal(t, evs{&moving().ConsultationReleased}, onFrom)
	require.Equal(t, evs{&casefile.ConsultationReceived{
		Consultation: "s1", FromCase: "c1", HeldOn: japan.On(2019, 5, 31),
		Session: session(func(s *casefile.Session) { s.LeadPerson, s.Channel = "p3", "phone" }),
		Words:   casefile.Words{Note: "海の近く"},
	}}, onTo)

	onFrom[0].Apply(from, domain.Envelope{})
	onTo[0].Apply(to, domain.Envelope{Occurred: japan.On(2019, 6, 10)})
	require.Equal(t, "moved", from.Consultations["s1"].State)
	require.Equal(t, "held", to.Consultations["s1"].State)
	require.Equal(t, casefile.StateActive, to.State)
	require.Equal(t, japan.On(2019, 5, 31), to.Contacted)

	onFrom, onTo, err = moving().DecideBoth(from, to, moveIntent())
	require.NoError(t, err)
	require.Empty(t, append(onFrom, onTo...), "asked twice")
}

func TestConsultationMayComeBack(t *testing.T) {
	from, to := fold("c1", "p1", "31", held("s1")), fold("c3", "p3", "31")
	there := moving()
	onFrom, onTo, err := there.DecideBoth(from, to, moveIntent())
	require.NoError(t, err)
	onFrom[0].Apply(from, domain.Envelope{})
	onTo[0].Apply(to, domain.Envelope{})
	back := moving()
	back.ToCase = "c1"
	in := moveIntent()
	in.Stream = "c3"
	onTo, onFrom, err = back.DecideBoth(to, from, in)
	require.NoError(t, err)
	onTo[0].Apply(to, domain.Envelope{})
	onFrom[0].Apply(from, domain.Envelope{})
	require.Equal(t, "held", from.Consultations["s1"].State)
	require.Equal(t, "p1", from.Consultations["s1"].LeadPerson)
	require.Equal(t, "moved", to.Consultations["s1"].State)
}

func TestLeaderOfAMovedSession(t *testing.T) {
	both := &casefile.MemberAdded{Person: "p1", Part: "adult"}
	leader := func(m *casefile.MoveConsultation, to *file) string {
		_, onTo, err := m.DecideBoth(fold("c1", "p1", "31", held("s1")), to, moveIntent())
		require.NoError(t, err)
		return onTo[0].(*casefile.ConsultationReceived).LeadPerson
	}
	require.Equal(t, "p1", leader(moving(), fold("c3", "p3", "31", both)), "still of the party")
	require.Equal(t, "p3", leader(moving(), fold("c3", "p3", "31")), "the lead of the other case")
	named := moving()
	named.LeadPerson = "p2"
	require.Equal(t, "p2", leader(named, fold("c3", "p3", "31", &casefile.MemberAdded{Person: "p2", Part: "adult"})))
}

func TestMovingRefuses(t *testing.T) {
	from, to := fold("c1", "p1", "31", held("s1")), fold("c3", "p3", "31")
	stranger := moving()
	stranger.LeadPerson = "p2"
	w := func(id string, change func(*domain.PersonNow)) domain.Intent {
		in := moveIntent()
		in.Look = withPerson(id, change)
		return in
	}
	blind := moveIntent()
	blind.Preview = nil
	for _, c := range []struct {
		name     string
		m        *casefile.MoveConsultation
		from, to *file
		in       domain.Intent
		want     string
	}{
		{"other controller", moving(), from, fold("c33", "okayama", "33"), moveIntent(), "controller.mismatch"},
		{"no case", moving(), from, casefile.Aggregate.New(), moveIntent(), "entity.unknown"},
		{"the same case", moving(), from, from, moveIntent(), "entity.unknown"},
		{"no session", moving(), fold("c1", "p1", "31"), to, moveIntent(), "entity.unknown"},
		{"voided", moving(), fold("c1", "p1", "31", held("s1"), voided("s1")), to, moveIntent(), "consultation.voided"},
		{"moved elsewhere", moving(), fold("c1", "p1", "31", held("s1"), &moving().ConsultationReleased), to, moveIntent(), "consultation.state"},
		{"certified", moving(), fold("c1", "p1", "31", held("s1"), certified("s1")), to, moveIntent(), "certificate.covers"},
		{"from closed", moving(), fold("c1", "p1", "31", held("s1"), caseClosed()), to, moveIntent(), "case.is_closed"},
		{"to closed", moving(), from, fold("c3", "p3", "31", caseClosed()), moveIntent(), "case.is_closed"},
		{"erased there", moving(), from, to, w("p3", erased), "person.is_erased"},
		{"erased here", moving(), from, to, w("p1", erased), "person.is_erased"},
		{"words of the unviewed", moving(), from, to, w("p3", unviewed), "person.is_restricted"},
		{"leader of neither", stranger, from, to, moveIntent(), "case.not_member"},
		{"effect not shown", moving(), from, to, blind, "preview.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onFrom, onTo, err := c.m.DecideBoth(c.from, c.to, c.in)
			var r *domain.Refusal
			require.ErrorAs(t, err, &r)
			require.Equal(t, c.want, r.Key)
			require.Empty(t, append(onFrom, onTo...))
		})
	}
}

// A session of which only the month is known counts as such wherever it stands;
// one whose day was corrected is known to the day.
func TestMovedSessionKeepsItsPrecisionAndTime(t *testing.T) {
	moved := func(past ...ev) *casefile.ConsultationReceived {
		from := fold("c1", "p1", "31")
		at := 1030
		held("s1").Apply(from, domain.Envelope{Occurred: japan.On(2019, 5, 1), Precision: "month", OccurredTime: &at})
		for _, e := range past {
			e.Apply(from, domain.Envelope{})
		}
		_, onTo, err := moving().DecideBoth(from, fold("c3", "p3", "31"), moveIntent())
		require.NoError(t, err)
		return onTo[0].(*casefile.ConsultationReceived)
	}
	month := moved()
	require.Equal(t, "month", month.HeldPrecision)
	require.Equal(t, 1030, *month.HeldTime)
	to := fold("c3", "p3", "31")
	month.Apply(to, domain.Envelope{Precision: "day"})
	require.Equal(t, "month", to.Consultations["s1"].Precision)
	day := moved(&amending("occurred_on", "2019-05-01", "2019-05-31").ConsultationAmended)
	require.Empty(t, day.HeldPrecision)
	day.Apply(to, domain.Envelope{Precision: "month"})
	require.Equal(t, "day", to.Consultations["s1"].Precision)
}
