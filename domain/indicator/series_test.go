package indicator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

type seriesEvent = domain.Event[indicator.Series]

var (
	registered = &indicator.Registered{Code: "K1", Scope: "D-TKY", Class: "outcome", Name: "IJUターン就職者、移住者数"}
	manager    = given.Desk("mg1", domain.Manager)
)

// proposal is a shipped definition as somebody proposes it anew.
func proposal(t testing.TB, id, version, from string, change map[string]any) indicator.VersionProposed {
	t.Helper()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, ok := book.Named(id, "tot-2019.1")
	require.True(t, ok)
	d.Version, d.OfficialFrom = version, from
	fields := d.Proposal("ja")
	for name, value := range change {
		if fields[name] = value; value == nil {
			delete(fields, name)
		}
	}
	raw, err := json.Marshal(fields)
	require.NoError(t, err)
	data, err := domain.ParseData(raw)
	require.NoError(t, err)
	var c indicator.ProposeVersion
	require.NoError(t, data.Fill(&c, uuid.Nil))
	require.NoError(t, domain.Check(&c))
	return c.VersionProposed
}

// decided is the event that a proposal becomes in a stream.
func decided(t testing.TB, id, scope string, p indicator.VersionProposed) *indicator.VersionProposed {
	t.Helper()
	s := indicator.Aggregate.New()
	(&indicator.Registered{Code: id, Scope: scope, Class: "outcome", Name: "x"}).Apply(s, domain.Envelope{})
	events, err := (&indicator.ProposeVersion{VersionProposed: p}).Decide(s, domain.Intent{})
	require.NoError(t, err)
	return events[0].(*indicator.VersionProposed)
}

func scene(t *testing.T, past ...seriesEvent) *given.Scene[indicator.Series] {
	return given.Stream(t, indicator.Aggregate, "K1@D-TKY").GivenBy("an1", japan.On(2019, 6, 1), past...).By(manager).Previewed()
}

