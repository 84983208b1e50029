package casefile_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

// monkey gives commands at random: words from the closed lists, ids from small
// pools, so that commands meet each other's entities.
type monkey struct{ *rand.Rand }

var pools = map[string][]string{
	"person": {"p1", "p2", "p3", "nobody"}, "lead_person": {"p1", "p2", "p3"}, "attendees": {"p1", "p2"},
	"movers": {"p1"}, "persons": {"p1"}, "head": {"p1"}, "partner": {"partner1"}, "recipient": {"partner1"},
	"owner": {"co1", "co2"}, "from_owner": {"co1", "co2"}, "to_owner": {"co1", "co2"}, "counsellor": {"co1", "co2"},
	"other_case": {"c3", "c33", "none"}, "outreach": {"fair", "night", "none"}, "consultations": {"consultation1", "consultation2"},
}

func (m monkey) id(name string) string {
	pool := pools[name]
	if pool == nil {
		pool = []string{name + "1", name + "2"}
	}
	return pool[m.IntN(len(pool))]
}

// words that a rule looks for, by field.
var words = map[string][]string{
	"to_lg": {"312011", "312029"}, "from_pref": {"13"}, "rule_version": {"tot-cls-1"}, "industry": {"P"},
	"grade": {"c"}, "evidence_kind": {"person_statement"}, "basis": {"law"}, "has_predecessor": {"no"},
}

func (m monkey) value(f domain.Field) any {
	if list := words[f.Name]; list != nil {
		return list[m.IntN(len(list))]
	}
	switch f.Kind {
	case domain.KindCode:
		return f.List[m.IntN(len(f.List))]
	case domain.KindCodes:
		return []string{f.List[m.IntN(len(f.List))], f.List[m.IntN(len(f.List))]}
	case domain.KindToken:
		return []string{"n1", "none_anonymous", "ruled", "channel"}[m.IntN(4)]
	case domain.KindTokens:
		return []string{"phone"}
	case domain.KindID:
		return m.id(f.Name)
	case domain.KindIDs:
		return []string{m.id(f.Name)}
	case domain.KindInt:
		return []int{0, 1, 2, 6, 12}[m.IntN(5)]
	case domain.KindFlag:
		return m.IntN(2)
	case domain.KindDate:
		return japan.On(2019, 4, 1).Add(m.IntN(400)).String()
	case domain.KindTime:
		return 900 + 100*m.IntN(11)
	case domain.KindDigest:
		return strings.Repeat("a", 64)
	case domain.KindText:
		if f.Each {
			return map[string]string{"p1": "住所"}
		}
		return []string{"海", "宗教"}[m.IntN(2)]
	}
	return "word"
}

// fill makes a command as it would come over the wire.
func (m monkey) fill(t *testing.T, c cmd, id uuid.UUID) bool {
	data := domain.Data{}
	for _, f := range domain.FieldsOf(c) {
		if f.Made || (f.Optional && m.IntN(3) > 0) {
			continue
		}
		raw, err := json.Marshal(m.value(f))
		require.NoError(t, err)
		data[f.Name] = raw
	}
	return data.Fill(c, id) == nil && domain.Check(c) == nil
}

// aim turns a correction at random into one that may succeed.
func (m monkey) aim(c cmd, s *file) {
	switch c := c.(type) {
	case *casefile.HoldConsultation:
		if m.IntN(4) > 0 {
			c.LeadPerson, c.AttendeeCount, c.NoticeVersion, c.EndedAt, c.Outreach, c.Confirmed = "p1", 1, "n1", nil, "", true
		}
	case *casefile.AmendConsultation:
		if s.Consultations[c.Consultation] != nil {
			m.aimAmendment(c, s)
		}
	case *casefile.ReadNote:
		c.Note = ""
		for id, read := range s.Notes {
			if !read {
				c.Note = max(c.Note, id)
			}
		}
	case *casefile.VoidMessageDay:
		for key := range s.MessageDays {
			if key.Thread == c.Thread {
				c.Day = min(c.Day, key.Day)
			}
		}
	}
}

func (m monkey) aimAmendment(a *casefile.AmendConsultation, s *file) {
	a.Field = []string{"channel", "advice", "outcome", "booking", "occurred_on", "lead_person"}[m.IntN(6)]
	now, _ := domain.FactText(&s.Consultations[a.Consultation].Sitting, a.Field)
	a.Old = nil
	if now != "" {
		a.Old = []string{now}
	}
	a.New = []string{map[string]string{
		"channel": "phone", "advice": "0", "outcome": "referred", "booking": m.id("booking"), "occurred_on": "2019-05-05", "lead_person": "p2",
	}[a.Field]}
	a.OldText, a.NewText = "", ""
}

