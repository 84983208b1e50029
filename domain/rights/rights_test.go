package rights_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/rights"
	"ayumi/tests/given"
)

type (
	fold  = rights.Matter
	event = domain.Event[fold]
)

var (
	came    = japan.On(2023, 6, 1) // a Thursday, under the Act
	due     = japan.On(2023, 7, 3) // 30 days are 1 July, a Saturday
	who     = given.ID("person")
	earlier = given.ID("disclosure")
	privacy = given.Desk("po1", domain.Privacy)
	manager = given.Desk("mg1", domain.Manager)
	asked   = &rights.Requested{Kind: "disclosure", Person: who, Channel: "letter", ClockDays: 30, DueOn: due, Requester: "（氏名）", Words: "相談の記録すべて"}
	checked = &rights.IdentityChecked{Method: "id_card", Papers: "運転免許証"}
	stopped = &rights.ClockStopped{Reason: "request_unclear"}
	resumed = &rights.ClockResumed{DueOn: due}
	granted = &rights.Decided{Result: "full", Measure: "provide"}
	refused = &rights.Decided{Result: "refused", Measure: "none", Grounds: []string{"not_held"}, Reasons: "保有していない"}
	done    = &rights.Executed{Measure: "provide", Handed: "写し12枚"}
	ended   = &rights.Closed{}
	drawn   = &rights.Withdrawn{}
)

func world(p domain.PersonNow, matters ...domain.RightsNow) *given.World {
	p.ID, p.Controller = who, "31"
	if p.State == "" {
		p.State = "active"
	}
	return &given.World{Persons: []domain.PersonNow{p}, Matters: matters}
}

func matter(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, rights.Aggregate, given.ID("matter")).At(came).Given(past...).By(privacy).In(world(domain.PersonNow{}))
}