// TestVersionMachine is events.md 5.10: what each step answers in each state.
func TestVersionMachine(t *testing.T) {
	p := decided(t, "K1", "D-TKY", proposal(t, "K1", "v2", "2020-04-01", nil))
	approved := &indicator.VersionApproved{Version: "v2", Digest: p.Digest}
	rejected := &indicator.VersionRejected{Version: "v2", Reason: "根拠が足りない"}
	retired := &indicator.VersionRetired{Version: "v2", From: japan.On(2021, 4, 1)}
	life := []struct {
		state string
		past  []seriesEvent
	}{
		{"", []seriesEvent{registered}},
		{indicator.StateProposed, []seriesEvent{registered, p}},
		{indicator.StateApproved, []seriesEvent{registered, p, approved}},
		{indicator.StateRejected, []seriesEvent{registered, p, rejected}},
		{indicator.StateRetired, []seriesEvent{registered, p, approved, retired}},
	}
	yes, same, none, no, used := "then", "nothing", "entity.unknown", "indicator.state", "indicator.version"
	for _, c := range []struct {
		cmd     domain.Command[indicator.Series]
		event   seriesEvent
		answers []string
	}{
		{&indicator.ProposeVersion{VersionProposed: *p}, p, []string{yes, same, same, used, used}},
		{&indicator.ApproveVersion{VersionApproved: *approved}, approved, []string{none, yes, same, no, no}},
		{&indicator.RejectVersion{VersionRejected: *rejected}, rejected, []string{none, yes, no, same, no}},
		{&indicator.RetireVersion{VersionRetired: *retired}, retired, []string{none, no, yes, no, same}},
	} {
		for i, l := range life {
			s := scene(t, l.past...).When(c.cmd)
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
	for _, l := range life[1:] {
		scene(t, l.past...).When(&indicator.Register{Registered: *registered}).ThenState(func(s *indicator.Series) {
			require.Equal(t, l.state, s.Version("v2").State)
			require.Equal(t, "an1", s.Version("v2").ProposedBy)
		}).Nothing()
	}
}

func TestWhoProposedDoesNotApprove(t *testing.T) {
	p := decided(t, "K1", "D-TKY", proposal(t, "K1", "v2", "2020-04-01", nil))
	approve := &indicator.ApproveVersion{VersionApproved: indicator.VersionApproved{Version: "v2", Digest: p.Digest}}
	both := given.Desk("an1", domain.Analyst, domain.Manager)
	scene(t, registered, p).By(both).When(approve).Refused("indicator.same_officer")
	scene(t, registered, p).When(&indicator.ApproveVersion{VersionApproved: indicator.VersionApproved{Version: "v2", Digest: strings.Repeat("0a", 32)}}).
		Refused("indicator.digest")
	scene(t, registered, p).With(func(in *domain.Intent) { in.Preview = nil }).When(approve).Refused("preview.missing")
	stale := uint64(1)
	scene(t, registered, p).With(func(in *domain.Intent) { in.Preview = &stale }).When(approve).Refused("preview.missing")
}

func TestSeriesRefuses(t *testing.T) {
	p := decided(t, "K1", "D-TKY", proposal(t, "K1", "v2", "2020-04-01", nil))
	changed := *p
	changed.Text = "別の説明"
	shipped := proposal(t, "K1", "tot-2019.1", "2020-04-01", nil)
	other := *registered
	other.Scope = "31"
	elsewhere := *registered
	elsewhere.Name = "別の名前"
	n := 30
	for _, c := range []struct {
		key  string
		past []seriesEvent
		cmd  domain.Command[indicator.Series]
	}{
		{"indicator.stream", nil, &indicator.Register{Registered: other}},
		{"stream.exists", []seriesEvent{registered}, &indicator.Register{Registered: elsewhere}},
		{"stream.unknown", nil, &indicator.ProposeVersion{VersionProposed: *p}},
		{"indicator.version", []seriesEvent{registered, p}, &indicator.ProposeVersion{VersionProposed: changed}},
		{"indicator.version", []seriesEvent{registered}, &indicator.ProposeVersion{VersionProposed: shipped}},
		{"date.order", []seriesEvent{registered, p, &indicator.VersionApproved{Version: "v2", Digest: p.Digest}},
			&indicator.RetireVersion{VersionRetired: indicator.VersionRetired{Version: "v2", From: japan.On(2020, 3, 31)}}},
		{"entity.unknown", []seriesEvent{registered}, &indicator.DeclareSeriesBreak{SeriesBreakDeclared: indicator.SeriesBreakDeclared{At: japan.On(2022, 4, 1), Kind: "unit", ToVersion: "v9", Note: "x"}}},
		{"indicator.target", []seriesEvent{registered}, &indicator.SetTarget{TargetSet: indicator.TargetSet{FY: 2020, Comparator: "ge", Text: "30名以上"}}},
		{"indicator.target", []seriesEvent{registered}, &indicator.SetTarget{TargetSet: indicator.TargetSet{FY: 2020, Comparator: "text", Value: &n}}},
		{"field.range", []seriesEvent{registered}, &indicator.SetTarget{TargetSet: indicator.TargetSet{FY: 20, Comparator: "ge", Value: &n}}},
	} {
		scene(t, c.past...).When(c.cmd).Refused(c.key)
	}
}

func TestABreakAndATargetAreSaidOnce(t *testing.T) {
	n := 30
	site := &indicator.SeriesBreakDeclared{At: japan.On(2019, 4, 1), Kind: "site", FromVersion: "tot-2019.1", Note: "新橋館へ移転"}
	hours := &indicator.SeriesBreakDeclared{At: japan.On(2019, 4, 1), Kind: "hours", Note: "年中無休"}
	unit := &indicator.SeriesBreakDeclared{At: japan.On(2018, 4, 1), Kind: "unit", Note: "件から名へ"}
	scene(t, registered, site).When(&indicator.DeclareSeriesBreak{SeriesBreakDeclared: *site}).Nothing()
	scene(t, registered, site, hours).When(&indicator.DeclareSeriesBreak{SeriesBreakDeclared: *unit}).ThenState(func(s *indicator.Series) {
		require.Equal(t, []indicator.SeriesBreakDeclared{*unit, *site, *hours}, s.Breaks)
	}).Then(unit)
	target := &indicator.TargetSet{FY: 2020, Comparator: "ge", Value: &n}
	same := 30
	scene(t, registered, target).When(&indicator.SetTarget{TargetSet: indicator.TargetSet{FY: 2020, Comparator: "ge", Value: &same}}).Nothing()
	scene(t, registered).When(&indicator.SetTarget{TargetSet: *target}).Then(target)
}

// Whatever is asked in whatever order, nothing panics, a version is decided on once
// and never by whom it was proposed, and the book can always be read.
func TestSeriesInAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 13))
	var proposals []indicator.VersionProposed
	for i := range 4 {
		proposals = append(proposals, *decided(t, "K1", "D-TKY", proposal(t, "K1", fmt.Sprint("v", i), fmt.Sprintf("20%d-04-01", 19+i), nil)))
	}
	for range 300 {
		s, position := indicator.Aggregate.New(), uint64(0)
		states := map[string][]string{}
		for range 40 {
			p := proposals[rnd.IntN(len(proposals))]
			by := []string{"a", "b"}[rnd.IntN(2)]
			cmd := []domain.Command[indicator.Series]{
				&indicator.Register{Registered: *registered},
				&indicator.ProposeVersion{VersionProposed: p},
				&indicator.ApproveVersion{VersionApproved: indicator.VersionApproved{Version: p.Version, Digest: p.Digest}},
				&indicator.RejectVersion{VersionRejected: indicator.VersionRejected{Version: p.Version, Reason: "x"}},
				&indicator.RetireVersion{VersionRetired: indicator.VersionRetired{Version: p.Version, From: p.OfficialFrom.AddMonths(12)}},
				&indicator.DeclareSeriesBreak{SeriesBreakDeclared: indicator.SeriesBreakDeclared{At: japan.On(2019, 4, 1), Kind: "site", ToVersion: p.Version, Note: "x"}},
			}[rnd.IntN(6)]
			shown := position
			events, err := cmd.Decide(s, domain.Intent{Stream: "K1@D-TKY", Version: position, Preview: &shown, Actor: given.Desk(by, domain.Analyst, domain.Manager)})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				position++
				e.Apply(s, domain.Envelope{RecordedBy: by, Position: position})
			}
			for _, v := range s.Versions {
				if had := states[v.Version]; len(had) == 0 || had[len(had)-1] != v.State {
					states[v.Version] = append(had, v.State)
				}
				if v.State == indicator.StateApproved {
					require.NotEqual(t, v.ProposedBy, v.DecidedBy)
				}
			}
			book, err := indicator.BookOf("D-TKY", []*indicator.Series{s})
			require.NoError(t, err)
			force, ok := book.InForce("K1", japan.On(2030, 4, 1))
			require.True(t, ok)
			if own := s.Version(force.Version); own != nil {
				require.Equal(t, indicator.StateApproved, own.State)
			}
		}
		for version, had := range states {
			require.Contains(t, []string{"proposed", "proposed approved", "proposed rejected", "proposed approved retired"}, strings.Join(had, " "), version)
		}
	}
}

