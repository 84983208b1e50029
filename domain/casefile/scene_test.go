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

type (
	ev   = domain.Event[casefile.Case]
	cmd  = domain.Command[casefile.Case]
	evs  = []ev
	file = casefile.Case
)

// The people and things of the scenes: p1 leads c1, p2 is a companion, p3 leads
// c3, p9 gives no name.
func world() *given.World {
	return &given.World{
		Persons: []domain.PersonNow{
			{ID: "p1", Controller: "31", Named: true, State: "active", ResidencePref: "13"},
			{ID: "p2", Controller: "31", Named: true, State: "active", ResidencePref: "13"},
			{ID: "p3", Controller: "31", Named: true, State: "active", ResidencePref: "13"},
			{ID: "p9", Controller: "31", Anonymous: true, State: "active", ResidencePref: "13"},
			{ID: "okayama", Controller: "33", Named: true, State: "active", ResidencePref: "13"},
		},
		Cases: []domain.CaseNow{
			{ID: "c3", Controller: "31", Lead: "p3", State: "active"},
			{ID: "c33", Controller: "33", Lead: "okayama", State: "active"},
		},
		Partners: []domain.PartnerNow{{ID: "partner1", Controller: "31", Kind: "municipality", Relation: "public_body", DefaultBasis: "law"}},
		Outreachs: []domain.OutreachNow{
			{ID: "fair", Controller: "31", Kind: "fair", State: "held"},
			{ID: "night", Controller: "31", Kind: "evening", State: "held"},
			{ID: "their-fair", Controller: "33", Kind: "fair", State: "held"},
			{ID: "late-fair", Controller: "31", Kind: "fair", State: "held", Evening: true},
		},
		Hours: hours,
	}
}

// hours: 10:00–18:00 daily, Thursday to Saturday to 20:00 (counting.md T30).
func hours(desk string, on japan.Date, at int) domain.Opening {
	late := on.Weekday() >= 4
	return domain.Opening{Known: desk != "D-OKY", Open: at >= 1000 && at < 1800, AfterHours: late && at >= 1800 && at < 2000}
}

// withPerson changes one person of the world.
func withPerson(id string, change func(*domain.PersonNow)) *given.World {
	w := world()
	for i := range w.Persons {
		if w.Persons[i].ID == id {
			change(&w.Persons[i])
		}
	}
	return w
}

func erased(p *domain.PersonNow)   { p.State = "erased" }
func unviewed(p *domain.PersonNow) { p.State, p.Restricted = "restricted", []string{"view"} }
func unspoken(p *domain.PersonNow) { p.State, p.Restricted = "restricted", []string{"contact"} }

var caseOpened = &casefile.Opened{
	Person: "p1", Desk: "D-TKY", Aims: []string{"job", "relocation"}, LeadSource: "web", TargetPref: "31",
}

// caseScene is case c1 of p1, opened by co1, with more in its past.
func caseScene(t testing.TB, past ...ev) *given.Scene[file] {
	t.Helper()
	return given.Stream(t, casefile.Aggregate, "c1").Given(caseOpened).Given(past...).In(world())
}

func ptr[T any](v T) *T { return &v }

// session of p1 with everything that must be said.
func session(change ...func(*casefile.Session)) casefile.Session {
	s := casefile.Session{
		LeadPerson: "p1", AttendeeCount: 1, Desk: "D-TKY", Channel: "in_person", Categories: []string{"relocation"},
		StartedAt: ptr(1400), EndedAt: ptr(1500), Counsellor: "co1", InitiatedBy: "person", Advice: true,
		NoticeVersion: "n1", Outcome: "continuing",
	}
	for _, f := range change {
		f(&s)
	}
	return s
}

func held(id string, change ...func(*casefile.Session)) *casefile.ConsultationHeld {
	return &casefile.ConsultationHeld{Consultation: id, Session: session(change...)}
}

func voided(id string) *casefile.ConsultationVoided {
	return &casefile.ConsultationVoided{Consultation: id, Reason: "duplicate"}
}

func certified(ids ...string) *casefile.CertificateIssued {
	return &casefile.CertificateIssued{
		Certificate: "k1", Consultations: ids, Purpose: "travel_subsidy", Number: "12", Name: "山田", Municipality: "倉吉市",
	}
}

func caseClosed() *casefile.Closed { return &casefile.Closed{Outcome: "gave_up"} }

// step is one cell of a state machine: a command after a past, and what comes of
// it: "" for an event, "nothing", or the key of the refusal.
type step struct {
	name string
	past evs
	cmd  cmd
	want string
}

const nothing = "nothing"

// walk asks every step, with the effect on figures shown.
func walk(t *testing.T, steps []step) {
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			require.Equal(t, s.want, outcomeOf(caseScene(t, s.past...).Previewed(), s.cmd))
		})
	}
}

// outcomeOf asks and tells what came: "", nothing, or the key.
func outcomeOf(s *given.Scene[file], c cmd) string {
	events, err := s.When(c).Decided()
	var r *domain.Refusal
	switch {
	case errors.As(err, &r):
		return r.Key
	case err != nil:
		return err.Error()
	case len(events) == 0:
		return nothing
	}
	return ""
}
