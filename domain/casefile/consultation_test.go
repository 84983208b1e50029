package casefile_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func holding(change ...func(*casefile.Session)) *casefile.HoldConsultation {
	return &casefile.HoldConsultation{ConsultationHeld: *held("s1", change...)}
}

func TestConsultationIsHeldOnce(t *testing.T) {
	full := held("s1", func(s *casefile.Session) {
		s.Attendees, s.AttendeeCount, s.CoCounsellors = []string{"p1", "p2"}, 2, []string{"co2"}
		s.Concerns, s.Motives, s.Reception, s.Outreach = []string{"work"}, []string{"hometown"}, "r1", "fair"
	})
	full.Words = casefile.Words{Note: "温泉が好き", NoteJob: "経理を希望", NoteReloc: "海の近く", Answer: "資料を渡した", Homework: "家族と相談"}
	caseScene(t).When(&casefile.HoldConsultation{ConsultationHeld: *full}).
		ThenState(func(c *file) {
			require.Equal(t, "held", c.Consultations["s1"].State)
			require.Equal(t, japan.On(2019, 6, 1), c.Consultations["s1"].HeldOn)
			require.Equal(t, japan.On(2019, 6, 1), c.Contacted)
			require.Equal(t, casefile.StateActive, c.State)
		}).
		Then(full)
	caseScene(t, full, voided("s1")).When(holding()).Nothing()
}

func TestConsultationRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*casefile.Session)
		want   string
	}{
		{"leader of another case", func(s *casefile.Session) { s.LeadPerson = "p3" }, "case.not_member"},
		{"nobody there", func(s *casefile.Session) { s.AttendeeCount = 0 }, "field.range"},
		{"named without notice", func(s *casefile.Session) { s.NoticeVersion = "none_anonymous" }, "notice.missing"},
		{"no notice", func(s *casefile.Session) { s.NoticeVersion = "" }, "notice.missing"},
		{"ends before it starts", func(s *casefile.Session) { s.EndedAt = ptr(1359) }, "consultation.times"},
		{"counted without a reason", func(s *casefile.Session) { s.Override = "count" }, "override.no_reason"},
		{"left out without a reason", func(s *casefile.Session) { s.Override = "not_count" }, "override.no_reason"},
		{"unknown event", func(s *casefile.Session) { s.Outreach = "none" }, "entity.unknown"},
		{"unknown booking", forBooking, "entity.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) { caseScene(t).When(holding(c.change)).Refused(c.want) })
	}
	prohibited := holding()
	prohibited.NoteJob = "妻の収入を聞いた"
	caseScene(t).When(prohibited).Refused("job.prohibited_item")
	prohibited.Confirmed = true
	caseScene(t).When(prohibited).Then(&prohibited.ConsultationHeld)
}

func TestConsultationWithoutCategoryOrNoticeIsRefusedByItsOwnKey(t *testing.T) {
	bare := holding(func(s *casefile.Session) { s.Categories, s.NoticeVersion = nil, "" })
	err := domain.Check(bare)
	keys := map[string]string{}
	var all domain.Refusals
	require.True(t, errors.As(err, &all))
	for _, r := range all {
		keys[r.Field] = r.Key
	}
	require.Equal(t, map[string]string{"categories": "consultation.no_category", "notice_version": "notice.missing"}, keys)
}

func TestAnonymousNeedsNoNotice(t *testing.T) {
	opened := *caseOpened
	opened.Person = "p9"
	unnamed := held("s1", func(s *casefile.Session) { s.LeadPerson, s.NoticeVersion = "p9", "none_anonymous" })
	given.Stream(t, casefile.Aggregate, "c9").Given(&opened).In(world()).
		When(&casefile.HoldConsultation{ConsultationHeld: *unnamed}).Then(unnamed)
}

func TestOverrideWithReasonStands(t *testing.T) {
	counted := held("s1", func(s *casefile.Session) { s.Override, s.OverrideReason, s.Advice = "count", "ruled", false })
	caseScene(t).When(&casefile.HoldConsultation{ConsultationHeld: *counted}).Then(counted)
}

// counting.md T30, and what has no time or no hours.
func TestConsultationKeepsTheHoursOfItsDesk(t *testing.T) {
	thursday, tuesday := japan.On(2019, 6, 6), japan.On(2019, 6, 4)
	start := func(at int) func(*casefile.Session) {
		return func(s *casefile.Session) { s.StartedAt, s.EndedAt = ptr(at), nil }
	}
	for _, c := range []struct {
		name   string
		on     japan.Date
		at     int
		change func(*casefile.Session)
		want   string
	}{
		{"after hours", thursday, 1900, func(*casefile.Session) {}, ""},
		{"outside", tuesday, 1900, func(*casefile.Session) {}, "consultation.outside_hours"},
		{"before opening", thursday, 959, func(*casefile.Session) {}, "consultation.outside_hours"},
		{"at opening", tuesday, 1000, func(*casefile.Session) {}, ""},
		{"at an evening event", tuesday, 1900, func(s *casefile.Session) { s.Outreach = "night" }, ""},
		{"at a fair in the evening", tuesday, 1900, func(s *casefile.Session) { s.Outreach = "late-fair" }, ""},
		{"at a fair", tuesday, 1900, func(s *casefile.Session) { s.Outreach = "fair" }, "consultation.outside_hours"},
		{"with a reason", tuesday, 1900, func(s *casefile.Session) { s.OutsideHoursReason = "train_late" }, ""},
		{"no hours set", tuesday, 1900, func(s *casefile.Session) { s.Desk = "D-OKY" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, outcomeOf(caseScene(t).At(c.on), holding(start(c.at), c.change)))
		})
	}
	timeless := holding(func(s *casefile.Session) { s.StartedAt, s.EndedAt = nil, nil })
	caseScene(t).At(tuesday).When(timeless).Then(&timeless.ConsultationHeld)
	caseScene(t).At(tuesday).With(func(in *domain.Intent) { in.OccurredTime = ptr(1900) }).
		When(timeless).Refused("consultation.outside_hours")
}

// Every command on a consultation in every state (events.md 5.3).
func TestConsultationStates(t *testing.T) {
	moved := &casefile.ConsultationReleased{Consultation: "s1", ToCase: "c3", Reason: "wrong_person"}
	back := &casefile.ConsultationReceived{Consultation: "s1", FromCase: "c3", HeldOn: japan.On(2019, 5, 1), Session: session()}
	pasts := map[string]evs{
		"none": nil, "held": {held("s1")}, "voided": {held("s1"), voided("s1")},
		"moved": {held("s1"), moved}, "back": {held("s1"), moved, back}, "received": {back},
	}
	commands := map[string]cmd{
		"hold":  holding(),
		"amend": amending("channel", "in_person", "phone"),
		"void":  &casefile.VoidConsultation{ConsultationVoided: *voided("s1")},
	}
	want := map[string]map[string]string{
		"none":     {"hold": "", "amend": "entity.unknown", "void": "entity.unknown"},
		"held":     {"hold": nothing, "amend": "", "void": ""},
		"voided":   {"hold": nothing, "amend": "consultation.voided", "void": "consultation.voided"},
		"moved":    {"hold": nothing, "amend": "consultation.state", "void": "consultation.state"},
		"back":     {"hold": nothing, "amend": "", "void": ""},
		"received": {"hold": nothing, "amend": "", "void": ""},
	}
	for state, past := range pasts {
		for name, c := range commands {
			t.Run(state+" "+name, func(t *testing.T) {
				require.Equal(t, want[state][name], outcomeOf(caseScene(t, past...).Previewed(), c))
			})
		}
	}
}
