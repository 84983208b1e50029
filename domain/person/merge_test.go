package person_test

import (
	"math/rand"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

// pair is a merge of stream a into stream b as it is asked.
type pair struct {
	a, b   []event
	world  given.World
	actor  domain.Actor
	behalf string
	shown  bool
	merge  person.Merge
}

func mergeable() *pair {
	return &pair{
		a: []event{registered()}, b: []event{registered()}, shown: true,
		actor: given.Desk("ld1", domain.Lead),
		world: given.World{Accounts: []domain.AccountNow{
			{Actor: given.Desk("co2")}, {Actor: given.Desk("po1", domain.Privacy)},
		}},
		merge: person.Merge{Merged: person.Merged{Into: "b", Evidence: []string{"birth", "phone"}, ProposedBy: "co2"}},
	}
}

func (p *pair) intent() domain.Intent {
	in := domain.Intent{
		Command: uuid.Nil, Actor: p.actor, OnBehalfOf: p.behalf, Stream: "a", Version: uint64(len(p.a)),
		Controller: "31", Look: &p.world, Occurred: japan.On(2019, 6, 1),
	}
	if p.shown {
		in.Preview = &in.Version
	}
	return in
}

func (p *pair) ask() error {
	m := p.merge
	onA, onB, err := m.DecideBoth(fold("a", p.a...), fold("b", p.b...), p.intent())
	p.a, p.b = append(p.a, onA...), append(p.b, onB...)
	return err
}

func (p *pair) undo() error {
	u := person.Unmerge{Unmerged: person.Unmerged{From: "b", Reason: "error"}}
	onA, onB, err := u.DecideBoth(fold("a", p.a...), fold("b", p.b...), p.intent())
	p.a, p.b = append(p.a, onA...), append(p.b, onB...)
	return err
}

func requireRefused(t testing.TB, key string, err error) {
	t.Helper()
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, key, r.Key)
}

func TestMergeLinksBothStreams(t *testing.T) {
	p := mergeable()
	require.NoError(t, p.ask())
	require.Equal(t, []event{registered(), &p.merge.Merged}, p.a)
	require.Equal(t, []event{registered(), &person.WasAbsorbed{Other: "a"}}, p.b)
	now := fold("a", p.a...).Now()
	require.Equal(t, "merged", now.State)
	require.Equal(t, "b", now.Into)
	require.Equal(t, map[string]bool{"a": true}, fold("b", p.b...).Absorbed)
	requireRefused(t, "merge.state", p.ask())
	require.Len(t, p.a, 2)
}

func TestMergeGuards(t *testing.T) {
	other := func(id string) *person.Merged { return &person.Merged{Into: id, Evidence: []string{"birth"}} }
	for _, c := range []struct {
		key   string
		given func(*pair)
	}{
		{"merge.same", func(p *pair) { p.merge.Into = "a" }},
		{"entity.unknown", func(p *pair) { p.b = nil }},
		{"merge.cycle", func(p *pair) { p.b = append(p.b, other("a")) }},
		{"merge.cycle", func(p *pair) {
			p.b = append(p.b, other("c"))
			p.world.Persons = []domain.PersonNow{{ID: "c", State: "merged", Into: "a"}}
		}},
		{"merge.state", func(p *pair) { p.b = append(p.b, other("c")) }},
		{"merge.state", func(p *pair) { p.a = append(p.a, other("c")) }},
		{"merge.state", func(p *pair) { p.a = append(p.a, restricted) }},
		{"merge.state", func(p *pair) { p.a = append(p.a, ordered) }},
		{"merge.state", func(p *pair) { p.b = append(p.b, ordered, erased) }},
		{"merge.same_officer", func(p *pair) { p.merge.ProposedBy = "ld1" }},
		{"entity.unknown", func(p *pair) { p.merge.ProposedBy = "nobody" }},
		{"merge.confidential", func(p *pair) { p.a = append(p.a, flagged()) }},
		{"merge.confidential", func(p *pair) { p.b, p.behalf = append(p.b, flagged()), "co2" }},
		{"preview.missing", func(p *pair) { p.shown = false }},
	} {
		p := mergeable()
		c.given(p)
		before := len(p.a) + len(p.b)
		requireRefused(t, c.key, p.ask())
		require.Len(t, append(p.a, p.b...), before)
	}
	p := mergeable()
	foreign := fold("b", p.b...)
	foreign.Controller = "33"
	_, _, err := p.merge.DecideBoth(fold("a", p.a...), foreign, p.intent())
	requireRefused(t, "merge.controller", err)
}

