package indicator_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

var histories = flag.Int("histories", 60, "random histories of the counting laws")

// random writes a history with merges, voids, late entries, amendments,
// reassignments, reclassifications and withdrawals.
func random(t testing.TB, seed uint64) *logbook {
	r := rand.New(rand.NewPCG(seed, 7))
	l := newLogbook(t)
	day := date("2019-04-01")
	var people, files, sessions, moves, jobs []string
	merged := map[string]string{}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	fileOf := map[string]string{}
	add := func(typ, id string, f facts) {
		on := day.Add(-r.IntN(40)).String()
		l.add(typ, id, on, day.String(), f)
	}
	for step := range 120 {
		day = day.Add(r.IntN(4))
		if len(people) < 3 || r.IntN(10) == 0 {
			id := fmt.Sprintf("p%d", step)
			add("person.registered", id, facts{"anonymous": r.IntN(5) / 4, "residence_pref": []string{"13", "31"}[r.IntN(8)/7]})
			people = append(people, id)
		}
		if len(files) < 2 || r.IntN(8) == 0 {
			id, lead := fmt.Sprintf("f%d", step), pick(people)
			l.cases[id] = lead
			add("case.opened", id, facts{"person": lead, "desk": []string{"D-TKY", "D-FKC"}[r.IntN(2)], "new_episode": r.IntN(6) / 5})
			files = append(files, id)
		}
		file := pick(files)
		switch r.IntN(16) {
		case 0, 1, 2, 3, 4:
			id := fmt.Sprintf("s%d", step)
			add("case.consultation_held", file, facts{"consultation": id, "lead_person": l.cases[file], "desk": []string{"D-TKY", "D-FKC"}[r.IntN(2)],
				"channel": []string{"in_person", "phone"}[r.IntN(2)], "categories": []string{"job", "relocation", "housing,job"}[r.IntN(3)], "advice": min(1, r.IntN(6))})
			sessions, fileOf[id] = append(sessions, id), file
		case 5:
			add("case.message_day_logged", file, facts{"thread": "t" + file, "channel": "email", "inbound": r.IntN(3), "categories": "job", "desk": "D-TKY"})
		case 6:
			if len(sessions) > 0 {
				s := pick(sessions)
				add("case.consultation_voided", fileOf[s], facts{"consultation": s, "reason": "test"})
			}
		case 7:
			if len(sessions) > 0 {
				s := pick(sessions)
				field, value := "categories", "relocation"
				if r.IntN(2) == 0 {
					field, value = "occurred_on", day.Add(-r.IntN(90)).String()
				}
				add("case.consultation_amended", fileOf[s], facts{"consultation": s, "field": field, "old": "x", "new": value, "reason": "typo"})
			}
		case 8:
			add("case.member_added", file, facts{"person": pick(people)})
		case 9:
			id := fmt.Sprintf("m%d", step)
			add("case.moved_in", file, facts{"relocation": id, "movers": l.cases[file], "head": l.cases[file], "to_lg": "312011", "register": min(1, r.IntN(5)), "reason": "employment", "has_predecessor": "no", "planned_stay": "permanent"})
			moves, fileOf[id] = append(moves, id), file
		case 10:
			if len(moves) > 0 {
				m := pick(moves)
				add("case.relocation_confirmed", fileOf[m], facts{"relocation": m, "confirmation": fmt.Sprintf("c%d", step), "grade": "b"})
				add("case.relocation_classified", fileOf[m], facts{"relocation": m, "reason": []string{"employment", "marriage", "schooling"}[r.IntN(3)], "has_predecessor": "no", "planned_stay": "permanent", "decision": 0, "turn": "i"})
			}
		case 11:
			id := fmt.Sprintf("j%d", step)
			add("case.placement_decided", file, facts{"placement": id, "person": l.cases[file], "contract": "part", "workplace_pref": "31", "route": "self"})
			jobs, fileOf[id] = append(jobs, id), file
		case 12:
			if len(jobs) > 0 {
				j := pick(jobs)
				add("case.employment_started", fileOf[j], facts{"placement": j})
				add("case.placement_confirmed", fileOf[j], facts{"placement": j, "confirmation": fmt.Sprintf("c%d", step), "confirms": "start", "grade": "a"})
				if r.IntN(4) == 0 {
					add("case.placement_confirmation_withdrawn", fileOf[j], facts{"placement": j, "confirmation": fmt.Sprintf("c%d", step), "reason": "error"})
				}
			}
		case 13:
			a, b := pick(people), pick(people)
			root := b
			for merged[root] != "" {
				root = merged[root]
			}
			if a != root && merged[a] == "" {
				add("person.merged", a, facts{"into": b})
				merged[a] = b
			}
		case 14:
			for a, b := range merged {
				if b != "" {
					add("person.unmerged", a, facts{"from": b, "reason": "error"})
					merged[a] = ""
					break
				}
			}
		case 15:
			switch r.IntN(4) {
			case 0:
				add("case.assigned", file, facts{"owner": "co2", "desk": []string{"D-TKY", "D-FKC"}[r.IntN(2)]})
			case 1:
				add("person.identified", pick(people), facts{"residence_pref": "13"})
			case 2:
				if len(moves) > 0 {
					m := pick(moves)
					add("case.moved_out", fileOf[m], facts{"relocation": m, "persons": l.cases[fileOf[m]], "to_pref": "13", "reason": "work"})
				}
			case 3:
				add("person.erased", pick(people), facts{"sections": 3})
			}
		}
	}
	return l
}