// TestMachine is events.md 5.14: what each command answers in each state.
func TestMachine(t *testing.T) {
	life := [][]event{
		{asked}, {asked, checked}, {asked, checked, stopped}, {asked, checked, granted},
		{asked, checked, granted, done}, {asked, checked, refused}, {asked, checked, granted, done, ended}, {asked, drawn},
	}
	yes, same, no := "then", "nothing", "rights.state"
	ext := &rights.Extended{Days: 30, DueOn: japan.On(2023, 7, 31), Reason: "large_amount"}
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&rights.CheckIdentity{IdentityChecked: *checked}, checked, []string{yes, same, no, no, no, no, no, no}},
		{&rights.StopClock{ClockStopped: *stopped}, stopped, []string{yes, yes, same, no, no, no, no, no}},
		{&rights.ResumeClock{}, resumed, []string{no, no, yes, no, no, no, no, no}},
		{&rights.Extend{Extended: rights.Extended{Days: 30, Reason: "large_amount"}}, ext, []string{yes, yes, no, no, no, no, no, no}},
		{&rights.Decide{Decided: *granted}, granted, []string{"rights.identity", yes, no, same, no, no, no, no}},
		{&rights.Execute{Executed: *done}, done, []string{no, no, no, yes, same, no, no, no}},
		{&rights.Withdraw{}, drawn, []string{yes, yes, no, no, no, no, no, same}},
		{&rights.Close{}, ended, []string{no, no, no, no, yes, yes, same, no}},
	} {
		for i, l := range life {
			s := matter(t, l...).When(c.cmd)
			switch want := c.answers[i]; want {
			case yes:
				s.Then(c.event)
			case same:
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

// TestStoppedBeforeTheCheck: a clock stopped before the identity check goes on to
// where it was.
func TestStoppedBeforeTheCheck(t *testing.T) {
	matter(t, asked, stopped).When(&rights.ResumeClock{}).ThenState(func(m *fold) { require.Equal(t, rights.StateReceived, m.State) }).Then(resumed)
	matter(t, asked, checked, stopped).When(&rights.ResumeClock{}).ThenState(func(m *fold) { require.Equal(t, rights.StateChecked, m.State) }).Then(resumed)
	matter(t, asked, stopped).When(&rights.Decide{Decided: *granted}).Refused("rights.identity")
}

func TestRequest(t *testing.T) {
	ask := func(more ...func(*rights.Requested)) *rights.Request {
		e := *asked
		e.ClockDays, e.DueOn = 0, 0
		for _, f := range more {
			f(&e)
		}
		return &rights.Request{Requested: e}
	}
	matter(t).When(ask()).Then(asked)
	matter(t).In(&given.World{}).When(ask()).Refused("entity.unknown")
	matter(t).In(world(domain.PersonNow{State: "erased"})).When(ask()).Refused("person.is_erased")
	matter(t).In(world(domain.PersonNow{State: "merged", Into: "p2"})).When(ask()).Refused("person.state")
	matter(t).With(func(in *domain.Intent) { in.Controller = "33" }).When(ask()).Refused("entity.unknown")

	named := *asked
	named.Representative = "（代理人）"
	named.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	matter(t).When(ask(func(e *rights.Requested) { e.Representative = "（代理人）" })).Then(&named)
	matter(t).When(ask(func(e *rights.Requested) { e.Contact = "c1" })).Then(asked)

	short := *asked // Tottori's ordinance before April 2023: 15 days, a Friday
	short.ClockDays, short.DueOn = 15, japan.On(2023, 6, 16)
	matter(t).With(func(in *domain.Intent) { in.Terms.Disclosure = 15 }).When(ask()).Then(&short)
}

// TestOnlyWhatWasDisclosed: correction and suspension within 90 days of a
// disclosure to the same person (handbook.md 6.2).
func TestOnlyWhatWasDisclosed(t *testing.T) {
	disclosed := domain.RightsNow{ID: earlier, Controller: "31", Kind: "disclosure", Person: who, State: "executed", ExecutedOn: came.Add(-90)}
	for _, c := range []struct {
		change func(*domain.RightsNow)
		want   string
	}{
		{func(*domain.RightsNow) {}, ""},
		{func(r *domain.RightsNow) { r.ExecutedOn = came }, ""},
		{func(r *domain.RightsNow) { r.ExecutedOn = came.Add(-91) }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.ExecutedOn = came.Add(1) }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.ExecutedOn = 0 }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.Person = "another" }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.Kind = "correction" }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.Controller = "33" }, "rights.no_disclosure"},
		{func(r *domain.RightsNow) { r.ID = "none" }, "rights.no_disclosure"},
	} {
		for _, kind := range []string{"correction", "suspension"} {
			now := disclosed
			c.change(&now)
			e := *asked
			e.Kind, e.Disclosure = kind, earlier
			s := matter(t).In(world(domain.PersonNow{}, now)).When(&rights.Request{Requested: e})
			if c.want == "" {
				s.Then(&e)
			} else {
				s.Refused(c.want)
			}
		}
	}
}

func TestRepresentativesAreTold(t *testing.T) {
	by := rights.IdentityChecked{Method: "seal_certificate", Representative: true, Papers: "委任状"}
	matter(t, asked).When(&rights.CheckIdentity{IdentityChecked: by}).Refused("rights.person_told")
	by.PersonTold = true
	matter(t, asked).When(&rights.CheckIdentity{IdentityChecked: by}).Then(&by)
}