// weighted lists the commands, sessions and their corrections more than once.
func weighted() []domain.CommandType[file] {
	var out []domain.CommandType[file]
	for _, k := range casefile.Aggregate.Commands {
		times := 2
		switch k.Name {
		case "case.close":
			times = 1
		case "case.propose_referral", "case.agree_referral", "case.send_referral", "case.introduce_job", "case.make_application":
			times = 4
		case "case.hold_consultation", "case.amend_consultation", "case.issue_certificate", "case.reopen":
			times = 8
		}
		out = append(out, slices.Repeat([]domain.CommandType[file]{k}, times)...)
	}
	return out
}

// lucky commands need more in their past than chance brings together.
var lucky = strings.Fields(`
	case.receive_referral case.accept_referral case.progress_referral case.complete_referral case.return_referral
	case.lapse_referral case.resend_referral case.hold_interview case.amend_placement case.amend_relocation
	case.check_grant case.apply_grant case.decide_grant case.order_grant_return`)

type happened struct {
	event ev
	env   domain.Envelope
}

// Whatever is asked in whatever order: no panic, only refusals; the state folded
// step by step is the state folded at once; and the laws of the state hold.
func TestCaseKeepsItsLawsUnderAnyCommands(t *testing.T) {
	done, kinds := map[string]int{}, weighted()
	for seed := range uint64(60) {
		m := monkey{rand.New(rand.NewPCG(seed, 1))}
		s := casefile.Aggregate.New()
		var past []happened
		tell := func(e ev, env domain.Envelope) {
			env.Version = len(past) + 1
			e.Apply(s, env)
			past = append(past, happened{e, env})
		}
		tell(caseOpened, domain.Envelope{Stream: "case-c1", Occurred: japan.On(2019, 4, 1), RecordedBy: "co1", Controller: "31"})
		day := japan.On(2019, 4, 1)
		for n := range 600 {
			day = day.Add(m.IntN(4))
			kind := kinds[m.IntN(len(kinds))]
			in := domain.Intent{
				Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(seed), byte(n)}), Actor: given.Desk(m.id("owner"), domain.Counsellor, domain.Lead),
				Now: day.Start().Add(12 * time.Hour), Occurred: day, Stream: "c1", Version: uint64(len(past)),
				Preview: ptr(uint64(len(past))), Controller: "31", Desk: "D-TKY", Look: world(),
			}
			c := kind.New()
			if !m.fill(t, c, in.Command) {
				continue
			}
			m.aim(c, s)
			events, err := c.Decide(s, in)
			var r *domain.Refusal
			require.True(t, err == nil || errors.As(err, &r), "%s: %v", kind.Name, err)
			for _, e := range events {
				tell(e, domain.Envelope{EventID: in.NewID("event"), Stream: "case-c1", Occurred: day, RecordedBy: in.Actor.Account, Controller: "31"})
				done[kind.Name]++
			}
			lawful(t, s)
		}
		again := casefile.Aggregate.New()
		for _, h := range past {
			h.event.Apply(again, h.env)
		}
		require.Equal(t, again, s, "seed %d", seed)
	}
	for name := range allCommands() {
		require.True(t, done[name] > 0 || slices.Contains(lucky, name), "%s never came to anything", name)
	}
}

// lawful holds the state to what no sequence of commands may break.
func lawful(t *testing.T, c *file) {
	t.Helper()
	require.Contains(t, []casefile.State{casefile.StateOpen, casefile.StateActive, casefile.StateDormant, casefile.StateClosed}, c.State)
	require.Equal(t, c.State == casefile.StateClosed, c.Outcome != "")
	require.Equal(t, c.State == casefile.StateClosed, c.ClosedOn != 0)
	require.NotContains(t, c.Now().Members, c.Lead)
	owner, desk := c.OwnedOn(japan.On(2999, 1, 1))
	require.True(t, owner != "" && desk != "")
	for id, paper := range c.Certificates {
		for _, s := range paper.Consultations {
			require.True(t, paper.Revoked || c.Consultations[s].State == "held", id)
		}
	}
	seats := map[string]bool{}
	for _, s := range c.Consultations {
		require.True(t, s.Override == "" || s.OverrideReason != "")
		require.True(t, s.StartedAt == nil || s.EndedAt == nil || *s.StartedAt <= *s.EndedAt)
		require.NotEmpty(t, s.Categories)
		seats[s.Booking] = true
	}
	for id, b := range c.Bookings {
		require.Contains(t, []string{"booked", "held", "cancelled", "missed"}, b.State)
		require.Equal(t, b.State == "held", seats[id], "booking %s", id)
	}
	for _, d := range c.MessageDays {
		require.Positive(t, d.Inbound+d.Outbound)
	}
	for _, task := range c.Tasks {
		require.True(t, slices.Contains([]string{"planned", "done", "dropped"}, task.State))
	}
}
