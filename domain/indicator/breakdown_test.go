package indicator_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/history"
)

// story is a log of facts, as far as counting reads them.
type story struct {
	t     testing.TB
	state *indicator.State
	n     int
}

type said map[string]any

func tell(t testing.TB) *story { return &story{t: t, state: indicator.NewState()} }

func (s *story) that(typ, id, on string, more said) {
	s.t.Helper()
	category, _, _ := strings.Cut(typ, ".")
	all := said{"occurred_on": on, "precision": "day", "controller": "31"}
	for k, v := range more {
		all[k] = v
	}
	var list []domain.Fact
	for k, v := range all {
		switch v := v.(type) {
		case string:
			list = append(list, domain.Fact{Key: k, Text: v})
		case int:
			list = append(list, domain.Fact{Key: k, Int: int64(v), IsInt: true})
		}
	}
	slices.SortFunc(list, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
	text, err := domain.FormatFacts(list)
	require.NoError(s.t, err)
	s.n++
	_, err = s.state.Fold(uint64(s.n), typ, domain.StreamName(category, id), text.Glance())
	require.NoError(s.t, err)
}

// person comes with a case of the same name.
func (s *story) person(id string) {
	s.that("person.registered", id, "2018-04-02", said{"anonymous": 0, "residence_pref": "13"})
	s.that("case.opened", id, "2018-04-02", said{"person": id, "desk": "D-TKY", "new_episode": 0})
}

func (s *story) session(id, on, desk, channel string) {
	s.that("case.consultation_held", id, on, said{"consultation": "s" + strconv.Itoa(s.n), "lead_person": id, "desk": desk, "channel": channel, "categories": "relocation", "advice": 1})
}

// moves: confirmed and classified as counting.
func (s *story) moves(id, on, town, turn, age string) {
	r := "r" + id
	s.that("case.moved_in", id, on, said{"relocation": r, "movers": id, "head": id, "to_lg": town, "register": 1, "reason": "employment", "has_predecessor": "no", "planned_stay": "permanent"})
	s.that("case.relocation_confirmed", id, on, said{"relocation": r, "confirmation": "c" + id, "grade": "b"})
	class := said{"relocation": r, "rule_version": "tot-cls-1", "reason": "employment", "has_predecessor": "no", "planned_stay": "permanent", "decision": 0, "turn": turn}
	if age != "" {
		class["head_age_band"] = age
	}
	s.that("case.relocation_classified", id, on, class)
}

func defined(t testing.TB, id string) indicator.Definition {
	t.Helper()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, ok := book.InForce(id, japan.On(2019, 4, 1))
	require.True(t, ok, id)
	return d
}

// ask answers an indicator of FY2019.
func (s *story) ask(id, scope string) (indicator.Question, indicator.Figure) {
	d := defined(s.t, id)
	q := indicator.Question{Definition: d, Scope: scope, Period: japan.FiscalYear(2019).Whole()}
	return q, indicator.Answer(s.state.Rows(d.Params()), q, japan.On(2020, 5, 31))
}

// by answers the portions above zero.
func (s *story) by(id, scope string, dimension indicator.Dimension) map[string]int {
	q, f := s.ask(id, scope)
	out := map[string]int{}
	for _, p := range f.Break(q, dimension).Portions {
		if p.Count > 0 {
			out[p.Code] = p.Count
		}
	}
	return out
}

// Every breakdown of every indicator adds up to its value, distinct ones too.
func TestBreakdownsAddUp(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	parted := map[indicator.Dimension]int{}
	for seed := range uint64(12) {
		state := indicator.NewState()
		for i, rec := range history.New(seed, true).Take(1500) {
			facts, err := domain.FactsOf(rec.Body)
			require.NoError(t, err)
			_, err = state.Fold(uint64(i+1), rec.Type, rec.Stream, facts.Glance())
			require.NoError(t, err)
		}
		for _, d := range book.All() {
			rows := state.Rows(d.Params())
			for _, scope := range []string{"D-TKY", "31", "TKC"} {
				q := indicator.Question{Definition: d, Scope: scope, Period: japan.Period{From: japan.On(2018, 6, 15), To: japan.On(2020, 3, 31)}}
				f := indicator.Answer(rows, q, 0)
				for _, b := range f.Breakdowns(q) {
					sum := 0
					for _, p := range b.Portions {
						sum += p.Count
					}
					require.Equal(t, f.Value, sum, "%s by %s", q, b.Dimension)
					require.Equal(t, [2]int{f.Value, 0}, [2]int{b.Sum, b.Apart})
					require.Equal(t, indicator.Unknown, b.Portions[len(b.Portions)-1].Code, "unknown is always shown")
					parted[b.Dimension] += sum
				}
			}
		}
	}
	for _, by := range []indicator.Dimension{indicator.ByMonth, indicator.ByDesk, indicator.ByChannel, indicator.ByPlace, indicator.ByTurn, indicator.ByAge, indicator.ByGrade} {
		require.Positive(t, parted[by], by)
	}
}

func TestAMemberLiesWhereItIsCounted(t *testing.T) {
	s := tell(t)
	s.person("a")
	s.session("a", "2019-06-01", "D-TKY", "phone")
	s.session("a", "2019-06-08", "D-FKC", "in_person")
	s.session("a", "2019-07-01", "D-TKY", "in_person")
	require.Equal(t, map[string]int{"in_person": 2, "phone": 1}, s.by("C0", "31", indicator.ByChannel))
	require.Equal(t, map[string]int{"D-TKY": 2, "D-FKC": 1}, s.by("C0", "31", indicator.ByDesk))
	require.Equal(t, map[string]int{"2019-06": 2, "2019-07": 1}, s.by("C0", "31", indicator.ByMonth))
	require.Equal(t, map[string]int{"phone": 1}, s.by("P0", "31", indicator.ByChannel), "a person where it was counted first")
	require.Equal(t, map[string]int{"2019-06": 1}, s.by("P0", "31", indicator.ByMonth))
}

// T23, and what is not known stays so.
// An age band holds from the day it is stated; before that, the first one.
func TestAgesAreThoseOfTheDay(t *testing.T) {
	s := tell(t)
	s.that("person.registered", "a", "2019-06-01", said{"anonymous": 0, "residence_pref": "13", "age_band": "20s"})
	s.that("case.opened", "a", "2019-06-01", said{"person": "a", "desk": "D-TKY", "new_episode": 0})
	s.session("a", "2019-05-20", "D-TKY", "phone") // held before it was registered
	s.session("a", "2019-06-01", "D-TKY", "phone")
	s.that("person.age_band_updated", "a", "2019-09-01", said{"age_band": "30s"})
	s.session("a", "2019-10-01", "D-TKY", "phone")
	s.person("b") // says nothing of its age
	s.session("b", "2019-10-01", "D-TKY", "phone")
	require.Equal(t, map[string]int{"20s": 2, "30s": 1, "unknown": 1}, s.by("C0", "D-TKY", indicator.ByAge))
	require.Equal(t, map[string]int{"20s": 1, "unknown": 1}, s.by("P0", "D-TKY", indicator.ByAge), "a person where it was counted first")
}

func TestPlacesAndWhatIsNotKnown(t *testing.T) {
	s := tell(t)
	for _, id := range []string{"a", "b", "c"} {
		s.person(id)
		s.session(id, "2019-06-01", "D-TKY", "in_person")
	}
	s.moves("a", "2019-07-01", "312011", "u", "30s")
	s.that("case.moved_within", "a", "2020-01-10", said{"relocation": "ra", "persons": "a", "to_lg": "312029"})
	s.moves("b", "2019-07-01", "312011", "unknown", "")
	s.that("case.placement_decided", "c", "2019-07-01", said{"placement": "p", "person": "c", "contract": "indefinite", "workplace_pref": "31", "route": "self"})
	s.that("case.employment_started", "c", "2019-08-01", said{"placement": "p"})
	s.that("case.placement_confirmed", "c", "2019-08-01", said{"placement": "p", "confirmation": "c", "confirms": "start", "grade": "b"})
	require.Equal(t, map[string]int{"312011": 2}, s.by("R1", "D-TKY", indicator.ByPlace), "the place of the counted move stays")
	require.Equal(t, map[string]int{"312011": 2, "unknown": 1}, s.by("K1", "D-TKY", indicator.ByPlace), "of a job no place of the move is known")
	require.Equal(t, map[string]int{"u": 1, "unknown": 2}, s.by("K1", "D-TKY", indicator.ByTurn))
	require.Equal(t, map[string]int{"30s": 1, "unknown": 2}, s.by("K1", "D-TKY", indicator.ByAge))
	require.Equal(t, map[string]int{"b": 3}, s.by("K1", "D-TKY", indicator.ByGrade))
}

func TestCodesOfADimensionAreAllThere(t *testing.T) {
	q, f := tell(t).ask("R1", "31")
	q.Period.To = japan.On(2020, 2, 29)
	codes := func(by indicator.Dimension) (out []string) {
		for _, p := range f.Break(q, by).Portions {
			require.Zero(t, p.Count)
			out = append(out, p.Code)
		}
		return out
	}
	require.Equal(t, []string{"u", "j", "i", "unknown"}, codes(indicator.ByTurn))
	require.Equal(t, []string{"D-TKY", "D-FKC", "unknown"}, codes(indicator.ByDesk))
	require.Len(t, codes(indicator.ByPlace), 19+1)
	require.Len(t, codes(indicator.ByMonth), 11+1)
	require.Equal(t, []indicator.Dimension(nil), defined(t, "U1").Dimensions(), "what stands at a day does not fall in months")
}
