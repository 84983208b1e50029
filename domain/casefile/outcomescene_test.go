package casefile_test

import (
	"strings"
	"testing"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

// today is the day of every scene.
var today = japan.On(2019, 6, 1)

// outcomeWorld: p1 was shown notice n1 and agreed that city and maker may be
// told; po1 is the privacy officer.
func outcomeWorld(change ...func(*given.World)) *given.World {
	w := world()
	w.Persons[0].Notices = []string{"n1"}
	w.Persons[0].Consents = []domain.ConsentNow{{
		ID: "yes", Scope: []string{"partner_sharing"}, Recipients: []string{"city", "maker"}, Active: true,
		Fields: []string{"job_wish", "name", "phone", "relocation_wish", "resume", "address_full"},
	}}
	w.Partners = []domain.PartnerNow{
		{ID: "city", Controller: "31", Kind: "municipality", Relation: "public_body"},
		{ID: "maker", Controller: "31", Kind: "employer", Relation: "private"},
		{ID: "oka", Controller: "31", Kind: "other_prefecture", Relation: "other_prefecture"},
		{ID: "gone", Controller: "31", Kind: "npo", Relation: "contractor", Ended: true},
	}
	w.Accounts = []domain.AccountNow{{Actor: given.Desk("po1", domain.Privacy)}, {Actor: given.Desk("co2")}}
	for _, f := range change {
		f(w)
	}
	return w
}

func outcomeScene(t testing.TB, past ...ev) *given.Scene[file] {
	t.Helper()
	return caseScene(t, past...).In(outcomeWorld()).Previewed()
}

// machine is one state machine: what leads to each state, the commands, and for
// each command the states it may be asked in, or finds its wish fulfilled in.
type machine struct {
	paths   map[string]evs
	actions map[string]action
	refusal string
}

type action struct {
	cmd     cmd
	from    string // states, parted by spaces
	already string
}

// run asks every command in every state.
func (m machine) run(t *testing.T) {
	for state, past := range m.paths {
		for name, a := range m.actions {
			want := m.refusal
			switch {
			case within(a.from, state):
				want = ""
			case within(a.already, state):
				want = nothing
			}
			t.Run(state+" "+name, func(t *testing.T) {
				if got := outcomeOf(outcomeScene(t, past...).By(given.Desk("ld1", domain.Lead)), a.cmd); got != want {
					t.Fatalf("want %q, got %q", want, got)
				}
			})
		}
	}
}

func within(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

// then adds events to a past without changing it.
func then(past evs, more ...ev) evs { return append(append(evs{}, past...), more...) }

func member(id string) ev { return &casefile.MemberAdded{Person: id, Part: "adult"} }