func TestDecision(t *testing.T) {
	for _, c := range []struct {
		kind string
		d    rights.Decided
		want string
	}{
		{"disclosure", rights.Decided{Result: "full", Measure: "provide"}, ""},
		{"disclosure", rights.Decided{Result: "partial", Measure: "provide_part", Grounds: []string{"third_person"}, Reasons: "第三者"}, ""},
		{"disclosure", rights.Decided{Result: "partial", Measure: "provide_part", Reasons: "第三者"}, "rights.grounds"},
		{"disclosure", rights.Decided{Result: "partial", Measure: "provide_part", Grounds: []string{"third_person"}}, "rights.reasons"},
		{"disclosure", rights.Decided{Result: "partial", Measure: "provide", Grounds: []string{"third_person"}, Reasons: "x"}, "rights.measure"},
		{"disclosure", rights.Decided{Result: "full", Measure: "provide_part"}, "rights.measure"},
		{"disclosure", rights.Decided{Result: "full", Measure: "erase"}, "rights.measure"},
		{"disclosure", rights.Decided{Result: "full", Measure: "none"}, "rights.measure"},
		{"disclosure", rights.Decided{Result: "refused", Measure: "provide", Grounds: []string{"not_held"}, Reasons: "x"}, "rights.measure"},
		{"disclosure", *refused, ""},
		{"correction", rights.Decided{Result: "full", Measure: "add"}, ""},
		{"correction", rights.Decided{Result: "full", Measure: "erase"}, "rights.measure"},
		{"suspension", rights.Decided{Result: "full", Measure: "erase", Grounds: []string{"beyond_purpose"}}, ""},
		{"suspension", rights.Decided{Result: "full", Measure: "stop_use", Grounds: []string{"improper_collection"}}, ""},
		{"suspension", rights.Decided{Result: "full", Measure: "stop_use"}, "rights.suspension"},
		{"suspension", rights.Decided{Result: "full", Measure: "stop_use", Grounds: []string{"lawful"}}, "rights.suspension"},
		{"suspension", rights.Decided{Result: "refused", Measure: "none", Grounds: []string{"hampers_work"}, Reasons: "x"}, ""},
	} {
		e := *asked
		e.Kind = c.kind
		s := matter(t, &e, checked).By(manager).When(&rights.Decide{Decided: c.d})
		if c.want == "" {
			s.Then(&c.d)
		} else {
			s.Refused(c.want)
		}
	}
}

// TestExecutionFollowsTheMeasure: a use that was to stop is restricted first, an
// erasure is under way, and nothing is written under a key that goes.
func TestExecutionFollowsTheMeasure(t *testing.T) {
	on := func(measure string) []event {
		e := *asked
		e.Kind = "suspension"
		return []event{&e, checked, &rights.Decided{Result: "full", Measure: measure, Grounds: []string{"improper_use"}}}
	}
	do := func(measure, handed string) *rights.Execute {
		return &rights.Execute{Executed: rights.Executed{Measure: measure, Handed: handed}}
	}
	matter(t, on("stop_use")...).When(do("stop_use", "")).Refused("rights.not_done")
	matter(t, on("stop_use")...).In(world(domain.PersonNow{State: "restricted", Restricted: []string{"all"}})).When(do("stop_use", "")).Then(&rights.Executed{Measure: "stop_use"})
	matter(t, on("erase")...).When(do("erase", "")).Refused("rights.not_done")
	matter(t, on("erase")...).In(world(domain.PersonNow{State: "erased"})).When(do("erase", "通知書")).Refused("person.is_erased")
	matter(t, on("erase")...).In(world(domain.PersonNow{State: "erased"})).When(do("erase", "")).Then(&rights.Executed{Measure: "erase"})
	matter(t, on("stop_provision")...).When(do("stop_use", "")).Refused("rights.measure")
	matter(t, asked, checked, granted).When(do("provide", "")).Refused("field.required")
}

func TestSealedUnderWhom(t *testing.T) {
	m := rights.Aggregate.New()
	require.Equal(t, "stream", rights.Aggregate.Subject(m, "stream")) // a breach
	asked.Apply(m, domain.Envelope{Stream: "rights-m"})
	require.Equal(t, who, rights.Aggregate.Subject(m, "m"))
	refused.Apply(m, domain.Envelope{})
	require.Empty(t, m.Decision.Reasons, "the state keeps nothing sealed")
}