func TestConfidentialPairNeedsThePrivacyOfficerUnlessBothAre(t *testing.T) {
	p := mergeable()
	p.a, p.behalf = append(p.a, flagged()), "po1"
	require.NoError(t, p.ask())
	p = mergeable()
	p.a, p.b = append(p.a, flagged()), append(p.b, flagged())
	require.NoError(t, p.ask())
}

// The privacy officer approves such a pair by merging it, what somebody else proposed,
// and merges no other.
func TestThePrivacyOfficerMergesAConfidentialPairAndNoOther(t *testing.T) {
	p := mergeable()
	p.actor = given.Desk("po1", domain.Privacy)
	requireRefused(t, "account.not_allowed", p.ask())
	p.b = append(p.b, flagged())
	p.merge.ProposedBy = "po1"
	requireRefused(t, "merge.same_officer", p.ask())
	p.merge.ProposedBy = "co2"
	require.NoError(t, p.ask())
}

func TestSplitPairNeedsNewEvidenceEitherWay(t *testing.T) {
	p := mergeable()
	require.NoError(t, p.ask())
	require.NoError(t, p.undo())
	requireRefused(t, "merge.split_before", p.ask())

	back := person.Merge{Merged: person.Merged{Into: "a", Evidence: []string{"phone"}, ProposedBy: "co2"}}
	_, _, err := back.DecideBoth(fold("b", p.b...), fold("a", p.a...), p.intent())
	requireRefused(t, "merge.split_before", err)

	p.merge.Evidence = []string{"phone", "resident_record"}
	require.NoError(t, p.ask())
}

func TestUnmergeNeedsThatMerge(t *testing.T) {
	p := mergeable()
	requireRefused(t, "merge.not_merged", p.undo())
	p.a = append(p.a, &person.Merged{Into: "c"})
	requireRefused(t, "merge.not_merged", p.undo())

	p = mergeable()
	require.NoError(t, p.ask())
	p.shown = false
	requireRefused(t, "preview.missing", p.undo())
	p.shown = true
	p.b = append(p.b, ordered)
	requireRefused(t, "person.is_erased", p.undo())
	p.b = p.b[:len(p.b)-1]
	require.NoError(t, p.undo())
	requireRefused(t, "merge.not_merged", p.undo())
}

func TestReasonsOfAClosedPersonAreNotWritten(t *testing.T) {
	p := mergeable()
	require.NoError(t, p.ask())
	p.a = append(p.a, &person.UseRestricted{Restriction: "r1", Ground: "suspension_decision", Scope: []string{"all"}})
	u := person.Unmerge{Unmerged: person.Unmerged{From: "b", Reason: "error", Reasons: "別人"}}
	_, _, err := u.DecideBoth(fold("a", p.a...), fold("b", p.b...), p.intent())
	requireRefused(t, "person.is_restricted", err)
}

func TestPairIsNeverDecidedByOneStream(t *testing.T) {
	for _, cmd := range []command{&person.Merge{}, &person.Unmerge{}} {
		_, err := cmd.Decide(folded(), domain.Intent{})
		require.ErrorContains(t, err, "DecideBoth")
	}
}

// TestMergeThenUnmergeRestoresBoth: invariant 5. Only the memory that the pair
// was split stays.
func TestMergeThenUnmergeRestoresBoth(t *testing.T) {
	for seed := range int64(300) {
		rnd := rand.New(rand.NewSource(seed))
		p := mergeable()
		p.merge.Into, p.behalf = "b", "po1"
		p.a = append(p.a, lived(rnd, "a")...)
		p.b = append(p.b, lived(rnd, "b")...)
		a, b := fold("a", p.a...), fold("b", p.b...)
		if p.ask() != nil {
			require.NotEqual(t, "active active", a.State()+" "+b.State())
			continue
		}
		require.Equal(t, "merged", fold("a", p.a...).State())
		require.NoError(t, p.undo())
		after := fold("a", p.a...)
		delete(after.Pairs, "b")
		delete(a.Pairs, "b")
		require.Equal(t, a, after, "seed %d", seed)
		require.Equal(t, b, fold("b", p.b...), "seed %d", seed)
	}
}