// Every parameter a definition may state is a fact of its own, and every shipped
// definition comes back from its facts with the same digest.
func TestAProposalKeepsTheDefinition(t *testing.T) {
	fields := map[string]bool{}
	for _, f := range indicator.ParameterFields() {
		fields[f.Name] = true
	}
	for _, name := range indicator.ParameterNames() {
		require.True(t, fields[name], "%s is no fact of indicator.version_proposed", name)
	}
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for _, d := range book.All() {
		p := proposal(t, d.Indicator, "v2", d.OfficialFrom, nil)
		e := decided(t, d.Indicator, "D-TKY", p)
		same := d
		same.Version = "v2"
		require.Equal(t, same.Digest(), e.Digest, d.Indicator)
		require.Equal(t, len(d.Parameters), len(e.Parameters.Texts()))
		require.True(t, maps.Equal(d.Parameters, e.Parameters.Texts()), d.Indicator)
	}
}

// T22: the version in force on the first day of a period counts, at its scope only.
func TestApprovedVersionsCountAtTheirScope(t *testing.T) {
	series := func(scope string, steps ...seriesEvent) *indicator.Series {
		s := indicator.Aggregate.New()
		for i, e := range slices.Concat([]seriesEvent{&indicator.Registered{Code: "C0", Scope: scope, Class: "activity", Name: "相談件数"}}, steps) {
			e.Apply(s, domain.Envelope{RecordedBy: fmt.Sprint(i), Position: uint64(i + 1)})
		}
		return s
	}
	first := decided(t, "C0", "D-TKY", proposal(t, "C0", "t22.1", "2018-04-01", map[string]any{"channels": []string{"in_person"}}))
	second := decided(t, "C0", "D-TKY", proposal(t, "C0", "t22.2", "2019-10-01", map[string]any{"channels": []string{"tour", "in_person"}}))
	approve := func(p *indicator.VersionProposed) seriesEvent {
		return &indicator.VersionApproved{Version: p.Version, Digest: p.Digest}
	}
	here := series("D-TKY", first, approve(first), second, approve(second))
	book, err := indicator.BookOf("D-TKY", []*indicator.Series{here})
	require.NoError(t, err)
	for day, want := range map[string]string{"2018-03-31": "tot-2019.1", "2018-04-01": "t22.1", "2019-04-01": "t22.1", "2020-04-01": "t22.2"} {
		d, ok := book.InForce("C0", date(day))
		require.True(t, ok)
		require.Equal(t, want, d.Version, day)
	}
	d, _ := book.Named("C0", "t22.2")
	require.Equal(t, "in_person,tour", d.Parameters["channels"])
	require.Equal(t, "Consultation sessions", d.Name["en"])

	whole, err := indicator.BookOf("31", []*indicator.Series{here})
	require.NoError(t, err)
	d, _ = whole.InForce("C0", date("2020-04-01"))
	require.Equal(t, "tot-2019.1", d.Version, "another scope")

	proposed, err := indicator.BookOf("D-TKY", []*indicator.Series{series("D-TKY", first)})
	require.NoError(t, err)
	d, _ = proposed.InForce("C0", date("2019-04-01"))
	require.Equal(t, "tot-2019.1", d.Version, "not approved yet")
	_, ok := proposed.Named("C0", "t22.1")
	require.True(t, ok, "a proposal can be tried")

	retired := series("D-TKY", first, approve(first), &indicator.VersionRetired{Version: "t22.1", From: date("2020-04-01")})
	ended, err := indicator.BookOf("D-TKY", []*indicator.Series{retired})
	require.NoError(t, err)
	d, _ = ended.InForce("C0", date("2020-03-31"))
	require.Equal(t, "t22.1", d.Version)
	d, _ = ended.InForce("C0", date("2020-04-01"))
	require.Equal(t, "tot-2019.1", d.Version)
	_, ok = ended.Named("C0", "t22.1")
	require.True(t, ok, "a retired version stays nameable")

	again := decided(t, "C0", "D-TKY", proposal(t, "C0", "t22.3", "2018-04-01", nil))
	tied, err := indicator.BookOf("D-TKY", []*indicator.Series{series("D-TKY", first, again, approve(again), approve(first))})
	require.NoError(t, err)
	d, _ = tied.InForce("C0", date("2019-04-01"))
	require.Equal(t, "t22.1", d.Version, "of two from one day, the one approved later")
}

func date(text string) japan.Date {
	d, err := japan.ParseDate(text)
	if err != nil {
		panic(err) // of the test itself
	}
	return d
}