// Rows kept step by step equal the rows of a fold from nothing, at every position.
func TestIncrementalRowsEqualMeasureAtEveryPosition(t *testing.T) {
	p := indicator.Usual()
	for seed := range uint64(*histories) {
		l := random(t, seed)
		kept := map[indicator.Row]bool{}
		s, whole := indicator.NewState(), indicator.NewState()
		l.each(func(pos uint64, typ, stream string, f domain.Facts) bool {
			changes, err := s.Step(pos, typ, stream, f.Glance(), p)
			require.NoError(t, err)
			for _, list := range changes {
				for _, c := range list {
					require.Equal(t, c.Removed, kept[c.Row], "seed %d position %d %s: %+v", seed, pos, typ, c)
					if c.Removed {
						delete(kept, c.Row)
					} else {
						kept[c.Row] = true
					}
				}
			}
			_, err = whole.Fold(pos, typ, stream, f.Glance())
			require.NoError(t, err)
			want := whole.Rows(p)
			require.Len(t, kept, len(want), "seed %d position %d %s", seed, pos, typ)
			for _, r := range want {
				require.True(t, kept[r], "seed %d position %d %s: missing %+v", seed, pos, typ, r)
			}
			return true
		})
	}
}

// What is added after known_at changes no figure at it; |C1 ∪ C2| = C1 + C2 − C12 ≤ C0.
func TestLawsOfCounting(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	year := period(t, fy19)
	for seed := range uint64(*histories) {
		l := random(t, seed)
		for _, d := range book.All() {
			q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
			half := uint64(len(l.events) / 2)
			whole, err := indicator.Measure(l.each, half, q, 0)
			require.NoError(t, err)
			cut := *l
			cut.events = l.events[:half]
			part, err := indicator.Measure(cut.each, half, q, 0)
			require.NoError(t, err)
			require.Equal(t, part, whole, "%s seed %d", d.Indicator, seed)
		}
		count := func(id string) int {
			d, _ := book.Named(id, "tot-2019.1")
			f, err := indicator.Measure(l.each, uint64(len(l.events)), indicator.Question{Definition: d, Scope: "D-TKY", Period: year}, 0)
			require.NoError(t, err)
			return f.Value
		}
		require.LessOrEqual(t, count("C1")+count("C2")-count("C12"), count("C0"))
		require.LessOrEqual(t, count("P1"), count("P0"))
	}
}

func TestShippedDefinitionsAreSoundAndPinned(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, d := range book.All() {
		require.Len(t, d.Digest(), 64)
		require.False(t, seen[d.Digest()])
		seen[d.Digest()] = true
		for _, lang := range []string{"ja", "en"} {
			require.NotEmpty(t, d.Name[lang], d.Indicator)
			require.NotEmpty(t, d.Text[lang], d.Indicator)
		}
		require.Equal(t, indicator.Usual(), d.Params(), "%s shares its rows with the others", d.Indicator)
	}
	d, ok := book.InForce("C1", japan.On(2019, 4, 1))
	require.True(t, ok)
	require.NotEqual(t, d.Digest(), func() string { d.Unit = "persons"; return d.Digest() }())
	require.Error(t, book.Add(indicator.Definition{Indicator: "X", Version: "1", Rule: "nonsense"}))
	require.Error(t, book.Add(indicator.Definition{Indicator: "X", Version: "1", Rule: "session", Parameters: map[string]string{"channels": "smoke"}}))
}
